// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/splitdialog.h"

#include <algorithm>

#include <QAction>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

#include "app/format.h"
#include "app/listdialog.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/labels.h"
#include "widgets/theme.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::formatCount;
using widgets::formatFixed;
using widgets::Label;
using widgets::Role;
using widgets::TextStyle;

namespace
{

QStandardItem* text(const QString& value)
{
    auto* item = new QStandardItem(value);
    item->setEditable(false);
    return item;
}

QStandardItem* number(qint64 value)
{
    auto* item = text(formatCount(value));
    item->setData(value, Qt::UserRole);
    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return item;
}

/// Numbers by their value, texts as people order them.
class Sorter : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override
    {
        const QVariant a = left.data(Qt::UserRole), b = right.data(Qt::UserRole);
        return a.isValid() && b.isValid() ? a.toLongLong() < b.toLongLong()
                                          : QString::localeAwareCompare(left.data().toString(), right.data().toString()) < 0;
    }
};

/// The table as it is sorted, all rows, as tab-separated text.
void copyTable(const QTableView* view)
{
    const QAbstractItemModel* model = view->model();
    QString out;
    for (int row = -1; row < model->rowCount(); ++row) {
        for (int column = 0; column < model->columnCount(); ++column) {
            const QVariant raw = row < 0 ? model->headerData(column, Qt::Horizontal) : model->index(row, column).data(Qt::UserRole);
            out += column > 0 ? u"\t"_s : QString();
            out += raw.isValid() ? raw.toString() : model->index(row, column).data().toString();
        }
        out += u'\n';
    }
    QGuiApplication::clipboard()->setText(out);
}

/// As wide as titles and contents need, with room for the mark of sorting; hundreds of rows are looked at, not all.
void fitColumns(QTableView* view)
{
    constexpr int longest = 320;
    view->horizontalHeader()->setResizeContentsPrecision(200);
    view->resizeColumnsToContents();
    for (int column = 0; column < view->model()->columnCount(); ++column) {
        view->setColumnWidth(column, std::min(view->columnWidth(column), longest));
    }
}

QWidget* emptyPage(const QString& title, const QString& line)
{
    auto* page = new widgets::EmptyState;
    page->setContent(u"split"_s, title, line);
    return page;
}

} // namespace

SplitDialog::SplitDialog(const SplitReply& reply, QWidget* parent) : QDialog(parent)
{
    setObjectName(u"splitDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Split %1").arg(reply.spec));
    resize(1040, 560);
    widgets::setBackground(this, Role::Raised);
    auto* bar = new widgets::Pane(Role::Raised, Qt::BottomEdge);
    bar->setFixedHeight(widgets::Theme::current().metrics().toolBar);
    auto* tabs = new QTabBar;
    tabs->setObjectName(u"splitTabs"_s);
    tabs->setDrawBase(false);
    tabs->setExpanding(false);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 0, 16, 1);
    row->addWidget(tabs);
    row->addStretch(1);
    auto* pages = new QStackedWidget;
    tabs->addTab(tr("Tasks"));
    pages->addWidget(buildTasks(reply));
    tabs->addTab(tr("On both sides (%1)").arg(formatCount(reply.sameMolecules + reply.stereoTwins)));
    pages->addWidget(buildPairs(reply));
    tabs->addTab(tr("Between data sets (%1)").arg(reply.leaks.size()));
    pages->addWidget(buildLeaks(reply));
    tabs->addTab(tr("Similarity"));
    pages->addWidget(buildSimilarity(reply));
    connect(tabs, &QTabBar::currentChanged, pages, &QStackedWidget::setCurrentIndex);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar);
    layout->addWidget(pages, 1);
    layout->addWidget(foot());
}

QWidget* SplitDialog::foot()
{
    auto* pane = new widgets::Pane(Role::Raised, Qt::TopEdge);
    auto* row = new QHBoxLayout(pane);
    row->setContentsMargins(16, 12, 16, 12);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    row->addStretch(1);
    row->addWidget(buttons);
    return pane;
}

QTableView* SplitDialog::table(const QString& object, const QString& accessible, QStandardItemModel* model)
{
    auto* view = new QTableView;
    view->setObjectName(object);
    view->setAccessibleName(accessible);
    model->setParent(view);
    auto* sorter = new Sorter(view);
    sorter->setSourceModel(model);
    view->setModel(sorter);
    view->setSortingEnabled(true);
    view->sortByColumn(-1, Qt::AscendingOrder); // as it came
    view->setFrameShape(QFrame::NoFrame);
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(widgets::Theme::current().metrics().tableRow);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setMinimumSectionSize(48);
    auto* copy = new QAction(tr("Copy table"), view);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, view, [view] { copyTable(view); });
    view->addAction(copy);
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
    return view;
}

