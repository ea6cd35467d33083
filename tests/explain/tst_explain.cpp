// SPDX-License-Identifier: GPL-3.0-or-later
// Attribution, against what the linear fake network's weights say.
#include <QtTest>

#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/features.h"
#include "explain/attribution.h"
#include "nn/fakemodel.h"

using namespace papilio;
using namespace papilio::explain;

namespace
{

/// C–N=O … with one double bond, so that atoms and bonds differ.
MolGraph chain(int atoms)
{
    static constexpr std::uint8_t elements[] = {6, 7, 8};
    MolGraph graph;
    for (int a = 0; a < atoms; ++a) {
        AtomCode atom;
        atom.atomicNumber = elements[a % 3];
        atom.degree = static_cast<std::int8_t>(a == 0 ? 4 : 2);
        atom.totalValence = 4;
        graph.atoms.push_back(atom);
        if (a > 0) {
            BondCode bond;
            bond.begin = static_cast<std::uint16_t>(a - 1);
            bond.end = static_cast<std::uint16_t>(a);
            bond.type = a % 2 ? BondType::Single : BondType::Double;
            graph.bonds.push_back(bond);
        }
    }
    return graph;
}

Encodings encodingsOf(const MolGraph& graph)
{
    Encodings encodings;
    encodings.laplacianVectors.assign(graph.atoms.size() * Encodings::laplacianCount, 0.5F);
    encodings.laplacianValues = encodings.laplacianVectors;
    encodings.walkReturns.assign(graph.atoms.size() * Encodings::walkCount, 0.25F);
    return encodings;
}

nn::HeadSpec headOf(const std::string& name, Level level, TaskKind kind, int classes,
                    std::vector<nn::HeadSpec::Column> columns)
{
    nn::HeadSpec head;
    head.name = head.dataset = name;
    head.level = level;
    head.kind = kind;
    head.classes = classes;
    head.columns = std::move(columns);
    head.loss.type = kind == TaskKind::Regression ? nn::LossType::Mae
                     : kind == TaskKind::Binary   ? nn::LossType::BceLogits
                                                  : nn::LossType::CrossEntropy;
    return head;
}

nn::ModelSpec specOf(const char* preset)
{
    nn::ModelSpec spec;
    spec.architecture = *nn::preset(preset);
    spec.heads = {headOf("g", Level::Graph, TaskKind::Regression, 0, {{"one", ""}, {"two", ""}}),
                  headOf("n", Level::Node, TaskKind::Binary, 0, {{"atom", ""}}),
                  headOf("e", Level::Edge, TaskKind::Multiclass, 3, {{"bond", ""}})};
    return spec;
}

/// A model whose output is a square, so that gradient × input and integrated gradients differ.
class SquareModel : public nn::Model
{
public:
    explicit SquareModel(std::unique_ptr<nn::Model> inner) : m_inner(std::move(inner)) {}
    const nn::ModelSpec& spec() const override { return m_inner->spec(); }
    std::int64_t parameterCount() const override { return 0; }
    std::string deviceName() const override { return "cpu"; }
    Result<nn::StepResult> trainStep(std::span<const nn::Batch> parts, const nn::StepSettings& settings) override
    {
        return m_inner->trainStep(parts, settings);
    }
    std::vector<std::int64_t> culprits() const override { return m_inner->culprits(); }
    std::vector<std::string> intermediateNames() const override { return m_inner->intermediateNames(); }
    Result<std::map<std::string, nn::Intermediate>> intermediates(const nn::Batch& batch,
                                                                  std::span<const std::string> names) override
    {
        return m_inner->intermediates(batch, names);
    }
    nn::TensorMap averagedWeights() const override { return m_inner->averagedWeights(); }
    Result<nn::Evaluation> evaluate(const nn::Batch& batch) override { return m_inner->evaluate(batch); }
    Result<nn::InputGradients> inputGradients(const nn::Batch& batch, const nn::GradientTarget& target) override
    {
        auto gradients = m_inner->inputGradients(batch, target);
        const double y = gradients->output;
        gradients->output = y * y * factor;
        for (auto* values : {&gradients->nodeFeatures, &gradients->edgeFeatures}) {
            for (float& value : *values) {
                value = static_cast<float>(value * 2 * y * factor);
            }
        }
        return gradients;
    }
    nn::TensorMap weights() const override { return m_inner->weights(); }
    Result<> setWeights(const nn::TensorMap& tensors) override { return m_inner->setWeights(tensors); }
    nn::TensorMap optimiserState() const override { return m_inner->optimiserState(); }
    Result<> setOptimiserState(const nn::TensorMap& tensors) override { return m_inner->setOptimiserState(tensors); }

