// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/recipepanel.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include "app/engine/engineclient.h"
#include "app/engine/trainsession.h"
#include "app/format.h"
#include "app/remote/hosts.h"
#include "app/remote/hostsdialog.h"
#include "app/train/advanceddialog.h"
#include "app/train/presetchooser.h"
#include "app/train/splitsection.h"
#include "app/train/taskchooser.h"
#include "app/workspace/workspace.h"
#include "widgets/format.h"
#include "widgets/labels.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::formatCount;
using widgets::Label;
using widgets::Role;
using widgets::TextStyle;

namespace
{

const QString budgetKey = u"parameter_budget"_s;

} // namespace

void RecipePanel::activate()
{
    if (!m_presetsAsked) {
        m_presetsAsked = true;
        askPresets();
        m_services.hosts->refresh();
    } else if (!m_planGood) {
        recipeChanged();
    }
}

void RecipePanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    activate();
}

Recipe RecipePanel::recipe() const
{
    Recipe recipe;
    recipe.preset = m_presets->current();
    recipe.tasks = m_services.workspace->taskPatterns();
    recipe.split = m_split->spec();
    recipe.seed = m_seed->value();
    recipe.epochs = m_epochs->value();
    recipe.set = settings();
    return recipe;
}

bool RecipePanel::isLoading() const
{
    return m_plansPending > 0 || m_planTimer.isActive() || (m_presetsAsked && m_presets->isEmpty() && m_noCards->text().isEmpty()) ||
           m_optionsRequest != 0 || m_split->isLoading();
}

void RecipePanel::fillTasks()
{
    while (QLayoutItem* item = m_tasks->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const Workspace& workspace = *m_services.workspace;
    for (const auto& dataset : workspace.project().datasets) {
        int byLevel[4] = {0, 0, 0, 0};
        int all = 0, checked = 0;
        for (const auto& record : workspace.project().tasks) {
            if (record.task.dataset == dataset.id) {
                ++all;
                if (workspace.isChecked(record.task.id)) {
                    ++checked;
                    ++byLevel[static_cast<int>(record.task.level)];
                }
            }
        }
        auto* line = new QWidget;
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(8);
        auto* swatch = new widgets::Swatch(workspace.project().datasetIndex(dataset.id));
        auto* name = new widgets::ElidedLabel(QString::fromStdString(dataset.name));
        if (checked == 0) {
            name->setRole(Role::TextTertiary);
        }
        QStringList levels;
        for (const Level level : {Level::Node, Level::Edge, Level::NodePair}) {
            if (byLevel[static_cast<int>(level)] > 0) {
                const std::string_view word = levelName(level);
                levels << levelWord(QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size())));
            }
        }
        auto* count = new Label(widgets::joinedByDot({checked == all ? countedText(all, tr("task"), tr("tasks"))
                                                                     : tr("%1 of %2 tasks").arg(checked).arg(all),
                                                      levels.join(u", "_s)}),
                                TextStyle::Body, Role::TextSecondary);
        auto* molecules = new Label(formatCount(dataset.molecules));
        molecules->setAlignment(Qt::AlignRight);
        molecules->setMinimumWidth(60);
        molecules->setToolTip(tr("molecules"));
        row->addWidget(swatch);
        row->addWidget(name, 1);
        row->addWidget(count);
        row->addWidget(molecules);
        m_tasks->addWidget(line);
    }
}

void RecipePanel::chooseTasks()
{
    auto* chooser = new TaskChooser(m_services, window());
    chooser->open();
}

void RecipePanel::askPresets()
{
    m_noCards->setText({});
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) { takePresets(result); };
    callbacks.failed = [this](const EngineError& error) {
        m_presetsAsked = false;
        m_noCards->setText(error.text());
        m_noCards->show();
    };
    m_services.engine->request(u"train.presets"_s, {}, this, callbacks);
}

void RecipePanel::takePresets(const QJsonObject& result)
{
    m_presets->setPresets(result["presets"_L1].toArray());
    m_noCards->setVisible(m_presets->isEmpty());
    presetChosen();
}

void RecipePanel::presetChosen()
{
    const QString layer = layerPath();
    if (!layer.isEmpty() && settings().contains(layer)) {
        setSetting(layer, {}); // a card is also a choice of its layer
    }
    askOptions();
    recipeChanged();
}

