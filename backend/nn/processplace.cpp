// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/processplace.h"

#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <limits>

namespace papilio::nn
{

namespace
{

constexpr int mostProcesses = 65536;
constexpr int firstPort = 15000, portCount = 15000; // below those that systems hand out by themselves
constexpr int plainPort = 29500;                    // c10d's own
constexpr int unknown = -1;
constexpr const char* loopback = "127.0.0.1";

/// The names by which a launcher tells a place.
struct Launcher {
    const char* rank;
    const char* size;
    const char* localRank;
    const char* localSize; ///< null: it does not tell
};
constexpr Launcher torchrun = {"RANK", "WORLD_SIZE", "LOCAL_RANK", "LOCAL_WORLD_SIZE"};
constexpr Launcher openMpi = {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_RANK",
                              "OMPI_COMM_WORLD_LOCAL_SIZE"};
constexpr Launcher otherMpi = {"PMI_RANK", "PMI_SIZE", "MPI_LOCALRANKID", "MPI_LOCALNRANKS"};

class Reader
{
public:
    explicit Reader(const EnvironmentReader& read) : m_read(read) {}

    std::optional<std::string> text(const std::string& name) const { return m_read(name); }
    bool has(const std::string& name) const { return m_read(name).has_value(); }

    Result<std::optional<int>> number(const std::string& name, int least, int most) const
    {
        const auto value = m_read(name);
        if (!value) {
            return std::nullopt;
        }
        int number = 0;
        const char* end = value->data() + value->size();
        const auto [stop, problem] = std::from_chars(value->data(), end, number);
        if (problem != std::errc() || stop != end || number < least || number > most) {
            return fail(ErrorCode::Usage,
                        "The environment variable " + name + " is '" + *value + "'; it must be a whole number from " +
                            std::to_string(least) + " to " + std::to_string(most) + ".",
                        "torchrun, srun and mpirun set it; unset it to train with one process.");
        }
        return number;
    }

