// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore>

// QCustomPlot's header is written with Qt's keyword macros, which this tree switches off; they live for this header only.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define foreach(variable, container) for (variable : container)
#include <qcustomplot.h>
#undef signals
#undef slots
#undef foreach
