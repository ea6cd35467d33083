// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "engine/arguments.h"
#include "engine/trainrequest.h"

namespace papilio::engine
{

/// The options by which a command line describes a training: what to learn, with which network, how.
class TrainArguments
{
public:
    void declare(Arguments& arguments);
    Result<TrainRequest> request() const;
    bool given() const; ///< any of them
    bool tellsSplitOrEpochs() const { return !m_split.empty() || m_epochs; }

    static const char* keysHelp(); ///< a footer about --set

private:
    std::string m_preset, m_document, m_split, m_device;
    std::vector<std::string> m_tasks, m_set;
    std::optional<std::int64_t> m_epochs, m_threads;
    std::optional<std::uint64_t> m_seed;
};

} // namespace papilio::engine
