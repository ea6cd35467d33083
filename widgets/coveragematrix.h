// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QImage>
#include <QPointF>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "core/task.h"

namespace papilio::widgets
{

/// Which molecules have a label of which task, counted in bins of consecutive molecules.
struct CoverageData {
    struct Dataset {
        qint64 id = 0;
        QString name;
        int series = 0;        ///< colour, index of Theme::series()
        qint64 molecules = 0;  ///< molecules that come first from this dataset (the height of its row group)
    };
    struct Column {
        qint64 task = 0;       ///< what taskSelected() reports
        int dataset = 0;       ///< index into datasets; columns of one dataset stand together
        QString name;
        Level level = Level::Graph;
        qint64 n = 0;          ///< molecules with a label
    };
    struct Bin {
        qint64 molecules = 0;  ///< how many molecules this row of the matrix stands for; > 0
        int group = -1;        ///< index into datasets, rows of one group stand together; −1 = none
    };

    std::vector<Dataset> datasets;
    std::vector<Column> columns;
    std::vector<Bin> bins;               ///< top to bottom
    std::vector<quint32> labelled;       ///< bins × columns, row-major: molecules of that bin with a label of that task
    QString order;                       ///< how the molecules are ordered, printed at the left: "grouped by first dataset"

    qint64 moleculeCount() const;
    bool isEmpty() const { return columns.empty() || bins.empty(); }
    bool isConsistent() const;           ///< sizes and indices fit together
};

/// A finer count of some of the molecules, in the order of the bins.
struct CoverageDetail {
    qint64 firstMolecule = 0;            ///< counted from the top, 0-based
    std::vector<CoverageData::Bin> bins; ///< consecutive from firstMolecule
    std::vector<quint32> labelled;       ///< bins × all columns
};

/// Molecules × tasks, from a million down to single labels. Wheel zooms at the pointer (Shift: tasks only, Ctrl: molecules
/// only), drag pans, double click or F fits everything, click selects a task, arrow keys move the selection, Enter
/// activates it, Ctrl+C copies a picture and the values. Column margins: percent of molecules with a label; row margin:
/// percent of tasks with a label. When zoomed deeper than the bins, detailRequested() asks for an exact count.
class CoverageMatrix : public QAbstractScrollArea
{
    Q_OBJECT

public:
    struct View; ///< private to the implementation

    explicit CoverageMatrix(QWidget* parent = nullptr);
    ~CoverageMatrix() override;

    /// Shows these counts and everything of them. Inconsistent data shows the empty state.
    void setData(CoverageData data);
    const CoverageData& data() const;
    /// Answers detailRequested(); ignored when it does not fit the columns.
    void setDetail(CoverageDetail detail);
    /// What an empty matrix says.
    void setEmptyText(const QString& strong, const QString& grey);

    qint64 selectedTask() const { return m_selectedTask; } ///< 0 = none
    void setSelectedTask(qint64 task);                     ///< scrolls it into view; unknown or 0 selects none

    /// Tasks (x) and molecules (y) in view.
    QRectF visibleRange() const;
    void zoomToFit();
    void zoomTo(const QRectF& tasksAndMolecules);

    struct Hit {
        int column = -1;           ///< index into data().columns
        qint64 firstMolecule = 0;  ///< 0-based
        qint64 molecules = 0;      ///< molecules of the tile
        qint64 labelled = 0;       ///< of them with a label of the task
    };
    std::optional<Hit> hitTest(const QPoint& viewportPosition) const;
    QRect matrixRect() const;                              ///< of the tiles, in viewport coordinates
    QRect columnRect(int column) const;                    ///< of one task's tiles

    QImage toImage() const;                                ///< as shown
    QString toTsv() const;                                 ///< one line a task: dataset, task, level, n, percent
    void copy() const;

    QSize sizeHint() const override { return {768, 620}; }
    QSize minimumSizeHint() const override { return {320, 280}; }

Q_SIGNALS:
    void taskSelected(qint64 task);   ///< by a person; 0 = none
    void taskActivated(qint64 task);  ///< Enter or double click on a name
    void visibleRangeChanged();
    /// These molecules are in view at more than one pixel a molecule of a bin; setDetail() may answer, at any time.
    void detailRequested(qint64 firstMolecule, qint64 count);
    void hovered(qint64 task, qint64 firstMolecule, qint64 molecules); ///< task 0: nothing

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void selectByPerson(int column);
    void moveSelection(int step);
    void setRange(QRectF range);
    void zoom(double factor, const QPointF& at, bool tasks, bool molecules);
    void askForDetail();
    void updateAccessible();
    int columnOfTask(qint64 task) const;

    std::unique_ptr<View> m_view;
    qint64 m_selectedTask = 0;
    QPoint m_hover{-1, -1};
    QPoint m_pressed{-1, -1};
    QRectF m_pressedRange;
    bool m_dragging = false;
    QString m_emptyStrong;
    QString m_emptyGrey;
};

} // namespace papilio::widgets
