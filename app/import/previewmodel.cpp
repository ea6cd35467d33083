// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/import/previewmodel.h"

#include <QPainter>

#include "app/engine/depictionservice.h"
#include "app/engine/enginetext.h"
#include "app/statusmark.h"
#include "widgets/format.h"
#include "widgets/theme.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Role;
using widgets::TextStyle;
using widgets::Theme;

namespace
{

constexpr int rowColumn = 0;
constexpr int drawingColumn = 1;
constexpr int firstCell = 2;

} // namespace

PreviewModel::PreviewModel(DepictionService* depictions, QObject* parent) : QAbstractTableModel(parent)
{
    connect(depictions, &DepictionService::arrived, this, [this] {
        if (!m_rows.empty()) {
            Q_EMIT dataChanged(index(0, drawingColumn), index(rowCount() - 1, drawingColumn));
        }
    });
}

void PreviewModel::setPreview(PreviewReply preview)
{
    beginResetModel();
    m_preview = std::move(preview);
    m_columns.clear();
    // Labels first, then the structure, as both are what the import takes; ids and unused ones are left to the table above.
    for (const QString& role : {u"label"_s, u"smiles"_s}) {
        for (const auto& column : m_preview.columns) {
            if (column.role == role) {
                m_columns.push_back(column.index);
            }
        }
    }
    filter();
    endResetModel();
}

void PreviewModel::setStatusFilter(const QString& status)
{
    beginResetModel();
    m_status = status;
    filter();
    endResetModel();
}

void PreviewModel::filter()
{
    m_rows.clear();
    for (std::size_t i = 0; i < m_preview.rows.size(); ++i) {
        if (m_status.isEmpty() || m_preview.rows[i].status == m_status) {
            m_rows.push_back(static_cast<int>(i));
        }
    }
}

int PreviewModel::statusColumn() const
{
    return firstCell + static_cast<int>(m_columns.size());
}

int PreviewModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int PreviewModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : statusColumn() + 1;
}

QVariant PreviewModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const auto& row = m_preview.rows[static_cast<std::size_t>(m_rows[static_cast<std::size_t>(index.row())])];
    switch (role) {
    case StatusRole:
        return row.status;
    case ReasonRole:
        return row.reason.isEmpty() ? QVariant() : QVariant(row.reason);
    case Qt::ToolTipRole:
        return row.reason.isEmpty() ? QVariant() : QVariant(engineText(row.reason));
    case SmilesRole:
        return row.canonical;
    case Qt::TextAlignmentRole:
        return index.column() == rowColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::DisplayRole:
        if (index.column() == rowColumn) {
            return widgets::formatCount(row.row);
        }
        if (index.column() == statusColumn()) {
            return statusLine(row.status, row.reason);
        }
        if (index.column() >= firstCell) {
            return row.cells.value(m_columns[static_cast<std::size_t>(index.column() - firstCell)]);
        }
        return {};
    default:
        return {};
    }
}

QVariant PreviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole) {
        return QVariant((section == rowColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    if (section == rowColumn) {
        return tr("Row");
    }
    if (section == drawingColumn) {
        return tr("Drawing");
    }
    if (section == statusColumn()) {
        return tr("Status");
    }
    const auto column = static_cast<std::size_t>(m_columns[static_cast<std::size_t>(section - firstCell)]);
    return column < m_preview.columns.size() ? m_preview.columns[column].name : QString();
}

PreviewDelegate::PreviewDelegate(DepictionService* depictions, QObject* parent)
    : QStyledItemDelegate(parent), m_depictions(depictions)
{
}

void PreviewDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = Theme::current();
    const QString status = index.data(PreviewModel::StatusRole).toString();
    const QString reason = index.data(PreviewModel::ReasonRole).toString();
    const bool rejected = status == "rejected"_L1 && !isLeftOut(status, reason);
    if (rejected) {
        painter->fillRect(option.rect, theme.color(Role::ErrorBg));
    }
    if (index.column() == drawingColumn) {
        const QString smiles = index.data(PreviewModel::SmilesRole).toString();
        if (const widgets::Depiction2D* depiction = m_depictions->find(smiles)) {
            widgets::paintDepiction(painter, QRectF(option.rect).adjusted(4, 3, -4, -3), *depiction, nullptr, 16);
        } else if (rejected) {
            painter->setFont(theme.font(TextStyle::Caption));
            painter->setPen(theme.color(Role::TextSecondary));
            painter->drawText(option.rect, Qt::AlignCenter, tr("no structure"));
        }
        return;
    }
    if (index.column() == index.model()->columnCount() - 1) {
        paintStatus(painter, option.rect, status, reason);
        return;
    }
    QStyledItemDelegate::paint(painter, option, index);
}

} // namespace papilio::app
