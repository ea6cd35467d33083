// SPDX-License-Identifier: GPL-3.0-or-later
// Feature sets: names, widths, columns, JSON, hash, and the bytes of computed inputs.

#include <QtTest>

#include <cmath>
#include <limits>
#include <set>

#include <nlohmann/json.hpp>

#include "core/elements.h"
#include "core/featurejson.h"
#include "core/features.h"
#include "core/properties.h"

using namespace papilio;
using Json = nlohmann::json;

namespace
{

template <typename T> bool failsWith(const Result<T>& result, std::initializer_list<std::string_view> pieces)
{
    bool good = !result.has_value();
    for (const std::string_view piece : pieces) {
        good = good && result.error().text().find(piece) != std::string::npos;
    }
    if (!good) {
        qWarning("%s", result ? "no error" : result.error().text().c_str());
    }
    return good;
}

Result<FeatureSet> parsed(const char* text)
{
    return featureSetFromJson(Json::parse(text), "features");
}

/// Everything that there is, and every level of every encoding.
FeatureSet everything()
{
    FeatureSet set{"everything", {}, {}, {}, {}};
    for (const FeatureProperty& property : atomOneHotProperties()) {
        set.atomOneHot.push_back(property.name);
    }
    for (const FeatureProperty& property : atomFloatProperties()) {
        set.atomFloat.push_back(property.name);
    }
    for (const FeatureProperty& property : bondProperties()) {
        set.bond.push_back(property.name);
    }
    for (const std::string& name : encodingTypeNames()) {
        EncodingSpec spec = defaultEncoding(*encodingTypeFromName(name));
        for (const Level level : {Level::Node, Level::Edge, Level::NodePair}) {
            spec.level = level;
            set.encodings.push_back(spec);
        }
    }
    return set;
}

MoleculeInputs madeUp()
{
    MoleculeInputs inputs;
    inputs.atoms = 3;
    inputs.edges = 4;
    inputs.nodeFeatures = {0.5F,  1, 0, -2, 7, //
                           0.25F, 0, 0, 3,  7, //
                           -0.1F, 1, 0, 0,  7.5F};
    for (float& value : inputs.nodeFeatures) {
        value = roundToHalf(value);
    }
    inputs.edgeFeatures = {1, 0, 1, 0, 0, 1.5F, 0, 1.5F};
    inputs.encodings.push_back({"laplacian_eigval", Level::Node, 2, {0, 1, 0, 1, 0, 3}});
    inputs.encodings.push_back({"edge_electrostatic", Level::Edge, 1, {1, -1, 0.5F, -0.5F}});
    inputs.encodings.push_back({"nodepair_graphormer", Level::NodePair, 1, {0, 1, 2, 1, 0, 1, 2, 1, 0}});
    const float none = std::numeric_limits<float>::quiet_NaN();
    inputs.encodings.push_back({"positions_3d", Level::Node, 3, {none, none, none, -0.0F, 0, 65504, 1, 2, 0x1p-24F}});
    return inputs;
}

bool sameBits(const std::vector<float>& a, const std::vector<float>& b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](float x, float y) {
               return (std::isnan(x) && std::isnan(y)) || (x == y && std::signbit(x) == std::signbit(y));
           });
}

bool same(const MoleculeInputs& a, const MoleculeInputs& b)
{
    return a.atoms == b.atoms && a.edges == b.edges && sameBits(a.nodeFeatures, b.nodeFeatures) &&
           sameBits(a.edgeFeatures, b.edgeFeatures) &&
           std::equal(a.encodings.begin(), a.encodings.end(), b.encodings.begin(), b.encodings.end(),
                      [](const MoleculeInputs::Block& x, const MoleculeInputs::Block& y) {
                          return x.key == y.key && x.level == y.level && x.width == y.width &&
                                 sameBits(x.values, y.values);
                      });
}

} // namespace

class CoreFeatureSetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePublishedSetIsTheDefault()
    {
        const FeatureSet set;
        QVERIFY(checkFeatureSet(set).has_value());
        QVERIFY(isStandard(set));
        QCOMPARE(set.name, std::string(featureSetName));
        QCOMPARE(atomWidth(set), atomFeatureCount);
        QCOMPARE(bondWidth(set), bondFeatureCount);
        QCOMPARE(atomColumnNames(set), atomFeatureNames());
        QCOMPARE(bondColumnNames(set), bondFeatureNames());
        QCOMPARE(atomFeatureNames().front(), std::string("degree"));
        QCOMPARE(atomFeatureNames()[5], std::string("atomic-number C"));
        QCOMPARE(atomFeatureNames().back(), std::string("total-valence other"));
        QCOMPARE(bondFeatureNames().front(), std::string("bond-type single"));
        QCOMPARE(bondFeatureNames().back(), std::string("in-ring"));
        std::vector<std::string> keys;
        for (const EncodingSpec& spec : set.encodings) {
            keys.push_back(encodingKey(spec));
        }
        QCOMPARE(keys, (std::vector<std::string>{"laplacian_eigvec", "laplacian_eigval", "rw_return_probs"}));
    }

    /// Columns of the published library, one more than its list of classes each.
    void widthsAreThePublishedOnes()
    {
        const std::map<std::string, int> oneHot = {
            {"atomic-number", 44}, {"degree", 6}, {"total-valence", 8}, {"implicit-valence", 8}, {"hybridization", 9},
            {"chirality", 3},      {"phase", 5},  {"type", 13},         {"group", 20},           {"period", 8}};
        QCOMPARE(atomOneHotProperties().size(), oneHot.size());
        for (const FeatureProperty& property : atomOneHotProperties()) {
            QCOMPARE(property.width, oneHot.at(property.name));
            QCOMPARE(static_cast<int>(slotNames(*atomOneHotFromName(property.name)).size()), property.width);
            QVERIFY(!property.meaning.empty());
        }
        for (const FeatureProperty& property : bondProperties()) {
            QCOMPARE(property.width, property.name == "bond-type-onehot" ? 5 : property.name == "stereo" ? 7 : 1);
        }
        const FeatureSet all = everything();
        QVERIFY(checkFeatureSet(all).has_value());
        QCOMPARE(static_cast<int>(atomColumnNames(all).size()), atomWidth(all));
        QCOMPARE(static_cast<int>(bondColumnNames(all).size()), bondWidth(all));
        QCOMPARE(atomWidth(all), 124 + 31);
        QCOMPARE(bondWidth(all), 5 + 7 + 5);
        const auto columns = atomColumnNames(all);
        QCOMPARE(std::set<std::string>(columns.begin(), columns.end()).size(), columns.size());
    }

    void keysAndWidthsOfEncodings_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<int>("level");
        QTest::addColumn<QString>("key");
        QTest::addColumn<int>("width");
        const auto row = [](const char* type, Level level, const char* key, int width) {
            QTest::newRow(key) << QString::fromLatin1(type) << static_cast<int>(level) << QString::fromLatin1(key)
                               << width;
        };
        row("laplacian_eigvec", Level::Node, "laplacian_eigvec", 8);
        row("laplacian_eigval", Level::Edge, "edge_laplacian_eigval", 16);
        row("rw_return_probs", Level::NodePair, "nodepair_rw_return_probs", 32);
        row("rw_transition_probs", Level::NodePair, "nodepair_rw_transition_probs", 16);
        row("rw_transition_probs", Level::Node, "rw_transition_probs", 96);
        row("electrostatic", Level::NodePair, "nodepair_electrostatic", 1);
        row("electrostatic", Level::Node, "electrostatic", 6);
        row("commute", Level::Edge, "edge_commute", 1);
        row("graphormer", Level::NodePair, "nodepair_graphormer", 1);
        row("positions_3d", Level::Node, "positions_3d", 3);
        row("positions_3d", Level::Edge, "edge_positions_3d", 6);
    }

    void keysAndWidthsOfEncodings()
    {
        QFETCH(const QString, type);
        QFETCH(const int, level);
        QFETCH(const QString, key);
        QFETCH(const int, width);
        EncodingSpec spec = defaultEncoding(encodingTypeFromName(type.toStdString()).value());
        spec.level = static_cast<Level>(level);
        QCOMPARE(encodingKey(spec), key.toStdString());
        QCOMPARE(encodingWidth(spec), width);
    }

    void mistakesNameTheNearest_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QList<QByteArray>>("pieces");
        const auto row = [](const char* name, const char* json, QList<QByteArray> pieces) {
            QTest::newRow(name) << QByteArray(json) << std::move(pieces);
        };
        row("key", R"({"atom_onhot": []})", {"features", "atom_onhot", "'atom_onehot'"});
        row("one-hot", R"({"atom_onehot": ["hybridisation"]})", {"atom_onehot", "hybridisation", "'hybridization'"});
        row("float", R"({"atom_float": ["masss"]})", {"atom_float", "masss", "'mass'"});
        row("float that is one-hot only", R"({"atom_float": ["phase"]})", {"phase"});
        row("bond", R"({"bond": ["in-rings"]})", {"bond", "in-rings", "'in-ring'"});
        row("twice", R"({"bond": ["stereo", "in-ring", "stereo"]})", {"stereo", "twice"});
        row("twice by two names", R"({"atom_float": ["ring", "in-ring"]})", {"in-ring", "twice"});
        row("no atoms", R"({"atom_onehot": [], "atom_float": []})", {"no property of atoms"});
        row("list", R"({"bond": "stereo"})", {"features.bond", "list", "string"});
        row("names", R"({"bond": [1]})", {"features.bond", "number"});
        row("name", R"({"name": 7})", {"features.name", "text"});
        row("object", R"([])", {"features", "object", "array"});
        row("no type", R"({"encodings": [{"count": 3}]})", {"features.encodings[0]", "no 'type'"});
        row("type", R"({"encodings": [{"type": "comute"}]})", {"encodings[0].type", "comute", "'commute'"});
        row("option", R"({"encodings": [{"type": "commute", "cout": 3}]})", {"encodings[0]", "cout", "'count'"});
        row("level", R"({"encodings": [{"type": "commute", "level": "pair"}]})", {"level", "pair"});
        row("graph level", R"({"encodings": [{"type": "commute", "level": "graph"}]})", {"graph level"});
        row("norm", R"({"encodings": [{"type": "laplacian_eigvec", "norm": "symm"}]})", {"norm", "'sym'"});
        row("count 0", R"({"encodings": [{"type": "laplacian_eigvec", "count": 0}]})", {"count is 0", "1 to 256"});
        row("count of commute", R"({"encodings": [{"type": "commute", "count": 2}]})", {"count is 2", "1 here"});
        row("huge count", R"({"encodings": [{"type": "rw_return_probs", "count": 1e300}]})", {"whole number"});
        row("large count", R"({"encodings": [{"type": "rw_return_probs", "count": 5000000000}]})", {"1 to 64"});
        row("norm of a walk", R"({"encodings": [{"type": "rw_return_probs", "norm": "sym"}]})", {"Laplacian"});
        row("parts of a walk", R"({"encodings": [{"type": "commute", "per_component": false}]})", {"Laplacian"});
        row("space of Laplacian", R"({"encodings": [{"type": "laplacian_eigval", "space_dim": 2}]})", {"walks"});
        row("space", R"({"encodings": [{"type": "rw_return_probs", "space_dim": 11}]})", {"space_dim is 11"});
        row("same key", R"({"encodings": [{"type": "laplacian_eigvec"}, {"type": "laplacian_eigvec", "count": 4}]})",
            {"laplacian_eigvec", "twice"});
    }

    void mistakesNameTheNearest()
    {
        QFETCH(const QByteArray, json);
        QFETCH(const QList<QByteArray>, pieces);
        const auto set = parsed(json.constData());
        QVERIFY(!set.has_value());
        QVERIFY(set.error().code == ErrorCode::BadInput);
        for (const QByteArray& piece : pieces) {
            QVERIFY2(set.error().text().find(piece.toStdString()) != std::string::npos, set.error().text().c_str());
        }
    }

    void jsonGoesThereAndBack()
    {
        FeatureSet special{"special",
                           {"hybridization"},
                           {"valence", "mass"},
                           {},
                           {{EncodingType::LaplacianVectors, Level::Edge, 5, LaplacianNorm::RandomWalk, false},
                            {EncodingType::WalkTransitions, Level::Node, 3, LaplacianNorm::None, true, 1.5},
                            {EncodingType::Positions, Level::Node, 1}}};
        for (const FeatureSet& set : {FeatureSet(), everything(), special}) {
            const auto back = featureSetFromJson(Json::parse(featureSetToJson(set).dump()), "features");
            QVERIFY2(back.has_value(), back ? "" : back.error().text().c_str());
            QVERIFY(*back == set);
        }
        const auto defaults = parsed("{}");
        QVERIFY(defaults.has_value() && *defaults == FeatureSet());
        const auto some =
            parsed(R"({"name": "n", "encodings": [{"type": "electrostatic"}, {"type": "rw_return_probs"}]})");
        QVERIFY(some.has_value());
        QCOMPARE(encodingKey(some->encodings[0]), std::string("nodepair_electrostatic"));
        QCOMPARE(some->encodings[1].count, 16);
    }

    void theHashIsOfTheValuesAlone()
    {
        const FeatureSet set;
        FeatureSet renamed = set;
        renamed.name = "another";
        QCOMPARE(featureSetHash(set).size(), std::size_t{64});
        QCOMPARE(featureSetHash(renamed), featureSetHash(set));
        FeatureSet alias = set;
        alias.atomOneHot.back() = "valence";
        QCOMPARE(featureSetHash(alias), featureSetHash(set));
        QVERIFY(isStandard(alias));
        std::set<std::string> hashes{featureSetHash(set)};
        const auto differs = [&](auto&& change) {
            FeatureSet changed = set;
            change(changed);
            hashes.insert(featureSetHash(changed));
        };
        differs([](FeatureSet& s) { std::swap(s.atomFloat[0], s.atomFloat[1]); });
        differs([](FeatureSet& s) { s.bond.pop_back(); });
        differs([](FeatureSet& s) { s.encodings.pop_back(); });
        differs([](FeatureSet& s) { s.encodings[0].count = 4; });
        differs([](FeatureSet& s) { s.encodings[0].norm = LaplacianNorm::Symmetric; });
        differs([](FeatureSet& s) { s.encodings[0].perComponent = false; });
        differs([](FeatureSet& s) { s.encodings[2].spaceDim = 3; });
        differs([](FeatureSet& s) { s.encodings[2].level = Level::Edge; });
        differs([](FeatureSet& s) { s.encodings[0].generalSolver = true; });
        QCOMPARE(hashes.size(), std::size_t{10});
    }

    void hashesOfEarlierVersionsStay()
    {
        // Of the set's JSON as it was before general_solver, behind "papilio-inputs-1".
        QCOMPARE(featureSetHash({}),
                 std::string("e58e022fe242120c2dcd1f82dd6816e07481eb3faf072e21a0e84f1d5a57fc7a"));
    }

    void thePublishedVectorsAreAVariantOfTheirOwn()
    {
        const FeatureSet set = asPublished({});
        QVERIFY(checkFeatureSet(set).has_value());
        QVERIFY(!isStandard(set));
        QCOMPARE(set.name, std::string("graphium-85-13-published"));
        QVERIFY(asPublished(set) == set);
        QVERIFY(set.encodings[0].generalSolver && !set.encodings[1].generalSolver && !set.encodings[2].generalSolver);
        FeatureSet wrong;
        wrong.encodings[2].generalSolver = true;
        QVERIFY(!checkFeatureSet(wrong).has_value());
        const auto read = featureSetFromJson(featureSetToJson(set), "features");
        QVERIFY(read.has_value() && *read == set);
    }

    void standardMeansThatNothingIsComputed()
    {
        FeatureSet set;
        set.encodings.pop_back();
        QVERIFY(isStandard(set)); // a part
        set.encodings[0].count = 4;
        QVERIFY(!isStandard(set));
        set.encodings.clear();
        QVERIFY(isStandard(set));
        set.bond.pop_back();
        QVERIFY(!isStandard(set));

        MolGraph graph;
        graph.atoms = {{6, 4, 0, 0, 4, false, false}, {8, 2, 0, 0, 2, false, false}};
        graph.bonds = {{0, 1, BondType::Single, BondStereo::None, false}};
        Encodings encodings;
        encodings.laplacianVectors.assign(16, 0.5F);
        encodings.laplacianValues.assign(16, 2.0F);
        encodings.walkReturns.assign(32, 1.0F);
        FeatureSet part;
        std::swap(part.encodings[0], part.encodings[2]);
        part.encodings.pop_back();
        const MoleculeInputs inputs = standardInputs(part, graph, encodings);
        QCOMPARE(inputs.atoms, std::int64_t{2});
        QCOMPARE(inputs.edges, std::int64_t{2});
        QCOMPARE(inputs.nodeFeatures.size(), std::size_t{2 * 85});
        QCOMPARE(inputs.nodeFeatures[0], 2.0F);
        QCOMPARE(inputs.nodeFeatures[5], 1.0F);      // C
        QCOMPARE(inputs.nodeFeatures[85 + 7], 1.0F); // O
        QCOMPARE(inputs.edgeFeatures.size(), std::size_t{2 * 13});
        QCOMPARE(inputs.edgeFeatures[13], 1.0F); // single, also on the way back
        QCOMPARE(inputs.encodings.size(), std::size_t{2});
        QCOMPARE(inputs.encodings[0].key, std::string("rw_return_probs"));
        QCOMPARE(inputs.encodings[0].values, encodings.walkReturns);
        QCOMPARE(inputs.encodings[1].values, encodings.laplacianValues);
    }

    void bytesGiveBackEveryBit()
    {
        const MoleculeInputs inputs = madeUp();
        const auto back = MoleculeInputs::fromBytes(inputs.toBytes());
        QVERIFY2(back.has_value(), back ? "" : back.error().text().c_str());
        QVERIFY(same(*back, inputs));

        MoleculeInputs lone; // no bonds, no encodings
        lone.atoms = 1;
        lone.nodeFeatures = {1, 0, -2};
        const auto loneBack = MoleculeInputs::fromBytes(lone.toBytes());
        QVERIFY(loneBack.has_value() && same(*loneBack, lone));
    }

    /// 85 columns of one-hots and small numbers take a few bytes an atom, not 170.
    void bytesAreFew()
    {
        MolGraph graph;
        for (int i = 0; i < 20; ++i) {
            graph.atoms.push_back({static_cast<std::uint8_t>(i % 3 == 0 ? 7 : 6), 3, 0, 0, 4, i % 2 == 0, i % 2 == 0});
        }
        FeatureSet none;
        none.encodings.clear();
        const std::size_t size = standardInputs(none, graph, {}).toBytes().size();
        QVERIFY2(size < 20 * 17, std::to_string(size).c_str());
    }

    void damagedBytesAreRefused()
    {
        const std::string bytes = madeUp().toBytes();
        QVERIFY(failsWith(MoleculeInputs::fromBytes({}), {"damaged"}));
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            QVERIFY(!MoleculeInputs::fromBytes(std::string_view(bytes).substr(0, size)).has_value());
        }
        QVERIFY(!MoleculeInputs::fromBytes(bytes + "x").has_value());
        // 4096 atoms, one block of 8 columns on their pairs, each column one number: 40 bytes for half a gigabyte.
        const std::string bomb("\1\0\0\x10\0\0\0\0\0\0\1\1\0\3\x8\0\0\0\0\0\0\0\0\0"
                               "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
                               40);
        QVERIFY(failsWith(MoleculeInputs::fromBytes(bomb), {"damaged"}));
        std::string other = bytes;
        other[0] = 2; // a later format
        QVERIFY(!MoleculeInputs::fromBytes(other).has_value());
        // Any byte may be anything: an answer or an error, never a crash or a gigabyte.
        for (std::size_t at = 0; at < bytes.size(); ++at) {
            for (const int value : {0, 1, 3, 0x7f, 0xff}) {
                std::string changed = bytes;
                changed[at] = static_cast<char>(value);
                const auto read = MoleculeInputs::fromBytes(changed);
                QVERIFY(!read || read->atoms <= 4096);
            }
        }
    }

    /// Facts of the chart, some of which the published table has in another row.
    void elements()
    {
        QCOMPARE(elementOf(6).electronegativity, 2.55);
        QCOMPARE(elementOf(9).type, ElementType::Halogen);
        QCOMPARE(elementOf(35).phase, Phase::Liquid);
        QCOMPARE(elementOf(80).phase, Phase::Liquid);
        QCOMPARE(elementOf(85).type, ElementType::Halogen);
        QCOMPARE(elementOf(86).type, ElementType::NobleGas);
        QCOMPARE(elementOf(87).type, ElementType::Alkali);
        QCOMPARE(elementOf(88).type, ElementType::AlkalineEarth);
        QCOMPARE(int{elementOf(14).metal}, 1);
        QCOMPARE(int{elementOf(26).metal}, 2);
        QVERIFY(std::isnan(elementOf(2).electronegativity));
        QCOMPARE(&elementOf(0), &elementOf(118)); // a dummy atom
        QCOMPARE(&elementOf(-3), &elementOf(500));
        QCOMPARE(elementSlot(6), 0);
        QCOMPARE(elementSlot(82), 42);
        QCOMPARE(elementSlot(92), 43);
        std::set<std::string_view> symbols;
        for (int number = 1; number <= elementCount; ++number) {
            const Element& element = elementOf(number);
            QVERIFY(symbols.insert(element.symbol).second);
            QVERIFY(element.singleRadius > 0.3 && element.singleRadius < 2.5);
            QVERIFY(!(element.doubleRadius > element.singleRadius + 0.3)); // or not known
            QVERIFY(element.period >= 1 && element.period <= 7 && element.group >= 1 && element.group <= 19);
        }
    }
};

QTEST_GUILESS_MAIN(CoreFeatureSetTest)
#include "tst_core_featureset.moc"
