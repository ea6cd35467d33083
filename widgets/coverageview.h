// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPixmap>
#include <QRectF>
#include <QTimer>
#include <optional>
#include <vector>

#include "widgets/coveragematrix.h"

/// Private to CoverageMatrix: counts with running sums, and where things are on the screen.
namespace papilio::widgets
{

/// Bins with running sums over the molecules, so that any range is counted in one step a task.
class CoverageCounts
{
public:
    CoverageCounts() = default;
    CoverageCounts(const std::vector<CoverageData::Bin>& bins, const std::vector<quint32>& labelled, int columns,
                   qint64 first);
    bool isEmpty() const { return m_start.size() < 2; }
    qint64 first() const { return m_start.empty() ? 0 : m_start.front(); }
    qint64 last() const { return m_start.empty() ? 0 : m_start.back(); }
    bool covers(double from, double to) const { return !isEmpty() && from >= first() && to <= last(); }
    int binOf(double molecule) const;
    qint64 binStart(int bin) const { return m_start[static_cast<std::size_t>(bin)]; }
    int binCount() const { return static_cast<int>(m_start.size()) - 1; }
    /// A place among the bins, found once for all tasks of a line.
    struct Place {
        std::size_t bin = 0;
        double share = 0; ///< of the bin that lies before
    };
    Place place(double molecule) const;
    double labelled(int column, const Place& from, const Place& to) const { return upTo(column, to) - upTo(column, from); }
    /// Labels of one task in [from, to); a bin that is cut counts by its share.
    double labelled(int column, double from, double to) const { return labelled(column, place(from), place(to)); }
    /// The same summed over all tasks.
    double labelledOfAll(double from, double to) const { return labelled(m_columns, from, to); }
    double moleculesPerBin() const { return isEmpty() ? 0 : double(last() - first()) / binCount(); }

private:
    double upTo(int column, const Place& place) const
    {
        const std::size_t at = place.bin * (static_cast<std::size_t>(m_columns) + 1) + static_cast<std::size_t>(column);
        const double low = m_sums[at];
        return low + (m_sums[at + static_cast<std::size_t>(m_columns) + 1] - low) * place.share;
    }

    int m_columns = 0;                ///< the sum over all stands behind the last
    std::vector<qint64> m_start;      ///< bins + 1
    std::vector<double> m_sums;       ///< (bins + 1) × (columns + 1)
};

struct CoverageMatrix::View {
    CoverageData data;
    CoverageCounts counts;
    CoverageCounts detail;
    std::vector<int> boundaries;      ///< columns that begin a dataset, without 0
    std::vector<qint64> groupStart;   ///< first molecule of each row group …
    std::vector<int> groupDataset;    ///< … and its dataset
    QRectF range;                     ///< tasks × molecules in view
    QTimer timer;                     ///< asks for detail once the view is still
    std::pair<qint64, qint64> asked{-1, -1};

    /// Everything but the overlays as last painted: a moving pointer costs one copy of it.
    QPixmap base;
    QRectF baseRange;
    qint64 baseSelected = 0;
    bool baseDark = false;

    const CoverageCounts& countsFor(double from, double to) const { return detail.covers(from, to) ? detail : counts; }
    int columnCount() const { return static_cast<int>(data.columns.size()); }
};

/// Places tasks and molecules on the screen for one range and one rectangle.
class CoverageGeometry
{
public:
    CoverageGeometry(const CoverageMatrix::View& view, const QRect& viewport);

    QRectF matrix;                    ///< of the tiles
    double columnWidth = 1;           ///< with its gap of one pixel, where there is one
    double rowHeight = 1;             ///< of one molecule
    bool names = true;                ///< column names are written out
    int nameHeight = 0;
    double columnGap = 0;             ///< between tasks

    double x(double column) const;    ///< left edge
    double y(double molecule) const;
    int columnAt(double px) const;    ///< −1 = none or a gap
    double moleculeAt(double py) const { return m_range.top() + (py - matrix.top()) / rowHeight; }
    double columnPosition(double px) const { return m_range.left() + (px - matrix.left()) / columnWidth; }
    QRectF columnTiles(int column) const; ///< whole height of the matrix, clipped to it

    static constexpr int left = 96, right = 93, top = 68, legend = 36;
    static constexpr double widestColumn = 40, tallestMolecule = 24, widestZoomed = 60;

private:
    const std::vector<int>& m_boundaries;
    QRectF m_range;
    double m_datasetGap = 0;
    int m_columns = 0;
};

/// The tiles at device resolution: every device pixel counts exactly the molecules and tasks it stands for.
QImage renderCoverage(const CoverageMatrix::View& view, const CoverageGeometry& geometry, double deviceRatio);

} // namespace papilio::widgets
