// SPDX-License-Identifier: GPL-3.0-or-later
// Several processes by LibTorch's own distributed engine (c10d). The only file that sees it; differences between its
// versions are settled here.
#include "nn/collective.h"

#if defined(USE_C10D_GLOO) && __has_include(<gloo/algorithm.h>)
#define PAPILIO_HAS_C10D 1
#endif

#ifdef PAPILIO_HAS_C10D
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <type_traits>

#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#ifdef USE_C10D_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#include <torch/version.h>
#endif
#endif

namespace papilio::nn
{

namespace
{

struct SumOverProcesses : torch::autograd::Function<SumOverProcesses> {
    static Tensor forward(torch::autograd::AutogradContext* context, const Tensor& x, TensorProcesses* processes)
    {
        context->saved_data["processes"] = reinterpret_cast<std::int64_t>(processes);
        at::AutoDispatchBelowADInplaceOrView guard;
        Tensor sum = x.clone();
        processes->sumTensor(sum);
        return sum;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   torch::autograd::variable_list gradients)
    {
        auto* processes = reinterpret_cast<TensorProcesses*>(context->saved_data["processes"].toInt());
        at::AutoDispatchBelowADInplaceOrView guard;
        Tensor sum = gradients[0].clone();
        processes->sumTensor(sum);
        return {sum, Tensor()};
    }
};

} // namespace

Tensor sumOverProcesses(const Tensor& x, TensorProcesses& processes)
{
    return SumOverProcesses::apply(x, &processes);
}

#ifdef PAPILIO_HAS_C10D

namespace
{

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds startPatience{3600};
constexpr seconds usualPatience{300};
constexpr std::int64_t bucket = 8 << 20; // floats that travel at a time
constexpr const char* patienceVariable = "PAPILIO_PROCESS_TIMEOUT";

std::string firstLine(const std::exception& exception)
{
    std::string text = exception.what();
    text = text.substr(0, text.find('\n')); // the rest is a stack trace
    const std::size_t place = text.find("] ");  // the file it happened in
    return text.starts_with("[") && place != std::string::npos ? text.substr(place + 2) : text;
}

Error lostError(const std::string& reason)
{
    return {ErrorCode::Io, "Another process of this training is gone, or does not answer: " + reason,
            "The run is kept as it was; start the processes again with 'resume'."};
}

Result<seconds> patience()
{
    const auto text = readEnvironment(patienceVariable);
    if (!text) {
        return usualPatience;
    }
    char* end = nullptr;
    const long value = std::strtol(text->c_str(), &end, 10);
    if (text->empty() || *end != '\0' || value < 1 || value > 86400) {
        return fail(ErrorCode::Usage,
                    std::string("The environment variable ") + patienceVariable + " is '" + *text +
                        "'; it must be a number of seconds from 1 to 86400.");
    }
    return seconds(value);
}

/// Processes joined by Gloo, and by NCCL too where the tensors are on GPUs and the build has it.
class GlooProcesses final : public TensorProcesses
{
public:
    GlooProcesses(const ProcessPlace& place, seconds stepPatience) : m_place(place), m_stepPatience(stepPatience)
    {
        c10d::TCPStoreOptions options;
        options.port = static_cast<std::uint16_t>(place.port);
        options.isServer = place.rank == 0;
        options.numWorkers = static_cast<std::size_t>(place.size);
        options.timeout = std::max(usualPatience, stepPatience);
        m_store = c10::make_intrusive<c10d::TCPStore>(place.address, options);
        m_start = makeGroup("start", std::max(startPatience, stepPatience));
        m_training = makeGroup("training", stepPatience);
    }

    const ProcessPlace& place() const override { return m_place; }
    void setPhase(Phase phase) override { m_phase = phase; }
    bool lost() const override { return m_lost; }

    Result<> sum(std::span<double> values) override
    {
        return guarded<void>([&] {
            std::vector<Tensor> tensors = {view(values.data(), values.size(), at::kDouble)};
            group().allreduce(tensors)->wait();
        });
    }

