// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/settings.h"

class QVBoxLayout;

namespace papilio::app
{

/// One recent project: name, path, counts, day. A missing one is greyed and offers to be located.
class RecentRow : public QWidget
{
    Q_OBJECT

public:
    RecentRow(const RecentProject& project, bool missing, QWidget* parent = nullptr);
    QSize sizeHint() const override { return {400, 52}; }

Q_SIGNALS:
    void openRequested(const QString& path);
    void locateRequested(const QString& path);
    void removeRequested(const QString& path);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void activate();

    RecentProject m_project;
    bool m_missing;
    bool m_hovered = false;
};

/// The recent projects; whether they still exist is looked up off the GUI thread.
class RecentList : public QWidget
{
    Q_OBJECT

public:
    explicit RecentList(Settings* settings, QWidget* parent = nullptr);
    void reload();
    bool isLoading() const { return m_loading; }

Q_SIGNALS:
    void openRequested(const QString& path);
    void locateRequested(const QString& path);

private:
    void fill(const QList<RecentProject>& projects, const QList<bool>& missing);

    Settings* m_settings;
    QVBoxLayout* m_layout;
    bool m_loading = false;
    int m_asked = 0;
};

} // namespace papilio::app
