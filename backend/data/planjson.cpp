// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/planjson.h"

#include <nlohmann/json.hpp>

namespace papilio::data
{

namespace
{
using nlohmann::json;

json labelJson(const LabelColumn& label)
{
    json object{{"column", label.column},
                {"name", label.task.name},
                {"level", std::string(levelName(label.task.level))},
                {"kind", std::string(kindName(label.task.kind))},
                {"classes", label.task.classes},
                {"unit", label.task.unit},
                {"words", label.words},
                {"texts", label.texts},
                {"with_hydrogens", label.withHydrogens},
                {"signs", label.signs},
                {"units", label.units},
                {"row_unit", label.rowUnit},
                {"class_names", label.task.classNames},
                {"censored", std::string(censoredRuleName(label.censored))},
                {"cell_unit", label.unit},
                {"rule", label.rule}};
    if (label.transform) {
        object["transform"] = {{"pattern", label.transform->pattern},
                               {"thresholds", label.transform->thresholds},
                               {"classes", label.transform->classes}};
    }
    return object;
}

LabelColumn labelOf(const json& object)
{
    LabelColumn label;
    label.column = object.at("column").get<int>();
    label.task.name = object.at("name").get<std::string>();
    label.task.level = levelFromName(object.at("level").get<std::string>()).value();
    label.task.kind = kindFromName(object.at("kind").get<std::string>()).value();
    label.task.classes = object.at("classes").get<int>();
    label.task.unit = object.at("unit").get<std::string>();
    label.words = object.at("words").get<bool>();
    label.texts = object.value("texts", false);
    label.withHydrogens = object.value("with_hydrogens", false);
    label.signs = object.value("signs", -1);
    label.units = object.value("units", -1);
    label.rowUnit = object.value("row_unit", std::string());
    label.task.classNames = object.value("class_names", std::vector<std::string>());
    label.censored = censoredRuleFromName(object.value("censored", "missing")).value();
    label.unit = object.value("cell_unit", std::string());
    label.rule = object.value("rule", std::string());
    if (object.contains("transform")) {
        const json& transform = object.at("transform");
        label.transform = LabelTransform{transform.at("pattern").get<std::string>(),
                                         transform.at("thresholds").get<std::vector<double>>(),
                                         transform.at("classes").get<std::vector<int>>()};
    }
    return label;
}

void checkColumns(const Plan& plan)
{
    const auto inside = [&](int column) { return column >= 0 && static_cast<std::size_t>(column) < plan.columnCount; };
    const auto insideOrNone = [&](int column) { return column == -1 || inside(column); };
    bool good = inside(plan.structure) && insideOrNone(plan.order) && insideOrNone(plan.describing) && plan.columnCount < (std::size_t{1} << 24);
    for (const LabelColumn& label : plan.labels) {
        good = good && inside(label.column) && insideOrNone(label.signs) && insideOrNone(label.units) && label.task.classes >= 0 && label.task.classes <= 1000;
    }
    for (const RowFilter::Part& part : plan.only.parts) {
        good = good && inside(part.column);
    }
    if (!good) {
        throw std::out_of_range("a column that is not there");
    }
}
} // namespace

std::string planToJson(const Plan& plan)
{
    json object{{"structure", plan.structure}, {"mol_block", plan.molBlock}, {"columns", plan.columnCount}};
    object["decimal_comma"] = plan.reading.decimalComma;
    object["order"] = plan.order;
    object["describing"] = plan.describing;
    object["hydrogens"] = std::string(hydrogenRuleName(plan.hydrogens));
    for (const RowFilter::Part& part : plan.only.parts) {
        object["only"].push_back({{"column", part.column}, {"name", part.name}, {"values", part.values}});
    }
    if (!plan.only.empty()) {
        object["left_out"] = plan.leftOut; // datasets.cpp of the store reads it, too
    }
    object["labels"] = json::array();
    for (const LabelColumn& label : plan.labels) {
        object["labels"].push_back(labelJson(label));
    }
    object["guesses"] = json::array();
    for (const ColumnGuess& guess : plan.columns) {
        object["guesses"].push_back({guess.name, std::string(columnRoleName(guess.role))});
    }
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<Plan> planFromJson(const std::string& text)
{
    try {
        const json object = json::parse(text);
        Plan plan;
        plan.structure = object.at("structure").get<int>();
        plan.molBlock = object.at("mol_block").get<bool>();
        plan.columnCount = object.at("columns").get<std::size_t>();
        plan.reading.decimalComma = object.at("decimal_comma").get<bool>();
        plan.order = object.value("order", -1);
        plan.describing = object.value("describing", -1);
        plan.hydrogens = hydrogenRuleFromName(object.value("hydrogens", "drop")).value();
        for (const json& part : object.value("only", json::array())) {
            plan.only.parts.push_back({part.at("column").get<int>(), part.at("name").get<std::string>(),
                                       part.at("values").get<std::vector<std::string>>()});
        }
        plan.leftOut = object.value("left_out", std::int64_t{0});
        for (const json& label : object.at("labels")) {
            plan.labels.push_back(labelOf(label));
        }
        for (const json& pair : object.at("guesses")) {
            ColumnGuess guess;
            guess.index = static_cast<int>(plan.columns.size());
            guess.name = pair.at(0).get<std::string>();
            guess.role = columnRoleFromName(pair.at(1).get<std::string>()).value();
            plan.columns.push_back(std::move(guess));
        }
        checkColumns(plan);
        return plan;
    } catch (const std::exception& exception) {
        return fail(ErrorCode::Damaged,
                    std::string("What the columns of the dataset mean cannot be read: ") + exception.what(),
                    "Import its file again with --replace.");
    }
}

} // namespace papilio::data
