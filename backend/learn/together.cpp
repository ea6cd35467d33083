// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/together.h"

#include <algorithm>
#include <fstream>
#include <sched.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "nn/gpuidentity.h"
#include "nn/shards.h"

namespace papilio::learn
{

namespace
{

using nlohmann::json;

std::string toBytes(const json& document)
{
    std::string bytes;
    json::to_cbor(document, bytes);
    return bytes;
}

Result<json> fromBytes(const std::string& bytes)
{
    json document = json::from_cbor(bytes, true, false);
    if (document.is_discarded()) {
        return fail(ErrorCode::Internal, "Another process of this training sent what cannot be read.",
                    "Do all processes run the same Papilio?");
    }
    return document;
}

std::string rankName(std::size_t rank) { return "rank " + std::to_string(rank); }

/// All have the first one's numbers.
template <typename Number> Result<> shareNumbers(nn::Processes& processes, std::vector<Number>& numbers)
{
    std::string bytes;
    if (processes.first()) {
        bytes.assign(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(Number));
    }
    PAPILIO_TRY(processes.broadcast(bytes));
    if (!processes.first()) {
        numbers.resize(bytes.size() / sizeof(Number));
        std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(numbers.data()));
    }
    return {};
}

/// The first key at which two documents differ, with both values; empty if they are equal.
std::string difference(const json& first, const json& own, const std::string& path)
{
    if (first == own) {
        return {};
    }
    if (!first.is_object() || !own.is_object()) {
        return path + " is " + first.dump() + " for rank 0 and " + own.dump();
    }
    const auto below = [&path](const std::string& key) { return path.empty() ? key : path + "." + key; };
    for (const auto& [key, value] : first.items()) {
        const json other = own.contains(key) ? own[key] : json();
        if (std::string found = difference(value, other, below(key)); !found.empty()) {
            return found;
        }
    }
    for (const auto& [key, value] : own.items()) {
        if (!first.contains(key)) {
            return below(key) + " is not set for rank 0, and " + value.dump();
        }
    }
    return {};
}

/// What is compared of a configuration: hosts may have other processors.
json comparable(const std::string& config)
{
    json document = json::parse(config, nullptr, false);
    if (document.is_object()) {
        document.erase("threads");
        document.erase("device");
    }
    return document;
}

/// The same for all processes of a running system, containers included; two systems never have the same.
std::string hostId()
{
    std::string id;
    if (std::ifstream file("/proc/sys/kernel/random/boot_id"); std::getline(file, id) && !id.empty()) {
        return id;
    }
    char name[256] = {};
    return gethostname(name, sizeof name - 1) == 0 ? name : "";
}

/// The cores that this process may run on, a character each; all of the host if the system does not tell.
std::string ownCores()
{
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) != 0 || CPU_COUNT(&set) == 0) {
        return std::string(std::max(1U, std::thread::hardware_concurrency()), '1');
    }
    std::string cores;
    for (int core = 0; core < CPU_SETSIZE; ++core) {
        cores += CPU_ISSET(core, &set) ? '1' : '0';
    }
    return cores;
}

/// One GPU of a host: by its own identity, since each process may see others, else by the name it has here.
std::string gpuName(const std::string& device)
{
    const std::string identity = nn::gpuIdentity(device);
    return !identity.empty() ? identity
                             : device + ' ' + nn::readEnvironment("CUDA_VISIBLE_DEVICES").value_or("");
}

/// The same for all processes that can reach each other's files: of one host, and of one container there.
std::string reachableId()
{
    char name[64] = {};
    const ssize_t length = readlink("/proc/self/ns/pid", name, sizeof name - 1);
    return hostId() + ' ' + std::string(name, static_cast<std::size_t>(std::max<ssize_t>(0, length)));
}

/// The first rank that can be reached from here and has the same file open.
Result<std::size_t> readerOf(nn::Processes& processes, const std::string& path)
{
    struct stat file{};
    const bool known = stat(path.c_str(), &file) == 0;
    const std::string own =
        known ? reachableId() + ' ' + std::to_string(file.st_dev) + ' ' + std::to_string(file.st_ino)
              : "rank " + std::to_string(processes.rank());
    const auto all = processes.exchange(own);
    PAPILIO_TRY(all);
    return static_cast<std::size_t>(std::find(all->begin(), all->end(), own) - all->begin());
}

