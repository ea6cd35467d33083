// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/datasets/datasetcardview.h"

#include <QClipboard>
#include <QGuiApplication>
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

Label* wrapped(const QString& object, TextStyle style = TextStyle::Body, Role role = Role::TextSecondary)
{
    auto* label = new Label({}, style, role);
    label->setObjectName(object);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

QWidget* section(const QString& title, QWidget* content, QPushButton* right = nullptr)
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->addWidget(new Label(title, TextStyle::BodyStrong));
    head->addStretch(1);
    if (right) {
        right->setMaximumHeight(20);
        head->addWidget(right);
    }
    layout->addLayout(head);
    layout->addWidget(content);
    return box;
}

} // namespace

DatasetCardView::DatasetCardView(QWidget* parent) : CardView(parent)
{
    setObjectName(u"datasetCard"_s);
    widgets::setBackground(this, Role::Raised);
    m_title = wrapped(u"datasetTitle"_s, TextStyle::Title, Role::Text);
    m_summary = wrapped(u"datasetSummary"_s);
    m_facts = new widgets::FactList;
    m_facts->setObjectName(u"datasetFacts"_s);
    m_news = wrapped(u"datasetNews"_s);
    m_newsBox = section(tr("What happened"), m_news);
    m_newsBox->hide();
    m_notes = wrapped(u"datasetNotes"_s);
    m_notesBox = section(tr("Notes"), m_notes);
    auto* copy = new QPushButton(tr("Copy"));
    copy->setObjectName(u"copyDatasetCitation"_s);
    copy->setAccessibleName(tr("Copy the citation"));
    copy->setAutoDefault(false);
    widgets::setVariant(copy, widgets::Variant::Link);
    m_citation = wrapped(u"datasetCitation"_s);
    m_citationBox = section(tr("Citation"), m_citation, copy);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_citation->text()); });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    auto* head = new QVBoxLayout;
    head->setSpacing(2);
    head->addWidget(m_title);
    head->addWidget(m_summary);
    layout->addLayout(head);
    layout->addWidget(m_newsBox);
    layout->addWidget(m_facts);
    layout->addWidget(m_notesBox);
    layout->addWidget(m_citationBox);
    layout->addStretch(1);
}

void DatasetCardView::showCard(const DatasetCard& card, const QStringList& memberTitles)
{
    m_title->setText(card.title);
    m_summary->setText(card.summary);
    QVector<QPair<QString, QString>> facts;
    const auto add = [&facts](const QString& name, const QString& value) {
        if (!value.isEmpty()) {
            facts.append({name, value});
        }
    };
    add(tr("Molecules"), card.molecules > 0 ? widgets::formatCount(card.molecules) : QString());
    add(tr("Tasks"), widgets::joinedByDot({card.tasks > 0 ? widgets::formatCount(card.tasks) : QString(),
                                           card.kind.isEmpty() ? QString() : kindWord(card.kind),
                                           card.level.isEmpty() ? QString() : levelWord(card.level)}));
    add(tr("Sets"), memberTitles.join(u", "_s));
    add(tr("Split"), card.splitText);
    add(tr("Files"), card.tables.join(tr(", or ")));
    add(tr("Download"), card.hosts.isEmpty()
                            ? QString()
                            : widgets::joinedByDot({card.hosts.join(tr(", else ")),
                                                    card.bytes > 0 ? widgets::formatBytes(card.bytes) : tr("size not known"),
                                                    card.checked ? tr("checksum known") : tr("checksum not known")}));
    add(tr("Fetch"), card.how);
    add(tr("Kept in"), card.isGroup() || card.hosts.isEmpty() ? QString() : pathText(card.folder));
    add(tr("Licence"), card.isGroup() ? QString() : card.licence.isEmpty() ? tr("not known; ask its makers") : card.licence);
    add(tr("Source"), card.source);
    m_facts->setFacts(facts);
    QStringList notes = card.notes;
    if (!card.obstacle.isEmpty()) {
        notes.prepend(card.obstacle);
    }
    m_notes->setText(notes.join(u'\n'));
    m_notesBox->setVisible(!notes.isEmpty());
    m_citation->setText(card.citation);
    m_citationBox->setVisible(!card.citation.isEmpty());
    showNews({});
}

void DatasetCardView::showNews(const QStringList& lines)
{
    m_news->setText(lines.join(u'\n'));
    m_newsBox->setVisible(!lines.isEmpty());
}

} // namespace papilio::app
