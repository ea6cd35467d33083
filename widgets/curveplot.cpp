// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curveplot.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>

#include "widgets/format.h"
#include "widgets/plotlibrary.h"
#include "widgets/plotstyle.h"
#include "widgets/stylepainting.h"
#include "widgets/theme.h"

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

namespace
{
constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr int headHeight = 28;
} // namespace

struct CurvePlot::Parts {
    std::vector<std::vector<double>> lines; ///< smoothed values of every series
    std::vector<QCPItemText*> labels;       ///< one a labelled series
    std::vector<std::size_t> labelSeries;
    QCPItemStraightLine* cursorLine = nullptr;
    QCPItemText* cursorLabel = nullptr;
};

CurvePlot::CurvePlot(QWidget* parent)
    : QWidget(parent), m_emptyText(tr("The curve appears here after the first epoch.")), m_plot(new QCustomPlot(this)),
      m_parts(std::make_unique<Parts>()), m_cursor(none)
{
    setFocusPolicy(Qt::StrongFocus);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setContextMenuPolicy(Qt::NoContextMenu);
    m_plot->installEventFilter(this);
    m_plot->setMouseTracking(true);
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->axisRect()->setRangeDrag(Qt::Horizontal);
    m_plot->axisRect()->setRangeZoom(Qt::Horizontal);
    // A fixed left margin: the epochs of stacked plots stand under each other.
    m_plot->axisRect()->setAutoMargins(QCP::msRight | QCP::msTop | QCP::msBottom);
    m_plot->axisRect()->setMargins({58, 0, 0, 0});
    m_plot->axisRect()->setMinimumMargins({58, 12, 34, 4});
    m_plot->yAxis->setNumberFormat(u"gb"_s);
    connect(m_plot->xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this](const QCPRange& range) {
        if (m_rangeByPerson) {
            Q_EMIT xRangeChanged(range.lower, range.upper);
        }
    });
    connect(m_plot, &QCustomPlot::afterLayout, this, &CurvePlot::placeEndLabels);
    connect(&Theme::current(), &Theme::changed, this, &CurvePlot::rebuild);
    rebuild();
}

CurvePlot::~CurvePlot() = default;

void CurvePlot::setTitle(const QString& title, const QString& remark)
{
    m_title = title;
    m_remark = remark;
    setAccessibleName(tr("Curve of %1").arg(title));
    setAccessibleDescription(remark);
    update();
}

void CurvePlot::setAxisNames(const QString& x, const QString& y)
{
    m_plot->xAxis->setLabel(x);
    m_plot->yAxis->setLabel(y);
    setXAxisVisible(m_xAxisVisible);
}

void CurvePlot::setXAxisVisible(bool visible)
{
    m_xAxisVisible = visible;
    m_plot->xAxis->setLabelFont(Theme::current().font(TextStyle::Axis));
    m_plot->xAxis->setLabelColor(visible ? Theme::current().color(Role::TextSecondary) : QColor(Qt::transparent));
    m_plot->xAxis->setLabelPadding(visible ? 3 : -Theme::current().font(TextStyle::Axis).pointSize());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::setSeries(std::vector<CurveSeries> series)
{
    m_series = std::move(series);
    for (CurveSeries& s : m_series) {
        const std::size_t n = std::min(s.x.size(), s.y.size());
        s.x.resize(n);
        s.y.resize(n);
    }
    rebuild();
}

void CurvePlot::setPlannedEpochs(double last)
{
    m_planned = last;
    if (!m_rangeByPerson) {
        showAll();
    }
}

void CurvePlot::setSmoothing(double weight)
{
    if (weight != m_smoothing) {
        m_smoothing = weight;
        rebuild();
        Q_EMIT smoothingChanged(weight);
    }
}

void CurvePlot::setLogarithmic(bool on)
{
    const bool positive = std::all_of(m_series.begin(), m_series.end(), [](const CurveSeries& s) {
        return std::all_of(s.y.begin(), s.y.end(), [](double y) { return !std::isfinite(y) || y > 0; });
    });
    const bool wanted = on && positive;
    if (wanted != m_logarithmic) {
        m_logarithmic = wanted;
        rebuild();
    }
}

void CurvePlot::setEmptyText(const QString& text)
{
    m_emptyText = text;
    update();
}

void CurvePlot::applyTheme()
{
    plotstyle::apply(m_plot);
    m_plot->xAxis->setTicker(plotstyle::wholeTicker());
    m_plot->yAxis->setTicker(m_logarithmic ? plotstyle::logTicker() : plotstyle::numberTicker());
    m_plot->yAxis->setScaleType(m_logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    m_plot->xAxis->ticker()->setTickCount(5);
    m_plot->yAxis->ticker()->setTickCount(4);
    setXAxisVisible(m_xAxisVisible);
}

namespace
{

void addLine(QCustomPlot* plot, const std::vector<double>& x, const std::vector<double>& y, const QPen& pen, bool withDots)
{
    QCPGraph* graph = plot->addGraph();
    graph->setData(QVector<double>(x.begin(), x.end()), QVector<double>(y.begin(), y.end()), true);
    graph->setPen(pen);
    graph->setAntialiased(true);
    graph->setAdaptiveSampling(true);
    if (withDots) {
        graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, pen.color(), pen.color(), 4));
    }
}

} // namespace

