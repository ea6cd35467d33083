// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>
#include <QWidget>

namespace papilio::widgets
{

/// How similar measured molecules are to the nearest one that is trained on, 0 to 1, with a random division dashed over it.
struct SimilarityData {
    QVector<qint64> counts;       ///< a bin each, equally wide over 0 … 1
    QVector<qint64> randomCounts; ///< as many, or none
    bool isEmpty() const { return counts.isEmpty(); }
};

/// The two distributions as shares of their own molecules. Hover shows a bin; Ctrl+C copies the picture, and the table as
/// text.
class SimilarityPlot : public QWidget
{
    Q_OBJECT

public:
    explicit SimilarityPlot(QWidget* parent = nullptr);
    void setData(SimilarityData data);
    const SimilarityData& data() const { return m_data; }
    QString toTsv() const;
    void copy() const;
    /// "0.40 to 0.45 · 19.5 % of 34 · random 14.0 %" for the bin under a position, else empty.
    QString textAt(const QPoint& position) const;

    QSize sizeHint() const override { return {288, 128}; }
    QSize minimumSizeHint() const override { return {180, 96}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    QRectF plotArea() const;
    double largestShare() const;
    int binAt(const QPoint& position) const;
    void paintScales(QPainter* painter, const QRectF& area, double top) const;

    SimilarityData m_data;
    qint64 m_total = 0, m_randomTotal = 0;
    int m_hovered = -1;
};

} // namespace papilio::widgets
