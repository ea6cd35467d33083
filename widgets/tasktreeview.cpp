// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <cmath>

#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/stylepainting.h"
#include "widgets/tasktree.h"

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

namespace
{

void paintCoverage(QPainter* painter, const QRect& rect, double fraction, int series, const QString& percent, bool enabled)
{
    const Theme& theme = Theme::current();
    if (std::isfinite(fraction)) {
        const QRectF track(rect.right() - 65, rect.center().y() - 2, 26, 5);
        painter->fillRect(track, theme.color(Role::Pressed));
        QRectF bar = track;
        bar.setWidth(std::max(26 * std::min(fraction, 1.0), fraction > 0 ? 1.0 : 0.0));
        painter->setOpacity(enabled ? 1.0 : 0.5);
        painter->fillRect(bar, theme.series(series));
        painter->setOpacity(1);
    }
    painter->setPen(theme.color(enabled ? Role::TextSecondary : Role::TextDisabled));
    drawNumber(painter, rect, percent, Qt::AlignRight);
}

} // namespace

void TaskTreeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = Theme::current();
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    const auto kind = index.data(TaskTreeModel::KindRole).toInt();
    const bool enabled = item.state & QStyle::State_Enabled;
    if (kind == TaskTreeModel::LevelNode && index.column() > 0) {
        return; // the level's name may use the whole row
    }
    painter->save();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, item.widget);
    painter->setFont(theme.font(kind == TaskTreeModel::DatasetNode ? TextStyle::TableStrong : TextStyle::Table));
    const QRect rect = item.rect;
    if (index.column() == TaskTreeModel::CoverageColumn) {
        painter->setFont(theme.font(TextStyle::Table));
        paintCoverage(painter, rect, index.data(TaskTreeModel::FractionRole).toDouble(),
                      index.data(TaskTreeModel::SeriesRole).toInt(), item.text, enabled);
    } else if (index.column() == TaskTreeModel::CountColumn) {
        painter->setFont(theme.font(TextStyle::Table));
        painter->setPen(theme.color(enabled ? Role::Text : Role::TextDisabled));
        drawNumber(painter, rect.adjusted(0, 0, -8, 0), item.text, Qt::AlignRight);
    } else {
        int x = rect.left();
        if (item.features & QStyleOptionViewItem::HasCheckIndicator) {
            QStyleOptionViewItem check = item;
            check.rect = style->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &item, item.widget);
            check.state &= ~(QStyle::State_HasFocus | QStyle::State_On | QStyle::State_Off | QStyle::State_NoChange);
            check.state |= item.checkState == Qt::Checked            ? QStyle::State_On
                           : item.checkState == Qt::PartiallyChecked ? QStyle::State_NoChange
                                                                     : QStyle::State_Off;
            style->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &check, painter, item.widget);
            x = check.rect.right() + 5;
        }
        if (kind == TaskTreeModel::DatasetNode) {
            const int side = theme.metrics().swatch;
            stylepainting::roundedBox(painter, QRectF(x, rect.center().y() - side / 2.0 + 0.5, side, side), 2,
                                      theme.series(index.data(TaskTreeModel::SeriesRole).toInt()));
            x += side + 6;
        } else if (kind == TaskTreeModel::LevelNode) {
            static const QString icons[] = {u"level-graph"_s, u"level-node"_s, u"level-edge"_s};
            const int side = 14;
            paintIcon(painter, QRectF(x, rect.center().y() - side / 2.0 + 0.5, side, side),
                      icons[std::clamp(index.data(TaskTreeModel::LevelRole).toInt(), 0, 2)], theme.color(Role::TextSecondary));
            x += side + 6;
        }
        painter->setPen(theme.color(!enabled ? Role::TextDisabled
                                    : kind == TaskTreeModel::LevelNode ? Role::TextSecondary
                                                                       : Role::Text));
        const int end = kind == TaskTreeModel::LevelNode && item.widget ? item.widget->width() - 20 : rect.right();
        const QRect room(x, rect.top(), end - x - 2, rect.height());
        painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(item.text, Qt::ElideMiddle, room.width()));
    }
    painter->restore();
}

