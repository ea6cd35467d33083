// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

class QActionGroup;

namespace papilio::app
{

/// The ☰ menu; its actions carry the window's shortcuts.
class MainMenu : public QMenu
{
    Q_OBJECT

public:
    explicit MainMenu(QWidget* window);
    void setProjectOpen(bool open);
    void setTheme(const QString& theme); ///< "system", "light", "dark"

Q_SIGNALS:
    void newProject();
    void openProject();
    void importFiles();
    void datasets();
    void closeProject();
    void themeChosen(const QString& theme);
    void models();
    void manual();
    void keys();
    void about();
    void quit();

private:
    QAction* add(const QString& object, const QString& text, const QKeySequence& key, void (MainMenu::*signal)());

    QWidget* m_window;
    QAction* m_import;
    QAction* m_close;
    QActionGroup* m_themes;
};

} // namespace papilio::app
