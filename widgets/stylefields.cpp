// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stylepainting.h"

#include <QWidget>

#include "widgets/icons.h"

namespace papilio::widgets::stylepainting
{

using namespace Qt::StringLiterals;

void drawField(const QRectF& rect, const QStyleOption* option, QPainter* painter, const QWidget* widget, bool readOnly,
               bool fillOnHover)
{
    const Theme& theme = Theme::current();
    const State state(option);
    const double radius = theme.metrics().radius;
    const QColor fill = !state.enabled || readOnly         ? theme.color(Role::Sunken)
                        : fillOnHover && state.pressed     ? theme.color(Role::Pressed)
                        : fillOnHover && state.hovered     ? theme.color(Role::Hover)
                                                           : theme.color(Role::Surface);
    if (hasError(widget)) {
        roundedBox(painter, rect, radius, fill, theme.color(Role::Error), state.focus ? theme.metrics().focusLine : 1);
        return;
    }
    if (state.focus) {
        roundedBox(painter, rect, radius, fill, theme.color(Role::Focus), theme.metrics().focusLine);
        return;
    }
    const QColor outline = !state.enabled                   ? theme.color(Role::Divider)
                           : state.hovered && !fillOnHover ? theme.color(Role::Text)
                                                            : theme.color(Role::Control);
    roundedBox(painter, rect, radius, fill, outline);
}

void drawComboBox(const QStyleOptionComboBox* option, QPainter* painter, const QWidget* widget, const QStyle* style)
{
    const Theme& theme = Theme::current();
    if (option->frame) {
        drawField(option->rect, option, painter, widget, false, !option->editable);
    } else if (option->state & QStyle::State_MouseOver) {
        roundedBox(painter, option->rect, theme.metrics().radius, theme.color(Role::Hover));
    }
    const QRect arrow = style->subControlRect(QStyle::CC_ComboBox, option, QStyle::SC_ComboBoxArrow, widget);
    const bool enabled = option->state & QStyle::State_Enabled;
    const int tiny = theme.metrics().iconTiny;
    paintIcon(painter, QRectF(arrow.center().x() - tiny / 2.0, arrow.center().y() - tiny / 2.0 + 0.5, tiny, tiny),
              u"chevron-down"_s, theme.color(enabled ? Role::TextSecondary : Role::TextDisabled));
}

void drawSpinBox(const QStyleOptionSpinBox* option, QPainter* painter, const QWidget* widget, const QStyle* style)
{
    const Theme& theme = Theme::current();
    if (option->frame) {
        drawField(option->rect, option, painter, widget, false, false);
    }
    const auto arrow = [&](QStyle::SubControl control, QAbstractSpinBox::StepEnabledFlag step, bool up) {
        const QRectF rect = style->subControlRect(QStyle::CC_SpinBox, option, control, widget);
        if (rect.isEmpty()) {
            return;
        }
        const bool enabled = (option->state & QStyle::State_Enabled) && (option->stepEnabled & step);
        const bool active = option->activeSubControls == control;
        painter->save();
        painter->translate(rect.center());
        painter->rotate(up ? 180 : 0);
        const QColor color = theme.color(!enabled ? Role::TextDisabled : active ? Role::Text : Role::TextTertiary);
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPolyline(QPolygonF({{-3, -1.25}, {0, 1.75}, {3, -1.25}}));
        painter->restore();
    };
    if (option->buttonSymbols != QAbstractSpinBox::NoButtons) {
        arrow(QStyle::SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled, true);
        arrow(QStyle::SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled, false);
    }
}

void drawSlider(const QStyleOptionSlider* option, QPainter* painter, const QWidget* widget, const QStyle* style)
{
    const Theme& theme = Theme::current();
    const State state(option);
    const QRectF handle = style->subControlRect(QStyle::CC_Slider, option, QStyle::SC_SliderHandle, widget);
    const bool horizontal = option->orientation == Qt::Horizontal;
    QRectF groove = option->rect;
    if (horizontal) {
        groove = QRectF(groove.left() + 2, handle.center().y() - 1, groove.width() - 4, 2);
    } else {
        groove = QRectF(handle.center().x() - 1, groove.top() + 2, 2, groove.height() - 4);
    }
    QRectF filled = groove;
    if (horizontal) {
        option->upsideDown ? filled.setLeft(handle.center().x()) : filled.setRight(handle.center().x());
    } else {
        option->upsideDown ? filled.setTop(handle.center().y()) : filled.setBottom(handle.center().y());
    }
    const QColor mark = theme.color(state.enabled ? Role::AccentMark : Role::TextDisabled);
    roundedBox(painter, groove, 1, theme.color(Role::Divider));
    roundedBox(painter, filled, 1, mark);
    QRectF knob(0, 0, 12, 12);
    knob.moveCenter(handle.center());
    if (state.keyFocus) {
        roundedBox(painter, knob.adjusted(-3, -3, 3, 3), 9, {}, theme.color(Role::Focus), theme.metrics().focusLine);
    }
    roundedBox(painter, knob, 6, theme.color(state.pressed ? Role::Selection : Role::Surface), mark, 1.5);
}

void drawScrollBar(const QStyleOptionSlider* option, QPainter* painter, const QWidget* widget, const QStyle* style)
{
    const Theme& theme = Theme::current();
    if (option->maximum <= option->minimum) {
        return;
    }
    QRectF thumb = style->subControlRect(QStyle::CC_ScrollBar, option, QStyle::SC_ScrollBarSlider, widget);
    const double width = theme.metrics().scrollBar;
    if (option->orientation == Qt::Vertical) {
        thumb = QRectF(thumb.center().x() - width / 2, thumb.top() + 2, width, thumb.height() - 4);
    } else {
        thumb = QRectF(thumb.left() + 2, thumb.center().y() - width / 2, thumb.width() - 4, width);
    }
    const State state(option);
    const bool active = (option->activeSubControls & QStyle::SC_ScrollBarSlider) && (state.hovered || state.pressed);
    roundedBox(painter, thumb, width / 2, theme.color(active ? Role::Control : Role::Divider));
}

void drawProgress(const QStyleOptionProgressBar* option, QPainter* painter)
{
    const Theme& theme = Theme::current();
    const double height = theme.metrics().progress;
    QRectF groove = option->rect;
    groove = QRectF(groove.left(), groove.center().y() - height / 2, groove.width(), height);
    roundedBox(painter, groove, height / 2, theme.color(Role::Pressed));
    const double range = static_cast<double>(option->maximum) - option->minimum;
    if (range > 0 && option->progress > option->minimum) {
        QRectF done = groove;
        done.setWidth(std::max(groove.width() * (option->progress - option->minimum) / range, height));
        roundedBox(painter, done, height / 2, theme.color(Role::AccentMark));
    } else if (range <= 0) {
        QRectF part = groove;
        part.setWidth(groove.width() / 4);
        roundedBox(painter, part, height / 2, theme.color(Role::AccentMark));
    }
}

} // namespace papilio::widgets::stylepainting
