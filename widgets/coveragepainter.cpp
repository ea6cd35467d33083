// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/coveragepainter.h"

#include <algorithm>
#include <cmath>

#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/stylepainting.h"
#include "widgets/theme.h"

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

namespace
{
constexpr double barHeight = 44;  ///< of 100 % above the matrix
constexpr double barWidth = 62;   ///< of 100 % beside it
} // namespace

CoveragePainter::CoveragePainter(QPainter* painter, const CoverageMatrix& matrix, CoverageMatrix::View& view,
                                 const QRect& viewport)
    : m_painter(painter), m_matrix(matrix), m_view(view), m_viewport(viewport), m_g(view, viewport)
{
}

QColor CoveragePainter::datasetColor(int dataset) const
{
    const Theme& theme = Theme::current();
    return dataset >= 0 ? theme.series(m_view.data.datasets[static_cast<std::size_t>(dataset)].series)
                        : theme.color(Role::Control);
}

double CoveragePainter::columnFraction(int column) const
{
    const double all = static_cast<double>(m_view.counts.last());
    return all > 0 ? m_view.counts.labelled(column, 0, all) / all : 0;
}

std::pair<int, int> CoveragePainter::visibleColumns() const
{
    return {std::max(static_cast<int>(std::floor(m_view.range.left() + 1e-6)), 0),
            std::min(static_cast<int>(std::ceil(m_view.range.right() - 1e-6)), m_view.columnCount())};
}

std::vector<CoveragePainter::Block> CoveragePainter::blocks() const
{
    std::vector<Block> result;
    const auto [from, to] = visibleColumns();
    for (int column = from; column < to; ++column) {
        const int dataset = m_view.data.columns[static_cast<std::size_t>(column)].dataset;
        if (result.empty() || result.back().dataset != dataset) {
            result.push_back({dataset, column, column});
        }
        result.back().to = column + 1;
    }
    return result;
}

void CoveragePainter::paintBase(int selectedColumn)
{
    m_painter->fillRect(m_viewport, Theme::current().color(Role::Surface));
    tiles();
    columnBars();
    rowGroups();
    rowBars();
    m_g.names ? columnNames(selectedColumn) : columnBrackets();
    legend();
    if (selectedColumn >= 0) {
        selection(selectedColumn);
    }
}

void CoveragePainter::paintHover(const QPoint& position)
{
    if (m_g.matrix.contains(position)) {
        crosshair(position);
    }
}

void CoveragePainter::tiles()
{
    m_painter->drawImage(m_g.matrix.topLeft(), renderCoverage(m_view, m_g, m_painter->device()->devicePixelRatioF()));
    // One light line where a row group ends.
    for (std::size_t i = 1; i < m_view.groupStart.size(); ++i) {
        const double y = std::round(m_g.y(static_cast<double>(m_view.groupStart[i])));
        if (y > m_g.matrix.top() && y < m_g.matrix.bottom()) {
            m_painter->fillRect(QRectF(m_g.matrix.left(), y, m_g.matrix.width(), 1), Theme::current().color(Role::Surface));
        }
    }
}

void CoveragePainter::columnBars()
{
    const Theme& theme = Theme::current();
    const double baseline = m_g.matrix.top() - 5;
    m_painter->save();
    m_painter->setClipRect(QRectF(m_g.matrix.left(), 0, m_g.matrix.width(), baseline + 1));
    const auto [from, to] = visibleColumns();
    for (int column = from; column < to; ++column) {
        const double fraction = columnFraction(column);
        const double h = fraction > 0 ? std::max(fraction * barHeight, 1.0) : 0;
        const int dataset = m_view.data.columns[static_cast<std::size_t>(column)].dataset;
        m_painter->fillRect(QRectF(m_g.x(column), baseline - h, std::max(m_g.columnWidth - m_g.columnGap, 0.5), h),
                            datasetColor(dataset));
    }
    m_painter->restore();
    columnBarNumbers(baseline);
    m_painter->setFont(theme.font(TextStyle::Axis));
    m_painter->setPen(theme.color(Role::TextSecondary));
    m_painter->drawText(QRectF(0, baseline - 32, CoverageGeometry::left - 12, 32), Qt::AlignRight | Qt::AlignBottom,
                        CoverageMatrix::tr("molecules\nwith label, %"));
}

