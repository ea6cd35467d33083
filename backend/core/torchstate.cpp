// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/torchstate.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "core/text.h"

namespace papilio
{

namespace
{

using Kind = PickleNode::Kind;

constexpr int deepestWrapping = 4;
constexpr std::size_t mostDimensions = 16, longestName = 1000;
constexpr auto mostValues = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) / 16;

std::optional<RawType> storageType(const std::string& global)
{
    static const std::map<std::string, RawType> types = {
        {"torch FloatStorage", RawType::Float32},     {"torch HalfStorage", RawType::Float16},
        {"torch BFloat16Storage", RawType::BFloat16}, {"torch DoubleStorage", RawType::Float64},
        {"torch LongStorage", RawType::Int64},        {"torch IntStorage", RawType::Int32},
        {"torch ShortStorage", RawType::Int16},       {"torch CharStorage", RawType::Int8},
        {"torch ByteStorage", RawType::UInt8},        {"torch BoolStorage", RawType::Bool},
    };
    const auto found = types.find(global);
    return found == types.end() ? std::nullopt : std::optional(found->second);
}

class StateReader
{
public:
    StateReader(const PickleDocument& pickle, const std::string& where) : m_pickle(pickle), m_where(where) {}
    Result<TorchState> read();

private:
    tl::unexpected<Error> damaged(const std::string& what) const;
    bool isTensor(PickleId id) const;
    Result<TorchTensor> tensor(PickleId id, int depth = 0) const;
    Result<TorchTensor> rebuilt(const PickleNode& arguments, std::size_t most) const;
    Result<> readStorage(PickleId id, TorchTensor& tensor) const;
    Result<> readView(const PickleNode& arguments, TorchTensor& tensor) const;
    bool readSizes(PickleId id, std::vector<std::int64_t>& out) const;
    const PickleNode* dictionary(TorchState& state) const;
    tl::unexpected<Error> noTensors(const PickleNode& dict) const;

