// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/molecule.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include <GraphMol/FileParsers/FileParsers.h>
#include <GraphMol/MolOps.h>
#include <GraphMol/SmilesParse/SmilesParse.h>

#include "chem/failure.h"
#include "chem/moleculedata.h"
#include "chem/ringdummies.h"
#include "chem/smilessyntax.h"

namespace papilio::chem
{

namespace
{

constexpr std::size_t hydrogenLimit = 4 * Molecule::atomLimit;

std::string_view stripped(std::string_view text)
{
    constexpr std::string_view blank = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blank);
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

/// RDKit takes minutes over tens of thousands of ring bonds; a cage has two digits an atom.
std::size_t ringDigitLimit(const SmilesScan& scan)
{
    return 64 + 8 * (scan.heavyAtoms + scan.hydrogens);
}

tl::unexpected<Error> tooLarge(std::size_t atoms)
{
    return fail(ErrorCode::Unsupported, "the molecule has " + std::to_string(atoms) + " atoms; at most " +
                                            std::to_string(Molecule::atomLimit) + " heavy atoms are read.");
}

void addNote(std::string& notes, const char* note)
{
    notes += (notes.empty() ? "" : "; ") + std::string(note);
}

/// Whether numbers are first, first + 1, … in any order; then order[k] is the place of first + k.
bool isPermutation(const std::vector<int>& numbers, int first, std::vector<unsigned>& order)
{
    order.assign(numbers.size(), static_cast<unsigned>(numbers.size()));
    for (unsigned place = 0; place < numbers.size(); ++place) {
        const std::int64_t rank = std::int64_t(numbers[place]) - first;
        if (rank < 0 || rank >= std::int64_t(numbers.size()) || order[std::size_t(rank)] < numbers.size()) {
            return false;
        }
        order[std::size_t(rank)] = place;
    }
    return !numbers.empty();
}

/// Renumbers the atoms, so that those which symmetry makes alike find the same places however the molecule is written.
void putInOrder(Molecule::Data& data, const std::vector<unsigned>& order)
{
    data.numbered = true;
    if (std::is_sorted(order.begin(), order.end())) {
        return;
    }
    const std::unique_ptr<RDKit::ROMol> renumbered(RDKit::MolOps::renumberAtoms(*data.mol, order));
    data.mol = std::make_unique<RDKit::RWMol>(*renumbered);
    if (!data.mol->getRingInfo()->isInitialized()) {
        RDKit::MolOps::symmetrizeSSSR(*data.mol);
    }
}

/// Clears all map numbers of 'mol'; where they number all atoms (those as written, or those that are left after
/// hydrogen removal), sets inputAtoms to their order. RDKit has no map number 0, 'written' has: −1 is none there.
void takeMapNumbers(Molecule::Data& data, const std::vector<int>& written)
{
    std::vector<int> numbers;
    bool any = false;
    for (RDKit::Atom* atom : data.mol->atoms()) {
        numbers.push_back(atom->getAtomMapNum());
        any = any || numbers.back() != 0;
        atom->setAtomMapNum(0);
    }
    any = any || !written.empty();
    if (!any) {
        return;
    }
    addNote(data.repairNote, "atom-map numbers removed");
    const bool zeroWritten = std::find(written.begin(), written.end(), 0) != written.end();
    std::vector<unsigned> order;
    bool ordered = isPermutation(numbers, 1, order) || (zeroWritten && isPermutation(numbers, 0, order));
    if (!ordered && (isPermutation(written, 0, order) || isPermutation(written, 1, order))) {
        // Hydrogens were numbered too and are gone: the others keep their order.
        order.resize(numbers.size());
        std::iota(order.begin(), order.end(), 0u);
        std::sort(order.begin(), order.end(), [&numbers](unsigned a, unsigned b) { return numbers[a] < numbers[b]; });
        ordered = true;
    }
    if (ordered) {
        putInOrder(data, order);
    }
    // The numbers have kept apart what is alike without them.
    RDKit::MolOps::assignStereochemistry(*data.mol, true, true);
}

/// What all ways of reading share. 'written' may be empty.
Result<std::unique_ptr<Molecule::Data>> complete(std::unique_ptr<RDKit::RWMol> mol, bool mayHaveMaps,
                                                 const std::vector<int>& written, std::string note)
{
    const unsigned atoms = mol->getNumAtoms();
    if (atoms == 0) {
        return fail(ErrorCode::BadInput, "the molecule has no atoms.");
    }
    if (atoms > Molecule::atomLimit) {
        return tooLarge(atoms);
    }
    auto data = std::make_unique<Molecule::Data>();
    data->mol = std::move(mol);
    data->repairNote = std::move(note);
    data->inputAtoms.resize(atoms);
    std::iota(data->inputAtoms.begin(), data->inputAtoms.end(), 0u);
    if (mayHaveMaps) {
        takeMapNumbers(*data, written);
    }
    describe(*data);
    return data;
}

/// The coordinates of a CXSMILES, hydrogens included: they are gone from 'mol', hence parsed once more.
void addCoordinates(Molecule::Data& data, const std::string& text)
{
    RDKit::SmilesParserParams params;
    params.parseName = false;
    params.removeHs = false;
    const std::unique_ptr<RDKit::RWMol> whole(RDKit::SmilesToMol(text, params));
    if (!whole || whole->getNumConformers() == 0) {
        return;
    }
    RDKit::RWMol rest(*whole);
    const HydrogenRemoval removal = removeHydrogens(rest);
    if (removal.left.size() != data.position.size()) {
        return;
    }
    std::vector<std::uint16_t> position = data.position;
    if (data.numbered) { // the atoms of data.mol stand in the order of their numbers
        std::vector<unsigned> order(removal.left.size());
        std::iota(order.begin(), order.end(), 0u);
        std::stable_sort(order.begin(), order.end(), [&rest](unsigned a, unsigned b) {
            return rest.getAtomWithIdx(a)->getAtomMapNum() < rest.getAtomWithIdx(b)->getAtomMapNum();
        });
        for (unsigned rank = 0; rank < order.size(); ++rank) {
            position[order[rank]] = data.position[rank];
        }
    }
    data.coordinates = coordinatesOf(*whole, removal, position);
}

Result<std::unique_ptr<Molecule::Data>> parseSmiles(std::string_view input)
{
    const std::string_view text = stripped(input);
    if (text.empty()) {
        return fail(ErrorCode::BadInput, "the SMILES is empty.");
    }
    if (text.size() > Molecule::characterLimit) {
        return fail(ErrorCode::Unsupported, "the SMILES has " + std::to_string(text.size()) + " characters; at most " +
                                                std::to_string(Molecule::characterLimit) + " are read.");
    }
    const std::string_view core = text.substr(0, text.find_first_of(" \t"));
    const std::string_view tail = stripped(text.substr(core.size()));
    const bool hasExtension = !tail.empty() && tail.front() == '|';
    const SmilesScan scan = scanSmiles(core);
    if (scan.badCharacter) {
        return fail(ErrorCode::BadInput, "not a SMILES: character " + std::to_string(*scan.badCharacter + 1) +
                                             " is no printable ASCII character.");
    }
    if (scan.heavyAtoms > Molecule::atomLimit || scan.hydrogens > hydrogenLimit) {
        return tooLarge(scan.heavyAtoms + scan.hydrogens);
    }
    if (scan.ringDigits > ringDigitLimit(scan)) {
        return fail(ErrorCode::Unsupported, "the SMILES has " + std::to_string(scan.ringDigits) +
                                                " ring-bond digits for " + std::to_string(scan.heavyAtoms) +
                                                " atoms; that is no molecule.");
    }
    std::string note;
    if (!tail.empty() && !hasExtension) {
        addNote(note, "text behind the SMILES ignored");
    }
    RDKit::SmilesParserParams params;
    params.allowCXSMILES = hasExtension;
    params.parseName = false;
    params.removeHs = hasExtension || scan.hydrogens > 0; // looking for them takes a twentieth of the reading
    std::string what;
    try {
        PAPILIO_TRY(refuseRingDummies(core));
        std::unique_ptr<RDKit::RWMol> mol(RDKit::SmilesToMol(std::string(hasExtension ? text : core), params));
        if (mol) {
            const bool placed = mol->getNumConformers() > 0;
            auto data = complete(std::move(mol), hasExtension || !scan.mapNumbers.empty(), scan.mapNumbers, std::move(note));
            if (data && placed) {
                addCoordinates(**data, std::string(text));
            }
            return data;
        }
    } catch (const std::exception& exception) {
        what = exception.what();
    }
    return tl::unexpected<Error>(explainSmilesFailure(std::string(core), hasExtension, what));
}

/// Atoms that a mol block announces, before anything is parsed.
std::size_t announcedAtoms(const std::string& block)
{
    std::size_t line = 0;
    for (int i = 0; i < 3 && line != std::string::npos; ++i) {
        line = block.find('\n', line);
        line += line == std::string::npos ? 0 : 1;
    }
    if (line == std::string::npos || line + 3 > block.size()) {
        return 0;
    }
    const std::size_t v3000 = block.find("M  V30 COUNTS ");
    return std::strtoul(v3000 == std::string::npos ? block.substr(line, 3).c_str() : block.c_str() + v3000 + 14,
                        nullptr, 10);
}

Result<void> refuseQueries(const RDKit::ROMol& mol)
{
    for (const RDKit::Atom* atom : mol.atoms()) {
        if (atom->hasQuery() && atom->getAtomicNum() != 0) {
            return fail(ErrorCode::BadInput, "atom " + std::to_string(atom->getIdx()) +
                                                 " is a list or a query, not one element (atoms counted from 0).");
        }
    }
    for (const RDKit::Bond* bond : mol.bonds()) {
        if (bond->hasQuery()) {
            return fail(ErrorCode::BadInput, "bond " + std::to_string(bond->getIdx()) +
                                                 " is a query, not one kind of bond (bonds counted from 0).");
        }
    }
    return {};
}

/// Reads the canonical SMILES of a molecule from a mol block back in, so that graph and identity are those of the
/// SMILES (a block can hold more, e.g. a double bond drawn crossed), and leads the atoms of the block to it.
Result<std::unique_ptr<Molecule::Data>> throughSmiles(std::unique_ptr<Molecule::Data> block)
{
    auto read = parseSmiles(block->canonicalSmiles);
    if (!read || (*read)->graph.atoms.size() != block->graph.atoms.size()) {
        return block;
    }
    std::unique_ptr<Molecule::Data> data = std::move(*read);
    data->repairNote = block->repairNote;
    data->numbered = block->numbered;
    if (block->coordinates) { // in the order of the block's graph, in which the atoms of the SMILES were written
        data->coordinates = *block->coordinates;
        for (std::size_t place = 0; place < data->position.size(); ++place) {
            data->coordinates->atoms[data->position[place]] = block->coordinates->atoms[place];
        }
        for (Coordinates::Hydrogen& hydrogen : data->coordinates->hydrogens) {
            hydrogen.heavy = data->position[hydrogen.heavy];
        }
    }
    data->edgeToCanonical.clear();
    for (const RDKit::Bond* bond : block->mol->bonds()) {
        const std::uint16_t begin = data->position[block->position[bond->getBeginAtomIdx()]];
        const std::uint16_t end = data->position[block->position[bond->getEndAtomIdx()]];
        data->edgeToCanonical.push_back(directedEdge(data->graph, begin, end));
        data->edgeToCanonical.push_back(directedEdge(data->graph, end, begin));
    }
    data->inputAtoms.clear();
    data->toCanonical.clear();
    for (const std::uint16_t place : block->toCanonical) { // the read molecule's atoms stand in that order
        data->inputAtoms.push_back(place);
        data->toCanonical.push_back(data->position[place]);
    }
    return data;
}

Result<std::unique_ptr<Molecule::Data>> parseBlock(const std::string& block)
{
    if (const std::size_t atoms = announcedAtoms(block); atoms > Molecule::atomLimit + hydrogenLimit) {
        return tooLarge(atoms);
    }
    std::string what;
    try {
        PAPILIO_TRY(refuseRingDummiesOfBlock(block));
        // Sanitised with its hydrogens first: removing them on the way in would hide an atom that has one too many.
        std::unique_ptr<RDKit::RWMol> mol(RDKit::MolBlockToMol(block, true, false, false));
        if (mol) {
            const RDKit::ROMol before(*mol);
            const HydrogenRemoval removal = removeHydrogens(*mol);
            PAPILIO_TRY(refuseQueries(*mol));
            auto data = complete(std::move(mol), true, {}, {});
            if (data) {
                if (!(*data)->numbered) {
                    (*data)->coordinates = coordinatesOf(before, removal, (*data)->position);
                }
                return throughSmiles(std::move(*data));
            }
            return data;
        }
    } catch (const std::exception& exception) {
        what = exception.what();
    }
    return tl::unexpected<Error>(explainBlockFailure(block, what));
}

Result<std::unique_ptr<Molecule::Data>> parseInchi(const std::string& inchi)
{
    std::string problem;
    try {
        std::unique_ptr<RDKit::RWMol> mol = molOfInchi(inchi, problem);
        if (mol) {
            auto data = complete(std::move(mol), false, {}, {});
            return data ? throughSmiles(std::move(*data)) : std::move(data);
        }
    } catch (const std::exception& exception) {
        problem = exception.what();
    }
    return fail(ErrorCode::BadInput, "the InChI cannot be read: " + problem + ".");
}

} // namespace

Molecule::Molecule(std::unique_ptr<Data> data) : m_data(std::move(data)) {}
Molecule::Molecule(Molecule&&) noexcept = default;
Molecule& Molecule::operator=(Molecule&&) noexcept = default;
Molecule::~Molecule() = default;

Result<Molecule> Molecule::fromSmiles(std::string_view smiles)
{
    auto data = parseSmiles(smiles);
    if (!data) {
        return tl::unexpected<Error>(std::move(data).error());
    }
    return Molecule(std::move(*data));
}

Result<Molecule> Molecule::fromMolBlock(const std::string& block)
{
    auto data = parseBlock(block);
    if (!data) {
        return tl::unexpected<Error>(std::move(data).error());
    }
    return Molecule(std::move(*data));
}

Result<Molecule> Molecule::fromInchi(const std::string& inchi)
{
    auto data = parseInchi(inchi);
    if (!data) {
        return tl::unexpected<Error>(std::move(data).error());
    }
    return Molecule(std::move(*data));
}

const std::string& Molecule::canonicalSmiles() const
{
    return m_data->canonicalSmiles;
}
const MolGraph& Molecule::graph() const
{
    return m_data->graph;
}
const std::vector<std::uint16_t>& Molecule::toCanonical() const
{
    return m_data->toCanonical;
}
const std::vector<std::uint32_t>& Molecule::edgeToCanonical() const
{
    return m_data->edgeToCanonical;
}
bool Molecule::numbered() const
{
    return m_data->numbered;
}
const std::optional<Coordinates>& Molecule::coordinates() const
{
    return m_data->coordinates;
}
const std::string& Molecule::repairNote() const
{
    return m_data->repairNote;
}

} // namespace papilio::chem
