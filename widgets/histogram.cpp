// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/histogram.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "widgets/format.h"
#include "widgets/plotlibrary.h"
#include "widgets/plotstyle.h"
#include "widgets/stylepainting.h"
#include "widgets/theme.h"

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

HistogramView::HistogramView(QWidget* parent)
    : QWidget(parent), m_emptyText(tr("Select a task to see how its labels are distributed.")), m_plot(new QCustomPlot)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setFocusPolicy(Qt::StrongFocus);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setContextMenuPolicy(Qt::NoContextMenu);
    m_plot->installEventFilter(this);
    m_plot->setMouseTracking(true);
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->axisRect()->setRangeDrag(Qt::Horizontal);
    m_plot->axisRect()->setRangeZoom(Qt::Horizontal);
    m_plot->axisRect()->setMinimumMargins({8, 10, 12, 4});
    connect(&Theme::current(), &Theme::changed, this, &HistogramView::rebuild);
    rebuild();
}

HistogramView::~HistogramView() = default;

void HistogramView::setData(HistogramData data)
{
    m_data = std::move(data);
    rebuild();
}

void HistogramView::clear()
{
    setData({});
}

void HistogramView::setEmptyText(const QString& text)
{
    m_emptyText = text;
    update();
}

void HistogramView::rebuild()
{
    m_markers.clear();
    m_plot->clearItems();
    m_plot->clearPlottables();
    m_bars = nullptr;
    m_hoveredBin = -1;
    plotstyle::apply(m_plot);
    m_plot->setVisible(!m_data.isEmpty());
    const bool named = m_data.unit.isEmpty() || m_data.name.endsWith(u'(' + m_data.unit + u')');
    const QString axis = named ? m_data.name : tr("%1, %2").arg(m_data.name, m_data.unit);
    setAccessibleName(m_data.isEmpty() ? tr("Distribution, empty") : tr("Distribution of %1").arg(axis));
    setAccessibleDescription(tr("n = %1").arg(formatCount(m_data.n)));
    if (!m_data.isEmpty()) {
        m_axisText = {axis, tr("n = %1").arg(formatCount(m_data.n))};
        m_plot->yAxis->setLabel(m_data.countName.isEmpty() ? tr("labels") : m_data.countName);
        m_plot->yAxis->setTicker(plotstyle::wholeTicker()); // molecules are counted
        m_plot->yAxis->ticker()->setTickCount(4);
        m_data.classes.empty() ? buildBins() : buildClasses();
        fitLabels();
        m_plot->replot(QCustomPlot::rpQueuedReplot);
    }
    update();
}

void HistogramView::buildBins()
{
    const Theme& theme = Theme::current();
    const std::size_t bins = m_data.counts.size();
    if (m_data.edges.size() != bins + 1) {
        return;
    }
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->xAxis->setTicker(plotstyle::numberTicker());
    m_plot->xAxis->setTicks(true);
    m_plot->xAxis->grid()->setVisible(true);
    m_bars = new QCPBars(m_plot->xAxis, m_plot->yAxis);
    QVector<double> x, y;
    qint64 highest = 1;
    for (std::size_t i = 0; i < bins; ++i) {
        x.append((m_data.edges[i] + m_data.edges[i + 1]) / 2);
        y.append(static_cast<double>(m_data.counts[i]));
        highest = std::max(highest, m_data.counts[i]);
    }
    m_bars->setData(x, y, true);
    m_bars->setWidthType(QCPBars::wtPlotCoords);
    m_bars->setWidth((m_data.edges[1] - m_data.edges[0]) * 0.9);
    m_bars->setPen(Qt::NoPen);
    m_bars->setBrush(theme.series(m_data.series));
    m_bars->setAntialiased(false);
    double from = m_data.edges.front();
    double to = m_data.edges.back();
    const double margin = (to - from) * 0.03;
    m_plot->xAxis->setRange(from - margin, to + margin);
    m_plot->yAxis->setRange(0, static_cast<double>(highest) * 1.18);
    const auto inside = [&](double at) { return std::isfinite(at) && at > from - margin && at < to + margin; };
    if (inside(m_data.mean)) {
        addMarker(m_data.mean, tr("mean"), true);
    }
    for (const int side : {-1, 1}) {
        const double at = m_data.mean + side * 3 * m_data.sd;
        if (m_data.sd > 0 && inside(at)) {
            addMarker(at, side < 0 ? u"−3 SD"_s : u"+3 SD"_s, false);
        }
    }
}

