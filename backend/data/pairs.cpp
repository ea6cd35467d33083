// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/pairs.h"

#include <algorithm>
#include <cmath>

#include "data/pace.h"
#include "store/datasets.h"
#include "store/labelscan.h"

namespace papilio::data
{

namespace
{

using store::PairStatistics;

constexpr std::size_t memory = std::size_t{64} << 20;
constexpr std::size_t moleculesAtOnce = 4096;

/// Sums over the molecules that have both labels; values are taken from the task's mean, so that no digits are lost.
struct Sums {
    double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;

    void add(double a, double b)
    {
        n += 1;
        x += a;
        y += b;
        xx += a * a;
        yy += b * b;
        xy += a * b;
    }

    PairStatistics result(bool comparable) const
    {
        PairStatistics pair;
        pair.molecules = static_cast<std::int64_t>(n);
        const double varianceX = xx - x * x / n, varianceY = yy - y * y / n;
        if (comparable && n >= 3 && varianceX > 1e-12 * xx && varianceY > 1e-12 * yy) {
            const double r = (xy - x * y / n) / std::sqrt(varianceX * varianceY);
            pair.correlation = static_cast<float>(std::clamp(r, -1.0, 1.0));
        }
        return pair;
    }

    Sums mirrored() const { return {n, y, x, yy, xx, xy}; }
};

struct Label {
    int position = 0;
    double value = 0; ///< less the task's mean
};

/// The tasks of a dataset, and how to read their labels.
struct Side {
    std::int64_t dataset = 0;
    std::vector<store::TaskRecord> tasks;

    static Result<Side> of(store::Project& project, std::int64_t dataset)
    {
        auto tasks = store::Datasets(project).tasks(dataset);
        if (!tasks) {
            return tl::unexpected(tasks.error());
        }
        return Side{dataset, std::move(*tasks)};
    }
    bool comparable(std::size_t position) const { return tasks[position].task.level == Level::Graph; }

    void read(store::LabelReader& reader, std::vector<Label>& labels) const
    {
        labels.clear();
        while (reader.next()) {
            const auto position = static_cast<std::size_t>(reader.position());
            if (position >= tasks.size()) {
                continue;
            }
            if (!comparable(position)) {
                labels.push_back({reader.position(), 0});
            } else if (!reader.values().empty() && !std::isnan(reader.values()[0])) {
                const double mean = tasks[position].stats.mean;
                labels.push_back({reader.position(), reader.values()[0] - (std::isnan(mean) ? 0 : mean)});
            }
        }
    }
};

/// Hands the labels of each molecule of both sides to 'take'; where the sides are one, twice the same.
template <typename Take>
Result<> eachShared(store::Project& project, const Side& a, const Side& b, Control& control, Take take)
{
    const store::LabelScan scan(project);
    std::vector<Label> first, second;
    if (a.dataset == b.dataset) {
        return scan.all(a.dataset, [&](std::int64_t, store::LabelReader& reader) {
            a.read(reader, first);
            take(first, first);
            return !control.stopRequested();
        });
    }
    std::vector<std::int64_t> ids;
    std::vector<std::vector<Label>> gathered;
    Result<> inner;
    const auto join = [&] {
        std::size_t next = 0;
        inner = scan.of(b.dataset, ids, [&](std::int64_t molecule, store::LabelReader& reader) {
            while (ids[next] < molecule) {
                ++next;
            }
            b.read(reader, second);
            take(gathered[next], second);
            return !control.stopRequested();
        });
        ids.clear();
        gathered.clear();
        return inner.has_value() && !control.stopRequested();
    };
    PAPILIO_TRY(scan.all(a.dataset, [&](std::int64_t molecule, store::LabelReader& reader) {
        a.read(reader, first);
        ids.push_back(molecule);
        gathered.push_back(first);
        return ids.size() < moleculesAtOnce || join();
    }));
    if (inner && !ids.empty()) {
        join();
    }
    return inner;
}

/// Sums of the pairs of rows 'from' to 'to' (tasks of a) with all tasks of b.
class Matrix
{
public:
    Matrix(const Side& a, const Side& b, std::size_t from, std::size_t to)
        : m_a(a), m_b(b), m_from(from), m_to(to), m_half(a.dataset == b.dataset && from == 0 && to == a.tasks.size()),
          m_sums((to - from) * b.tasks.size())
    {
    }

    void add(const std::vector<Label>& rows, const std::vector<Label>& columns)
    {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto row = static_cast<std::size_t>(rows[i].position);
            if (row < m_from || row >= m_to) {
                continue;
            }
            Sums* const line = m_sums.data() + (row - m_from) * m_b.tasks.size();
            for (std::size_t k = m_half ? i : 0; k < columns.size(); ++k) {
                line[columns[k].position].add(rows[i].value, columns[k].value);
            }
        }
    }

    PairStatistics at(std::size_t row, std::size_t column) const
    {
        const bool comparable = m_a.comparable(row) && m_b.comparable(column);
        if (m_half && column < row) {
            return sums(column, row).mirrored().result(comparable);
        }
        return sums(row, column).result(comparable);
    }

private:
    const Sums& sums(std::size_t row, std::size_t column) const
    {
        return m_sums[(row - m_from) * m_b.tasks.size() + column];
    }

