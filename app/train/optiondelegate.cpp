// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/optiondelegate.h"

#include <QComboBox>
#include <QLineEdit>
#include <QTimer>

#include "widgets/theme.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

void OptionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const widgets::Theme& theme = widgets::Theme::current();
    QStyleOptionViewItem item = option;
    const bool problem = !index.data(ProblemRole).toString().isEmpty();
    const bool changed = index.data(ChangedRole).toBool();
    if (changed || problem) {
        item.font = theme.font(widgets::TextStyle::TableStrong);
        item.palette.setColor(QPalette::Text, theme.color(problem ? widgets::Role::Error : widgets::Role::AccentText));
        item.palette.setColor(QPalette::HighlightedText, theme.color(problem ? widgets::Role::Error : widgets::Role::AccentText));
    }
    if (!changed && !problem && index.data(IdleRole).toBool()) {
        item.palette.setColor(QPalette::Text, theme.color(widgets::Role::TextTertiary));
        item.palette.setColor(QPalette::HighlightedText, theme.color(widgets::Role::TextTertiary));
    }
    PaddedDelegate::paint(painter, item, index);
}

QWidget* OptionDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const
{
    if (!index.data(OptionRole).isValid()) {
        return nullptr; // a name or a default
    }
    const auto option = index.data(OptionRole).value<TrainOption>();
    const QStringList choices = option.type == "boolean"_L1 ? QStringList{u"false"_s, u"true"_s} : option.choices;
    if (!choices.isEmpty() && option.type != "choices"_L1) {
        auto* box = new QComboBox(parent);
        box->addItems(choices);
        box->setAccessibleName(option.path);
        auto* self = const_cast<OptionDelegate*>(this); // the signals of a delegate are not const
        connect(box, &QComboBox::activated, self, [self, box] {
            Q_EMIT self->commitData(box);
            Q_EMIT self->closeEditor(box);
        });
        return box;
    }
    auto* field = new QLineEdit(parent);
    field->setAccessibleName(option.path);
    return field;
}

void OptionDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    if (auto* box = qobject_cast<QComboBox*>(editor)) {
        box->setCurrentText(index.data().toString());
        QTimer::singleShot(0, box, &QComboBox::showPopup);
    } else if (auto* field = qobject_cast<QLineEdit*>(editor)) {
        field->setText(index.data().toString());
        field->selectAll();
    }
}

void OptionDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const
{
    if (const auto* box = qobject_cast<QComboBox*>(editor)) {
        model->setData(index, box->currentText());
    } else if (const auto* field = qobject_cast<QLineEdit*>(editor)) {
        model->setData(index, field->text().trimmed());
    }
}

} // namespace papilio::app
