// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/similarityplot.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "widgets/format.h"
#include "widgets/theme.h"

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

namespace
{

double share(qint64 count, qint64 total)
{
    return total > 0 ? static_cast<double>(count) / static_cast<double>(total) : 0;
}

/// A round number of percent not below the value, of which a third or a half is round as well.
double roundTop(double value)
{
    for (const double top : {0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0}) {
        if (value <= top) {
            return top;
        }
    }
    return 1;
}

QPainterPath steps(const QVector<qint64>& counts, qint64 total, const QRectF& area, double top)
{
    QPainterPath path(area.bottomLeft());
    const double width = area.width() / static_cast<double>(counts.size());
    for (qsizetype i = 0; i < counts.size(); ++i) {
        const double y = area.bottom() - area.height() * std::min(1.0, share(counts[i], total) / top);
        path.lineTo(area.left() + width * static_cast<double>(i), y);
        path.lineTo(area.left() + width * static_cast<double>(i + 1), y);
    }
    path.lineTo(area.bottomRight());
    return path;
}

} // namespace

SimilarityPlot::SimilarityPlot(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Similarity of measured molecules to the nearest training molecule"));
    setTextStyle(this, TextStyle::Axis);
    connect(&Theme::current(), &Theme::changed, this, qOverload<>(&SimilarityPlot::update));
}

void SimilarityPlot::setData(SimilarityData data)
{
    m_data = std::move(data);
    m_total = std::accumulate(m_data.counts.begin(), m_data.counts.end(), qint64{0});
    m_randomTotal = std::accumulate(m_data.randomCounts.begin(), m_data.randomCounts.end(), qint64{0});
    m_hovered = -1;
    update();
}

double SimilarityPlot::largestShare() const
{
    double largest = 0;
    for (const qint64 count : m_data.counts) {
        largest = std::max(largest, share(count, m_total));
    }
    for (const qint64 count : m_data.randomCounts) {
        largest = std::max(largest, share(count, m_randomTotal));
    }
    return largest;
}

QRectF SimilarityPlot::plotArea() const
{
    const QFontMetricsF metrics(font());
    const double left = metrics.horizontalAdvance(u"100 %"_s) + 6;
    return QRectF(left, 4, width() - left - 8, height() - 2 * metrics.height() - 10);
}

void SimilarityPlot::paintScales(QPainter* painter, const QRectF& area, double top) const
{
    const Theme& theme = Theme::current();
    const QFontMetricsF metrics(font());
    const QPen grid(theme.color(Role::Grid), 1);
    for (const double part : {0.0, 0.5, 1.0}) {
        const double y = std::round(area.bottom() - part * area.height()) + 0.5;
        painter->setPen(part == 0 ? QPen(theme.color(Role::Axis), 1) : grid);
        painter->drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        painter->setPen(theme.color(Role::TextSecondary));
        const QRectF place(0, y - metrics.height() / 2, area.left() - 6, metrics.height());
        drawNumber(painter, place, formatPercent(part * top, part * top > 0 && std::fmod(part * top * 100, 1) > 0.01 ? 1 : 0),
                   Qt::AlignRight | Qt::AlignVCenter);
    }
    for (int tick = 0; tick <= 5; ++tick) {
        const double x = std::round(area.left() + area.width() * tick / 5) + 0.5;
        painter->setPen(grid);
        painter->drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        painter->setPen(theme.color(Role::TextSecondary));
        const QRectF place(x - 20, area.bottom() + 3, 40, metrics.height());
        drawNumber(painter, place, formatFixed(tick / 5.0, 1), Qt::AlignHCenter | Qt::AlignVCenter);
    }
    const QRectF name(area.left() - 30, area.bottom() + metrics.height() + 4, area.width() + 36, metrics.height());
    painter->drawText(name, Qt::AlignCenter,
                      metrics.elidedText(tr("similarity to nearest training molecule, Tanimoto"), Qt::ElideRight, name.width()));
}

