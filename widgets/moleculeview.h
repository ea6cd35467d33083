// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <QString>
#include <QWidget>

#include "widgets/depiction.h"

namespace papilio::widgets
{

/// One molecule, drawn to fill the widget, with optional scores on atoms and bonds. Hover reports atoms; the context menu
/// and Ctrl+C copy it (picture and SMILES; SVG from the menu).
class MoleculeView : public QWidget
{
    Q_OBJECT

public:
    explicit MoleculeView(QWidget* parent = nullptr);

    void setMolecule(Depiction2D depiction, const QString& smiles);
    void clear();
    const Depiction2D& depiction() const { return m_depiction; }
    QString smiles() const { return m_smiles; }
    /// Scores that do not fit the molecule's number of atoms or bonds are refused (false) and none are shown.
    bool setScores(std::vector<double> atoms, std::vector<double> bonds, const ScoreScale& scale);
    void clearScores();
    void setNumbersVisible(bool visible);
    void setMaximumScale(double pixelsPerBond);
    void setEmptyText(const QString& text);

    int atomAt(const QPoint& position) const; ///< −1 = none
    QPointF atomPosition(int atom) const;     ///< in widget coordinates

    QImage toImage(qreal deviceRatio = 2) const;
    QByteArray toSvg() const;
    void copyImage() const;
    void copySvg() const;
    void copySmiles() const;

    QSize sizeHint() const override { return {420, 232}; }
    QSize minimumSizeHint() const override { return {120, 90}; }

public Q_SLOTS:
    void highlightAtom(int atom);             ///< −1 = none; emits nothing

Q_SIGNALS:
    void atomHovered(int atom);               ///< −1 = none
    void atomClicked(int atom);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void hover(int atom);
    void updateAccessible();
    QRectF drawingRect() const;

    Depiction2D m_depiction;
    DepictionOverlay m_overlay;
    QString m_smiles;
    QString m_emptyText;
    double m_maximumScale = 56;
    int m_hovered = -1;
};

/// The signed scale with its numbers: "lowers the logit ▭▭▭ raises the logit".
class ScaleBar : public QWidget
{
    Q_OBJECT

public:
    explicit ScaleBar(QWidget* parent = nullptr);
    void setScale(const ScoreScale& scale);
    void setTexts(const QString& lowers, const QString& raises); ///< at the left and right end
    QSize sizeHint() const override { return {420, 34}; }
    QSize minimumSizeHint() const override { return {180, 34}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ScoreScale m_scale;
    QString m_lowers;
    QString m_raises;
};

/// Which atom each character of a SMILES belongs to, in the order the atoms are written; −1 for brackets' rest, bonds,
/// ring numbers. All characters of "[nH+]" belong to their atom.
std::vector<int> smilesAtomMap(const QString& smiles);

/// The SMILES in cells of equal width with a bar a cell over (raises) or under (lowers) it. Long ones scroll.
class SmilesBar : public QWidget
{
    Q_OBJECT

public:
    explicit SmilesBar(QWidget* parent = nullptr);
    /// map: one atom index a character, −1 = none; scores: one an atom, may be empty.
    void setSmiles(const QString& smiles, std::vector<int> map, std::vector<double> scores, const ScoreScale& scale);
    void clear();
    int atomAt(const QPoint& position) const;
    QSize sizeHint() const override { return {420, 66}; }
    QSize minimumSizeHint() const override { return {120, 66}; }

public Q_SLOTS:
    void highlightAtom(int atom);

Q_SIGNALS:
    void atomHovered(int atom);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    int firstCellX() const;
    void scrollBy(int pixels);

    QString m_smiles;
    std::vector<int> m_map;
    std::vector<double> m_scores;
    ScoreScale m_scale;
    int m_highlighted = -1;
    int m_hovered = -1;
    int m_scroll = 0;
};

} // namespace papilio::widgets
