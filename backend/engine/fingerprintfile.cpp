// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fingerprintfile.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>

#include "core/npy.h"
#include "data/parquetwriter.h"
#include "engine/csvwriter.h"
#include "engine/moleculetable.h"

namespace papilio::engine
{

namespace
{

using Clock = std::chrono::steady_clock;
using Texts = std::vector<std::string>;

/// One of the three formats. Rows come with their ids; a rejected row has no values.
class Sink
{
public:
    virtual ~Sink() = default;
    virtual Result<> start(const Texts& ids, std::int64_t width) = 0;
    virtual Result<> add(const Texts& ids, std::span<const float> values) = 0;
    virtual Result<> finish() = 0;
};

Texts columnNames(std::int64_t width)
{
    Texts names;
    for (std::int64_t i = 0; i < width; ++i)
        names.push_back(std::to_string(i).insert(0, 1, 'f'));
    return names;
}

class CsvSink final : public Sink
{
public:
    explicit CsvSink(std::string path) : m_path(std::move(path)) {}

    Result<> start(const Texts& ids, std::int64_t width) override
    {
        auto file = OutputFile::create(m_path);
        if (!file)
            return tl::unexpected<Error>(file.error());
        m_file.emplace(std::move(*file));
        m_width = static_cast<std::size_t>(width);
        Texts cells = ids;
        const Texts names = columnNames(width);
        cells.insert(cells.end(), names.begin(), names.end());
        m_file->write(csvLine(cells));
        return {};
    }

    Result<> add(const Texts& ids, std::span<const float> values) override
    {
        Texts cells = ids;
        for (const float value : values) {
            char buffer[32];
            cells.emplace_back(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
        }
        cells.resize(ids.size() + m_width);
        m_file->write(csvLine(cells));
        return {};
    }

    Result<> finish() override { return m_file->finish(); }

private:
    std::string m_path;
    std::optional<OutputFile> m_file;
    std::size_t m_width = 0;
};

class NpySink final : public Sink
{
public:
    explicit NpySink(std::string path) : m_path(std::move(path)) {}

    Result<> start(const Texts& ids, std::int64_t width) override
    {
        auto beside = OutputFile::create(npyIdsPath(m_path));
        if (!beside)
            return tl::unexpected<Error>(beside.error());
        m_ids.emplace(std::move(*beside));
        m_ids->write(csvLine(ids));
        auto writer = NpyWriter::create(m_path, NpyType::Float32, width);
        if (!writer)
            return tl::unexpected<Error>(writer.error());
        m_matrix.emplace(std::move(*writer));
        m_none.assign(static_cast<std::size_t>(width), std::numeric_limits<float>::quiet_NaN());
        return {};
    }

    Result<> add(const Texts& ids, std::span<const float> values) override
    {
        m_ids->write(csvLine(ids));
        return m_matrix->add(values.empty() ? std::span<const float>(m_none) : values);
    }

    Result<> finish() override
    {
        PAPILIO_TRY(m_ids->finish());
        return m_matrix->finish();
    }

private:
    std::string m_path;
    std::optional<OutputFile> m_ids;
    std::optional<NpyWriter> m_matrix;
    std::vector<float> m_none;
};

class ParquetSink final : public Sink
{
public:
    explicit ParquetSink(std::string path) : m_path(std::move(path)) {}

    Result<> start(const Texts& ids, std::int64_t width) override
    {
        auto writer = data::ParquetWriter::create(m_path, ids, columnNames(width));
        if (!writer)
            return tl::unexpected<Error>(writer.error());
        m_writer.emplace(std::move(*writer));
        m_none.assign(static_cast<std::size_t>(width), std::numeric_limits<float>::quiet_NaN());
        return {};
    }

    Result<> add(const Texts& ids, std::span<const float> values) override
    {
        return m_writer->add(ids, values.empty() ? std::span<const float>(m_none) : values);
    }

    Result<> finish() override { return m_writer->finish(); }

private:
    std::string m_path;
    std::optional<data::ParquetWriter> m_writer;
    std::vector<float> m_none;
};

Result<std::unique_ptr<Sink>> createSink(const std::string& path)
{
    if (path.ends_with(".csv"))
        return std::make_unique<CsvSink>(path);
    if (path.ends_with(".npy"))
        return std::make_unique<NpySink>(path);
    if (!path.ends_with(".parquet"))
        return fail(ErrorCode::Usage, "'" + path + "' has an ending that says no format.",
                    "Write to a .csv, .npy or .parquet file.");
    if (!data::parquetAvailable()) {
        const auto why = data::ParquetWriter::create(path, {}, {});
        return tl::unexpected<Error>(why.error());
    }
    return std::make_unique<ParquetSink>(path);
}

/// Two atoms with a bond: every layer has rows.
Result<learn::Fingerprint> ofEthane(LoadedModel& model, const learn::FingerprintLayer& layer,
                                    learn::FingerprintPool pool)
{
    const auto ethane = chem::Molecule::fromSmiles("CC");
    if (!ethane)
        return tl::unexpected<Error>(ethane.error());
    const auto featurised = Featurised::of(*ethane, model.saved.spec.architecture.inputs);
    if (!featurised)
        return tl::unexpected<Error>(featurised.error());
    const nn::MoleculeInput input = featurised->input(*ethane);
    auto one = learn::fingerprints(*model.network, {&input, 1}, layer, pool);
    if (!one)
        return tl::unexpected<Error>(one.error());
    return std::move(one->front());
}

class FingerprintJob
{
public:
    FingerprintJob(LoadedModel& model, const FingerprintRequest& request, learn::FingerprintLayer layer, Sink& sink)
        : m_model(model), m_request(request), m_layer(std::move(layer)), m_sink(sink)
    {
    }

