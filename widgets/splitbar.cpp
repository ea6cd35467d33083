// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/splitbar.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "widgets/format.h"
#include "widgets/stylepainting.h"
#include "widgets/theme.h"

namespace papilio::widgets
{

using namespace Qt::StringLiterals;

namespace
{
constexpr int barHeight = 10;
constexpr double smallestTrain = 0.05;
} // namespace

SplitBar::SplitBar(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFont(Theme::current().font(TextStyle::Axis));
    setAccessibleName(tr("Split into train, validation and test"));
    updateAccessible();
}

void SplitBar::setFractions(double train, double validation, double test)
{
    const double sum = train + validation + test;
    if (!(sum > 0) || train < 0 || validation < 0 || test < 0) {
        return;
    }
    m_train = train / sum;
    m_validation = validation / sum;
    updateAccessible();
    update();
}

void SplitBar::setCounts(qint64 train, qint64 validation, qint64 test)
{
    m_counts[0] = train;
    m_counts[1] = validation;
    m_counts[2] = test;
    updateAccessible();
    update();
}

void SplitBar::setEditable(bool editable)
{
    m_editable = editable;
    setFocusPolicy(editable ? Qt::StrongFocus : Qt::NoFocus);
    update();
}

void SplitBar::updateAccessible()
{
    setAccessibleDescription(tr("train %1, validation %2, test %3")
                                 .arg(formatPercent(m_train), formatPercent(m_validation), formatPercent(test())));
}

double SplitBar::borderX(int border) const
{
    return width() * (border == 0 ? m_train : m_train + m_validation);
}

void SplitBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const double first = borderX(0);
    const double second = borderX(1);
    painter.fillRect(QRectF(0, 2, first, barHeight), theme.color(Role::TextSecondary));
    painter.fillRect(QRectF(first + 1, 2, std::max(second - first - 1, 0.0), barHeight), theme.color(Role::Control));
    painter.fillRect(QRectF(second + 1, 2, std::max(width() - second - 1, 0.0), barHeight), theme.color(Role::Divider));
    if (m_editable && (hasFocus() || m_dragged >= 0)) {
        const int border = m_dragged >= 0 ? m_dragged : m_focused;
        const QRectF grip(std::clamp(borderX(border) - 3, 0.0, width() - 7.0), 0, 7, barHeight + 4);
        stylepainting::roundedBox(&painter, grip, 3, theme.color(Role::Surface), theme.color(Role::Focus), 2);
    }
    const bool counted = m_counts[0] + m_counts[1] + m_counts[2] > 0;
    const auto number = [&](int part, double fraction) {
        return counted ? formatCount(m_counts[part]) : formatPercent(fraction);
    };
    painter.setFont(font());
    painter.setPen(theme.color(Role::TextSecondary));
    const QRectF line(0, barHeight + 4, width(), height() - barHeight - 4);
    drawNumber(&painter, line, tr("train %1").arg(number(0, m_train)), Qt::AlignLeft);
    drawNumber(&painter, line, tr("validation %1 · test %2").arg(number(1, m_validation), number(2, test())), Qt::AlignRight);
}

void SplitBar::moveBorder(int border, double fraction)
{
    const double rounded = std::round(fraction * 100) / 100;
    if (border == 0) {
        const double testPart = test();
        m_train = std::clamp(rounded, smallestTrain, 1 - testPart);
        m_validation = std::max(1 - testPart - m_train, 0.0);
    } else {
        m_validation = std::clamp(rounded, m_train, 1.0) - m_train;
    }
    m_counts[0] = m_counts[1] = m_counts[2] = 0; // counted for another split
    updateAccessible();
    update();
    Q_EMIT fractionsChanged(m_train, m_validation, test());
}

void SplitBar::mousePressEvent(QMouseEvent* event)
{
    if (!m_editable || event->button() != Qt::LeftButton) {
        return;
    }
    const double x = event->position().x();
    const int nearest = std::abs(x - borderX(0)) <= std::abs(x - borderX(1)) ? 0 : 1;
    if (std::abs(x - borderX(nearest)) < 12) {
        m_dragged = m_focused = nearest;
        update();
    }
}

void SplitBar::mouseMoveEvent(QMouseEvent* event)
{
    const double x = event->position().x();
    const bool near = std::min(std::abs(x - borderX(0)), std::abs(x - borderX(1))) < 12;
    setCursor(m_editable && (near || m_dragged >= 0) ? Qt::SplitHCursor : Qt::ArrowCursor);
    if (m_dragged >= 0 && width() > 0) {
        moveBorder(m_dragged, x / width());
    }
}

void SplitBar::mouseReleaseEvent(QMouseEvent*)
{
    m_dragged = -1;
    update();
}

