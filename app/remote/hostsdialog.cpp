// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/remote/hostsdialog.h"

#include <algorithm>
#include <utility>

#include <QCheckBox>
#include <QGridLayout>
#include <QJsonArray>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>

#include "app/engine/engineclient.h"
#include "app/listdialog.h"
#include "app/paddeddelegate.h"
#include "app/themedicon.h"
#include "widgets/emptystate.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Label;
using widgets::MessageBar;
using widgets::Role;
using widgets::TextStyle;

namespace
{

constexpr int listPadding = 12; // as in the other lists beside a card
constexpr int rowHeight = 34;

QString checkTitle(const QString& check)
{
    const std::pair<QString, QString> titles[] = {
        {u"connection"_s, HostsDialog::tr("Connection")}, {u"tools"_s, HostsDialog::tr("Tools")},
        {u"engine"_s, HostsDialog::tr("Engine")},         {u"version"_s, HostsDialog::tr("Version")},
        {u"devices"_s, HostsDialog::tr("Devices")},       {u"folder"_s, HostsDialog::tr("Folder")},
        {u"launch"_s, HostsDialog::tr("Launch prefix")}};
    for (const auto& [name, title] : titles) {
        if (name == check) {
            return title;
        }
    }
    return check;
}

} // namespace

HostsDialog::HostsDialog(const Services& services, QWidget* parent) : QDialog(parent), m_services(services)
{
    setObjectName(u"hostsDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Hosts"));
    resize(860, 600);
    widgets::setBackground(this, Role::Raised);
    m_list = new QListWidget;
    m_list->setObjectName(u"hostList"_s);
    m_list->setAccessibleName(tr("Hosts"));
    m_list->setItemDelegate(new PaddedDelegate(m_list, listPadding));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFixedWidth(220);
    m_empty = new widgets::EmptyState(u"runs"_s, tr("No host yet"),
                                      tr("Another computer that trains runs for this one: it is reached through ssh without a password, and "
                                         "has Papilio installed. Nothing else runs there."),
                                      tr("Add a host…"));
    m_empty->setObjectName(u"hostsEmpty"_s);
    m_empty->setPrimary(true);
    m_stack = new QStackedWidget;
    m_stack->addWidget(buildForm());
    m_stack->addWidget(m_empty);
    m_message = new MessageBar;
    m_message->setObjectName(u"hostsMessage"_s);
    m_message->hide();
    layOutListDialog(this, m_message, m_list, m_stack, buildFoot());

    connect(m_empty, &widgets::EmptyState::clicked, this, &HostsDialog::addHost);
    connect(m_list, &QListWidget::currentRowChanged, this, &HostsDialog::currentChanged);
    connect(services.hosts, &Hosts::changed, this, &HostsDialog::fill);
    connect(services.hosts, &Hosts::saved, this, [this](const QString& name, const QString& former) {
        m_message->hide();
        if (!name.isEmpty() && name == m_sent.name && former == m_current) { // still the one that is shown
            m_isNew = false;
            m_current = name;
            m_shown = m_sent;
        }
    });
    connect(services.hosts, &Hosts::failed, this,
            [this](const EngineError& error) { m_message->showMessage(MessageBar::Kind::Error, error.message, error.hint); });
    fill();
    services.hosts->refresh(); // the command line may have added some
}

QLineEdit* HostsDialog::addLine(QGridLayout* grid, const QString& object, const QString& title, const QString& example, const QString& meaning)
{
    const int row = grid->rowCount();
    auto* edit = new QLineEdit;
    edit->setObjectName(object);
    edit->setAccessibleName(title);
    edit->setPlaceholderText(example);
    edit->setToolTip(meaning);
    grid->addWidget(new Label(title, TextStyle::Body, Role::TextSecondary), row, 0);
    grid->addWidget(edit, row, 1);
    connect(edit, &QLineEdit::textEdited, this, [this] { formEdited(); });
    return edit;
}

