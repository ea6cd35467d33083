// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <numbers>
#include <random>

#include "widgets/coveragematrix.h"
#include "widgets/curveplot.h"
#include "widgets/curvewall.h"
#include "widgets/depiction.h"
#include "widgets/histogram.h"
#include "widgets/molecule3dview.h"
#include "widgets/tasktree.h"

/// Made-up data for the gallery and the tests: plausible in shape and size, true of nothing.
namespace papilio::widgets::madeup
{

inline const QString smiles = QStringLiteral("CCOc1ccc2nc(S(N)(=O)=O)sc2c1");

inline Depiction2D depiction()
{
    Depiction2D d;
    d.atoms.resize(16);
    const auto put = [&](int atom, double x, double y, int number = 6, const char* label = "", int hydrogens = 0) {
        auto& a = d.atoms[static_cast<std::size_t>(atom)];
        a.x = x;
        a.y = y;
        a.atomicNumber = number;
        a.label = QString::fromLatin1(label);
        a.hydrogens = hydrogens;
    };
    const auto polar = [](double degrees, double radius = 1) {
        return QPointF(std::cos(degrees * std::numbers::pi / 180), std::sin(degrees * std::numbers::pi / 180)) * radius;
    };
    const int ring[] = {6, 5, 4, 3, 15, 14};
    for (int i = 0; i < 6; ++i) {
        put(ring[i], polar(30 + 60 * i).x(), polar(30 + 60 * i).y());
    }
    const QPointF five(0.866 + 0.688, 0);
    const auto inFive = [&](double degrees) { return five + polar(degrees, 0.851); };
    put(7, inFive(72).x(), inFive(72).y(), 7, "N");
    put(8, inFive(0).x(), 0);
    put(13, inFive(288).x(), inFive(288).y(), 16, "S");
    const double s = inFive(0).x() + 1;
    put(9, s, 0, 16, "S");
    put(10, s + 1, 0, 7, "NH2", 2);
    put(11, s, 1, 8, "O");
    put(12, s, -1, 8, "O");
    const QPointF o = polar(210, 2);
    put(2, o.x(), o.y(), 8, "O");
    put(1, o.x() - 0.866, o.y() + 0.5);
    put(0, o.x() - 1.732, o.y());
    const auto bond = [&](int a, int b, int order = 1, const QPointF* inside = nullptr) {
        Depiction2D::Bond x;
        x.begin = a;
        x.end = b;
        x.order = order;
        x.ring = inside != nullptr;
        x.insideX = inside ? inside->x() : 0;
        x.insideY = inside ? inside->y() : 0;
        d.bonds.push_back(x);
    };
    const QPointF six(0, 0);
    bond(0, 1);
    bond(1, 2);
    bond(2, 3);
    bond(3, 4, 2, &six);
    bond(4, 5, 1, &six);
    bond(5, 6, 2, &six);
    bond(6, 7, 1, &five);
    bond(7, 8, 2, &five);
    bond(8, 9);
    bond(9, 10);
    bond(9, 11, 2);
    bond(9, 12, 2);
    bond(8, 13, 1, &five);
    bond(13, 14, 1, &five);
    bond(6, 14, 1, &six);
    bond(14, 15, 2, &six);
    bond(3, 15, 1, &six);
    return d;
}

inline std::vector<double> atomScores()
{
    return {-0.01, -0.25, -0.04, 0.36, 0.22, 0.26, 0.55, 0.08, 0.22, 0.02, -0.07, -0.12, -0.12, 0.55, 0.32, 0.06};
}

inline Molecule3D conformer()
{
    Molecule3D m;
    const Depiction2D d = depiction();
    for (std::size_t i = 0; i < d.atoms.size(); ++i) {
        const auto& a = d.atoms[i];
        double z = 0;
        if (i == 11 || i == 12) {
            z = i == 11 ? 0.9 : -0.9;
        }
        m.atoms.push_back({a.x * 1.42, a.y * (i == 11 || i == 12 ? 0.6 : 1.42), z * 1.2, a.atomicNumber});
    }
    for (const auto& b : d.bonds) {
        m.bonds.push_back({b.begin, b.end, b.order});
    }
    m.heavyAtoms = 16;
    const auto hydrogen = [&](int on, double dx, double dy, double dz) {
        const auto& a = m.atoms[static_cast<std::size_t>(on)];
        m.atoms.push_back({a.x + dx, a.y + dy, a.z + dz, 1});
        m.bonds.push_back({on, static_cast<int>(m.atoms.size()) - 1, 1});
    };
    hydrogen(0, -0.95, 0.5, 0);
    hydrogen(0, 0, -0.6, 0.9);
    hydrogen(0, 0, -0.6, -0.9);
    hydrogen(1, 0, 0.6, 0.9);
    hydrogen(1, 0, 0.6, -0.9);
    hydrogen(4, -0.95, 0.5, 0);
    hydrogen(5, 0, 1.09, 0);
    hydrogen(15, 0, -1.09, 0);
    hydrogen(10, 0.5, 0.2, 0.85);
    hydrogen(10, 0.5, 0.2, -0.85);
    return m;
}

/// Four datasets, as sparse as real ones.
inline CoverageData coverage(int binSize = 100)
{
    CoverageData data;
    std::mt19937 random(7);
    const auto uniform = [&] { return std::uniform_real_distribution<double>(0, 1)(random); };
    struct Set {
        const char* name;
        qint64 molecules;
        std::vector<std::pair<const char*, double>> tasks;
    };
    const std::vector<Set> sets = {
        {"QM9", 38073, {{"A", 1}, {"B", 1}, {"C", 1}, {"mu", 1}, {"alpha", 1}, {"homo", 1}, {"lumo", 1}, {"gap", 1}, {"r2", 1},
                        {"zpve", 1}, {"u0", 1}, {"u298", 1}, {"h298", 1}, {"g298", 1}, {"cv", 1}, {"u0_atom", 1},
                        {"u298_atom", 1}, {"h298_atom", 1}, {"g298_atom", 1}}},
        {"Tox21", 7724, {{"NR-AR", .93}, {"NR-AR-LBD", .86}, {"NR-AhR", .84}, {"NR-Aromatase", .74}, {"NR-ER", .79},
                         {"NR-ER-LBD", .89}, {"NR-PPAR-gamma", .82}, {"SR-ARE", .74}, {"SR-ATAD5", .9}, {"SR-HSE", .83},
                         {"SR-MMP", .74}, {"SR-p53", .87}}},
        {"ZINC12k", 11999, {{"SA", 1}, {"logp", 1}, {"score", 1}}},
        {"BBBP", 1321, {{"p_np", 1}}}};
    qint64 id = 1;
    for (std::size_t s = 0; s < sets.size(); ++s) {
        data.datasets.push_back({static_cast<qint64>(s + 1), QString::fromLatin1(sets[s].name), static_cast<int>(s), sets[s].molecules});
        for (const auto& task : sets[s].tasks) {
            data.columns.push_back({id++, static_cast<int>(s), QString::fromLatin1(task.first), Level::Graph, 0});
        }
    }
    for (std::size_t s = 0; s < sets.size(); ++s) {
        for (qint64 done = 0; done < sets[s].molecules; done += binSize) {
            const qint64 size = std::min<qint64>(binSize, sets[s].molecules - done);
            data.bins.push_back({size, static_cast<int>(s)});
            std::size_t column = 0;
            for (std::size_t t = 0; t < sets.size(); ++t) {
                for (const auto& task : sets[t].tasks) {
                    double share = t == s ? task.second : (t == 3 && s == 1 ? 0.08 : t == 2 && s == 0 ? 0.0 : 0.0);
                    if (share > 0 && share < 1) {
                        share = std::clamp(share + (uniform() - 0.5) * 0.35, 0.0, 1.0);
                    }
                    const auto count = static_cast<quint32>(std::floor(share * static_cast<double>(size)));
                    data.labelled.push_back(count);
                    data.columns[column++].n += count;
                }
            }
        }
    }
    data.order = QStringLiteral("grouped by first dataset");
    return data;
}

inline std::vector<TaskTreeDataset> tree()
{
    const CoverageData data = coverage();
    std::vector<TaskTreeDataset> result;
    for (std::size_t s = 0; s < data.datasets.size(); ++s) {
        TaskTreeDataset set{data.datasets[s].id, data.datasets[s].name, data.datasets[s].series, data.datasets[s].molecules, {}};
        for (const auto& column : data.columns) {
            if (column.dataset == static_cast<int>(s)) {
                set.tasks.push_back({column.task, column.name, Level::Graph, s == 1 || s == 3 ? TaskKind::Binary : TaskKind::Regression,
                                     {}, column.n, std::min(1.0, static_cast<double>(column.n) / static_cast<double>(set.molecules))});
            }
        }
        result.push_back(set);
    }
    result.push_back({9, QStringLiteral("Charges"), 4, 500, {{900, QStringLiteral("gasteiger"), Level::Node, TaskKind::Regression, QStringLiteral("e"), 500, 1.0}}});
    return result;
}

inline std::vector<double> logp()
{
    std::mt19937 random(3);
    std::normal_distribution<double> normal(2.5, 1.43);
    std::vector<double> values(12000);
    for (double& value : values) {
        value = normal(random);
    }
    return values;
}

/// An error curve that falls from high to low, with noise; rise > 0 lets it climb again after the middle.
inline std::vector<double> curve(double high, double low, int epochs, double noise, double rise = 0, unsigned seed = 1)
{
    std::mt19937 random(seed);
    std::normal_distribution<double> normal(0, noise);
    std::vector<double> values;
    for (int i = 0; i < epochs; ++i) {
        const double falling = low + (high - low) * std::exp(-i / 12.0);
        values.push_back(falling + normal(random) * low + rise * std::max(i - epochs / 3, 0));
    }
    return values;
}

inline std::vector<CurveWallRow> wall()
{
    std::vector<CurveWallRow> rows;
    unsigned seed = 10;
    for (const TaskTreeDataset& set : tree()) {
        for (const auto& task : set.tasks) {
            CurveWallRow row;
            row.task = task.id;
            row.name = task.name;
            row.dataset = set.name;
            row.datasetSeries = set.series;
            row.n = task.n * 8 / 10;
            row.planned = 100;
            row.higherIsBetter = task.kind == TaskKind::Binary;
            row.metric = row.higherIsBetter ? QStringLiteral("AUROC") : QStringLiteral("MAE");
            row.unit = task.name == QLatin1String("mu") ? QStringLiteral("D") : task.name == QLatin1String("gap") ? QStringLiteral("mHa") : QString();
            const bool overfits = task.name == QLatin1String("mu");
            const bool flat = task.name == QLatin1String("A");
            row.validation = curve(flat ? 0.3 : 1.2, 0.3, 62, flat ? 0.03 : 0.01, overfits ? 0.008 : 0, ++seed);
            row.train = curve(1.1, 0.25, 62, 0.005, 0, ++seed);
            if (row.higherIsBetter) {
                for (auto* values : {&row.validation, &row.train}) {
                    for (double& value : *values) {
                        value = 1 - value * 0.6;
                    }
                }
            }
            rows.push_back(row);
        }
    }
    return rows;
}

inline std::vector<CurveSeries> curves(bool rising)
{
    std::vector<CurveSeries> result;
    const int epochs[] = {62, 100, 100};
    const char* names[] = {"14", "12", "9"};
    for (int run = 0; run < 3; ++run) {
        for (const bool train : {false, true}) {
            if (train && run > 0) {
                continue;
            }
            CurveSeries s;
            s.label = QString::fromLatin1(names[run]);
            s.name = QStringLiteral("run %1, %2").arg(s.label, train ? QStringLiteral("train") : QStringLiteral("validation"));
            s.series = run;
            s.train = train;
            s.y = curve(1.3, train ? 0.18 : 0.24 + 0.02 * run, epochs[run], train ? 0.01 : 0.04, 0, static_cast<unsigned>(run * 2 + train + 1));
            for (std::size_t i = 0; i < s.y.size(); ++i) {
                s.x.push_back(static_cast<double>(i + 1));
                s.y[i] = rising ? 0.9 - 0.35 * s.y[i] : s.y[i];
            }
            result.push_back(s);
        }
    }
    return result;
}

} // namespace papilio::widgets::madeup
