// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/fragmentlayout.h"

#include <algorithm>
#include <cmath>

#include "chem/svglabel.h"

namespace papilio::chem
{

namespace
{

constexpr double gap = 0.5;    // between fragments, in bonds
constexpr double aspect = 2.4; // rows are as wide as this times the root of the area
constexpr double atomMargin = 0.1;

/// Extent of a fragment with its labels.
struct Frame {
    double left = 1e9, right = -1e9, bottom = 1e9, top = -1e9;

    double width() const { return right - left; }
    double height() const { return top - bottom; }
    void extend(double x, double y)
    {
        left = std::min(left, x);
        right = std::max(right, x);
        bottom = std::min(bottom, y);
        top = std::max(top, y);
    }
};

std::vector<Frame> framesOf(const Depiction& drawing, const std::vector<int>& fragment, std::size_t count)
{
    std::vector<Frame> frames(count);
    for (std::size_t i = 0; i < drawing.atoms.size(); ++i) {
        const Depiction::Atom& atom = drawing.atoms[i];
        Frame& frame = frames[static_cast<std::size_t>(fragment[i])];
        frame.extend(atom.x - atomMargin, atom.y - atomMargin);
        frame.extend(atom.x + atomMargin, atom.y + atomMargin);
        for (const SetLabel::Box& box : setLabel(atom, {atom.x, -atom.y}, fontOfBond).boxes) {
            frame.extend(box.left, -box.bottom);
            frame.extend(box.right, -box.top);
        }
    }
    return frames;
}

double rowWidthFor(const std::vector<Frame>& frames)
{
    double area = 0, widest = 0;
    for (const Frame& frame : frames) {
        area += (frame.width() + gap) * (frame.height() + gap);
        widest = std::max(widest, frame.width() + gap);
    }
    return std::max(widest, aspect * std::sqrt(area));
}

} // namespace

void placeFragments(Depiction& drawing, const std::vector<int>& fragment, std::size_t count)
{
    if (count < 2) {
        return;
    }
    const std::vector<Frame> frames = framesOf(drawing, fragment, count);
    const double rowWidth = rowWidthFor(frames);
    std::vector<Point> shift(count);
    double rowTop = 0;
    for (std::size_t first = 0; first < count;) {
        std::size_t end = first;
        double width = 0, height = 0;
        while (end < count && (end == first || width + frames[end].width() + gap <= rowWidth)) {
            width += frames[end].width() + gap;
            height = std::max(height, frames[end].height());
            ++end;
        }
        double x = (gap - width) / 2;
        for (; first < end; ++first) {
            const Frame& frame = frames[first];
            shift[first] = {x - frame.left, rowTop - height / 2 - (frame.top + frame.bottom) / 2};
            x += frame.width() + gap;
        }
        rowTop -= height + gap;
    }
    for (std::size_t i = 0; i < drawing.atoms.size(); ++i) {
        drawing.atoms[i].x += shift[static_cast<std::size_t>(fragment[i])].x;
        drawing.atoms[i].y += shift[static_cast<std::size_t>(fragment[i])].y;
    }
}

} // namespace papilio::chem
