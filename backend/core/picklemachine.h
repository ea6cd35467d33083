// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/pickle.h"

/// Private to pickle.cpp and picklemachine.cpp.
namespace papilio::pickle
{

using Kind = PickleNode::Kind;
using Items = std::vector<PickleId>;

inline constexpr int newestProtocol = 5;

/// The stack machine. Every step returns false once there is an error.
class PickleMachine
{
public:
    PickleMachine(std::string_view bytes, const std::string& where, const PickleLimits& limits)
        : m_bytes(bytes), m_where(where), m_limits(limits)
    {
    }
    Result<PickleDocument> run();

private:
    // The parts of the instruction set, in pickle.cpp; none if the opcode belongs to another part.
    std::optional<bool> number(unsigned char opcode);
    std::optional<bool> text(unsigned char opcode);
    std::optional<bool> structure(unsigned char opcode);
    std::optional<bool> filling(unsigned char opcode);
    std::optional<bool> memory(unsigned char opcode);
    std::optional<bool> calling(unsigned char opcode);
    std::optional<bool> framing(unsigned char opcode);
    bool step(unsigned char opcode);

    bool damaged(const std::string& what);
    bool refused(const std::string& what);
    std::optional<std::string_view> take(std::uint64_t count);
    std::optional<std::string_view> takeLine();
    std::optional<std::uint64_t> takeNumber(int bytes);
    std::optional<std::string_view> takeCounted(int lengthBytes);

    bool push(PickleNode node);
    bool pushId(PickleId id);
    bool pushText(std::string_view bytes, bool mayBeBytes);
    bool pushBig(std::string_view twosComplement);
    bool pushGlobal(std::string_view module, std::string_view name);
    std::optional<PickleId> pop();
    std::optional<Items> popToMark();
    PickleNode* top();

    bool collect(Kind kind, std::optional<Items> items);
    bool add(Kind kind, std::optional<Items> items);
    bool pack(PickleNode& list, const Items& items);
    bool call(std::optional<PickleId> callee, std::optional<PickleId> arguments);
    bool fillOrdered(PickleNode& dict, const PickleNode& arguments);
    bool remember(std::uint64_t key);
    bool recall(std::uint64_t key);

    std::string_view m_bytes;
    const std::string& m_where;
    const PickleLimits m_limits;
    std::size_t m_at = 0;
    bool m_done = false;
    PickleDocument m_document;
    std::size_t m_copied = 0; ///< items that calls have copied; bounded, for one list can be the argument of many
    Items m_stack;
    std::vector<std::size_t> m_marks;
    std::unordered_map<std::uint64_t, PickleId> m_memo;
    PickleId m_lastRemembered = 0; ///< the newest value that the memo refers to
    std::optional<Error> m_error;
};

} // namespace papilio::pickle
