// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plotstyle.h"

#include <QBuffer>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QSvgGenerator>
#include <cmath>

#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/plotlibrary.h"
#include "widgets/theme.h"

using namespace Qt::StringLiterals;

namespace papilio::widgets::plotstyle
{

namespace
{

QString tickText(double tick, double step)
{
    const double size = std::abs(tick);
    if (size >= 1e6 || (size > 0 && size < 1e-4)) {
        return formatValue(tick, 2);
    }
    int decimals = 0;
    while (decimals < 6 && std::abs(std::round(step * std::pow(10, decimals)) - step * std::pow(10, decimals)) > 1e-6 * step * std::pow(10, decimals)) {
        ++decimals;
    }
    return formatFixed(tick, decimals);
}

class NumberTicker : public QCPAxisTicker
{
protected:
    double getTickStep(const QCPRange& range) override { return m_step = QCPAxisTicker::getTickStep(range); }
    QString getTickLabel(double tick, const QLocale&, QChar, int) override { return tickText(tick, m_step); }

private:
    double m_step = 1;
};

class WholeTicker : public QCPAxisTicker
{
protected:
    double getTickStep(const QCPRange& range) override { return std::max(1.0, std::floor(QCPAxisTicker::getTickStep(range))); }
    QString getTickLabel(double tick, const QLocale&, QChar, int) override { return tickText(tick, 1); }
};

/// Decades, and 2 and 5 between them where the range is short.
class LogTicker : public QCPAxisTicker
{
protected:
    QVector<double> createTickVector(double, const QCPRange& range) override
    {
        QVector<double> ticks;
        if (range.lower <= 0 || range.upper <= range.lower) {
            return ticks;
        }
        const double decades = std::log10(range.upper / range.lower);
        const int first = static_cast<int>(std::floor(std::log10(range.lower)));
        const int last = static_cast<int>(std::ceil(std::log10(range.upper)));
        for (int decade = first; decade <= last; ++decade) {
            for (const double digit : {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0}) {
                const bool wanted = digit == 1 || (decades < 2.5 && (digit == 2 || digit == 5)) || decades < 0.7;
                const double value = digit * std::pow(10.0, decade);
                if (wanted && value >= range.lower * 0.999 && value <= range.upper * 1.001) {
                    ticks.append(value);
                }
            }
        }
        return ticks;
    }
    QVector<double> createSubTickVector(int, const QVector<double>&) override { return {}; }
    QString getTickLabel(double tick, const QLocale&, QChar, int) override
    {
        return tick >= 1e-4 && tick < 1e6 ? formatFixed(tick, std::max(0, static_cast<int>(-std::floor(std::log10(tick) + 1e-9))))
                                          : formatValue(tick, 2);
    }
};

} // namespace

QSharedPointer<QCPAxisTicker> numberTicker()
{
    return QSharedPointer<QCPAxisTicker>(new NumberTicker);
}

QSharedPointer<QCPAxisTicker> wholeTicker()
{
    return QSharedPointer<QCPAxisTicker>(new WholeTicker);
}

QSharedPointer<QCPAxisTicker> logTicker()
{
    return QSharedPointer<QCPAxisTicker>(new LogTicker);
}

void applyAxis(QCPAxis* axis)
{
    const Theme& theme = Theme::current();
    const QPen line(theme.color(Role::Axis), 1);
    axis->setBasePen(line);
    axis->setTickPen(line);
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLength(0, 4);
    axis->setSubTickLength(0, 0);
    axis->setTickLabelFont(theme.font(TextStyle::Axis));
    axis->setTickLabelColor(theme.color(Role::TextTertiary));
    axis->setLabelFont(theme.font(TextStyle::Axis));
    axis->setLabelColor(theme.color(Role::TextSecondary));
    axis->setTickLabelPadding(4);
    axis->setLabelPadding(3);
    axis->grid()->setPen(QPen(theme.color(Role::Grid), 1));
    axis->grid()->setZeroLinePen(QPen(theme.color(Role::Grid), 1));
    axis->grid()->setSubGridVisible(false);
    axis->grid()->setAntialiased(false);
}

void apply(QCustomPlot* plot)
{
    const Theme& theme = Theme::current();
    plot->setBackground(QBrush(theme.color(Role::PlotBg)));
    plot->setNoAntialiasingOnDrag(false);
    plot->setFont(theme.font(TextStyle::Axis));
    applyAxis(plot->xAxis);
    applyAxis(plot->yAxis);
}

namespace
{

QImage picture(const QWidget* widget)
{
    return const_cast<QWidget*>(widget)->grab().toImage();
}

void save(QWidget* widget, QCustomPlot* plot, bool svg)
{
    const QString file = QFileDialog::getSaveFileName(widget, QObject::tr("Save the plot"), svg ? u"plot.svg"_s : u"plot.png"_s,
                                                      svg ? u"SVG (*.svg)"_s : u"PNG (*.png)"_s);
    if (file.isEmpty()) {
        return;
    }
    bool written = false;
    if (svg) {
        QFile out(file);
        if (out.open(QIODevice::WriteOnly)) {
            QSvgGenerator generator;
            generator.setOutputDevice(&out);
            generator.setSize(plot->size());
            generator.setViewBox(plot->rect());
            QCPPainter painter;
            painter.begin(&generator);
            painter.setMode(QCPPainter::pmVectorized);
            plot->toPainter(&painter, plot->width(), plot->height());
            painter.end();
            written = out.error() == QFile::NoError;
        }
    } else {
        written = picture(widget).save(file, "PNG");
    }
    if (!written) {
        QMessageBox::warning(widget, QObject::tr("Not saved"), QObject::tr("%1 cannot be written. Choose another folder.").arg(file));
    }
}

} // namespace

void copy(const QWidget* widget, const QString& tsv)
{
    auto* mime = new QMimeData;
    mime->setImageData(picture(widget));
    mime->setText(tsv);
    QGuiApplication::clipboard()->setMimeData(mime);
}

void contextMenu(QWidget* widget, QCustomPlot* plot, const QPoint& globalPosition, const QString& tsv)
{
    QMenu menu(widget);
    menu.addAction(icon(u"copy"_s), QObject::tr("Copy picture and values"), QKeySequence::Copy, widget,
                   [widget, tsv] { copy(widget, tsv); });
    menu.addAction(QObject::tr("Copy values"), widget, [tsv] { QGuiApplication::clipboard()->setText(tsv); });
    menu.addSeparator();
    menu.addAction(icon(u"export"_s), QObject::tr("Save as SVG…"), widget, [widget, plot] { save(widget, plot, true); });
    menu.addAction(QObject::tr("Save picture…"), widget, [widget, plot] { save(widget, plot, false); });
    menu.exec(globalPosition);
}

} // namespace papilio::widgets::plotstyle
