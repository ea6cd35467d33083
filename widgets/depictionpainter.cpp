// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "widgets/depiction.h"
#include "widgets/elements.h"
#include "widgets/format.h"
#include "widgets/theme.h"

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

namespace
{

double length(const QPointF& v)
{
    return std::hypot(v.x(), v.y());
}

QPointF unit(const QPointF& v)
{
    const double l = length(v);
    return l > 1e-9 ? v / l : QPointF(1, 0);
}

class DepictionPainter
{
public:
    DepictionPainter(QPainter* painter, const QRectF& rect, const Depiction2D& depiction, const DepictionOverlay* overlay,
                     double maximumScale)
        : m_painter(painter), m_d(depiction), m_theme(Theme::current())
    {
        if (overlay) {
            m_overlay = *overlay;
        }
        const auto fits = [](const std::vector<double>& v, std::size_t n) { return v.size() == n && n > 0; };
        m_atomScores = fits(m_overlay.atomScores, depiction.atoms.size());
        m_bondScores = fits(m_overlay.bondScores, depiction.bonds.size());
        m_scored = m_atomScores || m_bondScores;
        m_layout = DepictionLayout::fit(depiction, rect, maximumScale, m_atomScores && m_overlay.numbers);
        m_font = painter->font();
        m_font.setPixelSize(std::clamp(static_cast<int>(std::lround(m_layout.scale * 0.39)), 6, 22));
        m_font.setWeight(QFont::Normal);
        m_neighbours.resize(depiction.atoms.size());
        for (const auto& bond : depiction.bonds) {
            m_neighbours[static_cast<std::size_t>(bond.begin)].push_back(bond.end);
            m_neighbours[static_cast<std::size_t>(bond.end)].push_back(bond.begin);
        }
    }

    void paint()
    {
        m_painter->save();
        m_painter->setRenderHint(QPainter::Antialiasing);
        paintScores();
        for (const auto& bond : m_d.bonds) {
            paintBond(bond);
        }
        for (std::size_t i = 0; i < m_d.atoms.size(); ++i) {
            paintLabel(i);
        }
        paintHighlight();
        if (m_atomScores && m_overlay.numbers && m_layout.scale >= 30) {
            paintNumbers();
        }
        m_painter->restore();
    }

private:
    QPointF at(int atom) const { return m_layout.atoms[static_cast<std::size_t>(atom)]; }
    double haloRadius() const { return m_layout.scale * 0.34; }

    QColor atomColor(const Depiction2D::Atom& atom) const
    {
        if (m_scored) {
            return m_theme.divergingLabel();
        }
        return m_theme.atom(atom.atomicNumber);
    }

    QColor bondColor() const { return m_scored ? m_theme.divergingLabel() : m_theme.atom(6); }

    void paintScores()
    {
        m_painter->setPen(Qt::NoPen);
        if (m_bondScores) {
            for (std::size_t b = 0; b < m_d.bonds.size(); ++b) {
                if (std::isfinite(m_overlay.bondScores[b])) {
                    m_painter->setPen(QPen(m_overlay.scale.color(m_overlay.bondScores[b]), m_layout.scale * 0.34,
                                           Qt::SolidLine, m_atomScores ? Qt::FlatCap : Qt::RoundCap));
                    m_painter->drawLine(at(m_d.bonds[b].begin), at(m_d.bonds[b].end));
                }
            }
            m_painter->setPen(Qt::NoPen);
        }
        if (m_atomScores) {
            for (std::size_t i = 0; i < m_d.atoms.size(); ++i) {
                if (std::isfinite(m_overlay.atomScores[i])) {
                    m_painter->setBrush(m_overlay.scale.color(m_overlay.atomScores[i]));
                    m_painter->drawEllipse(m_layout.atoms[i], haloRadius(), haloRadius());
                }
            }
        }
    }

