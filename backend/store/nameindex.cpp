// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>
#include <functional>

#include "core/text.h"
#include "store/bytes.h"
#include "store/connection.h"
#include "store/packed.h"
#include "store/search.h"

namespace papilio::store
{
namespace
{

constexpr char cellEnd = '\x1f';
constexpr char rowEnd = '\n';

char folded(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

std::string folded(std::string_view text)
{
    std::string lower(trimmed(text));
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) { return folded(letter); });
    return lower;
}

/// FNV-1a of the folded text; never 0, which stands for an empty cell.
std::uint32_t hashOf(std::string_view text)
{
    std::uint32_t hash = 2166136261u;
    for (const char letter : trimmed(text)) {
        hash = (hash ^ static_cast<unsigned char>(folded(letter))) * 16777619u;
    }
    return hash == 0 ? 1 : hash;
}

std::vector<std::string> columnsOf(const std::string& text)
{
    return split(text, rowEnd);
}

std::int64_t moleculeOf(Connection& connection, std::int64_t dataset, std::int64_t row)
{
    Lease query(connection, "SELECT coalesce(molecule, 0) FROM input_rows WHERE dataset = ?1 AND row = ?2");
    return query.bind(dataset, row).step() ? query.integer(0) : 0;
}

/// Calls 'take' with every cell that 'fits', with its row; false stops.
bool eachCell(std::int64_t firstRow, const std::string& text, const std::function<bool(std::string_view)>& fits,
              const std::function<bool(std::int64_t, std::size_t, std::string_view)>& take)
{
    std::int64_t row = firstRow;
    std::size_t column = 0, start = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != cellEnd && text[at] != rowEnd) {
            continue;
        }
        const std::string_view cell(text.data() + start, at - start);
        if (!cell.empty() && fits(cell) && !take(row, column, cell)) {
            return false;
        }
        start = at + 1;
        ++column;
        if (text[at] == rowEnd) {
            ++row;
            column = 0;
        }
    }
    return true;
}

Result<std::vector<std::int64_t>> allChunks(Connection& connection)
{
    std::vector<std::int64_t> ids;
    if (connection.hasSchema(4)) {
        Lease query(connection, "SELECT id FROM name_chunks ORDER BY dataset, first_row");
        while (query.step()) {
            ids.push_back(query.integer(0));
        }
    }
    return ids;
}

bool containsHash(std::string_view hashes, std::uint32_t wanted)
{
    for (std::size_t at = 0; at + sizeof wanted <= hashes.size(); at += sizeof wanted) {
        std::uint32_t hash = 0;
        std::memcpy(&hash, hashes.data() + at, sizeof hash);
        if (hash == wanted) {
            return true;
        }
    }
    return false;
}

std::string cleaned(const std::string& cell)
{
    std::string text(trimmed(cell));
    std::replace(text.begin(), text.end(), cellEnd, ' ');
    std::replace(text.begin(), text.end(), rowEnd, ' ');
    return text;
}

} // namespace

struct NameIndex::Chunk {
    std::int64_t id = 0, dataset = 0, firstRow = 0;
    std::vector<std::string> columns;
    std::string text; ///< unpacked
};

NameIndex::NameIndex(Project& project) : m_project(project) {}

Result<const NameIndex::Chunk*> NameIndex::chunk(std::int64_t id) const
{
    if (m_last && m_last->id == id) {
        return m_last.get();
    }
    Lease query(connection(m_project), "SELECT dataset, first_row, columns, packed FROM name_chunks WHERE id = ?1");
    m_last = std::make_shared<Chunk>();
    if (!query.bind(id).step()) {
        return m_last.get();
    }
    auto text = unpackBytes(query.blob(3));
    if (!text) {
        m_last.reset();
        return damagedRecord(m_project.path(), "names from row " + std::to_string(query.integer(1)) +
                                                   " on of dataset " + std::to_string(query.integer(0)),
                             "cut off or not of a known format");
    }
    *m_last = {id, query.integer(0), query.integer(1), columnsOf(query.text(2)), std::move(*text)};
    return m_last.get();
}

NameHit NameIndex::hitOf(const Chunk& chunk, std::int64_t row, std::size_t column, std::string_view cell) const
{
    return {chunk.dataset, row, moleculeOf(connection(m_project), chunk.dataset, row),
            column < chunk.columns.size() ? chunk.columns[column] : std::string(), std::string(cell)};
}

Result<bool> NameIndex::empty() const
{
    return reading(m_project, [](Connection& connection) -> Result<bool> {
        if (!connection.hasSchema(4)) {
            return true;
        }
        Lease query(connection, "SELECT 1 FROM name_chunks LIMIT 1");
        return !query.step();
    });
}

