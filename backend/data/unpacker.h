// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace papilio::data
{

/// Unpacks one kind of compressed data, as a stream. A file may hold several members, one behind the other.
class Unpacker
{
public:
    struct Step {
        std::size_t consumed = 0;
        std::size_t produced = 0;
        bool memberEnded = false;
        std::string fault; ///< what is wrong with the data; empty = nothing
    };
    virtual ~Unpacker() = default;
    virtual Step step(std::string_view in, char* out, std::size_t size) = 0;
    /// Makes ready for the member that begins with these bytes; false: what follows is padding, no member.
    virtual bool nextMember(std::string_view in) = 0;

    /// The one for data that begin so; null: they are not packed (as far as is known). Null with a 'fault' text: the
    /// library cannot be started.
    static std::unique_ptr<Unpacker> of(std::string_view start, std::string& fault);
};

/// "gzip", "bzip2", "zstd", by the first bytes; empty for anything else.
std::string_view packingOf(std::string_view start);
/// Whether a file name's ending (with its point, in any case) says that it is packed: ".gz", ".bz2", ".zst",
/// ".zstd", ".zip".
bool isPackedEnding(std::string_view ending);

} // namespace papilio::data
