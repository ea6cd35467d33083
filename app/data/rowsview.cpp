// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/data/rowsview.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTableView>

#include "app/data/rowsmodel.h"
#include "app/format.h"
#include "app/statusmark.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/labels.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using store::RowStatus;
using widgets::formatCount;

namespace
{

class StatusDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::paint(painter, option, QModelIndex()); // background and selection only
        const QString status = index.data(RowsModel::StatusRole).toString();
        if (!status.isEmpty()) {
            paintStatus(painter, option.rect, status, index.data(RowsModel::ReasonRole).toString());
        }
    }
};

std::optional<RowStatus> statusOf(int segment)
{
    switch (segment) {
    case 1:
        return RowStatus::Used;
    case 2:
        return RowStatus::Merged;
    case 3:
        return RowStatus::Repaired;
    case 4:
        return RowStatus::Rejected;
    default:
        return {};
    }
}

} // namespace

RowsView::RowsView(const Services& services, QWidget* parent) : QWidget(parent)
{
    setObjectName(u"rowsView"_s);
    m_model = new RowsModel(services, this);
    m_dataset = new QComboBox;
    m_dataset->setObjectName(u"rowsDataset"_s);
    m_dataset->setAccessibleName(tr("Dataset"));
    m_status = new widgets::SegmentedControl({tr("All"), tr("Used"), tr("Merged"), tr("Repaired"), tr("Rejected")});
    m_status->setObjectName(u"rowsStatus"_s);
    m_status->setAccessibleName(tr("Status of the rows"));
    m_count = new widgets::Label({}, widgets::TextStyle::Caption, widgets::Role::TextSecondary);
    auto* bar = new widgets::Pane(widgets::Role::Surface, Qt::BottomEdge);
    bar->setFixedHeight(widgets::Theme::current().metrics().toolBar);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(12);
    row->addWidget(m_dataset);
    row->addWidget(m_status);
    row->addStretch(1);
    row->addWidget(m_count);

    m_table = new QTableView;
    m_table->setObjectName(u"rowsTable"_s);
    m_table->setAccessibleName(tr("Input rows"));
    m_table->setModel(m_model);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(widgets::Theme::current().metrics().tableRow);
    m_table->setItemDelegateForColumn(RowsModel::StatusColumn, new StatusDelegate(m_table));
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->resizeSection(RowsModel::RowColumn, 80);
    m_table->horizontalHeader()->resizeSection(RowsModel::TextColumn, 300);
    auto* copyAction = new QAction(tr("Copy as TSV"), m_table);
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setShortcutContext(Qt::WidgetShortcut);
    connect(copyAction, &QAction::triggered, this, &RowsView::copy);
    m_table->addAction(copyAction);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);

    m_empty = new widgets::EmptyState(u"ok"_s, tr("No such rows"), tr("Every row of this dataset has another status."),
                                      tr("Show all rows"));
    connect(m_empty, &widgets::EmptyState::clicked, this, [this] { m_status->setCurrentIndex(0); query(); });
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar);
    layout->addWidget(m_stack, 1);
    connect(m_dataset, &QComboBox::activated, this, [this] { updateCounts(); query(); });
    connect(m_status, &widgets::SegmentedControl::currentIndexChanged, this, &RowsView::query);
    connect(m_model, &RowsModel::counted, this, [this](qint64 rows) {
        m_count->setText(countedText(rows, tr("row"), tr("rows")));
        m_stack->setCurrentIndex(rows > 0 ? 0 : 1);
    });
}

void RowsView::setSnapshot(const SnapshotPtr& snapshot)
{
    m_snapshot = snapshot;
    const qint64 before = m_dataset->currentData().toLongLong();
    const QSignalBlocker blocker(m_dataset);
    m_dataset->clear();
    for (const auto& dataset : snapshot->datasets) {
        m_dataset->addItem(QString::fromStdString(dataset.name), QVariant::fromValue<qint64>(dataset.id));
    }
    m_dataset->setCurrentIndex(std::max(0, m_dataset->findData(QVariant::fromValue<qint64>(before))));
    updateCounts();
    m_stale = true;
    if (isVisible()) {
        query();
    }
}

void RowsView::updateCounts()
{
    const auto* dataset = m_snapshot ? m_snapshot->dataset(m_dataset->currentData().toLongLong()) : nullptr;
    if (dataset) {
        m_status->setTexts({tr("All %1").arg(formatCount(dataset->rows)), tr("Used %1").arg(formatCount(dataset->used)),
                            tr("Merged %1").arg(formatCount(dataset->merged)),
                            tr("Repaired %1").arg(formatCount(dataset->repaired)),
                            tr("Rejected %1").arg(formatCount(dataset->rejected))});
    }
}

void RowsView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale) {
        query();
    }
}

void RowsView::query()
{
    m_stale = false;
    const qint64 dataset = m_dataset->currentData().toLongLong();
    if (dataset == 0) {
        m_model->clear();
        m_stack->setCurrentIndex(1);
        return;
    }
    m_model->setQuery(dataset, statusOf(m_status->currentIndex()));
}

void RowsView::showDataset(qint64 dataset)
{
    const int index = m_dataset->findData(QVariant::fromValue<qint64>(dataset));
    if (index >= 0 && index != m_dataset->currentIndex()) {
        m_dataset->setCurrentIndex(index);
        updateCounts();
        m_stale = true;
        if (isVisible()) {
            query();
        }
    }
}

void RowsView::showRejected(qint64 dataset)
{
    qint64 most = -1;
    for (const auto& record : m_snapshot->datasets) {
        if (dataset == 0 && record.rejected > most) {
            most = record.rejected;
            m_dataset->setCurrentIndex(m_dataset->findData(QVariant::fromValue<qint64>(record.id)));
        }
    }
    if (dataset != 0) {
        m_dataset->setCurrentIndex(m_dataset->findData(QVariant::fromValue<qint64>(dataset)));
    }
    updateCounts();
    m_status->setCurrentIndex(4);
    query();
}

bool RowsView::isLoading() const
{
    return isVisible() && m_model->isLoading();
}

void RowsView::copy()
{
    QStringList lines;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
        QStringList cells;
        for (int column = 0; column < RowsModel::ColumnCount; ++column) {
            cells << index.siblingAtColumn(column).data().toString();
        }
        lines << cells.join(u'\t');
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace papilio::app
