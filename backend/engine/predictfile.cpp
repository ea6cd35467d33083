// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/predictfile.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>
#include <thread>

#include "chem/positional.h"
#include "data/facts.h"
#include "data/structures.h"
#include "engine/csvwriter.h"
#include "engine/json.h"

namespace papilio::engine
{

namespace
{

using Clock = std::chrono::steady_clock;

constexpr std::size_t chunkRows = 2000;
constexpr std::int64_t rowsToGuessFrom = 1000;

struct InputRow {
    data::TableRow row;
    std::string structure; ///< SMILES as written; the canonical one for SDF
    std::optional<chem::Molecule> molecule;
    Encodings encodings;
    std::string reason;
};

std::string numberText(float value)
{
    if (!std::isfinite(value))
        return {};
    char buffer[32];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

/// Records of an SD file are known by their title, which a table has no column for.
std::vector<std::string> headerOf(const nn::ModelSpec& spec, bool titles)
{
    std::vector<std::string> cells = {"row", "smiles", "status", "reason"};
    if (titles)
        cells.insert(cells.begin() + 1, "title");
    for (const nn::HeadSpec& head : spec.heads) {
        for (const auto& column : head.columns) {
            const std::string name = head.dataset + ":" + column.task;
            if (head.kind != TaskKind::Multiclass)
                cells.push_back(name);
            else
                for (int c = 0; c < head.classes; ++c)
                    cells.push_back(name + "[" + std::to_string(c) + "]");
        }
    }
    return cells;
}

/// Parses a row, and says in 'reason' why not or what was repaired.
void prepare(InputRow& item, std::size_t structureColumn, bool molBlock)
{
    const data::TableRow& row = item.row;
    if (!row.problem.empty() || structureColumn >= row.cells.size()) {
        item.reason = row.problem.empty() ? "there is no structure in this row" : row.problem;
        return;
    }
    if (!molBlock)
        item.structure = row.cells[structureColumn];
    auto molecule = data::readStructure(row.cells[structureColumn], molBlock);
    if (!molecule) {
        item.reason = molecule.error().message;
        return;
    }
    item.reason = row.repair;
    if (!molecule->repairNote().empty())
        item.reason += (item.reason.empty() ? "" : "; ") + molecule->repairNote();
    if (molBlock)
        item.structure = molecule->canonicalSmiles();
    item.encodings = chem::computeEncodings(molecule->graph());
    item.molecule.emplace(std::move(*molecule));
}

void prepareAll(std::vector<InputRow>& rows, std::size_t structureColumn, bool molBlock)
{
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i; (i = next.fetch_add(1)) < rows.size();)
            prepare(rows[i], structureColumn, molBlock);
    };
    std::vector<std::jthread> helpers;
    for (unsigned i = 1; i < std::thread::hardware_concurrency() && i < 16; ++i)
        helpers.emplace_back(work);
    work();
}

/// The cells of one head for one molecule.
void addCells(std::vector<std::string>& cells, const nn::HeadSpec& head, const learn::HeadPrediction& prediction,
              const chem::Molecule& molecule)
{
    const auto width = static_cast<std::size_t>(head.outputWidth());
    for (std::size_t column = 0; column < width; ++column) {
        const auto value = [&](std::size_t row) { return prediction.values[row * width + column]; };
        if (head.level == Level::Graph) {
            cells.push_back(numberText(value(0)));
            continue;
        }
        std::vector<float> list;
        if (head.level == Level::Node) {
            for (const std::uint16_t atom : molecule.toCanonical())
                list.push_back(value(atom));
        } else {
            for (const std::uint32_t edge : molecule.edgeToCanonical())
                list.push_back(value(edge));
        }
        cells.push_back(toLine(toJson(list)));
    }
}

/// How many rows are still to come nobody knows; how many bytes tells how long it will take.
void reportProgress(Control& control, const data::TableChain& table, std::int64_t rows, Clock::time_point start)
{
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    const double part =
        table.rawSize() > 0 ? static_cast<double>(table.rawRead()) / static_cast<double>(table.rawSize()) : 0;
    Progress progress{"predicting", rows, 0, "rows", seconds > 0 ? static_cast<double>(rows) / seconds : 0, -1};
    if (part > 0)
        progress.secondsLeft = std::max(0.0, seconds * (1 - part) / part);
    control.report(progress);
}

/// Predicts and writes one chunk of rows.
class ChunkWriter
{
public:
    ChunkWriter(LoadedModel& model, bool titles, OutputFile& file, PredictReport& report)
        : m_model(model), m_titles(titles), m_file(file), m_report(report)
    {
        for (const nn::HeadSpec& head : m_model.saved.spec.heads)
            m_width += static_cast<std::size_t>(head.outputWidth());
    }

