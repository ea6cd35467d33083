// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/options.h"

#include <cstdio>
#include <cstdlib>

#include <QCommandLineParser>
#include <QCoreApplication>

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

void checkWord(const QCommandLineParser& parser, const QString& option, const QStringList& allowed)
{
    if (parser.isSet(option) && !allowed.contains(parser.value(option))) {
        std::fprintf(stderr, "papilio: --%s must be one of %s, not '%s'\n", qPrintable(option), qPrintable(allowed.join(u", "_s)),
                     qPrintable(parser.value(option)));
        std::exit(2);
    }
}

} // namespace

Options parseOptions(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("options", "Train, explore and explain models of many sparse molecular tasks."));
    parser.addHelpOption();
    parser.addVersionOption();
    const auto text = [](const char* words) { return QCoreApplication::translate("options", words); };
    parser.addPositionalArgument(u"FILE"_s, text("A project (*.papilio) to open, or tables to import."), u"[FILE...]"_s);
    parser.addOption({u"sample"_s, text("Make and open the sample project.")});
    parser.addOption({u"page"_s, text("Page to show: data, train or lookup."), u"NAME"_s});
    parser.addOption({u"theme"_s, text("light, dark or system, for this time only."), u"NAME"_s});
    parser.addOption({u"lookup"_s, text("Look a molecule up."), u"SMILES"_s});
    parser.addOption({u"screenshot"_s, text("Write a picture of the window when the page is loaded, and end."), u"FILE"_s});
    parser.addOption({u"size"_s, text("Size of the window, for example 1440x900."), u"WxH"_s});
    parser.addOption({u"settings"_s, text("File to keep the settings in."), u"FILE"_s});
    parser.addOption({u"exit-after-startup"_s, text("End when the first page is loaded.")});
    parser.process(arguments);
    checkWord(parser, u"page"_s, {u"data"_s, u"train"_s, u"lookup"_s});
    checkWord(parser, u"theme"_s, {u"light"_s, u"dark"_s, u"system"_s});
    Options options;
    options.files = parser.positionalArguments();
    options.sample = parser.isSet(u"sample"_s);
    options.page = parser.value(u"page"_s);
    options.theme = parser.value(u"theme"_s);
    options.lookup = parser.value(u"lookup"_s);
    options.screenshot = parser.value(u"screenshot"_s);
    options.size = parser.value(u"size"_s);
    options.settingsFile = parser.value(u"settings"_s);
    options.exitAfterStartup = parser.isSet(u"exit-after-startup"_s);
    return options;
}

} // namespace papilio::app
