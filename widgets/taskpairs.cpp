// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/taskpairs.h"

#include <algorithm>
#include <cmath>

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include "widgets/format.h"
#include "widgets/theme.h"

namespace papilio::widgets
{

using namespace Qt::StringLiterals;

namespace
{

constexpr double leastNumberCell = 34;
constexpr int band = 4, legendHeight = 36, margin = 12, namesRoom = 132, leastNameCell = 13;

QString correlationText(double r)
{
    return std::isnan(r) ? undefinedText() : formatSigned(r, 2);
}

} // namespace

bool TaskPairs::isConsistent() const
{
    return molecules.size() == tasks.size() * tasks.size() && correlation.size() == molecules.size();
}

TaskPairsView::TaskPairsView(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    connect(&Theme::current(), &Theme::changed, this, [this] {
        makeImage();
        update();
    });
}

void TaskPairsView::setData(TaskPairs data)
{
    m_data = data.isConsistent() ? std::move(data) : TaskPairs{};
    m_most = 0;
    for (std::size_t row = 0; row < m_data.tasks.size(); ++row) {
        for (std::size_t column = 0; column < row; ++column) {
            m_most = std::max(m_most, m_data.molecules[row * m_data.tasks.size() + column]);
        }
    }
    makeImage();
    update();
}

void TaskPairsView::setEmptyText(const QString& strong, const QString& grey)
{
    m_emptyStrong = strong;
    m_emptyGrey = grey;
    update();
}

void TaskPairsView::setSelectedTask(qint64 task)
{
    m_selected = task;
    update();
}

int TaskPairsView::indexOf(qint64 task) const
{
    const auto found = std::find_if(m_data.tasks.begin(), m_data.tasks.end(), [task](const auto& one) { return one.id == task; });
    return found == m_data.tasks.end() ? -1 : static_cast<int>(found - m_data.tasks.begin());
}

void TaskPairsView::makeImage()
{
    const auto n = static_cast<int>(m_data.tasks.size());
    m_image = n == 0 ? QImage() : QImage(n, n, QImage::Format_RGB32);
    const Theme& theme = Theme::current();
    const QRgb undefined = theme.color(Role::Sunken).rgb();
    const QRgb diagonal = theme.color(Role::Surface).rgb();
    for (int row = 0; row < n; ++row) {
        auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(row));
        for (int column = 0; column < n; ++column) {
            const std::size_t at = static_cast<std::size_t>(row) * m_data.tasks.size() + static_cast<std::size_t>(column);
            if (row == column) {
                line[column] = diagonal;
            } else if (row < column) {
                const float r = m_data.correlation[at];
                line[column] = std::isnan(r) ? undefined : theme.diverging(r).rgb();
            } else {
                const quint32 shared = m_data.molecules[at];
                line[column] = shared == 0 ? undefined : theme.coverage(std::log1p(shared) / std::log1p(std::max(m_most, 1u))).rgb();
            }
        }
    }
}

bool TaskPairsView::isCrowded() const
{
    const int room = std::min(width() - namesRoom - 2 * margin, height() - namesRoom - 2 * margin - legendHeight);
    return static_cast<int>(m_data.tasks.size()) * leastNameCell > room;
}

QRect TaskPairsView::matrixRect() const
{
    const int below = isCrowded() ? 28 : namesRoom;
    const QRect area = rect().adjusted(margin + namesRoom, margin, -margin, -margin - legendHeight - below);
    const auto n = static_cast<int>(std::max<std::size_t>(m_data.tasks.size(), 1));
    int side = std::min(area.width(), area.height());
    side = std::max(side / n, 0) * n > side * 3 / 4 ? side / n * n : side; // whole pixels a task where that costs little
    return {area.left(), area.top(), std::max(side, 1), std::max(side, 1)};
}

std::optional<std::pair<int, int>> TaskPairsView::cellAt(const QPoint& position) const
{
    const QRect area = matrixRect();
    if (m_data.tasks.empty() || !area.contains(position)) {
        return {};
    }
    const auto n = static_cast<int>(m_data.tasks.size());
    return std::pair((position.y() - area.top()) * n / area.height(), (position.x() - area.left()) * n / area.width());
}

QString TaskPairsView::textAt(const QPoint& position) const
{
    const auto cell = cellAt(position);
    if (!cell) {
        return {};
    }
    const auto& [row, column] = *cell;
    const auto& a = m_data.tasks[static_cast<std::size_t>(row)];
    const auto& b = m_data.tasks[static_cast<std::size_t>(column)];
    const std::size_t at = static_cast<std::size_t>(row) * m_data.tasks.size() + static_cast<std::size_t>(column);
    if (row == column) {
        return tr("%1 (%2): %3 molecules").arg(a.name, a.dataset, formatCount(m_data.molecules[at]));
    }
    return tr("%1 (%2) × %3 (%4)\n%5 molecules with both, r %6")
        .arg(a.name, a.dataset, b.name, b.dataset, formatCount(m_data.molecules[at]), correlationText(m_data.correlation[at]));
}

