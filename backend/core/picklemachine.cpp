// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picklemachine.h"

#include <algorithm>
#include <utility>

#include "core/pickleglobals.h"
#include "core/pickletext.h"

namespace papilio::pickle
{

bool PickleMachine::damaged(const std::string& what)
{
    if (!m_error) {
        m_error =
            Error{ErrorCode::Damaged, m_where + ": byte " + std::to_string(m_at) + " of its pickle: " + what + ".",
                  "The file is cut off, altered, or no pickle."};
    }
    return false;
}

bool PickleMachine::refused(const std::string& what)
{
    if (!m_error) {
        m_error = Error{ErrorCode::BadInput, m_where + ": refused: " + what + ".",
                        "Papilio runs nothing that stands in a file. If you trust its author, ask for the weights as "
                        "safetensors, or as a plain state dictionary."};
    }
    return false;
}

std::optional<std::string_view> PickleMachine::take(std::uint64_t count)
{
    if (count > m_bytes.size() - m_at) {
        damaged("it ends within a value");
        return std::nullopt;
    }
    const std::string_view bytes = m_bytes.substr(m_at, count);
    m_at += count;
    return bytes;
}

std::optional<std::string_view> PickleMachine::takeLine()
{
    const std::size_t end = m_bytes.find('\n', m_at);
    if (end == m_bytes.npos) {
        damaged("it ends within a line");
        return std::nullopt;
    }
    const std::string_view line = m_bytes.substr(m_at, end - m_at);
    m_at = end + 1;
    return line;
}

std::optional<std::uint64_t> PickleMachine::takeNumber(int bytes)
{
    const auto raw = take(static_cast<std::uint64_t>(bytes));
    if (!raw) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    for (int i = bytes - 1; i >= 0; --i) {
        value = value << 8 | static_cast<unsigned char>((*raw)[static_cast<std::size_t>(i)]);
    }
    return value;
}

std::optional<std::string_view> PickleMachine::takeCounted(int lengthBytes)
{
    const auto length = takeNumber(lengthBytes);
    return length ? take(*length) : std::nullopt;
}

bool PickleMachine::push(PickleNode node)
{
    if (m_document.nodes.size() >= m_limits.mostValues) {
        return refused("its pickle has more than " + std::to_string(m_limits.mostValues) + " values");
    }
    m_document.nodes.push_back(std::move(node));
    return pushId(static_cast<PickleId>(m_document.nodes.size() - 1));
}

bool PickleMachine::pushId(PickleId id)
{
    if (m_stack.size() >= m_limits.mostValues) {
        return refused("its pickle needs a stack of more than " + std::to_string(m_limits.mostValues) + " values");
    }
    m_stack.push_back(id);
    return true;
}

std::optional<PickleId> PickleMachine::pop()
{
    if (m_stack.size() <= (m_marks.empty() ? 0 : m_marks.back())) {
        damaged("it takes a value from an empty stack");
        return std::nullopt;
    }
    const PickleId id = m_stack.back();
    m_stack.pop_back();
    return id;
}

std::optional<Items> PickleMachine::popToMark()
{
    if (m_marks.empty()) {
        damaged("it goes back to a mark that it has not set");
        return std::nullopt;
    }
    const auto begin = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
    Items items(begin, m_stack.end());
    m_stack.erase(begin, m_stack.end());
    m_marks.pop_back();
    return items;
}

PickleNode* PickleMachine::top()
{
    if (m_stack.size() <= (m_marks.empty() ? 0 : m_marks.back())) {
        damaged("it fills a value that is not there");
        return nullptr;
    }
    return &m_document.nodes[m_stack.back()];
}

bool PickleMachine::pushText(std::string_view bytes, bool mayBeBytes)
{
    PickleNode node;
    node.kind = isUtf8(bytes) ? Kind::Text : Kind::Bytes;
    if (node.kind == Kind::Bytes && !mayBeBytes) {
        return damaged("a text is not UTF-8");
    }
    node.text = bytes;
    return push(std::move(node));
}

bool PickleMachine::pushBig(std::string_view twosComplement)
{
    PickleNode node;
    node.kind = twosComplement.size() > 8 ? Kind::BigInteger : Kind::Integer;
    if (node.kind == Kind::Integer) {
        const bool negative = !twosComplement.empty() && (twosComplement.back() & 0x80) != 0;
        std::uint64_t value = negative ? ~std::uint64_t{0} : 0;
        for (std::size_t i = twosComplement.size(); i-- > 0;) {
            value = value << 8 | static_cast<unsigned char>(twosComplement[i]);
        }
        node.integer = static_cast<std::int64_t>(value);
    }
    return push(std::move(node));
}

bool PickleMachine::pushGlobal(std::string_view module, std::string_view name)
{
    if (globalUse(module, name) == GlobalUse::Refused) {
        return refused("its pickle wants to load and run '" + globalForMessage(module, name) +
                       "', which is no part of a weights file");
    }
    PickleNode node;
    node.kind = Kind::Global;
    node.text = std::string(module) + ' ' + std::string(name);
    return push(std::move(node));
}

bool PickleMachine::collect(Kind kind, std::optional<Items> items)
{
    if (!items) {
        return false;
    }
    if (kind == Kind::Dict && items->size() % 2 != 0) {
        return damaged("a dictionary has a key without a value");
    }
    PickleNode node;
    node.kind = kind;
    node.items = std::move(*items);
    return push(std::move(node));
}

/// Puts items into the container on top. What a call would have made takes them and drops them.
bool PickleMachine::add(Kind kind, std::optional<Items> items)
{
    PickleNode* target = items ? top() : nullptr;
    if (target == nullptr) {
        return false;
    }
    if (kind == Kind::Dict && items->size() % 2 != 0) {
        return damaged("a dictionary has a key without a value");
    }
    if (kind == Kind::List && target->kind == kind && pack(*target, *items)) {
        return true;
    }
    if (target->kind == kind) {
        if (!target->integers.empty()) {
            return refused("a list mixes many whole numbers with other values");
        }
        target->items.insert(target->items.end(), items->begin(), items->end());
        return true;
    }
    return target->kind == Kind::Call || damaged("it fills a value that is no container of that kind");
}

/// Takes the newest values, if they are whole numbers that nothing else refers to, off the document into the list.
bool PickleMachine::pack(PickleNode& list, const Items& items)
{
    if (!m_limits.packIntegers || !list.items.empty() || items.empty() || items.front() <= m_lastRemembered ||
        items.front() + items.size() != m_document.nodes.size()) {
        return false;
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i] != items.front() + i || m_document[items[i]].kind != Kind::Integer) {
            return false;
        }
    }
    for (const PickleId item : items) {
        list.integers.push_back(m_document[item].integer);
    }
    m_document.nodes.erase(m_document.nodes.end() - static_cast<std::ptrdiff_t>(items.size()), m_document.nodes.end());
    return true;
}