/// Tells of processes that cannot use the data of another and will read it anew. Where that other one is gone, this is
/// an error, so that none does so in vain.
Result<> tellOfCopies(nn::Processes& processes, const Result<>& attached, TrainControl& control)
{
    const auto all = processes.exchange(attached ? std::string() : attached.error().message);
    PAPILIO_TRY(all);
    const auto copies = std::count_if(all->begin(), all->end(), [](const std::string& why) { return !why.empty(); });
    if (copies > 0 && processes.first()) {
        const auto why = std::find_if(all->begin(), all->end(), [](const std::string& text) { return !text.empty(); });
        control.note((copies == 1 ? std::string("One process holds its own copy")
                                  : std::to_string(copies) + " processes hold their own copy") +
                     " of the training data: " + *why);
    }
    return {};
}

/// The molecule behind each piece of a batch.
std::vector<std::int64_t> pieceEnds(std::span<const std::uint32_t> molecules, const RunData& data,
                                    std::int64_t pieceSize)
{
    std::vector<std::int64_t> nodeStart = {0};
    for (const std::uint32_t molecule : molecules) {
        nodeStart.push_back(nodeStart.back() + data.atomsOf(molecule));
    }
    return nn::cutIntoPieces(nodeStart, pieceSize);
}

/// How many pieces such a batch has.
std::size_t pieceCount(std::span<const std::uint32_t> molecules, const RunData& data, std::int64_t pieceSize)
{
    return pieceSize == 0 ? molecules.size() : pieceEnds(molecules, data, pieceSize).size();
}

} // namespace

Result<> agree(nn::Processes* processes, Result<> own)
{
    if (processes == nullptr) {
        return own;
    }
    json message;
    if (!own) {
        message = {{"code", own.error().code}, {"text", own.error().message}, {"hint", own.error().hint}};
    }
    const auto all = processes->exchange(toBytes(message));
    if (!own) {
        return own; // the first to be told is the own trouble
    }
    if (!all) {
        return tl::unexpected(all.error());
    }
    for (std::size_t rank = 0; rank < all->size(); ++rank) {
        const auto other = fromBytes((*all)[rank]);
        if (!other) {
            return tl::unexpected(other.error());
        }
        if (other->is_object()) {
            const std::string said = other->value("text", "");
            return fail(other->value("code", ErrorCode::Internal),
                        "The process of " + rankName(rank) + " cannot go on: " + said, other->value("hint", ""));
        }
    }
    return {};
}

Result<> share(nn::Processes* processes, json& document)
{
    if (processes == nullptr) {
        return {};
    }
    std::string bytes = processes->first() ? toBytes(document) : std::string();
    PAPILIO_TRY(processes->broadcast(bytes));
    auto received = fromBytes(bytes);
    if (!received) {
        return tl::unexpected(received.error());
    }
    document = std::move(*received);
    return {};
}

Result<> share(nn::Processes* processes, store::Split& split)
{
    if (processes == nullptr) {
        return {};
    }
    json datasets = json::array();
    for (const auto& [dataset, parts] : split.datasets) {
        datasets.push_back(dataset);
    }
    json document = {{"id", split.id}, {"spec", split.spec}, {"seed", split.seed}, {"hash", split.hash},
                     {"datasets", std::move(datasets)}};
    PAPILIO_TRY(share(processes, document));
    split.id = document.at("id").get<std::int64_t>();
    split.spec = document.at("spec").get<std::string>();
    split.seed = document.at("seed").get<std::uint64_t>();
    split.hash = document.at("hash").get<std::string>();
    PAPILIO_TRY(shareNumbers(*processes, split.molecules));
    PAPILIO_TRY(shareNumbers(*processes, split.parts));
    for (const json& dataset : document.at("datasets")) {
        PAPILIO_TRY(shareNumbers(*processes, split.datasets[dataset.get<std::int64_t>()]));
    }
    return {};
}

Result<> share(nn::Processes* processes, std::optional<store::Checkpoint>& checkpoint)
{
    if (processes == nullptr) {
        return {};
    }
    std::string state = checkpoint ? checkpoint->state : "";
    std::string tensors = checkpoint ? checkpoint->tensors : "";
    PAPILIO_TRY(processes->broadcast(state));
    PAPILIO_TRY(processes->broadcast(tensors));
    if (!processes->first()) {
        checkpoint.reset();
        if (!tensors.empty()) {
            checkpoint.emplace();
            checkpoint->state = std::move(state);
            checkpoint->tensors = std::move(tensors);
        }
    }
    return {};
}

