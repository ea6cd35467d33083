// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/mainwindow.h"

#include <utility>

#include <QCloseEvent>
#include <QMimeData>
#include <QStackedWidget>

#include "app/data/datapage.h"
#include "app/datasets/datasetsdialog.h"
#include "app/engine/depictionservice.h"
#include "app/engine/engineclient.h"
#include "app/engine/trainsession.h"
#include "app/format.h"
#include "app/lookup/lookuppage.h"
#include "app/models/modellibrary.h"
#include "app/models/modelsdialog.h"
#include "app/remote/hosts.h"
#include "app/remote/hostsdialog.h"
#include "app/remote/remoteruns.h"
#include "app/settings.h"
#include "app/shell/files.h"
#include "app/shell/headerbar.h"
#include "app/shell/mainmenu.h"
#include "app/shell/rail.h"
#include "app/shell/statusstrip.h"
#include "app/train/trainpage.h"
#include "app/welcome/welcomepage.h"
#include "app/workspace/workspace.h"
#include "widgets/format.h"
#include "widgets/messagebar.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int interactiveNiceness = 2; // the window itself comes first

} // namespace

MainWindow::MainWindow(Settings* settings, const QString& engineProgram, QWidget* parent) : QMainWindow(parent)
{
    m_services.settings = settings;
    m_services.workspace = new Workspace(this);
    m_services.engine = new EngineClient(engineProgram, interactiveNiceness, this);
    m_services.training = new TrainSession(engineProgram, this);
    m_services.depictions = new DepictionService(m_services.engine, this);
    m_services.models = new ModelLibrary(m_services.engine, this);
    m_services.hosts = new Hosts(m_services.engine, this);
    setObjectName(u"mainWindow"_s);
    setWindowTitle(u"Papilio"_s);
    setAcceptDrops(true);
    resize(1440, 900);
    build();
    connectMenu();
    connectPages();
    connectServices();
    addShortcuts();
    const QByteArray geometry = settings->state(u"window"_s);
    if (!geometry.isEmpty()) {
        restoreGeometry(geometry);
    }
    m_menu->setTheme(settings->theme());
    projectClosed();
}

MainWindow::~MainWindow() = default;

Page* MainWindow::currentPage() const
{
    return qobject_cast<Page*>(m_pages->currentWidget());
}

void MainWindow::showPage(int railEntry)
{
    Page* pages[] = {m_data, m_train, m_lookup};
    m_rail->setCurrent(railEntry);
    m_pages->setCurrentWidget(railEntry < 0 ? static_cast<QWidget*>(m_welcome) : pages[railEntry]);
    updateStatus();
}

void MainWindow::lookUp(const QString& smiles)
{
    showPage(Rail::LookUp);
    m_lookup->lookUp(smiles);
}

bool MainWindow::isLoading() const
{
    const Page* page = currentPage();
    const auto* models = findChild<const ModelsDialog*>();
    const auto* datasets = findChild<const DatasetsDialog*>();
    const auto* hosts = findChild<const HostsDialog*>();
    return m_opening || m_services.depictions->isWorking() || (page && page->isLoading()) ||
           (models && models->isLoading()) || (datasets && datasets->isLoading()) ||
           (hosts && hosts->isLoading());
}

void MainWindow::showModels(const QStringList& toAdd)
{
    auto* dialog = findChild<ModelsDialog*>();
    if (!dialog) {
        dialog = new ModelsDialog(m_services, this);
        connect(dialog, &ModelsDialog::lookupRequested, this, [this](const ModelSource& source) {
            showPage(Rail::LookUp);
            m_lookup->setSource(source);
        });
        dialog->open();
    }
    dialog->select(m_lookup->source());
    dialog->addFiles(toAdd);
}

void MainWindow::showDatasets(const QString& name)
{
    auto* dialog = findChild<DatasetsDialog*>();
    if (!dialog) {
        dialog = new DatasetsDialog(m_services, this);
        connect(dialog, &DatasetsDialog::imported, this, &MainWindow::imported);
        connect(dialog, &DatasetsDialog::modelAdded, m_services.models, &ModelLibrary::refresh);
        connect(dialog, &QDialog::finished, m_services.workspace, &Workspace::refresh); // a stopped import left its part
        dialog->open();
    }
    if (!name.isEmpty()) {
        dialog->select(name);
    }
}

