// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/services.h"
#include "app/train/runcurves.h"

class QMenu;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace papilio::widgets
{
class CurveGroup;
class CurvePlot;
class CurveWallView;
class ElidedLabel;
class EmptyState;
class Label;
}

namespace papilio::app
{

/// The curve wall of all tasks and large plots of the pinned ones and the loss.
class CurvePanel : public QWidget
{
    Q_OBJECT

public:
    explicit CurvePanel(const Services& services, QWidget* parent = nullptr);
    void reload();
    bool isLoading() const { return m_reading; }

private:
    QWidget* buildWall();
    QWidget* buildPlots();
    void take(const RunCurves& curves);
    void pinSelected();
    void pin(qint64 task);
    void drawPlots();
    void drawTask(widgets::CurvePlot* plot, qint64 task);
    void drawLoss();
    void updateAlarms();
    void updateState();
    void fillMetrics();

    Services m_services;
    RunCurves m_curves;
    MetricChoice m_choice;
    bool m_reading = false;
    QVector<qint64> m_pinned;   ///< at most as many as plots, newest last
    QStackedWidget* m_stack;
    widgets::EmptyState* m_empty;
    widgets::CurveWallView* m_wall = nullptr;
    QToolButton* m_metrics = nullptr;
    QMenu* m_metricMenu = nullptr;
    widgets::ElidedLabel* m_alarms = nullptr;
    widgets::ElidedLabel* m_legend = nullptr;
    widgets::CurveGroup* m_group = nullptr;
    QVector<widgets::CurvePlot*> m_taskPlots;
    widgets::CurvePlot* m_lossPlot = nullptr;
};

} // namespace papilio::app
