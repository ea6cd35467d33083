// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/coveragematrix.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "widgets/coveragepainter.h"
#include "widgets/coverageview.h"
#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/stylepainting.h"
#include "widgets/theme.h"

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

CoverageMatrix::CoverageMatrix(QWidget* parent)
    : QAbstractScrollArea(parent), m_view(std::make_unique<View>()), m_emptyStrong(tr("No labels yet")),
      m_emptyGrey(tr("Import a table: which molecules have a label of which task is shown here."))
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    m_view->timer.setSingleShot(true);
    m_view->timer.setInterval(120);
    connect(&m_view->timer, &QTimer::timeout, this, &CoverageMatrix::askForDetail);
    connect(&Theme::current(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    updateAccessible();
}

CoverageMatrix::~CoverageMatrix() = default;

void CoverageMatrix::setData(CoverageData data)
{
    if (!data.isConsistent()) {
        data = {};
    }
    View& v = *m_view;
    v.data = std::move(data);
    const int columns = v.columnCount();
    v.counts = CoverageCounts(v.data.bins, v.data.labelled, columns, 0);
    v.detail = {};
    v.asked = {-1, -1};
    v.boundaries.clear();
    for (int column = 1; column < columns; ++column) {
        if (v.data.columns[static_cast<std::size_t>(column)].dataset != v.data.columns[static_cast<std::size_t>(column - 1)].dataset) {
            v.boundaries.push_back(column);
        }
    }
    v.groupStart.clear();
    v.groupDataset.clear();
    for (std::size_t b = 0; b < v.data.bins.size(); ++b) {
        if (v.groupDataset.empty() || v.groupDataset.back() != v.data.bins[b].group) {
            v.groupStart.push_back(v.counts.binStart(static_cast<int>(b)));
            v.groupDataset.push_back(v.data.bins[b].group);
        }
    }
    if (columnOfTask(m_selectedTask) < 0) {
        m_selectedTask = 0;
    }
    v.base = {};
    v.range = QRectF(0, 0, columns, static_cast<double>(v.counts.last()));
    updateAccessible();
    viewport()->update();
    Q_EMIT visibleRangeChanged();
}

const CoverageData& CoverageMatrix::data() const
{
    return m_view->data;
}

void CoverageMatrix::setDetail(CoverageDetail detail)
{
    if (detail.bins.empty() || detail.labelled.size() != detail.bins.size() * m_view->data.columns.size()) {
        return;
    }
    m_view->detail = CoverageCounts(detail.bins, detail.labelled, m_view->columnCount(), detail.firstMolecule);
    m_view->base = {};
    viewport()->update();
}

void CoverageMatrix::setEmptyText(const QString& strong, const QString& grey)
{
    m_emptyStrong = strong;
    m_emptyGrey = grey;
    updateAccessible();
    viewport()->update();
}

int CoverageMatrix::columnOfTask(qint64 task) const
{
    const auto& columns = m_view->data.columns;
    const auto it = std::find_if(columns.begin(), columns.end(), [task](const auto& c) { return c.task == task; });
    return task == 0 || it == columns.end() ? -1 : static_cast<int>(it - columns.begin());
}

void CoverageMatrix::setSelectedTask(qint64 task)
{
    const int column = columnOfTask(task);
    m_selectedTask = column < 0 ? 0 : task;
    if (column >= 0 && (column < m_view->range.left() || column + 1 > m_view->range.right())) {
        QRectF range = m_view->range;
        range.moveLeft(column + 0.5 - range.width() / 2);
        setRange(range);
    }
    updateAccessible();
    viewport()->update();
}

QRectF CoverageMatrix::visibleRange() const
{
    return m_view->range;
}

void CoverageMatrix::setRange(QRectF range)
{
    View& v = *m_view;
    if (v.data.isEmpty()) {
        return;
    }
    const double columns = v.columnCount();
    const double molecules = static_cast<double>(v.counts.last());
    const QRectF area = matrixRect();
    const double narrowest = std::min(std::max(area.width() / CoverageGeometry::widestZoomed, 1.0), columns);
    const double shortest = std::min(std::max(area.height() / CoverageGeometry::tallestMolecule, 1.0), molecules);
    const double width = std::clamp(range.width(), narrowest, columns);
    const double height = std::clamp(range.height(), shortest, molecules);
    const QPointF centre = range.center();
    const double left = std::clamp(width == range.width() ? range.left() : centre.x() - width / 2, 0.0, columns - width);
    const double top = std::clamp(height == range.height() ? range.top() : centre.y() - height / 2, 0.0, molecules - height);
    const QRectF wanted(left, top, width, height);
    if (wanted != v.range) {
        v.range = wanted;
        v.timer.start();
        viewport()->update();
        Q_EMIT visibleRangeChanged();
    }
}

void CoverageMatrix::zoomToFit()
{
    setRange(QRectF(0, 0, m_view->columnCount(), static_cast<double>(m_view->counts.last())));
}

void CoverageMatrix::zoomTo(const QRectF& tasksAndMolecules)
{
    setRange(tasksAndMolecules);
}

void CoverageMatrix::zoom(double factor, const QPointF& at, bool tasks, bool molecules)
{
    if (m_view->data.isEmpty()) {
        return;
    }
    const CoverageGeometry g(*m_view, viewport()->rect());
    const double column = std::clamp(g.columnPosition(at.x()), m_view->range.left(), m_view->range.right());
    const double molecule = std::clamp(g.moleculeAt(at.y()), m_view->range.top(), m_view->range.bottom());
    QRectF range = m_view->range;
    if (tasks) {
        const double width = std::min(range.width() * factor, double(m_view->columnCount()));
        range.setLeft(column - (column - range.left()) * width / range.width());
        range.setWidth(width);
    }
    if (molecules) {
        const double height = std::min(range.height() * factor, static_cast<double>(m_view->counts.last()));
        const double top = molecule - (molecule - range.top()) * height / range.height();
        range.setTop(top);
        range.setHeight(height);
    }
    setRange(range);
}

void CoverageMatrix::askForDetail()
{
    const View& v = *m_view;
    const CoverageGeometry g(v, viewport()->rect());
    const double perPixel = v.range.height() / std::max(g.matrix.height() * devicePixelRatioF(), 1.0);
    if (v.data.isEmpty() || perPixel >= v.counts.moleculesPerBin() || v.detail.covers(v.range.top(), v.range.bottom())) {
        return;
    }
    const auto first = static_cast<qint64>(std::floor(v.range.top()));
    const auto count = static_cast<qint64>(std::ceil(v.range.bottom())) - first;
    if (std::pair(first, count) != v.asked) {
        m_view->asked = {first, count};
        Q_EMIT detailRequested(first, count);
    }
}

QRect CoverageMatrix::matrixRect() const
{
    return CoverageGeometry(*m_view, viewport()->rect()).matrix.toRect();
}

QRect CoverageMatrix::columnRect(int column) const
{
    if (column < 0 || column >= m_view->columnCount()) {
        return {};
    }
    return CoverageGeometry(*m_view, viewport()->rect()).columnTiles(column).toRect();
}

std::optional<CoverageMatrix::Hit> CoverageMatrix::hitTest(const QPoint& position) const
{
    const View& v = *m_view;
    if (v.data.isEmpty()) {
        return {};
    }
    const CoverageGeometry g(v, viewport()->rect());
    const int column = g.columnAt(position.x() + 0.5);
    if (column < 0 || position.y() < g.matrix.top() || position.y() >= g.matrix.bottom()) {
        return {};
    }
    const double from = g.moleculeAt(position.y());
    const double to = std::min(g.moleculeAt(position.y() + 1), v.range.bottom());
    const CoverageCounts& counts = v.countsFor(from, to);
    // Whole bins, so that the counts said are exact.
    const int firstBin = counts.binOf(from);
    const int lastBin = counts.binOf(std::nextafter(to, from));
    Hit hit;
    hit.column = column;
    hit.firstMolecule = counts.binStart(firstBin);
    hit.molecules = counts.binStart(lastBin + 1) - hit.firstMolecule;
    hit.labelled = std::llround(counts.labelled(column, static_cast<double>(hit.firstMolecule),
                                                static_cast<double>(hit.firstMolecule + hit.molecules)));
    return hit;
}

void CoverageMatrix::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    if (m_view->data.isEmpty()) {
        CoveragePainter::paintEmpty(&painter, viewport()->rect(), m_emptyStrong, m_emptyGrey);
        return;
    }
    View& v = *m_view;
    const qreal ratio = painter.device()->devicePixelRatioF();
    const QSize pixels = (QSizeF(viewport()->size()) * ratio).toSize();
    const bool dark = Theme::current().isDark();
    if (v.base.size() != pixels || v.base.devicePixelRatio() != ratio || v.baseRange != v.range || v.baseDark != dark ||
        v.baseSelected != m_selectedTask) {
        v.base = QPixmap(pixels);
        v.base.setDevicePixelRatio(ratio);
        v.baseRange = v.range;
        v.baseDark = dark;
        v.baseSelected = m_selectedTask;
        QPainter basePainter(&v.base);
        CoveragePainter(&basePainter, *this, v, viewport()->rect()).paintBase(columnOfTask(m_selectedTask));
    }
    painter.drawPixmap(0, 0, v.base);
    if (!m_dragging) {
        CoveragePainter(&painter, *this, v, viewport()->rect()).paintHover(m_hover);
    }
    if (hasFocus()) {
        stylepainting::roundedBox(&painter, viewport()->rect(), 0, {}, Theme::current().color(Role::Focus, 0.7), 1);
    }
}

