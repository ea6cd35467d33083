// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>
#include <cmath>

#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

using namespace papilio::widgets;
using namespace Qt::StringLiterals;

namespace
{

double luminance(const QColor& c)
{
    const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::install(*qApp, Appearance::Light); }

    void themeIsComplete()
    {
        QVERIFY(Theme::current().isValid());
        QCOMPARE(Theme::current().metrics().header, 44);
        QCOMPARE(Theme::current().seriesCount(), 6);
    }

    void rolesAreReadable_data()
    {
        QTest::addColumn<int>("appearance");
        QTest::newRow("light") << int(Appearance::Light);
        QTest::newRow("dark") << int(Appearance::Dark);
    }

    void rolesAreReadable()
    {
        QFETCH(int, appearance);
        Theme& theme = Theme::current();
        theme.setAppearance(static_cast<Appearance>(appearance));
        for (const Role background : {Role::Chrome, Role::Surface, Role::Sunken, Role::Raised, Role::Hover, Role::Selection}) {
            QVERIFY(contrast(theme.color(Role::Text), theme.color(background)) >= 4.5);
            QVERIFY(contrast(theme.color(Role::TextSecondary), theme.color(background)) >= 4.5);
        }
        for (const Role role : {Role::TextTertiary, Role::AccentText, Role::Success, Role::Warning, Role::Error, Role::Info}) {
            QVERIFY(contrast(theme.color(role), theme.color(Role::Surface)) >= 4.5);
        }
        QVERIFY(contrast(theme.color(Role::OnAccent), theme.color(Role::Accent)) >= 4.5);
        for (int i = 0; i < theme.seriesCount(); ++i) {
            QVERIFY(contrast(theme.series(i), theme.color(Role::Surface)) >= 3.0);
        }
        for (const double value : {-1.0, -0.5, 0.0, 0.5, 1.0}) {
            QVERIFY2(contrast(theme.diverging(value), theme.divergingLabel()) >= 4.5, qPrintable(QString::number(value)));
        }
    }

    void palettesMeanWhatTheySay()
    {
        Theme& theme = Theme::current();
        theme.setAppearance(Appearance::Light);
        QCOMPARE(theme.diverging(-1), QColor(u"#468FDB"_s));
        QCOMPARE(theme.diverging(0), QColor(u"#F2F3F4"_s));
        QCOMPARE(theme.diverging(5), QColor(u"#C47A34"_s));
        QCOMPARE(theme.diverging(std::nan("")), theme.diverging(0));
        QCOMPARE(theme.coverage(0), theme.color(Role::Sunken));
        QCOMPARE(theme.coverage(std::nan("")), theme.color(Role::Sunken));
        QVERIFY(theme.coverage(1e-9) != theme.color(Role::Sunken));
        QCOMPARE(theme.coverage(1), QColor(u"#471D6E"_s));
        QCOMPARE(theme.series(6), theme.series(0));
        QVERIFY(theme.dashPattern(0).isEmpty());
        QVERIFY(!theme.dashPattern(6).isEmpty());
        QCOMPARE(theme.atom(92), theme.atom(120)); // both "other"
        QVERIFY(theme.atom(8) != theme.atom(7));
    }

    void switchesLive()
    {
        Theme& theme = Theme::current();
        theme.setAppearance(Appearance::Light);
        QSignalSpy spy(&theme, &Theme::changed);
        QWidget widget;
        setBackground(&widget, Role::Chrome);
        const QColor light = widget.palette().color(QPalette::Window);
        theme.setAppearance(Appearance::Dark);
        QCOMPARE(spy.count(), 1);
        QVERIFY(theme.isDark());
        QVERIFY(widget.palette().color(QPalette::Window) != light);
        QCOMPARE(QApplication::palette().color(QPalette::Base), theme.color(Role::Surface));
        theme.setAppearance(Appearance::Dark);
        QCOMPARE(spy.count(), 1);
        theme.setAppearance(Appearance::Light);
        QCOMPARE(widget.palette().color(QPalette::Window), light);
    }

