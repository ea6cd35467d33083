// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "app/services.h"

namespace papilio::widgets
{
class TaskTreeView;
}

namespace papilio::app
{

/// Checks the tasks of the next run; the Data page's check boxes are the same choice.
class TaskChooser : public QDialog
{
    Q_OBJECT

public:
    explicit TaskChooser(const Services& services, QWidget* parent = nullptr);
    void accept() override;

private:
    Services m_services;
    widgets::TaskTreeView* m_tree;
};

} // namespace papilio::app
