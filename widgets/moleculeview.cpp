// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/moleculeview.h"

#include <QBuffer>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QSvgGenerator>
#include <cmath>

#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/stylepainting.h"

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

MoleculeView::MoleculeView(QWidget* parent) : QWidget(parent), m_emptyText(tr("The drawing of a molecule stands here."))
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    updateAccessible();
}

void MoleculeView::setMolecule(Depiction2D depiction, const QString& smiles)
{
    m_depiction = std::move(depiction);
    m_smiles = smiles;
    m_overlay.atomScores.clear();
    m_overlay.bondScores.clear();
    m_overlay.highlightedAtom = -1;
    hover(-1);
    updateAccessible();
    update();
}

void MoleculeView::clear()
{
    setMolecule({}, {});
}

bool MoleculeView::setScores(std::vector<double> atoms, std::vector<double> bonds, const ScoreScale& scale)
{
    const bool fits = (atoms.empty() || atoms.size() == m_depiction.atoms.size()) &&
                      (bonds.empty() || bonds.size() == m_depiction.bonds.size());
    if (!fits) {
        clearScores();
        return false;
    }
    m_overlay.atomScores = std::move(atoms);
    m_overlay.bondScores = std::move(bonds);
    m_overlay.scale = scale;
    update();
    return true;
}

void MoleculeView::clearScores()
{
    m_overlay.atomScores.clear();
    m_overlay.bondScores.clear();
    update();
}

void MoleculeView::setNumbersVisible(bool visible)
{
    m_overlay.numbers = visible;
    update();
}

void MoleculeView::setMaximumScale(double pixelsPerBond)
{
    m_maximumScale = pixelsPerBond;
    update();
}

void MoleculeView::setEmptyText(const QString& text)
{
    m_emptyText = text;
    update();
}

void MoleculeView::updateAccessible()
{
    setAccessibleName(m_depiction.isEmpty() ? tr("Drawing, empty") : tr("Drawing of %1").arg(m_smiles));
    setAccessibleDescription(tr("%n atoms", nullptr, static_cast<int>(m_depiction.atoms.size())));
}

QRectF MoleculeView::drawingRect() const
{
    const double margin = std::min(12.0, width() * 0.04);
    return QRectF(rect()).adjusted(margin, margin, -margin, -margin);
}

void MoleculeView::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Role::Surface));
    if (m_depiction.isEmpty()) {
        painter.setPen(theme.color(Role::TextSecondary));
        painter.drawText(rect().adjusted(16, 8, -16, -8), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
    } else {
        paintDepiction(&painter, drawingRect(), m_depiction, &m_overlay, m_maximumScale);
    }
    if (hasFocus()) {
        stylepainting::roundedBox(&painter, rect(), 0, {}, theme.color(Role::Focus, 0.7), 1);
    }
}

QPointF MoleculeView::atomPosition(int atom) const
{
    if (atom < 0 || atom >= static_cast<int>(m_depiction.atoms.size())) {
        return {};
    }
    const bool numbers = !m_overlay.atomScores.empty() && m_overlay.numbers;
    return DepictionLayout::fit(m_depiction, drawingRect(), m_maximumScale, numbers).atoms[static_cast<std::size_t>(atom)];
}

int MoleculeView::atomAt(const QPoint& position) const
{
    if (m_depiction.isEmpty()) {
        return -1;
    }
    const bool numbers = !m_overlay.atomScores.empty() && m_overlay.numbers;
    const auto layout = DepictionLayout::fit(m_depiction, drawingRect(), m_maximumScale, numbers);
    int nearest = -1;
    double best = std::max(layout.scale * 0.42, 6.0);
    for (std::size_t i = 0; i < layout.atoms.size(); ++i) {
        const QPointF d = layout.atoms[i] - QPointF(position);
        if (const double distance = std::hypot(d.x(), d.y()); distance < best) {
            best = distance;
            nearest = static_cast<int>(i);
        }
    }
    return nearest;
}

void MoleculeView::highlightAtom(int atom)
{
    if (m_overlay.highlightedAtom != atom) {
        m_overlay.highlightedAtom = atom;
        update();
    }
}

void MoleculeView::hover(int atom)
{
    if (atom == m_hovered) {
        return;
    }
    m_hovered = atom;
    highlightAtom(atom);
    if (atom >= 0 && atom < static_cast<int>(m_depiction.atoms.size())) {
        const auto& a = m_depiction.atoms[static_cast<std::size_t>(atom)];
        QString text = tr("atom %1, %2").arg(atom + 1).arg(a.label.isEmpty() ? u"C"_s : a.label);
        if (static_cast<std::size_t>(atom) < m_overlay.atomScores.size()) {
            text += u": "_s + formatSigned(m_overlay.atomScores[static_cast<std::size_t>(atom)], m_overlay.scale.decimals() + 1);
        }
        setToolTip(text);
    } else {
        setToolTip({});
    }
    Q_EMIT atomHovered(atom);
}

void MoleculeView::mouseMoveEvent(QMouseEvent* event)
{
    hover(atomAt(event->position().toPoint()));
}

void MoleculeView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        if (const int atom = atomAt(event->position().toPoint()); atom >= 0) {
            Q_EMIT atomClicked(atom);
        }
    }
    QWidget::mousePressEvent(event);
}

void MoleculeView::leaveEvent(QEvent*)
{
    hover(-1);
}

