// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/modelsdialog.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>

#include "app/engine/engineclient.h"
#include "app/format.h"
#include "app/listdialog.h"
#include "app/models/addmodeldialog.h"
#include "app/models/fingerprintdialog.h"
#include "app/models/modelcardview.h"
#include "app/models/modellibrary.h"
#include "app/models/modellist.h"
#include "app/settings.h"
#include "app/shell/files.h"
#include "app/themedicon.h"
#include "app/workspace/workspace.h"
#include "widgets/emptystate.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::EmptyState;
using widgets::MessageBar;
using widgets::Role;

ModelsDialog::ModelsDialog(const Services& services, QWidget* parent) : QDialog(parent), m_services(services)
{
    setObjectName(u"modelsDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Models"));
    resize(980, 680);
    widgets::setBackground(this, Role::Raised);
    m_list = new ModelList(services);
    m_list->setFixedWidth(300);
    m_card = new ModelCardView;
    m_empty = new EmptyState(u"checkpoint"_s, tr("No model yet"),
                             tr("Models stand here that predict in Look up and give fingerprints: runs of the open project, and "
                                "published ones that you add. Add a package (.whl), a folder with weights and configuration, or a "
                                "file of weights (.safetensors, .pth, .ckpt)."),
                             tr("Add a file…"));
    m_empty->setObjectName(u"modelsEmpty"_s);
    m_empty->setPrimary(true);
    m_none = new EmptyState(u"checkpoint"_s, tr("Which model?"), tr("Choose one at the left to see what it is."), {});
    m_stack = new QStackedWidget;
    m_stack->addWidget(verticalScroll(m_card, tr("Model")));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_none);
    m_message = new MessageBar;
    m_message->setObjectName(u"modelsMessage"_s);
    m_message->hide();
    layOutListDialog(this, m_message, m_list, m_stack, buildFoot());

    connect(m_empty, &EmptyState::clicked, this, &ModelsDialog::chooseFile);
    connect(m_list, &ModelList::currentModelChanged, this, &ModelsDialog::showCurrent);
    connect(m_list, &ModelList::filesDropped, this, &ModelsDialog::addFiles);
    connect(services.models, &ModelLibrary::changed, this, &ModelsDialog::libraryChanged);
    connect(services.models, &ModelLibrary::failed, this, [this](const EngineError& error) {
        m_message->showMessage(MessageBar::Kind::Error, error.message, error.hint);
    });
    connect(services.workspace, &Workspace::changed, this, &ModelsDialog::libraryChanged);
    m_list->setFocus(Qt::OtherFocusReason);
    services.models->refresh(); // the command line may have added some
    libraryChanged();
}

QWidget* ModelsDialog::buildFoot()
{
    QHBoxLayout* row = nullptr;
    QWidget* const foot = dialogFoot(&row);
    const auto button = [row](const QString& object, const QString& text) {
        auto* made = new QPushButton(text);
        made->setObjectName(object);
        made->setAutoDefault(false);
        row->addWidget(made);
        return made;
    };
    m_add = button(u"addModel"_s, tr("Add…"));
    setThemedIcon(m_add, u"add"_s, Role::Text);
    auto* menu = new QMenu(m_add);
    menu->addAction(tr("Package or file of weights…"), this, &ModelsDialog::chooseFile);
    menu->addAction(tr("Folder…"), this, &ModelsDialog::chooseFolder);
    m_add->setMenu(menu);
    m_remove = button(u"removeModel"_s, tr("Remove…"));
    row->addStretch(1);
    m_fingerprints = button(u"exportFingerprints"_s, tr("Fingerprints…"));
    m_use = button(u"useModel"_s, tr("Use in Look up"));
    widgets::setVariant(m_use, widgets::Variant::Primary);
    auto* close = button(u"closeModels"_s, tr("Close"));
    connect(m_remove, &QPushButton::clicked, this, &ModelsDialog::confirmRemoval);
    connect(m_fingerprints, &QPushButton::clicked, this, &ModelsDialog::exportFingerprints);
    connect(m_use, &QPushButton::clicked, this, [this] {
        if (const auto* entry = m_list->current()) {
            Q_EMIT lookupRequested(entry->source);
            accept();
        }
    });
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    return foot;
}

bool ModelsDialog::isLoading() const
{
    return m_services.models->isLoading() || m_infoRequest != 0;
}

void ModelsDialog::libraryChanged()
{
    if (!m_services.models->problem().isEmpty()) {
        m_message->showMessage(MessageBar::Kind::Error, tr("The library cannot be read."), m_services.models->problem());
    }
    m_list->refill();
    if (m_wanted.isGiven() && m_list->select(m_wanted)) {
        m_wanted = {};
    }
    showCurrent();
}

