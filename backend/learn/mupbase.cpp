// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/mupbase.h"

#include <cmath>

#include "core/text.h"
#include "nn/yamlconfig.h"

namespace papilio::learn
{

Result<double> mupDivisorOf(const std::string& baseShapes,
                            const std::map<std::string, std::vector<std::int64_t>>& shapes, const std::string& where)
{
    const auto yaml = nn::parseYaml(baseShapes, where);
    if (!yaml) {
        return tl::unexpected(yaml.error());
    }
    double divisor = 0;
    for (const auto& [name, dimensions] : yaml->value.items()) {
        const bool matrix = dimensions.is_array() && dimensions.size() == 2 && dimensions[1].is_number();
        // A read-out: the output is finite (null), or the layer adds the virtual node to the atoms.
        const bool head = matrix && name.starts_with("task_heads.task_heads.") && dimensions[0].is_null();
        const bool projection = matrix && name.ends_with("_projection.weight");
        const auto shape = shapes.find(name);
        if ((!head && !projection) || shape == shapes.end() || shape->second.size() != 2) {
            continue;
        }
        const double ratio = static_cast<double>(shape->second[1]) / dimensions[1].get<double>();
        if (divisor != 0 && std::abs(ratio - divisor) > 1e-9) {
            return fail(ErrorCode::Unsupported,
                        where + ": the base shapes have different ratios of widths (" + formatNumber(divisor) +
                            " and " + formatNumber(ratio) + ", at '" + name + "').",
                        "Networks here have one ratio for all layers.");
        }
        divisor = ratio;
    }
    return divisor == 0 ? 1 : divisor;
}

} // namespace papilio::learn
