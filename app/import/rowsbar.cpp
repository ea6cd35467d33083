// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/import/rowsbar.h"

#include <algorithm>

#include <QComboBox>
#include <QGridLayout>
#include <QJsonObject>
#include <QLineEdit>
#include <QToolButton>

#include "app/themedicon.h"
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

enum GridColumn {
    LeadColumn,
    ChoiceColumn,
    NameColumn,
    IsColumn,
    ValueColumn,
    OtherColumn,
    RemoveColumn,
    AddColumn,
    RestColumn
};

constexpr std::size_t mostConditions = 6;
constexpr qsizetype shownText = 48; // of a value

QComboBox* narrowBox(const QString& accessible, int letters)
{
    auto* box = new QComboBox;
    box->setAccessibleName(accessible);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(letters);
    return box;
}

QToolButton* iconButton(const QString& icon, const QString& what)
{
    auto* button = new QToolButton;
    button->setAccessibleName(what);
    button->setToolTip(what);
    setThemedIcon(button, icon);
    return button;
}

QString shortened(const QString& text)
{
    return text.size() > shownText ? QString(text.left(shownText) + u'…') : text;
}

} // namespace

RowsBar::RowsBar(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnStretch(RestColumn, 1);
    m_choice = new QComboBox;
    m_choice->setObjectName(u"rowsChoice"_s);
    m_choice->setAccessibleName(tr("Rows to import"));
    m_choice->addItems({tr("all"), tr("only where")});
    m_add = iconButton(u"add"_s, tr("One more condition: of the same column, either value will do; "
                                    "of another one, both must hold"));
    m_add->setObjectName(u"onlyAdd"_s);
    m_grid->addWidget(new Label(tr("Rows"), TextStyle::Body, Role::TextSecondary), 0, LeadColumn);
    m_grid->addWidget(m_choice, 0, ChoiceColumn);
    connect(m_choice, &QComboBox::activated, this, [this](int index) {
        if (index == 1 && m_conditions.empty()) {
            choose();
        } else if (index == 0) {
            while (!m_conditions.empty()) {
                removeCondition(m_conditions.back().column);
            }
            Q_EMIT changed();
        }
    });
    connect(m_add, &QToolButton::clicked, this, [this] {
        addCondition(m_conditions.back().column->currentData().toString());
        Q_EMIT changed();
    });
    place();
}

void RowsBar::choose()
{
    if (canChoose()) {
        addCondition(likelyColumn());
        Q_EMIT changed();
    }
}

bool RowsBar::canChoose() const
{
    return !m_preview.columns.empty() && m_conditions.size() < mostConditions &&
           std::none_of(m_conditions.begin(), m_conditions.end(), [column = likelyColumn()](const Condition& one) {
               return one.column->currentData() == column;
           });
}

/// What rows are mostly chosen by: what tells kinds of values apart, else a column with few texts.
QString RowsBar::likelyColumn() const
{
    if (!m_preview.kinds.isEmpty()) {
        return m_preview.kinds.first().column;
    }
    const auto few = std::find_if(m_preview.columns.begin(), m_preview.columns.end(), [](const auto& column) {
        return column.role != "label"_L1 && column.role != "smiles"_L1 && column.values.size() > 1;
    });
    return few != m_preview.columns.end() ? few->name : m_preview.columns.front().name;
}

void RowsBar::addCondition(const QString& column)
{
    const auto grey = [](const QString& text) { return new Label(text, TextStyle::Body, Role::TextSecondary); };
    Condition condition{grey({}),      narrowBox(tr("Column to choose rows by"), 18),
                        grey(tr("is")), narrowBox(tr("Value of the rows"), 22),
                        new QLineEdit(this), iconButton(u"close"_s, tr("Remove this condition"))};
    condition.join->setParent(this); // that of the first one is not shown
    condition.join->setObjectName(u"onlyJoin"_s);
    condition.column->setObjectName(u"onlyColumn"_s);
    condition.value->setObjectName(u"onlyValue"_s);
    condition.remove->setObjectName(u"onlyRemove"_s);
    condition.other->setObjectName(u"onlyOther"_s);
    condition.other->setAccessibleName(tr("Value of the rows, as it stands in the file"));
    condition.other->setPlaceholderText(tr("as in the file"));
    condition.other->setFixedWidth(140);
    fillColumns(condition, column);
    // The most frequent value that is not asked for yet.
    QVariant value;
    for (const auto& offered : m_preview.values(column)) {
        const bool asked = std::any_of(m_conditions.begin(), m_conditions.end(), [&](const Condition& one) {
            return one.column->currentData() == column && one.value->currentData() == offered.value;
        });
        if (!asked) {
            value = offered.value;
            break;
        }
    }
    fillValues(condition, value);
    connect(condition.column, &QComboBox::activated, this, [this, condition] {
        const auto values = m_preview.values(condition.column->currentData().toString());
        fillValues(condition, values.isEmpty() ? QVariant() : QVariant(values.first().value));
        updateJoins();
        Q_EMIT changed();
    });
    connect(condition.value, &QComboBox::activated, this, [this, condition] {
        const bool other = !condition.value->currentData().isValid();
        condition.other->setVisible(other);
        if (other) {
            condition.other->setFocus();
        }
        Q_EMIT changed();
    });
    connect(condition.other, &QLineEdit::textEdited, this, &RowsBar::changed);
    connect(condition.remove, &QToolButton::clicked, this, [this, condition] {
        removeCondition(condition.column);
        Q_EMIT changed();
    });
    m_conditions.push_back(condition);
    place();
}