void CoveragePainter::columnBarNumbers(double baseline)
{
    const Theme& theme = Theme::current();
    const QFont font = theme.font(TextStyle::Axis);
    m_painter->setFont(font);
    m_painter->setPen(theme.color(Role::TextSecondary));
    const double height = m_painter->fontMetrics().height();
    const auto percent = [](double fraction) {
        const double value = fraction * 100;
        return value > 0 && value < 0.5 ? u"<1"_s : formatFixed(value, 0);
    };
    if (m_g.columnWidth >= numberWidth(font, u"100"_s) - 2) {
        const auto [from, to] = visibleColumns();
        for (int column = from; column < to; ++column) {
            const double fraction = columnFraction(column);
            const QRectF cell(m_g.x(column) - 4, baseline - fraction * barHeight - height - 1, m_g.columnWidth + 7, height);
            if (cell.center().x() > m_g.matrix.left() && cell.center().x() < m_g.matrix.right()) {
                drawNumber(m_painter, cell, percent(fraction), Qt::AlignHCenter);
            }
        }
        return;
    }
    for (const Block& block : blocks()) {
        double sum = 0;
        double highest = 0;
        for (int column = block.from; column < block.to; ++column) {
            sum += columnFraction(column);
            highest = std::max(highest, columnFraction(column));
        }
        const double left = std::max(m_g.x(block.from), m_g.matrix.left());
        const double right = std::min(m_g.x(block.to - 1) + m_g.columnWidth, m_g.matrix.right());
        const QString text = CoverageMatrix::tr("mean %1").arg(percent(sum / (block.to - block.from)));
        const bool wide = right - left > numberWidth(font, text) + 4;
        if (wide || right - left > 14) {
            drawNumber(m_painter, QRectF(left, baseline - highest * barHeight - height - 1, right - left, height),
                       wide ? text : percent(sum / (block.to - block.from)), Qt::AlignHCenter);
        }
    }
}

void CoveragePainter::columnNames(int selected)
{
    const Theme& theme = Theme::current();
    const double top = m_g.matrix.bottom() + 4;
    const double room = m_g.nameHeight - 10;
    const auto [from, to] = visibleColumns();
    for (int column = from; column < to; ++column) {
        const double centre = m_g.x(column) + (m_g.columnWidth - m_g.columnGap) / 2;
        if (centre < m_g.matrix.left() || centre > m_g.matrix.right()) {
            continue;
        }
        const QString& name = m_view.data.columns[static_cast<std::size_t>(column)].name;
        QFont font = theme.font(TextStyle::Axis);
        font.setBold(column == selected);
        const QFontMetricsF metrics(font);
        const QString text = metrics.elidedText(name, Qt::ElideMiddle, room);
        const double length = metrics.horizontalAdvance(text);
        const double cellHeight = std::min(metrics.height(), m_g.columnWidth + 4);
        m_painter->save();
        if (column == selected) {
            stylepainting::roundedBox(m_painter, QRectF(centre - cellHeight / 2, top, cellHeight, length + 8), 2,
                                      theme.color(Role::Selection));
        }
        m_painter->setFont(font);
        m_painter->setPen(theme.color(column == selected ? Role::AccentText : Role::TextSecondary));
        m_painter->translate(centre, top + 4 + length);
        m_painter->rotate(-90);
        m_painter->drawText(QRectF(0, -cellHeight / 2 - 4, length + 2, cellHeight + 8), Qt::AlignLeft | Qt::AlignVCenter, text);
        m_painter->restore();
    }
    if (!m_view.data.order.isEmpty()) {
        m_painter->setFont(theme.font(TextStyle::Axis));
        m_painter->setPen(theme.color(Role::TextTertiary));
        m_painter->drawText(QRectF(4, m_g.matrix.bottom() + 4, CoverageGeometry::left - 16, 44),
                            Qt::AlignRight | Qt::AlignTop | Qt::TextWordWrap, m_view.data.order);
    }
}

void CoveragePainter::columnBrackets()
{
    const Theme& theme = Theme::current();
    const double top = m_g.matrix.bottom() + 5;
    const QFont strong = theme.font(TextStyle::DockTitle);
    const QFont small = theme.font(TextStyle::Axis);
    for (const Block& block : blocks()) {
        const double left = std::max(m_g.x(block.from), m_g.matrix.left());
        const double right = std::min(m_g.x(block.to - 1) + m_g.columnWidth, m_g.matrix.right());
        m_painter->setPen(QPen(theme.color(Role::Control), 1));
        m_painter->drawPolyline(QPolygonF({{left + 0.5, top}, {left + 0.5, top + 4.5}, {right - 0.5, top + 4.5}, {right - 0.5, top}}));
        const QString name = m_view.data.datasets[static_cast<std::size_t>(block.dataset)].name;
        const QString text = QFontMetrics(strong).elidedText(name, Qt::ElideMiddle, static_cast<int>(right - left));
        if (right - left < 24) {
            continue;
        }
        m_painter->setFont(strong);
        m_painter->setPen(theme.color(Role::Text));
        m_painter->drawText(QRectF(left, top + 6, right - left, 16), Qt::AlignCenter, text);
        const auto count = block.to - block.from;
        const QString tasks = (count == 1 ? CoverageMatrix::tr("%1 task") : CoverageMatrix::tr("%1 tasks")).arg(formatCount(count));
        if (QFontMetrics(small).horizontalAdvance(tasks) < right - left) {
            m_painter->setFont(small);
            m_painter->setPen(theme.color(Role::TextSecondary));
            m_painter->drawText(QRectF(left, top + 21, right - left, 15), Qt::AlignCenter, tasks);
        }
    }
}

