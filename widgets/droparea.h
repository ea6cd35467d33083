// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

namespace papilio::widgets
{

/// A dashed field that takes dropped files; a click or Enter asks for a file dialog.
class DropArea : public QWidget
{
    Q_OBJECT

public:
    explicit DropArea(QWidget* parent = nullptr);
    void setTexts(const QString& strong, const QString& grey, const QString& link);
    void setSuffixes(const QStringList& suffixes); ///< lower case with dot (".csv", ".csv.gz"); empty = any file
    void setFoldersAccepted(bool accepted);        ///< off unless set

    QSize sizeHint() const override { return {432, 212}; }
    QSize minimumSizeHint() const override { return {260, 140}; }

Q_SIGNALS:
    void filesDropped(const QStringList& files);
    void refused(const QString& reason);  ///< what was dropped cannot be used, and why
    void chooseClicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    bool accepts(const QString& file) const;

    QString m_strong;
    QString m_grey;
    QString m_link;
    QStringList m_suffixes;
    bool m_folders = false;
    bool m_dragged = false;
    bool m_hovered = false;
};

} // namespace papilio::widgets
