// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPointF>
#include <QSize>
#include <memory>
#include <vector>

#include "widgets/molecule3dview.h"

namespace papilio::widgets
{

/// Private to Molecule3DView: the VTK scene, without any VTK in this header. Every call but the constructor and the plain
/// setters needs the OpenGL context that was current at start().
class MoleculeScene
{
public:
    MoleculeScene();
    ~MoleculeScene();

    /// Symbol loader of the current OpenGL context, for VTK versions that want one.
    using GetProcAddress = void (*(*)(void* context, const char* name))();
    bool start(void* context, GetProcAddress loader); ///< false: VTK cannot use this OpenGL
    void finish();                                    ///< frees what is in OpenGL
    bool isStarted() const;

    void setMolecule(const Molecule3D& molecule);
    void setColors(const std::vector<QColor>& atoms); ///< one an atom; sticks are half and half
    void setBackground(const QColor& color);
    void resize(const QSize& devicePixels);
    void render();
    /// Copies the picture into a framebuffer of the same size.
    void blitTo(unsigned int framebuffer, const QSize& devicePixels);

    void resetCamera();
    void turn(double degreesRight, double degreesUp);
    void zoom(double factor);
    void pan(const QPointF& devicePixels);

    struct Projected {
        QPointF center;    ///< device pixels, y downwards
        double radius = 0;
        double depth = 0;  ///< smaller = nearer
    };
    std::vector<Projected> project() const;
    /// Directions of x, y, z on the screen (y downwards), for the small axes.
    std::vector<QPointF> axes() const;

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace papilio::widgets
