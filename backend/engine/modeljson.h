// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "learn/fingerprint.h"
#include "learn/modellibrary.h"

namespace papilio::engine
{

nlohmann::json cardToJson(const learn::LibraryEntry& entry);
/// The card of a model that is not in the library, such as a run's.
learn::LibraryEntry entryOf(const learn::SavedModel& model, learn::ModelCard card, const std::string& path);
/// Card, architecture, summary, licence and tasks: the answer of "model.info".
nlohmann::json modelToJson(const learn::LibraryEntry& entry, const learn::SavedModel& model);
/// "GINE, 16 layers of 336, virtual node (logsum), residual simple; max pooling".
std::string architectureText(const nn::Architecture& architecture);

} // namespace papilio::engine
