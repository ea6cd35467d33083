// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/bench/variants.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "chem/molecule.h"
#include "core/random.h"
#include "engine/bench/timing.h"

namespace papilio::engine
{

namespace
{

struct Group {
    const char* smiles;
    int heavyAtoms;
};
/// Common substituents; each bonds through its first atom by a single bond.
constexpr std::array<Group, 14> groups{{{"F", 1}, {"Cl", 1}, {"C", 1}, {"OC", 2}, {"O", 1}, {"N", 1}, {"Br", 1},
                                        {"C#N", 2}, {"CC", 2}, {"C(F)(F)F", 4}, {"C(N)=O", 3}, {"N(C)C", 3},
                                        {"C1CC1", 3}, {"OC(F)F", 4}}};

struct Base {
    std::string smiles;
    int heavyAtoms = 0;
    std::vector<std::size_t> places;
};

std::vector<int> hydrogensOf(const MolGraph& graph)
{
    std::vector<int> hydrogens;
    for (const AtomCode& atom : graph.atoms) {
        hydrogens.push_back(atom.degree);
    }
    for (const BondCode& bond : graph.bonds) {
        --hydrogens[bond.begin];
        --hydrogens[bond.end];
    }
    return hydrogens;
}

/// Length of the atom that begins at 'at' outside of brackets; 0 = none begins there.
std::size_t atomLength(const std::string& smiles, std::size_t at)
{
    if (smiles.compare(at, 2, "Cl") == 0 || smiles.compare(at, 2, "Br") == 0) {
        return 2;
    }
    return std::isalpha(static_cast<unsigned char>(smiles[at])) != 0 || smiles[at] == '*' ? 1 : 0;
}

std::size_t behindRingDigits(const std::string& smiles, std::size_t at)
{
    while (at < smiles.size()) {
        const bool bondBefore = std::string_view("-=#:/\\").find(smiles[at]) != std::string_view::npos;
        const std::size_t digit = bondBefore ? at + 1 : at;
        if (digit < smiles.size() && std::isdigit(static_cast<unsigned char>(smiles[digit])) != 0) {
            at = digit + 1;
        } else if (digit < smiles.size() && smiles[digit] == '%') {
            at = std::min(digit + 3, smiles.size());
        } else {
            break;
        }
    }
    return at;
}

std::string grown(const Base& base, std::size_t placeIndex, const Group& group)
{
    std::string smiles = base.smiles;
    const std::size_t place = base.places[placeIndex];
    std::string text(group.smiles);
    if (place < smiles.size()) { // at the end of the text the chain simply goes on
        text.insert(text.begin(), '(');
        text.push_back(')');
    }
    smiles.insert(place, text);
    return smiles;
}

/// The k-th way to put one group on a molecule.
Variant oneGroup(const Base& base, std::uint64_t way)
{
    const Group& group = groups[way % groups.size()];
    const std::size_t place = (way / groups.size() + way) % base.places.size();
    return {grown(base, place, group), base.heavyAtoms + group.heavyAtoms};
}

} // namespace

std::vector<std::size_t> attachmentPlaces(const std::string& smiles, const std::vector<int>& hydrogens)
{
    std::vector<std::size_t> places;
    std::size_t atom = 0;
    for (std::size_t at = 0; at < smiles.size();) {
        const bool bracket = smiles[at] == '[';
        const std::size_t length = bracket ? smiles.find(']', at) + 1 - at : atomLength(smiles, at);
        if (length == 0) {
            ++at;
            continue;
        }
        const std::size_t behind = behindRingDigits(smiles, at + length);
        if (!bracket && atom < hydrogens.size() && hydrogens[atom] > 0) {
            places.push_back(behind);
        }
        ++atom;
        at = behind;
    }
    return atom == hydrogens.size() ? places : std::vector<std::size_t>();
}

Result<std::vector<Variant>> makeVariants(const std::string& smilesFile, std::int64_t count, std::uint64_t seed,
                                          Control& control)
{
    // Four of each base are enough of real chemistry; fewer bases are faster to read.
    const auto wanted = static_cast<std::size_t>(count);
    const auto cells = columnOf(smilesFile, "smiles", 0);
    if (!cells) {
        return tl::unexpected<Error>(cells.error());
    }
    const std::size_t baseCount = std::min(cells->size(), std::max<std::size_t>(100, wanted / 4));
    std::vector<std::uint32_t> order = shuffledIndices(cells->size(), seed);
    std::vector<Base> bases;
    for (std::size_t i = 0; i < order.size() && bases.size() < baseCount; ++i) {
        if (i % 1000 == 0) {
            control.report({"reading molecules", static_cast<std::int64_t>(i), static_cast<std::int64_t>(baseCount),
                            "molecules", 0, -1});
            if (control.stopRequested()) {
                return fail(ErrorCode::Stopped, "Stopped.");
            }
        }
        const auto molecule = chem::Molecule::fromSmiles((*cells)[order[i]]);
        if (!molecule) {
            continue;
        }
        Base base{molecule->canonicalSmiles(), static_cast<int>(molecule->graph().atoms.size()), {}};
        base.places = attachmentPlaces(base.smiles, hydrogensOf(molecule->graph()));
        if (!base.places.empty()) {
            bases.push_back(std::move(base));
        }
    }
    if (bases.empty()) {
        return fail(ErrorCode::BadInput, "'" + smilesFile + "' holds no molecule to start from.");
    }
    std::vector<Variant> variants;
    variants.reserve(wanted);
    for (std::size_t round = 0; variants.size() < wanted; ++round) {
        for (std::size_t i = 0; i < bases.size() && variants.size() < wanted; ++i) {
            const Base& base = bases[i];
            variants.push_back(round == 0 ? Variant{base.smiles, base.heavyAtoms} : oneGroup(base, round - 1));
        }
    }
    // The variants of a molecule must not stand in rows of equal distance, or tables would all look alike.
    const std::vector<std::uint32_t> places = shuffledIndices(variants.size(), seed + 1);
    std::vector<Variant> mixed(variants.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        mixed[places[i]] = std::move(variants[i]);
    }
    return mixed;
}

} // namespace papilio::engine
