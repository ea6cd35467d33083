// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakemodels.h"

#include <cmath>
#include <cstdlib>
#include <map>

using nlohmann::json;

namespace
{

constexpr int genes = 978, assays = 1328;

json card(const std::string& name)
{
    return {{"name", name},
            {"title", "MiniMol"},
            {"path", "/home/someone/.local/share/papilio/models/" + name + "/model.safetensors"},
            {"architecture", "GINE, 16 layers, width 336"},
            {"parameters", 10325697},
            {"tasks", 2 * genes + assays + 29},
            {"heads", 5},
            {"trainedOn", "LargeMix: L1000 VCAP and MCF7, PCBA 1328, PCQM4M, 6 million molecules"},
            {"licence", "MIT"},
            {"citation", "Kläser et al., MiniMol: a parameter-efficient foundation model for molecular learning, arXiv 2404.14986 (2024)"},
            {"notes", {"Most public assays are in its training data: a result on Tox21, ToxCast or a TDC set is no test of it.",
                       "Weights are stored in half precision and computed in single."}},
            {"added", "2026-11-25T20:15:00Z"},
            {"bytes", 20791455},
            {"reference", 1000}};
}

/// The library of this process; PAPILIO_FAKE=library: with a model from the start.
std::map<std::string, json>& library()
{
    static std::map<std::string, json> models = [] {
        const char* mode = std::getenv("PAPILIO_FAKE");
        return mode && std::string(mode) == "library" ? std::map<std::string, json>{{"minimol_v1", card("minimol_v1")}}
                                                      : std::map<std::string, json>();
    }();
    return models;
}

/// Between 0 and 1, the same for the same place.
double noise(int place, int salt)
{
    const double x = std::sin(place * 12.9898 + salt * 78.233) * 43758.5453;
    return x - std::floor(x);
}

json header(const std::string& head, const std::string& task, const std::string& level, const std::string& kind)
{
    return {{"head", head}, {"dataset", head}, {"task", task}, {"level", level}, {"kind", kind}, {"unit", ""}, {"classes", 0}};
}

void addGenes(json& predictions, const std::string& head, int salt)
{
    for (int gene = 0; gene < genes; ++gene) {
        json entry = header(head, "geneID-" + std::to_string(100 + gene * 7), "graph", "multiclass");
        const double up = noise(gene, salt) * 0.6, down = (1 - up) * noise(gene, salt + 1) * 0.6;
        entry["title"] = "GENE" + std::to_string(gene + 1);
        entry["classes"] = 3;
        entry["classNames"] = {"down", "neutral", "up"};
        entry["ordered"] = true;
        entry["values"] = {down, 1 - up - down, up};
        entry["percentiles"] = {noise(gene, 5) * 100, noise(gene, 6) * 100, noise(gene, 7) * 100};
        predictions.push_back(std::move(entry));
    }
}

void addAssays(json& predictions)
{
    for (int assay = 0; assay < assays; ++assay) {
        const bool known = assay < 1000 || assay >= assays - 8;
        json entry = header("pcba_1328", "assayID-" + std::to_string(known ? 1000 + assay * 3 : assay + 1), "graph", "binary");
        entry["title"] = known ? "PubChem AID " + std::to_string(1000 + assay * 3)
                               : "PCBA assay " + std::to_string(assay + 1) + " of 1328 (name not known)";
        entry["known"] = known;
        const double p = std::pow(noise(assay, 9), 6);
        entry["values"] = {p};
        entry["percentiles"] = {noise(assay, 10) * 100};
        predictions.push_back(std::move(entry));
    }
}

void addQuantum(json& predictions, int atoms)
{
    const char* names[] = {"graph_alpha_homo", "graph_alpha_gap", "graph_alpha_lumo", "graph_dipole_moment", "graph_energy"};
    for (int i = 0; i < 25; ++i) {
        json entry = header("pcqm4m_g25", i < 5 ? names[i] : "graph_property_" + std::to_string(i + 1), "graph", "regression");
        entry["unit"] = "standard score";
        entry["values"] = {noise(i, 20) * 4 - 2};
        entry["percentiles"] = {noise(i, 21) * 100};
        predictions.push_back(std::move(entry));
    }
    for (const char* name : {"node_charges_mulliken", "node_charges_lowdin", "node_charges_mulliken_tddft", "node_charges_lowdin_tddft"}) {
        json entry = header("pcqm4m_n4", name, "node", "regression");
        entry["unit"] = "standard score";
        for (int atom = 0; atom < atoms; ++atom) {
            entry["values"].push_back(noise(atom, name[13]) * 3 - 1.5);
        }
        predictions.push_back(std::move(entry));
    }
}

/// Benzoic acid, whatever is asked.
json lookUp(const json& params)
{
    json atoms = json::array();
    for (int i = 0; i < 6; ++i) {
        const double angle = i * 3.14159265 / 3;
        atoms.push_back({std::cos(angle), std::sin(angle), "", 6, 0, 0, false});
    }
    atoms.push_back({2.0, 0.0, "", 6, 0, 0, false});
    atoms.push_back({2.5, 0.87, "O", 8, 0, 0, false});
    atoms.push_back({2.5, -0.87, "OH", 8, 1, 0, false});
    json bonds = json::array();
    for (int i = 0; i < 6; ++i) {
        bonds.push_back({i, (i + 1) % 6, i % 2 ? 1 : 2, 0, true, 0.0, 0.0});
    }
    bonds.push_back({0, 6, 1, 0, false, 0.0, 0.0});
    bonds.push_back({6, 7, 2, 0, false, 0.0, 0.0});
    bonds.push_back({6, 8, 1, 0, false, 0.0, 0.0});
    json result{{"smiles", params["smiles"]}, {"canonical", "O=C(O)c1ccccc1"}, {"formula", "C7H6O2"}, {"weight", 122.12},
                {"heavyAtoms", 9}, {"logp", 1.38}, {"tpsa", 37.3}, {"toCanonical", {0, 1, 2, 3, 4, 5, 6, 7, 8}},
                {"depiction", {{"atoms", atoms}, {"bonds", bonds}}}, {"molecule", 0}, {"part", ""},
                {"rows", json::array()}, {"known", json::array()}, {"predictions", json::array()}};
    if (params.contains("model")) {
        addGenes(result["predictions"], "l1000_vcap", 1);
        addGenes(result["predictions"], "l1000_mcf7", 3);
        addAssays(result["predictions"]);
        addQuantum(result["predictions"], 9);
    }
    return result;
}

json explain(const json& params)
{
    json atoms = json::array(), bonds = json::array();
    const int salt = static_cast<int>(params["task"].get<std::string>().size());
    for (int i = 0; i < 9; ++i) {
        atoms.push_back(noise(i, salt) - 0.5);
        bonds.push_back(noise(i, salt + 1) - 0.5);
    }
    return {{"atoms", atoms}, {"bonds", bonds}, {"output", 0.7}, {"baseline", 0.0}, {"sumGap", 0.01}, {"hasBonds", true}};
}

json infoHeads()
{
    const auto columns = [](int count, int named, const char* unit) {
        json list = json::array();
        for (int i = 0; i < count; ++i) {
            list.push_back({{"task", std::to_string(i)}, {"title", std::to_string(i)}, {"unit", unit}, {"known", i < named}});
        }
        return list;
    };
    json heads = json::array();
    for (const char* name : {"l1000_vcap", "l1000_mcf7"}) {
        heads.push_back({{"name", name}, {"dataset", name}, {"level", "graph"}, {"kind", "multiclass"}, {"classes", 3}, {"unit", ""},
                         {"columns", columns(genes, genes, "")}});
    }
    heads.push_back({{"name", "pcba_1328"}, {"dataset", "pcba_1328"}, {"level", "graph"}, {"kind", "binary"}, {"classes", 0}, {"unit", ""},
                     {"columns", columns(assays, 1008, "")}});
    heads.push_back({{"name", "pcqm4m_g25"}, {"dataset", "pcqm4m_g25"}, {"level", "graph"}, {"kind", "regression"}, {"classes", 0},
                     {"unit", "standard score"}, {"columns", columns(25, 25, "standard score")}});
    heads.push_back({{"name", "pcqm4m_n4"}, {"dataset", "pcqm4m_n4"}, {"level", "node"}, {"kind", "regression"}, {"classes", 0},
                     {"unit", "standard score"}, {"columns", columns(4, 4, "standard score")}});
    return heads;
}

json info(const std::string& model)
{
    const bool listed = library().contains(model);
    json answer = card(listed ? model : "minimol_v1");
    answer["heads"] = infoHeads();
    answer["architecture"] = {{"title", "GINE, 16 layers, width 336"}};
    answer["architectureText"] = "GINE, 16 layers";
    answer["licenceText"] = "MIT License\n\nCopyright (c) 2024 Graphcore Ltd.\n\nPermission is hereby granted, free of charge, …";
    return answer;
}

json wrong(const std::string& code, const std::string& message)
{
    return {{"error", {{"code", code}, {"message", message}}}};
}

json option(const char* path, const char* type, const char* normal, const char* meaning, const char* group, json more = json::object())
{
    json made{{"path", path}, {"type", type}, {"default", normal}, {"meaning", meaning}};
    if (group) {
        made["group"] = group;
    }
    made.update(more);
    return made;
}

json range(double least, double most)
{
    return {{"least", least}, {"most", most}};
}

json choices(std::initializer_list<const char*> names)
{
    return {{"choices", std::vector<std::string>(names.begin(), names.end())}};
}

json options()
{
    return json::array(
        {option("optimiser", "choice", "adam", "How gradients become steps.", "Optimiser", choices({"adam", "adamw"})),
         option("learning_rate", "number", "0.001", "Learning rate after the warm-up.", "Optimiser", range(1e-12, 10)),
         option("batch_size", "integer", "200", "Molecules a step.", "Optimiser", range(1, 100000)),
         option("accumulate", "integer", "1", "Batches whose gradients are added before a step.", "Optimiser", range(1, 1000)),
         option("ema_decay", "number", "0", "Moving average of the weights; 0 = none.", "Optimiser", range(0, 1)),
         option("precision", "choice", "float32", "Numbers that the network computes in.", "Optimiser", choices({"float32", "bf16", "fp16"})),
         option("schedule", "choice", "warmup_linear", "Learning rate over the epochs.", "Schedule",
                choices({"warmup_linear", "cosine", "constant"})),
         option("warmup_epochs", "integer", "3", "Epochs until the full learning rate.", "Schedule", range(0, 100000)),
         option("early_stopping_metric", "text", "loss", "What decides which epoch is best.", "Early stopping"),
         option("architecture.gnn.layer", "choice", "gine", "Graph layer.", nullptr,
                choices({"gcn", "gin", "gine", "gatedgcn", "pna", "mpnnplus", "gps"})),
         option("architecture.gnn.depth", "integer", "4", "Number of graph layers.", nullptr, range(1, 200)),
         option("architecture.gnn.dropout", "number", "0.1", "Share of values set to 0 in training.", nullptr, range(0, 1)),
         option("architecture.gnn.gps.heads", "integer", "4", "Attention heads.", nullptr, {{"least", 1}, {"most", 64}, {"relevant", false}}),
         option("architecture.gnn.virtual_node", "choice", "none", "A node that is a neighbour of every atom.", nullptr,
                choices({"none", "sum", "mean", "logsum"}))});
}

json plannedHead(const char* name, const char* kind, int tasks, const std::string& loss, json losses)
{
    return {{"name", name}, {"dataset", name}, {"level", "graph"}, {"kind", kind}, {"tasks", tasks},
            {"loss", loss}, {"weight", 1},     {"losses", std::move(losses)}};
}

std::optional<json> answerOfTraining(const std::string& method, const json& params)
{
    if (method == "train.presets") {
        json presets = json::array();
        for (const char* group : {"toymix", "largemix", "ultralarge"}) {
            for (const char* layer : {"gcn", "gin", "gine", "gatedgcn", "pna", "mpnnplus", "gps"}) {
                presets.push_back({{"name", std::string(layer) + '-' + group},
                                   {"title", layer},
                                   {"description", "Published."},
                                   {"layer", layer}});
            }
        }
        presets.push_back({{"name", "gated-gcn-toymix-published"}, {"title", "GatedGCN"}, {"description", "As it was."}, {"layer", "gated-gcn"}});
        presets.push_back({{"name", "gine-small"}, {"title", "GINE, small"}, {"description", "For own data."}, {"layer", "gine"}});
        return json{{"presets", presets}};
    }
    if (method == "train.options") {
        json list = options();
        if (params.value("set", json::object()).value("schedule", std::string()) == "cosine") {
            list.push_back(option("schedule.cycles", "integer", "1", "Times that the cosine is gone through.", "Schedule", range(1, 100)));
        }
        return json{{"options", list}};
    }
    if (method == "split.report") {
        const json all = {{"train", 800}, {"val", 100}, {"test", 100}, {"test_seen", 0}};
        const json histogram = {{"counts", {0, 10, 60, 30}}, {"n", 100}, {"of", 100}, {"median", 0.6}};
        return json{{"spec", params["config"].value("split", "")},
                    {"report",
                     {{"molecules", all},
                      {"similarity", {{{"dataset", ""}, {"part", "test"}, {"split", histogram}, {"random", histogram}}}},
                      {"tasks", {{{"dataset", "acids"}, {"task", "pKa"}, {"kind", "regression"}, {"labels", all}}}}}}};
    }
    if (method == "train.plan") {
        const json set = params["config"].value("set", json::object());
        if (set.contains("learning_rate") && set["learning_rate"] == "99") {
            return wrong("usage", "Training key 'learning_rate': 99 is not possible.");
        }
        json rates = json::array();
        for (int epoch = 1; epoch <= 50; ++epoch) {
            rates.push_back({epoch, epoch < 3 ? epoch * 0.001 / 3 : 0.001 * (50 - epoch) / 47.0});
        }
        const auto parameters = set.contains("parameter_budget") ? std::stoll(set["parameter_budget"].get<std::string>()) : 181730LL;
        const auto value = [&](const char* key, const char* normal) { return set.contains(key) ? set[key].get<std::string>() : normal; };
        return json{{"parameters", parameters}, {"molecules", 1000}, {"train", 800}, {"validation", 100}, {"test", 100}, {"labels", 9000},
                    {"heads",
                     {plannedHead("props", "regression", 6, value("heads.props.loss", "mae"), {"mae", "mse", "huber"}),
                      plannedHead("alerts", "binary", 3, "bce_logits", {"bce", "bce_logits"})}},
                    {"learningRates", rates}};
    }
    return {};
}

} // namespace

