// SPDX-License-Identifier: GPL-3.0-or-later
// Never compiled: only lupdate reads this file. It names texts that lupdate cannot find at their place, because there
// they pass through a helper function or a condition (app/shell/helpdialog.cpp, app/shell/options.cpp,
// app/train/trainoptions.cpp, app/train/splitreply.cpp, widgets/histogramdata.cpp, widgets/tasktree.cpp).
#include <QtGlobal>

const char* const helpTexts[] = {
    QT_TRANSLATE_NOOP("help", "Keys"),
    QT_TRANSLATE_NOOP("help", "Data, Train, Look up"),
    QT_TRANSLATE_NOOP("help", "Look a molecule up"),
    QT_TRANSLATE_NOOP("help", "New project"),
    QT_TRANSLATE_NOOP("help", "Open a project"),
    QT_TRANSLATE_NOOP("help", "Import a table"),
    QT_TRANSLATE_NOOP("help", "Add a data set of the field"),
    QT_TRANSLATE_NOOP("help", "Close the project"),
    QT_TRANSLATE_NOOP("help", "Models"),
    QT_TRANSLATE_NOOP("help", "Search in a long table"),
    QT_TRANSLATE_NOOP("help", "Quit"),
    QT_TRANSLATE_NOOP("help", "Menu"),
    QT_TRANSLATE_NOOP("help", "Next, previous field"),
    QT_TRANSLATE_NOOP("help", "Check or uncheck a task"),
    QT_TRANSLATE_NOOP("help", "Pin a curve; look the selected molecule up"),
    QT_TRANSLATE_NOOP("help", "Copy what has the focus: picture, table or SMILES"),
    QT_TRANSLATE_NOOP("help", "Wheel, drag"),
    QT_TRANSLATE_NOOP("help", "Zoom and pan matrix, plots and 3D; double click shows all"),
    QT_TRANSLATE_NOOP("help", "Logarithmic axis of a curve"),
    QT_TRANSLATE_NOOP("help", "Matrix and 3D view: show all"),
    QT_TRANSLATE_NOOP("help", "This list"),
    QT_TRANSLATE_NOOP("help", "Manual"),
    QT_TRANSLATE_NOOP("help", "Back"),
    QT_TRANSLATE_NOOP("help", "Contents"),
    QT_TRANSLATE_NOOP("help", "About Papilio"),
    QT_TRANSLATE_NOOP("help", "Train, explore and explain models of many sparse molecular tasks"),
    QT_TRANSLATE_NOOP("help", "Free software under the GNU General Public License, version 3 or later.\n"
                              "Built on Qt, QCustomPlot, VTK, SQLite, RDKit and LibTorch."),
};

const char* const optionTexts[] = {
    QT_TRANSLATE_NOOP("options", "A project (*.papilio) to open, or tables to import."),
    QT_TRANSLATE_NOOP("options", "Make and open the sample project."),
    QT_TRANSLATE_NOOP("options", "Page to show: data, train or lookup."),
    QT_TRANSLATE_NOOP("options", "light, dark or system, for this time only."),
    QT_TRANSLATE_NOOP("options", "Look a molecule up."),
    QT_TRANSLATE_NOOP("options", "Write a picture of the window when the page is loaded, and end."),
    QT_TRANSLATE_NOOP("options", "Size of the window, for example 1440x900."),
    QT_TRANSLATE_NOOP("options", "File to keep the settings in."),
    QT_TRANSLATE_NOOP("options", "End when the first page is loaded."),
};

const char* const treeTexts[] = {
    QT_TRANSLATE_NOOP("papilio::widgets::TaskTreeModel", "%1 task"),
    QT_TRANSLATE_NOOP("papilio::widgets::TaskTreeModel", "%1 tasks"),
};

const char* const trainOptionTexts[] = {
    QT_TRANSLATE_NOOP("options-list", "%1 or more"),
    QT_TRANSLATE_NOOP("options-list", "up to %1"),
    QT_TRANSLATE_NOOP("options-list", "%1 to %2"),
    QT_TRANSLATE_NOOP("options-list", "One of these is needed: %1"),
    QT_TRANSLATE_NOOP("options-list", "true or false is needed"),
    QT_TRANSLATE_NOOP("options-list", "A whole number is needed"),
    QT_TRANSLATE_NOOP("options-list", "A number is needed"),
    QT_TRANSLATE_NOOP("options-list", "Out of range: %1"),
};

const char* const classTexts[] = {
    QT_TRANSLATE_NOOP("papilio::widgets", "inactive"),
    QT_TRANSLATE_NOOP("papilio::widgets", "active"),
};

// Texts of Qt that the window shows everywhere; its own translations may not be installed.
const char* const qtTexts[] = {
    QT_TRANSLATE_NOOP("QPlatformTheme", "OK"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Save"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Open"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "&Yes"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "&No"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Close"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Cancel"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Discard"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Help"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Apply"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Reset"),
    QT_TRANSLATE_NOOP("QShortcut", "Ctrl"),
    QT_TRANSLATE_NOOP("QShortcut", "Shift"),
    QT_TRANSLATE_NOOP("QShortcut", "Alt"),
    QT_TRANSLATE_NOOP("QShortcut", "Space"),
    QT_TRANSLATE_NOOP("QShortcut", "Tab"),
    QT_TRANSLATE_NOOP("QShortcut", "Return"),
    QT_TRANSLATE_NOOP("QShortcut", "Enter"),
    QT_TRANSLATE_NOOP("QShortcut", "Esc"),
    QT_TRANSLATE_NOOP("QShortcut", "Del"),
    QT_TRANSLATE_NOOP("QShortcut", "Home"),
    QT_TRANSLATE_NOOP("QShortcut", "End"),
};
