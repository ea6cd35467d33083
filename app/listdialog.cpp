// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/listdialog.h"

#include <QHBoxLayout>
#include <QScrollArea>

#include "widgets/labels.h"
#include "widgets/theme.h"

namespace papilio::app
{

QWidget* verticalScroll(QWidget* content, const QString& accessible)
{
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    scroll->setAccessibleName(accessible);
    return scroll;
}

QWidget* dialogFoot(QHBoxLayout** row)
{
    auto* foot = new widgets::Pane(widgets::Role::Raised, Qt::TopEdge);
    foot->setFixedHeight(56);
    *row = new QHBoxLayout(foot);
    (*row)->setContentsMargins(16, 0, 16, 0);
    (*row)->setSpacing(8);
    return foot;
}

void layOutListDialog(QWidget* dialog, QWidget* message, QWidget* list, QWidget* chosen, QWidget* foot)
{
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(list);
    middle->addWidget(new widgets::Hairline(Qt::Vertical));
    middle->addWidget(chosen, 1);
    auto* layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(message);
    layout->addLayout(middle, 1);
    layout->addWidget(foot);
}

} // namespace papilio::app
