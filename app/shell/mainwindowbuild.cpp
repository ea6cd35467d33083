// SPDX-License-Identifier: GPL-3.0-or-later
// The window's parts, how they are connected, and its file dialogs.
#include <QFileDialog>
#include <QFileInfo>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "app/data/datapage.h"
#include "app/engine/engineclient.h"
#include "app/engine/trainsession.h"
#include "app/format.h"
#include "app/import/importdialog.h"
#include "app/lookup/lookuppage.h"
#include "app/settings.h"
#include "app/shell/files.h"
#include "app/shell/headerbar.h"
#include "app/shell/helpdialog.h"
#include "app/shell/jobcontroller.h"
#include "app/shell/mainmenu.h"
#include "app/shell/mainwindow.h"
#include "app/shell/rail.h"
#include "app/shell/statusstrip.h"
#include "app/train/trainpage.h"
#include "app/welcome/welcomepage.h"
#include "app/workspace/workspace.h"
#include "widgets/format.h"
#include "widgets/messagebar.h"
#include "widgets/theme.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::formatCount;

namespace
{

QString newProjectPath(const QString& folder)
{
    return folder + u"/project.papilio"_s;
}

} // namespace

void MainWindow::build()
{
    m_menu = new MainMenu(this);
    m_header = new HeaderBar(m_menu);
    m_rail = new Rail;
    m_status = new StatusStrip;
    m_message = new widgets::MessageBar;
    m_message->setObjectName(u"windowMessage"_s);
    m_message->hide();
    m_welcome = new WelcomePage(m_services);
    m_data = new DataPage(m_services);
    m_train = new TrainPage(m_services);
    m_lookup = new LookupPage(m_services);
    m_pages = new QStackedWidget;
    for (QWidget* page : {static_cast<QWidget*>(m_welcome), static_cast<QWidget*>(m_data), static_cast<QWidget*>(m_train),
                          static_cast<QWidget*>(m_lookup)}) {
        m_pages->addWidget(page);
    }
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_message);
    right->addWidget(m_pages, 1);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_rail);
    middle->addLayout(right, 1);
    auto* centre = new QWidget;
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(middle, 1);
    layout->addWidget(m_status);
    setMenuWidget(m_header);
    setCentralWidget(centre);
    auto* jobs = new JobController(m_services, m_header->jobPanel(), this);
    connect(jobs, &JobController::clicked, this, [this] {
        if (m_services.workspace->isOpen()) {
            showPage(Rail::Train);
        }
    });
}

void MainWindow::connectMenu()
{
    connect(m_menu, &MainMenu::newProject, this, &MainWindow::newProject);
    connect(m_menu, &MainMenu::openProject, this, &MainWindow::chooseProject);
    connect(m_menu, &MainMenu::importFiles, this, &MainWindow::chooseTables);
    connect(m_menu, &MainMenu::datasets, this, [this] { showDatasets(); });
    connect(m_menu, &MainMenu::closeProject, m_services.workspace, &Workspace::close);
    connect(m_menu, &MainMenu::themeChosen, this, &MainWindow::applyTheme);
    connect(m_menu, &MainMenu::models, this, [this] { showModels(); });
    connect(m_menu, &MainMenu::manual, this, [this] { showManual(this); });
    connect(m_menu, &MainMenu::keys, this, [this] { showKeys(this); });
    connect(m_menu, &MainMenu::about, this, [this] { showAbout(this); });
    connect(m_menu, &MainMenu::quit, this, &QWidget::close);
    connect(m_header, &HeaderBar::searched, this, &MainWindow::lookUp);
    connect(m_rail, &Rail::chosen, this, &MainWindow::showPage);
}

