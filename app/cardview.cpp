// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cardview.h"

#include <algorithm>

#include <QEvent>
#include <QLayout>

namespace papilio::app
{

void CardView::fitHeight()
{
    // A scroll area asks for the least height only, which is not that of wrapped lines.
    setMinimumHeight(layout() ? std::max(0, layout()->heightForWidth(width())) : 0);
}

void CardView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitHeight();
}

bool CardView::event(QEvent* event)
{
    const bool done = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest) { // other texts
        fitHeight();
    }
    return done;
}

} // namespace papilio::app
