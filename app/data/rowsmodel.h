// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QAbstractTableModel>
#include <QSet>

#include "app/services.h"
#include "store/rowfilter.h"

namespace papilio::app
{

/// The input rows of one dataset with their status, read page by page as they come into view.
class RowsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { RowColumn, TextColumn, StatusColumn, ColumnCount };
    enum DataRole { StatusRole = Qt::UserRole + 1, ReasonRole };
    explicit RowsModel(const Services& services, QObject* parent = nullptr);
    /// The reason may be in the window's language where no row has it as it is stored, unless rows have several of those meant.
    void setQuery(qint64 dataset, const store::RowFilter& filter);
    bool several() const { return m_several; }                 ///< so none is shown
    const store::RowFilter& filter() const { return m_filter; } ///< of the rows that are shown
    void clear();
    /// Number of the input row in a line of the table; −1 while it is not read yet.
    qint64 inputRow(const QModelIndex& index) const;
    bool isLoading() const { return m_counting || !m_asked.isEmpty(); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void counted(qint64 rows);

private:
    void askPage(int page);

    Services m_services;
    qint64 m_dataset = 0;
    store::RowFilter m_filter;
    qint64 m_count = 0;
    bool m_counting = false;
    bool m_several = false;
    QHash<int, std::vector<store::RowRecord>> m_pages;
    QSet<int> m_asked;
    int m_generation = 0;
};

} // namespace papilio::app
