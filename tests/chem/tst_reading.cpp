// SPDX-License-Identifier: GPL-3.0-or-later
// What is refused, with which words; limits; mol blocks.

#include <QElapsedTimer>
#include <QtTest>

#include "chem/molecule.h"
#include "chem/positional.h"
#include "chem/runtime.h"

using namespace papilio;
using chem::Molecule;

namespace
{

/// Ethanol with a crossed or plain double bond in place of one bond: atoms and bonds as given, a V2000 block.
std::string block(const std::vector<std::string>& atoms, const std::vector<std::string>& bonds)
{
    std::string text = "\n  test\n\n" + QString::asprintf("%3d%3d  0  0  0  0            999 V2000\n",
                                                          int(atoms.size()), int(bonds.size()))
                                            .toStdString();
    for (const std::string& atom : atoms) {
        text += atom + "\n";
    }
    for (const std::string& bond : bonds) {
        text += bond + "\n";
    }
    return text + "M  END\n";
}

std::string atomLine(double x, double y, const char* symbol, int map = 0)
{
    return QString::asprintf("%10.4f%10.4f    0.0000 %-3s 0  0  0  0  0  0  0  0  0%3d  0  0", x, y, symbol, map)
        .toStdString();
}

std::string bondLine(int a, int b, int order, int stereo = 0)
{
    return QString::asprintf("%3d%3d%3d%3d", a, b, order, stereo).toStdString();
}

} // namespace

class TestReading : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { chem::initialise(); }
    void refused_data();
    void refused();
    void limits();
    void dummiesInAromaticRings();
    void largeMoleculesWork();
    void tails();
    void molBlock();
    void molBlockIdentity();
    void molBlockMapNumbers();
    void badMolBlocks_data();
    void badMolBlocks();
};

void TestReading::refused_data()
{
    QTest::addColumn<QString>("smiles");
    QTest::addColumn<QString>("text");
    const auto add = [](const char* smiles, const char* text) {
        QTest::newRow(smiles) << QString::fromUtf8(smiles) << QString::fromUtf8(text);
    };
    add("", "the SMILES is empty.");
    add("  \t ", "the SMILES is empty.");
    add("CCX", "character 3 ('X') is no atom that may stand without brackets.");
    add("restricted", "character 1 ('r') is no atom");
    add("C1CC", "ring bond 1, opened at character 2, is never closed.");
    add("C1CC1C2", "ring bond 2, opened at character 7, is never closed.");
    add("C11CC", "ring bond 1 at character 3 bonds an atom to itself.");
    add("C%1", "character 2 ('%') needs two digits behind it.");
    add("1CC", "character 1 ('1') opens a ring bond without an atom before it.");
    add("CC(C", "the branch opened at character 3 is never closed.");
    add("CC)C", "character 3 (')') closes a branch that was never opened.");
    add("C()C", "the branch at character 2 is empty.");
    add("C[CH2", "the bracket opened at character 2 is never closed.");
    add("C[Zz]", "'[Zz]' at character 2: there is no element 'Zz'.");
    add("[13]", "'[13]' at character 1 names no element.");
    add("C=", "character 2 ('=') leads to no atom.");
    add("=C", "character 1 ('=') has no atom before it.");
    add("C==C", "character 3 ('=') is a second bond symbol in a row.");
    add("CC>>CO", "character 3 ('>') belongs to a reaction");
    add("CC\xc3\xa9", "character 3 is no printable ASCII character.");
    add("CN(C)(C)C",
        "atom 1, N: valence 4 is greater than permitted (atoms counted from 0). Perhaps a charge is missing.");
    add("CC(C)(C)(C)C", "atom 1, C: valence 5 is greater than permitted");
    add("[CH5]", "atom 0, C: valence 5 is greater than permitted");
    add("C[O+](C)(C)C", "atom 1, O+: valence 4 is greater than permitted");
    add("[H]OC(C)(C)(C)C", "atom 2, C: valence 5 is greater than permitted"); // counted as written
    add("c1cccc1", "aromatic atoms 0, 1, 2, 3, 4 cannot be given alternating single and double bonds");
    add("c1ccnc1", "An aromatic nitrogen may lack its hydrogen: write [nH].");
    add("cC", "atom 0, C: marked as aromatic outside a ring");
    add("CCO |bad|", "the CXSMILES part between the bars | | cannot be read.");
}

void TestReading::refused()
{
    QFETCH(QString, smiles);
    QFETCH(QString, text);
    const auto molecule = Molecule::fromSmiles(smiles.toStdString());
    QVERIFY(!molecule);
    QCOMPARE(molecule.error().code, ErrorCode::BadInput);
    const QString said = QString::fromStdString(molecule.error().text());
    QVERIFY2(said.contains(text), qPrintable(said));
}

