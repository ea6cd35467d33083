// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/safetensors.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

#include "core/encodings.h"
#include "nn/files.h"

namespace papilio::nn
{

namespace
{

static_assert(std::endian::native == std::endian::little, "the raw data is little-endian");

constexpr std::uint64_t lengthBytes = 8;
constexpr std::uint64_t largestHeader = 100'000'000; // the format's own limit

struct Entry {
    std::string name;
    std::string type;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

struct Header {
    std::vector<Entry> entries;
    std::map<std::string, std::string> metadata;
};

tl::unexpected<Error> damaged(const std::string& where, const std::string& what)
{
    return fail(ErrorCode::Damaged, where + ": " + what + ".",
                "The file is cut off, altered, or not a safetensors file.");
}

std::string quoted(const std::string& name)
{
    return "tensor '" + name.substr(0, 200) + "'";
}

std::uint64_t bytesOf(const std::string& type)
{
    static const std::map<std::string, std::uint64_t> sizes = {
        {"BOOL", 1}, {"U8", 1},  {"I8", 1},  {"I16", 2}, {"U16", 2}, {"F16", 2}, {"BF16", 2},
        {"I32", 4},  {"U32", 4}, {"F32", 4}, {"I64", 8}, {"U64", 8}, {"F64", 8},
    };
    const auto found = sizes.find(type);
    return found == sizes.end() ? 0 : found->second;
}

/// Bytes that a shape needs; none if that is no 64-bit number.
std::optional<std::uint64_t> bytesNeeded(const Entry& entry)
{
    std::uint64_t bytes = bytesOf(entry.type);
    for (const std::int64_t size : entry.shape) {
        const auto factor = static_cast<std::uint64_t>(size);
        if (factor != 0 && bytes > std::numeric_limits<std::uint64_t>::max() / factor) {
            return std::nullopt;
        }
        bytes *= factor;
    }
    return bytes;
}

/// Parses JSON without exceptions; a key that occurs twice in one object is an error, as the format demands.
std::optional<nlohmann::json> parseStrictly(std::string_view text)
{
    std::vector<std::set<std::string>> keys;
    bool twice = false;
    const auto watch = [&](int, nlohmann::json::parse_event_t event, nlohmann::json& value) {
        if (event == nlohmann::json::parse_event_t::object_start) {
            keys.emplace_back();
        } else if (event == nlohmann::json::parse_event_t::object_end) {
            keys.pop_back();
        } else if (event == nlohmann::json::parse_event_t::key) {
            twice = twice || !keys.back().insert(value.get<std::string>()).second;
        }
        return true;
    };
    nlohmann::json json = nlohmann::json::parse(text, watch, false);
    if (json.is_discarded() || twice) {
        return std::nullopt;
    }
    return json;
}

bool readShape(const nlohmann::json& json, std::vector<std::int64_t>& shape)
{
    if (!json.is_array()) {
        return false;
    }
    for (const auto& size : json) {
        if (!size.is_number_unsigned() ||
            size.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
            return false;
        }
        shape.push_back(size.get<std::int64_t>());
    }
    return true;
}

Result<Entry> readEntry(const std::string& name, const nlohmann::json& json, std::uint64_t dataBytes,
                        const std::string& where)
{
    const auto bad = [&](const std::string& what) { return damaged(where, quoted(name) + " " + what); };
    if (!json.is_object() || json.size() != 3 || !json.contains("dtype") || !json.contains("shape") ||
        !json.contains("data_offsets")) {
        return bad("is not described by dtype, shape and data_offsets");
    }
    Entry entry;
    entry.name = name;
    if (!json["dtype"].is_string() || bytesOf(json["dtype"].get<std::string>()) == 0) {
        return bad("has a type that is not known: " + json["dtype"].dump().substr(0, 40));
    }
    entry.type = json["dtype"].get<std::string>();
    if (!readShape(json["shape"], entry.shape)) {
        return bad("has a shape that is not a list of whole numbers");
    }
    const auto& offsets = json["data_offsets"];
    if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned() ||
        !offsets[1].is_number_unsigned()) {
        return bad("has data_offsets that are not two whole numbers");
    }
    entry.begin = offsets[0].get<std::uint64_t>();
    entry.end = offsets[1].get<std::uint64_t>();
    if (entry.begin > entry.end || entry.end > dataBytes) {
        return bad("lies at bytes " + std::to_string(entry.begin) + " to " + std::to_string(entry.end) +
                   ", but there are " + std::to_string(dataBytes));
    }
    if (bytesNeeded(entry) != entry.end - entry.begin) {
        return bad("has " + std::to_string(entry.end - entry.begin) + " bytes, which its shape does not fit");
    }
    return entry;
}

/// The tensors must cover the data without overlap and without gaps.
Result<> checkLayout(const Header& header, std::uint64_t dataBytes, const std::string& where)
{
    std::vector<const Entry*> order;
    for (const Entry& entry : header.entries) {
        order.push_back(&entry);
    }
    std::sort(order.begin(), order.end(), [](const Entry* a, const Entry* b) {
        return a->begin != b->begin ? a->begin < b->begin : a->end < b->end;
    });
    std::uint64_t end = 0;
    for (const Entry* entry : order) {
        if (entry->begin != end) {
            return damaged(where, quoted(entry->name) +
                                      (entry->begin < end ? " overlaps another" : " leaves a gap before it"));
        }
        end = entry->end;
    }
    if (end != dataBytes) {
        return damaged(where, std::to_string(dataBytes - end) + " bytes belong to no tensor");
    }
    return {};
}

Result<std::uint64_t> headerLength(std::string_view start, std::uint64_t fileBytes, const std::string& where)
{
    if (start.size() < lengthBytes) {
        return damaged(where, "only " + std::to_string(start.size()) + " bytes long");
    }
    std::uint64_t length = 0;
    std::memcpy(&length, start.data(), lengthBytes);
    if (length > largestHeader || length > fileBytes - lengthBytes) {
        return damaged(where, "its header claims " + std::to_string(length) + " bytes, but the file has " +
                                  std::to_string(fileBytes));
    }
    return length;
}

Result<Header> parseHeader(std::string_view text, std::uint64_t dataBytes, const std::string& where)
{
    const auto json = parseStrictly(text);
    if (!json || !json->is_object()) {
        return damaged(where, "its header is not a JSON object with distinct keys");
    }
    Header header;
    for (const auto& [name, value] : json->items()) {
        if (name != "__metadata__") {
            auto entry = readEntry(name, value, dataBytes, where);
            if (!entry) {
                return tl::unexpected<Error>(entry.error());
            }
            header.entries.push_back(std::move(*entry));
            continue;
        }
        if (!value.is_object()) {
            return damaged(where, "its __metadata__ is not an object");
        }
        for (const auto& [key, text2] : value.items()) {
            if (!text2.is_string()) {
                return damaged(where, "its __metadata__ '" + key.substr(0, 200) + "' is not a text");
            }
            header.metadata[key] = text2.get<std::string>();
        }
    }
    PAPILIO_TRY(checkLayout(header, dataBytes, where));
    return header;
}

template <typename T, typename Convert> void convert(std::string_view bytes, std::vector<float>& out, Convert to)
{
    out.resize(bytes.size() / sizeof(T));
    for (std::size_t i = 0; i < out.size(); ++i) {
        T value;
        std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
        out[i] = to(value);
    }
}

template <typename T> void convertNumbers(std::string_view bytes, std::vector<float>& out)
{
    convert<T>(bytes, out, [](T value) { return static_cast<float>(value); });
}

std::vector<float> toFloats(const std::string& type, std::string_view bytes)
{
    std::vector<float> values;
    if (type == "F32") {
        values.resize(bytes.size() / sizeof(float));
        if (!values.empty()) {
            std::memcpy(values.data(), bytes.data(), bytes.size());
        }
    } else if (type == "F64") {
        convertNumbers<double>(bytes, values);
    } else if (type == "F16") {
        convert<std::uint16_t>(bytes, values, [](std::uint16_t half) { return fromHalf(half); });
    } else if (type == "BF16") {
        convert<std::uint16_t>(bytes, values,
                               [](std::uint16_t top) { return std::bit_cast<float>(std::uint32_t{top} << 16); });
    } else if (type == "I64") {
        convertNumbers<std::int64_t>(bytes, values);
    } else if (type == "U64") {
        convertNumbers<std::uint64_t>(bytes, values);
    } else if (type == "I32") {
        convertNumbers<std::int32_t>(bytes, values);
    } else if (type == "U32") {
        convertNumbers<std::uint32_t>(bytes, values);
    } else if (type == "I16") {
        convertNumbers<std::int16_t>(bytes, values);
    } else if (type == "U16") {
        convertNumbers<std::uint16_t>(bytes, values);
    } else if (type == "I8") {
        convertNumbers<std::int8_t>(bytes, values);
    } else {
        convertNumbers<std::uint8_t>(bytes, values); // U8, BOOL
    }
    return values;
}

TensorFile readTensors(Header header, std::string_view data)
{
    TensorFile file;
    file.metadata = std::move(header.metadata);
    for (Entry& entry : header.entries) {
        const std::string_view bytes = data.substr(entry.begin, entry.end - entry.begin);
        file.tensors[entry.name] = HostTensor{std::move(entry.shape), toFloats(entry.type, bytes)};
    }
    return file;
}

bool shapeFits(const HostTensor& tensor)
{
    std::uint64_t count = 1;
    for (const std::int64_t size : tensor.shape) {
        if (size < 0) {
            return false;
        }
        count *= static_cast<std::uint64_t>(size);
    }
    return count == tensor.values.size();
}

} // namespace

Result<TensorFile> parseSafetensors(std::string_view bytes, const std::string& where)
{
    const auto length = headerLength(bytes, bytes.size(), where);
    if (!length) {
        return tl::unexpected<Error>(length.error());
    }
    const std::uint64_t dataBytes = bytes.size() - lengthBytes - *length;
    auto header = parseHeader(bytes.substr(lengthBytes, *length), dataBytes, where);
    if (!header) {
        return tl::unexpected<Error>(header.error());
    }
    return readTensors(std::move(*header), bytes.substr(lengthBytes + *length));
}

Result<TensorFile> readSafetensors(const std::string& path)
{
    auto file = InputFile::open(path);
    if (!file) {
        return tl::unexpected<Error>(file.error());
    }
    // The header is checked before the data is read, so that a huge file of another kind costs nothing.
    const auto start = file->read(std::min(lengthBytes, file->size()));
    if (!start) {
        return tl::unexpected<Error>(start.error());
    }
    const auto length = headerLength(*start, file->size(), path);
    if (!length) {
        return tl::unexpected<Error>(length.error());
    }
    const auto text = file->read(*length);
    if (!text) {
        return tl::unexpected<Error>(text.error());
    }
    const std::uint64_t dataBytes = file->size() - lengthBytes - *length;
    auto header = parseHeader(*text, dataBytes, path);
    if (!header) {
        return tl::unexpected<Error>(header.error());
    }
    const auto data = file->read(dataBytes);
    if (!data) {
        return tl::unexpected<Error>(data.error());
    }
    return readTensors(std::move(*header), *data);
}

std::string toSafetensors(const TensorFile& file)
{
    nlohmann::json header = nlohmann::json::object();
    if (!file.metadata.empty()) {
        header["__metadata__"] = file.metadata;
    }
    std::uint64_t offset = 0;
    for (const auto& [name, tensor] : file.tensors) {
        const std::uint64_t end = offset + tensor.values.size() * sizeof(float);
        header[name] = {{"dtype", "F32"}, {"shape", tensor.shape}, {"data_offsets", {offset, end}}};
        offset = end;
    }
    std::string text = header.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    text.append((8 - text.size() % 8) % 8, ' '); // the data starts at a multiple of 8

    std::string bytes(lengthBytes, '\0');
    const std::uint64_t length = text.size();
    std::memcpy(bytes.data(), &length, lengthBytes);
    bytes.reserve(lengthBytes + length + offset);
    bytes += text;
    for (const auto& [name, tensor] : file.tensors) {
        bytes.append(reinterpret_cast<const char*>(tensor.values.data()), tensor.values.size() * sizeof(float));
    }
    return bytes;
}

Result<> writeSafetensors(const std::string& path, const TensorFile& file)
{
    for (const auto& [name, tensor] : file.tensors) {
        if (!shapeFits(tensor)) {
            return fail(ErrorCode::Internal, path + ": " + quoted(name) + " has a shape that its values do not fit.");
        }
    }
    return writeFileAtomically(path, toSafetensors(file));
}

} // namespace papilio::nn
