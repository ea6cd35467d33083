// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

#include "app/data/taskvalues.h"
#include "app/services.h"
#include "app/workspace/snapshot.h"

namespace papilio::widgets
{
class ElidedLabel;
class FactList;
class HistogramView;
class ProportionBar;
class Swatch;
}

class QStackedWidget;

namespace papilio::app
{

/// The selected task in figures: kind, n, mean and spread or balance, unit, source, histogram.
class TaskInspector : public QWidget
{
    Q_OBJECT

public:
    explicit TaskInspector(QWidget* parent = nullptr);
    void showTask(const SnapshotPtr& snapshot, qint64 task);
    void showValues(const TaskView& view);

private:
    QVector<QPair<QString, QString>> facts(const Snapshot& snapshot, const store::TaskRecord& record) const;
    QVector<QPair<QString, QString>> sourceFacts(const Snapshot& snapshot, const store::TaskRecord& record) const;

    QStackedWidget* m_stack;
    widgets::Swatch* m_swatch;
    widgets::ElidedLabel* m_name;
    widgets::ElidedLabel* m_place;
    widgets::FactList* m_facts;
    widgets::ProportionBar* m_balance;
    widgets::HistogramView* m_histogram;
    widgets::FactList* m_source;
    qint64 m_task = 0;
};

} // namespace papilio::app
