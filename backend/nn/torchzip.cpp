// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/torchzip.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/torcharchive.h"

namespace papilio::nn
{

namespace
{

constexpr std::uint64_t mostRepeats = 16, fewValues = std::uint64_t{1} << 20;

/// A few bytes can describe many large views of one storage.
Result<> checkTotal(const ZipFile& zip, const TorchState& state)
{
    std::uint64_t stored = 0, wanted = 0;
    for (const ZipEntry& entry : zip.entries()) {
        stored += entry.packedSize; // entries do not overlap, so this is at most the file
    }
    for (const auto& [name, tensor] : state.tensors) {
        wanted += std::min<std::uint64_t>(tensor.count, std::uint64_t{1} << 40);
        if (wanted > fewValues && wanted / mostRepeats > stored) {
            return fail(ErrorCode::BadInput, zip.where() + ": its tensors repeat what is stored more than " +
                                                 std::to_string(mostRepeats) + " times.");
        }
    }
    return {};
}

/// Storage by storage, so that each is read once and one is in memory at a time.
Result<TensorMap> readTensors(const TorchArchive& archive, const TorchState& state)
{
    std::vector<std::pair<const std::string*, const TorchTensor*>> order;
    for (const auto& [name, tensor] : state.tensors) {
        order.emplace_back(&name, &tensor);
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.second->storage < b.second->storage; });
    TensorMap tensors;
    std::string storage;
    const TorchTensor* last = nullptr;
    for (const auto& [name, tensor] : order) {
        if (last == nullptr || last->storage != tensor->storage || last->storageValues != tensor->storageValues ||
            last->type != tensor->type) {
            auto bytes = archive.storageOf(*name, *tensor);
            if (!bytes) {
                return tl::unexpected<Error>(bytes.error());
            }
            storage = std::move(*bytes);
            last = tensor;
        }
        tensors[*name] = {tensor->view.shape, gatherFloats(tensor->type, storage, tensor->view)};
    }
    return tensors;
}

/// Removes what all names start with because a trainer wrapped the network; returns it.
std::string stripPrefixes(TensorMap& tensors)
{
    constexpr std::array<std::string_view, 4> prefixes = {"model.", "module.", "_forward_module.", "_orig_mod."};
    std::string removed;
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view prefix : prefixes) {
            const bool shared = std::all_of(tensors.begin(), tensors.end(), [&](const auto& item) {
                return item.first.size() > prefix.size() && item.first.starts_with(prefix);
            });
            if (shared && !tensors.empty()) {
                TensorMap shorter;
                for (auto& [name, tensor] : tensors) {
                    shorter[name.substr(prefix.size())] = std::move(tensor);
                }
                tensors = std::move(shorter);
                removed += prefix;
                again = true;
            }
        }
    }
    return removed;
}

std::string commonestType(const TorchState& state)
{
    std::map<RawType, std::uint64_t> counts;
    for (const auto& [name, tensor] : state.tensors) {
        counts[tensor.type] += tensor.count;
    }
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return std::string(rawTypeName(most->first));
}

} // namespace

Result<TensorFile> readTorchZip(const ZipFile& zip)
{
    const auto archive = TorchArchive::open(zip);
    if (!archive) {
        return tl::unexpected<Error>(archive.error());
    }
    const auto pickle = archive->pickle();
    if (!pickle) {
        return tl::unexpected<Error>(pickle.error());
    }
    const auto state = torchState(*pickle, zip.where());
    if (!state) {
        return tl::unexpected<Error>(state.error());
    }
    PAPILIO_TRY(checkTotal(zip, *state));
    auto tensors = readTensors(*archive, *state);
    if (!tensors) {
        return tl::unexpected<Error>(tensors.error());
    }
    TensorFile file;
    file.tensors = std::move(*tensors);
    file.metadata = {{"format", "pytorch"},
                     {"prefix", stripPrefixes(file.tensors)},
                     {"stored_as", commonestType(*state)},
                     {"container", state->container},
                     {"ignored", std::to_string(state->ignored)}};
    return file;
}

Result<TensorFile> parseTorchZip(std::string bytes, const std::string& where)
{
    const auto zip = ZipFile::fromBytes(std::move(bytes), where);
    return zip ? readTorchZip(*zip) : Result<TensorFile>(tl::unexpected<Error>(zip.error()));
}

WeightFormat weightFormat(std::string_view firstBytes)
{
    // The first value of PyTorch's format before 1.6, as a pickle: a long of ten bytes.
    constexpr std::string_view legacy("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 14);
    if (startsLikeZip(firstBytes)) {
        return WeightFormat::TorchZip;
    }
    if (firstBytes.starts_with(legacy)) {
        return WeightFormat::LegacyTorch;
    }
    return firstBytes.size() > 8 && firstBytes[8] == '{' ? WeightFormat::Safetensors : WeightFormat::Unknown;
}

namespace
{

/// The format, or why the file cannot be read.
Result<WeightFormat> formatOf(const std::string& path)
{
    const auto access = RandomAccess::open(path);
    if (!access) {
        return tl::unexpected<Error>(access.error());
    }
    const auto start = access->read(0, std::min<std::uint64_t>(access->size(), 16));
    if (!start) {
        return tl::unexpected<Error>(start.error());
    }
    const WeightFormat format = weightFormat(*start);
    if (format == WeightFormat::LegacyTorch) {
        return fail(ErrorCode::Unsupported, path + ": written in PyTorch's format before version 1.6.",
                    "Load it with a current PyTorch and save its state dictionary again, best as safetensors.");
    }
    if (format == WeightFormat::Unknown) {
        const bool pickle = start->starts_with('\x80');
        return fail(ErrorCode::BadInput,
                    path + (pickle ? ": a plain pickle, no file of weights." : ": neither safetensors nor PyTorch's."),
                    "Give a .safetensors file, or a .pth, .pt or .ckpt file that torch.save() wrote.");
    }
    return format;
}

} // namespace

Result<TensorFile> readTorchZip(const std::string& path)
{
    const auto format = formatOf(path);
    if (!format) {
        return tl::unexpected<Error>(format.error());
    }
    if (*format == WeightFormat::Safetensors) {
        return fail(ErrorCode::BadInput, path + ": no PyTorch file; it looks like safetensors.",
                    "Give it the ending .safetensors.");
    }
    const auto zip = ZipFile::open(path);
    return zip ? readTorchZip(*zip) : Result<TensorFile>(tl::unexpected<Error>(zip.error()));
}

Result<TensorFile> readWeights(const std::string& path)
{
    const auto format = formatOf(path);
    if (!format && format.error().code == ErrorCode::BadInput && path.ends_with(".safetensors")) {
        return readSafetensors(path); // says what is wrong with it
    }
    if (!format) {
        return tl::unexpected<Error>(format.error());
    }
    return *format == WeightFormat::Safetensors ? readSafetensors(path) : readTorchZip(path);
}

} // namespace papilio::nn
