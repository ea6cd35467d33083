// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/statusstrip.h"

#include <QHBoxLayout>

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::ElidedLabel;
using widgets::Role;
using widgets::TextStyle;

namespace
{

ElidedLabel* caption(const QString& name, TextStyle style, Role role)
{
    auto* label = new ElidedLabel({}, Qt::ElideMiddle);
    label->setObjectName(name);
    label->setStyle(style);
    label->setRole(role);
    return label;
}

} // namespace

StatusStrip::StatusStrip(QWidget* parent) : Pane(Role::Chrome, Qt::TopEdge, parent)
{
    setObjectName(u"statusStrip"_s);
    const widgets::Metrics& metrics = widgets::Theme::current().metrics();
    setFixedHeight(metrics.statusBar);
    m_project = caption(u"statusProject"_s, TextStyle::Caption, Role::Text);
    m_labels = caption(u"statusLabels"_s, TextStyle::Caption, Role::TextSecondary);
    m_selection = caption(u"statusSelection"_s, TextStyle::Caption, Role::TextSecondary);
    m_note = caption(u"statusNote"_s, TextStyle::Caption, Role::TextSecondary);
    m_first = new widgets::Hairline(Qt::Vertical, nullptr, Role::Divider);
    m_second = new widgets::Hairline(Qt::Vertical, nullptr, Role::Divider);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics.space12, 1, metrics.space12, 0);
    layout->setSpacing(metrics.space12);
    layout->addWidget(m_project);
    layout->addWidget(m_first);
    layout->addWidget(m_labels);
    layout->addWidget(m_second);
    layout->addWidget(m_selection);
    layout->addStretch(1);
    layout->addWidget(m_note);
    setLabels({});
    setSelection({});
}

void StatusStrip::setProject(const QString& text)
{
    m_project->setText(text);
}

void StatusStrip::setLabels(const QString& text)
{
    m_labels->setText(text);
    m_labels->setVisible(!text.isEmpty());
    m_first->setVisible(!text.isEmpty());
}

void StatusStrip::setSelection(const QString& text)
{
    m_selection->setText(text);
    m_selection->setVisible(!text.isEmpty());
    m_second->setVisible(!text.isEmpty());
}

void StatusStrip::setNote(const QString& text)
{
    m_note->setText(text);
}

} // namespace papilio::app
