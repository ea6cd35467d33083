// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/molecule3dview.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QMenu>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QPainter>
#include <cmath>

#include "widgets/icons.h"
#include "widgets/moleculecanvas.h"
#include "widgets/theme.h"

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

Molecule3D Molecule3D::fromJson(const QJsonObject& object)
{
    Molecule3D result;
    for (const QJsonValue& value : object["atoms"_L1].toArray()) {
        const QJsonArray a = value.toArray();
        if (a.size() < 4 || !a[0].isDouble() || !a[1].isDouble() || !a[2].isDouble()) {
            return {};
        }
        result.atoms.push_back({a[0].toDouble(), a[1].toDouble(), a[2].toDouble(), a[3].toInt()});
    }
    const auto count = static_cast<int>(result.atoms.size());
    for (const QJsonValue& value : object["bonds"_L1].toArray()) {
        const QJsonArray b = value.toArray();
        const Bond bond{b.size() > 0 ? b[0].toInt(-1) : -1, b.size() > 1 ? b[1].toInt(-1) : -1,
                        b.size() > 2 ? std::clamp(static_cast<int>(std::lround(b[2].toDouble(1))), 1, 3) : 1};
        if (bond.begin < 0 || bond.end < 0 || bond.begin >= count || bond.end >= count || bond.begin == bond.end) {
            return {};
        }
        result.bonds.push_back(bond);
    }
    result.heavyAtoms = std::clamp(object["heavyAtoms"_L1].toInt(count), 0, count);
    return result;
}

struct Molecule3DView::Data {
    MoleculeCanvas* canvas = nullptr; ///< made when first shown, only where OpenGL works
    MoleculeModel model;
    bool tried = false;
    QString emptyText;
};

namespace
{

/// OpenGL 3.2 is what VTK draws with.
bool openGLWorks()
{
    // These platforms may hand out a context, but cannot compose a window with an OpenGL widget in it.
    const QStringList without = {u"offscreen"_s, u"minimal"_s, u"vnc"_s, u"linuxfb"_s};
    if (without.contains(QGuiApplication::platformName())) {
        return false;
    }
    QOpenGLContext context;
    QSurfaceFormat format;
    format.setVersion(3, 2);
    format.setProfile(QSurfaceFormat::CoreProfile);
    context.setFormat(format);
    if (!context.create()) {
        return false;
    }
    QOffscreenSurface surface;
    surface.setFormat(context.format());
    surface.create();
    if (!surface.isValid() || !context.makeCurrent(&surface)) {
        return false;
    }
    const bool enough = context.format().version() >= qMakePair(3, 2) && !context.isOpenGLES();
    context.doneCurrent();
    return enough;
}

} // namespace

Molecule3DView::Molecule3DView(QWidget* parent) : QWidget(parent), m_data(std::make_unique<Data>())
{
    m_data->emptyText = tr("The molecule in space stands here.");
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("3D view"));
    connect(&Theme::current(), &Theme::changed, this, [this] {
        if (m_data->canvas) {
            m_data->canvas->refreshColors();
        }
        update();
    });
}

Molecule3DView::~Molecule3DView()
{
    delete m_data->canvas; // before the model it looks at
}

const Molecule3D& Molecule3DView::molecule() const
{
    return m_data->model.molecule;
}

void Molecule3DView::setMolecule(Molecule3D molecule)
{
    m_data->model.molecule = std::move(molecule);
    m_data->model.scores.clear();
    m_data->model.highlighted = -1;
    setAccessibleDescription(tr("%n atoms", nullptr, static_cast<int>(m_data->model.molecule.atoms.size())));
    if (m_data->canvas) {
        m_data->canvas->refreshMolecule();
        m_data->canvas->setVisible(!m_data->model.molecule.isEmpty());
    }
    update();
}

void Molecule3DView::clear()
{
    setMolecule({});
}

