// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lookup/moleculecard.h"

#include <cmath>

#include <QComboBox>
#include <QHBoxLayout>
#include <QSplitter>

#include "app/format.h"
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

enum TaskRole { HeadRole = Qt::UserRole, NameRole, KindRole, ClassesRole, DatasetRole };

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
    column->addWidget(buildExplainBar());
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

QWidget* MoleculeCard::buildExplainBar()
{
    m_explainBar = new widgets::Pane(Role::Sunken, Qt::BottomEdge);
    m_explainBar->setFixedHeight(40);
    auto* row = new QHBoxLayout(m_explainBar);
    row->setContentsMargins(12, 0, 12, 1);
    row->setSpacing(8);
    m_task = new QComboBox;
    m_task->setObjectName(u"explainTask"_s);
    m_task->setAccessibleName(tr("Task to explain"));
    m_task->setMaximumWidth(220);
    m_class = new QComboBox;
    m_class->setObjectName(u"explainClass"_s);
    m_class->setAccessibleName(tr("Class to explain"));
    m_method = new QComboBox;
    m_method->setObjectName(u"explainMethod"_s);
    m_method->setAccessibleName(tr("Method of explanation"));
    m_method->addItem(tr("gradient × input"), u"gradient-input"_s);
    m_method->addItem(tr("integrated gradients"), u"integrated-gradients"_s);
    m_parts = new widgets::SegmentedControl({tr("atoms"), tr("bonds")});
    m_parts->setObjectName(u"explainParts"_s);
    m_parts->setAccessibleName(tr("Scores that are shown"));
    row->addWidget(new Label(tr("Explain"), TextStyle::Body, Role::TextSecondary));
    row->addWidget(m_task);
    row->addWidget(m_class);
    row->addWidget(new Label(tr("by"), TextStyle::Body, Role::TextSecondary));
    row->addWidget(m_method);
    row->addStretch(1);
    row->addWidget(m_parts);
    connect(m_task, &QComboBox::activated, this, [this] {
        updateClasses();
        Q_EMIT questionChanged();
    });
    connect(m_class, &QComboBox::activated, this, &MoleculeCard::questionChanged);
    connect(m_method, &QComboBox::activated, this, &MoleculeCard::questionChanged);
    connect(m_parts, &widgets::SegmentedControl::currentIndexChanged, this, &MoleculeCard::applyScores);
    return m_explainBar;
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
        facts << tr("in %1 of run %2").arg(reply.part).arg(run);
    }
    m_facts->setText(widgets::joinedByDot(facts));
    m_drawing->setMolecule(widgets::Depiction2D::fromJson(reply.depiction), reply.canonical);
    m_smilesMap = canonicalMap(reply.smiles, reply.toCanonical, reply.heavyAtoms);
    fillTasks(reply);
    m_explainBar->setVisible(m_task->count() > 0);
    m_health->setText(m_task->count() > 0 ? QString() : tr("Train a model to see what its atoms add to a prediction."));
    applyScores();
    if (!same) {
        clearConformer();
    }
}

void MoleculeCard::fillTasks(const LookupReply& reply)
{
    const Question before = question();
    m_task->clear();
    for (const TaskValues& prediction : reply.predictions) {
        const int at = m_task->count();
        m_task->addItem(prediction.task);
        m_task->setItemData(at, prediction.head, HeadRole);
        m_task->setItemData(at, prediction.task, NameRole);
        m_task->setItemData(at, prediction.kind, KindRole);
        m_task->setItemData(at, prediction.classes, ClassesRole);
        m_task->setItemData(at, prediction.dataset, DatasetRole);
        m_task->setItemData(at, u"%1 › %2"_s.arg(prediction.dataset, prediction.task), Qt::ToolTipRole);
        if (prediction.head == before.head && prediction.task == before.task) {
            m_task->setCurrentIndex(at);
        }
    }
    updateClasses();
}

