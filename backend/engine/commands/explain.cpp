// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include <algorithm>
#include <numeric>

#include "chem/depict.h"
#include "engine/console.h"
#include "engine/csvwriter.h"
#include "engine/elements.h"
#include "engine/explanation.h"
#include "engine/json.h"
#include "engine/table.h"

namespace papilio::engine
{

namespace
{

constexpr int svgWidth = 640, svgHeight = 520;

/// Scores with the places of atoms and bonds in the order that was asked for.
struct OrderedScores {
    std::vector<std::size_t> atoms; ///< place → index in the graph
    std::vector<std::size_t> place; ///< index in the graph → place
};

OrderedScores orderOf(const Explanation& explanation, bool canonical)
{
    OrderedScores order;
    const std::size_t count = explanation.molecule.graph().atoms.size();
    order.atoms.resize(count);
    if (canonical)
        std::iota(order.atoms.begin(), order.atoms.end(), std::size_t{0});
    else
        std::copy(explanation.molecule.toCanonical().begin(), explanation.molecule.toCanonical().end(),
                  order.atoms.begin());
    order.place.resize(count);
    for (std::size_t i = 0; i < count; ++i)
        order.place[order.atoms[i]] = i;
    return order;
}

class ExplainCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("MODEL", m_model, "Model file (*.safetensors)");
        arguments.positional("SMILES", m_request.smiles, "Molecule");
        arguments.value("--task", "NAME", m_request.task,
                        "'task' or 'dataset:task'; may be left out if there is only one");
        arguments.choice("--method", {"gradient-input", "integrated-gradients"}, m_method, "How (gradient-input)");
        arguments.value("--class", "N", m_request.classIndex, "Class of a multiclass task (the most probable one)");
        arguments.choice("--atoms-order", {"input", "canonical"}, m_order,
                         "Order of the atoms in tables and JSON: as written, or that of the canonical SMILES (input)");
        arguments.value("-o,--output", "FILE", m_output, "File to write: .svg, .csv or .json");
        declareJson(arguments);
        arguments.footer("Scores are in units of the model's output (normalised value, or logit).\n"
                         "Put -- before a SMILES that begins with a minus sign.");
    }

    Result<> run() override
    {
        const std::string ending = m_output.substr(std::min(m_output.size(), m_output.rfind('.')));
        if (!m_output.empty() && ending != ".svg" && ending != ".csv" && ending != ".json")
            return fail(ErrorCode::Usage, "'" + m_output + "': the ending says what to write.",
                        "Known: .svg, .csv, .json.");
        m_request.method = explain::methodFromName(m_method).value_or(explain::Method::GradientInput);
        const auto model = loadModelFile(m_model);
        if (!model)
            return tl::unexpected<Error>(model.error());
        const auto explanation = explainMolecule(**model, m_request);
        if (!explanation)
            return tl::unexpected<Error>(explanation.error());
        if (!m_output.empty())
            PAPILIO_TRY(writeOutput(*explanation, ending));
        if (m_json)
            printJson(document(*explanation));
        else if (m_output.empty())
            printOut(caption(*explanation) + "\n\n" + table(*explanation));
        else
            printError(caption(*explanation) + ": " + m_output);
        return {};
    }

private:
    Result<> writeOutput(const Explanation& explanation, const std::string& ending) const
    {
        if (ending == ".json")
            return writeTextFile(m_output, toLine(document(explanation)) + "\n");
        if (ending == ".csv")
            return writeTextFile(m_output, csv(explanation));
        const auto depiction = chem::depict(explanation.molecule);
        if (!depiction)
            return tl::unexpected<Error>(depiction.error());
        chem::Overlay overlay;
        overlay.atoms = explanation.attribution.atoms;
        if (explanation.hasBonds)
            overlay.bonds = explanation.attribution.bonds;
        overlay.caption = caption(explanation);
        return writeTextFile(m_output, chem::toSvg(*depiction, &overlay, svgWidth, svgHeight));
    }

    std::string caption(const Explanation& explanation) const
    {
        std::string text = explanation.head.dataset + ":" + explanation.task;
        if (explanation.classIndex >= 0)
            text += ", class " + std::to_string(explanation.classIndex);
        return text + ", " + m_method + ", " +
               (explanation.head.kind == TaskKind::Regression ? "normalised value " : "logit ") +
               shortNumber(explanation.attribution.output, 4);
    }

    json document(const Explanation& explanation) const
    {
        const OrderedScores order = orderOf(explanation, m_order == "canonical");
        const MolGraph& graph = explanation.molecule.graph();
        json atoms = json::array(), bonds = json::array();
        for (std::size_t i = 0; i < order.atoms.size(); ++i)
            atoms.push_back({{"atom", i},
                             {"symbol", elementSymbol(graph.atoms[order.atoms[i]].atomicNumber)},
                             {"score", explanation.attribution.atoms[order.atoms[i]]}});
        for (std::size_t b = 0; b < graph.bonds.size() && explanation.hasBonds; ++b)
            bonds.push_back({{"begin", order.place[graph.bonds[b].begin]},
                             {"end", order.place[graph.bonds[b].end]},
                             {"score", explanation.attribution.bonds[b]}});
        json result = {{"smiles", m_request.smiles},
                       {"canonical", explanation.molecule.canonicalSmiles()},
                       {"dataset", explanation.head.dataset},
                       {"task", explanation.task},
                       {"method", m_method},
                       {"order", m_order},
                       {"output", explanation.attribution.output},
                       {"baseline", explanation.attribution.baseline},
                       {"sumGap", explanation.attribution.sumGap},
                       {"atoms", std::move(atoms)},
                       {"bonds", std::move(bonds)}};
        if (explanation.classIndex >= 0)
            result["class"] = explanation.classIndex;
        return result;
    }

    std::vector<std::vector<std::string>> lines(const Explanation& explanation) const
    {
        const json all = document(explanation);
        std::vector<std::vector<std::string>> result;
        for (const json& atom : all.at("atoms"))
            result.push_back(
                {"atom", atom.at("atom").dump(), "", atom.at("symbol").get<std::string>(), atom.at("score").dump()});
        for (const json& bond : all.at("bonds"))
            result.push_back({"bond", bond.at("begin").dump(), bond.at("end").dump(), "", bond.at("score").dump()});
        return result;
    }

    std::string csv(const Explanation& explanation) const
    {
        std::string text = csvLine({"what", "atom", "end", "symbol", "score"});
        for (const auto& line : lines(explanation))
            text += csvLine(line);
        return text;
    }

    std::string table(const Explanation& explanation) const
    {
        Table table;
        table.column("", Table::Align::Left);
        table.column("atom");
        table.column("to");
        table.column("", Table::Align::Left);
        table.column("score");
        for (auto cells : lines(explanation)) {
            cells[4] = fixedNumber(std::stod(cells[4]), 4);
            table.row(cells);
        }
        return table.text();
    }

    ExplainRequest m_request;
    std::string m_model, m_method = "gradient-input", m_order = "input", m_output;
};

} // namespace

std::unique_ptr<Command> makeExplain()
{
    return std::make_unique<ExplainCommand>();
}

} // namespace papilio::engine