void TestReading::limits()
{
    QElapsedTimer timer;
    timer.start();
    const std::string brackets(150'000, '['), branches(150'000, '(');
    for (const std::string& text : {std::string(2'000'000, 'C'), std::string(70'000, 'C'), std::string(1001, 'C'),
                                    brackets, branches, "C" + std::string(199'000, '1')}) {
        const auto molecule = Molecule::fromSmiles(text);
        QVERIFY(!molecule);
        QVERIFY(molecule.error().text().size() < 300); // never repeats the line
    }
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(Molecule::fromSmiles(std::string(1001, 'C')).error().message,
             std::string("the molecule has 1001 atoms; at most 1000 heavy atoms are read."));
    QCOMPARE(Molecule::fromSmiles(std::string(2'000'000, 'C')).error().message,
             std::string("the SMILES has 2000000 characters; at most 200000 are read."));
    QCOMPARE(Molecule::fromSmiles(std::string(1001, 'C')).error().code, ErrorCode::Unsupported);
}

/// RDKit tries all their double bonds: the first of these took 3 s with 18 of them, and twice as long with each more.
void TestReading::dummiesInAromaticRings()
{
    QElapsedTimer timer;
    timer.start();
    const auto slow = Molecule::fromSmiles("Cn1cc(c2c(N)(c3" + std::string(40, '*') +
                                           "cc(n8c5(C6CC6)cc54)3)n2)(Nc2c(c3cc(n8c5cc(C6CC6)5c4=O)c3)n2)n1");
    QVERIFY(!slow);
    QCOMPARE(slow.error().code, ErrorCode::Unsupported);
    QVERIFY(slow.error().message.starts_with("the molecule has 40 atoms without an element (*) in rings"));

    const int count = 15;
    std::string atoms, bonds;
    for (int i = 1; i <= count; ++i) {
        atoms += QStringLiteral("    0.0000    0.0000    0.0000 %1   0  0\n").arg(i < 3 ? QStringLiteral("C") : QStringLiteral("*"), -3).toStdString();
        bonds += QStringLiteral("%1%2%3\n").arg(i, 3).arg(i % count + 1, 3).arg(i == 1 ? 4 : 1, 3).toStdString();
    }
    const auto ring = Molecule::fromMolBlock("\n\n\n 15 15  0  0  0  0            999 V2000\n" + atoms + bonds + "M  END\n");
    QVERIFY(!ring);
    QVERIFY2(ring.error().message.starts_with("the molecule has 13 atoms without an element"), ring.error().message.c_str());

    // The same as V3000, with a line that goes on in the next one.
    for (const char* dummy : {"*", "A", "Q", "R#", "-\nM  V30 *"}) {
        std::string atoms3, bonds3;
        for (int i = 1; i <= count; ++i) {
            const QByteArray number = QByteArray::number(i);
            atoms3 += "M  V30 " + number.toStdString() + " " + (i < 3 ? "C" : dummy) + " 0 0 0 0\n";
            bonds3 += "M  V30 " + number.toStdString() + (i == 1 ? " 4 " : " 1 ") + number.toStdString() + " " + std::to_string(i % count + 1) + "\n";
        }
        const auto ring3 = Molecule::fromMolBlock("\n\n\n  0  0  0     0  0            999 V3000\nM  V30 BEGIN CTAB\nM  V30 COUNTS 15 15 0 0 0\n"
                                                  "M  V30 BEGIN ATOM\n" + atoms3 + "M  V30 END ATOM\nM  V30 BEGIN BOND\n" + bonds3 +
                                                  "M  V30 END BOND\nM  V30 END CTAB\nM  END\n");
        QVERIFY(!ring3);
        QVERIFY2(ring3.error().message.starts_with("the molecule has 13 atoms without an element"), ring3.error().message.c_str());
    }
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));

    const auto open = Molecule::fromSmiles("c1ccccc1" + std::string(40, '*')); // in no ring
    QVERIFY(open);
    QCOMPARE(open->graph().atoms.size(), std::size_t(46));
}

void TestReading::largeMoleculesWork()
{
    std::string peptide;
    for (int i = 0; i < 98; ++i) {
        peptide += "N[C@@H](C)C(=O)";
    }
    const auto molecule = Molecule::fromSmiles(peptide + "NC");
    QVERIFY2(molecule.has_value(), molecule ? "" : molecule.error().text().c_str());
    QCOMPARE(molecule->graph().atoms.size(), std::size_t(492));
    const Encodings encodings = chem::computeEncodings(molecule->graph());
    QCOMPARE(encodings.atomCount(), std::size_t(492));
    QVERIFY(encodings.laplacianValues[1] > 0);
    QVERIFY(encodings.laplacianValues[1] < 1e-3f); // a long chain
}

void TestReading::tails()
{
    const auto named = Molecule::fromSmiles("CCO ethanol");
    QVERIFY(named);
    QCOMPARE(named->repairNote(), std::string("text behind the SMILES ignored"));
    QCOMPARE(named->canonicalSmiles(), std::string("CCO"));
    const auto placed = Molecule::fromSmiles("  OCC |(0,0,;1.5,0,;2,1,)|\r");
    QVERIFY2(placed.has_value(), placed ? "" : placed.error().text().c_str());
    QCOMPARE(placed->canonicalSmiles(), std::string("CCO"));
    QVERIFY(placed->repairNote().empty());
    QVERIFY(placed->graph() == named->graph());
}

void TestReading::molBlock()
{
    const auto molecule = Molecule::fromMolBlock(
        block({atomLine(0, 0, "O"), atomLine(1, 0, "C"), atomLine(2, 0, "N"), atomLine(0, 1, "H")},
              {bondLine(2, 1, 1), bondLine(2, 3, 1), bondLine(1, 4, 1)}));
    QVERIFY2(molecule.has_value(), molecule ? "" : molecule.error().text().c_str());
    QCOMPARE(molecule->canonicalSmiles(), std::string("NCO"));
    QCOMPARE(molecule->toCanonical(), (std::vector<std::uint16_t>{2, 1, 0}));
    // Bond 0 is C–O: in the graph the bond 1–2, begun at its lower end; bond 1 is C–N, the bond 0–1 backwards.
    QCOMPARE(molecule->edgeToCanonical(), (std::vector<std::uint32_t>{2, 3, 1, 0}));
}

/// A crossed double bond cannot be told in SMILES; the graph must be that of the SMILES all the same.
void TestReading::molBlockIdentity()
{
    const std::vector<std::string> atoms = {atomLine(0, 1, "C"), atomLine(1, 0, "C"), atomLine(2, 0, "C"),
                                            atomLine(3, 1, "C")};
    const auto crossed =
        Molecule::fromMolBlock(block(atoms, {bondLine(1, 2, 1), bondLine(2, 3, 2, 3), bondLine(3, 4, 1)}));
    QVERIFY2(crossed.has_value(), crossed ? "" : crossed.error().text().c_str());
    QVERIFY(crossed->graph() == Molecule::fromSmiles("CC=CC")->graph());
    const auto drawn = Molecule::fromMolBlock(block(atoms, {bondLine(1, 2, 1), bondLine(2, 3, 2), bondLine(3, 4, 1)}));
    QCOMPARE(drawn->canonicalSmiles(), std::string("C/C=C\\C"));
    QVERIFY(drawn->graph() == Molecule::fromSmiles("C/C=C\\C")->graph());
}

void TestReading::molBlockMapNumbers()
{
    const auto molecule =
        Molecule::fromMolBlock(block({atomLine(0, 0, "O", 3), atomLine(1, 0, "C", 2), atomLine(2, 0, "N", 1)},
                                     {bondLine(1, 2, 1), bondLine(2, 3, 1)}));
    QVERIFY2(molecule.has_value(), molecule ? "" : molecule.error().text().c_str());
    QCOMPARE(molecule->repairNote(), std::string("atom-map numbers removed"));
    QCOMPARE(molecule->toCanonical(), (std::vector<std::uint16_t>{0, 1, 2})); // N, C, O
    QCOMPARE(molecule->canonicalSmiles(), std::string("NCO"));
}

void TestReading::badMolBlocks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    const std::string methyls =
        block({atomLine(0, 0, "C"), atomLine(1, 0, "C"), atomLine(2, 0, "C"), atomLine(3, 0, "C"), atomLine(4, 0, "C"),
               atomLine(5, 0, "C")},
              {bondLine(1, 2, 1), bondLine(1, 3, 1), bondLine(1, 4, 1), bondLine(1, 5, 1), bondLine(1, 6, 1)});
    const auto add = [](const char* name, const std::string& text, const char* says) {
        QTest::newRow(name) << QString::fromStdString(text) << QString::fromUtf8(says);
    };
    add("valence", methyls, "atom 0, C: valence 5 is greater than permitted");
    add("empty", "", "the mol block cannot be read");
    add("rubbish", "a\nb\nc\nd\ne\n", "the mol block cannot be read");
    add("cut off", methyls.substr(0, 200), "the mol block cannot be read");
    add("no atoms", block({}, {}), "has no atoms");
    add("query bond", block({atomLine(0, 0, "C"), atomLine(1, 0, "C")}, {bondLine(1, 2, 8)}), "bond 0 is a query");
}

void TestReading::badMolBlocks()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const auto molecule = Molecule::fromMolBlock(text.toStdString());
    QVERIFY(!molecule);
    const QString said = QString::fromStdString(molecule.error().text());
    QVERIFY2(said.contains(says), qPrintable(said));
}

QTEST_GUILESS_MAIN(TestReading)
#include "tst_reading.moc"