QWidget* SplitDialog::buildTasks(const SplitReply& reply)
{
    const bool seen = reply.molecules[SplitReply::TestSeen] > 0;
    QStringList parts = {tr("train"), tr("validation"), tr("test")};
    if (seen) {
        parts << u"test_seen"_s;
    }
    QStringList titles = {tr("Data set"), tr("Task")};
    for (const QString& part : parts) {
        titles << part;
    }
    for (const QString& part : parts) {
        titles << tr("%1, positive").arg(part);
    }
    auto* model = new QStandardItemModel;
    model->setHorizontalHeaderLabels(titles);
    for (const SplitReply::Task& task : reply.tasks) {
        QList<QStandardItem*> row = {text(task.dataset), text(task.task)};
        for (qsizetype part = 0; part < parts.size(); ++part) {
            row << number(task.labels[static_cast<std::size_t>(part)]);
        }
        for (qsizetype part = 0; part < parts.size(); ++part) {
            row << (task.binary ? number(task.positives[static_cast<std::size_t>(part)]) : text({}));
        }
        model->appendRow(row);
    }
    for (int column = 2; column < model->columnCount(); ++column) {
        model->setHeaderData(column, Qt::Horizontal, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), Qt::TextAlignmentRole);
    }
    QTableView* view = table(u"splitTasks"_s, tr("Labels of each task in each part"), model);
    fitColumns(view);
    view->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    return view;
}

QWidget* SplitDialog::buildPairs(const SplitReply& reply)
{
    if (reply.pairs.isEmpty()) {
        return emptyPage(tr("Nothing is on both sides"),
                         tr("No measured molecule is trained on, not even as another stereoisomer."));
    }
    auto* model = new QStandardItemModel;
    model->setHorizontalHeaderLabels({tr("What"), tr("Part"), tr("Measured"), tr("Where"), tr("Trained on"), tr("Where")});
    for (const SplitReply::Pair& pair : reply.pairs) {
        model->appendRow({text(pair.same ? tr("same molecule") : tr("stereo twin")), text(partWord(pair.part)), text(pair.measuredSmiles),
                          text(pair.measuredPlace), text(pair.same ? tr("the same") : pair.trainSmiles), text(pair.trainPlace)});
    }
    QTableView* view = table(u"splitPairs"_s, tr("Molecules on both sides"), model);
    fitColumns(view);
    view->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    view->horizontalHeader()->setSectionResizeMode(4, QHeaderView::Stretch);
    const qint64 all = reply.sameMolecules + reply.stereoTwins;
    if (all <= reply.pairs.size()) {
        return view;
    }
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* note = new Label(tr("%1 of %2 are named here.").arg(formatCount(reply.pairs.size()), formatCount(all)), TextStyle::Caption,
                           Role::TextSecondary);
    note->setContentsMargins(12, 8, 12, 8);
    layout->addWidget(view, 1);
    layout->addWidget(note);
    return page;
}

QWidget* SplitDialog::buildLeaks(const SplitReply& reply)
{
    if (reply.leaks.isEmpty()) {
        return emptyPage(tr("No leak between data sets"), tr("No test molecule of one data set is trained on by another."));
    }
    auto* model = new QStandardItemModel;
    model->setHorizontalHeaderLabels({tr("Tested by"), tr("Trained on by"), tr("Molecules"), tr("Of its test molecules")});
    for (const SplitReply::Leak& leak : reply.leaks) {
        model->appendRow({text(leak.test), text(leak.train), number(leak.molecules), number(leak.of)});
    }
    for (int column = 2; column < model->columnCount(); ++column) {
        model->setHeaderData(column, Qt::Horizontal, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), Qt::TextAlignmentRole);
    }
    QTableView* view = table(u"splitLeaks"_s, tr("Test molecules that other data sets train on"), model);
    fitColumns(view);
    view->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    view->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    return view;
}

QWidget* SplitDialog::buildSimilarity(const SplitReply& reply)
{
    auto* inner = new QWidget;
    auto* layout = new QVBoxLayout(inner);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    for (const SplitReply::Similarity& similarity : reply.similarity) {
        const QString part = similarity.ofValidation ? tr("validation part") : tr("test part");
        layout->addWidget(new Label(widgets::joinedByDot({similarity.dataset, part}), TextStyle::BodyStrong));
        auto* plot = new widgets::SimilarityPlot;
        plot->setMinimumHeight(180);
        plot->setData(similarity.data);
        layout->addWidget(plot);
        auto* facts = new Label(
            widgets::joinedByDot({tr("median %1").arg(formatFixed(similarity.median, 3)),
                                  tr("tenth percentile %1").arg(formatFixed(similarity.tenth, 3)),
                                  tr("random %1 (dashed)").arg(formatFixed(similarity.randomMedian, 3)),
                                  tr("equal fingerprint: %1").arg(formatCount(similarity.identical)),
                                  tr("n = %1 of %2").arg(formatCount(similarity.n), formatCount(similarity.of))}),
            TextStyle::Caption, Role::TextSecondary);
        facts->setWordWrap(true);
        layout->addWidget(facts);
        layout->addSpacing(8);
    }
    layout->addStretch(1);
    return verticalScroll(inner, tr("Similarity"));
}

} // namespace papilio::app
