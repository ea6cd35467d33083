// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>
#include <QWidget>

#include "widgets/labels.h"

namespace papilio::widgets
{

/// What stands where there is nothing yet: an icon, one strong line, one grey line saying what will stand here, one button.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Empty, Error };

    explicit EmptyState(QWidget* parent = nullptr);
    EmptyState(const QString& icon, const QString& strong, const QString& grey, const QString& button,
               QWidget* parent = nullptr);

    void setContent(const QString& icon, const QString& strong, const QString& grey, const QString& button = {},
                    Kind kind = Kind::Empty);
    /// A second button beside the first; empty hides it.
    void setSecondButton(const QString& text);
    /// The main button filled with the accent.
    void setPrimary(bool primary);
    QPushButton* button() const { return m_button; }

Q_SIGNALS:
    void clicked();       ///< the button
    void secondClicked();

private:
    void refreshIcon();

    QString m_iconName;
    Kind m_kind = Kind::Empty;
    QLabel* m_icon;
    Label* m_strong;
    Label* m_grey;
    QPushButton* m_button;
    QPushButton* m_second;
};

/// Still bars where rows will be while they are read.
class LoadingRows : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;
    QSize sizeHint() const override { return {240, 96}; }

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace papilio::widgets
