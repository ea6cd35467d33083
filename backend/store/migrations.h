// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/error.h"

namespace SQLite
{
class Database;
}

namespace papilio::store
{

/// Brings a database from one schema version to the next; throws SQLite::Exception if it cannot. Step i makes version
/// i + 1 of version i. A step that has shipped is never changed: stored projects were made by it.
using MigrationStep = void (*)(SQLite::Database&);

/// All steps; as many as schemaVersion.
const std::vector<MigrationStep>& migrationSteps();

/// Runs the steps that the database lacks, each in a transaction of its own together with the new version number: cut
/// off at any moment, the project has either version, whole.
Result<> migrate(SQLite::Database& database, const std::string& path, const std::vector<MigrationStep>& steps);

} // namespace papilio::store
