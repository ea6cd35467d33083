// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/data/rowsview.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonObject>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QTimer>
#include <QToolTip>
#include <utility>

#include "app/data/rowpanel.h"
#include "app/data/rowsmodel.h"
#include "app/engine/engineclient.h"
#include "app/format.h"
#include "app/settings.h"
#include "app/statusmark.h"
#include "app/themedicon.h"
#include "app/workspace/workspace.h"
#include "widgets/emptystate.h"
#include "widgets/flowlayout.h"
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

RowsView::RowsView(const Services& services, QWidget* parent) : QWidget(parent), m_services(services)
{
    setObjectName(u"rowsView"_s);
    m_model = new RowsModel(services, this);
    m_panel = new RowPanel(services);
    m_panel->hide();
    m_panel->setMinimumWidth(220);
    m_empty = new widgets::EmptyState;
    m_stack = new QStackedWidget;
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBar());
    layout->addWidget(buildTools());
    m_stack->addWidget(buildTable());
    m_stack->addWidget(m_empty);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(m_stack);
    splitter->addWidget(m_panel);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({510, 250});
    layout->addWidget(splitter, 1);
    connect(m_empty, &widgets::EmptyState::clicked, this, [this] {
        m_reason->clear();
        m_status->setCurrentIndex(0);
        query();
    });
    connect(m_panel, &RowPanel::closeRequested, this, [this] {
        m_panel->hide();
        m_table->horizontalHeader()->resizeSection(RowsModel::TextColumn, 300);
    });
    connect(m_panel, &RowPanel::lookupRequested, this, &RowsView::lookupRequested);
    connect(m_model, &RowsModel::counted, this, [this](qint64 rows) {
        m_count->setText(countedText(rows, tr("row"), tr("rows")));
        m_count->setVisible(!m_reason->text().isEmpty()); // else the status says it
        m_empty->setContent(u"ok"_s, tr("No such rows"),
                            m_model->several() ? tr("This is part of several reasons. Type more of the one you mean.")
                                               : tr("No row of this dataset has this status and reason."),
                            tr("Show all rows"));
        m_stack->setCurrentIndex(rows > 0 ? 0 : 1);
        if (m_wanted >= 0) {
            select(std::exchange(m_wanted, -1));
        }
    });
}

QWidget* RowsView::buildBar()
{
    m_dataset = new QComboBox;
    m_dataset->setObjectName(u"rowsDataset"_s);
    m_dataset->setAccessibleName(tr("Dataset"));
    m_status = new widgets::SegmentedControl({tr("All"), tr("Used"), tr("Merged"), tr("Repaired"), tr("Rejected")});
    m_status->setObjectName(u"rowsStatus"_s);
    m_status->setAccessibleName(tr("Status of the rows"));
    m_count = new widgets::Label({}, widgets::TextStyle::Caption, widgets::Role::TextSecondary);
    m_dataset->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto* bar = new widgets::Pane(widgets::Role::Surface);
    auto* row = new widgets::FlowLayout(bar, widgets::Theme::current().metrics().toolBar - 4);
    row->setContentsMargins(12, 2, 12, 2);
    row->setSpacing(12);
    row->addWidget(m_dataset);
    row->addWidget(m_status);
    row->addWidget(m_count);
    row->setLastAtRight(true);
    connect(m_dataset, &QComboBox::activated, this, [this] {
        m_panel->hide();
        updateCounts();
        query();
    });
    connect(m_status, &widgets::SegmentedControl::currentIndexChanged, this, &RowsView::query);
    return bar;
}

QWidget* RowsView::buildTools()
{
    m_reason = new QLineEdit;
    m_reason->setObjectName(u"rowsReason"_s);
    m_reason->setAccessibleName(tr("Text in the reason"));
    m_reason->setPlaceholderText(tr("Reason contains"));
    m_reason->setClearButtonEnabled(true);
    m_reason->setMinimumWidth(120);
    setThemedIcon(m_reason->addAction(QIcon(), QLineEdit::LeadingPosition), m_reason, u"filter"_s);
    m_goTo = new QLineEdit;
    m_goTo->setObjectName(u"rowsGoTo"_s);
    m_goTo->setAccessibleName(tr("Go to row"));
    m_goTo->setPlaceholderText(tr("Go to row"));
    m_goTo->setMaximumWidth(110);
    const auto button = [](const QString& object, const QString& text) {
        auto* made = new QPushButton(text);
        made->setObjectName(object);
        return made;
    };
    auto* curate = button(u"rowsCurate"_s, tr("Curate…"));
    auto* write = button(u"rowsExport"_s, tr("Export…"));
    auto* bar = new widgets::Pane(widgets::Role::Surface, Qt::BottomEdge);
    auto* row = new widgets::FlowLayout(bar, widgets::Theme::current().metrics().toolBar - 4);
    row->setContentsMargins(12, 0, 12, 4);
    row->setSpacing(8);
    row->addStretching(m_reason);
    row->addWidget(m_goTo);
    row->addWidget(write);
    row->addWidget(curate);
    auto* delay = new QTimer(this);
    delay->setSingleShot(true);
    delay->setInterval(250);
    connect(m_reason, &QLineEdit::textChanged, delay, qOverload<>(&QTimer::start));
    connect(delay, &QTimer::timeout, this, &RowsView::query);
    connect(m_goTo, &QLineEdit::returnPressed, this, &RowsView::goToTyped);
    connect(write, &QPushButton::clicked, this, &RowsView::exportRows);
    connect(curate, &QPushButton::clicked, this,
            [this] { Q_EMIT curateRequested(m_dataset->currentData().toLongLong()); });
    return bar;
}

