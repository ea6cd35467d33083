// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QButtonGroup>
#include <QLabel>
#include <QVector>

#include "widgets/theme.h"

namespace papilio::widgets
{

/// A QLabel in a text style and colour role, following the theme.
class Label : public QLabel
{
    Q_OBJECT

public:
    explicit Label(const QString& text = {}, TextStyle style = TextStyle::Body, Role role = Role::Text,
                   QWidget* parent = nullptr);
    void setRole(Role role);
    void setStyle(TextStyle style);
};

/// One line that is cut with "…" where there is no room; the whole text is then the tool tip.
class ElidedLabel : public QWidget
{
    Q_OBJECT

public:
    explicit ElidedLabel(const QString& text = {}, Qt::TextElideMode mode = Qt::ElideMiddle, QWidget* parent = nullptr);
    QString text() const { return m_text; }
    void setText(const QString& text);
    void setRole(Role role);
    void setStyle(TextStyle style);
    bool isElided() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    QString m_text;
    Qt::TextElideMode m_mode;
    Role m_role = Role::Text;
};

/// A line of one pixel, horizontal or vertical.
class Hairline : public QWidget
{
    Q_OBJECT

public:
    explicit Hairline(Qt::Orientation orientation = Qt::Horizontal, QWidget* parent = nullptr, Role role = Role::Hairline);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Role m_role;
};

/// Bold section title, a grey remark behind it, room for buttons at the right. With a chrome background it is the title
/// bar of a panel (32 px), without it a heading inside one.
class SectionHeader : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Heading, PanelTitle };
    explicit SectionHeader(const QString& title, Kind kind = Kind::Heading, QWidget* parent = nullptr);
    void setTitle(const QString& title);
    void setRemark(const QString& remark);
    void addWidget(QWidget* widget); ///< at the right

private:
    Label* m_title;
    ElidedLabel* m_remark;
    Kind m_kind;
};

/// Coloured square of a dataset or run.
class Swatch : public QWidget
{
    Q_OBJECT

public:
    explicit Swatch(int series = 0, QWidget* parent = nullptr);
    void setSeries(int series);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_series;
};

/// A pane: filled with a role, with hairlines at the chosen edges.
class Pane : public QWidget
{
    Q_OBJECT

public:
    explicit Pane(Role background = Role::Surface, Qt::Edges lines = {}, QWidget* parent = nullptr);
    void setBackgroundRole(Role role);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Role m_role;
    Qt::Edges m_lines;
};

/// "2D | 3D": one of a few choices, joined in one outline. Left and Right change the choice.
class SegmentedControl : public QWidget
{
    Q_OBJECT

public:
    explicit SegmentedControl(const QStringList& texts, QWidget* parent = nullptr);
    int currentIndex() const { return m_current; }
    void setCurrentIndex(int index);
    void setTexts(const QStringList& texts);
    void setSegmentEnabled(int index, bool enabled, const QString& why = {});
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentIndexChanged(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    QRect segmentRect(int index) const;
    int segmentAt(const QPoint& position) const;
    int segmentWidth(int index) const;
    int widthWith(int air) const; ///< of all segments

    struct Segment {
        QString text;
        QString why;
        bool enabled = true;
    };
    QVector<Segment> m_segments;
    int m_current = 0;
    int m_hovered = -1;
    bool m_keyFocus = false;
};

/// A filter chip "dataset = Tox21 ✕".
class Chip : public QAbstractButton
{
    Q_OBJECT

public:
    explicit Chip(const QString& text, QWidget* parent = nullptr);
    QSize sizeHint() const override;

Q_SIGNALS:
    void closeRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
};

/// Facts in two columns: grey names, values; values can be selected with the mouse.
class FactList : public QWidget
{
    Q_OBJECT

public:
    explicit FactList(QWidget* parent = nullptr);
    void setFacts(const QVector<QPair<QString, QString>>& facts);
};

} // namespace papilio::widgets
