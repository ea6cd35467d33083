// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/addmodeldialog.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QStackedWidget>

#include "app/engine/engineclient.h"
#include "app/format.h"
#include "app/listdialog.h"
#include "app/models/modelcardview.h"
#include "app/models/modellibrary.h"
#include "widgets/emptystate.h"
#include "widgets/jobpanel.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Label;
using widgets::MessageBar;
using widgets::Role;
using widgets::TextStyle;

AddModelDialog::AddModelDialog(const Services& services, const QString& path, QWidget* parent)
    : QDialog(parent), m_services(services), m_path(QDir::cleanPath(path))
{
    setObjectName(u"addModelDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    const QString file = QFileInfo(m_path).fileName();
    setWindowTitle(tr("Add %1").arg(file));
    resize(640, 640);
    widgets::setBackground(this, Role::Raised);
    m_card = new ModelCardView;
    m_card->setLicenceOpen(true);
    auto* loading = new QWidget;
    auto* waiting = new QVBoxLayout(loading);
    waiting->setContentsMargins(16, 16, 16, 16);
    waiting->addWidget(new Label(tr("Looking into %1 …").arg(file), TextStyle::Body, Role::TextSecondary));
    waiting->addWidget(new widgets::LoadingRows);
    waiting->addStretch(1);
    m_error = new widgets::EmptyState;
    m_error->setObjectName(u"addModelError"_s);
    connect(m_error, &widgets::EmptyState::clicked, this, &AddModelDialog::look);
    m_stack = new QStackedWidget;
    m_stack->addWidget(loading);
    m_stack->addWidget(verticalScroll(m_card, tr("Model")));
    m_stack->addWidget(m_error);
    m_message = new MessageBar;
    m_message->setObjectName(u"addModelMessage"_s);
    m_message->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_message);
    layout->addWidget(m_stack, 1);
    layout->addWidget(buildFoot());
    look();
}

QWidget* AddModelDialog::buildFoot()
{
    auto* foot = new widgets::Pane(Role::Raised, Qt::TopEdge);
    foot->setFixedHeight(56);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(8);
    m_progress = new widgets::ProgressPanel;
    m_progress->setObjectName(u"addModelProgress"_s);
    m_progress->setStoppable(false);
    m_progress->hide();
    m_nameLabel = new Label(tr("Name"), TextStyle::Body, Role::TextSecondary);
    m_name = new QLineEdit;
    m_name->setObjectName(u"addModelName"_s);
    m_name->setAccessibleName(tr("Name in the library"));
    m_name->setToolTip(tr("Letters, digits, '.', '_' and '-'; the command line knows the model by it"));
    m_name->setValidator(new QRegularExpressionValidator(QRegularExpression(u"[A-Za-z0-9._-]{1,64}"_s), m_name));
    m_name->setMaximumWidth(220);
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setObjectName(u"addModelCancel"_s);
    m_add = new QPushButton(tr("Add"));
    m_add->setObjectName(u"addModelStart"_s);
    m_add->setDefault(true);
    widgets::setVariant(m_add, widgets::Variant::Primary);
    row->addWidget(m_nameLabel);
    row->addWidget(m_name, 1);
    row->addWidget(m_progress, 3);
    row->addStretch(1);
    row->addWidget(m_cancel);
    row->addWidget(m_add);
    connect(m_cancel, &QPushButton::clicked, this, &AddModelDialog::reject);
    connect(m_add, &QPushButton::clicked, this, &AddModelDialog::add);
    connect(m_name, &QLineEdit::textChanged, this, [this] { m_add->setEnabled(m_request == 0 && m_looked && m_name->hasAcceptableInput()); });
    return foot;
}

void AddModelDialog::setBusy(bool busy, const QString& what)
{
    m_nameLabel->setVisible(!busy && m_looked);
    m_name->setVisible(!busy && m_looked);
    m_progress->setVisible(busy);
    m_progress->setTitle(what);
    m_progress->setProgress({});
    m_cancel->setText(busy ? tr("Stop") : tr("Cancel"));
    m_cancel->setEnabled(true);
    m_add->setVisible(m_looked);
    m_add->setEnabled(!busy && m_looked && m_name->hasAcceptableInput());
}

void AddModelDialog::look()
{
    m_stack->setCurrentIndex(0);
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) {
        m_request = 0;
        take(modelInfoFrom(result));
    };
    callbacks.failed = [this](const EngineError& error) { failed(error); };
    callbacks.progress = [this](const EngineProgress& progress) { m_progress->setProgress(toProgress(progress)); };
    m_request = m_services.engine->request(u"model.info"_s, {{u"model"_s, m_path}}, this, callbacks);
    setBusy(true, tr("Reading"));
}

void AddModelDialog::take(const ModelInfo& info)
{
    m_looked = true;
    m_name->setText(info.card.name);
    ModelInfo shown = info; // as it will be: its name is in the field below
    shown.card.name.clear();
    shown.card.added = {};
    m_card->showInfo(shown);
    m_stack->setCurrentIndex(1);
    setBusy(false);
    if (info.card.licence.isEmpty()) {
        m_message->showMessage(MessageBar::Kind::Warning, tr("No licence came with this file."),
                               tr("Ask its makers before you use it for more than a look."));
    } else {
        m_message->showMessage(MessageBar::Kind::Info, tr("Licence: %1").arg(info.card.licence),
                               tr("Read it below; it stays with the model."));
    }
    m_message->setClosable(false);
}

void AddModelDialog::add()
{
    QJsonObject params{{u"path"_s, m_path}};
    if (!m_name->text().isEmpty()) {
        params.insert(u"name"_s, m_name->text());
    }
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) {
        m_request = 0;
        const QString name = modelCardFrom(result).name;
        m_services.models->refresh();
        Q_EMIT added(name);
        accept();
    };
    callbacks.failed = [this](const EngineError& error) { failed(error); };
    callbacks.progress = [this](const EngineProgress& progress) { m_progress->setProgress(toProgress(progress)); };
    m_request = m_services.engine->request(u"model.add"_s, params, this, callbacks, EngineClient::OnCrash::Fail);
    setBusy(true, tr("Adding"));
}

void AddModelDialog::failed(const EngineError& error)
{
    m_request = 0;
    setBusy(false);
    if (error.isStopped()) {
        QDialog::reject();
    } else if (m_looked) { // the name is taken, the disk is full …
        m_message->showMessage(MessageBar::Kind::Error, error.message, error.hint);
        m_name->setFocus();
        m_name->selectAll();
    } else {
        m_error->setContent(u"error"_s, tr("%1 cannot be added").arg(QFileInfo(m_path).fileName()), error.text(), tr("Try again"),
                            widgets::EmptyState::Kind::Error);
        m_stack->setCurrentIndex(2);
    }
}

void AddModelDialog::reject()
{
    if (m_request != 0) {
        m_cancel->setEnabled(false);
        m_services.engine->cancel(m_request); // failed() follows and closes
        return;
    }
    QDialog::reject();
}

} // namespace papilio::app
