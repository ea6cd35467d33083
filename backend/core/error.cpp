// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/error.h"

namespace papilio
{

std::string_view errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Usage: return "usage";
    case ErrorCode::BadInput: return "bad-input";
    case ErrorCode::NotFound: return "not-found";
    case ErrorCode::Exists: return "exists";
    case ErrorCode::ReadOnly: return "read-only";
    case ErrorCode::NewerSchema: return "newer-schema";
    case ErrorCode::Damaged: return "damaged";
    case ErrorCode::Busy: return "busy";
    case ErrorCode::Stopped: return "stopped";
    case ErrorCode::Io: return "io";
    case ErrorCode::Unsupported: return "unsupported";
    case ErrorCode::Internal: return "internal";
    }
    return "internal";
}

std::string Error::text() const { return hint.empty() ? message : message + " " + hint; }

int exitCode(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Usage: return 2;
    case ErrorCode::Stopped: return 4;
    default: return 3;
    }
}

} // namespace papilio
