// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPointF>
#include <QString>
#include <vector>

class QJsonObject;
class QPainter;
class QRectF;

namespace papilio::widgets
{

/// A 2D drawing of a molecule as plain numbers: the "depiction" of the engine's protocol. Unit 1 = a bond length.
struct Depiction2D {
    struct Atom {
        double x = 0, y = 0;     ///< y grows upwards
        QString label;           ///< empty for an unlabelled carbon, else "N", "NH2", "O-"
        int atomicNumber = 6;
        int hydrogens = 0;       ///< hydrogens in the label
        int charge = 0;
        bool labelLeft = false;  ///< hydrogens stand left of the symbol
    };
    enum class Wedge { None = 0, Up = 1, Down = 2, Wavy = 3 };
    struct Bond {
        int begin = 0, end = 0;  ///< atoms
        int order = 1;           ///< 1, 2, 3
        Wedge wedge = Wedge::None; ///< narrow end at 'begin'
        bool ring = false;
        double insideX = 0, insideY = 0; ///< ring bonds: where the second line of a double bond goes
    };
    std::vector<Atom> atoms;
    std::vector<Bond> bonds;

    bool isEmpty() const { return atoms.empty(); }
    /// Reads the protocol's object; anything malformed (a bond to an atom that is not there, a number missing) gives an
    /// empty depiction, never half a molecule.
    static Depiction2D fromJson(const QJsonObject& object);
};

/// The symmetric signed scale of one explanation: the same limits wherever it is shown.
struct ScoreScale {
    double limit = 1;                           ///< the ends are −limit and +limit
    QColor color(double score) const;           ///< by the theme of the moment
    /// Limit = the largest absolute score of both, rounded up to 1, 1.5, 2, 3, 4, 5, 6, 8 × 10^k; 1 if all are 0 or missing.
    static ScoreScale forScores(const std::vector<double>& atoms, const std::vector<double>& bonds = {});
    int decimals() const;                       ///< that scores on this scale are printed with
};

/// What is painted over a drawing. Empty vectors: nothing. Otherwise one number an atom or undirected bond; NaN = none.
struct DepictionOverlay {
    std::vector<double> atomScores;
    std::vector<double> bondScores;
    ScoreScale scale;
    bool numbers = true;                        ///< print the scores beside atoms (only where the drawing is large enough)
    int highlightedAtom = -1;
};

/// Where the drawing's atoms are in a rectangle.
struct DepictionLayout {
    double scale = 1;                           ///< pixels a bond length
    std::vector<QPointF> atoms;
    /// Fits the drawing with its labels into the rectangle; never larger than maximumScale. With numbers there is room for
    /// the scores around it.
    static DepictionLayout fit(const Depiction2D& depiction, const QRectF& rect, double maximumScale = 56,
                               bool withNumbers = false);
};

/// Paints a drawing into a rectangle, for views, delegates and strips. Without scores atoms carry their element's colour;
/// with scores all atoms are ink and the signed scale is the only colour.
void paintDepiction(QPainter* painter, const QRectF& rect, const Depiction2D& depiction,
                    const DepictionOverlay* overlay = nullptr, double maximumScale = 56);

} // namespace papilio::widgets