void CoverageMatrix::resizeEvent(QResizeEvent*)
{
    m_view->base = {};
    m_view->timer.start();
}

void CoverageMatrix::wheelEvent(QWheelEvent* event)
{
    // Some platforms turn the wheel sideways while Shift is held.
    const int delta = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    const bool control = event->modifiers() & Qt::ControlModifier;
    zoom(std::pow(0.8, delta / 120.0), event->position(), !control, !shift);
    event->accept();
}

void CoverageMatrix::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        m_pressed = event->position().toPoint();
        m_pressedRange = m_view->range;
        m_dragging = false;
    }
}

void CoverageMatrix::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint position = event->position().toPoint();
    m_hover = position;
    if ((event->buttons() & Qt::LeftButton) && m_pressed.x() >= 0) {
        if (!m_dragging && (position - m_pressed).manhattanLength() > 4) {
            m_dragging = true;
            viewport()->setCursor(Qt::ClosedHandCursor);
        }
        if (m_dragging) {
            const CoverageGeometry g(*m_view, viewport()->rect());
            setRange(m_pressedRange.translated((m_pressed.x() - position.x()) / g.columnWidth,
                                               (m_pressed.y() - position.y()) / g.rowHeight));
        }
    } else if (const auto hit = hitTest(position)) {
        Q_EMIT hovered(m_view->data.columns[static_cast<std::size_t>(hit->column)].task, hit->firstMolecule, hit->molecules);
    } else {
        Q_EMIT hovered(0, 0, 0);
    }
    viewport()->update();
}

