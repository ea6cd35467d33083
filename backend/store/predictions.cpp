// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/bytes.h"
#include "store/connection.h"
#include "store/runs.h"

namespace papilio::store
{
namespace
{

Result<std::vector<PredictionSet>> readPredictions(Lease& query, const std::string& path)
{
    std::vector<PredictionSet> predictions;
    while (query.step()) {
        PredictionSet& prediction = predictions.emplace_back();
        prediction.molecule = query.integer(0);
        prediction.head = query.text(1);
        auto values = floatsFromBytes(query.blob(2));
        if (!values) {
            return damagedRecord(path, "prediction for molecule " + std::to_string(prediction.molecule), "cut off");
        }
        prediction.values = std::move(*values);
    }
    return predictions;
}

} // namespace

Predictions::Predictions(Project& project) : m_project(project) {}

Result<> Predictions::put(std::int64_t run, const std::vector<PredictionSet>& predictions)
{
    return writingTogether(m_project, [&](Connection& connection) -> Result<> {
        Lease insert(connection, "INSERT INTO predictions (run, head, molecule, predicted) VALUES (?1, ?2, ?3, ?4) "
                                 "ON CONFLICT (run, head, molecule) DO UPDATE SET predicted = excluded.predicted");
        for (const PredictionSet& prediction : predictions) {
            const std::string bytes = floatsToBytes(prediction.values);
            insert.bind(run, prediction.head, prediction.molecule, Blob{bytes}).run();
        }
        return {};
    });
}

Result<std::vector<PredictionSet>> Predictions::ofMolecule(std::int64_t run, std::int64_t molecule) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::vector<PredictionSet>> {
        Lease query(connection, "SELECT molecule, head, predicted FROM predictions WHERE molecule = ?2 AND run = ?1 "
                                "ORDER BY head");
        query.bind(run, molecule);
        return readPredictions(query, m_project.path());
    });
}

Result<std::vector<PredictionSet>> Predictions::ofHead(std::int64_t run, std::string_view head) const
{
    const std::string wanted(head);
    return reading(m_project, [&](Connection& connection) -> Result<std::vector<PredictionSet>> {
        Lease query(connection, "SELECT molecule, head, predicted FROM predictions WHERE run = ?1 AND head = ?2 "
                                "ORDER BY molecule");
        query.bind(run, wanted);
        return readPredictions(query, m_project.path());
    });
}

} // namespace papilio::store
