// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/elements.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

QString elementSymbol(int atomicNumber)
{
    static const QStringList symbols =
        (u"* H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr "
         "Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt "
         "Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv "
         "Ts Og"_s)
            .split(u' ');
    return atomicNumber > 0 && atomicNumber < symbols.size() ? symbols[atomicNumber] : symbols[0];
}

double elementBallRadius(int atomicNumber)
{
    switch (atomicNumber) {
    case 1: return 0.22;
    case 6: return 0.36;
    case 7:
    case 8: return 0.35;
    case 9: return 0.33;
    case 15:
    case 16:
    case 17: return 0.42;
    case 35: return 0.45;
    case 53: return 0.48;
    default: return 0.40;
    }
}

} // namespace papilio::widgets
