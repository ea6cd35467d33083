// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/themestyle.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QStyleOption>
#include <QTreeView>

#include "widgets/icons.h"
#include "widgets/stylepainting.h"

namespace papilio::widgets
{

using namespace Qt::StringLiterals;
using namespace stylepainting;

namespace
{

void drawLineEdit(const QStyleOption* option, QPainter* painter, const QWidget* widget)
{
    const auto* edit = qobject_cast<const QLineEdit*>(widget);
    const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
    if (frame && frame->lineWidth <= 0) {
        return; // inside a combo or spin box, which has drawn the field
    }
    drawField(option->rect, option, painter, widget, edit && edit->isReadOnly(), false);
}

void drawFrame(const QStyleOption* option, QPainter* painter)
{
    roundedBox(painter, option->rect, 0, {}, Theme::current().color(Role::Hairline));
}

/// The ring of the current item; only in the row's first column it gets its left end, only in the last its right end.
void drawItemFocus(const QStyleOption* option, QPainter* painter)
{
    const Theme& theme = Theme::current();
    if (!(option->state & QStyle::State_KeyboardFocusChange)) {
        return;
    }
    roundedBox(painter, option->rect, theme.metrics().radiusSmall, {}, theme.color(Role::Focus), theme.metrics().focusLine);
}

} // namespace

namespace
{

void fill(QPainter* painter, const QRect& rect, Role role)
{
    painter->fillRect(rect, Theme::current().color(role));
}

QRect topLine(const QRect& rect)
{
    return {rect.left(), rect.top(), rect.width(), 1};
}

QRect bottomLine(const QRect& rect)
{
    return {rect.left(), rect.bottom(), rect.width(), 1};
}

/// One pixel in the middle of a handle that is wider, to be grabbed easily.
void drawHandle(const QStyleOption* option, QPainter* painter, bool vertical)
{
    const QPoint centre = option->rect.center();
    fill(painter,
         vertical ? QRect(centre.x(), option->rect.top(), 1, option->rect.height())
                  : QRect(option->rect.left(), centre.y(), option->rect.width(), 1),
         option->state & QStyle::State_MouseOver ? Role::AccentMark : Role::Hairline);
}

/// Frames, panels and backgrounds; false: not one of them.
bool drawPanel(QStyle::PrimitiveElement element, const QStyleOption* option, QPainter* painter)
{
    const Theme& theme = Theme::current();
    switch (element) {
    case QStyle::PE_Frame:
    case QStyle::PE_FrameWindow:
    case QStyle::PE_FrameDockWidget: drawFrame(option, painter); return true;
    case QStyle::PE_FrameGroupBox:
    case QStyle::PE_FrameStatusBarItem:
    case QStyle::PE_FrameTabWidget:
    case QStyle::PE_FrameButtonTool:
    case QStyle::PE_IndicatorHeaderArrow:
    case QStyle::PE_PanelButtonTool: return true; // nothing
    case QStyle::PE_FrameTabBarBase: fill(painter, bottomLine(option->rect), Role::Hairline); return true;
    case QStyle::PE_FrameMenu: roundedBox(painter, option->rect, 0, {}, theme.color(Role::Control)); return true;
    case QStyle::PE_PanelMenu: fill(painter, option->rect, Role::Raised); return true;
    case QStyle::PE_PanelTipLabel:
        roundedBox(painter, option->rect, 0, theme.color(Role::Raised), theme.color(Role::Control));
        return true;
    case QStyle::PE_PanelStatusBar:
        fill(painter, option->rect, Role::Chrome);
        fill(painter, topLine(option->rect), Role::Hairline);
        return true;
    case QStyle::PE_PanelScrollAreaCorner: fill(painter, option->rect, Role::Surface); return true;
    case QStyle::PE_PanelToolBar: fill(painter, option->rect, Role::Chrome); return true;
    case QStyle::PE_IndicatorDockWidgetResizeHandle:
        fill(painter, option->rect, Role::Surface);
        drawHandle(option, painter, option->rect.height() > option->rect.width());
        return true;
    default: return false;
    }
}

void drawComboLabel(const QStyleOptionComboBox* combo, QPainter* painter, QRect rect)
{
    const Theme& theme = Theme::current();
    if (!combo->currentIcon.isNull()) {
        const int size = theme.metrics().iconSmall;
        painter->drawPixmap(rect.left(), rect.center().y() - size / 2 + 1,
                            combo->currentIcon.pixmap(QSize(size, size), painter->device()->devicePixelRatioF()));
        rect.setLeft(rect.left() + size + 6);
    }
    painter->setPen(theme.color(combo->state & QStyle::State_Enabled ? Role::Text : Role::TextDisabled));
    painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(combo->currentText, Qt::ElideRight, rect.width()));
}

/// Controls that are nothing but filled areas and lines; false: not one of them.
bool drawArea(QStyle::ControlElement element, const QStyleOption* option, QPainter* painter)
{
    switch (element) {
    case QStyle::CE_HeaderEmptyArea:
        fill(painter, option->rect, Role::Sunken);
        fill(painter, bottomLine(option->rect), Role::Hairline);
        return true;
    case QStyle::CE_MenuEmptyArea: fill(painter, option->rect, Role::Raised); return true;
    case QStyle::CE_ToolBar: fill(painter, option->rect, Role::Chrome); return true;
    case QStyle::CE_Splitter: drawHandle(option, painter, option->state & QStyle::State_Horizontal); return true;
    case QStyle::CE_RubberBand: {
        const Theme& theme = Theme::current();
        painter->fillRect(option->rect, theme.color(Role::AccentMark, 0.15));
        roundedBox(painter, option->rect, 0, {}, theme.color(Role::AccentMark));
        return true;
    }
    default: return false;
    }
}

} // namespace

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const
{
    if (drawPanel(element, option, painter)) {
        return;
    }
    switch (element) {
    case PE_PanelLineEdit:
    case PE_FrameLineEdit: drawLineEdit(option, painter, widget); return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: drawCheckBox(option, painter); return;
    case PE_IndicatorRadioButton: drawRadioButton(option, painter); return;
    case PE_PanelItemViewItem:
    case PE_PanelItemViewRow:
        if (const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option)) {
            drawItemPanel(item, painter, widget);
        }
        return;
    case PE_IndicatorBranch: drawBranch(option, painter); return;
    case PE_FrameFocusRect:
        if (qobject_cast<const QAbstractItemView*>(widget)) {
            drawItemFocus(option, painter);
        }
        return; // buttons draw their own
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ThemeStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                             const QWidget* widget) const
{
    if (drawArea(element, option, painter)) {
        return;
    }
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
    const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
    const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option);
    const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option);
    const auto* menu = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
    const auto* dock = qstyleoption_cast<const QStyleOptionDockWidget*>(option);
    if (element == CE_PushButtonBevel && button) {
        drawPushButton(button, painter, widget);
    } else if (element == CE_PushButtonLabel && button) {
        drawPushButtonLabel(button, painter, widget);
    } else if (element == CE_ComboBoxLabel && combo) {
        if (!combo->editable) {
            drawComboLabel(combo, painter, subControlRect(CC_ComboBox, combo, SC_ComboBoxEditField, widget));
        }
    } else if (element == CE_HeaderSection && header) {
        drawHeaderSection(header, painter);
    } else if (element == CE_HeaderLabel && header) {
        drawHeaderLabel(header, painter);
    } else if (element == CE_TabBarTabShape && tab) {
        drawTab(tab, painter);
    } else if (element == CE_TabBarTabLabel && tab) {
        drawTabLabel(tab, painter, widget);
    } else if (element == CE_ProgressBar && bar) {
        drawProgress(bar, painter);
    } else if (element == CE_MenuItem && menu) {
        drawMenuItem(menu, painter);
    } else if (element == CE_DockWidgetTitle && dock) {
        drawDockTitle(dock, painter);
    } else {
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void ThemeStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                    const QWidget* widget) const
{
    switch (control) {
    case CC_ToolButton:
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option)) {
            drawToolButton(button, painter, widget, this);
            return;
        }
        break;
    case CC_ComboBox:
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
            drawComboBox(combo, painter, widget, this);
            return;
        }
        break;
    case CC_SpinBox:
        if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option)) {
            drawSpinBox(spin, painter, widget, this);
            return;
        }
        break;
    case CC_Slider:
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            drawSlider(slider, painter, widget, this);
            return;
        }
        break;
    case CC_ScrollBar:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            drawScrollBar(bar, painter, widget, this);
            return;
        }
        break;
    default: break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QIcon ThemeStyle::standardIcon(StandardPixmap pixmap, const QStyleOption* option, const QWidget* widget) const
{
    switch (pixmap) {
    case SP_LineEditClearButton:
    case SP_TitleBarCloseButton:
    case SP_DockWidgetCloseButton: return icon(u"close"_s);
    case SP_TitleBarNormalButton: return icon(u"fit"_s);
    case SP_ToolBarHorizontalExtensionButton: return icon(u"more"_s);
    case SP_MessageBoxWarning: return icon(u"warning"_s, Role::Warning);
    case SP_MessageBoxCritical: return icon(u"error"_s, Role::Error);
    case SP_MessageBoxInformation: return icon(u"info"_s, Role::Info);
    case SP_MessageBoxQuestion: return icon(u"help"_s, Role::Info);
    default: return QProxyStyle::standardIcon(pixmap, option, widget);
    }
}

} // namespace papilio::widgets
