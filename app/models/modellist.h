// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QListView>
#include <QStyledItemDelegate>

#include "app/engine/modelreplies.h"
#include "app/models/modelsource.h"
#include "app/services.h"

namespace papilio::app
{

/// The library's models and the runs of the open project, each under its heading.
class ModelListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    struct Entry {
        enum class Kind { Heading, Hint, Library, Run } kind = Kind::Heading;
        ModelCard card; ///< a heading has a title only
        ModelSource source;
    };
    enum DataRole { KindRole = Qt::UserRole, DetailRole };

    explicit ModelListModel(const Services& services, QObject* parent = nullptr);
    void fill();
    const Entry& entry(int row) const { return m_entries[static_cast<std::size_t>(row)]; }
    int rowOf(const ModelSource& source) const; ///< −1 if it is not there
    bool isEmpty() const;                       ///< no model of either kind

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    Services m_services;
    std::vector<Entry> m_entries;
};

/// Title over "GINE · 10 325 697 parameters · 3 313 tasks".
class ModelListDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// The list ready to use.
class ModelList : public QListView
{
    Q_OBJECT

public:
    explicit ModelList(const Services& services, QWidget* parent = nullptr);
    ModelListModel* listModel() const { return m_model; }
    const ModelListModel::Entry* current() const; ///< null if none is
    bool select(const ModelSource& source);
    void refill(); ///< the selection stays where it can

Q_SIGNALS:
    void currentModelChanged();
    void filesDropped(const QStringList& files);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    ModelListModel* m_model;
};

} // namespace papilio::app