void TaskPairsView::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Role::Surface));
    if (m_image.isNull()) {
        painter.setFont(theme.font(TextStyle::BodyStrong));
        painter.setPen(theme.color(Role::Text));
        painter.drawText(rect().adjusted(24, 0, -24, -12), Qt::AlignCenter, m_emptyStrong);
        painter.setFont(theme.font(TextStyle::Body));
        painter.setPen(theme.color(Role::TextSecondary));
        painter.drawText(rect().adjusted(24, 36, -24, 0), Qt::AlignCenter | Qt::TextWordWrap, m_emptyGrey);
        return;
    }
    const QRect area = matrixRect();
    painter.drawImage(area, m_image);
    paintNumbers(painter, area);
    const double cell = double(area.width()) / double(m_data.tasks.size());
    for (std::size_t i = 0; i < m_data.tasks.size(); ++i) {
        const int from = area.left() + int(double(i) * cell), to = area.left() + int(double(i + 1) * cell);
        const QColor colour = theme.series(m_data.tasks[i].series);
        painter.fillRect(from, area.bottom() + 3, std::max(1, to - from), band, colour);
        painter.fillRect(area.left() - 2 - band, from - area.left() + area.top(), band, std::max(1, to - from), colour);
    }
    if (const int at = indexOf(m_selected); at >= 0) {
        painter.setPen(QPen(theme.color(Role::AccentMark), 1.5));
        painter.drawRect(QRectF(area.left() - 0.5, area.top() + at * cell - 0.5, area.width(), std::max(cell, 2.0)));
        painter.drawRect(QRectF(area.left() + at * cell - 0.5, area.top() - 0.5, std::max(cell, 2.0), area.height()));
    }
    paintNames(painter, area);
    paintLegend(painter, QRect(0, height() - legendHeight, width(), legendHeight));
}

void TaskPairsView::paintNames(QPainter& painter, const QRect& area) const
{
    const Theme& theme = Theme::current();
    const double cell = double(area.width()) / double(m_data.tasks.size());
    painter.setFont(theme.font(TextStyle::Axis));
    const QFontMetrics metrics = painter.fontMetrics();
    const bool crowded = isCrowded();
    const auto name = [&](const QString& text, double from, double to, bool strong) {
        painter.setPen(theme.color(strong ? Role::AccentText : Role::TextSecondary));
        const double middle = (from + to) / 2;
        const QString shown = metrics.elidedText(text, Qt::ElideMiddle, namesRoom - 12);
        painter.drawText(QRectF(area.left() - namesRoom, area.top() + middle - 8, namesRoom - 10, 16), Qt::AlignRight | Qt::AlignVCenter, shown);
        if (crowded) {
            painter.drawText(QRectF(area.left() + from, area.bottom() + 9, to - from, 16), Qt::AlignHCenter | Qt::AlignVCenter,
                             metrics.elidedText(text, Qt::ElideMiddle, static_cast<int>(to - from)));
            return;
        }
        painter.save();
        painter.translate(area.left() + middle, area.bottom() + 12);
        painter.rotate(-90);
        painter.drawText(QRectF(-namesRoom + 8, -8, namesRoom - 10, 16), Qt::AlignRight | Qt::AlignVCenter, shown);
        painter.restore();
    };
    if (!crowded) {
        for (std::size_t i = 0; i < m_data.tasks.size(); ++i) {
            name(m_data.tasks[i].name, double(i) * cell, double(i + 1) * cell, m_data.tasks[i].id == m_selected);
        }
        return;
    }
    for (std::size_t i = 0; i < m_data.tasks.size();) { // the datasets, where the tasks have no room
        std::size_t end = i;
        while (end < m_data.tasks.size() && m_data.tasks[end].dataset == m_data.tasks[i].dataset) {
            ++end;
        }
        if (double(end - i) * cell >= leastNameCell) {
            name(m_data.tasks[i].dataset, double(i) * cell, double(end) * cell, false);
        }
        i = end;
    }
}

/// Where the cells have room, their numbers stand in them.
void TaskPairsView::paintNumbers(QPainter& painter, const QRect& area) const
{
    const std::size_t n = m_data.tasks.size();
    const double cell = double(area.width()) / double(n);
    if (cell < leastNumberCell) {
        return;
    }
    painter.setFont(Theme::current().font(TextStyle::Axis));
    const QColor text = Theme::current().color(Role::Text), surface = Theme::current().color(Role::Surface);
    for (std::size_t row = 0; row < n; ++row) {
        for (std::size_t column = 0; column < n; ++column) {
            const quint32 shared = m_data.molecules[row * n + column];
            const float r = m_data.correlation[row * n + column];
            const bool upper = row < column;
            const QString number = upper ? formatSigned(r, 2) : formatCount(shared);
            if ((upper ? std::isnan(r) : shared == 0) || painter.fontMetrics().horizontalAdvance(number) > cell - 2) {
                continue;
            }
            const int ground = qGray(m_image.pixel(static_cast<int>(column), static_cast<int>(row)));
            painter.setPen(std::abs(ground - qGray(text.rgb())) > std::abs(ground - qGray(surface.rgb())) ? text : surface);
            painter.drawText(QRectF(area.left() + double(column) * cell, area.top() + double(row) * cell, cell, cell), Qt::AlignCenter,
                             number);
        }
    }
}

