// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/textdecoder.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/text.h"

namespace papilio::data
{

namespace
{
constexpr char32_t replacement = 0xFFFD;

void append(char32_t code, std::string& out)
{
    const auto byte = [&out](char32_t value) { out.push_back(static_cast<char>(value)); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0 | code >> 6);
        byte(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        byte(0xE0 | code >> 12);
        byte(0x80 | (code >> 6 & 0x3F));
        byte(0x80 | (code & 0x3F));
    } else {
        byte(0xF0 | code >> 18);
        byte(0x80 | (code >> 12 & 0x3F));
        byte(0x80 | (code >> 6 & 0x3F));
        byte(0x80 | (code & 0x3F));
    }
}
} // namespace

std::string_view encodingName(Encoding encoding)
{
    switch (encoding) {
    case Encoding::Utf8:
        return "UTF-8";
    case Encoding::Latin1:
        return "Latin-1";
    case Encoding::Windows1252:
        return "Windows-1252";
    case Encoding::Utf16Le:
        return "UTF-16 LE";
    case Encoding::Utf16Be:
        return "UTF-16 BE";
    }
    return "UTF-8";
}

Result<Encoding> encodingFromName(std::string_view name)
{
    std::string plain;
    for (const char c : name) {
        if (std::isalnum(static_cast<unsigned char>(c))) {
            plain.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
        }
    }
    struct Known {
        std::string_view name;
        Encoding encoding;
    };
    constexpr std::array<Known, 13> known{{{"utf8", Encoding::Utf8},
                                           {"ascii", Encoding::Utf8},
                                           {"latin1", Encoding::Latin1},
                                           {"iso88591", Encoding::Latin1},
                                           {"88591", Encoding::Latin1},
                                           {"windows1252", Encoding::Windows1252},
                                           {"cp1252", Encoding::Windows1252},
                                           {"1252", Encoding::Windows1252},
                                           {"utf16", Encoding::Utf16Le},
                                           {"utf16le", Encoding::Utf16Le},
                                           {"ucs2", Encoding::Utf16Le},
                                           {"utf16be", Encoding::Utf16Be},
                                           {"unicode", Encoding::Utf16Le}}};
    for (const Known& one : known) {
        if (one.name == plain) {
            return one.encoding;
        }
    }
    return fail(ErrorCode::Usage, "There is no encoding '" + std::string(name) + "'.",
                "Encodings: utf-8, latin-1, windows-1252, utf-16le, utf-16be.");
}

EncodingGuess guessEncoding(std::string_view start)
{
    if (start.starts_with("\xEF\xBB\xBF")) {
        return {Encoding::Utf8, 3};
    }
    if (start.starts_with("\xFF\xFE")) {
        return {Encoding::Utf16Le, 2};
    }
    if (start.starts_with("\xFE\xFF")) {
        return {Encoding::Utf16Be, 2};
    }
    std::array<std::size_t, 2> zeros{};
    const std::size_t looked = std::min<std::size_t>(start.size(), 4096);
    for (std::size_t i = 0; i < looked; ++i) {
        zeros[i % 2] += start[i] == '\0';
    }
    const std::size_t half = looked / 2;
    if (half >= 4 && zeros[1] * 10 >= half * 7 && zeros[0] * 20 <= half) {
        return {Encoding::Utf16Le, 0};
    }
    if (half >= 4 && zeros[0] * 10 >= half * 7 && zeros[1] * 20 <= half) {
        return {Encoding::Utf16Be, 0};
    }
    return {};
}

std::string decoded(std::string_view bytes, std::optional<Encoding>& found)
{
    std::string text = toUtf8(bytes);
    if (text.size() != bytes.size() && found != Encoding::Windows1252) {
        const bool windows = std::any_of(bytes.begin(), bytes.end(), [](char c) {
            const auto byte = static_cast<unsigned char>(c);
            return byte >= 0x80 && byte < 0xA0;
        });
        found = windows ? Encoding::Windows1252 : Encoding::Latin1;
    }
    return text;
}

void TextDecoder::unit(char16_t code, std::string& out)
{
    const bool high = code >= 0xD800 && code < 0xDC00;
    const bool low = code >= 0xDC00 && code < 0xE000;
    if (m_high != 0) {
        const char16_t first = m_high;
        m_high = 0;
        if (low) {
            append(0x10000 + ((char32_t(first) - 0xD800) << 10) + (char32_t(code) - 0xDC00), out);
            return;
        }
        append(replacement, out);
    }
    if (high) {
        m_high = code;
    } else {
        append(low ? replacement : char32_t(code), out);
    }
}

void TextDecoder::add(std::string_view bytes, std::string& out)
{
    switch (m_encoding) {
    case Encoding::Utf8:
        out.append(bytes);
        return;
    case Encoding::Latin1:
    case Encoding::Windows1252:
        for (const char c : bytes) {
            const auto byte = static_cast<unsigned char>(c);
            if (byte < 0x80) {
                out.push_back(c);
            } else {
                append(m_encoding == Encoding::Windows1252 ? fromWindows1252(byte) : char16_t(byte), out);
            }
        }
        return;
    case Encoding::Utf16Le:
    case Encoding::Utf16Be:
        for (const char c : bytes) {
            const auto byte = static_cast<unsigned char>(c);
            if (!m_half) {
                m_half = byte;
                continue;
            }
            const unsigned first = *m_half;
            m_half.reset();
            unit(static_cast<char16_t>(m_encoding == Encoding::Utf16Le ? first | unsigned(byte) << 8
                                                                       : first << 8 | unsigned(byte)),
                 out);
        }
        return;
    }
}

void TextDecoder::finish(std::string& out)
{
    if (m_half || m_high != 0) {
        append(replacement, out);
    }
    m_half.reset();
    m_high = 0;
}

} // namespace papilio::data
