// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/architecture.h"

#include <algorithm>
#include <cctype>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "nn/describe.h"
#include "nn/format1.h"

namespace papilio::nn
{

namespace
{

using Json = nlohmann::json;

constexpr const char* where = "architecture";

bool usesBonds(const LayerSpec& layer, LayerType type)
{
    switch (type) {
    case LayerType::Gcn:
    case LayerType::Gin:
        return false;
    case LayerType::Gine:
    case LayerType::GatedGcn:
        return true;
    case LayerType::Pna:
        return layer.pna.useBonds;
    case LayerType::MpnnPlus:
        return layer.mpnn.useBonds;
    case LayerType::Gps:
        return usesBonds(layer, layer.gps.local == LayerType::Gps ? LayerType::Gcn : layer.gps.local);
    }
    return false;
}

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(c < 128 ? std::tolower(c) : c); });
    return text;
}

/// The version in "format"; 1 where there is none, 0 where it is no number.
int formatOf(const Json& json)
{
    const auto found = json.find("format");
    return found == json.end() ? 1 : found->is_number_integer() ? found->get<int>() : 0;
}

} // namespace

bool Architecture::usesBonds() const
{
    return nn::usesBonds(gnn.layer, gnn.layer.type);
}

bool Architecture::changesBonds() const
{
    const LayerType type = gnn.layer.type == LayerType::Gps ? gnn.layer.gps.local : gnn.layer.type;
    return type == LayerType::GatedGcn || (type == LayerType::MpnnPlus && gnn.layer.mpnn.useBonds);
}

int HeadSpec::outputWidth() const
{
    return static_cast<int>(columns.size()) * (kind == TaskKind::Multiclass ? classes : 1);
}

Result<Architecture> architectureFromJson(const Json& json)
{
    Json current = json;
    if (json.is_object() && formatOf(json) == 1) {
        auto upgraded = architectureFromFormat1(json);
        if (!upgraded) {
            return tl::unexpected<Error>(std::move(upgraded).error());
        }
        current = std::move(*upgraded);
    } else if (json.is_object() && formatOf(json) != architectureFormat) {
        return fail(formatOf(json) > architectureFormat ? ErrorCode::NewerSchema : ErrorCode::BadInput,
                    "architecture: 'format' is " + elided(json["format"].dump(), 40) + "; this Papilio reads 1 and " +
                        std::to_string(architectureFormat) + ".",
                    formatOf(json) > architectureFormat ? "Update Papilio." : "");
    }
    if (current.is_object()) {
        current.erase("format");
    }
    Architecture architecture;
    PAPILIO_TRY(options::read(options::describe(architecture), current, where));
    return architecture;
}

Json architectureToJson(const Architecture& architecture)
{
    Architecture copy = architecture;
    Json json = options::write(options::describe(copy));
    json["format"] = architectureFormat;
    return json;
}

Result<> setArchitectureValue(Architecture& architecture, const std::string& key, const std::string& value)
{
    // A copy, so that a value that is wrong in its second half leaves nothing behind.
    Architecture changed = architecture;
    PAPILIO_TRY(options::set(options::describe(changed), key, value, where));
    architecture = std::move(changed);
    return {};
}

void applyHeadDefaults(const Architecture& architecture, HeadSpec& head)
{
    const HeadDefaults& defaults = architecture.heads;
    head.mlp = defaults.mlp;
    head.loss = head.kind == TaskKind::Regression ? defaults.regression
                : head.kind == TaskKind::Binary   ? defaults.binary
                                                  : defaults.classes;
    for (const auto& item : defaults.overrides) {
        if (matchesPattern(lower(head.dataset), lower(item.dataset))) {
            const Json json = Json::parse(item.options, nullptr, false);
            // Checked when the architecture was read; what is wrong in one made by hand counts for nothing.
            (void)options::read(options::describeHead(head.mlp, head.loss), json, where);
            break;
        }
    }
    head.mlp.outDim = head.outputWidth();
}

} // namespace papilio::nn
