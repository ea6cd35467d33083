// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/error.h"

namespace papilio
{

/// SHA-256 over pieces, as lower-case hexadecimal.
class Sha256
{
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    void add(std::string_view bytes);
    std::string hex(); ///< ends the computation

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

Result<std::string> sha256OfFile(const std::string& path);

} // namespace papilio
