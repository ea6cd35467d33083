// SPDX-License-Identifier: GPL-3.0-or-later
// Private to store.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

#include "core/error.h"

namespace papilio::store
{

/// The project's own error for one of SQLite's; the message names the project file.
Error sqliteError(const SQLite::Exception& exception, const std::string& path);

/// The project's own error for an errno value; 'doing' is what was tried ("cannot be read").
Error systemError(int number, const std::string& path, const std::string& doing);

/// A blob or text of the project that contradicts itself. 'where' names the record.
inline tl::unexpected<Error> damagedRecord(const std::string& path, const std::string& where, const std::string& why)
{
    return fail(ErrorCode::Damaged, "The project '" + path + "' is damaged: " + where + ": " + why,
                "Import the data again into a new project, or go back to a copy.");
}

} // namespace papilio::store
