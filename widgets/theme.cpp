// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QFontInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStyleHints>
#include <QWidget>
#include <algorithm>
#include <array>
#include <cmath>

#include "widgets/themestyle.h"

// Resources of a static library are only there once this has run; the macro wants to stand outside any namespace.
static void initialiseResources()
{
    Q_INIT_RESOURCE(papilio);
}

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

namespace
{

constexpr std::array roleNames = {
    "chrome", "surface", "sunken", "raised", "hover", "pressed", "selection", "selectionInactive",
    "hairline", "divider", "control", "text", "textSecondary", "textTertiary", "textDisabled",
    "accent", "accentHover", "accentPressed", "onAccent", "accentText", "accentMark", "focus",
    "success", "successBg", "warning", "warningBg", "error", "errorBg", "info", "infoBg",
    "grid", "axis", "plotBg"};

struct FontSpec {
    double factor;
    QFont::Weight weight;
    bool mono = false;
};

FontSpec fontSpec(TextStyle style)
{
    switch (style) {
    case TextStyle::Display: return {1.85, QFont::DemiBold};
    case TextStyle::Title: return {1.15, QFont::DemiBold};
    case TextStyle::Body: return {1.0, QFont::Normal};
    case TextStyle::BodyStrong: return {1.0, QFont::DemiBold};
    case TextStyle::Table: return {0.96, QFont::Normal};
    case TextStyle::TableStrong: return {0.96, QFont::DemiBold};
    case TextStyle::Caption: return {0.92, QFont::Normal};
    case TextStyle::Header: return {0.92, QFont::Medium};
    case TextStyle::DockTitle: return {0.92, QFont::DemiBold};
    case TextStyle::Axis: return {0.85, QFont::Normal};
    case TextStyle::Rail: return {0.85, QFont::Normal};
    case TextStyle::Mono: return {1.0, QFont::Normal, true};
    }
    return {1.0, QFont::Normal};
}

QColor mixed(const QColor& a, const QColor& b, double t)
{
    const auto channel = [t](int from, int to) { return static_cast<int>(std::lround(from + (to - from) * t)); };
    return {channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue())};
}

void readMetrics(const QJsonObject& root, Metrics& m)
{
    const QJsonObject size = root["size"_L1].toObject();
    const auto read = [](const QJsonObject& from, QLatin1StringView key, int& value) {
        value = from[key].toInt(value);
    };
    read(size, "header"_L1, m.header);
    read(size, "rail"_L1, m.rail);
    read(size, "railItem"_L1, m.railItem);
    read(size, "statusBar"_L1, m.statusBar);
    read(size, "dockTitle"_L1, m.dockTitle);
    read(size, "toolBar"_L1, m.toolBar);
    read(size, "tableHeader"_L1, m.tableHeader);
    read(size, "tableRow"_L1, m.tableRow);
    read(size, "treeRow"_L1, m.treeRow);
    read(size, "runRow"_L1, m.runRow);
    read(size, "resultRow"_L1, m.resultRow);
    read(size, "control"_L1, m.control);
    read(size, "controlLarge"_L1, m.controlLarge);
    read(size, "searchField"_L1, m.searchField);
    read(size, "checkBox"_L1, m.checkBox);
    read(size, "icon"_L1, m.icon);
    read(size, "iconSmall"_L1, m.iconSmall);
    read(size, "iconTiny"_L1, m.iconTiny);
    read(size, "swatch"_L1, m.swatch);
    read(size, "message"_L1, m.message);
    read(size, "progress"_L1, m.progress);
    read(size, "scrollBar"_L1, m.scrollBar);
    const QJsonObject radius = root["radius"_L1].toObject();
    read(radius, "control"_L1, m.radius);
    read(radius, "small"_L1, m.radiusSmall);
    const QJsonObject line = root["line"_L1].toObject();
    read(line, "focus"_L1, m.focusLine);
    read(line, "selectionBar"_L1, m.selectionBar);
    read(line, "tabUnderline"_L1, m.tabUnderline);
    read(line, "selectionHalo"_L1, m.selectionHalo);
    m.series = line["series"_L1].toDouble(m.series);
    m.seriesActive = line["seriesActive"_L1].toDouble(m.seriesActive);
    m.seriesRaw = line["seriesRaw"_L1].toDouble(m.seriesRaw);
    m.seriesRawOpacity = line["seriesRawOpacity"_L1].toDouble(m.seriesRawOpacity);
    m.spark = line["spark"_L1].toDouble(m.spark);
}

