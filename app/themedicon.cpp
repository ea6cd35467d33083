// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/themedicon.h"

#include <QAbstractButton>
#include <QAction>
#include <QLabel>

#include "widgets/icons.h"

namespace papilio::app
{

void setThemedIcon(QAbstractButton* button, const QString& name, widgets::Role role)
{
    const bool first = button->property("themedIcon").isNull();
    button->setProperty("themedIcon", name);
    const auto apply = [button, role] {
        button->setIcon(widgets::icon(button->property("themedIcon").toString(), role));
    };
    apply();
    if (first) {
        QObject::connect(&widgets::Theme::current(), &widgets::Theme::changed, button, apply);
    }
}

void setThemedIcon(QAction* action, QObject* guard, const QString& name, widgets::Role role)
{
    const auto apply = [action, name, role] { action->setIcon(widgets::icon(name, role)); };
    apply();
    QObject::connect(&widgets::Theme::current(), &widgets::Theme::changed, guard, apply);
}

void setThemedPixmap(QLabel* label, const QString& name, int size, widgets::Role role)
{
    const auto apply = [label, name, size, role] {
        label->setPixmap(widgets::iconPixmap(name, role, size, label->devicePixelRatioF()));
    };
    apply();
    QObject::connect(&widgets::Theme::current(), &widgets::Theme::changed, label, apply);
}

} // namespace papilio::app