    void iconsFollowTheRole()
    {
        Theme::current().setAppearance(Appearance::Light);
        QVERIFY(icon(u"no-such-icon"_s).isNull());
        for (const QString& name : {u"train"_s, u"chevron-down"_s, u"papilio-mark"_s}) {
            const QImage image = icon(name, Role::Error).pixmap(QSize(40, 40), 1.0).toImage();
            QCOMPARE(image.size(), QSize(40, 40));
            bool found = false;
            for (int y = 0; y < image.height() && !found; ++y) {
                for (int x = 0; x < image.width() && !found; ++x) {
                    found = image.pixelColor(x, y) == Theme::current().color(Role::Error);
                }
            }
            QVERIFY2(found, qPrintable(name));
        }
        QCOMPARE(icon(u"train"_s).pixmap(QSize(20, 20), 2.0).toImage().size(), QSize(40, 40));
    }

    void primaryButtonIsFilled()
    {
        QPushButton button(u"Start"_s);
        setVariant(&button, Variant::Primary);
        QCOMPARE(button.sizeHint().height(), 28);
        button.resize(button.sizeHint());
        const QImage image = button.grab().toImage();
        QCOMPARE(image.pixelColor(image.width() / 2, 3), Theme::current().color(Role::Accent));
        button.setEnabled(false);
        QCOMPARE(button.grab().toImage().pixelColor(button.width() / 2, 3), Theme::current().color(Role::Hover));
    }

    void numbersAsPeopleReadThem()
    {
        QCOMPARE(formatCount(999), u"999"_s);
        QCOMPARE(formatCount(12000), u"12\u202f000"_s);
        QCOMPARE(formatCount(-1234567), u"\u22121\u202f234\u202f567"_s);
        QCOMPARE(formatFixed(-0.628, 2), u"\u22120.63"_s);
        QCOMPARE(formatFixed(-0.001, 2), u"0.00"_s);
        QCOMPARE(formatFixed(std::nan(""), 2), undefinedText());
        QCOMPARE(formatFixed(INFINITY, 2), undefinedText());
        QCOMPARE(formatFixed(12345.678, 1), u"12\u202f345.7"_s);
        QCOMPARE(formatSigned(0.26, 2), u"+0.26"_s);
        QCOMPARE(formatSigned(-0.12, 2), u"\u22120.12"_s);
        QCOMPARE(formatSigned(0.001, 2), u"0.00"_s);
        QCOMPARE(formatValue(0.1114), u"0.111"_s);
        QCOMPARE(formatValue(0.0123), u"0.0123"_s);
        QCOMPARE(formatValue(1754.062), u"1\u202f754"_s);
        QCOMPARE(formatValue(0.0004), u"4.0e\u22124"_s);
        QCOMPARE(formatValue(0), u"0"_s);
        QCOMPARE(formatPercent(0.843), u"84\u202f%"_s);
        QCOMPARE(formatPercent(0.0001), u"< 1\u202f%"_s);
        QCOMPARE(formatPercent(0.9999), u"> 99\u202f%"_s);
        QCOMPARE(formatPercent(1), u"100\u202f%"_s);
        QCOMPARE(formatPercent(0), u"0\u202f%"_s);
        QCOMPARE(formatPercent(std::nan("")), undefinedText());
        QCOMPARE(formatDuration(8), u"8 s"_s);
        QCOMPARE(formatDuration(288), u"4 min 48 s"_s);
        QCOMPARE(formatDuration(7500), u"2 h 05 min"_s);
        QCOMPARE(formatTimeLeft(-1), QString());
        QCOMPARE(formatRate(6100, u"molecules"_s), u"6.1k molecules/s"_s);
        QCOMPARE(formatRate(0, u"rows"_s), QString());
        QCOMPARE(formatBytes(1300000000), u"1.3 GB"_s);
        QCOMPARE(joinedByDot({u"a"_s, {}, u"b"_s}), u"a · b"_s);
    }

    void digitsStandUnderEachOther()
    {
        const QFont font = Theme::current().font(TextStyle::Table);
        QCOMPARE(numberWidth(font, u"1111"_s), numberWidth(font, u"8888"_s));
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
