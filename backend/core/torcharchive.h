// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/error.h"
#include "core/pickle.h"
#include "core/torchstate.h"
#include "core/zipfile.h"

namespace papilio
{

/// The ZIP file that torch.save() writes (PyTorch 1.6 and later): a pickle, and beside it the storages of the tensors.
/// Nothing in it is executed.
class TorchArchive
{
public:
    /// Refuses ZIP files that are something else (a TorchScript program, a wheel), and big-endian ones.
    static Result<TorchArchive> open(const ZipFile& zip);

    Result<PickleDocument> pickle(const PickleLimits& limits = {}) const;
    /// The bytes of a tensor's whole storage. 'name' tells the tensor in messages.
    Result<std::string> storageOf(const std::string& name, const TorchTensor& tensor) const;

private:
    TorchArchive(const ZipFile& zip, std::string root) : m_zip(&zip), m_root(std::move(root)) {}

    const ZipFile* m_zip; ///< the caller's
    std::string m_root;   ///< folder that everything is in, with its '/'
};

} // namespace papilio
