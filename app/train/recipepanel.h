// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include "app/services.h"
#include "app/train/recipe.h"
#include "app/train/trainoptions.h"

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
class QToolButton;
class QVBoxLayout;

namespace papilio::widgets
{
class ElidedLabel;
class FactList;
class Label;
}

namespace papilio::app
{

class AdvancedDialog;
class PresetChooser;
class SplitSection;

/// The column that describes the next run, from tasks to the start button.
class RecipePanel : public QWidget
{
    Q_OBJECT

public:
    explicit RecipePanel(const Services& services, QWidget* parent = nullptr);
    Recipe recipe() const;
    QString host() const; ///< that is to train it; empty = this computer
    bool isLoading() const;
    void activate(); ///< the page is shown: presets and plan are asked for

Q_SIGNALS:
    void startRequested(const papilio::app::Recipe& recipe);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildTasks();
    QWidget* buildSplit();
    QWidget* buildPresets();
    QWidget* buildSize();
    QWidget* buildNumbers();
    QWidget* buildAdvanced();
    QWidget* buildFoot();
    void fillTasks();
    void chooseTasks();
    void askPresets();
    void takePresets(const QJsonObject& result);
    void askOptions();
    void askChosenOptions();
    void setOptions(std::vector<TrainOption> options);
    QJsonObject chosen() const;
    void presetChosen();
    void showAdvanced();
    void settingsEdited();
    void setSetting(const QString& key, const QString& value);
    void updateSettings();
    QMap<QString, QString> settings() const;
    QString layerPath() const;
    void recipeChanged();
    void askPlans();
    void askPlan(const QString& preset);
    void takePlan(const TrainPlan& plan);
    void showProblem(const QString& text);
    void updateStart();
    void copyCommandLine();
    void fillHosts();
    void hostChosen(int row);
    void hostSaved(const QString& name, const QString& former);

    Services m_services;
    QTimer m_planTimer;
    int m_planGeneration = 0, m_plansPending = 0;
    bool m_presetsAsked = false, m_planGood = false;
    qint64 m_optionsRequest = 0;
    std::vector<TrainOption> m_presetOptions; ///< of the chosen preset
    std::vector<TrainOption> m_options;       ///< with what the choices among the settings bring
    QJsonObject m_chosen;                     ///< the choices that m_options are for
    TrainPlan m_plan;
    QPointer<AdvancedDialog> m_dialog;
    QVBoxLayout* m_tasks = nullptr;
    SplitSection* m_split = nullptr;
    PresetChooser* m_presets = nullptr;
    widgets::Label* m_noCards = nullptr;
    QWidget* m_layerBox = nullptr;
    QComboBox* m_layer = nullptr;
    QLineEdit* m_budget = nullptr;
    QSpinBox* m_epochs = nullptr;
    QSpinBox* m_seed = nullptr;
    QToolButton* m_advancedToggle = nullptr;
    widgets::ElidedLabel* m_changed = nullptr;
    QPushButton* m_allSettings = nullptr;
    QPlainTextEdit* m_advanced = nullptr;
    widgets::Label* m_problem = nullptr;
    widgets::FactList* m_facts = nullptr;
    QComboBox* m_host = nullptr;
    QString m_chosenHost;
    QPushButton* m_start = nullptr;
    QToolButton* m_more = nullptr;
};

} // namespace papilio::app
