// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

#include "app/engine/replies.h"
#include "app/services.h"

class QStackedWidget;

namespace papilio::widgets
{
class MessageBar;
}

namespace papilio::app
{

class DataPage;
class HeaderBar;
class LookupPage;
class MainMenu;
class ModelsDialog;
class Page;
class Rail;
class StatusStrip;
class TrainPage;
class WelcomePage;

/// The window: header, rail, pages, status.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// settings: owned by the caller; engineProgram: what to start as the engine.
    MainWindow(Settings* settings, const QString& engineProgram, QWidget* parent = nullptr);
    ~MainWindow() override;

    const Services& services() const { return m_services; }
    void openProject(const QString& path);
    void openSample();
    void takeFiles(const QStringList& files); ///< dropped, or from the command line
    void showPage(int railEntry);             ///< −1 = welcome
    void lookUp(const QString& smiles);
    void showModels(const QStringList& toAdd = {}); ///< the models dialog; adds files to the library
    void showDatasets(const QString& name = {});    ///< the data sets of the field
    bool isLoading() const;                   ///< the visible page still reads, or a project is being opened

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void build();
    void connectMenu();
    void connectPages();
    void connectServices();
    void addShortcuts();
    void newProject();
    void chooseProject();
    void chooseTables();
    void importTables(const QStringList& files);
    void imported(const QString& project, const std::vector<ImportReply>& reports);
    void locateProject(const QString& path);
    void createAndOpen(const QString& path);
    void projectOpened();
    void projectClosed();
    void projectChanged();
    void updateStatus();
    void applyTheme(const QString& theme);
    void showProblem(const QString& strong, const QString& text);
    Page* currentPage() const;

    Services m_services;
    MainMenu* m_menu = nullptr;
    HeaderBar* m_header = nullptr;
    Rail* m_rail = nullptr;
    StatusStrip* m_status = nullptr;
    widgets::MessageBar* m_message = nullptr;
    QStackedWidget* m_pages = nullptr;
    WelcomePage* m_welcome = nullptr;
    DataPage* m_data = nullptr;
    TrainPage* m_train = nullptr;
    LookupPage* m_lookup = nullptr;
    QStringList m_pendingTables; ///< dropped before the project was open
    qint64 m_pendingRun = 0;         ///< to go on with when its project is open
    bool m_opening = false;
};

} // namespace papilio::app
