// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/modellibrary.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <unistd.h>

#include "core/text.h"
#include "learn/reference.h"
#include "nn/files.h"

namespace papilio::learn
{

namespace
{

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* modelName = "model.safetensors";
constexpr const char* cardName = "card.json";
constexpr const char* licenceName = "LICENSE";
constexpr const char* referenceName = "reference.safetensors";

tl::unexpected<Error> ioError(const std::string& path, const std::error_code& error)
{
    return fail(ErrorCode::Io, "'" + path + "': " + error.message() + ".",
                "The model library can be put elsewhere with the variable PAPILIO_MODELS.");
}

Result<> checkName(const std::string& name)
{
    const bool fits = !name.empty() && name.size() <= 100 && name[0] != '.' &&
                      std::all_of(name.begin(), name.end(), [](char c) {
                          return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                 c == '.' || c == '_' || c == '-';
                      });
    if (!fits) {
        return fail(ErrorCode::BadInput, "The name '" + elided(toUtf8(name), 60) + "' cannot be that of a model.",
                    "Letters, digits, '.', '_' and '-' are possible, 100 at most, no '.' in front.");
    }
    return {};
}

std::string readText(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

json cardToJson(const LibraryEntry& entry)
{
    const ModelCard& card = entry.card;
    return {{"format", 1},
            {"name", card.name},
            {"title", card.title},
            {"trained_on", card.trainedOn},
            {"licence", card.licence},
            {"citation", card.citation},
            {"notes", card.notes},
            {"source", card.source},
            {"added", card.added},
            {"architecture", entry.architecture},
            {"parameters", entry.parameters},
            {"tasks", entry.tasks},
            {"heads", entry.heads}};
}

LibraryEntry readEntry(const fs::path& folder)
{
    LibraryEntry entry;
    entry.path = (folder / modelName).string();
    std::error_code error;
    const auto bytes = fs::file_size(entry.path, error);
    entry.bytes = error ? 0 : bytes;
    const json stored = json::parse(readText(folder / cardName), nullptr, false);
    try {
        ModelCard& card = entry.card;
        card.name = folder.filename().string();
        card.title = stored.at("title").get<std::string>();
        card.trainedOn = stored.at("trained_on").get<std::string>();
        card.licence = stored.at("licence").get<std::string>();
        card.citation = stored.at("citation").get<std::string>();
        card.notes = stored.at("notes").get<std::vector<std::string>>();
        card.source = stored.at("source").get<std::string>();
        card.added = stored.at("added").get<std::string>();
        entry.architecture = stored.at("architecture").get<std::string>();
        entry.parameters = stored.at("parameters").get<std::int64_t>();
        entry.tasks = stored.at("tasks").get<std::int64_t>();
        entry.heads = stored.at("heads").get<std::int64_t>();
        card.licenceText = readText(folder / licenceName);
    } catch (const json::exception&) {
        entry.parameters = 0;
        entry.card.notes = {"Its card is damaged: remove the model and add it again."};
    }
    if (entry.bytes == 0) {
        entry.parameters = 0;
        entry.card.notes = {"Its weights are missing: remove the model and add it again."};
    }
    if (fs::exists(folder / referenceName, error)) {
        const auto reference = readReference((folder / referenceName).string());
        entry.reference = reference ? reference->molecules : 0;
    }
    return entry;
}

std::string utcNow()
{
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[32];
    std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

Result<> writeParts(const fs::path& folder, const SavedModel& model, const LibraryEntry& entry)
{
    PAPILIO_TRY(writeModel((folder / modelName).string(), model));
    PAPILIO_TRY(nn::writeFileAtomically((folder / cardName).string(), cardToJson(entry).dump(2) + "\n"));
    if (!entry.card.licenceText.empty()) {
        PAPILIO_TRY(nn::writeFileAtomically((folder / licenceName).string(), entry.card.licenceText));
    }
    return {};
}

} // namespace

ModelLibrary::ModelLibrary(std::string folder) : m_folder(std::move(folder)) {}

std::string ModelLibrary::defaultFolder()
{
    const auto variable = [](const char* name) {
        const char* value = std::getenv(name);
        return std::string(value ? value : "");
    };
    if (const std::string own = variable("PAPILIO_MODELS"); !own.empty()) {
        return own;
    }
    const std::string data = variable("XDG_DATA_HOME");
    return (data.empty() ? variable("HOME") + "/.local/share" : data) + "/papilio/models";
}

Result<std::vector<LibraryEntry>> ModelLibrary::all() const
{
    std::vector<LibraryEntry> entries;
    std::error_code error;
    if (!fs::exists(m_folder, error)) {
        return entries;
    }
    fs::directory_iterator folders(m_folder, error);
    if (error) {
        return ioError(m_folder, error);
    }
    for (const fs::directory_entry& folder : folders) {
        if (folder.is_directory(error) && checkName(folder.path().filename().string())) {
            entries.push_back(readEntry(folder.path()));
        }
    }
    std::sort(entries.begin(), entries.end(),
              [](const LibraryEntry& a, const LibraryEntry& b) { return a.card.name < b.card.name; });
    return entries;
}

Result<LibraryEntry> ModelLibrary::byName(const std::string& name) const
{
    std::error_code error;
    if (checkName(name) && fs::is_directory(fs::path(m_folder) / name, error)) {
        return readEntry(fs::path(m_folder) / name);
    }
    const auto entries = all();
    if (!entries) {
        return tl::unexpected(entries.error());
    }
    std::string known;
    for (const LibraryEntry& entry : *entries) {
        known += (known.empty() ? "" : ", ") + entry.card.name;
    }
    return fail(ErrorCode::NotFound, "The library has no model '" + elided(toUtf8(name), 60) + "'.",
                known.empty() ? "It is empty: add one with 'papilio-engine model add'." : "It has: " + known + ".");
}

Result<LibraryEntry> ModelLibrary::add(const SavedModel& model, const ModelCard& card)
{
    PAPILIO_TRY(checkName(card.name));
    const fs::path target = fs::path(m_folder) / card.name;
    std::error_code error;
    if (fs::exists(target, error)) {
        return fail(ErrorCode::Exists, "The library has a model '" + card.name + "' already.",
                    "Give it another name, or remove the present one first.");
    }
    LibraryEntry entry;
    entry.card = card;
    entry.card.added = utcNow();
    entry.architecture = model.spec.architecture.title;
    entry.parameters = nn::parameterCount(model.spec);
    entry.heads = static_cast<std::int64_t>(model.spec.heads.size());
    for (const nn::HeadSpec& head : model.spec.heads) {
        entry.tasks += static_cast<std::int64_t>(head.columns.size());
    }
    const fs::path beside = fs::path(m_folder) / (".adding-" + card.name + "." + std::to_string(::getpid()));
    fs::create_directories(beside, error);
    if (error) {
        return ioError(beside.string(), error);
    }
    Result<> written = writeParts(beside, model, entry);
    if (written) {
        fs::rename(beside, target, error);
        if (error) {
            written = ioError(target.string(), error);
        }
    }
    if (!written) {
        fs::remove_all(beside, error);
        return tl::unexpected(written.error());
    }
    return readEntry(target);
}

Result<> ModelLibrary::remove(const std::string& name)
{
    const auto entry = byName(name);
    if (!entry) {
        return tl::unexpected(entry.error());
    }
    std::error_code error;
    fs::remove_all(fs::path(m_folder) / name, error);
    if (error) {
        return ioError((fs::path(m_folder) / name).string(), error);
    }
    return {};
}

Result<std::string> ModelLibrary::resolve(const std::string& what) const
{
    std::error_code error;
    if (fs::is_regular_file(what, error)) {
        return what;
    }
    const auto entry = byName(what);
    if (!entry) {
        Error missing = entry.error();
        missing.message = "There is no file '" + elided(toUtf8(what), 100) + "' and no model of that name in the library.";
        return tl::unexpected(missing);
    }
    return entry->path;
}

Result<> ModelLibrary::setReference(const std::string& name, const ReferenceTable& table)
{
    const auto entry = byName(name);
    if (!entry) {
        return tl::unexpected(entry.error());
    }
    return writeReference((fs::path(m_folder) / name / referenceName).string(), table);
}

Result<std::optional<ReferenceTable>> ModelLibrary::reference(const std::string& modelPath) const
{
    const fs::path path = fs::path(modelPath).parent_path() / referenceName;
    std::error_code error;
    if (!fs::exists(path, error)) {
        return std::optional<ReferenceTable>();
    }
    auto table = readReference(path.string());
    if (!table) {
        return tl::unexpected(table.error());
    }
    return std::optional<ReferenceTable>(std::move(*table));
}

} // namespace papilio::learn
