// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include "app/engine/engineclient.h"
#include "app/settings.h"
#include "app/shell/mainwindow.h"
#include "app/shell/options.h"
#include "app/shell/startup.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

using namespace Qt::StringLiterals;

namespace
{

/// The texts in the user's language, where there is a translation. Qt's own texts change only together with ours.
void installTranslations(QApplication* application)
{
    const QString language = QLocale::system().uiLanguages().value(0).section(u'-', 0, 0);
    auto* own = new QTranslator(application);
    if (QLocale::system().language() == QLocale::C || !own->load(u":/i18n/papilio_%1.qm"_s.arg(language))) {
        return;
    }
    auto* qt = new QTranslator(application);
    if (qt->load(u"qtbase_"_s + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(qt);
    }
    QCoreApplication::installTranslator(own);
}

} // namespace

int main(int argc, char* argv[])
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"papilio"_s);
    QApplication::setApplicationDisplayName(u"Papilio"_s);
    QApplication::setApplicationVersion(QStringLiteral(PAPILIO_VERSION));
    QApplication::setDesktopFileName(u"papilio"_s);
    installTranslations(&application);
    const papilio::app::Options options = papilio::app::parseOptions(QApplication::arguments());
    papilio::app::Settings settings(options.settingsFile);
    const QString theme = options.theme.isEmpty() ? settings.theme() : options.theme;
    using papilio::widgets::Appearance;
    papilio::widgets::Theme::install(application, theme == "dark"_L1    ? Appearance::Dark
                                                  : theme == "light"_L1 ? Appearance::Light
                                                                        : Appearance::System);
    QApplication::setWindowIcon(papilio::widgets::icon(u"papilio-mark"_s, papilio::widgets::Role::AccentText));
    papilio::app::MainWindow window(&settings, papilio::app::EngineClient::findProgram());
    papilio::app::Startup startup(&window, options);
    window.show();
    startup.run();
    return QApplication::exec();
}
