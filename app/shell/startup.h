// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include "app/shell/options.h"

namespace papilio::app
{

class MainWindow;

/// Does what the command line asks, and ends the program after a screenshot or a trial start.
class Startup : public QObject
{
    Q_OBJECT

public:
    Startup(MainWindow* window, Options options, QObject* parent = nullptr);
    void run();

private:
    void showPage();
    void poll();

    MainWindow* m_window;
    Options m_options;
    QTimer m_timer;
    QElapsedTimer m_sinceStart, m_sinceBusy;
};

} // namespace papilio::app