void SplitBar::keyPressEvent(QKeyEvent* event)
{
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (step == 0 || !m_editable) {
        QWidget::keyPressEvent(event);
        return;
    }
    const double at = m_focused == 0 ? m_train : m_train + m_validation;
    moveBorder(m_focused, at + step * (event->modifiers() & Qt::ShiftModifier ? 0.05 : 0.01));
}

bool SplitBar::focusNextPrevChild(bool next)
{
    if (m_editable && hasFocus() && (next ? m_focused == 0 : m_focused == 1)) {
        m_focused = next ? 1 : 0;
        update();
        return true;
    }
    return QWidget::focusNextPrevChild(next);
}

ProportionBar::ProportionBar(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setFont(Theme::current().font(TextStyle::Caption));
}

void ProportionBar::setParts(QVector<Part> parts)
{
    m_parts = std::move(parts);
    QStringList texts;
    for (const Part& part : m_parts) {
        texts.append(formatCount(part.count) + u' ' + part.name);
    }
    setAccessibleName(texts.join(u", "_s));
    updateGeometry();
    update();
}

namespace
{

constexpr int legendTop = 17, legendSwatch = 16, legendLine = 18;

QColor toneColor(const ProportionBar::Part& part)
{
    const Theme& theme = Theme::current();
    switch (part.tone) {
    case ProportionBar::Tone::Ink: return theme.color(Role::TextSecondary);
    case ProportionBar::Tone::Series: return theme.series(part.series);
    case ProportionBar::Tone::Quiet: return theme.color(Role::Divider);
    case ProportionBar::Tone::Success: return theme.color(Role::Success);
    case ProportionBar::Tone::Warning: return theme.color(Role::Warning);
    case ProportionBar::Tone::Error: return theme.color(Role::Error);
    }
    return theme.ink();
}

} // namespace

void ProportionBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    qint64 total = 0;
    for (const Part& part : m_parts) {
        total += part.count;
    }
    painter.fillRect(0, 0, width(), 8, theme.color(Role::Pressed));
    double x = 0;
    for (const Part& part : m_parts) {
        if (part.count <= 0 || total <= 0) {
            continue;
        }
        // Even one row in a million is seen: no part is narrower than two pixels.
        const double w = std::max(width() * static_cast<double>(part.count) / static_cast<double>(total), 3.0);
        painter.fillRect(QRectF(std::min(x, width() - w), 0, w - 1, 8), toneColor(part));
        x += w;
    }
    const QVector<QPoint> places = legendPlaces(width());
    for (qsizetype i = 0; i < m_parts.size(); ++i) {
        stylepainting::roundedBox(&painter, QRectF(places[i].x(), places[i].y(), 10, 10), 2, toneColor(m_parts[i]));
        double at = places[i].x() + legendSwatch;
        for (const Piece& piece : legendOf(m_parts[i])) {
            painter.setFont(piece.font);
            painter.setPen(theme.color(piece.grey ? Role::TextSecondary : Role::Text));
            painter.drawText(QPointF(at, places[i].y() + 9), piece.text);
            at += QFontMetricsF(piece.font).horizontalAdvance(piece.text + u' ');
        }
    }
}

QVector<ProportionBar::Piece> ProportionBar::legendOf(const Part& part) const
{
    qint64 total = 0;
    for (const Part& one : m_parts) {
        total += one.count;
    }
    const QString share = total > 0 ? formatPercent(static_cast<double>(part.count) / static_cast<double>(total), 1) : QString();
    const auto captionOf = [this](TextStyle style) {
        QFont caption = font();
        caption.setWeight(Theme::current().font(style).weight());
        return caption;
    };
    return {{formatCount(part.count), captionOf(TextStyle::BodyStrong), false},
            {part.name, captionOf(TextStyle::Body), false},
            {joinedByDot({share, part.remark}), captionOf(TextStyle::Body), true}};
}

QVector<QPoint> ProportionBar::legendPlaces(int width) const
{
    QVector<QPoint> places;
    double x = 0;
    int y = legendTop;
    for (const Part& part : m_parts) {
        double entry = legendSwatch;
        for (const Piece& piece : legendOf(part)) {
            entry += QFontMetricsF(piece.font).horizontalAdvance(piece.text + u' ');
        }
        if (x > 0 && x + entry > width) {
            x = 0;
            y += legendLine;
        }
        places.append(QPoint(qRound(x), y));
        x += entry + 12;
    }
    return places;
}

int ProportionBar::heightForWidth(int width) const
{
    const QVector<QPoint> places = legendPlaces(width);
    return sizeHint().height() + (places.isEmpty() ? 0 : places.last().y() - legendTop);
}

bool ProportionBar::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), accessibleName(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace papilio::widgets
