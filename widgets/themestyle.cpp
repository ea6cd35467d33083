// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/themestyle.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QHeaderView>
#include <QHoverEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QStatusBar>
#include <QTabBar>
#include <QTableView>
#include <QToolBar>
#include <QToolButton>

#include "widgets/icons.h"
#include "widgets/stylepainting.h"

namespace papilio::widgets
{

using namespace Qt::StringLiterals;
using namespace stylepainting;

ThemeStyle::ThemeStyle() : QProxyStyle(u"fusion"_s) {}

void ThemeStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QPushButton*>(widget) || qobject_cast<QToolButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
        qobject_cast<QLineEdit*>(widget) || qobject_cast<QScrollBar*>(widget) || qobject_cast<QTabBar*>(widget) ||
        widget->inherits("QAbstractSpinBox") || widget->inherits("QHeaderView") || widget->inherits("QSplitterHandle")) {
        widget->setAttribute(Qt::WA_Hover);
    }
    if (auto* view = qobject_cast<QAbstractItemView*>(widget)) {
        view->viewport()->setAttribute(Qt::WA_Hover);
        if (qobject_cast<QTableView*>(view)) {
            view->viewport()->installEventFilter(this);
        }
    }
    if (auto* header = qobject_cast<QHeaderView*>(widget)) {
        if (header->orientation() == Qt::Horizontal) {
            header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        } else if (header->defaultSectionSize() == header->minimumSectionSize()) { // nobody has chosen a height
            header->setMinimumSectionSize(Theme::current().metrics().tableRow);
            header->setDefaultSectionSize(Theme::current().metrics().tableRow);
        }
    }
    if (auto* tabs = qobject_cast<QTabBar*>(widget)) {
        tabs->setExpanding(false);
    }
    if (qobject_cast<QDialog*>(widget) || qobject_cast<QMenu*>(widget)) {
        setBackground(widget, Role::Raised);
    }
}

void ThemeStyle::unpolish(QWidget* widget)
{
    if (auto* table = qobject_cast<QTableView*>(widget)) {
        table->viewport()->removeEventFilter(this);
    }
    QProxyStyle::unpolish(widget);
}

bool ThemeStyle::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::HoverMove || event->type() == QEvent::HoverLeave) {
        auto* table = qobject_cast<QTableView*>(watched->parent());
        if (table && table->selectionBehavior() == QAbstractItemView::SelectRows) {
            const bool over = event->type() == QEvent::HoverMove;
            const int row = over ? table->rowAt(static_cast<QHoverEvent*>(event)->position().toPoint().y()) : -1;
            if (table->property("papilioHoverRow").toInt() != row + 1) {
                table->setProperty("papilioHoverRow", row + 1); // 0 = none
                table->viewport()->update();
            }
        }
    }
    return QProxyStyle::eventFilter(watched, event);
}

int ThemeStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    const Metrics& m = Theme::current().metrics();
    switch (metric) {
    case PM_ScrollBarExtent: return m.scrollBar + 4;
    case PM_ScrollBarSliderMin: return 28;
    case PM_SplitterWidth:
    case PM_DockWidgetSeparatorExtent: return 5;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return m.checkBox + 6; // room for the focus ring
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing: return 5;
    case PM_ButtonMargin: return m.space12;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_FocusFrameVMargin: return 0;
    case PM_FocusFrameHMargin: return qobject_cast<const QTableView*>(widget) ? 7 : 2; // item texts stand under their header
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize: return m.iconSmall;
    case PM_ToolBarIconSize: return m.icon;
    case PM_ToolBarItemSpacing:
    case PM_ToolBarFrameWidth:
    case PM_ToolBarItemMargin: return 0;
    case PM_MenuPanelWidth: return 1;
    case PM_MenuVMargin: return 4;
    case PM_MenuHMargin: return 0;
    case PM_TabBarTabHSpace: return 24;
    case PM_TabBarTabVSpace: return 12;
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabShiftVertical: return 0;
    case PM_HeaderMargin: return 8;
    case PM_HeaderMarkSize: return 10;
    case PM_TreeViewIndentation: return 13;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin: return m.space12;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing: return m.space8;
    case PM_DockWidgetTitleMargin: return 8;
    case PM_DockWidgetTitleBarButtonMargin: return 2;
    case PM_DefaultFrameWidth:
        return qobject_cast<const QAbstractScrollArea*>(widget) ? 1 : QProxyStyle::pixelMetric(metric, option, widget);
    case PM_ProgressBarChunkWidth: return 1;
    case PM_SliderThickness:
    case PM_SliderLength: return 18;
    case PM_ToolTipLabelFrameWidth: return 6;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ThemeStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ItemView_ArrowKeysNavigateIntoChildren:
    case SH_Widget_Animate:
    case SH_Widget_Animation_Duration: return 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_ScrollView_FrameOnlyAroundContents: return hint == SH_ItemView_ShowDecorationSelected;
    case SH_Slider_AbsoluteSetButtons: return Qt::LeftButton;
    case SH_TabBar_Alignment: return Qt::AlignLeft;
    case SH_ComboBox_Popup: return 0;
    case SH_Header_ArrowAlignment: return Qt::AlignVCenter | Qt::AlignRight;
    case SH_UnderlineShortcut: return 0;
    case SH_DialogButtonBox_ButtonsHaveIcons: return 0;
    case SH_ToolTipLabel_Opacity: return 255;
    default: return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize ThemeStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                                   const QWidget* widget) const
{
    const Metrics& m = Theme::current().metrics();
    const int height = isLarge(widget) ? m.controlLarge : m.control;
    switch (type) {
    case CT_PushButton: {
        const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
        const Variant look = variant(widget);
        const QFontMetrics metrics(look == Variant::Primary ? Theme::current().font(TextStyle::BodyStrong)
                                   : widget                 ? widget->font()
                                                            : Theme::current().font(TextStyle::Body));
        int width = size.width();
        if (button) {
            const int text = button->text.isEmpty() ? 0 : metrics.size(Qt::TextShowMnemonic, button->text).width();
            const int icon = button->icon.isNull() ? 0 : m.iconSmall + (text ? 8 : 0);
            width = text + icon + (button->features & QStyleOptionButton::HasMenu ? 18 : 0);
        }
        const int margin = look == Variant::Link ? m.space8 : m.space12;
        return {width + 2 * margin + 2, std::max(height, metrics.height() + 8)};
    }
    case CT_ToolButton: {
        const Variant look = variant(widget);
        if (look == Variant::Rail) {
            return {m.rail, m.railItem};
        }
        const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
        int width = size.width() + (look == Variant::Flat ? 10 : 22);
        if (button && (button->features & (QStyleOptionToolButton::HasMenu | QStyleOptionToolButton::MenuButtonPopup)) &&
            button->toolButtonStyle != Qt::ToolButtonIconOnly) {
            width += 16;
        }
        if (button && button->toolButtonStyle == Qt::ToolButtonIconOnly) {
            width = height;
        }
        return {width, height};
    }
    case CT_LineEdit: return {size.width() + 4, std::max(isLarge(widget) ? m.searchField : m.control, size.height())};
    case CT_ComboBox: return {QProxyStyle::sizeFromContents(type, option, size, widget).width() + 8, height};
    case CT_SpinBox: return {QProxyStyle::sizeFromContents(type, option, size, widget).width() + 4, height};
    case CT_HeaderSection: return {QProxyStyle::sizeFromContents(type, option, size, widget).width(), m.tableHeader};
    case CT_TabBarTab: {
        const QFontMetrics strong(Theme::current().font(TextStyle::BodyStrong));
        const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option);
        const int width = tab ? strong.size(Qt::TextShowMnemonic, tab->text).width() + 24 : size.width();
        return {width + (tab && !tab->icon.isNull() ? m.iconSmall + 8 : 0), m.toolBar - 1};
    }
    case CT_MenuItem: {
        const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
        if (item && item->menuItemType == QStyleOptionMenuItem::Separator) {
            return {size.width(), item->text.isEmpty() ? 9 : 24};
        }
        const int shortcut = item && item->text.contains(u'\t') ? 28 : 0;
        return {size.width() + 60 + shortcut, m.control};
    }
    case CT_ItemViewItem: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {base.width(), std::max(base.height(), m.tableRow)};
    }
    case CT_ProgressBar: return {size.width(), std::max(m.progress, 6)};
    default: return QProxyStyle::sizeFromContents(type, option, size, widget);
    }
}

