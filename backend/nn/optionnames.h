// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/features.h"
#include "nn/layerspec.h"
#include "nn/options.h"

namespace papilio::nn
{

/// Names of all values of a choice in their order, as they stand in JSON and on the command line.
using Names = std::vector<std::string_view>;

template <typename Choice> const Names& namesOf();
template <> const Names& namesOf<Activation>();
template <> const Names& namesOf<Norm>();
template <> const Names& namesOf<Residual>();
template <> const Names& namesOf<LayerType>();
template <> const Names& namesOf<Pooling>();
template <> const Names& namesOf<VirtualNode>();
template <> const Names& namesOf<Aggregation>();
template <> const Names& namesOf<Scaler>();
template <> const Names& namesOf<EncoderType>();
template <> const Names& namesOf<LaplacianModel>();
template <> const Names& namesOf<Reduction>();
template <> const Names& namesOf<LossType>();
template <> const Names& namesOf<LossBalance>();
template <> const Names& namesOf<GpsAttention>();
template <> const Names& namesOf<EncodingType>();
template <> const Names& namesOf<LaplacianNorm>();
template <> const Names& namesOf<Level>();
template <> const Names& namesOf<TaskKind>();

template <typename Choice> std::string_view nameOf(Choice value)
{
    return namesOf<Choice>()[static_cast<std::size_t>(value)];
}

template <typename Choice> std::optional<Choice> choiceFromName(std::string_view name)
{
    const Names& names = namesOf<Choice>();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) {
            return static_cast<Choice>(i);
        }
    }
    return std::nullopt;
}

} // namespace papilio::nn
