// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/mainmenu.h"

#include <QActionGroup>

namespace papilio::app
{

using namespace Qt::StringLiterals;

MainMenu::MainMenu(QWidget* window) : QMenu(window), m_window(window)
{
    setObjectName(u"mainMenu"_s);
    add(u"actionNew"_s, tr("New project…"), QKeySequence(Qt::CTRL | Qt::Key_N), &MainMenu::newProject);
    add(u"actionOpen"_s, tr("Open project…"), QKeySequence(Qt::CTRL | Qt::Key_O), &MainMenu::openProject);
    m_import = add(u"actionImport"_s, tr("Import table…"), QKeySequence(Qt::CTRL | Qt::Key_I), &MainMenu::importFiles);
    add(u"actionDatasets"_s, tr("Add data set…"), QKeySequence(Qt::CTRL | Qt::Key_D), &MainMenu::datasets);
    m_close = add(u"actionClose"_s, tr("Close project"), QKeySequence(Qt::CTRL | Qt::Key_W), &MainMenu::closeProject);
    addSeparator();
    add(u"actionModels"_s, tr("Models…"), QKeySequence(Qt::CTRL | Qt::Key_M), &MainMenu::models);
    addSeparator();
    QMenu* themes = addMenu(tr("Theme"));
    m_themes = new QActionGroup(this);
    const QPair<QString, QString> names[] = {{u"system"_s, tr("As the system")}, {u"light"_s, tr("Light")}, {u"dark"_s, tr("Dark")}};
    for (const auto& [name, text] : names) {
        QAction* action = themes->addAction(text);
        action->setObjectName(u"theme-"_s + name);
        action->setCheckable(true);
        action->setData(name);
        m_themes->addAction(action);
    }
    connect(m_themes, &QActionGroup::triggered, this,
            [this](QAction* action) { Q_EMIT themeChosen(action->data().toString()); });
    addSeparator();
    add(u"actionManual"_s, tr("Manual"), QKeySequence(Qt::SHIFT | Qt::Key_F1), &MainMenu::manual);
    add(u"actionKeys"_s, tr("Keys"), QKeySequence(Qt::Key_F1), &MainMenu::keys);
    add(u"actionAbout"_s, tr("About Papilio"), {}, &MainMenu::about);
    addSeparator();
    add(u"actionQuit"_s, tr("Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), &MainMenu::quit);
    setProjectOpen(false);
}

QAction* MainMenu::add(const QString& object, const QString& text, const QKeySequence& key, void (MainMenu::*signal)())
{
    QAction* action = addAction(text);
    action->setObjectName(object);
    action->setShortcut(key);
    m_window->addAction(action); // a menu that is not shown does not deliver shortcuts
    connect(action, &QAction::triggered, this, signal);
    return action;
}

void MainMenu::setProjectOpen(bool open)
{
    m_close->setEnabled(open);
}

void MainMenu::setTheme(const QString& theme)
{
    for (QAction* action : m_themes->actions()) {
        action->setChecked(action->data().toString() == theme);
    }
}

} // namespace papilio::app
