// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stylepainting.h"

#include <QAbstractButton>
#include <QIcon>
#include <QWidget>

#include "widgets/icons.h"

namespace papilio::widgets::stylepainting
{

using namespace Qt::StringLiterals;

void roundedBox(QPainter* painter, const QRectF& rect, double radius, const QColor& fill, const QColor& outline,
                double width)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool lined = outline.isValid() && width > 0;
    const double inset = lined ? width / 2 : 0;
    painter->setPen(lined ? QPen(outline, width) : QPen(Qt::NoPen));
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const double corner = std::max(radius - inset, 0.0);
    painter->drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), corner, corner);
    painter->restore();
}

State::State(const QStyleOption* option)
    : enabled(option->state & QStyle::State_Enabled), hovered(enabled && (option->state & QStyle::State_MouseOver)),
      pressed(enabled && (option->state & QStyle::State_Sunken)), on(option->state & QStyle::State_On),
      focus(enabled && (option->state & QStyle::State_HasFocus)),
      keyFocus(focus && (option->state & QStyle::State_KeyboardFocusChange))
{
}

bool isLarge(const QWidget* widget)
{
    return widget && widget->property("papilioLarge").toBool();
}

bool hasError(const QWidget* widget)
{
    return widget && widget->property("papilioError").toBool();
}

namespace
{

void drawPrimary(const QRectF& rect, const State& state, QPainter* painter)
{
    const Theme& theme = Theme::current();
    const double radius = theme.metrics().radius;
    if (!state.enabled) {
        roundedBox(painter, rect, radius, theme.color(Role::Hover), theme.color(Role::Divider));
        return;
    }
    const QColor fill = theme.color(state.pressed ? Role::AccentPressed : state.hovered ? Role::AccentHover : Role::Accent);
    if (state.keyFocus) {
        // The ring takes the outermost pixels, so that no layout has to leave room for it.
        roundedBox(painter, rect, radius, theme.color(Role::Surface), theme.color(Role::Focus), theme.metrics().focusLine);
        roundedBox(painter, rect.adjusted(3, 3, -3, -3), radius - 2, fill);
    } else {
        roundedBox(painter, rect, radius, fill);
    }
}

void drawOutlined(const QRectF& rect, const State& state, QPainter* painter)
{
    const Theme& theme = Theme::current();
    const QColor fill = !state.enabled      ? theme.color(Role::Surface)
                        : state.pressed     ? theme.color(Role::Pressed)
                        : state.on          ? theme.color(Role::Selection)
                        : state.hovered     ? theme.color(Role::Hover)
                                            : theme.color(Role::Surface);
    const QColor outline = !state.enabled ? theme.color(Role::Divider)
                           : state.on     ? theme.color(Role::AccentMark)
                                          : theme.color(Role::Control);
    roundedBox(painter, rect, theme.metrics().radius, fill, outline);
    if (state.keyFocus) {
        roundedBox(painter, rect, theme.metrics().radius, {}, theme.color(Role::Focus), theme.metrics().focusLine);
    }
}

void drawFlat(const QRectF& rect, const State& state, QPainter* painter)
{
    const Theme& theme = Theme::current();
    const QColor fill = state.pressed   ? theme.color(Role::Pressed)
                        : state.on      ? theme.color(Role::Selection)
                        : state.hovered ? theme.color(Role::Hover)
                                        : QColor();
    if (fill.isValid()) {
        roundedBox(painter, rect, theme.metrics().radius, fill);
    }
    if (state.keyFocus) {
        roundedBox(painter, rect, theme.metrics().radius, {}, theme.color(Role::Focus), theme.metrics().focusLine);
    }
}

QColor labelColor(Variant variant, const State& state)
{
    const Theme& theme = Theme::current();
    if (!state.enabled) {
        return theme.color(Role::TextDisabled);
    }
    switch (variant) {
    case Variant::Primary: return theme.color(Role::OnAccent);
    case Variant::Link: return theme.color(Role::AccentText);
    case Variant::Rail: return theme.color(state.on ? Role::AccentText : Role::TextSecondary);
    default: return theme.color(state.on ? Role::AccentText : Role::Text);
    }
}

/// Pixmap of an option's icon in a colour that fits the button: on the accent it is white whatever the icon's own role is.
QPixmap buttonPixmap(const QIcon& icon, int size, Variant variant, const State& state, qreal ratio)
{
    QPixmap pixmap = icon.pixmap(QSize(size, size), ratio, state.enabled ? QIcon::Normal : QIcon::Disabled,
                                 state.on ? QIcon::On : QIcon::Off);
    if (variant == Variant::Primary && state.enabled) {
        QPainter painter(&pixmap);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(QRect(QPoint(), pixmap.size()), Theme::current().color(Role::OnAccent));
    }
    return pixmap;
}

} // namespace

