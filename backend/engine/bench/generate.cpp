// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "core/random.h"
#include "data/import.h"
#include "engine/bench/timing.h"
#include "engine/bench/variants.h"
#include "store/datasets.h"

namespace papilio::engine
{

namespace
{

/// A table to be written: which share of the molecules, which tasks.
struct Shape {
    const char* name;
    const char* pattern; ///< of the columns
    double share;        ///< of the molecules
    int tasks;           ///< of 3313
    enum class Kind { Panel, Screen, Quantum } kind;
};
constexpr int allTasks = 3313;
constexpr int perAtomTasks = 4; ///< in the quantum table, beside its numbers per molecule
/// The numbers of molecules of the published collection, as shares: 15,220 and 11,622, 1,563,664, 3,810,323.
constexpr Shape shapes[] = {
    {"panel_a", "geneA-", 0.0028, 978, Shape::Kind::Panel},
    {"panel_b", "geneB-", 0.0022, 978, Shape::Kind::Panel},
    {"screen", "assay-", 0.29, 1328, Shape::Kind::Screen},
    {"quantum", "graph_", 0.72, 25 + perAtomTasks, Shape::Kind::Quantum},
};
constexpr int libraries = 24;        ///< a molecule of the screen belongs to one; an assay was run on some of them
constexpr double panelNeutral = 0.92;

/// A number in [0, 1) that depends on its arguments alone.
double drawn(std::uint64_t seed, std::uint64_t a, std::uint64_t b)
{
    return static_cast<double>(mixSeed(seed, a, b) >> 11) * 0x1p-53;
}

class TableWriter
{
public:
    TableWriter(const Shape& shape, int tasks, std::uint64_t seed, const std::string& path)
        : m_shape(shape), m_tasks(tasks), m_seed(mixSeed(seed, static_cast<std::uint64_t>(&shape - shapes))),
          m_path(path), m_out(path, std::ios::binary)
    {
        m_line = "SMILES";
        const int numbers = shape.kind == Shape::Kind::Quantum ? std::max(0, tasks - perAtomTasks) : tasks;
        for (int i = 0; i < tasks; ++i) {
            m_line += ',';
            m_line += i < numbers ? shape.pattern : "node_";
            m_line += std::to_string(i < numbers ? i : i - numbers);
        }
        m_line += '\n';
        m_numbers = numbers;
        for (int i = 0; i < tasks; ++i) { // an assay covers a few libraries, and is hit more or less often
            m_libraries.push_back(mixSeed(m_seed, 1, i) & mixSeed(m_seed, 2, i) & mixSeed(m_seed, 3, i));
            m_hitRates.push_back(std::exp(-1.5 - 4 * drawn(m_seed, 4, static_cast<std::uint64_t>(i))));
        }
    }

    void add(const Variant& variant, std::uint64_t molecule)
    {
        m_line += variant.smiles;
        switch (m_shape.kind) {
        case Shape::Kind::Panel:
            addPanel(molecule);
            break;
        case Shape::Kind::Screen:
            addScreen(molecule);
            break;
        case Shape::Kind::Quantum:
            addQuantum(variant, molecule);
            break;
        }
        m_line += '\n';
        if (m_line.size() > (1U << 20)) {
            flush();
        }
    }

    Result<> finish()
    {
        flush();
        m_out.close();
        return m_out ? Result<>() : fail(ErrorCode::Io, "'" + m_path + "' cannot be written.", "Is the disk full?");
    }

private:
    void flush()
    {
        m_out << m_line;
        m_line.clear();
    }

    void addPanel(std::uint64_t molecule)
    {
        for (int i = 0; i < m_tasks; ++i) {
            const double draw = drawn(m_seed, molecule, static_cast<std::uint64_t>(i));
            m_line += draw < panelNeutral ? ",1" : draw < (1 + panelNeutral) / 2 ? ",0" : ",2";
        }
    }

    void addScreen(std::uint64_t molecule)
    {
        const std::uint64_t library = mixSeed(m_seed, molecule) % libraries;
        for (int i = 0; i < m_tasks; ++i) {
            m_line += ',';
            const double draw = drawn(m_seed, molecule, static_cast<std::uint64_t>(i));
            if ((m_libraries[static_cast<std::size_t>(i)] >> library & 1) != 0 && draw < 0.88) {
                m_line += draw < 0.88 * m_hitRates[static_cast<std::size_t>(i)] ? '1' : '0';
            }
        }
    }

