// SPDX-License-Identifier: GPL-3.0-or-later
// 2D drawings as numbers and as SVG.

#include <cmath>

#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QtTest>

#include "chem/colourscale.h"
#include "chem/depict.h"
#include "chem/molecule.h"
#include "chem/runtime.h"

using namespace papilio;
using chem::Depiction;
using chem::Molecule;
using chem::Overlay;

namespace
{

Depiction draw(std::string_view smiles)
{
    const auto molecule = Molecule::fromSmiles(smiles);
    if (!molecule) {
        qFatal("%s", molecule.error().text().c_str());
    }
    auto drawing = chem::depict(*molecule);
    if (!drawing) {
        qFatal("%s", drawing.error().text().c_str());
    }
    return std::move(*drawing);
}

/// Labels in no particular order, without the empty ones.
QStringList labels(std::string_view smiles)
{
    QStringList all;
    for (const Depiction::Atom& atom : draw(smiles).atoms) {
        if (!atom.label.empty()) {
            all << QString::fromStdString(atom.label);
        }
    }
    all.sort();
    return all;
}

struct Elements {
    bool wellFormed = true;
    QMap<QString, int> counts;
    QStringList texts;
    QStringList fills; // of circles
};

Elements elementsOf(const std::string& svg)
{
    Elements found;
    QXmlStreamReader reader(QByteArray::fromStdString(svg));
    static const QRegularExpression notFinite(QStringLiteral("nan|inf"));
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        const QString name = reader.name().toString();
        ++found.counts[name];
        for (const QXmlStreamAttribute& attribute : reader.attributes()) {
            if (attribute.name() != QLatin1String("font-family") && attribute.value().contains(notFinite)) {
                found.wellFormed = false;
            }
        }
        if (name == QLatin1String("circle")) {
            found.fills << reader.attributes().value(QLatin1String("fill")).toString();
        }
        if (name == QLatin1String("text")) {
            found.texts << reader.readElementText();
        }
    }
    found.wellFormed = found.wellFormed && !reader.hasError();
    return found;
}

} // namespace

class TestDrawing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { chem::initialise(); }
    void atomLabels();
    void followsTheGraph();
    void sameForAllWritings();
    void geometry();
    void kekulised();
    void wedges();
    void saltsStandApart();
    void svgWellFormed_data();
    void svgWellFormed();
    void overlayColours();
    void overlayEdgeCases();
    void scaleIsSymmetric();
};

void TestDrawing::atomLabels()
{
    QCOMPARE(labels("CC"), QStringList());
    QCOMPARE(labels("C"), QStringList{QStringLiteral("CH4")});
    QCOMPARE(labels("O"), QStringList{QStringLiteral("H2O")});
    QCOMPARE(labels("[NH4+]"), QStringList{QStringLiteral("NH4+")});
    QCOMPARE(labels("[Ca+2].[Cl-].[Cl-]"),
             (QStringList{QStringLiteral("Ca2+"), QStringLiteral("Cl-"), QStringLiteral("Cl-")}));
    QCOMPARE(labels("C=C=C"), QStringList{QStringLiteral("C")}); // would not be seen on its straight line
    QCOMPARE(labels("[13CH3]C"), QStringList{QStringLiteral("13CH3")});
    QCOMPARE(labels("[2H]C"), QStringList{QStringLiteral("D")});
    QCOMPARE(labels("C[O]"), QStringList{QStringLiteral("O•")});
    QCOMPARE(labels("*C"), QStringList{QStringLiteral("*")});
    const Depiction amine = draw("NCCCCN"); // one end on each side
    QStringList both;
    for (const Depiction::Atom& atom : amine.atoms) {
        if (atom.symbol == "N") {
            both << QString::fromStdString(atom.label);
            QCOMPARE(atom.labelLeft, atom.label == "H2N");
            QCOMPARE(atom.hydrogens, 2);
        }
    }
    both.sort();
    QCOMPARE(both, (QStringList{QStringLiteral("H2N"), QStringLiteral("NH2")}));
}

