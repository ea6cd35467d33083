// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>

#include "widgets/labels.h"

class QToolButton;

namespace papilio::app
{

/// The pages' switch at the window's left.
class Rail : public widgets::Pane
{
    Q_OBJECT

public:
    enum Entry { Data, Train, LookUp, EntryCount };
    explicit Rail(QWidget* parent = nullptr);
    void setCurrent(int entry); ///< −1 = none (welcome page)
    void setEntryEnabled(int entry, bool enabled, const QString& why);

Q_SIGNALS:
    void chosen(int entry);

private:
    QVector<QToolButton*> m_buttons;
    QVector<QString> m_tips;
};

} // namespace papilio::app