bool PickleMachine::remember(std::uint64_t key)
{
    if (top() == nullptr) {
        return false;
    }
    m_memo[key] = m_stack.back();
    m_lastRemembered = std::max(m_lastRemembered, m_stack.back());
    return true;
}

bool PickleMachine::recall(std::uint64_t key)
{
    const auto found = m_memo.find(key);
    return found != m_memo.end() ? pushId(found->second) : damaged("it recalls a value that it has not kept");
}

bool PickleMachine::fillOrdered(PickleNode& dict, const PickleNode& arguments)
{
    if (arguments.items.empty()) {
        return true;
    }
    const PickleNode& list = m_document[arguments.items[0]];
    if (arguments.items.size() > 1 || (list.kind != Kind::List && list.kind != Kind::Tuple)) {
        return damaged("an OrderedDict is not made of a list of pairs");
    }
    for (const PickleId id : list.items) {
        const PickleNode& pair = m_document[id];
        if ((pair.kind != Kind::List && pair.kind != Kind::Tuple) || pair.items.size() != 2) {
            return damaged("an OrderedDict is not made of a list of pairs");
        }
        m_copied += pair.items.size();
        if (m_copied > m_limits.mostValues) {
            return refused("its pickle copies more than " + std::to_string(m_limits.mostValues) + " values");
        }
        dict.items.insert(dict.items.end(), pair.items.begin(), pair.items.end());
    }
    return true;
}

/// What Python would call is written down; an OrderedDict is data, and the only one made at once.
bool PickleMachine::call(std::optional<PickleId> callee, std::optional<PickleId> arguments)
{
    if (!callee || !arguments) {
        return false;
    }
    const PickleNode& function = m_document[*callee];
    if (function.kind == Kind::Call) {
        return refused("its pickle wants to run what a call returns");
    }
    if (function.kind != Kind::Global || m_document[*arguments].kind != Kind::Tuple) {
        return damaged("it calls what is no function, or without a tuple of arguments");
    }
    PickleNode node;
    if (function.text == "collections OrderedDict") {
        node.kind = Kind::Dict;
        return fillOrdered(node, m_document[*arguments]) && push(std::move(node));
    }
    node.kind = Kind::Call;
    node.items = {*callee, *arguments};
    return push(std::move(node));
}

bool PickleMachine::step(unsigned char opcode)
{
    for (const auto part :
         {&PickleMachine::number, &PickleMachine::text, &PickleMachine::structure, &PickleMachine::filling,
          &PickleMachine::memory, &PickleMachine::calling, &PickleMachine::framing}) {
        if (const auto done = (this->*part)(opcode)) {
            return *done;
        }
    }
    return damaged("there is no instruction " + std::to_string(opcode));
}

Result<PickleDocument> PickleMachine::run()
{
    while (!m_done) {
        const auto opcode = take(1);
        if (!opcode || !step(static_cast<unsigned char>(opcode->front()))) {
            return tl::unexpected<Error>(*m_error);
        }
    }
    return std::move(m_document);
}

} // namespace papilio::pickle