Result<> share(nn::Processes* processes, store::RunRecord& record)
{
    json document = {{"id", record.id},
                     {"name", record.name},
                     {"config", record.config},
                     {"data", record.dataHash},
                     {"versions", record.versions},
                     {"parameters", record.parameters},
                     {"epochs", record.epochs},
                     {"planned", record.epochsPlanned},
                     {"best", record.bestEpoch}};
    PAPILIO_TRY(share(processes, document));
    record.id = document.at("id").get<std::int64_t>();
    record.name = document.at("name").get<std::string>();
    record.config = document.at("config").get<std::string>();
    record.dataHash = document.at("data").get<std::string>();
    record.versions = document.at("versions").get<std::string>();
    record.parameters = document.at("parameters").get<std::int64_t>();
    record.epochs = document.at("epochs").get<std::int64_t>();
    record.epochsPlanned = document.at("planned").get<std::int64_t>();
    record.bestEpoch = document.at("best").get<std::int64_t>();
    return {};
}

Result<> checkSameVersion(nn::Processes* processes, const std::string& version)
{
    json first = version;
    PAPILIO_TRY(share(processes, first));
    Result<> same;
    if (first != json(version)) {
        same = fail(ErrorCode::Usage,
                    "Rank " + std::to_string(processes->rank()) + " runs Papilio " + version + ", rank 0 runs " +
                        (first.is_string() ? first.get<std::string>() : first.dump()) + ".",
                    "Run the same Papilio on all hosts.");
    }
    return agree(processes, std::move(same));
}

Result<HostShare> shareOfHost(nn::Processes& processes, const std::string& device)
{
    const std::string cores = ownCores();
    const std::string host = hostId();
    const std::string gpu = host + ' ' + gpuName(device);
    const bool onGpu = device.starts_with("cuda");
    const auto all = processes.exchange(toBytes(json{{"cores", host + ' ' + cores}, {"gpu", gpu}, {"onGpu", onGpu}}));
    PAPILIO_TRY(all);
    int sameCores = 0, sameDevice = 0;
    bool oneKind = true;
    for (const std::string& bytes : *all) {
        const auto other = fromBytes(bytes);
        PAPILIO_TRY(other);
        sameCores += other->value("cores", "") == host + ' ' + cores ? 1 : 0;
        sameDevice += other->value("gpu", "") == gpu ? 1 : 0;
        oneKind = oneKind && other->value("onGpu", false) == onGpu;
    }
    const auto count = static_cast<int>(std::count(cores.begin(), cores.end(), '1'));
    return HostShare{std::max(1, count / std::max(1, sameCores)), sameDevice, oneKind};
}

Result<> checkSameStart(nn::Processes* processes, const StartFacts& facts)
{
    if (processes == nullptr) {
        return {};
    }
    const json own = {{"config", comparable(facts.config)}, {"data", facts.dataHash}};
    json first = own;
    PAPILIO_TRY(share(processes, first));
    const std::string where = "Rank " + std::to_string(processes->rank()) + " differs from rank 0: ";
    Result<> same;
    if (const std::string found = difference(first["config"], own["config"], ""); !found.empty()) {
        same = fail(ErrorCode::Usage, where + found + " here.", "Start all processes with the same command line.");
    } else if (first["data"] != own["data"]) {
        same = fail(ErrorCode::BadInput,
                    where + "the labels, molecules or split of its project are others (data hash " +
                        own["data"].get<std::string>().substr(0, 12) + ", rank 0 has " +
                        first["data"].get<std::string>().substr(0, 12) + ").",
                    "Give all processes the same project file, or copies of it.");
    }
    return agree(processes, std::move(same));
}

std::string toBytes(const nn::Evaluation& evaluation)
{
    json outputs = json::array();
    for (const std::vector<float>& values : evaluation.outputs) {
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(values.data());
        outputs.push_back(json::binary({bytes, bytes + values.size() * sizeof(float)}));
    }
    return toBytes(json{{"outputs", std::move(outputs)},
                        {"losses", evaluation.losses.heads},
                        {"labels", evaluation.losses.labels}});
}

