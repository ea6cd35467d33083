// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "widgets/coveragepainter.h"
#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/stylepainting.h"
#include "widgets/theme.h"

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

QString CoveragePainter::legendText() const
{
    const bool allTasks = m_view.range.width() >= m_view.columnCount() - 1e-6;
    const bool allMolecules = m_view.range.height() >= static_cast<double>(m_view.counts.last()) - 1e-6;
    const double perPixel = m_view.range.height() / m_g.matrix.height();
    const QString row = perPixel >= 1.5 ? CoverageMatrix::tr("1 px row = %1 molecules").arg(formatCount(std::llround(perPixel)))
                        : CoverageMatrix::tr("1 molecule = %1 px").arg(formatFixed(1 / perPixel, 1 / perPixel < 10 ? 1 : 0));
    if (allTasks && allMolecules) {
        return CoverageMatrix::tr("%1; none left out").arg(row);
    }
    return CoverageMatrix::tr("%1 of %2 tasks, %3 of %4 molecules in view")
        .arg(formatCount(std::llround(m_view.range.width())), formatCount(m_view.columnCount()),
             formatCount(std::llround(m_view.range.height())), formatCount(m_view.counts.last()));
}

void CoveragePainter::legend()
{
    const Theme& theme = Theme::current();
    const double top = m_viewport.height() - CoverageGeometry::legend;
    m_painter->fillRect(QRectF(0, top, m_viewport.width(), CoverageGeometry::legend), theme.color(Role::Surface));
    m_painter->fillRect(QRectF(0, top, m_viewport.width(), 1), theme.color(Role::Hairline));
    const QFont font = theme.font(TextStyle::Caption);
    m_painter->setFont(font);
    const QFontMetricsF metrics(font);
    const double middle = top + CoverageGeometry::legend / 2.0;
    const auto text = [&](double x, const QString& words, Role role) {
        m_painter->setPen(theme.color(role));
        m_painter->drawText(QRectF(x, top, m_viewport.width(), CoverageGeometry::legend), Qt::AlignVCenter | Qt::AlignLeft, words);
        return x + metrics.horizontalAdvance(words);
    };
    double x = 12;
    stylepainting::roundedBox(m_painter, QRectF(x, middle - 5, 10, 10), 1, theme.coverage(0), theme.color(Role::Control));
    x = text(x + 17, CoverageMatrix::tr("no label"), Role::TextSecondary) + 24;
    const QString right = legendText();
    const double rightWidth = metrics.horizontalAdvance(right);
    const QString caption = CoverageMatrix::tr("share of a tile's molecules with a label");
    const double ramp = 126;
    const double scale = metrics.horizontalAdvance(u"> 0"_s) + ramp + metrics.horizontalAdvance(formatPercent(1)) + 20;
    const double room = m_viewport.width() - x - rightWidth - 28;
    if (room > metrics.horizontalAdvance(caption) + scale + 12) {
        x = text(x, caption, Role::TextSecondary) + 14;
    }
    x = text(x, u"> 0"_s, Role::TextSecondary) + 8;
    constexpr int steps = 63;
    for (int i = 0; i < steps; ++i) {
        m_painter->fillRect(QRectF(x + i * ramp / steps, middle - 5, ramp / steps + 0.5, 10),
                            theme.coverage((i + 1.0) / steps));
    }
    x = text(x + ramp + 8, formatPercent(1), Role::TextSecondary);
    if (m_viewport.width() - 12 - rightWidth > x + 12) {
        text(m_viewport.width() - 12 - rightWidth, right, Role::TextSecondary);
    }
}

void CoveragePainter::selection(int column)
{
    const Theme& theme = Theme::current();
    const QRectF tiles = m_g.columnTiles(column);
    if (tiles.isEmpty()) {
        return;
    }
    const double halo = theme.metrics().selectionHalo;
    QRectF box = tiles.width() < 3 ? QRectF(tiles.center().x() - 1.5, tiles.top(), 3, tiles.height()) : tiles;
    box.adjust(-1, -1, 1, 1);
    m_painter->save();
    m_painter->setRenderHint(QPainter::Antialiasing);
    m_painter->setBrush(Qt::NoBrush);
    m_painter->setPen(QPen(theme.color(Role::Surface), halo));
    m_painter->drawRect(box);
    m_painter->setPen(QPen(theme.color(Role::AccentMark), 1.5));
    m_painter->drawRect(box);
    m_painter->restore();
    if (m_g.names) {
        return;
    }
    // Too narrow for a name below: it stands beside the column.
    m_painter->setFont(theme.font(TextStyle::Axis));
    const QString name = m_view.data.columns[static_cast<std::size_t>(column)].name;
    const double width = m_painter->fontMetrics().horizontalAdvance(name) + 14;
    const double side = box.right() + 6 + width < m_g.matrix.right() ? box.right() + 6 : box.left() - 6 - width;
    const QRectF label(side, m_g.matrix.top() + 6, width, 20);
    stylepainting::roundedBox(m_painter, label, theme.metrics().radiusSmall, theme.color(Role::Raised), theme.color(Role::AccentMark));
    m_painter->setPen(theme.color(Role::AccentText));
    m_painter->drawText(label, Qt::AlignCenter, name);
}