void ModelsDialog::select(const ModelSource& source)
{
    m_wanted = source;
    if (m_list->select(source)) {
        m_wanted = {};
    }
}

void ModelsDialog::showCurrent()
{
    const auto* entry = m_list->current();
    m_remove->setEnabled(entry && !entry->source.model.isEmpty());
    m_remove->setToolTip(entry && entry->source.run > 0 ? tr("A run is part of its project and stays there.") : QString());
    const bool usable = entry && entry->card.parameters > 0;
    m_fingerprints->setEnabled(usable);
    m_use->setEnabled(usable);
    m_stack->setCurrentIndex(entry ? 0 : m_list->listModel()->isEmpty() ? 1 : 2);
    if (m_infoRequest) {
        m_services.engine->abandon(m_infoRequest);
        m_infoRequest = 0;
    }
    if (entry) {
        m_card->showCard(entry->card);
        if (usable) {
            askInfo(entry->source);
        }
    }
}

void ModelsDialog::askInfo(const ModelSource& source)
{
    QJsonObject params;
    source.addTo(params, m_services.workspace->path());
    EngineClient::Callbacks callbacks;
    callbacks.done = [this, source](const QJsonObject& result) {
        m_infoRequest = 0;
        ModelInfo info = modelInfoFrom(result);
        if (const auto* entry = m_list->current(); entry && entry->source == source) {
            if (source.run > 0) { // the project knows its name and day better than the weights do
                info.card.name.clear();
                info.card.title = entry->card.title;
                info.card.added = entry->card.added;
            }
            m_card->showInfo(info);
        }
    };
    callbacks.failed = [this](const EngineError& error) {
        m_infoRequest = 0;
        if (!error.isStopped()) {
            m_card->showProblem(error.text());
        }
    };
    m_infoRequest = m_services.engine->request(u"model.info"_s, params, this, callbacks);
}

void ModelsDialog::chooseFile()
{
    auto* dialog = new QFileDialog(this, tr("Add a model"), m_services.settings->lastFolder(), modelFilter());
    dialog->setObjectName(u"chooseModelDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &ModelsDialog::addFiles);
    dialog->open();
}

void ModelsDialog::chooseFolder()
{
    auto* dialog = new QFileDialog(this, tr("Add a folder with weights and configuration"), m_services.settings->lastFolder());
    dialog->setObjectName(u"chooseModelFolderDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::filesSelected, this, &ModelsDialog::addFiles);
    dialog->open();
}

void ModelsDialog::addFiles(const QStringList& paths)
{
    const bool busy = !m_toAdd.isEmpty();
    m_toAdd << paths;
    if (!paths.isEmpty()) {
        m_services.settings->setLastFolder(QFileInfo(paths.first()).path());
    }
    if (!busy) {
        addNext();
    }
}

void ModelsDialog::addNext()
{
    if (m_toAdd.isEmpty()) {
        return;
    }
    auto* dialog = new AddModelDialog(m_services, m_toAdd.first(), this);
    connect(dialog, &AddModelDialog::added, this, [this](const QString& name) { m_wanted = {name, 0}; });
    connect(dialog, &QDialog::finished, this, [this] {
        m_toAdd.removeFirst();
        addNext();
    });
    dialog->open();
}

void ModelsDialog::confirmRemoval()
{
    const auto* entry = m_list->current();
    if (!entry || entry->source.model.isEmpty()) {
        return;
    }
    auto* question = new QMessageBox(QMessageBox::Question, tr("Remove a model"),
                                     tr("Remove %1 from the library?").arg(entry->card.titleOrName()), QMessageBox::Cancel, this);
    question->setObjectName(u"removeModelQuestion"_s);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setInformativeText(tr("Its file in the library is deleted. What it was added from stays where it is."));
    QPushButton* remove = question->addButton(tr("Remove"), QMessageBox::AcceptRole);
    remove->setObjectName(u"removeModelYes"_s);
    connect(remove, &QPushButton::clicked, this, [this, name = entry->source.model] { m_services.models->remove(name); });
    question->open();
}

void ModelsDialog::exportFingerprints()
{
    if (const auto* entry = m_list->current()) {
        auto* dialog = new FingerprintDialog(m_services, entry->source, entry->card.titleOrName(), this);
        connect(dialog, &FingerprintDialog::written, this, [this](const QString& strong, const QString& text) {
            m_message->showMessage(MessageBar::Kind::Success, strong, text);
        });
        dialog->open();
    }
}

} // namespace papilio::app
