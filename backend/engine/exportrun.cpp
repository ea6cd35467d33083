// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exportrun.h"

#include <filesystem>

#include "engine/csvwriter.h"
#include "learn/modelfile.h"

namespace papilio::engine
{

Result<std::int64_t> exportRun(store::Project& project, std::int64_t run, const std::string& path,
                               std::optional<std::int64_t> epoch)
{
    PAPILIO_TRY(checkOutput(path));
    const auto model = learn::modelOfRun(project, run, epoch);
    if (!model)
        return tl::unexpected<Error>(model.error());
    PAPILIO_TRY(learn::writeModel(path, *model));
    std::error_code error;
    const auto bytes = std::filesystem::file_size(path, error);
    if (error)
        return fail(ErrorCode::Io,
                    "The model file '" + path + "' was written but cannot be read: " + error.message() + ".");
    return static_cast<std::int64_t>(bytes);
}

} // namespace papilio::engine