    /// Where a bond's line starts: at the atom, or outside the box of its label.
    QPointF lineEnd(int atom, const QPointF& towards) const
    {
        const auto& a = m_d.atoms[static_cast<std::size_t>(atom)];
        const QPointF from = at(atom);
        if (a.label.isEmpty()) {
            return from;
        }
        const QFontMetricsF metrics(m_font);
        const double w = metrics.horizontalAdvance(a.atomicNumber > 0 ? elementSymbol(a.atomicNumber) : a.label) / 2 + m_font.pixelSize() * 0.14;
        const double h = metrics.capHeight() / 2 + m_font.pixelSize() * 0.2;
        const QPointF d = unit(towards - from);
        double reach = std::min(std::abs(d.x()) > 1e-6 ? w / std::abs(d.x()) : 1e9,
                                std::abs(d.y()) > 1e-6 ? h / std::abs(d.y()) : 1e9);
        // Hydrogens beside the symbol push lines that leave on their side.
        const bool besides = a.hydrogens > 0 && ((d.x() > 0) != a.labelLeft);
        if (besides && std::abs(d.y()) < 0.5) {
            reach += metrics.horizontalAdvance(u'H') * (a.hydrogens > 1 ? 1.4 : 1.0);
        }
        return from + d * std::min(reach, length(towards - from) * 0.8);
    }

    void stroke(const QPointF& a, const QPointF& b)
    {
        const double width = m_layout.scale >= 34 ? 2.0 : m_layout.scale < 14 ? 1.0 : 1.2;
        m_painter->setPen(QPen(bondColor(), width, Qt::SolidLine, Qt::RoundCap));
        m_painter->drawLine(a, b);
    }

    void paintBond(const Depiction2D::Bond& bond)
    {
        const QPointF a = at(bond.begin);
        const QPointF b = at(bond.end);
        const QPointF from = lineEnd(bond.begin, b);
        const QPointF to = lineEnd(bond.end, a);
        if (bond.wedge != Depiction2D::Wedge::None) {
            paintWedge(bond.wedge, from, to);
            return;
        }
        const QPointF along = unit(b - a);
        const QPointF across(-along.y(), along.x());
        const double gap = m_layout.scale * 0.15;
        if (bond.order == 1) {
            stroke(from, to);
        } else if (bond.order == 3) {
            stroke(from, to);
            stroke(from + across * gap, to + across * gap);
            stroke(from - across * gap, to - across * gap);
        } else {
            const double side = doubleBondSide(bond, across);
            if (side == 0) {
                stroke(from + across * gap / 2, to + across * gap / 2);
                stroke(from - across * gap / 2, to - across * gap / 2);
            } else {
                stroke(from, to);
                const QPointF shift = across * gap * side;
                const double cut = m_layout.scale * 0.13;
                const bool cutFrom = m_d.atoms[static_cast<std::size_t>(bond.begin)].label.isEmpty();
                const bool cutTo = m_d.atoms[static_cast<std::size_t>(bond.end)].label.isEmpty();
                stroke(from + shift + along * (cutFrom ? cut : 0), to + shift - along * (cutTo ? cut : 0));
            }
        }
    }

    /// +1 or −1: on which side of the bond the second line goes; 0: both lines beside the axis.
    double doubleBondSide(const Depiction2D::Bond& bond, const QPointF& across) const
    {
        const QPointF a = at(bond.begin);
        const auto sideOf = [&](const QPointF& p) { return QPointF::dotProduct(p - a, across); };
        if (bond.ring) {
            const auto& first = m_d.atoms[static_cast<std::size_t>(bond.begin)];
            const QPointF inside = a + QPointF(bond.insideX - first.x, first.y - bond.insideY) * m_layout.scale;
            return sideOf(inside) >= 0 ? 1 : -1;
        }
        const auto& begin = m_neighbours[static_cast<std::size_t>(bond.begin)];
        const auto& end = m_neighbours[static_cast<std::size_t>(bond.end)];
        if (begin.size() == 1 || end.size() == 1) {
            return 0;
        }
        double sum = 0;
        for (const auto* list : {&begin, &end}) {
            for (const int other : *list) {
                if (other != bond.begin && other != bond.end) {
                    sum += sideOf(at(other)) > 0 ? 1 : -1;
                }
            }
        }
        return std::abs(sum) < 0.5 ? (begin.size() + end.size() > 4 ? 0 : 1) : (sum > 0 ? 1 : -1);
    }

