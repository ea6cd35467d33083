// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <cmath>

#include "widgets/curvewall.h"
#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

CurveWallFilter::CurveWallFilter(QObject* parent) : QSortFilterProxyModel(parent)
{
    setSortRole(CurveWallModel::SortRole);
}

void CurveWallFilter::setText(const QString& text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

bool CurveWallFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const QVariant a = left.data(CurveWallModel::SortRole);
    const QVariant b = right.data(CurveWallModel::SortRole);
    if (a.typeId() != QMetaType::Double || b.typeId() != QMetaType::Double) {
        return QString::localeAwareCompare(a.toString(), b.toString()) < 0;
    }
    const double x = a.toDouble();
    const double y = b.toDouble();
    if (std::isnan(x) || std::isnan(y)) {
        // Undefined is last whichever way the column is sorted.
        return sortOrder() == Qt::AscendingOrder ? !std::isnan(x) && std::isnan(y) : std::isnan(x) && !std::isnan(y);
    }
    return x != y ? x < y : left.row() > right.row();
}

bool CurveWallFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    if (m_text.isEmpty()) {
        return true;
    }
    const auto contains = [&](int column) {
        return sourceModel()->index(row, column, parent).data().toString().contains(m_text, Qt::CaseInsensitive);
    };
    return contains(CurveWallModel::TaskColumn) || contains(CurveWallModel::SetColumn);
}

void CurveWallDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = Theme::current();
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, item.widget);
    painter->save();
    painter->setFont(theme.font(TextStyle::Table));
    const QRectF rect = QRectF(item.rect).adjusted(8, 0, -8, 0);
    const QString text = item.text;
    switch (index.column()) {
    case CurveWallModel::CurveColumn:
        paintSparkline(painter, QRectF(item.rect).adjusted(8, 3, -8, -3),
                       index.data(CurveWallModel::SparklineRole).value<SparklineData>());
        break;
    case CurveWallModel::AlarmColumn: {
        const auto alarm = static_cast<CurveAlarm>(index.data(CurveWallModel::AlarmRole).toInt());
        if (alarm != CurveAlarm::None) {
            const QColor color = theme.color(alarm >= CurveAlarm::Diverging ? Role::Error : Role::Warning);
            paintIcon(painter, QRectF(rect.left(), rect.center().y() - 6, 12, 12), alarmIcon(alarm), color);
            painter->setPen(color);
            painter->drawText(rect.adjusted(17, 0, 8, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
        }
        break;
    }
    case CurveWallModel::MetricColumn: {
        const QString unit = index.data(CurveWallModel::UnitRole).toString();
        const QString metric = unit.isEmpty() ? text : text.left(text.size() - unit.size() - 1);
        painter->setPen(theme.color(Role::Text));
        painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft, metric);
        painter->setPen(theme.color(Role::TextSecondary));
        const double used = painter->fontMetrics().horizontalAdvance(metric + u' ');
        painter->drawText(rect.adjusted(used, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(unit, Qt::ElideRight, static_cast<int>(rect.width() - used)));
        break;
    }
    case CurveWallModel::TaskColumn:
    case CurveWallModel::SetColumn:
        // Tasks often differ at their end, datasets at their start.
        painter->setPen(theme.color(index.column() == CurveWallModel::TaskColumn ? Role::Text : Role::TextSecondary));
        painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(text, index.column() == CurveWallModel::TaskColumn ? Qt::ElideMiddle : Qt::ElideRight,
                                                            static_cast<int>(rect.width())));
        break;
    default: {
        const bool main = index.column() == CurveWallModel::LastColumn || index.column() == CurveWallModel::BestColumn;
        painter->setPen(theme.color(main ? Role::Text : Role::TextSecondary));
        drawNumber(painter, rect, text, Qt::AlignRight);
    }
    }
    painter->restore();
    if (item.state & QStyle::State_HasFocus) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(item);
        style->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, item.widget);
    }
}

QSize CurveWallDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {60, Theme::current().metrics().tableRow};
}

