// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/splitreport.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "core/random.h"
#include "data/nearest.h"
#include "data/splitmembers.h"
#include "data/splitpairs.h"
#include "data/splitstructures.h"

namespace papilio::data
{

namespace
{

using store::Part;
using Indices = std::vector<std::uint32_t>;

std::size_t indexOf(Part part)
{
    return static_cast<std::size_t>(part);
}

Indices inPart(const std::vector<Part>& parts, Part part)
{
    Indices found;
    for (std::uint32_t i = 0; i < parts.size(); ++i) {
        if (parts[i] == part) {
            found.push_back(i);
        }
    }
    return found;
}

Indices sample(const Indices& all, std::size_t most)
{
    if (all.size() <= most) {
        return all;
    }
    Indices taken;
    for (std::size_t i = 0; i < most; ++i) {
        taken.push_back(all[i * all.size() / most]);
    }
    return taken;
}

SimilarityHistogram histogramOf(const std::vector<NearestNeighbour>& nearest, std::size_t of)
{
    SimilarityHistogram histogram;
    histogram.n = static_cast<std::int64_t>(nearest.size());
    histogram.of = static_cast<std::int64_t>(of);
    std::vector<double> values;
    for (const NearestNeighbour& neighbour : nearest) {
        const auto bin = static_cast<std::size_t>(neighbour.similarity * SimilarityHistogram::bins + 1e-9);
        ++histogram.counts[std::min(bin, SimilarityHistogram::bins - 1)];
        histogram.identical += neighbour.similarity == 1 ? 1 : 0;
        histogram.mean += neighbour.similarity / static_cast<double>(nearest.size());
        values.push_back(neighbour.similarity);
    }
    std::sort(values.begin(), values.end());
    const auto quantile = [&values](double q) { // between neighbours, as numpy's default
        const double at = q * static_cast<double>(values.size() - 1);
        const auto low = static_cast<std::size_t>(at);
        const std::size_t high = std::min(low + 1, values.size() - 1);
        return values[low] + (at - std::floor(at)) * (values[high] - values[low]);
    };
    if (!values.empty()) {
        histogram.median = quantile(0.5);
        histogram.lowest = quantile(0.1);
    }
    return histogram;
}

class Reporter
{
public:
    Reporter(store::Project& project, const SplitRequest& request, const store::Split& split, Control& control,
             std::size_t sampleLimit)
        : m_project(project), m_request(request), m_split(split), m_control(control), m_sampleLimit(sampleLimit),
          m_names(datasetNames(request))
    {
    }

    SplitReport counts()
    {
        countMolecules();
        return std::move(m_report);
    }

    Result<SplitReport> run()
    {
        countMolecules();
        PAPILIO_TRY(countLabels());
        PAPILIO_TRY(compareStructures());
        PAPILIO_TRY(findPairs(m_project, m_request, m_split, m_control, m_report));
        warn();
        return std::move(m_report);
    }

private:
    void countMolecules()
    {
        std::vector<std::uint8_t> in(m_split.molecules.size(), 0);
        const auto count = [&in](const std::vector<Part>& parts, PerPart& counts) {
            for (std::size_t i = 0; i < parts.size(); ++i) {
                if (parts[i] != Part::None) {
                    ++counts[indexOf(parts[i])];
                    in[i] = static_cast<std::uint8_t>(in[i] | 1U << indexOf(parts[i]));
                }
            }
        };
        if (m_split.datasets.empty()) {
            count(m_split.parts, m_report.molecules);
        } else {
            for (const auto& [dataset, parts] : m_split.datasets) {
                const auto name = m_names.find(dataset);
                if (name != m_names.end()) {
                    auto& entry = m_report.datasets.emplace_back();
                    entry.name = name->second;
                    count(parts, entry.molecules);
                }
            }
            for (const std::uint8_t bits : in) {
                for (std::size_t part = 0; part < m_report.molecules.size(); ++part) {
                    m_report.molecules[part] += bits >> part & 1U;
                }
            }
        }
        m_report.unused = std::count(in.begin(), in.end(), std::uint8_t{0});
    }

    const std::vector<Part>& partsOf(std::int64_t dataset) const
    {
        const auto own = m_split.datasets.find(dataset);
        return own != m_split.datasets.end() ? own->second : m_split.parts;
    }

    Result<> countLabels()
    {
        for (const SplitTask& task : m_request.tasks) {
            m_report.tasks.push_back({task.datasetName, task.name, task.kind, {}, {}});
        }
        return eachLabel(m_project, m_request, m_control,
                         [&](std::size_t t, std::uint32_t molecule, const std::vector<double>& values) {
                             const SplitTask& task = m_request.tasks[t];
                             const Part part = partsOf(task.dataset)[molecule];
                             if (part == Part::None) {
                                 return;
                             }
                             SplitTaskCounts& counts = m_report.tasks[t];
                             ++counts.molecules[indexOf(part)];
                             const bool positive = task.level == Level::Graph && task.kind == TaskKind::Binary &&
                                                   values.front() == 1;
                             counts.positives[indexOf(part)] += positive ? 1 : 0;
                         });
    }

