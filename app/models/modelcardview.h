// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cardview.h"
#include "app/engine/modelreplies.h"

class QGridLayout;
class QPushButton;
class QPlainTextEdit;
class QVBoxLayout;

namespace papilio::widgets
{
class FactList;
class Label;
}

namespace papilio::app
{

/// What is to know of a model before it is used: facts, tasks by head, notes, licence, citation.
class ModelCardView : public CardView
{
    Q_OBJECT

public:
    explicit ModelCardView(QWidget* parent = nullptr);
    void showCard(const ModelCard& card); ///< heads and texts follow with showInfo()
    void showInfo(const ModelInfo& info);
    void showProblem(const QString& text);
    void setLicenceOpen(bool open); ///< the whole text unfolded

private:
    QWidget* buildLicence();
    QWidget* buildCitation();
    void showFacts(const ModelCard& card, const QString& network);
    void showHeads(const ModelInfo& info);
    void showNotes(const QStringList& notes);

    widgets::Label* m_title;
    widgets::Label* m_trainedOn;
    widgets::Label* m_problem;
    widgets::FactList* m_facts;
    QWidget* m_headsBox;
    QGridLayout* m_heads;
    QWidget* m_notesBox;
    QVBoxLayout* m_notes;
    QWidget* m_licenceBox = nullptr;
    widgets::Label* m_licence = nullptr;
    QPushButton* m_licenceToggle = nullptr;
    QPlainTextEdit* m_licenceText = nullptr;
    QWidget* m_citationBox = nullptr;
    widgets::Label* m_citation = nullptr;
};

} // namespace papilio::app
