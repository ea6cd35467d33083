// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QStyledItemDelegate>

#include "app/engine/replies.h"

namespace papilio::app
{

class DepictionService;

/// The first rows of a file as the import would take them: row, drawing, cells, status.
class PreviewModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum DataRole { StatusRole = Qt::UserRole + 1, ReasonRole, SmilesRole };
    explicit PreviewModel(DepictionService* depictions, QObject* parent = nullptr);
    void setPreview(PreviewReply preview);
    void setStatusFilter(const QString& status); ///< empty = all
    int statusColumn() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void filter();

    PreviewReply m_preview;
    QString m_status;
    std::vector<int> m_columns; ///< columns of the file that are shown
    std::vector<int> m_rows;
};

/// Paints drawing and status cells.
class PreviewDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    PreviewDelegate(DepictionService* depictions, QObject* parent = nullptr);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    DepictionService* m_depictions;
};

} // namespace papilio::app
