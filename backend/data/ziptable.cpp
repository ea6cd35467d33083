// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/ziptable.h"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <vector>

#include <zlib.h>

#include "core/randomaccess.h"
#include "core/zipdirectory.h"
#include "data/bytesource.h"
#include "data/tablename.h"

namespace papilio::data
{

namespace
{
/// One entry out of the stream of the whole ZIP file: what stands before it is passed over, what stands behind it is
/// never asked for.
class ZipUnpacker : public Unpacker
{
public:
    ZipUnpacker(const ZipEntry& entry, std::uint64_t begin)
        : m_before(begin), m_packed(entry.packedSize), m_size(entry.size), m_wantedCrc(entry.crc),
          m_deflated(entry.method == zip::deflated)
    {
        m_ready = !m_deflated || inflateInit2(&m_stream, -MAX_WBITS) == Z_OK;
    }
    ~ZipUnpacker() override
    {
        if (m_deflated && m_ready) {
            inflateEnd(&m_stream);
        }
    }
    bool ready() const { return m_ready; }

    Step step(std::string_view in, char* out, std::size_t size) override
    {
        if (m_before > 0) {
            const std::size_t passed = std::min<std::uint64_t>(m_before, in.size());
            m_before -= passed;
            return {passed, 0, false, {}};
        }
        constexpr std::size_t most = std::numeric_limits<int>::max(); // zlib counts in 32 bits
        in = in.substr(0, std::min<std::uint64_t>({m_packed, in.size(), most}));
        size = std::min(size, most);
        Step step = m_deflated ? inflated(in, out, size) : copied(in, out, size);
        m_packed -= step.consumed;
        m_crc = crc32(m_crc, reinterpret_cast<const Bytef*>(out), static_cast<uInt>(step.produced));
        if (step.produced > m_size) {
            step.fault = "they are more than the directory says";
        }
        m_size -= std::min<std::uint64_t>(step.produced, m_size);
        if (step.fault.empty() && step.memberEnded && (m_size > 0 || m_crc != m_wantedCrc)) {
            step.fault = m_size > 0 ? "they are less than the directory says" : "their checksum is wrong";
        }
        return step;
    }

    bool nextMember(std::string_view /*in*/) override { return false; }

private:
    Step inflated(std::string_view in, char* out, std::size_t size)
    {
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data())); // zlib does not write to it
        m_stream.avail_in = static_cast<uInt>(in.size());
        m_stream.next_out = reinterpret_cast<Bytef*>(out);
        m_stream.avail_out = static_cast<uInt>(size);
        const int code = inflate(&m_stream, Z_NO_FLUSH);
        Step step{in.size() - m_stream.avail_in, size - m_stream.avail_out, code == Z_STREAM_END, {}};
        if (code != Z_STREAM_END && code != Z_OK && code != Z_BUF_ERROR) {
            step.fault = m_stream.msg ? m_stream.msg : "code " + std::to_string(code);
        } else if (step.consumed == m_packed && step.produced < size && !step.memberEnded) {
            step.fault = "they end too early";
        }
        return step;
    }

    Step copied(std::string_view in, char* out, std::size_t size) const
    {
        const std::size_t count = std::min(in.size(), size);
        std::copy_n(in.begin(), count, out);
        return {count, count, count == m_packed, {}};
    }

    std::uint64_t m_before; ///< bytes of the file up to those of the entry
    std::uint64_t m_packed; ///< bytes of the entry that are still to come, packed and
    std::uint64_t m_size;   ///< unpacked
    uLong m_crc = crc32(0, nullptr, 0);
    uLong m_wantedCrc;
    bool m_deflated;
    bool m_ready = false;
    z_stream m_stream{};
};

/// Hidden files are none: those of a Mac lie beside the ones that they describe.
bool isTable(const ZipEntry& entry)
{
    const std::string name = fileName(entry.name);
    return !entry.name.ends_with('/') && !name.starts_with('.') && isTableName(entry.name);
}