    /// What must be there, since 'because' is.
    Result<int> needed(const std::string& name, int least, int most, const std::string& because) const
    {
        const auto found = number(name, least, most);
        if (!found) {
            return tl::unexpected(found.error());
        }
        if (!*found) {
            return fail(ErrorCode::Usage,
                        "The environment variable " + name + " is missing, and " + because + " is set.",
                        "Start the processes by torchrun, srun or mpirun, or unset " + because + ".");
        }
        return **found;
    }

private:
    const EnvironmentReader& m_read;
};

Error outside(const std::string& rankName, int rank, const std::string& sizeName, int size)
{
    return {ErrorCode::Usage,
            rankName + " is " + std::to_string(rank) + ", but " + sizeName + " is " + std::to_string(size) +
                ": ranks count from 0 to " + std::to_string(size - 1) + ".",
            "Start the processes by torchrun, srun or mpirun."};
}

/// What a launcher told.
struct Told {
    ProcessPlace place;
    bool allOnThisHost = false;
};

/// How many of this host, among which a process has that rank; unknown if it is not told.
Result<int> readLocalSize(const Reader& reader, const Launcher& names, int localRank, int size)
{
    if (names.localSize == nullptr) {
        return unknown;
    }
    const auto told = reader.number(names.localSize, 1, mostProcesses);
    PAPILIO_TRY(told);
    const int localSize = told->value_or(unknown);
    if (localSize > size) {
        return fail(ErrorCode::Usage,
                    std::string(names.localSize) + " is " + std::to_string(localSize) + ", but " + names.size + " is " +
                        std::to_string(size) + ": a host has no more processes than there are.",
                    "Start the processes by torchrun, srun or mpirun.");
    }
    if (localSize != unknown && localRank >= localSize) {
        return tl::unexpected(outside(names.localRank, localRank, names.localSize, localSize));
    }
    return localSize;
}

/// Rank and size of all, and of this host's where they are told.
Result<Told> readPlace(const Reader& reader, const Launcher& names)
{
    ProcessPlace place;
    const auto rank = reader.needed(names.rank, 0, mostProcesses - 1, names.size);
    PAPILIO_TRY(rank);
    const auto size = reader.needed(names.size, 1, mostProcesses, names.rank);
    PAPILIO_TRY(size);
    if (*rank >= *size) {
        return tl::unexpected(outside(names.rank, *rank, names.size, *size));
    }
    const auto localRank = reader.number(names.localRank, 0, mostProcesses - 1);
    PAPILIO_TRY(localRank);
    place.rank = *rank;
    place.size = *size;
    place.localRank = localRank->value_or(unknown);
    const auto localSize = readLocalSize(reader, names, place.localRank, place.size);
    PAPILIO_TRY(localSize);
    return Told{place, *localSize == place.size};
}

/// RANK beside another launcher's number: leftovers of another start would make two processes the same.
Result<> checkAgreement(const Reader& reader, const ProcessPlace& place, const Launcher& other)
{
    const auto rank = reader.number(other.rank, 0, mostProcesses - 1);
    PAPILIO_TRY(rank);
    const auto size = reader.number(other.size, 1, mostProcesses);
    PAPILIO_TRY(size);
    if (*rank && *size && **size == place.size && **rank != place.rank && !reader.has("TORCHELASTIC_RUN_ID")) {
        return fail(ErrorCode::Usage,
                    "RANK is " + std::to_string(place.rank) + ", but " + other.rank + " is " + std::to_string(**rank) +
                        ", both of " + std::to_string(place.size) + " processes.",
                    "Unset RANK and WORLD_SIZE, or set them anew for each process.");
    }
    return {};
}

/// A port of its own for each job, so that two on a host do not meet.
int portOf(const std::string& job)
{
    if (job.empty()) {
        return plainPort;
    }
    std::uint32_t hash = 2166136261U; // FNV-1a
    for (const char c : job) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    }
    return firstPort + static_cast<int>(hash % static_cast<std::uint32_t>(portCount));
}

/// Where MASTER_ADDR and MASTER_PORT say, else as the launcher told.
Result<ProcessPlace> withMeetingPoint(const Reader& reader, ProcessPlace place, const std::string& address,
                                      const std::string& job, bool wanted)
{
    place.address = reader.text("MASTER_ADDR").value_or(address);
    if (place.address.empty()) {
        return fail(ErrorCode::Usage,
                    "The environment variable MASTER_ADDR is missing: it tells on which host rank 0 of " +
                        std::to_string(place.size) + " processes is.",
                    "Set MASTER_ADDR to that host, 127.0.0.1 if all are on one.");
    }
    if (place.localRank == unknown) {
        place.localRank = place.onOneHost() ? place.rank : 0;
    }
    const auto port = reader.number("MASTER_PORT", 1, std::numeric_limits<std::uint16_t>::max());
    PAPILIO_TRY(port);
    if (wanted && !*port) {
        return fail(ErrorCode::Usage,
                    "The environment variable MASTER_PORT is missing: it tells the port at which the " +
                        std::to_string(place.size) + " processes meet.",
                    "Set MASTER_PORT to a free port, e.g. 29500.");
    }
    place.port = port->value_or(portOf(job));
    // torchrun itself listens there then, and speaks the protocol of its own PyTorch.
    if (reader.text("TORCHELASTIC_USE_AGENT_STORE") == "True") {
        place.port += place.port == std::numeric_limits<std::uint16_t>::max() ? -1 : 1;
    }
    return place;
}

/// srun tells the step's size; a batch script without srun has a rank too, but is alone.
std::optional<Launcher> slurmNames(const Reader& reader)
{
    const bool started = reader.has("SLURM_STEP_ID") || reader.has("SLURM_STEPID") || !reader.has("SLURM_JOB_ID");
    if (!reader.has("SLURM_PROCID") || !started) {
        return std::nullopt;
    }
    const char* size = reader.has("SLURM_STEP_NUM_TASKS") ? "SLURM_STEP_NUM_TASKS" : "SLURM_NTASKS";
    return Launcher{"SLURM_PROCID", size, "SLURM_LOCALID", nullptr}; // how many of a host, only the job tells, no step
}

std::string slurmAddress(const Reader& reader)
{
    const std::string nodes = reader.text("SLURM_STEP_NUM_NODES").value_or(reader.text("SLURM_NNODES").value_or(""));
    if (nodes == "1") {
        return loopback;
    }
    for (const char* list : {"SLURM_STEP_NODELIST", "SLURM_JOB_NODELIST", "SLURM_NODELIST"}) {
        if (const auto hosts = reader.text(list); hosts && !firstHost(*hosts).empty()) {
            return firstHost(*hosts);
        }
    }
    return reader.text("SLURM_LAUNCH_NODE_IPADDR").value_or("");
}

Result<ProcessPlace> placeBySlurm(const Reader& reader, const Launcher& names)
{
    const auto told = readPlace(reader, names);
    PAPILIO_TRY(told);
    if (told->place.size == 1) {
        return told->place;
    }
    const std::string step = reader.text("SLURM_STEP_ID").value_or(reader.text("SLURM_STEPID").value_or(""));
    const auto job = reader.text("SLURM_JOB_ID");
    return withMeetingPoint(reader, told->place, slurmAddress(reader), job ? *job + "." + step : "", false);
}

Result<ProcessPlace> placeByMpi(const Reader& reader, const Launcher& names)
{
    const auto told = readPlace(reader, names);
    PAPILIO_TRY(told);
    if (told->place.size == 1) {
        return told->place;
    }
    std::string job;
    for (const char* name : {"PMIX_NAMESPACE", "OMPI_MCA_ess_base_jobid", "SLURM_JOB_ID", "PBS_JOBID", "LSB_JOBID"}) {
        job = job.empty() ? reader.text(name).value_or("") : job;
    }
    return withMeetingPoint(reader, told->place, told->allOnThisHost ? loopback : "", job, false);
}

Result<ProcessPlace> placeByTorchrun(const Reader& reader)
{
    const auto told = readPlace(reader, torchrun);
    PAPILIO_TRY(told);
    PAPILIO_TRY(checkAgreement(reader, told->place, openMpi));
    if (const auto slurm = slurmNames(reader)) {
        PAPILIO_TRY(checkAgreement(reader, told->place, *slurm));
    }
    return told->place.size == 1 ? told->place : withMeetingPoint(reader, told->place, "", "", true);
}

} // namespace

