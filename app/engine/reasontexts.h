// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace papilio::app
{

/// All reasons that the engine gives for what became of a row, and details that stand in them:
/// backend/data/{rows,labelcells, writer,…}.cpp and backend/chem. %1, %2 … stand for anything; reasons of errors may
/// end with a full stop or not.
std::span<const char* const> rowReasons();
/// What the engine says with the reason of a row at its end.
std::span<const char* const> reasonSentences();

} // namespace papilio::app
