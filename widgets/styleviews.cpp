// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stylepainting.h"

#include <QAbstractItemView>
#include <QTabBar>
#include <QTableView>
#include <QWidget>

#include "widgets/icons.h"

namespace papilio::widgets::stylepainting
{

using namespace Qt::StringLiterals;

void drawItemPanel(const QStyleOptionViewItem* option, QPainter* painter, const QWidget* widget)
{
    const Theme& theme = Theme::current();
    const bool selected = option->state & QStyle::State_Selected;
    const bool inTable = qobject_cast<const QTableView*>(widget);
    const bool hovered = inTable ? widget->property("papilioHoverRow").toInt() == option->index.row() + 1 && option->index.isValid()
                                 : bool(option->state & QStyle::State_MouseOver);
    const bool active = (option->state & QStyle::State_Active) && widget && widget->hasFocus();
    if (selected) {
        painter->fillRect(option->rect, theme.color(active ? Role::Selection : Role::SelectionInactive));
        if (active && option->rect.left() <= 0) {
            const int bar = theme.metrics().selectionBar;
            painter->fillRect(QRect(0, option->rect.top(), bar, option->rect.height()), theme.color(Role::AccentMark));
        }
    } else if (hovered && (option->state & QStyle::State_Enabled)) {
        painter->fillRect(option->rect, theme.color(Role::Hover));
    } else if (option->backgroundBrush.style() != Qt::NoBrush) {
        painter->fillRect(option->rect, option->backgroundBrush);
    }
}

void drawBranch(const QStyleOption* option, QPainter* painter)
{
    if (!(option->state & QStyle::State_Children)) {
        return;
    }
    const Theme& theme = Theme::current();
    const bool open = option->state & QStyle::State_Open;
    const double tiny = theme.metrics().iconTiny;
    QRectF place(0, 0, tiny, tiny);
    place.moveCenter(QRectF(option->rect).center());
    paintIcon(painter, place, open ? u"chevron-down"_s : u"chevron-right"_s, theme.color(Role::TextTertiary));
}

void drawHeaderSection(const QStyleOptionHeader* option, QPainter* painter)
{
    const Theme& theme = Theme::current();
    const QRect rect = option->rect;
    const bool hovered = option->state & QStyle::State_MouseOver;
    painter->fillRect(rect, theme.color(hovered ? Role::Hover : Role::Sunken));
    if (option->orientation == Qt::Horizontal) {
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color(Role::Hairline));
    } else {
        painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme.color(Role::Hairline));
    }
}