void CurvePlot::rebuild()
{
    const Theme& theme = Theme::current();
    m_plot->clearItems();
    m_plot->clearGraphs();
    *m_parts = Parts();
    applyTheme();
    bool any = false;
    for (std::size_t i = 0; i < m_series.size(); ++i) {
        const CurveSeries& s = m_series[i];
        any = any || !s.x.empty();
        m_parts->lines.push_back(s.reference ? s.y : smoothed(s.y, m_smoothing));
        QColor color = s.reference ? theme.ink() : theme.series(s.series);
        // One value is no line: show it as a dot.
        const bool single = std::count_if(s.y.begin(), s.y.end(), [](double y) { return std::isfinite(y); }) < 2;
        if (!s.train && !s.reference && m_smoothing > 0) {
            QColor faint = color;
            faint.setAlphaF(static_cast<float>(theme.metrics().seriesRawOpacity));
            addLine(m_plot, s.x, s.y, QPen(faint, theme.metrics().seriesRaw), false);
        }
        QPen pen(color, s.train ? 1.25 : theme.metrics().series);
        if (s.reference) {
            pen.setDashPattern({4, 3});
        } else if (s.train) {
            pen.setDashPattern({1.5, 2});
        } else if (const auto dash = theme.dashPattern(s.series); !dash.isEmpty()) {
            pen.setDashPattern(dash);
        }
        addLine(m_plot, s.x, m_parts->lines.back(), pen, single);
        if (!s.train && !s.label.isEmpty() && !s.x.empty()) {
            auto* label = new QCPItemText(m_plot);
            label->setText(s.label);
            label->setFont(theme.font(TextStyle::Axis));
            label->setColor(color);
            label->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
            label->setPadding({4, 0, 2, 0});
            label->setClipToAxisRect(false);
            label->position->setType(QCPItemPosition::ptAbsolute);
            m_parts->labels.push_back(label);
            m_parts->labelSeries.push_back(i);
        }
    }
    m_plot->setVisible(any);
    m_parts->cursorLine = new QCPItemStraightLine(m_plot);
    m_parts->cursorLine->setPen(QPen(theme.color(Role::TextSecondary), 1));
    m_parts->cursorLine->setAntialiased(false);
    m_parts->cursorLabel = new QCPItemText(m_plot);
    m_parts->cursorLabel->setFont(theme.font(TextStyle::Axis));
    m_parts->cursorLabel->setColor(theme.color(Role::TextSecondary));
    m_parts->cursorLabel->setClipToAxisRect(false);
    m_parts->cursorLabel->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    m_parts->cursorLabel->setPadding({3, 0, 0, 1});
    m_parts->cursorLabel->position->setTypeX(QCPItemPosition::ptPlotCoords);
    m_parts->cursorLabel->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    if (m_rangeByPerson) {
        fitY();
    } else {
        showAll();
    }
    updateCursor();
    update();
}

void CurvePlot::showAll()
{
    m_rangeByPerson = false;
    double from = 1e300;
    double to = -1e300;
    for (const CurveSeries& s : m_series) {
        if (!s.x.empty()) {
            from = std::min(from, s.x.front());
            to = std::max(to, s.x.back());
        }
    }
    if (from > to) {
        return;
    }
    from = std::min(from, from <= 1 ? 0.0 : from);
    to = std::max({to, m_planned, from + 1});
    m_plot->xAxis->setRange(from, to);
    fitY();
}

