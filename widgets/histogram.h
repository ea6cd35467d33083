// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <limits>
#include <span>
#include <utility>
#include <vector>

class QCustomPlot;
class QCPBars;
class QCPItemText;

namespace papilio::widgets
{

/// Distribution of one task's labels.
struct HistogramData {
    QString name;                  ///< of the axis: "logp"
    QString unit;                  ///< empty = none known
    QString countName;             ///< of what is counted: "molecules", "atoms"; empty = "labels"
    int series = 0;                ///< colour, index of Theme::series()
    qint64 n = 0;                  ///< values in all; the bins or classes add up to it, but for those beyond the axis
    std::vector<double> edges;     ///< regression: bins + 1 edges, ascending
    std::vector<qint64> counts;    ///< regression: one a bin
    qint64 below = 0;              ///< values before the first edge: a far tail would squeeze all others into one bar
    qint64 above = 0;              ///< values behind the last edge
    double mean = std::numeric_limits<double>::quiet_NaN();
    double sd = std::numeric_limits<double>::quiet_NaN();
    double minimum = std::numeric_limits<double>::quiet_NaN();
    double maximum = std::numeric_limits<double>::quiet_NaN();
    qint64 beyond3Sd = 0;          ///< values farther than 3 sd from the mean
    struct Class {
        QString name;              ///< "active", "2"
        qint64 count = 0;
    };
    std::vector<Class> classes;    ///< classification: class balance is shown instead of bins

    bool isEmpty() const { return counts.empty() && classes.empty(); }

    /// Counts finite values into bins with round edges (Freedman–Diaconis width, 12 to 60 bins); values that are not finite
    /// are not counted in n. Where the middle 99 % would fill less than an eighth of the axis, the edges span that middle and
    /// half of it on either side; what lies beyond is counted in below and above. Safe to call on a worker thread.
    static HistogramData fromValues(std::span<const double> values);
    /// Counts whole numbers 0 … classes−1 (binary: classes = 2, named "inactive" and "active").
    static HistogramData fromClasses(std::span<const double> values, int classes);
};

/// Histogram with mean and ±3 SD markers, or bars of class balance. Hover shows the bin's range and count; wheel zooms and
/// drag pans the values' axis, double click shows all; Ctrl+C copies picture and table.
class HistogramView : public QWidget
{
    Q_OBJECT

public:
    explicit HistogramView(QWidget* parent = nullptr);
    ~HistogramView() override;

    void setData(HistogramData data);
    const HistogramData& data() const { return m_data; }
    void clear();
    void setEmptyText(const QString& text);
    QCustomPlot* plot() const { return m_plot; }

    QString toTsv() const;
    void copy() const;
    /// "−0.50 to 0.00 · 812 molecules" for the bin or bar under a position of this widget, else empty.
    QString textAt(const QPoint& position) const;

    QSize sizeHint() const override { return {288, 176}; }
    QSize minimumSizeHint() const override { return {180, 120}; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void rebuild();
    void buildBins();
    void buildClasses();
    void addMarker(double x, const QString& text, bool isMean);
    void fitAxisText();
    void fitLabels(); ///< as many ticks and marker names as do not touch

    HistogramData m_data;
    std::pair<QString, QString> m_axisText; ///< what is shown, which may be cut; and how many, which may not
    QString m_emptyText;
    QCustomPlot* m_plot;
    QCPBars* m_bars = nullptr;
    std::vector<std::pair<QCPItemText*, double>> m_markers; ///< names of the lines, and where they stand; the mean is first
    int m_hoveredBin = -1;
};

} // namespace papilio::widgets
