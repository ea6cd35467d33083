// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QString>
#include <QVector>
#include <QWidget>
#include <memory>
#include <vector>

class QCustomPlot;

namespace papilio::widgets
{

/// One line of a curve plot.
struct CurveSeries {
    QString label;            ///< printed at the line's end: "14"
    QString name;             ///< full name for hover and TSV: "run 14, validation"
    int series = 0;           ///< colour, index of Theme::series()
    bool train = false;       ///< drawn dotted, without an end label
    bool reference = false;   ///< published value or baseline: ink, dashed, not smoothed
    std::vector<double> x;    ///< epochs, ascending
    std::vector<double> y;    ///< NaN = undefined there: the line has a gap
};

/// Exponential smoothing that does not start biased; weight 0 … <1; NaN stays NaN and does not count.
std::vector<double> smoothed(const std::vector<double>& values, double weight);

class CurvePlot;

/// Plots that share x range, cursor and smoothing.
class CurveGroup : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    void add(CurvePlot* plot);
    double smoothing() const { return m_smoothing; }
    void setSmoothing(double weight);
    void setCursor(double x);               ///< NaN hides it
    void setRange(double from, double to);

Q_SIGNALS:
    void cursorMoved(double x);

private:
    QVector<QPointer<CurvePlot>> m_plots;
    double m_smoothing = 0;
    bool m_busy = false;
};

/// Curves of one metric over the epochs, several runs: raw line behind the smoothed one, train dotted, the run's name at
/// the line's end, a cursor with the values. Wheel zooms the epochs, drag pans, double click shows all; L toggles the
/// logarithmic axis; Ctrl+C copies picture and values.
class CurvePlot : public QWidget
{
    Q_OBJECT

public:
    explicit CurvePlot(QWidget* parent = nullptr);
    ~CurvePlot() override;

    void setTitle(const QString& title, const QString& remark); ///< "SR-ARE", "validation, n = 583"
    void setAxisNames(const QString& x, const QString& y);      ///< with unit: "epoch", "MAE, kcal/mol"
    void setSeries(std::vector<CurveSeries> series);            ///< keeps zoom and cursor
    const std::vector<CurveSeries>& series() const { return m_series; }
    void setPlannedEpochs(double last);                         ///< the x axis ends at least there; 0 = at the data
    void setSmoothing(double weight);
    double smoothing() const { return m_smoothing; }
    void setLogarithmic(bool on);                               ///< ignored while a value is ≤ 0; isLogarithmic() tells
    bool isLogarithmic() const { return m_logarithmic; }
    void setCursor(double x);                                   ///< NaN hides it
    double cursor() const { return m_cursor; }
    void setXRange(double from, double to);
    void showAll();
    void setXAxisVisible(bool visible);                         ///< stacked plots name the shared axis once
    void setEmptyText(const QString& text);
    QCustomPlot* plot() const { return m_plot; }

    QString toTsv() const;
    void copy() const;

    QSize sizeHint() const override { return {354, 220}; }
    QSize minimumSizeHint() const override { return {200, 140}; }

Q_SIGNALS:
    void cursorMoved(double x);                 ///< by the pointer; NaN = it left
    void xRangeChanged(double from, double to); ///< by a person
    void smoothingChanged(double weight);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    struct Parts;
    void rebuild();
    void applyTheme();
    void placeEndLabels();
    void updateCursor();
    void fitY();

    std::vector<CurveSeries> m_series;
    QString m_title;
    QString m_remark;
    QString m_emptyText;
    QCustomPlot* m_plot;
    std::unique_ptr<Parts> m_parts;
    double m_smoothing = 0;
    double m_planned = 0;
    double m_cursor;
    bool m_logarithmic = false;
    bool m_rangeByPerson = false;
    bool m_xAxisVisible = true;
};

} // namespace papilio::widgets
