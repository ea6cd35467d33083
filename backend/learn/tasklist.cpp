// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/tasklist.h"

#include <algorithm>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

#include "core/text.h"

namespace papilio::learn
{

namespace
{

using nlohmann::json;

/// Columns of PCQM4M_G25_N4, in the order of its table (mullkien is so spelt there).
const std::vector<std::string> g25Columns = {
    "graph_alpha_homo", "graph_alpha_gap", "graph_beta_homo", "graph_beta_gap", "graph_energy_total",
    "graph_principal_length_a", "graph_principal_length_b", "graph_principal_length_c", "graph_inertia_mass_a",
    "graph_inertia_mass_b", "graph_inertia_mass_c", "graph_inertia_valence_a", "graph_inertia_valence_b",
    "graph_inertia_valence_c", "graph_inertia_charges_mulliken_a", "graph_inertia_charges_mullkien_b",
    "graph_inertia_charges_mulliken_c", "graph_inertia_charges_lowdin_a", "graph_inertia_charges_lowdin_b",
    "graph_inertia_charges_lowdin_c", "graph_spherocity", "graph_plane_best_fit", "graph_tddft_alpha_gap",
    "graph_tddft_energy_beta_gap", "graph_tddft_energy_total"};
const std::vector<std::string> n4Columns = {"node_charges_mulliken", "node_charges_lowdin",
                                            "node_tddft_charges_mulliken", "node_tddft_charges_lowdin"};

/// What a tasks.json says of one head.
struct Names {
    std::vector<std::optional<std::string>> names;
    std::vector<std::string> symbols; ///< as long as names, or empty
    bool genes = false;
};

tl::unexpected<Error> bad(const std::string& where, const std::string& what)
{
    return fail(ErrorCode::BadInput, where + ": " + what + ".",
                "It must hold, for each head, an object with a list of \"names\" in the order of the outputs.");
}

Result<Names> readNames(const json& entry, const std::string& head, const std::string& where)
{
    Names names;
    for (const char* key : {"names", "genes", "assays", "tasks"}) {
        if (!entry.contains(key)) {
            continue;
        }
        if (!entry[key].is_array()) {
            return bad(where, "\"" + std::string(key) + "\" of head '" + head + "' is not a list");
        }
        names.genes = std::string_view(key) == "genes";
        for (const json& item : entry[key]) {
            if (!item.is_string() && !item.is_null()) {
                return bad(where, "a name of head '" + head + "' is neither a text nor null");
            }
            names.names.push_back(item.is_null() ? std::nullopt : std::optional(item.get<std::string>()));
        }
        break;
    }
    if (entry.contains("symbols") && entry["symbols"].is_array() && entry["symbols"].size() == names.names.size()) {
        for (const json& item : entry["symbols"]) {
            names.symbols.push_back(item.is_string() ? item.get<std::string>() : "");
        }
    }
    return names;
}

/// "assayID-720516" is PubChem's AID 720516, "geneID-10007" NCBI's gene 10007.
std::string titleOf(const std::string& name, const std::string& symbol)
{
    const auto after = [&](std::string_view prefix) {
        return name.starts_with(prefix) ? name.substr(prefix.size()) : std::string();
    };
    if (const std::string assay = after("assayID-"); !assay.empty()) {
        return "PubChem AID " + assay;
    }
    if (const std::string gene = after("geneID-"); !gene.empty()) {
        return symbol.empty() ? "gene " + gene : symbol + " (gene " + gene + ")";
    }
    return {};
}

std::string unknownTitle(const nn::HeadSpec& head, std::size_t column)
{
    const std::string place = std::to_string(column + 1) + " of " + std::to_string(head.columns.size());
    const std::string what = head.name.starts_with("pcba")    ? "PCBA assay "
                             : head.name.starts_with("l1000") ? "gene "
                                                              : head.name + ", output ";
    return what + place + " (name not known)";
}

void apply(nn::HeadSpec& head, const Names& names)
{
    std::set<std::string> taken;
    for (std::size_t i = 0; i < head.columns.size(); ++i) {
        nn::HeadSpec::Column& column = head.columns[i];
        const bool known = i < names.names.size() && names.names[i] && taken.insert(*names.names[i]).second;
        column.known = known;
        column.task = known ? *names.names[i] : head.name + " " + std::to_string(i + 1);
        column.title = known ? titleOf(column.task, names.symbols.empty() ? "" : names.symbols[i])
                             : unknownTitle(head, i);
        if (head.kind == TaskKind::Regression) {
            column.unit = "standard score";
        }
    }
    if (head.kind == TaskKind::Multiclass) {
        head.ordered = head.loss.type == nn::LossType::HybridCe;
        if (head.classes == 3 && (names.genes || head.name.starts_with("l1000"))) {
            head.classNames = {"down", "neutral", "up"};
        }
    }
}

/// What is known without a tasks.json.
Names publishedNames(const nn::HeadSpec& head)
{
    Names names;
    for (const auto& [name, columns] : {std::pair("pcqm4m_g25", &g25Columns), std::pair("pcqm4m_n4", &n4Columns)}) {
        if (head.name == name && head.columns.size() == columns->size()) {
            names.names.assign(columns->begin(), columns->end());
        }
    }
    return names;
}

std::vector<std::string> notesOn(const std::vector<nn::HeadSpec>& heads)
{
    std::vector<std::string> notes;
    bool scores = false;
    for (const nn::HeadSpec& head : heads) {
        const auto unknown = std::count_if(head.columns.begin(), head.columns.end(),
                                           [](const nn::HeadSpec::Column& column) { return !column.known; });
        if (unknown > 0) {
            notes.push_back(head.name + ": the names of " + std::to_string(unknown) + " of " +
                            std::to_string(head.columns.size()) + " outputs are not known.");
        }
        scores |= head.kind == TaskKind::Regression;
    }
    if (!notes.empty()) {
        notes.emplace_back("A tasks.json beside the wheel or the weights can name outputs.");
    }
    if (scores) {
        notes.emplace_back("Means and deviations of the labels are not in the checkpoint: regression outputs are "
                           "standard scores of the labels it was trained on.");
    }
    return notes;
}

} // namespace

Result<std::vector<std::string>> nameTasks(std::vector<nn::HeadSpec>& heads, const std::string& tasks,
                                           const std::string& where)
{
    json document = json::object();
    if (!tasks.empty()) {
        document = json::parse(tasks, nullptr, false);
        if (!document.is_object()) {
            return bad(where, "it is not a JSON object");
        }
    }
    Names before;
    for (nn::HeadSpec& head : heads) {
        Names names = publishedNames(head);
        if (document.contains(head.name) && document[head.name].is_object()) {
            auto read = readNames(document[head.name], head.name, where);
            if (!read) {
                return tl::unexpected(read.error());
            }
            const bool same = read->names.empty() && before.names.size() == head.columns.size();
            names = read->names.empty() ? (same ? before : names) : std::move(*read);
            if (!names.names.empty() && names.names.size() != head.columns.size()) {
                return bad(where, "head '" + head.name + "' has " + std::to_string(head.columns.size()) +
                                      " outputs and " + std::to_string(names.names.size()) + " names");
            }
        }
        apply(head, names);
        before = names;
    }
    return notesOn(heads);
}

} // namespace papilio::learn