QWidget* HostsDialog::buildForm()
{
    auto* form = new QWidget;
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(16);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    m_name = addLine(grid, u"hostName"_s, tr("Name"), tr("as you call it"), tr("The name by which you choose this host"));
    m_destination = addLine(grid, u"hostDestination"_s, tr("Destination"), u"user@host"_s,
                            tr("user@host, or a name of your ~/.ssh/config; ssh must get in without a password"));
    m_sshArguments = addLine(grid, u"hostSshArguments"_s, tr("ssh arguments"), tr("none, or for example -p 2222"),
                             tr("Further arguments of ssh; blanks part words, quotation marks keep them together"));
    m_engine = addLine(grid, u"hostEngine"_s, tr("Engine there"), u"papilio-engine"_s,
                       tr("How papilio-engine is called there; the full path if it is not found"));
    m_folder = addLine(grid, u"hostFolder"_s, tr("Folder there"), u"papilio-runs"_s,
                       tr("Where runs are kept there; relative to the home folder, or absolute. It is made if it is absent"));
    m_launch = addLine(grid, u"hostLaunch"_s, tr("Launch prefix"), tr("none, or for example srun --gres=gpu:1"),
                       tr("Words before the engine's command, such as srun or torchrun with their options"));
    m_keepFiles = new QCheckBox(tr("Keep a run's files there after it is finished and fetched"));
    m_keepFiles->setObjectName(u"hostKeepFiles"_s);
    connect(m_keepFiles, &QCheckBox::clicked, this, [this] { formEdited(); });
    grid->addWidget(m_keepFiles, grid->rowCount(), 1);
    column->addLayout(grid);
    column->addWidget(new widgets::Hairline);
    m_testing = new Label({}, TextStyle::Body, Role::TextSecondary);
    m_testing->setObjectName(u"hostTesting"_s);
    m_testing->setWordWrap(true);
    column->addWidget(m_testing);
    m_checks = new QGridLayout;
    m_checks->setHorizontalSpacing(12);
    m_checks->setVerticalSpacing(8);
    m_checks->setColumnStretch(2, 1);
    column->addLayout(m_checks);
    column->addStretch(1);
    widgets::setBackground(form, Role::Raised);
    return verticalScroll(form, tr("Host"));
}

QWidget* HostsDialog::buildFoot()
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
    auto* add = button(u"addHost"_s, tr("Add…"));
    setThemedIcon(add, u"add"_s, Role::Text);
    m_remove = button(u"removeHost"_s, tr("Remove"));
    row->addStretch(1);
    m_test = button(u"testHost"_s, tr("Test"));
    m_save = button(u"saveHost"_s, tr("Save"));
    widgets::setVariant(m_save, widgets::Variant::Primary);
    auto* close = button(u"closeHosts"_s, tr("Close"));
    connect(add, &QPushButton::clicked, this, &HostsDialog::addHost);
    connect(m_remove, &QPushButton::clicked, this, &HostsDialog::removeHost);
    connect(m_test, &QPushButton::clicked, this, &HostsDialog::test);
    connect(m_save, &QPushButton::clicked, this, &HostsDialog::save);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(this, &QDialog::finished, this, [this] {
        if (m_request != 0) {
            m_services.engine->cancel(m_request);
        }
    });
    return foot;
}

bool HostsDialog::isLoading() const
{
    return m_services.hosts->isLoading() || m_request != 0;
}

void HostsDialog::select(const QString& name)
{
    m_wanted = name;
    fill();
}

void HostsDialog::fill()
{
    const auto& hosts = m_services.hosts->all();
    const QString problem = tr("The list of hosts cannot be read.");
    if (!m_services.hosts->problem().isEmpty()) {
        m_message->showMessage(MessageBar::Kind::Error, problem, m_services.hosts->problem());
    } else if (m_message->strongText() == problem) {
        m_message->hide();
    }
    const QString wanted = m_wanted.isEmpty() ? m_current : m_wanted;
    int row = hosts.empty() || m_isNew ? -1 : 0;
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const Host& host : hosts) {
            m_list->addItem(host.name);
            m_list->item(m_list->count() - 1)->setSizeHint({0, rowHeight});
            if (!m_isNew && host.name == wanted) {
                row = m_list->count() - 1;
            }
        }
        m_list->setCurrentRow(row);
    }
    currentChanged();
}

void HostsDialog::currentChanged()
{
    const auto& hosts = m_services.hosts->all();
    const int row = m_list->currentRow();
    if (row < 0 || row >= static_cast<int>(hosts.size())) {
        m_stack->setCurrentIndex(m_isNew ? 0 : 1);
        m_current.clear();
        updateButtons();
        return;
    }
    m_isNew = false;
    const Host& host = hosts[static_cast<std::size_t>(row)];
    if (host.name != m_current || edited() == m_shown) { // else something is typed that is not kept yet
        showHost(host);
    }
    m_current = host.name;
    m_wanted.clear();
    m_stack->setCurrentIndex(0);
    updateButtons();
}

