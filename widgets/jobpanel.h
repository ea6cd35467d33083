// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/control.h"
#include "widgets/labels.h"

class QToolButton;

namespace papilio::widgets
{

/// A progress line of 6 px (or the given height) in the accent; negative = busy without a known end.
class ProgressLine : public QWidget
{
    Q_OBJECT

public:
    explicit ProgressLine(QWidget* parent = nullptr, int height = 0);
    void setFraction(double fraction); ///< 0 … 1; negative: unknown
    double fraction() const { return m_fraction; }
    void setRounded(bool rounded);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_fraction = 0;
    bool m_rounded = true;
};

/// The running job in the window's header: state dot, title, rate · time left, progress along the lower edge, pause and
/// stop. A click on it elsewhere reports clicked().
class JobPanel : public QWidget
{
    Q_OBJECT

public:
    enum class State { Running, Paused, Stopping, Done, Failed };

    explicit JobPanel(QWidget* parent = nullptr);
    void setTitle(const QString& title);     ///< "Run 14 · epoch 62 of 100"
    void setState(State state);
    void setProgress(const Progress& progress); ///< fills fraction and detail ("6.1k molecules/s · 4 min 48 s left")
    void setDetail(const QString& detail);   ///< another second line
    void setFraction(double fraction);
    void setPausable(bool pausable);
    void setStoppable(bool stoppable);
    State state() const { return m_state; }

    QSize sizeHint() const override { return {312, 44}; }

Q_SIGNALS:
    void pauseClicked();  ///< pause while running, go on while paused
    void stopClicked();   ///< ✕; after Done and Failed: away with the panel
    void clicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    State m_state = State::Running;
    ElidedLabel* m_title;
    ElidedLabel* m_detail;
    QToolButton* m_pause;
    QToolButton* m_stop;
    double m_fraction = 0;
};

/// "reading qm9.csv.gz" … "42 % · 5.1k rows/s · 1 s left" over a progress line, with a stop button: for pages and dialogs.
class ProgressPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ProgressPanel(QWidget* parent = nullptr);
    void setProgress(const Progress& progress);
    void setTitle(const QString& title);
    void setStoppable(bool stoppable);

Q_SIGNALS:
    void stopClicked();

private:
    ElidedLabel* m_title;
    Label* m_detail;
    ProgressLine* m_line;
    QToolButton* m_stop;
};

/// Text of a progress: "42 % · 5.1k rows/s · 1 s left"; parts that are not known are left out.
QString progressText(const Progress& progress);

} // namespace papilio::widgets
