// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "app/services.h"

namespace papilio::widgets
{
class JobPanel;
}

namespace papilio::app
{

/// Shows the training in the header's job panel and passes its buttons on.
class JobController : public QObject
{
    Q_OBJECT

public:
    JobController(const Services& services, widgets::JobPanel* panel, QObject* parent = nullptr);

Q_SIGNALS:
    void clicked();

private:
    void update();
    void ended();

    Services m_services;
    widgets::JobPanel* m_panel;
};

} // namespace papilio::app
