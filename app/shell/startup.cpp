// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/startup.h"

#include <cstdio>

#include <QApplication>
#include <QFileInfo>
#include <QPixmap>

#include "app/shell/files.h"
#include "app/shell/mainwindow.h"
#include "app/shell/rail.h"
#include "app/workspace/workspace.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int settleMs = 700;              // drawings and 3D arrive in steps; this long nothing must be loading
constexpr qint64 longestWaitMs = 300'000;  // making the sample included

} // namespace

Startup::Startup(MainWindow* window, Options options, QObject* parent)
    : QObject(parent), m_window(window), m_options(std::move(options))
{
    m_timer.setInterval(100);
    connect(&m_timer, &QTimer::timeout, this, &Startup::poll);
}

void Startup::run()
{
    m_sinceStart.start();
    m_sinceBusy.start();
    const QStringList parts = m_options.size.split(u'x');
    if (parts.size() == 2 && parts[0].toInt() > 0 && parts[1].toInt() > 0) {
        m_window->resize(parts[0].toInt(), parts[1].toInt());
    }
    QStringList absolute;
    for (const QString& file : std::as_const(m_options.files)) {
        absolute << QFileInfo(file).absoluteFilePath();
    }
    connect(m_window->services().workspace, &Workspace::opened, this, &Startup::showPage, Qt::SingleShotConnection);
    if (m_options.sample) {
        m_window->openSample();
    } else if (!absolute.isEmpty()) {
        m_window->takeFiles(absolute);
    } else {
        showPage();
    }
    if (!m_options.screenshot.isEmpty() || m_options.exitAfterStartup) {
        m_timer.start();
    }
}

void Startup::showPage()
{
    if (m_options.page == "data"_L1) {
        m_window->showPage(Rail::Data);
    } else if (m_options.page == "train"_L1) {
        m_window->showPage(Rail::Train);
    } else if (m_options.page == "lookup"_L1) {
        m_window->showPage(Rail::LookUp);
    }
    if (!m_options.lookup.isEmpty()) {
        m_window->lookUp(m_options.lookup);
    }
}

void Startup::poll()
{
    if (m_window->isLoading()) {
        m_sinceBusy.restart();
    }
    const bool late = m_sinceStart.elapsed() > longestWaitMs;
    if (m_sinceBusy.elapsed() < settleMs && !late) {
        return;
    }
    m_timer.stop();
    int code = late ? 1 : 0;
    if (!m_options.screenshot.isEmpty() && !m_window->grab().save(m_options.screenshot)) {
        std::fprintf(stderr, "papilio: the picture cannot be written to %s\n", qPrintable(m_options.screenshot));
        code = 3;
    }
    m_window->close();
    QApplication::exit(code);
}

} // namespace papilio::app
