// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/welcome/welcomepage.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>

#include "app/format.h"
#include "app/shell/files.h"
#include "app/themedicon.h"
#include "app/welcome/cutoffnotice.h"
#include "app/welcome/recentlist.h"
#include "app/welcome/samplecreator.h"
#include "widgets/droparea.h"
#include "widgets/jobpanel.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Label;
using widgets::Role;
using widgets::TextStyle;
using widgets::Variant;

namespace
{

QVBoxLayout* column(QWidget* owner)
{
    auto* layout = new QVBoxLayout(owner);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    return layout;
}

void addHeading(QVBoxLayout* layout, const QString& text)
{
    layout->addWidget(new Label(text, TextStyle::BodyStrong));
    layout->addSpacing(8);
    layout->addWidget(new widgets::Hairline(Qt::Horizontal, nullptr, Role::Divider));
}

} // namespace

WelcomePage::WelcomePage(const Services& services, QWidget* parent)
    : Page(parent), m_services(services), m_sample(new SampleCreator(services, this))
{
    setObjectName(u"welcomePage"_s);
    widgets::setBackground(this, Role::Surface);
    auto* inner = new QWidget;
    auto* row = new QHBoxLayout(inner);
    row->setContentsMargins(24, 0, 24, 24);
    row->setSpacing(64);
    row->addStretch(112);
    row->addWidget(buildLeft(), 656);
    row->addWidget(buildRight(), 432);
    row->addStretch(112);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(inner);
    scroll->setAccessibleName(tr("Start"));
    widgets::setBackground(inner, Role::Surface);
    column(this)->addWidget(scroll);

    connect(m_sample, &SampleCreator::progressed, this,
            [this](const EngineProgress& progress) { m_progress->setProgress(toProgress(progress)); });
    connect(m_sample, &SampleCreator::created, this, [this](const QString& path) {
        m_progress->hide();
        m_sampleButton->show();
        Q_EMIT sampleReady(path);
    });
    connect(m_sample, &SampleCreator::failed, this, [this](const EngineError& error) {
        m_progress->hide();
        m_sampleButton->show();
        if (!error.isStopped()) {
            showProblem(error.message, error.hint);
        }
    });
}

QWidget* WelcomePage::buildLeft()
{
    auto* left = new QWidget;
    left->setMinimumWidth(420);
    left->setMaximumWidth(760);
    auto* layout = column(left);
    layout->addSpacing(96);
    auto* title = new QHBoxLayout;
    title->setSpacing(16);
    auto* mark = new QLabel;
    setThemedPixmap(mark, u"papilio-mark"_s, 56, Role::AccentText);
    title->addWidget(mark);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addStretch(1);
    words->addWidget(new Label(u"Papilio"_s, TextStyle::Display));
    auto* motto = new Label(tr("Train, explore and explain models of many sparse molecular tasks"), TextStyle::Body, Role::TextSecondary);
    motto->setWordWrap(true);
    words->addWidget(motto);
    words->addStretch(1);
    title->addLayout(words, 1);
    layout->addLayout(title);
    layout->addSpacing(24);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    auto* create = new QPushButton(tr("New project…"));
    create->setObjectName(u"newProjectButton"_s);
    widgets::setVariant(create, Variant::Primary);
    widgets::setLarge(create);
    setThemedIcon(create, u"add"_s, Role::OnAccent);
    connect(create, &QPushButton::clicked, this, &WelcomePage::newRequested);
    auto* open = new QPushButton(tr("Open…"));
    open->setObjectName(u"openProjectButton"_s);
    widgets::setLarge(open);
    connect(open, &QPushButton::clicked, this, &WelcomePage::openRequested);
    auto* datasets = new QPushButton(tr("Data sets…"));
    datasets->setObjectName(u"datasetsButton"_s);
    datasets->setToolTip(tr("ToyMix, MoleculeNet, TDC and others: from a folder, or downloaded"));
    widgets::setLarge(datasets);
    connect(datasets, &QPushButton::clicked, this, &WelcomePage::datasetsRequested);
    buttons->addWidget(create);
    buttons->addWidget(open);
    buttons->addWidget(datasets);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    layout->addSpacing(32);

    m_message = new widgets::MessageBar;
    m_message->setObjectName(u"welcomeMessage"_s);
    m_message->hide();
    layout->addWidget(m_message);
    layout->addSpacing(8);
    addHeading(layout, tr("Recent projects"));
    m_recent = new RecentList(m_services.settings);
    connect(m_recent, &RecentList::openRequested, this, &WelcomePage::projectChosen);
    connect(m_recent, &RecentList::locateRequested, this, &WelcomePage::locateRequested);
    layout->addWidget(m_recent);
    layout->addSpacing(16);
    m_cutOff = new CutOffNotice(m_services);
    connect(m_cutOff, &CutOffNotice::goOnRequested, this, &WelcomePage::goOnRequested);
    layout->addWidget(m_cutOff);
    layout->addStretch(1);
    return left;
}

