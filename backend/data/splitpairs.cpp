// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/splitpairs.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "data/splitmembers.h"
#include "data/splitstructures.h"
#include "store/datasets.h"
#include "store/molecules.h"

namespace papilio::data
{

namespace
{

using store::Part;

bool isMeasured(Part part)
{
    return part == Part::Validation || part == Part::Test || part == Part::TestSeen;
}

class Pairs
{
public:
    Pairs(store::Project& project, const SplitRequest& request, const store::Split& split, Control& control,
          SplitReport& report)
        : m_project(project), m_request(request), m_split(split), m_control(control), m_report(report)
    {
    }

    Result<> run()
    {
        findSame();
        findLeaks();
        PAPILIO_TRY(findTwins());
        return name();
    }

private:
    /// The part in which a molecule is measured by any dataset; test before validation, none if nowhere.
    Part measuredIn(std::size_t i) const
    {
        if (m_split.datasets.empty()) {
            return isMeasured(m_split.parts[i]) ? m_split.parts[i] : Part::None;
        }
        Part found = Part::None;
        for (const auto& [dataset, parts] : m_split.datasets) {
            if (isMeasured(parts[i]) && (found == Part::None || parts[i] == Part::Test || found == Part::Validation)) {
                found = parts[i];
            }
        }
        return found;
    }
    bool isTrained(std::size_t i) const
    {
        return m_split.datasets.empty() ? m_split.parts[i] == Part::Train
                                        : std::any_of(m_split.datasets.begin(), m_split.datasets.end(),
                                                      [i](const auto& own) { return own.second[i] == Part::Train; });
    }

    void findSame()
    {
        for (std::size_t i = 0; i < m_split.molecules.size() && !m_split.datasets.empty(); ++i) {
            const Part part = measuredIn(i);
            if (part == Part::None || !isTrained(i)) {
                continue;
            }
            if (m_report.same.size() < SplitReport::mostNamed) {
                SplitPair pair;
                pair.train = pair.test = m_split.molecules[i];
                pair.part = part;
                m_report.same.push_back(pair);
            }
            ++m_report.sameMolecules;
        }
    }

    void findLeaks()
    {
        const auto names = datasetNames(m_request);
        for (const auto& [testDataset, tested] : m_split.datasets) {
            for (const auto& [trainDataset, trained] : m_split.datasets) {
                if (testDataset == trainDataset || !names.contains(testDataset) || !names.contains(trainDataset)) {
                    continue;
                }
                SplitLeak leak{names.at(testDataset), names.at(trainDataset), 0, 0};
                for (std::size_t i = 0; i < tested.size(); ++i) {
                    const bool test = tested[i] == Part::Test || tested[i] == Part::TestSeen;
                    leak.of += test ? 1 : 0;
                    leak.molecules += test && trained[i] == Part::Train ? 1 : 0;
                }
                if (leak.molecules > 0) {
                    m_report.leaks.push_back(std::move(leak));
                }
            }
        }
    }

    Result<> findTwins()
    {
        const auto flat = flatSmilesOf(m_project, m_split.molecules, m_request.threads, m_control);
        if (!flat) {
            return tl::unexpected<Error>(flat.error());
        }
        std::unordered_map<std::string_view, std::vector<std::uint32_t>> trained;
        for (std::uint32_t i = 0; i < flat->size(); ++i) {
            if (isTrained(i)) {
                trained[(*flat)[i]].push_back(i);
            }
        }
        for (std::uint32_t i = 0; i < flat->size(); ++i) {
            const Part part = measuredIn(i);
            const auto found = part == Part::None ? trained.end() : trained.find((*flat)[i]);
            if (found == trained.end()) {
                continue;
            }
            const auto other = std::find_if(found->second.begin(), found->second.end(),
                                            [i](std::uint32_t candidate) { return candidate != i; });
            if (other == found->second.end()) {
                continue;
            }
            if (m_report.twins.size() < SplitReport::mostNamed) {
                SplitPair pair;
                pair.train = m_split.molecules[*other];
                pair.test = m_split.molecules[i];
                pair.part = part;
                m_report.twins.push_back(pair);
            }
            ++m_report.stereoTwins;
        }
        return {};
    }

    /// SMILES, and the first row of each molecule in a dataset that is learnt.
    Result<> name()
    {
        std::unordered_map<std::int64_t, std::pair<std::string, std::int64_t>> rowOf;
        std::vector<std::int64_t> ids;
        for (auto* list : {&m_report.same, &m_report.twins}) {
            for (const SplitPair& pair : *list) {
                for (const std::int64_t id : {pair.train, pair.test}) {
                    if (rowOf.emplace(id, std::pair(std::string(), std::int64_t{-1})).second) {
                        ids.push_back(id);
                    }
                }
            }
        }
        if (ids.empty()) {
            return {};
        }
        const auto smiles = store::Molecules(m_project).smilesOf(ids);
        if (!smiles) {
            return tl::unexpected<Error>(smiles.error());
        }
        std::unordered_map<std::int64_t, std::string> smilesOf;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            smilesOf[ids[i]] = (*smiles)[i];
        }
        const auto names = datasetNames(m_request);
        for (const auto& dataset : names) {
            PAPILIO_TRY(store::Datasets(m_project).rows(dataset.first, {}, [&](const store::RowRecord& row) {
                const auto found = rowOf.find(row.molecule);
                if (found != rowOf.end() && found->second.second < 0) {
                    found->second = {dataset.second, row.row};
                }
                return !m_control.stopRequested();
            }));
        }
        for (auto* list : {&m_report.same, &m_report.twins}) {
            for (SplitPair& pair : *list) {
                pair.trainSmiles = smilesOf[pair.train];
                pair.testSmiles = smilesOf[pair.test];
                std::tie(pair.trainDataset, pair.trainRow) = rowOf[pair.train];
                std::tie(pair.testDataset, pair.testRow) = rowOf[pair.test];
            }
        }
        return {};
    }

    store::Project& m_project;
    const SplitRequest& m_request;
    const store::Split& m_split;
    Control& m_control;
    SplitReport& m_report;
};

} // namespace

Result<> findPairs(store::Project& project, const SplitRequest& request, const store::Split& split, Control& control,
                   SplitReport& report)
{
    return Pairs(project, request, split, control, report).run();
}

} // namespace papilio::data