    void addQuantum(const Variant& variant, std::uint64_t molecule)
    {
        for (int i = 0; i < m_numbers; ++i) {
            m_line += ',';
            addNumber(drawn(m_seed, molecule, static_cast<std::uint64_t>(i)) * (i + 1));
        }
        for (int i = m_numbers; i < m_tasks; ++i) {
            m_line += ",\"[";
            for (int atom = 0; atom < variant.heavyAtoms; ++atom) {
                m_line += atom == 0 ? "" : ",";
                addNumber(drawn(m_seed + static_cast<std::uint64_t>(i), molecule, static_cast<std::uint64_t>(atom)) - 0.5);
            }
            m_line += "]\"";
        }
    }

    void addNumber(double value)
    {
        char text[32];
        const int length = std::snprintf(text, sizeof text, "%.6g", value);
        m_line.append(text, static_cast<std::size_t>(length));
    }

    const Shape& m_shape;
    int m_tasks;
    int m_numbers = 0;
    std::uint64_t m_seed;
    std::string m_path;
    std::ofstream m_out;
    std::string m_line;
    std::vector<std::uint64_t> m_libraries;
    std::vector<double> m_hitRates;
};

/// Molecules first, first + 1, … of the shape's share; the panels share some with the screen, as the real ones do.
struct Span {
    std::size_t first = 0, count = 0;
};

std::vector<Span> spansOf(std::size_t molecules)
{
    std::vector<Span> spans;
    for (const Shape& shape : shapes) {
        const auto count = std::max<std::size_t>(
            1, static_cast<std::size_t>(std::llround(shape.share * static_cast<double>(molecules))));
        spans.push_back({0, std::min(count, molecules)});
    }
    // The screen begins at 0 and the quantum table ends at the last molecule; what they share lies between.
    spans[3].first = molecules - spans[3].count;
    return spans;
}

} // namespace

Result<Figures> generateProject(const std::string& path, const GeneratedProject& wanted, Control& control)
{
    const Stopwatch watch;
    auto scratch = ScratchFolder::make(wanted.tables);
    if (!scratch) {
        return tl::unexpected<Error>(scratch.error());
    }
    const auto variants = makeVariants(wanted.smilesFile, wanted.molecules, wanted.seed, control);
    if (!variants) {
        return tl::unexpected<Error>(variants.error());
    }
    auto project = store::Project::create(path);
    if (!project) {
        return tl::unexpected<Error>(project.error());
    }
    const std::vector<Span> spans = spansOf(variants->size());
    double importSeconds = 0;
    std::int64_t rows = 0, molecules = 0, labels = 0;
    for (std::size_t s = 0; s < std::size(shapes); ++s) {
        const Shape& shape = shapes[s];
        const int tasks = std::max(shape.kind == Shape::Kind::Quantum ? perAtomTasks + 1 : 1,
                                   static_cast<int>(std::lround(double(shape.tasks) * wanted.tasks / allTasks)));
        std::string table = wanted.keepTables ? path + '-' : scratch->file("");
        table.append(shape.name).append(".csv");
        TableWriter writer(shape, tasks, wanted.seed, table);
        for (std::size_t i = 0; i < spans[s].count; ++i) {
            if (i % 5000 == 0) {
                control.report({std::string("writing ").append(shape.name), static_cast<std::int64_t>(i),
                                static_cast<std::int64_t>(spans[s].count), "rows", 0, -1});
                if (control.stopRequested()) {
                    return fail(ErrorCode::Stopped, "Stopped.");
                }
            }
            writer.add((*variants)[spans[s].first + i], spans[s].first + i);
        }
        PAPILIO_TRY(writer.finish());
        data::ImportOptions options;
        options.dataset = shape.name;
        options.threads = wanted.threads;
        const auto reports = data::importFiles(*project, {table}, options, control);
        if (!reports) {
            return tl::unexpected<Error>(reports.error());
        }
        importSeconds += reports->front().seconds;
        rows += reports->front().rows;
        molecules += reports->front().newMolecules;
        std::error_code ignored;
        if (!wanted.keepTables) {
            std::filesystem::remove(table, ignored);
        }
    }
    const auto datasets = store::Datasets(*project).all();
    if (datasets) {
        for (const auto& dataset : *datasets) {
            labels += dataset.labels;
        }
    }
    project = fail(ErrorCode::Internal, ""); // closed: its log is in the file now
    std::error_code ignored;
    const auto bytes = static_cast<double>(std::filesystem::file_size(path, ignored));
    return Figures{single("rows", "", static_cast<double>(rows)),
                   single("molecules", "", static_cast<double>(molecules)),
                   single("labels", "", static_cast<double>(labels)),
                   single("import, everything included", "rows/s", static_cast<double>(rows) / importSeconds),
                   single("in all", "s", watch.seconds()),
                   single("size of the project", "MB", bytes / 1e6),
                   single("size of the project", "bytes/molecule", bytes / static_cast<double>(molecules))};
}

} // namespace papilio::engine
