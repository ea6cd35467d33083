// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/names.h"

namespace papilio::nn
{

tl::unexpected<Error> unknownKey(const std::string& where, const std::string& key,
                                 const std::vector<std::string>& known)
{
    return fail(ErrorCode::BadInput, where + ": there is no key '" + elided(toUtf8(key), 100) + "'.",
                "Did you mean '" + nearestName(key, known) + "'?");
}

} // namespace papilio::nn
