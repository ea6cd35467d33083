// SPDX-License-Identifier: GPL-3.0-or-later
// Split files of PyTorch: dictionaries of row numbers, read as data.
#include <algorithm>
#include <optional>

#include "core/text.h"
#include "core/torcharchive.h"
#include "data/splitfile.h"

namespace papilio::data
{

namespace
{

using Kind = PickleNode::Kind;
using Rows = std::vector<std::int64_t>;

constexpr std::int64_t largestRow = 1'000'000'000'000;

/// A whole number of some width, little-endian, as signed.
std::int64_t numberAt(std::string_view bytes, std::size_t at, std::size_t width, bool isSigned)
{
    std::uint64_t value = 0;
    for (std::size_t i = width; i-- > 0;) {
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    }
    const std::uint64_t top = std::uint64_t{1} << (8 * width - 1);
    if (isSigned && width < 8 && (value & top) != 0) {
        value |= ~((top << 1) - 1);
    }
    return static_cast<std::int64_t>(value);
}

/// UTF-8 of characters up to U+00FF back to the bytes they stand for; pickles of protocol 2 write bytes so.
std::optional<std::string> latin1(std::string_view text)
{
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto first = static_cast<unsigned char>(text[i]);
        if (first < 0x80) {
            bytes += text[i];
        } else if ((first == 0xc2 || first == 0xc3) && i + 1 < text.size()) {
            bytes += static_cast<char>((first & 3) << 6 | (static_cast<unsigned char>(text[++i]) & 0x3f));
        } else {
            return std::nullopt;
        }
    }
    return bytes;
}

class Reader
{
public:
    Reader(const PickleDocument& pickle, const TorchArchive* archive, const std::string& where)
        : m_pickle(pickle), m_archive(archive), m_where(where)
    {
    }

    Result<SplitLists> read()
    {
        const PickleNode& root = m_pickle[m_pickle.root];
        if (root.kind != Kind::Dict) {
            return fail(ErrorCode::BadInput, m_where + ": no dictionary of row numbers.", hint());
        }
        SplitLists lists;
        for (std::size_t i = 0; i < root.items.size(); i += 2) {
            const PickleNode& key = m_pickle[root.items[i]];
            if (key.kind != Kind::Text) {
                return fail(ErrorCode::BadInput, m_where + ": a key of its dictionary is no text.", hint());
            }
            m_name = elided(key.text, 60);
            auto rows = rowsOf(root.items[i + 1]);
            if (!rows) {
                return tl::unexpected<Error>(rows.error());
            }
            for (std::size_t at = 0; at < rows->size(); ++at) {
                if ((*rows)[at] < 0 || (*rows)[at] > largestRow) {
                    return bad("its entry " + std::to_string(at) + " is " + std::to_string((*rows)[at]) +
                               ", no number of a row");
                }
            }
            lists.lists.emplace_back(key.text, std::move(*rows));
        }
        return lists;
    }

private:
    static std::string hint()
    {
        return "A split file is a dictionary such as {\"train\": [0, 1, …], \"val\": […], \"test\": […]}, written by "
               "torch.save().";
    }
    tl::unexpected<Error> bad(const std::string& what) const
    {
        return fail(ErrorCode::BadInput, m_where + ", list '" + m_name + "': " + what + ".", hint());
    }

    Result<Rows> rowsOf(PickleId id) const
    {
        const PickleNode& node = m_pickle[id];
        if (node.kind == Kind::List || node.kind == Kind::Tuple) {
            return listed(node);
        }
        if (node.kind == Kind::Call) {
            const std::string& callee = m_pickle[node.items[0]].text;
            if (callee.starts_with("numpy.core.multiarray _reconstruct") ||
                callee.starts_with("numpy._core.multiarray _reconstruct")) {
                return array(node);
            }
            if (callee.starts_with("torch._")) {
                return tensor();
            }
        }
        return bad("it is no list, array or tensor of whole numbers");
    }

    Result<Rows> listed(const PickleNode& node) const
    {
        Rows rows = node.integers;
        for (const PickleId item : node.items) {
            const auto number = wholeNumber(m_pickle[item]);
            if (!number) {
                return bad("its entry " + std::to_string(rows.size()) + " is no whole number");
            }
            rows.push_back(*number);
        }
        return rows;
    }

    /// Also a scalar of numpy.
    std::optional<std::int64_t> wholeNumber(const PickleNode& node) const
    {
        if (node.kind == Kind::Integer) {
            return node.integer;
        }
        const bool scalar = node.kind == Kind::Call && m_pickle[node.items[0]].text.ends_with("multiarray scalar");
        const PickleNode* arguments = scalar ? &m_pickle[node.items[1]] : nullptr;
        if (arguments == nullptr || arguments->items.size() != 2) {
            return std::nullopt;
        }
        const auto type = integerType(m_pickle[arguments->items[0]]);
        const auto bytes = bytesOf(m_pickle[arguments->items[1]]);
        if (!type || !bytes || bytes->size() != type->width) {
            return std::nullopt;
        }
        return numberAt(*bytes, 0, type->width, type->isSigned);
    }

    struct IntegerType {
        std::size_t width = 8;
        bool isSigned = true;
    };

