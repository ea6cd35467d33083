// SPDX-License-Identifier: GPL-3.0-or-later
// Private to data: libcurl.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"

namespace papilio::data
{

/// What the server said of the file, before its first byte.
struct HttpHead {
    long status = 0;
    std::string etag, lastModified, contentType;
    std::int64_t contentLength = -1;
    std::int64_t rangeStart = -1, rangeTotal = -1; ///< of Content-Range
};

struct HttpRequest {
    std::string url;
    std::int64_t offset = 0;   ///< bytes that are there already; 0 = the whole file
    std::string validator;     ///< with an offset: the ETag or date that the rest must still have
    int stallSeconds = 30;
};

/// How one request ended.
struct HttpOutcome {
    enum class Kind {
        Complete,
        Broken,  ///< cut off, no answer, no connection: another attempt may help
        NoHost,  ///< the name cannot be resolved
        Refused, ///< another attempt will not help
        Halted,  ///< by a callback
    } kind = Kind::Complete;
    std::string message; ///< what went wrong, for people
};

/// The caller's part; each returns false to halt.
struct HttpCallbacks {
    std::function<bool(const HttpHead&)> head; ///< once, before the first byte (or the end of an empty body)
    std::function<bool(std::string_view)> body;
    std::function<bool()> goOn; ///< at least five times a second
};

/// One GET, redirects followed. The body is told for the statuses 200 and 206 alone.
HttpOutcome httpGet(const HttpRequest& request, const HttpCallbacks& callbacks);

} // namespace papilio::data
