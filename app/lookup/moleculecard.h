// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/engine/replies.h"
#include "app/lookup/overlaybar.h"
#include "widgets/depiction.h"

namespace papilio::widgets
{
class ElidedLabel;
class Label;
class Molecule3DView;
class MoleculeView;
class ScaleBar;
class SectionHeader;
class SmilesBar;
}

namespace papilio::app
{

/// One molecule: drawing with the attribution or with values of its atoms, its scale, SMILES bar and 3D view, all linked and on one scale.
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

    ExplainQuestion question() const { return m_bar->question(); }
    OverlayBar* overlay() const { return m_bar; }

Q_SIGNALS:
    void questionChanged();

private:
    QWidget* buildTitle();
    QWidget* buildDrawing();
    QWidget* build3D();
    void applyScores();
    void showAttribution();
    void showValues(const TaskValues& values);
    void paintScores(const std::vector<double>& atoms, const std::vector<double>& bonds);

    LookupReply m_reply;
    ExplainReply m_explanation;
    bool m_explained = false;
    QString m_healthText;
    std::vector<double> m_painted; ///< one an atom, for a conformer that comes later
    widgets::ScoreScale m_scale;
    std::vector<int> m_smilesMap;
    widgets::ElidedLabel* m_title = nullptr;
    widgets::ElidedLabel* m_facts = nullptr;
    OverlayBar* m_bar = nullptr;
    widgets::MoleculeView* m_drawing = nullptr;
    widgets::ScaleBar* m_scaleBar = nullptr;
    widgets::SmilesBar* m_smilesBar = nullptr;
    widgets::Label* m_health = nullptr;
    widgets::SectionHeader* m_title3D = nullptr;
    widgets::Molecule3DView* m_view3D = nullptr;
};

} // namespace papilio::app