void CoveragePainter::crosshair(const QPoint& position)
{
    const QColor line = Theme::current().color(Role::Text, 0.75);
    m_painter->fillRect(QRectF(position.x(), m_g.matrix.top(), 1, m_g.matrix.height()), line);
    m_painter->fillRect(QRectF(m_g.matrix.left(), position.y(), m_g.matrix.width(), 1), line);
    if (const auto hit = m_matrix.hitTest(position)) {
        hoverBox(position, *hit);
    }
}

void CoveragePainter::hoverBox(const QPoint& position, const CoverageMatrix::Hit& hit)
{
    const Theme& theme = Theme::current();
    const auto& column = m_view.data.columns[static_cast<std::size_t>(hit.column)];
    const QString labelled = CoverageMatrix::tr("%1 of %2 molecules labelled").arg(formatCount(hit.labelled), formatCount(hit.molecules));
    const QString rows = hit.molecules == 1
                             ? CoverageMatrix::tr("molecule %1").arg(formatCount(hit.firstMolecule + 1))
                             : CoverageMatrix::tr("molecules %1 to %2").arg(formatCount(hit.firstMolecule + 1),
                                                                            formatCount(hit.firstMolecule + hit.molecules));
    const QString set = m_view.data.datasets[static_cast<std::size_t>(column.dataset)].name;
    const QFont strong = theme.font(TextStyle::DockTitle);
    const QFont body = theme.font(TextStyle::Caption);
    const QFontMetricsF metrics(body);
    const double width = std::min({std::max({QFontMetricsF(strong).horizontalAdvance(column.name), metrics.horizontalAdvance(labelled),
                                             metrics.horizontalAdvance(set + u" · "_s + rows)}) + 20,
                                   360.0});
    const double line = metrics.height() + 1;
    QRectF box(position.x() + 12, position.y() + 12, width, 3 * line + 12);
    if (box.right() > m_viewport.width() - 8) {
        box.moveRight(position.x() - 12);
    }
    if (box.bottom() > m_viewport.height() - CoverageGeometry::legend - 4) {
        box.moveBottom(position.y() - 12);
    }
    stylepainting::roundedBox(m_painter, box, theme.metrics().radiusSmall, theme.color(Role::Raised), theme.color(Role::Control));
    const QRectF first = QRectF(box.left() + 10, box.top() + 6, box.width() - 20, line);
    m_painter->setFont(strong);
    m_painter->setPen(theme.color(Role::Text));
    m_painter->drawText(first, Qt::AlignVCenter | Qt::AlignLeft, QFontMetricsF(strong).elidedText(column.name, Qt::ElideMiddle, first.width()));
    m_painter->setFont(body);
    drawNumber(m_painter, first.translated(0, line), labelled, Qt::AlignLeft);
    m_painter->setPen(theme.color(Role::TextSecondary));
    drawNumber(m_painter, first.translated(0, 2 * line), set + u" · "_s + rows, Qt::AlignLeft);
}

void CoveragePainter::paintEmpty(QPainter* painter, const QRect& rect, const QString& strong, const QString& grey)
{
    const Theme& theme = Theme::current();
    painter->fillRect(rect, theme.color(Role::Surface));
    const QPointF centre(rect.center().x(), rect.top() + rect.height() * 0.42);
    paintIcon(painter, QRectF(centre.x() - 12, centre.y() - 36, 24, 24), u"data"_s, theme.color(Role::TextTertiary));
    painter->setFont(theme.font(TextStyle::BodyStrong));
    painter->setPen(theme.color(Role::Text));
    painter->drawText(QRectF(rect.left() + 16, centre.y() - 4, rect.width() - 32, 20), Qt::AlignCenter, strong);
    painter->setFont(theme.font(TextStyle::Body));
    painter->setPen(theme.color(Role::TextSecondary));
    painter->drawText(QRectF(rect.left() + 16, centre.y() + 22, rect.width() - 32, 60),
                      Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, grey);
}

} // namespace papilio::widgets