void MoleculeView::keyPressEvent(QKeyEvent* event)
{
    const int count = static_cast<int>(m_depiction.atoms.size());
    if (event->matches(QKeySequence::Copy)) {
        copyImage();
    } else if (count > 0 && (event->key() == Qt::Key_Right || event->key() == Qt::Key_Left)) {
        const int step = event->key() == Qt::Key_Right ? 1 : count - 1;
        hover(m_hovered < 0 ? 0 : (m_hovered + step) % count);
    } else if (event->key() == Qt::Key_Escape && m_hovered >= 0) {
        hover(-1);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void MoleculeView::contextMenuEvent(QContextMenuEvent* event)
{
    if (m_depiction.isEmpty()) {
        return;
    }
    QMenu menu(this);
    menu.addAction(icon(u"copy"_s), tr("Copy picture"), QKeySequence::Copy, this, &MoleculeView::copyImage);
    menu.addAction(tr("Copy as SVG"), this, &MoleculeView::copySvg);
    menu.addAction(tr("Copy as SMILES"), this, &MoleculeView::copySmiles)->setEnabled(!m_smiles.isEmpty());
    menu.exec(event->globalPos());
}

QImage MoleculeView::toImage(qreal deviceRatio) const
{
    QImage image((QSizeF(size()) * deviceRatio).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(deviceRatio);
    image.fill(Theme::current().color(Role::Surface));
    QPainter painter(&image);
    DepictionOverlay overlay = m_overlay;
    overlay.highlightedAtom = -1;
    paintDepiction(&painter, drawingRect(), m_depiction, &overlay, m_maximumScale);
    return image;
}

QByteArray MoleculeView::toSvg() const
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size());
    generator.setViewBox(rect());
    generator.setTitle(m_smiles);
    QPainter painter(&generator);
    DepictionOverlay overlay = m_overlay;
    overlay.highlightedAtom = -1;
    paintDepiction(&painter, drawingRect(), m_depiction, &overlay, m_maximumScale);
    painter.end();
    return buffer.data();
}

void MoleculeView::copyImage() const
{
    auto* mime = new QMimeData;
    mime->setImageData(toImage());
    mime->setText(m_smiles);
    QGuiApplication::clipboard()->setMimeData(mime);
}

void MoleculeView::copySvg() const
{
    const QByteArray svg = toSvg();
    auto* mime = new QMimeData;
    mime->setData(u"image/svg+xml"_s, svg);
    mime->setText(QString::fromUtf8(svg));
    QGuiApplication::clipboard()->setMimeData(mime);
}

void MoleculeView::copySmiles() const
{
    QGuiApplication::clipboard()->setText(m_smiles);
}

ScaleBar::ScaleBar(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFont(Theme::current().font(TextStyle::Axis));
    setTexts(tr("lowers"), tr("raises"));
}

void ScaleBar::setScale(const ScoreScale& scale)
{
    m_scale = scale;
    setAccessibleDescription(tr("from %1 to %2").arg(formatSigned(-scale.limit, scale.decimals()),
                                                     formatSigned(scale.limit, scale.decimals())));
    update();
}

void ScaleBar::setTexts(const QString& lowers, const QString& raises)
{
    m_lowers = lowers;
    m_raises = raises;
    setAccessibleName(tr("Scale: blue %1, orange %2").arg(lowers, raises));
    update();
}

void ScaleBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setFont(font());
    const QFontMetricsF metrics(font());
    const double texts = std::max(metrics.horizontalAdvance(m_lowers), metrics.horizontalAdvance(m_raises)) + 8;
    const double barWidth = std::clamp(width() - 2 * texts - 16, 40.0, 300.0);
    const QRectF bar((width() - barWidth) / 2, 2, barWidth, 11);
    const qreal ratio = devicePixelRatioF();
    for (double x = 0; x < barWidth; x += 1 / ratio) {
        painter.fillRect(QRectF(bar.left() + x, bar.top(), 1 / ratio + 0.01, bar.height()),
                         theme.diverging(2 * x / barWidth - 1));
    }
    painter.setPen(QPen(theme.color(Role::Control), 1));
    painter.drawRect(bar.adjusted(-0.5, -0.5, 0.5, 0.5));
    painter.setPen(theme.color(Role::TextSecondary));
    painter.drawText(QRectF(0, 0, bar.left() - 8, 15), Qt::AlignRight | Qt::AlignVCenter, m_lowers);
    painter.drawText(QRectF(bar.right() + 8, 0, width() - bar.right() - 8, 15), Qt::AlignLeft | Qt::AlignVCenter, m_raises);

    // Ends and middle always; thirds where the limit divides by three, else halves, as far as there is room.
    const double step = std::abs(std::remainder(m_scale.limit * 10 / std::pow(10.0, std::floor(std::log10(m_scale.limit))), 3)) < 1e-6
                            ? 1.0 / 3 : 0.5;
    int decimals = 0;
    for (const double tick = m_scale.limit * step; decimals < 6; ++decimals) {
        const double shifted = tick * std::pow(10.0, decimals);
        if (std::abs(shifted - std::round(shifted)) < 1e-6 * shifted) {
            break;
        }
    }
    const double room = numberWidth(font(), formatSigned(-m_scale.limit, decimals)) + 6;
    const bool fine = barWidth * step / 2 > room;
    for (double t = -1; t <= 1.0001; t += fine ? step : 1.0) {
        const double x = bar.center().x() + t * barWidth / 2;
        painter.setPen(theme.color(Role::Control));
        painter.drawLine(QPointF(x, bar.bottom() + 1), QPointF(x, bar.bottom() + 4));
        painter.setPen(theme.color(Role::TextSecondary));
        const QString text = std::abs(t) < 1e-6 ? u"0"_s : formatSigned(t * m_scale.limit, decimals);
        drawNumber(&painter, QRectF(x - room / 2, bar.bottom() + 4, room, metrics.height()), text, Qt::AlignHCenter);
    }
}

} // namespace papilio::widgets
