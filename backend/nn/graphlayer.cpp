// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/graphlayer.h"

#include "nn/layerparts.h"

namespace papilio::nn
{

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
