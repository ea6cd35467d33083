// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>

#include "app/engine/replies.h"
#include "app/lookup/moleculecard.h"
#include "app/models/modelsource.h"
#include "app/page.h"
#include "app/services.h"

class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QSplitter;
class QStackedWidget;

namespace papilio::widgets
{
class EmptyState;
class Label;
class SegmentedControl;
}

namespace papilio::app
{

class FactsPanel;
class ResultsPanel;
struct EngineError;

/// Molecules that a text finds in the project, and one of them: what is known, what a run or a model of the library predicts, and which atoms it
/// looks at.
class LookupPage : public Page
{
    Q_OBJECT

public:
    explicit LookupPage(const Services& services, QWidget* parent = nullptr);
    bool isLoading() const override;
    QString selectionText() const override;
    void lookUp(const QString& smiles);
    const LookupReply& reply() const { return m_reply; }
    /// The model that predicts; one that is not listed yet is taken as soon as it is.
    void setSource(const ModelSource& source);
    ModelSource source() const;

Q_SIGNALS:
    void modelsRequested();

protected:
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum SearchMode { Any, Substructure, Similar };
    QWidget* buildBar();
    void fillModels();
    void modelChosen(int index);
    QString modelText() const;
    void connectResults();
    void ask();
    void askMolecule(const QString& smiles, bool ofResults);
    void showFound(); ///< the first result, where the text is no molecule itself
    void read(const QJsonObject& result);
    void take(const LookupReply& reply);
    void showError(const EngineError& error);
    void askExplanation();
    void askConformer();
    void placeSplitter(bool manyPredictions);
    void setStatus(const QString& text, bool error);

    Services m_services;
    QTimer m_timer;
    quint64 m_asked = 0; ///< how often; an answer to an earlier question is dropped
    qint64 m_lookupRequest = 0, m_explainRequest = 0, m_conformerRequest = 0;
    LookupReply m_reply;
    QString m_conformerOf;
    QString m_asking;             ///< the molecule that is, or was last, looked up
    bool m_ofResults = false;     ///< it is one of the results, not the text itself
    QString m_problem;            ///< why the text is no molecule; empty if it is, or nothing was asked
    QLineEdit* m_field = nullptr;
    widgets::SegmentedControl* m_kind = nullptr;
    QDoubleSpinBox* m_least = nullptr;
    ResultsPanel* m_results = nullptr;
    widgets::Label* m_status = nullptr;
    QComboBox* m_model = nullptr;
    ModelSource m_wanted, m_chosen;
    QStackedWidget* m_stack = nullptr;
    QSplitter* m_splitter = nullptr;
    bool m_placedByPerson = false, m_wideFacts = false;
    widgets::EmptyState* m_empty = nullptr;
    MoleculeCard* m_card = nullptr;
    FactsPanel* m_facts = nullptr;
};

} // namespace papilio::app
