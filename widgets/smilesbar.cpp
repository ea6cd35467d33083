// SPDX-License-Identifier: GPL-3.0-or-later
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "widgets/format.h"
#include "widgets/moleculeview.h"
#include "widgets/stylepainting.h"

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

std::vector<int> smilesAtomMap(const QString& smiles)
{
    std::vector<int> map(static_cast<std::size_t>(smiles.size()), -1);
    int atom = 0;
    for (qsizetype i = 0; i < smiles.size(); ++i) {
        const QChar c = smiles[i];
        if (c == u'[') {
            const qsizetype close = smiles.indexOf(u']', i);
            const qsizetype end = close < 0 ? smiles.size() - 1 : close;
            for (qsizetype k = i; k <= end; ++k) {
                map[static_cast<std::size_t>(k)] = atom;
            }
            ++atom;
            i = end;
            continue;
        }
        if (c == u'%') { // two-digit ring number
            i += 2;
            continue;
        }
        if (!c.isLetter() && c != u'*') {
            continue;
        }
        map[static_cast<std::size_t>(i)] = atom;
        const QChar next = i + 1 < smiles.size() ? smiles[i + 1] : QChar();
        if ((c == u'C' && next == u'l') || (c == u'B' && next == u'r')) {
            map[static_cast<std::size_t>(++i)] = atom;
        }
        ++atom;
    }
    return map;
}

namespace
{
constexpr int cellWidth = 18;
constexpr int upper = 24;  ///< height of the bars above the characters
constexpr int letters = 22;
constexpr int below = 14;  ///< and below
} // namespace

SmilesBar::SmilesBar(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFont(Theme::current().font(TextStyle::Mono));
    setAccessibleName(tr("SMILES with scores"));
}

void SmilesBar::setSmiles(const QString& smiles, std::vector<int> map, std::vector<double> scores, const ScoreScale& scale)
{
    m_smiles = smiles;
    m_map = std::move(map);
    m_map.resize(static_cast<std::size_t>(smiles.size()), -1);
    m_scores = std::move(scores);
    m_scale = scale;
    m_scroll = 0;
    m_highlighted = m_hovered = -1;
    setAccessibleDescription(smiles);
    update();
}

void SmilesBar::clear()
{
    setSmiles({}, {}, {}, {});
}

int SmilesBar::firstCellX() const
{
    const int wanted = static_cast<int>(m_smiles.size()) * cellWidth;
    return wanted <= width() - 24 ? std::max((width() - wanted) / 2, 12) : 12 - m_scroll;
}

void SmilesBar::scrollBy(int pixels)
{
    const int wanted = static_cast<int>(m_smiles.size()) * cellWidth + 24;
    m_scroll = std::clamp(m_scroll + pixels, 0, std::max(wanted - width(), 0));
    update();
}

int SmilesBar::atomAt(const QPoint& position) const
{
    const int x = position.x() - firstCellX();
    const int cell = x >= 0 ? x / cellWidth : -1;
    return cell >= 0 && cell < static_cast<int>(m_map.size()) ? m_map[static_cast<std::size_t>(cell)] : -1;
}

void SmilesBar::highlightAtom(int atom)
{
    if (m_highlighted == atom) {
        return;
    }
    m_highlighted = atom;
    const auto cell = std::find(m_map.begin(), m_map.end(), atom);
    if (atom >= 0 && cell != m_map.end()) {
        const int x = firstCellX() + static_cast<int>(cell - m_map.begin()) * cellWidth;
        if (x < 0) {
            scrollBy(x - 2 * cellWidth);
        } else if (x + cellWidth > width()) {
            scrollBy(x + 3 * cellWidth - width());
        }
    }
    update();
}

void SmilesBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Role::Surface));
    painter.setFont(font());
    const int left = firstCellX();
    const int top = (height() - upper - letters - below) / 2;
    const int lettersTop = top + upper;
    const int count = static_cast<int>(m_smiles.size());
    if (count == 0) {
        return;
    }
    const double span = m_scale.limit > 0 ? m_scale.limit : 1;
    for (int i = 0; i < count; ++i) {
        const int x = left + i * cellWidth;
        if (x + cellWidth < 0 || x > width()) {
            continue;
        }
        const int atom = m_map[static_cast<std::size_t>(i)];
        const QRectF cell(x, lettersTop, cellWidth, letters);
        if (atom >= 0 && atom == m_highlighted) {
            painter.fillRect(cell, theme.color(Role::Selection));
        }
        // A bracket atom has one bar, over its first letter.
        const bool first = i == 0 || m_map[static_cast<std::size_t>(i - 1)] != atom;
        if (atom >= 0 && first && static_cast<std::size_t>(atom) < m_scores.size()) {
            const double score = m_scores[static_cast<std::size_t>(atom)];
            if (std::isfinite(score) && score != 0) {
                const double size = std::min(std::abs(score) / span, 1.0) * (upper - 2);
                const double shown = score > 0 ? size : std::min(size, below * 1.0);
                const QRectF bar(x + 2, score > 0 ? lettersTop - shown : lettersTop + letters, cellWidth - 3, std::max(shown, 1.0));
                painter.fillRect(bar, m_scale.color(score / std::abs(score) * span));
            }
        }
        painter.setPen(theme.color(atom >= 0 ? Role::Text : Role::TextTertiary));
        painter.drawText(cell, Qt::AlignCenter, m_smiles.mid(i, 1));
    }
    const QColor line = theme.color(Role::Divider);
    const int x0 = std::max(left - 4, 0);
    const int x1 = std::min(left + count * cellWidth + 4, width());
    painter.fillRect(x0, lettersTop, x1 - x0, 1, line);
    painter.fillRect(x0, lettersTop + letters - 1, x1 - x0, 1, line);
    // What goes on beyond an edge is said.
    painter.setPen(theme.color(Role::TextSecondary));
    if (left < 0) {
        painter.fillRect(0, lettersTop + 1, 16, letters - 2, theme.color(Role::Surface));
        painter.drawText(QRect(0, lettersTop, 14, letters), Qt::AlignCenter, u"…"_s);
    }
    if (left + count * cellWidth > width()) {
        painter.fillRect(width() - 16, lettersTop + 1, 16, letters - 2, theme.color(Role::Surface));
        painter.drawText(QRect(width() - 14, lettersTop, 14, letters), Qt::AlignCenter, u"…"_s);
    }
    if (hasFocus()) {
        stylepainting::roundedBox(&painter, rect(), 0, {}, theme.color(Role::Focus, 0.7), 1);
    }
}

void SmilesBar::mouseMoveEvent(QMouseEvent* event)
{
    const int atom = atomAt(event->position().toPoint());
    if (atom != m_hovered) {
        m_hovered = atom;
        m_highlighted = atom;
        const bool scored = atom >= 0 && static_cast<std::size_t>(atom) < m_scores.size();
        setToolTip(scored ? tr("atom %1: %2").arg(atom + 1).arg(formatSigned(m_scores[static_cast<std::size_t>(atom)],
                                                                              m_scale.decimals() + 1))
                          : QString());
        update();
        Q_EMIT atomHovered(atom);
    }
}

void SmilesBar::leaveEvent(QEvent*)
{
    m_highlighted = -1;
    update();
    if (m_hovered != -1) {
        m_hovered = -1;
        Q_EMIT atomHovered(-1);
    }
}

void SmilesBar::wheelEvent(QWheelEvent* event)
{
    const QPoint delta = event->angleDelta();
    scrollBy(-(delta.x() != 0 ? delta.x() : delta.y()) / 2);
    event->accept();
}

void SmilesBar::keyPressEvent(QKeyEvent* event)
{
    const int atoms = m_map.empty() ? 0 : *std::max_element(m_map.begin(), m_map.end()) + 1;
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (step == 0 || atoms == 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    m_hovered = m_hovered < 0 ? (step > 0 ? 0 : atoms - 1) : (m_hovered + step + atoms) % atoms;
    highlightAtom(m_hovered);
    Q_EMIT atomHovered(m_hovered);
}

void SmilesBar::resizeEvent(QResizeEvent*)
{
    scrollBy(0);
}

} // namespace papilio::widgets