void RecipePanel::askOptions()
{
    if (m_optionsRequest) {
        m_services.engine->abandon(m_optionsRequest);
    }
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) {
        m_optionsRequest = 0;
        m_presetOptions = trainOptionsFrom(result);
        m_chosen = {};
        setOptions(m_presetOptions);
        askChosenOptions();
    };
    callbacks.failed = [this](const EngineError& error) {
        m_optionsRequest = 0;
        m_presetOptions.clear();
        setOptions({});
        m_allSettings->setToolTip(error.text());
    };
    m_optionsRequest = m_services.engine->request(u"train.options"_s, {{u"preset"_s, m_presets->current()}}, this, callbacks);
}

QJsonObject RecipePanel::chosen() const
{
    const QMap<QString, QString> set = settings();
    QJsonObject choices;
    for (const TrainOption& option : m_options) {
        if (option.type == "choice"_L1 && set.contains(option.path) && option.problemOf(set.value(option.path)).isEmpty()) {
            choices.insert(option.path, set.value(option.path));
        }
    }
    return choices;
}

void RecipePanel::askChosenOptions()
{
    const QJsonObject choices = chosen();
    if (choices == m_chosen || m_presetOptions.empty()) {
        return; // nothing that could bring or take options
    }
    if (m_optionsRequest) {
        m_services.engine->abandon(m_optionsRequest);
    }
    m_chosen = choices;
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) {
        m_optionsRequest = 0;
        setOptions(withDefaultsOf(m_presetOptions, trainOptionsFrom(result)));
    };
    callbacks.failed = [this](const EngineError&) { m_optionsRequest = 0; }; // the plan tells what is wrong
    m_optionsRequest = m_services.engine->request(
        u"train.options"_s, {{u"preset"_s, m_presets->current()}, {u"set"_s, choices}}, this, callbacks);
}

void RecipePanel::setOptions(std::vector<TrainOption> options)
{
    m_options = std::move(options);
    updateSettings();
    if (m_dialog && !m_options.empty()) {
        m_dialog->setOptions(m_options);
    }
}

QMap<QString, QString> RecipePanel::settings() const
{
    QString problem;
    return parseSettings(m_advanced->toPlainText(), &problem);
}

QString RecipePanel::layerPath() const
{
    for (const TrainOption& option : m_options) {
        if (option.path.endsWith("gnn.layer"_L1) || option.path.endsWith("gnn.layer.type"_L1)) {
            return option.path;
        }
    }
    return {};
}

void RecipePanel::updateSettings()
{
    const QMap<QString, QString> set = settings();
    const QString changed = set.isEmpty() ? QString() : tr("%1 changed").arg(set.size());
    m_changed->setText(widgets::joinedByDot({m_options.empty() ? QString() : tr("%1 settings").arg(m_options.size()), changed}));
    m_allSettings->setEnabled(!m_options.empty());
    m_allSettings->setToolTip({});
    const QString path = layerPath();
    m_layerBox->setVisible(!m_options.empty());
    const QSignalBlocker quietLayer(m_layer), quietBudget(m_budget);
    m_layer->clear();
    m_layer->addItem(tr("as the card"), QString());
    for (const TrainOption& option : m_options) {
        if (option.path == path) {
            for (const QString& layer : option.choices) {
                m_layer->addItem(layerTitle(layer), layer);
            }
        }
    }
    m_layer->setEnabled(m_layer->count() > 1);
    m_layer->setCurrentIndex(std::max(0, m_layer->findData(set.value(path))));
    if (m_budget->text() != set.value(budgetKey) && !m_budget->hasFocus()) {
        m_budget->setText(set.value(budgetKey));
    }
}

void RecipePanel::setSetting(const QString& key, const QString& value)
{
    const QSignalBlocker quiet(m_advanced);
    m_advanced->setPlainText(withSetting(m_advanced->toPlainText(), key, value));
    settingsEdited();
}

void RecipePanel::settingsEdited()
{
    updateSettings();
    askChosenOptions();
    recipeChanged();
}

void RecipePanel::showAdvanced()
{
    m_dialog = new AdvancedDialog(m_options, settings(), window());
    connect(m_dialog, &AdvancedDialog::settingChanged, this, &RecipePanel::setSetting);
    if (m_planGood) {
        m_dialog->showPlan(m_plan);
    } else {
        m_dialog->showProblem(m_problem->text());
    }
    m_dialog->open();
}

void RecipePanel::recipeChanged()
{
    m_planGood = false;
    m_split->recipeChanged();
    updateStart();
    m_planTimer.start();
}

