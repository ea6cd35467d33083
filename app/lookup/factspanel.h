// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/engine/replies.h"

class QTreeWidget;

namespace papilio::widgets
{
class EmptyState;
class SectionHeader;
}

namespace papilio::app
{

class PredictionPanel;

/// Known labels of a molecule first, then what the chosen model predicts where nothing was measured: a list of a few tasks,
/// or a table to search in.
class FactsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit FactsPanel(QWidget* parent = nullptr);
    void show(const LookupReply& reply, const QString& modelText);
    PredictionPanel* predictions() const { return m_many; }

Q_SIGNALS:
    void taskChosen(const QString& dataset, const QString& task);
    void predictionChosen(const QString& head, const QString& task);
    void modelsRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fillKnown(const LookupReply& reply);
    void fillPredictions(const LookupReply& reply);

    widgets::SectionHeader* m_knownTitle;
    QTreeWidget* m_known;
    widgets::SectionHeader* m_predictedTitle;
    QTreeWidget* m_predicted;
    PredictionPanel* m_many;
    widgets::EmptyState* m_noKnown;
    widgets::EmptyState* m_noPredictions;
};

} // namespace papilio::app
