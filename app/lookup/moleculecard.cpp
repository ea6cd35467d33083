// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lookup/moleculecard.h"

#include <cmath>

#include <QSplitter>
#include <QVBoxLayout>

#include "app/engine/modelreplies.h"
#include "app/format.h"
#include "app/lookup/predictiontext.h"
#include "widgets/format.h"
#include "widgets/labels.h"
#include "widgets/molecule3dview.h"
#include "widgets/moleculeview.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Label;
using widgets::Role;
using widgets::TextStyle;

namespace
{

/// Characters of the SMILES as written → atoms in canonical order.
std::vector<int> canonicalMap(const QString& smiles, const std::vector<int>& toCanonical, int atoms)
{
    std::vector<int> map = widgets::smilesAtomMap(smiles);
    for (int& atom : map) {
        const bool known = atom >= 0 && static_cast<std::size_t>(atom) < toCanonical.size();
        atom = known && toCanonical[static_cast<std::size_t>(atom)] < atoms ? toCanonical[static_cast<std::size_t>(atom)] : -1;
    }
    return map;
}

QString subscripted(const QString& formula)
{
    QString text;
    for (const QChar c : formula) {
        text += c.isDigit() ? QChar(0x2080 + c.digitValue()) : c;
    }
    return text;
}

} // namespace

MoleculeCard::MoleculeCard(QWidget* parent) : QWidget(parent)
{
    setObjectName(u"moleculeCard"_s);
    auto* upper = new QWidget;
    widgets::setBackground(upper, Role::Surface);
    auto* column = new QVBoxLayout(upper);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildTitle());
    m_bar = new OverlayBar;
    column->addWidget(m_bar);
    connect(m_bar, &OverlayBar::questionChanged, this, [this] {
        applyScores();
        Q_EMIT questionChanged();
    });
    connect(m_bar, &OverlayBar::displayChanged, this, &MoleculeCard::applyScores);
    column->addWidget(buildDrawing(), 1);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setObjectName(u"cardSplitter"_s);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(upper);
    splitter->addWidget(build3D());
    splitter->setSizes({460, 300});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
}

QWidget* MoleculeCard::buildTitle()
{
    auto* box = new widgets::Pane(Role::Surface, Qt::BottomEdge);
    box->setFixedHeight(52);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(12, 6, 12, 7);
    layout->setSpacing(0);
    m_title = new widgets::ElidedLabel({}, Qt::ElideMiddle);
    m_title->setObjectName(u"moleculeTitle"_s);
    m_title->setStyle(TextStyle::Title);
    m_facts = new widgets::ElidedLabel({}, Qt::ElideRight);
    m_facts->setObjectName(u"moleculeFacts"_s);
    m_facts->setRole(Role::TextSecondary);
    m_facts->setStyle(TextStyle::Caption);
    layout->addWidget(m_title);
    layout->addWidget(m_facts);
    return box;
}

QWidget* MoleculeCard::buildDrawing()
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_drawing = new widgets::MoleculeView;
    m_drawing->setObjectName(u"drawing"_s);
    m_drawing->setAccessibleName(tr("Drawing of the molecule"));
    m_scaleBar = new widgets::ScaleBar;
    m_scaleBar->setObjectName(u"scaleBar"_s);
    m_smilesBar = new widgets::SmilesBar;
    m_smilesBar->setObjectName(u"smilesBar"_s);
    m_health = new Label({}, TextStyle::Caption, Role::TextSecondary);
    m_health->setObjectName(u"explainHealth"_s);
    m_health->setContentsMargins(12, 4, 12, 8);
    m_health->setWordWrap(true);
    layout->addWidget(m_drawing, 1);
    layout->addWidget(m_scaleBar);
    layout->addWidget(m_smilesBar);
    layout->addWidget(m_health);
    return box;
}

QWidget* MoleculeCard::build3D()
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_title3D = new widgets::SectionHeader(tr("3D view"), widgets::SectionHeader::Kind::PanelTitle);
    m_view3D = new widgets::Molecule3DView;
    m_view3D->setObjectName(u"view3D"_s);
    m_view3D->setAccessibleName(tr("Conformer in three dimensions"));
    layout->addWidget(m_title3D);
    layout->addWidget(m_view3D, 1);
    // Hovering an atom anywhere lights it everywhere.
    connect(m_drawing, &widgets::MoleculeView::atomHovered, m_smilesBar, &widgets::SmilesBar::highlightAtom);
    connect(m_drawing, &widgets::MoleculeView::atomHovered, m_view3D, &widgets::Molecule3DView::highlightAtom);
    connect(m_smilesBar, &widgets::SmilesBar::atomHovered, m_drawing, &widgets::MoleculeView::highlightAtom);
    connect(m_smilesBar, &widgets::SmilesBar::atomHovered, m_view3D, &widgets::Molecule3DView::highlightAtom);
    connect(m_view3D, &widgets::Molecule3DView::atomHovered, m_drawing, &widgets::MoleculeView::highlightAtom);
    connect(m_view3D, &widgets::Molecule3DView::atomHovered, m_smilesBar, &widgets::SmilesBar::highlightAtom);
    return box;
}

