// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/page.h"
#include "app/services.h"
#include "app/train/recipe.h"

class QStackedWidget;

namespace papilio::widgets
{
class MessageBar;
}

namespace papilio::app
{

class CurvePanel;
class RecipePanel;
class RunBar;
struct EngineError;
struct RunInfo;

/// Recipe, running training, curves.
class TrainPage : public Page
{
    Q_OBJECT

public:
    explicit TrainPage(const Services& services, QWidget* parent = nullptr);
    bool isLoading() const override;
    QString selectionText() const override;

Q_SIGNALS:
    void importRequested();

private:
    void start(const Recipe& recipe);
    bool isOfThisProject() const;
    void runStarted();
    void runEnded(const RunInfo& run);
    void runFailed(const RunInfo& run, const EngineError& error);
    void exportModel(qint64 run);
    void showLeft(const RunInfo& run, const QString& host, const EngineError& error);
    void checkCutOff();

    Services m_services;
    QStackedWidget* m_whole;
    widgets::MessageBar* m_message;
    RecipePanel* m_recipe;
    RunBar* m_bar;
    CurvePanel* m_curves;
    qint64 m_goOnRun = 0;
};

} // namespace papilio::app
