// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/reasontexts.h"

#include <QtGlobal>

namespace papilio::app
{

namespace
{

constexpr const char* reasons[] = {
    // what a table is like
    QT_TRANSLATE_NOOP("engine", "the row is longer than 16 MiB"),
    QT_TRANSLATE_NOOP("engine", "the record is longer than 16 MiB"),
    QT_TRANSLATE_NOOP("engine", "the record is empty"),
    QT_TRANSLATE_NOOP("engine", "there are zero bytes in this row"),
    QT_TRANSLATE_NOOP("engine", "the file ends within this record"),
    QT_TRANSLATE_NOOP("engine", "the file ends within this row: %1 cell, the header has %2"),
    QT_TRANSLATE_NOOP("engine", "the file ends within this row: %1 cells, the header has %2"),
    QT_TRANSLATE_NOOP("engine", "%1 cell, the header has %2"),
    QT_TRANSLATE_NOOP("engine", "%1 cells, the header has %2"),
    QT_TRANSLATE_NOOP("engine", "the missing ones are taken as empty"),
    QT_TRANSLATE_NOOP("engine", "the empty ones at the end are left out"),
    QT_TRANSLATE_NOOP("engine", "a quote is opened and not closed"),
    QT_TRANSLATE_NOOP("engine", "a quote is closed in a later line only; with that there would be %1 cell, the header "
                                "has %2"),
    QT_TRANSLATE_NOOP("engine", "a quote is closed in a later line only; with that there would be %1 cells, the "
                                "header has %2"),
    QT_TRANSLATE_NOOP("engine", "%1: a row that describes the columns, no molecule"),
    QT_TRANSLATE_NOOP("engine", "left out as asked: %1 is empty"),
    QT_TRANSLATE_NOOP("engine", "left out as asked: %1 is %2"),
    QT_TRANSLATE_NOOP("engine", "and %1 more"),
    // labels
    QT_TRANSLATE_NOOP("engine", "%1: '%2' is none of the classes, not used"),
    QT_TRANSLATE_NOOP("engine", "%1: '%2' is neither 0 nor 1, not used"),
    QT_TRANSLATE_NOOP("engine", "%1: '%2' is no number, not used"),
    QT_TRANSLATE_NOOP("engine", "%1: '%2' is no list of numbers, not used"),
    QT_TRANSLATE_NOOP("engine", "%1: '%2' is not in %3, not used"),
    QT_TRANSLATE_NOOP("engine", "%1: '%2' has no unit, not in %3: not used"),
    QT_TRANSLATE_NOOP("engine", "%1: '%2' is in %3, the others have none: not used"),
    QT_TRANSLATE_NOOP("engine", "%1: '%2' is in %3, not in %4: not used"),
    QT_TRANSLATE_NOOP("engine", "%1: '%2' is a bound, no number: left out"),
    QT_TRANSLATE_NOOP("engine", "%1: '%2' is a bound, no number"),
    QT_TRANSLATE_NOOP("engine", "%1: '%2' read as %3"),
    QT_TRANSLATE_NOOP("engine", "%1: %2 values for %3 heavy atoms, not used"),
    QT_TRANSLATE_NOOP("engine", "%1: %2 values for %3 directed bonds, not used"),
    QT_TRANSLATE_NOOP("engine", "%1: %2 values for %3 pairs of atoms, not used"),
    QT_TRANSLATE_NOOP("engine", "%1: %2 pair differs by direction, the mean is taken"),
    QT_TRANSLATE_NOOP("engine", "%1: %2 pairs differ by direction, the mean is taken"),
    QT_TRANSLATE_NOOP("engine", "%1: the structure that tells the order cannot be read, not used"),
    QT_TRANSLATE_NOOP("engine", "%1: the structure that tells the order is another molecule, not used"),
    // rows of one molecule
    QT_TRANSLATE_NOOP("engine", "same molecule as row %1"),
    QT_TRANSLATE_NOOP("engine", "same molecule as row %1, %2 label added"),
    QT_TRANSLATE_NOOP("engine", "same molecule as row %1, %2 label added, %3 label differs (%4)"),
    QT_TRANSLATE_NOOP("engine", "same molecule as row %1, %2 label added, %3 labels differ (%4)"),
    QT_TRANSLATE_NOOP("engine", "same molecule as row %1, %2 labels added"),
    QT_TRANSLATE_NOOP("engine", "same molecule as row %1, %2 labels added, %3 label differs (%4)"),
    QT_TRANSLATE_NOOP("engine", "same molecule as row %1, %2 labels added, %3 labels differ (%4)"),
    QT_TRANSLATE_NOOP("engine", "same molecule as row %1, %2 label differs (%3)"),
    QT_TRANSLATE_NOOP("engine", "same molecule as row %1, %2 labels differ (%3)"),
    QT_TRANSLATE_NOOP("engine", "the earlier value stays"),
    QT_TRANSLATE_NOOP("engine", "each row keeps its own"),
    QT_TRANSLATE_NOOP("engine", "combined by mean"),
    QT_TRANSLATE_NOOP("engine", "combined by median"),
    QT_TRANSLATE_NOOP("engine", "combined by majority"),
    QT_TRANSLATE_NOOP("engine", "dropped"),
    // standardisation
    QT_TRANSLATE_NOOP("engine", "stripped %1"),
    QT_TRANSLATE_NOOP("engine", "stripped %1 and %2 more"),
    QT_TRANSLATE_NOOP("engine", "charges neutralised"),
    QT_TRANSLATE_NOOP("engine", "canonical tautomer taken"),
    QT_TRANSLATE_NOOP("engine", "stereochemistry dropped"),
    QT_TRANSLATE_NOOP("engine", "tautomer kept: more than %1 heavy atoms"),
    QT_TRANSLATE_NOOP("engine", "not done, for it would give %1, which cannot be read: %2"),
    QT_TRANSLATE_NOOP("engine", "stripping salts"),
    QT_TRANSLATE_NOOP("engine", "neutralising"),
    QT_TRANSLATE_NOOP("engine", "taking the canonical tautomer"),
    QT_TRANSLATE_NOOP("engine", "dropping stereochemistry"),
    QT_TRANSLATE_NOOP("engine", "standardised to %1, which cannot be read: %2"),
    QT_TRANSLATE_NOOP("engine", "standardised to %1, whose atoms cannot be followed"),
    QT_TRANSLATE_NOOP("engine", "the structure cannot be standardised: %1"),
    // structures
    QT_TRANSLATE_NOOP("engine", "there is no structure in this row"),
    QT_TRANSLATE_NOOP("engine", "a SMILES of %1 characters; at most %2 are read"),
    QT_TRANSLATE_NOOP("engine", "%1 heavy atoms; molecules of at most %2 are read"),
    QT_TRANSLATE_NOOP("engine", "the structure has no atoms"),
    QT_TRANSLATE_NOOP("engine", "the structure cannot be computed: %1"),
    QT_TRANSLATE_NOOP("engine", "atom-map numbers removed"),
    QT_TRANSLATE_NOOP("engine", "text behind the SMILES ignored"),
    QT_TRANSLATE_NOOP("engine", "the molecule has no atoms."),
    QT_TRANSLATE_NOOP("engine", "the molecule has %1 atoms; at most %2 heavy atoms are read."),
    QT_TRANSLATE_NOOP("engine", "the molecule has %1 atoms without an element (*) in rings beside aromatic ones; at "
                                "most %2 are read."),
    QT_TRANSLATE_NOOP("engine", "the SMILES is empty."),
    QT_TRANSLATE_NOOP("engine", "the SMILES has %1 characters; at most %2 are read."),
    QT_TRANSLATE_NOOP("engine", "the SMILES has %1 ring-bond digits for %2 atoms; that is no molecule."),
    QT_TRANSLATE_NOOP("engine", "the CXSMILES part between the bars | | cannot be read."),
    QT_TRANSLATE_NOOP("engine", "atom %1 is a list or a query, not one element (atoms counted from %2)."),
    QT_TRANSLATE_NOOP("engine", "bond %1 is a query, not one kind of bond (bonds counted from %2)."),
    QT_TRANSLATE_NOOP("engine", "the InChI cannot be read: %1."),
    QT_TRANSLATE_NOOP("engine", "it is none"),
    QT_TRANSLATE_NOOP("engine", "the mol block cannot be read."),
    QT_TRANSLATE_NOOP("engine", "the mol block cannot be read: %1."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES that RDKit can read."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES that RDKit can read: %1."),
    QT_TRANSLATE_NOOP("engine", "RDKit cannot read the SMILES: %1."),
    QT_TRANSLATE_NOOP("engine", "RDKit refuses the molecule: %1."),
    QT_TRANSLATE_NOOP("engine", "no reason given"),
    QT_TRANSLATE_NOOP("engine", "atom %1, %2: valence %3 is greater than permitted (atoms counted from %4)."),
    QT_TRANSLATE_NOOP("engine", "atom %1, %2: marked as aromatic outside a ring (atoms counted from %3)."),
    QT_TRANSLATE_NOOP("engine", "aromatic atoms %1 cannot be given alternating single and double bonds (atoms counted "
                                "from %2)."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: character %1 is no printable ASCII character."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: character %1 (%2) is no atom that may stand without brackets."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: the bracket opened at character %1 is never closed."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: %1 at character %2 names no element."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: %1 at character %2: there is no element %3."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: character %1 (%2) cannot stand in the brackets of %3."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: character %1 (%2) belongs to a reaction, but one molecule is expected."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: character %1 (%2) is a second bond symbol in a row."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: character %1 (%2) has no atom before it."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: the branch opened at character %1 has no atom before it."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: character %1 (%2) stands before a branch; its place is inside."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: the branch at character %1 is empty."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: character %1 (%2) closes a branch that was never opened."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: character %1 (%2) leads to no atom."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: character %1 (%2) begins a ring bond with an unfinished number."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: character %1 (%2) needs two digits behind it."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: character %1 (%2) opens a ring bond without an atom before it."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: ring bond %1 at character %2 bonds an atom to itself."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: the branch opened at character %1 is never closed."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: ring bond %1, opened at character %2, is never closed."),
    QT_TRANSLATE_NOOP("engine", "not a SMILES: %1 at character %2 has more than two %3."),
};

constexpr const char* sentences[] = {
    QT_TRANSLATE_NOOP("engine", "%1 of %2 rows (below %3 %) were rejected. The first one is row %4: %5"),
    QT_TRANSLATE_NOOP("engine", "%1 of %2 rows (%3 %) were rejected. The first one is row %4: %5"),
    QT_TRANSLATE_NOOP("engine", "%1 of %2 rows (%3 %) were rejected. Check that the right column was read. The first "
                                "one is row %4: %5"),
    QT_TRANSLATE_NOOP("engine", "%1 of %2 rows asked for (below %3 %) were rejected. The first one is row %4: %5"),
    QT_TRANSLATE_NOOP("engine", "%1 of %2 rows asked for (%3 %) were rejected. The first one is row %4: %5"),
    QT_TRANSLATE_NOOP("engine", "%1 of %2 rows asked for (%3 %) were rejected. Check that the right column was read. "
                                "The first one is row %4: %5"),
    QT_TRANSLATE_NOOP("engine", "The only row of %1 was rejected. Row %2: %3."),
    QT_TRANSLATE_NOOP("engine", "The only row of %1 that was asked for was rejected. Row %2: %3."),
    QT_TRANSLATE_NOOP("engine", "All %1 rows of %2 were rejected. Row %3: %4."),
    QT_TRANSLATE_NOOP("engine", "All %1 rows of %2 that were asked for were rejected. Row %3: %4."),
};

} // namespace

std::span<const char* const> rowReasons()
{
    return reasons;
}

std::span<const char* const> reasonSentences()
{
    return sentences;
}

} // namespace papilio::app