void CoverageMatrix::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) {
        return;
    }
    if (!m_dragging && !m_view->data.isEmpty()) {
        const CoverageGeometry g(*m_view, viewport()->rect());
        const QPointF p = event->position();
        // A task's name and its bar select it, too.
        if (p.y() < viewport()->height() - CoverageGeometry::legend) {
            selectByPerson(g.columnAt(p.x()));
        }
    }
    m_dragging = false;
    m_pressed = {-1, -1};
    viewport()->unsetCursor();
    viewport()->update();
}

void CoverageMatrix::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (m_view->data.isEmpty()) {
        return;
    }
    const CoverageGeometry g(*m_view, viewport()->rect());
    const int column = g.columnAt(event->position().x());
    if (g.matrix.contains(event->position())) {
        zoomToFit();
    } else if (column >= 0) {
        Q_EMIT taskActivated(m_view->data.columns[static_cast<std::size_t>(column)].task);
    }
}

void CoverageMatrix::selectByPerson(int column)
{
    const qint64 task = column < 0 ? 0 : m_view->data.columns[static_cast<std::size_t>(column)].task;
    if (task != m_selectedTask) {
        setSelectedTask(task);
        Q_EMIT taskSelected(task);
    }
}

void CoverageMatrix::moveSelection(int step)
{
    const int count = m_view->columnCount();
    const int at = columnOfTask(m_selectedTask);
    if (count > 0) {
        selectByPerson(at < 0 ? (step > 0 ? 0 : count - 1) : std::clamp(at + step, 0, count - 1));
    }
}

