// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "widgets/coverageview.h"
#include "widgets/theme.h"

namespace papilio::widgets
{

qint64 CoverageData::moleculeCount() const
{
    qint64 sum = 0;
    for (const Bin& bin : bins) {
        sum += bin.molecules;
    }
    return sum;
}

bool CoverageData::isConsistent() const
{
    if (labelled.size() != bins.size() * columns.size()) {
        return false;
    }
    const auto known = [this](int dataset) { return dataset >= 0 && dataset < static_cast<int>(datasets.size()); };
    int previous = -1;
    std::vector<bool> seen(datasets.size(), false);
    for (const Column& column : columns) {
        if (!known(column.dataset)) {
            return false;
        }
        if (column.dataset != previous) {
            if (seen[static_cast<std::size_t>(column.dataset)]) {
                return false; // columns of one dataset do not stand together
            }
            seen[static_cast<std::size_t>(column.dataset)] = true;
            previous = column.dataset;
        }
    }
    for (std::size_t b = 0; b < bins.size(); ++b) {
        if (bins[b].molecules <= 0 || (bins[b].group != -1 && !known(bins[b].group))) {
            return false;
        }
        for (std::size_t c = 0; c < columns.size(); ++c) {
            if (labelled[b * columns.size() + c] > bins[b].molecules) {
                return false;
            }
        }
    }
    return true;
}

CoverageCounts::CoverageCounts(const std::vector<CoverageData::Bin>& bins, const std::vector<quint32>& labelled, int columns,
                               qint64 first)
    : m_columns(columns)
{
    const auto width = static_cast<std::size_t>(columns) + 1;
    m_start.reserve(bins.size() + 1);
    m_start.push_back(first);
    m_sums.assign((bins.size() + 1) * width, 0);
    for (std::size_t b = 0; b < bins.size(); ++b) {
        m_start.push_back(m_start.back() + bins[b].molecules);
        double all = 0;
        for (std::size_t c = 0; c + 1 < width; ++c) {
            const double count = labelled[b * (width - 1) + c];
            m_sums[(b + 1) * width + c] = m_sums[b * width + c] + count;
            all += count;
        }
        m_sums[(b + 1) * width + width - 1] = m_sums[b * width + width - 1] + all;
    }
}

int CoverageCounts::binOf(double molecule) const
{
    const auto it = std::upper_bound(m_start.begin(), m_start.end(), molecule,
                                     [](double value, qint64 start) { return value < static_cast<double>(start); });
    return std::clamp(static_cast<int>(it - m_start.begin()) - 1, 0, std::max(binCount() - 1, 0));
}

CoverageCounts::Place CoverageCounts::place(double molecule) const
{
    Place result;
    result.bin = static_cast<std::size_t>(binOf(molecule));
    const double start = static_cast<double>(m_start[result.bin]);
    result.share = std::clamp((molecule - start) / (static_cast<double>(m_start[result.bin + 1]) - start), 0.0, 1.0);
    return result;
}

CoverageGeometry::CoverageGeometry(const CoverageMatrix::View& view, const QRect& viewport)
    : m_boundaries(view.boundaries), m_range(view.range), m_columns(view.columnCount())
{
    const double room = std::max(viewport.width() - left - right, 40);
    const auto inside = std::count_if(m_boundaries.begin(), m_boundaries.end(), [this](int b) {
        return b > m_range.left() && b < m_range.right();
    });
    const double rough = room / std::max(m_range.width(), 1e-9);
    m_datasetGap = rough >= 8 ? 5 : rough >= 2 ? 3 : 0;
    columnGap = rough >= 4 ? 1 : 0;
    columnWidth = (room - m_datasetGap * static_cast<double>(inside)) / std::max(m_range.width(), 1e-9);
    const bool all = m_range.width() >= m_columns - 1e-6;
    columnWidth = std::min(columnWidth, all ? widestColumn : widestZoomed);
    names = columnWidth >= 11;
    nameHeight = 44;
    if (names) {
        const QFontMetrics metrics(Theme::current().font(TextStyle::Axis));
        int longest = 0;
        for (const auto& column : view.data.columns) {
            longest = std::max(longest, metrics.horizontalAdvance(column.name));
        }
        nameHeight = std::min(longest + 16, 104);
    }
    const double height = std::max(viewport.height() - top - legend - nameHeight, 20);
    const double width = columnWidth * m_range.width() + m_datasetGap * static_cast<double>(inside);
    matrix = QRectF(left, top, std::min(width, room), height);
    rowHeight = height / std::max(m_range.height(), 1e-9);
}

double CoverageGeometry::x(double column) const
{
    const auto gaps = std::count_if(m_boundaries.begin(), m_boundaries.end(), [&](int b) {
        return b > m_range.left() && b <= column;
    });
    return matrix.left() + (column - m_range.left()) * columnWidth + m_datasetGap * static_cast<double>(gaps);
}

double CoverageGeometry::y(double molecule) const
{
    return matrix.top() + (molecule - m_range.top()) * rowHeight;
}

int CoverageGeometry::columnAt(double px) const
{
    if (px < matrix.left() || px >= matrix.right()) {
        return -1;
    }
    // A gap moves everything right of it: guess without gaps, then walk back.
    int column = std::min(static_cast<int>(columnPosition(px)), m_columns - 1);
    while (column > 0 && x(column) > px) {
        --column;
    }
    return column >= 0 && px >= x(column) && px < x(column) + columnWidth - columnGap ? column : -1;
}

QRectF CoverageGeometry::columnTiles(int column) const
{
    return QRectF(x(column), matrix.top(), columnWidth - columnGap, matrix.height()).intersected(matrix);
}

namespace
{

/// What one device column of pixels stands for: tasks [from, to); from < 0: a gap.
struct PixelColumn {
    int from = -1;
    int to = -1;
};

std::vector<PixelColumn> pixelColumns(const CoverageMatrix::View& view, const CoverageGeometry& g, int width, double ratio)
{
    std::vector<PixelColumn> result(static_cast<std::size_t>(width));
    const int first = std::max(static_cast<int>(std::floor(view.range.left())), 0);
    const int last = std::min(static_cast<int>(std::ceil(view.range.right())), view.columnCount());
    for (int column = first; column < last; ++column) {
        const double left = (g.x(column) - g.matrix.left()) * ratio;
        const double right = left + (g.columnWidth - g.columnGap) * ratio;
        const int from = std::max(static_cast<int>(std::lround(left)), 0);
        const int to = std::min(std::max(static_cast<int>(std::lround(right)), from + 1), width);
        for (int px = from; px < to; ++px) {
            PixelColumn& cell = result[static_cast<std::size_t>(px)];
            cell.from = cell.from < 0 ? column : cell.from;
            cell.to = column + 1;
        }
    }
    return result;
}

} // namespace

QImage renderCoverage(const CoverageMatrix::View& view, const CoverageGeometry& geometry, double deviceRatio)
{
    const Theme& theme = Theme::current();
    const int width = std::max(static_cast<int>(std::lround(geometry.matrix.width() * deviceRatio)), 1);
    const int height = std::max(static_cast<int>(std::lround(geometry.matrix.height() * deviceRatio)), 1);
    QImage image(width, height, QImage::Format_RGB32);
    image.setDevicePixelRatio(deviceRatio);
    constexpr int shades = 256;
    std::vector<QRgb> colors(shades + 1);
    for (int i = 0; i <= shades; ++i) {
        colors[static_cast<std::size_t>(i)] = theme.coverage(static_cast<double>(i) / shades).rgb();
    }
    const QRgb gap = theme.color(Role::Surface).rgb();
    const auto columns = pixelColumns(view, geometry, width, deviceRatio);
    const double step = view.range.height() / height;
    for (int row = 0; row < height; ++row) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(row));
        const double from = view.range.top() + row * step;
        const double to = from + step;
        const CoverageCounts& counts = view.countsFor(from, to);
        const CoverageCounts::Place first = counts.place(from);
        const CoverageCounts::Place last = counts.place(to);
        int lastFrom = -2;
        int lastTo = -2;
        QRgb color = gap;
        for (int px = 0; px < width; ++px) {
            const PixelColumn& cell = columns[static_cast<std::size_t>(px)];
            if (cell.from != lastFrom || cell.to != lastTo) {
                lastFrom = cell.from;
                lastTo = cell.to;
                color = gap;
                if (cell.from >= 0) {
                    double labelled = 0;
                    for (int column = cell.from; column < cell.to; ++column) {
                        labelled += counts.labelled(column, first, last);
                    }
                    const double share = labelled / (step * (cell.to - cell.from));
                    // Never "no label" where there is one.
                    const int shade = labelled > 1e-9 ? std::clamp(static_cast<int>(std::lround(share * shades)), 1, shades) : 0;
                    color = colors[static_cast<std::size_t>(shade)];
                }
            }
            line[px] = color;
        }
    }
    return image;
}

} // namespace papilio::widgets