void CoveragePainter::rowGroups()
{
    const Theme& theme = Theme::current();
    double freeFrom = 0; // two names never cover each other
    for (std::size_t i = 0; i < m_view.groupStart.size(); ++i) {
        const double end = i + 1 < m_view.groupStart.size() ? static_cast<double>(m_view.groupStart[i + 1])
                                                            : static_cast<double>(m_view.counts.last());
        const double top = std::max(m_g.y(static_cast<double>(m_view.groupStart[i])), m_g.matrix.top());
        const double bottom = std::min(m_g.y(end), m_g.matrix.bottom());
        if (bottom <= top) {
            continue;
        }
        const int dataset = m_view.groupDataset[i];
        m_painter->fillRect(QRectF(m_g.matrix.left() - 7, top, 3, std::max(bottom - top - 1, 1.0)), datasetColor(dataset));
        if (dataset < 0) {
            continue;
        }
        const auto& d = m_view.data.datasets[static_cast<std::size_t>(dataset)];
        const QFont strong = theme.font(TextStyle::DockTitle);
        const QFontMetricsF metrics(strong);
        const bool two = bottom - top >= 2 * metrics.height();
        const double height = two ? 2 * metrics.height() : metrics.height();
        const double y = std::max((top + bottom) / 2 - height / 2, freeFrom);
        if (y + height / 2 > bottom + metrics.height() || y + height > m_g.matrix.bottom() + 6) { // the order stands there
            continue;
        }
        freeFrom = y + height;
        const QRectF line(4, y, CoverageGeometry::left - 16, metrics.height());
        m_painter->setFont(strong);
        m_painter->setPen(theme.color(Role::Text));
        m_painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, metrics.elidedText(d.name, Qt::ElideMiddle, line.width()));
        if (two) {
            m_painter->setFont(theme.font(TextStyle::Axis));
            m_painter->setPen(theme.color(Role::TextSecondary));
            drawNumber(m_painter, line.translated(0, metrics.height()), formatCount(d.molecules), Qt::AlignRight);
        }
    }
}

void CoveragePainter::rowBars()
{
    const Theme& theme = Theme::current();
    const double x = m_g.matrix.right() + 9;
    m_painter->setFont(theme.font(TextStyle::Axis));
    m_painter->setPen(theme.color(Role::TextSecondary));
    m_painter->drawText(QRectF(x, m_g.matrix.top() - 37, CoverageGeometry::right - 10, 32), Qt::AlignLeft | Qt::AlignBottom,
                        CoverageMatrix::tr("tasks with\nlabel, %"));
    const int columns = m_view.columnCount();
    const auto share = [&](double from, double to) {
        return to > from ? m_view.countsFor(from, to).labelledOfAll(from, to) / ((to - from) * columns) : 0;
    };
    std::size_t group = 0;
    std::vector<double> widths; // of each line of pixels, for numbers clear of them
    const double ratio = m_painter->device()->devicePixelRatioF();
    for (double y = m_g.matrix.top(); y < m_g.matrix.bottom() - 0.01; y += 1 / ratio) {
        const double from = m_g.moleculeAt(y);
        while (group + 1 < m_view.groupStart.size() && static_cast<double>(m_view.groupStart[group + 1]) <= from) {
            ++group;
        }
        const int dataset = m_view.groupDataset.empty() ? -1 : m_view.groupDataset[group];
        const double width = share(from, m_g.moleculeAt(y + 1 / ratio)) * barWidth;
        m_painter->fillRect(QRectF(x, y, std::max(width, width > 0 ? 0.5 : 0.0), 1 / ratio), datasetColor(dataset));
        widths.push_back(width);
    }
    double freeFrom = 0;
    for (std::size_t i = 0; i < m_view.groupStart.size(); ++i) {
        const double start = static_cast<double>(m_view.groupStart[i]);
        const double end = i + 1 < m_view.groupStart.size() ? static_cast<double>(m_view.groupStart[i + 1])
                                                            : static_cast<double>(m_view.counts.last());
        const double top = std::max(m_g.y(start), m_g.matrix.top());
        const double bottom = std::min(m_g.y(end), m_g.matrix.bottom());
        const double height = m_painter->fontMetrics().height();
        const double centre = (top + bottom) / 2;
        if (bottom - top < 2 || centre - height / 2 < freeFrom) {
            continue;
        }
        freeFrom = centre + height / 2;
        const double mean = share(start, end);
        double longest = mean * barWidth;
        for (std::size_t line = 0; line < widths.size(); ++line) {
            const double y = m_g.matrix.top() + static_cast<double>(line) / ratio;
            if (std::abs(y - centre) <= height / 2 + 2) {
                longest = std::max(longest, widths[line]);
            }
        }
        m_painter->setPen(theme.color(Role::TextSecondary));
        drawNumber(m_painter, QRectF(x + longest + 5, centre - height / 2, 40, height),
                   formatFixed(mean * 100, mean < 0.01 ? 1 : 0), Qt::AlignLeft);
    }
}

} // namespace papilio::widgets
