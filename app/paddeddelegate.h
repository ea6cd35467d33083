// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace papilio::app
{

/// Cells whose text starts under the header's text, or as far in as it is told.
class PaddedDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit PaddedDelegate(QObject* parent = nullptr, int padding = 0) : QStyledItemDelegate(parent), m_padding(padding) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    int m_padding; ///< 0 = as a header's
};

} // namespace papilio::app