void TestDrawing::followsTheGraph()
{
    for (const char* smiles : {"OC(=O)c1ccccc1OC(C)=O", "C[C@H](N)C(=O)O", "[Na+].[O-]C(=O)c1ccccc1", "[H]/N=C/C"}) {
        const auto molecule = Molecule::fromSmiles(smiles);
        const Depiction drawing = *chem::depict(*molecule);
        QCOMPARE(drawing.atoms.size(), molecule->graph().atoms.size());
        QCOMPARE(drawing.bonds.size(), molecule->graph().bonds.size());
        for (std::size_t i = 0; i < drawing.atoms.size(); ++i) {
            QCOMPARE(drawing.atoms[i].atomicNumber, int(molecule->graph().atoms[i].atomicNumber));
        }
        for (std::size_t b = 0; b < drawing.bonds.size(); ++b) {
            const BondCode& bond = molecule->graph().bonds[b];
            QCOMPARE(std::min(drawing.bonds[b].begin, drawing.bonds[b].end), bond.begin);
            QCOMPARE(std::max(drawing.bonds[b].begin, drawing.bonds[b].end), bond.end);
            QCOMPARE(drawing.bonds[b].ring, bond.inRing);
            QCOMPARE(drawing.bonds[b].aromatic, bond.type == BondType::Aromatic);
        }
    }
}

void TestDrawing::sameForAllWritings()
{
    const Depiction a = draw("CC(=O)Oc1ccccc1C(=O)O"), b = draw("OC(=O)c1c(OC(C)=O)cccc1");
    for (std::size_t i = 0; i < a.atoms.size(); ++i) {
        QCOMPARE(a.atoms[i].x, b.atoms[i].x);
        QCOMPARE(a.atoms[i].y, b.atoms[i].y);
    }
}

void TestDrawing::geometry()
{
    const Depiction drawing = draw("CC(=O)Oc1ccccc1C(=O)O");
    for (const Depiction::Bond& bond : drawing.bonds) {
        const Depiction::Atom &a = drawing.atoms[bond.begin], &b = drawing.atoms[bond.end];
        QVERIFY(std::abs(std::hypot(a.x - b.x, a.y - b.y) - 1) < 0.05);
        if (bond.ring) { // the centre of a regular hexagon is a bond away from its corners
            QVERIFY(std::abs(std::hypot(bond.insideX - a.x, bond.insideY - a.y) - 1) < 0.05);
        }
    }
}

void TestDrawing::kekulised()
{
    int doubles = 0, aromatic = 0;
    for (const Depiction::Bond& bond : draw("c1ccc2ccccc2c1").bonds) {
        doubles += bond.order == 2 ? 1 : 0;
        aromatic += bond.aromatic ? 1 : 0;
    }
    QCOMPARE(doubles, 5);
    QCOMPARE(aromatic, 11);
    int triples = 0;
    for (const Depiction::Bond& bond : draw("C#N").bonds) {
        triples += bond.order == 3 ? 1 : 0;
    }
    QCOMPARE(triples, 1);
}

void TestDrawing::wedges()
{
    const auto handedness = [](std::string_view smiles) {
        const Depiction drawing = draw(smiles);
        for (const Depiction::Bond& bond : drawing.bonds) {
            if (bond.wedge == Depiction::Bond::Wedge::None) {
                continue;
            }
            // Seen from the page: do the two other neighbours of the centre turn left, for a wedge that points up?
            std::vector<std::size_t> others;
            for (const Depiction::Bond& other : drawing.bonds) {
                if (&other != &bond && (other.begin == bond.begin || other.end == bond.begin)) {
                    others.push_back(other.begin == bond.begin ? other.end : other.begin);
                }
            }
            std::sort(others.begin(), others.end(), [&drawing](std::size_t a, std::size_t b) {
                return drawing.atoms[a].atomicNumber > drawing.atoms[b].atomicNumber;
            });
            const Depiction::Atom &c = drawing.atoms[bond.begin], &a = drawing.atoms[others.at(0)],
                                  &b = drawing.atoms[others.at(1)];
            const double turn = (a.x - c.x) * (b.y - c.y) - (a.y - c.y) * (b.x - c.x);
            return (turn > 0 ? 1 : -1) * (bond.wedge == Depiction::Bond::Wedge::Up ? 1 : -1);
        }
        return 0;
    };
    QVERIFY(handedness("C[C@H](F)Cl") != 0);
    QCOMPARE(handedness("C[C@H](F)Cl"), -handedness("C[C@@H](F)Cl"));
    QCOMPARE(handedness("CC(F)Cl"), 0);
}

void TestDrawing::saltsStandApart()
{
    const Depiction drawing = draw("[Ca+2].[Cl-].[Cl-].O.O");
    for (std::size_t i = 0; i < drawing.atoms.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            const Depiction::Atom &a = drawing.atoms[i], &b = drawing.atoms[k];
            QVERIFY(std::hypot(a.x - b.x, a.y - b.y) > 0.8);
        }
    }
}

