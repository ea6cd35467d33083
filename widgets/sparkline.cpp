// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sparkline.h"

#include <QApplication>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "widgets/theme.h"

namespace papilio::widgets
{

namespace
{

struct Range {
    double low = 1e300;
    double high = -1e300;
    void add(const std::vector<double>& values)
    {
        for (const double value : values) {
            if (std::isfinite(value)) {
                low = std::min(low, value);
                high = std::max(high, value);
            }
        }
    }
};

QPainterPath linePath(const std::vector<double>& values, double step, const QRectF& box, const Range& range)
{
    QPainterPath path;
    bool pen = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            pen = false;
            continue;
        }
        const double share = range.high > range.low ? (values[i] - range.low) / (range.high - range.low) : 0.5;
        const QPointF point(box.left() + step * static_cast<double>(i), box.bottom() - share * box.height());
        pen ? path.lineTo(point) : path.moveTo(point);
        pen = true;
    }
    return path;
}

} // namespace

void paintSparkline(QPainter* painter, const QRectF& rect, const SparklineData& data)
{
    const Theme& theme = Theme::current();
    painter->save();
    painter->fillRect(QRectF(rect.left(), std::round(rect.bottom()) - 1, rect.width(), 1), theme.color(Role::Grid));
    Range range;
    range.add(data.values);
    range.add(data.behind);
    if (range.low <= range.high) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setBrush(Qt::NoBrush);
        const auto length = std::max({static_cast<int>(data.values.size()), data.planned, 2});
        const QRectF box = rect.adjusted(1.5, 2.5, -2.5, -3.5);
        const double step = box.width() / (length - 1);
        QColor faint = theme.series(data.series);
        faint.setAlphaF(0.45F);
        painter->setPen(QPen(faint, 1));
        painter->drawPath(linePath(data.behind, step, box, range));
        const QColor color = theme.series(data.series);
        painter->setPen(QPen(color, theme.metrics().spark, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPath(linePath(data.values, step, box, range));
        if (data.best >= 0 && data.best < static_cast<int>(data.values.size()) &&
            std::isfinite(data.values[static_cast<std::size_t>(data.best)])) {
            const double share = range.high > range.low
                                     ? (data.values[static_cast<std::size_t>(data.best)] - range.low) / (range.high - range.low)
                                     : 0.5;
            painter->setPen(Qt::NoPen);
            painter->setBrush(color);
            painter->drawEllipse(QPointF(box.left() + step * data.best, box.bottom() - share * box.height()), 2.0, 2.0);
        }
    }
    painter->restore();
}

void SparklineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    item.text.clear();
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    paintSparkline(painter, QRectF(option.rect).adjusted(4, 3, -4, -2), index.data(Qt::UserRole).value<SparklineData>());
}

} // namespace papilio::widgets
