// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "learn/modelfile.h"
#include "learn/modellibrary.h"
#include "learn/predictor.h"
#include "nn/model.h"
#include "store/project.h"
#include "store/runs.h"

namespace papilio::engine
{

/// A model ready for use. The network belongs to whoever holds the mutex.
struct LoadedModel {
    learn::SavedModel saved;
    std::mutex mutex;
    std::unique_ptr<nn::Model> network;
    std::optional<learn::ReferenceTable> reference; ///< of a model of the library
};

/// Builds the network of a saved model.
Result<std::shared_ptr<LoadedModel>> loadModel(learn::SavedModel saved, const std::string& device = "cpu");
/// 'what': a model file, or the name of a model in the library.
Result<std::shared_ptr<LoadedModel>> loadModelFile(const std::string& what, const std::string& device = "cpu");

/// Where predictions come from: a run of a project, or a model file.
struct ModelSource {
    std::string project;
    std::int64_t run = 0;
    std::string file; ///< a path, or a name in the library
    bool given() const { return run != 0 || !file.empty(); }
};

/// The models and splits used last, so that each look-up need not read them again. Safe from several threads.
class ModelCache
{
public:
    /// Reads again when the run has a newer checkpoint, or the file has changed.
    Result<std::shared_ptr<LoadedModel>> get(const ModelSource& source);
    Result<std::shared_ptr<const store::Split>> split(store::Project& project, const store::RunRecord& run);

private:
    template <typename Value> struct Slot {
        std::string key, version;
        std::shared_ptr<Value> value;
    };
    std::mutex m_mutex;
    std::list<Slot<LoadedModel>> m_models; ///< most recently used first
    std::list<Slot<const store::Split>> m_splits;
};

} // namespace papilio::engine
