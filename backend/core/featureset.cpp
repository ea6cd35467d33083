// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <set>

#include <nlohmann/json.hpp>

#include "core/featurejson.h"
#include "core/features.h"
#include "core/hash.h"
#include "core/properties.h"
#include "core/text.h"

namespace papilio
{

namespace
{

constexpr int laplacianLimit = 256, walkLimit = 64;
constexpr double spaceLimit = 10;

/// Part of every hash: a change of any formula changes it.
constexpr std::string_view formulaVersion = "papilio-inputs-1";

bool isLaplacian(EncodingType type)
{
    return type == EncodingType::LaplacianVectors || type == EncodingType::LaplacianValues;
}

bool isWalk(EncodingType type)
{
    return type == EncodingType::WalkReturns || type == EncodingType::WalkTransitions;
}

tl::unexpected<Error> wrong(const FeatureSet& set, const std::string& what, std::string hint = {})
{
    return fail(ErrorCode::BadInput, "feature set '" + elided(set.name, 100) + "': " + what + ".", std::move(hint));
}

Result<> checkNames(const FeatureSet& set, const char* list, const std::vector<std::string>& names,
                    const std::vector<FeatureProperty>& known)
{
    std::set<std::string_view> seen;
    for (const std::string& name : names) {
        const std::string_view listed = propertyName(name);
        if (std::ranges::find(known, listed, &FeatureProperty::name) == known.end()) {
            std::vector<std::string> all;
            std::ranges::transform(known, std::back_inserter(all), &FeatureProperty::name);
            return wrong(set, std::string(list) + ": there is no property '" + elided(toUtf8(name), 100) + "'",
                         "Did you mean '" + nearestName(name, all) + "'?");
        }
        if (!seen.insert(listed).second) {
            return wrong(set, std::string(list) + ": '" + name + "' stands there twice");
        }
    }
    return {};
}

Result<> checkEncoding(const FeatureSet& set, const EncodingSpec& spec)
{
    const std::string key = "encodings: " + encodingKey(spec);
    if (spec.level == Level::Graph) {
        return wrong(set, key + ": an encoding cannot be transferred to the graph level",
                     "The levels are node, edge and nodepair.");
    }
    const int limit = isLaplacian(spec.type) ? laplacianLimit : isWalk(spec.type) ? walkLimit : 1;
    if (spec.count < 1 || spec.count > limit) {
        return wrong(set, key + ": count is " + std::to_string(spec.count),
                     limit == 1 ? "It must be 1 here." : "It may be 1 to " + std::to_string(limit) + ".");
    }
    if (!isLaplacian(spec.type) && (spec.norm != LaplacianNorm::None || !spec.perComponent)) {
        return wrong(set, key + ": norm and per_component belong to Laplacian encodings");
    }
    if (spec.generalSolver && spec.type != EncodingType::LaplacianVectors) {
        return wrong(set, key + ": general_solver belongs to laplacian_eigvec");
    }
    if (!isWalk(spec.type) && spec.spaceDim != 0) {
        return wrong(set, key + ": space_dim belongs to random walks");
    }
    if (!(std::abs(spec.spaceDim) <= spaceLimit)) {
        return wrong(set, key + ": space_dim is " + formatNumber(spec.spaceDim), "It may be −10 to 10.");
    }
    return {};
}

std::vector<std::string> listedNames(const std::vector<std::string>& names)
{
    std::vector<std::string> listed;
    std::ranges::transform(names, std::back_inserter(listed),
                           [](const std::string& name) { return std::string(propertyName(name)); });
    return listed;
}

void addColumns(std::vector<std::string>& columns, const std::string& property, const std::vector<std::string>& slots)
{
    for (const std::string& slot : slots) {
        columns.push_back(property + " " + slot);
    }
}

} // namespace

Result<> checkFeatureSet(const FeatureSet& set)
{
    PAPILIO_TRY(checkNames(set, "atom_onehot", set.atomOneHot, atomOneHotProperties()));
    PAPILIO_TRY(checkNames(set, "atom_float", set.atomFloat, atomFloatProperties()));
    PAPILIO_TRY(checkNames(set, "bond", set.bond, bondProperties()));
    if (set.atomOneHot.empty() && set.atomFloat.empty()) {
        return wrong(set, "it has no property of atoms", "Name at least one in atom_onehot or atom_float.");
    }
    std::set<std::string> keys;
    for (const EncodingSpec& spec : set.encodings) {
        PAPILIO_TRY(checkEncoding(set, spec));
        if (!keys.insert(encodingKey(spec)).second) {
            return wrong(set, "encodings: " + encodingKey(spec) + " stands there twice");
        }
    }
    return {};
}

int atomWidth(const FeatureSet& set)
{
    int width = static_cast<int>(set.atomFloat.size());
    for (const std::string& name : set.atomOneHot) {
        const auto property = atomOneHotFromName(name);
        width += property ? widthOf(*property) : 0;
    }
    return width;
}

int bondWidth(const FeatureSet& set)
{
    int width = 0;
    for (const std::string& name : set.bond) {
        const auto property = bondPropertyFromName(name);
        width += property ? widthOf(*property) : 0;
    }
    return width;
}

std::vector<std::string> atomColumnNames(const FeatureSet& set)
{
    std::vector<std::string> columns = listedNames(set.atomFloat);
    for (const std::string& name : set.atomOneHot) {
        if (const auto property = atomOneHotFromName(name)) {
            addColumns(columns, std::string(propertyName(name)), slotNames(*property));
        }
    }
    return columns;
}

std::vector<std::string> bondColumnNames(const FeatureSet& set)
{
    std::vector<std::string> columns;
    for (const std::string& name : set.bond) {
        const auto property = bondPropertyFromName(name);
        if (property && slotNames(*property).empty()) {
            columns.emplace_back(propertyName(name));
        } else if (property) {
            addColumns(columns, *property == BondProperty::TypeOneHot ? "bond-type" : std::string(propertyName(name)),
                       slotNames(*property));
        }
    }
    return columns;
}

FeatureSet asPublished(FeatureSet set)
{
    bool changed = false;
    for (EncodingSpec& spec : set.encodings) {
        changed = changed || (spec.type == EncodingType::LaplacianVectors && !spec.generalSolver);
        spec.generalSolver = spec.type == EncodingType::LaplacianVectors;
    }
    if (changed) {
        set.name += "-published";
    }
    return set;
}

bool isStandard(const FeatureSet& set)
{
    const FeatureSet standard;
    return listedNames(set.atomOneHot) == standard.atomOneHot && listedNames(set.atomFloat) == standard.atomFloat &&
           listedNames(set.bond) == standard.bond && std::ranges::all_of(set.encodings, [&](const EncodingSpec& spec) {
               return std::ranges::find(standard.encodings, spec) != standard.encodings.end();
           });
}

std::string featureSetHash(const FeatureSet& set)
{
    FeatureSet plain = set;
    plain.name.clear();
    plain.atomOneHot = listedNames(set.atomOneHot);
    plain.atomFloat = listedNames(set.atomFloat);
    plain.bond = listedNames(set.bond);
    nlohmann::json settings = featureSetToJson(plain);
    for (nlohmann::json& encoding : settings["encodings"]) {
        if (!encoding.value("general_solver", false)) { // younger than the first hashes in projects
            encoding.erase("general_solver");
        }
    }
    Sha256 hash;
    hash.add(formulaVersion);
    hash.add(settings.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace));
    return hash.hex();
}

