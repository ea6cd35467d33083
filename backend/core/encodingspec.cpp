// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "core/features.h"

namespace papilio
{

namespace
{

struct TypeFacts {
    std::string_view name;
    Level level;     ///< where the type lives before any transfer
    int columns;     ///< 0 = EncodingSpec::count
};

/// By EncodingType.
constexpr std::array<TypeFacts, 8> types{{{"laplacian_eigvec", Level::Node, 0},
                                          {"laplacian_eigval", Level::Node, 0},
                                          {"rw_return_probs", Level::Node, 0},
                                          {"rw_transition_probs", Level::NodePair, 0},
                                          {"electrostatic", Level::NodePair, 1},
                                          {"commute", Level::NodePair, 1},
                                          {"graphormer", Level::NodePair, 1},
                                          {"positions_3d", Level::Node, 3}}};

const TypeFacts& factsOf(EncodingType type)
{
    return types[static_cast<std::size_t>(type)];
}

} // namespace

std::string_view encodingTypeName(EncodingType type)
{
    return factsOf(type).name;
}

std::optional<EncodingType> encodingTypeFromName(std::string_view name)
{
    for (std::size_t i = 0; i < types.size(); ++i) {
        if (types[i].name == name) {
            return static_cast<EncodingType>(i);
        }
    }
    return std::nullopt;
}

std::vector<std::string> encodingTypeNames()
{
    std::vector<std::string> names;
    for (const TypeFacts& facts : types) {
        names.emplace_back(facts.name);
    }
    return names;
}

Level ownLevel(EncodingType type)
{
    return factsOf(type).level;
}

EncodingSpec defaultEncoding(EncodingType type)
{
    const bool walk = type == EncodingType::WalkReturns || type == EncodingType::WalkTransitions;
    const int count = factsOf(type).columns > 0 ? 1 : walk ? 16 : 8;
    return {type, ownLevel(type), count};
}

std::string encodingKey(const EncodingSpec& spec)
{
    const std::string name(factsOf(spec.type).name);
    return spec.level == Level::Node ? name : std::string(levelName(spec.level)) + "_" + name;
}

int ownWidth(const EncodingSpec& spec)
{
    const int columns = factsOf(spec.type).columns;
    return columns > 0 ? columns : spec.count;
}

int encodingWidth(const EncodingSpec& spec)
{
    const Level own = ownLevel(spec.type);
    const int columns = ownWidth(spec);
    if (own == Level::Node) {
        return spec.level == Level::Node ? columns : 2 * columns;
    }
    return spec.level == Level::Node ? 6 * columns : columns;
}

} // namespace papilio
