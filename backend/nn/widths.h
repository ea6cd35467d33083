// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "nn/architecture.h"

namespace papilio::nn
{

/// Widths of one layer: of atoms (or rows of an MLP), and of bonds where there are any.
struct LayerWidths {
    int in = 0, out = 0;
    int inEdges = 0, outEdges = 0;
};

/// Widths of what enters the layers after the first, from the layers' outputs: concat and densenet residuals make it
/// wider.
std::vector<int> joinedWidths(Residual residual, int skip, const std::vector<int>& outputs);

/// An MLP's layers; 'in' is what one member of an ensemble sees.
std::vector<LayerWidths> mlpWidths(const MlpSpec& spec, int in);
/// Columns that a member of an ensemble sees.
int memberInputs(const MlpSpec& spec, int in);

std::vector<LayerWidths> gnnWidths(const Architecture& architecture);
/// Of atoms and bonds as they enter the first graph layer; bonds 0 where layers do not look at them.
int gnnInputWidth(const Architecture& architecture);
int gnnEdgeInputWidth(const Architecture& architecture);

/// Of what the output network of a level reads, and of what its heads read.
int levelInputWidth(const Architecture& architecture, Level level);
int headInputWidth(const Architecture& architecture, Level level);

/// Columns of the encodings of an encoder, all together; 0 where the feature set lacks one.
int encoderInputWidth(const Architecture& architecture, const EncoderSpec& encoder);
/// Eigenvectors that a Laplacian or sign-invariant encoder reads.
int eigenvectorCount(const Architecture& architecture, const EncoderSpec& encoder);
/// Whether an encoder's output stands in front of the bond features: all its inputs are of bonds, or it is a Bessel
/// one.
bool writesEdges(const EncoderSpec& encoder);
/// Whether its inputs are of pairs of atoms: then it writes into the attention bias alone.
bool readsPairs(const EncoderSpec& encoder);

} // namespace papilio::nn