MoleculeInputs standardInputs(const FeatureSet& set, const MolGraph& graph, const Encodings& encodings)
{
    MoleculeInputs inputs;
    inputs.atoms = static_cast<std::int64_t>(graph.atoms.size());
    inputs.edges = static_cast<std::int64_t>(2 * graph.bonds.size());
    inputs.nodeFeatures.resize(graph.atoms.size() * atomFeatureCount);
    inputs.edgeFeatures.resize(2 * graph.bonds.size() * bondFeatureCount);
    float* row = inputs.nodeFeatures.data();
    for (const AtomCode& atom : graph.atoms) {
        expandAtom(atom, std::span<float, atomFeatureCount>(row, atomFeatureCount));
        row += atomFeatureCount;
    }
    row = inputs.edgeFeatures.data();
    for (const BondCode& bond : graph.bonds) {
        expandBond(bond, std::span<float, bondFeatureCount>(row, bondFeatureCount));
        row = std::copy_n(row, bondFeatureCount, row + bondFeatureCount);
    }
    for (const EncodingSpec& spec : set.encodings) {
        inputs.encodings.push_back({encodingKey(spec), spec.level, encodingWidth(spec),
                                    spec.type == EncodingType::LaplacianVectors  ? encodings.laplacianVectors
                                    : spec.type == EncodingType::LaplacianValues ? encodings.laplacianValues
                                                                                 : encodings.walkReturns});
    }
    return inputs;
}

} // namespace papilio
