// SPDX-License-Identifier: GPL-3.0-or-later
// Never compiled: only lupdate reads this file. It names what the engine says, for app/engine/enginetext.cpp: numbers and
// names in quotes are %1, %2 … in their order, unless the whole text is always the same.
#include <QtGlobal>

const char* const stageTexts[] = {
    QT_TRANSLATE_NOOP("engine", "epoch %1 of %2"),
    QT_TRANSLATE_NOOP("engine", "reading molecules"),
    QT_TRANSLATE_NOOP("engine", "reading labels"),
    QT_TRANSLATE_NOOP("engine", "reading inputs"),
    QT_TRANSLATE_NOOP("engine", "reading the model"),
    QT_TRANSLATE_NOOP("engine", "computing fingerprints"),
    QT_TRANSLATE_NOOP("engine", "comparing fingerprints"),
    QT_TRANSLATE_NOOP("engine", "comparing without stereo"),
    QT_TRANSLATE_NOOP("engine", "comparing tasks"),
    QT_TRANSLATE_NOOP("engine", "comparing tasks and drawing the coverage"),
    QT_TRANSLATE_NOOP("engine", "drawing the coverage"),
    QT_TRANSLATE_NOOP("engine", "finding scaffolds"),
    QT_TRANSLATE_NOOP("engine", "clustering"),
    QT_TRANSLATE_NOOP("engine", "indexing molecules"),
    QT_TRANSLATE_NOOP("engine", "searching a substructure"),
    QT_TRANSLATE_NOOP("engine", "predicting"),
    QT_TRANSLATE_NOOP("engine", "predicting reference molecules"),
    QT_TRANSLATE_NOOP("engine", "importing %1"),
    QT_TRANSLATE_NOOP("engine", "looking at %1"),
};

const char* const noteTexts[] = {
    QT_TRANSLATE_NOOP("engine", "No names are indexed: no dataset of this project has a column of names "
                                "or ids, or it was imported by an older version. Importing it again "
                                "indexes them."),
    QT_TRANSLATE_NOOP("engine", "task %1 has one value only in the training part"),
    QT_TRANSLATE_NOOP("engine", "task %1 has no label in the training part"),
};

const char* const splitTexts[] = {
    QT_TRANSLATE_NOOP("engine", "%1 molecules are in different parts for different datasets; test goes "
                                "before validation before training, so that none is on two sides."),
    QT_TRANSLATE_NOOP("engine", "%1 molecules with labels are in no part of split %2 and take no part."),
    QT_TRANSLATE_NOOP("engine", "Dataset %1: %2 rows of the split were rejected at import."),
    QT_TRANSLATE_NOOP("engine", "Dataset %1: %2 rows are in another part than an earlier row of the same "
                                "molecule, which decides."),
};

