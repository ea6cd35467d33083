// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <optional>

#include "core/hash.h"
#include "learn/rundata.h"
#include "store/inputs.h"
#include "store/labels.h"
#include "store/molecules.h"

namespace papilio::learn
{

namespace
{

/// Keeps reports to ten a second.
class Reporter
{
public:
    Reporter(Control& control, std::string stage, std::int64_t total) : m_control(control)
    {
        m_progress.stage = std::move(stage);
        m_progress.total = total;
        m_progress.unit = "molecules";
        m_control.report(m_progress);
    }
    void count()
    {
        constexpr std::int64_t every = 20000;
        if (++m_progress.done % every == 0) {
            m_control.report(m_progress);
        }
    }

private:
    Control& m_control;
    Progress m_progress;
};

template <typename Number> void addNumber(Sha256& hash, Number number)
{
    hash.add({reinterpret_cast<const char*>(&number), sizeof number});
}

void addText(Sha256& hash, std::string_view text)
{
    addNumber(hash, static_cast<std::uint64_t>(text.size()));
    hash.add(text);
}

} // namespace

/// Fills a RunData in three passes: molecules, normalisation by the training labels, normalised labels.
class RunDataLoader
{
public:
    RunDataLoader(store::Project& project, RunData& data, Control& control)
        : m_project(project), m_data(data), m_control(control)
    {
    }

    Result<> run()
    {
        m_data.findParts();
        hashHeader();
        PAPILIO_TRY(makeRoom());
        PAPILIO_TRY(readMolecules());
        PAPILIO_TRY(readInputs());
        PAPILIO_TRY(fitNormalisation());
        PAPILIO_TRY(fillBlocks());
        m_data.m_hash = m_hash.hex();
        m_data.m_bulk.finish();
        return {};
    }

private:
    /// For where everything is.
    Result<> makeRoom()
    {
        const auto made = m_data.m_bulk.addZeros(m_data.blocksAt(m_data.heads().size()));
        PAPILIO_TRY(made);
        return {};
    }

    /// To be asked again once something was added.
    RunData::Stored& stored(std::uint32_t index)
    {
        return m_data.m_bulk.values<RunData::Stored>(0)[index];
    }

    void hashHeader()
    {
        addText(m_hash, m_data.m_split.hash);
        for (const nn::HeadSpec& head : m_data.heads()) {
            addText(m_hash, head.dataset);
            addNumber(m_hash, static_cast<std::int32_t>(head.level));
            addNumber(m_hash, static_cast<std::int32_t>(head.kind));
            addNumber(m_hash, static_cast<std::int32_t>(head.classes));
            for (const auto& column : head.columns) {
                addText(m_hash, column.task);
            }
        }
    }

    std::optional<std::uint32_t> indexOf(std::int64_t molecule) const
    {
        const auto& ids = m_data.m_split.molecules;
        const auto found = std::lower_bound(ids.begin(), ids.end(), molecule);
        if (found == ids.end() || *found != molecule) {
            return {};
        }
        return static_cast<std::uint32_t>(found - ids.begin());
    }

    Result<> stopped() const { return fail(ErrorCode::Stopped, "Stopped while the data was read."); }

    Result<> keep(const store::MoleculeRecord& record, std::uint32_t index)
    {
        const std::string graph = record.graph.toBytes();
        const std::string encodings = record.encodings.toBytes();
        const auto place = m_data.m_bulk.add(graph + encodings);
        PAPILIO_TRY(place);
        RunData::Stored& to = stored(index);
        to.graph = *place;
        to.graphBytes = static_cast<std::uint32_t>(graph.size());
        to.encodingBytes = static_cast<std::uint32_t>(encodings.size());
        to.atoms = static_cast<std::uint32_t>(record.graph.atoms.size());
        to.bonds = static_cast<std::uint32_t>(record.graph.bonds.size());
        addNumber(m_hash, record.id);
        addText(m_hash, record.smiles);
        addText(m_hash, graph);
        addText(m_hash, encodings);
        return {};
    }

