// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/error.h"

namespace papilio::nn
{

/// Where a process stands among those that a launcher (torchrun, srun, mpirun) started together.
struct ProcessPlace {
    int rank = 0, size = 1;           ///< of all; rank 0 keeps the run
    int localRank = 0;                ///< among those of this host, as far as the launcher tells
    std::string address;              ///< host of rank 0
    int port = 0;                     ///< where rank 0 listens while the processes find each other

    bool onOneHost() const { return address == "127.0.0.1" || address == "localhost" || address == "::1"; }
};

using EnvironmentReader = std::function<std::optional<std::string>(const std::string& name)>;
/// Of this process.
std::optional<std::string> readEnvironment(const std::string& name);

/// The place that the launcher's variables tell; nothing if this process is the only one. Looked at in this order: RANK
/// and WORLD_SIZE (torchrun), OMPI_COMM_WORLD_RANK … (Open MPI), SLURM_PROCID … (srun), PMI_RANK … (other MPIs).
/// MASTER_ADDR and MASTER_PORT go before what a launcher tells of hosts. Variables that are incomplete, malformed or
/// contradict each other are errors that name them.
Result<std::optional<ProcessPlace>> findPlace(const EnvironmentReader& read = readEnvironment);

/// "node03" of "node[03-05,9],big1".
std::string firstHost(const std::string& list);

} // namespace papilio::nn
