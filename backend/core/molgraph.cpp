// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/molgraph.h"

#include "core/bytes.h"

namespace papilio
{

namespace
{
constexpr std::uint16_t formatVersion = 1;
constexpr std::size_t headerBytes = 6, atomBytes = 7, bondBytes = 7;

tl::unexpected<Error> damaged(const std::string& what)
{
    return fail(ErrorCode::Damaged, "A stored molecule graph is damaged: " + what + ".");
}
} // namespace

std::string MolGraph::toBytes() const
{
    std::string out;
    out.reserve(headerBytes + atoms.size() * atomBytes + bonds.size() * bondBytes);
    appendU16(out, formatVersion);
    appendU16(out, static_cast<std::uint16_t>(atoms.size()));
    appendU16(out, static_cast<std::uint16_t>(bonds.size()));
    for (const AtomCode& atom : atoms) {
        out.push_back(static_cast<char>(atom.atomicNumber));
        out.push_back(static_cast<char>(atom.degree));
        out.push_back(static_cast<char>(atom.formalCharge));
        out.push_back(static_cast<char>(atom.radicalElectrons));
        out.push_back(static_cast<char>(atom.totalValence));
        out.push_back(static_cast<char>(atom.aromatic));
        out.push_back(static_cast<char>(atom.inRing));
    }
    for (const BondCode& bond : bonds) {
        appendU16(out, bond.begin);
        appendU16(out, bond.end);
        out.push_back(static_cast<char>(bond.type));
        out.push_back(static_cast<char>(bond.stereo));
        out.push_back(static_cast<char>(bond.inRing));
    }
    return out;
}

Result<MolGraph> MolGraph::fromBytes(std::string_view bytes)
{
    if (bytes.size() < headerBytes) {
        return damaged("it has " + std::to_string(bytes.size()) + " bytes");
    }
    if (readU16(bytes, 0) != formatVersion) {
        return damaged("its format number is " + std::to_string(readU16(bytes, 0)));
    }
    const std::size_t atomCount = readU16(bytes, 2), bondCount = readU16(bytes, 4);
    if (bytes.size() != headerBytes + atomCount * atomBytes + bondCount * bondBytes) {
        return damaged("its length does not fit its counts");
    }
    MolGraph graph;
    graph.atoms.resize(atomCount);
    graph.bonds.resize(bondCount);
    std::size_t at = headerBytes;
    for (AtomCode& atom : graph.atoms) {
        atom.atomicNumber = static_cast<std::uint8_t>(bytes[at]);
        atom.degree = static_cast<std::int8_t>(bytes[at + 1]);
        atom.formalCharge = static_cast<std::int8_t>(bytes[at + 2]);
        atom.radicalElectrons = static_cast<std::uint8_t>(bytes[at + 3]);
        atom.totalValence = static_cast<std::uint8_t>(bytes[at + 4]);
        atom.aromatic = bytes[at + 5] != 0;
        atom.inRing = bytes[at + 6] != 0;
        at += atomBytes;
    }
    for (BondCode& bond : graph.bonds) {
        bond.begin = readU16(bytes, at);
        bond.end = readU16(bytes, at + 2);
        const auto type = static_cast<std::uint8_t>(bytes[at + 4]), stereo = static_cast<std::uint8_t>(bytes[at + 5]);
        if (bond.begin >= bond.end || bond.end >= atomCount || type > 4 || stereo > 6) {
            return damaged("a bond points outside of it");
        }
        bond.type = static_cast<BondType>(type);
        bond.stereo = static_cast<BondStereo>(stereo);
        bond.inRing = bytes[at + 6] != 0;
        at += bondBytes;
    }
    return graph;
}

} // namespace papilio
