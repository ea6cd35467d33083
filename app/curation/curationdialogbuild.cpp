// SPDX-License-Identifier: GPL-3.0-or-later
// The dialog's widgets and their places; what they do is in curationdialog.cpp.
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableWidget>
#include <QTreeWidget>

#include "app/curation/curationdialog.h"
#include "app/workspace/workspace.h"
#include "widgets/jobpanel.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Label;
using widgets::Role;
using widgets::TextStyle;

namespace
{

constexpr int formWidth = 320;

QTableWidget* table(const QString& object, const QString& accessible, const QStringList& titles)
{
    auto* made = new QTableWidget(0, static_cast<int>(titles.size()));
    made->setObjectName(object);
    made->setAccessibleName(accessible);
    made->setHorizontalHeaderLabels(titles);
    made->setFrameShape(QFrame::NoFrame);
    made->setShowGrid(false);
    made->setWordWrap(false);
    made->setEditTriggers(QAbstractItemView::NoEditTriggers);
    made->setSelectionBehavior(QAbstractItemView::SelectRows);
    made->verticalHeader()->hide();
    made->verticalHeader()->setDefaultSectionSize(widgets::Theme::current().metrics().tableRow);
    made->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    return made;
}

} // namespace

CurationDialog::CurationDialog(const Services& services, qint64 dataset, const QString& name, QWidget* parent)
    : QDialog(parent), m_services(services), m_path(services.workspace->path()), m_dataset(dataset), m_name(name)
{
    setObjectName(u"curationDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Curate %1").arg(name));
    resize(980, 600);
    widgets::setBackground(this, Role::Raised);
    m_message = new widgets::MessageBar;
    m_message->setObjectName(u"curationMessage"_s);
    m_message->setClosable(false);
    m_message->hide();
    auto* body = new QHBoxLayout;
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    body->addWidget(buildRecipe());
    body->addWidget(new widgets::Hairline(Qt::Vertical));
    body->addWidget(buildResults(), 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_message);
    layout->addLayout(body, 1);
    layout->addWidget(buildFoot());
    update();
    askState();
    askConflicts();
}

QWidget* CurationDialog::buildRecipe()
{
    m_form = new QWidget;
    m_form->setFixedWidth(formWidth);
    auto* layout = new QVBoxLayout(m_form);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(4);
    layout->addWidget(new Label(tr("Structures"), TextStyle::BodyStrong));
    layout->addSpacing(4);
    const auto step = [&](const QString& object, const QString& title, const QString& text) {
        auto* box = new QCheckBox(title);
        box->setObjectName(object);
        box->setAccessibleDescription(text);
        auto* caption = new Label(text, TextStyle::Caption, Role::TextSecondary);
        caption->setWordWrap(true);
        caption->setContentsMargins(24, 0, 0, 8);
        layout->addWidget(box);
        layout->addWidget(caption);
        connect(box, &QCheckBox::toggled, this, &CurationDialog::update);
        return box;
    };
    m_salts = step(u"curateSalts"_s, tr("Strip salts and solvents"),
                   tr("Known counter-ions and solvents go, then the largest organic part stays."));
    m_neutralise = step(u"curateNeutralise"_s, tr("Neutralise charges"), tr("By moving hydrogens; what cannot be neutral stays as it is."));
    m_tautomers = step(u"curateTautomers"_s, tr("Canonical tautomers"),
                       tr("Slow. Stereocentres that tautomers pass through are lost."));
    m_stereo = step(u"curateStereo"_s, tr("Drop stereochemistry"), tr("Stereoisomers become one molecule."));
    layout->addSpacing(8);
    layout->addWidget(new Label(tr("Labels of rows of the same molecule"), TextStyle::BodyStrong));
    layout->addSpacing(4);
    m_duplicates = new QComboBox;
    m_duplicates->setObjectName(u"curateDuplicates"_s);
    m_duplicates->setAccessibleName(tr("Labels of rows of the same molecule"));
    const QPair<QString, QString> policies[] = {{tr("First row"), u"first"_s},   {tr("Keep all rows"), u"keep"_s},
                                                {tr("Mean"), u"mean"_s},         {tr("Median"), u"median"_s},
                                                {tr("Majority"), u"majority"_s}, {tr("Drop contradictions"), u"drop"_s}};
    for (const auto& [text, word] : policies) {
        m_duplicates->addItem(text, word);
    }
    connect(m_duplicates, &QComboBox::currentIndexChanged, this, &CurationDialog::update);
    layout->addWidget(m_duplicates);
    m_meaning = new Label({}, TextStyle::Caption, Role::TextSecondary);
    m_meaning->setWordWrap(true);
    m_meaning->setMinimumHeight(48);
    m_meaning->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    layout->addWidget(m_meaning);
    layout->addStretch(1);
    m_state = new Label({}, TextStyle::Caption, Role::TextSecondary);
    m_state->setObjectName(u"curateState"_s);
    m_state->setWordWrap(true);
    m_reset = new QPushButton(tr("As imported"));
    m_reset->setObjectName(u"curateReset"_s);
    m_reset->setAutoDefault(false);
    m_reset->setToolTip(tr("No step, first row: undoes a recipe once it is applied."));
    connect(m_reset, &QPushButton::clicked, this, [this] { setRecipe({}); });
    auto* row = new QHBoxLayout;
    row->addWidget(m_state, 1);
    row->addWidget(m_reset);
    layout->addLayout(row);
    return m_form;
}

