// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "core/random.h"
#include "learn/config.h"
#include "store/datasets.h"
#include "store/labels.h"
#include "store/molecules.h"
#include "store/project.h"
#include "store/runs.h"

/// A small project of made-up chain molecules, filled label by label. Errors end the test program: none may occur here.
namespace papilio::learn::test
{

template <typename T> T must(Result<T> result)
{
    if (!result) {
        qFatal("%s", result.error().text().c_str());
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

/// Molecule number i: a chain of 1 … 9 heavy atoms, elements and bonds by i.
inline MolGraph chainOf(int i)
{
    static constexpr std::uint8_t elements[] = {6, 7, 8, 9, 16};
    MolGraph graph;
    Random random(mixSeed(static_cast<std::uint64_t>(i), 99));
    const auto atoms = static_cast<int>(1 + random.below(9));
    for (int a = 0; a < atoms; ++a) {
        AtomCode atom;
        atom.atomicNumber = elements[random.below(5)];
        atom.degree = 2;
        atom.totalValence = static_cast<std::uint8_t>(1 + random.below(4));
        graph.atoms.push_back(atom);
        if (a > 0) {
            BondCode bond;
            bond.begin = static_cast<std::uint16_t>(a - 1);
            bond.end = static_cast<std::uint16_t>(a);
            bond.type = static_cast<BondType>(random.below(3));
            graph.bonds.push_back(bond);
        }
    }
    return graph;
}

inline Encodings encodingsOf(const MolGraph& graph)
{
    Encodings encodings;
    const std::size_t n = graph.atoms.size();
    for (std::size_t i = 0; i < n * Encodings::laplacianCount; ++i) {
        encodings.laplacianVectors.push_back(static_cast<float>(i % 7) * 0.125F);
        encodings.laplacianValues.push_back(static_cast<float>(i % 5) * 0.5F);
    }
    encodings.walkReturns.assign(n * Encodings::walkCount, 0.25F);
    return encodings;
}

inline double countOf(const MolGraph& graph, int element)
{
    return static_cast<double>(std::count_if(graph.atoms.begin(), graph.atoms.end(),
                                             [element](const AtomCode& atom) { return atom.atomicNumber == element; }));
}

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

struct TaskPlan {
    std::string name;
    Level level = Level::Graph;
    TaskKind kind = TaskKind::Regression;
    int classes = 0;
    /// Values of molecule i (one, one an atom, one a directed bond); empty = no label at all.
    std::function<std::vector<double>(int i, const MolGraph&)> labels;
    std::string unit;
};

class Fixture
{
public:
    Fixture() : m_project(must(store::Project::create(path()))) {}

    std::string path() const { return m_folder.filePath(QStringLiteral("p.papilio")).toStdString(); }
    store::Project& project() { return m_project; }
    std::int64_t idOf(int i) const { return m_ids.at(i); }
    int numberOf(std::int64_t id) const
    {
        for (const auto& [i, known] : m_ids) {
            if (known == id) {
                return i;
            }
        }
        return -1;
    }

    std::int64_t add(const std::string& name, int first, int count, const std::vector<TaskPlan>& tasks,
                     bool complete = true)
    {
        store::Transaction transaction(m_project);
        store::Datasets datasets(m_project);
        store::DatasetRecord record;
        record.name = name;
        record.complete = complete;
        const std::int64_t dataset = must(datasets.add(record));
        for (std::size_t t = 0; t < tasks.size(); ++t) {
            store::TaskRecord task;
            task.task = {0, dataset, tasks[t].name, tasks[t].level, tasks[t].kind, tasks[t].classes, tasks[t].unit};
            task.position = static_cast<int>(t);
            must(datasets.addTask(task));
        }
        for (int i = first; i < first + count; ++i) {
            put(dataset, i, tasks);
        }
        must(transaction.commit());
        return dataset;
    }

    void put(std::int64_t dataset, int i, const std::vector<TaskPlan>& tasks)
    {
        const MolGraph graph = chainOf(i);
        const std::string smiles = "C(" + std::to_string(i) + ')';
        m_ids[i] = must(store::Molecules(m_project).add(smiles, graph.toBytes(), encodingsOf(graph).toBytes())).id;
        store::LabelSet set;
        for (std::size_t t = 0; t < tasks.size(); ++t) {
            auto values = tasks[t].labels(i, graph);
            if (!values.empty()) {
                set.entries.push_back({static_cast<int>(t), std::move(values)});
            }
        }
        must(store::Labels(m_project).put(dataset, m_ids[i], set));
    }

private:
    QTemporaryDir m_folder;
    store::Project m_project;
    std::map<int, std::int64_t> m_ids;
};

inline TaskPlan carbons(double scale = 1, double offset = 0)
{
    return {"carbons", Level::Graph, TaskKind::Regression, 0, [=](int, const MolGraph& graph) {
                return std::vector<double>{offset + scale * countOf(graph, 6)};
            }, {}};
}

inline TaskPlan nitrogens()
{
    return {"nitrogens", Level::Graph, TaskKind::Regression, 0, [](int i, const MolGraph& graph) {
                return i % 3 == 0 ? std::vector<double>{} : std::vector<double>{countOf(graph, 7)};
            }, {}};
}

inline TaskPlan hasOxygen()
{
    return {"has-oxygen", Level::Graph, TaskKind::Binary, 0, [](int, const MolGraph& graph) {
                return std::vector<double>{countOf(graph, 8) > 0 ? 1.0 : 0.0};
            }, {}};
}

inline TaskPlan charges()
{
    return {"charge", Level::Node, TaskKind::Regression, 0, [](int i, const MolGraph& graph) {
                std::vector<double> values;
                for (const AtomCode& atom : graph.atoms) {
                    values.push_back(i % 4 == 0 && values.empty() ? missing : 10.0 * atom.atomicNumber);
                }
                return values;
            }, {}};
}

inline TaskPlan bondTypes()
{
    return {"bond-type", Level::Edge, TaskKind::Multiclass, 3, [](int, const MolGraph& graph) {
                std::vector<double> values;
                for (const BondCode& bond : graph.bonds) {
                    values.insert(values.end(), 2, static_cast<double>(bond.type));
                }
                return values;
            }, {}};
}

inline TaskPlan constant()
{
    return {"constant", Level::Graph, TaskKind::Regression, 0,
            [](int, const MolGraph&) { return std::vector<double>{0.1}; }, {}};
}

inline TaskPlan empty()
{
    return {"empty", Level::Graph, TaskKind::Regression, 0,
            [](int, const MolGraph&) { return std::vector<double>{}; }, {}};
}

inline TaskPlan oneClass()
{
    return {"one-class", Level::Graph, TaskKind::Binary, 0,
            [](int, const MolGraph&) { return std::vector<double>{1}; }, {}};
}

inline TrainConfig smallConfig()
{
    TrainConfig config;
    config.architecture = must(nn::preset("gine-toymix"));
    config.epochs = 4;
    config.batchSize = 16;
    config.learningRate = 0.02;
    config.warmupEpochs = 1;
    config.threads = 1;
    return config;
}

/// The metric of that name, NaN if undefined; fails loudly if it was not written.
inline double metricOf(const std::vector<store::Metric>& metrics, std::int64_t epoch, store::Part part,
                       const std::string& scope, const std::string& head, const std::string& name,
                       std::int64_t task = 0)
{
    int found = 0;
    double value = 0;
    for (const store::Metric& metric : metrics) {
        if (metric.epoch == epoch && metric.part == part && metric.scope == scope && metric.head == head &&
            metric.name == name && (task == 0 || metric.task == task)) {
            value = metric.value;
            ++found;
        }
    }
    if (found != 1) {
        qFatal("metric %s of %s: %d rows", name.c_str(), head.c_str(), found);
    }
    return value;
}

} // namespace papilio::learn::test