std::optional<json> answerOfModels(const std::string& method, const json& params)
{
    if (method == "model.list") {
        json models = json::array();
        for (const auto& [name, entry] : library()) {
            models.push_back(entry);
        }
        return json{{"models", models}, {"folder", "/home/someone/.local/share/papilio/models"}};
    }
    if (method == "model.info") {
        const std::string model = params.value("model", std::string());
        if (model.ends_with(".pth")) {
            return wrong("damaged", "broken.pth is no PyTorch file: its zip directory is cut off.");
        }
        return info(model);
    }
    if (method == "model.add") {
        const std::string name = params.value("name", std::string("minimol_v1"));
        if (library().contains(name)) {
            return wrong("exists", "There is a model of the name " + name + ".");
        }
        return library()[name] = card(name);
    }
    if (method == "model.remove") {
        library().erase(params["model"].get<std::string>());
        return json::object();
    }
    if (method == "model.layers") {
        json layers = json::array();
        layers.push_back({{"address", "gnn:1"}, {"level", "node"}, {"width", 336}});
        layers.push_back({{"address", "gnn:16"}, {"level", "node"}, {"width", 512}});
        layers.push_back({{"address", "pool"}, {"level", "graph"}, {"width", 512}});
        return json{{"layers", layers}};
    }
    if (method == "fingerprint.file") {
        return json{{"rows", 10}, {"computed", 9}, {"rejected", 1}, {"width", 512}, {"out", params["out"]}};
    }
    if (method == "molecule.lookup") {
        return lookUp(params);
    }
    if (method == "molecule.explain") {
        return explain(params);
    }
    if (method == "molecule.depict") {
        json molecules = json::array();
        for (const json& smiles : params["smiles"]) {
            molecules.push_back({{"smiles", smiles}, {"error", "No drawing here."}});
        }
        return json{{"molecules", molecules}};
    }
    if (method == "molecule.conformer") {
        return wrong("unsupported", "No conformer here.");
    }
    return answerOfTraining(method, params);
}
