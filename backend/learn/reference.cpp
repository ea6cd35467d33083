// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/reference.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "nn/safetensors.h"

namespace papilio::learn
{

double ReferenceTable::percentile(const std::string& head, std::size_t output, double value) const
{
    const auto found = quantiles.find(head);
    if (found == quantiles.end() || (output + 1) * points > found->second.size() || !std::isfinite(value)) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const auto begin = found->second.begin() + static_cast<std::ptrdiff_t>(output * points), end = begin + points;
    const auto number = static_cast<float>(value); // as the table was made
    const auto low = std::lower_bound(begin, end, number), high = std::upper_bound(begin, end, number);
    if (low == end) {
        return 100;
    }
    if (low != high) {
        return static_cast<double>((low - begin) + (high - 1 - begin)) / 2;
    }
    if (low == begin) {
        return 0;
    }
    const double below = *(low - 1), above = *low;
    return static_cast<double>(low - begin) - 1 + (value - below) / (above - below);
}

void ReferenceBuilder::add(const std::string& head, const std::vector<float>& row)
{
    auto& columns = m_columns[head];
    columns.resize(row.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
        columns[i].push_back(row[i]);
    }
}

ReferenceTable ReferenceBuilder::table(std::int64_t molecules, std::string source)
{
    ReferenceTable table;
    table.molecules = molecules;
    table.source = std::move(source);
    for (auto& [head, columns] : m_columns) {
        auto& quantiles = table.quantiles[head];
        quantiles.reserve(columns.size() * ReferenceTable::points);
        for (auto& column : columns) {
            std::sort(column.begin(), column.end());
            const double last = static_cast<double>(column.size()) - 1;
            for (int point = 0; point < ReferenceTable::points; ++point) {
                const double place = last * point / (ReferenceTable::points - 1);
                const auto low = static_cast<std::size_t>(place);
                const auto high = std::min(low + 1, column.size() - 1);
                const double share = place - static_cast<double>(low);
                quantiles.push_back(static_cast<float>(column[low] * (1 - share) + column[high] * share));
            }
        }
    }
    return table;
}

Result<> writeReference(const std::string& path, const ReferenceTable& table)
{
    nn::TensorFile file;
    file.metadata = {{"format", "papilio-reference"},
                     {"format_version", "1"},
                     {"molecules", std::to_string(table.molecules)},
                     {"source", table.source}};
    for (const auto& [head, values] : table.quantiles) {
        const auto outputs = static_cast<std::int64_t>(values.size() / ReferenceTable::points);
        file.tensors[head] = {{outputs, ReferenceTable::points}, values};
    }
    return nn::writeSafetensors(path, file);
}

Result<ReferenceTable> readReference(const std::string& path)
{
    auto file = nn::readSafetensors(path);
    if (!file) {
        return tl::unexpected(file.error());
    }
    ReferenceTable table;
    const std::string count = file->metadata["molecules"];
    const auto parsed = std::from_chars(count.data(), count.data() + count.size(), table.molecules);
    if (file->metadata["format"] != "papilio-reference" || file->metadata["format_version"] != "1" ||
        parsed.ec != std::errc() || table.molecules < 1) {
        return fail(ErrorCode::Damaged, "'" + path + "' is not a table of reference predictions.",
                    "Remove the model and add it again.");
    }
    table.source = file->metadata["source"];
    for (auto& [head, tensor] : file->tensors) {
        if (tensor.shape.size() != 2 || tensor.shape[1] != ReferenceTable::points) {
            return fail(ErrorCode::Damaged, "'" + path + "': head '" + head + "' does not have 101 quantiles an output.",
                        "Remove the model and add it again.");
        }
        table.quantiles[head] = std::move(tensor.values);
    }
    return table;
}

} // namespace papilio::learn
