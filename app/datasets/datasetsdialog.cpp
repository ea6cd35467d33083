// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/datasets/datasetsdialog.h"

#include <algorithm>

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>

#include "app/datasets/datasetcardview.h"
#include "app/datasets/datasetlist.h"
#include "app/engine/engineclient.h"
#include "app/format.h"
#include "app/listdialog.h"
#include "app/settings.h"
#include "app/shell/files.h"
#include "app/workspace/workspace.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/jobpanel.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::MessageBar;
using widgets::Role;

DatasetsDialog::DatasetsDialog(const Services& services, QWidget* parent) : QDialog(parent), m_services(services)
{
    setObjectName(u"datasetsDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Data sets"));
    resize(1000, 700);
    widgets::setBackground(this, Role::Raised);
    m_filter = new QLineEdit;
    m_filter->setObjectName(u"datasetFilter"_s);
    m_filter->setAccessibleName(tr("Search the data sets"));
    m_filter->setPlaceholderText(tr("Search"));
    m_filter->setClearButtonEnabled(true);
    m_list = new DatasetList;
    auto* left = new QWidget;
    left->setFixedWidth(300);
    auto* leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(0);
    auto* field = new QHBoxLayout;
    field->setContentsMargins(12, 12, 12, 8);
    field->addWidget(m_filter);
    leftLayout->addLayout(field);
    leftLayout->addWidget(m_list, 1);
    m_card = new DatasetCardView;
    m_error = new widgets::EmptyState;
    m_error->setObjectName(u"datasetsEmpty"_s);
    auto* loading = new QWidget;
    auto* waiting = new QVBoxLayout(loading);
    waiting->setContentsMargins(16, 16, 16, 16);
    waiting->addWidget(new widgets::LoadingRows);
    waiting->addStretch(1);
    m_stack = new QStackedWidget;
    m_stack->addWidget(loading);
    m_stack->addWidget(verticalScroll(m_card, tr("Data set")));
    m_stack->addWidget(m_error);
    m_message = new MessageBar;
    m_message->setObjectName(u"datasetsMessage"_s);
    m_message->hide();
    layOutListDialog(this, m_message, left, m_stack, buildFoot());
    connect(m_filter, &QLineEdit::textChanged, m_list, &DatasetList::setFilter);
    connect(m_list, &DatasetList::currentCardChanged, this, &DatasetsDialog::showCurrent);
    connect(m_error, &widgets::EmptyState::clicked, this, &DatasetsDialog::ask);
    ask();
    m_filter->setFocus(Qt::OtherFocusReason);
}

QWidget* DatasetsDialog::buildFoot()
{
    QHBoxLayout* row = nullptr;
    QWidget* const foot = dialogFoot(&row);
    m_folder = new QPushButton(tr("From a folder…"));
    m_folder->setObjectName(u"datasetFromFolder"_s);
    m_folder->setToolTip(tr("The files are on this computer already, under the names that they were published with"));
    m_progress = new widgets::ProgressPanel;
    m_progress->setObjectName(u"datasetProgress"_s);
    m_progress->setStoppable(false); // the button beside it does
    m_progress->hide();
    m_get = new QPushButton;
    m_get->setObjectName(u"datasetGet"_s);
    widgets::setVariant(m_get, widgets::Variant::Primary);
    m_close = new QPushButton(tr("Close"));
    m_close->setObjectName(u"datasetsClose"_s);
    for (QPushButton* button : {m_folder, m_get, m_close}) {
        button->setAutoDefault(false);
    }
    row->addWidget(m_folder);
    row->addWidget(m_progress, 4);
    row->addStretch(1);
    row->addWidget(m_get);
    row->addWidget(m_close);
    connect(m_folder, &QPushButton::clicked, this, &DatasetsDialog::chooseFolder);
    connect(m_get, &QPushButton::clicked, this, &DatasetsDialog::download);
    connect(m_close, &QPushButton::clicked, this, &DatasetsDialog::reject);
    return foot;
}

