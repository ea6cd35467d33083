// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/publishedsource.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/text.h"

namespace papilio::nn
{

namespace
{

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

void collect(const PublishedSource::Json& json, const std::string& path, const std::set<std::string>& used,
             std::vector<std::string>& unused)
{
    for (const auto& [key, value] : json.items()) {
        const std::string name = path + key;
        if (value.is_object() && !value.empty() && used.contains(name)) {
            collect(value, name + ".", used, unused);
        } else if (!used.contains(name)) {
            unused.push_back(name);
        }
    }
}

/// A whole number, also one that is written as "128.0".
std::optional<int> wholeOf(const PublishedSource::Json& json)
{
    const double value = json.is_number() ? json.get<double>() : std::numeric_limits<double>::quiet_NaN();
    const bool fits = value == std::floor(value) && std::abs(value) <= 1e9;
    return fits ? std::optional<int>(static_cast<int>(value)) : std::nullopt;
}

} // namespace

PublishedSource::PublishedSource(const Json& json) : PublishedSource(json, "", std::make_shared<Shared>())
{
    if (!json.is_object()) {
        m_shared->error = Error{ErrorCode::BadInput, "architecture: it must be an object.", ""};
    }
}

PublishedSource::PublishedSource(const Json& json, std::string path, std::shared_ptr<Shared> shared)
    : m_json(&json), m_path(std::move(path)), m_shared(std::move(shared))
{
}

const PublishedSource::Json* PublishedSource::value(const std::string& key) const
{
    m_shared->used.insert(m_path + key);
    if (!m_json->is_object()) {
        return nullptr;
    }
    const auto found = m_json->find(key);
    return found == m_json->end() || found->is_null() ? nullptr : &*found;
}

PublishedSource PublishedSource::at(const std::string& key) const
{
    static const Json empty = Json::object();
    const Json* json = value(key);
    if (json != nullptr && !json->is_object()) {
        fault(key);
        json = nullptr;
    }
    return {json == nullptr ? empty : *json, m_path + key + ".", m_shared};
}

bool PublishedSource::has(const std::string& key) const
{
    const auto found = m_json->find(key);
    return m_json->is_object() && found != m_json->end() && !found->is_null();
}

std::vector<std::string> PublishedSource::keys() const
{
    std::vector<std::string> names;
    for (const auto& [key, item] : m_json->items()) {
        names.push_back(key);
    }
    return names;
}

void PublishedSource::whole(const std::string& key, int& out) const
{
    if (const Json* json = value(key)) {
        take(key, wholeOf(*json), out);
    }
}

void PublishedSource::number(const std::string& key, double& out) const
{
    if (const Json* json = value(key)) {
        take(key, json->is_number() ? std::optional(json->get<double>()) : std::nullopt, out);
    }
}

void PublishedSource::flag(const std::string& key, bool& out) const
{
    if (const Json* json = value(key)) {
        take(key, json->is_boolean() ? std::optional(json->get<bool>()) : std::nullopt, out);
    }
}

std::string PublishedSource::text(const std::string& key, const std::string& missing) const
{
    const Json* json = value(key);
    if (json != nullptr && !json->is_string()) {
        fault(key);
    }
    return json != nullptr && json->is_string() ? lower(json->get<std::string>()) : missing;
}

std::vector<std::string> PublishedSource::texts(const std::string& key) const
{
    const Json* json = value(key);
    std::vector<std::string> list;
    if (json == nullptr) {
        return list;
    }
    for (const Json& item : json->is_array() ? *json : Json::array({*json})) {
        list.emplace_back();
        take(key, item.is_string() ? std::optional(lower(item.get<std::string>())) : std::nullopt, list.back());
    }
    return list;
}

std::vector<int> PublishedSource::wholes(const std::string& key) const
{
    const Json* json = value(key);
    std::vector<int> list;
    if (json == nullptr) {
        return list;
    }
    for (const Json& item : json->is_array() ? *json : Json::array({*json})) {
        list.emplace_back();
        take(key, wholeOf(item), list.back());
    }
    return list;
}

void PublishedSource::activation(const std::string& key, Activation& out) const
{
    if (!has(key)) {
        return;
    }
    const std::string name = text(key);
    take(key, choiceFromName<Activation>(name == "leakyrelu" ? "leaky-relu" : name), out);
}

void PublishedSource::norm(const std::string& key, Norm& out) const
{
    const std::string name = has(key) ? text(key) : "";
    if (name == "layer_norm") {
        out = Norm::Layer;
    } else if (name == "batch_norm") {
        out = Norm::Batch;
    } else if (name == "none") {
        out = Norm::None;
    } else if (!name.empty()) {
        fault(key);
    }
}

void PublishedSource::ignore(const std::string& key) const
{
    value(key);
}

void PublishedSource::fault(const std::string& key, const std::string& hint) const
{
    if (m_shared->error) {
        return;
    }
    const bool given = m_json->is_object() && m_json->contains(key);
    m_shared->error =
        Error{ErrorCode::BadInput,
              "architecture: '" + m_path + key + "' cannot be used" +
                  (given ? ": " + elided((*m_json)[key].dump(-1, ' ', false, Json::error_handler_t::replace), 80)
                         : std::string()) +
                  ".",
              hint};
}

Result<> PublishedSource::result() const
{
    return m_shared->error ? Result<>(tl::unexpected<Error>(*m_shared->error)) : Result<>();
}

std::vector<std::string> PublishedSource::unused() const
{
    std::vector<std::string> list;
    if (m_json->is_object()) {
        collect(*m_json, "", m_shared->used, list);
    }
    return list;
}

void readPublishedMlp(const PublishedSource& source, MlpSpec& mlp)
{
    mlp = MlpSpec();
    mlp.norm = Norm::None;
    source.whole("out_dim", mlp.outDim);
    const auto hidden = source.wholes("hidden_dims");
    const bool list = hidden.size() > 1;
    mlp.hidden = hidden.empty() ? std::vector<int>{mlp.outDim} : hidden;
    mlp.depth = static_cast<int>(hidden.size()) + 1;
    source.whole("depth", mlp.depth);
    if (list && mlp.depth != static_cast<int>(hidden.size()) + 1) {
        source.fault("hidden_dims", "A list has one width less than the depth.");
    }
    source.activation("activation", mlp.activation);
    source.activation("last_activation", mlp.lastActivation);
    source.number("dropout", mlp.dropout);
    source.number("last_dropout", mlp.lastDropout);
    source.norm("normalization", mlp.norm);
    source.norm("last_normalization", mlp.lastNorm);
    source.norm("first_normalization", mlp.firstNorm);
    source.choice("residual_type", mlp.residual);
    source.whole("residual_skip_steps", mlp.residualSkip);
    source.ignore("in_dim");
    source.ignore("name");
    source.ignore("task_level");
    source.ignore("last_layer_is_readout");
    if (source.text("layer_type", "fc") == "ens-fc" || source.has("num_ensemble")) {
        source.whole("num_ensemble", mlp.ensemble);
        source.choice("reduction", mlp.ensembleReduction);
        source.number("subset_in_dim", mlp.ensembleInputs);
    }
}

} // namespace papilio::nn
