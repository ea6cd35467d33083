// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"
#include "nn/safetensors.h"
#include "core/zipfile.h"

namespace papilio::nn
{

/// The tensors of a file that torch.save() wrote (PyTorch 1.6 and later): a state dictionary, or one inside a training
/// checkpoint ("state_dict" of Lightning's .ckpt, "model_state_dict", "model"), whose other contents are ignored. All
/// of float16, bfloat16, float32, float64, bool and the integers become float32; views with offsets and strides are
/// followed. Nothing in the file is executed, and a file that names something to run is refused (pickle.h).
///
/// Prefixes that all names share because a trainer wrapped the network are removed: "model.", "module.",
/// "_forward_module.", "_orig_mod.". metadata: "format" = "pytorch", "prefix" = what was removed, "stored_as" = the
/// type of most values ("float16"), "container" = the key that the tensors were under, "ignored" = number of values
/// beside the tensors.
Result<TensorFile> readTorchZip(const std::string& path);
Result<TensorFile> readTorchZip(const ZipFile& zip);
/// For a checkpoint inside another file, such as a wheel; 'where' names it in messages.
Result<TensorFile> parseTorchZip(std::string bytes, const std::string& where);

/// What a file of weights is by its first bytes, whatever it is called.
enum class WeightFormat { Safetensors, TorchZip, LegacyTorch, Unknown };
WeightFormat weightFormat(std::string_view firstBytes); ///< 16 bytes decide
/// Reads either format; the others are refused with a hint.
Result<TensorFile> readWeights(const std::string& path);

} // namespace papilio::nn
