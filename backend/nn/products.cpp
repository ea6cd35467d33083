// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/products.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <ctime>
#include <memory>
#include <mutex>

#include <ATen/record_function.h>

#include "nn/devices.h"
#include "nn/passes.h"
#include "nn/precision.h"
#include "nn/torchheaders.h"
#include "nn/torchmodel.h"
#include "nn/workers.h"

namespace papilio::nn
{

/// A name of its own: unity builds put several files' helpers side by side.
namespace products
{

namespace
{

/// Where the products of a step are written down; null = nobody asks. Those of the backward pass may come from a thread
/// of LibTorch's.
std::mutex writing;
std::vector<MatrixProduct>* written = nullptr;

bool turned(const Tensor& matrix)
{
    const std::int64_t last = matrix.dim() - 1;
    return matrix.size(last) > 1 && matrix.stride(last) != 1 && matrix.stride(last - 1) == 1;
}

std::unique_ptr<at::ObserverContext> writeDown(const at::RecordFunction& function)
{
    const char* name = function.name();
    const bool product = std::strcmp(name, "aten::mm") == 0 || std::strcmp(name, "aten::bmm") == 0;
    const bool sum = std::strcmp(name, "aten::addmm") == 0 || std::strcmp(name, "aten::baddbmm") == 0;
    const std::size_t at = sum ? 1 : 0;
    const auto inputs = function.inputs();
    const std::lock_guard lock(writing);
    if (written == nullptr || (!product && !sum) || inputs.size() < at + 2) {
        return nullptr;
    }
    const Tensor a = inputs[at].toTensor();
    const Tensor b = inputs[at + 1].toTensor();
    const std::int64_t last = a.dim() - 1;
    written->push_back({last == 2 ? a.size(0) : 1, a.size(last - 1), a.size(last), b.size(last), turned(a), turned(b)});
    return nullptr;
}

/// Writes down the products that are computed while it lives.
class Listener
{
public:
    explicit Listener(std::vector<MatrixProduct>& list)
        : m_handle(at::addGlobalCallback(at::RecordFunctionCallback(writeDown).needsInputs(true)))
    {
        const std::lock_guard lock(writing);
        written = &list;
    }
    ~Listener()
    {
        at::removeCallback(m_handle);
        const std::lock_guard lock(writing);
        written = nullptr;
    }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

private:
    at::CallbackHandle m_handle;
};

/// Operands and results of one thread; products of one size after the other share the memory.
class Operands
{
public:
    explicit Operands(std::span<const MatrixProduct> list, const at::TensorOptions& options) : m_list(list)
    {
        std::int64_t first = 1;
        std::int64_t second = 1;
        std::int64_t result = 1;
        for (const MatrixProduct& p : list) {
            first = std::max(first, p.stack * p.rows * p.inner);
            second = std::max(second, p.stack * p.inner * p.columns);
            result = std::max(result, p.stack * p.rows * p.columns);
        }
        m_first = at::full({first}, 0.5F, options);
        m_second = at::full({second}, 0.5F, options);
        m_result = at::empty({result}, options);
    }

    /// The whole list, to its end.
    void compute() const
    {
        for (const MatrixProduct& p : m_list) {
            const Tensor a = matrix(m_first, p.stack, p.rows, p.inner, p.firstTurned);
            const Tensor b = matrix(m_second, p.stack, p.inner, p.columns, p.secondTurned);
            Tensor c = matrix(m_result, p.stack, p.rows, p.columns, false);
            if (p.stack == 1) {
                at::mm_out(c, a, b);
            } else {
                at::bmm_out(c, a, b);
            }
        }
        m_result.select(0, 0).item(); // a device has its numbers only then
    }

private:
    static Tensor matrix(const Tensor& memory, std::int64_t stack, std::int64_t rows, std::int64_t columns, bool turn)
    {
        const Tensor part = memory.narrow(0, 0, stack * rows * columns);
        if (stack == 1) {
            return turn ? part.view({columns, rows}).t() : part.view({rows, columns});
        }
        return turn ? part.view({stack, columns, rows}).transpose(1, 2) : part.view({stack, rows, columns});
    }

    std::span<const MatrixProduct> m_list;
    Tensor m_first, m_second, m_result;
};

ProductTime timed(std::span<const MatrixProduct> list, const at::TensorOptions& options, int threads, double seconds)
{
    using Clock = std::chrono::steady_clock;
    Workers workers(threads);
    std::vector<std::unique_ptr<Operands>> operands(static_cast<std::size_t>(threads));
    const auto forEach = [&](const std::function<void(const Operands&)>& task) {
        workers.run(operands.size(), [&](std::size_t i) {
            keepTorchSingleThreaded();
            const at::NoGradGuard guard;
            if (!operands[i]) {
                operands[i] = std::make_unique<Operands>(list, options);
            }
            task(*operands[i]);
        });
    };
    forEach([](const Operands& own) { own.compute(); }); // the first touch of the memory, and of a device, does not count
    std::atomic<std::int64_t> lists{0};
    const Clock::time_point start = Clock::now();
    const std::clock_t ticks = std::clock();
    const auto since = [start] { return std::chrono::duration<double>(Clock::now() - start).count(); };
    forEach([&](const Operands& own) {
        do {
            own.compute();
            ++lists;
        } while (since() < seconds);
    });
    const auto count = static_cast<double>(lists.load());
    return {since() / count, static_cast<double>(std::clock() - ticks) / CLOCKS_PER_SEC / count};
}

} // namespace

} // namespace products

Result<std::vector<MatrixProduct>> productsOfStep(const ModelSpec& spec, const Batch& batch, const ModelOptions& options)
{
    auto model = createPlainTorchModel(spec, options);
    if (!model) {
        return tl::unexpected<Error>(model.error());
    }
    std::vector<MatrixProduct> list;
    const products::Listener listener(list);
    const auto step = (*model)->trainStep(batch, StepSettings());
    if (!step) {
        return tl::unexpected<Error>(step.error());
    }
    return list;
}

Result<ProductTime> timeProducts(std::span<const MatrixProduct> products, const ModelOptions& options, double seconds)
{
    if (products.empty()) {
        return fail(ErrorCode::Internal, "There are no matrix products to time.");
    }
    const auto device = deviceOf(options.device);
    PAPILIO_TRY(device);
    PAPILIO_TRY(checkPrecision(options.precision, *device));
    const at::ScalarType type = options.precision == Precision::BFloat16  ? at::kBFloat16
                                : options.precision == Precision::Float16 ? at::kHalf
                                                                          : at::kFloat;
    try {
        return papilio::nn::products::timed(products, at::TensorOptions(type).device(*device),
                                            threadsOn(*device, options.threads), seconds);
    } catch (const std::exception& exception) {
        return fail(ErrorCode::Internal, std::string("LibTorch: ") + exception.what());
    }
}

} // namespace papilio::nn
