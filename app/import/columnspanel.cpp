// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/import/columnspanel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QTreeWidget>

#include "app/format.h"
#include "app/import/columndelegate.h"
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

enum TreeColumn { NameColumn, RoleColumn, KindColumn, LevelColumn, UnitColumn, CutsColumn, FoundColumn, TreeColumnCount };

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
    m_level = choiceBox(u"labelLevel"_s, tr("Level of the labels"), {tr("guess"), tr("graph"), tr("node"), tr("edge"), tr("node pair")},
                        {QString(), u"graph"_s, u"node"_s, u"edge"_s, u"nodepair"_s});
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
    m_tree->setItemDelegate(new ColumnDelegate(m_tree));
    m_tree->setUniformRowHeights(true);
    m_tree->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_tree->setColumnCount(TreeColumnCount);
    m_tree->setHeaderLabels({tr("In the file"), tr("Taken as"), tr("Kind"), tr("Level"), tr("Unit"), tr("Cut at"), tr("Found")});
    m_tree->headerItem()->setToolTip(CutsColumn, cutsHelp());
    m_tree->header()->setSectionResizeMode(NameColumn, QHeaderView::Interactive);
    constexpr std::pair<TreeColumn, int> widths[] = {{NameColumn, 240}, {RoleColumn, 124}, {KindColumn, 92},
                                                     {LevelColumn, 80}, {UnitColumn, 76},  {CutsColumn, 92}};
    for (const auto& [column, width] : widths) {
        m_tree->header()->resizeSection(column, width);
    }
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
        m_labelCount += column.role == "label"_L1 ? 1 : 0;
        auto* item = new QTreeWidgetItem;
        fillItem(item, preview, column);
        items << item;
    }
    m_tree->addTopLevelItems(items);
    m_smiles->setCurrentIndex(std::max(0, m_smiles->findData(chosen)));
    m_filling = false;
}

void ColumnsPanel::fillItem(QTreeWidgetItem* item, const PreviewReply& preview, const PreviewReply::Column& column) const
{
    const bool label = column.role == "label"_L1;
    const bool structure = column.role == "smiles"_L1;
    const auto choices = [item](int place, const QString& value, const QStringList& values, const QStringList& texts) {
        item->setData(place, ColumnDelegate::ValueRole, value);
        item->setData(place, ColumnDelegate::ValuesRole, values);
        item->setData(place, ColumnDelegate::TextsRole, texts);
        item->setText(place, texts.value(values.indexOf(value)));
    };
    item->setText(NameColumn, column.name);
    item->setToolTip(NameColumn, column.name);
    item->setText(UnitColumn, column.unit);
    item->setText(CutsColumn, m_cuts.value(column.name));
    item->setToolTip(CutsColumn, structure ? QString() : cutsHelp());
    if (structure) {
        item->setText(RoleColumn, tr("structure"));
    } else {
        choices(RoleColumn, column.role, {u"label"_s, u"id"_s, u"ignored"_s}, {tr("label"), tr("name of the row"), tr("not used")});
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable | Qt::ItemIsEditable);
        item->setCheckState(NameColumn, label ? Qt::Checked : Qt::Unchecked);
    }
    if (label) {
        choices(KindColumn, column.kind, {u"regression"_s, u"binary"_s, u"multiclass"_s},
                {tr("regression"), tr("binary"), tr("multiclass")});
        choices(LevelColumn, column.level, {u"graph"_s, u"node"_s, u"edge"_s, u"nodepair"_s},
                {tr("graph"), tr("node"), tr("edge"), tr("node pair")});
    }
    const qint64 asked = preview.rowsLooked - preview.leftOut;
    QString found = preview.noneTaken ? QString() // of those asked for nothing is known yet
                                      : tr("%1 of %2 filled").arg(widgets::formatCount(column.present), widgets::formatCount(asked));
    if (label && column.text > 0 && column.classNames.isEmpty()) {
        found = widgets::joinedByDot({found, tr("%1 no numbers").arg(widgets::formatCount(column.text))});
    }
    const QString rule = column.rule == column.why ? QString() : column.rule;
    item->setText(FoundColumn, widgets::joinedByDot({found, column.why, rule}));
    item->setToolTip(FoundColumn, widgets::joinedByDot({column.why, rule}));
}

