// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/presetcard.h"

#include <QFocusEvent>
#include <QPainter>
#include <cmath>
#include <numbers>

#include "widgets/format.h"
#include "widgets/stylepainting.h"

namespace papilio::widgets
{

using namespace Qt::StringLiterals;

PresetCard::PresetCard(const QString& title, const QString& glyph, QWidget* parent) : QAbstractButton(parent), m_glyph(glyph)
{
    setText(title);
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    updateAccessible();
}

void PresetCard::setDescription(const QString& description)
{
    setToolTip(description);
    updateAccessible();
}

void PresetCard::setParameters(qint64 parameters)
{
    m_parameters = parameters;
    updateAccessible();
    update();
}

void PresetCard::setTime(const QString& time)
{
    m_time = time;
    updateAccessible();
    update();
}

void PresetCard::updateAccessible()
{
    setAccessibleName(text());
    setAccessibleDescription(joinedByDot({m_parameters > 0 ? tr("%1 parameters").arg(formatCount(m_parameters)) : QString(),
                                          m_time, toolTip()}));
}

namespace
{

/// What is drawn over an atom and its three neighbours: gates across the edges (GatedGCN), several ways to gather (PNA),
/// edges that learn too (MPNN++), attention among all (GPS).
void paintAdditions(QPainter* painter, const QPointF& centre, const QPointF (&ends)[3], const QString& glyph)
{
    for (int i = 0; i < 3; ++i) {
        const QPointF along = (ends[i] - centre) / std::hypot(ends[i].x() - centre.x(), ends[i].y() - centre.y());
        const QPointF across(-along.y(), along.x());
        const QPointF middle = centre + (ends[i] - centre) * 0.62;
        if (glyph == "gatedgcn"_L1) {
            painter->drawLine(middle - across * 2.2, middle + across * 2.2);
        } else if (glyph == "mpnnplus"_L1 || glyph == "gps"_L1) {
            painter->drawLine(ends[i], ends[(i + 1) % 3]);
        }
    }
    if (glyph == "pna"_L1) {
        painter->drawEllipse(centre, 3.4, 3.4);
        painter->drawEllipse(centre, 5.4, 5.4);
    } else if (glyph == "gps"_L1) {
        painter->drawEllipse(centre, 9, 9);
    }
}

/// An atom and three neighbours; what is added tells the layers apart: a loop for the atom itself (GIN), filled edges
/// that carry features (GINE).
void paintGlyph(QPainter* painter, const QPointF& centre, const QString& glyph, const QColor& color)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 1.25, Qt::SolidLine, Qt::RoundCap));
    painter->setBrush(Qt::NoBrush);
    const double reach = 6.5;
    const bool edges = glyph == "gine"_L1;
    QPointF ends[3];
    for (int i = 0; i < 3; ++i) {
        const double angle = std::numbers::pi * (-0.5 + i * 2.0 / 3.0);
        const QPointF end = ends[i] = centre + QPointF(std::cos(angle), std::sin(angle)) * reach;
        painter->setPen(QPen(color, edges ? 2 : 1.25, Qt::SolidLine, Qt::RoundCap));
        painter->drawLine(centre + (end - centre) * 0.3, end);
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        painter->drawEllipse(end, edges ? 1.9 : 1.5, edges ? 1.9 : 1.5);
        painter->setBrush(Qt::NoBrush);
    }
    painter->setPen(QPen(color, 1.25));
    paintAdditions(painter, centre, ends, glyph);
    if (glyph == "gin"_L1 || edges) {
        painter->drawEllipse(centre, 4.4, 4.4);
    }
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    painter->drawEllipse(centre, 2, 2);
    painter->restore();
}

} // namespace

void PresetCard::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const bool on = isChecked();
    const QColor fill = theme.color(!isEnabled()   ? Role::Sunken
                                    : isDown()     ? Role::Pressed
                                    : on           ? Role::Selection
                                    : underMouse() ? Role::Hover
                                                   : Role::Surface);
    const bool ring = hasFocus() && m_keyFocus;
    const QColor outline = theme.color(!isEnabled() ? Role::Divider : on || ring ? Role::AccentMark : Role::Divider);
    stylepainting::roundedBox(&painter, rect(), theme.metrics().radius, fill, outline, on ? 1.5 : 1);
    if (ring) {
        stylepainting::roundedBox(&painter, QRectF(rect()).adjusted(3, 3, -3, -3), theme.metrics().radius - 2, {},
                                  theme.color(Role::Focus), 1.5);
    }
    const QColor strong = theme.color(!isEnabled() ? Role::TextDisabled : on ? Role::AccentText : Role::Text);
    const QColor grey = theme.color(isEnabled() ? Role::TextSecondary : Role::TextDisabled);
    const int left = theme.metrics().space8;
    painter.setFont(theme.font(TextStyle::BodyStrong));
    painter.setPen(strong);
    const int line = QFontMetrics(theme.font(TextStyle::Axis)).height();
    const int titleHeight = painter.fontMetrics().height();
    painter.drawText(QRect(left, 6, width() - 2 * left, titleHeight), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, width() - 2 * left));
    painter.setFont(theme.font(TextStyle::Axis));
    painter.setPen(grey);
    const double y = height() - 8 - 2 * line;
    const QString count = m_parameters > 0 ? formatCount(m_parameters) : QString();
    if (m_time.isEmpty()) {
        drawNumber(&painter, QRectF(left, y + line, width() - left, line), count, Qt::AlignLeft);
    } else {
        drawNumber(&painter, QRectF(left, y, width() - left, line), count, Qt::AlignLeft);
        drawNumber(&painter, QRectF(left, y + line, width() - left, line), m_time, Qt::AlignLeft);
    }
    paintGlyph(&painter, QPointF(width() - 17, height() - 20), m_glyph, on && isEnabled() ? theme.color(Role::AccentText) : grey);
}

void PresetCard::focusInEvent(QFocusEvent* event)
{
    m_keyFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    QAbstractButton::focusInEvent(event);
}

void PresetCard::focusOutEvent(QFocusEvent* event)
{
    m_keyFocus = false;
    QAbstractButton::focusOutEvent(event);
}

} // namespace papilio::widgets
