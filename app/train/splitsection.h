// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QWidget>

#include "app/services.h"
#include "app/train/splitreply.h"

class QLabel;
class QPushButton;

namespace papilio::widgets
{
class Label;
class ProgressLine;
class SimilarityPlot;
class SplitBar;
}

namespace papilio::app
{

class SplitChoice;

/// The split of the next run: its kind, its sizes, and how hard it is. The engine makes and measures it; for projects
/// that take long, only when asked.
class SplitSection : public QWidget
{
    Q_OBJECT

public:
    /// 'config' gives the recipe as the engine wants it.
    SplitSection(const Services& services, std::function<QJsonObject()> config, QWidget* parent = nullptr);

    QString spec() const;
    bool isLoading() const { return m_request != 0; }
    /// Something of the recipe has changed, perhaps what the split depends on.
    void recipeChanged();
    /// The plan of the recipe is there: its counts, and whether they are the wanted ones rather than those made.
    void setPlan(qint64 train, qint64 validation, qint64 test, bool estimated);
    const SplitReply& reply() const { return m_reply; }

Q_SIGNALS:
    void changed();

private:
    void askReport();
    void takeReport(const QJsonObject& result);
    void askStored();
    void stop();
    void showState();
    void showDetails();

    Services m_services;
    std::function<QJsonObject()> m_config;
    SplitChoice* m_choice = nullptr;
    widgets::SplitBar* m_bar = nullptr;
    widgets::SimilarityPlot* m_plot = nullptr;
    widgets::Label* m_legend = nullptr;
    QWidget* m_verdict = nullptr;
    QLabel* m_verdictIcon = nullptr;
    widgets::Label* m_verdictText = nullptr;
    QPushButton* m_measure = nullptr;
    QPushButton* m_details = nullptr;
    QWidget* m_busy = nullptr;
    widgets::Label* m_stage = nullptr;
    widgets::ProgressLine* m_progress = nullptr;
    widgets::Label* m_problem = nullptr;
    SplitReply m_reply;
    QJsonObject m_asked; ///< what of the recipe decides the split that is shown
    qint64 m_request = 0;
};

} // namespace papilio::app
