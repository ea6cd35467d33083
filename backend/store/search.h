// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "store/project.h"

namespace papilio::store
{

/// What the index keeps of a molecule: a fixed number of bytes a part; all zero = not there (yet).
enum class IndexPart : std::uint8_t {
    Fingerprint = 0, ///< chem::Fingerprint
    Screen = 1,      ///< chem::Screen
    Scaffold = 2,    ///< chem::scaffoldHash(), 0xff… = no scaffold
    InchiKey = 3,    ///< hashes of the first block and of the rest (data/search.h); 0xff… = has none
};
constexpr std::size_t indexWidth(IndexPart part)
{
    constexpr std::size_t widths[] = {128, 64, 8, 16};
    return widths[static_cast<std::size_t>(part)];
}

/// The search index of a project: parts of all molecules side by side in big chunks, so that a scan of a million reads
/// a few hundred blobs. Molecule id / chunkSize is the chunk, the rest the place in it. A project of schema 1 to 3 that
/// is open for reading has none.
class SearchIndex
{
public:
    static constexpr std::int64_t chunkSize = 8192;
    explicit SearchIndex(Project& project);

    /// The highest id of a molecule; −1 if there is none. A scan reads the chunks up to its.
    Result<std::int64_t> lastMolecule() const;
    /// Molecules between two ids (both included), for what the index has no entries of.
    Result<> between(std::int64_t first, std::int64_t last,
                     const std::function<void(std::int64_t molecule, std::string&& smiles)>& callback) const;
    /// The bytes of a chunk, at most chunkSize × width; what lies behind its end is not there. Empty: nothing is.
    Result<std::string> chunk(IndexPart part, std::int64_t chunk) const;
    /// The bytes of one molecule; empty if they are not there.
    Result<std::string> entry(IndexPart part, std::int64_t molecule) const;
    /// Molecules that have left the project while their entries have not; ascending.
    Result<std::vector<std::int64_t>> removed() const;
    /// Molecules that have no entry for a part, ascending, at most 'most' of them, from an id on.
    Result<std::vector<std::int64_t>> missing(IndexPart part, std::int64_t from, std::size_t most) const;

    // --- writing; best inside a Transaction ---
    /// Entries of molecules in ascending order, side by side in 'bytes'.
    Result<> put(IndexPart part, std::span<const std::int64_t> molecules, std::string_view bytes);
    /// Clears the entries of molecules that have left.
    Result<> forgetRemoved();

private:
    Project& m_project;
};

/// The entries of one part, molecule after molecule: a chunk is read when the first of its molecules is asked for, so
/// ids are best asked for in ascending order.
class IndexEntries
{
public:
    IndexEntries(const SearchIndex& index, IndexPart part) : m_index(index), m_part(part) {}

    /// The bytes of a molecule, valid until the next call; empty if the index has none (yet).
    Result<std::string_view> of(std::int64_t molecule);

private:
    const SearchIndex& m_index;
    IndexPart m_part;
    std::int64_t m_number = -1; ///< of the chunk that is read
    std::string m_chunk;
};

/// A cell of an identifier column.
struct NameHit {
    std::int64_t dataset = 0;
    std::int64_t row = 0;
    std::int64_t molecule = 0; ///< 0 = the row was rejected
    std::string column, text;
};

/// The cells of name and id columns, a chunk for each write, compressed, with a hash a cell.
class NameIndex
{
public:
    explicit NameIndex(Project& project);

    /// Cells that are this text, apart from case (of the letters A to Z) and blanks around it.
    Result<> exact(std::string_view text, const std::function<bool(NameHit&&)>& callback) const;
    /// Cells that contain it; the callback returns false to stop, 'goOn' is asked between chunks.
    Result<> containing(std::string_view text, const std::function<bool(NameHit&&)>& callback,
                        const std::function<bool()>& goOn) const;
    /// The cells of one row, with their columns; empty if it has none.
    Result<std::vector<NameHit>> ofRow(std::int64_t dataset, std::int64_t row) const;
    Result<bool> empty() const;

    /// 'cells': rows × columns, row by row. Replaces what was written for the same first row.
    Result<> put(std::int64_t dataset, std::int64_t firstRow, std::span<const std::string> columns,
                 std::span<const std::string> cells);

private:
    struct Chunk;
    Result<const Chunk*> chunk(std::int64_t id) const;
    NameHit hitOf(const Chunk& chunk, std::int64_t row, std::size_t column, std::string_view cell) const;

    Project& m_project;
    mutable std::shared_ptr<Chunk> m_last; ///< unpacked; rows near the last one asked for are at hand
};

/// Where a molecule comes from, to tell it by in a list.
struct MoleculePlace {
    std::int64_t dataset = 0; ///< of its first row; 0 = no row refers to it
    std::int64_t row = -1;
    std::int64_t labels = 0;  ///< tasks that it has a label of, in that dataset
    std::string name;         ///< first name of that row; may be empty
};
class MoleculePlaces
{
public:
    explicit MoleculePlaces(Project& project);
    Result<MoleculePlace> of(std::int64_t molecule) const;

private:
    Project& m_project;
    NameIndex m_names;
};

} // namespace papilio::store
