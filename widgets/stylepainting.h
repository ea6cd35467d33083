// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QStyle>
#include <QStyleOption>

#include "widgets/theme.h"

/// Private to ThemeStyle: how single controls are drawn. Each draw function returns false for what it does not know.
namespace papilio::widgets::stylepainting
{

/// Fills and outlines a rounded rectangle whose outline lies inside the rectangle; an invalid colour leaves it out.
void roundedBox(QPainter* painter, const QRectF& rect, double radius, const QColor& fill, const QColor& outline = {},
                double width = 1);
/// Interaction state of an option, in one look.
struct State {
    explicit State(const QStyleOption* option);
    bool enabled, hovered, pressed, on, focus, keyFocus;
};
bool isLarge(const QWidget* widget);
bool hasError(const QWidget* widget);

void drawPushButton(const QStyleOptionButton* option, QPainter* painter, const QWidget* widget);
void drawPushButtonLabel(const QStyleOptionButton* option, QPainter* painter, const QWidget* widget);
void drawToolButton(const QStyleOptionToolButton* option, QPainter* painter, const QWidget* widget, const QStyle* style);
void drawCheckBox(const QStyleOption* option, QPainter* painter);
void drawRadioButton(const QStyleOption* option, QPainter* painter);

/// Outline and fill of a line edit, combo or spin box.
void drawField(const QRectF& rect, const QStyleOption* option, QPainter* painter, const QWidget* widget, bool readOnly,
               bool fillOnHover);
void drawComboBox(const QStyleOptionComboBox* option, QPainter* painter, const QWidget* widget, const QStyle* style);
void drawSpinBox(const QStyleOptionSpinBox* option, QPainter* painter, const QWidget* widget, const QStyle* style);
void drawSlider(const QStyleOptionSlider* option, QPainter* painter, const QWidget* widget, const QStyle* style);
void drawScrollBar(const QStyleOptionSlider* option, QPainter* painter, const QWidget* widget, const QStyle* style);
void drawProgress(const QStyleOptionProgressBar* option, QPainter* painter);

void drawItemPanel(const QStyleOptionViewItem* option, QPainter* painter, const QWidget* widget);
void drawBranch(const QStyleOption* option, QPainter* painter);
void drawHeaderSection(const QStyleOptionHeader* option, QPainter* painter);
void drawHeaderLabel(const QStyleOptionHeader* option, QPainter* painter);
void drawTab(const QStyleOptionTab* option, QPainter* painter);
void drawTabLabel(const QStyleOptionTab* option, QPainter* painter, const QWidget* widget);
void drawMenuItem(const QStyleOptionMenuItem* option, QPainter* painter);
void drawDockTitle(const QStyleOptionDockWidget* option, QPainter* painter);

} // namespace papilio::widgets::stylepainting
