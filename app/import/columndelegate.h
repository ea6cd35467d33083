// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/paddeddelegate.h"

namespace papilio::app
{

/// Cells of the table of columns; those with choices (ChoicesRole) are edited with a list, other editable ones as text.
class ColumnDelegate : public PaddedDelegate
{
    Q_OBJECT

public:
    enum DataRole {
        ValueRole = Qt::UserRole + 1, ///< what the cell stands for: "label"
        ValuesRole,                   ///< QStringList: what it can be
        TextsRole,                    ///< QStringList: the same for people
    };
    using PaddedDelegate::PaddedDelegate;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace papilio::app