Result<> NameIndex::exact(std::string_view text, const std::function<bool(NameHit&&)>& callback) const
{
    const std::string wanted = folded(text);
    const std::uint32_t hash = hashOf(text);
    return reading(m_project, [&](Connection& connection) -> Result<> {
        if (wanted.empty() || !connection.hasSchema(4)) {
            return {};
        }
        std::vector<std::int64_t> chunks;
        {
            Lease query(connection, "SELECT id, hashes FROM name_chunks ORDER BY dataset, first_row");
            while (query.step()) {
                if (containsHash(query.blob(1), hash)) {
                    chunks.push_back(query.integer(0));
                }
            }
        }
        for (const std::int64_t id : chunks) {
            const auto found = chunk(id);
            PAPILIO_TRY(found);
            const std::shared_ptr<const Chunk> kept = m_last; // the callback may ask for others
            const Chunk& names = *kept;
            const bool goOn = eachCell(
                names.firstRow, names.text, [&](std::string_view cell) { return cell.size() == wanted.size() && folded(cell) == wanted; },
                [&](std::int64_t row, std::size_t column, std::string_view cell) {
                    return callback(hitOf(names, row, column, cell));
                });
            if (!goOn) {
                break;
            }
        }
        return {};
    });
}

Result<> NameIndex::containing(std::string_view text, const std::function<bool(NameHit&&)>& callback,
                               const std::function<bool()>& goOn) const
{
    const std::string wanted = folded(text);
    return reading(m_project, [&](Connection& connection) -> Result<> {
        const auto chunks = allChunks(connection);
        PAPILIO_TRY(chunks);
        for (const std::int64_t id : *chunks) {
            if (wanted.empty() || !goOn()) {
                break;
            }
            const auto found = chunk(id);
            PAPILIO_TRY(found);
            const std::shared_ptr<const Chunk> kept = m_last; // the callback may ask for others
            const Chunk& names = *kept;
            const auto fits = [&wanted](std::string_view cell) {
                return std::search(cell.begin(), cell.end(), wanted.begin(), wanted.end(),
                                   [](char a, char b) { return folded(a) == b; }) != cell.end();
            };
            const bool more = eachCell(names.firstRow, names.text, fits,
                                       [&](std::int64_t row, std::size_t column, std::string_view cell) {
                                           return callback(hitOf(names, row, column, cell));
                                       });
            if (!more) {
                break;
            }
        }
        return {};
    });
}

Result<std::vector<NameHit>> NameIndex::ofRow(std::int64_t dataset, std::int64_t row) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::vector<NameHit>> {
        std::vector<NameHit> hits;
        if (!connection.hasSchema(4)) {
            return hits;
        }
        std::int64_t id = 0;
        {
            Lease query(connection, "SELECT id, first_row + rows FROM name_chunks WHERE dataset = ?1 AND first_row <= ?2 "
                                    "ORDER BY first_row DESC LIMIT 1");
            if (!query.bind(dataset, row).step() || query.integer(1) <= row) {
                return hits;
            }
            id = query.integer(0);
        }
        const auto found = this->chunk(id);
        PAPILIO_TRY(found);
        const Chunk* const chunk = *found;
        std::int64_t at = chunk->firstRow;
        std::size_t start = 0;
        while (at < row && start < chunk->text.size()) {
            start = chunk->text.find(rowEnd, start);
            start = start == std::string::npos ? chunk->text.size() : start + 1;
            ++at;
        }
        const std::size_t end = std::min(chunk->text.find(rowEnd, start), chunk->text.size());
        std::size_t column = 0;
        for (const std::string& cell : split(std::string_view(chunk->text).substr(start, end - start), cellEnd)) {
            if (!cell.empty()) {
                hits.push_back(hitOf(*chunk, row, column, cell));
            }
            ++column;
        }
        return hits;
    });
}

Result<> NameIndex::put(std::int64_t dataset, std::int64_t firstRow, std::span<const std::string> columns,
                        std::span<const std::string> cells)
{
    if (columns.empty() || cells.empty()) {
        return {};
    }
    if (cells.size() % columns.size() != 0) {
        return fail(ErrorCode::Internal, "Names of rows must fill whole rows.");
    }
    std::string hashes, text, names;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string cell = cleaned(cells[i]);
        appendNumber(hashes, cell.empty() ? std::uint32_t{0} : hashOf(cell));
        text += cell;
        text += (i + 1) % columns.size() == 0 ? rowEnd : cellEnd;
    }
    for (const std::string& column : columns) {
        names.append(names.empty() ? "" : "\n").append(cleaned(column));
    }
    const std::string packed = packBytes(text);
    const auto rows = static_cast<std::int64_t>(cells.size() / columns.size());
    return writing(m_project, [&](Connection& connection) -> Result<> {
        Lease(connection, "INSERT OR REPLACE INTO name_chunks (dataset, first_row, rows, columns, hashes, packed) "
                          "VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
            .bind(dataset, firstRow, rows, names, Blob{hashes}, Blob{packed})
            .run();
        return {};
    });
}

} // namespace papilio::store
