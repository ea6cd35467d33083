// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a blob of a project (FORMAT.md): what can be read must come back the same when written and read again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/encodings.h"
#include "core/features.h"
#include "core/molgraph.h"
#include "store/bytes.h"
#include "store/labels.h"
#include "store/sourcepack.h"

using namespace papilio;

namespace
{

template <typename Record> void comesBack(std::string_view bytes)
{
    const auto record = Record::fromBytes(bytes);
    if (!record) {
        return;
    }
    const std::string again = record->toBytes();
    const auto second = Record::fromBytes(again);
    if (!second || second->toBytes() != again) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    switch (data[0] % 8) {
    case 0:
        comesBack<MolGraph>(bytes);
        break;
    case 1:
        comesBack<Encodings>(bytes);
        break;
    case 2:
        comesBack<store::LabelSet>(bytes);
        break;
    case 3:
        comesBack<MoleculeInputs>(bytes);
        break;
    case 4:
        static_cast<void>(store::unpackSourceRows(bytes));
        break;
    case 5:
        static_cast<void>(store::atomOrderFromBytes(bytes));
        break;
    case 6:
        static_cast<void>(store::idsFromBytes(bytes));
        break;
    default:
        static_cast<void>(store::floatsFromBytes(bytes));
        break;
    }
    return 0;
}