    void paintWedge(Depiction2D::Wedge wedge, const QPointF& from, const QPointF& to)
    {
        const QPointF along = unit(to - from);
        const QPointF across(-along.y(), along.x());
        const double half = m_layout.scale * 0.1;
        const double size = length(to - from);
        if (wedge == Depiction2D::Wedge::Up) {
            m_painter->setPen(Qt::NoPen);
            m_painter->setBrush(bondColor());
            m_painter->drawPolygon(QPolygonF({from, to + across * half, to - across * half}));
        } else if (wedge == Depiction2D::Wedge::Down) {
            const int count = std::max(static_cast<int>(size / std::max(m_layout.scale * 0.09, 2.4)), 4);
            m_painter->setPen(QPen(bondColor(), std::max(m_layout.scale * 0.032, 0.9)));
            for (int i = 0; i <= count; ++i) {
                const double t = static_cast<double>(i) / count;
                const QPointF middle = from + (to - from) * t;
                m_painter->drawLine(middle + across * half * std::max(t, 0.12), middle - across * half * std::max(t, 0.12));
            }
        } else {
            QPainterPath path(from);
            const int waves = std::max(static_cast<int>(size / std::max(m_layout.scale * 0.14, 3.0)), 3);
            for (int i = 0; i < waves; ++i) {
                const QPointF end = from + (to - from) * (static_cast<double>(i + 1) / waves);
                const QPointF middle = from + (to - from) * ((i + 0.5) / waves);
                path.quadTo(middle + across * half * 1.6 * (i % 2 == 0 ? 1 : -1), end);
            }
            m_painter->setBrush(Qt::NoBrush);
            m_painter->setPen(QPen(bondColor(), m_layout.scale >= 34 ? 2.0 : 1.2));
            m_painter->drawPath(path);
        }
    }

    void paintLabel(std::size_t index)
    {
        const auto& atom = m_d.atoms[index];
        if (atom.label.isEmpty()) {
            return;
        }
        const QPointF centre = m_layout.atoms[index];
        const QFontMetricsF metrics(m_font);
        QFont small = m_font;
        small.setPixelSize(std::max(m_font.pixelSize() * 7 / 10, 5));
        const QFontMetricsF smallMetrics(small);
        const QString symbol = atom.atomicNumber > 0 ? elementSymbol(atom.atomicNumber) : atom.label;
        const double baseline = centre.y() + metrics.capHeight() / 2;
        m_painter->setPen(atomColor(atom));
        m_painter->setFont(m_font);
        const double half = metrics.horizontalAdvance(symbol) / 2;
        m_painter->drawText(QPointF(centre.x() - half, baseline), symbol);
        double right = centre.x() + half;
        double left = centre.x() - half;
        if (atom.hydrogens > 0 && atom.atomicNumber != 1) {
            const QString count = atom.hydrogens > 1 ? QString::number(atom.hydrogens) : QString();
            const double hWidth = metrics.horizontalAdvance(u'H');
            const double countWidth = count.isEmpty() ? 0 : smallMetrics.horizontalAdvance(count);
            const double x = atom.labelLeft ? left - hWidth - countWidth : right;
            m_painter->drawText(QPointF(x, baseline), u"H"_s);
            m_painter->setFont(small);
            m_painter->drawText(QPointF(x + hWidth, baseline + metrics.capHeight() * 0.28), count);
            (atom.labelLeft ? left : right) += (atom.labelLeft ? -1 : 1) * (hWidth + countWidth);
        }
        m_painter->setFont(small);
        if (atom.charge != 0) {
            const int size = std::abs(atom.charge);
            const QString text = (size > 1 ? QString::number(size) : QString()) + (atom.charge > 0 ? u'+' : QChar(0x2212));
            m_painter->drawText(QPointF(right + 0.5, baseline - metrics.capHeight() * 0.62), text);
        }
        const auto isotope = std::find_if_not(atom.label.begin(), atom.label.end(), [](QChar c) { return c.isDigit(); });
        if (isotope != atom.label.begin() && atom.atomicNumber > 0) {
            const QString mass = atom.label.left(isotope - atom.label.begin());
            m_painter->drawText(QPointF(left - smallMetrics.horizontalAdvance(mass), baseline - metrics.capHeight() * 0.62), mass);
        }
    }

    void paintHighlight()
    {
        const int atom = m_overlay.highlightedAtom;
        if (atom < 0 || atom >= static_cast<int>(m_d.atoms.size())) {
            return;
        }
        const double radius = std::max(haloRadius() + 1, 7.0);
        m_painter->setBrush(Qt::NoBrush);
        m_painter->setPen(QPen(m_theme.color(Role::Surface), 4.5));
        m_painter->drawEllipse(at(atom), radius, radius);
        m_painter->setPen(QPen(m_theme.color(Role::AccentMark), 2));
        m_painter->drawEllipse(at(atom), radius, radius);
    }

