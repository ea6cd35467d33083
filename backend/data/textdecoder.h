// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"

namespace papilio::data
{

enum class Encoding : std::uint8_t { Utf8, Latin1, Windows1252, Utf16Le, Utf16Be };
std::string_view encodingName(Encoding encoding); ///< "UTF-8", "Latin-1", "Windows-1252", "UTF-16 LE", "UTF-16 BE"

/// "utf8", "latin-1", "iso-8859-1", "cp1252", "utf-16", … in any case; Usage with the known names.
Result<Encoding> encodingFromName(std::string_view name);

/// What the first bytes of a text tell: a byte order mark, else zero bytes at every other place (UTF-16). Nothing: text
/// of one byte a character, or UTF-8.
struct EncodingGuess {
    std::optional<Encoding> encoding;
    std::size_t markBytes = 0; ///< length of the byte order mark
};
EncodingGuess guessEncoding(std::string_view start);

/// A cell as UTF-8. One that is not is read as Windows-1252; 'found' then says that, or Latin-1 while no cell had the bytes
/// 0x80 to 0x9F, which are no characters there.
std::string decoded(std::string_view bytes, std::optional<Encoding>& found);

/// Turns text of another encoding into UTF-8, block by block. What stands for no character becomes U+FFFD.
class TextDecoder
{
public:
    explicit TextDecoder(Encoding encoding) : m_encoding(encoding) {}
    void add(std::string_view bytes, std::string& out);
    void finish(std::string& out); ///< a character that the end of the text cuts

private:
    void unit(char16_t code, std::string& out);

    Encoding m_encoding;
    std::optional<unsigned char> m_half; ///< first byte of a unit
    char16_t m_high = 0;                 ///< first unit of a pair
};

} // namespace papilio::data