std::optional<std::string> readEnvironment(const std::string& name)
{
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::string firstHost(const std::string& list)
{
    const std::size_t end = list.find_first_of("[,");
    const std::string name = list.substr(0, end);
    if (end == std::string::npos || list[end] == ',') {
        return name;
    }
    const std::size_t close = list.find(']', end);
    if (close == std::string::npos) {
        return {};
    }
    const std::string number = list.substr(end + 1, list.find_first_of("-,]", end) - end - 1);
    const std::string rest = list.substr(close + 1, list.find(',', close) - close - 1);
    return name + number + rest;
}

Result<std::optional<ProcessPlace>> findPlace(const EnvironmentReader& read)
{
    const Reader reader(read);
    Result<ProcessPlace> place;
    if (reader.has(torchrun.rank) || reader.has(torchrun.size)) {
        place = placeByTorchrun(reader);
    } else if (reader.has(openMpi.rank) || reader.has(openMpi.size)) {
        place = placeByMpi(reader, openMpi);
    } else if (const auto slurm = slurmNames(reader)) {
        place = placeBySlurm(reader, *slurm);
    } else if (reader.has(otherMpi.rank) || reader.has(otherMpi.size)) {
        place = placeByMpi(reader, otherMpi);
    }
    if (!place) {
        return tl::unexpected(place.error());
    }
    return place->size > 1 ? std::optional(*place) : std::nullopt;
}

} // namespace papilio::nn