void CurvePlot::setXRange(double from, double to)
{
    if (to > from) {
        m_rangeByPerson = false; // what follows is no message of a person
        m_plot->xAxis->setRange(from, to);
        m_rangeByPerson = true;
        fitY();
    }
}

void CurvePlot::fitY()
{
    double low = 1e300;
    double high = -1e300;
    const QCPRange range = m_plot->xAxis->range();
    for (std::size_t i = 0; i < m_series.size() && i < m_parts->lines.size(); ++i) {
        for (std::size_t k = 0; k < m_series[i].x.size(); ++k) {
            const double y = m_parts->lines[i][k];
            if (std::isfinite(y) && range.contains(m_series[i].x[k])) {
                low = std::min(low, y);
                high = std::max(high, y);
            }
        }
    }
    if (low > high) {
        low = 0;
        high = 1;
    }
    if (m_logarithmic) {
        const double factor = std::max(std::pow(high / low, 0.06), 1.02);
        m_plot->yAxis->setRange(low / factor, high * factor);
    } else {
        const double margin = high > low ? (high - low) * 0.06 : std::max(std::abs(high) * 0.05, 0.01);
        m_plot->yAxis->setRange(low - margin, high + margin);
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::placeEndLabels()
{
    struct Place {
        QCPItemText* label;
        double x, y;
    };
    std::vector<Place> places;
    const QCPRange range = m_plot->xAxis->range();
    for (std::size_t k = 0; k < m_parts->labels.size(); ++k) {
        const std::size_t i = m_parts->labelSeries[k];
        const CurveSeries& s = m_series[i];
        std::size_t last = s.x.size();
        while (last > 0 && (!std::isfinite(m_parts->lines[i][last - 1]) || s.x[last - 1] > range.upper)) {
            --last;
        }
        m_parts->labels[k]->setVisible(last > 0 && s.x[last - 1] >= range.lower);
        if (last > 0) {
            places.push_back({m_parts->labels[k], m_plot->xAxis->coordToPixel(s.x[last - 1]),
                              m_plot->yAxis->coordToPixel(m_parts->lines[i][last - 1])});
        }
    }
    // Labels that would cover each other are pushed apart.
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.y < b.y; });
    const double height = QFontMetricsF(Theme::current().font(TextStyle::Axis)).height() - 2;
    for (std::size_t k = 1; k < places.size(); ++k) {
        if (std::abs(places[k].x - places[k - 1].x) < 30 && places[k].y < places[k - 1].y + height) {
            places[k].y = places[k - 1].y + height;
        }
    }
    for (const Place& place : places) {
        place.label->position->setPixelPosition({place.x, place.y});
    }
}

void CurvePlot::setCursor(double x)
{
    if (!(x == m_cursor) && !(std::isnan(x) && std::isnan(m_cursor))) {
        m_cursor = x;
        updateCursor();
    }
}

