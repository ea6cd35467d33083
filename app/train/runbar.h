// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services.h"
#include "app/workspace/snapshot.h"
#include "widgets/labels.h"

class QComboBox;
class QPushButton;

namespace papilio::widgets
{
class ProgressLine;
}

namespace papilio::app
{

/// The run that is shown: choice among all runs, state, progress with rate and time left, pause, go on, stop.
class RunBar : public widgets::Pane
{
    Q_OBJECT

public:
    explicit RunBar(const Services& services, QWidget* parent = nullptr);
    void refresh();

Q_SIGNALS:
    void exportRequested(qint64 run);

private:
    void fillRuns();
    void showActive();
    void showStored(const store::RunRecord& run);
    bool showsActiveRun() const;

    Services m_services;
    QComboBox* m_runs;
    widgets::ElidedLabel* m_detail;
    QWidget* m_progressBox;
    widgets::Label* m_percent;
    widgets::Label* m_left;
    widgets::ProgressLine* m_line;
    widgets::Label* m_rate;
    QPushButton* m_pause;
    QPushButton* m_stop;
    QPushButton* m_goOn;
    QPushButton* m_leave;
    QPushButton* m_export;
};

} // namespace papilio::app
