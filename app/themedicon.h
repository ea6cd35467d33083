// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "widgets/theme.h"

class QAbstractButton;
class QAction;
class QLabel;

namespace papilio::app
{

/// Sets an icon and sets it again when the theme changes; a later call changes the icon.
void setThemedIcon(QAbstractButton* button, const QString& name, widgets::Role role = widgets::Role::TextSecondary);
/// 'guard' is the widget that shows the action.
void setThemedIcon(QAction* action, QObject* guard, const QString& name,
                   widgets::Role role = widgets::Role::TextSecondary);
void setThemedPixmap(QLabel* label, const QString& name, int size, widgets::Role role = widgets::Role::TextSecondary);

} // namespace papilio::app
