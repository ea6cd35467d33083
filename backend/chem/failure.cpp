// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/failure.h"

#include <cmath>
#include <cstdlib>
#include <memory>
#include <vector>

#include <GraphMol/FileParsers/FileParsers.h>
#include <GraphMol/GraphMol.h>
#include <GraphMol/MolOps.h>
#include <GraphMol/SanitException.h>
#include <GraphMol/SmilesParse/SmilesParse.h>

#include "chem/smilessyntax.h"

namespace papilio::chem
{

namespace
{

constexpr const char* counted = " (atoms counted from 0).";

std::string atomName(const RDKit::ROMol& mol, unsigned index)
{
    std::string name = "atom " + std::to_string(index);
    if (index < mol.getNumAtoms()) {
        const RDKit::Atom& atom = *mol.getAtomWithIdx(index);
        name += ", " + atom.getSymbol();
        if (const int charge = atom.getFormalCharge(); charge != 0) {
            name += charge > 0 ? '+' : '-';
            name += std::abs(charge) > 1 ? std::to_string(std::abs(charge)) : std::string();
        }
    }
    return name;
}

/// As it is written; RDKit's own text gives it less the charge.
int writtenValence(const RDKit::ROMol& mol, unsigned index)
{
    const RDKit::Atom& atom = *mol.getAtomWithIdx(index);
    double sum = atom.getNumExplicitHs();
    for (const RDKit::Bond* bond : mol.atomBonds(&atom)) {
        sum += bond->getValenceContrib(&atom);
    }
    return static_cast<int>(std::lround(sum));
}

Error explainKekulisation(const RDKit::ROMol& mol, const std::vector<unsigned>& atoms)
{
    std::string list;
    bool nitrogen = false;
    for (std::size_t i = 0; i < atoms.size() && i < 12; ++i) {
        list += (i == 0 ? "" : ", ") + std::to_string(atoms[i]);
        nitrogen = nitrogen || (atoms[i] < mol.getNumAtoms() && mol.getAtomWithIdx(atoms[i])->getAtomicNum() == 7);
    }
    return {ErrorCode::BadInput,
            "aromatic atoms " + list + (atoms.size() > 12 ? ", …" : "") +
                " cannot be given alternating single and double bonds" + counted,
            nitrogen ? "An aromatic nitrogen may lack its hydrogen: write [nH]." : ""};
}

Error explainProblem(const RDKit::MolSanitizeException& problem, const RDKit::ROMol& mol)
{
    if (const auto* valence = dynamic_cast<const RDKit::AtomValenceException*>(&problem)) {
        return {ErrorCode::BadInput,
                atomName(mol, valence->getAtomIdx()) + ": valence " +
                    std::to_string(writtenValence(mol, valence->getAtomIdx())) + " is greater than permitted" + counted,
                "Perhaps a charge is missing."};
    }
    if (const auto* kekule = dynamic_cast<const RDKit::KekulizeException*>(&problem)) {
        return explainKekulisation(mol, kekule->getAtomIndices());
    }
    if (const auto* atom = dynamic_cast<const RDKit::AtomKekulizeException*>(&problem)) {
        return {ErrorCode::BadInput,
                atomName(mol, atom->getAtomIdx()) + ": marked as aromatic outside a ring" + counted,
                {}};
    }
    return {ErrorCode::BadInput, std::string("RDKit refuses the molecule: ") + problem.what() + ".", {}};
}

/// Sanitises a molecule read without sanitation, to see where that fails.
Error explainMolecule(RDKit::RWMol& mol, bool hasExtension, const std::string& what)
{
    try {
        RDKit::MolOps::sanitizeMol(mol);
    } catch (const RDKit::MolSanitizeException& problem) {
        return explainProblem(problem, mol);
    }
    if (hasExtension) {
        return {ErrorCode::BadInput, "the CXSMILES part between the bars | | cannot be read.",
                "Remove it to use the SMILES alone."};
    }
    return {ErrorCode::BadInput, "RDKit refuses the molecule: " + (what.empty() ? "no reason given" : what) + ".", {}};
}

} // namespace

Error explainSmilesFailure(const std::string& core, bool hasExtension, const std::string& what)
{
    if (std::string fault = diagnoseSmiles(core); !fault.empty()) {
        return {ErrorCode::BadInput, "not a SMILES: " + fault, {}};
    }
    try {
        // Once more without hydrogen removal, so that atoms are counted as they are written.
        RDKit::SmilesParserParams params;
        params.sanitize = params.removeHs = params.allowCXSMILES = params.parseName = false;
        const std::unique_ptr<RDKit::RWMol> mol(RDKit::SmilesToMol(core, params));
        if (mol) {
            return explainMolecule(*mol, hasExtension, what);
        }
    } catch (const std::exception& exception) {
        return {ErrorCode::BadInput, std::string("RDKit cannot read the SMILES: ") + exception.what() + ".", {}};
    }
    return {ErrorCode::BadInput, "not a SMILES that RDKit can read" + (what.empty() ? "" : ": " + what) + ".", {}};
}

Error explainBlockFailure(const std::string& block, const std::string& what)
{
    try {
        const std::unique_ptr<RDKit::RWMol> mol(RDKit::MolBlockToMol(block, false, false, false));
        if (mol) {
            return explainMolecule(*mol, false, what);
        }
    } catch (const std::exception& exception) {
        return {ErrorCode::BadInput, std::string("the mol block cannot be read: ") + exception.what() + ".", {}};
    }
    return {ErrorCode::BadInput, "the mol block cannot be read" + (what.empty() ? "" : ": " + what) + ".", {}};
}

} // namespace papilio::chem
