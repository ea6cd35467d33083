// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include <QApplication>
#include <QPainter>

#include "app/lookup/predictionmodel.h"
#include "widgets/format.h"
#include "widgets/theme.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Role;

namespace
{

constexpr int barHeight = 5;
constexpr int stepBar = 44; ///< from −1 to +1

void paintPercentile(QPainter* painter, const QRect& rect, double percentile, const QString& text)
{
    const widgets::Theme& theme = widgets::Theme::current();
    const int number = static_cast<int>(std::ceil(widgets::numberWidth(painter->font(), u"100.0"_s)));
    const QRect track(rect.left(), rect.center().y() - barHeight / 2, std::max(0, rect.width() - number - 8), barHeight);
    if (!std::isnan(percentile)) {
        painter->fillRect(track, theme.color(Role::Pressed));
        const double x = track.left() + track.width() * std::clamp(percentile, 0.0, 100.0) / 100;
        painter->fillRect(QRectF(track.left(), track.top(), x - track.left(), barHeight), theme.color(Role::TextTertiary));
    }
    painter->setPen(theme.color(Role::Text));
    widgets::drawNumber(painter, rect, text, Qt::AlignRight);
}

void paintDirection(QPainter* painter, const QRect& rect, double step, const QString& text)
{
    if (std::isnan(step)) {
        return;
    }
    const widgets::Theme& theme = widgets::Theme::current();
    const qsizetype space = text.lastIndexOf(u' ');
    const double middle = rect.left() + stepBar / 2.0;
    const double end = middle + stepBar / 2.0 * std::clamp(step, -1.0, 1.0);
    painter->fillRect(QRectF(std::min(middle, end), rect.center().y() - barHeight / 2, std::abs(end - middle), barHeight),
                      theme.diverging(step < 0 ? -1 : 1));
    painter->fillRect(QRectF(middle - 0.5, rect.center().y() - 6, 1, 13), theme.color(Role::Control));
    const int number = static_cast<int>(std::ceil(widgets::numberWidth(painter->font(), u"+0.00"_s)));
    painter->setPen(theme.color(Role::TextSecondary));
    widgets::drawNumber(painter, QRectF(rect.left() + stepBar + 8, rect.top(), number, rect.height()), text.mid(space + 1), Qt::AlignRight);
    painter->setPen(theme.color(Role::Text));
    const QRect word = rect.adjusted(stepBar + number + 16, 0, 0, 0);
    painter->drawText(word, Qt::AlignVCenter | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(text.left(space), Qt::ElideRight, word.width()));
}

} // namespace

int PredictionDelegate::directionWidth(const QFontMetrics& cells, const QString& longestClass)
{
    return stepBar + cells.horizontalAdvance(u"+0.00"_s) + cells.horizontalAdvance(longestClass) + 16 + 24;
}

void PredictionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const widgets::Theme& theme = widgets::Theme::current();
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, item.widget);
    painter->save();
    painter->setFont(theme.font(widgets::TextStyle::Table));
    const QRect rect = item.rect.adjusted(8, 0, -8, 0);
    switch (index.column()) {
    case PredictionModel::ValueColumn:
        painter->setPen(theme.color(Role::Text));
        widgets::drawNumber(painter, rect, item.text, Qt::AlignRight);
        break;
    case PredictionModel::PercentileColumn:
        paintPercentile(painter, rect, index.data(PredictionModel::PercentileRole).toDouble(), item.text);
        break;
    case PredictionModel::DirectionColumn:
        paintDirection(painter, rect, index.data(PredictionModel::StepRole).toDouble(), item.text);
        break;
    default: {
        const bool task = index.column() == PredictionModel::TaskColumn && !index.data(PredictionModel::UnnamedRole).toBool();
        painter->setPen(theme.color(task ? Role::Text : Role::TextSecondary));
        // Names often differ at their end, numbered places in their middle.
        painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(item.text, task ? Qt::ElideMiddle : Qt::ElideRight, rect.width()));
    }
    }
    painter->restore();
    if (item.state & QStyle::State_HasFocus) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(item);
        style->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, item.widget);
    }
}

} // namespace papilio::app
