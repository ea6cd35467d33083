// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/error.h"

namespace papilio
{

/// A checksum over pieces, as lower-case hexadecimal.
class Digest
{
public:
    ~Digest();
    Digest(const Digest&) = delete;
    Digest& operator=(const Digest&) = delete;
    void add(std::string_view bytes);
    std::string hex(); ///< ends the computation

protected:
    enum class Kind { Sha256, Md5 };
    explicit Digest(Kind kind);

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

class Sha256 : public Digest
{
public:
    Sha256() : Digest(Kind::Sha256) {}
};

/// Only to compare with what others publish; it protects from accidents, not from attackers.
class Md5 : public Digest
{
public:
    Md5() : Digest(Kind::Md5) {}
};

Result<std::string> sha256OfFile(const std::string& path);

} // namespace papilio
