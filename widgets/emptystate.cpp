// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/emptystate.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "widgets/icons.h"
#include "widgets/stylepainting.h"

namespace papilio::widgets
{

using namespace Qt::StringLiterals;

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent), m_icon(new QLabel), m_strong(new Label({}, TextStyle::BodyStrong)),
      m_grey(new Label({}, TextStyle::Body, Role::TextSecondary)), m_button(new QPushButton), m_second(new QPushButton)
{
    const Metrics& m = Theme::current().metrics();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(m.space16, m.space16, m.space16, m.space16);
    column->setSpacing(m.space8);
    column->addStretch(2);
    for (QLabel* label : {m_icon, static_cast<QLabel*>(m_strong), static_cast<QLabel*>(m_grey)}) {
        label->setAlignment(Qt::AlignCenter);
        auto* line = new QHBoxLayout; // long lines do not run through a wide pane
        line->addStretch(1);
        line->addWidget(label, 100);
        line->addStretch(1);
        column->addLayout(line);
    }
    m_strong->setWordWrap(true);
    m_grey->setWordWrap(true);
    m_grey->setMaximumWidth(380);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, m.space4, 0, 0);
    buttons->addStretch();
    buttons->addWidget(m_button);
    buttons->addWidget(m_second);
    buttons->addStretch();
    column->addLayout(buttons);
    column->addStretch(3);
    m_button->hide();
    m_second->hide();
    connect(m_button, &QPushButton::clicked, this, &EmptyState::clicked);
    connect(m_second, &QPushButton::clicked, this, &EmptyState::secondClicked);
    connect(&Theme::current(), &Theme::changed, this, &EmptyState::refreshIcon);
}

EmptyState::EmptyState(const QString& icon, const QString& strong, const QString& grey, const QString& button,
                       QWidget* parent)
    : EmptyState(parent)
{
    setContent(icon, strong, grey, button);
}

void EmptyState::setContent(const QString& icon, const QString& strong, const QString& grey, const QString& button, Kind kind)
{
    m_iconName = kind == Kind::Error && icon.isEmpty() ? u"error"_s : icon;
    m_kind = kind;
    m_strong->setText(strong);
    m_grey->setText(grey);
    m_grey->setVisible(!grey.isEmpty());
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    setAccessibleName(strong);
    setAccessibleDescription(grey);
    refreshIcon();
}

void EmptyState::setSecondButton(const QString& text)
{
    m_second->setText(text);
    m_second->setVisible(!text.isEmpty());
}

void EmptyState::setPrimary(bool primary)
{
    setVariant(m_button, primary ? Variant::Primary : Variant::Secondary);
}

void EmptyState::refreshIcon()
{
    m_icon->setPixmap(iconPixmap(m_iconName, m_kind == Kind::Error ? Role::Error : Role::TextTertiary, 24,
                                 devicePixelRatioF()));
}

void LoadingRows::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const double left[] = {0.34, 0.25, 0.42, 0.30, 0.38};
    const double right[] = {0.14, 0.18, 0.13, 0.16, 0.12};
    const int margin = theme.metrics().space12;
    const double room = width() - 2 * margin;
    for (int row = 0; row * theme.metrics().tableRow + theme.metrics().tableRow <= height(); ++row) {
        const double y = row * theme.metrics().tableRow + 8;
        painter.fillRect(QRectF(margin, y, room * left[row % 5], 8), theme.color(Role::Pressed));
        painter.fillRect(QRectF(margin + room * (1 - right[row % 5]), y, room * right[row % 5], 8), theme.color(Role::Pressed));
    }
}

} // namespace papilio::widgets