    Result<> readMolecules()
    {
        const auto& ids = m_data.m_split.molecules;
        store::Molecules molecules(m_project);
        const auto count = molecules.count();
        if (!count) {
            return tl::unexpected(count.error());
        }
        Reporter reporter(m_control, "reading molecules", static_cast<std::int64_t>(ids.size()));
        std::size_t found = 0;
        Result<> kept;
        const auto take = [&](const store::MoleculeRecord& record) {
            if (const auto index = indexOf(record.id)) {
                kept = keep(record, *index);
                reporter.count();
                ++found;
            }
            return kept && !m_control.stopRequested();
        };
        constexpr std::int64_t streamingPays = 8; // one walk over all rows against one look-up a molecule
        if (static_cast<std::int64_t>(ids.size()) * streamingPays >= *count) {
            PAPILIO_TRY(molecules.each(take));
        } else {
            for (std::size_t i = 0; i < ids.size() && kept && !m_control.stopRequested(); ++i) {
                const auto record = molecules.byId(ids[i]);
                if (!record) {
                    return tl::unexpected(record.error());
                }
                take(*record);
            }
        }
        PAPILIO_TRY(std::move(kept));
        if (m_control.stopRequested()) {
            return stopped();
        }
        if (found != ids.size()) {
            return fail(ErrorCode::BadInput,
                        std::to_string(ids.size() - found) + " molecules of the split are not in the project any more.",
                        "Start a new run.");
        }
        return {};
    }

    Result<> keepInputs(const std::string& bytes, std::uint32_t index)
    {
        const auto place = m_data.m_bulk.add(bytes);
        PAPILIO_TRY(place);
        stored(index).inputs = *place;
        stored(index).inputBytes = static_cast<std::uint32_t>(bytes.size());
        return {};
    }

    /// Inputs that graphs and encodings do not answer come from the project's cache.
    Result<> readInputs()
    {
        const FeatureSet& set = m_data.m_selection.inputs;
        if (isStandard(set)) {
            return {};
        }
        const auto& ids = m_data.m_split.molecules;
        Reporter reporter(m_control, "reading inputs", static_cast<std::int64_t>(ids.size()));
        std::size_t found = 0;
        Result<> kept;
        const auto take = [&](std::int64_t molecule, MoleculeInputs&& inputs) {
            if (const auto index = indexOf(molecule)) {
                kept = keepInputs(inputs.toBytes(), *index);
                reporter.count();
                ++found;
            }
            return kept && !m_control.stopRequested();
        };
        PAPILIO_TRY(store::Inputs(m_project).each(featureSetHash(set), ids, take));
        PAPILIO_TRY(std::move(kept));
        if (m_control.stopRequested()) {
            return stopped();
        }
        if (found != ids.size()) {
            return fail(ErrorCode::BadInput,
                        "The inputs of feature set '" + set.name + "' are missing for " +
                            std::to_string(ids.size() - found) + " molecules.",
                        "They are computed from the molecules before a run starts. Of several processes only rank 0 "
                        "does, in its own project: copy that again for the others.");
        }
        return {};
    }

    /// Calls visit(head, column, index of molecule, values) for each label entry of the run, dataset by dataset.
    template <typename Visit> Result<> eachEntry(const char* stage, Visit visit)
    {
        store::Labels labels(m_project);
        Reporter reporter(m_control, stage, 0);
        const auto& sources = m_data.m_selection.sources;
        std::optional<Error> problem;
        std::vector<std::int64_t> seen;
        for (const HeadSource& first : sources) {
            if (std::find(seen.begin(), seen.end(), first.dataset) != seen.end()) {
                continue;
            }
            seen.push_back(first.dataset);
            PAPILIO_TRY(labels.each(first.dataset, [&](std::int64_t molecule, const store::LabelSet& set) {
                reporter.count();
                const auto index = indexOf(molecule);
                for (std::size_t h = 0; index && h < sources.size(); ++h) {
                    const bool here = sources[h].dataset == first.dataset;
                    for (std::size_t c = 0; here && c < sources[h].positions.size(); ++c) {
                        const auto* entry = set.find(sources[h].positions[c]);
                        if (entry == nullptr) {
                            continue;
                        }
                        if (Result<> done = visit(h, c, *index, entry->values); !done) {
                            problem = done.error();
                            return false;
                        }
                    }
                }
                return !m_control.stopRequested();
            }));
            if (problem) {
                return tl::unexpected(*problem);
            }
        }
        return m_control.stopRequested() ? stopped() : Result<>{};
    }

    /// A label that cannot be learnt from is a fault of the project, told by dataset, task and molecule.
    Result<> check(std::size_t h, std::size_t c, std::uint32_t index, const std::vector<double>& values) const
    {
        const nn::HeadSpec& head = m_data.heads()[h];
        const auto where = [&] {
            return "Task '" + head.dataset + ':' + head.columns[c].task + "', molecule " +
                   std::to_string(m_data.idOf(index));
        };
        const std::size_t rows = m_data.rowsOf(head.level, index);
        if (values.size() != rows) {
            const char* what = head.level == Level::Node ? " atoms." : head.level == Level::Edge ? " directed bonds."
                                                                                                  : " molecule.";
            return fail(ErrorCode::Damaged, where() + ": " + std::to_string(values.size()) + " label values for " +
                                                std::to_string(rows) + what);
        }
        const double classes = head.kind == TaskKind::Binary ? 2 : head.classes;
        for (const double value : values) {
            const bool number = std::isnan(value) || std::isfinite(value);
            const bool inClasses = head.kind == TaskKind::Regression || std::isnan(value) ||
                                   (value >= 0 && value < classes && value == std::floor(value));
            if (!number || !inClasses) {
                return fail(ErrorCode::BadInput, where() + ": the label " + std::to_string(value) + " is not possible.",
                            "Import the dataset again with the right kind of task, or leave the task out.");
            }
        }
        return {};
    }