    /// Rejected rows may come before the width is known: the layer is asked with ethane first.
    Result<> start()
    {
        const auto one = ofEthane(m_model, m_layer, m_request.pool);
        if (!one)
            return tl::unexpected<Error>(one.error());
        m_items = one->level != Level::Graph && m_request.pool == learn::FingerprintPool::None;
        report.width = one->width;
        Texts ids = {"row", "smiles", "status", "reason"};
        if (m_items)
            ids.insert(ids.begin() + 1, one->level == Level::Node   ? "atom"
                                        : one->level == Level::Edge ? "bond"
                                                                    : "pair");
        return m_sink.start(ids, report.width);
    }

    Result<> add(const std::vector<TableMolecule>& rows)
    {
        std::vector<nn::MoleculeInput> inputs;
        for (const TableMolecule& item : rows)
            if (item.usable())
                inputs.push_back(item.input());
        const auto found = learn::fingerprints(*m_model.network, inputs, m_layer, m_request.pool);
        if (!found)
            return tl::unexpected<Error>(found.error());
        std::size_t next = 0;
        for (const TableMolecule& item : rows)
            PAPILIO_TRY(write(item, item.usable() ? &(*found)[next++] : nullptr));
        report.rows += static_cast<std::int64_t>(rows.size());
        report.computed += static_cast<std::int64_t>(inputs.size());
        report.rejected += static_cast<std::int64_t>(rows.size() - inputs.size());
        return {};
    }

    FingerprintReport report;

private:
    Result<> write(const TableMolecule& item, const learn::Fingerprint* fingerprint)
    {
        const char* status = fingerprint == nullptr ? "rejected" : item.reason.empty() ? "computed" : "repaired";
        Texts ids = {std::to_string(item.row.row), item.structure, status, item.reason};
        if (m_items)
            ids.insert(ids.begin() + 1, "");
        if (fingerprint == nullptr)
            return m_sink.add(ids, {});
        const auto width = static_cast<std::size_t>(fingerprint->width);
        for (std::size_t i = 0; i < static_cast<std::size_t>(fingerprint->rows); ++i) {
            if (m_items)
                ids[1] = std::to_string(i);
            PAPILIO_TRY(m_sink.add(ids, std::span(fingerprint->values).subspan(placeOf(item, *fingerprint, i) * width, width)));
        }
        return {};
    }

    /// Row of the i-th atom or directed bond as written.
    static std::size_t placeOf(const TableMolecule& item, const learn::Fingerprint& fingerprint, std::size_t i)
    {
        if (fingerprint.level == Level::Node && fingerprint.rows > 0)
            return item.molecule->toCanonical()[i];
        return fingerprint.level == Level::Edge ? item.molecule->edgeToCanonical()[i] : i;
    }

    LoadedModel& m_model;
    const FingerprintRequest& m_request;
    learn::FingerprintLayer m_layer;
    Sink& m_sink;
    bool m_items = false; ///< several rows a molecule
};

} // namespace

Result<std::vector<LayerWidth>> layerWidths(LoadedModel& model)
{
    const std::lock_guard lock(model.mutex);
    std::vector<LayerWidth> widths;
    for (const learn::FingerprintLayer& layer : learn::fingerprintLayers(*model.network)) {
        const auto one = ofEthane(model, layer, learn::FingerprintPool::None);
        if (!one)
            return tl::unexpected<Error>(one.error());
        widths.push_back({layer.address, one->level, one->width});
    }
    return widths;
}

Result<FingerprintReport> fingerprintFile(LoadedModel& model, const FingerprintRequest& request, Control& control)
{
    const Clock::time_point start = Clock::now();
    PAPILIO_TRY(checkOutput(request.output, {request.input}));
    const auto sink = createSink(request.output);
    if (!sink)
        return tl::unexpected<Error>(sink.error());
    const std::lock_guard lock(model.mutex);
    const auto layer = learn::findLayer(*model.network, request.layer);
    if (!layer)
        return tl::unexpected<Error>(layer.error());
    auto table =
        MoleculeTable::open(request.input, request.smilesColumn, model.saved.spec.architecture.inputs, control);
    if (!table)
        return tl::unexpected<Error>(table.error());
    FingerprintJob job(model, request, *layer, **sink);
    PAPILIO_TRY(job.start());
    for (;;) {
        const auto rows = table->next(control, "computing fingerprints");
        if (!rows)
            return tl::unexpected<Error>(rows.error());
        if (rows->empty())
            break;
        PAPILIO_TRY(job.add(*rows));
    }
    PAPILIO_TRY((*sink)->finish());
    job.report.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return job.report;
}

} // namespace papilio::engine
