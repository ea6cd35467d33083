// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "data/readoptions.h"
#include "data/table.h"

namespace papilio::data
{

/// Where the rows of an import come from. Made and used on one thread.
class RowSource
{
public:
    virtual ~RowSource() = default;
    /// False at the end.
    virtual Result<bool> next(TableRow& row) = 0;
};

/// Makes a source; called on the thread that will read from it.
using RowSourceMaker = std::function<Result<std::unique_ptr<RowSource>>()>;

/// The files as one table.
RowSourceMaker rowsOfFiles(std::vector<std::string> files, ReadOptions reading);
/// The rows that a project keeps of a dataset, from a row on; through a connection of its own.
RowSourceMaker rowsOfDataset(std::string projectPath, std::int64_t dataset, std::int64_t firstRow);

} // namespace papilio::data
