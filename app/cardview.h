// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace papilio::app
{

/// A card of wrapped texts inside a scroll area: as high as its lines are at the width that it has.
class CardView : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    void fitHeight();
};

} // namespace papilio::app
