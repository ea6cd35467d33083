// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>
#include <QWidget>
#include <optional>
#include <vector>

namespace papilio::widgets
{

/// Tasks beside each other: how many molecules have a label of both, and how these correlate.
struct TaskPairs {
    struct Task {
        qint64 id = 0;
        QString name, dataset;
        int series = 0; ///< colour of its dataset
    };
    std::vector<Task> tasks;        ///< those of one dataset stand together
    std::vector<quint32> molecules; ///< tasks × tasks, symmetric
    std::vector<float> correlation; ///< the same; NaN = undefined

    bool isConsistent() const;
};

/// Tasks × tasks: below the diagonal the molecules that two share (log scale), above it their correlation. Hover says
/// both in numbers; a click selects the task of the row, arrow keys move the selection, Ctrl+C copies picture and table.
class TaskPairsView : public QWidget
{
    Q_OBJECT

public:
    explicit TaskPairsView(QWidget* parent = nullptr);
    void setData(TaskPairs data);
    const TaskPairs& data() const { return m_data; }
    void setEmptyText(const QString& strong, const QString& grey);
    void setSelectedTask(qint64 task);
    QString toTsv() const; ///< a line a pair: both tasks, molecules, correlation
    void copy() const;
    /// "logp × SA: 12 000 molecules, r = −0.52" at a position of the widget, else empty.
    QString textAt(const QPoint& position) const;
    QRect matrixRect() const;

    QSize sizeHint() const override { return {768, 620}; }
    QSize minimumSizeHint() const override { return {320, 280}; }

Q_SIGNALS:
    void taskSelected(qint64 task);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    std::optional<std::pair<int, int>> cellAt(const QPoint& position) const; ///< row, column
    void makeImage();
    void paintNames(QPainter& painter, const QRect& area) const;
    void paintNumbers(QPainter& painter, const QRect& area) const;
    void paintLegend(QPainter& painter, const QRect& area) const;
    int indexOf(qint64 task) const;
    bool isCrowded() const; ///< no room for the names of tasks: datasets are named

    TaskPairs m_data;
    QImage m_image;
    quint32 m_most = 0; ///< molecules of a pair of different tasks
    qint64 m_selected = 0;
    QPoint m_hover{-1, -1};
    QString m_emptyStrong, m_emptyGrey;
};

/// The tasks that correlate most with one: name, signed bar, r and n.
class CorrelationList : public QWidget
{
    Q_OBJECT

public:
    struct Line {
        qint64 task = 0;
        QString name;
        QString place;          ///< of another dataset: its name, for the tool tip
        double correlation = 0; ///< NaN = undefined
        qint64 molecules = 0;
    };
    explicit CorrelationList(QWidget* parent = nullptr);
    void setLines(const std::vector<Line>& lines);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

Q_SIGNALS:
    void taskSelected(qint64 task);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    std::vector<Line> m_lines;
};

} // namespace papilio::widgets
