// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "engine/console.h"
#include "engine/json.h"
#include "engine/modelcache.h"
#include "engine/parity/parity.h"
#include "engine/table.h"
#include "nn/torchmodel.h"

namespace papilio::engine
{

namespace
{

namespace fs = std::filesystem;

class ParityCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.optionalPositionals("FOLDER", m_folders, "Reference numbers (default: $PAPILIO_TEST_DATA/parity)");
        arguments.value("--model", "PATH", m_model,
                        "The foundation model (default: $PAPILIO_TEST_MODELS/minimol_v1); left out where there is none");
        arguments.flag("--all", m_all, "Every tensor, not the worst of each fixture alone");
        declareJson(arguments);
        arguments.footer("Compares features, encodings, networks with their intermediate tensors, losses, training steps,\n"
                         "metrics and the foundation model with the published library's own numbers.\n"
                         "Exit code 0 only if everything is within its tolerance.");
    }

    Result<> run() override
    {
        if (m_folders.size() > 1)
            return fail(ErrorCode::Usage, "One folder is enough.");
        const std::string folder =
            m_folders.empty() ? folderOf("PAPILIO_TEST_DATA", "../shared/data") + "/parity" : m_folders.front();
        if (!fs::is_directory(folder))
            return fail(ErrorCode::NotFound, "There is no folder '" + folder + "' of reference numbers.",
                        "Name it: papilio-engine parity FOLDER.");
        PAPILIO_TRY(checkAll(folder));
        if (m_results.empty())
            return fail(ErrorCode::NotFound, "'" + folder + "' holds no reference numbers.",
                        "It has the folders features, models, training, losses, metrics and minimol.");
        report();
        const auto failed = std::count_if(m_results.begin(), m_results.end(),
                                          [](const nn::ParityResult& result) { return !result.passed(); });
        m_json = false; // the document is out; an error is for standard error alone
        if (failed > 0)
            return fail(ErrorCode::BadInput, groupedNumber(failed) + " of " +
                                                 groupedNumber(static_cast<std::int64_t>(m_results.size())) +
                                                 " comparisons are beyond their tolerance.");
        return {};
    }

private:
    static std::string folderOf(const char* variable, const char* otherwise)
    {
        const char* value = std::getenv(variable);
        return value != nullptr ? value : otherwise;
    }

    Result<> take(Result<ParityResults> results)
    {
        if (!results)
            return tl::unexpected<Error>(results.error());
        m_results.insert(m_results.end(), results->begin(), results->end());
        return {};
    }

    Result<> checkAll(const std::string& folder)
    {
        ConsoleControl control;
        const auto stage = [&](const std::string& name) { control.report({"comparing " + name, 0, 0, "", 0, -1}); };
        if (fs::exists(folder + "/features/features.json")) {
            stage("features");
            PAPILIO_TRY(take(checkFeatures(folder + "/features")));
        }
        PAPILIO_TRY(checkNetworks(folder + "/models", stage, nn::checkModelFixture));
        PAPILIO_TRY(checkNetworks(folder + "/training", stage, nn::checkTrainingFixture));
        if (fs::exists(folder + "/losses/losses.json"))
            PAPILIO_TRY(take(nn::checkLosses(folder + "/losses")));
        if (fs::exists(folder + "/metrics/metrics.json"))
            PAPILIO_TRY(take(checkMetrics(folder + "/metrics")));
        if (fs::exists(folder + "/minimol/minimol.json"))
            PAPILIO_TRY(checkFoundation(folder + "/minimol", stage));
        return {};
    }

    template <typename Stage, typename Check>
    Result<> checkNetworks(const std::string& folder, const Stage& stage, Check check)
    {
        if (!fs::is_directory(folder))
            return {};
        const auto names = nn::parityFixtures(folder);
        if (!names)
            return tl::unexpected<Error>(names.error());
        for (const std::string& name : *names) {
            stage(name);
            PAPILIO_TRY(take(check(folder, name, nn::createTorchModel, {})));
        }
        return {};
    }

    template <typename Stage> Result<> checkFoundation(const std::string& folder, const Stage& stage)
    {
        const std::string path =
            m_model.empty() ? folderOf("PAPILIO_TEST_MODELS", "../shared/models") + "/minimol_v1" : m_model;
        if (m_model.empty() && !fs::exists(path)) {
            m_left = "The foundation model was left out: there is no '" + path + "'.";
            return {};
        }
        stage("the foundation model");
        auto foreign = learn::readForeignModel(path);
        if (!foreign)
            return tl::unexpected<Error>(foreign.error());
        const auto loaded = loadModel(std::move(foreign->model));
        if (!loaded)
            return tl::unexpected<Error>(loaded.error());
        PAPILIO_TRY(take(nn::checkFoundationModel(folder + "/minimol.safetensors", *(*loaded)->network)));
        return take(checkFromSmiles(folder, *(*loaded)->network));
    }

    /// How much of its tolerance a comparison uses.
    static double share(const nn::ParityResult& result)
    {
        return result.tolerance > 0 ? result.deviation / result.tolerance : result.deviation > 0 ? HUGE_VAL : 0;
    }

    ParityResults shown() const
    {
        if (m_all)
            return m_results;
        ParityResults worst;
        for (const nn::ParityResult& result : m_results) {
            const bool grouped = result.fixture != "features" && result.fixture != "minimol";
            const auto same = std::find_if(worst.begin(), worst.end(), [&](const nn::ParityResult& other) {
                return grouped && other.fixture == result.fixture;
            });
            if (same == worst.end())
                worst.push_back(result);
            else if (share(result) > share(*same))
                *same = result;
        }
        return worst;
    }

    void report() const
    {
        if (m_json) {
            nlohmann::json list = nlohmann::json::array();
            for (const nn::ParityResult& result : m_results)
                list.push_back({{"fixture", result.fixture},
                                {"tensor", result.tensor},
                                {"deviation", std::isfinite(result.deviation) ? nlohmann::json(result.deviation) : nullptr},
                                {"tolerance", result.tolerance},
                                {"relative", result.relative},
                                {"passed", result.passed()},
                                {"note", result.note}});
            printJson({{"results", list}, {"left_out", m_left}});
            return;
        }
        Table table;
        table.column("fixture", Table::Align::Left);
        table.column("tensor", Table::Align::Left);
        table.column("largest deviation");
        table.column("tolerance");
        table.column("verdict", Table::Align::Left);
        table.column("note", Table::Align::Left);
        for (const nn::ParityResult& result : shown())
            table.row({result.fixture, result.tensor, shortNumber(result.deviation, 2), shortNumber(result.tolerance, 2),
                       result.passed() ? "ok" : "FAILED", result.note});
        printOut(table.text());
        if (!m_left.empty())
            printOut(m_left + "\n");
        printOut(groupedNumber(static_cast<std::int64_t>(m_results.size())) + " comparisons\n");
    }

    std::vector<std::string> m_folders;
    std::string m_model, m_left;
    bool m_all = false;
    ParityResults m_results;
};

} // namespace

std::unique_ptr<Command> makeParity()
{
    return std::make_unique<ParityCommand>();
}

} // namespace papilio::engine
