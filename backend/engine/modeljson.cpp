// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/modeljson.h"

#include <nlohmann/json.hpp>

#include "nn/optionnames.h"

namespace papilio::engine
{

namespace
{

using nlohmann::json;

json headToJson(const nn::HeadSpec& head)
{
    json columns = json::array();
    std::string unit = head.columns.empty() ? "" : head.columns.front().unit;
    for (const auto& column : head.columns) {
        columns.push_back({{"task", column.task},
                           {"title", column.title.empty() ? column.task : column.title},
                           {"unit", column.unit},
                           {"known", column.known}});
        if (column.unit != unit)
            unit.clear();
    }
    json result = {{"name", head.name},
                   {"dataset", head.dataset},
                   {"level", levelName(head.level)},
                   {"kind", kindName(head.kind)},
                   {"classes", head.classes},
                   {"unit", unit},
                   {"loss", nn::nameOf(head.loss.type)},
                   {"columns", std::move(columns)}};
    if (!head.classNames.empty())
        result["classNames"] = head.classNames;
    if (head.ordered)
        result["ordered"] = true;
    return result;
}

std::string joined(const std::vector<nn::Pooling>& poolings)
{
    std::string text;
    for (const nn::Pooling pooling : poolings)
        text += (text.empty() ? "" : " ‖ ") + std::string(nn::nameOf(pooling));
    return text;
}

} // namespace

json cardToJson(const learn::LibraryEntry& entry)
{
    const learn::ModelCard& card = entry.card;
    return {{"name", card.name},
            {"title", card.title},
            {"path", entry.path},
            {"architecture", entry.architecture},
            {"parameters", entry.parameters},
            {"tasks", entry.tasks},
            {"heads", entry.heads},
            {"trainedOn", card.trainedOn},
            {"licence", card.licence},
            {"citation", card.citation},
            {"notes", card.notes},
            {"source", card.source},
            {"added", card.added},
            {"bytes", entry.bytes},
            {"reference", entry.reference}};
}

learn::LibraryEntry entryOf(const learn::SavedModel& model, learn::ModelCard card, const std::string& path)
{
    learn::LibraryEntry entry;
    entry.card = std::move(card);
    entry.path = path;
    entry.architecture = model.spec.architecture.title;
    entry.parameters = nn::parameterCount(model.spec);
    entry.heads = static_cast<std::int64_t>(model.spec.heads.size());
    for (const nn::HeadSpec& head : model.spec.heads)
        entry.tasks += static_cast<std::int64_t>(head.columns.size());
    return entry;
}

std::string architectureText(const nn::Architecture& architecture)
{
    const nn::GnnSpec& gnn = architecture.gnn;
    std::string text = std::string(nn::nameOf(gnn.layer.type)) + ", " + std::to_string(gnn.depth) + " layers of " +
                       std::to_string(gnn.hidden.empty() ? gnn.outDim : gnn.hidden.front());
    if (!gnn.hidden.empty() && gnn.outDim != gnn.hidden.front())
        text += " (the last " + std::to_string(gnn.outDim) + ")";
    if (gnn.virtualNode != nn::VirtualNode::None)
        text += ", virtual node (" + std::string(nn::nameOf(gnn.virtualNode)) + ")";
    text += ", residual " + std::string(nn::nameOf(gnn.residual));
    return text + "; pooling " + joined(architecture.outputOf(Level::Graph).pooling);
}

json modelToJson(const learn::LibraryEntry& entry, const learn::SavedModel& model)
{
    json result = cardToJson(entry);
    result["architectureText"] = architectureText(model.spec.architecture);
    result["licenceText"] = entry.card.licenceText;
    result["summary"] = model.summary;
    result["architecture"] = nn::architectureToJson(model.spec.architecture);
    json heads = json::array();
    for (const nn::HeadSpec& head : model.spec.heads)
        heads.push_back(headToJson(head));
    result["heads"] = std::move(heads);
    return result;
}

} // namespace papilio::engine
