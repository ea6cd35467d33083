// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/yamlconfig.h"

#include "core/randomaccess.h"
#include "nn/yamltree.h"

namespace papilio::nn
{

namespace
{

constexpr std::uint64_t largestFile = std::uint64_t{4} << 20;

} // namespace

int YamlDocument::lineOf(std::string_view pointer) const
{
    for (std::string place(pointer);; place.resize(place.rfind('/'))) {
        if (const auto found = lines.find(place); found != lines.end()) {
            return found->second;
        }
        if (place.find('/') == std::string::npos) {
            return 0;
        }
    }
}

Result<YamlDocument> parseYaml(std::string_view text, const std::string& where)
{
    if (text.size() > largestFile) {
        return fail(ErrorCode::BadInput,
                    where + ": " + std::to_string(text.size()) + " bytes are too many for a configuration.");
    }
    auto document = yaml::composeYaml(text, where);
    if (!document) {
        return document;
    }
    PAPILIO_TRY(yaml::interpolateYaml(*document, where));
    return document;
}

Result<YamlDocument> readYaml(const std::string& path)
{
    const auto access = RandomAccess::open(path);
    if (!access) {
        return tl::unexpected<Error>(access.error());
    }
    if (access->size() > largestFile) {
        return fail(ErrorCode::BadInput,
                    path + ": " + std::to_string(access->size()) + " bytes are too many for a configuration.");
    }
    const auto text = access->read(0, access->size());
    return text ? parseYaml(*text, path) : Result<YamlDocument>(tl::unexpected<Error>(text.error()));
}

} // namespace papilio::nn
