// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>
#include <QWidget>

namespace papilio::widgets
{

/// Train, validation and test as one bar with their numbers below. The two borders can be dragged, or moved by the arrow
/// keys (Tab goes to the next border), while it is editable.
class SplitBar : public QWidget
{
    Q_OBJECT

public:
    explicit SplitBar(QWidget* parent = nullptr);
    void setFractions(double train, double validation, double test); ///< normalised to 1
    double train() const { return m_train; }
    double validation() const { return m_validation; }
    double test() const { return 1 - m_train - m_validation; }
    /// Molecules in each part as counted; 0, 0, 0: percentages are printed instead.
    void setCounts(qint64 train, qint64 validation, qint64 test);
    void setEditable(bool editable);

    QSize sizeHint() const override { return {288, 30}; }
    QSize minimumSizeHint() const override { return {160, 30}; }

Q_SIGNALS:
    void fractionsChanged(double train, double validation, double test); ///< by a person

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    double borderX(int border) const;
    void moveBorder(int border, double fraction);
    void updateAccessible();

    double m_train = 0.8;
    double m_validation = 0.1;
    qint64 m_counts[3] = {0, 0, 0};
    bool m_editable = true;
    int m_dragged = -1;
    int m_focused = 0;
};

/// Parts of a whole as one bar with a legend: used, merged, repaired, rejected rows; active, inactive, missing.
class ProportionBar : public QWidget
{
    Q_OBJECT

public:
    enum class Tone { Ink, Series, Quiet, Success, Warning, Error };
    struct Part {
        QString name;
        qint64 count = 0;
        Tone tone = Tone::Ink;
        int series = 0;      ///< Tone::Series: colour
        QString remark;      ///< printed grey behind the share
    };
    explicit ProportionBar(QWidget* parent = nullptr);
    void setParts(QVector<Part> parts);
    QSize sizeHint() const override { return {288, 32}; }
    QSize minimumSizeHint() const override { return {160, 32}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Piece {
        QString text;
        QFont font;
        bool grey = false;
    };
    QVector<Piece> legendOf(const Part& part) const;
    QVector<QPoint> legendPlaces(int width) const; ///< an entry that does not fit begins a new line

    QVector<Part> m_parts;
};

} // namespace papilio::widgets