void MainWindow::connectPages()
{
    connect(m_welcome, &WelcomePage::newRequested, this, &MainWindow::newProject);
    connect(m_welcome, &WelcomePage::openRequested, this, &MainWindow::chooseProject);
    connect(m_welcome, &WelcomePage::projectChosen, this, &MainWindow::openProject);
    connect(m_welcome, &WelcomePage::sampleReady, this, &MainWindow::openProject);
    connect(m_welcome, &WelcomePage::locateRequested, this, &MainWindow::locateProject);
    connect(m_welcome, &WelcomePage::goOnRequested, this, [this](const QString& path, qint64 run) {
        m_pendingRun = run;
        openProject(path);
    });
    connect(m_welcome, &WelcomePage::filesDropped, this, &MainWindow::takeFiles);
    connect(m_welcome, &WelcomePage::lookupRequested, this, &MainWindow::lookUp);
    connect(m_welcome, &WelcomePage::chooseFilesRequested, this, &MainWindow::chooseTables);
    connect(m_welcome, &WelcomePage::datasetsRequested, this, [this] { showDatasets(); });
    connect(m_data, &DataPage::importRequested, this, &MainWindow::chooseTables);
    connect(m_data, &DataPage::lookupRequested, this, &MainWindow::lookUp);
    connect(m_train, &TrainPage::importRequested, this, &MainWindow::chooseTables);
    connect(m_lookup, &LookupPage::modelsRequested, this, [this] { showModels(); });
    for (Page* page : {static_cast<Page*>(m_data), static_cast<Page*>(m_train), static_cast<Page*>(m_lookup)}) {
        connect(page, &Page::selectionTextChanged, this, &MainWindow::updateStatus);
    }
}

void MainWindow::connectServices()
{
    Workspace* workspace = m_services.workspace;
    connect(workspace, &Workspace::opened, this, &MainWindow::projectOpened);
    connect(workspace, &Workspace::closed, this, &MainWindow::projectClosed);
    connect(workspace, &Workspace::changed, this, &MainWindow::projectChanged);
    connect(workspace, &Workspace::openFailed, this, [this](const QString& path, const QString& message) {
        m_opening = false;
        m_pendingRun = 0;
        projectClosed();
        showProblem(tr("%1 cannot be opened.").arg(QFileInfo(path).fileName()), message);
    });
    connect(m_services.engine, &EngineClient::crashed, this, [this](const QString& message) {
        m_message->showMessage(widgets::MessageBar::Kind::Warning, message);
    });
    connect(workspace, &Workspace::closed, m_message, &QWidget::hide);
}

void MainWindow::addShortcuts()
{
    for (int entry = 0; entry < Rail::EntryCount; ++entry) {
        auto* shortcut = new QShortcut(QKeySequence(QKeyCombination(Qt::CTRL, Qt::Key(Qt::Key_1 + entry))), this);
        connect(shortcut, &QShortcut::activated, this, [this, entry] {
            if (m_services.workspace->isOpen() || entry == Rail::LookUp) {
                showPage(entry);
            }
        });
    }
    auto* search = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_K), this);
    connect(search, &QShortcut::activated, m_header, &HeaderBar::focusSearch);
    auto* menu = new QShortcut(QKeySequence(Qt::Key_F10), this);
    connect(menu, &QShortcut::activated, m_header, &HeaderBar::showMenu);
}

void MainWindow::newProject()
{
    auto* dialog = new QFileDialog(this, tr("New project"), newProjectPath(m_services.settings->lastFolder()), projectFilter());
    dialog->setObjectName(u"newProjectDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"papilio"_s);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // the engine never overwrites a project; it says so
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) { createAndOpen(withProjectSuffix(path)); });
    dialog->open();
}

void MainWindow::createAndOpen(const QString& path)
{
    m_services.settings->setLastFolder(QFileInfo(path).path());
    EngineClient::Callbacks callbacks;
    callbacks.done = [this, path](const QJsonObject&) { openProject(path); };
    callbacks.failed = [this](const EngineError& error) { showProblem(error.message, error.hint); };
    m_services.engine->request(u"project.create"_s, {{u"path"_s, path}}, this, callbacks, EngineClient::OnCrash::Fail);
}

