// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace papilio::engine
{

/// The candidate that a person most likely meant by 'word'; empty if none is near.
std::string nearestName(std::string_view word, const std::vector<std::string>& candidates);
/// "Did you mean 'X'?", or 'otherwise' if no candidate is near.
std::string didYouMean(std::string_view word, const std::vector<std::string>& candidates, std::string otherwise = {});

} // namespace papilio::engine
