// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pickle.h"

#include <bit>
#include <limits>
#include <utility>

#include "core/text.h"
#include "core/picklemachine.h"
#include "core/pickletext.h"

namespace papilio
{

namespace pickle
{

std::optional<bool> PickleMachine::number(unsigned char opcode)
{
    PickleNode node;
    const auto integer = [&](std::int64_t value, Kind kind = Kind::Integer) {
        node.kind = kind;
        node.integer = value;
        return push(std::move(node));
    };
    switch (opcode) {
    case 'N':
        return push({});
    case 0x88:
    case 0x89:
        return integer(opcode == 0x88, Kind::Bool);
    case 'K':
    case 'M': {
        const auto value = takeNumber(opcode == 'K' ? 1 : 2);
        return value && integer(static_cast<std::int64_t>(*value));
    }
    case 'J': {
        const auto value = takeNumber(4);
        return value && integer(static_cast<std::int32_t>(static_cast<std::uint32_t>(*value)));
    }
    case 'I':
    case 'L': {
        const auto line = takeLine();
        if (line && opcode == 'I' && (*line == "00" || *line == "01")) {
            return integer(*line == "01", Kind::Bool);
        }
        const auto value = line ? decodeWhole(*line) : std::nullopt;
        if (line && !value && !isDecimal(*line)) {
            return damaged("a whole number is none");
        }
        return line && integer(value.value_or(0), value ? Kind::Integer : Kind::BigInteger);
    }
    case 0x8a:
    case 0x8b: {
        const auto bytes = takeCounted(opcode == 0x8a ? 1 : 4);
        return bytes && pushBig(*bytes);
    }
    case 'F':
    case 'G': {
        node.kind = Kind::Float;
        if (opcode == 'F') {
            const auto line = takeLine();
            node.number = line ? parseNumber(*line).value_or(std::numeric_limits<double>::quiet_NaN()) : 0;
            return line && push(std::move(node));
        }
        const auto bytes = take(8);
        std::uint64_t bits = 0;
        for (std::size_t i = 0; bytes && i < 8; ++i) { // the only big-endian value of the format
            bits = bits << 8 | static_cast<unsigned char>((*bytes)[i]);
        }
        node.number = std::bit_cast<double>(bits);
        return bytes && push(std::move(node));
    }
    default:
        return std::nullopt;
    }
}

std::optional<bool> PickleMachine::text(unsigned char opcode)
{
    const auto counted = [&](int lengthBytes, bool mayBeBytes) {
        const auto bytes = takeCounted(lengthBytes);
        return bytes && pushText(*bytes, mayBeBytes);
    };
    const auto raw = [&](int lengthBytes) {
        const auto bytes = takeCounted(lengthBytes);
        PickleNode node;
        node.kind = Kind::Bytes;
        node.text = bytes.value_or(std::string_view());
        return bytes && push(std::move(node));
    };
    switch (opcode) {
    case 'X':
        return counted(4, false);
    case 0x8c:
        return counted(1, false);
    case 0x8d:
        return counted(8, false);
    case 'U':
        return counted(1, true);
    case 'T':
        return counted(4, true);
    case 'C':
        return raw(1);
    case 'B':
        return raw(4);
    case 0x8e:
    case 0x96:
        return raw(8);
    case 'S':
    case 'V': {
        const auto line = takeLine();
        const auto decoded = !line ? std::nullopt : opcode == 'S' ? decodeQuoted(*line) : decodeRawUnicode(*line);
        return decoded ? pushText(*decoded, opcode == 'S') : damaged("a text is malformed");
    }
    default:
        return std::nullopt;
    }
}

/// The new, filled or empty, containers and what moves the stack.
std::optional<bool> PickleMachine::structure(unsigned char opcode)
{
    switch (opcode) {
    case '(':
        if (m_marks.size() >= m_limits.mostValues) {
            return refused("its pickle sets more than " + std::to_string(m_limits.mostValues) + " marks");
        }
        m_marks.push_back(m_stack.size());
        return true;
    case '0':
        if (!m_marks.empty() && m_marks.back() == m_stack.size()) {
            m_marks.pop_back();
            return true;
        }
        return pop().has_value();
    case '1':
        return popToMark().has_value();
    case '2':
        return top() != nullptr && pushId(m_stack.back());
    case ']':
        return collect(Kind::List, Items());
    case 'l':
        return collect(Kind::List, popToMark());
    case ')':
        return collect(Kind::Tuple, Items());
    case 't':
        return collect(Kind::Tuple, popToMark());
    case '}':
        return collect(Kind::Dict, Items());
    case 'd':
        return collect(Kind::Dict, popToMark());
    case 0x8f:
        return collect(Kind::Set, Items());
    case 0x91:
        return collect(Kind::Set, popToMark());
    case 0x85:
    case 0x86:
    case 0x87: {
        Items items(static_cast<std::size_t>(opcode - 0x84));
        for (std::size_t i = items.size(); i-- > 0;) {
            const auto id = pop();
            if (!id) {
                return false;
            }
            items[i] = *id;
        }
        return collect(Kind::Tuple, std::move(items));
    }
    default:
        return std::nullopt;
    }
}

std::optional<bool> PickleMachine::filling(unsigned char opcode)
{
    switch (opcode) {
    case 'a': {
        const auto item = pop();
        return item && add(Kind::List, Items{*item});
    }
    case 's': {
        const auto value = pop();
        const auto key = value ? pop() : std::nullopt;
        return key && add(Kind::Dict, Items{*key, *value});
    }
    case 'e':
        return add(Kind::List, popToMark());
    case 'u':
        return add(Kind::Dict, popToMark());
    case 0x90:
        return add(Kind::Set, popToMark());
    case 'b': { // state of an object: written down for a call, an ordered dictionary's attributes are of no use
        const auto state = pop();
        PickleNode* target = state ? top() : nullptr;
        if (target != nullptr && target->kind == Kind::Call) {
            target->items.resize(2);
            target->items.push_back(*state);
        }
        return target != nullptr && (target->kind == Kind::Call || target->kind == Kind::Dict ||
                                     damaged("it gives state to a value that has none"));
    }
    default:
        return std::nullopt;
    }
}

std::optional<bool> PickleMachine::memory(unsigned char opcode)
{
    const auto binary = [&](int bytes, bool put) {
        const auto key = takeNumber(bytes);
        return key && (put ? remember(*key) : recall(*key));
    };
    switch (opcode) {
    case 'q':
    case 'h':
        return binary(1, opcode == 'q');
    case 'r':
    case 'j':
        return binary(4, opcode == 'r');
    case 0x94:
        return remember(m_memo.size());
    case 'p':
    case 'g': {
        const auto line = takeLine();
        const auto key = line ? decodeWhole(*line) : std::nullopt;
        if (!key || *key < 0) {
            return damaged("the number of a kept value is none");
        }
        return opcode == 'p' ? remember(static_cast<std::uint64_t>(*key)) : recall(static_cast<std::uint64_t>(*key));
    }
    default:
        return std::nullopt;
    }
}

std::optional<bool> PickleMachine::calling(unsigned char opcode)
{
    const auto makeTuple = [&](Items items) { // of the arguments that lie singly on the stack
        return collect(Kind::Tuple, std::move(items)) ? pop() : std::nullopt;
    };
    switch (opcode) {
    case 'c': {
        const auto module = takeLine();
        const auto name = module ? takeLine() : std::nullopt;
        return name && pushGlobal(*module, *name);
    }
    case 0x93: {
        const auto name = pop();
        const auto module = name ? pop() : std::nullopt;
        if (module && (m_document[*name].kind != Kind::Text || m_document[*module].kind != Kind::Text)) {
            return damaged("the name of a global is no text");
        }
        return module && pushGlobal(m_document[*module].text, m_document[*name].text);
    }
    case 'R':
    case 0x81: {
        const auto arguments = pop();
        return call(arguments ? pop() : std::nullopt, arguments);
    }
    case 0x92: { // with arguments by name, which nothing known has
        const auto named = pop();
        const auto arguments = named ? pop() : std::nullopt;
        return call(arguments ? pop() : std::nullopt, arguments);
    }
    case 'o': {
        auto items = popToMark();
        if (items && items->empty()) {
            return damaged("it calls nothing");
        }
        return items && call(items->front(), makeTuple(Items(items->begin() + 1, items->end())));
    }
    case 'i': {
        const auto module = takeLine();
        const auto name = module ? takeLine() : std::nullopt;
        auto items = name ? popToMark() : std::nullopt;
        const auto callee = items && pushGlobal(*module, *name) ? pop() : std::nullopt;
        return callee && call(callee, makeTuple(std::move(*items)));
    }
    case 'Q': {
        const auto id = pop();
        return id && collect(Kind::Persistent, Items{*id});
    }
    case 'P': {
        const auto line = takeLine();
        const auto id = line && pushText(*line, true) ? pop() : std::nullopt;
        return id && collect(Kind::Persistent, Items{*id});
    }
    case 0x82:
    case 0x83:
    case 0x84:
        return refused("its pickle uses Python's registry of extensions");
    default:
        return std::nullopt;
    }
}

std::optional<bool> PickleMachine::framing(unsigned char opcode)
{
    switch (opcode) {
    case 0x80: {
        const auto protocol = takeNumber(1);
        return protocol &&
               (*protocol <= newestProtocol || damaged("protocol " + std::to_string(*protocol) + " is not known"));
    }
    case 0x95: {
        const auto length = takeNumber(8);
        return length && (*length <= m_bytes.size() - m_at || damaged("a frame is longer than the pickle"));
    }
    case 0x97:
    case 0x98:
        return damaged("it refers to data outside of the file");
    case '.': {
        const auto id = pop();
        m_done = id.has_value();
        m_document.root = id.value_or(0);
        return m_done;
    }
    default:
        return std::nullopt;
    }
}

} // namespace pickle

Result<PickleDocument> parsePickle(std::string_view bytes, const std::string& where, const PickleLimits& limits)
{
    return pickle::PickleMachine(bytes, where, limits).run();
}

} // namespace papilio
