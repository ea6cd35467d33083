// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/labels.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QPaintEvent>

#include "widgets/icons.h"
#include "widgets/stylepainting.h"

namespace papilio::widgets
{

using namespace Qt::StringLiterals;

Label::Label(const QString& text, TextStyle style, Role role, QWidget* parent) : QLabel(text, parent)
{
    setStyle(style);
    setRole(role);
}

void Label::setRole(Role role)
{
    setTextRole(this, role);
}

void Label::setStyle(TextStyle style)
{
    setTextStyle(this, style);
}

ElidedLabel::ElidedLabel(const QString& text, Qt::TextElideMode mode, QWidget* parent)
    : QWidget(parent), m_text(text), m_mode(mode)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setStyle(TextStyle::Body);
    setAccessibleName(text);
}

void ElidedLabel::setText(const QString& text)
{
    if (m_text != text) {
        m_text = text;
        setAccessibleName(text);
        updateGeometry();
        update();
    }
}

void ElidedLabel::setRole(Role role)
{
    m_role = role;
    update();
}

void ElidedLabel::setStyle(TextStyle style)
{
    setTextStyle(this, style);
    updateGeometry();
}

bool ElidedLabel::isElided() const
{
    return fontMetrics().horizontalAdvance(m_text) > contentsRect().width();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 1, fontMetrics().height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    const int wanted = sizeHint().width();
    return {std::min(wanted, fontMetrics().horizontalAdvance(u"mmmm…"_s)), fontMetrics().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = Theme::current();
    painter.setPen(theme.color(isEnabled() ? m_role : Role::TextDisabled));
    painter.drawText(contentsRect(), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     fontMetrics().elidedText(m_text, m_mode, contentsRect().width()));
}

bool ElidedLabel::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty() && isElided()) {
        setToolTip(m_text);
        const bool handled = QWidget::event(event);
        setToolTip({});
        return handled;
    }
    return QWidget::event(event);
}

Hairline::Hairline(Qt::Orientation orientation, QWidget* parent, Role role) : QWidget(parent), m_role(role)
{
    if (orientation == Qt::Horizontal) {
        setFixedHeight(1);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    } else {
        setFixedWidth(1);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    }
}

void Hairline::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), Theme::current().color(m_role));
}

SectionHeader::SectionHeader(const QString& title, Kind kind, QWidget* parent)
    : QWidget(parent), m_title(new Label(title, kind == Kind::PanelTitle ? TextStyle::DockTitle : TextStyle::BodyStrong,
                                         kind == Kind::PanelTitle ? Role::TextSecondary : Role::Text)),
      m_remark(new ElidedLabel({}, Qt::ElideRight)), m_kind(kind)
{
    auto* layout = new QHBoxLayout(this);
    const Metrics& m = Theme::current().metrics();
    layout->setContentsMargins(kind == Kind::PanelTitle ? m.space12 : 0, 0, kind == Kind::PanelTitle ? m.space8 : 0, 0);
    layout->setSpacing(m.space8);
    m_remark->setStyle(TextStyle::Caption);
    m_remark->setRole(Role::TextSecondary);
    layout->addWidget(m_title);
    layout->addWidget(m_remark, 1);
    if (kind == Kind::PanelTitle) {
        setFixedHeight(m.dockTitle);
        setBackground(this, Role::Chrome);
        setTextRole(m_title, Role::TextSecondary);
    } else {
        setMinimumHeight(m.treeRow);
    }
}

void SectionHeader::setTitle(const QString& title)
{
    m_title->setText(title);
}

void SectionHeader::setRemark(const QString& remark)
{
    m_remark->setText(remark);
}

void SectionHeader::addWidget(QWidget* widget)
{
    layout()->addWidget(widget);
}

Swatch::Swatch(int series, QWidget* parent) : QWidget(parent), m_series(series)
{
    const int side = Theme::current().metrics().swatch;
    setFixedSize(side, side);
}

void Swatch::setSeries(int series)
{
    m_series = series;
    update();
}

void Swatch::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    stylepainting::roundedBox(&painter, rect(), 2, Theme::current().series(m_series));
}

Pane::Pane(Role background, Qt::Edges lines, QWidget* parent) : QWidget(parent), m_role(background), m_lines(lines) {}

void Pane::setBackgroundRole(Role role)
{
    m_role = role;
    update();
}

void Pane::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(m_role));
    const QColor line = theme.color(Role::Hairline);
    if (m_lines & Qt::TopEdge) {
        painter.fillRect(0, 0, width(), 1, line);
    }
    if (m_lines & Qt::BottomEdge) {
        painter.fillRect(0, height() - 1, width(), 1, line);
    }
    if (m_lines & Qt::LeftEdge) {
        painter.fillRect(0, 0, 1, height(), line);
    }
    if (m_lines & Qt::RightEdge) {
        painter.fillRect(width() - 1, 0, 1, height(), line);
    }
}

Chip::Chip(const QString& text, QWidget* parent) : QAbstractButton(parent)
{
    setText(text);
    setAccessibleName(tr("Remove %1").arg(text));
    setFont(Theme::current().font(TextStyle::Caption));
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, &Chip::closeRequested);
}

QSize Chip::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(text()) + 30, 20};
}

void Chip::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const QColor outline = theme.color(hasFocus() ? Role::Focus : Role::Control);
    stylepainting::roundedBox(&painter, rect(), theme.metrics().radiusSmall,
                              theme.color(underMouse() ? Role::Hover : Role::Surface), outline, hasFocus() ? 2 : 1);
    painter.setPen(theme.color(Role::Text));
    painter.setFont(font());
    painter.drawText(rect().adjusted(7, 0, -20, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
    paintIcon(&painter, QRectF(width() - 18, height() / 2.0 - 5, 10, 10), u"close"_s, theme.color(Role::TextSecondary));
}

FactList::FactList(QWidget* parent) : QWidget(parent)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(Theme::current().metrics().space16);
    grid->setVerticalSpacing(Theme::current().metrics().space4);
    grid->setColumnStretch(1, 1);
}

void FactList::setFacts(const QVector<QPair<QString, QString>>& facts)
{
    auto* grid = static_cast<QGridLayout*>(layout());
    while (QLayoutItem* item = grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int row = 0;
    for (const auto& [name, value] : facts) {
        auto* key = new Label(name, TextStyle::Body, Role::TextSecondary);
        key->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        auto* text = new Label(value, TextStyle::Body);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        text->setWordWrap(true);
        text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        text->setAccessibleName(name + u": "_s + value);
        grid->addWidget(key, row, 0);
        grid->addWidget(text, row, 1);
        ++row;
    }
}

} // namespace papilio::widgets
