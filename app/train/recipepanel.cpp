// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/recipepanel.h"

#include <QButtonGroup>
#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

#include "app/engine/engineclient.h"
#include "app/engine/trainsession.h"
#include "app/format.h"
#include "app/train/taskchooser.h"
#include "app/workspace/workspace.h"
#include "widgets/format.h"
#include "widgets/labels.h"
#include "widgets/presetcard.h"
#include "widgets/splitbar.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::formatCount;
using widgets::Label;
using widgets::Role;
using widgets::TextStyle;

namespace
{

constexpr int planDelayMs = 300;
constexpr int cardsInRow = 3;

QString levelWord(int level)
{
    return level == 1 ? QCoreApplication::translate("recipe", "node")
           : level == 2 ? QCoreApplication::translate("recipe", "edge")
                        : QString();
}

} // namespace

void RecipePanel::activate()
{
    if (!m_presetsAsked) {
        m_presetsAsked = true;
        askPresets();
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
    if (const QAbstractButton* card = m_cardGroup->checkedButton()) {
        recipe.preset = card->property("preset").toString();
    }
    recipe.tasks = m_services.workspace->taskPatterns();
    recipe.split = m_split->text().trimmed();
    recipe.seed = m_seed->value();
    recipe.epochs = m_epochs->value();
    QString problem;
    recipe.set = parseSettings(m_advanced->toPlainText(), &problem);
    return recipe;
}

bool RecipePanel::isLoading() const
{
    return m_plansPending > 0 || m_planTimer.isActive() || (m_presetsAsked && m_cards.isEmpty() && m_noCards->text().isEmpty());
}

void RecipePanel::fillTasks()
{
    while (QLayoutItem* item = m_tasks->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const Workspace& workspace = *m_services.workspace;
    for (const auto& dataset : workspace.project().datasets) {
        int byLevel[3] = {0, 0, 0};
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
        for (int level = 1; level < 3; ++level) {
            if (byLevel[level] > 0) {
                levels << levelWord(level);
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
    const QJsonArray presets = result["presets"_L1].toArray();
    int place = 0;
    for (const QJsonValue value : presets) {
        const QString name = value["name"_L1].toString();
        const QString layer = value["layer"_L1].toString();
        auto* card = new widgets::PresetCard(layer.isEmpty() ? name : layer.toUpper(), layer.toLower());
        card->setObjectName(u"preset-"_s + name);
        card->setProperty("preset", name);
        card->setDescription(u"%1. %2"_s.arg(value["title"_L1].toString(), value["description"_L1].toString()));
        m_cardGroup->addButton(card);
        m_cardGrid->addWidget(card, place / cardsInRow, place % cardsInRow);
        m_cards.insert(name, card);
        card->setChecked(name == "gine-toymix"_L1 || (place == 0 && m_cardGroup->checkedButton() == nullptr));
        ++place;
    }
    m_noCards->setVisible(presets.isEmpty());
    recipeChanged();
}

void RecipePanel::recipeChanged()
{
    m_planGood = false;
    updateStart();
    m_planTimer.start(planDelayMs);
}

void RecipePanel::askPlans()
{
    if (!m_services.workspace->isOpen() || m_cards.isEmpty() || !isVisible()) {
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
    for (auto it = m_cards.constBegin(); it != m_cards.constEnd(); ++it) {
        askPlan(it.key());
    }
}

void RecipePanel::askPlan(const QString& preset)
{
    Recipe asked = recipe();
    asked.preset = preset;
    ++m_plansPending;
    EngineClient::Callbacks callbacks;
    callbacks.done = [this, preset, generation = m_planGeneration](const QJsonObject& result) {
        if (generation == m_planGeneration) {
            --m_plansPending;
            takePlan(preset, result);
        }
    };
    callbacks.failed = [this, preset, generation = m_planGeneration](const EngineError& error) {
        if (generation == m_planGeneration) {
            --m_plansPending;
            m_cards.value(preset)->setParameters(0);
            if (preset == recipe().preset) {
                showProblem(error.text());
            }
        }
    };
    m_services.engine->request(u"train.plan"_s, {{u"project"_s, m_services.workspace->path()}, {u"config"_s, asked.toConfig()}},
                               this, callbacks);
}

void RecipePanel::takePlan(const QString& preset, const QJsonObject& plan)
{
    m_cards.value(preset)->setParameters(plan["parameters"_L1].toInteger());
    if (preset != recipe().preset) {
        return;
    }
    showProblem({});
    m_planGood = true;
    m_splitBar->setCounts(plan["train"_L1].toInteger(), plan["validation"_L1].toInteger(), plan["test"_L1].toInteger());
    m_facts->setFacts({{tr("Molecules"), formatCount(plan["molecules"_L1].toInteger())},
                       {tr("Labels"), formatCount(plan["labels"_L1].toInteger())},
                       {tr("Heads"), QString::number(plan["heads"_L1].toArray().size())}});
    updateStart();
}

void RecipePanel::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
    if (!text.isEmpty()) {
        m_planGood = false;
        updateStart();
    }
}

void RecipePanel::updateStart()
{
    const TrainSession* training = m_services.training;
    const bool busy = training->isActive();
    m_start->setEnabled(!busy && m_planGood);
    m_more->setEnabled(m_cardGroup->checkedButton() != nullptr);
    m_start->setText(tr("Start"));
    m_start->setToolTip(busy ? tr("Run %1 is training; pause or stop it first.").arg(training->run().run)
                        : m_planGood ? QString()
                                     : tr("Something in the recipe is missing or wrong."));
}

void RecipePanel::splitEdited()
{
    double train = 0, validation = 0, test = 0;
    const bool good = parseFractions(m_split->text(), &train, &validation, &test);
    m_splitBar->setVisible(good);
    if (good) {
        m_splitBar->setFractions(train, validation, test);
        m_splitBar->setCounts(0, 0, 0);
    }
    recipeChanged();
}

void RecipePanel::copyCommandLine()
{
    const QString line = recipe().toCommandLine(u"papilio-engine"_s, m_services.workspace->path());
    QGuiApplication::clipboard()->setText(line);
}

} // namespace papilio::app
