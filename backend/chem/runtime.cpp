// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/runtime.h"

#include <cstdlib>
#include <filesystem>

#include <RDGeneral/RDLog.h>
#include <RDGeneral/versions.h>

namespace papilio::chem
{

void initialise()
{
    RDLog::InitLogs();
    boost::logging::disable_logs("rdApp.*");
}

std::string rdkitVersion()
{
    return RDKit::rdkitVersion;
}

std::string rdkitDataFolder()
{
    const char* base = std::getenv("RDBASE");
    const std::filesystem::path folder = base != nullptr && *base != '\0' ? std::filesystem::path(base) / "Data"
                                                                          : std::filesystem::path(PAPILIO_RDKIT_DATA);
    std::error_code ignored;
    return std::filesystem::is_directory(folder, ignored) ? folder.string() : std::string();
}

} // namespace papilio::chem
