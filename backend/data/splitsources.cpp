// SPDX-License-Identifier: GPL-3.0-or-later
// Splits that a column of the imported rows or a file of row numbers gives.
#include <algorithm>
#include <set>

#include "core/text.h"
#include "data/splitfile.h"
#include "data/splitmembers.h"
#include "store/source.h"

namespace papilio::data
{

namespace
{

using store::Part;

std::string listed(const std::vector<std::string>& names)
{
    constexpr std::size_t most = 12;
    std::string text;
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i) {
        text += text.empty() ? "'" : ", '";
        text += elided(names[i], 40);
        text += '\'';
    }
    return names.size() > most ? text + " and " + std::to_string(names.size() - most) + " more" : text;
}

/// What a value of the column, or a key of the file, means.
class Meanings
{
public:
    explicit Meanings(const SplitSpec& spec) : m_values(spec.values) {}

    /// None: it is in no part, which only values that were not mapped can be. Nothing: not known.
    std::optional<Part> of(const std::string& value) const
    {
        if (m_values.empty()) {
            return partFromCustomaryName(value);
        }
        const auto found = m_values.find(value);
        const auto others = m_values.find("*");
        const auto& use = found != m_values.end() ? found : others;
        return use != m_values.end() ? store::partFromName(use->second) : Part::None;
    }
    bool given() const { return !m_values.empty(); }
    /// Mapped values that never occurred.
    std::vector<std::string> unseen(const std::set<std::string>& seen) const
    {
        std::vector<std::string> names;
        for (const auto& [value, part] : m_values) {
            if (value != "*" && !seen.contains(value)) {
                names.push_back(value);
            }
        }
        return names;
    }

private:
    const std::map<std::string, std::string>& m_values;
};

class Sources
{
public:
    Sources(store::Project& project, const SplitRequest& request, Control& control, std::vector<std::string>& notes)
        : m_project(project), m_request(request), m_meanings(request.spec), m_control(control), m_notes(notes)
    {
    }

    Result<PartsByDataset> run()
    {
        const auto names = datasetNames(m_request);
        PAPILIO_TRY(checkNames(names));
        PartsByDataset all;
        for (const auto& [dataset, name] : names) {
            const std::string* source = sourceOf(name);
            if (source == nullptr) {
                return fail(ErrorCode::Usage,
                            "The split names no " + what() + " for dataset '" + name + "'.",
                            "Name one for each dataset that is learnt, as '" + name + "=…', or leave its tasks out.");
            }
            auto rows = moleculesOfRows(m_project, dataset);
            if (!rows) {
                return tl::unexpected<Error>(rows.error());
            }
            auto parts = m_request.spec.kind == SplitKind::Column ? fromColumn(dataset, name, *source, rows->size())
                                                                  : fromFile(name, *source, rows->size());
            if (!parts) {
                return tl::unexpected<Error>(parts.error());
            }
            all[dataset] = byMolecule(name, *rows, *parts);
            if (m_control.stopRequested()) {
                return fail(ErrorCode::Stopped, "Stopped while the split was read.");
            }
        }
        return all;
    }

private:
    std::string what() const { return m_request.spec.kind == SplitKind::Column ? "column" : "file"; }

    const std::string* sourceOf(const std::string& dataset) const
    {
        const auto& sources = m_request.spec.sources;
        const auto own = sources.find(dataset);
        const auto common = sources.find("");
        return own != sources.end() ? &own->second : common != sources.end() ? &common->second : nullptr;
    }

    Result<> checkNames(const std::map<std::int64_t, std::string>& names) const
    {
        const auto& sources = m_request.spec.sources;
        for (const auto& [dataset, source] : sources) {
            const bool known = dataset.empty() || std::any_of(names.begin(), names.end(), [&wanted = dataset](const auto& entry) {
                                   return entry.second == wanted;
                               });
            if (!known) {
                return fail(ErrorCode::NotFound, "The split names dataset '" + elided(dataset, 60) +
                                                     "', of which nothing is learnt.");
            }
        }
        if (m_request.spec.kind == SplitKind::File && names.size() > 1 && sources.contains("")) {
            return fail(ErrorCode::Usage,
                        "One split file cannot hold for " + std::to_string(names.size()) +
                            " datasets: its numbers are rows of one table.",
                        "Name a file for each: file:" + names.begin()->second + "=FILE|…");
        }
        return {};
    }