void RowsBar::removeCondition(const QComboBox* column)
{
    const auto found = std::find_if(m_conditions.begin(), m_conditions.end(),
                                    [column](const Condition& one) { return one.column == column; });
    for (QWidget* widget : {static_cast<QWidget*>(found->join), static_cast<QWidget*>(found->column),
                            static_cast<QWidget*>(found->is), static_cast<QWidget*>(found->value),
                            static_cast<QWidget*>(found->other), static_cast<QWidget*>(found->remove)}) {
        m_grid->removeWidget(widget);
        widget->setObjectName({});
        widget->hide();
        widget->deleteLater(); // one of them may have sent us here
    }
    m_conditions.erase(found);
    place();
}

void RowsBar::place()
{
    int row = 0;
    for (const Condition& condition : m_conditions) {
        if (row > 0) {
            m_grid->addWidget(condition.join, row, ChoiceColumn, Qt::AlignRight | Qt::AlignVCenter);
        }
        condition.join->setVisible(row > 0);
        m_grid->addWidget(condition.column, row, NameColumn);
        m_grid->addWidget(condition.is, row, IsColumn);
        m_grid->addWidget(condition.value, row, ValueColumn);
        m_grid->addWidget(condition.other, row, OtherColumn);
        m_grid->addWidget(condition.remove, row, RemoveColumn);
        condition.other->setVisible(!condition.value->currentData().isValid());
        ++row;
    }
    m_grid->addWidget(m_add, std::max(0, row - 1), AddColumn);
    m_add->setVisible(!m_conditions.empty());
    m_add->setEnabled(m_conditions.size() < mostConditions);
    m_choice->setCurrentIndex(m_conditions.empty() ? 0 : 1);
    updateJoins();
}

void RowsBar::updateJoins() const
{
    for (std::size_t i = 1; i < m_conditions.size(); ++i) {
        const QVariant column = m_conditions[i].column->currentData();
        const bool same = std::any_of(m_conditions.begin(), m_conditions.begin() + static_cast<std::ptrdiff_t>(i),
                                      [&column](const Condition& one) { return one.column->currentData() == column; });
        m_conditions[i].join->setText(same ? tr("or", "between two values of a column")
                                           : tr("and", "between two conditions"));
    }
}

void RowsBar::fillColumns(const Condition& condition, const QString& name) const
{
    condition.column->clear();
    for (const auto& column : m_preview.columns) {
        condition.column->addItem(shortened(column.name), column.name);
    }
    if (condition.column->findData(name) < 0) { // of another file
        condition.column->addItem(shortened(name), name);
    }
    condition.column->setCurrentIndex(condition.column->findData(name));
}

/// 'chosen' is nothing where the value is typed.
void RowsBar::fillValues(const Condition& condition, const QVariant& chosen) const
{
    QComboBox* box = condition.value;
    box->clear();
    const auto add = [box](const QString& value, const QString& count) {
        const QString text = value.isEmpty() ? tr("(nothing)", "a cell without text") : shortened(value);
        box->addItem(widgets::joinedByDot({text, count}), value);
    };
    for (const auto& offered : m_preview.values(condition.column->currentData().toString())) {
        add(offered.value, widgets::formatCount(offered.rows));
    }
    if (chosen.isValid() && box->findData(chosen) < 0) {
        add(chosen.toString(), {});
    }
    box->addItem(tr("another value…"), QVariant());
    box->setCurrentIndex(chosen.isValid() ? box->findData(chosen) : box->count() - 1);
    condition.other->setVisible(!chosen.isValid());
}

void RowsBar::showFound(const PreviewReply& preview)
{
    m_preview = preview;
    m_preview.rows.clear();
    m_choice->setEnabled(!m_preview.columns.empty());
    for (const Condition& condition : m_conditions) {
        const QVariant value = condition.value->currentData();
        fillColumns(condition, condition.column->currentData().toString());
        fillValues(condition, value);
    }
}

std::optional<QString> RowsBar::valueOf(const Condition& condition)
{
    const QVariant offered = condition.value->currentData();
    const QString typed = condition.other->text().trimmed();
    return offered.isValid() ? std::optional(offered.toString()) : typed.isEmpty() ? std::nullopt : std::optional(typed);
}

QJsonArray RowsBar::only() const
{
    QJsonArray only;
    for (const Condition& condition : m_conditions) {
        if (const auto value = valueOf(condition)) {
            only.append(QJsonObject{{u"column"_s, condition.column->currentData().toString()},
                                    {u"values"_s, QJsonArray{*value}}});
        }
    }
    return only;
}

QString RowsBar::incompleteColumn() const
{
    const auto found = std::find_if(m_conditions.begin(), m_conditions.end(),
                                    [](const Condition& one) { return !valueOf(one); });
    return found == m_conditions.end() ? QString() : found->column->currentText();
}

} // namespace papilio::app