    double factor = 1;

private:
    std::unique_ptr<nn::Model> m_inner;
};

double dot(const float* weights, std::span<const float> features)
{
    double sum = 0;
    for (std::size_t i = 0; i < features.size(); ++i) {
        sum += static_cast<double>(weights[i]) * features[i];
    }
    return sum;
}

double sumOf(const Attribution& attribution)
{
    return std::accumulate(attribution.atoms.begin(), attribution.atoms.end(), 0.0) +
           std::accumulate(attribution.bonds.begin(), attribution.bonds.end(), 0.0);
}

} // namespace

class TestExplain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void graphLevelByHand();
    void nodeAndEdgeTargets();
    void integratedEqualsGradientForALinearNetwork();
    void integratedIsCompleteForASquare();
    void bondsThatTheNetworkDoesNotSee();
    void oneAtom();
    void methodNames();
    void refusals();

private:
    std::unique_ptr<nn::Model> m_model;
    MolGraph m_graph = chain(5);
    Encodings m_encodings = encodingsOf(m_graph);
    nn::MoleculeInput m_molecule{&m_graph, &m_encodings, nullptr};
};

void TestExplain::init() { m_model = std::move(*nn::createFakeModel(specOf("gine-toymix"), {})); }

void TestExplain::graphLevelByHand()
{
    const nn::TensorMap weights = m_model->weights();
    const float* atomWeights = weights.at("heads.g.atoms").values.data() + atomFeatureCount; // second column
    const float* bondWeights = weights.at("heads.g.bonds").values.data() + bondFeatureCount;
    const auto attribution = attribute(*m_model, m_molecule, {0, 1, 0, -1}, Method::GradientInput);
    QVERIFY(attribution.has_value());
    QCOMPARE(attribution->atoms.size(), std::size_t{5});
    QCOMPARE(attribution->bonds.size(), std::size_t{4});
    for (std::size_t a = 0; a < 5; ++a) {
        std::array<float, atomFeatureCount> features{};
        expandAtom(m_graph.atoms[a], features);
        QVERIFY(std::abs(attribution->atoms[a] - dot(atomWeights, features)) < 1e-6);
    }
    for (std::size_t b = 0; b < 4; ++b) {
        std::array<float, bondFeatureCount> features{};
        expandBond(m_graph.bonds[b], features);
        QVERIFY(std::abs(attribution->bonds[b] - 2 * dot(bondWeights, features)) < 1e-6); // both directions
    }
    const auto evaluation = m_model->evaluate(nn::collate({&m_molecule, 1}));
    QVERIFY(std::abs(attribution->output - evaluation->outputs[0][1]) < 1e-6);
    QCOMPARE(attribution->baseline, 0.0);
}

void TestExplain::nodeAndEdgeTargets()
{
    const auto evaluation = m_model->evaluate(nn::collate({&m_molecule, 1}));
    // Atom 2 depends on itself and on its two bonds, no other atom.
    const auto atom = attribute(*m_model, m_molecule, {1, 0, 0, 2}, Method::GradientInput);
    QVERIFY(std::abs(atom->output - evaluation->outputs[1][2]) < 1e-6);
    for (std::size_t a = 0; a < 5; ++a) {
        QCOMPARE(atom->atoms[a] != 0, a == 2);
    }
    QVERIFY(atom->bonds[0] == 0 && atom->bonds[1] != 0 && atom->bonds[2] != 0 && atom->bonds[3] == 0);
    // All atoms: the sum of the outputs.
    const auto all = attribute(*m_model, m_molecule, {1, 0, 0, -1}, Method::GradientInput);
    const auto& outputs = evaluation->outputs[1];
    QVERIFY(std::abs(all->output - std::accumulate(outputs.begin(), outputs.end(), 0.0)) < 1e-5);
    // Class 2 of the directed bond 3 (bond 1, end → begin).
    const auto bond = attribute(*m_model, m_molecule, {2, 0, 2, 3}, Method::GradientInput);
    QVERIFY(std::abs(bond->output - evaluation->outputs[2][3 * 3 + 2]) < 1e-6);
    for (std::size_t a = 0; a < 5; ++a) {
        QCOMPARE(bond->atoms[a] != 0, a == 1 || a == 2);
    }
}

