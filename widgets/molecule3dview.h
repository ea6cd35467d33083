// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>
#include <memory>
#include <vector>

#include "widgets/depiction.h"

namespace papilio::widgets
{

/// A conformer: the "molecule.conformer" answer of the engine's protocol. Heavy atoms come first.
struct Molecule3D {
    struct Atom {
        double x = 0, y = 0, z = 0; ///< Å
        int atomicNumber = 6;
    };
    struct Bond {
        int begin = 0, end = 0;
        int order = 1;
    };
    std::vector<Atom> atoms;
    std::vector<Bond> bonds;
    int heavyAtoms = 0;             ///< atoms[0 … heavyAtoms) have scores, in the order of the drawing

    bool isEmpty() const { return atoms.empty(); }
    /// Malformed input gives an empty molecule.
    static Molecule3D fromJson(const QJsonObject& object);
};

/// Balls and sticks, turned by dragging (right drag or wheel zooms, middle drag or Shift pans, double click shows all;
/// arrow keys turn, + and − zoom, F shows all). With scores the balls carry the signed scale's colours and hydrogens are
/// neutral; without, the elements' colours. OpenGL starts when the view is first shown; where there is none, a message
/// stands in its place and everything else works on.
class Molecule3DView : public QWidget
{
    Q_OBJECT

public:
    explicit Molecule3DView(QWidget* parent = nullptr);
    ~Molecule3DView() override;

    void setMolecule(Molecule3D molecule);
    void clear();
    const Molecule3D& molecule() const;
    /// One score a heavy atom; refused (false) if the number is another.
    bool setScores(std::vector<double> atoms, const ScoreScale& scale);
    void clearScores();
    void setLabelsVisible(bool visible);
    bool labelsVisible() const;
    void setEmptyText(const QString& text);
    bool isAvailable() const;                 ///< false after OpenGL was tried and failed
    void resetCamera();

    int atomAt(const QPoint& position) const; ///< −1 = none
    QImage toImage();
    void copyImage();

    QSize sizeHint() const override { return {420, 280}; }
    QSize minimumSizeHint() const override { return {160, 120}; }

public Q_SLOTS:
    void highlightAtom(int atom);

Q_SIGNALS:
    void atomHovered(int atom);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace papilio::widgets
