// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/yamltree.h"

#include <exception>
#include <limits>
#include <optional>
#include <set>
#include <sstream>
#include <unordered_map>
#include <utility>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "core/text.h"
#include "nn/yamlscalar.h"

namespace papilio::nn::yaml
{

namespace
{

using Json = nlohmann::ordered_json;

/// A place where a node stands; an alias shares the node and has a line of its own.
struct Child {
    std::size_t node = 0;
    int line = 0;
};

struct Node {
    enum class Kind { Scalar, Sequence, Map };
    Kind kind = Kind::Scalar;
    bool plain = false; ///< a scalar without quotes
    std::string text;
    std::vector<Child> children; ///< of a map: key, value, key, value …
};

struct Problem {
    int line = 0;
    std::string text;
};

/// Takes the parser's events and keeps the first problem; events after it are ignored.
class Tree : public YAML::EventHandler
{
public:
    std::vector<Node> nodes;
    std::optional<Problem> problem;
    bool started = false;

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { scalar(mark, "?", anchor, "null"); }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override
    {
        scalar(mark, tag, anchor, value);
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        const auto found = m_anchors.find(anchor);
        if (found == m_anchors.end() || m_openAnchors.contains(anchor)) {
            complain(mark, "an alias refers to what it stands in");
        } else {
            attach({found->second, mark.line + 1});
        }
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        open(Node::Kind::Sequence, mark, tag, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        open(Node::Kind::Map, mark, tag, anchor);
    }
    void OnMapEnd() override { close(); }

private:
    void complain(const YAML::Mark& mark, std::string text)
    {
        if (!problem) {
            problem = Problem{mark.line + 1, std::move(text)};
        }
    }
    void attach(Child child)
    {
        if (!m_open.empty()) {
            nodes[m_open.back().first].children.push_back(child);
        }
        started = true;
    }
    std::size_t create(Node node, const YAML::Mark& mark, YAML::anchor_t anchor)
    {
        nodes.push_back(std::move(node));
        attach({nodes.size() - 1, mark.line + 1});
        if (anchor != YAML::NullAnchor) {
            m_anchors[anchor] = nodes.size() - 1;
        }
        if (nodes.size() > mostValues) {
            complain(mark, "it has more than " + std::to_string(mostValues) + " values");
        }
        return nodes.size() - 1;
    }
    void scalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value)
    {
        if (problem) {
            return;
        }
        const bool text = tag == "!" || tag == "tag:yaml.org,2002:str";
        checkTag(mark, tag,
                 {"?", "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float",
                  "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null", "tag:yaml.org,2002:merge"});
        create({Node::Kind::Scalar, !text, toUtf8(value), {}}, mark, anchor);
    }
    void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor)
    {
        if (!problem) {
            checkTag(mark, tag, {"", "?", "!", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"});
            const std::size_t node = create({kind, false, {}, {}}, mark, anchor);
            m_open.emplace_back(node, anchor);
            if (anchor != YAML::NullAnchor) {
                m_openAnchors.insert(anchor);
            }
        }
    }
    void close()
    {
        if (!problem && !m_open.empty()) {
            m_openAnchors.erase(m_open.back().second);
            m_open.pop_back();
        }
    }
    void checkTag(const YAML::Mark& mark, const std::string& tag, const std::set<std::string_view>& known)
    {
        if (!known.contains(tag)) {
            complain(mark, "the tag '" + elided(toUtf8(tag), 80) + "' is not known, and nothing is made from it");
        }
    }

    std::vector<std::pair<std::size_t, YAML::anchor_t>> m_open;
    std::unordered_map<YAML::anchor_t, std::size_t> m_anchors;
    std::set<YAML::anchor_t> m_openAnchors;
};

/// Builds the JSON value with its lines; aliases are copied, merges taken in.
class Composer
{
public:
    Composer(const Tree& tree, YamlDocument& document) : m_tree(tree), m_document(document) {}
    std::optional<Problem> problem;

    Json value(Child child, const std::string& pointer, int depth)
    {
        const Node& node = m_tree.nodes[child.node];
        m_bytes += node.text.size() + pointer.size();
        if (++m_values > mostValues || m_bytes > mostBytes || depth > deepest) {
            complain(child.line, depth > deepest ? "it is nested too deep"
                                                 : "its aliases make it grow beyond " + std::to_string(mostValues) +
                                                       " values or " + std::to_string(mostBytes) + " bytes");
        }
        if (problem) {
            return nullptr;
        }
        m_document.lines[pointer] = child.line;
        switch (node.kind) {
        case Node::Kind::Scalar:
            return node.plain ? yamlScalar(node.text) : Json(node.text);
        case Node::Kind::Sequence: {
            Json array = Json::array();
            for (std::size_t i = 0; i < node.children.size() && !problem; ++i) {
                array.push_back(value(node.children[i], childPointer(pointer, std::to_string(i)), depth + 1));
            }
            return array;
        }
        case Node::Kind::Map:
            return map(node, pointer, depth);
        }
        return nullptr;
    }

private:
    struct Entry {
        const std::string* key = nullptr;
        Child value;
        int line = 0;
    };

    void complain(int line, std::string text)
    {
        if (!problem) {
            problem = Problem{line, std::move(text)};
        }
    }

    /// The entries of a map, those merged into it included; what stands there itself has precedence, then the first.
    void collect(const Node& node, int depth, std::vector<Entry>& entries, std::set<std::string_view>& keys)
    {
        std::vector<Child> merged;
        std::unordered_map<std::string_view, std::size_t> own; // key → its entry; npos: another map has precedence
        constexpr auto none = std::numeric_limits<std::size_t>::max();
        m_values += node.children.size();
        for (std::size_t i = 0; i + 1 < node.children.size() && !problem; i += 2) {
            const Node& key = m_tree.nodes[node.children[i].node];
            const int line = node.children[i].line;
            if (key.kind != Node::Kind::Scalar) {
                complain(line, "a key is a list or a map");
            } else if (key.plain && key.text == "<<") {
                merged.push_back(node.children[i + 1]);
            } else if (const auto before = own.find(key.text); before != own.end()) {
                repeat(key.text, line, before->second == none ? nullptr : &entries[before->second],
                       node.children[i + 1]);
            } else if (keys.insert(key.text).second) {
                own.emplace(key.text, entries.size());
                entries.push_back({&key.text, node.children[i + 1], line});
            } else {
                own.emplace(key.text, none);
            }
        }
        for (const Child& child : merged) {
            merge(child, depth, entries, keys);
        }
    }

    /// Published configurations repeat keys; the last one counts, as in the original's reader.
    void repeat(const std::string& key, int line, Entry* entry, Child value)
    {
        if (m_repeated.insert(line).second) {
            m_document.repeatedKeys.push_back({elided(key, 200), line});
        }
        if (entry != nullptr) {
            entry->value = value;
            entry->line = line;
        }
    }

    void merge(Child child, int depth, std::vector<Entry>& entries, std::set<std::string_view>& keys)
    {
        const Node& node = m_tree.nodes[child.node];
        if (depth > deepest || m_values > mostValues || entries.size() > mostKeys) {
            complain(child.line, "its merges are too many or nested too deep");
        } else if (node.kind == Node::Kind::Map) {
            collect(node, depth + 1, entries, keys);
        } else if (node.kind == Node::Kind::Sequence) {
            for (const Child& item : node.children) {
                if (m_tree.nodes[item.node].kind != Node::Kind::Map) {
                    complain(item.line, "'<<' takes in what is no map");
                } else if (!problem) {
                    merge(item, depth + 1, entries, keys);
                }
            }
        } else {
            complain(child.line, "'<<' takes in what is no map");
        }
    }

    Json map(const Node& node, const std::string& pointer, int depth)
    {
        std::vector<Entry> entries;
        std::set<std::string_view> keys;
        collect(node, depth, entries, keys);
        if (entries.size() > mostKeys) {
            complain(entries[mostKeys].line, "a map has more than " + std::to_string(mostKeys) + " keys");
        }
        Json object = Json::object();
        for (const Entry& entry : entries) {
            if (problem) {
                break;
            }
            object[*entry.key] = value({entry.value.node, entry.line}, childPointer(pointer, *entry.key), depth + 1);
        }
        return object;
    }

    const Tree& m_tree;
    YamlDocument& m_document;
    std::size_t m_values = 0, m_bytes = 0;
    std::set<int> m_repeated; ///< lines, so that aliases do not list a key again
};

} // namespace

tl::unexpected<Error> badYaml(const std::string& where, int line, const std::string& what)
{
    return fail(ErrorCode::BadInput,
                where + (line > 0 ? ", line " + std::to_string(line) : std::string()) + ": " + what + ".");
}

std::string childPointer(const std::string& pointer, const std::string& key)
{
    std::string child = pointer + '/';
    for (const char c : key) {
        child += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    }
    return child;
}

Result<YamlDocument> composeYaml(std::string_view text, const std::string& where)
{
    Tree tree;
    try {
        std::istringstream stream{std::string(text)};
        YAML::Parser parser(stream);
        parser.HandleNextDocument(tree);
        Tree second;
        if (!tree.problem && parser.HandleNextDocument(second) && second.started) {
            return badYaml(where, 0, "it has several documents; one is read");
        }
    } catch (const YAML::Exception& exception) {
        return badYaml(where, exception.mark.is_null() ? 0 : exception.mark.line + 1,
                       "not YAML: " + toUtf8(exception.msg));
    } catch (const std::exception& exception) {
        return badYaml(where, 0, "not YAML: " + toUtf8(exception.what()));
    }
    if (tree.problem) {
        return badYaml(where, tree.problem->line, tree.problem->text);
    }
    YamlDocument document;
    if (tree.nodes.empty()) {
        return document;
    }
    Composer composer(tree, document);
    document.value = composer.value({0, 1}, "", 0);
    if (composer.problem) {
        return badYaml(where, composer.problem->line, composer.problem->text);
    }
    return document;
}

} // namespace papilio::nn::yaml
