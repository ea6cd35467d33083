// SPDX-License-Identifier: GPL-3.0-or-later
// Training data that one process of a host has read, and others read there.
#include <nlohmann/json.hpp>

#include "core/hash.h"
#include "learn/rundata.h"

namespace papilio::learn
{

namespace
{

using nlohmann::json;

/// What decides which bytes are where; the data hash stands for the bytes themselves.
std::string layoutOf(const Selection& selection, const store::Split& split)
{
    json heads = json::array();
    for (const nn::HeadSpec& head : selection.heads) {
        json tasks = json::array();
        for (const auto& column : head.columns) {
            tasks.push_back(column.task);
        }
        heads.push_back({head.dataset, head.level, head.kind, head.classes, head.name, std::move(tasks)});
    }
    Sha256 hash;
    hash.add(json{{"split", split.hash},
                  {"molecules", split.molecules.size()},
                  {"inputs", featureSetHash(selection.inputs)},
                  {"heads", std::move(heads)}}
                 .dump(-1, ' ', false, json::error_handler_t::replace));
    return hash.hex();
}

} // namespace

json RunData::offer() const
{
    const auto address = m_bulk.address();
    if (!address) {
        return {};
    }
    json columns = json::array();
    for (const std::vector<Normalisation>& head : m_normalisation) {
        json& own = columns.emplace_back(json::array());
        for (const Normalisation& column : head) {
            own.push_back({column.mean, column.sd});
        }
    }
    return {{"process", address->process}, {"file", address->file}, {"device", address->device},
            {"node", address->node},       {"size", address->size}, {"layout", layoutOf(m_selection, m_split)},
            {"hash", m_hash},              {"notes", m_notes},      {"normalisation", std::move(columns)}};
}

Result<RunData> RunData::attach(Selection&& selection, store::Split&& split, const json& offer)
{
    if (!offer.is_object() || offer.at("layout") != layoutOf(selection, split)) {
        return fail(ErrorCode::Io, "No other process of this host offers this training data.");
    }
    Bulk::Address address;
    offer.at("process").get_to(address.process);
    offer.at("file").get_to(address.file);
    offer.at("device").get_to(address.device);
    offer.at("node").get_to(address.node);
    offer.at("size").get_to(address.size);
    auto bulk = Bulk::open(address);
    if (!bulk) {
        return tl::unexpected(bulk.error());
    }
    RunData data;
    data.m_bulk = std::move(*bulk);
    data.m_selection = std::move(selection);
    data.m_split = std::move(split);
    data.findParts();
    data.m_hash = offer.at("hash").get<std::string>();
    data.m_notes = offer.at("notes").get<std::vector<std::string>>();
    for (const json& head : offer.at("normalisation")) {
        std::vector<Normalisation>& columns = data.m_normalisation.emplace_back();
        for (const json& column : head) {
            columns.push_back({column.at(0).get<double>(), column.at(1).get<double>()});
        }
    }
    return data;
}

} // namespace papilio::learn