void RecipePanel::askPlans()
{
    if (!m_services.workspace->isOpen() || m_presets->isEmpty() || !isVisible()) {
        return;
    }
    QString problem;
    parseSettings(m_advanced->toPlainText(), &problem);
    if (problem.isEmpty() && m_services.workspace->checkedCount() == 0) {
        problem = tr("No task is checked. Choose at least one.");
    }
    if (!problem.isEmpty()) {
        showProblem(problem);
        return;
    }
    ++m_planGeneration;
    m_plansPending = 0;
    QStringList asked = m_presets->visible();
    if (!asked.contains(m_presets->current())) {
        asked << m_presets->current();
    }
    for (const QString& preset : std::as_const(asked)) {
        askPlan(preset);
    }
}

void RecipePanel::askPlan(const QString& preset)
{
    Recipe asked = recipe();
    asked.preset = preset;
    if (preset != m_presets->current()) {
        asked.split = Recipe().split; // the other cards tell their parameters alone
    }
    ++m_plansPending;
    EngineClient::Callbacks callbacks;
    callbacks.done = [this, preset, generation = m_planGeneration](const QJsonObject& result) {
        if (generation == m_planGeneration) {
            --m_plansPending;
            m_presets->setParameters(preset, result["parameters"_L1].toInteger());
            if (preset == recipe().preset) {
                takePlan(trainPlanFrom(result));
            }
        }
    };
    callbacks.failed = [this, preset, generation = m_planGeneration](const EngineError& error) {
        if (generation == m_planGeneration) {
            --m_plansPending;
            m_presets->setParameters(preset, 0);
            if (preset == recipe().preset) {
                showProblem(error.text());
            }
        }
    };
    m_services.engine->request(u"train.plan"_s, {{u"project"_s, m_services.workspace->path()}, {u"config"_s, asked.toConfig()}},
                               this, callbacks);
}

void RecipePanel::takePlan(const TrainPlan& plan)
{
    m_plan = plan;
    showProblem({});
    m_planGood = true;
    m_split->setPlan(plan.train, plan.validation, plan.test, plan.splitEstimated);
    m_facts->setFacts({{tr("Molecules"), formatCount(plan.molecules)},
                       {tr("Labels"), formatCount(plan.labels)},
                       {tr("Heads"), QString::number(plan.heads.size())},
                       {tr("Parameters"), formatCount(plan.parameters)}});
    if (m_dialog) {
        m_dialog->showPlan(plan);
    }
    updateStart();
}

void RecipePanel::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
    if (!text.isEmpty()) {
        m_planGood = false;
        updateStart();
        if (m_dialog) {
            m_dialog->showProblem(text);
        }
    }
}

void RecipePanel::updateStart()
{
    const TrainSession* training = m_services.training;
    const bool busy = training->isActive();
    m_start->setEnabled(!busy && m_planGood);
    m_more->setEnabled(!m_presets->current().isEmpty());
    m_start->setText(tr("Start"));
    m_start->setToolTip(busy ? tr("Run %1 is training; pause or stop it first.").arg(training->run().run)
                        : m_planGood ? QString()
                                     : tr("Something in the recipe is missing or wrong."));
}

void RecipePanel::copyCommandLine()
{
    const QString line = recipe().toCommandLine(u"papilio-engine"_s, m_services.workspace->path(), host());
    QGuiApplication::clipboard()->setText(line);
}

QString RecipePanel::host() const
{
    return m_chosenHost;
}

void RecipePanel::fillHosts()
{
    const QSignalBlocker quiet(m_host);
    m_host->clear();
    m_host->addItem(tr("This computer"), QString());
    for (const Host& host : m_services.hosts->all()) {
        m_host->addItem(host.name, host.name);
    }
    m_host->insertSeparator(m_host->count());
    m_host->addItem(tr("Hosts…"));
    const int row = m_chosenHost.isEmpty() ? 0 : m_host->findData(m_chosenHost);
    if (row < 0) {
        m_chosenHost.clear(); // removed meanwhile
    }
    m_host->setCurrentIndex(std::max(0, row));
}

void RecipePanel::hostSaved(const QString& name, const QString& former)
{
    // Whoever adds one wants to use it, and the chosen one may have got another name; the list follows.
    if (!name.isEmpty() && (former.isEmpty() || former == m_chosenHost)) {
        m_chosenHost = name;
    }
}

void RecipePanel::hostChosen(int row)
{
    if (row < m_host->count() - 1) {
        m_chosenHost = m_host->itemData(row).toString();
        return;
    }
    m_host->setCurrentIndex(std::max(0, m_chosenHost.isEmpty() ? 0 : m_host->findData(m_chosenHost)));
    auto* dialog = new HostsDialog(m_services, window());
    dialog->select(m_chosenHost);
    dialog->open();
}

} // namespace papilio::app
