// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QListView>
#include <QStyledItemDelegate>

#include "app/datasets/datasetcard.h"

namespace papilio::app
{

/// The data sets of the field, each collection under its heading; those that fit the filter.
class DatasetListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum DataRole { IsHeadingRole = Qt::UserRole, DetailRole, StateRole };

    using QAbstractListModel::QAbstractListModel;
    void setCards(std::vector<DatasetCard> cards);
    void setFilter(const QString& text); ///< words that name, title, collection or summary must have
    const DatasetCard* card(int row) const; ///< null for headings
    const DatasetCard* byName(const QString& name) const;
    int rowOf(const QString& name) const; ///< −1 if it is not shown
    bool isEmpty() const { return m_cards.empty(); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row {
        QString heading;
        int card = -1;
    };
    void fill();

    std::vector<DatasetCard> m_cards;
    std::vector<Row> m_rows;
    QString m_filter;
};

/// Title over "133 885 molecules · 19 tasks", "here" at the right.
class DatasetListDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

class DatasetList : public QListView
{
    Q_OBJECT

public:
    explicit DatasetList(QWidget* parent = nullptr);
    DatasetListModel* listModel() const { return m_model; }
    const DatasetCard* current() const;
    /// The selection stays where it can, else goes to the first one.
    void setCards(std::vector<DatasetCard> cards);
    void setFilter(const QString& text);
    bool select(const QString& name);

Q_SIGNALS:
    void currentCardChanged();

private:
    void keep(const QString& name);

    DatasetListModel* m_model;
};

} // namespace papilio::app