    const Side& m_a;
    const Side& m_b;
    std::size_t m_from, m_to;
    bool m_half; ///< each pair is gone through once
    std::vector<Sums> m_sums;
};

Result<> stoppedIf(const Control& control)
{
    return control.stopRequested() ? fail(ErrorCode::Stopped, "Comparing the tasks was stopped.") : Result<>();
}

/// Keeps the rows of a's tasks.
Result<> writeRows(store::Project& project, const Matrix& matrix, const Side& a, const Side& b, std::size_t from,
                   std::size_t to)
{
    store::Pairs pairs(project);
    std::vector<PairStatistics> row(b.tasks.size());
    store::Transaction transaction(project);
    for (std::size_t i = from; i < to; ++i) {
        for (std::size_t k = 0; k < row.size(); ++k) {
            row[k] = matrix.at(i, k);
        }
        PAPILIO_TRY(pairs.putRow(a.tasks[i].task.id, b.dataset, row));
    }
    return transaction.commit();
}

Result<> pairOneWay(store::Project& project, const Side& a, const Side& b, Control& control)
{
    const std::size_t most = std::max<std::size_t>(1, memory / (sizeof(Sums) * std::max<std::size_t>(b.tasks.size(), 1)));
    Pace pace(control);
    for (std::size_t from = 0; from < a.tasks.size(); from += most) {
        const std::size_t to = std::min(from + most, a.tasks.size());
        Matrix matrix(a, b, from, to);
        PAPILIO_TRY(eachShared(project, a, b, control,
                               [&](const std::vector<Label>& rows, const std::vector<Label>& columns) {
                                   matrix.add(rows, columns);
                               }));
        PAPILIO_TRY(stoppedIf(control));
        PAPILIO_TRY(writeRows(project, matrix, a, b, from, to));
        pace.report("comparing tasks", static_cast<std::int64_t>(to), static_cast<std::int64_t>(a.tasks.size()), "tasks");
    }
    return {};
}

} // namespace

Result<> pairDatasets(store::Project& project, std::int64_t dataset, std::int64_t other, Control& control)
{
    auto a = Side::of(project, dataset);
    auto b = Side::of(project, other);
    if (!a || !b) {
        return tl::unexpected(!a ? a.error() : b.error());
    }
    PAPILIO_TRY(pairOneWay(project, *a, *b, control));
    if (dataset != other) {
        PAPILIO_TRY(pairOneWay(project, *b, *a, control));
    }
    return store::Pairs(project).putState(dataset, other);
}

Result<> ensurePairs(store::Project& project, std::int64_t dataset, std::int64_t other, Control& control)
{
    const auto current = store::Pairs(project).current(dataset, other);
    PAPILIO_TRY(current);
    return *current ? Result<>() : pairDatasets(project, dataset, other, control);
}

Result<double> pairCost(store::Project& project, std::int64_t dataset, std::int64_t other)
{
    const auto all = store::Datasets(project).all();
    if (!all) {
        return tl::unexpected(all.error());
    }
    double molecules = 1e18, labels = 1, read = 0;
    for (const store::DatasetRecord& record : *all) {
        if (record.id == dataset || record.id == other) {
            const auto count = static_cast<double>(std::max<std::int64_t>(record.molecules, 1));
            const double perMolecule = static_cast<double>(record.labels) / count;
            molecules = std::min(molecules, count);
            labels *= dataset == other ? perMolecule * perMolecule / 2 : perMolecule;
            read += static_cast<double>(record.labels) + 100 * count;
        }
    }
    return read * (dataset == other ? 1 : 2) + molecules * labels;
}

Result<std::vector<PairStatistics>> pairsOfTask(store::Project& project, std::int64_t task, std::int64_t dataset,
                                                Control& control)
{
    const auto tasks = store::Datasets(project).allTasks();
    if (!tasks) {
        return tl::unexpected(tasks.error());
    }
    const auto found = std::find_if(tasks->begin(), tasks->end(), [task](const auto& record) { return record.task.id == task; });
    if (found == tasks->end()) {
        return fail(ErrorCode::NotFound, "The project has no task " + std::to_string(task) + ".");
    }
    auto kept = store::Pairs(project).row(task, found->task.dataset, dataset);
    if (!kept) {
        return tl::unexpected(kept.error());
    }
    if (*kept) {
        return std::move(**kept);
    }
    auto a = Side::of(project, found->task.dataset);
    auto b = Side::of(project, dataset);
    if (!a || !b) {
        return tl::unexpected(!a ? a.error() : b.error());
    }
    const auto row = static_cast<std::size_t>(found->position);
    std::vector<Sums> sums(b->tasks.size());
    PAPILIO_TRY(eachShared(project, *a, *b, control, [&](const std::vector<Label>& rows, const std::vector<Label>& columns) {
        const auto own = std::lower_bound(rows.begin(), rows.end(), found->position,
                                          [](const Label& label, int position) { return label.position < position; });
        if (own != rows.end() && own->position == found->position) {
            for (const Label& label : columns) {
                sums[static_cast<std::size_t>(label.position)].add(own->value, label.value);
            }
        }
    }));
    PAPILIO_TRY(stoppedIf(control));
    std::vector<PairStatistics> result;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        result.push_back(sums[i].result(a->comparable(row) && b->comparable(i)));
    }
    return result;
}

} // namespace papilio::data