void HistogramView::addMarker(double x, const QString& text, bool isMean)
{
    const Theme& theme = Theme::current();
    auto* line = new QCPItemStraightLine(m_plot);
    line->point1->setCoords(x, 0);
    line->point2->setCoords(x, 1);
    QPen pen(theme.color(Role::Text), 1);
    if (!isMean) {
        pen.setDashPattern({4, 3});
    }
    line->setPen(pen);
    line->setAntialiased(false);
    auto* label = new QCPItemText(m_plot);
    label->position->setTypeX(QCPItemPosition::ptPlotCoords);
    label->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    label->position->setCoords(x, 0.0);
    label->setPadding({4, 0, 4, 0});
    label->setText(text);
    label->setFont(theme.font(TextStyle::Axis));
    label->setColor(theme.color(Role::TextSecondary));
    label->setClipToAxisRect(true);
    m_markers.emplace_back(label, x);
}

void HistogramView::fitAxisText()
{
    const QFontMetrics metrics(Theme::current().font(TextStyle::Axis));
    const QString count = u" · "_s + m_axisText.second;
    const int room = std::max(width() - 60 - metrics.horizontalAdvance(count), 40);
    QString label = metrics.elidedText(m_axisText.first, Qt::ElideMiddle, room) + count;
    if (m_data.below + m_data.above > 0) {
        label += u'\n' + tr("%1 of %2 beyond the axis").arg(formatCount(m_data.below + m_data.above), formatCount(m_data.n));
    }
    m_plot->xAxis->setLabel(label);
}

void HistogramView::fitLabels()
{
    fitAxisText();
    if (m_data.edges.size() < 2 || !m_data.classes.empty()) {
        return;
    }
    const QFontMetrics metrics(Theme::current().font(TextStyle::Axis));
    const double from = m_data.edges.front();
    const double to = m_data.edges.back();
    const double room = std::max(width() - 80.0, 60.0); // the counts' axis takes the rest
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10((to - from) / 6))), 0, 6);
    const double number = std::max(metrics.horizontalAdvance(formatFixed(from, decimals)),
                                   metrics.horizontalAdvance(formatFixed(to, decimals)));
    // The ticker rounds the step down by up to a third.
    m_plot->xAxis->ticker()->setTickCount(std::clamp(static_cast<int>(room / ((number + 9) * 1.4)), 2, 6));
    std::vector<std::pair<double, double>> taken; // in pixels
    const auto pixel = [&](double x) { return (x - from) / (to - from) * room; };
    for (std::size_t i = 0; i < m_markers.size(); ++i) {
        const auto& [label, x] = m_markers[i];
        const double at = pixel(x);
        const double size = metrics.horizontalAdvance(label->text()) + 8;
        const bool leftFirst = x < m_markers.front().second; // away from the mean
        label->setVisible(false);
        for (const bool left : {leftFirst, !leftFirst}) {
            const double begin = left ? at - size : at;
            const bool free = begin > -6 && begin + size < room + 6 &&
                              std::none_of(taken.begin(), taken.end(), [&](const auto& other) {
                                  return begin < other.second && begin + size > other.first;
                              });
            const bool crossed = std::any_of(m_markers.begin(), m_markers.end(), [&](const auto& other) {
                return pixel(other.second) > begin + 1 && pixel(other.second) < begin + size - 1;
            });
            if (free && !crossed) {
                label->setVisible(true);
                label->setPositionAlignment((left ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
                taken.emplace_back(begin, begin + size);
                break;
            }
        }
    }
}

void HistogramView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitLabels();
}

void HistogramView::buildClasses()
{
    const Theme& theme = Theme::current();
    m_plot->setInteractions(QCP::Interactions());
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    m_bars = new QCPBars(m_plot->xAxis, m_plot->yAxis);
    QVector<double> x, y;
    qint64 highest = 1;
    const auto count = m_data.classes.size();
    for (std::size_t i = 0; i < count; ++i) {
        const auto& c = m_data.classes[i];
        x.append(static_cast<double>(i));
        y.append(static_cast<double>(c.count));
        highest = std::max(highest, c.count);
        ticker->addTick(static_cast<double>(i), c.name);
    }
    m_bars->setData(x, y, true);
    m_bars->setWidth(0.6);
    m_bars->setPen(Qt::NoPen);
    m_bars->setBrush(theme.series(m_data.series));
    m_bars->setAntialiased(false);
    m_plot->xAxis->setTicker(ticker);
    m_plot->xAxis->grid()->setVisible(false);
    m_plot->xAxis->setRange(-0.7, static_cast<double>(count) - 0.3);
    m_plot->yAxis->setRange(0, static_cast<double>(highest) * 1.22);
    for (std::size_t i = 0; i < count && count <= 8; ++i) {
        auto* label = new QCPItemText(m_plot);
        label->position->setCoords(static_cast<double>(i), static_cast<double>(m_data.classes[i].count));
        label->setPositionAlignment(Qt::AlignHCenter | Qt::AlignBottom);
        label->setPadding({0, 0, 0, 2});
        const double share = m_data.n > 0 ? static_cast<double>(m_data.classes[i].count) / static_cast<double>(m_data.n) : std::nan("");
        label->setText(joinedByDot({formatCount(m_data.classes[i].count), formatPercent(share, 1)}));
        label->setFont(theme.font(TextStyle::Axis));
        label->setColor(theme.color(Role::Text));
        label->setClipToAxisRect(false);
    }
}