void TestDrawing::svgWellFormed_data()
{
    QTest::addColumn<QString>("smiles");
    for (const char* smiles : {"C", "CC(=O)Oc1ccccc1C(=O)O", "[Na+].[O-]C(=O)c1ccccc1", "C[C@H](N)C(=O)O", "C#CC#N",
                               "[2H]O[2H]", "*C=C=C[13CH3]", "CC1(C)CC(=O)CC(C)(C)N1[O]", "C[N+](C)(C)CC(=O)[O-]",
                               "C1CCCCCCCCCCCCCCCCCCC1", "C->[Fe]", "[H]/N=C/C"}) {
        QTest::newRow(smiles) << QString::fromLatin1(smiles);
    }
}

void TestDrawing::svgWellFormed()
{
    QFETCH(QString, smiles);
    const Depiction drawing = draw(smiles.toStdString());
    Overlay overlay;
    overlay.atoms.assign(drawing.atoms.size(), 0.25);
    overlay.bonds.assign(drawing.bonds.size(), -0.5);
    overlay.caption = "a < b & \"c\"";
    for (const auto& [width, height] : {std::pair(420, 300), std::pair(48, 48), std::pair(1, 1), std::pair(3000, 40)}) {
        const Elements plain = elementsOf(chem::toSvg(drawing, nullptr, width, height));
        QVERIFY(plain.wellFormed);
        QCOMPARE(plain.counts.value(QStringLiteral("circle")), 0);
        const Elements painted = elementsOf(chem::toSvg(drawing, &overlay, width, height));
        QVERIFY(painted.wellFormed);
        QCOMPARE(painted.counts.value(QStringLiteral("circle")), int(drawing.atoms.size()));
    }
    QVERIFY(elementsOf(chem::toSvg(drawing, &overlay, 420, 300)).texts.contains(QStringLiteral("a < b & \"c\"")));
}

void TestDrawing::overlayColours()
{
    const Depiction drawing = draw("CCO");
    Overlay overlay;
    overlay.atoms = {-2, 0, 1};
    const Elements found = elementsOf(chem::toSvg(drawing, &overlay, 400, 300));
    QStringList expected = {QStringLiteral("#468fdb"), QStringLiteral("#f2f3f4"),
                            QStringLiteral("#e6b48d")}; // −1, 0, ½
    QStringList fills = found.fills;
    fills.sort();
    expected.sort();
    QCOMPARE(fills, expected);
    for (const char* number : {"−2", "−1", "0", "+1", "+2"}) { // the scale prints its numbers
        QVERIFY2(found.texts.contains(QString::fromUtf8(number)), number);
    }
    overlay.limit = 1; // a smaller limit clips
    QVERIFY(elementsOf(chem::toSvg(drawing, &overlay, 400, 300)).fills.contains(QStringLiteral("#c47a34")));
}

void TestDrawing::overlayEdgeCases()
{
    const Depiction drawing = draw("CCO");
    Overlay overlay; // no scores at all, then all zero, not finite, too many
    QVERIFY(elementsOf(chem::toSvg(drawing, &overlay, 400, 300)).wellFormed);
    overlay.atoms = {0, 0, 0};
    QVERIFY(elementsOf(chem::toSvg(drawing, &overlay, 400, 300)).wellFormed);
    overlay.atoms = {std::nan(""), HUGE_VAL, 1, 5, 7};
    const Elements found = elementsOf(chem::toSvg(drawing, &overlay, 400, 300));
    QVERIFY(found.wellFormed);
    QCOMPARE(found.counts.value(QStringLiteral("circle")), 1);
    overlay.caption = std::string(500, 'w');
    QVERIFY(elementsOf(chem::toSvg(drawing, &overlay, 400, 300)).texts.last().endsWith(QStringLiteral("…")));
    QVERIFY(elementsOf(chem::toSvg(Depiction(), nullptr, 100, 100)).wellFormed);
}

void TestDrawing::scaleIsSymmetric()
{
    QCOMPARE(chem::divergingColour(0), std::string("#f2f3f4"));
    QCOMPARE(chem::divergingColour(-9), chem::divergingColour(-1));
    QCOMPARE(chem::divergingColour(9), std::string("#c47a34"));
    QCOMPARE(chem::divergingColour(-0.125), std::string("#dfe6f4")); // half-way between two stops
    for (std::size_t i = 0; i < chem::divergingStops.size(); ++i) {
        QCOMPARE(chem::divergingStops[i].at, -chem::divergingStops[chem::divergingStops.size() - 1 - i].at);
    }
}

QTEST_GUILESS_MAIN(TestDrawing)
#include "tst_drawing.moc"