QString symbolForColour(int atomicNumber)
{
    switch (atomicNumber) {
    case 1: return u"H"_s;
    case 6: return u"C"_s;
    case 7: return u"N"_s;
    case 8: return u"O"_s;
    case 9: return u"F"_s;
    case 15: return u"P"_s;
    case 16: return u"S"_s;
    case 17: return u"Cl"_s;
    case 35: return u"Br"_s;
    case 53: return u"I"_s;
    default: return u"other"_s;
    }
}

constexpr auto backgroundProperty = "papilioBackground";
constexpr auto textRoleProperty = "papilioTextRole";
constexpr auto followsProperty = "papilioFollowsTheme";

void applyWidgetRoles(QWidget* widget)
{
    QPalette palette = widget->palette();
    const Theme& theme = Theme::current();
    if (const QVariant background = widget->property(backgroundProperty); background.isValid()) {
        const QColor color = theme.color(static_cast<Role>(background.toInt()));
        palette.setColor(QPalette::Window, color);
        palette.setColor(QPalette::Base, color);
    }
    if (const QVariant text = widget->property(textRoleProperty); text.isValid()) {
        const QColor color = theme.color(static_cast<Role>(text.toInt()));
        for (const auto group : {QPalette::Active, QPalette::Inactive}) {
            palette.setColor(group, QPalette::WindowText, color);
            palette.setColor(group, QPalette::Text, color);
        }
    }
    widget->setPalette(palette);
}

void followTheme(QWidget* widget)
{
    applyWidgetRoles(widget);
    if (widget->property(followsProperty).toBool()) {
        return;
    }
    widget->setProperty(followsProperty, true);
    QObject::connect(&Theme::current(), &Theme::changed, widget, [widget] { applyWidgetRoles(widget); });
}

} // namespace

Theme& Theme::current()
{
    static Theme theme;
    return theme;
}

Theme::Theme()
{
    initialiseResources();
    load();
}

void Theme::load()
{
    QFile file(u":/papilio/themes/theme.json"_s);
    if (!file.open(QIODevice::ReadOnly)) {
        return;
    }
    const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    readMetrics(root, m_metrics);
    const QJsonArray dashes = root["palettes"_L1].toObject()["dashPatterns"_L1].toArray();
    for (const QJsonValue& pattern : dashes) {
        QVector<qreal> dash;
        for (const QJsonValue& length : pattern.toArray()) {
            dash.append(length.toDouble());
        }
        m_dashes.append(dash);
    }
    m_valid = true;
    const auto readSet = [&](QLatin1StringView name) {
        const QJsonObject json = root["themes"_L1].toObject()[name].toObject();
        const auto colour = [](const QJsonValue& value) { return QColor(value["hex"_L1].toString()); };
        Set set;
        for (const char* role : roleNames) {
            set.roles.append(colour(json["roles"_L1].toObject()[QLatin1StringView(role)]));
            m_valid = m_valid && set.roles.last().isValid();
        }
        for (const QJsonValue& series : json["series"_L1].toArray()) {
            if (series["name"_L1].toString() == "ink"_L1) {
                set.ink = colour(series);
            } else {
                set.series.append(colour(series));
            }
        }
        for (const QJsonValue& stop : json["diverging"_L1].toObject()["stops"_L1].toArray()) {
            set.diverging.append({stop["at"_L1].toDouble(), colour(stop)});
        }
        set.divergingLabel = QColor(json["diverging"_L1].toObject()["atomLabel"_L1].toString());
        for (const QJsonValue& stop : json["coverage"_L1].toObject()["weakToFull"_L1].toArray()) {
            set.coverage.append(QColor(stop.toString()));
        }
        const QJsonObject atoms = json["atoms"_L1].toObject();
        for (auto it = atoms.begin(); it != atoms.end(); ++it) {
            set.atoms.append({it.key(), colour(it.value())});
        }
        m_valid = m_valid && !set.series.isEmpty() && set.diverging.size() > 1 && set.coverage.size() > 1 &&
                  set.ink.isValid() && set.divergingLabel.isValid() && !set.atoms.isEmpty();
        return set;
    };
    m_lightSet = readSet("light"_L1);
    m_darkSet = readSet("dark"_L1);
}

