// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/moleculescene.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <qopengl.h>
#include <vtkActor.h>
#include <vtkCamera.h>
#include <vtkCylinderSource.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkMatrix4x4.h>
#include <vtkNew.h>
#include <vtkOpenGLFramebufferObject.h>
#include <vtkOpenGLState.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>
#include <vtkSphereSource.h>
#include <vtkTransform.h>
#include <vtkVersion.h>

#include "widgets/elements.h"

namespace papilio::widgets
{

namespace
{

using Vector = std::array<double, 3>;

Vector minus(const Vector& a, const Vector& b)
{
    return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
}

Vector cross(const Vector& a, const Vector& b)
{
    return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

double length(const Vector& v)
{
    return std::sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
}

Vector scaled(const Vector& v, double factor)
{
    return {v[0] * factor, v[1] * factor, v[2] * factor};
}

Vector plus(const Vector& a, const Vector& b)
{
    return {a[0] + b[0], a[1] + b[1], a[2] + b[2]};
}

constexpr double stickRadius = 0.13;
constexpr double thinRadius = 0.075;

} // namespace

struct MoleculeScene::Data {
    vtkSmartPointer<vtkGenericOpenGLRenderWindow> window;
    vtkNew<vtkRenderer> renderer;
    vtkNew<vtkSphereSource> sphere;
    vtkNew<vtkCylinderSource> cylinder;
    vtkNew<vtkPolyDataMapper> sphereMapper;
    vtkNew<vtkPolyDataMapper> cylinderMapper;
    Molecule3D molecule;
    std::vector<vtkSmartPointer<vtkActor>> balls;
    struct Stick {
        vtkSmartPointer<vtkActor> actor;
        int atom;
    };
    std::vector<Stick> sticks;
    QSize size{1, 1};

    Vector position(int atom) const
    {
        const auto& a = molecule.atoms[static_cast<std::size_t>(atom)];
        return {a.x, a.y, a.z};
    }

    static void shine(vtkProperty* property)
    {
        property->SetAmbient(0.42);
        property->SetDiffuse(0.72);
        property->SetSpecular(0.18);
        property->SetSpecularPower(28);
    }

    void addStick(const Vector& from, const Vector& to, double radius, int atom)
    {
        const Vector along = minus(to, from);
        const double size3 = length(along);
        if (size3 < 1e-6) {
            return;
        }
        // The source cylinder stands along y: turn it into the bond.
        const Vector unit = scaled(along, 1 / size3);
        vtkNew<vtkTransform> transform;
        const Vector middle = scaled(plus(from, to), 0.5);
        transform->Translate(middle.data());
        const Vector axis = cross({0, 1, 0}, unit);
        const double angle = std::acos(std::clamp(unit[1], -1.0, 1.0)) * 57.29577951308232;
        if (length(axis) > 1e-9) {
            transform->RotateWXYZ(angle, axis.data());
        } else if (unit[1] < 0) {
            transform->RotateX(180);
        }
        transform->Scale(radius, size3, radius);
        vtkNew<vtkActor> actor;
        actor->SetMapper(cylinderMapper);
        actor->SetUserTransform(transform);
        shine(actor->GetProperty());
        renderer->AddActor(actor);
        sticks.push_back({actor.Get(), atom});
    }

    /// Beside the bond, in the plane of a neighbour, so that double bonds of a ring lie in the ring.
    Vector sideways(const Molecule3D::Bond& bond) const
    {
        const Vector along = minus(position(bond.end), position(bond.begin));
        Vector other{0.3, 0.9, 0.1};
        for (const auto& b : molecule.bonds) {
            for (const auto& [end, far] : {std::pair(b.begin, b.end), std::pair(b.end, b.begin)}) {
                if ((end == bond.begin || end == bond.end) && far != bond.begin && far != bond.end) {
                    other = minus(position(far), position(end));
                }
            }
        }
        Vector normal = cross(along, other);
        if (length(normal) < 1e-6) {
            normal = cross(along, {0, 0, 1});
        }
        if (length(normal) < 1e-6) {
            normal = cross(along, {1, 0, 0});
        }
        const Vector side = cross(normal, along);
        const double size3 = length(side);
        return size3 > 1e-9 ? scaled(side, 1 / size3) : Vector{0, 0, 0};
    }

