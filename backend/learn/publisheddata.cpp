// SPDX-License-Identifier: GPL-3.0-or-later
// "datamodule" of a published configuration: tables, labels, split, sampling.
#include <algorithm>
#include <cmath>
#include <set>

#include "core/splitspec.h"
#include "core/text.h"
#include "learn/publishedconfig.h"

namespace papilio::learn
{

namespace
{

using Json = TrackedYaml::Json;

std::vector<std::string> textsOf(const Json& json)
{
    std::vector<std::string> texts;
    if (json.is_string()) {
        texts.push_back(json.get<std::string>());
    }
    for (std::size_t i = 0; json.is_array() && i < json.size(); ++i) {
        if (json[i].is_string()) {
            texts.push_back(json[i].get<std::string>());
        }
    }
    return texts;
}

std::string shellQuoted(const std::string& word)
{
    std::string text = "'";
    for (const char c : word) {
        text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return text + "'";
}

/// One entry of task_specific_args.
class Dataset
{
public:
    Dataset(TrackedYaml& yaml, std::string name, const nn::HeadSpec* head, ConvertedConfig& converted)
        : m_yaml(yaml), m_name(std::move(name)), m_place(pointerTo("/datamodule/args/task_specific_args", m_name)),
          m_head(head), m_converted(converted)
    {
    }

    Result<> convert()
    {
        addTasks();
        addImport();
        PAPILIO_TRY(readSampling());
        PAPILIO_TRY(readNormalisation());
        m_yaml.refuse(at("sample_size"), "all rows are imported");
        m_yaml.refuse(at("weights_col"), "labels have no weights of their own");
        m_yaml.refuse(at("weights_type"), "labels have no weights of their own");
        m_yaml.refuse(at("seed"), "the split is the same for all datasets");
        m_yaml.refuse(at("idx_col"), "rows are numbered");
        m_yaml.refuse(at("mol_ids_col"), "molecules are told apart by their structure");
        if (!m_fileTaken) {
            m_yaml.refuse(at("splits_path"), "not every dataset has a split file, so that none is used; see 'split'");
            m_yaml.refuse(at("split_names"), "not every dataset has a split file, so that none is used; see 'split'");
        }
        return {};
    }

    bool hasSplitFile() const
    {
        const Json* path = m_yaml.look(at("splits_path"));
        return path != nullptr && path->is_string() && !path->get<std::string>().empty();
    }
    /// The split file, once all datasets have one; and the names of its lists in 'parts', training first.
    std::string takeSplitFile(std::vector<std::string>& parts)
    {
        m_fileTaken = true;
        const auto path = m_yaml.text(at("splits_path"));
        const Json* names = m_yaml.take(at("split_names"));
        parts = names == nullptr ? std::vector<std::string>() : textsOf(*names);
        return path.value_or(std::string());
    }
    Result<std::string> split()
    {
        double validation = 0.2, test = 0.2; // the library's
        PAPILIO_TRY(m_yaml.number(at("split_val"), validation));
        PAPILIO_TRY(m_yaml.number(at("split_test"), test));
        const double train = std::round((1 - validation - test) * 1e9) / 1e9;
        if (!(validation >= 0 && test >= 0 && train > 0)) {
            return m_yaml.fault(at("split_val"), "and split_test leave nothing for training.");
        }
        return "random:" + formatNumber(train) + '/' + formatNumber(validation) + '/' + formatNumber(test);
    }

private:
    std::string at(const char* key) const { return m_place + '/' + key; }

    void addTasks()
    {
        const Json* columns = m_yaml.take(at("label_cols"));
        const std::vector<std::string> names = columns == nullptr ? std::vector<std::string>() : textsOf(*columns);
        for (const std::string& name : names) {
            m_converted.config.tasks.push_back(m_name + ':' + name);
        }
        if (names.empty()) {
            m_converted.config.tasks.push_back(m_name);
        }
        m_labels = names;
    }

    void addImport()
    {
        const Json* path = m_yaml.take(at("df_path"));
        const auto smiles = m_yaml.text(at("smiles_col"));
        const auto level = m_yaml.text(at("task_level"));
        m_yaml.take(at("df"));
        const std::vector<std::string> files = path == nullptr ? std::vector<std::string>() : textsOf(*path);
        if (files.empty()) {
            return;
        }
        std::string command = "papilio-engine import PROJECT";
        for (const std::string& file : files) {
            command += ' ' + shellQuoted(file);
        }
        command += " --dataset " + shellQuoted(m_name);
        if (smiles) {
            command += " --smiles " + shellQuoted(*smiles);
        }
        std::string labels;
        for (const std::string& label : m_labels) {
            labels += (labels.empty() ? "" : ",") + label;
        }
        if (!labels.empty()) {
            command += " --labels " + shellQuoted(labels);
        }
        if (level && *level != "graph") {
            command += " --level " + *level;
        }
        m_converted.imports.push_back(command);
    }

    Result<> readSampling()
    {
        double share = 1;
        PAPILIO_TRY(m_yaml.number(at("epoch_sampling_fraction"), share));
        if (!(share > 0 && share <= 1)) {
            return m_yaml.fault(at("epoch_sampling_fraction"), "must be above 0, up to 1.");
        }
        if (share < 1) {
            m_converted.config.sampling[m_name] = share;
        }
        return {};
    }

    Result<> readNormalisation()
    {
        const std::string place = at("label_normalization");
        if (m_head == nullptr || m_head->kind != TaskKind::Regression) {
            m_yaml.refuse(place, "labels that are classes are not normalised");
            return {};
        }
        HeadOptions options;
        options.normalisation = NormalisationMethod::None; // the library's default
        if (const auto method = m_yaml.text(place + "/method")) {
            options.normalisation = normalisationFromName(*method);
            if (!options.normalisation) {
                return m_yaml.fault(place + "/method", "must be normal, unit or none.");
            }
        }
        for (auto [key, target] : {std::pair("min_clipping", &options.clipMin), std::pair("max_clipping", &options.clipMax)}) {
            if (m_yaml.look(place + '/' + key) != nullptr) {
                double bound = 0;
                PAPILIO_TRY(m_yaml.number(place + '/' + key, bound));
                *target = bound;
            }
        }
        m_yaml.refuse(place + "/normalize_val_test", "metrics are told in both units");
        m_converted.config.heads[m_head->name] = options;
        return {};
    }

    TrackedYaml& m_yaml;
    std::string m_name, m_place;
    const nn::HeadSpec* m_head;
    ConvertedConfig& m_converted;
    std::vector<std::string> m_labels;
    bool m_fileTaken = false;
};

} // namespace

namespace
{

/// All datasets have files: each is divided by its own, as there. Lists are known by their customary names unless all
/// files call them by the same others.
std::string splitOfFiles(std::vector<std::pair<std::string, Dataset>>& datasets)
{
    SplitSpec spec;
    spec.kind = SplitKind::File;
    spec.perDataset = true;
    const std::vector<std::string> partNames = {"train", "val", "test"};
    std::set<std::vector<std::string>> all;
    for (auto& [name, dataset] : datasets) {
        std::vector<std::string> lists;
        spec.sources[name] = dataset.takeSplitFile(lists);
        all.insert(lists.empty() ? partNames : lists);
    }
    const std::vector<std::string>& common = *all.begin();
    for (std::size_t i = 0; i < partNames.size() && all.size() == 1 && common.size() == 3 && common != partNames; ++i) {
        spec.values.emplace(common[i], partNames[i]);
    }
    return splitSpecText(spec);
}

} // namespace

Result<> convertDatasets(TrackedYaml& yaml, const nn::ModelSpec& spec, ConvertedConfig& converted)
{
    TrainConfig& config = converted.config;
    PAPILIO_TRY(yaml.whole("/datamodule/args/batch_size_training", config.batchSize));
    if (yaml.look("/datamodule/args/batch_size_training") == nullptr) {
        config.batchSize = 16; // the library's
    }
    yaml.take("/datamodule/module_type");
    const Json* tasks = yaml.look("/datamodule/args/task_specific_args");
    if (tasks == nullptr || !tasks->is_object()) {
        converted.notes.emplace_back("It names no tables; all tasks of the project are learnt.");
        return {};
    }
    std::vector<std::string> names;
    for (const auto& [name, value] : tasks->items()) {
        names.push_back(name);
    }
    std::optional<std::string> split;
    std::vector<std::pair<std::string, Dataset>> datasets;
    for (const std::string& name : names) {
        const auto head = std::find_if(spec.heads.begin(), spec.heads.end(),
                                       [&](const nn::HeadSpec& candidate) { return candidate.name == name; });
        if (head == spec.heads.end()) {
            converted.notes.push_back("'" + name + "' has labels, but no head among task_heads.");
        }
        datasets.emplace_back(name, Dataset(yaml, name, head == spec.heads.end() ? nullptr : &*head, converted));
    }
    const bool files = !datasets.empty() && std::all_of(datasets.begin(), datasets.end(), [](const auto& dataset) {
        return dataset.second.hasSplitFile();
    });
    if (files) {
        split = splitOfFiles(datasets);
    }
    for (auto& [name, dataset] : datasets) {
        if (!dataset.hasSplitFile()) {
            const auto own = dataset.split();
            if (!own) {
                return tl::unexpected(own.error());
            }
            if (split && *split != *own) {
                converted.notes.push_back("'" + name + "' has another split; one split is used for all datasets.");
            }
            split = split.value_or(*own);
        }
        PAPILIO_TRY(dataset.convert());
    }
    config.split = split.value_or(config.split);
    return {};
}

} // namespace papilio::learn