const char* const columnTexts[] = {
    QT_TRANSLATE_NOOP("engine", "numbers in %1 rows"),
    QT_TRANSLATE_NOOP("engine", "numbers in %1 row"),
    QT_TRANSLATE_NOOP("engine", "only %1 and %2 in %3 rows"),
    QT_TRANSLATE_NOOP("engine", "only %1 and %2 in %3 row"),
    QT_TRANSLATE_NOOP("engine", "only true and false in %1 rows"),
    QT_TRANSLATE_NOOP("engine", "lists, one value an atom in %1 rows"),
    QT_TRANSLATE_NOOP("engine", "lists, values of the bonds in %1 rows"),
    QT_TRANSLATE_NOOP("engine", "lists, values of pairs of atoms in %1 rows"),
    QT_TRANSLATE_NOOP("engine", "numbers with a decimal comma (%1), which are not read unless you say so"),
    QT_TRANSLATE_NOOP("engine", "text (%1)"),
    QT_TRANSLATE_NOOP("engine", "an identifier by its name"),
    QT_TRANSLATE_NOOP("engine", "whole numbers without a column name"),
    QT_TRANSLATE_NOOP("engine", "counts the rows"),
    QT_TRANSLATE_NOOP("engine", "whole numbers that only grow"),
    QT_TRANSLATE_NOOP("engine", "says which part of a split a row is in"),
    QT_TRANSLATE_NOOP("engine", "a year by its name"),
    QT_TRANSLATE_NOOP("engine", "said by you"),
    QT_TRANSLATE_NOOP("engine", "matches none of the label patterns"),
    QT_TRANSLATE_NOOP("engine", "the mol blocks, not used"),
    QT_TRANSLATE_NOOP("engine", "numbers the results"),
    QT_TRANSLATE_NOOP("engine", "the same in all rows asked for"),
    QT_TRANSLATE_NOOP("engine", "empty in %1 rows"),
    QT_TRANSLATE_NOOP("engine", "lists that have neither one value an atom, nor one a bond, nor one a pair of atoms"),
    QT_TRANSLATE_NOOP("engine", "name contains %1, %2 of the first %3 cells are molecules"),
    QT_TRANSLATE_NOOP("engine", "called %1, %2 of the first %3 cells are molecules"),
    QT_TRANSLATE_NOOP("engine", "%1 of the first %2 cells are molecules"),
};

const char* const groupTexts[] = {
    QT_TRANSLATE_NOOP("engine", "Training"),
    QT_TRANSLATE_NOOP("engine", "Optimiser"),
    QT_TRANSLATE_NOOP("engine", "Stopping and checkpoints"),
    QT_TRANSLATE_NOOP("engine", "Data"),
    QT_TRANSLATE_NOOP("engine", "Machine"),
    QT_TRANSLATE_NOOP("engine", "Learning rate"),
    QT_TRANSLATE_NOOP("engine", "Network"),
    QT_TRANSLATE_NOOP("engine", "Network: inputs"),
    QT_TRANSLATE_NOOP("engine", "Network: encoders"),
    QT_TRANSLATE_NOOP("engine", "Network: pre_node"),
    QT_TRANSLATE_NOOP("engine", "Network: pre_edge"),
    QT_TRANSLATE_NOOP("engine", "Network: gnn"),
    QT_TRANSLATE_NOOP("engine", "Network: outputs"),
    QT_TRANSLATE_NOOP("engine", "Network: heads"),
    QT_TRANSLATE_NOOP("engine", "Network: quirks"),
};