void TestExplain::integratedEqualsGradientForALinearNetwork()
{
    for (const nn::GradientTarget target : {nn::GradientTarget{0, 0, 0, -1}, {1, 0, 0, -1}, {2, 0, 1, -1}}) {
        const auto simple = attribute(*m_model, m_molecule, target, Method::GradientInput);
        const auto integrated = attribute(*m_model, m_molecule, target, Method::IntegratedGradients);
        QVERIFY(integrated.has_value());
        for (std::size_t a = 0; a < 5; ++a) {
            QVERIFY(std::abs(simple->atoms[a] - integrated->atoms[a]) < 1e-9);
        }
        for (std::size_t b = 0; b < 4; ++b) {
            QVERIFY(std::abs(simple->bonds[b] - integrated->bonds[b]) < 1e-9);
        }
        QCOMPARE(integrated->output, simple->output);
        QVERIFY(integrated->sumGap < 1e-5); // nothing but float rounding
    }
}

void TestExplain::integratedIsCompleteForASquare()
{
    SquareModel square(std::move(m_model));
    const nn::GradientTarget target{0, 0, 0, -1};
    const auto simple = attribute(square, m_molecule, target, Method::GradientInput);
    const auto integrated = attribute(square, m_molecule, target, Method::IntegratedGradients);
    // Midpoints integrate the linear gradient of a square exactly; one gradient counts everything twice.
    QVERIFY(integrated->sumGap < 1e-4 * std::abs(integrated->output));
    QVERIFY(std::abs(sumOf(*integrated) - (integrated->output - integrated->baseline)) < 1e-4);
    QVERIFY(std::abs(sumOf(*simple) - 2 * simple->output) < 1e-4);
    QVERIFY(simple->sumGap > 0.1 * simple->output);
}

void TestExplain::bondsThatTheNetworkDoesNotSee()
{
    const auto model = nn::createFakeModel(specOf("gcn-toymix"), {});
    QVERIFY(model.has_value());
    for (const Method method : {Method::GradientInput, Method::IntegratedGradients}) {
        const auto attribution = attribute(**model, m_molecule, {0, 0, 0, -1}, method);
        QVERIFY(attribution.has_value());
        QCOMPARE(attribution->bonds, std::vector<double>(4, 0.0));
        QVERIFY(attribution->atoms[0] != 0);
    }
}

void TestExplain::oneAtom()
{
    const MolGraph graph = chain(1);
    const Encodings encodings = encodingsOf(graph);
    const auto attribution = attribute(*m_model, {&graph, &encodings}, {0, 0, 0, -1}, Method::IntegratedGradients);
    QVERIFY(attribution.has_value());
    QCOMPARE(attribution->atoms.size(), std::size_t{1});
    QVERIFY(attribution->bonds.empty());
}

void TestExplain::methodNames()
{
    for (const Method method : {Method::GradientInput, Method::IntegratedGradients}) {
        QVERIFY(methodFromName(methodName(method)) == method);
    }
    QVERIFY(!methodFromName("magic"));
}

void TestExplain::refusals()
{
    const nn::GradientTarget targets[] = {{3, 0, 0, -1}, {-1, 0, 0, -1}, {0, 2, 0, -1}, {0, -1, 0, -1},
                                          {0, 0, 1, -1}, {2, 0, 3, -1},  {1, 0, 0, 5},  {2, 0, 0, 8}};
    for (const nn::GradientTarget& target : targets) {
        QVERIFY(!attribute(*m_model, m_molecule, target, Method::GradientInput));
    }
    const MolGraph empty;
    const Encodings none;
    QVERIFY(!attribute(*m_model, {&empty, &none}, {0, 0, 0, -1}, Method::GradientInput));
    QVERIFY(!attribute(*m_model, {&m_graph, &none}, {0, 0, 0, -1}, Method::GradientInput));
    QVERIFY(!attribute(*m_model, {}, {0, 0, 0, -1}, Method::GradientInput));
    SquareModel broken(std::move(m_model));
    broken.factor = std::numeric_limits<double>::infinity();
    QVERIFY(!attribute(broken, m_molecule, {0, 0, 0, -1}, Method::GradientInput));
}

QTEST_GUILESS_MAIN(TestExplain)
#include "tst_explain.moc"