void MoleculeCard::showMolecule(const LookupReply& reply, qint64 run)
{
    const bool same = m_reply.canonical == reply.canonical;
    m_reply = reply;
    m_explained = false;
    m_title->setText(reply.places.isEmpty() ? reply.canonical : reply.places.join(u" · "_s));
    QStringList facts{subscripted(reply.formula), tr("%1 g/mol").arg(widgets::formatFixed(reply.weight, 2)),
                      countedText(reply.heavyAtoms, tr("heavy atom"), tr("heavy atoms")),
                      tr("logP %1").arg(widgets::formatFixed(reply.logp, 2)),
                      tr("TPSA %1 Å²").arg(widgets::formatFixed(reply.tpsa, 1))};
    if (!reply.part.isEmpty() && run > 0) {
        facts << tr("in %1 of run %2").arg(partWord(reply.part)).arg(run);
    }
    m_facts->setText(widgets::joinedByDot(facts));
    m_drawing->setMolecule(widgets::Depiction2D::fromJson(reply.depiction), reply.canonical);
    m_smilesMap = canonicalMap(reply.smiles, reply.toCanonical, reply.heavyAtoms);
    m_bar->setPredictions(reply.predictions);
    m_bar->setVisible(m_bar->hasChoice());
    m_healthText = m_bar->hasChoice() ? QString() : tr("Train or add a model to see what the atoms add to a prediction.");
    applyScores();
    if (!same) {
        clearConformer();
    }
}

void MoleculeCard::showExplanation(const ExplainReply& reply)
{
    m_explanation = reply;
    m_explained = true;
    m_bar->setBondsPossible(reply.hasBonds);
    const ExplainQuestion asked = question();
    const QString what = asked.kind == "regression"_L1 ? tr("normalised value") : tr("logit");
    QString health = tr("Output %1 (%2)").arg(widgets::formatFixed(reply.output, 3), what);
    if (asked.method == "integrated-gradients"_L1) {
        health = widgets::joinedByDot({health, tr("sum check: parts are %1 off the whole").arg(widgets::formatFixed(reply.sumGap, 3))});
    }
    m_healthText = widgets::joinedByDot({health, tr("parts show association within the model, not cause")});
    applyScores();
}

void MoleculeCard::showExplainProblem(const QString& text)
{
    m_explained = false;
    m_healthText = text;
    applyScores();
}

void MoleculeCard::applyScores()
{
    const TaskValues* values = m_bar->values();
    m_scaleBar->setVisible(values || m_explained);
    m_health->setToolTip({});
    if (values) {
        showValues(*values);
    } else if (m_explained) {
        m_health->setText(m_healthText);
        showAttribution();
    } else {
        m_health->setText(m_healthText);
        m_painted.clear();
        m_drawing->clearScores();
        m_view3D->clearScores();
        m_smilesBar->setSmiles(m_reply.smiles, m_smilesMap, {}, widgets::ScoreScale());
    }
}

void MoleculeCard::showAttribution()
{
    const bool bonds = m_bar->showsBonds();
    const bool regression = question().kind == "regression"_L1;
    // One scale for atoms, bonds, bar and 3D, so that a colour means the same everywhere.
    m_scale = widgets::ScoreScale::forScores(m_explanation.atoms, m_explanation.hasBonds ? m_explanation.bonds : std::vector<double>());
    m_scaleBar->setTexts(regression ? tr("lowers the value") : tr("lowers the logit"),
                         regression ? tr("raises the value") : tr("raises the logit"));
    m_scaleBar->setScale(m_scale);
    m_drawing->setScores(bonds ? std::vector<double>() : m_explanation.atoms, bonds ? m_explanation.bonds : std::vector<double>(), m_scale);
    m_painted = m_explanation.atoms;
    m_smilesBar->setSmiles(m_reply.smiles, m_smilesMap, m_painted, m_scale);
    m_view3D->setScores(m_painted, m_scale);
}

void MoleculeCard::showValues(const TaskValues& values)
{
    std::vector<double> atoms, bonds;
    if (values.level == "node"_L1) {
        atoms = values.values;
    } else {
        for (std::size_t edge = 0; edge + 1 < values.values.size(); edge += 2) { // both directions of a bond
            bonds.push_back((values.values[edge] + values.values[edge + 1]) / 2);
        }
    }
    m_scale = widgets::ScoreScale::forScores(atoms, bonds);
    m_scaleBar->setTexts(tr("negative"), tr("positive"));
    m_scaleBar->setScale(m_scale);
    m_drawing->setScores(atoms, bonds, m_scale);
    m_painted = atoms;
    m_smilesBar->setSmiles(m_reply.smiles, m_smilesMap, m_painted, m_scale);
    if (atoms.empty()) {
        m_view3D->clearScores();
    } else {
        m_view3D->setScores(m_painted, m_scale);
    }
    m_health->setText(widgets::joinedByDot({tr("Predicted: %1").arg(values.name()), unitText(values, true), valueText(values, true)}));
    m_health->setToolTip(isStandardScore(values.unit) ? standardScoreText() : QString());
}

void MoleculeCard::showConformer(const QJsonObject& object)
{
    const QString dataset = object["dataset"_L1].toString();
    m_title3D->setRemark(!dataset.isEmpty()                ? tr("coordinates of %1 · same scale").arg(dataset)
                         : object["optimised"_L1].toBool() ? tr("one conformer, MMFF94 · same scale")
                                                           : tr("one conformer, not relaxed · same scale"));
    m_view3D->setMolecule(widgets::Molecule3D::fromJson(object));
    if (!m_painted.empty()) {
        m_view3D->setScores(m_painted, m_scale);
    }
}

void MoleculeCard::showConformerProblem(const QString& text)
{
    m_view3D->clear();
    m_title3D->setRemark({});
    m_view3D->setEmptyText(text);
}

void MoleculeCard::clearConformer()
{
    showConformerProblem(tr("Embedding a conformer …"));
}

} // namespace papilio::app