Result<nn::Evaluation> evaluationFromBytes(const std::string& bytes)
{
    const auto document = fromBytes(bytes);
    if (!document) {
        return tl::unexpected(document.error());
    }
    nn::Evaluation evaluation;
    for (const json& output : document->at("outputs")) {
        const json::binary_t& values = output.get_binary();
        std::vector<float>& to = evaluation.outputs.emplace_back(values.size() / sizeof(float));
        std::copy(values.begin(), values.end(), reinterpret_cast<std::uint8_t*>(to.data()));
    }
    for (const json& loss : document->at("losses")) {
        evaluation.losses.heads.push_back(loss.get<double>());
    }
    evaluation.losses.labels = document->at("labels").get<std::vector<std::int64_t>>();
    return evaluation;
}

BatchShare shareOf(std::span<const std::uint32_t> molecules, const RunData& data, const nn::Processes& processes,
                   std::int64_t pieceSize)
{
    const auto size = static_cast<std::size_t>(processes.size());
    const auto rank = static_cast<std::size_t>(processes.rank());
    if (pieceSize == 0) {
        const std::size_t begin = molecules.size() * rank / size;
        return {molecules.subspan(begin, molecules.size() * (rank + 1) / size - begin), {}};
    }
    const std::vector<std::int64_t> ends = pieceEnds(molecules, data, pieceSize);
    const std::size_t firstPiece = ends.size() * rank / size;
    const std::size_t endPiece = ends.size() * (rank + 1) / size;
    const std::int64_t begin = firstPiece == 0 ? 0 : ends[firstPiece - 1];
    const std::int64_t end = endPiece == 0 ? 0 : ends[endPiece - 1];
    BatchShare share;
    share.molecules = molecules.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    for (std::size_t piece = firstPiece; piece < endPiece; ++piece) {
        share.pieceEnds.push_back(ends[piece] - begin);
    }
    return share;
}

std::string noteOnShares(std::span<const std::uint32_t> batch, const RunData& data, const nn::Processes& processes,
                         std::int64_t pieceSize)
{
    const std::size_t pieces = pieceCount(batch, data, pieceSize);
    const auto size = static_cast<std::size_t>(processes.size());
    if (pieces >= size) {
        return {};
    }
    const std::string things = pieceSize == 0 ? "molecules" : "pieces of about " + std::to_string(pieceSize) + " atoms";
    return "The first batch has " + std::to_string(pieces) + " of the " + things + " that " + std::to_string(size) +
           " processes share out: " + std::to_string(size - pieces) +
           " of them have nothing to do in a step. A larger batch_size gives each its share.";
}

Result<RunData> loadTogether(store::Project& project, Selection selection, store::Split split, TrainControl& control,
                             nn::Processes* processes)
{
    if (processes == nullptr) {
        return RunData::load(project, std::move(selection), std::move(split), control);
    }
    const auto reader = readerOf(*processes, project.path());
    PAPILIO_TRY(reader);
    const bool reads = *reader == static_cast<std::size_t>(processes->rank());
    Result<RunData> data = fail(ErrorCode::Stopped, "Stopped while another process read the data.");
    if (reads) {
        data = RunData::load(project, std::move(selection), std::move(split), control, Bulk::Readers::SameHost);
    }
    PAPILIO_TRY(agree(processes, reads && !data ? Result<>(tl::unexpected(data.error())) : Result<>{}));
    const auto offers = processes->exchange(toBytes(reads ? data->offer() : json()));
    if (!offers) {
        return tl::unexpected(offers.error());
    }
    Result<> attached;
    if (!reads && !control.stopRequested()) {
        const auto offer = fromBytes((*offers)[*reader]);
        PAPILIO_TRY(offer);
        data = RunData::attach(std::move(selection), std::move(split), *offer);
        if (!data) {
            attached = tl::unexpected(data.error());
        }
    }
    PAPILIO_TRY(tellOfCopies(*processes, attached, control));
    if (!attached) {
        data = RunData::load(project, std::move(selection), std::move(split), control);
    }
    PAPILIO_TRY(agree(processes, data));
    return data;
}

TrainControl::Wish SharedControl::wish() const
{
    const Wish own = m_own.wish();
    double wishes[] = {own == Wish::StopKeepBest ? 1.0 : 0.0, own == Wish::Pause ? 1.0 : 0.0};
    if (!m_processes.sum(wishes)) {
        return Wish::GoOn;
    }
    return wishes[0] > 0 ? Wish::StopKeepBest : wishes[1] > 0 ? Wish::Pause : Wish::GoOn;
}

} // namespace papilio::learn
