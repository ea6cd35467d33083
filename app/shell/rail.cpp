// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/rail.h"

#include <QToolButton>
#include <QVBoxLayout>

#include "app/themedicon.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

Rail::Rail(QWidget* parent) : Pane(widgets::Role::Chrome, Qt::RightEdge, parent)
{
    const widgets::Metrics& metrics = widgets::Theme::current().metrics();
    setObjectName(u"rail"_s);
    setFixedWidth(metrics.rail);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 1, 0);
    layout->setSpacing(0);
    struct Item {
        const char* object;
        QString icon, text, tip;
    };
    const Item items[EntryCount] = {
        {"railData", u"data"_s, tr("Data"), tr("Datasets, tasks and molecules (Ctrl+1)")},
        {"railTrain", u"train"_s, tr("Train"), tr("Recipe, curves and runs (Ctrl+2)")},
        {"railLookup", u"look-up"_s, tr("Look up"), tr("One molecule: labels, predictions, explanation (Ctrl+3)")},
    };
    for (int entry = 0; entry < EntryCount; ++entry) {
        auto* button = new QToolButton;
        button->setObjectName(QLatin1String(items[entry].object));
        button->setText(items[entry].text);
        button->setToolTip(items[entry].tip);
        button->setAccessibleName(items[entry].text);
        button->setCheckable(true);
        button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        button->setIconSize({metrics.icon, metrics.icon});
        button->setFixedSize(metrics.rail - 1, metrics.railItem);
        widgets::setVariant(button, widgets::Variant::Rail);
        setThemedIcon(button, items[entry].icon);
        connect(button, &QToolButton::clicked, this, [this, entry, button] {
            button->setChecked(true);
            Q_EMIT chosen(entry);
        });
        layout->addWidget(button);
        m_buttons << button;
        m_tips << items[entry].tip;
    }
    layout->addStretch(1);
}

void Rail::setCurrent(int entry)
{
    for (int i = 0; i < m_buttons.size(); ++i) {
        m_buttons[i]->setChecked(i == entry);
    }
}

void Rail::setEntryEnabled(int entry, bool enabled, const QString& why)
{
    m_buttons[entry]->setEnabled(enabled);
    m_buttons[entry]->setToolTip(enabled ? m_tips[entry] : why);
}

} // namespace papilio::app
