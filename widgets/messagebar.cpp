// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/messagebar.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include "widgets/breakable.h"
#include "widgets/icons.h"

namespace papilio::widgets
{

using namespace Qt::StringLiterals;

namespace
{

struct Look {
    Role background, foreground;
    const char16_t* icon;
};

Look look(MessageBar::Kind kind)
{
    switch (kind) {
    case MessageBar::Kind::Success: return {Role::SuccessBg, Role::Success, u"ok"};
    case MessageBar::Kind::Info: return {Role::InfoBg, Role::Info, u"info"};
    case MessageBar::Kind::Warning: return {Role::WarningBg, Role::Warning, u"warning"};
    case MessageBar::Kind::Error: return {Role::ErrorBg, Role::Error, u"error"};
    }
    return {Role::InfoBg, Role::Info, u"info"};
}

} // namespace

MessageBar::MessageBar(QWidget* parent)
    : QWidget(parent), m_icon(new QLabel), m_words(new Label), m_actions(new QHBoxLayout), m_close(nullptr)
{
    const Metrics& m = Theme::current().metrics();
    setMinimumHeight(m.message);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(m.space12, m.space4, m.space8, m.space4);
    row->setSpacing(m.space8);
    m_words->setObjectName(u"messageText"_s);
    m_words->setTextFormat(Qt::RichText);
    m_words->setWordWrap(true);
    m_words->setMinimumWidth(1); // a long word must not widen the window
    row->addWidget(m_icon);
    row->addWidget(m_words, 1);
    row->addLayout(m_actions);
    auto* close = new QToolButton;
    close->setIcon(icon(u"close"_s));
    close->setIconSize({m.iconSmall, m.iconSmall});
    close->setToolTip(tr("Close"));
    close->setAccessibleName(tr("Close message"));
    row->addWidget(close);
    m_close = close;
    connect(close, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT closed();
    });
    connect(&Theme::current(), &Theme::changed, this, &MessageBar::refresh);
    hide();
}

void MessageBar::showMessage(Kind kind, const QString& strong, const QString& text, const QStringList& actions)
{
    m_kind = kind;
    m_strong = strong;
    m_text = text;
    const QString weight = QString::number(Theme::current().font(TextStyle::BodyStrong).weight());
    const QString fact = strong.isEmpty() ? QString()
                                          : u"<span style=\"font-weight:%1\">%2</span>"_s.arg(
                                                weight, breakable(strong.toHtmlEscaped()));
    const QString gap = strong.isEmpty() || text.isEmpty() ? QString() : u"  "_s;
    m_words->setText(u"<div style=\"white-space:pre-wrap\">%1</div>"_s.arg(QString(fact + gap + breakable(text.toHtmlEscaped()))));
    setAccessibleName(QString(strong + u' ' + text).trimmed());
    while (QLayoutItem* item = m_actions->takeAt(0)) {
        // The action that is being clicked may show the next message.
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    QWidget* before = m_close;
    for (qsizetype i = 0; i < actions.size(); ++i) {
        auto* button = new QPushButton(actions[i]);
        setVariant(button, Variant::Link);
        setTextStyle(button, TextStyle::BodyStrong);
        connect(button, &QPushButton::clicked, this, [this, i] { Q_EMIT actionTriggered(static_cast<int>(i)); });
        m_actions->addWidget(button);
        // The keyboard reaches it here, before what closes the message, and not at the window's end.
        setTabOrder(before, button);
        before = button;
    }
    setTabOrder(before, m_close);
    refresh();
    show();
}

void MessageBar::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

void MessageBar::refresh()
{
    const Look l = look(m_kind);
    m_icon->setPixmap(iconPixmap(QString::fromUtf16(l.icon), l.foreground, Theme::current().metrics().iconSmall,
                                 devicePixelRatioF()));
    update();
}

void MessageBar::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), Theme::current().color(look(m_kind).background));
}

} // namespace papilio::widgets
