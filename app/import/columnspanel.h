// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QMap>
#include <QWidget>

#include "app/engine/replies.h"

class QComboBox;
class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace papilio::app
{

/// What each column of the file is taken for, to be corrected: structure column, label columns (by check or pattern),
/// kind and level of all labels; by column its role, kind, level, unit and thresholds (double click).
class ColumnsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ColumnsPanel(QWidget* parent = nullptr);
    void setColumns(const PreviewReply& preview); ///< emits nothing

    QString smiles() const;  ///< empty = guess
    QString labels() const;  ///< patterns; empty = guess
    QString level() const;
    QString kind() const;
    QJsonArray columns() const; ///< what was said about single columns; `columns` of the protocol's `reading`
    QJsonObject cuts() const;   ///< how numbers become classes: `bins` and `rebins` of `reading`
    int labelCount() const { return m_labelCount; }

Q_SIGNALS:
    void changed();

private:
    void itemChanged(QTreeWidgetItem* item, int column);
    void fillItem(QTreeWidgetItem* item, const PreviewReply& preview, const PreviewReply::Column& column) const;
    void checkedChanged();
    void cutsChanged(const QTreeWidgetItem* item);
    static QString cutsHelp();

    QComboBox* m_smiles;
    QLineEdit* m_labels;
    QComboBox* m_level;
    QComboBox* m_kind;
    QTreeWidget* m_tree;
    QMap<QString, QJsonObject> m_said; ///< by column
    QMap<QString, QString> m_cuts;     ///< by column, as they were typed
    int m_labelCount = 0;
    bool m_filling = false;
};

} // namespace papilio::app
