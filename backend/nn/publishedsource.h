// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/error.h"
#include "nn/layerspec.h"
#include "nn/optionnames.h"

namespace papilio::nn
{

/// An object of a published configuration. It remembers which of its keys were asked for, and the first value that
/// could not be used.
class PublishedSource
{
public:
    using Json = nlohmann::ordered_json;

    explicit PublishedSource(const Json& json);

    /// The object under a key; an empty one where it is missing or null.
    PublishedSource at(const std::string& key) const;
    bool has(const std::string& key) const; ///< present and not null
    std::vector<std::string> keys() const;
    const std::string& path() const { return m_path; }

    void whole(const std::string& key, int& value) const;
    void number(const std::string& key, double& value) const;
    void flag(const std::string& key, bool& value) const;
    std::string text(const std::string& key, const std::string& missing = {}) const; ///< lower case
    std::vector<std::string> texts(const std::string& key) const;                    ///< one text counts as a list
    std::vector<int> wholes(const std::string& key) const;                           ///< one number counts as a list
    void activation(const std::string& key, Activation& value) const;
    void norm(const std::string& key, Norm& value) const;
    void ignore(const std::string& key) const; ///< known to mean nothing for the numbers

    /// The name under a key among those of a choice; a missing one keeps the value as it is.
    template <typename Choice> void choice(const std::string& key, Choice& value) const
    {
        if (has(key)) {
            take(key, choiceFromName<Choice>(text(key)), value);
        }
    }
    template <typename Choice> void choices(const std::string& key, std::vector<Choice>& values) const
    {
        if (!has(key)) {
            return;
        }
        values.clear();
        for (const std::string& name : texts(key)) {
            values.emplace_back();
            take(key, choiceFromName<Choice>(name), values.back());
        }
    }
    /// What was found for a key, or its fault.
    template <typename Value> void take(const std::string& key, const std::optional<Value>& found, Value& value) const
    {
        if (found) {
            value = *found;
        } else {
            fault(key);
        }
    }

    void fault(const std::string& key, const std::string& hint = {}) const;
    Result<> result() const;
    std::vector<std::string> unused() const;

private:
    struct Shared {
        std::set<std::string> used;
        std::optional<Error> error;
    };
    PublishedSource(const Json& json, std::string path, std::shared_ptr<Shared> shared);
    const Json* value(const std::string& key) const;

    const Json* m_json;
    std::string m_path; ///< with a dot behind
    std::shared_ptr<Shared> m_shared;
};

void readPublishedMlp(const PublishedSource& source, MlpSpec& mlp);

struct GnnSpec;
struct EncoderSpec;
struct Encoders;

/// 'bonds': bond features reach the graph layers.
void readPublishedGnn(const PublishedSource& source, GnnSpec& gnn, bool bonds);
void readPublishedEncoders(const PublishedSource& source, Encoders& encoders);

} // namespace papilio::nn