void MainWindow::openProject(const QString& path)
{
    if (m_services.training->isActive() && m_services.training->project() != path) {
        m_services.training->putAside(); // its run goes on when that project is open again
    }
    m_opening = true;
    m_message->hide();
    m_services.workspace->open(path);
}

void MainWindow::openSample()
{
    showPage(-1);
    m_welcome->startSample();
}

void MainWindow::takeFiles(const QStringList& files)
{
    const SortedFiles sorted = sortFiles(files);
    if (!sorted.models.isEmpty()) {
        showModels(sorted.models);
    }
    const QStringList tables = sorted.tables + sorted.others; // the preview says what is wrong with a file that is no table
    if (!sorted.projects.isEmpty()) {
        m_pendingTables = tables;
        openProject(sorted.projects.first());
    } else if (!tables.isEmpty()) {
        importTables(tables);
    }
}

void MainWindow::projectOpened()
{
    m_opening = false;
    m_menu->setProjectOpen(true);
    for (const int entry : {Rail::Data, Rail::Train}) {
        m_rail->setEntryEnabled(entry, true, {});
    }
    showPage(Rail::Data);
    projectChanged();
    if (const qint64 run = std::exchange(m_pendingRun, 0)) {
        showPage(Rail::Train);
        m_services.workspace->selectRun(run);
        goOnWith(m_services, run);
    }
    if (!m_pendingTables.isEmpty()) {
        importTables(std::exchange(m_pendingTables, {}));
    }
}

void MainWindow::projectClosed()
{
    m_menu->setProjectOpen(false);
    for (const int entry : {Rail::Data, Rail::Train}) {
        m_rail->setEntryEnabled(entry, false, tr("Open a project first"));
    }
    setWindowTitle(u"Papilio"_s);
    m_header->setProject({}, {});
    showPage(-1);
}

void MainWindow::projectChanged()
{
    if (!m_services.workspace->isOpen()) {
        return;
    }
    const Snapshot& project = m_services.workspace->project();
    const auto runs = static_cast<qint64>(project.runs.size());
    setWindowTitle(project.name() + u" – Papilio"_s);
    m_header->setProject(project.name() + u".papilio"_s,
                         widgets::joinedByDot({countedText(static_cast<qint64>(project.datasets.size()), tr("dataset"), tr("datasets")),
                                               runs > 0 ? countedText(runs, tr("run"), tr("runs")) : QString()}));
    m_services.settings->addRecent({project.path, project.molecules, static_cast<qint64>(project.tasks.size()), runs,
                                    QDateTime::currentDateTimeUtc()});
    updateStatus();
}

void MainWindow::updateStatus()
{
    const Workspace& workspace = *m_services.workspace;
    const Page* page = currentPage();
    m_status->setSelection(page && workspace.isOpen() ? page->selectionText() : QString());
    m_status->setNote(tr("F1 lists the keys"));
    if (!workspace.isOpen()) {
        m_status->setProject(tr("No project open"));
        m_status->setLabels({});
        return;
    }
    const Snapshot& project = workspace.project();
    m_status->setProject(widgets::joinedByDot({countedText(static_cast<qint64>(project.tasks.size()), tr("task"), tr("tasks")),
                                               countedText(project.molecules, tr("molecule"), tr("molecules"))}));
    qint64 labels = 0, cells = 0;
    for (const auto& dataset : project.datasets) {
        labels += dataset.labels;
        cells += dataset.labelCells;
    }
    m_status->setLabels(cells > 0 ? tr("%1 labels, %2 of %3 cells")
                                        .arg(widgets::formatCount(labels), widgets::formatPercent(double(labels) / double(cells), 1),
                                             widgets::formatCount(cells))
                                  : QString());
}

void MainWindow::showProblem(const QString& strong, const QString& text)
{
    if (m_pages->currentWidget() == m_welcome) {
        m_welcome->showProblem(strong, text);
    } else {
        m_message->showMessage(widgets::MessageBar::Kind::Error, strong, text);
    }
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_services.settings->setState(u"window"_s, saveGeometry());
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localFiles(event->mimeData()).isEmpty() || event->mimeData()->hasText()) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const QStringList files = localFiles(event->mimeData());
    event->acceptProposedAction();
    if (!files.isEmpty()) {
        takeFiles(files);
    } else if (event->mimeData()->hasText()) {
        lookUp(event->mimeData()->text().trimmed().section(u'\n', 0, 0)); // a SMILES from another program
    }
}

} // namespace papilio::app
