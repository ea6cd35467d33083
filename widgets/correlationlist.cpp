// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include "widgets/format.h"
#include "widgets/taskpairs.h"
#include "widgets/theme.h"

namespace papilio::widgets
{

namespace
{
constexpr int lineHeight = 22, barWidth = 44, numberWidth1 = 58, countWidth = 50;
} // namespace

CorrelationList::CorrelationList(QWidget* parent) : QWidget(parent)
{
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void CorrelationList::setLines(const std::vector<Line>& lines)
{
    m_lines = lines;
    updateGeometry();
    update();
}

QSize CorrelationList::sizeHint() const
{
    return {280, static_cast<int>(m_lines.size()) * lineHeight};
}

void CorrelationList::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setFont(theme.font(TextStyle::Table));
    const int nameWidth = width() - barWidth - numberWidth1 - countWidth - 12;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const Line& line = m_lines[i];
        const int top = static_cast<int>(i) * lineHeight;
        painter.setPen(theme.color(Role::Text));
        painter.drawText(QRect(0, top, nameWidth, lineHeight), Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(line.name, Qt::ElideMiddle, nameWidth));
        const int middle = nameWidth + 6 + barWidth / 2;
        painter.fillRect(middle, top + 5, 1, lineHeight - 10, theme.color(Role::Divider));
        if (!std::isnan(line.correlation)) {
            const int length = static_cast<int>(std::abs(line.correlation) * barWidth / 2);
            painter.fillRect(line.correlation < 0 ? middle - length : middle + 1, top + 7, length, lineHeight - 14,
                             theme.diverging(line.correlation < 0 ? -0.8 : 0.8));
        }
        drawNumber(&painter, QRectF(width() - countWidth - numberWidth1, top, numberWidth1 - 6, lineHeight),
                   std::isnan(line.correlation) ? undefinedText() : formatSigned(line.correlation, 2), Qt::AlignRight | Qt::AlignVCenter);
        painter.setPen(theme.color(Role::TextSecondary));
        drawNumber(&painter, QRectF(width() - countWidth, top, countWidth, lineHeight), formatCount(line.molecules),
                   Qt::AlignRight | Qt::AlignVCenter);
    }
}

void CorrelationList::mousePressEvent(QMouseEvent* event)
{
    const auto at = static_cast<std::size_t>(std::max(0, event->pos().y()) / lineHeight);
    if (at < m_lines.size()) {
        Q_EMIT taskSelected(m_lines[at].task);
    }
}

bool CorrelationList::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto at = static_cast<std::size_t>(std::max(0, help->pos().y()) / lineHeight);
        if (at < m_lines.size()) {
            QToolTip::showText(help->globalPos(),
                               tr("%1: %2 molecules with both").arg(m_lines[at].place.isEmpty() ? m_lines[at].name : m_lines[at].place + QChar(u' ') + m_lines[at].name, formatCount(m_lines[at].molecules)), this);
            return true;
        }
    }
    return QWidget::event(event);
}

} // namespace papilio::widgets
