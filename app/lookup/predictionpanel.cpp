// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lookup/predictionpanel.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QCoreApplication>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QSaveFile>
#include <QScrollBar>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableView>
#include <QThreadPool>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/format.h"
#include "app/lookup/predictionmodel.h"
#include "app/themedicon.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/labels.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using Model = PredictionModel;

PredictionPanel::PredictionPanel(QWidget* parent)
    : QWidget(parent), m_model(new PredictionModel(this)), m_filter(new PredictionFilter(m_model, this))
{
    setObjectName(u"predictionPanel"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBar());
    buildTable();
    auto* nothing = new widgets::EmptyState(u"search"_s, tr("No task fits"), tr("No task of the model has these words in its name or head."),
                                            tr("Show all tasks"));
    connect(nothing, &widgets::EmptyState::clicked, this, [this] {
        m_search->clear();
        m_head->setCurrentIndex(0);
        chooseHead();
    });
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_table);
    m_stack->addWidget(nothing);
    layout->addWidget(m_stack, 1);
    auto* find = new QShortcut(QKeySequence::Find, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, this, &PredictionPanel::focusSearch);
}

QWidget* PredictionPanel::buildBar()
{
    auto* bar = new widgets::Pane(widgets::Role::Surface, Qt::BottomEdge);
    bar->setFixedHeight(36);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 0, 8, 1);
    row->setSpacing(8);
    m_search = new QLineEdit;
    m_search->setObjectName(u"predictionSearch"_s);
    m_search->setAccessibleName(tr("Search the tasks"));
    m_search->setPlaceholderText(tr("Search tasks  (Ctrl+F)"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedHeight(26);
    m_search->setMinimumWidth(120);
    m_search->setMaximumWidth(240);
    m_search->installEventFilter(this);
    setThemedIcon(m_search->addAction(QIcon(), QLineEdit::LeadingPosition), m_search, u"search"_s);
    m_head = new QComboBox;
    m_head->setObjectName(u"predictionHead"_s);
    m_head->setAccessibleName(tr("Head whose tasks are shown"));
    m_head->setFixedHeight(26);
    m_head->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_count = new widgets::Label({}, widgets::TextStyle::Caption, widgets::Role::TextSecondary);
    m_count->setObjectName(u"predictionCount"_s);
    auto* more = new QToolButton;
    more->setObjectName(u"predictionMore"_s);
    more->setAccessibleName(tr("Copy and export"));
    more->setToolTip(tr("Copy and export"));
    more->setPopupMode(QToolButton::InstantPopup);
    setThemedIcon(more, u"more"_s);
    auto* menu = new QMenu(more);
    menu->addAction(tr("Copy as TSV"), this, &PredictionPanel::copy);
    menu->addAction(tr("Export CSV…"), this, &PredictionPanel::exportCsv);
    more->setMenu(menu);
    row->addWidget(m_search, 1);
    row->addWidget(m_head);
    row->addStretch(1);
    row->addWidget(m_count);
    row->addWidget(more);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        filtered([this, text] { m_filter->setText(text); });
    });
    connect(m_head, &QComboBox::activated, this, &PredictionPanel::chooseHead);
    return bar;
}

void PredictionPanel::buildTable()
{
    const widgets::Metrics& metrics = widgets::Theme::current().metrics();
    m_table = new QTableView;
    m_table->setObjectName(u"predictionTable"_s);
    m_table->setAccessibleName(tr("Predictions"));
    m_table->setModel(m_filter);
    m_table->setItemDelegate(new PredictionDelegate(m_table));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setMinimumSectionSize(metrics.tableRow);
    m_table->verticalHeader()->setDefaultSectionSize(metrics.tableRow);
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(Model::TaskColumn, QHeaderView::Stretch);
    header->setSortIndicatorShown(true);
    header->setSectionsClickable(true);
    connect(header, &QHeaderView::sectionClicked, this, [this, header](int column) {
        m_sortedByPerson = true;
        m_filter->sort(column, header->sortIndicatorOrder());
        m_table->scrollToTop();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& current) {
        if (current.isValid()) {
            const TaskValues& values = m_model->prediction(m_filter->mapToSource(current).row());
            m_chosenHead = values.head;
            m_chosenTask = values.task;
            Q_EMIT taskChosen(values.head, values.task);
        }
    });
    addActions();
}

