// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/svglabel.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace papilio::chem
{

namespace
{

constexpr double capHeight = 0.72; // of the font size
constexpr double small = 0.68;     // size of indices
constexpr double drop = 0.22;      // of a lower index
constexpr double raise = 0.36;     // of an upper index

/// Adds pieces to the right of a cursor.
class Setter
{
public:
    Setter(SetLabel& label, Point origin, double fontSize) : m_label(label), m_origin(origin), m_size(fontSize) {}

    void moveTo(double x) { m_x = x; }
    void add(const std::string& text, double scale, double shift)
    {
        if (text.empty()) {
            return;
        }
        const double size = m_size * scale, width = textWidth(text) * size;
        const double baseline = m_origin.y + capHeight / 2 * m_size + shift * m_size;
        m_label.pieces.push_back({{m_x, baseline}, text, size});
        m_label.boxes.push_back({m_x, baseline - capHeight * size, m_x + width, baseline});
        m_x += width;
    }

private:
    SetLabel& m_label;
    Point m_origin;
    double m_size;
    double m_x = 0;
};

std::string chargeOf(int charge)
{
    std::string text;
    if (charge != 0) {
        text = std::abs(charge) > 1 ? std::to_string(std::abs(charge)) : std::string();
        text += charge > 0 ? "+" : "−";
    }
    return text;
}

/// Part of the segment inside the box; false if none.
bool inside(const SetLabel::Box& box, Point from, Point to, double& enter, double& leave)
{
    enter = 0;
    leave = 1;
    const double starts[] = {from.x, from.y}, steps[] = {to.x - from.x, to.y - from.y};
    const double lows[] = {box.left, box.top}, highs[] = {box.right, box.bottom};
    for (int axis = 0; axis < 2; ++axis) {
        if (std::abs(steps[axis]) < 1e-9) {
            if (starts[axis] < lows[axis] || starts[axis] > highs[axis]) {
                return false;
            }
            continue;
        }
        const double a = (lows[axis] - starts[axis]) / steps[axis], b = (highs[axis] - starts[axis]) / steps[axis];
        enter = std::max(enter, std::min(a, b));
        leave = std::min(leave, std::max(a, b));
    }
    return enter <= leave;
}

} // namespace

SetLabel setLabel(const Depiction::Atom& atom, Point at, double fontSize)
{
    SetLabel label;
    if (atom.label.empty()) {
        return label;
    }
    const double half = textWidth(atom.symbol) * fontSize / 2;
    const std::string isotope = atom.isotope > 0 ? std::to_string(atom.isotope) : std::string();
    const std::string count = atom.hydrogens > 1 ? std::to_string(atom.hydrogens) : std::string();
    const std::string hydrogen(atom.hydrogens > 0 ? 1 : 0, 'H');
    std::string right;
    for (int i = 0; i < atom.radicals; ++i) {
        right += "•";
    }
    right += chargeOf(atom.charge);

    Setter setter(label, at, fontSize);
    setter.moveTo(at.x - half);
    setter.add(atom.symbol, 1, 0);
    if (!atom.labelLeft) {
        setter.add(hydrogen, 1, 0);
        setter.add(count, small, drop);
    }
    setter.add(right, small, -raise);
    double left = at.x - half - textWidth(isotope) * fontSize * small;
    setter.moveTo(left);
    setter.add(isotope, small, -raise);
    if (atom.labelLeft) {
        left -= textWidth(hydrogen) * fontSize + textWidth(count) * fontSize * small;
        setter.moveTo(left);
        setter.add(hydrogen, 1, 0);
        setter.add(count, small, drop);
    }
    return label;
}

double clearance(const SetLabel& label, Point from, Point to, double margin)
{
    double reached = 0;
    for (bool further = true; further;) { // boxes touch each other: leaving one may mean entering the next
        further = false;
        for (const SetLabel::Box& box : label.boxes) {
            const SetLabel::Box wide{box.left - margin, box.top - margin, box.right + margin, box.bottom + margin};
            double enter = 0, leave = 0;
            if (inside(wide, from, to, enter, leave) && enter <= reached + 1e-9 && leave > reached + 1e-9) {
                reached = leave;
                further = true;
            }
        }
    }
    return reached;
}

} // namespace papilio::chem
