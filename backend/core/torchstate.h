// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "core/error.h"
#include "core/pickle.h"
#include "core/rawvalues.h"

namespace papilio
{

/// A tensor as a PyTorch pickle describes it: a view of a storage, which is a file of its own in the ZIP file.
struct TorchTensor {
    std::string storage; ///< the name of the storage's file
    std::uint64_t storageValues = 0;
    RawType type = RawType::Float32;
    StridedView view;
    std::uint64_t count = 0; ///< number of values
};

struct TorchState {
    std::map<std::string, TorchTensor> tensors; ///< every view lies within its storage
    std::string container;                      ///< key that they were under; empty: none
    std::size_t ignored = 0;                    ///< values beside the tensors, of the file and of the dictionary
};

/// Finds the state dictionary in a pickle and checks every number of it.
Result<TorchState> torchState(const PickleDocument& pickle, const std::string& where);

} // namespace papilio
