// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/modelcardview.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "app/format.h"
#include "widgets/format.h"
#include "widgets/labels.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Label;
using widgets::Role;
using widgets::TextStyle;

namespace
{

void clear(QLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

QVBoxLayout* section(QWidget* box, const QString& title, QWidget* beside = nullptr, QWidget* right = nullptr)
{
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(new Label(title, TextStyle::BodyStrong));
    if (beside) {
        head->addWidget(beside);
    }
    head->addStretch(1);
    if (right) {
        right->setMaximumHeight(20);
        head->addWidget(right);
    }
    layout->addLayout(head);
    return layout;
}

Label* wrapped(TextStyle style = TextStyle::Body, Role role = Role::Text)
{
    auto* label = new Label({}, style, role);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

} // namespace

ModelCardView::ModelCardView(QWidget* parent) : CardView(parent)
{
    setObjectName(u"modelCard"_s);
    widgets::setBackground(this, Role::Raised);
    m_title = wrapped(TextStyle::Title);
    m_title->setObjectName(u"modelTitle"_s);
    m_trainedOn = wrapped(TextStyle::Body, Role::TextSecondary);
    m_problem = wrapped(TextStyle::Body, Role::Error);
    m_problem->setObjectName(u"modelProblem"_s);
    m_problem->hide();
    m_facts = new widgets::FactList;
    m_facts->setObjectName(u"modelFacts"_s);
    m_headsBox = new QWidget;
    m_headsBox->setObjectName(u"modelHeads"_s);
    m_heads = new QGridLayout;
    m_heads->setHorizontalSpacing(16);
    m_heads->setVerticalSpacing(4);
    m_heads->setColumnStretch(5, 1);
    section(m_headsBox, tr("Tasks by head"))->addLayout(m_heads);
    m_notesBox = new QWidget;
    m_notes = new QVBoxLayout;
    m_notes->setSpacing(4);
    section(m_notesBox, tr("Notes"))->addLayout(m_notes);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    auto* head = new QVBoxLayout;
    head->setSpacing(2);
    head->addWidget(m_title);
    head->addWidget(m_trainedOn);
    layout->addLayout(head);
    layout->addWidget(m_problem);
    layout->addWidget(m_facts);
    layout->addWidget(m_headsBox);
    layout->addWidget(m_notesBox);
    layout->addWidget(buildLicence());
    layout->addWidget(buildCitation());
    layout->addStretch(1);
}

QWidget* ModelCardView::buildLicence()
{
    m_licenceBox = new QWidget;
    m_licence = new Label;
    m_licence->setObjectName(u"modelLicence"_s);
    m_licenceToggle = new QPushButton;
    m_licenceToggle->setObjectName(u"licenceToggle"_s);
    m_licenceToggle->setCheckable(true);
    widgets::setVariant(m_licenceToggle, widgets::Variant::Link);
    m_licenceText = new QPlainTextEdit;
    m_licenceText->setObjectName(u"licenceText"_s);
    m_licenceText->setAccessibleName(tr("Text of the licence"));
    m_licenceText->setReadOnly(true);
    m_licenceText->setTabChangesFocus(true);
    m_licenceText->setFixedHeight(168);
    widgets::setTextStyle(m_licenceText, TextStyle::Mono);
    section(m_licenceBox, tr("Licence"), m_licence, m_licenceToggle)->addWidget(m_licenceText);
    connect(m_licenceToggle, &QPushButton::toggled, this, [this](bool open) {
        m_licenceText->setVisible(open);
        m_licenceToggle->setText(open ? tr("Hide its text") : tr("Show its text"));
    });
    setLicenceOpen(false);
    return m_licenceBox;
}

QWidget* ModelCardView::buildCitation()
{
    m_citationBox = new QWidget;
    auto* copy = new QPushButton(tr("Copy"));
    copy->setObjectName(u"copyCitation"_s);
    copy->setAccessibleName(tr("Copy the citation"));
    widgets::setVariant(copy, widgets::Variant::Link);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_citation->text()); });
    m_citation = wrapped(TextStyle::Body, Role::TextSecondary);
    m_citation->setObjectName(u"modelCitation"_s);
    section(m_citationBox, tr("Citation"), nullptr, copy)->addWidget(m_citation);
    return m_citationBox;
}

void ModelCardView::setLicenceOpen(bool open)
{
    m_licenceToggle->setChecked(open);
    m_licenceToggle->setText(open ? tr("Hide its text") : tr("Show its text"));
    m_licenceText->setVisible(open);
}

