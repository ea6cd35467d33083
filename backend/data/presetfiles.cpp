// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/presetfiles.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>

#include "core/text.h"
#include "data/archive.h"
#include "data/bytesource.h"
#include "data/download.h"
#include "data/unpacker.h"

namespace papilio::data
{

namespace fs = std::filesystem;

namespace
{
constexpr int deepest = 5;
constexpr std::size_t mostFiles = 100'000;

/// Without the ending of a packed file.
std::string_view unpackedName(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    return dot != std::string_view::npos && dot > 0 && isPackedEnding(name.substr(dot)) ? name.substr(0, dot) : name;
}

/// 'wanted' is the end of the path, part by part.
bool fits(const std::string& path, const std::string& wanted)
{
    const std::vector<std::string> have = split(path, '/'), want = split(wanted, '/');
    if (want.size() > have.size()) {
        return false;
    }
    for (std::size_t i = 1; i < want.size(); ++i) {
        if (have[have.size() - 1 - i] != want[want.size() - 1 - i]) {
            return false;
        }
    }
    return matchesPattern(unpackedName(have.back()), unpackedName(want.back()));
}

/// All regular files, those that are less deep first, then by name.
Result<std::vector<std::string>> filesOf(const std::string& folder)
{
    std::error_code error;
    const fs::path root = fs::absolute(folder, error).lexically_normal();
    if (!fs::is_directory(root, error)) {
        return fail(ErrorCode::NotFound, "There is no folder '" + folder + "'.", "Check the path.");
    }
    std::vector<std::pair<int, std::string>> found;
    fs::recursive_directory_iterator it(root, fs::directory_options::skip_permission_denied, error);
    for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
        if (it.depth() >= deepest) {
            it.disable_recursion_pending();
        }
        std::error_code ignored;
        if (it->is_regular_file(ignored)) {
            found.emplace_back(it.depth(), it->path().string());
        }
        if (found.size() >= mostFiles) {
            return fail(ErrorCode::BadInput, "The folder '" + folder + "' has more than 100,000 files.",
                        "Give the folder that holds the data set.");
        }
    }
    std::sort(found.begin(), found.end());
    std::vector<std::string> files;
    for (auto& [depth, path] : found) {
        files.push_back(std::move(path));
    }
    return files;
}

/// One file for a plain name, all of the same folder for a pattern.
std::vector<std::string> matching(const std::vector<std::string>& files, const std::string& wanted)
{
    std::vector<std::string> found;
    for (const std::string& file : files) {
        if (fits(file, wanted)) {
            if (!found.empty() && fs::path(file).parent_path() != fs::path(found.front()).parent_path()) {
                continue;
            }
            found.push_back(file);
            if (wanted.find('*') == std::string::npos) {
                break;
            }
        }
    }
    return found;
}
} // namespace

Result<PresetFiles> findPresetFiles(const DatasetPreset& preset, const std::string& folder)
{
    const auto files = filesOf(folder);
    if (!files) {
        return tl::unexpected(files.error());
    }
    PresetFiles result;
    for (const std::string& wanted : preset.modelFiles) {
        const auto found = matching(*files, wanted);
        if (!found.empty() && result.model.empty()) { // weights lie in a folder with their configuration
            const bool weights = found.back().ends_with(".pth");
            result.model = weights ? fs::path(found.back()).parent_path().string() : found.back();
        }
    }
    for (std::size_t form = 0; form < preset.tables.size(); ++form) {
        const PresetTable& table = preset.tables[form];
        std::vector<std::string> all, missing;
        for (const std::string& wanted : table.files) {
            const auto found = matching(*files, wanted);
            all.insert(all.end(), found.begin(), found.end());
            if (found.empty()) {
                missing.push_back(wanted);
            }
        }
        if (missing.empty()) {
            result.form = static_cast<int>(form);
            result.tableFiles = all;
            result.missing.clear();
            break;
        }
        if (result.missing.empty()) {
            result.missing = missing;
        }
    }
    if (!preset.split.file.empty()) {
        const auto found = matching(*files, preset.split.file);
        result.splitFile = found.empty() ? std::string() : found.front();
        if (found.empty()) {
            result.missing.push_back(preset.split.file);
        }
    }
    if (preset.isModel() && result.model.empty()) {
        result.missing = preset.modelFiles;
    }
    return result;
}

std::string datasetsFolder()
{
    if (const char* chosen = std::getenv("PAPILIO_DATASETS"); chosen != nullptr && *chosen != '\0') {
        return chosen;
    }
    if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data == '/') {
        return std::string(data) + "/papilio/datasets";
    }
    const char* home = std::getenv("HOME");
    return std::string(home != nullptr ? home : ".") + "/.local/share/papilio/datasets";
}

std::string presetFolder(const DatasetPreset& preset, const std::string& root)
{
    return (fs::path(root.empty() ? datasetsFolder() : root) / preset.folder).string();
}

std::int64_t downloadBytes(const DatasetPreset& preset)
{
    std::int64_t bytes = 0;
    for (const PresetDownload& item : preset.downloads.empty() ? std::vector<PresetDownload>() : preset.downloads.front()) {
        if (item.bytes == 0) {
            return 0;
        }
        bytes += item.bytes;
    }
    return bytes;
}

Result<> downloadPreset(const DatasetPreset& preset, const std::string& folder, Control& control)
{
    if (preset.downloads.empty()) {
        return fail(ErrorCode::Unsupported, "No address is known for '" + preset.title + "'.",
                    preset.modelHow.empty() ? "Fetch it by other means and give its folder."
                                            : preset.modelHow + "; then give its folder.");
    }
    Result<> result;
    for (const std::vector<PresetDownload>& alternative : preset.downloads) {
        const Result<> before = result;
        result = {};
        for (const PresetDownload& item : alternative) {
            DownloadRequest request;
            request.url = item.url;
            request.path = (fs::path(folder) / item.name).string();
            request.bytes = item.bytes;
            request.md5 = item.md5;
            request.sha256 = item.sha256;
            const auto report = downloadFile(request, control);
            if (!report) {
                result = tl::unexpected(report.error());
                break;
            }
            if (item.archive) {
                const auto unpacked = unpackZip(request.path, folder, control);
                if (!unpacked) {
                    return tl::unexpected(unpacked.error());
                }
                std::error_code ignored; // its files are there now; twice the room would be taken else
                fs::remove(request.path, ignored);
            }
        }
        const bool elsewhere = !result && (result.error().code == ErrorCode::NotFound || result.error().code == ErrorCode::Damaged ||
                                           result.error().code == ErrorCode::BadInput || result.error().code == ErrorCode::Io);
        if (result || !elsewhere) {
            return result;
        }
        if (!before) { // the first reason is the one to tell
            result = before;
        }
    }
    return result;
}

} // namespace papilio::data