void DatasetsDialog::ask()
{
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) {
        m_listing = 0;
        m_listError.clear();
        m_list->setCards(datasetCardsFrom(result));
        if (!m_wanted.isEmpty()) {
            m_list->select(m_wanted);
        }
    };
    callbacks.failed = [this](const EngineError& error) {
        m_listing = 0;
        m_listError = error.text();
        if (m_list->listModel()->isEmpty()) {
            showCurrent();
        }
    };
    m_listError.clear();
    m_listing = m_services.engine->request(u"data.list"_s, {}, this, callbacks);
    if (m_list->listModel()->isEmpty()) {
        showCurrent();
    }
}

void DatasetsDialog::select(const QString& name)
{
    m_wanted = name;
    m_list->select(name);
}

void DatasetsDialog::showCurrent()
{
    const DatasetCard* card = m_list->current();
    if (!card) {
        if (!m_listError.isEmpty()) {
            m_error->setContent(u"error"_s, tr("The data sets cannot be listed"), m_listError, tr("Try again"),
                                widgets::EmptyState::Kind::Error);
        } else {
            m_error->setContent(u"search"_s, tr("No data set fits"), tr("Other words find others: a name, an assay, a collection."),
                                {}, widgets::EmptyState::Kind::Empty);
        }
        const bool loading = m_listing != 0 || (m_list->listModel()->isEmpty() && m_listError.isEmpty());
        m_stack->setCurrentIndex(loading ? 0 : 2);
    } else {
        QStringList titles;
        for (const QString& member : card->members) {
            const DatasetCard* one = m_list->listModel()->byName(member);
            titles << (one ? one->title : member);
        }
        m_card->showCard(*card, titles);
        m_card->showNews(card->name == m_newsOf ? m_news : QStringList());
        m_stack->setCurrentIndex(1);
    }
    setBusy(m_request != 0);
}

void DatasetsDialog::setBusy(bool busy, const QString& what)
{
    const DatasetCard* card = m_list->current();
    m_progress->setVisible(busy);
    if (!what.isEmpty()) {
        m_progress->setTitle(what);
        m_progress->setProgress({});
    }
    m_folder->setVisible(!busy);
    m_folder->setEnabled(card && card->obstacle.isEmpty());
    m_get->setVisible(!busy);
    m_get->setEnabled(card && card->isDownloadable());
    m_get->setToolTip(card && !card->isDownloadable() ? card->how : QString());
    m_get->setText(!card                                      ? tr("Download and import")
                   : card->state == DatasetCard::State::Here  ? tr("Import")
                   : card->obstacle.isEmpty()                 ? tr("Download and import")
                                                              : tr("Download"));
    m_list->setEnabled(!busy);
    m_filter->setEnabled(!busy);
    m_close->setText(busy ? tr("Stop") : tr("Close"));
    m_close->setEnabled(true);
}

