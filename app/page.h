// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace papilio::app
{

/// A page of the window.
class Page : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;
    /// Something is still being read or computed for what is shown.
    virtual bool isLoading() const = 0;
    /// What the status bar says about this page's selection; empty = nothing.
    virtual QString selectionText() const { return {}; }

Q_SIGNALS:
    void selectionTextChanged();
};

} // namespace papilio::app
