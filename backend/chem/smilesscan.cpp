// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/smilessyntax.h"

namespace papilio::chem
{

namespace
{

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isLetter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// Text between the brackets of "[H]", "[2H]", "[H+]", "[H:3]", "[#1]": a hydrogen, not Hf, Ho, Hg or Hs.
bool isHydrogen(std::string_view inside)
{
    std::size_t i = 0;
    while (i < inside.size() && isDigit(inside[i])) {
        ++i;
    }
    if (inside.substr(i).starts_with("#1")) {
        return i + 2 == inside.size() || !isDigit(inside[i + 2]);
    }
    return i < inside.size() && inside[i] == 'H' &&
           (i + 1 == inside.size() || !(inside[i + 1] >= 'a' && inside[i + 1] <= 'z'));
}

/// The number behind the last ':' of a bracket; −1 if there is none.
int mapNumber(std::string_view inside)
{
    const std::size_t colon = inside.rfind(':');
    if (colon == std::string_view::npos || colon + 1 == inside.size() || inside.size() - colon > 9) {
        return -1;
    }
    int number = 0;
    for (std::size_t i = colon + 1; i < inside.size(); ++i) {
        if (!isDigit(inside[i])) {
            return -1;
        }
        number = number * 10 + (inside[i] - '0');
    }
    return number;
}

} // namespace

SmilesScan scanSmiles(std::string_view smiles)
{
    SmilesScan scan;
    // Map numbers are rare: they are gathered only from the first one on.
    const auto addAtom = [&scan](bool hydrogen, int map) {
        if (map >= 0 && scan.mapNumbers.empty()) {
            scan.mapNumbers.assign(scan.heavyAtoms + scan.hydrogens, -1);
        }
        if (map >= 0 || !scan.mapNumbers.empty()) {
            scan.mapNumbers.push_back(map);
        }
        ++(hydrogen ? scan.hydrogens : scan.heavyAtoms);
    };
    for (std::size_t i = 0; i < smiles.size(); ++i) {
        const char c = smiles[i];
        if (c <= ' ' || c > '~') {
            scan.badCharacter = i;
            return scan;
        }
        if (c == '[') {
            std::size_t end = i + 1;
            while (end < smiles.size() && smiles[end] != ']' && smiles[end] > ' ' && smiles[end] <= '~') {
                ++end;
            }
            const std::string_view inside = smiles.substr(i + 1, end - i - 1);
            addAtom(isHydrogen(inside), mapNumber(inside));
            if (end < smiles.size() && smiles[end] != ']') {
                scan.badCharacter = end;
                return scan;
            }
            i = end;
        } else if (c == '*' || (isLetter(c) && c != 'l' && c != 'r')) {
            addAtom(false, -1); // 'l' and 'r' end Cl and Br
        } else if (isDigit(c)) {
            ++scan.ringDigits;
        }
    }
    return scan;
}

} // namespace papilio::chem
