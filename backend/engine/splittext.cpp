// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/splittext.h"

#include <algorithm>

#include "engine/table.h"

namespace papilio::engine
{

namespace
{

constexpr const char* partTitles[] = {"train", "val", "test", "test_seen"};

std::string histogramText(const data::SplitSimilarity& similarity)
{
    constexpr std::int64_t width = 40;
    const auto& own = similarity.split;
    const auto& random = similarity.random;
    std::string text = "Similarity of the " + std::string(store::partName(similarity.part)) +
                       " part to its nearest training molecule" +
                       (similarity.dataset.empty() ? std::string() : std::string(", ").append(similarity.dataset)) +
                       " (Tanimoto, Morgan radius 2, 1024 bits)\n";
    const std::int64_t most = std::max<std::int64_t>(1, *std::max_element(own.counts.begin(), own.counts.end()));
    for (std::size_t bin = 0; bin < own.counts.size(); ++bin) {
        const double from = static_cast<double>(bin) / static_cast<double>(own.counts.size());
        text += "  ";
        text += fixedNumber(from, 2);
        text += "  ";
        std::string bar(static_cast<std::size_t>(own.counts[bin] * width / most), '#');
        bar.resize(static_cast<std::size_t>(width), ' ');
        text += bar;
        text += "  ";
        text += groupedNumber(own.counts[bin]);
        text += "\n";
    }
    text += "  median " + fixedNumber(own.median, 3) + " (random " + fixedNumber(random.median, 3) + "), mean " +
            fixedNumber(own.mean, 3) + ", tenth percentile " + fixedNumber(own.lowest, 3) + ", n = " +
            groupedNumber(own.n) +
            (own.n < own.of ? ", a sample of " + groupedNumber(own.of) : std::string()) + "\n\n";
    return text;
}

std::string tasksText(const data::SplitReport& report)
{
    constexpr std::size_t most = 60;
    const bool seen = report.molecules[3] > 0;
    Table table;
    table.column("dataset", Table::Align::Left);
    table.column("task", Table::Align::Left);
    for (std::size_t part = 0; part < (seen ? 4U : 3U); ++part)
        table.column(partTitles[part]);
    for (std::size_t part = 0; part < (seen ? 4U : 3U); ++part)
        table.column(std::string("positives ") + partTitles[part]);
    for (std::size_t i = 0; i < std::min(most, report.tasks.size()); ++i) {
        const auto& task = report.tasks[i];
        std::vector<std::string> cells = {task.dataset, task.task};
        for (std::size_t part = 0; part < (seen ? 4U : 3U); ++part)
            cells.push_back(groupedNumber(task.molecules[part]));
        for (std::size_t part = 0; part < (seen ? 4U : 3U); ++part)
            cells.push_back(task.kind == TaskKind::Binary ? groupedNumber(task.positives[part]) : std::string());
        table.row(std::move(cells));
    }
    std::string text = table.text() + "\n";
    if (report.tasks.size() > most)
        text += "and " + groupedNumber(static_cast<std::int64_t>(report.tasks.size() - most)) +
                " more tasks; --json has them all\n\n";
    return text;
}

std::string placeOf(const std::string& dataset, std::int64_t row)
{
    if (row < 0)
        return {};
    std::string place = " (";
    place += dataset;
    place += " row ";
    place += std::to_string(row);
    return place + ")";
}

std::string pairsText(const std::string& title, const std::vector<data::SplitPair>& pairs, std::int64_t count)
{
    constexpr std::size_t most = 20;
    if (count == 0)
        return {};
    std::string text = title + ": " + groupedNumber(count) + "\n";
    for (std::size_t i = 0; i < std::min(most, pairs.size()); ++i) {
        const auto& pair = pairs[i];
        text += "  " + std::string(store::partName(pair.part)) + "  " + pair.testSmiles +
                placeOf(pair.testDataset, pair.testRow);
        if (pair.train != pair.test)
            text += "  train  " + pair.trainSmiles + placeOf(pair.trainDataset, pair.trainRow);
        text += "\n";
    }
    if (count > static_cast<std::int64_t>(most))
        text += "  … --json names the first " + std::to_string(data::SplitReport::mostNamed) + "\n";
    return text + "\n";
}

} // namespace

std::string partsText(const data::PerPart& molecules)
{
    std::int64_t all = 0;
    for (const std::int64_t count : molecules)
        all += count;
    Table table;
    table.column("part", Table::Align::Left);
    table.column("molecules");
    table.column("%");
    for (std::size_t part = 0; part < molecules.size(); ++part)
        if (part < 3 || molecules[part] > 0)
            table.row({partTitles[part], groupedNumber(molecules[part]),
                       all > 0 ? fixedNumber(100.0 * static_cast<double>(molecules[part]) / static_cast<double>(all), 1)
                               : std::string()});
    return table.text() + "\n";
}

std::string datasetsText(const std::vector<data::SplitReport::Dataset>& datasets)
{
    if (datasets.empty())
        return {};
    Table table;
    table.column("dataset", Table::Align::Left);
    for (const char* title : partTitles)
        table.column(title);
    for (const auto& dataset : datasets)
        table.row({dataset.name, groupedNumber(dataset.molecules[0]), groupedNumber(dataset.molecules[1]),
                   groupedNumber(dataset.molecules[2]), groupedNumber(dataset.molecules[3])});
    return table.text() + "\n";
}

std::string splitReportText(const data::SplitReport& report)
{
    std::string text = partsText(report.molecules);
    if (report.unused > 0)
        text += groupedNumber(report.unused) + " molecules with labels are in no part.\n\n";
    text += datasetsText(report.datasets);
    for (const auto& similarity : report.similarity)
        text += histogramText(similarity);
    text += tasksText(report);
    for (const auto& leak : report.leaks)
        text += groupedNumber(leak.molecules) + " of " + groupedNumber(leak.of) + " test molecules of " +
                leak.testDataset + " are trained on by " + leak.trainDataset + "\n";
    text += report.leaks.empty() ? "" : "\n";
    text += pairsText("Trained on by one dataset, measured by another", report.same, report.sameMolecules);
    text += pairsText("Differ only in stereo from a training molecule", report.twins, report.stereoTwins);
    for (const std::string& warning : report.warnings)
        text += "Warning: " + warning + "\n";
    return text;
}

std::string splitListText(const std::vector<store::Split>& splits)
{
    if (splits.empty())
        return "The project has no splits yet.\n";
    Table table;
    table.column("split");
    table.column("made as", Table::Align::Left);
    table.column("seed");
    for (const store::Split& split : splits)
        table.row({std::to_string(split.id), split.spec, std::to_string(split.seed)});
    return table.text();
}

} // namespace papilio::engine
