// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/ringdummies.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include <GraphMol/FileParsers/FileParsers.h>
#include <GraphMol/MolOps.h>
#include <GraphMol/PeriodicTable.h>
#include <GraphMol/SmilesParse/SmilesParse.h>

namespace papilio::chem
{

namespace
{

constexpr std::size_t most = 12; ///< some hundredths of a second

/// 'mol' is as read, nothing perceived yet.
Result<> check(RDKit::RWMol& mol)
{
    bool aromatic = false;
    for (const RDKit::Bond* bond : mol.bonds()) {
        aromatic = aromatic || bond->getIsAromatic();
    }
    if (!aromatic) {
        return {};
    }
    RDKit::MolOps::fastFindRings(mol);
    std::size_t dummies = 0;
    for (const RDKit::Atom* atom : mol.atoms()) {
        dummies += atom->getAtomicNum() == 0 && mol.getRingInfo()->numAtomRings(atom->getIdx()) > 0;
    }
    if (dummies <= most) {
        return {};
    }
    return fail(ErrorCode::Unsupported, "the molecule has " + std::to_string(dummies) +
                                            " atoms without an element (*) in rings beside aromatic ones; at most " +
                                            std::to_string(most) + " are read.");
}

/// Atom lines that may be of an atom without an element: "*", "A", "Q", "R", "R#", "L", "X", "M" … and some elements.
std::size_t mayBeDummies(const std::string& block)
{
    constexpr std::size_t symbol = 31; // where it begins in an atom line (CTfile formats, V2000)
    std::size_t count = 0;
    for (std::size_t line = 0; line < block.size();) {
        const std::size_t end = std::min(block.find('\n', line), block.size());
        if (end - line > symbol) {
            count += std::string_view("*AQRLXM").find(block[line + symbol]) != std::string_view::npos;
        }
        line = end + 1;
    }
    return count;
}

bool isElement(std::string_view symbol)
{
    static const std::set<std::string, std::less<>> symbols = [] {
        std::set<std::string, std::less<>> all;
        for (unsigned int number = 1; number <= 118; ++number) {
            all.insert(RDKit::PeriodicTable::getTable()->getElementSymbol(number));
        }
        return all;
    }();
    return symbols.contains(symbol);
}

/// The second field behind "M  V30" in a line.
std::string_view typeOf(std::string_view line)
{
    constexpr std::string_view blanks = " \t\r";
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    line.remove_prefix(std::min(line.find_first_of(blanks), line.size()));
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    return line.substr(0, line.find_first_of(blanks));
}

/// The same for V3000: what is no element for sure is counted, so a list, a broken line or a heading is, too. Bonds are
/// not, but where the end of the atoms is written in another way.
std::size_t mayBeDummiesOfV3000(std::string_view block)
{
    constexpr std::string_view start = "M  V30 ";
    bool atoms = true;
    std::size_t count = 0;
    for (std::size_t line = block.find(start); line != std::string_view::npos; line = block.find(start, line)) {
        line += start.size();
        const std::string_view text = block.substr(line, std::min(block.find('\n', line), block.size()) - line);
        if (text.starts_with("END ATOM")) {
            atoms = false;
        } else if (text.starts_with("BEGIN ATOM")) {
            atoms = true;
        } else {
            count += atoms && !isElement(typeOf(text));
        }
    }
    return count;
}

} // namespace

Result<> refuseRingDummies(std::string_view smiles)
{
    const auto stars = static_cast<std::size_t>(std::count(smiles.begin(), smiles.end(), '*') +
                                                std::count(smiles.begin(), smiles.end(), '#')); // "[#0]"
    if (stars <= most) {
        return {};
    }
    RDKit::SmilesParserParams params;
    params.sanitize = params.removeHs = params.allowCXSMILES = params.parseName = false;
    const std::unique_ptr<RDKit::RWMol> mol(RDKit::SmilesToMol(std::string(smiles), params));
    return mol ? check(*mol) : Result<>(); // what cannot be read is told by who reads it
}

Result<> refuseRingDummiesOfBlock(const std::string& molBlock)
{
    if (mayBeDummies(molBlock) <= most && mayBeDummiesOfV3000(molBlock) <= most) {
        return {};
    }
    const std::unique_ptr<RDKit::RWMol> mol(RDKit::MolBlockToMol(molBlock, false, false, false));
    return mol ? check(*mol) : Result<>();
}

} // namespace papilio::chem
