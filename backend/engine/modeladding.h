// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/control.h"
#include "learn/modellibrary.h"

namespace papilio::engine
{

/// A model with its card: of the library, or of anything that can be added to it (nothing is stored then).
struct DescribedModel {
    learn::LibraryEntry entry;
    learn::SavedModel model;
};
Result<DescribedModel> describeModel(const std::string& what);

/// Reads a model that a user has in hand, stores it in the library and predicts a thousand reference molecules, so that
/// its scores can be told as percentiles. 'name' empty = its own. A library that could not be completed keeps nothing.
Result<learn::LibraryEntry> addModel(const std::string& path, const std::string& name, Control& control);

} // namespace papilio::engine
