// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/moleculecanvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QOpenGLPaintDevice>
#include <QPainter>
#include <QWheelEvent>
#include <cmath>

#include "widgets/elements.h"
#include "widgets/stylepainting.h"
#include "widgets/theme.h"

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

MoleculeCanvas::MoleculeCanvas(MoleculeModel& model, QWidget* parent) : QOpenGLWidget(parent), m_model(model)
{
    QSurfaceFormat format;
    format.setVersion(3, 2);
    format.setProfile(QSurfaceFormat::CoreProfile);
    format.setDepthBufferSize(24);
    setFormat(format);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Molecule in space"));
}

MoleculeCanvas::~MoleculeCanvas()
{
    if (context()) {
        disconnect(context(), nullptr, this, nullptr); // the context outlives this part of the object
    }
    freeScene();
}

void MoleculeCanvas::freeScene()
{
    if (m_scene.isStarted()) {
        makeCurrent();
        m_scene.finish();
        doneCurrent();
    }
}

QSize MoleculeCanvas::devicePixels() const
{
    return (QSizeF(size()) * devicePixelRatioF()).toSize().expandedTo({1, 1});
}

void MoleculeCanvas::initializeGL()
{
    // A window that moves to another screen or parent gets a new context: the scene starts anew in it.
    connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, &MoleculeCanvas::freeScene, Qt::UniqueConnection);
    m_scene.start(context(), [](void* context, const char* name) {
        return static_cast<QOpenGLContext*>(context)->getProcAddress(name);
    });
    m_moleculeChanged = m_colorsChanged = true;
    m_size = {};
}

void MoleculeCanvas::refreshMolecule()
{
    m_moleculeChanged = m_colorsChanged = true;
    m_hovered = -1;
    m_moved = false;
    update();
}

void MoleculeCanvas::refreshColors()
{
    m_colorsChanged = true;
    update();
}

void MoleculeCanvas::resetCamera()
{
    m_moved = false;
    m_scene.resetCamera();
    update();
}

QColor MoleculeCanvas::atomColor(std::size_t atom) const
{
    const Theme& theme = Theme::current();
    if (!m_model.scores.empty()) {
        const double score = atom < m_model.scores.size() ? m_model.scores[atom] : 0;
        const QColor color = m_model.scale.color(score);
        // Neutral is close to the background, on which a ball must still be seen: grey in it, none at the scale's ends.
        const double strength = std::isfinite(score) && m_model.scale.limit > 0 ? std::min(std::abs(score) / m_model.scale.limit, 1.0) : 0;
        const QColor grey = theme.color(Role::TextTertiary);
        const auto t = static_cast<float>((theme.isDark() ? 0.42 : 0.12) * (1 - strength) * (1 - strength));
        return QColor::fromRgbF(color.redF() + (grey.redF() - color.redF()) * t, color.greenF() + (grey.greenF() - color.greenF()) * t,
                                color.blueF() + (grey.blueF() - color.blueF()) * t);
    }
    switch (m_model.molecule.atoms[atom].atomicNumber) {
    case 1: return theme.color(theme.isDark() ? Role::TextTertiary : Role::Pressed);
    case 6: return theme.color(theme.isDark() ? Role::Control : Role::TextTertiary);
    default: return theme.atom(m_model.molecule.atoms[atom].atomicNumber);
    }
}

void MoleculeCanvas::paintGL()
{
    if (!m_scene.isStarted()) {
        return;
    }
    if (m_size != devicePixels()) {
        m_size = devicePixels();
        m_scene.resize(m_size);
        if (!m_moved) {
            m_scene.resetCamera();
        }
    }
    if (m_moleculeChanged) {
        m_scene.setMolecule(m_model.molecule);
        m_moleculeChanged = false;
    }
    if (m_colorsChanged) {
        std::vector<QColor> colors;
        for (std::size_t i = 0; i < m_model.molecule.atoms.size(); ++i) {
            colors.push_back(atomColor(i));
        }
        m_scene.setColors(colors);
        m_scene.setBackground(Theme::current().color(Role::Surface));
        m_colorsChanged = false;
    }
    m_scene.render();
    m_scene.blitTo(defaultFramebufferObject(), m_size);
    paintOverlay();
}

void MoleculeCanvas::paintOverlay()
{
    // Not QPainter(this): inside QWidget::grab() that would paint below the scene instead of over it.
    context()->functions()->glBindFramebuffer(GL_FRAMEBUFFER, defaultFramebufferObject());
    QOpenGLPaintDevice device(m_size);
    device.setDevicePixelRatio(devicePixelRatioF());
    QPainter painter(&device);
    painter.setRenderHint(QPainter::Antialiasing);
    auto atoms = m_scene.project();
    for (auto& atom : atoms) {
        atom.center /= devicePixelRatioF();
        atom.radius /= devicePixelRatioF();
    }
    const Theme& theme = Theme::current();
    if (m_model.labels) {
        paintLabels(painter, atoms);
    }
    if (m_model.highlighted >= 0 && m_model.highlighted < static_cast<int>(atoms.size())) {
        const auto& atom = atoms[static_cast<std::size_t>(m_model.highlighted)];
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.color(Role::Surface), 4.5));
        painter.drawEllipse(atom.center, atom.radius + 3, atom.radius + 3);
        painter.setPen(QPen(theme.color(Role::AccentMark), 2));
        painter.drawEllipse(atom.center, atom.radius + 3, atom.radius + 3);
    }
    paintAxes(painter);
    if (hasFocus()) {
        stylepainting::roundedBox(&painter, rect(), 0, {}, theme.color(Role::Focus, 0.7), 1);
    }
}

