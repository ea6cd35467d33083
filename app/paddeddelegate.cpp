// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/paddeddelegate.h"

#include <QApplication>
#include <QPainter>

#include "widgets/theme.h"

namespace papilio::app
{

void PaddedDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const int padding = m_padding > 0 ? m_padding : widgets::Theme::current().metrics().space4 + 1;
    QStyleOptionViewItem panel = option;
    initStyleOption(&panel, index);
    const QStyle* style = panel.widget ? panel.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &panel, painter, panel.widget); // without gaps between the columns
    QStyleOptionViewItem inner = option;
    inner.rect.adjust(padding, 0, -padding, 0); // in line with the header
    QStyledItemDelegate::paint(painter, inner, index);
}

} // namespace papilio::app
