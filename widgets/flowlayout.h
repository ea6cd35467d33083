// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>
#include <QVector>

namespace papilio::widgets
{

/// A row that goes on in further lines where one is too short, for the tools above a view. An item that was added as
/// stretching needs its least width and takes what is left of its line; the last item of the row can stand at the right end.
class FlowLayout : public QLayout
{
    Q_OBJECT

public:
    /// lineHeight: the least height of a line; 0 = as its items need.
    explicit FlowLayout(QWidget* parent, int lineHeight = 0);
    ~FlowLayout() override;

    void addStretching(QWidget* widget); ///< takes what is left of its line
    void setLastAtRight(bool right);

    void addItem(QLayoutItem* item) override;
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    int place(const QRect& rect, bool move) const; ///< the height
    void placeLine(const QVector<QLayoutItem*>& line, const QRect& rect) const;
    bool stretches(const QLayoutItem* item) const;
    int widthOf(const QLayoutItem* item) const;
    int widthOf(const QVector<QLayoutItem*>& line) const;

    QVector<QLayoutItem*> m_items;
    QVector<QWidget*> m_stretching;
    int m_lineHeight;
    bool m_lastAtRight = false;
};

} // namespace papilio::widgets
