// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/torcharchive.h"

#include <algorithm>
#include <vector>

#include "core/zipdirectory.h"

namespace papilio
{

namespace
{

constexpr std::uint64_t largestPickle = std::uint64_t{2} << 30;

/// The folder that PyTorch puts everything into, with its '/'.
Result<std::string> rootFolder(const ZipFile& zip)
{
    constexpr std::string_view suffix = "/data.pkl";
    std::vector<std::string> roots;
    bool program = false, wheel = false;
    for (const ZipEntry& entry : zip.entries()) {
        if (entry.name.ends_with(suffix) && entry.name.find('/') == entry.name.size() - suffix.size()) {
            roots.push_back(entry.name.substr(0, entry.name.size() - suffix.size() + 1));
        }
        program = program || entry.name.ends_with("/constants.pkl") || entry.name.find("/code/") != entry.name.npos;
        wheel = wheel || entry.name.find(".dist-info/") != entry.name.npos;
    }
    if (program) {
        return fail(ErrorCode::Unsupported, zip.where() + ": a TorchScript program, no state dictionary.",
                    "Save the weights with torch.save(network.state_dict(), …).");
    }
    if (roots.size() != 1) {
        return fail(ErrorCode::BadInput,
                    zip.where() + (roots.empty() ? ": a ZIP file, but no PyTorch checkpoint: it has no data.pkl."
                                                 : ": has more than one data.pkl."),
                    wheel ? "It is a Python wheel: a model inside is added with 'model add'." : "");
    }
    return roots.front();
}

Result<> checkByteOrder(const ZipFile& zip, const std::string& root)
{
    const ZipEntry* entry = zip.find(root + "byteorder");
    if (entry == nullptr) {
        return {}; // PyTorch before 2.1: little
    }
    const auto order = zip.read(*entry, 64);
    if (!order) {
        return tl::unexpected<Error>(order.error());
    }
    if (*order != "little") {
        return fail(ErrorCode::Unsupported, zip.where() + ": written on a big-endian computer.",
                    "Load it there and save it as safetensors.");
    }
    return {};
}

} // namespace

Result<TorchArchive> TorchArchive::open(const ZipFile& zip)
{
    auto root = rootFolder(zip);
    if (!root) {
        return tl::unexpected<Error>(root.error());
    }
    PAPILIO_TRY(checkByteOrder(zip, *root));
    return TorchArchive(zip, std::move(*root));
}

Result<PickleDocument> TorchArchive::pickle(const PickleLimits& limits) const
{
    const auto bytes = m_zip->read(*m_zip->find(m_root + "data.pkl"), std::min(limits.mostBytes, largestPickle));
    if (!bytes) {
        return tl::unexpected<Error>(bytes.error());
    }
    return parsePickle(*bytes, m_zip->where(), limits);
}

Result<std::string> TorchArchive::storageOf(const std::string& name, const TorchTensor& tensor) const
{
    const std::string path = m_root + "data/" + tensor.storage;
    const ZipEntry* entry = m_zip->find(path);
    const std::uint64_t bytes = tensor.storageValues * rawBytes(tensor.type);
    if (entry == nullptr || entry->size != bytes) {
        return fail(ErrorCode::Damaged,
                    m_zip->where() + ": tensor '" + name + "' needs " + std::to_string(bytes) + " bytes in " +
                        zipNameForMessage(path) + ", which " +
                        (entry == nullptr ? "is missing" : "has " + std::to_string(entry->size)) + ".",
                    "The file is altered or not complete; get it again.");
    }
    return m_zip->read(*entry, bytes);
}

} // namespace papilio
