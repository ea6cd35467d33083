// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <stdexcept>

#include <ATen/native/CPUFallback.h>
#include <ATen/ops/_reshape_alias_native.h>
#include <ATen/ops/as_strided_native.h>
#include <ATen/ops/view_native.h>
#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/library.h>

#include "nn/torchheaders.h"

/// A device of LibTorch's that is the computer's memory under another name, to walk the ways of a GPU without one. As on
/// a GPU, no operation takes tensors of both; and it counts what the program waits for. One source of a program includes
/// it.
namespace papilio::nn::test::pretend
{

inline const at::Device device(at::kPrivateUse1, 0);
inline std::atomic<int> reads = 0;  ///< copies to the computer's memory, and single numbers
inline std::atomic<int> writes = 0; ///< copies from there
inline thread_local bool inside = false; ///< the copies are the pretence's own

/// Of one size and type, without content.
inline Tensor make(at::IntArrayRef sizes, at::IntArrayRef strides, at::ScalarType type)
{
    std::int64_t last = 0;
    bool none = false;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        none = none || sizes[i] == 0;
        last += (sizes[i] - 1) * strides[i];
    }
    const std::size_t bytes = none ? 0 : static_cast<std::size_t>(last + 1) * at::elementSize(type);
    at::DataPtr memory = c10::GetCPUAllocator()->allocate(bytes);
    const auto deleter = memory.get_deleter();
    void* start = memory.get();
    at::DataPtr own(start, memory.release_context(), deleter, device);
    c10::Storage storage(c10::Storage::use_byte_size_t(), bytes, std::move(own), nullptr, false);
    Tensor tensor = at::detail::make_tensor<c10::TensorImpl>(
        std::move(storage), c10::DispatchKeySet(c10::DispatchKey::PrivateUse1), c10::scalarTypeToTypeMeta(type));
    tensor.unsafeGetTensorImpl()->set_sizes_and_strides(sizes, strides);
    return tensor;
}

/// The same memory under its own name.
inline Tensor host(const Tensor& tensor)
{
    return tensor.is_cpu() ? tensor
                           : at::from_blob(tensor.data_ptr(), tensor.sizes(), tensor.strides(), tensor.scalar_type());
}

inline Tensor emptyStrided(at::IntArrayRef sizes, at::IntArrayRef strides, c10::optional<at::ScalarType> type,
                           c10::optional<at::Layout>, c10::optional<at::Device>, c10::optional<bool>)
{
    return make(sizes, strides, type.value_or(at::kFloat));
}

inline Tensor empty(at::IntArrayRef sizes, c10::optional<at::ScalarType> type, c10::optional<at::Layout>,
                    c10::optional<at::Device>, c10::optional<bool>, c10::optional<at::MemoryFormat>)
{
    std::vector<std::int64_t> strides(sizes.size(), 1);
    for (std::size_t i = sizes.size(); i-- > 1;) {
        strides[i - 1] = strides[i] * std::max<std::int64_t>(1, sizes[i]);
    }
    return make(sizes, strides, type.value_or(at::kFloat));
}

inline Tensor copyFrom(const Tensor& from, const Tensor& to, bool)
{
    if (!inside && to.is_cpu()) {
        ++reads;
    } else if (!inside && from.is_cpu()) {
        ++writes;
    }
    const at::AutoDispatchBelowADInplaceOrView guard;
    host(to).copy_(host(from));
    return to;
}

inline Tensor copyAndResize(const Tensor& from, const Tensor& to)
{
    if (from.sizes() != to.sizes()) {
        const Tensor fresh = empty(from.sizes(), to.scalar_type(), {}, {}, {}, {});
        to.unsafeGetTensorImpl()->set_storage_keep_dtype(fresh.storage());
        to.unsafeGetTensorImpl()->set_sizes_and_strides(fresh.sizes(), fresh.strides());
    }
    return copyFrom(from, to, false);
}

inline at::Scalar one(const Tensor& tensor)
{
    ++reads;
    return host(tensor).item();
}

inline void refuse(const c10::OperatorHandle& operation, const Tensor& tensor)
{
    if (tensor.defined() && tensor.is_cpu() && tensor.dim() > 0) {
        throw std::runtime_error("tensors of two devices meet in " + operation.schema().name());
    }
}

inline void anywhere(const c10::OperatorHandle& operation, torch::jit::Stack* stack)
{
    const auto count = operation.schema().arguments().size();
    for (const c10::IValue& value : torch::jit::last(*stack, count)) {
        if (value.isTensor()) {
            refuse(operation, value.toTensor());
        } else if (value.isTensorList()) {
            for (const Tensor& tensor : value.toTensorVector()) {
                refuse(operation, tensor);
            }
        }
    }
    const bool before = inside;
    inside = true;
    at::native::cpu_fallback(operation, stack);
    inside = before;
}

TORCH_LIBRARY_IMPL(_, PrivateUse1, m)
{
    m.fallback(torch::CppFunction::makeFromBoxedFunction<&anywhere>());
}

TORCH_LIBRARY_IMPL(aten, PrivateUse1, m)
{
    m.impl("empty.memory_format", &empty);
    m.impl("empty_strided", &emptyStrided);
    m.impl("as_strided", &at::native::as_strided_tensorimpl);
    m.impl("view", static_cast<Tensor (*)(const Tensor&, at::IntArrayRef)>(&at::native::view));
    m.impl("_reshape_alias", &at::native::_reshape_alias);
    m.impl("_copy_from", &copyFrom);
    m.impl("_copy_from_and_resize", &copyAndResize);
    m.impl("_local_scalar_dense", &one);
}

C10_REGISTER_GUARD_IMPL(PrivateUse1, c10::impl::NoOpDeviceGuardImpl<c10::DeviceType::PrivateUse1>)

} // namespace papilio::nn::test::pretend
