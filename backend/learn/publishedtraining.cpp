// SPDX-License-Identifier: GPL-3.0-or-later
// "predictor" and "trainer" of a published configuration: optimiser, schedule, stopping.
#include <algorithm>
#include <cmath>
#include <map>

#include "core/text.h"
#include "learn/publishedconfig.h"

namespace papilio::learn
{

namespace
{

using Json = TrackedYaml::Json;

struct TorchSchedule {
    const char* type;
    std::vector<std::pair<const char*, const char*>> keys; ///< PyTorch's and ours
};

const std::map<std::string, TorchSchedule>& torchSchedules()
{
    static const std::map<std::string, TorchSchedule> schedules = {
        {"WarmUpLinearLR", {"warmup-linear", {{"warmup_epochs", "warmup"}, {"min_lr", "min_learning_rate"}}}},
        {"ConstantLR", {"constant-factor", {{"factor", "factor"}, {"total_iters", "period"}}}},
        {"CosineAnnealingLR", {"cosine", {{"T_max", "period"}, {"eta_min", "min_learning_rate"}}}},
        {"CosineAnnealingWarmRestarts",
         {"cosine-restarts",
          {{"T_0", "period"}, {"T_mult", "period_factor"}, {"eta_min", "min_learning_rate"}}}},
        {"CyclicLR",
         {"cyclic",
          {{"base_lr", "min_learning_rate"},
           {"step_size_up", "step_up"},
           {"step_size_down", "step_down"},
           {"mode", "mode"},
           {"gamma", "gamma"}}}},
        {"ExponentialLR", {"exponential", {{"gamma", "gamma"}}}},
        {"MultiStepLR", {"multi-step", {{"milestones", "milestones"}, {"gamma", "gamma"}}}},
        {"StepLR", {"step", {{"step_size", "step_size"}, {"gamma", "gamma"}}}},
        {"PolynomialLR", {"polynomial", {{"total_iters", "period"}, {"power", "power"}}}},
        {"ReduceLROnPlateau",
         {"plateau",
          {{"factor", "factor"},
           {"patience", "patience"},
           {"threshold", "threshold"},
           {"threshold_mode", "threshold_mode"},
           {"cooldown", "cooldown"},
           {"min_lr", "min_learning_rate"},
           {"eps", "eps"},
           {"mode", "monitor_mode"}}}},
    };
    return schedules;
}

std::string knownSchedules()
{
    std::string names;
    for (const auto& [name, schedule] : torchSchedules()) {
        names += (names.empty() ? "" : ", ") + name;
    }
    return names;
}

/// What Lightning calls 16-mixed, bf16-true …: half precision is possible where the device has it, so a person decides.
void readPrecision(TrackedYaml& yaml)
{
    const std::string place = "/trainer/trainer/precision";
    const Json* value = yaml.take(place);
    if (value == nullptr) {
        return;
    }
    const std::string text = value->is_string() ? value->get<std::string>() : value->dump();
    if (text.starts_with("bf16")) {
        yaml.refuse(place, "set precision=bf16 where the device has it");
    } else if (text.starts_with("16")) {
        yaml.refuse(place, "set precision=fp16 and device=cuda where there is a GPU");
    }
}

Result<> readOptimiser(TrackedYaml& yaml, TrainConfig& config)
{
    const std::string place = "/predictor/optim_kwargs";
    PAPILIO_TRY(yaml.number(place + "/lr", config.learningRate));
    PAPILIO_TRY(yaml.number(place + "/weight_decay", config.weightDecay));
    PAPILIO_TRY(yaml.number(place + "/eps", config.epsilon));
    if (const Json* betas = yaml.take(place + "/betas")) {
        if (!betas->is_array() || betas->size() != 2 || !(*betas)[0].is_number() || !(*betas)[1].is_number()) {
            return yaml.fault(place + "/betas", "must be two numbers.");
        }
        config.beta1 = (*betas)[0].get<double>();
        config.beta2 = (*betas)[1].get<double>();
    }
    return {};
}

/// The number that tells the best epoch, and how long to wait for a better one.
Result<> readStopping(TrackedYaml& yaml, const nn::ModelSpec& spec, TrainConfig& config)
{
    const std::string stopping = "/trainer/early_stopping", checkpoint = "/trainer/model_checkpoint";
    config.patience = 0; // the library stops early only if told to
    const bool stops = yaml.look(stopping) != nullptr;
    if (stops) {
        config.patience = 3; // Lightning's
        PAPILIO_TRY(yaml.whole(stopping + "/patience", config.patience));
        PAPILIO_TRY(yaml.number(stopping + "/min_delta", config.minDelta));
        config.minDelta = std::abs(config.minDelta);
        yaml.take(stopping + "/mode");
    }
    for (const std::string& place : {stopping, checkpoint}) {
        const auto monitor = yaml.text(place + "/monitor");
        if (!monitor || (place == checkpoint && stops)) {
            continue;
        }
        const std::string watch = watchFromPublished(*monitor, spec);
        if (watch.empty()) {
            yaml.refuse(place + "/monitor", "there is no such number here; val/loss is watched");
        } else {
            config.watch = watch;
        }
    }
    if (const Json* kept = yaml.look(checkpoint + "/save_top_k"); kept != nullptr && kept->is_number_integer()) {
        const auto count = kept->get<std::int64_t>();
        config.keepBest = count < 0 ? 100 : std::clamp<std::int64_t>(count, 1, 100);
        yaml.take(checkpoint + "/save_top_k");
    }
    yaml.take(checkpoint + "/save_last");
    yaml.take(checkpoint + "/mode");
    return {};
}

Result<> readTrainer(TrackedYaml& yaml, TrainConfig& config)
{
    const std::string place = "/trainer/trainer";
    config.epochs = 1000; // Lightning's
    PAPILIO_TRY(yaml.whole(place + "/max_epochs", config.epochs));
    PAPILIO_TRY(yaml.whole(place + "/accumulate_grad_batches", config.accumulation));
    config.clipNorm = 0;
    PAPILIO_TRY(yaml.number(place + "/gradient_clip_val", config.clipNorm));
    if (const auto algorithm = yaml.text(place + "/gradient_clip_algorithm"); algorithm && *algorithm != "norm") {
        return yaml.fault(place + "/gradient_clip_algorithm", "must be norm.", "Single values are not clipped here.");
    }
    std::int64_t seed = static_cast<std::int64_t>(config.seed);
    for (const char* pointer : {"/constants/seed", "/predictor/random_seed", "/trainer/seed"}) {
        PAPILIO_TRY(yaml.whole(pointer, seed)); // the last one that is there
    }
    if (seed < 0) {
        return yaml.fault("/trainer/seed", "must not be negative.");
    }
    config.seed = static_cast<std::uint64_t>(seed);
    readPrecision(yaml);
    return {};
}

nlohmann::json toPlain(const Json& value) { return nlohmann::json(value); }

} // namespace

std::string watchFromPublished(const std::string& monitor, const nn::ModelSpec& spec)
{
    const std::vector<std::string> words = split(monitor, '/');
    const std::string part = words.empty() ? std::string() : words.back();
    if (words.size() < 2 || (part != "val" && part != "train")) {
        return {};
    }
    if (words.size() == 2) {
        return words[0] == "loss" ? part + "/loss" : std::string();
    }
    static const std::map<std::string, const char*> regression = {
        {"loss", "loss"},       {"mae", "mae_normalised"},   {"mse", "mse_normalised"}, {"r2", "r2"},
        {"r2_score", "r2"},     {"pearsonr", "pearson"},     {"pearson", "pearson"},    {"spearmanr", "spearman"},
        {"spearman", "spearman"}};
    static const std::map<std::string, const char*> binary = {
        {"loss", "loss"},          {"auroc", "auroc"}, {"avpr", "ap"},           {"averageprecision", "ap"},
        {"accuracy", "accuracy"},  {"f1", "f1"},       {"precision", "precision"}, {"recall", "recall"},
        {"mcc", "mcc"}};
    static const std::map<std::string, const char*> classes = {
        {"loss", "loss"},           {"auroc", "auroc_macro"}, {"avpr", "ap_macro"}, {"averageprecision", "ap_macro"},
        {"accuracy", "accuracy"},   {"f1", "f1_macro"},       {"mcc", "mcc"}};
    for (const nn::HeadSpec& head : spec.heads) {
        const bool named = words[0] == head.name || words[0] == std::string(levelName(head.level)) + '_' + head.name;
        std::string metric = words[1];
        if (metric.ends_with("_ipu")) {
            metric.resize(metric.size() - 4);
        }
        const auto& names = head.kind == TaskKind::Regression ? regression
                            : head.kind == TaskKind::Binary   ? binary
                                                              : classes;
        if (const auto found = names.find(metric); named && words.size() == 3 && found != names.end()) {
            return part + '/' + head.name + '/' + found->second;
        }
    }
    return {};
}

Result<> convertSchedule(TrackedYaml& yaml, const nn::ModelSpec& spec, TrainConfig& config)
{
    const std::string place = "/predictor/torch_scheduler_kwargs", other = "/predictor/scheduler_kwargs";
    const std::string name = yaml.text(place + "/module_type").value_or("ReduceLROnPlateau");
    const auto known = torchSchedules().find(name);
    if (known == torchSchedules().end()) {
        return yaml.fault(place + "/module_type", "is a schedule that cannot be converted.",
                          "Known are " + knownSchedules() + ".");
    }
    nlohmann::json schedule{{"type", known->second.type}};
    for (const auto& [theirs, ours] : known->second.keys) {
        if (const Json* value = yaml.take(place + '/' + theirs)) {
            schedule[ours] = toPlain(*value);
        }
    }
    if (name == "CyclicLR") {
        PAPILIO_TRY(yaml.number(place + "/max_lr", config.learningRate));
    } else if (name == "PolynomialLR" && !schedule.contains("period")) {
        schedule["period"] = 5; // PyTorch's
    } else if (name == "WarmUpLinearLR") {
        std::int64_t length = config.epochs;
        PAPILIO_TRY(yaml.whole(place + "/max_num_epochs", length));
        schedule["warmup"] = schedule.value("warmup", nlohmann::json(0));
        if (length != config.epochs) {
            yaml.refuse(place + "/max_num_epochs", "the decay ends with the last epoch");
        }
    }
    yaml.take(place + "/verbose");
    yaml.take(place + "/last_epoch");
    if (name == "ReduceLROnPlateau") {
        const bool inner = yaml.look(place + "/monitor") != nullptr;
        const std::string from = (inner ? place : other) + "/monitor";
        const auto monitor = yaml.text(from);
        const std::string watch = watchFromPublished(monitor.value_or("loss/val"), spec);
        if (watch.empty()) {
            yaml.refuse(from, "there is no such number here; val/loss is watched");
        } else {
            schedule["monitor"] = watch;
        }
        if (const auto mode = yaml.text(other + "/mode"); mode && !schedule.contains("monitor_mode")) {
            schedule["monitor_mode"] = *mode;
        }
    }
    const auto interval = yaml.text(other + "/interval");
    if (interval && *interval == "step" && name != "ReduceLROnPlateau") {
        schedule["interval"] = "step";
    }
    for (const char* unneeded : {"/monitor", "/mode", "/strict"}) {
        yaml.take(other + unneeded);
    }
    if (const Json* frequency = yaml.take(other + "/frequency"); frequency != nullptr && *frequency != 1) {
        yaml.refuse(other + "/frequency", "the rate may change every time");
    }
    auto read = scheduleFromJson(schedule, dotted(place));
    if (!read) {
        return yaml.fault(place, "cannot be used: " + read.error().message, read.error().hint);
    }
    const bool published = read->type == ScheduleType::WarmupLinear && read->interval == ScheduleInterval::Epoch;
    config.schedule = published ? std::nullopt : std::optional(*read);
    config.warmupEpochs = published ? read->warmup : config.warmupEpochs;
    config.minLearningRate = published ? read->minRate : config.minLearningRate;
    return {};
}

Result<> convertTraining(TrackedYaml& yaml, const nn::ModelSpec& spec, ConvertedConfig& converted)
{
    TrainConfig& config = converted.config;
    PAPILIO_TRY(readTrainer(yaml, config));
    PAPILIO_TRY(readOptimiser(yaml, config));
    PAPILIO_TRY(convertSchedule(yaml, spec, config));
    PAPILIO_TRY(readStopping(yaml, spec, config));
    if (const Json* steps = yaml.take("/predictor/flag_kwargs/n_steps"); steps != nullptr && *steps != 0) {
        yaml.refuse("/predictor/flag_kwargs/n_steps", "there is no adversarial augmentation here");
    } else {
        yaml.take("/predictor/flag_kwargs");
    }
    return {};
}

} // namespace papilio::learn
