// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/droparea.h"

#include <QDragEnterEvent>
#include <QFileInfo>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>

#include "widgets/icons.h"
#include "widgets/stylepainting.h"

namespace papilio::widgets
{

using namespace Qt::StringLiterals;

DropArea::DropArea(QWidget* parent) : QWidget(parent)
{
    setAcceptDrops(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setTexts(tr("Drop a table or a project here"), tr("CSV, TSV, SMILES, SDF or Parquet, also compressed"), tr("choose files…"));
}

void DropArea::setTexts(const QString& strong, const QString& grey, const QString& link)
{
    m_strong = strong;
    m_grey = grey;
    m_link = link;
    setAccessibleName(strong);
    setAccessibleDescription(grey);
    update();
}

void DropArea::setSuffixes(const QStringList& suffixes)
{
    m_suffixes = suffixes;
}

bool DropArea::accepts(const QString& file) const
{
    const QString lower = file.toLower();
    return m_suffixes.isEmpty() || std::any_of(m_suffixes.begin(), m_suffixes.end(),
                                               [&](const QString& suffix) { return lower.endsWith(suffix); });
}

void DropArea::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const bool active = m_dragged || hasFocus();
    stylepainting::roundedBox(&painter, rect(), theme.metrics().radius,
                              theme.color(m_dragged ? Role::Selection : m_hovered ? Role::Hover : Role::Sunken));
    painter.setRenderHint(QPainter::Antialiasing);
    QPen dashes(theme.color(active ? Role::AccentMark : Role::Control), active ? 2 : 1.5);
    dashes.setDashPattern({4, 3});
    painter.setPen(dashes);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), theme.metrics().radius, theme.metrics().radius);

    const QFontMetrics title(theme.font(TextStyle::Title));
    const QFontMetrics caption(theme.font(TextStyle::Caption));
    const int icon = 28;
    const QRect line(12, 0, width() - 24, 0);
    constexpr int wrapped = Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap;
    const int strong = std::min(title.boundingRect(QRect(0, 0, line.width(), 1000), wrapped, m_strong).height(), 3 * title.height());
    const int grey = std::min(caption.boundingRect(QRect(0, 0, line.width(), 1000), wrapped, m_grey).height(), 3 * caption.height());
    const int block = icon + 16 + strong + 8 + grey + caption.height() + 4;
    int y = (height() - block) / 2;
    paintIcon(&painter, QRectF(width() / 2.0 - icon / 2.0, y, icon, icon), u"import"_s,
              theme.color(m_dragged ? Role::AccentText : Role::TextSecondary));
    y += icon + 16;
    painter.setFont(theme.font(TextStyle::Title));
    painter.setPen(theme.color(Role::Text));
    painter.drawText(QRect(line.left(), y, line.width(), strong), wrapped, m_strong);
    y += strong + 8;
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(theme.color(Role::TextSecondary));
    painter.drawText(QRect(line.left(), y, line.width(), grey), wrapped, m_grey);
    y += grey + 2;
    const QString before = tr("or ");
    const int total = caption.horizontalAdvance(before + m_link);
    const int x = (width() - total) / 2;
    painter.drawText(QPoint(x, y + caption.ascent()), before);
    painter.setPen(theme.color(Role::AccentText));
    painter.drawText(QPoint(x + caption.horizontalAdvance(before), y + caption.ascent()), m_link);
}

void DropArea::setFoldersAccepted(bool accepted)
{
    m_folders = accepted;
}

void DropArea::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls()) {
        m_dragged = true;
        event->acceptProposedAction();
        update();
    }
}

void DropArea::dragLeaveEvent(QDragLeaveEvent*)
{
    m_dragged = false;
    update();
}

void DropArea::dropEvent(QDropEvent* event)
{
    m_dragged = false;
    update();
    QStringList files;
    QStringList others;
    for (const QUrl& url : event->mimeData()->urls()) {
        const QString file = url.toLocalFile();
        if (file.isEmpty()) {
            others.append(url.toString());
        } else if (QFileInfo(file).isDir() ? !m_folders : !accepts(file)) {
            others.append(QFileInfo(file).fileName());
        } else {
            files.append(file);
        }
    }
    event->acceptProposedAction();
    if (!others.isEmpty()) {
        Q_EMIT refused(tr("%1 cannot be read here. %2").arg(others.join(u", "_s), m_grey));
    }
    if (!files.isEmpty()) {
        Q_EMIT filesDropped(files);
    }
}

void DropArea::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        Q_EMIT chooseClicked();
    }
}

void DropArea::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space) {
        Q_EMIT chooseClicked();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void DropArea::enterEvent(QEnterEvent*)
{
    m_hovered = true;
    update();
}

void DropArea::leaveEvent(QEvent*)
{
    m_hovered = false;
    update();
}

void DropArea::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void DropArea::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace papilio::widgets