void Theme::install(QApplication& application, Appearance appearance)
{
    Theme& theme = current();
    theme.m_systemFont = QApplication::font();
    theme.m_appearance = appearance;
    theme.m_applying = true;
    QApplication::setStyle(new ThemeStyle);
    theme.m_applying = false;
    theme.m_dark = appearance == Appearance::Dark || (appearance == Appearance::System && theme.systemIsDark());
    theme.apply();
    application.installEventFilter(&theme);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, &theme,
            [&theme] { theme.setAppearance(theme.m_appearance); });
#endif
}

bool Theme::systemIsDark() const
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#else
    // Qt 6.4 does not tell; the palette that the platform would give without ours does.
    const_cast<Theme*>(this)->m_applying = true;
    QApplication::setPalette(QPalette());
    const QPalette system = QApplication::palette();
    const_cast<Theme*>(this)->m_applying = false;
    return system.color(QPalette::Window).lightnessF() < system.color(QPalette::WindowText).lightnessF();
#endif
}

void Theme::setAppearance(Appearance appearance)
{
    m_appearance = appearance;
    const bool dark = appearance == Appearance::Dark || (appearance == Appearance::System && systemIsDark());
    const bool differs = dark != m_dark;
    m_dark = dark;
    apply();
    if (differs) {
        Q_EMIT changed();
    }
}

void Theme::apply()
{
    if (!qApp) {
        return;
    }
    m_applying = true;
    QApplication::setPalette(palette());
    m_applying = false;
    for (QWidget* widget : QApplication::allWidgets()) {
        widget->update();
    }
}

bool Theme::eventFilter(QObject* watched, QEvent* event)
{
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
    if (event->type() == QEvent::ThemeChange && !m_applying && m_appearance == Appearance::System &&
        watched->isWindowType()) {
        setAppearance(m_appearance);
    }
#endif
    return QObject::eventFilter(watched, event);
}

QColor Theme::color(Role role) const
{
    return set().roles.value(static_cast<int>(role), QColor(Qt::magenta));
}

QColor Theme::color(Role role, double opacity) const
{
    QColor result = color(role);
    result.setAlphaF(static_cast<float>(std::clamp(opacity, 0.0, 1.0)));
    return result;
}

int Theme::seriesCount() const
{
    return static_cast<int>(set().series.size());
}

QColor Theme::series(int index) const
{
    const int count = seriesCount();
    return count == 0 ? ink() : set().series[((index % count) + count) % count];
}

QColor Theme::ink() const
{
    return set().ink;
}

QVector<qreal> Theme::dashPattern(int index) const
{
    const int turn = seriesCount() > 0 ? std::max(index, 0) / seriesCount() : 0;
    return m_dashes.isEmpty() ? QVector<qreal>() : m_dashes[turn % m_dashes.size()];
}

QColor Theme::diverging(double value) const
{
    const auto& stops = set().diverging;
    if (stops.isEmpty()) {
        return color(Role::Surface);
    }
    const double v = std::isnan(value) ? 0.0 : std::clamp(value, -1.0, 1.0);
    for (qsizetype i = 1; i < stops.size(); ++i) {
        if (v <= stops[i].first) {
            const double span = stops[i].first - stops[i - 1].first;
            return mixed(stops[i - 1].second, stops[i].second, span > 0 ? (v - stops[i - 1].first) / span : 1.0);
        }
    }
    return stops.last().second;
}

QColor Theme::divergingLabel() const
{
    return set().divergingLabel;
}

