// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/data/coveragecount.h"

#include <algorithm>
#include <numeric>

#include <QCoreApplication>

#include "store/labels.h"
#include "store/molecules.h"

namespace papilio::app
{

namespace
{

constexpr qint64 detailRows = 400;

Error staleError()
{
    return {ErrorCode::Stopped, "no longer wanted", {}};
}

/// Column of (dataset index, position in the dataset); −1 where there is none.
std::vector<std::vector<int>> columnsByPosition(const Snapshot& snapshot)
{
    std::vector<std::vector<int>> columns(snapshot.datasets.size());
    int column = 0;
    for (const store::TaskRecord& record : snapshot.tasks) {
        const int dataset = snapshot.datasetIndex(record.task.dataset);
        auto& positions = columns[static_cast<std::size_t>(dataset)];
        if (positions.size() <= static_cast<std::size_t>(record.position)) {
            positions.resize(static_cast<std::size_t>(record.position) + 1, -1);
        }
        positions[static_cast<std::size_t>(record.position)] = column++;
    }
    return columns;
}

/// Calls count(rank, column) for every label of the project.
template <typename Count>
Result<> eachLabel(store::Project& project, const Snapshot& snapshot, const CoverageOrder& order,
                   const ProjectReader::Stale& stale, Count count)
{
    const store::Labels labels(project);
    const auto columns = columnsByPosition(snapshot);
    for (std::size_t d = 0; d < snapshot.datasets.size(); ++d) {
        PAPILIO_TRY(labels.each(snapshot.datasets[d].id, [&](std::int64_t molecule, const store::LabelSet& set) {
            const std::size_t i = order.indexOf(molecule);
            if (i < order.ids.size()) {
                for (const auto& entry : set.entries) {
                    const auto position = static_cast<std::size_t>(entry.position);
                    if (position < columns[d].size() && columns[d][position] >= 0) {
                        count(order.ranks[i], static_cast<std::size_t>(columns[d][position]));
                    }
                }
            }
            return !stale();
        }));
        if (stale()) {
            return tl::unexpected<Error>(staleError());
        }
    }
    return {};
}

Result<std::shared_ptr<CoverageOrder>> readOrder(store::Project& project, const Snapshot& snapshot,
                                                 const ProjectReader::Stale& stale)
{
    auto order = std::make_shared<CoverageOrder>();
    auto ids = store::Molecules(project).ids();
    if (!ids) {
        return tl::unexpected<Error>(std::move(ids).error());
    }
    order->ids = std::move(*ids);
    order->groups.assign(order->ids.size(), -1);
    const store::Labels labels(project);
    for (std::size_t d = 0; d < snapshot.datasets.size(); ++d) {
        PAPILIO_TRY(labels.each(snapshot.datasets[d].id, [&](std::int64_t molecule, const store::LabelSet&) {
            const std::size_t i = order->indexOf(molecule);
            if (i < order->ids.size() && order->groups[i] < 0) {
                order->groups[i] = static_cast<int>(d);
            }
            return !stale();
        }));
        if (stale()) {
            return tl::unexpected<Error>(staleError());
        }
    }
    const std::size_t groups = snapshot.datasets.size() + 1;
    const auto slot = [groups](int group) { return group < 0 ? groups - 1 : static_cast<std::size_t>(group); };
    order->groupSizes.assign(groups, 0);
    for (const int group : order->groups) {
        ++order->groupSizes[slot(group)];
    }
    std::vector<qint64> next(groups, 0);
    std::exclusive_scan(order->groupSizes.begin(), order->groupSizes.end(), next.begin(), qint64{0});
    order->ranks.resize(order->ids.size());
    for (std::size_t i = 0; i < order->ids.size(); ++i) {
        order->ranks[i] = static_cast<std::uint32_t>(next[slot(order->groups[i])]++);
    }
    return order;
}

/// Bins of at most 'size' molecules that never span two groups, from rank 'first' to 'last' (exclusive).
std::vector<widgets::CoverageData::Bin> makeBins(const CoverageOrder& order, qint64 first, qint64 last, qint64 size)
{
    std::vector<widgets::CoverageData::Bin> bins;
    qint64 groupEnd = 0;
    for (std::size_t g = 0; g < order.groupSizes.size(); ++g) {
        const qint64 groupStart = groupEnd;
        groupEnd += order.groupSizes[g];
        const int group = g + 1 == order.groupSizes.size() ? -1 : static_cast<int>(g);
        for (qint64 at = std::max(groupStart, first); at < std::min(groupEnd, last); at += size) {
            bins.push_back({std::min({size, groupEnd - at, last - at}), group});
        }
    }
    return bins;
}

/// Bin of each rank from 'first' on.
std::vector<std::uint32_t> binOfRank(const std::vector<widgets::CoverageData::Bin>& bins)
{
    std::vector<std::uint32_t> of;
    for (std::size_t bin = 0; bin < bins.size(); ++bin) {
        of.insert(of.end(), static_cast<std::size_t>(bins[bin].molecules), static_cast<std::uint32_t>(bin));
    }
    return of;
}

void fillNames(widgets::CoverageData& data, const Snapshot& snapshot, const CoverageOrder& order)
{
    for (std::size_t d = 0; d < snapshot.datasets.size(); ++d) {
        const auto& dataset = snapshot.datasets[d];
        data.datasets.push_back({dataset.id, QString::fromStdString(dataset.name), static_cast<int>(d), order.groupSizes[d]});
    }
    for (const auto& record : snapshot.tasks) {
        data.columns.push_back({record.task.id, snapshot.datasetIndex(record.task.dataset),
                                QString::fromStdString(record.task.name), record.task.level, 0});
    }
    data.order = QCoreApplication::translate("coverage", "grouped by\nfirst dataset");
}

/// Takes rows of an image over into bins and counts of the matrix.
void takeStrip(const store::CoverageStrip& strip, const store::CoverageOrder& order, const Snapshot& snapshot,
               std::vector<widgets::CoverageData::Bin>& bins, std::vector<quint32>& labelled)
{
    for (const store::CoverageStrip::Bin& bin : strip.bins) {
        const std::int64_t dataset = order.groups[static_cast<std::size_t>(bin.group)].dataset;
        bins.push_back({bin.molecules, dataset == 0 ? -1 : snapshot.datasetIndex(dataset)});
    }
    labelled.insert(labelled.end(), strip.labelled.begin(), strip.labelled.end());
}

QString orderText(const std::string& order)
{
    const char* const within = order == "coverage"   ? QT_TRANSLATE_NOOP("coverage", "grouped by\nfirst dataset,\nmost labels first")
                               : order == "scaffold" ? QT_TRANSLATE_NOOP("coverage", "grouped by\nfirst dataset,\nthen scaffold")
                               : order == "cluster"  ? QT_TRANSLATE_NOOP("coverage", "grouped by\nfirst dataset,\nthen cluster")
                                                     : QT_TRANSLATE_NOOP("coverage", "grouped by\nfirst dataset");
    return QCoreApplication::translate("coverage", within);
}

/// From the images; nothing if they do not fit the tasks of the snapshot (it is older or newer than they are).
Result<std::optional<CoverageCount>> fromImages(store::Project& project, const Snapshot& snapshot,
                                                const store::CoverageOrder& stored, qint64 rows,
                                                const ProjectReader::Stale& stale)
{
    const store::Coverage coverage(project);
    CoverageCount count;
    auto order = std::make_shared<CoverageOrder>();
    order->stored = stored;
    order->groupSizes.assign(snapshot.datasets.size() + 1, 0);
    for (const store::CoverageGroup& group : stored.groups) {
        const int dataset = group.dataset == 0 ? -1 : snapshot.datasetIndex(group.dataset);
        order->groupSizes[dataset < 0 ? snapshot.datasets.size() : static_cast<std::size_t>(dataset)] += group.molecules;
    }
    fillNames(count.data, snapshot, *order);
    count.data.order = orderText(stored.name);
    const std::size_t columns = snapshot.tasks.size();
    const int level = stored.levelWithin(rows);
    for (std::int64_t strip = 0; strip * store::Coverage::stripBins < stored.bins(level); ++strip) {
        const auto image = coverage.strip(stored, level, strip);
        if (!image) {
            return tl::unexpected<Error>(image.error());
        }
        if (stale()) {
            return tl::unexpected<Error>(staleError());
        }
        if (image->columns != columns) {
            return std::nullopt;
        }
        takeStrip(*image, stored, snapshot, count.data.bins, count.data.labelled);
    }
    for (std::size_t i = 0; i < count.data.labelled.size(); ++i) {
        count.data.columns[i % columns].n += count.data.labelled[i];
    }
    count.order = std::move(order);
    return count;
}

Result<widgets::CoverageDetail> detailFromImages(store::Project& project, const Snapshot& snapshot,
                                                 const store::CoverageOrder& stored, qint64 first, qint64 last,
                                                 const ProjectReader::Stale& stale)
{
    const store::Coverage coverage(project);
    int level = 0;
    while (((last - first) >> level) > 2 * detailRows) {
        ++level;
    }
    const auto binOf = [&](qint64 rank) {
        qint64 bins = 0, before = 0;
        for (const store::CoverageGroup& group : stored.groups) {
            if (rank < before + group.molecules) {
                return bins + ((rank - before) >> level);
            }
            before += group.molecules;
            bins += (group.molecules + (qint64{1} << level) - 1) >> level;
        }
        return std::max<qint64>(0, bins - 1);
    };
    widgets::CoverageDetail detail;
    const qint64 firstStrip = binOf(first) / store::Coverage::stripBins;
    const qint64 lastStrip = binOf(std::max(first, last - 1)) / store::Coverage::stripBins;
    for (qint64 strip = firstStrip; strip <= lastStrip; ++strip) {
        const auto image = coverage.strip(stored, level, strip);
        if (!image || stale()) {
            return tl::unexpected<Error>(!image ? image.error() : staleError());
        }
        if (detail.bins.empty() && !image->bins.empty()) {
            detail.firstMolecule = image->bins.front().first;
        }
        takeStrip(*image, stored, snapshot, detail.bins, detail.labelled);
    }
    return detail;
}

} // namespace

std::size_t CoverageOrder::indexOf(std::int64_t id) const
{
    // Ids are mostly 1 … n without a gap: try that place first.
    const auto guess = static_cast<std::size_t>(id - 1);
    if (guess < ids.size() && ids[guess] == id) {
        return guess;
    }
    const auto found = std::lower_bound(ids.begin(), ids.end(), id);
    return found != ids.end() && *found == id ? static_cast<std::size_t>(found - ids.begin()) : ids.size();
}

Result<CoverageCount> countCoverage(store::Project& project, const Snapshot& snapshot, const std::string& orderName,
                                    qint64 rows, const ProjectReader::Stale& stale)
{
    const auto stored = store::Coverage(project).order(orderName);
    if (!stored) {
        return tl::unexpected<Error>(stored.error());
    }
    if (*stored) {
        auto images = fromImages(project, snapshot, **stored, rows, stale);
        if (!images) {
            return tl::unexpected<Error>(std::move(images).error());
        }
        if (*images) {
            return std::move(**images);
        }
    }
    auto order = readOrder(project, snapshot, stale);
    if (!order) {
        return tl::unexpected<Error>(std::move(order).error());
    }
    CoverageCount count;
    count.order = *order;
    fillNames(count.data, snapshot, **order);
    const auto molecules = static_cast<qint64>((*order)->ids.size());
    const qint64 size = std::max<qint64>(1, (molecules + rows - 1) / rows);
    count.data.bins = makeBins(**order, 0, molecules, size);
    const std::vector<std::uint32_t> bins = binOfRank(count.data.bins);
    const std::size_t columns = count.data.columns.size();
    count.data.labelled.assign(count.data.bins.size() * columns, 0);
    PAPILIO_TRY(eachLabel(project, snapshot, **order, stale, [&](std::uint32_t rank, std::size_t column) {
        ++count.data.labelled[bins[rank] * columns + column];
        ++count.data.columns[column].n;
    }));
    return count;
}

Result<widgets::CoverageDetail> countCoverageDetail(store::Project& project, const Snapshot& snapshot,
                                                    const CoverageOrder& order, qint64 first, qint64 count,
                                                    const ProjectReader::Stale& stale)
{
    widgets::CoverageDetail detail;
    if (order.stored) {
        const qint64 all = order.stored->molecules();
        const qint64 begin = std::clamp<qint64>(first, 0, all);
        return detailFromImages(project, snapshot, *order.stored, begin, std::clamp<qint64>(first + count, begin, all), stale);
    }
    const auto molecules = static_cast<qint64>(order.ids.size());
    detail.firstMolecule = std::clamp<qint64>(first, 0, molecules);
    const qint64 last = std::clamp<qint64>(first + count, detail.firstMolecule, molecules);
    const qint64 size = std::max<qint64>(1, (last - detail.firstMolecule) / detailRows);
    detail.bins = makeBins(order, detail.firstMolecule, last, size);
    const std::vector<std::uint32_t> bins = binOfRank(detail.bins);
    const std::size_t columns = snapshot.tasks.size();
    detail.labelled.assign(detail.bins.size() * columns, 0);
    PAPILIO_TRY(eachLabel(project, snapshot, order, stale, [&](std::uint32_t rank, std::size_t column) {
        if (rank >= detail.firstMolecule && rank < last) {
            ++detail.labelled[bins[rank - static_cast<std::size_t>(detail.firstMolecule)] * columns + column];
        }
    }));
    return detail;
}

} // namespace papilio::app