const char* const meaningTexts[] = {
    QT_TRANSLATE_NOOP("engine", "Molecules of a batch."),
    QT_TRANSLATE_NOOP("engine", "Batches whose gradients are added up to one step, as if they were one batch."),
    QT_TRANSLATE_NOOP("engine", "Full learning rate; the schedule scales it."),
    QT_TRANSLATE_NOOP("engine", "Epochs in which the rate rises; then it falls in a straight line. "
                                "(Other schedules: schedule.warmup.)"),
    QT_TRANSLATE_NOOP("engine", "Rate of the last epoch; not above learning_rate. (Other schedules: "
                                "schedule.min_learning_rate.)"),
    QT_TRANSLATE_NOOP("engine", "adamw: weight decay beside Adam's step instead of in the gradient."),
    QT_TRANSLATE_NOOP("engine", "Pull of the weights towards 0."),
    QT_TRANSLATE_NOOP("engine", "Decay of Adam's mean gradient."),
    QT_TRANSLATE_NOOP("engine", "Decay of Adam's mean squared gradient."),
    QT_TRANSLATE_NOOP("engine", "Added to the root of Adam's mean squared gradient."),
    QT_TRANSLATE_NOOP("engine", "Largest norm of a step's gradient; 0 = no clipping."),
    QT_TRANSLATE_NOOP("engine", "Decay a step of the average of the weights, which then is measured and "
                                "kept; 0 = no average."),
    QT_TRANSLATE_NOOP("engine", "The number that tells the best epoch: val/loss, val/HEAD/METRIC or "
                                "val/DATASET:TASK/METRIC."),
    QT_TRANSLATE_NOOP("engine", "Epochs to wait for a better watched number before the run ends; 0 = for ever."),
    QT_TRANSLATE_NOOP("engine", "By how much it must be better to count for 'patience'."),
    QT_TRANSLATE_NOOP("engine", "Checkpoints of the best epochs that are kept."),
    QT_TRANSLATE_NOOP("engine", "A checkpoint at least this often; 0 = after every step."),
    QT_TRANSLATE_NOOP("engine", "Of regression labels: mean 0 and deviation 1 (normal), smallest 0 and "
                                "largest 1 (unit), or none."),
    QT_TRANSLATE_NOOP("engine", "Widths are scaled until the parameters are within 1 % of it; 0 = as they are."),
    QT_TRANSLATE_NOOP("engine", "What matrix products are computed in, where the device can."),
    QT_TRANSLATE_NOOP("engine", "Threads; 0 = all cores. With 1 a run repeats bit by bit."),
    QT_TRANSLATE_NOOP("engine", "cpu, cuda or cuda:N."),
    QT_TRANSLATE_NOOP("engine", "How the learning rate goes."),
    QT_TRANSLATE_NOOP("engine", "What times are counted in, and when the rate changes."),
    QT_TRANSLATE_NOOP("engine", "Name of the preset."),
    QT_TRANSLATE_NOOP("engine", "Name for people."),
    QT_TRANSLATE_NOOP("engine", "What it is and what it is good for."),
    QT_TRANSLATE_NOOP("engine", "Name of the feature set."),
    QT_TRANSLATE_NOOP("engine", "Atom properties as one-hot columns."),
    QT_TRANSLATE_NOOP("engine", "Atom properties as numbers."),
    QT_TRANSLATE_NOOP("engine", "Bond properties."),
    QT_TRANSLATE_NOOP("engine", "Encodings of positions and structure."),
    QT_TRANSLATE_NOOP("engine", "What is computed."),
    QT_TRANSLATE_NOOP("engine", "Where it enters: at atoms, bonds or pairs of atoms."),
    QT_TRANSLATE_NOOP("engine", "Eigenvectors, or steps of a random walk."),
    QT_TRANSLATE_NOOP("engine", "Laplacian: none (D−A), sym (D^−½(D−A)D^−½) or inv (D⁻¹(D−A))."),
    QT_TRANSLATE_NOOP("engine", "Each connected part has its own decomposition."),
    QT_TRANSLATE_NOOP("engine", "Vectors as the published library's general solver gives them; for "
                                "models trained with it."),
    QT_TRANSLATE_NOOP("engine", "Walks: scaled by k^(space_dim/2) at step k."),
    QT_TRANSLATE_NOOP("engine", "Width of what stands in front of the atom features."),
    QT_TRANSLATE_NOOP("engine", "Width in front of the bond features; 0 = none."),
    QT_TRANSLATE_NOOP("engine", "How the encoders' outputs are joined: sum, mean or max."),
    QT_TRANSLATE_NOOP("engine", "Norm of the joined encoders."),
    QT_TRANSLATE_NOOP("engine", "The encoders of positions and structure."),
    QT_TRANSLATE_NOOP("engine", "Training flips signs of Laplacian vectors, per molecule and column."),
    QT_TRANSLATE_NOOP("engine", "Output width."),
    QT_TRANSLATE_NOOP("engine", "Width of the hidden layers; one number, or one a layer."),
    QT_TRANSLATE_NOOP("engine", "Number of linear layers."),
    QT_TRANSLATE_NOOP("engine", "Activation of the hidden layers."),
    QT_TRANSLATE_NOOP("engine", "Activation of the last layer."),
    QT_TRANSLATE_NOOP("engine", "Dropout of the hidden layers."),
    QT_TRANSLATE_NOOP("engine", "Dropout of the last layer."),
    QT_TRANSLATE_NOOP("engine", "Norm of the hidden layers."),
    QT_TRANSLATE_NOOP("engine", "Norm of the last layer."),
    QT_TRANSLATE_NOOP("engine", "Norm of the input."),
    QT_TRANSLATE_NOOP("engine", "How a layer's output is joined with what came before."),
    QT_TRANSLATE_NOOP("engine", "Layers from one residual to the next."),
    QT_TRANSLATE_NOOP("engine", "Networks side by side, joined at the end; 0 = a single one."),
    QT_TRANSLATE_NOOP("engine", "How the ensemble's outputs are joined."),
    QT_TRANSLATE_NOOP("engine", "Share of the input columns that a member of the ensemble sees."),
    QT_TRANSLATE_NOOP("engine", "Kind of graph layer."),
    QT_TRANSLATE_NOOP("engine", "Number of layers."),
    QT_TRANSLATE_NOOP("engine", "Width of atoms behind all layers but the last; one number, or one a layer."),
    QT_TRANSLATE_NOOP("engine", "Width of atoms behind the last layer."),
    QT_TRANSLATE_NOOP("engine", "Width of bonds behind layers that change them; 0 = as before."),
    QT_TRANSLATE_NOOP("engine", "The same behind the last layer; 0 = hidden_edges."),
    QT_TRANSLATE_NOOP("engine", "Activation of all layers but the last."),
    QT_TRANSLATE_NOOP("engine", "Dropout of all layers but the last."),
    QT_TRANSLATE_NOOP("engine", "Norm of all layers but the last."),
    QT_TRANSLATE_NOOP("engine", "Norm of atoms and bonds before the first layer."),
    QT_TRANSLATE_NOOP("engine", "DropPath of the last layer; it grows with depth from 0."),
    QT_TRANSLATE_NOOP("engine", "A node joined to all atoms, and how it pools them."),
    QT_TRANSLATE_NOOP("engine", "The virtual node pools bonds too, and adds to them."),
    QT_TRANSLATE_NOOP("engine", "The virtual node keeps its own state from layer to layer."),
    QT_TRANSLATE_NOOP("engine", "How messages are joined; all are put side by side."),
    QT_TRANSLATE_NOOP("engine", "How each is scaled by the number of neighbours."),
    QT_TRANSLATE_NOOP("engine", "Layers on a message."),
    QT_TRANSLATE_NOOP("engine", "Layers behind."),
    QT_TRANSLATE_NOOP("engine", "Activation of the last layer of both."),
    QT_TRANSLATE_NOOP("engine", "δ: mean of log(degree + 1) over the training molecules."),
    QT_TRANSLATE_NOOP("engine", "Mean degree over the training molecules."),
    QT_TRANSLATE_NOOP("engine", "Messages see the bond."),
    QT_TRANSLATE_NOOP("engine", "A bond reads both ends; otherwise its sender alone."),
    QT_TRANSLATE_NOOP("engine", "An atom gathers over bonds in both directions; otherwise over incoming ones."),
    QT_TRANSLATE_NOOP("engine", "Ends and directions are added instead of put side by side."),
    QT_TRANSLATE_NOOP("engine", "Layers of the network on atoms."),
    QT_TRANSLATE_NOOP("engine", "Layers of the network on bonds."),
    QT_TRANSLATE_NOOP("engine", "Hidden widths, times the input width."),
    QT_TRANSLATE_NOOP("engine", "How bonds are joined at an atom; all are put side by side."),
    QT_TRANSLATE_NOOP("engine", "Dropout behind the network on bonds."),
    QT_TRANSLATE_NOOP("engine", "Bond features enter and are changed; otherwise atoms gather their neighbours alone."),
    QT_TRANSLATE_NOOP("engine", "The local layer, or none."),
    QT_TRANSLATE_NOOP("engine", "Activation of the local layer's own ending."),
    QT_TRANSLATE_NOOP("engine", "Norm of the local layer's own ending."),
    QT_TRANSLATE_NOOP("engine", "Dropout of the local layer's own ending."),
    QT_TRANSLATE_NOOP("engine", "The local layer's output is added to its input."),
    QT_TRANSLATE_NOOP("engine", "The local layer's output is divided by it."),
    QT_TRANSLATE_NOOP("engine", "Attention over all atoms of the molecule, or none."),
    QT_TRANSLATE_NOOP("engine", "Attention heads."),
    QT_TRANSLATE_NOOP("engine", "Dropout of the attention weights."),
    QT_TRANSLATE_NOOP("engine", "Add the attention bias of the encoders."),
    QT_TRANSLATE_NOOP("engine", "Hidden width of the MLP behind, times the input width."),
    QT_TRANSLATE_NOOP("engine", "DropPath of the attention."),
    QT_TRANSLATE_NOOP("engine", "DropPath of the MLP behind."),
    QT_TRANSLATE_NOOP("engine", "Atoms → molecule; several stand side by side."),
    QT_TRANSLATE_NOOP("engine", "Kind of loss."),
    QT_TRANSLATE_NOOP("engine", "Weight against the other heads."),
    QT_TRANSLATE_NOOP("engine", "Mean over tasks of the mean over molecules; otherwise one pool of labels."),
    QT_TRANSLATE_NOOP("engine", "Huber: where the square turns into a line."),
    QT_TRANSLATE_NOOP("engine", "Hybrid: share of the cross-entropy; the rest is regression."),
    QT_TRANSLATE_NOOP("engine", "Hybrid: absolute instead of squared error."),
    QT_TRANSLATE_NOOP("engine", "Weights of the classes; empty = all 1."),
    QT_TRANSLATE_NOOP("engine", "Weights of the tasks; empty = all 1."),
    QT_TRANSLATE_NOOP("engine", "Heads of single datasets; the first that matches counts."),
    QT_TRANSLATE_NOOP("engine", "How the heads' losses are weighed against each other."),
    QT_TRANSLATE_NOOP("engine", "muP: widths of the base network are these divided by it; 1 = off."),
    QT_TRANSLATE_NOOP("engine", "Training flips signs of eigenvalues, one a column for the whole batch, "
                                "instead of eigenvectors."),
    QT_TRANSLATE_NOOP("engine", "Laplacian transformer: 1/√d outside training, 1/d in training."),
    QT_TRANSLATE_NOOP("engine", "Weighted residual: a second pass has one residual left, later passes none."),
    QT_TRANSLATE_NOOP("engine", "DropPath outside training too."),
    QT_TRANSLATE_NOOP("engine", "GPS ends in relu whatever the activation is."),
    QT_TRANSLATE_NOOP("engine", "GPS attention: x + norm(x + a) instead of norm(x + a)."),
    QT_TRANSLATE_NOOP("engine", "Part of the parameters' names."),
    QT_TRANSLATE_NOOP("engine", "Kind of encoder."),
    QT_TRANSLATE_NOOP("engine", "Keys of the encodings it reads."),
    QT_TRANSLATE_NOOP("engine", "Output width: encoders.out, or encoders.out_edges for bonds."),
    QT_TRANSLATE_NOOP("engine", "Width of its hidden layers."),
    QT_TRANSLATE_NOOP("engine", "Number of its layers."),
    QT_TRANSLATE_NOOP("engine", "Dropout."),
    QT_TRANSLATE_NOOP("engine", "Activation."),
    QT_TRANSLATE_NOOP("engine", "Norm after each layer."),
    QT_TRANSLATE_NOOP("engine", "How eigenvectors are joined: deepset, transformer or mlp."),
    QT_TRANSLATE_NOOP("engine", "Layers behind the sum over eigenvectors."),
    QT_TRANSLATE_NOOP("engine", "Attention heads of the transformer."),
    QT_TRANSLATE_NOOP("engine", "Hidden width of the transformer's MLP."),
    QT_TRANSLATE_NOOP("engine", "Attention heads that get a bias from it; 0 = no bias."),
    QT_TRANSLATE_NOOP("engine", "Number of Gaussians."),
    QT_TRANSLATE_NOOP("engine", "Number of radial basis functions."),
    QT_TRANSLATE_NOOP("engine", "Largest distance in Å."),
    QT_TRANSLATE_NOOP("engine", "Exponent of the smooth cut-off."),
    QT_TRANSLATE_NOOP("engine", "Times that the training molecules are seen."),
    QT_TRANSLATE_NOOP("engine", "Parts for training, validation and test: random:0.8/0.1/0.1, scaffold, "
                                "balanced-scaffold, cluster, column:NAME, file:PATH, stored:NUMBER; with "
                                "per-dataset and test_seen behind a comma."),
    QT_TRANSLATE_NOOP("engine", "Of weights, split, order of molecules, sampling and dropout."),
    QT_TRANSLATE_NOOP("engine", "Which datasets: a pattern with * and ?, upper or lower case."),
    QT_TRANSLATE_NOOP("engine", "What differs for their heads: keys of heads.mlp, and \"loss\"."),
};