void MainWindow::chooseProject()
{
    auto* dialog = new QFileDialog(this, tr("Open a project"), m_services.settings->lastFolder(), projectFilter());
    dialog->setObjectName(u"openProjectDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_services.settings->setLastFolder(QFileInfo(path).path());
        openProject(path);
    });
    dialog->open();
}

void MainWindow::locateProject(const QString& path)
{
    auto* dialog = new QFileDialog(this, tr("Where is %1 now?").arg(QFileInfo(path).fileName()), m_services.settings->lastFolder(),
                                   projectFilter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this, path](const QString& found) {
        m_services.settings->removeRecent(path);
        openProject(found);
    });
    dialog->open();
}

void MainWindow::chooseTables()
{
    auto* dialog = new QFileDialog(this, tr("Tables to import"), m_services.settings->lastFolder(), tableFilter());
    dialog->setObjectName(u"chooseTablesDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& files) {
        m_services.settings->setLastFolder(QFileInfo(files.first()).path());
        takeFiles(files);
    });
    dialog->open();
}

void MainWindow::importTables(const QStringList& files)
{
    const QFileInfo first(files.first());
    const bool open = m_services.workspace->isOpen();
    const QString project = open ? m_services.workspace->path() : first.path() + u'/' + first.baseName() + u".papilio"_s;
    auto* dialog = new ImportDialog(m_services, files, project, open, this);
    connect(dialog, &ImportDialog::imported, this, &MainWindow::imported);
    connect(dialog, &QDialog::finished, m_services.workspace, &Workspace::refresh); // a stopped import left its part
    dialog->open();
}

void MainWindow::imported(const QString& project, const std::vector<ImportReply>& reports)
{
    ImportReply sum;
    QStringList names;
    for (const ImportReply& report : reports) {
        names << report.dataset;
        sum.rows += report.rows;
        sum.used += report.used;
        sum.merged += report.merged;
        sum.repaired += report.repaired;
        sum.rejected += report.rejected;
        sum.leftOut += report.leftOut;
        sum.conflictingRows += report.conflictingRows;
        sum.seconds += report.seconds;
    }
    QStringList parts{tr("%1 used").arg(formatCount(sum.used)), tr("%1 merged").arg(formatCount(sum.merged)),
                      tr("%1 repaired").arg(formatCount(sum.repaired)), tr("%1 rejected").arg(formatCount(sum.rejected))};
    if (sum.leftOut > 0) {
        parts << tr("%1 left out as asked").arg(formatCount(sum.leftOut));
    }
    if (sum.conflictingRows > 0) {
        parts << tr("%1 with a label that contradicts an earlier one").arg(formatCount(sum.conflictingRows));
    }
    parts << widgets::formatDuration(sum.seconds);
    const auto kind = sum.rejected > 0 ? widgets::MessageBar::Kind::Warning : widgets::MessageBar::Kind::Success;
    const QString strong = tr("%1 imported: %2").arg(names.join(u", "_s), countedText(sum.rows, tr("row"), tr("rows")));
    const QString text = widgets::joinedByDot(parts);
    const QStringList actions = sum.rejected > 0 ? QStringList{tr("Show rows")} : QStringList();
    const auto tell = [this, kind, strong, text, actions] { m_data->showMessage(static_cast<int>(kind), strong, text, actions); };
    // Told after the next reading of the project, which also sets the page's own banner.
    connect(m_services.workspace, &Workspace::changed, this, tell, Qt::SingleShotConnection);
    if (m_services.workspace->isOpen()) {
        m_services.workspace->refresh();
        showPage(Rail::Data);
    } else {
        openProject(project);
    }
}

void MainWindow::applyTheme(const QString& theme)
{
    using widgets::Appearance;
    m_services.settings->setTheme(theme);
    m_menu->setTheme(theme);
    widgets::Theme::current().setAppearance(theme == "dark"_L1    ? Appearance::Dark
                                            : theme == "light"_L1 ? Appearance::Light
                                                                  : Appearance::System);
}

} // namespace papilio::app
