// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "engine/bench/timing.h"
#include "engine/bench/variants.h"

namespace papilio::engine
{

namespace
{

constexpr double growthGoal = 1.3; ///< ten times the rows
constexpr double peakGoal = 1000;  ///< MB

Result<> writeTable(const std::string& path, const std::vector<Variant>& variants, std::size_t rows)
{
    std::ofstream out(path, std::ios::binary);
    out << "smiles,atoms,length,ratio\n";
    for (std::size_t i = 0; i < rows; ++i) {
        const Variant& variant = variants[i];
        const auto length = static_cast<double>(variant.smiles.size());
        out << variant.smiles << ',' << variant.heavyAtoms << ',' << length << ',' << length / variant.heavyAtoms << '\n';
    }
    return out.flush() ? Result<>() : fail(ErrorCode::Io, "'" + path + "' cannot be written.", "Is the disk full?");
}

} // namespace

Result<Figures> benchMemory(const BenchSetup& setup, Control& control)
{
    auto scratch = ScratchFolder::make(setup.scratch);
    if (!scratch) {
        return tl::unexpected<Error>(scratch.error());
    }
    const auto large = static_cast<std::size_t>(setup.molecules);
    const std::size_t small = std::max<std::size_t>(1, large / 10);
    const auto variants = makeVariants(setup.data + "/scale/zinc250k.csv.gz", setup.molecules, 1, control);
    if (!variants) {
        return tl::unexpected<Error>(variants.error());
    }
    Figures figures;
    double peaks[2] = {0, 0};
    for (const std::size_t rows : {small, large}) {
        const std::string name = std::to_string(rows);
        control.report({"importing " + name + " rows in a process of its own", 0, 0, "", 0, -1});
        const std::string table = scratch->file(name + ".csv"), project = scratch->file(name + ".papilio");
        PAPILIO_TRY(writeTable(table, *variants, rows));
        const auto child = runChild({"import", project, table, "--threads", std::to_string(setup.threads)}, control);
        if (!child) {
            return tl::unexpected<Error>(child.error());
        }
        peaks[rows == large ? 1 : 0] = child->peakMegabytes;
        std::error_code ignored;
        const auto bytes = static_cast<double>(std::filesystem::file_size(project, ignored));
        const auto count = static_cast<double>(rows);
        figures.push_back(withGoal(single("peak memory, " + name + " rows", "MB", child->peakMegabytes),
                                   Figure::Goal::AtMost, peakGoal));
        figures.push_back(single("import of " + name + " rows", "rows/s", count / child->seconds));
        figures.push_back(single("size of the project", "bytes/row", bytes / count));
        std::filesystem::remove(project, ignored);
        std::filesystem::remove(table, ignored);
    }
    figures.push_back(withGoal(single("peak memory, ten times the rows", "×", peaks[1] / peaks[0]), Figure::Goal::AtMost,
                               growthGoal));
    return figures;
}

} // namespace papilio::engine