const char* const presetTitles[] = {
    QT_TRANSLATE_NOOP("engine", "GINE, small"),
    QT_TRANSLATE_NOOP("engine", "GPS, small"),
    QT_TRANSLATE_NOOP("engine", "MPNN++, small"),
    QT_TRANSLATE_NOOP("engine", "GCN, ToyMix, baseline of the paper"),
    QT_TRANSLATE_NOOP("engine", "GIN, ToyMix, baseline of the paper"),
    QT_TRANSLATE_NOOP("engine", "GINE, ToyMix, baseline of the paper"),
    QT_TRANSLATE_NOOP("engine", "GCN, LargeMix, baseline of the paper"),
    QT_TRANSLATE_NOOP("engine", "GIN, LargeMix, baseline of the paper"),
    QT_TRANSLATE_NOOP("engine", "GINE, LargeMix, baseline of the paper"),
    QT_TRANSLATE_NOOP("engine", "GINE, LargeMix, 10 million"),
    QT_TRANSLATE_NOOP("engine", "GatedGCN, LargeMix, 10 million"),
    QT_TRANSLATE_NOOP("engine", "MPNN++, LargeMix, 10 million"),
    QT_TRANSLATE_NOOP("engine", "GCN, ToyMix, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "GIN, ToyMix, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "GINE, ToyMix, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "GatedGCN, ToyMix, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "MPNN++, ToyMix, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "GCN, ToyMix, baseline of the paper, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "GIN, ToyMix, baseline of the paper, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "GINE, ToyMix, baseline of the paper, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "GCN, LargeMix, baseline of the paper, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "GIN, LargeMix, baseline of the paper, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "GINE, LargeMix, baseline of the paper, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "GCN, LargeMix, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "GIN, LargeMix, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "GINE, LargeMix, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "GINE, LargeMix, 10 million, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "GatedGCN, LargeMix, 10 million, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "MPNN++, LargeMix, 10 million, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "GCN, UltraLarge, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "GIN, UltraLarge, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "GINE, UltraLarge, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "GPS++, PCQM4Mv2, with the published library's faults"),
    QT_TRANSLATE_NOOP("engine", "MiniMol, with the published library's faults"),
};

