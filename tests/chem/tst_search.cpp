// SPDX-License-Identifier: GPL-3.0-or-later
// Fingerprints, screens, patterns, scaffolds and InChIKeys against RDKit, the definitions and published keys.
#include <memory>

#include <QtTest>

#include <GraphMol/Fingerprints/MorganFingerprints.h>
#include <GraphMol/SmilesParse/SmilesParse.h>
#include <DataStructs/ExplicitBitVect.h>

#include "chem/fingerprint.h"
#include "chem/inchi.h"
#include "chem/runtime.h"
#include "chem/scaffold.h"
#include "chem/screen.h"
#include "chem/substructure.h"

using namespace papilio;
using namespace papilio::chem;

namespace
{

const std::vector<const char*> molecules = {
    "C", "[Na+].[Cl-]", "CC", "C=C", "c1ccccc1", "CC(=O)Oc1ccccc1C(=O)O", "Cn1c(=O)c2c(ncn2C)n(C)c1=O",
    "CC(C)CCC[C@@H](C)[C@H]1CC[C@H]2[C@@H]3CC=C4C[C@@H](O)CC[C@]4(C)[C@H]3CC[C@]12C", "C1CC1C1CCC1", "[2H]C([2H])O",
    "O=C1NC(=O)c2ccccc21", "c1ccc2[nH]ccc2c1", "CCN(CC)CCOc1ccc2nc(N(C)C)sc2c1", "F/C=C/F", "F/C=C\\F", "C[N+](C)(C)C",
    "C1CC2CCC1C2", "N#Cc1ccc([N+](=O)[O-])cc1", "CC(C)C[C@H](N)C(=O)O", "OS(=O)(=O)c1ccccc1Br", "C1CCCCCCCCCCC1",
    "[Cu+2].[O-]S(=O)(=O)[O-]", "c1ccc(-c2ccccc2)cc1", "C1CCC2CCCCC2C1", "C1CCC(CC1)C1CCCC1", "[13CH4]",
    "O=C1c2ccccc2C(=O)N1C1CCC(=O)NC1=O"};

const std::vector<const char*> patterns = {
    "c1ccccc1", "C(=O)N", "[#6]C(=O)[NX3]", "S(=O)(=O)[#8]", "[nH]", "C1CCCC1", "[F,Cl,Br,I]", "N#C", "[OX2H]", "C1CC1", "[r3]",
    "[R2]", "*~*~*", "[$(C=O)]N", "[!#6;!#1]", "[CH3]", "c-c", "[+]", "F/C=C/F", "[C@@H](N)(C)C(=O)O", "[2H]", "[Cu]",
    "[#6]1~[#6]~[#6]~[#6]~[#6]~[#6]1", "[c,n]1[c,n][c,n][c,n][c,n][c,n]1", "[H]c", "C=,#C", "[CX4]-[NX3;!$(N-C=O)]", "[^2]"};

Molecule moleculeOf(const char* smiles)
{
    auto molecule = Molecule::fromSmiles(smiles);
    return molecule ? std::move(*molecule) : std::move(*Molecule::fromSmiles("C"));
}

std::string keyOf(const char* smiles)
{
    const auto inchi = inchiOf(moleculeOf(smiles));
    return inchi ? inchi->key : inchi.error().text();
}

} // namespace

class ChemSearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { initialise(); }

    void fingerprintsAreThoseOfRdkit()
    {
        for (const char* smiles : molecules) {
            const std::unique_ptr<RDKit::ROMol> mol(RDKit::SmilesToMol(smiles));
            const std::unique_ptr<ExplicitBitVect> expected(
                RDKit::MorganFingerprints::getFingerprintAsBitVect(*mol, 2, Fingerprint::bits));
            const Fingerprint fingerprint = morganFingerprint(moleculeOf(smiles));
            QVERIFY(!fingerprint.empty());
            for (unsigned bit = 0; bit < Fingerprint::bits; ++bit) {
                const bool set = (fingerprint.words[bit / 64] >> (bit % 64) & 1) != 0;
                QVERIFY2(set == expected->getBit(bit), smiles);
            }
        }
    }

    void fingerprintsDoNotDependOnTheWriting()
    {
        QCOMPARE(morganFingerprint(moleculeOf("OC(=O)c1ccccc1OC(C)=O")), morganFingerprint(moleculeOf(molecules[5])));
        QCOMPARE(tanimoto(morganFingerprint(moleculeOf("CCO")), morganFingerprint(moleculeOf("OCC"))), 1.0);
        QCOMPARE(tanimoto({}, {}), 0.0);
        const double similarity = tanimoto(morganFingerprint(moleculeOf("CCOc1ccc2nc(S(N)(=O)=O)sc2c1")),
                                           morganFingerprint(moleculeOf("CCOc1ccc2nc(N)sc2c1")));
        QVERIFY(std::abs(similarity - 0.634) < 0.001);
    }

    void largeMoleculesAreNoTrouble()
    {
        const std::string chain(1000, 'C');
        const Molecule molecule = moleculeOf(chain.c_str());
        QVERIFY(morganFingerprint(molecule).count() < 10);
        QVERIFY(screenOf(molecule.graph()).count() > 10);
        QCOMPARE(scaffoldHash(molecule.graph()), std::uint64_t{0});
    }

    /// A screen must never hide a match, and both ways of matching must agree.
    void screensCoverWhatMatches()
    {
        int matches = 0, screenedOut = 0;
        for (const char* smarts : patterns) {
            const auto pattern = Pattern::fromSmarts(smarts);
            QVERIFY2(pattern.has_value(), smarts);
            for (const char* smiles : molecules) {
                const Molecule molecule = moleculeOf(smiles);
                const bool slow = pattern->matches(molecule);
                const auto fast = pattern->matches(molecule.canonicalSmiles());
                QVERIFY2(fast.has_value() && *fast == slow, qPrintable(QStringLiteral("%1 in %2").arg(QLatin1String(smarts), QLatin1String(smiles))));
                const bool covered = screenOf(molecule.graph()).covers(pattern->screen());
                QVERIFY2(covered || !slow, qPrintable(QStringLiteral("%1 hides %2").arg(QLatin1String(smarts), QLatin1String(smiles))));
                matches += slow;
                screenedOut += !covered;
            }
        }
        QVERIFY2(matches > 100, qPrintable(QString::number(matches)));
        QVERIFY2(screenedOut > 200, qPrintable(QString::number(screenedOut))); // else it would be of no use
    }

    void patternsKnowStereoAndHydrogens()
    {
        const auto trans = Pattern::fromSmarts("F/C=C/F");
        QVERIFY(trans->matches(moleculeOf("F/C=C/F")));
        QVERIFY(!trans->matches(moleculeOf("F/C=C\\F")));
        const auto left = Pattern::fromSmarts("N[C@@H](C)C(=O)O");
        QVERIFY(left->matches(moleculeOf("N[C@@H](C)C(=O)O")));
        QVERIFY(!left->matches(moleculeOf("N[C@H](C)C(=O)O")));
        QVERIFY(Pattern::fromSmarts("[H]c1ccccc1")->matches(moleculeOf("Cc1ccccc1")));
        QVERIFY(!Pattern::fromSmarts("[H]O")->matches(moleculeOf("COC")));
    }

    void wrongPatternsAreErrors()
    {
        for (const char* smarts : {"", "C(", "c1ccc", "[#6", "C C", "@@"}) {
            QVERIFY2(!Pattern::fromSmarts(smarts).has_value(), smarts);
        }
        QVERIFY(!Pattern::fromSmarts(std::string(Pattern::characterLimit + 1, 'C')).has_value());
    }

    void scaffoldsAreBemisMurcko()
    {
        QCOMPARE(*scaffoldSmiles(moleculeOf("CC(=O)Oc1ccccc1C(=O)O")), std::string("c1ccccc1"));
        QCOMPARE(*scaffoldSmiles(moleculeOf("O=C1CCCCC1C")), std::string("O=C1CCCCC1"));
        QCOMPARE(*scaffoldSmiles(moleculeOf("CCCC")), std::string());
        for (const auto& [first, second] : {std::pair("CC(=O)Oc1ccccc1C(=O)O", "c1ccccc1"), std::pair("CN1C=CC=C1", "c1cc[nH]c1"),
                                           std::pair("FC1CCC(Cl)CC1", "C1CCCCC1"), std::pair("OCC(c1ccccc1)C1CC1", "c1ccc(CC2CC2)cc1")}) {
            QVERIFY2(scaffoldHash(moleculeOf(first).graph()) == scaffoldHash(moleculeOf(second).graph()), first);
        }
        for (const auto& [first, second] : {std::pair("C1CCC2CCCCC2C1", "C1CCC(CC1)C1CCCC1"), std::pair("C1CCCC1C1CCCC1", "C1CCC2CCCCC2C1"),
                                           std::pair("c1ccccc1", "C1CCCCC1"), std::pair("c1ccncc1", "c1cc[nH]c1"), std::pair("O=C1CCCCC1", "C1CCCCC1")}) {
            QVERIFY2(scaffoldHash(moleculeOf(first).graph()) != scaffoldHash(moleculeOf(second).graph()), first);
        }
    }

    /// Keys as they are published for these molecules.
    void inchiKeysAreThePublishedOnes()
    {
        QCOMPARE(keyOf("CC(=O)Oc1ccccc1C(=O)O"), std::string("BSYNRYMUTXBXSQ-UHFFFAOYSA-N"));
        QCOMPARE(keyOf("C[C@H](N)C(=O)O"), std::string("QNAYBMKLOCPYGJ-REOHCLBHSA-N"));
        QCOMPARE(keyOf("C[C@@H](N)C(=O)O"), std::string("QNAYBMKLOCPYGJ-UWTATZPHSA-N"));
        QCOMPARE(keyOf("Cn1cnc2c1c(=O)n(C)c(=O)n2C"), std::string("RYYVLZVUVIJVGH-UHFFFAOYSA-N"));
        QCOMPARE(keyOf(molecules[7]), std::string("HVYWMOMLDIMFJA-DPAQBDIFSA-N"));
        QCOMPARE(keyOf("C(=C/c1ccccc1)\\c1ccccc1"), std::string("PJANXHGTPQOBST-VAWYXSNFSA-N"));
        QCOMPARE(keyOf("C(=C\\c1ccccc1)\\c1ccccc1"), std::string("PJANXHGTPQOBST-QXMHVHEDSA-N"));
        QCOMPARE(*inchiKeyOf("InChI=1S/C2H6O/c1-2-3/h3H,2H2,1H3"), std::string("LFQSCWFLJHTTHZ-UHFFFAOYSA-N"));
        QVERIFY(!inchiKeyOf("ethanol").has_value());
        QVERIFY(!inchiOf(moleculeOf("*CC")).has_value());
        QVERIFY(looksLikeInchiKey("LFQSCWFLJHTTHZ") && looksLikeInchiKey("LFQSCWFLJHTTHZ-UHFFFAOYSA-N"));
        QVERIFY(!looksLikeInchiKey("LFQSCWFLJHTTH") && !looksLikeInchiKey("LFQSCWFLJHTTHZ-UHFFFAOYSA-n"));
    }
};

QTEST_GUILESS_MAIN(ChemSearchTest)
#include "tst_search.moc"