QColor Theme::coverage(double fraction) const
{
    const auto& ramp = set().coverage;
    if (!(fraction > 0) || ramp.size() < 2) {
        return color(Role::Sunken);
    }
    const double at = std::min(fraction, 1.0) * static_cast<double>(ramp.size() - 1);
    const auto lower = std::min(static_cast<qsizetype>(at), ramp.size() - 2);
    return mixed(ramp[lower], ramp[lower + 1], at - static_cast<double>(lower));
}

QColor Theme::atom(int atomicNumber) const
{
    const QString symbol = symbolForColour(atomicNumber);
    QColor other = color(Role::Text);
    for (const auto& [name, colour] : set().atoms) {
        if (name == symbol) {
            return colour;
        }
        if (name == "other"_L1) {
            other = colour;
        }
    }
    return other;
}

QFont Theme::font(TextStyle style) const
{
    const FontSpec spec = fontSpec(style);
    QFont font = spec.mono ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : m_systemFont;
    const double base = m_systemFont.pointSizeF() > 0 ? m_systemFont.pointSizeF()
                                                      : QFontInfo(m_systemFont).pointSizeF();
    font.setPointSizeF(base * spec.factor);
    font.setWeight(spec.weight);
    return font;
}

QPalette Theme::palette() const
{
    QPalette p;
    const auto all = [&](QPalette::ColorRole target, Role role) { p.setColor(target, color(role)); };
    all(QPalette::Window, Role::Surface);
    all(QPalette::WindowText, Role::Text);
    all(QPalette::Base, Role::Surface);
    all(QPalette::AlternateBase, Role::Sunken);
    all(QPalette::Text, Role::Text);
    all(QPalette::PlaceholderText, Role::TextTertiary);
    all(QPalette::Button, Role::Surface);
    all(QPalette::ButtonText, Role::Text);
    all(QPalette::BrightText, Role::OnAccent);
    all(QPalette::ToolTipBase, Role::Raised);
    all(QPalette::ToolTipText, Role::Text);
    all(QPalette::Highlight, Role::Selection);
    all(QPalette::HighlightedText, Role::Text);
    all(QPalette::Link, Role::AccentText);
    all(QPalette::LinkVisited, Role::AccentText);
    all(QPalette::Light, Role::Hover);
    all(QPalette::Midlight, Role::Hairline);
    all(QPalette::Mid, Role::Divider);
    all(QPalette::Dark, Role::Control);
    all(QPalette::Shadow, Role::Control);
    p.setColor(QPalette::Inactive, QPalette::Highlight, color(Role::SelectionInactive));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText,
                            QPalette::PlaceholderText, QPalette::Link, QPalette::ToolTipText}) {
        p.setColor(QPalette::Disabled, role, color(Role::TextDisabled));
    }
    return p;
}

namespace
{
constexpr auto variantProperty = "papilioVariant";
}

void setVariant(QWidget* button, Variant variant)
{
    button->setProperty(variantProperty, static_cast<int>(variant));
    button->updateGeometry();
    button->update();
}

Variant variant(const QWidget* button)
{
    if (!button) {
        return Variant::Secondary;
    }
    const QVariant value = button->property(variantProperty);
    if (value.isValid()) {
        return static_cast<Variant>(value.toInt());
    }
    return button->inherits("QToolButton") ? Variant::Flat : Variant::Secondary;
}

void setBackground(QWidget* widget, Role role)
{
    widget->setProperty(backgroundProperty, static_cast<int>(role));
    widget->setAutoFillBackground(true);
    followTheme(widget);
}

void setTextRole(QWidget* widget, Role role)
{
    widget->setProperty(textRoleProperty, static_cast<int>(role));
    followTheme(widget);
}

void setTextStyle(QWidget* widget, TextStyle style)
{
    widget->setFont(Theme::current().font(style));
}

void setErrorState(QWidget* field, bool error)
{
    field->setProperty("papilioError", error);
    field->update();
}

void setLarge(QWidget* control, bool large)
{
    control->setProperty("papilioLarge", large);
    control->updateGeometry();
    control->update();
}

} // namespace papilio::widgets