QString HistogramView::textAt(const QPoint& position) const
{
    const QPointF in = m_plot->mapFrom(this, position);
    if (m_data.isEmpty() || !m_plot->axisRect()->rect().contains(in.toPoint())) {
        return {};
    }
    const double x = m_plot->xAxis->pixelToCoord(in.x());
    const QString counted = m_data.countName.isEmpty() ? tr("labels") : m_data.countName;
    const auto share = [&](qint64 count) {
        return m_data.n > 0 ? formatPercent(static_cast<double>(count) / static_cast<double>(m_data.n), 1) : QString();
    };
    if (!m_data.classes.empty()) {
        const auto at = static_cast<long>(std::lround(x));
        if (at < 0 || at >= static_cast<long>(m_data.classes.size())) {
            return {};
        }
        const auto& c = m_data.classes[static_cast<std::size_t>(at)];
        return joinedByDot({c.name, formatCount(c.count) + u' ' + counted, share(c.count)});
    }
    const auto upper = std::upper_bound(m_data.edges.begin(), m_data.edges.end(), x);
    if (upper == m_data.edges.begin() || upper == m_data.edges.end()) {
        return {};
    }
    const auto bin = static_cast<std::size_t>(upper - m_data.edges.begin() - 1);
    const double width = m_data.edges[bin + 1] - m_data.edges[bin];
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(width) + 0.4)), 0, 8);
    return joinedByDot({tr("%1 to %2").arg(formatFixed(m_data.edges[bin], decimals), formatFixed(m_data.edges[bin + 1], decimals)) +
                            (m_data.unit.isEmpty() ? QString() : QString(u' ' + m_data.unit)),
                        formatCount(m_data.counts[bin]) + u' ' + counted, share(m_data.counts[bin])});
}

bool HistogramView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_plot) {
        if (event->type() == QEvent::MouseMove) {
            auto* mouse = static_cast<QMouseEvent*>(event);
            const QString text = textAt(m_plot->mapTo(this, mouse->position().toPoint()));
            text.isEmpty() ? QToolTip::hideText() : QToolTip::showText(mouse->globalPosition().toPoint(), text, m_plot);
        } else if (event->type() == QEvent::MouseButtonPress) {
            setFocus(Qt::MouseFocusReason);
        } else if (event->type() == QEvent::MouseButtonDblClick) {
            rebuild();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

QString HistogramView::toTsv() const
{
    QStringList lines;
    if (!m_data.classes.empty()) {
        lines.append(u"class\tcount"_s);
        for (const auto& c : m_data.classes) {
            lines.append(c.name + u'\t' + QString::number(c.count));
        }
    } else {
        lines.append(u"from\tto\tcount"_s);
        const auto line = [](double from, double to, qint64 count) {
            return QStringList{QString::number(from, 'g', 12), QString::number(to, 'g', 12), QString::number(count)}.join(u'\t');
        };
        if (m_data.below > 0) {
            lines.append(line(m_data.minimum, m_data.edges.front(), m_data.below));
        }
        for (std::size_t i = 0; i < m_data.counts.size() && i + 1 < m_data.edges.size(); ++i) {
            lines.append(line(m_data.edges[i], m_data.edges[i + 1], m_data.counts[i]));
        }
        if (m_data.above > 0) {
            lines.append(line(m_data.edges.back(), m_data.maximum, m_data.above));
        }
    }
    return lines.join(u'\n') + u'\n';
}

void HistogramView::copy() const
{
    plotstyle::copy(this, toTsv());
}

void HistogramView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy) && !m_data.isEmpty()) {
        copy();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void HistogramView::contextMenuEvent(QContextMenuEvent* event)
{
    if (!m_data.isEmpty()) {
        plotstyle::contextMenu(this, m_plot, event->globalPos(), toTsv());
    }
}

void HistogramView::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Role::PlotBg));
    if (m_data.isEmpty()) {
        painter.setPen(theme.color(Role::TextSecondary));
        painter.drawText(rect().adjusted(16, 8, -16, -8), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
    }
}

} // namespace papilio::widgets
