// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/search.h"

#include <algorithm>
#include <cstring>

#include <sqlite3.h>

#include "store/connection.h"

namespace papilio::store
{
namespace
{

constexpr std::int64_t firstSlots = 256; ///< a chunk of a small project is small

std::int64_t keyOf(IndexPart part, std::int64_t chunk)
{
    return (std::int64_t{static_cast<std::uint8_t>(part)} << 40) | chunk;
}

bool hasIndex(Connection& connection)
{
    return connection.hasSchema(4);
}

/// A blob that is written in place: only the pages that change go to the log.
class OpenBlob
{
public:
    OpenBlob(Connection& connection, std::int64_t key)
    {
        const int code = sqlite3_blob_open(connection.getHandle(), "main", "index_chunks", "bytes", key, 1, &m_blob);
        if (code != SQLITE_OK) {
            sqlite3_blob_close(m_blob);
            throw SQLite::Exception(connection.getHandle(), code);
        }
    }
    ~OpenBlob() { sqlite3_blob_close(m_blob); }
    OpenBlob(const OpenBlob&) = delete;
    OpenBlob& operator=(const OpenBlob&) = delete;

    void write(std::string_view bytes, std::int64_t at)
    {
        const int code = sqlite3_blob_write(m_blob, bytes.data(), static_cast<int>(bytes.size()), static_cast<int>(at));
        if (code != SQLITE_OK) {
            throw SQLite::Exception("a chunk of the search index cannot be written", code);
        }
    }

private:
    sqlite3_blob* m_blob = nullptr;
};

/// Makes room for 'slots' entries: the chunk grows by doubling.
void makeRoom(Connection& connection, IndexPart part, std::int64_t chunk, std::int64_t slots)
{
    const std::int64_t key = keyOf(part, chunk);
    const auto width = static_cast<std::int64_t>(indexWidth(part));
    std::int64_t there = -1;
    {
        Lease query(connection, "SELECT length(bytes) FROM index_chunks WHERE id = ?1");
        if (query.bind(key).step()) {
            there = query.integer(0) / width;
        }
    }
    if (there >= slots) {
        return;
    }
    std::int64_t room = std::max(there, firstSlots);
    while (room < slots) {
        room *= 2;
    }
    room = std::min(room, SearchIndex::chunkSize);
    if (there < 0) {
        Lease(connection, "INSERT INTO index_chunks (id, bytes) VALUES (?1, zeroblob(?2))").bind(key, room * width).run();
        return;
    }
    std::string bytes;
    {
        Lease query(connection, "SELECT bytes FROM index_chunks WHERE id = ?1");
        query.bind(key).step();
        bytes = std::string(query.blob(0));
    }
    bytes.resize(static_cast<std::size_t>(room * width), '\0');
    Lease(connection, "UPDATE index_chunks SET bytes = ?2 WHERE id = ?1").bind(key, Blob{bytes}).run();
}

void writeRun(Connection& connection, IndexPart part, std::span<const std::int64_t> molecules, std::string_view bytes)
{
    const std::int64_t chunk = molecules.front() / SearchIndex::chunkSize;
    const std::size_t width = indexWidth(part);
    makeRoom(connection, part, chunk, molecules.back() % SearchIndex::chunkSize + 1);
    OpenBlob blob(connection, keyOf(part, chunk));
    for (std::size_t i = 0; i < molecules.size();) {
        std::size_t end = i + 1; // neighbours are written at once
        while (end < molecules.size() && molecules[end] == molecules[end - 1] + 1) {
            ++end;
        }
        blob.write(bytes.substr(i * width, (end - i) * width),
                   molecules[i] % SearchIndex::chunkSize * static_cast<std::int64_t>(width));
        i = end;
    }
}

bool isZero(const char* bytes, std::size_t count)
{
    return std::all_of(bytes, bytes + count, [](char byte) { return byte == 0; });
}

} // namespace

SearchIndex::SearchIndex(Project& project) : m_project(project) {}

Result<std::int64_t> SearchIndex::lastMolecule() const
{
    return reading(m_project, [](Connection& connection) -> Result<std::int64_t> {
        Lease query(connection, "SELECT coalesce(max(id), -1) FROM molecules");
        query.step();
        return query.integer(0);
    });
}

Result<> SearchIndex::between(std::int64_t first, std::int64_t last,
                              const std::function<void(std::int64_t, std::string&&)>& callback) const
{
    return reading(m_project, [&](Connection& connection) -> Result<> {
        Lease query(connection, "SELECT id, smiles FROM molecules WHERE id BETWEEN ?1 AND ?2 ORDER BY id");
        query.bind(first, last);
        while (query.step()) {
            callback(query.integer(0), query.text(1));
        }
        return {};
    });
}

Result<std::string> SearchIndex::chunk(IndexPart part, std::int64_t chunk) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::string> {
        if (!hasIndex(connection)) {
            return std::string();
        }
        Lease query(connection, "SELECT bytes FROM index_chunks WHERE id = ?1");
        return query.bind(keyOf(part, chunk)).step() ? std::string(query.blob(0)) : std::string();
    });
}

