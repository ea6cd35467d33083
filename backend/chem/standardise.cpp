// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/standardise.h"

#include <algorithm>

#include <GraphMol/MolOps.h>
#include <GraphMol/MolStandardize/Charge.h>
#include <GraphMol/MolStandardize/Fragment.h>
#include <GraphMol/MolStandardize/Tautomer.h>

#include "chem/moleculedata.h"

namespace papilio::chem
{

namespace
{

namespace standard = RDKit::MolStandardize;
using Mol = std::unique_ptr<RDKit::ROMol>;

constexpr const char* placeProperty = "papilioPlace"; ///< index in the former graph; steps carry it along

/// RDKit's tools are costly to make and not meant to be shared by threads.
struct Tools {
    standard::FragmentRemover remover;
    standard::LargestFragmentChooser chooser{true};
    standard::Reionizer reionizer;
    standard::Uncharger uncharger{true};
    standard::TautomerEnumerator tautomers;
};

Tools& tools()
{
    thread_local Tools instance;
    return instance;
}

std::string stepName(StandardStep step)
{
    switch (step) {
    case StandardStep::StripSalts:
        return "stripping salts";
    case StandardStep::Neutralise:
        return "neutralising";
    case StandardStep::Tautomer:
        return "taking the canonical tautomer";
    case StandardStep::DropStereo:
        return "dropping stereochemistry";
    }
    return {};
}

std::vector<std::string> fragments(const std::string& smiles)
{
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (begin <= smiles.size()) {
        const std::size_t end = std::min(smiles.find('.', begin), smiles.size());
        parts.push_back(smiles.substr(begin, end - begin));
        begin = end + 1;
    }
    std::sort(parts.begin(), parts.end());
    return parts;
}

/// "stripped Cl, O": what is in the one and no longer in the other.
std::string strippedText(const std::string& before, const std::string& after)
{
    constexpr std::size_t mostShown = 3, longest = 60;
    const std::vector<std::string> all = fragments(before), left = fragments(after);
    std::vector<std::string> gone;
    std::set_difference(all.begin(), all.end(), left.begin(), left.end(), std::back_inserter(gone));
    std::string text = "stripped ";
    for (std::size_t i = 0; i < std::min(mostShown, gone.size()); ++i) {
        text += i == 0 ? "" : ", ";
        text += gone[i].size() > longest ? gone[i].substr(0, longest) + "…" : gone[i];
    }
    return gone.size() > mostShown ? text + " and " + std::to_string(gone.size() - mostShown) + " more" : text;
}

Mol withoutSalts(const RDKit::ROMol& mol)
{
    const Mol unlisted(tools().remover.remove(mol));
    return Mol(tools().chooser.choose(*unlisted));
}

Mol neutral(const RDKit::ROMol& mol)
{
    const Mol ionised(tools().reionizer.reionize(mol));
    return Mol(tools().uncharger.uncharge(*ionised));
}

Mol canonicalTautomer(const RDKit::ROMol& mol)
{
    return Mol(tools().tautomers.canonicalize(mol));
}

Mol flat(const RDKit::ROMol& mol)
{
    auto copy = std::make_unique<RDKit::ROMol>(mol);
    RDKit::MolOps::removeStereochemistry(*copy);
    return copy;
}

/// The molecule on its way, and what happened to it.
class Worker
{
public:
    explicit Worker(const Molecule& molecule) : m_mol(canonicalCopy(molecule)), m_smiles(molecule.canonicalSmiles())
    {
        for (RDKit::Atom* const atom : m_mol->atoms()) {
            atom->setProp(placeProperty, static_cast<int>(atom->getIdx()));
        }
    }

    void take(StandardStep step, Mol (*change)(const RDKit::ROMol&), const std::string& text)
    {
        Mol next = change(*m_mol);
        CanonicalForm form = canonicalForm(*next);
        if (form.smiles == m_smiles) {
            return;
        }
        // RDKit's steps can end with a structure that RDKit itself does not read (an odd valence, say).
        if (!Molecule::fromSmiles(form.smiles)) {
            addNote("not done, for it would give " + form.smiles + ", which cannot be read: " + stepName(step));
            return;
        }
        m_changes.push_back(
            {step, step == StandardStep::StripSalts ? strippedText(m_smiles, form.smiles) : text});
        m_mol = std::move(next);
        m_smiles = std::move(form.smiles);
    }

    unsigned atoms() const { return m_mol->getNumAtoms(); }
    void addNote(const std::string& note) { m_note += (m_note.empty() ? "" : "; ") + note; }

    Result<std::optional<Standardised>> finish(std::size_t formerAtoms)
    {
        // Graph and identity are those of the SMILES, as they are of every molecule.
        const CanonicalForm form = canonicalForm(*m_mol);
        auto read = Molecule::fromSmiles(form.smiles);
        if (!read) {
            return fail(ErrorCode::BadInput, "standardised to " + form.smiles + ", which cannot be read: " +
                                                 read.error().message);
        }
        if (read->graph().atoms.size() != form.order.size()) {
            return fail(ErrorCode::BadInput, "standardised to " + form.smiles + ", whose atoms cannot be followed");
        }
        Standardised result{std::move(*read), std::vector<std::int32_t>(formerAtoms, -1), std::move(m_changes),
                            std::move(m_note)};
        for (std::size_t place = 0; place < form.order.size(); ++place) {
            const int former = m_mol->getAtomWithIdx(form.order[place])->getProp<int>(placeProperty);
            result.atoms[static_cast<std::size_t>(former)] = result.molecule.toCanonical()[place];
        }
        return std::optional(std::move(result));
    }

    bool hasNews() const { return !m_changes.empty() || !m_note.empty(); }

private:
    Mol m_mol;
    std::string m_smiles;
    std::vector<Standardised::Change> m_changes;
    std::string m_note;
};

Result<std::optional<Standardised>> standardised(const Molecule& molecule, const Recipe& recipe)
{
    Worker worker(molecule);
    if (recipe.stripSalts && molecule.canonicalSmiles().find('.') != std::string::npos) {
        worker.take(StandardStep::StripSalts, withoutSalts, {});
    }
    if (recipe.neutralise) {
        worker.take(StandardStep::Neutralise, neutral, "charges neutralised");
    }
    if (recipe.tautomers && worker.atoms() > tautomerAtomLimit) {
        worker.addNote("tautomer kept: more than " + std::to_string(tautomerAtomLimit) + " heavy atoms");
    } else if (recipe.tautomers) {
        worker.take(StandardStep::Tautomer, canonicalTautomer, "canonical tautomer taken");
    }
    if (recipe.dropStereo) {
        worker.take(StandardStep::DropStereo, flat, "stereochemistry dropped");
    }
    return worker.hasNews() ? worker.finish(molecule.graph().atoms.size()) : std::nullopt;
}

} // namespace

Result<std::optional<Standardised>> standardise(const Molecule& molecule, const Recipe& recipe)
{
    try {
        return standardised(molecule, recipe);
    } catch (const std::exception& exception) {
        return fail(ErrorCode::BadInput, std::string("the structure cannot be standardised: ") + exception.what());
    }
}

} // namespace papilio::chem