    Result<> broadcast(std::string& bytes) override
    {
        return guarded<void>([&] {
            std::vector<Tensor> size = {at::full({1}, static_cast<std::int64_t>(bytes.size()), at::kLong)};
            group().broadcast(size)->wait();
            bytes.resize(static_cast<std::size_t>(size[0].item<std::int64_t>()));
            if (!bytes.empty()) {
                std::vector<Tensor> content = {view(bytes.data(), bytes.size(), at::kByte)};
                group().broadcast(content)->wait();
            }
        });
    }

    Result<std::vector<std::string>> exchange(const std::string& bytes) override
    {
        return guarded<std::vector<std::string>>([&] {
            const std::vector<std::int64_t> sizes = sizesOf(bytes);
            std::vector<Tensor> own = {padded(bytes, sizes)};
            std::vector<std::vector<Tensor>> all = {emptyLike(own[0])};
            group().allgather(all, own)->wait();
            return unpadded(all[0], sizes);
        });
    }

    Result<std::vector<std::string>> collect(const std::string& bytes) override
    {
        return guarded<std::vector<std::string>>([&] {
            const std::vector<std::int64_t> sizes = sizesOf(bytes);
            std::vector<Tensor> own = {padded(bytes, sizes)};
            std::vector<std::vector<Tensor>> all;
            if (first()) {
                all.push_back(emptyLike(own[0]));
            }
            group().gather(all, own)->wait();
            return first() ? unpadded(all[0], sizes) : std::vector<std::string>();
        });
    }

    void sumTensor(const Tensor& tensor) override
    {
        const Result<> done = guarded<void>([&] {
            const at::NoGradGuard guard;
#ifdef USE_C10D_NCCL
            if (tensor.is_cuda()) {
                return sumBuckets(nccl(), tensor);
            }
#endif
            if (tensor.is_cpu() && tensor.is_contiguous()) {
                return sumBuckets(group(), tensor);
            }
            const Tensor host = tensor.to(at::kCPU).contiguous();
            sumBuckets(group(), host);
            tensor.copy_(host);
        });
        if (!done) {
            throw ProcessLost(done.error().message);
        }
    }

private:
    c10::intrusive_ptr<c10d::ProcessGroupGloo> makeGroup(const std::string& name, seconds wait)
    {
        auto options = c10d::ProcessGroupGloo::Options::create(milliseconds(wait));
        if (const auto interface = readEnvironment("GLOO_SOCKET_IFNAME"); interface && !interface->empty()) {
            options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForInterface(*interface));
        } else if (m_place.onOneHost()) {
            options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname("127.0.0.1"));
        } else {
            options->devices.push_back(c10d::ProcessGroupGloo::createDefaultDevice());
        }
        auto store = c10::make_intrusive<c10d::PrefixStore>("papilio/" + name, m_store);
        return c10::make_intrusive<c10d::ProcessGroupGloo>(store, m_place.rank, m_place.size, options);
    }

#ifdef USE_C10D_NCCL
    c10d::ProcessGroupNCCL& nccl()
    {
        if (!m_nccl) {
            auto options = c10d::ProcessGroupNCCL::Options::create();
            options->timeout = milliseconds(m_stepPatience);
            auto store = c10::make_intrusive<c10d::PrefixStore>("papilio/nccl", m_store);
            m_nccl = c10::make_intrusive<c10d::ProcessGroupNCCL>(store, m_place.rank, m_place.size, options);
        }
        return *m_nccl;
    }
#endif

    c10d::ProcessGroupGloo& group() { return m_phase == Phase::Start ? *m_start : *m_training; }

    template <typename T, typename Function> Result<T> guarded(Function function)
    {
        if (m_lost) {
            return tl::unexpected(lostError(m_reason));
        }
        try {
            if constexpr (std::is_void_v<T>) {
                function();
                return {};
            } else {
                return function();
            }
        } catch (const std::exception& exception) {
            m_lost = true;
            m_reason = firstLine(exception);
            return tl::unexpected(lostError(m_reason));
        }
    }

    template <typename Number> static Tensor view(Number* values, std::size_t count, at::ScalarType type)
    {
        return at::from_blob(values, {static_cast<std::int64_t>(count)}, at::TensorOptions(type));
    }

