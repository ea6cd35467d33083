// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/published.h"

#include <algorithm>

#include "nn/describe.h"
#include "nn/publishedsource.h"
#include "nn/widths.h"

namespace papilio::nn
{

namespace
{

using Json = nlohmann::json;

void readOutputs(const PublishedSource& source, Architecture& a)
{
    // Levels without tasks there look like the graph level, should tasks of theirs be added.
    OutputSpec& graph = a.outputOf(Level::Graph);
    for (const std::string& name : source.keys()) {
        const auto level = levelFromName(name);
        if (!level) {
            source.fault(name, "Levels are graph, node, edge and nodepair.");
            continue;
        }
        const PublishedSource output = source.at(name);
        readPublishedMlp(output, a.outputOf(*level).mlp);
        if (*level == Level::Graph) {
            output.choices("pooling", graph.pooling);
        }
    }
    for (const Level level : {Level::Node, Level::Edge, Level::NodePair}) {
        if (!source.has(std::string(levelName(level))) && source.has("graph")) {
            a.outputOf(level).mlp = graph.mlp;
        }
    }
}

HeadSpec readHead(const PublishedSource& source, const std::string& name, const PublishedOptions& options)
{
    HeadSpec head;
    head.name = head.dataset = name;
    readPublishedMlp(source, head.mlp);
    source.choice("task_level", head.level);
    const auto task = options.tasks.find(name);
    if (task != options.tasks.end()) {
        head.kind = task->second.kind;
        head.classes = task->second.classes;
        head.loss = task->second.loss;
    }
    const int classes = head.kind == TaskKind::Multiclass ? std::max(1, head.classes) : 1;
    if (head.mlp.outDim % classes != 0) {
        source.fault("out_dim", "It is not a multiple of the " + std::to_string(classes) + " classes of its loss.");
    }
    for (int i = 1; i <= head.mlp.outDim / classes; ++i) {
        head.columns.push_back({name + " " + std::to_string(i), ""});
    }
    return head;
}

/// Heads of the architecture alone: those of the configuration by the datasets' names.
void setHeadDefaults(Architecture& a, const std::vector<HeadSpec>& heads)
{
    if (heads.empty()) {
        return;
    }
    a.heads.mlp = heads.front().mlp;
    a.heads.mlp.outDim = MlpSpec().outDim;
    MlpSpec common = a.heads.mlp;
    const Json defaults = options::write(options::describeHidden(common));
    for (const HeadSpec& head : heads) {
        HeadSpec copy = head;
        Json own = options::write(options::describeHidden(copy.mlp));
        for (const auto& [key, value] : defaults.items()) {
            if (own.contains(key) && own[key] == value) {
                own.erase(key);
            }
        }
        own["loss"] = options::write(options::describe(copy.loss));
        a.heads.overrides.push_back({head.dataset, own.dump()});
    }
}

/// Encodings that the encoders read and the feature set lacks.
void addEncodings(Architecture& a, const PublishedSource& source)
{
    for (const EncoderSpec& encoder : a.encoders.encoders) {
        for (const std::string& key : encoder.inputs) {
            const auto same = [&](const EncodingSpec& spec) { return encodingKey(spec) == key; };
            if (std::any_of(a.inputs.encodings.begin(), a.inputs.encodings.end(), same)) {
                continue;
            }
            Level at = Level::Node;
            std::string type = key;
            for (const Level level : {Level::Edge, Level::NodePair}) {
                const std::string prefix = std::string(levelName(level)) + "_";
                if (key.starts_with(prefix)) {
                    at = level;
                    type = key.substr(prefix.size());
                }
            }
            const auto found = encodingTypeFromName(type);
            if (!found) {
                source.fault(encoder.name, "There is no encoding '" + key + "'.");
                return;
            }
            EncodingSpec spec = defaultEncoding(*found);
            spec.level = at;
            a.inputs.encodings.push_back(spec);
        }
    }
}

void readArchitecture(const PublishedSource& source, Architecture& a)
{
    if (source.text("model_type", "fullgraphmultitasknetwork") != "fullgraphmultitasknetwork") {
        source.fault("model_type", "Papilio reads FullGraphMultiTaskNetwork.");
    }
    source.ignore("mup_base_path");
    source.ignore("mup_load_or_save");
    if (source.has("mup_scale_factor")) {
        double factor = 1;
        source.number("mup_scale_factor", factor);
        if (factor != 1) {
            source.fault("mup_scale_factor", "Write the widths as they are.");
        }
    }
    a.encoders = Encoders();
    readPublishedEncoders(source.at("pe_encoders"), a.encoders);
    addEncodings(a, source.at("pe_encoders").at("encoders"));
    a.hasPreNode = source.has("pre_nn");
    a.hasPreEdge = source.has("pre_nn_edges");
    if (a.hasPreNode) {
        readPublishedMlp(source.at("pre_nn"), a.preNode);
    }
    if (a.hasPreEdge) {
        readPublishedMlp(source.at("pre_nn_edges"), a.preEdge);
    }
    const PublishedSource gnn = source.at("gnn");
    int edges = a.hasPreEdge ? a.preEdge.outDim : 0;
    gnn.whole("in_dim_edges", edges);
    readPublishedGnn(gnn, a.gnn, edges > 0);
    if (edges == 0 && a.usesBonds()) {
        gnn.fault("layer_type", "Such layers look at bonds, and there is no pre_nn_edges.");
    }
    int in = gnnInputWidth(a);
    gnn.whole("in_dim", in);
    if (in != gnnInputWidth(a)) {
        gnn.fault("in_dim", "The layers before it give " + std::to_string(gnnInputWidth(a)) + ".");
    }
    if (edges > 0 && a.usesBonds() && edges != gnnEdgeInputWidth(a)) {
        gnn.fault("in_dim_edges", "What comes before gives " + std::to_string(gnnEdgeInputWidth(a)) + ".");
    }
    readOutputs(source.at("graph_output_nn"), a);
}

} // namespace

Result<PublishedTask> taskFromPublished(const Json& loss)
{
    const Json named = loss.is_object() ? loss : Json{{"name", loss}};
    std::string name = named.contains("name") && named["name"].is_string() ? named["name"].get<std::string>() : "";
    if (name.ends_with("_ipu")) {
        name.resize(name.size() - 4);
    }
    static const std::map<std::string, LossType> types = {{"mae", LossType::Mae},
                                                          {"l1", LossType::Mae},
                                                          {"mse", LossType::Mse},
                                                          {"bce", LossType::Bce},
                                                          {"bce_logits", LossType::BceLogits},
                                                          {"hybrid_ce", LossType::HybridCe}};
    const auto found = types.find(name);
    if (found == types.end()) {
        return fail(ErrorCode::BadInput, "predictor.loss_fun: there is no loss " + named.dump() + ".",
                    "Known are mae, mse, bce, bce_logits and hybrid_ce, each also with _ipu.");
    }
    PublishedTask task;
    task.loss.type = found->second;
    if (found->second == LossType::Bce || found->second == LossType::BceLogits) {
        task.kind = TaskKind::Binary;
    } else if (found->second == LossType::HybridCe) {
        task.kind = TaskKind::Multiclass;
        const nlohmann::ordered_json ordered(named);
        const PublishedSource source(ordered);
        source.whole("n_brackets", task.classes);
        source.number("alpha", task.loss.alpha);
        task.loss.hybridAbsolute = source.text("regression_loss", "mse").starts_with("mae");
        PAPILIO_TRY(source.result());
        if (task.classes < 2) {
            return fail(ErrorCode::BadInput, "predictor.loss_fun: hybrid_ce needs n_brackets of 2 or more.");
        }
    }
    return task;
}

Result<ModelSpec> specFromPublished(const Json& architecture, std::vector<std::string>* unused,
                                    const PublishedOptions& options)
{
    return specFromPublished(nlohmann::ordered_json(architecture), unused, options);
}

Result<ModelSpec> specFromPublished(const nlohmann::ordered_json& architecture, std::vector<std::string>* unused,
                                    const PublishedOptions& options)
{
    const PublishedSource source(architecture);
    PAPILIO_TRY(source.result());
    ModelSpec spec;
    Architecture& a = spec.architecture;
    a.inputs = options.inputs;
    a.mupDivisor = options.mupDivisor;
    a.quirks = Quirks::published();
    readArchitecture(source, a);
    const PublishedSource heads = source.at("task_heads");
    for (const std::string& name : heads.keys()) {
        spec.heads.push_back(readHead(heads.at(name), name, options));
    }
    PAPILIO_TRY(source.result());
    setHeadDefaults(a, spec.heads);
    if (unused != nullptr) {
        *unused = source.unused();
    }
    return spec;
}

} // namespace papilio::nn