void TaskPairsView::paintLegend(QPainter& painter, const QRect& area) const
{
    const Theme& theme = Theme::current();
    painter.fillRect(area.left(), area.top(), area.width(), 1, theme.color(Role::Hairline));
    painter.setFont(theme.font(TextStyle::Caption));
    const QFontMetrics metrics = painter.fontMetrics();
    int x = area.left() + margin;
    const auto text = [&](const QString& words) {
        painter.setPen(theme.color(Role::TextSecondary));
        const int width = metrics.horizontalAdvance(words);
        painter.drawText(QRect(x, area.top(), width + 2, area.height()), Qt::AlignVCenter | Qt::AlignLeft, words);
        x += width + 8;
    };
    const auto scale = [&](auto colour) {
        constexpr int width = 72;
        for (int i = 0; i < width; ++i) {
            painter.fillRect(x + i, area.center().y() - 5, 1, 11, colour(double(i) / (width - 1)));
        }
        x += width + 8;
    };
    text(tr("molecules with both   1"));
    scale([&theme](double share) { return theme.coverage(std::max(share, 0.01)); });
    text(formatCount(m_most) + u"    "_s);
    text(tr("correlation   −1"));
    scale([&theme](double share) { return theme.diverging(2 * share - 1); });
    text(u"+1    "_s);
    painter.fillRect(x, area.center().y() - 5, 11, 11, theme.color(Role::Sunken));
    x += 18;
    text(tr("none, or undefined"));
}

void TaskPairsView::mouseMoveEvent(QMouseEvent* event)
{
    m_hover = event->pos();
    const QString text = textAt(m_hover);
    if (text.isEmpty()) {
        QToolTip::hideText();
    } else {
        QToolTip::showText(event->globalPosition().toPoint(), text, this);
    }
}

void TaskPairsView::leaveEvent(QEvent* event)
{
    m_hover = {-1, -1};
    QWidget::leaveEvent(event);
}

void TaskPairsView::mousePressEvent(QMouseEvent* event)
{
    if (const auto cell = cellAt(event->pos()); cell && event->button() == Qt::LeftButton) {
        m_selected = m_data.tasks[static_cast<std::size_t>(cell->first)].id;
        update();
        Q_EMIT taskSelected(m_selected);
    }
}

void TaskPairsView::keyPressEvent(QKeyEvent* event)
{
    const bool up = event->key() == Qt::Key_Up || event->key() == Qt::Key_Left;
    const bool down = event->key() == Qt::Key_Down || event->key() == Qt::Key_Right;
    if (event->matches(QKeySequence::Copy)) {
        copy();
    } else if ((up || down) && !m_data.tasks.empty()) {
        const int at = std::clamp(indexOf(m_selected) + (down ? 1 : -1), 0, static_cast<int>(m_data.tasks.size()) - 1);
        m_selected = m_data.tasks[static_cast<std::size_t>(at)].id;
        update();
        Q_EMIT taskSelected(m_selected);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void TaskPairsView::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy picture and table"), QKeySequence(QKeySequence::Copy), this, [this] { copy(); });
    menu->popup(event->globalPos());
}

QString TaskPairsView::toTsv() const
{
    QString text = u"dataset\ttask\tother dataset\tother task\tmolecules\tcorrelation\n"_s;
    for (std::size_t row = 0; row < m_data.tasks.size(); ++row) {
        for (std::size_t column = row + 1; column < m_data.tasks.size(); ++column) {
            const std::size_t at = row * m_data.tasks.size() + column;
            if (m_data.molecules[at] == 0) {
                continue;
            }
            const float r = m_data.correlation[at];
            text += QStringList{m_data.tasks[row].dataset, m_data.tasks[row].name, m_data.tasks[column].dataset,
                                m_data.tasks[column].name, QString::number(m_data.molecules[at]),
                                std::isnan(r) ? u"undefined"_s : QString::number(r, 'f', 4)}
                        .join(u'\t') +
                    u'\n';
        }
    }
    return text;
}

void TaskPairsView::copy() const
{
    auto* mime = new QMimeData;
    mime->setText(toTsv());
    QImage picture(size() * devicePixelRatioF(), QImage::Format_RGB32);
    picture.setDevicePixelRatio(devicePixelRatioF());
    const_cast<TaskPairsView*>(this)->render(&picture);
    mime->setImageData(picture);
    QGuiApplication::clipboard()->setMimeData(mime);
}

} // namespace papilio::widgets
