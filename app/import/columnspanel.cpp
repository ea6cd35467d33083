// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/import/columnspanel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QTreeWidget>

#include "app/format.h"
#include "app/paddeddelegate.h"
#include "widgets/format.h"
#include "widgets/labels.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Label;
using widgets::Role;
using widgets::TextStyle;

namespace
{

enum TreeColumn { NameColumn, RoleColumn, KindColumn, LevelColumn, UnitColumn, FoundColumn, TreeColumnCount };

QComboBox* choiceBox(const QString& object, const QString& accessible, const QStringList& texts, const QStringList& values)
{
    auto* box = new QComboBox;
    box->setObjectName(object);
    box->setAccessibleName(accessible);
    for (qsizetype i = 0; i < texts.size(); ++i) {
        box->addItem(texts[i], values[i]);
    }
    return box;
}

} // namespace

ColumnsPanel::ColumnsPanel(QWidget* parent) : QWidget(parent)
{
    m_smiles = choiceBox(u"structureColumn"_s, tr("Structure column"), {}, {});
    m_labels = new QLineEdit;
    m_labels->setObjectName(u"labelPatterns"_s);
    m_labels->setAccessibleName(tr("Label columns, names or patterns"));
    m_labels->setPlaceholderText(tr("guessed; or NR-*, SR-*"));
    m_kind = choiceBox(u"labelKind"_s, tr("Kind of the labels"),
                       {tr("guess"), tr("regression"), tr("binary"), tr("multiclass")},
                       {QString(), u"regression"_s, u"binary"_s, u"multiclass"_s});
    m_level = choiceBox(u"labelLevel"_s, tr("Level of the labels"), {tr("guess"), tr("graph"), tr("node"), tr("edge")},
                        {QString(), u"graph"_s, u"node"_s, u"edge"_s});
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(new Label(tr("Structure"), TextStyle::Body, Role::TextSecondary));
    row->addWidget(m_smiles, 1);
    row->addSpacing(8);
    row->addWidget(new Label(tr("Labels"), TextStyle::Body, Role::TextSecondary));
    row->addWidget(m_labels, 2);
    row->addSpacing(8);
    row->addWidget(new Label(tr("Kind"), TextStyle::Body, Role::TextSecondary));
    row->addWidget(m_kind);
    row->addSpacing(8);
    row->addWidget(new Label(tr("Level"), TextStyle::Body, Role::TextSecondary));
    row->addWidget(m_level);

    m_tree = new QTreeWidget;
    m_tree->setObjectName(u"columnsTable"_s);
    m_tree->setAccessibleName(tr("Columns of the file; checked ones are labels"));
    m_tree->setRootIsDecorated(false);
    m_tree->setItemDelegate(new PaddedDelegate(m_tree));
    m_tree->setUniformRowHeights(true);
    m_tree->setColumnCount(TreeColumnCount);
    m_tree->setHeaderLabels({tr("In the file"), tr("Taken as"), tr("Kind"), tr("Level"), tr("Unit"), tr("Found")});
    m_tree->header()->setSectionResizeMode(NameColumn, QHeaderView::Interactive);
    m_tree->header()->resizeSection(NameColumn, 240);
    m_tree->header()->setStretchLastSection(true);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(row);
    layout->addWidget(m_tree, 1);

    connect(m_smiles, &QComboBox::activated, this, &ColumnsPanel::changed);
    connect(m_kind, &QComboBox::activated, this, &ColumnsPanel::changed);
    connect(m_level, &QComboBox::activated, this, &ColumnsPanel::changed);
    connect(m_labels, &QLineEdit::textEdited, this, &ColumnsPanel::changed);
    connect(m_tree, &QTreeWidget::itemChanged, this, &ColumnsPanel::itemChanged);
}

void ColumnsPanel::setColumns(const PreviewReply& preview)
{
    m_filling = true;
    const QSignalBlocker blocker(m_smiles);
    const QString chosen = smiles();
    m_smiles->clear();
    m_tree->clear();
    m_labelCount = 0;
    QString guessed;
    for (const auto& column : preview.columns) {
        if (column.role == "smiles"_L1) {
            guessed = column.name;
        }
    }
    m_smiles->addItem(guessed.isEmpty() ? tr("none found") : tr("%1 (guessed)").arg(guessed), QString());
    QList<QTreeWidgetItem*> items;
    for (const auto& column : preview.columns) {
        m_smiles->addItem(column.name, column.name);
        const bool label = column.role == "label"_L1;
        m_labelCount += label ? 1 : 0;
        auto* item = new QTreeWidgetItem;
        item->setText(NameColumn, column.name);
        item->setToolTip(NameColumn, column.name);
        item->setText(RoleColumn, column.role == "smiles"_L1 ? tr("structure")
                                  : label                    ? tr("label")
                                  : column.role == "id"_L1   ? tr("name of the row")
                                                             : tr("not used"));
        item->setText(KindColumn, label ? column.kind : QString());
        item->setText(LevelColumn, label ? column.level : QString());
        item->setText(UnitColumn, column.unit);
        QString found = tr("%1 of %2 filled").arg(widgets::formatCount(column.present), widgets::formatCount(preview.rowsLooked));
        if (label && column.text > 0) {
            found = widgets::joinedByDot({found, tr("%1 no numbers").arg(widgets::formatCount(column.text))});
        }
        item->setText(FoundColumn, widgets::joinedByDot({found, column.why}));
        item->setToolTip(FoundColumn, column.why);
        if (column.role != "smiles"_L1) {
            item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
            item->setCheckState(NameColumn, label ? Qt::Checked : Qt::Unchecked);
        }
        items << item;
    }
    m_tree->addTopLevelItems(items);
    m_smiles->setCurrentIndex(std::max(0, m_smiles->findData(chosen)));
    m_filling = false;
}

void ColumnsPanel::itemChanged(QTreeWidgetItem*)
{
    if (m_filling) {
        return;
    }
    QStringList names;
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        const QTreeWidgetItem* item = m_tree->topLevelItem(i);
        if (item->checkState(NameColumn) == Qt::Checked) {
            names << item->text(NameColumn);
        }
    }
    m_labels->setText(names.join(u','));
    Q_EMIT changed();
}

QString ColumnsPanel::smiles() const
{
    return m_smiles->currentData().toString();
}

QString ColumnsPanel::labels() const
{
    return m_labels->text().trimmed();
}

QString ColumnsPanel::level() const
{
    return m_level->currentData().toString();
}

QString ColumnsPanel::kind() const
{
    return m_kind->currentData().toString();
}

} // namespace papilio::app