void drawHeaderLabel(const QStyleOptionHeader* option, QPainter* painter)
{
    const Theme& theme = Theme::current();
    painter->save();
    painter->setFont(theme.font(TextStyle::Header));
    painter->setPen(theme.color(Role::TextSecondary));
    QRect rect = option->rect.adjusted(0, -6, 0, 6); // Qt's is as low as the sort mark and would cut the g in two
    const bool sorted = option->sortIndicator != QStyleOptionHeader::None;
    const QFontMetrics metrics(painter->font());
    const int arrow = sorted ? 14 : 0;
    const QString text = metrics.elidedText(option->text, Qt::ElideRight, rect.width() - arrow);
    const int width = metrics.horizontalAdvance(text);
    const bool right = option->textAlignment & Qt::AlignRight;
    const QRect textRect = right ? rect.adjusted(0, 0, -arrow, 0) : rect;
    painter->drawText(textRect, static_cast<int>((option->textAlignment & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter), text);
    if (sorted) {
        const double x = right ? rect.right() - 11 : textRect.left() + width + 4;
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(x + 5, rect.center().y() + 0.5);
        // Qt calls the indicator of an ascending column "down"; here the arrow points where the values go.
        painter->rotate(option->sortIndicator == QStyleOptionHeader::SortDown ? 180 : 0);
        painter->setPen(QPen(theme.color(Role::TextSecondary), 1.25, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawLine(QPointF(0, -4), QPointF(0, 4));
        painter->drawPolyline(QPolygonF({{-3, 1}, {0, 4}, {3, 1}}));
    }
    painter->restore();
}

void drawTab(const QStyleOptionTab* option, QPainter* painter)
{
    const Theme& theme = Theme::current();
    const State state(option);
    const QRect rect = option->rect;
    const bool selected = option->state & QStyle::State_Selected;
    if (!selected && state.hovered) {
        roundedBox(painter, QRectF(rect).adjusted(2, 5, -2, -5), theme.metrics().radius, theme.color(Role::Hover));
    }
    if (selected) {
        const int line = theme.metrics().tabUnderline;
        painter->fillRect(QRect(rect.left() + 4, rect.bottom() - line + 1, rect.width() - 8, line),
                          theme.color(state.enabled ? Role::AccentMark : Role::TextDisabled));
    }
    if (state.keyFocus && selected) {
        roundedBox(painter, QRectF(rect).adjusted(1, 3, -1, -4), theme.metrics().radius, {}, theme.color(Role::Focus),
                   theme.metrics().focusLine);
    }
}

void drawTabLabel(const QStyleOptionTab* option, QPainter* painter, const QWidget* widget)
{
    const Theme& theme = Theme::current();
    const bool selected = option->state & QStyle::State_Selected;
    const bool enabled = option->state & QStyle::State_Enabled;
    painter->save();
    painter->setFont(theme.font(selected ? TextStyle::BodyStrong : TextStyle::Body));
    painter->setPen(theme.color(!enabled ? Role::TextDisabled : selected ? Role::AccentText : Role::TextSecondary));
    QRect rect = option->rect;
    if (!option->icon.isNull()) {
        const int size = theme.metrics().iconSmall;
        const QPixmap pixmap = option->icon.pixmap(QSize(size, size), painter->device()->devicePixelRatioF(),
                                                   enabled ? QIcon::Normal : QIcon::Disabled,
                                                   selected ? QIcon::On : QIcon::Off);
        painter->drawPixmap(rect.left() + 10, rect.center().y() - size / 2 + 1, pixmap);
        rect.setLeft(rect.left() + size + 8);
    }
    const QString text = painter->fontMetrics().elidedText(option->text, widget && static_cast<const QTabBar*>(widget)->elideMode() == Qt::ElideNone
                                                               ? Qt::ElideNone : Qt::ElideMiddle,
                                                           rect.width() - 8, Qt::TextShowMnemonic);
    painter->drawText(rect, Qt::AlignCenter | Qt::TextShowMnemonic, text);
    painter->restore();
}

namespace
{

void drawMenuText(const QStyleOptionMenuItem* option, QPainter* painter, bool enabled)
{
    const Theme& theme = Theme::current();
    QRect rect = option->rect.adjusted(34, 0, -12, 0);
    const qsizetype tab = option->text.indexOf(u'\t');
    painter->setFont(option->font);
    if (tab >= 0) {
        painter->setPen(theme.color(enabled ? Role::TextTertiary : Role::TextDisabled));
        painter->drawText(rect, Qt::AlignVCenter | Qt::AlignRight, option->text.mid(tab + 1));
    }
    painter->setPen(theme.color(enabled ? Role::Text : Role::TextDisabled));
    painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic | Qt::TextSingleLine,
                      tab >= 0 ? option->text.left(tab) : option->text);
    if (option->menuItemType == QStyleOptionMenuItem::SubMenu) {
        paintIcon(painter, QRectF(option->rect.right() - 18, option->rect.center().y() - 5.5, 12, 12), u"chevron-right"_s,
                  theme.color(Role::TextTertiary));
    }
}

} // namespace

void drawMenuItem(const QStyleOptionMenuItem* option, QPainter* painter)
{
    const Theme& theme = Theme::current();
    painter->save();
    const QRect rect = option->rect;
    if (option->menuItemType == QStyleOptionMenuItem::Separator) {
        if (option->text.isEmpty()) {
            painter->fillRect(QRect(rect.left(), rect.center().y(), rect.width(), 1), theme.color(Role::Hairline));
        } else {
            painter->setFont(theme.font(TextStyle::Header));
            painter->setPen(theme.color(Role::TextTertiary));
            painter->drawText(rect.adjusted(12, 0, -12, 0), Qt::AlignVCenter | Qt::AlignLeft, option->text);
        }
        painter->restore();
        return;
    }
    const bool enabled = option->state & QStyle::State_Enabled;
    if (enabled && (option->state & QStyle::State_Selected)) {
        roundedBox(painter, QRectF(rect).adjusted(4, 1, -4, -1), theme.metrics().radius - 2, theme.color(Role::Selection));
    }
    const int size = theme.metrics().iconSmall;
    const QPoint place(rect.left() + 10, rect.center().y() - size / 2 + 1);
    if (option->checkType != QStyleOptionMenuItem::NotCheckable) {
        if (option->checked) {
            paintIcon(painter, QRectF(place, QSizeF(size, size)), u"check"_s,
                      theme.color(enabled ? Role::AccentText : Role::TextDisabled));
        }
    } else if (!option->icon.isNull()) {
        painter->drawPixmap(place, option->icon.pixmap(QSize(size, size), painter->device()->devicePixelRatioF(),
                                                       enabled ? QIcon::Normal : QIcon::Disabled));
    }
    drawMenuText(option, painter, enabled);
    painter->restore();
}

void drawDockTitle(const QStyleOptionDockWidget* option, QPainter* painter)
{
    const Theme& theme = Theme::current();
    painter->save();
    painter->fillRect(option->rect, theme.color(Role::Chrome));
    painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), theme.color(Role::Hairline));
    painter->setFont(theme.font(TextStyle::DockTitle));
    painter->setPen(theme.color(Role::TextSecondary));
    const QRect rect = option->rect.adjusted(12, 0, -48, 0);
    painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(option->title, Qt::ElideRight, rect.width()));
    painter->restore();
}

} // namespace papilio::widgets::stylepainting
