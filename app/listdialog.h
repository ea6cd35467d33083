// SPDX-License-Identifier: GPL-3.0-or-later
// What the dialogs with a list at the left, the chosen one beside it and buttons below have alike.
#pragma once

class QHBoxLayout;
class QString;
class QWidget;

namespace papilio::app
{

/// Scrolls 'content' up and down, without a frame; 'accessible' is what a screen reader calls it.
QWidget* verticalScroll(QWidget* content, const QString& accessible);

/// The bar for the buttons of a dialog; *row takes them.
QWidget* dialogFoot(QHBoxLayout** row);

/// Lays out a dialog: the message above, list and chosen one with a line between them, the foot below.
void layOutListDialog(QWidget* dialog, QWidget* message, QWidget* list, QWidget* chosen, QWidget* foot);

} // namespace papilio::app
