// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/import/columndelegate.h"

#include <QComboBox>

namespace papilio::app
{

QWidget* ColumnDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QStringList values = index.data(ValuesRole).toStringList();
    if (values.isEmpty()) {
        return PaddedDelegate::createEditor(parent, option, index);
    }
    auto* box = new QComboBox(parent);
    const QStringList texts = index.data(TextsRole).toStringList();
    for (qsizetype i = 0; i < values.size(); ++i) {
        box->addItem(texts.value(i), values[i]);
    }
    auto* self = const_cast<ColumnDelegate*>(this);
    connect(box, &QComboBox::activated, self, [self, box] {
        Q_EMIT self->commitData(box);
        Q_EMIT self->closeEditor(box);
    });
    return box;
}

void ColumnDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    if (auto* box = qobject_cast<QComboBox*>(editor)) {
        box->setCurrentIndex(std::max(0, box->findData(index.data(ValueRole))));
        box->showPopup();
        return;
    }
    PaddedDelegate::setEditorData(editor, index);
}

void ColumnDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const
{
    if (auto* box = qobject_cast<QComboBox*>(editor)) {
        if (box->currentData() != index.data(ValueRole)) {
            model->setData(index, box->currentData(), ValueRole);
        }
        return;
    }
    PaddedDelegate::setModelData(editor, model, index);
}

void ColumnDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex&) const
{
    QRect place = option.rect;
    place.setWidth(std::max(place.width(), editor->sizeHint().width()));
    editor->setGeometry(place);
}

} // namespace papilio::app
