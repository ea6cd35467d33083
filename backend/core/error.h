// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace papilio
{

/// What kind of thing went wrong; callers branch on it, people read the text.
enum class ErrorCode {
    Usage,       ///< a command or request that cannot be understood (exit code 2)
    BadInput,    ///< a file, row, key or value that cannot be used (exit code 3)
    NotFound,    ///< a file, dataset, task or run that does not exist
    Exists,      ///< something of that name is there already
    ReadOnly,    ///< a place that cannot be written
    NewerSchema, ///< a project or checkpoint of a newer Papilio
    Damaged,     ///< a file that is cut off or contradicts itself
    Busy,        ///< another process holds the project
    Stopped,     ///< told to stop; not a failure (exit code 4)
    Io,          ///< the operating system refused
    Unsupported, ///< not built in, or not possible for this input
    Internal,    ///< a fault of the program
};

/// Stable lower-case name of a code, used in JSON ("bad-input").
std::string_view errorCodeName(ErrorCode code);

struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message; ///< one sentence that names the file, row or key
    std::string hint;    ///< what to do about it; may be empty

    /// Message and hint in one line.
    std::string text() const;
};

template <typename T = void> using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string hint = {})
{
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(hint)});
}

/// Exit code of the command line for an error: 2 usage, 4 stopped, 3 everything else.
int exitCode(ErrorCode code);

} // namespace papilio

/// Returns the error of a Result<void>, or goes on.
#define PAPILIO_TRY(expression)                                                                                        \
    do {                                                                                                               \
        if (auto papilioTry = (expression); !papilioTry)                                                               \
            return tl::unexpected<papilio::Error>(std::move(papilioTry).error());                                      \
    } while (false)
