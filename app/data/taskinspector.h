// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

#include "app/data/taskvalues.h"
#include "app/services.h"
#include "app/workspace/snapshot.h"
#include "widgets/taskpairs.h"

namespace papilio::widgets
{
class ElidedLabel;
class FactList;
class HistogramView;
class ProportionBar;
class SectionHeader;
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
    void showCorrelations(qint64 task, const std::vector<widgets::CorrelationList::Line>& lines, bool incomplete);

Q_SIGNALS:
    void taskSelected(qint64 task);

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
    widgets::SectionHeader* m_correlationTitle;
    widgets::CorrelationList* m_correlations;
    widgets::FactList* m_source;
    SnapshotPtr m_snapshot;
    qint64 m_task = 0;
};

} // namespace papilio::app
