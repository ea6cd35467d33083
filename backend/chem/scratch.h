// SPDX-License-Identifier: GPL-3.0-or-later
// Private to chem.
#pragma once

#include <cstddef>
#include <memory_resource>

namespace papilio::chem
{

/// Memory for the many small vectors of one computation over one molecule: a piece on the stack while it suffices, given
/// back as a whole. Asking for each of them by itself takes a third of such a computation's time.
class Scratch
{
public:
    Scratch() : m_memory(m_piece, sizeof m_piece) {}
    std::pmr::memory_resource* memory() { return &m_memory; }

private:
    alignas(std::max_align_t) std::byte m_piece[8192];
    std::pmr::monotonic_buffer_resource m_memory;
};

} // namespace papilio::chem
