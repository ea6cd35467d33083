// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/predictfile.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

#include "core/text.h"
#include "engine/csvwriter.h"
#include "engine/json.h"
#include "engine/moleculetable.h"

namespace papilio::engine
{

namespace
{

using Clock = std::chrono::steady_clock;
using Columns = std::vector<std::vector<int>>; ///< chosen ones, by head

std::string numberText(float value)
{
    if (!std::isfinite(value))
        return {};
    char buffer[32];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

int classesOf(const nn::HeadSpec& head)
{
    return head.kind == TaskKind::Multiclass ? head.classes : 1;
}

std::vector<std::string> headerOf(const nn::ModelSpec& spec, const Columns& chosen, bool titles)
{
    std::vector<std::string> cells = {"row", "smiles", "status", "reason"};
    if (titles)
        cells.insert(cells.begin() + 1, "title");
    for (std::size_t h = 0; h < spec.heads.size(); ++h) {
        const nn::HeadSpec& head = spec.heads[h];
        for (const int column : chosen[h]) {
            const std::string name = head.dataset + ":" + head.columns[static_cast<std::size_t>(column)].task;
            if (head.kind != TaskKind::Multiclass)
                cells.push_back(name);
            else
                for (int c = 0; c < head.classes; ++c)
                    cells.push_back(name + "[" + std::to_string(c) + "]");
        }
    }
    return cells;
}

/// The value of one output in the row's own order of atoms or bonds.
std::string cellOf(const nn::HeadSpec& head, const learn::HeadPrediction& prediction, std::size_t output,
                   const chem::Molecule& molecule)
{
    const auto width = static_cast<std::size_t>(head.outputWidth());
    const auto value = [&](std::size_t row) { return prediction.values[row * width + output]; };
    if (head.level == Level::Graph)
        return numberText(value(0));
    std::vector<float> list;
    if (head.level == Level::Node) {
        for (const std::uint16_t atom : molecule.toCanonical())
            list.push_back(value(atom));
    } else if (head.level == Level::Edge) {
        for (const std::uint32_t edge : molecule.edgeToCanonical())
            list.push_back(value(edge));
    } else {
        // Pairs i < j of the row's own order; the graph's pairs are numbered i < j in canonical order.
        const auto& order = molecule.toCanonical();
        const std::size_t atoms = molecule.graph().atoms.size();
        for (std::size_t i = 0; i < order.size(); ++i) {
            for (std::size_t j = i + 1; j < order.size(); ++j) {
                const std::size_t low = std::min(order[i], order[j]), high = std::max(order[i], order[j]);
                list.push_back(value(low * (2 * atoms - low - 1) / 2 + high - low - 1));
            }
        }
    }
    return toLine(toJson(list));
}

/// Predicts and writes one chunk of rows.
class ChunkWriter
{
public:
    ChunkWriter(LoadedModel& model, const Columns& chosen, bool titles, OutputFile& file, PredictReport& report)
        : m_model(model), m_chosen(chosen), m_titles(titles), m_file(file), m_report(report)
    {
        for (std::size_t h = 0; h < chosen.size(); ++h)
            m_width += chosen[h].size() * static_cast<std::size_t>(classesOf(m_model.saved.spec.heads[h]));
    }

    Result<> write(const std::vector<TableMolecule>& rows)
    {
        std::vector<nn::MoleculeInput> inputs;
        for (const TableMolecule& item : rows)
            if (item.usable())
                inputs.push_back(item.input());
        std::vector<std::vector<learn::HeadPrediction>> predictions;
        if (!inputs.empty()) {
            auto predicted = learn::predict(*m_model.network, m_model.saved, inputs);
            if (!predicted)
                return tl::unexpected<Error>(predicted.error());
            predictions = std::move(*predicted);
        }
        std::size_t next = 0;
        for (const TableMolecule& item : rows)
            m_file.write(csvLine(cellsOf(item, item.usable() ? &predictions[next++] : nullptr)));
        m_report.rows += static_cast<std::int64_t>(rows.size());
        m_report.predicted += static_cast<std::int64_t>(inputs.size());
        m_report.rejected += static_cast<std::int64_t>(rows.size() - inputs.size());
        return {};
    }

private:
    std::vector<std::string> cellsOf(const TableMolecule& item,
                                     const std::vector<learn::HeadPrediction>* predictions) const
    {
        const char* status = !item.usable() ? "rejected" : item.reason.empty() ? "predicted" : "repaired";
        std::vector<std::string> cells = {std::to_string(item.row.row), item.structure, status, item.reason};
        if (m_titles)
            cells.insert(cells.begin() + 1, item.row.title);
        if (predictions == nullptr) {
            cells.resize(cells.size() + m_width);
            return cells;
        }
        for (const learn::HeadPrediction& prediction : *predictions) {
            const auto h = static_cast<std::size_t>(prediction.head);
            const nn::HeadSpec& head = m_model.saved.spec.heads[h];
            const int classes = classesOf(head);
            for (const int column : m_chosen[h])
                for (int c = 0; c < classes; ++c)
                    cells.push_back(
                        cellOf(head, prediction, static_cast<std::size_t>(column * classes + c), *item.molecule));
        }
        return cells;
    }

    LoadedModel& m_model;
    const Columns& m_chosen;
    bool m_titles;
    OutputFile& m_file;
    PredictReport& m_report;
    std::size_t m_width = 0;
};

/// Chooses what one pattern means; false if it matches nothing.
bool choose(const nn::ModelSpec& spec, const std::string& pattern, std::vector<std::vector<bool>>& chosen)
{
    bool found = false;
    for (std::size_t h = 0; h < spec.heads.size(); ++h) {
        const nn::HeadSpec& head = spec.heads[h];
        for (std::size_t c = 0; c < head.columns.size(); ++c) {
            const std::string& task = head.columns[c].task;
            if (matchesPattern(head.name + ":" + task, pattern) || matchesPattern(head.dataset + ":" + task, pattern) ||
                matchesPattern(head.name, pattern) || matchesPattern(head.dataset, pattern)) {
                chosen[h][c] = found = true;
            }
        }
    }
    return found;
}

} // namespace

Result<Columns> chooseTasks(const nn::ModelSpec& spec, const std::vector<std::string>& patterns)
{
    std::vector<std::vector<bool>> chosen;
    for (const nn::HeadSpec& head : spec.heads)
        chosen.emplace_back(head.columns.size(), patterns.empty());
    for (const std::string& pattern : patterns) {
        if (choose(spec, pattern, chosen))
            continue;
        std::vector<std::string> known;
        for (const nn::HeadSpec& head : spec.heads) {
            known.push_back(head.name);
            for (const auto& column : head.columns)
                known.push_back(head.name + ":" + column.task);
        }
        return fail(ErrorCode::NotFound, "No task of the model matches '" + elided(toUtf8(pattern), 100) + "'.",
                    "Did you mean '" + nearestName(pattern, known) + "'? 'papilio-engine model info' lists them.");
    }
    Columns columns(chosen.size());
    for (std::size_t h = 0; h < chosen.size(); ++h)
        for (std::size_t c = 0; c < chosen[h].size(); ++c)
            if (chosen[h][c])
                columns[h].push_back(static_cast<int>(c));
    return columns;
}

Result<PredictReport> predictFile(LoadedModel& model, const PredictRequest& request, Control& control)
{
    const Clock::time_point start = Clock::now();
    PAPILIO_TRY(checkOutput(request.output, {request.input}));
    const auto chosen = chooseTasks(model.saved.spec, request.tasks);
    if (!chosen)
        return tl::unexpected<Error>(chosen.error());
    auto table =
        MoleculeTable::open(request.input, request.smilesColumn, model.saved.spec.architecture.inputs, control);
    if (!table)
        return tl::unexpected<Error>(table.error());
    auto file = OutputFile::create(request.output);
    if (!file)
        return tl::unexpected<Error>(file.error());
    file->write(csvLine(headerOf(model.saved.spec, *chosen, table->hasTitles())));

    const std::lock_guard lock(model.mutex);
    PredictReport report;
    ChunkWriter writer(model, *chosen, table->hasTitles(), *file, report);
    for (;;) {
        const auto rows = table->next(control, "predicting");
        if (!rows)
            return tl::unexpected<Error>(rows.error());
        if (rows->empty())
            break;
        PAPILIO_TRY(writer.write(*rows));
    }
    PAPILIO_TRY(file->finish());
    report.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return report;
}

} // namespace papilio::engine
