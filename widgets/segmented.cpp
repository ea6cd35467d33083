// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include "widgets/labels.h"
#include "widgets/stylepainting.h"

namespace papilio::widgets
{

namespace
{

constexpr int usualAir = 22; ///< beside the text of a segment, both sides together
constexpr int leastAir = 10;

int textWidth(const QString& text)
{
    return QFontMetrics(Theme::current().font(TextStyle::BodyStrong)).horizontalAdvance(text);
}

} // namespace

SegmentedControl::SegmentedControl(const QStringList& texts, QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setTextStyle(this, TextStyle::Body);
    setTexts(texts);
}

void SegmentedControl::setTexts(const QStringList& texts)
{
    const bool sameCount = texts.size() == m_segments.size();
    if (!sameCount) {
        m_segments = QVector<Segment>(texts.size());
        m_current = 0;
    }
    for (qsizetype i = 0; i < texts.size(); ++i) {
        m_segments[i].text = texts[i];
    }
    setAccessibleDescription(m_segments.isEmpty() ? QString() : m_segments[m_current].text);
    updateGeometry();
    update();
}

void SegmentedControl::setCurrentIndex(int index)
{
    if (index == m_current || index < 0 || index >= m_segments.size() || !m_segments[index].enabled) {
        return;
    }
    m_current = index;
    setAccessibleDescription(m_segments[index].text);
    update();
    Q_EMIT currentIndexChanged(index);
}

void SegmentedControl::setSegmentEnabled(int index, bool enabled, const QString& why)
{
    if (index >= 0 && index < m_segments.size()) {
        m_segments[index].enabled = enabled;
        m_segments[index].why = why;
        update();
    }
}

int SegmentedControl::segmentWidth(int index) const
{
    // Where there is no room for the usual air, all have less of it alike.
    const auto count = static_cast<int>(std::max(qsizetype{1}, m_segments.size()));
    const int air = std::clamp((width() - widthWith(0)) / count, leastAir, usualAir);
    return textWidth(m_segments[index].text) + air;
}

int SegmentedControl::widthWith(int air) const
{
    int width = 0;
    for (const Segment& segment : m_segments) {
        width += textWidth(segment.text) + air;
    }
    return width;
}

QSize SegmentedControl::sizeHint() const
{
    return {widthWith(usualAir), Theme::current().metrics().control};
}

QSize SegmentedControl::minimumSizeHint() const
{
    return {widthWith(leastAir), Theme::current().metrics().control};
}

QRect SegmentedControl::segmentRect(int index) const
{
    int x = 0;
    for (int i = 0; i < index; ++i) {
        x += segmentWidth(i);
    }
    return {x, 0, segmentWidth(index), height()};
}

int SegmentedControl::segmentAt(const QPoint& position) const
{
    for (int i = 0; i < m_segments.size(); ++i) {
        if (segmentRect(i).contains(position)) {
            return i;
        }
    }
    return -1;
}

void SegmentedControl::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const QRect last = m_segments.isEmpty() ? QRect() : segmentRect(static_cast<int>(m_segments.size()) - 1);
    const QRectF box(QPointF(0, 0), QSizeF(last.x() + last.width(), height()));
    QPainterPath clip;
    clip.addRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.metrics().radius, theme.metrics().radius);
    stylepainting::roundedBox(&painter, box, theme.metrics().radius, theme.color(Role::Surface));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipPath(clip);
    for (int i = 0; i < m_segments.size(); ++i) {
        const bool enabled = isEnabled() && m_segments[i].enabled;
        const QRect rect = segmentRect(i);
        if (i == m_current) {
            painter.fillRect(rect, theme.color(Role::Selection));
        } else if (i == m_hovered && enabled) {
            painter.fillRect(rect, theme.color(Role::Hover));
        }
        if (i > 0) {
            painter.fillRect(QRect(rect.left(), 0, 1, height()), theme.color(Role::Control));
        }
        painter.setFont(theme.font(i == m_current ? TextStyle::BodyStrong : TextStyle::Body));
        painter.setPen(theme.color(!enabled ? Role::TextDisabled : i == m_current ? Role::AccentText : Role::TextSecondary));
        painter.drawText(rect, Qt::AlignCenter, m_segments[i].text);
    }
    painter.restore();
    const bool ring = hasFocus() && m_keyFocus;
    stylepainting::roundedBox(&painter, box, theme.metrics().radius, {},
                              theme.color(ring ? Role::Focus : isEnabled() ? Role::Control : Role::Divider),
                              ring ? theme.metrics().focusLine : 1);
}

void SegmentedControl::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        setCurrentIndex(segmentAt(event->position().toPoint()));
    }
}

void SegmentedControl::mouseMoveEvent(QMouseEvent* event)
{
    const int hovered = segmentAt(event->position().toPoint());
    if (hovered != m_hovered) {
        m_hovered = hovered;
        update();
    }
}

void SegmentedControl::leaveEvent(QEvent*)
{
    m_hovered = -1;
    update();
}

void SegmentedControl::keyPressEvent(QKeyEvent* event)
{
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (step == 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    m_keyFocus = true;
    for (int i = m_current + step; i >= 0 && i < m_segments.size(); i += step) {
        if (m_segments[i].enabled) {
            setCurrentIndex(i);
            break;
        }
    }
    update();
}

void SegmentedControl::focusInEvent(QFocusEvent* event)
{
    m_keyFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    QWidget::focusInEvent(event);
    update();
}

void SegmentedControl::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

bool SegmentedControl::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const int at = segmentAt(help->pos());
        if (at >= 0 && !m_segments[at].why.isEmpty()) {
            QToolTip::showText(help->globalPos(), m_segments[at].why, this);
            return true;
        }
    }
    return QWidget::event(event);
}

} // namespace papilio::widgets
