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

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const
{
    const Theme& theme = Theme::current();
    switch (element) {
    case PE_PanelLineEdit:
    case PE_FrameLineEdit: drawLineEdit(option, painter, widget); return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: drawCheckBox(option, painter); return;
    case PE_IndicatorRadioButton: drawRadioButton(option, painter); return;
    case PE_PanelItemViewItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option)) {
            drawItemPanel(item, painter, widget);
        }
        return;
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
    case PE_Frame:
    case PE_FrameWindow:
    case PE_FrameDockWidget: drawFrame(option, painter); return;
    case PE_FrameGroupBox:
    case PE_FrameStatusBarItem:
    case PE_FrameTabWidget:
    case PE_FrameButtonTool:
    case PE_IndicatorHeaderArrow:
    case PE_PanelButtonTool: return;
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                          theme.color(Role::Hairline));
        return;
    case PE_FrameMenu: roundedBox(painter, option->rect, 0, {}, theme.color(Role::Control)); return;
    case PE_PanelMenu: painter->fillRect(option->rect, theme.color(Role::Raised)); return;
    case PE_PanelTipLabel:
        roundedBox(painter, option->rect, 0, theme.color(Role::Raised), theme.color(Role::Control));
        return;
    case PE_PanelStatusBar:
        painter->fillRect(option->rect, theme.color(Role::Chrome));
        painter->fillRect(QRect(option->rect.left(), option->rect.top(), option->rect.width(), 1), theme.color(Role::Hairline));
        return;
    case PE_PanelToolBar: painter->fillRect(option->rect, theme.color(Role::Chrome)); return;
    case PE_IndicatorDockWidgetResizeHandle: {
        const QPoint centre = option->rect.center();
        const bool vertical = option->rect.height() > option->rect.width();
        painter->fillRect(option->rect, theme.color(Role::Surface));
        painter->fillRect(vertical ? QRect(centre.x(), option->rect.top(), 1, option->rect.height())
                                   : QRect(option->rect.left(), centre.y(), option->rect.width(), 1),
                          theme.color(option->state & State_MouseOver ? Role::AccentMark : Role::Hairline));
        return;
    }
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ThemeStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                             const QWidget* widget) const
{
    const Theme& theme = Theme::current();
    switch (element) {
    case CE_PushButtonBevel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            drawPushButton(button, painter, widget);
            return;
        }
        break;
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            drawPushButtonLabel(button, painter, widget);
            return;
        }
        break;
    case CE_ComboBoxLabel:
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
            if (combo->editable) {
                return;
            }
            QRect rect = subControlRect(CC_ComboBox, combo, SC_ComboBoxEditField, widget);
            if (!combo->currentIcon.isNull()) {
                const int size = theme.metrics().iconSmall;
                painter->drawPixmap(rect.left(), rect.center().y() - size / 2 + 1,
                                    combo->currentIcon.pixmap(QSize(size, size), painter->device()->devicePixelRatioF()));
                rect.setLeft(rect.left() + size + 6);
            }
            painter->setPen(theme.color(option->state & State_Enabled ? Role::Text : Role::TextDisabled));
            painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft,
                              painter->fontMetrics().elidedText(combo->currentText, Qt::ElideRight, rect.width()));
            return;
        }
        break;
    case CE_HeaderSection:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            drawHeaderSection(header, painter);
            return;
        }
        break;
    case CE_HeaderLabel:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            drawHeaderLabel(header, painter);
            return;
        }
        break;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, theme.color(Role::Sunken));
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                          theme.color(Role::Hairline));
        return;
    case CE_TabBarTabShape:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
            drawTab(tab, painter);
            return;
        }
        break;
    case CE_TabBarTabLabel:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
            drawTabLabel(tab, painter, widget);
            return;
        }
        break;
    case CE_ProgressBar:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option)) {
            drawProgress(bar, painter);
            return;
        }
        break;
    case CE_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
            drawMenuItem(item, painter);
            return;
        }
        break;
    case CE_MenuEmptyArea: painter->fillRect(option->rect, theme.color(Role::Raised)); return;
    case CE_DockWidgetTitle:
        if (const auto* dock = qstyleoption_cast<const QStyleOptionDockWidget*>(option)) {
            drawDockTitle(dock, painter);
            return;
        }
        break;
    case CE_ToolBar: painter->fillRect(option->rect, theme.color(Role::Chrome)); return;
    case CE_Splitter: {
        const QPoint centre = option->rect.center();
        const QRect line = option->state & State_Horizontal ? QRect(centre.x(), option->rect.top(), 1, option->rect.height())
                                                            : QRect(option->rect.left(), centre.y(), option->rect.width(), 1);
        painter->fillRect(line, theme.color(option->state & State_MouseOver ? Role::AccentMark : Role::Hairline));
        return;
    }
    case CE_RubberBand:
        painter->fillRect(option->rect, theme.color(Role::AccentMark, 0.15));
        roundedBox(painter, option->rect, 0, {}, theme.color(Role::AccentMark));
        return;
    default: break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
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
