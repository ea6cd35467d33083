// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/engine/replies.h"
#include "widgets/depiction.h"

class QComboBox;

namespace papilio::widgets
{
class ElidedLabel;
class Label;
class Molecule3DView;
class MoleculeView;
class ScaleBar;
class SegmentedControl;
class SectionHeader;
class SmilesBar;
}

namespace papilio::app
{

/// One molecule: drawing with the attribution, its scale, SMILES bar and 3D view, all linked and on one scale.
class MoleculeCard : public QWidget
{
    Q_OBJECT

public:
    explicit MoleculeCard(QWidget* parent = nullptr);
    void showMolecule(const LookupReply& reply, qint64 run);
    void showExplanation(const ExplainReply& reply);
    void showExplainProblem(const QString& text);
    void showConformer(const QJsonObject& object);
    void showConformerProblem(const QString& text);
    void clearConformer();

    /// What to explain; head empty = nothing can be.
    struct Question {
        QString head, task, kind, method;
        int classIndex = -1;
        bool operator==(const Question&) const = default;
    };
    Question question() const;
    void selectTask(const QString& dataset, const QString& task);

Q_SIGNALS:
    void questionChanged();

private:
    QWidget* buildTitle();
    QWidget* buildExplainBar();
    QWidget* buildDrawing();
    QWidget* build3D();
    void fillTasks(const LookupReply& reply);
    void updateClasses();
    void applyScores();

    LookupReply m_reply;
    ExplainReply m_explanation;
    bool m_explained = false;
    widgets::ScoreScale m_scale;
    std::vector<int> m_smilesMap;
    widgets::ElidedLabel* m_title = nullptr;
    widgets::ElidedLabel* m_facts = nullptr;
    QComboBox* m_task = nullptr;
    QComboBox* m_class = nullptr;
    QComboBox* m_method = nullptr;
    widgets::SegmentedControl* m_parts = nullptr;
    QWidget* m_explainBar = nullptr;
    widgets::MoleculeView* m_drawing = nullptr;
    widgets::ScaleBar* m_scaleBar = nullptr;
    widgets::SmilesBar* m_smilesBar = nullptr;
    widgets::Label* m_health = nullptr;
    widgets::SectionHeader* m_title3D = nullptr;
    widgets::Molecule3DView* m_view3D = nullptr;
};

} // namespace papilio::app
