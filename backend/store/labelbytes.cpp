// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/labelbytes.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "store/bytes.h"
#include "store/labels.h"
#include "store/labelscan.h"

namespace papilio::store
{
namespace
{

constexpr char formatVersion = 1;

// How the values of an entry are written: the narrowest form that gives every value back exactly.
enum Form : std::uint64_t { Doubles = 0, Floats = 1, SmallIntegers = 2 };
constexpr std::size_t widths[] = {sizeof(double), sizeof(float), 1};
constexpr int widthShifts[] = {3, 2, 0}; ///< their logarithms: nothing divides where millions of entries go by
constexpr int noInteger = -128; ///< stands for NaN among small integers

bool fitsSmallInteger(double value)
{
    return std::isnan(value) ||
           (value > noInteger && value <= 127 && value == std::trunc(value) && !(value == 0 && std::signbit(value)));
}

bool fitsFloat(double value)
{
    return std::isnan(value) || std::isinf(value) ||
           (std::abs(value) <= double{std::numeric_limits<float>::max()} &&
            static_cast<double>(static_cast<float>(value)) == value);
}

Form formOf(const std::vector<double>& values)
{
    if (std::all_of(values.begin(), values.end(), fitsSmallInteger)) {
        return SmallIntegers;
    }
    return std::all_of(values.begin(), values.end(), fitsFloat) ? Floats : Doubles;
}

void appendValue(std::string& bytes, double value, Form form)
{
    switch (form) {
    case Doubles:
        appendNumber(bytes, value);
        break;
    case Floats:
        appendNumber(bytes, static_cast<float>(value));
        break;
    case SmallIntegers:
        appendNumber(bytes, static_cast<std::int8_t>(std::isnan(value) ? noInteger : value));
        break;
    }
}

double takeValue(ByteReader& reader, Form form)
{
    switch (form) {
    case Doubles:
        return *reader.number<double>();
    case Floats:
        return *reader.number<float>();
    case SmallIntegers:
        break;
    }
    const int value = *reader.number<std::int8_t>();
    return value == noInteger ? std::numeric_limits<double>::quiet_NaN() : value;
}

struct EntryHead {
    int position = 0;
    std::size_t count = 0;
    Form form = Doubles;
};

/// The head of the next entry; after it, all bytes of its values are known to be there.
std::optional<EntryHead> takeHead(ByteReader& reader, std::int64_t previousPosition)
{
    const auto gap = reader.varint();
    const auto countAndForm = reader.varint();
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<int>::max());
    if (!gap || !countAndForm || *gap > largest || (*countAndForm & 3) > SmallIntegers) {
        return {};
    }
    const std::int64_t position = previousPosition + 1 + static_cast<std::int64_t>(*gap);
    const std::uint64_t count = *countAndForm >> 2;
    const auto form = static_cast<Form>(*countAndForm & 3);
    if (position > std::numeric_limits<int>::max() || count > reader.left() >> widthShifts[form]) {
        return {};
    }
    return EntryHead{static_cast<int>(position), static_cast<std::size_t>(count), form};
}

tl::unexpected<Error> damaged()
{
    return fail(ErrorCode::Damaged, "a set of labels is cut off or not of a known format");
}

} // namespace

const LabelSet::Entry* LabelSet::find(int position) const
{
    const auto found = std::lower_bound(entries.begin(), entries.end(), position,
                                        [](const Entry& entry, int wanted) { return entry.position < wanted; });
    return found != entries.end() && found->position == position ? &*found : nullptr;
}

std::string LabelSet::toBytes() const
{
    std::string bytes(1, formatVersion);
    int previous = -1;
    for (const Entry& entry : entries) {
        const Form form = formOf(entry.values);
        appendVarint(bytes, static_cast<std::uint64_t>(std::int64_t{entry.position} - previous - 1));
        appendVarint(bytes, (std::uint64_t{entry.values.size()} << 2) | form);
        for (const double value : entry.values) {
            appendValue(bytes, value, form);
        }
        previous = entry.position;
    }
    return bytes;
}

Result<LabelSet> LabelSet::fromBytes(std::string_view bytes)
{
    if (bytes.empty() || bytes.front() != formatVersion) {
        return damaged();
    }
    LabelSet labels;
    ByteReader reader(bytes.substr(1));
    std::int64_t previous = -1;
    while (reader.left() > 0) {
        const auto head = takeHead(reader, previous);
        if (!head) {
            return damaged();
        }
        Entry& entry = labels.entries.emplace_back();
        entry.position = head->position;
        entry.values.reserve(head->count);
        for (std::size_t i = 0; i < head->count; ++i) {
            entry.values.push_back(takeValue(reader, head->form));
        }
        previous = head->position;
    }
    return labels;
}

Result<std::optional<double>> singleValue(std::string_view bytes, int position)
{
    if (bytes.empty() || bytes.front() != formatVersion) {
        return damaged();
    }
    ByteReader reader(bytes.substr(1));
    std::int64_t previous = -1;
    while (reader.left() > 0) {
        const auto head = takeHead(reader, previous);
        if (!head) {
            return damaged();
        }
        if (head->position > position) {
            return std::nullopt;
        }
        if (head->position == position) {
            if (head->count != 1) {
                return fail(ErrorCode::BadInput,
                            "task " + std::to_string(position) + " has a value an atom or bond, not one");
            }
            const double value = takeValue(reader, head->form);
            return std::isnan(value) ? std::nullopt : std::optional(value);
        }
        reader.take(head->count * widths[head->form]);
        previous = head->position;
    }
    return std::nullopt;
}

LabelReader::LabelReader(std::string_view bytes)
{
    if (bytes.empty() || bytes.front() != formatVersion) {
        m_damaged = true;
    } else {
        m_rest = bytes.substr(1);
    }
}

/// An entry of one value whose position needs one byte: nearly all of them, and statistics go over each several times.
bool LabelReader::nextShort()
{
    const std::size_t left = m_rest.size();
    if (left < 3) {
        return false;
    }
    const auto gap = static_cast<std::uint8_t>(m_rest[0]), countAndForm = static_cast<std::uint8_t>(m_rest[1]);
    const unsigned form = countAndForm & 3U;
    if (gap >= 0x80 || countAndForm >> 2 != 1 || form > SmallIntegers || left < 2 + widths[form] ||
        m_previous > std::numeric_limits<int>::max() - 0x100) {
        return false;
    }
    ByteReader reader(m_rest.substr(2));
    m_value = takeValue(reader, static_cast<Form>(form));
    m_rest.remove_prefix(2 + widths[form]);
    m_previous = m_position = static_cast<int>(m_previous) + 1 + gap;
    m_single = true;
    return true;
}

bool LabelReader::next()
{
    if (m_rest.empty() || m_damaged) {
        return false;
    }
    if (nextShort()) {
        return true;
    }
    m_single = false;
    ByteReader reader(m_rest);
    const auto head = takeHead(reader, m_previous);
    if (!head) {
        m_damaged = true;
        return false;
    }
    m_values.resize(head->count);
    for (double& value : m_values) {
        value = takeValue(reader, head->form);
    }
    m_previous = m_position = head->position;
    m_rest = m_rest.substr(m_rest.size() - reader.left());
    return true;
}

std::int64_t entryCount(std::string_view bytes)
{
    std::int64_t count = 0;
    LabelReader reader(bytes);
    while (reader.next()) {
        ++count;
    }
    return count;
}

} // namespace papilio::store
