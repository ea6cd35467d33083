// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/data/rowsmodel.h"

#include "app/engine/enginetext.h"
#include "app/engine/reasonpattern.h"
#include "app/statusmark.h"
#include "app/workspace/workspace.h"
#include "widgets/format.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int pageSize = 200;
constexpr int keptPages = 60;
constexpr qint64 mostRows = 50'000'000; // what a QTableView can address at 24 px a row

struct Counted {
    std::int64_t rows = 0;
    store::RowFilter filter;
    bool several = false;
};

/// Where no row has the reason of 'filter', it is taken for one in the window's language: those with the English one, if
/// there is only one that rows have.
Result<Counted> countRows(store::Project& project, qint64 dataset, const store::RowFilter& filter,
                          const ProjectReader::Stale& stale)
{
    const store::FilteredRows rows(project);
    auto count = rows.count(dataset, filter);
    if (!count) {
        return tl::unexpected(std::move(count).error());
    }
    Counted counted{*count, filter};
    if (*count > 0) {
        return counted;
    }
    for (const QString& other : englishReasons(QString::fromStdString(filter.reason))) {
        if (counted.several || stale()) {
            break;
        }
        const store::RowFilter its{filter.status, other.toStdString()};
        auto found = rows.count(dataset, its);
        if (!found) {
            return tl::unexpected(std::move(found).error());
        }
        if (*found > 0) {
            counted = counted.rows > 0 ? Counted{0, filter, true} : Counted{*found, its};
        }
    }
    return counted;
}

} // namespace

RowsModel::RowsModel(const Services& services, QObject* parent) : QAbstractTableModel(parent), m_services(services) {}

void RowsModel::clear()
{
    beginResetModel();
    ++m_generation;
    m_dataset = 0;
    m_count = 0;
    m_counting = false;
    m_pages.clear();
    m_asked.clear();
    endResetModel();
}

void RowsModel::setQuery(qint64 dataset, const store::RowFilter& filter)
{
    clear();
    m_dataset = dataset;
    m_filter = filter;
    m_counting = true;
    m_services.workspace->reader().read<Counted>(
        u"row count"_s, this,
        [dataset, filter](store::Project& project, const auto& stale) {
            return countRows(project, dataset, filter, stale);
        },
        [this](const Result<Counted>& answer) {
            m_counting = false;
            beginResetModel();
            m_count = answer ? std::min<qint64>(answer->rows, mostRows) : 0;
            m_several = answer && answer->several;
            m_filter = answer ? answer->filter : m_filter;
            endResetModel();
            Q_EMIT counted(m_count);
        });
}

qint64 RowsModel::inputRow(const QModelIndex& index) const
{
    const auto page = m_pages.constFind(index.row() / pageSize);
    const auto at = static_cast<std::size_t>(index.row() % pageSize);
    return index.isValid() && page != m_pages.constEnd() && at < page->size() ? (*page)[at].row : -1;
}

int RowsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_count);
}

int RowsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RowsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return index.column() == RowColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != StatusRole && role != ReasonRole) {
        return {};
    }
    const auto page = m_pages.constFind(index.row() / pageSize);
    if (page == m_pages.constEnd()) {
        const_cast<RowsModel*>(this)->askPage(index.row() / pageSize); // reading ahead changes no data
        return role == Qt::DisplayRole && index.column() == TextColumn ? QVariant(u"…"_s) : QVariant();
    }
    const auto at = static_cast<std::size_t>(index.row() % pageSize);
    if (at >= page->size()) {
        return {};
    }
    const store::RowRecord& row = (*page)[at];
    const std::string_view status = store::rowStatusName(row.status);
    if (role == StatusRole) {
        return QString::fromUtf8(status.data(), static_cast<qsizetype>(status.size()));
    }
    if (role == ReasonRole) {
        return QString::fromStdString(row.reason);
    }
    if (role == Qt::ToolTipRole) {
        return index.column() == TextColumn ? QString::fromStdString(row.text)
                                            : engineText(QString::fromStdString(row.reason));
    }
    switch (index.column()) {
    case RowColumn:
        return widgets::formatCount(row.row);
    case TextColumn:
        return QString::fromStdString(row.text);
    default:
        return statusLine(data(index, StatusRole).toString(), QString::fromStdString(row.reason));
    }
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole) {
        return QVariant((section == RowColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case RowColumn:
        return tr("Row");
    case TextColumn:
        return tr("Structure as written");
    default:
        return tr("Status and reason");
    }
}

void RowsModel::askPage(int page)
{
    if (m_asked.contains(page) || m_dataset == 0) {
        return;
    }
    m_asked.insert(page);
    if (m_pages.size() > keptPages) {
        m_pages.clear();
    }
    m_services.workspace->reader().read<std::vector<store::RowRecord>>(
        u"rows %1"_s.arg(page), this,
        [dataset = m_dataset, filter = m_filter, page](store::Project& project, const auto&) {
            return store::FilteredRows(project).page(dataset, filter, qint64{page} * pageSize, pageSize);
        },
        [this, page, generation = m_generation](const Result<std::vector<store::RowRecord>>& answer) {
            if (generation != m_generation) {
                return;
            }
            m_asked.remove(page);
            if (answer) {
                m_pages.insert(page, *answer);
                const int first = page * pageSize;
                Q_EMIT dataChanged(index(first, 0), index(std::min(first + pageSize, rowCount()) - 1, ColumnCount - 1));
            }
        });
}

} // namespace papilio::app
