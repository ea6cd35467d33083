// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>
#include <QString>
#include <QVector>

class QApplication;
class QWidget;

namespace papilio::widgets
{

/// What a colour is for. Views ask for a role, never for a colour.
enum class Role {
    Chrome, Surface, Sunken, Raised, Hover, Pressed, Selection, SelectionInactive,
    Hairline, Divider, Control,
    Text, TextSecondary, TextTertiary, TextDisabled,
    Accent, AccentHover, AccentPressed, OnAccent, AccentText, AccentMark, Focus,
    Success, SuccessBg, Warning, WarningBg, Error, ErrorBg, Info, InfoBg,
    Grid, Axis, PlotBg,
};

/// Text sizes and weights; sizes are factors of the system font.
enum class TextStyle { Display, Title, Body, BodyStrong, Table, TableStrong, Caption, Header, DockTitle, Axis, Rail, Mono };

/// Light, dark, or as the system is.
enum class Appearance { System, Light, Dark };

/// Sizes in device-independent pixels, from the theme file.
struct Metrics {
    int header = 44, rail = 64, railItem = 56, statusBar = 26, dockTitle = 32, toolBar = 40;
    int tableHeader = 26, tableRow = 24, treeRow = 24, runRow = 23, resultRow = 68;
    int control = 28, controlLarge = 34, searchField = 36, checkBox = 14;
    int icon = 20, iconSmall = 16, iconTiny = 12, swatch = 10;
    int message = 36, progress = 6, scrollBar = 6;
    int radius = 6, radiusSmall = 3;
    int space4 = 4, space8 = 8, space12 = 12, space16 = 16, space24 = 24;
    int focusLine = 2, selectionBar = 3, tabUnderline = 2, selectionHalo = 3;
    double series = 1.5, seriesActive = 2, seriesRaw = 1, seriesRawOpacity = 0.3, spark = 1.25;
};

/// Every colour, size and font, read once from the resource themes/theme.json. There is one theme in the program; widgets
/// ask Theme::current() while they paint and repaint on changed().
class Theme : public QObject
{
    Q_OBJECT

public:
    static Theme& current();

    /// Sets style, palette and font of the application and starts to follow the system. Call once, after the application
    /// is constructed and before the first widget.
    static void install(QApplication& application, Appearance appearance = Appearance::System);

    Appearance appearance() const { return m_appearance; }
    void setAppearance(Appearance appearance); ///< switches live
    bool isDark() const { return m_dark; }
    bool isValid() const { return m_valid; }   ///< the theme file was found and complete

    QColor color(Role role) const;
    QColor color(Role role, double opacity) const;

    int seriesCount() const;                   ///< categorical colours without the ink
    QColor series(int index) const;            ///< repeats after seriesCount(); dash patterns then tell apart
    QColor ink() const;                        ///< reference lines and published values, dashed
    QVector<qreal> dashPattern(int index) const; ///< empty (solid) for the first seriesCount() indices

    /// Signed scale, −1 … +1, blue–neutral–orange; clamped. NaN gives the neutral colour.
    QColor diverging(double value) const;
    QColor divergingLabel() const;             ///< text on the signed scale
    /// Share of labels, 0 … 1. Exactly 0 (and NaN) is "no label", the sunken role.
    QColor coverage(double fraction) const;
    /// Element symbol → colour on a drawing.
    QColor atom(int atomicNumber) const;

    QFont font(TextStyle style) const;
    const Metrics& metrics() const { return m_metrics; }
    QPalette palette() const;

Q_SIGNALS:
    void changed(); ///< light ↔ dark: repaint, recolour

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Set {
        QVector<QColor> roles;
        QVector<QColor> series;
        QVector<QPair<double, QColor>> diverging;
        QVector<QColor> coverage;
        QVector<QPair<QString, QColor>> atoms;
        QColor divergingLabel;
        QColor ink;
    };

    Theme();
    void load();
    void apply();
    bool systemIsDark() const;
    const Set& set() const { return m_dark ? m_darkSet : m_lightSet; }

    Set m_lightSet;
    Set m_darkSet;
    QVector<QVector<qreal>> m_dashes;
    Metrics m_metrics;
    QFont m_systemFont;
    QPalette m_systemPalette;
    Appearance m_appearance = Appearance::System;
    bool m_dark = false;
    bool m_valid = false;
    bool m_applying = false;
};

/// How the style draws a button. Plain QPushButtons are secondary, plain QToolButtons are flat.
enum class Variant {
    Secondary, ///< outlined
    Primary,   ///< filled with the accent; one a view
    Flat,      ///< no outline until hovered
    Link,      ///< text in the accent, no box
    Rail,      ///< tool button of the page rail: icon over text, bar at the left when checked
};
void setVariant(QWidget* button, Variant variant);
Variant variant(const QWidget* button);

/// Fills the widget with a role and goes on doing so when the theme changes.
void setBackground(QWidget* widget, Role role);
/// Colour of a widget's text (QLabel and the like), following the theme.
void setTextRole(QWidget* widget, Role role);
/// Font of a widget, following the theme.
void setTextStyle(QWidget* widget, TextStyle style);
/// Field with an error: outline in the error colour until cleared.
void setErrorState(QWidget* field, bool error);
/// Field or button of the larger height (search, main action).
void setLarge(QWidget* control, bool large = true);

} // namespace papilio::widgets
