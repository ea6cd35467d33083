// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/labels.h"

namespace papilio::app
{

/// The window's foot: what is open, what is selected, a word on the engine.
class StatusStrip : public widgets::Pane
{
    Q_OBJECT

public:
    explicit StatusStrip(QWidget* parent = nullptr);
    void setProject(const QString& text);
    void setLabels(const QString& text);
    void setSelection(const QString& text);
    void setNote(const QString& text);

private:
    widgets::ElidedLabel* m_project;
    widgets::ElidedLabel* m_labels;
    widgets::ElidedLabel* m_selection;
    widgets::ElidedLabel* m_note;
    widgets::Hairline* m_first;
    widgets::Hairline* m_second;
};

} // namespace papilio::app