QWidget* RowsView::buildTable()
{
    m_table = new QTableView;
    m_table->setObjectName(u"rowsTable"_s);
    m_table->setAccessibleName(tr("Input rows"));
    m_table->setModel(m_model);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setWordWrap(false);
    m_table->setMinimumWidth(260);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(widgets::Theme::current().metrics().tableRow);
    m_table->setItemDelegateForColumn(RowsModel::StatusColumn, new StatusDelegate(m_table));
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->resizeSection(RowsModel::RowColumn, 72);
    m_table->horizontalHeader()->resizeSection(RowsModel::TextColumn, 300);
    auto* copyAction = new QAction(tr("Copy as TSV"), m_table);
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setShortcutContext(Qt::WidgetShortcut);
    connect(copyAction, &QAction::triggered, this, &RowsView::copy);
    m_table->addAction(copyAction);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RowsView::showSelected);
    return m_table;
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
    m_model->setQuery(dataset, {statusOf(m_status->currentIndex()), m_reason->text().trimmed().toStdString()});
}

void RowsView::goToTyped()
{
    bool good = false;
    const qint64 row = QLocale::c().toLongLong(m_goTo->text().trimmed().remove(u','), &good);
    const qint64 dataset = m_dataset->currentData().toLongLong();
    const auto* record = m_snapshot ? m_snapshot->dataset(dataset) : nullptr;
    if (good && record && row >= 0 && row < record->rows) {
        goToRow(dataset, row);
    } else {
        m_goTo->selectAll();
        QToolTip::showText(m_goTo->mapToGlobal(QPoint(0, m_goTo->height())),
                           tr("A row from 0 to %1").arg(formatCount(record ? std::max<qint64>(0, record->rows - 1) : 0)),
                           m_goTo);
    }
}

void RowsView::goToRow(qint64 dataset, qint64 row)
{
    const int index = m_dataset->findData(QVariant::fromValue<qint64>(dataset));
    if (index < 0) {
        return;
    }
    m_dataset->setCurrentIndex(index);
    updateCounts();
    {
        const QSignalBlocker reasonBlocker(m_reason), statusBlocker(m_status);
        m_reason->clear();
        m_status->setCurrentIndex(0);
    }
    m_wanted = row;
    query();
}

void RowsView::select(qint64 row)
{
    const QModelIndex index = m_model->index(static_cast<int>(row), 0); // all rows are listed, by number
    if (index.isValid()) {
        m_table->setCurrentIndex(index);
        m_table->scrollTo(index, QAbstractItemView::PositionAtCenter);
        openPanel(row);
    }
}

void RowsView::showSelected()
{
    const qint64 row = m_model->inputRow(m_table->currentIndex());
    if (row >= 0) {
        openPanel(row);
    }
}

void RowsView::openPanel(qint64 row)
{
    m_panel->showRow(m_dataset->currentData().toLongLong(), row);
    if (!m_panel->isVisible()) { // the list gives it room, and still shows what became of the rows
        m_panel->show();
        m_table->horizontalHeader()->resizeSection(RowsModel::TextColumn, 140);
    }
}

void RowsView::exportRows()
{
    const auto* record = m_snapshot ? m_snapshot->dataset(m_dataset->currentData().toLongLong()) : nullptr;
    if (!record) {
        return;
    }
    const QString name = QString::fromStdString(record->name);
    QJsonObject params{{u"project"_s, m_services.workspace->path()}, {u"dataset"_s, name}};
    if (const auto status = statusOf(m_status->currentIndex())) {
        const std::string_view word = store::rowStatusName(*status);
        params.insert(u"status"_s, QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size())));
    }
    if (const std::string& reason = m_model->filter().reason; !reason.empty()) {
        params.insert(u"reason"_s, QString::fromStdString(reason));
    }
    auto* dialog = new QFileDialog(this, tr("Export rows with their status"),
                                   m_services.settings->lastFolder() + u'/' + name + u"-rows.csv"_s, tr("CSV (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, params](const QString& path) {
        m_services.settings->setLastFolder(QFileInfo(path).path());
        QJsonObject all = params;
        all.insert(u"path"_s, path);
        all.insert(u"source"_s, true);
        EngineClient::Callbacks callbacks;
        callbacks.done = [this](const QJsonObject& result) {
            Q_EMIT exported(tr("Rows written"),
                            widgets::joinedByDot({pathText(result["path"_L1].toString()),
                                                  countedText(result["rows"_L1].toInteger(), tr("row"), tr("rows"))}),
                            false);
        };
        callbacks.failed = [this](const EngineError& error) { Q_EMIT exported(error.message, error.hint, true); };
        m_services.engine->request(u"rows.export"_s, all, this, callbacks);
    });
    dialog->open();
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
    return isVisible() && (m_model->isLoading() || m_panel->isLoading());
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
