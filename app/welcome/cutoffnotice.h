// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services.h"
#include "app/workspace/projectreader.h"
#include "widgets/messagebar.h"

namespace papilio::app
{

/// Says that a run of the last project was cut off (a crash, a kill) and offers to go on with it.
class CutOffNotice : public widgets::MessageBar
{
    Q_OBJECT

public:
    explicit CutOffNotice(const Services& services, QWidget* parent = nullptr);
    void look(); ///< reads the last project on a worker; hidden until there is something to say
    bool isLooking() const { return m_looking; }

Q_SIGNALS:
    void goOnRequested(const QString& project, qint64 run);

private:
    Services m_services;
    ProjectReader m_reader;
    QString m_project;
    qint64 m_run = 0;
    bool m_looking = false;
};

} // namespace papilio::app