void ColumnsPanel::itemChanged(QTreeWidgetItem* item, int column)
{
    if (m_filling) {
        return;
    }
    if (column == NameColumn) {
        checkedChanged();
        return;
    }
    if (column == CutsColumn) {
        cutsChanged(item);
        return;
    }
    static const QMap<int, QString> keys{{RoleColumn, u"role"_s}, {KindColumn, u"kind"_s}, {LevelColumn, u"level"_s},
                                         {UnitColumn, u"unit"_s}};
    const QString key = keys.value(column);
    if (key.isEmpty()) {
        return;
    }
    const QVariant value = column == UnitColumn ? QVariant(item->text(UnitColumn)) : item->data(column, ColumnDelegate::ValueRole);
    QJsonObject& said = m_said[item->text(NameColumn)];
    said.insert(u"column"_s, item->text(NameColumn));
    said.insert(key, value.toString());
    if (column == RoleColumn && value.toString() != "label"_L1) {
        m_cuts.remove(item->text(NameColumn));
    }
    Q_EMIT changed();
}

void ColumnsPanel::cutsChanged(const QTreeWidgetItem* item)
{
    const QString name = item->text(NameColumn), cuts = item->text(CutsColumn).trimmed();
    if (cuts.isEmpty()) {
        m_cuts.remove(name);
    } else {
        m_cuts.insert(name, cuts);
        if (item->checkState(NameColumn) != Qt::Checked) { // who cuts its numbers wants it for a label
            m_said[name].insert(u"column"_s, name);
            m_said[name].insert(u"role"_s, u"label"_s);
        }
    }
    Q_EMIT changed();
}

void ColumnsPanel::checkedChanged()
{
    QStringList names;
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        const QTreeWidgetItem* item = m_tree->topLevelItem(i);
        if (item->checkState(NameColumn) == Qt::Checked) {
            names << item->text(NameColumn);
            m_said[item->text(NameColumn)].remove(u"role"_s);
        } else {
            m_cuts.remove(item->text(NameColumn));
            if (m_said.value(item->text(NameColumn)).value(u"role"_s) == "label"_L1) { // unchecked again
                m_said[item->text(NameColumn)].remove(u"role"_s);
            }
        }
    }
    m_labels->setText(names.join(u','));
    Q_EMIT changed();
}

QJsonArray ColumnsPanel::columns() const
{
    QJsonArray columns;
    for (const QJsonObject& said : m_said) {
        if (said.size() > 1) { // more than the name
            columns.append(said);
        }
    }
    return columns;
}

QString ColumnsPanel::cutsHelp()
{
    return tr("Numbers become ordered classes: -2; 2 makes three of them. Classes become others: = 0; 0; 1 makes two of three. "
              "The numbers are parted by semicolons or blanks.");
}

QJsonObject ColumnsPanel::cuts() const
{
    QJsonArray bins, rebins;
    for (auto it = m_cuts.begin(); it != m_cuts.end(); ++it) {
        QString text = it.value();
        const bool classes = text.startsWith(u'=');
        text.remove(u'=');
        text.replace(u'−', u'-');
        if (!classes && QLocale().decimalPoint() == u","_s) {
            static const QRegularExpression decimal(u",(?=\\d)"_s);
            text.replace(decimal, u"."_s); // "-0,5; 1,5" as people write numbers here
        }
        static const QRegularExpression between(u"[;,\\s]+"_s);
        const QString numbers = text.split(between, Qt::SkipEmptyParts).join(u',');
        (classes ? rebins : bins).append(QString(it.key() + u':' + numbers));
    }
    QJsonObject reading;
    if (!bins.isEmpty()) {
        reading.insert(u"bins"_s, bins);
    }
    if (!rebins.isEmpty()) {
        reading.insert(u"rebins"_s, rebins);
    }
    return reading;
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