    Result<std::vector<Part>> fromColumn(std::int64_t dataset, const std::string& name, const std::string& column,
                                         std::size_t rows)
    {
        const store::SourceRows source(m_project);
        const auto columns = source.columns(dataset);
        if (!columns) {
            return tl::unexpected<Error>(columns.error());
        }
        const auto found = std::find(columns->begin(), columns->end(), column);
        if (found == columns->end()) {
            return fail(ErrorCode::NotFound, "Dataset '" + name + "' has no column '" + elided(column, 60) + "'.",
                        "Its columns are " + listed(*columns) + ".");
        }
        const auto index = static_cast<std::size_t>(found - columns->begin());
        std::vector<Part> parts(rows, Part::None);
        std::set<std::string> seen, unknown;
        PAPILIO_TRY(source.each(dataset, [&](std::int64_t row, const std::vector<std::string>& cells) {
            const std::string value(index < cells.size() ? trimmed(cells[index]) : std::string_view());
            if (value.empty()) {
                return true;
            }
            seen.insert(value);
            if (const auto part = m_meanings.of(value); !part) {
                unknown.insert(value);
            } else if (static_cast<std::size_t>(row) < rows) {
                parts[static_cast<std::size_t>(row)] = *part;
            }
            return unknown.size() < 100 && !m_control.stopRequested();
        }));
        if (m_control.stopRequested()) { // what was seen so far says nothing of the column
            return fail(ErrorCode::Stopped, "Stopped while the split was read.");
        }
        if (!unknown.empty()) {
            return fail(ErrorCode::BadInput,
                        "Column '" + column + "' of dataset '" + name + "' has values whose part is not known: " +
                            listed({unknown.begin(), unknown.end()}) + ".",
                        "Say what they mean: train=VALUE,val=VALUE,test=VALUE behind the split, several with '+', '*' for "
                        "all others.");
        }
        PAPILIO_TRY(checkSeen(seen, "Column '" + column + "' of dataset '" + name + "'"));
        return parts;
    }

    Result<> checkSeen(const std::set<std::string>& seen, const std::string& where) const
    {
        const auto unseen = m_meanings.unseen(seen);
        if (!unseen.empty()) {
            return fail(ErrorCode::BadInput, where + " has no " + listed(unseen) + ".",
                        "It has " + listed({seen.begin(), seen.end()}) + ".");
        }
        return {};
    }

    Result<std::vector<Part>> fromFile(const std::string& name, const std::string& path, std::size_t rows)
    {
        const auto file = readSplitFile(path);
        if (!file) {
            return tl::unexpected<Error>(file.error());
        }
        std::vector<Part> parts(rows, Part::None);
        std::set<std::string> seen;
        std::vector<std::string> unused;
        for (const auto& [list, numbers] : file->lists) {
            seen.insert(list);
            const auto part = m_meanings.of(list);
            if (!part || *part == Part::None) {
                unused.push_back(list);
                continue;
            }
            PAPILIO_TRY(take(list, numbers, *part, parts, path, name));
        }
        PAPILIO_TRY(checkSeen(seen, "Split file '" + path + "'"));
        if (std::find(parts.begin(), parts.end(), Part::Train) == parts.end()) {
            return fail(ErrorCode::BadInput, "Split file '" + path + "' has no list for training.",
                        "It has " + listed({seen.begin(), seen.end()}) +
                            "; say which is which: train=NAME,val=NAME,test=NAME behind the split.");
        }
        if (!unused.empty()) {
            m_notes.push_back("Lists of '" + path + "' that are not used: " + listed(unused) + ".");
        }
        return parts;
    }

    Result<> take(const std::string& list, const std::vector<std::int64_t>& numbers, Part part, std::vector<Part>& parts,
                  const std::string& path, const std::string& dataset) const
    {
        const std::string where = "Split file '" + path + "', list '" + elided(list, 60) + "': row ";
        for (const std::int64_t number : numbers) {
            if (number < 0 || static_cast<std::size_t>(number) >= parts.size()) {
                return fail(ErrorCode::BadInput,
                            where + std::to_string(number) + " is not among the " + std::to_string(parts.size()) +
                                " rows of dataset '" + dataset + "' (they count from 0).",
                            "The file belongs to another table, or to a longer version of this one.");
            }
            Part& slot = parts[static_cast<std::size_t>(number)];
            if (slot != Part::None && slot != part) {
                return fail(ErrorCode::BadInput, where + std::to_string(number) + " is in part '" +
                                                     std::string(store::partName(slot)) + "' as well.");
            }
            slot = part;
        }
        return {};
    }

    /// The first row of a molecule that is in a part decides.
    std::vector<Part> byMolecule(const std::string& name, const std::vector<std::int64_t>& rows,
                                 const std::vector<Part>& parts)
    {
        std::vector<Part> of(m_request.molecules.size(), Part::None);
        std::int64_t rejected = 0, contradicting = 0;
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if (parts[row] == Part::None) {
                continue;
            }
            const auto found = std::lower_bound(m_request.molecules.begin(), m_request.molecules.end(), rows[row]);
            if (rows[row] == 0 || found == m_request.molecules.end() || *found != rows[row]) {
                rejected += rows[row] == 0 ? 1 : 0;
                continue;
            }
            Part& slot = of[static_cast<std::size_t>(found - m_request.molecules.begin())];
            contradicting += slot != Part::None && slot != parts[row] ? 1 : 0;
            slot = slot == Part::None ? parts[row] : slot;
        }
        if (rejected > 0) {
            m_notes.push_back("Dataset '" + name + "': " + std::to_string(rejected) +
                              " rows of the split were rejected at import.");
        }
        if (contradicting > 0) {
            m_notes.push_back("Dataset '" + name + "': " + std::to_string(contradicting) +
                              " rows are in another part than an earlier row of the same molecule, which decides.");
        }
        return of;
    }

    store::Project& m_project;
    const SplitRequest& m_request;
    Meanings m_meanings;
    Control& m_control;
    std::vector<std::string>& m_notes;
};

} // namespace

Result<PartsByDataset> partsFromSources(store::Project& project, const SplitRequest& request, Control& control,
                                        std::vector<std::string>& notes)
{
    return Sources(project, request, control, notes).run();
}

} // namespace papilio::data