void PredictionPanel::addActions()
{
    auto* copyAction = new QAction(tr("Copy as TSV"), m_table);
    copyAction->setObjectName(u"predictionCopy"_s);
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setShortcutContext(Qt::WidgetShortcut);
    connect(copyAction, &QAction::triggered, this, &PredictionPanel::copy);
    auto* exportAction = new QAction(tr("Export CSV…"), m_table);
    connect(exportAction, &QAction::triggered, this, &PredictionPanel::exportCsv);
    m_table->addActions({copyAction, exportAction});
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void PredictionPanel::show(const std::vector<TaskValues>& predictions)
{
    const QSignalBlocker quiet(m_table->selectionModel());
    const auto before = m_model->heads();
    m_model->setPredictions(predictions);
    if (m_model->heads() != before) { // another model; with the same one, what was searched and sorted stays
        m_sortedByPerson = false;
        m_search->clear();
        fillHeads();
        m_filter->setHead({});
        updateColumns();
    }
    if (!m_sortedByPerson) {
        sortByDefault();
    }
    updateCount();
}

void PredictionPanel::fillHeads()
{
    const QSignalBlocker blocker(m_head);
    m_head->clear();
    m_head->addItem(tr("all heads"), QString());
    for (const auto& [head, tasks] : m_model->heads()) {
        m_head->addItem(u"%1  %2"_s.arg(head, widgets::formatCount(tasks)), head);
    }
    m_head->setVisible(m_model->heads().size() > 1);
}

void PredictionPanel::chooseHead()
{
    filtered([this] {
        m_filter->setHead(m_head->currentData().toString());
        m_sortedByPerson = false;
        updateColumns();
        sortByDefault();
    });
}

void PredictionPanel::filtered(const std::function<void()>& change)
{
    // A row that goes away hands the cursor to its neighbour: nobody chose that one.
    const QSignalBlocker quiet(m_table->selectionModel());
    change();
    updateCount();
    select(m_chosenHead, m_chosenTask);
}

void PredictionPanel::updateColumns()
{
    const QString head = m_head->currentData().toString();
    QHeaderView* header = m_table->horizontalHeader();
    const bool ordered = head.isEmpty() ? m_model->hasDirections() : m_model->isOrdered(head);
    m_table->setColumnHidden(Model::HeadColumn, !head.isEmpty() || m_model->heads().size() < 2);
    m_table->setColumnHidden(Model::PercentileColumn, !m_model->hasPercentiles(head));
    m_table->setColumnHidden(Model::DirectionColumn, !ordered);
    const QFontMetrics cells(widgets::Theme::current().font(widgets::TextStyle::Table));
    const QFontMetrics titles(widgets::Theme::current().font(widgets::TextStyle::Header));
    const auto fit = [&](int column, const QStringList& samples, int most) {
        const int mark = column == defaultColumn() ? 72 : 24; // with the margins that Qt leaves about it
        int width = titles.horizontalAdvance(m_model->headerData(column, Qt::Horizontal).toString()) + mark;
        for (const QString& sample : samples) {
            width = std::max(width, cells.horizontalAdvance(sample) + 18);
        }
        header->resizeSection(column, std::min(width, most));
    };
    QStringList names;
    for (const auto& [name, tasks] : m_model->heads()) {
        names << name;
    }
    const bool atoms = m_model->hasAtomLevel(head);
    fit(Model::HeadColumn, names, 96);
    fit(Model::ValueColumn, {atoms ? tr("%1 to %2").arg(u"−0.982"_s, u"−0.982"_s) : u"−0.0000"_s}, 200);
    fit(Model::UnitColumn, m_model->units(head), head.isEmpty() ? 92 : 220);
    fit(Model::PercentileColumn, {u"100.0 and a bar"_s}, 200);
    header->resizeSection(Model::DirectionColumn, PredictionDelegate::directionWidth(cells, m_model->longestClass()));
}

int PredictionPanel::defaultColumn() const
{
    // Percentiles make tasks comparable; without a reference, scores do within a head, and genes by their direction.
    const QString head = m_head->currentData().toString();
    return !head.isEmpty() && m_model->isOrdered(head)                                    ? Model::DirectionColumn
           : m_model->hasPercentiles(head) && (head.isEmpty() || !m_model->isBinary(head)) ? Model::PercentileColumn
                                                                                           : Model::ValueColumn;
}

void PredictionPanel::sortByDefault()
{
    const int column = defaultColumn();
    const QSignalBlocker blocker(m_table->horizontalHeader());
    m_table->horizontalHeader()->setSortIndicator(column, Qt::DescendingOrder);
    m_filter->sort(column, Qt::DescendingOrder);
    m_table->scrollToTop();
}

void PredictionPanel::updateCount()
{
    const int shown = m_filter->rowCount();
    const int all = m_model->rowCount();
    m_count->setText(shown == all ? countedText(all, tr("task"), tr("tasks"))
                                  : tr("%1 of %2 tasks").arg(widgets::formatCount(shown), widgets::formatCount(all)));
    m_stack->setCurrentIndex(shown == 0 && all > 0 ? 1 : 0);
}

void PredictionPanel::select(const QString& head, const QString& task)
{
    m_chosenHead = head;
    m_chosenTask = task;
    const int row = m_model->rowOf(head, task);
    const QModelIndex index = row < 0 ? QModelIndex() : m_filter->mapFromSource(m_model->index(row, 0));
    const QSignalBlocker quiet(m_table->selectionModel());
    if (index.isValid()) {
        m_table->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    } else {
        m_table->selectionModel()->clear();
    }
    m_table->viewport()->update();
}

int PredictionPanel::firstTask() const
{
    return m_filter->rowCount() > 0 ? m_filter->mapToSource(m_filter->index(0, 0)).row() : -1;
}

void PredictionPanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool PredictionPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) { // on to what was found
            if (m_filter->rowCount() > 0) {
                m_table->setFocus(Qt::TabFocusReason);
                m_table->setCurrentIndex(m_filter->index(0, 0));
            }
            return true;
        }
        if (key == Qt::Key_Escape && !m_search->text().isEmpty()) {
            m_search->clear();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

std::vector<int> PredictionPanel::visibleRows() const
{
    std::vector<int> rows;
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        rows.push_back(m_filter->mapToSource(m_filter->index(row, 0)).row());
    }
    return rows;
}

