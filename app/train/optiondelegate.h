// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/paddeddelegate.h"
#include "app/train/trainoptions.h"

namespace papilio::app
{

/// Edits the value of a setting: a list for choices, a field for the rest. The setting itself is the item's data.
class OptionDelegate : public PaddedDelegate
{
    Q_OBJECT

public:
    enum DataRole { OptionRole = Qt::UserRole, ChangedRole, ProblemRole, IdleRole };

    using PaddedDelegate::PaddedDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;
};

} // namespace papilio::app

Q_DECLARE_METATYPE(papilio::app::TrainOption)
