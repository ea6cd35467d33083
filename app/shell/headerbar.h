// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

#include "widgets/labels.h"

class QLineEdit;
class QToolButton;

namespace papilio::widgets
{
class JobPanel;
}

namespace papilio::app
{

/// The window's head: menu, project name, search field, running job.
class HeaderBar : public widgets::Pane
{
    Q_OBJECT

public:
    explicit HeaderBar(QMenu* menu, QWidget* parent = nullptr);
    void setProject(const QString& name, const QString& remark);
    widgets::JobPanel* jobPanel() const { return m_jobs; }
    void focusSearch();
    void showMenu();

Q_SIGNALS:
    void searched(const QString& text);

private:
    QToolButton* m_menuButton;
    widgets::ElidedLabel* m_name;
    widgets::ElidedLabel* m_remark;
    QLineEdit* m_search;
    widgets::JobPanel* m_jobs;
};

} // namespace papilio::app
