// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules as JSON: names, defaults, ranges.
#include "learn/schedule.h"

#include <algorithm>
#include <cmath>
#include <variant>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "nn/names.h"

namespace papilio::learn
{

namespace
{

using nlohmann::json;
using enum ScheduleType;

constexpr std::string_view typeNames[] = {
    "warmup-linear", "constant", "constant-factor", "cosine",    "cosine-restarts", "cyclic", "exponential",
    "multi-step",    "step",     "polynomial",      "piecewise", "plateau"};

constexpr std::uint32_t in(std::initializer_list<ScheduleType> types)
{
    std::uint32_t bits = 0;
    for (const ScheduleType type : types) {
        bits |= 1U << static_cast<unsigned>(type);
    }
    return bits;
}
constexpr std::uint32_t everywhere = ~0U;

bool applies(std::uint32_t types, const ScheduleSpec& spec)
{
    return (types >> static_cast<unsigned>(spec.type) & 1U) != 0;
}

struct NumberKey {
    const char* name;
    std::uint32_t types;
    std::variant<double ScheduleSpec::*, std::int64_t ScheduleSpec::*> member;
    double least, most;
    const char* meaning;
};

constexpr double longest = 1e12;

/// Numbers. The least period is raised to 1 where 0 has no meaning, see leastOf().
const NumberKey numberKeys[] = {
    {"warmup", everywhere, &ScheduleSpec::warmup, 0, longest,
     "Epochs or steps in which the rate rises in a straight line."},
    {"min_learning_rate", in({WarmupLinear, Cosine, CosineRestarts, Cyclic, Polynomial, Plateau}),
     &ScheduleSpec::minRate, 0, 10,
     "Smallest rate."},
    {"factor", in({ConstantFactor, Plateau}), &ScheduleSpec::factor, 1e-12, 1,
     "What the rate is multiplied by."},
    {"gamma", in({Exponential, MultiStep, Step, Cyclic}), &ScheduleSpec::gamma, 1e-12, 1,
     "What the rate is multiplied by each time."},
    {"power", in({Polynomial}), &ScheduleSpec::power, 1e-3, 100,
     "Exponent of the decay."},
    {"period", in({ConstantFactor, Cosine, CosineRestarts, Polynomial}), &ScheduleSpec::period, 0, longest,
     "Length in epochs or steps; cosine and polynomial: 0 = all that is left."},
    {"period_factor", in({CosineRestarts}), &ScheduleSpec::periodFactor, 1, 1000,
     "How many times longer each period is than the one before."},
    {"step_size", in({Step}), &ScheduleSpec::stepSize, 1, longest,
     "Epochs or steps between two reductions."},
    {"step_up", in({Cyclic}), &ScheduleSpec::stepUp, 1, longest,
     "Epochs or steps of the way up."},
    {"step_down", in({Cyclic}), &ScheduleSpec::stepDown, 0, longest,
     "Epochs or steps of the way down; 0 = as the way up."},
    {"patience", in({Plateau}), &ScheduleSpec::patience, 0, longest,
     "Epochs without improvement that are let pass."},
    {"cooldown", in({Plateau}), &ScheduleSpec::cooldown, 0, longest,
     "Epochs after a reduction in which none counts."},
    {"threshold", in({Plateau}), &ScheduleSpec::threshold, 0, 1e6,
     "By how much the watched number must improve."},
    {"eps", in({Plateau}), &ScheduleSpec::eps, 0, 1,
     "Reductions smaller than this are not made."},
};

double leastOf(const NumberKey& key, const ScheduleSpec& spec)
{
    const bool needed =
        std::string_view(key.name) == "period" && (spec.type == ConstantFactor || spec.type == CosineRestarts);
    return needed ? 1 : key.least;
}

/// Keys whose value is one of a few words.
template <typename Enum> struct WordKey {
    const char* name;
    std::uint32_t types;
    Enum ScheduleSpec::*member;
    std::vector<std::string> words; ///< by the value of the enumeration
    const char* meaning;
};

const WordKey<ScheduleInterval>& intervalKey()
{
    static const WordKey<ScheduleInterval> key{
        "interval", everywhere & ~in({Plateau}), &ScheduleSpec::interval, {"epoch", "step"},
        "What times are counted in, and when the rate changes."};
    return key;
}

const WordKey<CyclicMode>& modeKey()
{
    static const WordKey<CyclicMode> key{
        "mode", in({Cyclic}), &ScheduleSpec::mode, {"triangular", "triangular2", "exp_range"},
        "Height of the cycles: always the same, halved each time, or times gamma each step."};
    return key;
}

const WordKey<ThresholdMode>& thresholdKey()
{
    static const WordKey<ThresholdMode> key{
        "threshold_mode", in({Plateau}), &ScheduleSpec::thresholdMode, {"rel", "abs"},
        "Whether the threshold is a share of the best value or a difference."};
    return key;
}

template <typename Visit> void eachWordKey(Visit visit)
{
    visit(intervalKey());
    visit(modeKey());
    visit(thresholdKey());
}

std::vector<std::string> keysOf(const ScheduleSpec& spec)
{
    std::vector<std::string> keys{"type"};
    for (const NumberKey& key : numberKeys) {
        if (applies(key.types, spec)) {
            keys.emplace_back(key.name);
        }
    }
    eachWordKey([&](const auto& key) {
        if (applies(key.types, spec)) {
            keys.emplace_back(key.name);
        }
    });
    if (spec.type == MultiStep) {
        keys.emplace_back("milestones");
    } else if (spec.type == Piecewise) {
        keys.emplace_back("points");
    } else if (spec.type == Plateau) {
        keys.insert(keys.end(), {"monitor", "monitor_mode"});
    }
    return keys;
}

std::string listed(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

/// Errors of one schedule, all beginning alike.
class Reader
{
public:
    Reader(const ScheduleSpec& spec, const std::string& where) : m_spec(spec), m_where(where) {}

    tl::unexpected<Error> wrong(const std::string& key, const std::string& what, std::string hint) const
    {
        return fail(ErrorCode::Usage, m_where + ", key '" + key + "': " + what, std::move(hint));
    }

    Result<> checkNumber(const NumberKey& key, double value) const
    {
        const bool whole = std::holds_alternative<std::int64_t ScheduleSpec::*>(key.member);
        const double least = leastOf(key, m_spec);
        if (!(value >= least && value <= key.most) || (whole && value != std::floor(value))) {
            return wrong(key.name, formatNumber(value) + " is not possible.",
                         std::string(whole ? "A whole number" : "A number") + " from " + formatNumber(least) + " to " +
                             formatNumber(key.most) + " is needed.");
        }
        return {};
    }

    Result<> checkMilestones() const
    {
        const auto& list = m_spec.milestones;
        if (list.empty() || list.front() < 1 ||
            std::adjacent_find(list.begin(), list.end(), std::greater_equal<>()) != list.end()) {
            return wrong("milestones", "The list is empty, not ascending or begins below 1.",
                         "Write [30, 60, 90]: where the rate goes down.");
        }
        return {};
    }

    Result<> checkPoints() const
    {
        const auto& points = m_spec.points;
        const bool finite = std::all_of(points.begin(), points.end(), [](const auto& point) {
            return std::isfinite(point[0]) && point[1] >= 0 && point[1] <= 1000;
        });
        const auto later = [](const auto& a, const auto& b) { return a[0] >= b[0]; };
        if (points.empty() || !finite || std::adjacent_find(points.begin(), points.end(), later) != points.end()) {
            return wrong("points", "The list is empty, not ascending or has a factor that is not from 0 to 1000.",
                         "Write [[0, 0.1], [5, 1], [50, 0]]: time and factor.");
        }
        return {};
    }

private:
    const ScheduleSpec& m_spec;
    const std::string& m_where;
};

Result<> assignList(ScheduleSpec& spec, const Reader& reader, const std::string& key, const json& value)
{
    try {
        if (key == "milestones") {
            for (const json& item : value) {
                if (!item.is_number_integer()) {
                    return reader.wrong(key, "It holds something that is not a whole number.", "Write [30, 60, 90].");
                }
            }
            spec.milestones = value.get<std::vector<std::int64_t>>();
        } else {
            spec.points = value.get<std::vector<std::array<double, 2>>>();
        }
    } catch (const json::exception&) {
        return reader.wrong(key, "It has the wrong type.",
                            key == "points" ? "Write [[0, 0.1], [5, 1], [50, 0]]." : "Write [30, 60, 90].");
    }
    return {};
}

Result<> assignMonitor(ScheduleSpec& spec, const Reader& reader, const std::string& key, const json& value)
{
    const std::string text = value.is_string() ? value.get<std::string>() : std::string();
    if (key == "monitor") {
        spec.monitor = text;
        return text.empty() ? Result<>(reader.wrong(key, "It must be a text.", "Write val/loss, or val/qm9/mae."))
                            : Result<>{};
    }
    spec.monitorMode = betterFromName(text);
    if (!spec.monitorMode && text != "auto") {
        return reader.wrong(key, "It has no such value.", "Write auto, min or max.");
    }
    return {};
}

Result<> assignWord(ScheduleSpec& spec, const Reader& reader, const std::string& key, const json& value)
{
    Result<> done;
    eachWordKey([&](const auto& candidate) {
        if (key != candidate.name) {
            return;
        }
        const std::string text = value.is_string() ? value.template get<std::string>() : value.dump();
        const auto found = std::find(candidate.words.begin(), candidate.words.end(), text);
        if (found == candidate.words.end()) {
            done = reader.wrong(key, "'" + text + "' is not possible.", "Choose from " + listed(candidate.words) + '.');
            return;
        }
        using Enum = std::remove_reference_t<decltype(spec.*candidate.member)>;
        spec.*candidate.member = static_cast<Enum>(found - candidate.words.begin());
    });
    return done;
}

Result<> assign(ScheduleSpec& spec, const Reader& reader, const std::string& key, const json& value)
{
    const auto number = std::find_if(std::begin(numberKeys), std::end(numberKeys),
                                     [&key](const NumberKey& candidate) { return key == candidate.name; });
    if (number != std::end(numberKeys)) {
        if (!value.is_number()) {
            return reader.wrong(key, "It must be a number.", {});
        }
        PAPILIO_TRY(reader.checkNumber(*number, value.get<double>()));
        std::visit(
            [&](auto member) {
                spec.*member = static_cast<std::remove_reference_t<decltype(spec.*member)>>(value.get<double>());
            },
            number->member);
        return {};
    }
    if (key == "milestones" || key == "points") {
        return assignList(spec, reader, key, value);
    }
    if (key == "monitor" || key == "monitor_mode") {
        return assignMonitor(spec, reader, key, value);
    }
    return assignWord(spec, reader, key, value);
}

} // namespace

std::string_view scheduleTypeName(ScheduleType type)
{
    return typeNames[static_cast<std::size_t>(type)];
}

const std::vector<std::string>& scheduleTypeNames()
{
    static const std::vector<std::string> names(std::begin(typeNames), std::end(typeNames));
    return names;
}

ScheduleSpec defaultSchedule(ScheduleType type)
{
    ScheduleSpec spec;
    spec.type = type;
    if (type == ConstantFactor) {
        spec.factor = 1.0 / 3;
        spec.period = 5;
    } else if (type == CosineRestarts) {
        spec.period = 10;
    } else if (type == Exponential) {
        spec.gamma = 0.95;
    } else if (type == Cyclic) {
        spec.gamma = 1;
    }
    return spec;
}

Result<ScheduleSpec> scheduleFromJson(const json& value, const std::string& where)
{
    if (!value.is_object()) {
        return fail(ErrorCode::Usage, where + " is not a JSON object.", "Write {\"type\": \"cosine\", \"warmup\": 5}.");
    }
    ScheduleSpec spec;
    if (const auto type = value.find("type"); type != value.end()) {
        const std::string name = type->is_string() ? type->get<std::string>() : type->dump();
        const auto& names = scheduleTypeNames();
        const auto found = std::find(names.begin(), names.end(), name);
        if (found == names.end()) {
            return fail(ErrorCode::Usage, where + ", key 'type': there is no schedule '" + name + "'.",
                        "Did you mean '" + nn::nearestName(name, names) + "'? There are " + listed(names) + '.');
        }
        spec = defaultSchedule(static_cast<ScheduleType>(found - names.begin()));
    }
    const Reader reader(spec, where);
    const std::vector<std::string> keys = keysOf(spec);
    for (const auto& [key, item] : value.items()) {
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
            auto unknown =
                nn::unknownKey(where + " of type '" + std::string(scheduleTypeName(spec.type)) + "'", key, keys);
            unknown.value().code = ErrorCode::Usage; // as with every other key
            return unknown;
        }
        if (key != "type") {
            PAPILIO_TRY(assign(spec, reader, key, item));
        }
    }
    PAPILIO_TRY(checkSchedule(spec, 10, where));
    return spec;
}

json scheduleToJson(const ScheduleSpec& spec)
{
    json out{{"type", scheduleTypeName(spec.type)}};
    for (const NumberKey& key : numberKeys) {
        if (applies(key.types, spec)) {
            std::visit([&](auto member) { out[key.name] = spec.*member; }, key.member);
        }
    }
    eachWordKey([&](const auto& key) {
        if (applies(key.types, spec)) {
            out[key.name] = key.words.at(static_cast<std::size_t>(spec.*key.member));
        }
    });
    if (spec.type == MultiStep) {
        out["milestones"] = spec.milestones;
    } else if (spec.type == Piecewise) {
        out["points"] = spec.points;
    } else if (spec.type == Plateau) {
        out["monitor"] = spec.monitor;
        out["monitor_mode"] = spec.monitorMode ? betterName(*spec.monitorMode) : "auto";
    }
    return out;
}

Result<> checkSchedule(const ScheduleSpec& spec, double rate, const std::string& where)
{
    const Reader reader(spec, where);
    for (const NumberKey& key : numberKeys) {
        if (applies(key.types, spec)) {
            const double value = std::visit([&](auto member) { return static_cast<double>(spec.*member); }, key.member);
            PAPILIO_TRY(reader.checkNumber(key, value));
        }
    }
    if (spec.type == MultiStep) {
        PAPILIO_TRY(reader.checkMilestones());
    }
    if (spec.type == Piecewise) {
        PAPILIO_TRY(reader.checkPoints());
    }
    if (applies(numberKeys[1].types, spec) && spec.minRate > rate) {
        return reader.wrong("min_learning_rate",
                            formatNumber(spec.minRate) + " is above learning_rate, " + formatNumber(rate) + '.', {});
    }
    return {};
}

std::vector<ScheduleKey> scheduleKeys(const ScheduleSpec& spec)
{
    using Type = ScheduleKey::Type;
    std::vector<ScheduleKey> keys{{"type", Type::Word, 0, 0, scheduleTypeNames(), "How the learning rate goes."}};
    for (const NumberKey& key : numberKeys) {
        if (applies(key.types, spec)) {
            const bool whole = std::holds_alternative<std::int64_t ScheduleSpec::*>(key.member);
            keys.push_back({key.name, whole ? Type::Whole : Type::Number, leastOf(key, spec), key.most, {}, key.meaning});
        }
    }
    eachWordKey([&](const auto& key) {
        if (applies(key.types, spec)) {
            keys.push_back({key.name, Type::Word, 0, 0, key.words, key.meaning});
        }
    });
    if (spec.type == MultiStep) {
        keys.push_back({"milestones", Type::Wholes, 1, longest, {}, "Where the rate goes down: [30, 60, 90]."});
    } else if (spec.type == Piecewise) {
        keys.push_back({"points", Type::Points, 0, 1000, {}, "Time and factor: [[0, 0.1], [5, 1], [50, 0]]."});
    } else if (spec.type == Plateau) {
        keys.push_back({"monitor", Type::Text, 0, 0, {}, "The watched number: val/loss, val/HEAD/METRIC …."});
        keys.push_back({"monitor_mode", Type::Word, 0, 0, {"auto", "min", "max"}, "What is better; auto = by the metric."});
    }
    return keys;
}

} // namespace papilio::learn