void MoleculeCard::updateClasses()
{
    const int classes = m_task->currentData(ClassesRole).toInt();
    const bool multiclass = m_task->currentData(KindRole).toString() == "multiclass"_L1;
    m_class->clear();
    for (int i = 0; multiclass && i < classes; ++i) {
        m_class->addItem(tr("class %1").arg(i), i);
    }
    m_class->setVisible(multiclass);
}

MoleculeCard::Question MoleculeCard::question() const
{
    Question question;
    if (m_task->count() > 0) {
        question.head = m_task->currentData(HeadRole).toString();
        question.task = m_task->currentData(NameRole).toString();
        question.kind = m_task->currentData(KindRole).toString();
        question.method = m_method->currentData().toString();
        question.classIndex = m_class->count() > 0 ? m_class->currentData().toInt() : -1;
    }
    return question;
}

void MoleculeCard::selectTask(const QString& dataset, const QString& task)
{
    for (int i = 0; i < m_task->count(); ++i) {
        if (m_task->itemData(i, NameRole).toString() == task && m_task->itemData(i, DatasetRole).toString() == dataset &&
            i != m_task->currentIndex()) {
            m_task->setCurrentIndex(i);
            updateClasses();
            Q_EMIT questionChanged();
            return;
        }
    }
}

void MoleculeCard::showExplanation(const ExplainReply& reply)
{
    m_explanation = reply;
    m_explained = true;
    m_parts->setSegmentEnabled(1, reply.hasBonds, tr("This network does not look at bonds."));
    if (!reply.hasBonds) {
        m_parts->setCurrentIndex(0);
    }
    const Question asked = question();
    const QString what = asked.kind == "regression"_L1 ? tr("normalised value") : tr("logit");
    QString health = tr("Output %1 (%2)").arg(widgets::formatFixed(reply.output, 3), what);
    if (asked.method == "integrated-gradients"_L1) {
        health = widgets::joinedByDot({health, tr("sum check: parts are %1 off the whole").arg(widgets::formatFixed(reply.sumGap, 3))});
    }
    m_health->setText(widgets::joinedByDot({health, tr("parts show association within the model, not cause")}));
    applyScores();
}

void MoleculeCard::showExplainProblem(const QString& text)
{
    m_explained = false;
    m_health->setText(text);
    applyScores();
}

void MoleculeCard::applyScores()
{
    const bool bonds = m_parts->currentIndex() == 1;
    const std::vector<double> atoms = m_explained ? m_explanation.atoms : std::vector<double>();
    m_scaleBar->setVisible(m_explained);
    if (!m_explained) {
        m_drawing->clearScores();
        m_view3D->clearScores();
        m_smilesBar->setSmiles(m_reply.smiles, m_smilesMap, {}, widgets::ScoreScale());
        return;
    }
    // One scale for atoms, bonds, bar and 3D, so that a colour means the same everywhere.
    m_scale = widgets::ScoreScale::forScores(m_explanation.atoms, m_explanation.hasBonds ? m_explanation.bonds : std::vector<double>());
    const bool regression = question().kind == "regression"_L1;
    m_scaleBar->setTexts(regression ? tr("lowers the value") : tr("lowers the logit"),
                         regression ? tr("raises the value") : tr("raises the logit"));
    m_scaleBar->setScale(m_scale);
    m_drawing->setScores(bonds ? std::vector<double>() : atoms, bonds ? m_explanation.bonds : std::vector<double>(), m_scale);
    m_smilesBar->setSmiles(m_reply.smiles, m_smilesMap, atoms, m_scale);
    m_view3D->setScores(atoms, m_scale);
}

void MoleculeCard::showConformer(const QJsonObject& object)
{
    m_title3D->setRemark(object["optimised"_L1].toBool() ? tr("one conformer, MMFF94 · same scale")
                                                         : tr("one conformer, not relaxed · same scale"));
    m_view3D->setMolecule(widgets::Molecule3D::fromJson(object));
    if (m_explained) {
        m_view3D->setScores(m_explanation.atoms, m_scale);
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