std::vector<int> PredictionPanel::selectedRows() const
{
    QModelIndexList selected = m_table->selectionModel()->selectedRows();
    if (selected.size() < 2) {
        return visibleRows();
    }
    std::sort(selected.begin(), selected.end());
    std::vector<int> rows;
    for (const QModelIndex& index : std::as_const(selected)) {
        rows.push_back(m_filter->mapToSource(index).row());
    }
    return rows;
}

void PredictionPanel::copy()
{
    const std::vector<int> rows = selectedRows();
    QGuiApplication::clipboard()->setText(m_model->toText(rows, u'\t'));
    tell(tr("%1 copied").arg(countedText(static_cast<qint64>(rows.size()), tr("row"), tr("rows"))));
}

void PredictionPanel::exportCsv()
{
    auto* dialog = new QFileDialog(window(), tr("Export the predictions that are shown"), u"predictions.csv"_s, tr("Tables (*.csv)"));
    dialog->setObjectName(u"exportPredictionsDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        const QByteArray text = m_model->toText(visibleRows(), u',').toUtf8();
        QThreadPool::globalInstance()->start([path, text, guard = QPointer<PredictionPanel>(this)] {
            QSaveFile file(path);
            const bool written = file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
            const QString problem = written ? QString() : file.errorString();
            QMetaObject::invokeMethod(QCoreApplication::instance(), [guard, path, problem] {
                if (guard) {
                    guard->tell(problem.isEmpty() ? tr("written to %1").arg(pathText(path)) : tr("not written: %1").arg(problem));
                }
            });
        });
    });
    dialog->open();
}

void PredictionPanel::tell(const QString& text)
{
    m_count->setText(text); // until the next filtering
}

} // namespace papilio::app
