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

/// Known labels of a molecule first, then what the chosen run predicts where nothing was measured.
class FactsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit FactsPanel(QWidget* parent = nullptr);
    void show(const LookupReply& reply, const QString& runText);

Q_SIGNALS:
    void taskChosen(const QString& dataset, const QString& task);

private:
    void fillKnown(const LookupReply& reply);
    void fillPredictions(const LookupReply& reply);

    widgets::SectionHeader* m_knownTitle;
    QTreeWidget* m_known;
    widgets::SectionHeader* m_predictedTitle;
    QTreeWidget* m_predicted;
    widgets::EmptyState* m_noKnown;
    widgets::EmptyState* m_noPredictions;
};

/// A label or prediction in words: a number, a state, a probability, a range over atoms.
QString valueText(const TaskValues& values, bool predicted);
/// Unit of what valueText() says: "kcal/mol", "probability".
QString unitText(const TaskValues& values, bool predicted);

} // namespace papilio::app