void DatasetsDialog::chooseFolder()
{
    auto* dialog = new QFileDialog(this, tr("The folder with the files"), m_services.settings->lastFolder());
    dialog->setObjectName(u"datasetFolderDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &DatasetsDialog::takeFolder);
    dialog->open();
}

void DatasetsDialog::takeFolder(const QString& folder)
{
    const DatasetCard* current = m_list->current();
    if (!current || m_request != 0) {
        return;
    }
    m_services.settings->setLastFolder(folder);
    const DatasetCard card = *current;
    withProject(card, [this, card, folder](const QString& project) { get(card, project, folder); });
}

void DatasetsDialog::download()
{
    const DatasetCard* current = m_list->current();
    if (!current || m_request != 0) {
        return;
    }
    const DatasetCard card = *current;
    withProject(card, [this, card](const QString& project) { get(card, project, {}); });
}

void DatasetsDialog::withProject(const DatasetCard& card, const std::function<void(const QString& project)>& then)
{
    if (card.model || !card.obstacle.isEmpty()) {
        then({});
        return;
    }
    if (m_services.workspace->isOpen()) {
        then(m_services.workspace->path());
        return;
    }
    auto* dialog = new QFileDialog(this, tr("New project for %1").arg(card.title),
                                   m_services.settings->lastFolder() + u'/' + card.name + u".papilio"_s, projectFilter());
    dialog->setObjectName(u"datasetProjectDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"papilio"_s);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // one that is there gets the set in addition
    connect(dialog, &QFileDialog::fileSelected, this, [then](const QString& path) { then(withProjectSuffix(path)); });
    dialog->open();
}

void DatasetsDialog::get(const DatasetCard& card, const QString& project, const QString& folder)
{
    QJsonObject params{{u"name"_s, card.name}};
    if (!project.isEmpty()) {
        params.insert(u"project"_s, project);
    }
    if (!folder.isEmpty()) {
        params.insert(u"from"_s, folder);
    }
    EngineClient::Callbacks callbacks;
    callbacks.done = [this, project](const QJsonObject& result) {
        m_request = 0;
        take(project, datasetOutcomesFrom(result));
    };
    callbacks.failed = [this](const EngineError& error) { failed(error); };
    callbacks.progress = [this](const EngineProgress& progress) { m_progress->setProgress(toProgress(progress)); };
    m_message->hide();
    m_request = m_services.engine->request(u"data.get"_s, params, this, callbacks, EngineClient::OnCrash::Fail);
    setBusy(true, folder.isEmpty() ? tr("Fetching %1").arg(card.title) : tr("Looking for %1").arg(card.title));
}

void DatasetsDialog::take(const QString& project, const std::vector<DatasetOutcome>& outcomes)
{
    std::vector<ImportReply> reports;
    QStringList news, done;
    for (const DatasetOutcome& outcome : outcomes) {
        QStringList parts;
        if (outcome.imported) {
            reports.push_back(outcome.report);
            done << outcome.title;
            parts << tr("%1, %2 used").arg(countedText(outcome.report.rows, tr("row"), tr("rows")), widgets::formatCount(outcome.report.used));
        }
        if (outcome.split > 0) {
            parts << tr("split %1: %2").arg(QString::number(outcome.split), outcome.splitText);
        }
        if (!outcome.model.isEmpty()) {
            parts << tr("added to the models as %1").arg(outcome.model);
            done << outcome.title;
            Q_EMIT modelAdded(outcome.model);
        }
        if (!parts.isEmpty()) {
            news << outcome.title + u": "_s + widgets::joinedByDot(parts);
        }
        for (const QString& note : outcome.notes) {
            news << outcome.title + u": "_s + note;
        }
    }
    m_wanted = m_newsOf = m_list->current() ? m_list->current()->name : QString();
    m_news = news;
    setBusy(false);
    m_card->showNews(news);
    ask(); // its files may be here now
    const bool warned = std::any_of(outcomes.begin(), outcomes.end(), [](const auto& o) { return !o.found || !o.missing.isEmpty(); });
    m_message->showMessage(warned ? MessageBar::Kind::Warning : MessageBar::Kind::Success,
                           done.isEmpty()    ? tr("Fetched")
                           : reports.empty() ? tr("Added to the models: %1").arg(done.join(u", "_s))
                                             : tr("Imported: %1").arg(done.join(u", "_s)),
                           warned ? tr("Not all of it was found; see below.") : QString());
    if (!reports.empty()) {
        Q_EMIT imported(project, reports);
    }
}

void DatasetsDialog::failed(const EngineError& error)
{
    m_request = 0;
    setBusy(false);
    if (error.isStopped()) {
        m_message->showMessage(MessageBar::Kind::Info, error.message, error.hint);
    } else {
        m_message->showMessage(MessageBar::Kind::Error, error.message, error.hint);
    }
}

void DatasetsDialog::reject()
{
    if (m_request != 0) {
        m_close->setEnabled(false);
        m_services.engine->cancel(m_request); // failed() follows
        return;
    }
    QDialog::reject();
}

} // namespace papilio::app
