// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QMetaType>
#include <QRectF>
#include <QStyledItemDelegate>
#include <vector>

class QPainter;

namespace papilio::widgets
{

/// Values of a small curve, as an item's data (Qt::UserRole of SparklineDelegate, or any role of an own delegate).
struct SparklineData {
    std::vector<double> values;  ///< NaN = gap
    std::vector<double> behind;  ///< a fainter second line (train); may be empty
    int series = 0;              ///< colour
    int best = -1;               ///< index of the best value, marked by a dot; −1 = none
    int planned = 0;             ///< length of the axis in values; 0 = values.size()
};

/// Paints a sparkline: line, faint second line, dot at the best, base line.
void paintSparkline(QPainter* painter, const QRectF& rect, const SparklineData& data);

/// Paints the SparklineData that an index has under Qt::UserRole.
class SparklineDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace papilio::widgets

Q_DECLARE_METATYPE(papilio::widgets::SparklineData)