Result<std::string> SearchIndex::entry(IndexPart part, std::int64_t molecule) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::string> {
        if (!hasIndex(connection)) {
            return std::string();
        }
        const auto width = static_cast<std::int64_t>(indexWidth(part));
        Lease query(connection, "SELECT substr(bytes, ?2, ?3) FROM index_chunks WHERE id = ?1");
        query.bind(keyOf(part, molecule / chunkSize), molecule % chunkSize * width + 1, width);
        if (!query.step()) {
            return std::string();
        }
        const std::string_view bytes = query.blob(0);
        return bytes.size() < indexWidth(part) || isZero(bytes.data(), bytes.size()) ? std::string() : std::string(bytes);
    });
}

Result<std::vector<std::int64_t>> SearchIndex::removed() const
{
    return reading(m_project, [](Connection& connection) -> Result<std::vector<std::int64_t>> {
        std::vector<std::int64_t> ids;
        if (hasIndex(connection)) {
            Lease query(connection, "SELECT molecule FROM index_removed ORDER BY molecule");
            while (query.step()) {
                ids.push_back(query.integer(0));
            }
        }
        return ids;
    });
}

Result<std::vector<std::int64_t>> SearchIndex::missing(IndexPart part, std::int64_t from, std::size_t most) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::vector<std::int64_t>> {
        std::vector<std::int64_t> ids;
        IndexEntries entries(*this, part);
        Lease query(connection, "SELECT id FROM molecules WHERE id >= ?1 ORDER BY id");
        query.bind(from);
        while (ids.size() < most && query.step()) {
            const auto entry = entries.of(query.integer(0));
            PAPILIO_TRY(entry);
            if (entry->empty()) {
                ids.push_back(query.integer(0));
            }
        }
        return ids;
    });
}

Result<std::string_view> IndexEntries::of(std::int64_t molecule)
{
    const std::int64_t number = molecule / SearchIndex::chunkSize;
    if (number != m_number) {
        auto read = m_index.chunk(m_part, number);
        PAPILIO_TRY(read);
        m_chunk = std::move(*read);
        m_number = number;
    }
    const std::size_t width = indexWidth(m_part);
    const std::size_t at = static_cast<std::size_t>(molecule % SearchIndex::chunkSize) * width;
    const bool there = at + width <= m_chunk.size() && !isZero(m_chunk.data() + at, width);
    return there ? std::string_view(m_chunk).substr(at, width) : std::string_view();
}

Result<> SearchIndex::put(IndexPart part, std::span<const std::int64_t> molecules, std::string_view bytes)
{
    const std::size_t width = indexWidth(part);
    if (bytes.size() != molecules.size() * width || !std::is_sorted(molecules.begin(), molecules.end())) {
        return fail(ErrorCode::Internal, "Entries of the search index must be as many as their molecules, in order.");
    }
    return writing(m_project, [&](Connection& connection) -> Result<> {
        for (std::size_t i = 0; i < molecules.size();) {
            std::size_t end = i + 1;
            while (end < molecules.size() && molecules[end] / chunkSize == molecules[i] / chunkSize) {
                ++end;
            }
            writeRun(connection, part, molecules.subspan(i, end - i), bytes.substr(i * width, (end - i) * width));
            i = end;
        }
        return {};
    });
}

Result<> SearchIndex::forgetRemoved()
{
    const auto noted = removed();
    PAPILIO_TRY(noted);
    if (noted->empty()) {
        return {};
    }
    return writingTogether(m_project, [&](Connection& connection) -> Result<> {
        const auto gone = removed(); // again: what is noted by now is what is deleted below
        PAPILIO_TRY(gone);
        for (const IndexPart part : {IndexPart::Fingerprint, IndexPart::Screen, IndexPart::Scaffold, IndexPart::InchiKey}) {
            std::vector<std::int64_t> there;
            std::int64_t asked = -1, room = 0;
            for (const std::int64_t id : *gone) {
                if (id / chunkSize != asked) {
                    asked = id / chunkSize;
                    Lease query(connection, "SELECT length(bytes) FROM index_chunks WHERE id = ?1");
                    room = query.bind(keyOf(part, asked)).step()
                               ? query.integer(0) / static_cast<std::int64_t>(indexWidth(part))
                               : 0;
                }
                if (id % chunkSize < room) {
                    there.push_back(id);
                }
            }
            PAPILIO_TRY(put(part, there, std::string(there.size() * indexWidth(part), '\0')));
        }
        Lease(connection, "DELETE FROM index_removed").run();
        return {};
    });
}

} // namespace papilio::store