/// Microsoft's and the open ones.
bool isOfficeFile(const std::vector<ZipEntry>& entries)
{
    return std::any_of(entries.begin(), entries.end(), [](const ZipEntry& one) {
        return one.name == "[Content_Types].xml" || one.name == "content.xml";
    });
}

/// "'a.csv', 'b.csv' and 7 more"
std::string namesOf(const std::vector<const ZipEntry*>& entries)
{
    constexpr std::size_t most = 3;
    std::string text;
    for (std::size_t i = 0; i < std::min(most, entries.size()); ++i) {
        text += (i == 0 ? "" : ", ") + zipNameForMessage(fileName(entries[i]->name));
    }
    return entries.size() > most ? text + " and " + std::to_string(entries.size() - most) + " more" : text;
}

Result<ZipEntry> theTable(const std::vector<ZipEntry>& entries, const std::string& path)
{
    constexpr auto unpackFirst = "Unpack it first, and give the table that is in it.";
    if (isOfficeFile(entries)) {
        return fail(ErrorCode::BadInput, quotedName(path) + " is an Excel table or another file of an office program.",
                    "Save it as CSV from there.");
    }
    std::vector<const ZipEntry*> tables;
    for (const ZipEntry& entry : entries) {
        if (isTable(entry)) {
            tables.push_back(&entry);
        }
    }
    const auto isText = [](const ZipEntry* entry) { return endingOf(entry->name) == ".txt"; };
    if (!std::all_of(tables.begin(), tables.end(), isText)) { // texts beside a table tell of it
        std::erase_if(tables, isText);
    }
    if (tables.empty()) {
        return fail(ErrorCode::BadInput, quotedName(path) + " is a ZIP file in which no name is that of a table.",
                    "Unpack it first, and give the table if there is one: CSV, TSV, SMI, SDF or Parquet.");
    }
    if (tables.size() > 1) {
        return fail(ErrorCode::BadInput,
                    quotedName(path) + " is a ZIP file with " + std::to_string(tables.size()) + " tables: " + namesOf(tables) + ".",
                    "Unpack it first, and give those you want, or their folder as one dataset.");
    }
    const ZipEntry& table = *tables.front();
    const std::string its = quotedName(path) + ": its table " + zipNameForMessage(table.name);
    if (table.encrypted) {
        return fail(ErrorCode::BadInput, its + " is encrypted.", unpackFirst);
    }
    if (table.method != zip::stored && table.method != zip::deflated) {
        return fail(ErrorCode::Unsupported, its + " is packed in a way that is not known here.", unpackFirst);
    }
    if (isPackedEnding(std::filesystem::path(table.name).extension().string())) {
        return fail(ErrorCode::Unsupported, its + " is packed once more.", unpackFirst);
    }
    if (const std::string ending = endingOf(table.name); ending == ".parquet" || ending == ".pq") {
        return fail(ErrorCode::Unsupported, its + " is a Parquet file, which is read at several places at once.", unpackFirst);
    }
    return table;
}
} // namespace

Result<ZipTable> tableInZip(const std::string& path)
{
    const auto file = RandomAccess::open(path);
    if (!file) {
        return tl::unexpected(file.error());
    }
    const auto entries = readZipDirectory(*file, ZipUse::Stream);
    if (!entries) {
        return tl::unexpected(entries.error());
    }
    const auto entry = theTable(*entries, path);
    if (!entry) {
        return tl::unexpected(entry.error());
    }
    const auto begin = zip::dataOffset(*file, *entry);
    if (!begin) {
        return tl::unexpected(begin.error());
    }
    auto unpacker = std::make_unique<ZipUnpacker>(*entry, *begin);
    if (!unpacker->ready()) {
        return fail(ErrorCode::Internal, "The decompressor cannot be started.");
    }
    return ZipTable{entry->name, std::move(unpacker)};
}

} // namespace papilio::data