    Result<> write(const std::vector<InputRow>& rows)
    {
        std::vector<nn::MoleculeInput> inputs;
        for (const InputRow& item : rows)
            if (item.molecule)
                inputs.push_back({&item.molecule->graph(), &item.encodings});
        std::vector<std::vector<learn::HeadPrediction>> predictions;
        if (!inputs.empty()) {
            auto predicted = learn::predict(*m_model.network, m_model.saved, inputs);
            if (!predicted)
                return tl::unexpected<Error>(predicted.error());
            predictions = std::move(*predicted);
        }
        std::size_t next = 0;
        for (const InputRow& item : rows)
            m_file.write(csvLine(cellsOf(item, item.molecule ? &predictions[next++] : nullptr)));
        m_report.rows += static_cast<std::int64_t>(rows.size());
        m_report.predicted += static_cast<std::int64_t>(inputs.size());
        m_report.rejected += static_cast<std::int64_t>(rows.size() - inputs.size());
        return {};
    }

private:
    std::vector<std::string> cellsOf(const InputRow& item, const std::vector<learn::HeadPrediction>* predictions) const
    {
        const char* status = !item.molecule ? "rejected" : item.reason.empty() ? "predicted" : "repaired";
        std::vector<std::string> cells = {std::to_string(item.row.row), item.structure, status, item.reason};
        if (m_titles)
            cells.insert(cells.begin() + 1, item.row.title);
        if (predictions == nullptr) {
            cells.resize(cells.size() + m_width);
            return cells;
        }
        for (const learn::HeadPrediction& prediction : *predictions)
            addCells(cells, m_model.saved.spec.heads[static_cast<std::size_t>(prediction.head)], prediction,
                     *item.molecule);
        return cells;
    }

    LoadedModel& m_model;
    bool m_titles;
    OutputFile& m_file;
    PredictReport& m_report;
    std::size_t m_width = 0;
};

} // namespace

Result<PredictReport> predictFile(LoadedModel& model, const std::string& input, const std::string& output,
                                  const std::string& smilesColumn, Control& control)
{
    const Clock::time_point start = Clock::now();
    PAPILIO_TRY(checkOutput(output, {input}));
    data::ColumnChoice choice;
    choice.smilesColumn = smilesColumn;
    const auto survey = data::surveyTable({input}, choice, rowsToGuessFrom, control);
    if (!survey)
        return tl::unexpected<Error>(survey.error());
    data::TableChain table({input});
    PAPILIO_TRY(table.start());
    auto file = OutputFile::create(output);
    if (!file)
        return tl::unexpected<Error>(file.error());
    const bool molBlocks = survey->format == data::Format::Sdf;
    file->write(csvLine(headerOf(model.saved.spec, molBlocks)));

    const std::lock_guard lock(model.mutex);
    PredictReport report;
    ChunkWriter writer(model, molBlocks, *file, report);
    for (bool more = true; more;) {
        std::vector<InputRow> rows;
        while (rows.size() < chunkRows) {
            InputRow item;
            const auto got = table.next(item.row);
            if (!got)
                return tl::unexpected<Error>(got.error());
            more = *got;
            if (!more)
                break;
            rows.push_back(std::move(item));
        }
        if (control.stopRequested())
            return fail(ErrorCode::Stopped, "The prediction was stopped; '" + output + "' was not written.");
        prepareAll(rows, static_cast<std::size_t>(survey->structure), molBlocks);
        PAPILIO_TRY(writer.write(rows));
        reportProgress(control, table, report.rows, start);
    }
    PAPILIO_TRY(file->finish());
    report.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return report;
}

} // namespace papilio::engine