bool Molecule3DView::setScores(std::vector<double> atoms, const ScoreScale& scale)
{
    if (static_cast<int>(atoms.size()) != m_data->model.molecule.heavyAtoms) {
        clearScores();
        return false;
    }
    m_data->model.scores = std::move(atoms);
    m_data->model.scale = scale;
    if (m_data->canvas) {
        m_data->canvas->refreshColors();
    }
    return true;
}

void Molecule3DView::clearScores()
{
    m_data->model.scores.clear();
    if (m_data->canvas) {
        m_data->canvas->refreshColors();
    }
}

void Molecule3DView::setLabelsVisible(bool visible)
{
    m_data->model.labels = visible;
    if (m_data->canvas) {
        m_data->canvas->update();
    }
}

bool Molecule3DView::labelsVisible() const
{
    return m_data->model.labels;
}

void Molecule3DView::setEmptyText(const QString& text)
{
    m_data->emptyText = text;
    update();
}

bool Molecule3DView::isAvailable() const
{
    return !m_data->tried || m_data->canvas;
}

void Molecule3DView::resetCamera()
{
    if (m_data->canvas) {
        m_data->canvas->resetCamera();
    }
}

int Molecule3DView::atomAt(const QPoint& position) const
{
    return m_data->canvas ? m_data->canvas->atomAt(position) : -1;
}

void Molecule3DView::highlightAtom(int atom)
{
    if (m_data->model.highlighted != atom) {
        m_data->model.highlighted = atom;
        if (m_data->canvas) {
            m_data->canvas->update();
        }
    }
}

QImage Molecule3DView::toImage()
{
    return m_data->canvas && m_data->canvas->isVisible() ? m_data->canvas->grabFramebuffer() : grab().toImage();
}

void Molecule3DView::copyImage()
{
    QGuiApplication::clipboard()->setImage(toImage());
}

void Molecule3DView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_data->tried) {
        return;
    }
    m_data->tried = true;
    if (openGLWorks()) {
        m_data->canvas = new MoleculeCanvas(m_data->model, this);
        m_data->canvas->setGeometry(rect());
        connect(m_data->canvas, &MoleculeCanvas::atomHovered, this, &Molecule3DView::atomHovered);
        m_data->canvas->setVisible(!m_data->model.molecule.isEmpty());
        setFocusProxy(m_data->canvas);
    }
}

void Molecule3DView::resizeEvent(QResizeEvent*)
{
    if (m_data->canvas) {
        m_data->canvas->setGeometry(rect());
    }
}

void Molecule3DView::contextMenuEvent(QContextMenuEvent* event)
{
    if (!m_data->canvas || m_data->model.molecule.isEmpty()) {
        return;
    }
    QMenu menu(this);
    menu.addAction(icon(u"fit"_s), tr("Show everything"), QKeySequence(Qt::Key_F), this, &Molecule3DView::resetCamera);
    QAction* labels = menu.addAction(tr("Element labels"));
    labels->setCheckable(true);
    labels->setChecked(labelsVisible());
    connect(labels, &QAction::toggled, this, &Molecule3DView::setLabelsVisible);
    menu.addSeparator();
    menu.addAction(icon(u"copy"_s), tr("Copy picture"), QKeySequence::Copy, this, &Molecule3DView::copyImage);
    menu.exec(event->globalPos());
}

void Molecule3DView::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Role::Surface));
    const bool missing = m_data->tried && !m_data->canvas;
    if (!missing && !m_data->model.molecule.isEmpty()) {
        return;
    }
    painter.setPen(theme.color(Role::TextSecondary));
    if (missing) {
        paintIcon(&painter, QRectF(width() / 2.0 - 12, height() / 2.0 - 48, 24, 24), u"view-3d"_s, theme.color(Role::TextTertiary));
    }
    painter.drawText(rect().adjusted(16, 8, -16, -8), Qt::AlignCenter | Qt::TextWordWrap,
                     missing ? tr("No 3D view here: it needs OpenGL 3.2.\nEverything else works without it.") : m_data->emptyText);
}

} // namespace papilio::widgets
