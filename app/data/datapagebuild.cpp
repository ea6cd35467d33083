// SPDX-License-Identifier: GPL-3.0-or-later
// The data page's widgets and their places; what they do is in datapage.cpp.
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>

#include "app/data/datapage.h"
#include "app/data/moleculemodel.h"
#include "app/data/rowsview.h"
#include "app/themedicon.h"
#include "widgets/coveragematrix.h"
#include "widgets/flowlayout.h"
#include "widgets/histogram.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"
#include "widgets/tasktree.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Role;
using widgets::TextStyle;

namespace
{

QVBoxLayout* column(QWidget* owner)
{
    auto* layout = new QVBoxLayout(owner);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    return layout;
}

} // namespace

QWidget* DataPage::buildTree()
{
    auto* panel = new QWidget;
    panel->setMinimumWidth(220);
    auto* layout = column(panel);
    layout->addWidget(new widgets::SectionHeader(tr("Datasets and tasks"), widgets::SectionHeader::Kind::PanelTitle));
    auto* tools = new QHBoxLayout;
    tools->setContentsMargins(12, 8, 12, 8);
    tools->setSpacing(8);
    auto* filter = new QLineEdit;
    filter->setObjectName(u"taskFilter"_s);
    filter->setAccessibleName(tr("Filter tasks"));
    filter->setPlaceholderText(tr("Filter tasks"));
    filter->setClearButtonEnabled(true);
    setThemedIcon(filter->addAction(QIcon(), QLineEdit::LeadingPosition), filter, u"filter"_s);
    auto* import = new QPushButton(tr("Import…"));
    import->setObjectName(u"importButton"_s);
    setThemedIcon(import, u"import"_s, Role::Text);
    connect(import, &QPushButton::clicked, this, &DataPage::importRequested);
    tools->addWidget(filter, 1);
    tools->addWidget(import);
    layout->addLayout(tools);
    m_tree = new widgets::TaskTreeView;
    m_tree->setObjectName(u"taskTree"_s);
    m_tree->setAccessibleName(tr("Datasets and tasks"));
    m_tree->setFrameShape(QFrame::NoFrame);
    connect(filter, &QLineEdit::textChanged, m_tree, &widgets::TaskTreeView::setFilterText);
    layout->addWidget(m_tree, 1);
    auto* foot = new widgets::Pane(Role::Surface, Qt::TopEdge);
    foot->setFixedHeight(28);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(12, 0, 12, 0);
    m_checked = new widgets::ElidedLabel({}, Qt::ElideRight);
    m_checked->setObjectName(u"checkedTasks"_s);
    m_checked->setRole(Role::TextSecondary);
    m_checked->setStyle(TextStyle::Caption);
    row->addWidget(m_checked);
    layout->addWidget(foot);
    return panel;
}

QWidget* DataPage::buildMain()
{
    auto* main = new QWidget;
    main->setMinimumWidth(500); // the tabs in one line
    auto* layout = column(main);
    auto* bar = new widgets::Pane(Role::Surface, Qt::BottomEdge);
    auto* row = new widgets::FlowLayout(bar, widgets::Theme::current().metrics().toolBar - 1);
    row->setContentsMargins(0, 0, 12, 1);
    row->setSpacing(12);
    m_tabs = new QTabBar;
    m_tabs->setObjectName(u"dataTabs"_s);
    m_tabs->setAccessibleName(tr("Views of the data"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (const QString& name : {tr("Coverage"), tr("Overlap"), tr("Distribution"), tr("Molecules"), tr("Rows")}) {
        m_tabs->addTab(name);
    }
    row->addWidget(m_tabs);
    m_orderPane = buildOrder();
    row->addWidget(m_orderPane);
    row->setLastAtRight(true);
    layout->addWidget(bar);
    m_message = new widgets::MessageBar;
    m_message->setObjectName(u"dataMessage"_s);
    m_message->hide();
    connect(m_message, &widgets::MessageBar::actionTriggered, this, [this] {
        if (m_message->property("action").toString() == "import"_L1) {
            Q_EMIT importRequested();
        } else {
            showRejected();
        }
    });
    connect(m_message, &widgets::MessageBar::closed, this,
            [this] { m_dismissedBanner = m_message->property("key").toString(); });
    layout->addWidget(m_message);
    layout->addWidget(buildViews(), 1);
    return main;
}

QWidget* DataPage::buildViews()
{
    m_matrix = new widgets::CoverageMatrix;
    m_matrix->setObjectName(u"coverageMatrix"_s);
    m_matrix->setAccessibleName(tr("Coverage: molecules by tasks"));
    m_matrix->setFrameShape(QFrame::NoFrame);
    m_histogram = new widgets::HistogramView;
    m_histogram->setObjectName(u"distribution"_s);
    auto* grid = new MoleculeList(m_services, m_molecules, false);
    grid->setObjectName(u"moleculeGrid"_s);
    grid->setAccessibleName(tr("Molecules with a label of the selected task"));
    connect(grid, &MoleculeList::lookupRequested, this, &DataPage::lookupRequested);
    m_rows = new RowsView(m_services);
    m_views = new QStackedWidget;
    m_views->addWidget(m_matrix);
    m_views->addWidget(buildPairs());
    auto* framed = new QWidget;
    auto* frame = column(framed);
    frame->setContentsMargins(24, 24, 24, 24);
    frame->addWidget(m_histogram);
    m_views->addWidget(framed);
    m_views->addWidget(grid);
    m_views->addWidget(m_rows);
    m_strip = buildStrip();
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_views->setCurrentIndex(tab);
        m_strip->setVisible(tab == CoverageTab || tab == DistributionTab);
        m_orderPane->setVisible(tab == CoverageTab);
        readPairsOfTasks();
    });
    auto* box = new QWidget;
    auto* layout = column(box);
    layout->addWidget(m_views, 1);
    layout->addWidget(m_strip);
    return box;
}

QWidget* DataPage::buildStrip()
{
    auto* strip = new QWidget;
    auto* layout = column(strip);
    m_stripTitle = new widgets::SectionHeader(tr("Molecules"), widgets::SectionHeader::Kind::PanelTitle);
    layout->addWidget(new widgets::Hairline);
    layout->addWidget(m_stripTitle);
    auto* list = new MoleculeList(m_services, m_molecules, true);
    list->setObjectName(u"moleculeStrip"_s);
    list->setAccessibleName(tr("Molecules with a label of the selected task, highest first"));
    list->setFixedHeight(140);
    connect(list, &MoleculeList::lookupRequested, this, &DataPage::lookupRequested);
    layout->addWidget(list);
    return strip;
}

} // namespace papilio::app