void CoverageMatrix::keyPressEvent(QKeyEvent* event)
{
    const QRectF range = m_view->range;
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    const QPointF centre = QRectF(matrixRect()).center();
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    switch (event->key()) {
    case Qt::Key_Left: shift ? setRange(range.translated(-range.width() / 8, 0)) : moveSelection(-1); break;
    case Qt::Key_Right: shift ? setRange(range.translated(range.width() / 8, 0)) : moveSelection(1); break;
    case Qt::Key_Up: setRange(range.translated(0, -range.height() / 8)); break;
    case Qt::Key_Down: setRange(range.translated(0, range.height() / 8)); break;
    case Qt::Key_Home: moveSelection(-m_view->columnCount()); break;
    case Qt::Key_End: moveSelection(m_view->columnCount()); break;
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoom(0.8, centre, true, true); break;
    case Qt::Key_Minus: zoom(1.25, centre, true, true); break;
    case Qt::Key_F: zoomToFit(); break;
    case Qt::Key_Escape: selectByPerson(-1); break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_selectedTask != 0) {
            Q_EMIT taskActivated(m_selectedTask);
        }
        break;
    default: QAbstractScrollArea::keyPressEvent(event);
    }
}

void CoverageMatrix::contextMenuEvent(QContextMenuEvent* event)
{
    if (m_view->data.isEmpty()) {
        return;
    }
    QMenu menu(this);
    menu.addAction(icon(u"fit"_s), tr("Show everything"), QKeySequence(Qt::Key_F), this, &CoverageMatrix::zoomToFit);
    menu.addSeparator();
    menu.addAction(icon(u"copy"_s), tr("Copy picture and values"), QKeySequence::Copy, this, &CoverageMatrix::copy);
    menu.exec(event->globalPos());
}

bool CoverageMatrix::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave) {
        m_hover = {-1, -1};
        viewport()->update();
        Q_EMIT hovered(0, 0, 0);
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void CoverageMatrix::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void CoverageMatrix::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void CoverageMatrix::updateAccessible()
{
    if (m_view->data.isEmpty()) {
        setAccessibleName(m_emptyStrong);
        setAccessibleDescription(m_emptyGrey);
        return;
    }
    setAccessibleName(tr("Coverage matrix, %1 molecules, %2 tasks").arg(formatCount(m_view->counts.last()), formatCount(m_view->columnCount())));
    const int column = columnOfTask(m_selectedTask);
    if (column >= 0) {
        const auto& c = m_view->data.columns[static_cast<std::size_t>(column)];
        setAccessibleDescription(tr("selected: %1, %2 molecules with a label").arg(c.name, formatCount(c.n)));
    } else {
        setAccessibleDescription(tr("no task selected"));
    }
}

QImage CoverageMatrix::toImage() const
{
    return viewport()->grab().toImage();
}

QString CoverageMatrix::toTsv() const
{
    QStringList lines{u"dataset\ttask\tlevel\tn\tpercent of molecules"_s};
    const double all = static_cast<double>(m_view->counts.last());
    for (int i = 0; i < m_view->columnCount(); ++i) {
        const auto& column = m_view->data.columns[static_cast<std::size_t>(i)];
        const std::string_view level = levelName(column.level);
        const double labelled = all > 0 ? m_view->counts.labelled(i, 0, all) : 0;
        lines.append(QStringList{m_view->data.datasets[static_cast<std::size_t>(column.dataset)].name, column.name,
                                 QString::fromUtf8(level.data(), static_cast<qsizetype>(level.size())),
                                 QString::number(column.n), QString::number(100 * labelled / all, 'f', 3)}
                         .join(u'\t'));
    }
    return lines.join(u'\n') + u'\n';
}

void CoverageMatrix::copy() const
{
    if (m_view->data.isEmpty()) {
        return;
    }
    auto* mime = new QMimeData;
    mime->setImageData(toImage());
    mime->setText(toTsv());
    QGuiApplication::clipboard()->setMimeData(mime);
}

} // namespace papilio::widgets
