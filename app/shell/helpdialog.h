// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace papilio::app
{

void showKeys(QWidget* parent);
void showAbout(QWidget* parent);

} // namespace papilio::app
