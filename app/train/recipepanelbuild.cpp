// SPDX-License-Identifier: GPL-3.0-or-later
// The recipe's widgets and their places; what they do is in recipepanel.cpp.
#include <QComboBox>
#include <QGridLayout>
#include <QIntValidator>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

#include "app/engine/trainsession.h"
#include "app/listdialog.h"
#include "app/remote/hosts.h"
#include "app/themedicon.h"
#include "app/train/presetchooser.h"
#include "app/train/recipepanel.h"
#include "app/train/splitsection.h"
#include "app/workspace/workspace.h"
#include "widgets/labels.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Label;
using widgets::Role;
using widgets::TextStyle;
using widgets::Variant;

namespace
{

struct Block {
    QWidget* widget;
    QVBoxLayout* layout;
};

Block makeBlock(const QString& title, QWidget* right = nullptr)
{
    auto* block = new widgets::Pane(Role::Surface, Qt::BottomEdge);
    auto* layout = new QVBoxLayout(block);
    layout->setContentsMargins(12, 10, 12, 12);
    layout->setSpacing(8);
    auto* head = new QHBoxLayout;
    head->addWidget(new Label(title, TextStyle::BodyStrong));
    head->addStretch(1);
    if (right) {
        right->setMaximumHeight(20);
        head->addWidget(right);
    }
    layout->addLayout(head);
    return {block, layout};
}

QSpinBox* spinBox(const QString& object, const QString& accessible, int minimum, int maximum, int value)
{
    auto* box = new QSpinBox;
    box->setObjectName(object);
    box->setAccessibleName(accessible);
    box->setRange(minimum, maximum);
    box->setValue(value);
    box->setMinimumWidth(72); // not for the longest number there is: the column is narrow
    return box;
}

} // namespace

RecipePanel::RecipePanel(const Services& services, QWidget* parent) : QWidget(parent), m_services(services)
{
    setObjectName(u"recipePanel"_s);
    setMinimumWidth(312);
    auto* inner = new QWidget;
    widgets::setBackground(inner, Role::Surface);
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildTasks());
    column->addWidget(buildSplit());
    column->addWidget(buildPresets());
    column->addWidget(buildNumbers());
    column->addWidget(buildAdvanced());
    column->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new widgets::SectionHeader(tr("Recipe of the next run"), widgets::SectionHeader::Kind::PanelTitle));
    layout->addWidget(verticalScroll(inner, tr("Recipe of the next run")), 1);
    layout->addWidget(buildFoot());

    m_planTimer.setSingleShot(true);
    m_planTimer.setInterval(300); // while a number is being typed
    connect(&m_planTimer, &QTimer::timeout, this, &RecipePanel::askPlans);
    connect(services.workspace, &Workspace::opened, this, &RecipePanel::recipeChanged);
    connect(services.workspace, &Workspace::changed, this, &RecipePanel::fillTasks);
    connect(services.workspace, &Workspace::checkedChanged, this, [this] {
        fillTasks();
        recipeChanged();
    });
    connect(services.training, &TrainSession::phaseChanged, this, &RecipePanel::updateStart);
}

QWidget* RecipePanel::buildTasks()
{
    auto* choose = new QPushButton(tr("Choose…"));
    choose->setObjectName(u"chooseTasks"_s);
    choose->setAccessibleName(tr("Choose the tasks to train on"));
    widgets::setVariant(choose, Variant::Link);
    connect(choose, &QPushButton::clicked, this, &RecipePanel::chooseTasks);
    const Block block = makeBlock(tr("Tasks"), choose);
    m_tasks = new QVBoxLayout;
    m_tasks->setSpacing(4);
    block.layout->addLayout(m_tasks);
    return block.widget;
}

QWidget* RecipePanel::buildSplit()
{
    const Block block = makeBlock(tr("Split"));
    m_split = new SplitSection(m_services, [this] { return recipe().toConfig(); });
    connect(m_split, &SplitSection::changed, this, &RecipePanel::recipeChanged);
    block.layout->addWidget(m_split);
    return block.widget;
}