    const PickleDocument& m_pickle;
    const std::string& m_where;
    std::string m_name; ///< of the tensor that is read
};

tl::unexpected<Error> StateReader::damaged(const std::string& what) const
{
    return fail(ErrorCode::Damaged, m_where + ": tensor '" + elided(m_name, 200) + "' " + what + ".",
                "The file is altered, or of a PyTorch that writes otherwise than those known here.");
}

/// A call of one of PyTorch's rebuilding functions; others (settings, counters) are no tensors.
bool StateReader::isTensor(PickleId id) const
{
    const PickleNode& node = m_pickle[id];
    if (node.kind != Kind::Call) {
        return false;
    }
    const std::string& callee = m_pickle[node.items[0]].text;
    return callee.starts_with("torch._utils _rebuild_") || callee == "torch._tensor _rebuild_from_type_v2";
}

Result<TorchTensor> StateReader::tensor(PickleId id, int depth) const
{
    if (!isTensor(id) || depth > deepestWrapping) {
        return damaged("depends on a value that is no tensor");
    }
    const std::string& callee = m_pickle[m_pickle[id].items[0]].text;
    const PickleNode& arguments = m_pickle[m_pickle[id].items[1]];
    if (callee == "torch._utils _rebuild_tensor") {
        return rebuilt(arguments, 4);
    }
    if (callee == "torch._utils _rebuild_tensor_v2") {
        return rebuilt(arguments, 7);
    }
    if (callee == "torch._tensor _rebuild_from_type_v2") { // function, type, arguments, state
        if (arguments.items.size() != 4 || m_pickle[arguments.items[2]].kind != Kind::Tuple ||
            m_pickle[arguments.items[0]].text != "torch._utils _rebuild_tensor_v2") {
            return damaged("is of a kind that is not known");
        }
        return rebuilt(m_pickle[arguments.items[2]], 7);
    }
    if (arguments.items.empty()) { // _rebuild_parameter…: what it is made of, and how it is trained
        return damaged("is a parameter without values");
    }
    return tensor(arguments.items[0], depth + 1);
}

/// Arguments: storage, offset, sizes, strides, and what gradients need.
Result<TorchTensor> StateReader::rebuilt(const PickleNode& arguments, std::size_t most) const
{
    if (arguments.items.size() < 4 || arguments.items.size() > most) {
        return damaged("is not described by storage, offset, sizes and strides");
    }
    if (arguments.items.size() == 7) {
        const PickleNode& flags = m_pickle[arguments.items[6]];
        if (flags.kind != Kind::None && (flags.kind != Kind::Dict || !flags.items.empty())) {
            return damaged("is stored negated or conjugated, which is not known here");
        }
    }
    TorchTensor tensor;
    PAPILIO_TRY(readStorage(arguments.items[0], tensor));
    PAPILIO_TRY(readView(arguments, tensor));
    return tensor;
}

Result<> StateReader::readStorage(PickleId id, TorchTensor& tensor) const
{
    const PickleNode& persistent = m_pickle[id];
    const PickleNode* parts = persistent.kind == Kind::Persistent ? &m_pickle[persistent.items[0]] : nullptr;
    const auto part = [&](std::size_t i) -> const PickleNode& { return m_pickle[parts->items[i]]; };
    if (parts == nullptr || parts->kind != Kind::Tuple || parts->items.size() != 5 || part(0).text != "storage" ||
        part(1).kind != Kind::Global || part(2).kind != Kind::Text || part(4).kind != Kind::Integer) {
        return damaged("has no storage of PyTorch");
    }
    const auto type = storageType(part(1).text);
    if (!type) {
        return damaged("has values of a type that is not known: " + elided(part(1).text, 60));
    }
    if (part(4).integer < 0 || static_cast<std::uint64_t>(part(4).integer) > mostValues) {
        return damaged("has a storage of " + std::to_string(part(4).integer) + " values");
    }
    tensor.storage = part(2).text;
    tensor.type = *type;
    tensor.storageValues = static_cast<std::uint64_t>(part(4).integer);
    return {};
}

bool StateReader::readSizes(PickleId id, std::vector<std::int64_t>& out) const
{
    const PickleNode* list = &m_pickle[id];
    if (list->kind == Kind::Call && m_pickle[list->items[0]].text == "torch Size" &&
        m_pickle[list->items[1]].items.size() == 1) {
        list = &m_pickle[m_pickle[list->items[1]].items[0]];
    }
    if ((list->kind != Kind::Tuple && list->kind != Kind::List) || list->items.size() > mostDimensions) {
        return false;
    }
    for (const PickleId item : list->items) {
        if (m_pickle[item].kind != Kind::Integer || m_pickle[item].integer < 0) {
            return false;
        }
        out.push_back(m_pickle[item].integer);
    }
    return true;
}

Result<> StateReader::readView(const PickleNode& arguments, TorchTensor& tensor) const
{
    const PickleNode& offset = m_pickle[arguments.items[1]];
    StridedView& view = tensor.view;
    if (offset.kind != Kind::Integer || offset.integer < 0 || !readSizes(arguments.items[2], view.shape) ||
        !readSizes(arguments.items[3], view.strides) || view.shape.size() != view.strides.size()) {
        return damaged("has an offset, sizes or strides that are no whole numbers, negative, or too many");
    }
    view.offset = static_cast<std::uint64_t>(offset.integer);
    tensor.count = 1;
    std::uint64_t last = view.offset; // index of the last value
    for (std::size_t i = 0; i < view.shape.size(); ++i) {
        const auto size = static_cast<std::uint64_t>(view.shape[i]);
        const auto stride = static_cast<std::uint64_t>(view.strides[i]);
        if (size != 0 && tensor.count > mostValues / size) {
            return damaged("has a shape of too many values");
        }
        tensor.count *= size;
        if (size > 1 && stride != 0 && (size - 1 > mostValues / stride || last > mostValues - (size - 1) * stride)) {
            return damaged("lies outside of its storage");
        }
        last += size > 1 ? (size - 1) * stride : 0;
    }
    if (tensor.count != 0 && last >= tensor.storageValues) {
        return damaged("lies outside of its storage: it needs value " + std::to_string(last + 1) + " of " +
                       std::to_string(tensor.storageValues));
    }
    return {};
}

/// The dictionary that holds the tensors; null if the file is none.
const PickleNode* StateReader::dictionary(TorchState& state) const
{
    const PickleNode& root = m_pickle[m_pickle.root];
    if (root.kind != Kind::Dict) {
        return nullptr;
    }
    for (const char* key : {"state_dict", "model_state_dict", "model"}) {
        for (std::size_t i = 0; i < root.items.size(); i += 2) {
            const PickleNode& value = m_pickle[root.items[i + 1]];
            if (value.kind == Kind::Dict && m_pickle[root.items[i]].kind == Kind::Text &&
                m_pickle[root.items[i]].text == key) {
                state.container = key;
                state.ignored += root.items.size() / 2 - 1;
                return &value;
            }
        }
    }
    return &root;
}

tl::unexpected<Error> StateReader::noTensors(const PickleNode& dict) const
{
    std::string keys;
    for (std::size_t i = 0; i < dict.items.size() && i < 10; i += 2) {
        keys += keys.empty() ? "'" : ", '";
        keys += elided(m_pickle[dict.items[i]].text, 40);
        keys += '\'';
    }
    return fail(ErrorCode::BadInput,
                m_where + ": holds no tensors" + (keys.empty() ? "" : "; its first keys are " + keys) + ".",
                "Give a file that torch.save(network.state_dict(), …) or a trainer's checkpoint wrote.");
}

Result<TorchState> StateReader::read()
{
    TorchState state;
    const PickleNode* dict = dictionary(state);
    if (dict == nullptr) {
        const PickleNode& root = m_pickle[m_pickle.root];
        std::string object = root.kind == Kind::Call ? m_pickle[root.items[0]].text : "";
        std::replace(object.begin(), object.end(), ' ', '.');
        return fail(ErrorCode::BadInput,
                    m_where + ": holds " +
                        (object.empty() ? "no dictionary of tensors." : "an object of Python's, '" + object + "'."),
                    "Give a file that torch.save(network.state_dict(), …) or a trainer's checkpoint wrote.");
    }
    for (std::size_t i = 0; i < dict->items.size(); i += 2) {
        const PickleNode& key = m_pickle[dict->items[i]];
        if (!isTensor(dict->items[i + 1])) {
            ++state.ignored;
            continue;
        }
        m_name = key.text;
        if (key.kind != Kind::Text || key.text.empty() || key.text.size() > longestName) {
            return damaged("has a name that is no text, empty or too long");
        }
        auto read = tensor(dict->items[i + 1]);
        if (!read) {
            return tl::unexpected<Error>(read.error());
        }
        if (!state.tensors.emplace(key.text, std::move(*read)).second) {
            return damaged("occurs twice");
        }
    }
    return state.tensors.empty() ? Result<TorchState>(noTensors(*dict)) : std::move(state);
}

} // namespace

Result<TorchState> torchState(const PickleDocument& pickle, const std::string& where)
{
    return StateReader(pickle, where).read();
}

} // namespace papilio
