// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "chem/standardise.h"

using namespace papilio;
using namespace papilio::chem;

namespace
{

/// What RDKit 2022.09 makes of them in Python: the SMILES, then after LargestFragmentChooser(True) of FragmentRemover(),
/// after Uncharger(True) of Reionizer(), after TautomerEnumerator().Canonicalize, after RemoveStereochemistry, after all
/// of them in this order.
struct Truth {
    const char *smiles, *stripped, *neutral, *tautomer, *flat, *all;
};
const std::vector<Truth> truths{
    {"[Na+].[Cl-]", "[Na+]", "[Cl-].[Na+]", "[Cl-].[Na+]", "[Cl-].[Na+]", "[Na+]"},
    {"CC(=O)[O-].[Na+]", "CC(=O)[O-]", "CC(=O)[O-].[Na+]", "CC(=O)[O-].[Na+]", "CC(=O)[O-].[Na+]", "CC(=O)O"},
    {"C[NH3+].OC(=O)C(O)C(O)C(=O)[O-]", "O=C([O-])C(O)C(O)C(=O)O", "CN.O=C(O)C(O)C(O)C(=O)O",
     "C[NH3+].O=C([O-])C(O)C(O)C(=O)O", "C[NH3+].O=C([O-])C(O)C(O)C(=O)O", "O=C(O)C(O)C(O)C(=O)O"},
    {"CCO.O", "CCO", "CCO.O", "CCO.O", "CCO.O", "CCO"},
    {"O.O", "O", "O.O", "O.O", "O.O", "O"},
    {"CCN.CCN.Cl", "CCN", "CCN.CCN.Cl", "CCN.CCN.Cl", "CCN.CCN.Cl", "CCN"},
    {"c1ccccc1C(=O)O.CCN(CC)CC", "CCN(CC)CC", "CCN(CC)CC.O=C(O)c1ccccc1", "CCN(CC)CC.O=C(O)c1ccccc1",
     "CCN(CC)CC.O=C(O)c1ccccc1", "CCN(CC)CC"},
    {"[Fe+2].[O-]C(=O)c1ccccc1.[O-]C(=O)c1ccccc1", "O=C([O-])c1ccccc1",
     "O=C([O-])c1ccccc1.O=C([O-])c1ccccc1.[Fe+2]", "O=C([O-])c1ccccc1.O=C([O-])c1ccccc1.[Fe+2]",
     "O=C([O-])c1ccccc1.O=C([O-])c1ccccc1.[Fe+2]", "O=C(O)c1ccccc1"},
    {"OC(=O)/C=C/C(=O)O.CN1CCC1", "CN1CCC1", "CN1CCC1.O=C(O)/C=C/C(=O)O", "CN1CCC1.O=C(O)/C=C/C(=O)O",
     "CN1CCC1.O=C(O)C=CC(=O)O", "CN1CCC1"},
    {"CS(=O)(=O)O.CC", "CC", "CC.CS(=O)(=O)O", "CC.CS(=O)(=O)O", "CC.CS(=O)(=O)O", "CC"},
    {"[NH3+]CC(=O)[O-]", "[NH3+]CC(=O)[O-]", "NCC(=O)O", "[NH3+]CC(=O)[O-]", "[NH3+]CC(=O)[O-]", "NCC(=O)O"},
    {"C[N+](C)(C)CC(=O)[O-]", "C[N+](C)(C)CC(=O)[O-]", "C[N+](C)(C)CC(=O)[O-]", "C[N+](C)(C)CC(=O)[O-]",
     "C[N+](C)(C)CC(=O)[O-]", "C[N+](C)(C)CC(=O)[O-]"},
    {"C[N+](C)(C)C.[Cl-]", "C[N+](C)(C)C", "C[N+](C)(C)C.[Cl-]", "C[N+](C)(C)C.[Cl-]", "C[N+](C)(C)C.[Cl-]",
     "C[N+](C)(C)C"},
    {"O=S(=O)([O-])c1ccc(C(=O)O)cc1", "O=C(O)c1ccc(S(=O)(=O)[O-])cc1", "O=C(O)c1ccc(S(=O)(=O)O)cc1",
     "O=C(O)c1ccc(S(=O)(=O)[O-])cc1", "O=C(O)c1ccc(S(=O)(=O)[O-])cc1", "O=C(O)c1ccc(S(=O)(=O)O)cc1"},
    {"Oc1ccccn1", "Oc1ccccn1", "Oc1ccccn1", "O=c1cccc[nH]1", "Oc1ccccn1", "O=c1cccc[nH]1"},
    {"CC(O)=CC(C)=O", "CC(=O)C=C(C)O", "CC(=O)C=C(C)O", "CC(=O)CC(C)=O", "CC(=O)C=C(C)O", "CC(=O)CC(C)=O"},
    {"C[C@H](N)C(=O)O", "C[C@H](N)C(=O)O", "C[C@H](N)C(=O)O", "CC(N)C(=O)O", "CC(N)C(=O)O", "CC(N)C(=O)O"},
    {"C/C=C/C", "C/C=C/C", "C/C=C/C", "C/C=C/C", "CC=CC", "CC=CC"},
    {"CC(=O)C[C@@H](C)C#N", "CC(=O)C[C@@H](C)C#N", "CC(=O)C[C@@H](C)C#N", "CC(=O)C[C@@H](C)C#N",
     "CC(=O)CC(C)C#N", "CC(=O)CC(C)C#N"},
    {"Nc1nc(O)c2[nH]cnc2n1", "Nc1nc(O)c2[nH]cnc2n1", "Nc1nc(O)c2[nH]cnc2n1", "Nc1nc(=O)c2[nH]cnc2[nH]1",
     "Nc1nc(O)c2[nH]cnc2n1", "Nc1nc(=O)c2[nH]cnc2[nH]1"},
    {"[2H]C([2H])([2H])O.Cl", "[2H]C([2H])([2H])O", "Cl.[2H]C([2H])([2H])O", "Cl.[2H]C([2H])([2H])O",
     "Cl.[2H]C([2H])([2H])O", "[2H]C([2H])([2H])O"},
    {"CN(C)CCc1ccccc1.Cl.Cl.O", "CN(C)CCc1ccccc1", "CN(C)CCc1ccccc1.Cl.Cl.O", "CN(C)CCc1ccccc1.Cl.Cl.O",
     "CN(C)CCc1ccccc1.Cl.Cl.O", "CN(C)CCc1ccccc1"},
    {"[K+].[O-]c1ccccc1", "[O-]c1ccccc1", "[K+].[O-]c1ccccc1", "[K+].[O-]c1ccccc1", "[K+].[O-]c1ccccc1",
     "Oc1ccccc1"},
};

Recipe recipeOf(bool salts, bool charges, bool tautomers, bool flat)
{
    return {salts, charges, tautomers, flat, Duplicates::First};
}

std::string made(const std::string& smiles, const Recipe& recipe)
{
    const auto molecule = Molecule::fromSmiles(smiles);
    const auto result = standardise(*molecule, recipe);
    if (!result) {
        return result.error().text();
    }
    return *result ? (*result)->molecule.canonicalSmiles() : molecule->canonicalSmiles();
}

} // namespace

class StandardiseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stepsAreRdkits()
    {
        for (const Truth& truth : truths) {
            const std::string smiles = truth.smiles;
            QCOMPARE(made(smiles, recipeOf(true, false, false, false)), std::string(truth.stripped));
            QCOMPARE(made(smiles, recipeOf(false, true, false, false)), std::string(truth.neutral));
            QCOMPARE(made(smiles, recipeOf(false, false, true, false)), std::string(truth.tautomer));
            QCOMPARE(made(smiles, recipeOf(false, false, false, true)), std::string(truth.flat));
            QCOMPARE(made(smiles, recipeOf(true, true, true, true)), std::string(truth.all));
        }
    }

    void theResultIsTheSameHoweverWritten()
    {
        for (const char* const smiles : {"Cl.NCCc1ccccc1", "c1ccc(CCN)cc1.Cl", "C(c1ccccc1)CN.Cl"}) {
            QCOMPARE(made(smiles, recipeOf(true, false, false, false)), std::string("NCCc1ccccc1"));
        }
    }

    void nothingChangedIsNothing()
    {
        const auto molecule = Molecule::fromSmiles("CCO");
        QVERIFY(!standardise(*molecule, recipeOf(true, true, true, true)).value());
        QVERIFY(!standardise(*molecule, Recipe()).value());
    }

    void changesAreNamed()
    {
        const auto molecule = Molecule::fromSmiles("C[C@H]([NH3+])C(=O)CF.[Cl-].O");
        const auto result = standardise(*molecule, recipeOf(true, true, false, true)).value();
        QVERIFY(result);
        QCOMPARE(result->changes.size(), std::size_t{3});
        QCOMPARE(result->changes[0].text, std::string("stripped O, [Cl-]"));
        QCOMPARE(result->changes[1].text, std::string("charges neutralised"));
        QCOMPARE(result->changes[2].text, std::string("stereochemistry dropped"));
        QVERIFY(result->changes[2].step == StandardStep::DropStereo);
    }

    /// Each atom that remains is the same element, with the same neighbours, as before.
    void atomsAreFollowed()
    {
        for (const char* const smiles :
             {"[Na+].[O-]C(=O)c1ccccc1N", "Cl.Oc1ccc(F)nc1.O", "CC(O)=CC(C)=O.Cl", "[O-]C(=O)C[NH3+].CC(=O)O.[K+]"}) {
            const auto molecule = Molecule::fromSmiles(smiles);
            const auto result = standardise(*molecule, recipeOf(true, true, true, true)).value();
            QVERIFY(result);
            const MolGraph& before = molecule->graph();
            const MolGraph& after = result->molecule.graph();
            QCOMPARE(result->atoms.size(), before.atoms.size());
            std::vector<int> hits(after.atoms.size());
            for (std::size_t i = 0; i < before.atoms.size(); ++i) {
                if (result->atoms[i] >= 0) {
                    const auto to = static_cast<std::size_t>(result->atoms[i]);
                    ++hits[to];
                    QCOMPARE(after.atoms[to].atomicNumber, before.atoms[i].atomicNumber);
                }
            }
            QVERIFY(std::all_of(hits.begin(), hits.end(), [](int n) { return n == 1; }));
            std::size_t kept = 0;
            for (const BondCode& bond : before.bonds) {
                const auto a = result->atoms[bond.begin], b = result->atoms[bond.end];
                if (a < 0 || b < 0) {
                    continue;
                }
                ++kept;
                QVERIFY(std::any_of(after.bonds.begin(), after.bonds.end(), [&](const BondCode& other) {
                    return other.begin == std::min(a, b) && other.end == std::max(a, b);
                }));
            }
            QCOMPARE(kept, after.bonds.size());
        }
    }

    void largePeptidesKeepTheirTautomer()
    {
        std::string peptide = "N";
        for (int i = 0; i < 40; ++i) {
            peptide += "CC(=O)N";
        }
        const auto molecule = Molecule::fromSmiles(peptide);
        const auto result = standardise(*molecule, recipeOf(false, false, true, false)).value();
        QVERIFY(result && result->changes.empty());
        QVERIFY(result->note.find("more than 150") != std::string::npos);
        QCOMPARE(result->molecule.canonicalSmiles(), molecule->canonicalSmiles());
    }

    void recipesAreText()
    {
        Recipe recipe = recipeOf(true, false, true, false);
        recipe.duplicates = Duplicates::Median;
        QCOMPARE(recipeFromJson(recipeToJson(recipe)).value(), recipe);
        QCOMPARE(recipeFromJson("{}").value(), Recipe());
        QVERIFY(recipeFromJson("{\"strip\":true}").error().text().find("'strip'") != std::string::npos);
        QVERIFY(recipeFromJson("{\"duplicates\":\"all\"}").error().text().find("majority") != std::string::npos);
        QVERIFY(!recipeFromJson("{\"tautomers\":1}") && !recipeFromJson("[1]") && !recipeFromJson("{"));
        QCOMPARE(describeRecipe(Recipe()), std::string("structures as written; duplicates: first"));
    }
};

QTEST_GUILESS_MAIN(StandardiseTest)
#include "tst_standardise.moc"