QWidget* RecipePanel::buildPresets()
{
    const Block block = makeBlock(tr("Architecture"), new Label(tr("parameters"), TextStyle::Caption, Role::TextSecondary));
    m_presets = new PresetChooser;
    connect(m_presets, &PresetChooser::chosen, this, &RecipePanel::presetChosen);
    connect(m_presets, &PresetChooser::visibleChanged, &m_planTimer, [this] { m_planTimer.start(); });
    m_noCards = new Label({}, TextStyle::Body, Role::TextSecondary);
    m_noCards->setWordWrap(true);
    m_noCards->hide();
    block.layout->addWidget(m_presets);
    block.layout->addWidget(m_noCards);
    block.layout->addWidget(buildSize());
    return block.widget;
}

QWidget* RecipePanel::buildSize()
{
    m_layerBox = new QWidget;
    m_layer = new QComboBox;
    m_layer->setObjectName(u"layerChoice"_s);
    m_layer->setAccessibleName(tr("Graph layer in place of the card's"));
    m_budget = new QLineEdit;
    m_budget->setObjectName(u"parameterBudget"_s);
    m_budget->setAccessibleName(tr("Parameters that the network is fitted to"));
    m_budget->setPlaceholderText(tr("any number of parameters"));
    m_budget->setToolTip(tr("Widths are scaled until the network has this many parameters, within 1 %; empty = as it is"));
    m_budget->setValidator(new QIntValidator(0, 2'000'000'000, m_budget));
    m_budget->setClearButtonEnabled(true);
    auto* grid = new QGridLayout(m_layerBox);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    grid->addWidget(new Label(tr("Layer"), TextStyle::Body, Role::TextSecondary), 0, 0);
    grid->addWidget(m_layer, 0, 1);
    grid->addWidget(new Label(tr("Fit to"), TextStyle::Body, Role::TextSecondary), 1, 0);
    grid->addWidget(m_budget, 1, 1);
    m_layerBox->hide();
    connect(m_layer, &QComboBox::activated, this, [this] { setSetting(layerPath(), m_layer->currentData().toString()); });
    connect(m_budget, &QLineEdit::textEdited, this, [this](const QString& text) { setSetting(u"parameter_budget"_s, text); });
    return m_layerBox;
}

QWidget* RecipePanel::buildNumbers()
{
    auto* block = new widgets::Pane(Role::Surface, Qt::BottomEdge);
    auto* row = new QHBoxLayout(block);
    row->setContentsMargins(12, 10, 12, 12);
    row->setSpacing(8);
    m_epochs = spinBox(u"epochs"_s, tr("Epochs"), 1, 100'000, 50);
    m_seed = spinBox(u"seed"_s, tr("Seed of the random numbers"), 0, 2'147'483'647, 42);
    connect(m_epochs, &QSpinBox::valueChanged, this, &RecipePanel::recipeChanged);
    connect(m_seed, &QSpinBox::valueChanged, this, &RecipePanel::recipeChanged);
    row->addWidget(new Label(tr("Epochs"), TextStyle::Body, Role::TextSecondary));
    row->addWidget(m_epochs, 1);
    row->addSpacing(12);
    row->addWidget(new Label(tr("Seed"), TextStyle::Body, Role::TextSecondary));
    row->addWidget(m_seed, 1);
    return block;
}

QWidget* RecipePanel::buildAdvanced()
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(8);
    layout->setAlignment(Qt::AlignTop);
    m_advancedToggle = new QToolButton;
    m_advancedToggle->setObjectName(u"advancedToggle"_s);
    m_advancedToggle->setText(tr("Advanced"));
    m_advancedToggle->setCheckable(true);
    m_advancedToggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setThemedIcon(m_advancedToggle, u"chevron-right"_s);
    m_advanced = new QPlainTextEdit;
    m_advanced->setObjectName(u"advancedSettings"_s);
    m_advanced->setAccessibleName(tr("Further settings, one key = value a line"));
    m_advanced->setPlaceholderText(tr("one a line, for example\nlearning_rate = 0.001\nbatch_size = 200\narchitecture.gnn.depth = 6"));
    m_advanced->setFixedHeight(96);
    m_advanced->setTabChangesFocus(true);
    m_advanced->hide();
    widgets::setTextStyle(m_advanced, TextStyle::Mono);
    connect(m_advancedToggle, &QToolButton::toggled, this, [this](bool on) {
        m_advanced->setVisible(on);
        setThemedIcon(m_advancedToggle, on ? u"chevron-down"_s : u"chevron-right"_s);
    });
    connect(m_advanced, &QPlainTextEdit::textChanged, this, &RecipePanel::settingsEdited);
    m_changed = new widgets::ElidedLabel({}, Qt::ElideRight);
    m_changed->setRole(Role::TextSecondary);
    m_changed->setObjectName(u"settingsChanged"_s);
    m_allSettings = new QPushButton(tr("All…"));
    m_allSettings->setObjectName(u"allSettings"_s);
    m_allSettings->setAccessibleName(tr("All settings of the next run"));
    m_allSettings->setMaximumHeight(20);
    m_allSettings->setEnabled(false);
    widgets::setVariant(m_allSettings, Variant::Link);
    connect(m_allSettings, &QPushButton::clicked, this, &RecipePanel::showAdvanced);
    m_problem = new Label({}, TextStyle::Caption, Role::Error);
    m_problem->setObjectName(u"recipeProblem"_s);
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto* toggleRow = new QHBoxLayout;
    toggleRow->setContentsMargins(0, 0, 0, 0);
    toggleRow->addSpacing(-8); // the button's own padding: its icon stands under the titles
    toggleRow->addWidget(m_advancedToggle);
    toggleRow->addSpacing(4);
    toggleRow->addWidget(m_changed, 1);
    toggleRow->addSpacing(8);
    toggleRow->addWidget(m_allSettings);
    layout->addLayout(toggleRow);
    layout->addWidget(m_advanced);
    layout->addWidget(m_problem);
    return box;
}

QWidget* RecipePanel::buildFoot()
{
    auto* foot = new widgets::Pane(Role::Surface, Qt::TopEdge);
    auto* layout = new QVBoxLayout(foot);
    layout->setContentsMargins(12, 8, 12, 12);
    layout->setSpacing(8);
    m_facts = new widgets::FactList;
    m_facts->setObjectName(u"planFacts"_s);
    layout->addWidget(m_facts);
    m_host = new QComboBox;
    m_host->setObjectName(u"hostChoice"_s);
    m_host->setAccessibleName(tr("Computer that trains the run"));
    m_host->setToolTip(tr("Another computer gets a copy of what the run needs through ssh; the run comes back into this project"));
    connect(m_host, &QComboBox::activated, this, &RecipePanel::hostChosen);
    connect(m_services.hosts, &Hosts::changed, this, &RecipePanel::fillHosts);
    connect(m_services.hosts, &Hosts::saved, this, &RecipePanel::hostSaved);
    fillHosts();
    auto* place = new QHBoxLayout;
    place->setSpacing(8);
    place->addWidget(new Label(tr("Train on"), TextStyle::Body, Role::TextSecondary));
    place->addWidget(m_host, 1);
    layout->addLayout(place);
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    m_start = new QPushButton(tr("Start"));
    m_start->setObjectName(u"startTraining"_s);
    widgets::setVariant(m_start, Variant::Primary);
    widgets::setLarge(m_start);
    setThemedIcon(m_start, u"play"_s, Role::OnAccent);
    m_start->setEnabled(false);
    connect(m_start, &QPushButton::clicked, this, [this] { Q_EMIT startRequested(recipe()); });
    m_more = new QToolButton;
    m_more->setObjectName(u"startMore"_s);
    m_more->setAccessibleName(tr("More ways to start"));
    m_more->setToolTip(tr("Copy as command line"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    setThemedIcon(m_more, u"more"_s);
    auto* menu = new QMenu(m_more);
    menu->addAction(tr("Copy as command line"), this, &RecipePanel::copyCommandLine);
    m_more->setMenu(menu);
    row->addWidget(m_start, 1);
    row->addWidget(m_more);
    layout->addLayout(row);
    return foot;
}

} // namespace papilio::app
