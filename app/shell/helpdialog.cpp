// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/helpdialog.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QKeySequence>
#include <QLabel>
#include <QPushButton>
#include <QTextBrowser>
#include <QUrl>
#include <QVBoxLayout>

#include "app/themedicon.h"
#include "widgets/labels.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Label;
using widgets::Role;
using widgets::TextStyle;

namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("help", text);
}

/// "Ctrl+K" as keys are called in the window's language.
QString keyText(const QString& key)
{
    return QKeySequence(key, QKeySequence::PortableText).toString(QKeySequence::NativeText);
}

QDialog* makeDialog(QWidget* parent, const QString& object, const QString& title)
{
    auto* dialog = new QDialog(parent);
    dialog->setObjectName(object);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    widgets::setBackground(dialog, Role::Raised);
    return dialog;
}

void addClose(QVBoxLayout* layout, QDialog* dialog)
{
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    layout->addWidget(buttons);
}

} // namespace

void showKeys(QWidget* parent)
{
    QDialog* dialog = makeDialog(parent, u"keysDialog"_s, tr("Keys"));
    auto* layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(12);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(6);
    const QPair<QString, QString> keys[] = {
        {keyText(u"Ctrl+1"_s) + u", "_s + keyText(u"Ctrl+2"_s) + u", "_s + keyText(u"Ctrl+3"_s), tr("Data, Train, Look up")},
        {keyText(u"Ctrl+K"_s), tr("Look a molecule up")},
        {keyText(u"Ctrl+N"_s), tr("New project")},
        {keyText(u"Ctrl+O"_s), tr("Open a project")},
        {keyText(u"Ctrl+I"_s), tr("Import a table")},
        {keyText(u"Ctrl+D"_s), tr("Add a data set of the field")},
        {keyText(u"Ctrl+W"_s), tr("Close the project")},
        {keyText(u"Ctrl+M"_s), tr("Models")},
        {keyText(u"Ctrl+F"_s), tr("Search in a long table")},
        {keyText(u"Ctrl+Q"_s), tr("Quit")},
        {keyText(u"F10"_s), tr("Menu")},
        {keyText(u"Tab"_s) + u", "_s + keyText(u"Shift+Tab"_s), tr("Next, previous field")},
        {keyText(u"Space"_s), tr("Check or uncheck a task")},
        {keyText(u"Return"_s), tr("Pin a curve; look the selected molecule up")},
        {keyText(u"Ctrl+C"_s), tr("Copy what has the focus: picture, table or SMILES")},
        {tr("Wheel, drag"), tr("Zoom and pan matrix, plots and 3D; double click shows all")},
        {keyText(u"L"_s), tr("Logarithmic axis of a curve")},
        {keyText(u"F"_s), tr("Matrix and 3D view: show all")},
        {keyText(u"Shift+F1"_s), tr("Manual")},
        {keyText(u"F1"_s), tr("This list")},
    };
    int row = 0;
    for (const auto& [key, meaning] : keys) {
        grid->addWidget(new Label(key, TextStyle::BodyStrong), row, 0);
        grid->addWidget(new Label(meaning, TextStyle::Body, Role::TextSecondary), row, 1);
        ++row;
    }
    layout->addLayout(grid);
    addClose(layout, dialog);
    dialog->open();
}

void showManual(QWidget* parent)
{
    QDialog* dialog = makeDialog(parent, u"manualDialog"_s, tr("Manual"));
    auto* layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(12);
    auto* pages = new QTextBrowser;
    pages->setObjectName(u"manualPages"_s);
    pages->setFrameShape(QFrame::NoFrame);
    pages->setOpenExternalLinks(false);
    pages->setSource(QUrl(u"qrc:/papilio/manual/index.md"_s), QTextDocument::MarkdownResource);
    pages->setAccessibleName(tr("Manual"));
    auto* bar = new QHBoxLayout;
    auto* back = new QPushButton(tr("Back"));
    back->setEnabled(false);
    auto* start = new QPushButton(tr("Contents"));
    QObject::connect(back, &QPushButton::clicked, pages, &QTextBrowser::backward);
    QObject::connect(start, &QPushButton::clicked, pages, &QTextBrowser::home);
    QObject::connect(pages, &QTextBrowser::backwardAvailable, back, &QWidget::setEnabled);
    bar->addWidget(back);
    bar->addWidget(start);
    bar->addStretch();
    layout->addLayout(bar);
    layout->addWidget(pages, 1);
    addClose(layout, dialog);
    dialog->resize(860, 680);
    dialog->show();
}

void showAbout(QWidget* parent)
{
    QDialog* dialog = makeDialog(parent, u"aboutDialog"_s, tr("About Papilio"));
    auto* layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(12);
    auto* head = new QHBoxLayout;
    head->setSpacing(16);
    auto* mark = new QLabel;
    setThemedPixmap(mark, u"papilio-mark"_s, 48, Role::AccentText);
    head->addWidget(mark);
    auto* words = new QVBoxLayout;
    words->addWidget(new Label(u"Papilio "_s + QStringLiteral(PAPILIO_VERSION), TextStyle::Title));
    words->addWidget(new Label(tr("Train, explore and explain models of many sparse molecular tasks"), TextStyle::Body, Role::TextSecondary));
    head->addLayout(words, 1);
    layout->addLayout(head);
    auto* text = new Label(tr("Free software under the GNU General Public License, version 3 or later.\n"
                              "Built on Qt, QCustomPlot, VTK, SQLite, RDKit and LibTorch."),
                           TextStyle::Body, Role::TextSecondary);
    layout->addWidget(text);
    addClose(layout, dialog);
    dialog->open();
}

} // namespace papilio::app