void ModelCardView::showCard(const ModelCard& card)
{
    m_problem->hide();
    m_title->setText(card.titleOrName());
    m_trainedOn->setText(card.trainedOn.isEmpty() ? QString() : tr("Trained on %1").arg(card.trainedOn));
    m_trainedOn->setVisible(!card.trainedOn.isEmpty());
    showFacts(card, {});
    m_headsBox->hide();
    showNotes(card.notes);
    m_licence->setText(card.licence.isEmpty() ? tr("not stated") : card.licence);
    m_licenceBox->setVisible(!card.path.isEmpty() || !card.licence.isEmpty());
    m_licenceToggle->setVisible(false);
    m_licenceText->clear();
    m_licenceText->hide();
    m_citation->setText(card.citation);
    m_citationBox->setVisible(!card.citation.isEmpty());
}

void ModelCardView::showFacts(const ModelCard& card, const QString& network)
{
    QVector<QPair<QString, QString>> facts;
    const auto add = [&](const QString& name, const QString& value) {
        if (!value.isEmpty()) {
            facts.append({name, value});
        }
    };
    add(tr("Architecture"), card.architecture);
    add(tr("Network"), network);
    add(tr("Parameters"), card.parameters > 0 ? widgets::formatCount(card.parameters) : QString());
    add(tr("Tasks"), card.tasks > 0 ? widgets::joinedByDot({countedText(card.tasks, tr("task"), tr("tasks")),
                                                            card.heads > 0 ? countedText(card.heads, tr("head"), tr("heads")) : QString()})
                                    : QString());
    add(tr("Percentiles"), card.reference > 0 ? tr("against %1 reference molecules").arg(widgets::formatCount(card.reference)) : QString());
    add(tr("Size"), card.bytes > 0 ? widgets::formatBytes(card.bytes) : QString());
    add(card.name.isEmpty() ? tr("Made") : tr("Added"), dayText(card.added));
    add(tr("Name"), card.name);
    add(tr("Source"), card.source);
    m_facts->setFacts(facts);
}

void ModelCardView::showInfo(const ModelInfo& info)
{
    showCard(info.card);
    showFacts(info.card, info.architectureText);
    showHeads(info);
    m_licenceText->setPlainText(info.licenceText);
    m_licenceToggle->setVisible(!info.licenceText.isEmpty());
    m_licenceText->setVisible(!info.licenceText.isEmpty() && m_licenceToggle->isChecked());
}

void ModelCardView::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->show();
}

void ModelCardView::showHeads(const ModelInfo& info)
{
    clear(m_heads);
    m_headsBox->setVisible(!info.heads.empty());
    int row = 0;
    const auto put = [&](int column, const QString& text, TextStyle style, Role role) {
        auto* label = new Label(text, style, role);
        if (column == 2) {
            label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        }
        m_heads->addWidget(label, row, column);
        return label;
    };
    const QString titles[] = {tr("Head"), tr("Kind"), tr("Tasks"), tr("Names"), tr("Values")};
    for (int column = 0; column < 5; ++column) {
        put(column, titles[column], TextStyle::Header, Role::TextSecondary);
    }
    for (const ModelInfo::Head& head : info.heads) {
        ++row;
        put(0, head.name, TextStyle::Table, Role::Text);
        put(1, widgets::joinedByDot({kindWord(head.kind), levelWord(head.level)}), TextStyle::Table, Role::TextSecondary);
        put(2, widgets::formatCount(head.columns), TextStyle::Table, Role::Text);
        const qint64 unnamed = head.columns - head.named;
        put(3, unnamed == 0 ? tr("known") : tr("%1 not known").arg(widgets::formatCount(unnamed)), TextStyle::Table,
            unnamed == 0 ? Role::TextSecondary : Role::Warning);
        Label* values = put(4, head.kind != "regression"_L1 ? tr("probabilities")
                               : head.standardScores        ? tr("standard scores")
                               : head.unit.isEmpty()        ? tr("as trained")
                                                            : head.unit,
                            TextStyle::Table, head.standardScores ? Role::Warning : Role::TextSecondary);
        if (head.standardScores) {
            values->setToolTip(standardScoreText());
        }
    }
}

void ModelCardView::showNotes(const QStringList& notes)
{
    clear(m_notes);
    m_notesBox->setVisible(!notes.isEmpty());
    for (const QString& note : notes) {
        Label* label = wrapped(TextStyle::Body, Role::TextSecondary);
        label->setText(note);
        m_notes->addWidget(label);
    }
}

} // namespace papilio::app
