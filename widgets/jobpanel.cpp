// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jobpanel.h"

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/stylepainting.h"

namespace papilio::widgets
{

using namespace Qt::StringLiterals;

QString progressText(const Progress& progress)
{
    QString share;
    if (progress.total > 0) {
        share = formatPercent(std::min(1.0, static_cast<double>(progress.done) / static_cast<double>(progress.total)));
    } else if (progress.done > 0) {
        share = QString(formatCount(progress.done) + u' ' + QString::fromStdString(progress.unit)).trimmed();
    }
    return joinedByDot({share, formatRate(progress.rate, QString::fromStdString(progress.unit)),
                        formatTimeLeft(progress.secondsLeft)});
}

ProgressLine::ProgressLine(QWidget* parent, int height) : QWidget(parent)
{
    setFixedHeight(height > 0 ? height : Theme::current().metrics().progress);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ProgressLine::setFraction(double fraction)
{
    if (fraction != m_fraction) {
        m_fraction = fraction;
        update();
    }
}

void ProgressLine::setRounded(bool rounded)
{
    m_rounded = rounded;
    update();
}

void ProgressLine::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const double radius = m_rounded ? height() / 2.0 : 0;
    stylepainting::roundedBox(&painter, rect(), radius, theme.color(Role::Pressed));
    QRectF done = rect();
    if (m_fraction < 0) {
        done.setWidth(width() * 0.25); // unknown: nothing moves unless data moves
    } else {
        done.setWidth(std::max(width() * std::min(m_fraction, 1.0), m_fraction > 0 ? height() * 1.0 : 0.0));
    }
    if (done.width() > 0) {
        stylepainting::roundedBox(&painter, done, radius, theme.color(Role::AccentMark, m_fraction < 0 ? 0.5 : 1.0));
    }
}

namespace
{

QToolButton* smallButton(const QString& iconName, const QString& text)
{
    auto* button = new QToolButton;
    button->setIcon(icon(iconName));
    button->setIconSize({Theme::current().metrics().iconSmall, Theme::current().metrics().iconSmall});
    button->setToolTip(text);
    button->setAccessibleName(text);
    return button;
}

} // namespace

JobPanel::JobPanel(QWidget* parent)
    : QWidget(parent), m_title(new ElidedLabel({}, Qt::ElideRight)), m_detail(new ElidedLabel({}, Qt::ElideRight)),
      m_pause(smallButton(u"pause"_s, tr("Pause"))), m_stop(smallButton(u"close"_s, tr("Stop")))
{
    const Metrics& m = Theme::current().metrics();
    setFixedHeight(m.header);
    setMinimumWidth(220);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(28, 3, m.space8, 5);
    row->setSpacing(m.space4);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(1);
    texts->addStretch();
    texts->addWidget(m_title);
    texts->addWidget(m_detail);
    texts->addStretch();
    row->addLayout(texts, 1);
    row->addWidget(m_pause);
    row->addWidget(m_stop);
    m_title->setStyle(TextStyle::DockTitle);
    m_detail->setStyle(TextStyle::Caption);
    m_detail->setRole(Role::TextSecondary);
    connect(m_pause, &QToolButton::clicked, this, &JobPanel::pauseClicked);
    connect(m_stop, &QToolButton::clicked, this, &JobPanel::stopClicked);
}

void JobPanel::setTitle(const QString& title)
{
    m_title->setText(title);
    setAccessibleName(title);
}

void JobPanel::setState(State state)
{
    m_state = state;
    const bool paused = state == State::Paused;
    m_pause->setIcon(icon(paused ? u"play"_s : u"pause"_s));
    m_pause->setToolTip(paused ? tr("Go on") : tr("Pause"));
    m_pause->setAccessibleName(m_pause->toolTip());
    m_pause->setEnabled(state == State::Running || paused);
    const bool over = state == State::Done || state == State::Failed;
    m_stop->setToolTip(over ? tr("Close") : tr("Stop"));
    m_stop->setAccessibleName(m_stop->toolTip());
    m_stop->setEnabled(state != State::Stopping);
    update();
}

void JobPanel::setProgress(const Progress& progress)
{
    setFraction(progress.total > 0 ? static_cast<double>(progress.done) / static_cast<double>(progress.total) : -1);
    const QString unit = QString::fromStdString(progress.unit);
    const QString done = progress.total > 0 ? QString() : progressText(progress);
    setDetail(progress.total > 0 ? joinedByDot({formatRate(progress.rate, unit), formatTimeLeft(progress.secondsLeft)}) : done);
}

void JobPanel::setDetail(const QString& detail)
{
    m_detail->setText(detail);
    setAccessibleDescription(detail);
}

void JobPanel::setFraction(double fraction)
{
    m_fraction = fraction;
    update();
}

void JobPanel::setPausable(bool pausable)
{
    m_pause->setVisible(pausable);
}

void JobPanel::setStoppable(bool stoppable)
{
    m_stop->setVisible(stoppable);
}

void JobPanel::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Role::Chrome));
    painter.fillRect(0, 0, 1, height(), theme.color(Role::Hairline));
    painter.fillRect(0, height() - 1, width(), 1, theme.color(Role::Hairline));
    const QRectF dot(12, m_title->geometry().center().y() - 3, 8, 8);
    switch (m_state) {
    case State::Running: stylepainting::roundedBox(&painter, dot, 4, theme.color(Role::Success)); break;
    case State::Paused: paintIcon(&painter, dot.adjusted(-2, -2, 2, 2), u"pause"_s, theme.color(Role::Warning)); break;
    case State::Stopping: stylepainting::roundedBox(&painter, dot, 4, theme.color(Role::TextTertiary)); break;
    case State::Done: paintIcon(&painter, dot.adjusted(-3, -3, 3, 3), u"ok"_s, theme.color(Role::Success)); break;
    case State::Failed: paintIcon(&painter, dot.adjusted(-3, -3, 3, 3), u"error"_s, theme.color(Role::Error)); break;
    }
    const double share = m_fraction < 0 ? 0.25 : std::clamp(m_fraction, 0.0, 1.0);
    if (m_state == State::Running || m_state == State::Paused || m_state == State::Stopping) {
        painter.fillRect(QRectF(0, height() - 2, width() * share, 2),
                         theme.color(m_state == State::Running ? Role::AccentMark : Role::Control));
    }
}

