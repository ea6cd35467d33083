// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/graphlayer.h"

#include <bit>
#include <cstring>

#include "nn/layerparts.h"

namespace papilio::nn
{

namespace
{

/// Of a row's bits, so that only equal rows are alike.
std::uint64_t hashOf(const float* row, std::int64_t width)
{
    std::uint64_t hash = 0x9e3779b97f4a7c15U;
    for (std::int64_t c = 0; c < width; ++c) {
        hash = (hash ^ std::bit_cast<std::uint32_t>(row[c])) * 0xff51afd7ed558ccdU;
        hash ^= hash >> 29U;
    }
    return hash;
}

} // namespace

std::optional<EdgeKinds> findKinds(const Tensor& x)
{
    const Tensor from = x.contiguous();
    const std::int64_t rows = from.size(0);
    const std::int64_t width = from.size(1);
    const std::size_t bytes = static_cast<std::size_t>(width) * sizeof(float);
    const float* values = from.data_ptr<float>();
    std::vector<std::int32_t> slots(std::bit_ceil(static_cast<std::size_t>(rows) + 1), -1); // at most half of it is used
    std::vector<std::int64_t> firsts;
    EdgeKinds found;
    found.kinds.reserve(static_cast<std::size_t>(rows));
    for (std::int64_t i = 0; i < rows; ++i) {
        const float* row = values + i * width;
        std::size_t slot = hashOf(row, width) & (slots.size() - 1);
        while (slots[slot] >= 0 &&
               std::memcmp(values + firsts[static_cast<std::size_t>(slots[slot])] * width, row, bytes) != 0) {
            slot = (slot + 1) & (slots.size() - 1);
        }
        if (slots[slot] < 0) {
            slots[slot] = static_cast<std::int32_t>(firsts.size());
            firsts.push_back(i);
            if (2 * static_cast<std::int64_t>(firsts.size()) > rows) {
                return std::nullopt;
            }
        }
        found.kinds.push_back(slots[slot]);
    }
    if (rows == 0) {
        return std::nullopt;
    }
    const auto kinds = static_cast<std::int64_t>(firsts.size());
    found.rows = at::empty({kinds, width}, from.options());
    for (std::int64_t k = 0; k < kinds; ++k) {
        std::memcpy(found.rows.data_ptr<float>() + k * width, values + firsts[static_cast<std::size_t>(k)] * width, bytes);
    }
    return found;
}

std::unique_ptr<GraphLayer> createGraphLayer(const LayerSpec& spec, const LayerPlace& place, const Quirks& quirks,
                                             const Places& places)
{
    switch (spec.type) {
    case LayerType::Gcn:
        return createGcn(place, quirks, places);
    case LayerType::Gin:
        return createGin(false, place, quirks, places);
    case LayerType::Gine:
        return createGin(true, place, quirks, places);
    case LayerType::GatedGcn:
        return createGatedGcn(place, quirks, places);
    case LayerType::Pna:
        return createPna(spec.pna, place, quirks, places);
    case LayerType::MpnnPlus:
        return createMpnnPlus(spec.mpnn, place, quirks, places);
    case LayerType::Gps:
        return createGps(spec, place, quirks, places);
    }
    return nullptr;
}

} // namespace papilio::nn
