// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/flowlayout.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <QStyle>
#include <QWidget>

namespace papilio::widgets
{

FlowLayout::FlowLayout(QWidget* parent, int lineHeight) : QLayout(parent), m_lineHeight(lineHeight)
{
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

void FlowLayout::addStretching(QWidget* widget)
{
    m_stretching << widget;
    addWidget(widget);
}

void FlowLayout::setLastAtRight(bool right)
{
    m_lastAtRight = right;
    invalidate();
}

void FlowLayout::addItem(QLayoutItem* item)
{
    m_items << item;
    invalidate();
}

QLayoutItem* FlowLayout::itemAt(int index) const
{
    return m_items.value(index);
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    if (index < 0 || index >= m_items.size()) {
        return nullptr;
    }
    QLayoutItem* item = m_items.takeAt(index);
    m_stretching.removeAll(item->widget());
    invalidate();
    return item;
}

int FlowLayout::heightForWidth(int width) const
{
    return place({0, 0, width, 0}, false);
}

QSize FlowLayout::sizeHint() const
{
    QVector<QLayoutItem*> shown;
    std::copy_if(m_items.begin(), m_items.end(), std::back_inserter(shown), [](QLayoutItem* item) { return !item->isEmpty(); });
    const QMargins margins = contentsMargins();
    const int width = std::max(0, widthOf(shown)) + margins.left() + margins.right();
    return {width, heightForWidth(width)};
}

QSize FlowLayout::minimumSize() const
{
    QSize least(0, m_lineHeight);
    for (const QLayoutItem* item : m_items) {
        if (!item->isEmpty()) {
            least = least.expandedTo(item->minimumSize());
        }
    }
    const QMargins margins = contentsMargins();
    return least + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    place(rect, true);
}

bool FlowLayout::stretches(const QLayoutItem* item) const
{
    return m_stretching.contains(const_cast<QLayoutItem*>(item)->widget());
}

int FlowLayout::widthOf(const QLayoutItem* item) const
{
    return stretches(item) ? item->minimumSize().width() : item->sizeHint().width();
}

int FlowLayout::widthOf(const QVector<QLayoutItem*>& line) const
{
    int width = -spacing();
    for (const QLayoutItem* item : line) {
        width += widthOf(item) + spacing();
    }
    return width;
}

int FlowLayout::place(const QRect& rect, bool move) const
{
    const QRect inside = rect.marginsRemoved(contentsMargins());
    QVector<QLayoutItem*> line;
    int y = inside.top();
    const auto end = [&] {
        int height = m_lineHeight;
        for (const QLayoutItem* item : line) {
            height = std::max(height, item->sizeHint().height());
        }
        if (move) {
            placeLine(line, {inside.left(), y, inside.width(), height});
        }
        y += height;
        line.clear();
    };
    for (QLayoutItem* item : m_items) {
        if (item->isEmpty()) {
            continue;
        }
        line << item;
        if (line.size() > 1 && widthOf(line) > inside.width()) {
            line.removeLast();
            end();
            y += m_lineHeight > 0 ? 0 : spacing(); // lines of a given height have their own air
            line << item;
        }
    }
    if (!line.isEmpty()) {
        end();
    }
    const QMargins margins = contentsMargins();
    return y - inside.top() + margins.top() + margins.bottom();
}

void FlowLayout::placeLine(const QVector<QLayoutItem*>& line, const QRect& rect) const
{
    int left = std::max(0, rect.width() - widthOf(line));
    const bool last = m_lastAtRight && !line.isEmpty() && line.last() == m_items.last();
    const bool fills = std::any_of(line.begin(), line.end(), [this](const QLayoutItem* item) { return stretches(item); });
    int x = rect.left();
    for (QLayoutItem* item : line) {
        QSize size(widthOf(item), item->sizeHint().height());
        if (stretches(item)) {
            size.rwidth() += std::exchange(left, 0);
        }
        size.setWidth(std::min(size.width(), rect.width()));
        if (last && !fills && item == line.last() && line.size() > 1) {
            x += left;
        }
        const QRect box(x, rect.top() + (rect.height() - size.height()) / 2, size.width(), size.height());
        const QWidget* widget = item->widget();
        item->setGeometry(QStyle::visualRect(widget ? widget->layoutDirection() : Qt::LeftToRight, rect, box));
        x += size.width() + spacing();
    }
}

} // namespace papilio::widgets