void JobPanel::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())) {
        Q_EMIT clicked();
    }
}

ProgressPanel::ProgressPanel(QWidget* parent)
    : QWidget(parent), m_title(new ElidedLabel), m_detail(new Label({}, TextStyle::Body, Role::TextSecondary)),
      m_line(new ProgressLine), m_stop(smallButton(u"close"_s, tr("Stop")))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::current().metrics().space4);
    auto* row = new QHBoxLayout;
    row->addWidget(m_title, 1);
    row->addWidget(m_detail);
    row->addWidget(m_stop);
    column->addLayout(row);
    column->addWidget(m_line);
    m_line->setFraction(-1);
    connect(m_stop, &QToolButton::clicked, this, &ProgressPanel::stopClicked);
}

void ProgressPanel::setProgress(const Progress& progress)
{
    if (!progress.stage.empty()) {
        m_title->setText(QString::fromStdString(progress.stage));
    }
    m_detail->setText(progressText(progress));
    m_line->setFraction(progress.total > 0 ? static_cast<double>(progress.done) / static_cast<double>(progress.total) : -1);
    setAccessibleDescription(m_detail->text());
}

void ProgressPanel::setTitle(const QString& title)
{
    m_title->setText(title);
}

void ProgressPanel::setStoppable(bool stoppable)
{
    m_stop->setVisible(stoppable);
}

} // namespace papilio::widgets