void MoleculeCanvas::paintLabels(QPainter& painter, const std::vector<MoleculeScene::Projected>& atoms) const
{
    const Theme& theme = Theme::current();
    QFont font = theme.font(TextStyle::DockTitle);
    for (std::size_t i = 0; i < atoms.size(); ++i) {
        const int number = m_model.molecule.atoms[i].atomicNumber;
        if (number == 6 || number == 1 || atoms[i].radius < 4) {
            continue;
        }
        // The label of an atom behind another one would seem to belong to that one.
        const bool covered = std::any_of(atoms.begin(), atoms.end(), [&](const MoleculeScene::Projected& other) {
            const QPointF d = other.center - atoms[i].center;
            return other.depth < atoms[i].depth - 0.05 && std::hypot(d.x(), d.y()) < other.radius * 0.9;
        });
        if (covered) {
            continue;
        }
        const QColor ball = atomColor(i);
        QColor ink = theme.divergingLabel();
        if (m_model.scores.empty()) {
            ink = ball.lightnessF() > 0.45F ? theme.color(theme.isDark() ? Role::Chrome : Role::Text)
                                            : theme.color(Role::OnAccent);
        }
        font.setPixelSize(std::clamp(static_cast<int>(atoms[i].radius * 0.95), 8, 16));
        painter.setFont(font);
        painter.setPen(ink);
        const double side = atoms[i].radius * 2 + 8;
        painter.drawText(QRectF(atoms[i].center.x() - side / 2, atoms[i].center.y() - side / 2, side, side), Qt::AlignCenter,
                         elementSymbol(number));
    }
}

void MoleculeCanvas::paintAxes(QPainter& painter) const
{
    if (width() < 220 || height() < 160) {
        return;
    }
    const Theme& theme = Theme::current();
    const QPointF origin(32, height() - 32);
    const auto axes = m_scene.axes();
    static const QString names[] = {u"x"_s, u"y"_s, u"z"_s};
    const Role roles[] = {Role::Error, Role::Success, Role::Info};
    painter.setFont(theme.font(TextStyle::Axis));
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const QPointF end = origin + axes[i] * 20;
        painter.setPen(QPen(theme.color(roles[i]), 1.5, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(origin, end);
        painter.setPen(theme.color(Role::TextSecondary));
        const QPointF at = origin + axes[i] * 27;
        if (std::hypot(axes[i].x(), axes[i].y()) > 0.25) {
            painter.drawText(QRectF(at.x() - 8, at.y() - 8, 16, 16), Qt::AlignCenter, names[i]);
        }
    }
}

int MoleculeCanvas::atomAt(const QPoint& position) const
{
    const QPointF at = QPointF(position) * devicePixelRatioF();
    const auto atoms = m_scene.project();
    int nearest = -1;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
        const QPointF d = atoms[i].center - at;
        if (std::hypot(d.x(), d.y()) <= atoms[i].radius + 2 &&
            (nearest < 0 || atoms[i].depth < atoms[static_cast<std::size_t>(nearest)].depth)) {
            nearest = static_cast<int>(i);
        }
    }
    return nearest;
}

void MoleculeCanvas::mousePressEvent(QMouseEvent* event)
{
    m_last = event->position();
    event->accept();
}

void MoleculeCanvas::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF moved = event->position() - m_last;
    m_last = event->position();
    const bool left = event->buttons() & Qt::LeftButton;
    if ((event->buttons() & Qt::MiddleButton) || (left && (event->modifiers() & Qt::ShiftModifier))) {
        m_scene.pan(moved * devicePixelRatioF());
    } else if (left) {
        m_scene.turn(moved.x() * 0.6, moved.y() * 0.6);
    } else if (event->buttons() & Qt::RightButton) {
        m_scene.zoom(std::pow(1.01, -moved.y()));
    } else {
        const int atom = atomAt(event->position().toPoint());
        if (atom != m_hovered) {
            m_hovered = atom;
            m_model.highlighted = atom;
            // Hydrogens light up here, but the drawing does not know them.
            Q_EMIT atomHovered(atom >= 0 && atom < m_model.molecule.heavyAtoms ? atom : -1);
            update();
        }
        return;
    }
    m_moved = true;
    update();
}

void MoleculeCanvas::mouseDoubleClickEvent(QMouseEvent*)
{
    resetCamera();
}

void MoleculeCanvas::wheelEvent(QWheelEvent* event)
{
    m_scene.zoom(std::pow(1.15, event->angleDelta().y() / 120.0));
    m_moved = true;
    update();
    event->accept();
}

void MoleculeCanvas::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left: m_scene.turn(-8, 0); break;
    case Qt::Key_Right: m_scene.turn(8, 0); break;
    case Qt::Key_Up: m_scene.turn(0, -8); break;
    case Qt::Key_Down: m_scene.turn(0, 8); break;
    case Qt::Key_Plus:
    case Qt::Key_Equal: m_scene.zoom(1.15); break;
    case Qt::Key_Minus: m_scene.zoom(1 / 1.15); break;
    case Qt::Key_F: resetCamera(); return;
    default: QOpenGLWidget::keyPressEvent(event); return;
    }
    m_moved = true;
    update();
}

void MoleculeCanvas::leaveEvent(QEvent*)
{
    if (m_hovered != -1) {
        m_hovered = -1;
        m_model.highlighted = -1;
        Q_EMIT atomHovered(-1);
        update();
    }
}

} // namespace papilio::widgets
