// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>

#include "data/table.h"

namespace papilio::data
{

TableChain::TableChain(std::vector<std::string> files, bool hashed, ReadOptions options)
    : m_files(std::move(files)), m_hashed(hashed), m_options(std::move(options))
{
    for (const std::string& file : m_files) {
        std::error_code code;
        const auto size = std::filesystem::file_size(file, code);
        m_rawSize += code ? 0 : static_cast<std::int64_t>(size);
    }
}

TableChain::~TableChain() = default;

Result<> TableChain::start()
{
    return open(0);
}

Result<> TableChain::open(std::size_t index)
{
    m_index = index;
    m_reader.reset();
    m_sha = m_hashed ? std::make_unique<Sha256>() : nullptr;
    auto reader = openTable(m_files[index], m_sha.get(), m_options);
    if (!reader) {
        return tl::unexpected(reader.error());
    }
    m_reader = std::move(*reader);
    m_notes.insert(m_notes.end(), m_reader->notes().begin(), m_reader->notes().end());
    m_map.clear();
    if (index == 0) {
        m_columns = m_reader->columns();
    }
    return mapColumns();
}

/// Places the columns of the file in reading. SD files may bring new ones at any record, other tables must agree.
Result<> TableChain::mapColumns()
{
    const std::vector<std::string>& names = m_reader->columns();
    const bool grows = m_reader->format() == Format::Sdf;
    if (!grows && names.size() != m_columns.size()) {
        return fail(ErrorCode::BadInput,
                    quotedName(m_files[m_index]) + " has " + std::to_string(names.size()) + " columns, '" +
                        fileName(m_files[0]) + "' has " + std::to_string(m_columns.size()) + ".",
                    "Files that become one dataset need the same columns; import them as datasets of their own.");
    }
    for (std::size_t i = m_map.size(); i < names.size(); ++i) {
        auto found = std::find(m_columns.begin(), m_columns.end(), names[i]);
        if (found == m_columns.end() && !grows) {
            return fail(ErrorCode::BadInput,
                        quotedName(m_files[m_index]) + " has a column '" + names[i] + "' that '" +
                            fileName(m_files[0]) + "' does not have.",
                        "Files that become one dataset need the same columns; import them as datasets of their own.");
        }
        if (found == m_columns.end()) {
            m_columns.push_back(names[i]);
            found = m_columns.end() - 1;
        }
        m_map.push_back(static_cast<int>(found - m_columns.begin()));
    }
    return {};
}

Result<bool> TableChain::next(TableRow& row)
{
    while (true) {
        auto more = m_reader->next(row);
        if (!more) {
            return more;
        }
        if (*more) {
            break;
        }
        PAPILIO_TRY(finishHash());
        if (m_index + 1 == m_files.size()) {
            return false;
        }
        m_rawBefore += m_reader->rawSize();
        PAPILIO_TRY(open(m_index + 1));
    }
    if (m_map.size() < m_reader->columns().size()) {
        PAPILIO_TRY(mapColumns());
    }
    if (row.problem.empty()) {
        const bool identity = m_index == 0;
        if (!identity) {
            std::vector<std::string> cells(m_columns.size());
            for (std::size_t i = 0; i < row.cells.size(); ++i) {
                cells[static_cast<std::size_t>(m_map[i])] = std::move(row.cells[i]);
            }
            row.cells = std::move(cells);
        }
    }
    row.row = m_row++;
    return true;
}

std::int64_t TableChain::rawRead() const
{
    return m_rawBefore + (m_reader ? m_reader->rawRead() : 0);
}

Result<> TableChain::finishHash()
{
    if (m_sha) {
        PAPILIO_TRY(m_reader->drain());
        m_hashes.push_back(m_sha->hex());
        m_sha.reset();
    }
    return {};
}

Result<std::string> TableChain::hash()
{
    PAPILIO_TRY(finishHash());
    for (std::size_t i = m_hashes.size(); i < m_files.size(); ++i) {
        auto hex = sha256OfFile(m_files[i]);
        if (!hex) {
            return tl::unexpected(hex.error());
        }
        m_hashes.push_back(*hex);
    }
    if (m_hashes.size() == 1) {
        return m_hashes.front();
    }
    Sha256 all;
    for (const std::string& hex : m_hashes) {
        all.add(hex + "\n");
    }
    return all.hex();
}

} // namespace papilio::data