    void addToHash(std::size_t h, std::size_t c, std::uint32_t index, const std::vector<double>& values)
    {
        addNumber(m_hash, static_cast<std::uint32_t>(h));
        addNumber(m_hash, static_cast<std::uint32_t>(c));
        addNumber(m_hash, index);
        for (const double value : values) {
            // All not-a-numbers are one "missing", whatever their bits.
            addNumber(m_hash, std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value);
        }
    }

    Result<> fitNormalisation()
    {
        std::vector<std::vector<NormalisationFit>> fits;
        for (const nn::HeadSpec& head : m_data.heads()) {
            fits.emplace_back(head.columns.size());
        }
        Result<> read = eachEntry("reading labels", [&](auto h, auto c, auto index, const auto& values) -> Result<> {
            PAPILIO_TRY(check(h, c, index, values));
            addToHash(h, c, index, values);
            for (const double value : values) {
                if (m_data.partOf(h, index) == store::Part::Train && !std::isnan(value)) {
                    fits[h][c].add(clipped(h, index, value));
                }
            }
            return {};
        });
        PAPILIO_TRY(std::move(read));
        for (std::size_t h = 0; h < fits.size(); ++h) {
            std::vector<Normalisation>& columns = m_data.m_normalisation.emplace_back(fits[h].size());
            for (std::size_t c = 0; c < columns.size(); ++c) {
                fit(h, c, fits[h][c], columns[c]);
            }
        }
        return {};
    }

    /// Training labels are clipped; the others are what they are, or measurements would flatter.
    double clipped(std::size_t h, std::uint32_t index, double value) const
    {
        const bool clips = m_data.heads()[h].kind == TaskKind::Regression &&
                           m_data.partOf(h, index) == store::Part::Train;
        return clips ? m_data.m_selection.sources[h].scaling.clipped(value) : value;
    }

    void fit(std::size_t h, std::size_t c, const NormalisationFit& fitted, Normalisation& normalisation)
    {
        const nn::HeadSpec& head = m_data.heads()[h];
        if (head.kind == TaskKind::Regression) {
            normalisation = fitted.result(m_data.m_selection.sources[h].scaling.method);
        }
        if (fitted.count() == 0 || fitted.isConstant()) {
            m_data.m_notes.push_back("task '" + head.dataset + ':' + head.columns[c].task + "' has " +
                                     (fitted.count() > 0 ? "one value only" : "no label") + " in the training part");
        }
    }

    Result<> fillBlocks()
    {
        return eachEntry("normalising labels", [&](auto h, auto c, auto index, const auto& values) -> Result<> {
            PAPILIO_TRY(check(h, c, index, values)); // once more: another process may have written in between
            const std::size_t columns = m_data.heads()[h].columns.size();
            if (!m_data.hasLabels(h, index)) {
                const auto place = m_data.m_bulk.addFloats(values.size() * columns,
                                                           std::numeric_limits<float>::quiet_NaN());
                PAPILIO_TRY(place);
                m_data.m_bulk.values<std::uint64_t>(m_data.blocksAt(h))[index] = *place;
            }
            float* kept = m_data.m_bulk.values<float>(m_data.blocks(h)[index]);
            const Normalisation& normalisation = m_data.m_normalisation[h][c];
            for (std::size_t row = 0; row < values.size(); ++row) {
                kept[row * columns + c] =
                    static_cast<float>((clipped(h, index, values[row]) - normalisation.mean) / normalisation.sd);
            }
            return {};
        });
    }

    store::Project& m_project;
    RunData& m_data;
    Control& m_control;
    Sha256 m_hash;
};

Result<RunData> RunData::load(store::Project& project, Selection selection, store::Split split, Control& control,
                              Bulk::Readers readers)
{
    RunData data;
    data.m_selection = std::move(selection);
    data.m_split = std::move(split);
    data.m_bulk = Bulk(std::filesystem::absolute(project.path()).parent_path().string(), Bulk::defaultLimit(), readers);
    PAPILIO_TRY(RunDataLoader(project, data, control).run());
    return data;
}

} // namespace papilio::learn