QRect ThemeStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    switch (element) {
    case SE_LineEditContents: return QProxyStyle::subElementRect(element, option, widget).adjusted(4, 0, -4, 0);
    case SE_HeaderLabel: return option->rect.adjusted(8, 0, -8, 0);
    case SE_HeaderArrow: return {};
    case SE_TabBarTabText: return option->rect;
    case SE_DockWidgetTitleBarText: return option->rect.adjusted(12, 0, -48, 0);
    default: return QProxyStyle::subElementRect(element, option, widget);
    }
}

QRect ThemeStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl sub,
                                 const QWidget* widget) const
{
    const QRect rect = option->rect;
    if (control == CC_ScrollBar) {
        const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
        const bool horizontal = bar && bar->orientation == Qt::Horizontal;
        const int length = horizontal ? rect.width() : rect.height();
        if (sub == SC_ScrollBarAddLine || sub == SC_ScrollBarSubLine) {
            return {};
        }
        if (!bar || sub == SC_ScrollBarGroove) {
            return rect;
        }
        const double range = static_cast<double>(bar->maximum) - bar->minimum;
        const int thumb = range > 0 ? std::clamp(static_cast<int>(length * bar->pageStep / (range + bar->pageStep)),
                                                 std::min(28, length), length)
                                    : length;
        const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - thumb,
                                                  bar->upsideDown);
        const auto part = [&](int from, int size) {
            return horizontal ? QRect(rect.left() + from, rect.top(), size, rect.height())
                              : QRect(rect.left(), rect.top() + from, rect.width(), size);
        };
        if (sub == SC_ScrollBarSlider) {
            return part(start, thumb);
        }
        if (sub == SC_ScrollBarSubPage) {
            return part(0, start);
        }
        if (sub == SC_ScrollBarAddPage) {
            return part(start + thumb, length - start - thumb);
        }
        return {};
    }
    if (control == CC_ComboBox) {
        if (sub == SC_ComboBoxEditField) {
            return rect.adjusted(8, 1, -24, -1);
        }
        if (sub == SC_ComboBoxArrow) {
            return {rect.right() - 23, rect.top(), 24, rect.height()};
        }
    }
    if (control == CC_SpinBox) {
        const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
        const bool buttons = spin && spin->buttonSymbols != QAbstractSpinBox::NoButtons;
        const int half = rect.height() / 2;
        switch (sub) {
        case SC_SpinBoxEditField: return rect.adjusted(6, 1, buttons ? -20 : -4, -1);
        case SC_SpinBoxUp: return buttons ? QRect(rect.right() - 19, rect.top() + 3, 16, half - 3) : QRect();
        case SC_SpinBoxDown: return buttons ? QRect(rect.right() - 19, rect.top() + half, 16, half - 3) : QRect();
        default: break;
        }
    }
    return QProxyStyle::subControlRect(control, option, sub, widget);
}

} // namespace papilio::widgets
