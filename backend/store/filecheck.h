// SPDX-License-Identifier: GPL-3.0-or-later
// Private to store.
#pragma once

#include <string>

#include "core/error.h"

namespace papilio::store
{

/// Looks at a file before SQLite does, without locks and without making any file: is it there, is it a project, is it
/// whole, is its schema known? SQLite's own answers to these are poor ("file is not a database") or come late.
Result<> checkProjectFile(const std::string& path);

/// May this process write the file and make files beside it (SQLite's -wal and -shm)?
bool isWritableInPlace(const std::string& path);

/// Is there a write-ahead log with anything in it?
bool hasLog(const std::string& path);

/// Error for a project of a newer Papilio.
Error newerSchema(const std::string& path, int version);

/// The path as SQLite shall see it: absolute, so that no name is taken for a URI or a memory database.
std::string absolutePath(const std::string& path);
/// The folder a file is in, never empty.
std::string folderOf(const std::string& path);

} // namespace papilio::store
