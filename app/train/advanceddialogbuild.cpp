// SPDX-License-Identifier: GPL-3.0-or-later
// The dialog's widgets and their places; what they do is in advanceddialog.cpp.
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QTabBar>
#include <QTreeWidget>

#include "app/themedicon.h"
#include "app/train/advanceddialog.h"
#include "app/train/optiondelegate.h"
#include "widgets/curveplot.h"
#include "widgets/labels.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Label;
using widgets::Role;
using widgets::TextStyle;

namespace
{

constexpr int valueColumn = 1;

QTreeWidget* table(const QString& object, const QString& accessible, const QStringList& headers)
{
    auto* tree = new QTreeWidget;
    tree->setObjectName(object);
    tree->setAccessibleName(accessible);
    tree->setHeaderLabels(headers);
    tree->setFrameShape(QFrame::NoFrame);
    tree->setUniformRowHeights(true);
    tree->setAllColumnsShowFocus(true);
    tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    tree->setItemDelegate(new OptionDelegate(tree));
    return tree;
}

} // namespace

AdvancedDialog::AdvancedDialog(const std::vector<TrainOption>& options, const QMap<QString, QString>& settings, QWidget* parent)
    : QDialog(parent), m_options(options), m_settings(settings)
{
    setObjectName(u"advancedDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("All settings of the next run"));
    resize(960, 680);
    widgets::setBackground(this, Role::Raised);
    m_pages = new QStackedWidget;
    QWidget* head = buildHead();
    m_pages->addWidget(buildSettings());
    m_pages->addWidget(buildLosses());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(head);
    layout->addWidget(m_pages, 1);
    layout->addWidget(buildFoot());
    auto* find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, this, [this] {
        m_tabs->setCurrentIndex(0);
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    fillSettings();
    showMeaning();
    m_search->setFocus(Qt::OtherFocusReason);
}

QWidget* AdvancedDialog::buildHead()
{
    auto* bar = new widgets::Pane(Role::Raised, Qt::BottomEdge);
    bar->setFixedHeight(widgets::Theme::current().metrics().toolBar);
    m_tabs = new QTabBar;
    m_tabs->setObjectName(u"advancedTabs"_s);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("Settings"));
    m_tabs->addTab(tr("Losses of the heads"));
    m_search = new QLineEdit;
    m_search->setObjectName(u"optionSearch"_s);
    m_search->setAccessibleName(tr("Search the settings"));
    m_search->setPlaceholderText(tr("Search by name or meaning  (Ctrl+F)"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(300);
    setThemedIcon(m_search->addAction(QIcon(), QLineEdit::LeadingPosition), m_search, u"search"_s);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 0, 16, 1);
    row->setSpacing(8);
    row->addWidget(m_tabs);
    row->addStretch(1);
    row->addWidget(m_search);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_pages->setCurrentIndex(tab);
        m_search->setVisible(tab == 0);
    });
    connect(m_search, &QLineEdit::textChanged, this, &AdvancedDialog::filter);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { m_tree->setFocus(Qt::TabFocusReason); });
    return bar;
}

QWidget* AdvancedDialog::buildSettings()
{
    m_tree = table(u"optionTree"_s, tr("Settings"), {tr("Setting"), tr("Value"), tr("Default")});
    m_tree->setIndentation(16);
    m_tree->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::SelectedClicked | QAbstractItemView::EditKeyPressed |
                            QAbstractItemView::AnyKeyPressed);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->resizeSection(valueColumn, 150);
    m_tree->header()->resizeSection(2, 150);
    connect(m_tree, &QTreeWidget::itemChanged, this, &AdvancedDialog::edited);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        if (item && m_tree->currentColumn() != valueColumn) { // typing edits the value
            QMetaObject::invokeMethod(this, [this] { m_tree->setCurrentItem(m_tree->currentItem(), valueColumn); }, Qt::QueuedConnection);
        }
        showMeaning();
    });
    auto* page = new QWidget;
    auto* row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_tree, 1);
    row->addWidget(new widgets::Hairline(Qt::Vertical));
    row->addWidget(buildMeaning());
    return page;
}

