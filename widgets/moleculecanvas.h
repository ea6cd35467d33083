// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QOpenGLWidget>

#include "widgets/molecule3dview.h"
#include "widgets/moleculescene.h"

namespace papilio::widgets
{

/// Private to Molecule3DView: what is to be shown.
struct MoleculeModel {
    Molecule3D molecule;
    std::vector<double> scores; ///< empty or one a heavy atom
    ScoreScale scale;
    bool labels = true;
    int highlighted = -1;
};

/// Private to Molecule3DView: the OpenGL part. Labels and highlight are painted over the scene.
class MoleculeCanvas : public QOpenGLWidget
{
    Q_OBJECT

public:
    MoleculeCanvas(MoleculeModel& model, QWidget* parent);
    ~MoleculeCanvas() override;

    void refreshMolecule();
    void refreshColors();
    void resetCamera();
    int atomAt(const QPoint& position) const;

Q_SIGNALS:
    void atomHovered(int atom);

protected:
    void initializeGL() override;
    void paintGL() override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QSize devicePixels() const;
    QColor atomColor(std::size_t atom) const;
    void freeScene();
    void paintOverlay();
    void paintLabels(QPainter& painter, const std::vector<MoleculeScene::Projected>& atoms) const;
    void paintAxes(QPainter& painter) const;

    MoleculeModel& m_model;
    MoleculeScene m_scene;
    QPointF m_last;
    QSize m_size;
    int m_hovered = -1;
    bool m_moleculeChanged = true;
    bool m_colorsChanged = true;
    bool m_moved = false; ///< the camera was moved by a person
};

} // namespace papilio::widgets