void HostsDialog::showHost(const Host& host)
{
    if (edited() != host) {
        clearReport(); // of another one
    }
    m_name->setText(host.name);
    m_destination->setText(host.destination);
    m_sshArguments->setText(host.sshArguments);
    m_engine->setText(host.engine);
    m_folder->setText(host.folder);
    m_launch->setText(host.launch);
    m_keepFiles->setChecked(host.keepFiles);
    m_shown = edited();
}

Host HostsDialog::edited() const
{
    Host host;
    host.name = m_name->text().trimmed();
    host.destination = m_destination->text().trimmed();
    host.sshArguments = m_sshArguments->text().trimmed();
    host.engine = m_engine->text().trimmed();
    host.folder = m_folder->text().trimmed();
    host.launch = m_launch->text().trimmed();
    host.keepFiles = m_keepFiles->isChecked();
    return host;
}

void HostsDialog::formEdited()
{
    m_message->hide();
    clearReport();
    updateButtons();
}

void HostsDialog::updateButtons()
{
    const bool shown = m_stack->currentIndex() == 0;
    const Host host = edited();
    const bool complete = shown && !host.name.isEmpty() && !host.destination.isEmpty();
    const auto& hosts = m_services.hosts->all();
    const bool kept = !m_isNew && std::find(hosts.begin(), hosts.end(), host) != hosts.end();
    m_save->setEnabled(complete && !kept);
    m_test->setEnabled(complete || m_request != 0);
    m_test->setText(m_request != 0 ? tr("Stop") : tr("Test"));
    m_remove->setEnabled(shown && !m_isNew);
    if (m_testing->text().isEmpty() && m_request == 0) {
        m_testing->setText(tr("A test looks at the connection, the engine and its version, the devices, and the room in the folder."));
    }
}

void HostsDialog::addHost()
{
    m_isNew = true;
    m_current.clear();
    m_wanted.clear();
    m_sent = {};
    {
        const QSignalBlocker quiet(m_list);
        m_list->setCurrentRow(-1);
    }
    m_stack->setCurrentIndex(0);
    showHost({});
    m_name->setFocus(Qt::OtherFocusReason);
    updateButtons();
}

void HostsDialog::removeHost()
{
    m_services.hosts->remove(m_current); // runs keep its name; added again, they are found again
}

void HostsDialog::save()
{
    m_sent = edited();
    m_services.hosts->save(m_sent, m_isNew ? QString() : m_current);
}

void HostsDialog::test()
{
    if (m_request != 0) {
        m_services.engine->cancel(m_request);
        return;
    }
    clearReport();
    m_testing->setText(tr("Testing %1 …").arg(edited().name));
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) {
        m_request = 0;
        takeReport(result);
        updateButtons();
    };
    callbacks.failed = [this](const EngineError& error) {
        m_request = 0;
        m_testing->setText(error.text());
        updateButtons();
    };
    m_request = m_services.engine->request(u"remote.test"_s, {{u"host"_s, edited().toJson()}}, this, callbacks);
    updateButtons();
}

void HostsDialog::takeReport(const QJsonObject& report)
{
    clearReport();
    m_testing->setText(report["ok"_L1].toBool() ? tr("Runs can be sent there.") : tr("Runs cannot be sent there as it is."));
    for (const QJsonValue& value : report["checks"_L1].toArray()) {
        const QJsonObject check = value.toObject();
        addCheck(check["check"_L1].toString(), check["ok"_L1].toBool(), check["text"_L1].toString(), check["hint"_L1].toString());
    }
}

void HostsDialog::clearReport()
{
    if (m_request != 0) { // its report would be shown under another host
        m_services.engine->abandon(std::exchange(m_request, 0));
    }
    m_testing->setText({});
    while (QLayoutItem* item = m_checks->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void HostsDialog::addCheck(const QString& check, bool good, const QString& text, const QString& hint)
{
    const int row = m_checks->rowCount();
    auto* mark = new Label(good ? u"✓"_s : u"✕"_s, TextStyle::BodyStrong, good ? Role::Success : Role::Error);
    mark->setAccessibleName(good ? tr("in order") : tr("not in order"));
    auto* told = new Label(hint.isEmpty() ? text : text + u'\n' + hint);
    told->setObjectName(u"check-"_s + check);
    told->setWordWrap(true);
    told->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_checks->addWidget(mark, row, 0, Qt::AlignTop);
    m_checks->addWidget(new Label(checkTitle(check), TextStyle::Body, Role::TextSecondary), row, 1, Qt::AlignTop);
    m_checks->addWidget(told, row, 2);
}

} // namespace papilio::app
