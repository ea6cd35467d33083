// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/depiction.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRectF>
#include <algorithm>
#include <cmath>

#include "widgets/theme.h"

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

namespace
{

bool isNumber(const QJsonValue& value)
{
    return value.isDouble() && std::isfinite(value.toDouble());
}

} // namespace

Depiction2D Depiction2D::fromJson(const QJsonObject& object)
{
    Depiction2D result;
    for (const QJsonValue& value : object["atoms"_L1].toArray()) {
        const QJsonArray a = value.toArray();
        if (a.size() < 7 || !isNumber(a[0]) || !isNumber(a[1])) {
            return {};
        }
        Atom atom;
        atom.x = a[0].toDouble();
        atom.y = a[1].toDouble();
        atom.label = a[2].toString();
        atom.atomicNumber = a[3].toInt();
        atom.hydrogens = a[4].toInt();
        atom.charge = a[5].toInt();
        atom.labelLeft = a[6].isBool() ? a[6].toBool() : a[6].toInt() != 0;
        result.atoms.push_back(atom);
    }
    const auto count = static_cast<int>(result.atoms.size());
    for (const QJsonValue& value : object["bonds"_L1].toArray()) {
        const QJsonArray b = value.toArray();
        if (b.size() < 5) {
            return {};
        }
        Bond bond;
        bond.begin = b[0].toInt(-1);
        bond.end = b[1].toInt(-1);
        bond.order = std::clamp(b[2].toInt(1), 1, 3);
        bond.wedge = static_cast<Wedge>(std::clamp(b[3].toInt(0), 0, 3));
        bond.ring = b[4].isBool() ? b[4].toBool() : b[4].toInt() != 0;
        bond.insideX = b.size() > 5 ? b[5].toDouble() : 0;
        bond.insideY = b.size() > 6 ? b[6].toDouble() : 0;
        if (bond.begin < 0 || bond.end < 0 || bond.begin >= count || bond.end >= count || bond.begin == bond.end) {
            return {};
        }
        result.bonds.push_back(bond);
    }
    return result;
}

QColor ScoreScale::color(double score) const
{
    return Theme::current().diverging(std::isfinite(score) && limit > 0 ? score / limit : 0.0);
}

ScoreScale ScoreScale::forScores(const std::vector<double>& atoms, const std::vector<double>& bonds)
{
    double largest = 0;
    for (const auto* scores : {&atoms, &bonds}) {
        for (const double score : *scores) {
            if (std::isfinite(score)) {
                largest = std::max(largest, std::abs(score));
            }
        }
    }
    ScoreScale scale;
    if (largest > 0) {
        const double decade = std::pow(10.0, std::floor(std::log10(largest)));
        const double steps[] = {1, 1.5, 2, 3, 4, 5, 6, 8, 10};
        // The tolerance keeps 0.6 at 0.6 although 0.6 / 0.1 is a hair above 6.
        const auto* step = std::find_if(std::begin(steps), std::end(steps),
                                        [&](double s) { return s >= largest / decade * (1 - 1e-9); });
        scale.limit = (step == std::end(steps) ? 10 : *step) * decade;
    }
    return scale;
}

int ScoreScale::decimals() const
{
    return std::clamp(1 - static_cast<int>(std::floor(std::log10(limit > 0 ? limit : 1.0))), 0, 6);
}

DepictionLayout DepictionLayout::fit(const Depiction2D& depiction, const QRectF& rect, double maximumScale,
                                     bool withNumbers)
{
    if (withNumbers) {
        const double margin = fit(depiction, rect, maximumScale).scale * 0.45;
        const QRectF inner = rect.adjusted(margin + 8, margin, -margin - 8, -margin);
        return fit(depiction, inner.isValid() ? inner : rect, maximumScale);
    }
    DepictionLayout layout;
    if (depiction.isEmpty() || rect.isEmpty()) {
        layout.atoms.assign(depiction.atoms.size(), rect.center());
        return layout;
    }
    double left = 1e30, right = -1e30, bottom = 1e30, top = -1e30;
    for (const auto& atom : depiction.atoms) {
        const double side = 0.35;
        const double wide = 0.26 * std::max(static_cast<int>(atom.label.size()) - 1, 0);
        left = std::min(left, atom.x - side - (atom.labelLeft ? wide : 0));
        right = std::max(right, atom.x + side + (atom.labelLeft ? 0 : wide));
        bottom = std::min(bottom, atom.y - side);
        top = std::max(top, atom.y + side);
    }
    layout.scale = std::min({rect.width() / (right - left), rect.height() / (top - bottom), maximumScale});
    const QPointF middle((left + right) / 2, (top + bottom) / 2);
    for (const auto& atom : depiction.atoms) {
        layout.atoms.push_back(rect.center() + QPointF(atom.x - middle.x(), middle.y() - atom.y) * layout.scale);
    }
    return layout;
}

} // namespace papilio::widgets
