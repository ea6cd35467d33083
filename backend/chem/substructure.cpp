// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/substructure.h"

#include <algorithm>
#include <type_traits>

#include <RDGeneral/RDConfig.h> // before all others: it decides the layout of RDKit's recursive queries

#include <GraphMol/MolOps.h>
#include <GraphMol/QueryAtom.h>
#include <GraphMol/QueryBond.h>
#include <GraphMol/QueryOps.h>
#include <GraphMol/SmilesParse/SmilesParse.h>
#include <GraphMol/Substruct/SubstructMatch.h>

#include "chem/moleculedata.h"

namespace papilio::chem
{

namespace
{

using AtomQuery = RDKit::QueryAtom::QUERYATOM_QUERY;
using BondQuery = RDKit::QueryBond::QUERYBOND_QUERY;

/// What a query on an atom says for certain.
ScreenGraph::Atom certain(const AtomQuery& query)
{
    ScreenGraph::Atom known;
    if (query.getNegation()) {
        return known;
    }
    const std::string& kind = query.getDescription();
    const auto* equals = dynamic_cast<const RDKit::ATOM_EQUALS_QUERY*>(&query);
    if (kind == "AtomAnd") {
        for (auto child = query.beginChildren(); child != query.endChildren(); ++child) {
            const ScreenGraph::Atom one = certain(**child);
            known.element = one.element >= 0 ? one.element : known.element;
            known.aromatic = one.aromatic >= 0 ? one.aromatic : known.aromatic;
            known.charge = one.charge != 0 ? one.charge : known.charge;
        }
    } else if (kind == "AtomOr") {
        bool first = true;
        for (auto child = query.beginChildren(); child != query.endChildren(); ++child) {
            const ScreenGraph::Atom one = certain(**child);
            known.element = first || known.element == one.element ? one.element : -1;
            known.aromatic = first || known.aromatic == one.aromatic ? one.aromatic : -1;
            known.charge = first || known.charge == one.charge ? one.charge : 0;
            first = false;
        }
    } else if (kind == "AtomAtomicNum" && equals) {
        known.element = equals->getVal();
    } else if (kind == "AtomType" && equals) {
        known.element = RDKit::getAtomTypeAtomicNum(equals->getVal());
        known.aromatic = RDKit::getAtomTypeIsAromatic(equals->getVal()) ? 1 : 0;
    } else if (kind == "AtomIsAromatic") {
        known.aromatic = 1;
    } else if (kind == "AtomIsAliphatic") {
        known.aromatic = 0;
    } else if (kind == "AtomFormalCharge" && equals) {
        known.charge = (equals->getVal() > 0) - (equals->getVal() < 0);
    }
    return known;
}

int orderOf(int bondType)
{
    switch (bondType) {
    case RDKit::Bond::SINGLE:
    case RDKit::Bond::AROMATIC:
        return 0;
    case RDKit::Bond::DOUBLE:
        return 1;
    case RDKit::Bond::TRIPLE:
        return 2;
    default:
        return -1;
    }
}

/// The order of a bond as a screen knows it; −1 = not certain.
int certain(const BondQuery& query)
{
    if (query.getNegation()) {
        return -1;
    }
    const std::string& kind = query.getDescription();
    if (kind == "SingleOrAromaticBond") {
        return 0;
    }
    if (kind == "BondOrder") {
        const auto* equals = dynamic_cast<const RDKit::BOND_EQUALS_QUERY*>(&query);
        return equals ? orderOf(equals->getVal()) : -1;
    }
    int known = -1;
    bool first = true;
    for (auto child = query.beginChildren(); child != query.endChildren(); ++child) {
        const int one = certain(**child);
        if (kind == "BondAnd") {
            known = one >= 0 ? one : known;
        } else if (kind == "BondOr") {
            known = first || known == one ? one : -1;
        }
        first = false;
    }
    return known;
}

Screen screenOfQuery(const RDKit::ROMol& query)
{
    ScreenGraph graph;
    for (const RDKit::Atom* atom : query.atoms()) {
        graph.atoms.push_back(atom->hasQuery() ? certain(*atom->getQuery())
                                               : ScreenGraph::Atom{atom->getAtomicNum(), -1, 0});
    }
    for (const RDKit::Bond* bond : query.bonds()) {
        graph.bonds.push_back({static_cast<int>(bond->getBeginAtomIdx()), static_cast<int>(bond->getEndAtomIdx()),
                               bond->hasQuery() ? certain(*bond->getQuery()) : orderOf(bond->getBondType()), true});
    }
    return screenOf(graph);
}

/// What a molecule must know of itself to be asked.
struct Needs {
    bool rings = false;       ///< rings by size or number
    bool everything = false;  ///< something that only sanitising tells: stereo, hybridisation
};

/// What is known of a molecule that was parsed and not sanitised.
bool isPlain(const std::string& kind)
{
    static const char* const plain[] = {
        "AtomAnd", "AtomOr", "AtomXor", "AtomType", "AtomAtomicNum", "AtomIsAromatic", "AtomIsAliphatic",
        "AtomAromatic", "AtomAliphatic", "AtomFormalCharge", "AtomNegativeFormalCharge", "AtomNull", "AtomHCount",
        "AtomImplicitHCount", "AtomHasImplicitH", "AtomTotalDegree", "AtomExplicitDegree", "AtomHeavyAtomDegree",
        "AtomTotalValence", "AtomExplicitValence", "AtomIsotope", "AtomMass", "AtomUnsaturated", "RecursiveStructure",
        "BondAnd", "BondOr", "BondXor", "BondNull", "BondOrder", "SingleOrAromaticBond", "DoubleOrAromaticBond",
        "SingleOrDoubleBond", "SingleOrDoubleOrAromaticBond"};
    return std::any_of(std::begin(plain), std::end(plain), [&kind](const char* one) { return kind == one; });
}

void gatherNeeds(const RDKit::ROMol& query, Needs& needs);

template <typename Query> void gatherNeeds(const Query& query, Needs& needs)
{
    const std::string& kind = query.getDescription();
    if (kind.find("Ring") != std::string::npos) {
        needs.rings = true;
    } else if (!isPlain(kind)) {
        needs.everything = true;
    }
    if constexpr (std::is_same_v<Query, AtomQuery>) {
        if (const auto* inner = dynamic_cast<const RDKit::RecursiveStructureQuery*>(&query)) {
            gatherNeeds(*inner->getQueryMol(), needs);
        }
    }
    for (auto child = query.beginChildren(); child != query.endChildren(); ++child) {
        gatherNeeds(**child, needs);
    }
}

void gatherNeeds(const RDKit::ROMol& query, Needs& needs)
{
    for (const RDKit::Atom* atom : query.atoms()) {
        needs.everything = needs.everything || atom->getChiralTag() != RDKit::Atom::CHI_UNSPECIFIED;
        if (atom->hasQuery()) {
            gatherNeeds(*atom->getQuery(), needs);
        }
    }
    for (const RDKit::Bond* bond : query.bonds()) {
        needs.everything = needs.everything || bond->getBondDir() != RDKit::Bond::NONE ||
                           bond->getStereo() > RDKit::Bond::STEREOANY;
        if (bond->hasQuery()) {
            gatherNeeds(*bond->getQuery(), needs);
        }
    }
}

bool hasStereo(const RDKit::ROMol& query)
{
    for (const RDKit::Atom* atom : query.atoms()) {
        if (atom->getChiralTag() != RDKit::Atom::CHI_UNSPECIFIED) {
            return true;
        }
    }
    for (const RDKit::Bond* bond : query.bonds()) {
        if (bond->getStereo() > RDKit::Bond::STEREOANY) {
            return true;
        }
    }
    return false;
}

bool hasBoundHydrogen(const RDKit::ROMol& query)
{
    for (const RDKit::Atom* atom : query.atoms()) {
        if (atom->getDegree() == 1 && atom->hasQuery() && certain(*atom->getQuery()).element == 1) {
            return true;
        }
    }
    return false;
}

bool anyMatch(const RDKit::ROMol& molecule, const RDKit::ROMol& query, const RDKit::SubstructMatchParameters& params)
{
    return !RDKit::SubstructMatch(molecule, query, params).empty();
}

} // namespace

struct Pattern::Data {
    std::string smarts;
    std::unique_ptr<RDKit::ROMol> query;
    Screen screen;
    RDKit::SubstructMatchParameters params;
    Needs needs;
};

Pattern::Pattern(std::unique_ptr<Data> data) : m_data(std::move(data)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::fromSmarts(std::string_view smarts)
{
    std::string message = "'";
    message.append(smarts.substr(0, 200)).append("' is no SMARTS.");
    const tl::unexpected<Error> refused =
        fail(ErrorCode::BadInput, std::move(message),
             "A SMARTS is a SMILES with wild cards, such as c1ccc([F,Cl])cc1 or [#6]C(=O)[NX3].");
    if (smarts.empty() || smarts.size() > characterLimit || smarts.find_first_of(" \t\r\n") != std::string_view::npos) {
        return refused;
    }
    try {
        auto data = std::make_unique<Data>();
        data->smarts = std::string(smarts);
        data->query.reset(RDKit::SmartsToMol(data->smarts));
        if (!data->query || data->query->getNumAtoms() == 0 || data->query->getNumAtoms() > Molecule::atomLimit) {
            return refused;
        }
        if (hasBoundHydrogen(*data->query)) {
            data->query.reset(RDKit::MolOps::mergeQueryHs(*data->query));
        }
        data->screen = screenOfQuery(*data->query);
        gatherNeeds(*data->query, data->needs);
        data->params.maxMatches = 1;
        data->params.useChirality = hasStereo(*data->query);
        return Pattern(std::move(data));
    } catch (const std::exception&) {
        return refused;
    }
}

const std::string& Pattern::smarts() const
{
    return m_data->smarts;
}

int Pattern::atomCount() const
{
    return static_cast<int>(m_data->query->getNumAtoms());
}

const Screen& Pattern::screen() const
{
    return m_data->screen;
}

bool Pattern::matches(const Molecule& molecule) const
{
    try {
        return anyMatch(*molecule.data().mol, *m_data->query, m_data->params);
    } catch (const std::exception&) {
        return false;
    }
}

Result<bool> Pattern::matches(const std::string& canonicalSmiles) const
{
    if (m_data->needs.everything) {
        auto molecule = Molecule::fromSmiles(canonicalSmiles);
        if (!molecule) {
            return tl::unexpected(molecule.error());
        }
        return matches(*molecule);
    }
    try {
        RDKit::SmilesParserParams params;
        params.sanitize = false;
        params.removeHs = false;
        params.allowCXSMILES = false;
        params.parseName = false;
        const std::unique_ptr<RDKit::RWMol> molecule(RDKit::SmilesToMol(canonicalSmiles, params));
        if (molecule) {
            molecule->updatePropertyCache(false);
            if (m_data->needs.rings) {
                RDKit::MolOps::symmetrizeSSSR(*molecule);
            }
            return anyMatch(*molecule, *m_data->query, m_data->params);
        }
    } catch (const std::exception&) { // said below
    }
    return fail(ErrorCode::Damaged, "the stored SMILES '" + canonicalSmiles + "' cannot be read.");
}

} // namespace papilio::chem