    /// numpy.dtype('i8', …), little-endian.
    std::optional<IntegerType> integerType(const PickleNode& node) const
    {
        if (node.kind != Kind::Call || m_pickle[node.items[0]].text != "numpy dtype" ||
            m_pickle[node.items[1]].items.empty()) {
            return std::nullopt;
        }
        std::string name = m_pickle[m_pickle[node.items[1]].items[0]].text;
        if (node.items.size() > 2 && m_pickle[node.items[2]].items.size() > 1 &&
            m_pickle[m_pickle[node.items[2]].items[1]].text == ">") {
            return std::nullopt;
        }
        if (!name.empty() && (name[0] == '<' || name[0] == '|')) {
            name.erase(0, 1);
        }
        if (name.size() != 2 || (name[0] != 'i' && name[0] != 'u') || std::string("1248").find(name[1]) == std::string::npos) {
            return std::nullopt;
        }
        return IntegerType{static_cast<std::size_t>(name[1] - '0'), name[0] == 'i'};
    }

    /// Bytes, or _codecs.encode(text, 'latin1').
    std::optional<std::string> bytesOf(const PickleNode& node) const
    {
        if (node.kind == Kind::Bytes || node.kind == Kind::Text) {
            return node.text;
        }
        if (node.kind == Kind::Call && m_pickle[node.items[0]].text == "_codecs encode" &&
            !m_pickle[node.items[1]].items.empty()) {
            return latin1(m_pickle[m_pickle[node.items[1]].items[0]].text);
        }
        return std::nullopt;
    }

    /// numpy's state: version, shape, type, Fortran order, bytes.
    Result<Rows> array(const PickleNode& node) const
    {
        const PickleNode* state = node.items.size() > 2 ? &m_pickle[node.items[2]] : nullptr;
        if (state == nullptr || state->kind != Kind::Tuple || state->items.size() != 5) {
            return bad("it is an array of numpy without contents");
        }
        const PickleNode& shape = m_pickle[state->items[1]];
        const auto type = integerType(m_pickle[state->items[2]]);
        const auto bytes = bytesOf(m_pickle[state->items[4]]);
        if (!type || !bytes || shape.items.size() != 1 || m_pickle[shape.items[0]].kind != Kind::Integer) {
            return bad("it is no array of whole numbers in one row");
        }
        if (static_cast<std::uint64_t>(m_pickle[shape.items[0]].integer) != bytes->size() / type->width ||
            bytes->size() % type->width != 0) {
            return bad("its array is cut off");
        }
        Rows rows;
        for (std::size_t at = 0; at < bytes->size(); at += type->width) {
            rows.push_back(numberAt(*bytes, at, type->width, type->isSigned));
        }
        return rows;
    }

    Result<Rows> tensor() const
    {
        if (m_archive == nullptr) {
            return bad("it is a tensor, whose numbers are not in this file");
        }
        const auto state = torchState(m_pickle, m_where);
        if (!state) {
            return tl::unexpected<Error>(state.error());
        }
        const auto found = std::find_if(state->tensors.begin(), state->tensors.end(),
                                        [this](const auto& item) { return elided(item.first, 60) == m_name; });
        if (found == state->tensors.end()) {
            return bad("its tensor is of a kind that is not known");
        }
        const TorchTensor& tensor = found->second;
        const bool integers = tensor.type >= RawType::Int8 && tensor.type <= RawType::UInt8;
        if (!integers || tensor.view.shape.size() != 1) {
            return bad("it is no tensor of whole numbers in one row");
        }
        const auto bytes = m_archive->storageOf(found->first, tensor);
        if (!bytes) {
            return tl::unexpected<Error>(bytes.error());
        }
        if (tensor.count > tensor.storageValues) {
            return bad("its tensor repeats values");
        }
        const std::size_t width = rawBytes(tensor.type);
        Rows rows;
        for (std::uint64_t i = 0; i < tensor.count; ++i) {
            const std::uint64_t at = tensor.view.offset + i * static_cast<std::uint64_t>(tensor.view.strides[0]);
            rows.push_back(numberAt(*bytes, at * width, width, tensor.type != RawType::UInt8));
        }
        return rows;
    }

    const PickleDocument& m_pickle;
    const TorchArchive* m_archive;
    const std::string& m_where;
    std::string m_name;
};

} // namespace

Result<SplitLists> parseSplitPickle(std::string bytes, const std::string& where)
{
    PickleLimits limits;
    limits.packIntegers = true;
    limits.mostBytes = std::uint64_t{2} << 30;
    if (!startsLikeZip(bytes)) {
        constexpr std::string_view legacy("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 14);
        if (bytes.starts_with(legacy)) {
            return fail(ErrorCode::Unsupported, where + ": written in PyTorch's format before version 1.6.",
                        "Load it with a current PyTorch and save it again.");
        }
        const auto pickle = parsePickle(bytes, where, limits);
        return pickle ? Reader(*pickle, nullptr, where).read()
                      : Result<SplitLists>(tl::unexpected<Error>(pickle.error()));
    }
    const auto zip = ZipFile::fromBytes(std::move(bytes), where);
    if (!zip) {
        return tl::unexpected<Error>(zip.error());
    }
    const auto archive = TorchArchive::open(*zip);
    if (!archive) {
        return tl::unexpected<Error>(archive.error());
    }
    const auto pickle = archive->pickle(limits);
    return pickle ? Reader(*pickle, &*archive, where).read()
                  : Result<SplitLists>(tl::unexpected<Error>(pickle.error()));
}

} // namespace papilio::data
