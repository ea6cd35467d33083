// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/elements.h"

#include <algorithm>
#include <array>
#include <limits>

namespace papilio
{

namespace
{

constexpr double none = std::numeric_limits<double>::quiet_NaN();
using P = Phase;
using T = ElementType;

// Symbol, group, period, phase, type, metal | electronegativity, ionization, melting point |
// radii for single, double and triple bonds | van der Waals and covalent radius.
constexpr std::array<Element, elementCount> elements = {{
    {"H", 1, 1, P::Gas, T::Nonmetal, 0, 2.2, 13.5984, 14.175, 0.32, none, none, 1.2, 0.23},
    {"He", 18, 1, P::Gas, T::NobleGas, 0, none, 24.5874, none, 0.46, none, none, 1.4, 0.93},
    {"Li", 1, 2, P::Solid, T::Alkali, 2, 0.98, 5.3917, 453.85, 1.33, 1.24, none, 2.2, 0.68},
    {"Be", 2, 2, P::Solid, T::AlkalineEarth, 2, 1.57, 9.3227, 1560.15, 1.02, 0.9, 0.85, 1.9, 0.35},
    {"B", 13, 2, P::Solid, T::Metalloid, 1, 2.04, 8.298, 2573.15, 0.85, 0.78, 0.73, 1.8, 0.83},
    {"C", 14, 2, P::Solid, T::Nonmetal, 0, 2.55, 11.2603, 3948.15, 0.75, 0.67, 0.6, 1.7, 0.68},
    {"N", 15, 2, P::Gas, T::Nonmetal, 0, 3.04, 14.5341, 63.29, 0.71, 0.6, 0.54, 1.6, 0.68},
    {"O", 16, 2, P::Gas, T::Nonmetal, 0, 3.44, 13.6181, 50.5, 0.63, 0.57, 0.53, 1.55, 0.68},
    {"F", 17, 2, P::Gas, T::Halogen, 0, 3.98, 17.4228, 53.63, 0.64, 0.59, 0.53, 1.5, 0.64},
    {"Ne", 18, 2, P::Gas, T::NobleGas, 0, none, 21.5645, 24.703, 0.67, 0.96, none, 1.54, 1.12},
    {"Na", 1, 3, P::Solid, T::Alkali, 2, 0.93, 5.1391, 371.15, 1.55, 1.6, none, 2.4, 0.97},
    {"Mg", 2, 3, P::Solid, T::AlkalineEarth, 2, 1.31, 7.6462, 923.15, 1.39, 1.32, 1.27, 2.2, 1.1},
    {"Al", 13, 3, P::Solid, T::PostTransition, 2, 1.61, 5.9858, 933.4, 1.26, 1.13, 1.11, 2.1, 1.35},
    {"Si", 14, 3, P::Solid, T::Metalloid, 1, 1.9, 8.1517, 1683.15, 1.16, 1.07, 1.02, 2.1, 1.2},
    {"P", 15, 3, P::Solid, T::Nonmetal, 0, 2.19, 10.4867, 317.25, 1.11, 1.02, 0.94, 1.95, 0.75},
    {"S", 16, 3, P::Solid, T::Nonmetal, 0, 2.58, 10.36, 388.51, 1.03, 0.94, 0.95, 1.8, 1.02},
    {"Cl", 17, 3, P::Gas, T::Halogen, 0, 3.16, 12.9676, 172.31, 0.99, 0.95, 0.93, 1.8, 0.99},
    {"Ar", 18, 3, P::Gas, T::NobleGas, 0, none, 15.7596, 83.96, 0.96, 1.07, 0.96, 1.88, 1.57},
    {"K", 1, 4, P::Solid, T::Alkali, 2, 0.82, 4.3407, 336.5, 1.96, 1.93, none, 2.8, 1.33},
    {"Ca", 2, 4, P::Solid, T::AlkalineEarth, 2, 1.0, 6.1132, 1112.15, 1.71, 1.47, 1.33, 2.4, 0.99},
    {"Sc", 3, 4, P::Solid, T::Transition, 2, 1.36, 6.5615, 1812.15, 1.48, 1.16, 1.14, 2.3, 1.44},
    {"Ti", 4, 4, P::Solid, T::Transition, 2, 1.54, 6.8281, 1933.15, 1.36, 1.17, 1.08, 2.15, 1.47},
    {"V", 5, 4, P::Solid, T::Transition, 2, 1.63, 6.7462, 2175.15, 1.34, 1.12, 1.06, 2.05, 1.33},
    {"Cr", 6, 4, P::Solid, T::Transition, 2, 1.66, 6.7665, 2130.15, 1.22, 1.11, 1.03, 2.05, 1.35},
    {"Mn", 7, 4, P::Solid, T::Transition, 2, 1.55, 7.434, 1519.15, 1.19, 1.05, 1.03, 2.05, 1.35},
    {"Fe", 8, 4, P::Solid, T::Transition, 2, 1.83, 7.9024, 1808.15, 1.16, 1.09, 1.02, 2.05, 1.34},
    {"Co", 9, 4, P::Solid, T::Transition, 2, 1.88, 7.881, 1768.15, 1.11, 1.03, 0.96, 2.0, 1.33},
    {"Ni", 10, 4, P::Solid, T::Transition, 2, 1.91, 7.6398, 1726.15, 1.1, 1.01, 1.01, 2.0, 1.5},
    {"Cu", 11, 4, P::Solid, T::Transition, 2, 1.9, 7.7264, 1357.75, 1.12, 1.15, 1.2, 2.0, 1.52},
    {"Zn", 12, 4, P::Solid, T::Transition, 2, 1.65, 9.3942, 692.88, 1.18, 1.2, none, 2.1, 1.45},
    {"Ga", 13, 4, P::Solid, T::PostTransition, 2, 1.81, 5.9993, 302.91, 1.24, 1.17, 1.21, 2.1, 1.22},
    {"Ge", 14, 4, P::Solid, T::Metalloid, 1, 2.01, 7.8994, 1211.45, 1.21, 1.11, 1.14, 2.1, 1.17},
    {"As", 15, 4, P::Solid, T::Metalloid, 1, 2.18, 9.7886, 1090.15, 1.21, 1.14, 1.06, 2.05, 1.21},
    {"Se", 16, 4, P::Solid, T::Nonmetal, 0, 2.55, 9.7524, 494.15, 1.16, 1.07, 1.07, 1.9, 1.22},
    {"Br", 17, 4, P::Liquid, T::Halogen, 0, 2.96, 11.8138, 266.05, 1.14, 1.09, 1.1, 1.9, 1.21},
    {"Kr", 18, 4, P::Gas, T::NobleGas, 0, none, 13.9996, 115.93, 1.17, 1.21, 1.08, 2.02, 1.91},
    {"Rb", 1, 5, P::Solid, T::Alkali, 2, 0.82, 4.1771, 312.79, 2.1, 2.02, none, 2.9, 1.47},
    {"Sr", 2, 5, P::Solid, T::AlkalineEarth, 2, 0.95, 5.6949, 1042.15, 1.85, 1.57, 1.39, 2.55, 1.12},
    {"Y", 3, 5, P::Solid, T::Transition, 2, 1.22, 6.2173, 1799.15, 1.63, 1.3, 1.24, 2.4, 1.78},
    {"Zr", 4, 5, P::Solid, T::Transition, 2, 1.33, 6.6339, 2125.15, 1.54, 1.27, 1.21, 2.3, 1.56},
    {"Nb", 5, 5, P::Solid, T::Transition, 2, 1.6, 6.7589, 2741.15, 1.47, 1.25, 1.16, 2.15, 1.48},
    {"Mo", 6, 5, P::Solid, T::Transition, 2, 2.16, 7.0924, 2890.15, 1.38, 1.21, 1.13, 2.1, 1.47},
    {"Tc", 7, 5, P::Artificial, T::Transition, 2, 1.9, 7.28, 2473.15, 1.28, 1.2, 1.1, 2.05, 1.35},
    {"Ru", 8, 5, P::Solid, T::Transition, 2, 2.2, 7.3605, 2523.15, 1.25, 1.14, 1.03, 2.05, 1.4},
    {"Rh", 9, 5, P::Solid, T::Transition, 2, 2.28, 7.4589, 2239.15, 1.25, 1.1, 1.06, 2.0, 1.45},
    {"Pd", 10, 5, P::Solid, T::Transition, 2, 2.2, 8.3369, 1825.15, 1.2, 1.17, 1.12, 2.05, 1.5},
    {"Ag", 11, 5, P::Solid, T::Transition, 2, 1.93, 7.5762, 1234.15, 1.28, 1.39, 1.37, 2.1, 1.59},
    {"Cd", 12, 5, P::Solid, T::Transition, 2, 1.69, 8.9938, 594.33, 1.36, 1.44, none, 2.2, 1.69},
    {"In", 13, 5, P::Solid, T::PostTransition, 2, 1.78, 5.7864, 429.91, 1.42, 1.36, 1.46, 2.2, 1.63},
    {"Sn", 14, 5, P::Solid, T::PostTransition, 2, 1.96, 7.3439, 505.21, 1.4, 1.3, 1.32, 2.25, 1.46},
    {"Sb", 15, 5, P::Solid, T::Metalloid, 1, 2.05, 8.6084, 904.05, 1.4, 1.33, 1.27, 2.2, 1.46},
    {"Te", 16, 5, P::Solid, T::Metalloid, 1, 2.1, 9.0096, 722.8, 1.36, 1.28, 1.21, 2.1, 1.47},
    {"I", 17, 5, P::Solid, T::Halogen, 0, 2.66, 10.4513, 386.65, 1.33, 1.29, 1.25, 2.1, 1.4},
    {"Xe", 18, 5, P::Gas, T::NobleGas, 0, none, 12.1298, 161.45, 1.31, 1.35, 1.22, 2.16, 1.98},
    {"Cs", 1, 6, P::Solid, T::Alkali, 2, 0.79, 3.8939, 301.7, 2.32, 2.09, none, 3.0, 1.67},
    {"Ba", 2, 6, P::Solid, T::AlkalineEarth, 2, 0.89, 5.2117, 1002.15, 1.96, 1.61, 1.49, 2.7, 1.34},
    {"La", 3, 6, P::Solid, T::Lanthanide, 2, 1.1, 5.5769, 1193.15, 1.8, 1.39, 1.39, 2.5, 1.87},
    {"Ce", 19, 6, P::Solid, T::Lanthanide, 2, 1.12, 5.5387, 1071.15, 1.63, 1.37, 1.31, 2.48, 1.83},
    {"Pr", 19, 6, P::Solid, T::Lanthanide, 2, 1.13, 5.473, 1204.15, 1.76, 1.38, 1.28, 2.47, 1.82},
    {"Nd", 19, 6, P::Solid, T::Lanthanide, 2, 1.14, 5.525, 1289.15, 1.74, 1.37, none, 2.45, 1.81},
    {"Pm", 19, 6, P::Artificial, T::Lanthanide, 2, 1.13, 5.582, 1204.15, 1.73, 1.35, none, 2.43, 1.8},
    {"Sm", 19, 6, P::Solid, T::Lanthanide, 2, 1.17, 5.6437, 1345.15, 1.72, 1.34, none, 2.42, 1.8},
    {"Eu", 19, 6, P::Solid, T::Lanthanide, 2, 1.2, 5.6704, 1095.15, 1.68, 1.34, none, 2.4, 1.99},
    {"Gd", 19, 6, P::Solid, T::Lanthanide, 2, 1.2, 6.1501, 1585.15, 1.69, 1.35, 1.32, 2.38, 1.79},
    {"Tb", 19, 6, P::Solid, T::Lanthanide, 2, 1.2, 5.8638, 1630.15, 1.68, 1.35, none, 2.37, 1.76},
    {"Dy", 19, 6, P::Solid, T::Lanthanide, 2, 1.22, 5.9389, 1680.15, 1.67, 1.33, none, 2.35, 1.75},
    {"Ho", 19, 6, P::Solid, T::Lanthanide, 2, 1.23, 6.0215, 1743.15, 1.66, 1.33, none, 2.33, 1.74},
    {"Er", 19, 6, P::Solid, T::Lanthanide, 2, 1.24, 6.1077, 1795.15, 1.65, 1.33, none, 2.32, 1.73},
    {"Tm", 19, 6, P::Solid, T::Lanthanide, 2, 1.25, 6.1843, 1818.15, 1.64, 1.31, none, 2.3, 1.72},
    {"Yb", 19, 6, P::Solid, T::Lanthanide, 2, 1.1, 6.2542, 1097.15, 1.7, 1.29, none, 2.28, 1.94},
    {"Lu", 19, 6, P::Solid, T::Lanthanide, 2, 1.27, 5.4259, 1936.15, 1.62, 1.31, 1.31, 2.27, 1.72},
    {"Hf", 4, 6, P::Solid, T::Transition, 2, 1.3, 6.8251, 2500.15, 1.52, 1.28, 1.22, 2.25, 1.57},
    {"Ta", 5, 6, P::Solid, T::Transition, 2, 1.5, 7.5496, 3269.15, 1.46, 1.26, 1.19, 2.2, 1.43},
    {"W", 6, 6, P::Solid, T::Transition, 2, 2.36, 7.864, 3680.15, 1.37, 1.2, 1.15, 2.1, 1.37},
    {"Re", 7, 6, P::Solid, T::Transition, 2, 1.9, 7.8335, 3453.15, 1.31, 1.19, 1.1, 2.05, 1.35},
    {"Os", 8, 6, P::Solid, T::Transition, 2, 2.2, 8.4382, 3300.15, 1.29, 1.16, 1.09, 2.0, 1.37},
    {"Ir", 9, 6, P::Solid, T::Transition, 2, 2.2, 8.967, 2716.15, 1.22, 1.15, 1.07, 2.0, 1.32},
    {"Pt", 10, 6, P::Solid, T::Transition, 2, 2.28, 8.9587, 2045.15, 1.23, 1.12, 1.1, 2.05, 1.5},
    {"Au", 11, 6, P::Solid, T::Transition, 2, 2.54, 9.2255, 1337.73, 1.24, 1.21, 1.23, 2.1, 1.5},
    {"Hg", 12, 6, P::Liquid, T::Transition, 2, 2.0, 10.4375, 234.43, 1.33, 1.42, none, 2.05, 1.7},
    {"Tl", 13, 6, P::Solid, T::PostTransition, 2, 2.04, 6.1082, 577.15, 1.44, 1.42, 1.5, 2.2, 1.55},
    {"Pb", 14, 6, P::Solid, T::PostTransition, 2, 2.33, 7.4167, 600.75, 1.44, 1.35, 1.37, 2.3, 1.54},
    {"Bi", 15, 6, P::Solid, T::PostTransition, 2, 2.02, 7.2856, 544.67, 1.51, 1.41, 1.35, 2.3, 1.54},
    {"Po", 16, 6, P::Solid, T::Metalloid, 1, 2.0, 8.417, 527.15, 1.45, 1.35, 1.29, 2.0, 1.68},
    {"At", 17, 6, P::Solid, T::Halogen, 0, 2.2, 9.3, 575.15, 1.47, 1.38, 1.38, 2.0, 1.7},
    {"Rn", 18, 6, P::Gas, T::NobleGas, 0, none, 10.7485, 202.15, 1.42, 1.45, 1.33, 2.0, 2.4},
    {"Fr", 1, 7, P::Solid, T::Alkali, 2, 0.7, 4.0727, 300.15, 2.23, 2.18, none, 2.0, 2.0},
    {"Ra", 2, 7, P::Solid, T::AlkalineEarth, 2, 0.9, 5.2784, 973.15, 2.01, 1.73, 1.59, 2.0, 1.9},
    {"Ac", 3, 7, P::Solid, T::Actinide, 2, 1.1, 5.17, 1323.15, 1.86, 1.53, 1.4, 2.0, 1.88},
    {"Th", 19, 7, P::Solid, T::Actinide, 2, 1.3, 6.3067, 2028.15, 1.75, 1.43, 1.36, 2.4, 1.79},
    {"Pa", 19, 7, P::Solid, T::Actinide, 2, 1.5, 5.89, 1873.15, 1.69, 1.38, 1.29, 2.0, 1.61},
    {"U", 19, 7, P::Solid, T::Actinide, 2, 1.38, 6.1941, 1405.15, 1.7, 1.34, 1.18, 2.3, 1.58},
    {"Np", 19, 7, P::Artificial, T::Actinide, 2, 1.36, 6.2657, 913.15, 1.71, 1.36, 1.16, 2.0, 1.55},
    {"Pu", 19, 7, P::Artificial, T::Actinide, 2, 1.28, 6.0262, 913.15, 1.72, 1.35, none, 2.0, 1.53},
    {"Am", 19, 7, P::Artificial, T::Actinide, 2, 1.3, 5.9738, 1267.15, 1.66, 1.35, none, 2.0, 1.51},
    {"Cm", 19, 7, P::Artificial, T::Actinide, 2, 1.3, 5.9915, 1340.15, 1.66, 1.36, none, 2.0, 1.5},
    {"Bk", 19, 7, P::Artificial, T::Actinide, 2, 1.3, 6.1979, 1259.15, 1.68, 1.39, none, 2.0, 1.5},
    {"Cf", 19, 7, P::Artificial, T::Actinide, 2, 1.3, 6.2817, 1925.15, 1.68, 1.4, none, 2.0, 1.5},
    {"Es", 19, 7, P::Artificial, T::Actinide, 2, 1.3, 6.42, 1133.15, 1.65, 1.4, none, 2.0, 1.5},
    {"Fm", 19, 7, P::Artificial, T::Actinide, 2, 1.3, 6.5, none, 1.67, none, none, 2.0, 1.5},
    {"Md", 19, 7, P::Artificial, T::Actinide, 2, 1.3, 6.58, none, 1.73, 1.39, none, 2.0, 1.5},
    {"No", 19, 7, P::Artificial, T::Actinide, 2, 1.3, 6.65, none, 1.76, none, none, 2.0, 1.5},
    {"Lr", 19, 7, P::Artificial, T::Actinide, 2, none, none, none, 1.61, 1.41, none, 2.0, 1.5},
    {"Rf", 4, 7, P::Artificial, T::Transactinide, 2, none, none, none, 1.57, 1.4, 1.31, 2.0, 1.57},
    {"Db", 5, 7, P::Artificial, T::Transactinide, 2, none, none, none, 1.49, 1.36, 1.26, 2.0, 1.49},
    {"Sg", 6, 7, P::Artificial, T::Transactinide, 2, none, none, none, 1.43, 1.28, 1.21, 2.0, 1.43},
    {"Bh", 7, 7, P::Artificial, T::Transactinide, 2, none, none, none, 1.41, 1.28, 1.19, 2.0, 1.41},
    {"Hs", 8, 7, P::Artificial, T::Transactinide, 2, none, none, none, 1.34, 1.25, 1.18, 2.0, 1.34},
    {"Mt", 9, 7, P::Artificial, T::Transactinide, 2, none, none, none, 1.29, 1.25, 1.13, 2.0, 1.29},
    {"Ds", 10, 7, P::Artificial, T::Transactinide, 2, none, none, none, 1.28, 1.16, 1.12, 2.0, 1.28},
    {"Rg", 11, 7, P::Artificial, T::Transactinide, 2, none, none, none, 1.21, 1.16, 1.18, 2.0, 1.21},
    {"Cn", 12, 7, P::Artificial, T::Transactinide, 2, none, none, none, 1.22, 1.37, 1.3, 2.0, 1.22},
    {"Nh", 13, 7, P::Artificial, T::None, 2, none, none, none, 1.36, none, none, 2.0, 1.36},
    {"Fl", 14, 7, P::Artificial, T::Transactinide, 2, none, none, none, 1.43, none, none, 2.0, 1.43},
    {"Mc", 15, 7, P::Artificial, T::None, 2, none, none, none, 1.62, none, none, 2.0, 1.62},
    {"Lv", 16, 7, P::Artificial, T::Transactinide, 2, none, none, none, 1.75, none, none, 2.0, 1.75},
    {"Ts", 17, 7, P::Artificial, T::None, 0, none, none, none, 1.65, none, none, 2.0, 1.65},
    {"Og", 18, 7, P::Artificial, T::NobleGas, 0, none, none, none, 1.57, none, none, 2.0, 1.57},
}};

/// The published list of elements, in its order.
constexpr std::array<std::uint8_t, elementSlots - 1> slotNumbers = {
    6,  7,  8,  16, 9,  14, 15, 17, 35, 12, 11, 20, 26, 33, 13, 53, 5,  23, 19, 81, 70, 51,
    50, 47, 46, 27, 34, 22, 30, 1,  3,  32, 29, 79, 28, 48, 49, 25, 40, 24, 78, 80, 82};

} // namespace

std::string_view phaseName(Phase phase)
{
    constexpr std::array<std::string_view, phaseCount> names = {"solid", "liquid", "gas", "artificial"};
    return names[static_cast<std::size_t>(phase)];
}

std::string_view elementTypeName(ElementType type)
{
    constexpr std::array<std::string_view, elementTypeCount> names = {
        "alkali metal",  "alkaline earth metal", "transition metal", "lanthanide", "actinide", "transactinide",
        "other metal",   "metalloid",            "nonmetal",         "halogen",    "noble gas", "none"};
    return names[static_cast<std::size_t>(type)];
}

const Element& elementOf(int number)
{
    return elements[static_cast<std::size_t>(number < 1 || number > elementCount ? elementCount : number) - 1];
}

int elementSlot(int number)
{
    return static_cast<int>(std::ranges::find(slotNumbers, number) - slotNumbers.begin());
}

std::string_view slotSymbol(int slot)
{
    const bool other = slot < 0 || slot >= elementSlots - 1;
    return other ? "other" : elementOf(slotNumbers[static_cast<std::size_t>(slot)]).symbol;
}

} // namespace papilio
