// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace papilio::app
{

void showKeys(QWidget* parent);
/// The pages of resources/manual, with their links.
void showManual(QWidget* parent);
void showAbout(QWidget* parent);

} // namespace papilio::app