    /// All on their way at once, so that a slow piece does not hold up the others.
    template <typename Group> static void sumBuckets(Group& group, const Tensor& tensor)
    {
        const Tensor flat = tensor.view({-1});
        std::vector<std::vector<Tensor>> pieces;
        for (std::int64_t start = 0; start < flat.numel(); start += bucket) {
            pieces.push_back({flat.narrow(0, start, std::min(bucket, flat.numel() - start))});
        }
        std::vector<decltype(group.allreduce(pieces.front()))> work;
        for (std::vector<Tensor>& piece : pieces) {
            work.push_back(group.allreduce(piece));
        }
        for (const auto& one : work) {
            one->wait();
        }
    }

    std::vector<std::int64_t> sizesOf(const std::string& bytes)
    {
        std::vector<Tensor> own = {at::full({1}, static_cast<std::int64_t>(bytes.size()), at::kLong)};
        std::vector<std::vector<Tensor>> all = {emptyLike(own[0])};
        group().allgather(all, own)->wait();
        std::vector<std::int64_t> sizes;
        for (const Tensor& size : all[0]) {
            sizes.push_back(size.item<std::int64_t>());
        }
        return sizes;
    }

    std::vector<Tensor> emptyLike(const Tensor& own) const
    {
        std::vector<Tensor> all;
        for (int rank = 0; rank < m_place.size; ++rank) {
            all.push_back(at::empty_like(own));
        }
        return all;
    }

    /// As long as the longest, and never empty.
    static Tensor padded(const std::string& bytes, const std::vector<std::int64_t>& sizes)
    {
        const Tensor tensor = at::zeros({std::max<std::int64_t>(1, *std::max_element(sizes.begin(), sizes.end()))},
                                        at::TensorOptions(at::kByte));
        std::memcpy(tensor.data_ptr(), bytes.data(), bytes.size());
        return tensor;
    }

    static std::vector<std::string> unpadded(const std::vector<Tensor>& all, const std::vector<std::int64_t>& sizes)
    {
        std::vector<std::string> parts;
        for (std::size_t rank = 0; rank < all.size(); ++rank) {
            parts.emplace_back(static_cast<const char*>(all[rank].data_ptr()), static_cast<std::size_t>(sizes[rank]));
        }
        return parts;
    }

    const ProcessPlace m_place;
    const seconds m_stepPatience;
    c10::intrusive_ptr<c10d::Store> m_store;
    c10::intrusive_ptr<c10d::ProcessGroupGloo> m_start, m_training;
#ifdef USE_C10D_NCCL
    c10::intrusive_ptr<c10d::ProcessGroupNCCL> m_nccl;
#endif
    Phase m_phase = Phase::Start;
    bool m_lost = false;
    std::string m_reason;
};

} // namespace

Result<std::unique_ptr<Processes>> joinProcesses(const ProcessPlace& place)
{
    const auto wait = patience();
    PAPILIO_TRY(wait);
#ifdef USE_C10D_NCCL
    // Else a process that is gone would never be noticed on GPUs: wait() would only queue work there.
    constexpr bool renamed = TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 2);
    ::setenv(renamed ? "TORCH_NCCL_BLOCKING_WAIT" : "NCCL_BLOCKING_WAIT", "1", 0);
#endif
    try {
        return std::make_unique<GlooProcesses>(place, *wait);
    } catch (const std::exception& exception) {
        return fail(ErrorCode::Io,
                    "Process " + std::to_string(place.rank) + " of " + std::to_string(place.size) +
                        " does not find the others at " + place.address + ", port " + std::to_string(place.port) +
                        ": " + firstLine(exception),
                    "Are all processes started? MASTER_ADDR and MASTER_PORT choose host and port; where a host has "
                    "several networks, GLOO_SOCKET_IFNAME chooses one.");
    }
}

#else

Result<std::unique_ptr<Processes>> joinProcesses(const ProcessPlace& place)
{
    return fail(ErrorCode::Unsupported,
                "This build cannot train with " + std::to_string(place.size) +
                    " processes: its LibTorch was built without c10d and Gloo, or their headers were not there.",
                "Start one process without torchrun, srun or mpirun (WORLD_SIZE=1).");
}

#endif

} // namespace papilio::nn
