// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <initializer_list>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "data/presets.h"

namespace papilio::data
{

namespace
{
using Json = nlohmann::ordered_json;

/// Reads one preset. The first thing that is wrong is kept; reading goes on so that the code stays straight.
class Reader
{
public:
    explicit Reader(const std::string& where) : m_where(where) {}

    Result<DatasetPreset> read(const std::string& text)
    {
        const Json json = Json::parse(text, nullptr, false);
        if (!json.is_object()) {
            return fail(ErrorCode::BadInput, "The preset '" + m_where + "' is no JSON object.");
        }
        onlyKeys(json, "", {"schema", "name", "title", "collection", "summary", "dataset", "folder", "molecules",
                            "tasks", "level", "kind", "normalisation", "tables", "split", "downloads", "members",
                            "model", "obstacle", "licence", "citation", "source", "notes"});
        if (number(json, "schema") != 1) {
            return fail(ErrorCode::BadInput, "The preset '" + m_where + "' is not of schema 1.");
        }
        DatasetPreset preset = readHead(json);
        for (const Json& table : list(json, "tables")) {
            preset.tables.push_back(readTable(table));
        }
        if (json.contains("split")) {
            preset.split = readSplit(json["split"]);
        }
        for (const Json& alternative : list(json, "downloads")) {
            preset.downloads.emplace_back();
            for (const Json& item : alternative) {
                preset.downloads.back().push_back(readDownload(item));
            }
        }
        if (json.contains("model")) {
            onlyKeys(json["model"], "model", {"files", "how"});
            preset.modelFiles = texts(json["model"], "files");
            preset.modelHow = text1(json["model"], "how");
        }
        check(preset);
        if (!m_fault.empty()) {
            return fail(ErrorCode::BadInput, "The preset '" + m_where + "': " + m_fault + ".");
        }
        return preset;
    }

private:
    DatasetPreset readHead(const Json& json)
    {
        DatasetPreset preset;
        preset.name = text1(json, "name");
        preset.title = text1(json, "title");
        preset.collection = text1(json, "collection");
        preset.summary = text1(json, "summary");
        preset.dataset = json.contains("dataset") ? text1(json, "dataset") : preset.name;
        preset.folder = json.contains("folder") ? text1(json, "folder") : preset.name;
        preset.molecules = number(json, "molecules");
        preset.tasks = number(json, "tasks");
        if (json.contains("level")) {
            preset.level = levelFromName(text1(json, "level"));
            require(preset.level.has_value(), "its level is not known");
        }
        if (json.contains("kind")) {
            preset.kind = kindFromName(text1(json, "kind"));
            require(preset.kind.has_value(), "its kind is not known");
        }
        preset.normalisation = text1(json, "normalisation");
        require(preset.normalisation.empty() || preset.normalisation == "normal",
                "its normalisation is not 'normal', which a training begins with");
        preset.members = texts(json, "members");
        preset.obstacle = text1(json, "obstacle");
        preset.licence = text1(json, "licence");
        preset.citation = text1(json, "citation");
        preset.source = text1(json, "source");
        preset.notes = texts(json, "notes");
        return preset;
    }

    PresetTable readTable(const Json& json)
    {
        onlyKeys(json, "tables", {"files", "smiles", "labels", "rows", "units", "classes", "bins", "note"});
        PresetTable table;
        table.files = texts(json, "files");
        table.smiles = text1(json, "smiles");
        table.labels = text1(json, "labels");
        table.rows = number(json, "rows");
        table.note = text1(json, "note");
        table.units = pairs(json, "units");
        for (const std::string& text : texts(json, "bins")) {
            add(table.transforms, binningFromText(text));
        }
        for (const std::string& text : texts(json, "classes")) {
            add(table.transforms, rebinningFromText(text));
        }
        require(!table.files.empty() && !table.smiles.empty(), "a table has no files or no structure column");
        for (const std::string& file : table.files) {
            requirePath(file);
        }
        return table;
    }

    void add(std::vector<LabelTransform>& transforms, Result<LabelTransform> transform)
    {
        require(transform.has_value(), transform ? "" : transform.error().message);
        if (transform) {
            transforms.push_back(std::move(*transform));
        }
    }

    PresetSplit readSplit(const Json& json)
    {
        onlyKeys(json, "split", {"file", "column", "files", "parts", "rule", "sizes"});
        PresetSplit split;
        split.file = text1(json, "file");
        split.column = text1(json, "column");
        split.rule = text1(json, "rule");
        split.parts = pairs(json, "parts");
        if (json.contains("files")) {
            for (const auto& [part, files] : json["files"].items()) {
                split.files.emplace_back(part, texts(json["files"], part.c_str()));
            }
        }
        if (json.contains("sizes")) {
            for (const auto& [part, size] : json["sizes"].items()) {
                split.sizes.emplace_back(part, number(json["sizes"], part.c_str()));
            }
        }
        const int kinds = (split.file.empty() ? 0 : 1) + (split.column.empty() ? 0 : 1) + (split.files.empty() ? 0 : 1);
        require(kinds == 1, "its split is to be one of file, column and files");
        if (!split.file.empty()) {
            requirePath(split.file);
        }
        return split;
    }