const char* const presetTexts[] = {
    QT_TRANSLATE_NOOP("engine", "A good start for data of one's own, up to some ten thousand molecules: "
                                "GINE with a virtual node that carries news through the whole molecule."),
    QT_TRANSLATE_NOOP("engine", "GINE beside attention over all atoms of a molecule: for properties that "
                                "depend on atoms far apart. Slower than GINE."),
    QT_TRANSLATE_NOOP("engine", "Networks on bonds and atoms take turns. Made for labels of bonds, and "
                                "strong elsewhere; slower than GINE."),
    QT_TRANSLATE_NOOP("engine", "Graph convolution: each atom takes the sum of its neighbours. The "
                                "smallest and quickest; bond types are not seen."),
    QT_TRANSLATE_NOOP("engine", "Graph isomorphism network: a two-layer network on each atom and the sum "
                                "of its neighbours. Bond types are not seen."),
    QT_TRANSLATE_NOOP("engine", "Graph isomorphism network with edges: like GIN, and every neighbour "
                                "comes through its bond."),
    QT_TRANSLATE_NOOP("engine", "Gated graph convolution: bonds decide how much of a neighbour an atom "
                                "takes, and learn too. About 155,000 parameters with the ToyMix tasks, "
                                "as in the published comparison at equal size."),
    QT_TRANSLATE_NOOP("engine", "Message passing of GPS++: networks on bonds and on atoms take turns. "
                                "About 155,000 parameters with the ToyMix tasks, as in the published "
                                "comparison at equal size."),
    QT_TRANSLATE_NOOP("engine", "The network behind the ToyMix results of the paper (arXiv 2310.04292): "
                                "graph convolution, 128 wide."),
    QT_TRANSLATE_NOOP("engine", "The network behind the ToyMix results of the paper (arXiv 2310.04292): "
                                "graph isomorphism network, 96 wide."),
    QT_TRANSLATE_NOOP("engine", "The network behind the ToyMix results of the paper (arXiv 2310.04292): "
                                "graph isomorphism network with edges, 96 wide."),
    QT_TRANSLATE_NOOP("engine", "The network behind the LargeMix results of the paper (arXiv "
                                "2310.04292): graph convolution, 768 wide."),
    QT_TRANSLATE_NOOP("engine", "The network behind the LargeMix results of the paper (arXiv "
                                "2310.04292): graph isomorphism network, 768 wide."),
    QT_TRANSLATE_NOOP("engine", "The network behind the LargeMix results of the paper (arXiv "
                                "2310.04292): graph isomorphism network with edges, 704 wide."),
    QT_TRANSLATE_NOOP("engine", "Graph convolution, 768 wide, with two-layer networks behind it: the "
                                "later settings of the published library."),
    QT_TRANSLATE_NOOP("engine", "Graph isomorphism network, 768 wide, with two-layer networks behind it: "
                                "the later settings of the published library."),
    QT_TRANSLATE_NOOP("engine", "Graph isomorphism network with edges, 512 wide, with two-layer networks "
                                "behind it: the later settings of the published library."),
    QT_TRANSLATE_NOOP("engine", "Graph isomorphism network with edges. About 10 million parameters with "
                                "the LargeMix tasks, as in the published comparison at equal size."),
    QT_TRANSLATE_NOOP("engine", "Gated graph convolution. About 10 million parameters with the LargeMix "
                                "tasks, as in the published comparison at equal size."),
    QT_TRANSLATE_NOOP("engine", "Message passing of GPS++. About 10 million parameters with the LargeMix "
                                "tasks, as in the published comparison at equal size."),
    QT_TRANSLATE_NOOP("engine", "The network behind the UltraLarge results of the paper (arXiv "
                                "2310.04292): graph convolution, 768 wide."),
    QT_TRANSLATE_NOOP("engine", "The network behind the UltraLarge results of the paper (arXiv "
                                "2310.04292): graph isomorphism network, 768 wide."),
    QT_TRANSLATE_NOOP("engine", "The network behind the UltraLarge results of the paper (arXiv "
                                "2310.04292): graph isomorphism network with edges, 768 wide."),
    QT_TRANSLATE_NOOP("engine", "Message passing beside attention over all atoms, which 3D distances "
                                "bias (arXiv 2212.02229). Needs embedded conformers; large and slow."),
    QT_TRANSLATE_NOOP("engine", "The architecture of the published foundation model MiniMol (arXiv "
                                "2404.14986), untrained: 16 layers of GINE with a virtual node."),
};