QWidget* AdvancedDialog::buildMeaning()
{
    auto* pane = new widgets::Pane(Role::PlotBg);
    pane->setFixedWidth(320);
    auto* layout = new QVBoxLayout(pane);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(8);
    const auto words = [](TextStyle style, Role role) {
        auto* label = new Label({}, style, role);
        label->setWordWrap(true);
        return label;
    };
    m_name = words(TextStyle::BodyStrong, Role::Text);
    m_name->setObjectName(u"optionName"_s);
    m_meaning = words(TextStyle::Body, Role::Text);
    m_meaning->setObjectName(u"optionMeaning"_s);
    m_range = words(TextStyle::Body, Role::TextSecondary);
    m_range->setObjectName(u"optionRange"_s);
    m_reset = new QPushButton(tr("Back to the default"));
    m_reset->setObjectName(u"optionReset"_s);
    m_reset->setAutoDefault(false);
    widgets::setVariant(m_reset, widgets::Variant::Link);
    connect(m_reset, &QPushButton::clicked, this, &AdvancedDialog::resetCurrent);
    m_schedule = new widgets::CurvePlot;
    m_schedule->setObjectName(u"schedulePlot"_s);
    m_schedule->setFixedHeight(220);
    m_schedule->setTitle(tr("Learning rate"), {});
    m_schedule->setAxisNames(tr("epoch"), {}); // the title says what it is
    m_schedule->setEmptyText(tr("The curve stands here as soon as the recipe is complete"));
    layout->addWidget(m_name);
    layout->addWidget(m_meaning);
    layout->addWidget(m_range);
    auto* resetRow = new QHBoxLayout;
    resetRow->addSpacing(-8); // the button's own padding: its text stands under the others
    resetRow->addWidget(m_reset);
    resetRow->addStretch(1);
    layout->addLayout(resetRow);
    layout->addStretch(1);
    layout->addWidget(m_schedule);
    return pane;
}

QWidget* AdvancedDialog::buildLosses()
{
    m_losses = table(u"lossTable"_s, tr("Losses of the heads"), {tr("Head"), tr("Kind"), tr("Tasks"), tr("Loss"), tr("Weight")});
    m_losses->setRootIsDecorated(false);
    m_losses->headerItem()->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
    m_losses->header()->setStretchLastSection(false);
    m_losses->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    const int widths[] = {0, 200, 80, 180, 120};
    for (int column = 1; column < 5; ++column) {
        m_losses->header()->resizeSection(column, widths[column]);
    }
    m_losses->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::SelectedClicked | QAbstractItemView::EditKeyPressed);
    connect(m_losses, &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem* item, int column) {
        if (m_filling || column < 3) {
            return;
        }
        const auto option = item->data(column, OptionDelegate::OptionRole).value<TrainOption>();
        const QString value = item->text(column);
        if (value.isEmpty() || option.problemOf(value).isEmpty()) {
            set(option.path, value, {}); // empty: whatever the architecture says
        } else {
            showProblem(u"%1: %2"_s.arg(option.path, option.problemOf(value)));
        }
    });
    return m_losses;
}

QWidget* AdvancedDialog::buildFoot()
{
    auto* foot = new widgets::Pane(Role::Raised, Qt::TopEdge);
    foot->setMinimumHeight(56);
    m_status = new Label({}, TextStyle::Body, Role::TextSecondary);
    m_status->setObjectName(u"advancedStatus"_s);
    m_status->setWordWrap(true);
    m_resetAll = new QPushButton(tr("Reset all"));
    m_resetAll->setObjectName(u"optionsResetAll"_s);
    m_resetAll->setAutoDefault(false);
    auto* close = new QPushButton(tr("Close"));
    close->setObjectName(u"advancedClose"_s);
    close->setAutoDefault(false);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(16, 8, 16, 8);
    row->setSpacing(8);
    row->addWidget(m_status, 1);
    row->addWidget(m_resetAll);
    row->addWidget(close);
    connect(m_resetAll, &QPushButton::clicked, this, &AdvancedDialog::resetAll);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    return foot;
}

} // namespace papilio::app