QWidget* CurationDialog::buildResults()
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* bar = new widgets::Pane(Role::Raised, Qt::BottomEdge);
    bar->setFixedHeight(widgets::Theme::current().metrics().toolBar);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 1);
    m_tabs = new QTabBar;
    m_tabs->setObjectName(u"curationTabs"_s);
    m_tabs->setAccessibleName(tr("Results of the recipe"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (const QString& name : {tr("Counts"), tr("Changed rows"), tr("Contradictions")}) {
        m_tabs->addTab(name);
    }
    row->addWidget(m_tabs);
    row->addStretch(1);
    layout->addWidget(bar);
    m_counts = table(u"curationCounts"_s, tr("Counts before and after"), {{}, tr("Now"), tr("Then"), tr("Change")});
    m_counts->setSelectionMode(QAbstractItemView::NoSelection);
    m_counts->setFocusPolicy(Qt::NoFocus);
    m_counts->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    for (int column = 1; column < 4; ++column) {
        m_counts->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_counts->horizontalHeader()->resizeSection(column, 92);
    }
    m_examples = table(u"curationExamples"_s, tr("Rows that the recipe changes"),
                       {tr("Row"), tr("As written"), tr("Becomes"), tr("What was done")});
    m_examples->horizontalHeaderItem(0)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_examples->horizontalHeader()->setStretchLastSection(true);
    const int widths[] = {64, 200, 200};
    for (int column = 0; column < 3; ++column) {
        m_examples->horizontalHeader()->resizeSection(column, widths[column]);
    }
    connect(m_examples, &QTableWidget::cellDoubleClicked, this, [this](int line) {
        Q_EMIT rowRequested(m_dataset, m_examples->item(line, 0)->data(Qt::UserRole).toLongLong());
    });
    m_views = new QStackedWidget;
    m_views->addWidget(m_counts);
    m_views->addWidget(m_examples);
    m_views->addWidget(buildConflicts());
    connect(m_tabs, &QTabBar::currentChanged, m_views, &QStackedWidget::setCurrentIndex);
    layout->addWidget(m_views, 1);
    return box;
}

QWidget* CurationDialog::buildConflicts()
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(16, 8, 16, 8);
    m_conflictCount = new Label({}, TextStyle::Caption, Role::TextSecondary);
    m_conflictCount->setObjectName(u"conflictCount"_s);
    m_saveConflicts = new QPushButton(tr("Export…"));
    m_saveConflicts->setObjectName(u"conflictExport"_s);
    m_saveConflicts->setAutoDefault(false);
    m_saveConflicts->setEnabled(false);
    connect(m_saveConflicts, &QPushButton::clicked, this, &CurationDialog::saveConflicts);
    row->addWidget(m_conflictCount, 1);
    row->addWidget(m_saveConflicts);
    layout->addLayout(row);
    m_conflicts = new QTreeWidget;
    m_conflicts->setObjectName(u"conflictTree"_s);
    m_conflicts->setAccessibleName(tr("Contradicting labels"));
    m_conflicts->setHeaderLabels({tr("Task"), tr("Molecule"), tr("Values of the rows"), tr("Label now")});
    m_conflicts->setFrameShape(QFrame::NoFrame);
    m_conflicts->setUniformRowHeights(true);
    m_conflicts->header()->setStretchLastSection(true);
    const int widths[] = {140, 200, 160};
    for (int column = 0; column < 3; ++column) {
        m_conflicts->header()->resizeSection(column, widths[column]);
    }
    m_conflicts->setToolTip(tr("A double click on a row shows it as it was read."));
    connect(m_conflicts, &QTreeWidget::itemDoubleClicked, this, [this](QTreeWidgetItem* item) {
        const QVariant number = item->data(0, Qt::UserRole);
        if (number.isValid()) {
            Q_EMIT rowRequested(m_dataset, number.toLongLong());
        }
    });
    layout->addWidget(m_conflicts, 1);
    return box;
}

QWidget* CurationDialog::buildFoot()
{
    auto* foot = new widgets::Pane(Role::Raised, Qt::TopEdge);
    foot->setFixedHeight(56);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(8);
    m_progress = new widgets::ProgressPanel;
    m_progress->setStoppable(false);
    m_progress->hide();
    m_close = new QPushButton(tr("Close"));
    m_close->setObjectName(u"curateClose"_s);
    m_close->setAutoDefault(false);
    m_preview = new QPushButton(tr("Preview"));
    m_preview->setObjectName(u"curatePreview"_s);
    m_preview->setAutoDefault(false);
    m_apply = new QPushButton(tr("Apply"));
    m_apply->setObjectName(u"curateApply"_s);
    m_apply->setAutoDefault(false);
    widgets::setVariant(m_apply, widgets::Variant::Primary);
    row->addWidget(m_progress, 3);
    row->addStretch(1);
    row->addWidget(m_close);
    row->addWidget(m_preview);
    row->addWidget(m_apply);
    connect(m_close, &QPushButton::clicked, this, &CurationDialog::reject);
    connect(m_preview, &QPushButton::clicked, this, [this] { start(Step::Previewing); });
    connect(m_apply, &QPushButton::clicked, this, [this] { start(Step::Applying); });
    return foot;
}

} // namespace papilio::app
