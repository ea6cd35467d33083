// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "learn/modelfile.h"
#include "learn/reference.h"

namespace papilio::learn
{

/// What a person wants to know of a model before using it. Stored in the model file's metadata ("card").
struct ModelCard {
    std::string name;  ///< in the library; letters, digits, '.', '_' and '-'
    std::string title;
    std::string trainedOn;
    std::string licence;     ///< short: "MIT"
    std::string licenceText; ///< whole, where the source has it
    std::string citation;
    std::vector<std::string> notes;
    std::string source;      ///< file name it was taken from, and its SHA-256
    std::string added;       ///< UTC, ISO 8601
};

struct LibraryEntry {
    ModelCard card;
    std::string path;        ///< of the model file
    std::uint64_t bytes = 0;
    std::string architecture;///< title
    std::int64_t parameters = 0, tasks = 0, heads = 0;
    std::int64_t reference = 0; ///< molecules that percentiles are taken against
};

/// Models that window and command line share: one folder each in $PAPILIO_MODELS, or in papilio/models of the user's
/// data folder (XDG_DATA_HOME). A folder is written beside its place and renamed: it is whole or not there.
class ModelLibrary
{
public:
    explicit ModelLibrary(std::string folder = defaultFolder());
    static std::string defaultFolder();
    const std::string& folder() const { return m_folder; }

    /// All entries by name; damaged ones are listed with the reason in card.notes and 0 parameters.
    Result<std::vector<LibraryEntry>> all() const;
    Result<LibraryEntry> byName(const std::string& name) const; ///< NotFound names the existing ones
    /// Stores a model under card.name; Exists if there is one of that name.
    Result<LibraryEntry> add(const SavedModel& model, const ModelCard& card);
    Result<> remove(const std::string& name);
    Result<> setReference(const std::string& name, const ReferenceTable& table);
    /// What stands beside a model file; nothing if there is none.
    Result<std::optional<ReferenceTable>> reference(const std::string& modelPath) const;
    /// 'what' is a path of an existing file, or a name in the library.
    Result<std::string> resolve(const std::string& what) const;

private:
    std::string m_folder;
};

/// Reads what a user has in hand: a wheel or folder of a published package (state_dict.pth, config.yaml,
/// base_shape.yaml, and tasks.json where there is one), a PyTorch zip or safetensors file of the original with a
/// configuration beside it, or a model file of ours. Nothing in it is executed.
struct ForeignModel {
    SavedModel model;
    ModelCard card;
};
Result<ForeignModel> readForeignModel(const std::string& path);

} // namespace papilio::learn
