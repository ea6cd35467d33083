// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/publishedinputs.h"

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

#include "core/text.h"

namespace papilio::nn
{

namespace
{

using Json = nlohmann::ordered_json;

tl::unexpected<Error> bad(const std::string& path, const std::string& what, const std::string& hint = {})
{
    return fail(ErrorCode::BadInput, "featurization: '" + path + "' " + what + ".", hint);
}

Result<> readNames(const Json& json, const std::string& key, std::vector<std::string>& names)
{
    names.clear();
    if (json.is_null()) {
        return {};
    }
    if (!json.is_array()) {
        return bad(key, "must be a list of names");
    }
    for (const Json& item : json) {
        if (!item.is_string()) {
            return bad(key, "must be a list of names");
        }
        names.push_back(item.get<std::string>());
    }
    return {};
}

std::optional<LaplacianNorm> normFromName(const std::string& name)
{
    if (equalsIgnoringCase(name, "none")) {
        return LaplacianNorm::None;
    }
    return name == "sym"   ? std::optional(LaplacianNorm::Symmetric)
           : name == "inv" ? std::optional(LaplacianNorm::RandomWalk)
                           : std::nullopt;
}

Result<> readSteps(const Json& value, const std::string& path, EncodingSpec& spec)
{
    if (value.is_number_integer()) {
        spec.count = value.get<int>();
        return {};
    }
    // A list of steps is possible there; here a walk has steps 1 … n.
    spec.count = value.is_array() ? static_cast<int>(value.size()) : 0;
    for (int i = 0; i < spec.count; ++i) {
        if (value[static_cast<std::size_t>(i)] != i + 1) {
            return bad(path, "must count 1, 2, 3 …", "Other steps of a walk are not offered.");
        }
    }
    return {};
}

Result<EncodingSpec> readEncoding(const Json& json, const std::string& path, std::vector<std::string>* unused)
{
    if (!json.is_object() || !json.contains("pos_type") || !json["pos_type"].is_string()) {
        return bad(path, "needs a 'pos_type'");
    }
    const auto type = encodingTypeFromName(json["pos_type"].get<std::string>());
    if (!type) {
        return bad(path + ".pos_type", "is '" + elided(json["pos_type"].get<std::string>(), 40) + "'",
                   "There is no encoding of that name.");
    }
    EncodingSpec spec{*type};
    const bool pairs = *type == EncodingType::WalkTransitions || *type == EncodingType::Electrostatic ||
                       *type == EncodingType::Commute || *type == EncodingType::ShortestPath;
    spec.level = pairs ? Level::NodePair : Level::Node;
    spec.count = *type == EncodingType::LaplacianVectors || *type == EncodingType::LaplacianValues ? 8 : 1;
    for (const auto& [key, value] : json.items()) {
        const std::string place = path + "." + key;
        if (key == "pos_type") {
            continue;
        }
        if (key == "pos_level" && value.is_string() && levelFromName(value.get<std::string>())) {
            spec.level = *levelFromName(value.get<std::string>());
        } else if (key == "num_pos" && value.is_number_integer()) {
            spec.count = value.get<int>();
        } else if (key == "ksteps") {
            PAPILIO_TRY(readSteps(value, place, spec));
        } else if (key == "normalization" && value.is_string() && normFromName(value.get<std::string>())) {
            spec.norm = *normFromName(value.get<std::string>());
        } else if (key == "normalization" && value.is_null()) {
            spec.norm = LaplacianNorm::None;
        } else if (key == "disconnected_comp" && value.is_boolean()) {
            spec.perComponent = value.get<bool>();
        } else if (key == "space_dim" && value.is_number()) {
            spec.spaceDim = value.get<double>();
        } else if (unused != nullptr) {
            unused->push_back(place);
        }
    }
    return spec;
}

Result<> readEncodings(const Json& json, FeatureSet& set, std::vector<std::string>* unused)
{
    set.encodings.clear();
    if (json.is_null()) {
        return {};
    }
    const std::string path = "pos_encoding_as_features.pos_types";
    if (!json.is_object() || !json.contains("pos_types") || !json["pos_types"].is_object()) {
        return bad("pos_encoding_as_features", "must have 'pos_types'");
    }
    for (const auto& [name, value] : json["pos_types"].items()) {
        const auto spec = readEncoding(value, path + "." + name, unused);
        if (!spec) {
            return tl::unexpected<Error>(spec.error());
        }
        if (std::find(set.encodings.begin(), set.encodings.end(), *spec) == set.encodings.end()) {
            set.encodings.push_back(*spec);
        }
    }
    return {};
}

Result<> refuse(const std::string& key, const Json& value)
{
    if (value.is_boolean() && value.get<bool>()) {
        return bad(key, "is true", "Networks here have heavy atoms, and bonds without weights or self loops.");
    }
    return {};
}

} // namespace

Result<FeatureSet> featureSetFromPublished(const Json& featurization, std::vector<std::string>* unused)
{
    if (!featurization.is_object()) {
        return fail(ErrorCode::BadInput, "featurization: it must be a map of options.");
    }
    FeatureSet set;
    bool positions = false;
    for (const auto& [key, value] : featurization.items()) {
        if (key == "atom_property_list_onehot") {
            PAPILIO_TRY(readNames(value, key, set.atomOneHot));
        } else if (key == "atom_property_list_float") {
            PAPILIO_TRY(readNames(value, key, set.atomFloat));
        } else if (key == "edge_property_list") {
            PAPILIO_TRY(readNames(value, key, set.bond));
        } else if (key == "pos_encoding_as_features") {
            PAPILIO_TRY(readEncodings(value, set, unused));
        } else if (key == "conformer_property_list" && value == Json::array({"positions_3d"})) {
            positions = true;
        } else if (key == "add_self_loop" || key == "explicit_H" || key == "use_bonds_weights") {
            PAPILIO_TRY(refuse(key, value));
        } else if (unused != nullptr) {
            unused->push_back(key);
        }
    }
    if (positions) {
        set.encodings.push_back({EncodingType::Positions, Level::Node, 1});
    }
    FeatureSet standard;
    standard.name = set.name;
    if (!(set == standard)) {
        set.name = "converted";
    }
    PAPILIO_TRY(checkFeatureSet(set));
    return set;
}

} // namespace papilio::nn