    /// Directions from an atom into the gaps between its bonds, the widest first.
    std::vector<double> gaps(std::size_t atom) const
    {
        std::vector<double> angles;
        for (const int other : m_neighbours[atom]) {
            const QPointF d = at(other) - m_layout.atoms[atom];
            angles.push_back(std::atan2(d.y(), d.x()));
        }
        constexpr double turn = 2 * std::numbers::pi;
        if (angles.empty()) {
            return {-std::numbers::pi / 2};
        }
        std::sort(angles.begin(), angles.end());
        std::vector<std::pair<double, double>> found; // width, direction
        for (std::size_t i = 0; i < angles.size(); ++i) {
            const double next = i + 1 < angles.size() ? angles[i + 1] : angles[0] + turn;
            found.emplace_back(next - angles[i], (angles[i] + next) / 2);
        }
        std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first + 1e-6; });
        std::vector<double> directions;
        for (const auto& [width, direction] : found) {
            directions.push_back(direction);
            for (const double aside : {0.6, -0.6, 1.1, -1.1, 1.6, -1.6}) { // much room: also to both sides
                if (std::abs(aside) < width / 2 - 0.7) {
                    directions.push_back(direction + aside);
                }
            }
        }
        return directions;
    }

    void paintNumbers()
    {
        QFont font = m_theme.font(TextStyle::Axis);
        m_painter->setFont(font);
        m_painter->setPen(m_theme.color(Role::TextSecondary));
        const QFontMetricsF metrics(font);
        std::vector<QRectF> taken;
        for (std::size_t i = 0; i < m_d.atoms.size(); ++i) {
            // Wide labels beside the symbol are taken, too.
            const auto& a = m_d.atoms[i];
            const double wide = a.hydrogens > 0 ? m_font.pixelSize() * (a.hydrogens > 1 ? 1.3 : 0.9) : 0;
            const double r = haloRadius() * 0.9;
            taken.push_back(QRectF(m_layout.atoms[i].x() - r - (a.labelLeft ? wide : 0), m_layout.atoms[i].y() - r, 2 * r + wide, 2 * r));
        }
        for (std::size_t i = 0; i < m_d.atoms.size(); ++i) {
            const double score = m_overlay.atomScores[i];
            if (!std::isfinite(score)) {
                continue;
            }
            const QString text = formatSigned(score, m_overlay.scale.decimals());
            const QSizeF size(numberWidth(font, text) + 2, metrics.capHeight() + 4);
            // Between atoms that face each other there may be no room: better no number (the tool tip has it) than two in one.
            if (const auto place = freePlace(i, size, taken)) {
                taken.push_back(*place);
                drawNumber(m_painter, *place, text, Qt::AlignHCenter);
            }
        }
    }

    std::optional<QRectF> freePlace(std::size_t atom, const QSizeF& size, const std::vector<QRectF>& taken) const
    {
        for (const double angle : gaps(atom)) {
            const QPointF d(std::cos(angle), std::sin(angle));
            const double reach = haloRadius() + 3 + std::abs(d.x()) * size.width() / 2 + std::abs(d.y()) * size.height() / 2;
            QRectF place(QPointF(), size);
            place.moveCenter(m_layout.atoms[atom] + d * reach);
            if (std::none_of(taken.begin(), taken.end(), [&](const QRectF& r) { return r.intersects(place); })) {
                return place;
            }
        }
        return std::nullopt;
    }

    QPainter* m_painter;
    const Depiction2D& m_d;
    const Theme& m_theme;
    DepictionOverlay m_overlay;
    DepictionLayout m_layout;
    QFont m_font;
    std::vector<std::vector<int>> m_neighbours;
    bool m_atomScores = false;
    bool m_bondScores = false;
    bool m_scored = false;
};

} // namespace

void paintDepiction(QPainter* painter, const QRectF& rect, const Depiction2D& depiction, const DepictionOverlay* overlay,
                    double maximumScale)
{
    if (!depiction.isEmpty()) {
        DepictionPainter(painter, rect, depiction, overlay, maximumScale).paint();
    }
}

} // namespace papilio::widgets
