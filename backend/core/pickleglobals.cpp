// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pickleglobals.h"

#include <algorithm>
#include <array>
#include <set>

namespace papilio
{

namespace
{

/// Exact names, "module name".
bool isKnown(std::string_view full)
{
    static const std::set<std::string_view> known = {
        "collections OrderedDict",
        "torch._utils _rebuild_tensor",
        "torch._utils _rebuild_tensor_v2",
        "torch._utils _rebuild_parameter",
        "torch._utils _rebuild_parameter_with_state",
        "torch._tensor _rebuild_from_type_v2",
        "torch Tensor",
        "torch.nn.parameter Parameter",
        "torch FloatStorage",
        "torch HalfStorage",
        "torch BFloat16Storage",
        "torch DoubleStorage",
        "torch LongStorage",
        "torch IntStorage",
        "torch ShortStorage",
        "torch CharStorage",
        "torch ByteStorage",
        "torch BoolStorage",
    };
    return known.contains(full);
}

/// Exact names that occur beside the weights.
bool isHarmless(std::string_view full)
{
    static const std::set<std::string_view> harmless = {
        "argparse Namespace",
        "builtins bool",
        "builtins bytearray",
        "builtins complex",
        "builtins dict",
        "builtins float",
        "builtins frozenset",
        "builtins int",
        "builtins list",
        "builtins object",
        "builtins range",
        "builtins set",
        "builtins slice",
        "builtins str",
        "builtins tuple",
        "__builtin__ bytearray",
        "__builtin__ complex",
        "__builtin__ dict",
        "__builtin__ frozenset",
        "__builtin__ list",
        "__builtin__ object",
        "__builtin__ set",
        "__builtin__ unicode",
        "_codecs encode",
        "collections Counter",
        "collections defaultdict",
        "collections deque",
        "copy_reg _reconstructor",
        "copyreg _reconstructor",
        "datetime date",
        "datetime datetime",
        "datetime timedelta",
        "functools partial",
        "numpy dtype",
        "numpy ndarray",
        "numpy bool_",
        "numpy float16",
        "numpy float32",
        "numpy float64",
        "numpy int32",
        "numpy int64",
        "numpy.core.multiarray _reconstruct",
        "numpy.core.multiarray scalar",
        "numpy._core.multiarray _reconstruct",
        "numpy._core.multiarray scalar",
        "pathlib Path",
        "pathlib PosixPath",
        "pathlib PurePosixPath",
        "pathlib PurePath",
        "pathlib WindowsPath",
        "pathlib._local PosixPath",
        "torch Size",
        "torch device",
        "torch float16",
        "torch float32",
        "torch float64",
        "torch bfloat16",
        "torch int64",
        "torch int32",
        "torch bool",
        "torch half",
        "torch float",
        "torch.serialization _get_layout",
    };
    return harmless.contains(full);
}

/// Packages whose classes describe models, optimisers, metrics and settings.
bool isHarmlessPackage(std::string_view module)
{
    static constexpr std::array packages = {
        std::string_view("graphium"),
        std::string_view("goli"),
        std::string_view("mup"),
        std::string_view("omegaconf"),
        std::string_view("torchmetrics"),
        std::string_view("lightning"),
        std::string_view("lightning_fabric"),
        std::string_view("lightning_utilities"),
        std::string_view("pytorch_lightning"),
        std::string_view("torch.nn"),
        std::string_view("torch.optim"),
        std::string_view("torch_geometric.nn"),
    };
    return std::any_of(packages.begin(), packages.end(), [&](std::string_view package) {
        return module == package || (module.starts_with(package) && module[package.size()] == '.');
    });
}

} // namespace

GlobalUse globalUse(std::string_view module, std::string_view name)
{
    // A dotted name walks through attributes: "graphium.x os.system" would be os.system.
    constexpr std::size_t longest = 200;
    if (name.empty() || name.find('.') != name.npos || name.size() > longest || module.size() > longest) {
        return GlobalUse::Refused;
    }
    std::string full(module);
    full += ' ';
    full += name;
    if (isKnown(full)) {
        return GlobalUse::Known;
    }
    return isHarmless(full) || isHarmlessPackage(module) ? GlobalUse::Harmless : GlobalUse::Refused;
}

std::string globalForMessage(std::string_view module, std::string_view name)
{
    std::string text;
    for (const std::string_view part : {module, std::string_view("."), name}) {
        for (const char c : part.substr(0, 100)) {
            const auto byte = static_cast<unsigned char>(c);
            text += byte < 0x20 || byte >= 0x7f ? '?' : c;
        }
    }
    return text;
}

} // namespace papilio
