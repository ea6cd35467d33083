// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sourcepack.h"

#include <limits>

#include <zlib.h>
#ifdef PAPILIO_ZSTD
#include <zstd.h>
#endif

#include "store/bytes.h"

namespace papilio::store
{
namespace
{

// How the rows are compressed: with zlib, as all were at first, or with zstd, which takes a third of the time.
enum Format : std::uint16_t { Zlib = 1, Zstd = 2 };
constexpr int level = 1; // both: a quarter more bytes than their usual ones, at a third of the time
constexpr std::size_t mostBytes = std::size_t{1} << 30;

constexpr std::uint64_t hasTitle = 1, hasProblem = 2, hasRepair = 4;

void appendText(std::string& bytes, const std::string& text)
{
    appendVarint(bytes, text.size());
    bytes += text;
}

std::optional<std::string> textOf(ByteReader& reader)
{
    const auto length = reader.varint();
    const auto text = length ? reader.take(*length) : std::nullopt;
    return text ? std::optional(std::string(*text)) : std::nullopt;
}

/// The cells: their number, then each as length and text; a run of empty ones is 0 and how many more follow.
void appendCells(std::string& bytes, const std::vector<std::string>& cells)
{
    appendVarint(bytes, cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        appendText(bytes, cells[i]);
        if (cells[i].empty()) {
            std::size_t more = 0;
            while (i + 1 < cells.size() && cells[i + 1].empty()) {
                ++more;
                ++i;
            }
            appendVarint(bytes, more);
        }
    }
}

bool readCells(ByteReader& reader, std::vector<std::string>& cells)
{
    const auto count = reader.varint();
    if (!count || *count > (std::uint64_t{1} << 24)) {
        return false;
    }
    cells.reserve(*count);
    while (cells.size() < *count) {
        auto text = textOf(reader);
        if (!text) {
            return false;
        }
        const bool empty = text->empty();
        cells.push_back(std::move(*text));
        if (empty) {
            const auto more = reader.varint();
            if (!more || *more > *count - cells.size()) {
                return false;
            }
            cells.resize(cells.size() + *more);
        }
    }
    return true;
}

void appendRow(std::string& bytes, const SourceRow& row)
{
    const std::uint64_t extras = (row.title.empty() ? 0 : hasTitle) |
                                 (row.problem.empty() ? 0 : hasProblem) |
                                 (row.repair.empty() ? 0 : hasRepair);
    appendVarint(bytes, extras);
    for (const std::string* const text : {&row.title, &row.problem, &row.repair}) {
        if (!text->empty()) {
            appendText(bytes, *text);
        }
    }
    appendCells(bytes, row.cells);
}

bool readRow(ByteReader& reader, SourceRow& row)
{
    const auto extras = reader.varint();
    if (!extras || *extras > (hasTitle | hasProblem | hasRepair)) {
        return false;
    }
    const std::pair<std::uint64_t, std::string*> texts[] = {
        {hasTitle, &row.title}, {hasProblem, &row.problem}, {hasRepair, &row.repair}};
    for (const auto& [extra, place] : texts) {
        if ((*extras & extra) != 0) {
            auto text = textOf(reader);
            if (!text) {
                return false;
            }
            *place = std::move(*text);
        }
    }
    return readCells(reader, row.cells);
}

#ifdef PAPILIO_ZSTD
constexpr Format written = Zstd;

void compress(std::string& packed, std::string_view raw)
{
    struct Context {
        ZSTD_CCtx* const zstd = ZSTD_createCCtx();
        ~Context() { ZSTD_freeCCtx(zstd); }
    };
    thread_local const Context context; // a new one would cost more than the compression
    const std::size_t head = packed.size();
    packed.resize(head + ZSTD_compressBound(raw.size()));
    const std::size_t length = ZSTD_compressCCtx(context.zstd, packed.data() + head, packed.size() - head, raw.data(),
                                                 raw.size(), level); // cannot fail: the room is what it asked for
    packed.resize(head + length);
}

std::optional<std::string> unzstd(std::string_view bytes, std::uint64_t size)
{
    // The frame says its size, too, and both must agree.
    if (size > mostBytes || ZSTD_getFrameContentSize(bytes.data(), bytes.size()) != size) {
        return {};
    }
    std::string raw(size, '\0');
    const std::size_t length = ZSTD_decompress(raw.data(), raw.size(), bytes.data(), bytes.size());
    return length == raw.size() ? std::optional(std::move(raw)) : std::nullopt;
}
#else
constexpr Format written = Zlib;

void compress(std::string& packed, std::string_view raw)
{
    const std::size_t head = packed.size();
    uLongf length = ::compressBound(raw.size());
    packed.resize(head + length);
    ::compress2(reinterpret_cast<Bytef*>(packed.data() + head), &length, reinterpret_cast<const Bytef*>(raw.data()),
                raw.size(), level); // cannot fail: the room is what it asked for
    packed.resize(head + length);
}

/// A build without zstd cannot read what one with it has written.
std::optional<std::string> unzstd(std::string_view, std::uint64_t)
{
    return {};
}
#endif

std::optional<std::string> inflated(std::string_view bytes, std::uint64_t size)
{
    // zlib makes at most 1032 bytes of one: a size beyond that is no size.
    if (size > mostBytes || size > bytes.size() * 1100 + 64) {
        return {};
    }
    std::string raw(size, '\0');
    uLongf length = raw.size();
    const int result = ::uncompress(reinterpret_cast<Bytef*>(raw.data()), &length,
                                    reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
    return result == Z_OK && length == raw.size() ? std::optional(std::move(raw)) : std::nullopt;
}

} // namespace

std::string packSourceRows(std::span<const SourceRow> rows)
{
    std::string raw;
    for (const SourceRow& row : rows) {
        appendRow(raw, row);
    }
    std::string packed;
    appendNumber(packed, static_cast<std::uint16_t>(written));
    appendVarint(packed, rows.size());
    appendVarint(packed, raw.size());
    compress(packed, raw);
    return packed;
}

bool unpackable(std::string_view packed)
{
    const auto version = ByteReader(packed).number<std::uint16_t>();
    return written == Zstd || version != Zstd;
}

std::optional<std::vector<SourceRow>> unpackSourceRows(std::string_view packed)
{
    ByteReader reader(packed);
    const auto version = reader.number<std::uint16_t>();
    const auto count = reader.varint();
    const auto size = reader.varint();
    if (!version || (*version != Zlib && *version != Zstd) || !count || !size || *count > *size / 2) { // a row takes two bytes at least
        return {};
    }
    const std::string_view bytes = *reader.take(reader.left());
    const auto raw = *version == Zlib ? inflated(bytes, *size) : unzstd(bytes, *size);
    if (!raw) {
        return {};
    }
    ByteReader contents(*raw);
    std::vector<SourceRow> rows; // grows as rows are found: a number that is wrong costs nothing
    while (rows.size() < *count) {
        if (!readRow(contents, rows.emplace_back())) {
            return {};
        }
    }
    return contents.left() == 0 ? std::optional(std::move(rows)) : std::nullopt;
}

} // namespace papilio::store
