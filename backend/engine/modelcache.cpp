// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/modelcache.h"

#include <filesystem>

#include "nn/torchmodel.h"

namespace papilio::engine
{

namespace
{

constexpr std::size_t keptModels = 4, keptSplits = 2;

/// Changes whenever the run gets another best (or last) checkpoint.
std::string runVersion(const store::RunRecord& run)
{
    return run.created + "|" + run.dataHash + "|" + std::to_string(run.bestEpoch) + "|" + std::to_string(run.epochs) +
           "|" + std::to_string(static_cast<int>(run.state));
}

Result<std::string> fileVersion(const std::string& path)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error)
        return fail(ErrorCode::NotFound, "The model file '" + path + "' cannot be read: " + error.message() + ".");
    const auto time = std::filesystem::last_write_time(path, error);
    return std::to_string(size) + "|" + std::to_string(time.time_since_epoch().count());
}

template <typename Slots> auto findSlot(Slots& slots, const std::string& key, const std::string& version)
{
    for (auto slot = slots.begin(); slot != slots.end(); ++slot) {
        if (slot->key != key)
            continue;
        if (slot->version == version) {
            slots.splice(slots.begin(), slots, slot);
            return slots.front().value;
        }
        slots.erase(slot);
        break;
    }
    return decltype(slots.front().value){};
}

} // namespace

Result<std::shared_ptr<LoadedModel>> loadModel(learn::SavedModel saved, const std::string& device)
{
    auto loaded = std::make_shared<LoadedModel>();
    loaded->saved = std::move(saved);
    nn::ModelOptions options;
    options.device = device;
    auto network = learn::instantiate(loaded->saved, nn::createTorchModel, options);
    if (!network)
        return tl::unexpected<Error>(network.error());
    loaded->network = std::move(*network);
    return loaded;
}

Result<std::shared_ptr<LoadedModel>> loadModelFile(const std::string& what, const std::string& device)
{
    const learn::ModelLibrary library;
    const auto path = library.resolve(what);
    if (!path)
        return tl::unexpected<Error>(path.error());
    auto saved = learn::readModel(*path);
    if (!saved)
        return tl::unexpected<Error>(saved.error());
    auto reference = library.reference(*path);
    if (!reference)
        return tl::unexpected<Error>(reference.error());
    auto loaded = loadModel(std::move(*saved), device);
    if (loaded)
        (*loaded)->reference = std::move(*reference);
    return loaded;
}

Result<std::shared_ptr<LoadedModel>> ModelCache::get(const ModelSource& source)
{
    std::string key, version;
    std::optional<store::Project> project;
    if (source.run != 0) {
        auto opened = store::Project::open(source.project, store::Access::ReadOnly);
        if (!opened)
            return tl::unexpected<Error>(opened.error());
        project.emplace(std::move(*opened));
        const auto run = store::Runs(*project).byId(source.run);
        if (!run)
            return tl::unexpected<Error>(run.error());
        key = "run " + std::to_string(source.run) + " " + source.project;
        version = runVersion(*run);
    } else {
        const auto path = learn::ModelLibrary().resolve(source.file);
        if (!path)
            return tl::unexpected<Error>(path.error());
        const auto found = fileVersion(*path);
        if (!found)
            return tl::unexpected<Error>(found.error());
        key = "file " + *path;
        version = *found;
    }
    {
        const std::lock_guard lock(m_mutex);
        if (auto hit = findSlot(m_models, key, version))
            return hit;
    }
    const auto onCpu = [](learn::SavedModel saved) { return loadModel(std::move(saved)); };
    auto loaded = project ? learn::modelOfRun(*project, source.run).and_then(onCpu) : loadModelFile(source.file);
    if (!loaded)
        return loaded;
    const std::lock_guard lock(m_mutex);
    m_models.push_front({key, version, *loaded});
    if (m_models.size() > keptModels)
        m_models.pop_back();
    return loaded;
}

Result<std::shared_ptr<const store::Split>> ModelCache::split(store::Project& project, const store::RunRecord& run)
{
    const std::string key = std::to_string(run.split) + " " + project.path();
    const std::string& version = run.dataHash; // a project made anew under the old name has other splits
    {
        const std::lock_guard lock(m_mutex);
        if (auto hit = findSlot(m_splits, key, version))
            return hit;
    }
    auto read = store::Runs(project).split(run.split);
    if (!read)
        return tl::unexpected<Error>(read.error());
    auto shared = std::make_shared<const store::Split>(std::move(*read));
    const std::lock_guard lock(m_mutex);
    m_splits.push_front({key, version, shared});
    if (m_splits.size() > keptSplits)
        m_splits.pop_back();
    return shared;
}

} // namespace papilio::engine