QSize TaskTreeDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return {QStyledItemDelegate::sizeHint(option, index).width(), Theme::current().metrics().treeRow};
}

TaskTreeView::TaskTreeView(QWidget* parent)
    : QTreeView(parent), m_model(new TaskTreeModel(this)), m_filter(new TaskTreeFilter(this))
{
    m_filter->setSourceModel(m_model);
    setModel(m_filter);
    setItemDelegate(new TaskTreeDelegate(this));
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setAllColumnsShowFocus(true);
    setExpandsOnDoubleClick(true);
    setAccessibleName(tr("Datasets and tasks"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    header()->setStretchLastSection(false);
    header()->setSectionsMovable(false);
    header()->setMinimumSectionSize(40);
    header()->setSectionResizeMode(TaskTreeModel::NameColumn, QHeaderView::Stretch);
    header()->setSectionResizeMode(TaskTreeModel::CoverageColumn, QHeaderView::Fixed);
    header()->setSectionResizeMode(TaskTreeModel::CountColumn, QHeaderView::Fixed);
    header()->resizeSection(TaskTreeModel::CoverageColumn, 70);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        fitCounts();
        // Few tasks: all open; many: datasets and levels only, a thousand rows at once help nobody.
        expandToDepth(m_model->taskCount() > 400 ? 0 : 2);
    });
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        if (m_quiet || !current.isValid()) {
            return;
        }
        const QModelIndex name = current.siblingAtColumn(0);
        const qint64 id = name.data(TaskTreeModel::IdRole).toLongLong();
        if (name.data(TaskTreeModel::KindRole).toInt() == TaskTreeModel::TaskNode) {
            Q_EMIT taskSelected(id);
        } else if (name.data(TaskTreeModel::KindRole).toInt() == TaskTreeModel::DatasetNode) {
            Q_EMIT datasetSelected(id);
        }
    });
}

void TaskTreeView::fitCounts()
{
    const QFont font = Theme::current().font(TextStyle::Table);
    double widest = numberWidth(font, u"0000"_s);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const qint64 molecules = m_model->index(row, 0).data(TaskTreeModel::CountRole).toLongLong();
        widest = std::max(widest, numberWidth(font, formatCount(molecules)));
    }
    header()->resizeSection(TaskTreeModel::CountColumn, static_cast<int>(std::ceil(widest)) + 16);
}

void TaskTreeView::setFilterText(const QString& text)
{
    m_filter->setText(text);
    if (!text.trimmed().isEmpty()) {
        expandAll();
    }
}

qint64 TaskTreeView::currentTask() const
{
    const QModelIndex name = currentIndex().siblingAtColumn(0);
    return name.data(TaskTreeModel::KindRole).toInt() == TaskTreeModel::TaskNode ? name.data(TaskTreeModel::IdRole).toLongLong() : 0;
}

void TaskTreeView::setCurrentTask(qint64 task)
{
    m_quiet = true;
    const QModelIndex index = m_filter->mapFromSource(m_model->indexOfTask(task));
    if (index.isValid()) {
        setCurrentIndex(index);
        scrollTo(index);
    } else {
        selectionModel()->clear();
    }
    m_quiet = false;
}

void TaskTreeView::keyPressEvent(QKeyEvent* event)
{
    const QModelIndex name = currentIndex().siblingAtColumn(0);
    if (event->key() == Qt::Key_Space && name.isValid()) {
        const auto state = static_cast<Qt::CheckState>(name.data(Qt::CheckStateRole).toInt());
        model()->setData(name, state == Qt::Checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
        return;
    }
    QTreeView::keyPressEvent(event);
}

} // namespace papilio::widgets