CurveWallView::CurveWallView(QWidget* parent)
    : QTableView(parent), m_model(new CurveWallModel(this)), m_filter(new CurveWallFilter(this))
{
    m_filter->setSourceModel(m_model);
    setModel(m_filter);
    setItemDelegate(new CurveWallDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    setAccessibleName(tr("Curves of all tasks"));
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(Theme::current().metrics().tableRow);
    verticalHeader()->setDefaultSectionSize(Theme::current().metrics().tableRow);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSortIndicatorShown(true);
    setSortingEnabled(true);
    sortByColumn(CurveWallModel::AlarmColumn, Qt::DescendingOrder);
    connect(m_model, &QAbstractItemModel::modelReset, this, &CurveWallView::measure);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &CurveWallView::measure);
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &CurveWallView::measure);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &CurveWallView::selectedTasksChanged);
    measure();
    connect(this, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
        Q_EMIT taskActivated(index.data(CurveWallModel::TaskRole).toLongLong());
    });
}

void CurveWallView::setFilterText(const QString& text)
{
    m_filter->setText(text);
}

QVector<qint64> CurveWallView::selectedTasks() const
{
    QVector<qint64> tasks;
    for (const QModelIndex& index : selectionModel()->selectedRows()) {
        tasks.append(index.data(CurveWallModel::TaskRole).toLongLong());
    }
    return tasks;
}

void CurveWallView::selectTask(qint64 task)
{
    const int row = m_model->rowOfTask(task);
    const QModelIndex index = row < 0 ? QModelIndex() : m_filter->mapFromSource(m_model->index(row, 0));
    if (index.isValid()) {
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        scrollTo(index);
    } else {
        clearSelection();
    }
}

void CurveWallView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        QApplication::clipboard()->setText(m_model->toTsv());
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT taskActivated(currentIndex().data(CurveWallModel::TaskRole).toLongLong());
    } else if (event->key() == Qt::Key_Escape) {
        clearSelection();
    } else {
        QTableView::keyPressEvent(event);
    }
}

void CurveWallView::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

int CurveWallView::contentWidth(int column) const
{
    const QFontMetrics cells(Theme::current().font(TextStyle::Table));
    const QString title = m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    const int sortMark = column == horizontalHeader()->sortIndicatorSection() ? 40 : 0; // with the margins that Qt leaves about it
    int width = horizontalHeader()->fontMetrics().horizontalAdvance(title) + sortMark + 18;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QString text = m_model->index(row, column).data().toString();
        const int icon = column == CurveWallModel::AlarmColumn && !text.isEmpty() ? 17 : 0;
        width = std::max(width, cells.horizontalAdvance(text) + icon + 18);
    }
    return width;
}

void CurveWallView::measure()
{
    for (int column = 0; column < CurveWallModel::ColumnCount; ++column) {
        m_contentWidths[static_cast<std::size_t>(column)] = contentWidth(column);
    }
    fitColumns();
}

void CurveWallView::fitColumns()
{
    const int digit = QFontMetrics(Theme::current().font(TextStyle::Table)).horizontalAdvance(u'0');
    constexpr int curve = 60;
    const int longestTask = 34 * digit;
    int width[CurveWallModel::ColumnCount] = {};
    int others = 0;
    for (int column = CurveWallModel::CountColumn; column < CurveWallModel::ColumnCount; ++column) {
        width[column] = column == CurveWallModel::CurveColumn ? curve : m_contentWidths[static_cast<std::size_t>(column)];
        if (column == CurveWallModel::MetricColumn) {
            width[column] = std::min(width[column], 11 * digit);
        }
        others += width[column];
    }
    // Names share what the figures leave; a task whose name is cut still shows both its ends.
    const int left = viewport()->width() - others;
    const int task = std::min(m_contentWidths[CurveWallModel::TaskColumn], longestTask);
    const int set = std::min(m_contentWidths[CurveWallModel::SetColumn], 24 * digit);
    const int least = std::min(set, std::clamp(left - 12 * digit, 8 * digit, 11 * digit));
    width[CurveWallModel::SetColumn] = std::clamp(left - task, least, set);
    width[CurveWallModel::TaskColumn] = std::clamp(left - width[CurveWallModel::SetColumn], 11 * digit, longestTask);
    const int rest = left - width[CurveWallModel::SetColumn] - width[CurveWallModel::TaskColumn];
    if (rest > 0) { // goes to curves rather than to empty space
        width[CurveWallModel::CurveColumn] += std::min(rest, 174);
        width[CurveWallModel::AlarmColumn] += std::max(rest - 174, 0);
    }
    for (int column = 0; column < CurveWallModel::ColumnCount; ++column) {
        setColumnWidth(column, width[column]);
    }
}

} // namespace papilio::widgets
