// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QSharedPointer>
#include <QString>

class QCustomPlot;
class QCPAxis;
class QCPAxisTicker;
class QWidget;

/// Private to the plots: one look for everything QCustomPlot draws.
namespace papilio::widgets::plotstyle
{

/// Fonts, pens and background of a plot from the theme of the moment; axes left and below, a light grid.
void apply(QCustomPlot* plot);
/// Tick labels with U+2212 and narrow-space groups.
QSharedPointer<QCPAxisTicker> numberTicker();
/// The same with ticks at whole numbers only: epochs.
QSharedPointer<QCPAxisTicker> wholeTicker();
/// The same for a logarithmic axis.
QSharedPointer<QCPAxisTicker> logTicker();
/// As apply() for one more axis.
void applyAxis(QCPAxis* axis);

/// Puts a picture of the widget and a text on the clipboard.
void copy(const QWidget* widget, const QString& tsv);
/// "Copy picture and values", "Save as SVG…", "Save picture…".
void contextMenu(QWidget* widget, QCustomPlot* plot, const QPoint& globalPosition, const QString& tsv);

} // namespace papilio::widgets::plotstyle
