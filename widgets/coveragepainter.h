// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>

#include "widgets/coverageview.h"

namespace papilio::widgets
{

/// Private to CoverageMatrix: paints everything but the tiles.
class CoveragePainter
{
public:
    CoveragePainter(QPainter* painter, const CoverageMatrix& matrix, CoverageMatrix::View& view, const QRect& viewport);

    /// Tiles, margins and selection, for painting once.
    void paintBase(int selectedColumn);
    void paintHover(const QPoint& position);
    static void paintEmpty(QPainter* painter, const QRect& rect, const QString& strong, const QString& grey);

private:
    void tiles();
    void columnBars();
    void columnBarNumbers(double baseline);
    void columnNames(int selected);
    void columnBrackets();
    void rowGroups();
    void rowBars();
    void legend();
    void selection(int column);
    void crosshair(const QPoint& position);
    void hoverBox(const QPoint& position, const CoverageMatrix::Hit& hit);
    QString legendText() const;
    QColor datasetColor(int dataset) const;
    double columnFraction(int column) const;
    std::pair<int, int> visibleColumns() const;
    struct Block {
        int dataset, from, to;
    };
    std::vector<Block> blocks() const; ///< datasets' columns in view

    QPainter* m_painter;
    const CoverageMatrix& m_matrix;
    CoverageMatrix::View& m_view;
    QRect m_viewport;
    CoverageGeometry m_g;
};

} // namespace papilio::widgets