void drawPushButton(const QStyleOptionButton* option, QPainter* painter, const QWidget* widget)
{
    const State state(option);
    switch (variant(widget)) {
    case Variant::Primary: drawPrimary(option->rect, state, painter); break;
    case Variant::Flat: drawFlat(option->rect, state, painter); break;
    case Variant::Link:
        if (state.keyFocus) {
            drawFlat(option->rect, state, painter);
        }
        break;
    default:
        if (option->features & QStyleOptionButton::Flat) {
            drawFlat(option->rect, state, painter);
        } else {
            drawOutlined(option->rect, state, painter);
        }
        break;
    }
}

void drawPushButtonLabel(const QStyleOptionButton* option, QPainter* painter, const QWidget* widget)
{
    const Theme& theme = Theme::current();
    const State state(option);
    const Variant look = variant(widget);
    painter->save();
    painter->setFont(look == Variant::Primary ? theme.font(TextStyle::BodyStrong)
                                              : widget ? widget->font() : theme.font(TextStyle::Body));
    if (look == Variant::Link) {
        QFont font = painter->font();
        font.setUnderline(state.hovered);
        painter->setFont(font);
    }
    const QFontMetrics metrics(painter->font());
    const bool menu = option->features & QStyleOptionButton::HasMenu;
    const int iconSize = option->icon.isNull() ? 0 : theme.metrics().iconSmall;
    const int gap = iconSize && !option->text.isEmpty() ? 8 : 0;
    const int menuWidth = menu ? 18 : 0;
    const int room = option->rect.width() - iconSize - gap - menuWidth - 6;
    const QString text = metrics.elidedText(option->text, Qt::ElideRight, std::max(room, 0), Qt::TextShowMnemonic);
    const int textWidth = metrics.size(Qt::TextShowMnemonic, text).width();
    int x = option->rect.left() + (option->rect.width() - iconSize - gap - textWidth - menuWidth) / 2;
    if (iconSize) {
        const QRect place(x, option->rect.center().y() - iconSize / 2 + (option->rect.height() % 2 == 0 ? 1 : 0), iconSize,
                          iconSize);
        painter->drawPixmap(place.topLeft(), buttonPixmap(option->icon, iconSize, look, state,
                                                          painter->device()->devicePixelRatioF()));
        x += iconSize + gap;
    }
    painter->setPen(labelColor(look, state));
    painter->drawText(QRect(x, option->rect.top(), textWidth + 2, option->rect.height()),
                      Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic, text);
    if (menu) {
        paintIcon(painter, QRectF(x + textWidth + 6, option->rect.center().y() - 5.5, 12, 12), u"chevron-down"_s,
                  labelColor(look, state));
    }
    painter->restore();
}

namespace
{

void drawRailButton(const QStyleOptionToolButton* option, QPainter* painter)
{
    const Theme& theme = Theme::current();
    const State state(option);
    const QRect rect = option->rect;
    if (state.on) {
        painter->fillRect(rect, theme.color(Role::Surface));
        painter->fillRect(QRect(rect.left(), rect.top(), theme.metrics().selectionBar, rect.height()),
                          theme.color(Role::AccentMark));
    } else if (state.hovered || state.pressed) {
        painter->fillRect(rect, theme.color(state.pressed ? Role::Pressed : Role::Hover));
    }
    if (state.keyFocus) {
        roundedBox(painter, QRectF(rect).adjusted(2, 2, -2, -2), theme.metrics().radius, {}, theme.color(Role::Focus),
                   theme.metrics().focusLine);
    }
    QFont font = theme.font(TextStyle::Rail);
    font.setWeight(state.on ? QFont::DemiBold : QFont::Normal);
    const QFontMetrics metrics(font);
    const int iconSize = theme.metrics().icon;
    const int gap = option->text.isEmpty() ? 0 : 4;
    const int textHeight = option->text.isEmpty() ? 0 : metrics.height();
    const int top = rect.top() + (rect.height() - iconSize - gap - textHeight) / 2;
    painter->drawPixmap(QPoint(rect.center().x() - iconSize / 2 + 1, top),
                        buttonPixmap(option->icon, iconSize, Variant::Rail, state, painter->device()->devicePixelRatioF()));
    painter->setFont(font);
    painter->setPen(labelColor(Variant::Rail, state));
    painter->drawText(QRect(rect.left() + 1, top + iconSize + gap, rect.width() - 1, textHeight), Qt::AlignCenter,
                      metrics.elidedText(option->text, Qt::ElideRight, rect.width() - 4));
}

void drawToolButtonLabel(const QStyleOptionToolButton* option, QPainter* painter, Variant look, const State& state)
{
    const Theme& theme = Theme::current();
    const bool withIcon = !option->icon.isNull() && option->toolButtonStyle != Qt::ToolButtonTextOnly;
    const bool withText = !option->text.isEmpty() && (option->toolButtonStyle != Qt::ToolButtonIconOnly || !withIcon);
    const bool menu = option->features & (QStyleOptionToolButton::HasMenu | QStyleOptionToolButton::MenuButtonPopup);
    painter->setFont(look == Variant::Primary ? theme.font(TextStyle::BodyStrong) : option->font);
    const QFontMetrics metrics(painter->font());
    const int iconSize = withIcon ? option->iconSize.width() : 0;
    const int menuWidth = menu && withText ? 16 : 0;
    const int gap = withIcon && withText ? 6 : 0;
    const int room = std::max(option->rect.width() - iconSize - gap - menuWidth - 8, 0);
    const QString text = withText ? metrics.elidedText(option->text, Qt::ElideRight, room, Qt::TextShowMnemonic) : QString();
    const int textWidth = withText ? metrics.size(Qt::TextShowMnemonic, text).width() : 0;
    int x = option->rect.left() + (option->rect.width() - iconSize - gap - textWidth - menuWidth) / 2;
    if (withIcon) {
        painter->drawPixmap(QPoint(x, option->rect.top() + (option->rect.height() - iconSize) / 2),
                            buttonPixmap(option->icon, iconSize, look, state, painter->device()->devicePixelRatioF()));
        x += iconSize + gap;
    }
    if (withText) {
        painter->setPen(labelColor(look, state));
        painter->drawText(QRect(x, option->rect.top(), textWidth + 2, option->rect.height()),
                          Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic, text);
        if (menuWidth) {
            paintIcon(painter, QRectF(x + textWidth + 4, option->rect.center().y() - 5.5, 12, 12), u"chevron-down"_s,
                      look == Variant::Primary ? labelColor(look, state) : theme.color(Role::TextTertiary));
        }
    }
}

} // namespace