void SimilarityPlot::paintEvent(QPaintEvent*)
{
    if (m_data.isEmpty()) {
        return;
    }
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const QRectF area = plotArea();
    const double top = roundTop(largestShare());
    paintScales(&painter, area, top);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor color = theme.series(0);
    QColor fill = color;
    fill.setAlphaF(0.35F);
    const QPainterPath own = steps(m_data.counts, m_total, area, top);
    painter.fillPath(own, fill);
    painter.setPen(QPen(color, 1.5));
    painter.drawPath(own);
    if (!m_data.randomCounts.isEmpty()) {
        QPen pen(theme.ink(), 1);
        pen.setDashPattern({3, 2});
        painter.setPen(pen);
        painter.drawPath(steps(m_data.randomCounts, m_randomTotal, area, top));
    }
    if (m_hovered >= 0) {
        const double width = area.width() / static_cast<double>(m_data.counts.size());
        painter.fillRect(QRectF(area.left() + width * m_hovered, area.top(), width, area.height()),
                         theme.color(Role::Text, 0.12));
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.color(Role::Focus), 1));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

int SimilarityPlot::binAt(const QPoint& position) const
{
    const QRectF area = plotArea();
    if (m_data.isEmpty() || !area.contains(position)) {
        return -1;
    }
    const auto bins = static_cast<int>(m_data.counts.size());
    return std::clamp(static_cast<int>((position.x() - area.left()) / area.width() * bins), 0, bins - 1);
}

QString SimilarityPlot::textAt(const QPoint& position) const
{
    const int bin = binAt(position);
    if (bin < 0) {
        return {};
    }
    const auto bins = static_cast<double>(m_data.counts.size());
    const QString range = tr("%1 to %2").arg(formatFixed(bin / bins, 2), formatFixed((bin + 1) / bins, 2));
    const QString own = tr("%1 % of %2").arg(formatFixed(100 * share(m_data.counts[bin], m_total), 1), formatCount(m_total));
    const QString random = m_data.randomCounts.isEmpty()
                               ? QString()
                               : tr("random %1 %").arg(formatFixed(100 * share(m_data.randomCounts[bin], m_randomTotal), 1));
    return joinedByDot({range, own, random});
}

bool SimilarityPlot::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), textAt(help->pos()), this);
        return true;
    }
    return QWidget::event(event);
}

void SimilarityPlot::mouseMoveEvent(QMouseEvent* event)
{
    const int bin = binAt(event->position().toPoint());
    if (bin != m_hovered) {
        m_hovered = bin;
        update();
    }
}

void SimilarityPlot::leaveEvent(QEvent*)
{
    m_hovered = -1;
    update();
}

void SimilarityPlot::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    QWidget::keyPressEvent(event);
}

void SimilarityPlot::contextMenuEvent(QContextMenuEvent* event)
{
    if (m_data.isEmpty()) {
        return;
    }
    QMenu menu(this);
    menu.addAction(tr("Copy picture and table"), this, &SimilarityPlot::copy);
    menu.exec(event->globalPos());
}

QString SimilarityPlot::toTsv() const
{
    QString text = u"from\tto\tmolecules\trandom\n"_s;
    const auto bins = static_cast<double>(m_data.counts.size());
    for (qsizetype i = 0; i < m_data.counts.size(); ++i) {
        const QString random = i < m_data.randomCounts.size() ? QString::number(m_data.randomCounts[i]) : QString();
        text += u"%1\t%2\t%3\t%4\n"_s.arg(static_cast<double>(i) / bins)
                    .arg(static_cast<double>(i + 1) / bins)
                    .arg(m_data.counts[i])
                    .arg(random);
    }
    return text;
}

void SimilarityPlot::copy() const
{
    auto* data = new QMimeData;
    data->setText(toTsv());
    data->setImageData(const_cast<SimilarityPlot*>(this)->grab().toImage());
    QGuiApplication::clipboard()->setMimeData(data);
}

} // namespace papilio::widgets