    Result<> compareStructures()
    {
        auto prints = fingerprintsOf(m_project, m_split.molecules, m_request.threads, m_control);
        if (!prints) {
            return tl::unexpected<Error>(prints.error());
        }
        m_prints = std::move(*prints);
        if (m_split.datasets.empty()) {
            return compare("", m_split.parts);
        }
        for (const auto& [dataset, parts] : m_split.datasets) {
            if (const auto name = m_names.find(dataset); name != m_names.end()) {
                PAPILIO_TRY(compare(name->second, parts));
            }
        }
        return {};
    }

    Result<> compare(const std::string& dataset, const std::vector<Part>& parts)
    {
        SplitSimilarity similarity;
        similarity.dataset = dataset;
        Indices test = inPart(parts, Part::Test);
        if (test.empty()) {
            similarity.part = Part::Validation;
            test = inPart(parts, Part::Validation);
        }
        const Indices train = inPart(parts, Part::Train);
        if (test.empty() || train.empty()) {
            return {};
        }
        auto own = nearest(test, train, m_sampleLimit);
        if (!own) {
            return tl::unexpected<Error>(own.error());
        }
        similarity.split = std::move(*own);
        // The same molecules, divided at random in the same numbers.
        Indices all = test;
        all.insert(all.end(), train.begin(), train.end());
        std::sort(all.begin(), all.end());
        Indices randomTest, randomTrain;
        const auto order = shuffledIndices(all.size(), m_request.seed);
        for (std::size_t i = 0; i < order.size(); ++i) {
            (i < test.size() ? randomTest : randomTrain).push_back(all[order[i]]);
        }
        constexpr std::size_t enough = 2000;
        auto random = nearest(randomTest, randomTrain, std::min(enough, m_sampleLimit));
        if (!random) {
            return tl::unexpected<Error>(random.error());
        }
        similarity.random = std::move(*random);
        m_report.similarity.push_back(std::move(similarity));
        return {};
    }

    Result<SimilarityHistogram> nearest(const Indices& test, const Indices& train, std::size_t most)
    {
        constexpr std::size_t comparisons = 20'000'000'000;
        const Indices taken = sample(test, std::min(most, std::max<std::size_t>(1000, comparisons / train.size())));
        const auto printsOf = [this](const Indices& molecules) {
            std::vector<chem::Fingerprint> prints;
            prints.reserve(molecules.size());
            for (const std::uint32_t molecule : molecules) {
                prints.push_back(m_prints[molecule]);
            }
            return prints;
        };
        const auto found = nearestNeighbours(printsOf(taken), printsOf(train), m_request.threads, m_control);
        if (!found) {
            return tl::unexpected<Error>(found.error());
        }
        return histogramOf(*found, test.size());
    }

    void warn()
    {
        static constexpr std::pair<Part, const char*> watched[] = {
            {Part::Train, "training"}, {Part::Validation, "validation"}, {Part::Test, "test"}};
        for (const auto& [part, name] : watched) {
            const std::size_t p = indexOf(part);
            if (m_report.molecules[p] == 0) {
                m_report.warnings.push_back("The " + std::string(name) + " part is empty.");
                continue;
            }
            warnOfTasks("without a label in the " + std::string(name) + " part",
                        [p](const SplitTaskCounts& task) { return task.molecules[p] == 0; });
            warnOfTasks("without positives in the " + std::string(name) + " part", [p](const SplitTaskCounts& task) {
                return task.kind == TaskKind::Binary && task.molecules[p] > 0 && task.positives[p] == 0;
            });
        }
        const auto pairs = [this](std::int64_t count, const char* one, const char* several) {
            if (count > 0) {
                m_report.warnings.push_back(std::to_string(count) + (count == 1 ? one : several));
            }
        };
        pairs(m_report.sameMolecules, " molecule is trained on by one dataset and measured by another.",
              " molecules are trained on by one dataset and measured by another.");
        pairs(m_report.stereoTwins, " measured molecule differs only in stereo from one that is trained on.",
              " measured molecules differ only in stereo from one that is trained on.");
    }

    template <typename Is> void warnOfTasks(const std::string& what, Is is)
    {
        constexpr std::size_t most = 5;
        std::size_t count = 0;
        std::string names;
        for (const SplitTaskCounts& task : m_report.tasks) {
            if (is(task) && ++count <= most) {
                names += (names.empty() ? "" : ", ") + task.dataset + ':' + task.task;
            }
        }
        if (count > 0) {
            m_report.warnings.push_back(std::to_string(count) + (count == 1 ? " task " : " tasks ") + what + ": " + names +
                                        (count > most ? " …" : "."));
        }
    }

    store::Project& m_project;
    const SplitRequest& m_request;
    const store::Split& m_split;
    Control& m_control;
    std::size_t m_sampleLimit;
    std::map<std::int64_t, std::string> m_names;
    std::vector<chem::Fingerprint> m_prints;
    SplitReport m_report;
};

} // namespace

SplitReport countSplit(store::Project& project, const SplitRequest& request, const store::Split& split)
{
    Control none;
    return Reporter(project, request, split, none, 0).counts();
}

Result<SplitReport> reportSplit(store::Project& project, const SplitRequest& request, const store::Split& split,
                                Control& control, std::size_t sampleLimit)
{
    return Reporter(project, request, split, control, sampleLimit).run();
}

} // namespace papilio::data
