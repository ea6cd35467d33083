// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/hash.h"
#include "data/linereader.h"
#include "data/readoptions.h"

namespace papilio::data
{

enum class Format : std::uint8_t { Csv, Tsv, Smi, Sdf, Parquet };
std::string_view formatName(Format format); ///< "CSV", "TSV", "SMI", "SDF", "Parquet"

/// What reading found out about a file, for people.
struct FileFacts {
    std::string packing;   ///< "gzip", "bzip2", "zstd", "zip"; empty = none
    std::string encoding;  ///< "UTF-8", "Latin-1", …; empty for Parquet
    std::string delimiter; ///< CSV and TSV: the character
    bool crlf = false;
    bool byteOrderMark = false;
};

/// One row as read; nothing of it is interpreted yet.
struct TableRow {
    std::int64_t row = 0;           ///< 0-based, header and blank lines not counted
    std::vector<std::string> cells; ///< UTF-8, one a column; SDF: the mol block, then the properties
    std::string title;              ///< SDF: first line of the record
    std::string problem;            ///< why it cannot be used; 'cells' is empty then
    std::string repair;             ///< what reading had to change
};

/// Memory that a row takes, about.
std::size_t bytesOf(const TableRow& row);

/// Reads rows one by one. A broken row has a 'problem' and reading goes on behind it.
class TableReader
{
public:
    virtual ~TableReader() = default;
    /// False at the end. Only faults of the file itself (cut off, unreadable) are errors.
    virtual Result<bool> next(TableRow& row) = 0;

    const std::vector<std::string>& columns() const { return m_columns; } ///< SDF: grows while reading
    const std::vector<std::string>& notes() const { return m_notes; }
    void addNotes(const std::vector<std::string>& notes) { m_notes.insert(m_notes.begin(), notes.begin(), notes.end()); }
    bool hadHeader() const { return m_hadHeader; }
    Format format() const { return m_format; }
    virtual int structureColumn() const { return 0; } ///< SMI and SDF
    virtual FileFacts facts() const = 0; ///< of what was read so far
    virtual std::int64_t rawRead() const = 0; ///< bytes of the file, the measure of progress
    virtual std::int64_t rawSize() const = 0;
    virtual Result<> drain() = 0; ///< reads the raw rest away, so that a hash covers the whole file

protected:
    explicit TableReader(Format format) : m_format(format) {}

    Format m_format;
    std::vector<std::string> m_columns;
    std::vector<std::string> m_notes;
    bool m_hadHeader = false;
    std::int64_t m_row = 0;
};

/// What the readers of text share.
class TextTableReader : public TableReader
{
public:
    FileFacts facts() const override;
    std::int64_t rawRead() const override { return m_lines->source().rawRead(); }
    std::int64_t rawSize() const override { return m_lines->source().rawSize(); }
    Result<> drain() override { return m_lines->source().drain(); }

protected:
    TextTableReader(Format format, std::unique_ptr<LineReader> lines) : TableReader(format), m_lines(std::move(lines)) {}
    /// Refuses a row in whose text zero bytes stand: they end texts in libraries behind this one.
    static bool refuseZeros(TableRow& row, const std::string& line);
    static void refuseForZeros(TableRow& row, const std::string& line);
    static bool hasZeros(std::string_view text) { return text.find('\0') != std::string_view::npos; }
    std::string utf8(std::string_view bytes) { return decoded(bytes, m_found); }

    std::unique_ptr<LineReader> m_lines;
    std::optional<Encoding> m_found; ///< what cells that are no UTF-8 were read as
};

/// Opens a table of any format. The format comes from the name's ending (that of its packing apart; in a ZIP file the
/// table's), else from the first bytes.
Result<std::unique_ptr<TableReader>> openTable(const std::string& path, Sha256* hash = nullptr,
                                               const ReadOptions& options = {});

/// Makes names unique ("x", "x (2)") and names the nameless ("column 3"); a note is added for what was changed.
std::vector<std::string> distinctNames(const std::vector<std::string>& names, std::vector<std::string>& notes);

/// Several files of the same columns as one table; rows are numbered through.
class TableChain
{
public:
    /// 'hashed': the SHA-256 of the bytes is computed on the way.
    explicit TableChain(std::vector<std::string> files, bool hashed = false, ReadOptions options = {});
    ~TableChain();

    Result<> start(); ///< opens the first file
    Result<bool> next(TableRow& row);

    const std::vector<std::string>& columns() const { return m_columns; }
    const std::vector<std::string>& notes() const { return m_notes; }
    TableReader& first() { return *m_reader; } ///< the file in reading (the first one, after start())
    std::int64_t rawRead() const;
    std::int64_t rawSize() const { return m_rawSize; }
    std::int64_t rows() const { return m_row; } ///< rows given so far
    const std::string& currentFile() const { return m_files[m_index]; }
    /// SHA-256 of the file, or over the hashes of several; reads what was not read yet.
    Result<std::string> hash();

private:
    Result<> open(std::size_t index);
    Result<> mapColumns();
    Result<> finishHash();

    std::vector<std::string> m_files;
    bool m_hashed = false;
    ReadOptions m_options;
    std::size_t m_index = 0;
    std::unique_ptr<Sha256> m_sha;
    std::unique_ptr<TableReader> m_reader;
    std::vector<std::string> m_hashes;
    std::vector<std::string> m_columns;
    std::vector<int> m_map; ///< column of the current file → column of the chain
    std::vector<std::string> m_notes;
    std::int64_t m_row = 0;
    std::int64_t m_rawBefore = 0;
    std::int64_t m_rawSize = 0;
};

} // namespace papilio::data
