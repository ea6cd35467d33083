// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/sample.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "chem/descriptors.h"
#include "chem/molecule.h"
#include "chem/runtime.h"
#include "core/random.h"
#include "core/text.h"
#include "data/import.h"
#include "data/pace.h"
#include "store/datasets.h"
#include "store/project.h"

namespace papilio::data
{

namespace
{
constexpr std::uint64_t sampleSeed = 20240229;

/// As in a real collection, the costly labels are known for a part of the molecules only ("measured"); on top of that
/// each column has gaps of its own.
constexpr int measuredPercent = 42;
constexpr std::uint64_t measuredDraw = 50;

/// A column of the sample: in every hundred rows that could have it, so many have no label.
struct Column {
    const char* name;
    int missingPercent;
};
constexpr std::array<Column, 6> propertyColumns{{{"logP", 10},
                                                 {"molar refractivity (cm³/mol)", 40},
                                                 {"TPSA (Å²)", 15},
                                                 {"molecular weight (g/mol)", 60},
                                                 {"fraction sp3", 35},
                                                 {"rotatable bonds", 75}}};
constexpr std::array<Column, 3> alertColumns{{{"PAINS", 10}, {"BRENK", 30}, {"rule of five", 50}}};

constexpr std::size_t tpsaColumn = 2; ///< given for all molecules, by RDKit's own table

enum TableIndex : std::uint64_t { Properties = 0, Alerts = 1, Charges = 2, TableCount = 3 };
constexpr std::array<const char*, TableCount> tableNames{"properties", "alerts", "charges"};

struct Line {
    std::string smiles;
    std::string id;
    std::string tpsa;
    bool parsed = false;
    bool described = false;
    chem::Descriptors descriptors;
    std::vector<double> charges;
};

bool drawn(std::uint64_t what, std::uint64_t row, int percent)
{
    return mixSeed(sampleSeed, what, row) % 100 < static_cast<std::uint64_t>(percent);
}

std::string rounded(double value, int digits)
{
    if (!std::isfinite(value)) {
        return {};
    }
    char text[40];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

tl::unexpected<Error> stopped()
{
    return fail(ErrorCode::Stopped, "Stopped while the sample was made.", "Open the sample again to go on.");
}

bool measured(std::uint64_t row)
{
    return drawn(measuredDraw, row, measuredPercent);
}

bool hasGap(std::uint64_t column, std::uint64_t row, int missingPercent)
{
    return drawn(100 + column, row, missingPercent);
}

/// Which molecules are in which table: each is drawn by itself, so the tables overlap.
bool isInTable(std::uint64_t table, std::uint64_t row)
{
    switch (table) {
    case Properties:
        return drawn(table, row, 92) &&
               (measured(row) || !hasGap(tpsaColumn, row, propertyColumns[tpsaColumn].missingPercent));
    case Alerts:
        return drawn(table, row, measured(row) ? 85 : 8);
    default:
        return drawn(table, row, 42);
    }
}

/// The NCI list (SMILES, number) and, line by line for the same molecules, the table of polar surface areas.
Result<std::vector<Line>> readLines()
{
    const std::string folder = chem::rdkitDataFolder() + "/NCI/";
    std::ifstream list(folder + "first_5K.smi");
    std::ifstream areas(folder + "first_5k.tpsa.csv");
    std::vector<Line> lines;
    std::string text;
    std::string area;
    std::getline(areas, area); // a comment
    while (std::getline(list, text) && std::getline(areas, area)) {
        const std::size_t tab = text.find('\t');
        const std::size_t comma = area.rfind(',');
        Line line;
        line.smiles = text.substr(0, tab);
        line.id = tab == std::string::npos ? std::string() : std::string(trimmed(text.substr(tab + 1)));
        if (comma != std::string::npos && area.substr(0, comma) == line.smiles) {
            line.tpsa = trimmed(area.substr(comma + 1));
        }
        lines.push_back(std::move(line));
    }
    if (lines.empty()) {
        return fail(ErrorCode::Unsupported, "RDKit's data files, from which the sample is made, are not installed.",
                    "Install the package rdkit-data, or set RDBASE to the folder that holds 'Data'.");
    }
    return lines;
}

void describe(Line& line, std::uint64_t row)
{
    auto molecule = chem::Molecule::fromSmiles(line.smiles);
    if (!molecule) {
        return; // stays in the tables, to be rejected there
    }
    line.parsed = true;
    line.described = (measured(row) && isInTable(Properties, row)) || isInTable(Alerts, row);
    if (line.described) {
        line.descriptors = chem::computeDescriptors(*molecule);
    }
    if (isInTable(Charges, row)) {
        line.charges = chem::gasteigerCharges(*molecule);
    }
}

/// Computes all labels on all cores; reports from this thread.
Result<> describeAll(std::vector<Line>& lines, Control& control)
{
    std::atomic<std::size_t> next{0};
    std::atomic<bool> stop{false};
    const auto work = [&] {
        for (std::size_t i = next++; i < lines.size() && !stop; i = next++) {
            describe(lines[i], i);
        }
    };
    std::vector<std::thread> threads;
    for (unsigned i = 1; i < std::max(1U, std::thread::hardware_concurrency()); ++i) {
        threads.emplace_back(work);
    }
    Pace pace(control);
    const auto total = static_cast<std::int64_t>(lines.size());
    for (std::size_t i = next++; i < lines.size() && !stop; i = next++) {
        describe(lines[i], i);
        pace.report("computing the labels of the sample", static_cast<std::int64_t>(i + 1), total, "molecules");
        stop = stop || control.stopRequested();
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    return stop ? Result<>(stopped()) : Result<>();
}

std::string propertyCells(const Line& line, std::uint64_t row)
{
    const chem::Descriptors& d = line.descriptors;
    const std::array<std::string, propertyColumns.size()> values{
        rounded(d.crippenLogP, 4),     rounded(d.crippenMr, 4),    line.tpsa,
        rounded(d.molecularWeight, 3), rounded(d.fractionCsp3, 4), std::to_string(d.rotatableBonds)};
    std::string text;
    for (std::size_t i = 0; i < values.size(); ++i) {
        text.push_back(',');
        const bool known = i == tpsaColumn || (line.described && measured(row));
        text += line.parsed && known && !hasGap(i, row, propertyColumns[i].missingPercent) ? values[i] : std::string();
    }
    return text;
}

std::string alertCells(const Line& line, std::uint64_t row)
{
    const chem::Descriptors& d = line.descriptors;
    const std::array<bool, alertColumns.size()> values{d.painsAlert, d.brenkAlert, d.ruleOfFive};
    std::string text;
    for (std::size_t i = 0; i < values.size(); ++i) {
        text.push_back(',');
        const bool known = line.described && !hasGap(20 + i, row, alertColumns[i].missingPercent);
        text += known ? (values[i] ? "1" : "0") : "";
    }
    return text;
}

std::string chargeCells(const Line& line)
{
    std::string text;
    for (const double charge : line.charges) {
        text += text.empty() ? "" : ", ";
        text += std::isfinite(charge) ? rounded(charge, 5) : std::string("null");
    }
    return text.empty() ? text.append(1, ',') : text.insert(0, ",\"[").append("]\"");
}

std::string headerOf(std::uint64_t table)
{
    std::string text = "nsc_id,smiles";
    if (table == Charges) {
        return text + ",Gasteiger charge (e)\n";
    }
    const auto add = [&](const auto& columns) {
        for (const Column& column : columns) {
            text += std::string(",") + column.name;
        }
    };
    table == Properties ? add(propertyColumns) : add(alertColumns);
    return text + "\n";
}

/// Written under another name first, so that a table is there as a whole or not at all.
Result<> writeTable(const std::filesystem::path& path, std::uint64_t table, const std::vector<Line>& lines)
{
    const std::filesystem::path part = path.string() + ".part";
    std::ofstream out(part, std::ios::binary);
    out << headerOf(table);
    for (std::size_t row = 0; row < lines.size(); ++row) {
        if (!isInTable(table, row)) {
            continue;
        }
        out << lines[row].id << ',' << lines[row].smiles;
        out << (table == Properties ? propertyCells(lines[row], row)
                : table == Alerts   ? alertCells(lines[row], row)
                                    : chargeCells(lines[row]))
            << '\n';
    }
    out.close();
    std::error_code code;
    if (out) {
        std::filesystem::rename(part, path, code);
    }
    if (!out || code) {
        return fail(ErrorCode::ReadOnly, "Cannot write '" + path.string() + "'.",
                    "Choose a folder that you may write to, with some space left.");
    }
    return {};
}

Result<> writeTables(const std::vector<std::string>& paths, Control& control)
{
    bool allThere = true;
    for (const std::string& path : paths) {
        allThere = allThere && std::filesystem::exists(path);
    }
    if (allThere) {
        return {};
    }
    auto lines = readLines();
    if (!lines) {
        return tl::unexpected(lines.error());
    }
    PAPILIO_TRY(describeAll(*lines, control));
    for (std::uint64_t table = 0; table < TableCount; ++table) {
        PAPILIO_TRY(writeTable(paths[table], table, *lines));
    }
    return {};
}

Result<> importTable(store::Project& project, std::uint64_t table, const std::string& path, Control& control)
{
    store::Datasets datasets(project);
    auto existing = datasets.byName(tableNames[table]);
    if (existing && existing->complete) {
        return {};
    }
    ImportOptions options;
    options.dataset = tableNames[table];
    auto reports = importFiles(project, {path}, options, control);
    if (!reports && reports.error().code == ErrorCode::Exists) { // begun with tables of another RDKit
        options.replace = true;
        reports = importFiles(project, {path}, options, control);
    }
    return reports ? Result<>() : Result<>(tl::unexpected(reports.error()));
}

/// The sample never mixes with, nor replaces, somebody's own tables.
Result<> checkOnlySample(const store::Datasets& datasets, const std::string& path)
{
    const auto all = datasets.all();
    if (!all) {
        return tl::unexpected(all.error());
    }
    for (const store::DatasetRecord& record : *all) {
        const bool ours = std::any_of(std::begin(tableNames), std::end(tableNames), [&record](const auto& name) {
            return record.name == name && record.source == std::string(name) + ".csv";
        });
        if (!ours) {
            return fail(ErrorCode::Exists,
                        "The project '" + path + "' holds other data: dataset '" + record.name + "'.",
                        "Name a new file for the sample.");
        }
    }
    return {};
}

} // namespace

Result<> createSample(const std::string& path, Control& control)
{
    auto project = store::Project::openOrCreate(path);
    if (!project) {
        return tl::unexpected(project.error());
    }
    store::Datasets datasets(*project);
    bool complete = true;
    for (const char* name : tableNames) {
        auto existing = datasets.byName(name);
        complete = complete && existing && existing->complete;
    }
    if (complete) {
        return {};
    }
    PAPILIO_TRY(checkOnlySample(datasets, path));
    std::filesystem::path folder(path);
    folder.replace_filename(folder.stem().string() + " sample");
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    if (code) {
        return fail(ErrorCode::ReadOnly, "Cannot make the folder '" + folder.string() + "': " + code.message() + ".");
    }
    std::vector<std::string> paths;
    for (const char* name : tableNames) {
        paths.push_back((folder / (std::string(name) + ".csv")).string());
    }
    PAPILIO_TRY(writeTables(paths, control));
    for (std::uint64_t table = 0; table < TableCount; ++table) {
        PAPILIO_TRY(importTable(*project, table, paths[table], control));
    }
    return {};
}

Result<std::vector<std::string>> referenceMolecules(std::size_t count)
{
    const auto lines = readLines();
    if (!lines) {
        return tl::unexpected<Error>(lines.error());
    }
    std::vector<std::string> smiles;
    const std::size_t taken = std::min(count, lines->size());
    for (std::size_t i = 0; i < taken; ++i) {
        smiles.push_back((*lines)[i * lines->size() / taken].smiles);
    }
    return smiles;
}

} // namespace papilio::data