    PresetDownload readDownload(const Json& json)
    {
        onlyKeys(json, "downloads", {"name", "url", "archive", "bytes", "md5", "sha256"});
        PresetDownload item;
        item.name = text1(json, "name");
        item.url = text1(json, "url");
        item.archive = json.contains("archive") && json["archive"].is_boolean() && json["archive"].get<bool>();
        item.bytes = number(json, "bytes");
        item.md5 = text1(json, "md5");
        item.sha256 = text1(json, "sha256");
        require(item.url.starts_with("https://") || item.url.starts_with("http://"), "an address is no http(s) one");
        require(item.md5.empty() || item.md5.size() == 32, "an MD5 has not 32 digits");
        require(item.sha256.empty() || item.sha256.size() == 64, "a SHA-256 has not 64 digits");
        require(item.name.find('/') == std::string::npos, "the name of a download has a folder");
        requirePath(item.name);
        return item;
    }

    void check(const DatasetPreset& preset)
    {
        require(!preset.name.empty() && !preset.title.empty() && !preset.collection.empty(),
                "it needs a name, a title and a collection");
        require(preset.folder.find('/') == std::string::npos, "its folder is not a plain name");
        requirePath(preset.folder);
        const bool something = preset.isGroup() || preset.isModel() || !preset.tables.empty() || !preset.obstacle.empty();
        require(something, "it has neither tables nor members nor a model");
    }

    /// Names must stay inside of the folder that is searched or written.
    void requirePath(const std::string& path)
    {
        require(!path.empty() && path.front() != '/' && path.find('\\') == std::string::npos, "'" + path + "' is no name");
        for (const std::string& piece : papilio::split(path, '/')) {
            require(!piece.empty() && piece != "." && piece != "..", "'" + path + "' leaves its folder");
        }
    }

    void onlyKeys(const Json& json, const std::string& place, std::initializer_list<const char*> known)
    {
        require(json.is_object(), place + " is no object");
        for (const auto& [key, value] : json.items()) {
            const bool found = std::any_of(known.begin(), known.end(), [&key = key](const char* k) { return key == k; });
            require(found, "the key '" + key + "' is not known" + (place.empty() ? "" : " in " + place));
        }
    }

    const Json* child(const Json& json, const char* key) const
    {
        return json.is_object() && json.contains(key) ? &json[key] : nullptr;
    }

    std::string text1(const Json& json, const char* key)
    {
        const Json* value = child(json, key);
        require(!value || value->is_string(), std::string(key) + " is no text");
        return value && value->is_string() ? value->get<std::string>() : std::string();
    }

    std::int64_t number(const Json& json, const char* key)
    {
        const Json* value = child(json, key);
        require(!value || (value->is_number_integer() && value->get<std::int64_t>() > 0),
                std::string(key) + " is no whole number above 0");
        return value && value->is_number_integer() ? value->get<std::int64_t>() : 0;
    }

    Json list(const Json& json, const char* key)
    {
        const Json* value = child(json, key);
        require(!value || value->is_array(), std::string(key) + " is no list");
        return value && value->is_array() ? *value : Json::array();
    }

    std::vector<std::string> texts(const Json& json, const char* key)
    {
        std::vector<std::string> result;
        for (const Json& item : list(json, key)) {
            require(item.is_string(), std::string(key) + " has something that is no text");
            if (item.is_string()) {
                result.push_back(item.get<std::string>());
            }
        }
        return result;
    }

    std::vector<std::pair<std::string, std::string>> pairs(const Json& json, const char* key)
    {
        std::vector<std::pair<std::string, std::string>> result;
        const Json* value = child(json, key);
        require(!value || value->is_object(), std::string(key) + " is no object");
        if (value && value->is_object()) {
            for (const auto& [name, text] : value->items()) {
                result.emplace_back(name, text1(*value, name.c_str()));
            }
        }
        return result;
    }

    void require(bool good, const std::string& fault)
    {
        if (!good && m_fault.empty()) {
            m_fault = fault;
        }
    }

    std::string m_where;
    std::string m_fault;
};
} // namespace

Result<DatasetPreset> presetFromJson(const std::string& text, const std::string& where)
{
    return Reader(where).read(text);
}

} // namespace papilio::data
