// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QListView>
#include <QSet>
#include <QStyledItemDelegate>

#include "app/data/taskvalues.h"
#include "app/services.h"

namespace papilio::app
{

/// The molecules that have a label of the selected task, highest first; SMILES are read as rows come into view.
class MoleculeModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum DataRole { IdRole = Qt::UserRole + 1, SmilesRole, ValueTextRole };
    explicit MoleculeModel(const Services& services, QObject* parent = nullptr);
    void setTask(const TaskView& view, const QString& name, const QString& kind, const QString& unit);
    void clear();
    bool isLoading() const { return !m_asked.isEmpty(); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    void askPage(int page);

    Services m_services;
    std::vector<TaskView::Molecule> m_molecules;
    mutable QHash<int, QString> m_smiles;
    mutable QSet<int> m_asked;
    QString m_name, m_kind, m_unit;
    int m_generation = 0;
};

/// Drawing over the value.
class MoleculeDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    MoleculeDelegate(const Services& services, QSize cell, QObject* parent = nullptr);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    Services m_services;
    QSize m_cell;
};

/// A list of drawings: one line (strip) or a grid. Enter or double click looks the molecule up; Ctrl+C copies SMILES.
class MoleculeList : public QListView
{
    Q_OBJECT

public:
    MoleculeList(const Services& services, MoleculeModel* model, bool strip, QWidget* parent = nullptr);

Q_SIGNALS:
    void lookupRequested(const QString& smiles);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void copySmiles();
    bool m_strip;
};

} // namespace papilio::app