void drawToolButton(const QStyleOptionToolButton* option, QPainter* painter, const QWidget* widget, const QStyle*)
{
    const Variant look = variant(widget);
    painter->save();
    if (look == Variant::Rail) {
        drawRailButton(option, painter);
        painter->restore();
        return;
    }
    const State state(option);
    if (look == Variant::Primary) {
        drawPrimary(option->rect, state, painter);
    } else if (look == Variant::Secondary) {
        drawOutlined(option->rect, state, painter);
    } else {
        drawFlat(option->rect, state, painter);
    }
    drawToolButtonLabel(option, painter, look, state);
    painter->restore();
}

void drawCheckBox(const QStyleOption* option, QPainter* painter)
{
    const Theme& theme = Theme::current();
    const State state(option);
    const double side = std::min({option->rect.width(), option->rect.height(), theme.metrics().checkBox});
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(option->rect).center());
    box.moveTo(std::round(box.left()), std::round(box.top()));
    const bool partly = option->state & QStyle::State_NoChange;
    const double radius = theme.metrics().radiusSmall;
    if (state.on || partly) {
        const QColor fill = !state.enabled  ? theme.color(Role::TextDisabled)
                            : state.pressed ? theme.color(Role::AccentPressed)
                            : state.hovered ? theme.color(Role::AccentHover)
                                            : theme.color(Role::Accent);
        roundedBox(painter, box, radius, fill);
        paintIcon(painter, box.adjusted(1, 1, -1, -1), partly ? u"dash"_s : u"check"_s, theme.color(Role::OnAccent));
    } else {
        const QColor fill = state.pressed ? theme.color(Role::Pressed)
                            : state.hovered ? theme.color(Role::Hover)
                                            : theme.color(Role::Surface);
        roundedBox(painter, box, radius, fill, theme.color(state.enabled ? Role::Control : Role::Divider));
    }
    if (state.keyFocus) {
        roundedBox(painter, box.adjusted(-3, -3, 3, 3), radius + 2, {}, theme.color(Role::Focus),
                   theme.metrics().focusLine);
    }
}

void drawRadioButton(const QStyleOption* option, QPainter* painter)
{
    const Theme& theme = Theme::current();
    const State state(option);
    const double side = theme.metrics().checkBox;
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(option->rect).center());
    const QColor mark = theme.color(state.enabled ? Role::Accent : Role::TextDisabled);
    roundedBox(painter, box, side / 2, theme.color(state.hovered ? Role::Hover : Role::Surface),
               state.on ? mark : theme.color(state.enabled ? Role::Control : Role::Divider), state.on ? 1.5 : 1);
    if (state.on) {
        roundedBox(painter, box.adjusted(4, 4, -4, -4), side / 2, mark);
    }
    if (state.keyFocus) {
        roundedBox(painter, box.adjusted(-3, -3, 3, 3), side, {}, theme.color(Role::Focus), theme.metrics().focusLine);
    }
}

} // namespace papilio::widgets::stylepainting