QWidget* WelcomePage::buildRight()
{
    auto* right = new QWidget;
    right->setMinimumWidth(300);
    right->setMaximumWidth(480);
    auto* layout = column(right);
    layout->addSpacing(96);
    auto* drop = new widgets::DropArea;
    drop->setObjectName(u"dropArea"_s);
    drop->setAccessibleName(tr("Drop a table, a project or a model here, or press Enter to choose files"));
    drop->setFoldersAccepted(true); // models
    drop->setTexts(tr("Drop a table, a project or a model here"), tr("CSV, TSV, SMILES, SDF or Parquet, also compressed"), tr("choose files…"));
    connect(drop, &widgets::DropArea::filesDropped, this, &WelcomePage::filesDropped);
    connect(drop, &widgets::DropArea::chooseClicked, this, &WelcomePage::chooseFilesRequested);
    connect(drop, &widgets::DropArea::refused, this, [this](const QString& reason) { showProblem(reason, {}); });
    layout->addWidget(drop);
    layout->addSpacing(32);
    layout->addWidget(buildSample());
    layout->addSpacing(32);
    layout->addWidget(buildLookup());
    layout->addStretch(1);
    return right;
}

QWidget* WelcomePage::buildSample()
{
    auto* box = new QWidget;
    auto* layout = column(box);
    addHeading(layout, tr("Start with the sample"));
    layout->addSpacing(12);
    auto* text = new Label(tr("Molecules of the NCI tables that come with RDKit, with computed labels: properties, "
                              "structural alerts and atomic charges, as several overlapping, sparse datasets. Making it "
                              "takes about a minute; nothing is downloaded."),
                           TextStyle::Body, Role::TextSecondary);
    text->setWordWrap(true);
    layout->addWidget(text);
    layout->addSpacing(12);
    m_sampleButton = new QPushButton(tr("Open sample"));
    m_sampleButton->setObjectName(u"sampleButton"_s);
    connect(m_sampleButton, &QPushButton::clicked, this, &WelcomePage::startSample);
    layout->addWidget(m_sampleButton, 0, Qt::AlignLeft);
    m_progress = new widgets::ProgressPanel;
    m_progress->setObjectName(u"sampleProgress"_s);
    m_progress->hide();
    connect(m_progress, &widgets::ProgressPanel::stopClicked, m_sample, &SampleCreator::cancel);
    layout->addWidget(m_progress);
    return box;
}

QWidget* WelcomePage::buildLookup()
{
    auto* box = new QWidget;
    auto* layout = column(box);
    addHeading(layout, tr("Or look a molecule up"));
    layout->addSpacing(12);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    auto* field = new QLineEdit;
    field->setObjectName(u"welcomeLookup"_s);
    field->setAccessibleName(tr("SMILES to look up"));
    field->setPlaceholderText(tr("Paste a SMILES"));
    widgets::setLarge(field);
    auto* go = new QPushButton(tr("Look up"));
    go->setObjectName(u"welcomeLookupButton"_s);
    widgets::setLarge(go);
    go->setEnabled(false);
    const auto ask = [this, field] {
        if (!field->text().trimmed().isEmpty()) {
            Q_EMIT lookupRequested(field->text().trimmed());
        }
    };
    connect(field, &QLineEdit::textChanged, go, [go](const QString& text) { go->setEnabled(!text.trimmed().isEmpty()); });
    connect(field, &QLineEdit::returnPressed, this, ask);
    connect(go, &QPushButton::clicked, this, ask);
    row->addWidget(field, 1);
    row->addWidget(go);
    layout->addLayout(row);
    layout->addSpacing(8);
    layout->addWidget(new Label(tr("Nothing leaves this computer."), TextStyle::Caption, Role::TextSecondary));
    return box;
}

void WelcomePage::startSample()
{
    m_sampleButton->hide();
    m_message->hide();
    m_progress->setTitle(tr("Making the sample"));
    m_progress->show();
    m_sample->create(sampleProjectPath());
}

void WelcomePage::showProblem(const QString& strong, const QString& text)
{
    m_message->showMessage(widgets::MessageBar::Kind::Error, strong, text);
}

void WelcomePage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_cutOff->look();
}

bool WelcomePage::isLoading() const
{
    return m_recent->isLoading() || m_cutOff->isLooking() || m_sample->isRunning();
}

} // namespace papilio::app