    void addBond(const Molecule3D::Bond& bond)
    {
        const Vector a = position(bond.begin);
        const Vector b = position(bond.end);
        std::vector<double> offsets{0};
        double radius = stickRadius;
        if (bond.order == 2) {
            offsets = {-0.12, 0.12};
            radius = thinRadius;
        } else if (bond.order == 3) {
            offsets = {-0.17, 0, 0.17};
            radius = thinRadius;
        }
        const Vector side = offsets.size() > 1 ? sideways(bond) : Vector{0, 0, 0};
        for (const double offset : offsets) {
            const Vector shift = scaled(side, offset);
            const Vector from = plus(a, shift);
            const Vector to = plus(b, shift);
            const Vector middle = scaled(plus(from, to), 0.5);
            addStick(from, middle, radius, bond.begin);
            addStick(middle, to, radius, bond.end);
        }
    }
};

MoleculeScene::MoleculeScene() : m_data(std::make_unique<Data>())
{
    m_data->sphere->SetRadius(1);
    m_data->sphere->SetThetaResolution(28);
    m_data->sphere->SetPhiResolution(20);
    m_data->cylinder->SetRadius(1);
    m_data->cylinder->SetHeight(1);
    m_data->cylinder->SetResolution(18);
    m_data->cylinder->CappingOff();
    m_data->sphereMapper->SetInputConnection(m_data->sphere->GetOutputPort());
    m_data->cylinderMapper->SetInputConnection(m_data->cylinder->GetOutputPort());
    m_data->renderer->GetActiveCamera()->ParallelProjectionOff();
}

MoleculeScene::~MoleculeScene() = default;

bool MoleculeScene::start(void* context, GetProcAddress loader)
{
    auto window = vtkSmartPointer<vtkGenericOpenGLRenderWindow>::New();
#if VTK_VERSION_NUMBER >= VTK_VERSION_CHECK(9, 3, 20240101)
    window->SetOpenGLSymbolLoader(loader, context);
#else
    (void)context;
    (void)loader;
#endif
    window->SetReadyForRendering(true);
    window->SetOwnContext(0);
    window->SetIsCurrent(true);
    window->SetFrameBlitModeToNoBlit();
    window->SetMultiSamples(4);
    window->SetShowWindow(false);
    window->OpenGLInit();
    window->AddRenderer(m_data->renderer);
    m_data->window = window;
    return true;
}

void MoleculeScene::finish()
{
    if (m_data->window) {
        m_data->window->Finalize();
        m_data->window->RemoveRenderer(m_data->renderer);
        m_data->window = nullptr;
    }
}

bool MoleculeScene::isStarted() const
{
    return m_data->window != nullptr;
}

void MoleculeScene::setMolecule(const Molecule3D& molecule)
{
    Data& d = *m_data;
    d.renderer->RemoveAllViewProps();
    d.balls.clear();
    d.sticks.clear();
    d.molecule = molecule;
    for (const auto& atom : molecule.atoms) {
        vtkNew<vtkActor> ball;
        ball->SetMapper(d.sphereMapper);
        ball->SetPosition(atom.x, atom.y, atom.z);
        ball->SetScale(elementBallRadius(atom.atomicNumber));
        Data::shine(ball->GetProperty());
        d.renderer->AddActor(ball);
        d.balls.push_back(ball.Get());
    }
    for (const auto& bond : molecule.bonds) {
        d.addBond(bond);
    }
    resetCamera();
}

void MoleculeScene::setColors(const std::vector<QColor>& atoms)
{
    const auto apply = [&](vtkActor* actor, std::size_t atom) {
        if (atom < atoms.size()) {
            actor->GetProperty()->SetColor(atoms[atom].redF(), atoms[atom].greenF(), atoms[atom].blueF());
        }
    };
    for (std::size_t i = 0; i < m_data->balls.size(); ++i) {
        apply(m_data->balls[i], i);
    }
    for (const auto& stick : m_data->sticks) {
        apply(stick.actor, static_cast<std::size_t>(stick.atom));
    }
}

void MoleculeScene::setBackground(const QColor& color)
{
    m_data->renderer->SetBackground(color.redF(), color.greenF(), color.blueF());
    m_data->renderer->SetBackgroundAlpha(1);
}

void MoleculeScene::resize(const QSize& devicePixels)
{
    m_data->size = devicePixels;
    if (m_data->window) {
        m_data->window->SetSize(devicePixels.width(), devicePixels.height());
    }
}

void MoleculeScene::render()
{
    // Qt and VTK share the context: neither may rely on what the other left behind.
    vtkOpenGLState* state = m_data->window->GetState();
    state->Reset();
    state->Push();
    m_data->renderer->ResetCameraClippingRange();
    m_data->window->Render();
    state->Pop();
}

void MoleculeScene::blitTo(unsigned int framebuffer, const QSize& devicePixels)
{
    vtkOpenGLState* state = m_data->window->GetState();
    state->PushFramebufferBindings();
    state->vtkglBindFramebuffer(GL_DRAW_FRAMEBUFFER, framebuffer);
    state->vtkglDisable(GL_SCISSOR_TEST);
    m_data->window->BlitDisplayFramebuffer(0, 0, 0, devicePixels.width(), devicePixels.height(), 0, 0, devicePixels.width(),
                                           devicePixels.height(), GL_COLOR_BUFFER_BIT, GL_NEAREST);
    state->PopFramebufferBindings();
    // Painting over the scene must not be hidden by its depth.
    state->vtkglDisable(GL_DEPTH_TEST);
    state->vtkglDisable(GL_CULL_FACE);
}

void MoleculeScene::resetCamera()
{
    vtkCamera* camera = m_data->renderer->GetActiveCamera();
    camera->SetFocalPoint(0, 0, 0);
    camera->SetPosition(0, 0, 10);
    camera->SetViewUp(0, 1, 0);
    m_data->renderer->ResetCamera();
    camera->SetViewAngle(24); // ResetCamera() sets its own
    // ResetCamera() leaves room for a sphere around everything; flat molecules would look small.
    double bounds[6];
    m_data->renderer->ComputeVisiblePropBounds(bounds);
    const double width = std::max(bounds[1] - bounds[0], 1.0);
    const double height = std::max(bounds[3] - bounds[2], 1.0);
    const double depth = std::max(bounds[5] - bounds[4], 0.0);
    const double aspect = static_cast<double>(m_data->size.width()) / std::max(m_data->size.height(), 1);
    const double half = std::max(height, width / std::max(aspect, 0.1)) / 2 * 1.12;
    const double distance = half / std::tan(12 * 0.017453292519943295) + depth / 2;
    double focal[3];
    camera->GetFocalPoint(focal);
    camera->SetPosition(focal[0], focal[1], focal[2] + distance);
}

void MoleculeScene::turn(double degreesRight, double degreesUp)
{
    vtkCamera* camera = m_data->renderer->GetActiveCamera();
    camera->Azimuth(-degreesRight);
    camera->Elevation(degreesUp);
    camera->OrthogonalizeViewUp();
}

void MoleculeScene::zoom(double factor)
{
    vtkCamera* camera = m_data->renderer->GetActiveCamera();
    const double distance = camera->GetDistance() / factor;
    if (distance > 1 && distance < 2000) {
        camera->Dolly(factor);
    }
}

void MoleculeScene::pan(const QPointF& devicePixels)
{
    vtkCamera* camera = m_data->renderer->GetActiveCamera();
    Vector direction;
    camera->GetDirectionOfProjection(direction.data());
    Vector up;
    camera->GetViewUp(up.data());
    const Vector right = cross(direction, up);
    const double perPixel = 2 * camera->GetDistance() * std::tan(camera->GetViewAngle() * 0.5 * 0.017453292519943295) /
                            std::max(m_data->size.height(), 1);
    const Vector shift = plus(scaled(right, -devicePixels.x() * perPixel), scaled(up, devicePixels.y() * perPixel));
    Vector position;
    Vector focal;
    camera->GetPosition(position.data());
    camera->GetFocalPoint(focal.data());
    position = plus(position, shift);
    focal = plus(focal, shift);
    camera->SetPosition(position.data());
    camera->SetFocalPoint(focal.data());
}

std::vector<MoleculeScene::Projected> MoleculeScene::project() const
{
    const double aspect = static_cast<double>(m_data->size.width()) / std::max(m_data->size.height(), 1);
    vtkCamera* camera = m_data->renderer->GetActiveCamera();
    vtkMatrix4x4* view = camera->GetViewTransformMatrix();
    const double focal = 1 / std::tan(camera->GetViewAngle() * 0.5 * 0.017453292519943295);
    std::vector<Projected> result;
    for (const auto& atom : m_data->molecule.atoms) {
        const double in[4] = {atom.x, atom.y, atom.z, 1};
        double eye[4];
        view->MultiplyPoint(in, eye);
        const double depth = std::max(-eye[2], 1e-6);
        const double x = focal * eye[0] / (aspect * depth);
        const double y = focal * eye[1] / depth;
        Projected p;
        p.center = QPointF((x + 1) / 2 * m_data->size.width(), (1 - y) / 2 * m_data->size.height());
        p.radius = elementBallRadius(atom.atomicNumber) * focal / depth * m_data->size.height() / 2;
        p.depth = depth;
        result.push_back(p);
    }
    return result;
}

std::vector<QPointF> MoleculeScene::axes() const
{
    vtkMatrix4x4* view = m_data->renderer->GetActiveCamera()->GetViewTransformMatrix();
    std::vector<QPointF> result;
    for (int axis = 0; axis < 3; ++axis) {
        result.emplace_back(view->GetElement(0, axis), -view->GetElement(1, axis));
    }
    return result;
}

} // namespace papilio::widgets
