// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QJsonArray>
#include <QWidget>

#include "app/engine/replies.h"

class QComboBox;
class QGridLayout;
class QLineEdit;
class QToolButton;

namespace papilio::widgets
{
class Label;
}

namespace papilio::app
{

/// Which rows of a table are taken: all, or only those with some values in some columns. The most frequent values that the
/// preview saw are offered; others can be typed.
class RowsBar : public QWidget
{
    Q_OBJECT

public:
    explicit RowsBar(QWidget* parent = nullptr);
    void showFound(const PreviewReply& preview); ///< emits nothing
    QJsonArray only() const;                     ///< `only` of the protocol's `reading`; empty = all rows
    void choose(); ///< only rows with the most frequent kind of values, besides what is chosen; only where it canChoose()
    bool canChoose() const;
    /// A condition without a value is none in only().
    bool isComplete() const { return incompleteColumn().isNull(); }
    QString incompleteColumn() const; ///< of the first condition that has no value

Q_SIGNALS:
    void changed();

private:
    struct Condition {
        widgets::Label* join; ///< "and", "or"; none for the first one
        QComboBox* column;
        widgets::Label* is;
        QComboBox* value;
        QLineEdit* other; ///< a value that is not offered
        QToolButton* remove;
    };
    static std::optional<QString> valueOf(const Condition& condition);
    void addCondition(const QString& column);
    void removeCondition(const QComboBox* column);
    void place();
    void fillColumns(const Condition& condition, const QString& name) const;
    void fillValues(const Condition& condition, const QVariant& chosen) const;
    void updateJoins() const;
    QString likelyColumn() const;

    PreviewReply m_preview;
    std::vector<Condition> m_conditions;
    QGridLayout* m_grid;
    QComboBox* m_choice;
    QToolButton* m_add;
};

} // namespace papilio::app