void CurvePlot::updateCursor()
{
    const bool shown = std::isfinite(m_cursor) && !m_series.empty();
    if (!m_parts->cursorLine) {
        return;
    }
    m_parts->cursorLine->setVisible(shown);
    m_parts->cursorLabel->setVisible(shown);
    if (shown) {
        m_parts->cursorLine->point1->setCoords(m_cursor, m_logarithmic ? 1 : 0);
        m_parts->cursorLine->point2->setCoords(m_cursor, m_logarithmic ? 2 : 1);
        m_parts->cursorLabel->position->setCoords(m_cursor, 0);
        m_parts->cursorLabel->setText(formatCount(std::llround(m_cursor)));
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
    update();
}

bool CurvePlot::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_plot) {
        return QWidget::eventFilter(watched, event);
    }
    switch (event->type()) {
    case QEvent::MouseMove: {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const bool inside = m_plot->axisRect()->rect().contains(mouse->position().toPoint());
        const double x = inside ? std::round(m_plot->xAxis->pixelToCoord(mouse->position().x())) : none;
        if (mouse->buttons() & Qt::LeftButton) {
            m_rangeByPerson = true;
        }
        setCursor(x);
        Q_EMIT cursorMoved(x);
        break;
    }
    case QEvent::Leave:
        setCursor(none);
        Q_EMIT cursorMoved(none);
        break;
    case QEvent::Wheel: m_rangeByPerson = true; break;
    case QEvent::MouseButtonPress: setFocus(Qt::MouseFocusReason); break;
    case QEvent::MouseButtonDblClick: {
        showAll();
        const QCPRange range = m_plot->xAxis->range();
        Q_EMIT xRangeChanged(range.lower, range.upper);
        return true;
    }
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

void CurvePlot::keyPressEvent(QKeyEvent* event)
{
    const auto move = [this](double step) {
        const QCPRange range = m_plot->xAxis->range();
        const double from = std::isfinite(m_cursor) ? m_cursor : std::round(range.center());
        setCursor(std::clamp(from + step, std::ceil(range.lower), std::floor(range.upper)));
        Q_EMIT cursorMoved(m_cursor);
    };
    if (event->matches(QKeySequence::Copy) && !m_series.empty()) {
        copy();
    } else if (event->key() == Qt::Key_L) {
        setLogarithmic(!m_logarithmic);
    } else if (event->key() == Qt::Key_F) {
        showAll();
    } else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        move(event->key() == Qt::Key_Left ? -1 : 1);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void CurvePlot::resizeEvent(QResizeEvent*)
{
    m_plot->setGeometry(0, headHeight, width(), height() - headHeight);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::contextMenuEvent(QContextMenuEvent* event)
{
    if (!m_series.empty()) {
        plotstyle::contextMenu(this, m_plot, event->globalPos(), toTsv());
    }
}

void CurvePlot::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Role::PlotBg));
    const int margin = theme.metrics().space12;
    painter.setFont(theme.font(TextStyle::BodyStrong));
    painter.setPen(theme.color(Role::Text));
    // Values at the cursor, else the last ones, stand at the right in the series' colours.
    double right = width() - margin;
    painter.setFont(theme.font(TextStyle::Caption));
    for (std::size_t k = m_series.size(); k-- > 0;) {
        const CurveSeries& s = m_series[k];
        if (s.train || s.reference || s.x.empty() || k >= m_parts->lines.size()) {
            continue;
        }
        std::size_t at = s.x.size() - 1;
        if (std::isfinite(m_cursor)) {
            at = static_cast<std::size_t>(std::lower_bound(s.x.begin(), s.x.end(), m_cursor - 0.5) - s.x.begin());
        }
        const QString text = at < s.x.size() ? formatValue(s.y[at]) : u"–"_s;
        const double used = numberWidth(painter.font(), text) + 16;
        if (right - used < width() * 0.45) {
            break;
        }
        painter.setPen(theme.color(Role::Text));
        drawNumber(&painter, QRectF(right - used, 0, used, headHeight), text, Qt::AlignRight);
        stylepainting::roundedBox(&painter, QRectF(right - used, headHeight / 2.0 - 4, 9, 9), 2, theme.series(s.series));
        right -= used + 12;
    }
    painter.setFont(theme.font(TextStyle::BodyStrong));
    painter.setPen(theme.color(Role::Text));
    const QString title = painter.fontMetrics().elidedText(m_title, Qt::ElideMiddle, static_cast<int>(right) - margin);
    painter.drawText(QRectF(margin, 0, right - margin, headHeight), Qt::AlignVCenter | Qt::AlignLeft, title);
    const double used = margin + painter.fontMetrics().horizontalAdvance(title) + 8;
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(theme.color(Role::TextSecondary));
    painter.drawText(QRectF(used, 0, right - used - 4, headHeight), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(m_remark, Qt::ElideRight, static_cast<int>(right - used - 4)));
    if (!m_plot->isVisible()) {
        painter.drawText(rect().adjusted(margin, headHeight, -margin, -8), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
    }
}

QString CurvePlot::toTsv() const
{
    QStringList lines{u"series\tx\ty"_s};
    for (const CurveSeries& s : m_series) {
        for (std::size_t i = 0; i < s.x.size(); ++i) {
            lines.append(QStringList{s.name.isEmpty() ? s.label : s.name, QString::number(s.x[i], 'g', 10),
                                     std::isfinite(s.y[i]) ? QString::number(s.y[i], 'g', 10) : u"undefined"_s}
                             .join(u'\t'));
        }
    }
    return lines.join(u'\n') + u'\n';
}

void CurvePlot::copy() const
{
    plotstyle::copy(this, toTsv());
}

} // namespace papilio::widgets
