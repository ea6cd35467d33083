// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/welcome/recentlist.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QFileInfo>
#include <QMenu>
#include <QPainter>
#include <QPointer>
#include <QPushButton>
#include <QThreadPool>
#include <QVBoxLayout>

#include "app/format.h"
#include "widgets/format.h"
#include "widgets/labels.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Role;
using widgets::TextStyle;
using widgets::Theme;

namespace
{

constexpr int rowHeight = 52;
constexpr int dayWidth = 96;
constexpr int countWidth = 80;

} // namespace

RecentRow::RecentRow(const RecentProject& project, bool missing, QWidget* parent)
    : QWidget(parent), m_project(project), m_missing(missing)
{
    setFixedHeight(rowHeight);
    setFocusPolicy(Qt::StrongFocus);
    setObjectName(u"recentRow"_s);
    const QString name = QFileInfo(project.path).completeBaseName();
    setAccessibleName(missing ? tr("%1, not found").arg(name) : name);
    setAccessibleDescription(project.path);
    setToolTip(project.path);
    if (missing) {
        auto* locate = new QPushButton(tr("Locate…"), this);
        locate->setObjectName(u"locateButton"_s);
        connect(locate, &QPushButton::clicked, this, [this] { Q_EMIT locateRequested(m_project.path); });
        auto* layout = new QHBoxLayout(this);
        layout->setContentsMargins(0, 0, dayWidth + 24, 0);
        layout->addStretch(1);
        layout->addWidget(locate);
    } else {
        setCursor(Qt::PointingHandCursor);
    }
}

void RecentRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = Theme::current();
    if (m_hovered && !m_missing) {
        painter.fillRect(rect(), theme.color(Role::Hover));
    }
    painter.fillRect(0, height() - 1, width(), 1, theme.color(Role::Hairline));
    const int counts = m_missing ? 0 : 3 * countWidth;
    const QRect text(12, 8, width() - 24 - dayWidth - counts, 18);
    const QFont strong = theme.font(TextStyle::BodyStrong);
    const QFont caption = theme.font(TextStyle::Caption);
    painter.setFont(strong);
    painter.setPen(theme.color(m_missing ? Role::TextDisabled : Role::Text));
    painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(strong).elidedText(QFileInfo(m_project.path).completeBaseName(), Qt::ElideMiddle,
                                                     text.width()));
    painter.setFont(caption);
    painter.setPen(theme.color(m_missing ? Role::TextDisabled : Role::TextSecondary));
    const QString path = m_missing ? tr("%1 · not found").arg(pathText(m_project.path)) : pathText(m_project.path);
    painter.drawText(text.translated(0, 18), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(caption).elidedText(path, Qt::ElideMiddle, text.width()));
    painter.drawText(QRect(width() - 12 - dayWidth, 0, dayWidth, height() - 1), Qt::AlignRight | Qt::AlignVCenter,
                     dayText(m_project.opened));
    if (!m_missing) {
        const QPair<qint64, QString> items[] = {{m_project.molecules, tr("molecules")},
                                                {m_project.tasks, tr("tasks")},
                                                {m_project.runs, tr("runs")}};
        int x = width() - 12 - dayWidth - counts;
        for (const auto& [count, name] : items) {
            painter.setPen(theme.color(Role::Text));
            widgets::drawNumber(&painter, QRectF(x, 8, countWidth - 8, 18), widgets::formatCount(count),
                                Qt::AlignRight | Qt::AlignVCenter);
            painter.setPen(theme.color(Role::TextSecondary));
            painter.drawText(QRect(x, 26, countWidth - 8, 18), Qt::AlignRight | Qt::AlignVCenter, name);
            x += countWidth;
        }
    }
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.color(Role::Focus), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -2), 3, 3);
    }
}

void RecentRow::activate()
{
    if (m_missing) {
        Q_EMIT locateRequested(m_project.path);
    } else {
        Q_EMIT openRequested(m_project.path);
    }
}

void RecentRow::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && !m_missing && rect().contains(event->position().toPoint())) {
        activate();
    }
}

void RecentRow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space) {
        activate();
    } else if (event->key() == Qt::Key_Delete) {
        Q_EMIT removeRequested(m_project.path);
    } else if (event->key() == Qt::Key_Down) {
        focusNextChild();
    } else if (event->key() == Qt::Key_Up) {
        focusPreviousChild();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void RecentRow::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Remove from this list"), this, [this] { Q_EMIT removeRequested(m_project.path); });
    menu->popup(event->globalPos());
}

void RecentRow::enterEvent(QEnterEvent*)
{
    m_hovered = true;
    update();
}

void RecentRow::leaveEvent(QEvent*)
{
    m_hovered = false;
    update();
}

void RecentRow::focusInEvent(QFocusEvent*)
{
    update();
}

void RecentRow::focusOutEvent(QFocusEvent*)
{
    update();
}

RecentList::RecentList(Settings* settings, QWidget* parent) : QWidget(parent), m_settings(settings)
{
    setObjectName(u"recentList"_s);
    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    connect(settings, &Settings::recentChanged, this, &RecentList::reload);
    connect(&Theme::current(), &Theme::changed, this, qOverload<>(&QWidget::update));
    reload();
}

void RecentList::reload()
{
    const QList<RecentProject> projects = m_settings->recentProjects();
    const int asked = ++m_asked;
    m_loading = true;
    // A project on a drive that is gone may keep stat() waiting for seconds.
    QThreadPool::globalInstance()->start([projects, asked, guard = QPointer<RecentList>(this)] {
        QList<bool> missing;
        for (const RecentProject& project : projects) {
            missing << !QFileInfo::exists(project.path);
        }
        QMetaObject::invokeMethod(QCoreApplication::instance(), [=] {
            if (guard && guard->m_asked == asked) {
                guard->m_loading = false;
                guard->fill(projects, missing);
            }
        });
    });
}

void RecentList::fill(const QList<RecentProject>& projects, const QList<bool>& missing)
{
    while (QLayoutItem* item = m_layout->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater(); // the row may be the one that asked for the change
        }
        delete item;
    }
    if (projects.isEmpty()) {
        auto* none = new widgets::Label(tr("Projects that you open will be listed here."), TextStyle::Body,
                                        Role::TextSecondary);
        none->setContentsMargins(12, 12, 12, 12);
        m_layout->addWidget(none);
        return;
    }
    for (qsizetype i = 0; i < projects.size(); ++i) {
        auto* row = new RecentRow(projects[i], missing[i]);
        connect(row, &RecentRow::openRequested, this, &RecentList::openRequested);
        connect(row, &RecentRow::locateRequested, this, &RecentList::locateRequested);
        connect(row, &RecentRow::removeRequested, m_settings, &Settings::removeRecent);
        m_layout->addWidget(row);
    }
}

} // namespace papilio::app
