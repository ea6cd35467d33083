// SPDX-License-Identifier: GPL-3.0-or-later

#include <QtTest>

#include <algorithm>

#include <bit>
#include <cmath>

#include "core/random.h"
#include "core/text.h"

using namespace papilio;

namespace
{

bool isUtf8(const std::string& text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toUtf8().toStdString() == text;
}

} // namespace

class CoreTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbers_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("value");
        const auto row = [](const char* text, double value) {
            QTest::newRow(text) << QString::fromUtf8(text) << value;
        };
        row("0", 0);
        row("1e5", 1e5);
        row("1E-3", 1e-3);
        row(" 3 ", 3);
        row("\t-2.5\r\n", -2.5);
        row("+4", 4);
        row(".5", 0.5);
        row("5.", 5);
        row("-1754.062", -1754.062);
        row("1.7976931348623157e308", 1.7976931348623157e308);
        row("0.1000000000000000055511151231257827", 0.1);
        row("00012", 12);
    }

    void numbers()
    {
        QFETCH(const QString, text);
        QFETCH(const double, value);
        const auto parsed = parseNumber(text.toStdString());
        QVERIFY(parsed.has_value());
        QCOMPARE(std::bit_cast<quint64>(*parsed), std::bit_cast<quint64>(value)); // the nearest double, exactly
    }

    void noNumbers()
    {
        for (const std::string_view text :
             {"",     " ",     "nan",    "NaN", "-nan", "inf",       "-Infinity", "1,5",   "1 000", "0x10", "0X1p3",
              "1e",   "1e5x",  "e5",     "--1", "+-1",  "-+1",       "++1",       "+",     "-",     ".",    "1.2.3",
              "true", "1e400", "-1e400", "½",   "１",   "1\xc2\xa0", "N/A",       "1_000", "1f",    "1d"}) {
            QVERIFY2(!parseNumber(text), std::string(text).c_str());
        }
        QVERIFY(!parseNumber(std::string_view("1\0", 2)));
    }

    void formattedNumbersReadBack()
    {
        QCOMPARE(formatNumber(0.1), std::string("0.1"));
        QCOMPARE(formatNumber(-1754.062), std::string("-1754.062"));
        QCOMPARE(formatNumber(3), std::string("3"));
        Random random(3);
        for (int i = 0; i < 20'000; ++i) {
            const double value = i % 2 == 0 ? std::bit_cast<double>(random.next()) : random.uniform() * 1000;
            if (std::isfinite(value)) {
                const auto back = parseNumber(formatNumber(value));
                QVERIFY(back.has_value());
                QCOMPARE(std::bit_cast<quint64>(*back), std::bit_cast<quint64>(value));
            }
        }
    }

    void patterns()
    {
        struct Case {
            std::string_view text, pattern;
            bool matches;
        };
        for (const Case& c : std::initializer_list<Case>{{"NR-AR", "NR-*", true},
                                                         {"SR-p53", "NR-*", false},
                                                         {"NR-AR", "nr-*", false},
                                                         {"NR-AR", "NR-AR", true},
                                                         {"NR-AR-LBD", "NR-AR", false},
                                                         {"", "", true},
                                                         {"", "*", true},
                                                         {"", "?", false},
                                                         {"a", "", false},
                                                         {"a", "?", true},
                                                         {"abc", "a?c", true},
                                                         {"abc", "a??c", false},
                                                         {"abc", "*c", true},
                                                         {"abcabd", "*ab?", true},
                                                         {"aaab", "*a*b", true},
                                                         {"mississippi", "m*iss*ip?i", true},
                                                         {"mississippi", "m*iss*ip?", false},
                                                         {"a*b", "a*b", true},
                                                         {"a.b", "a.b", true},
                                                         {"axb", "a.b", false},
                                                         {"[x]", "[x]", true},
                                                         {"x", "[x]", false},
                                                         {"abc", "***", true},
                                                         {"abc", "abc*", true},
                                                         {"abc", "abc?", false}}) {
            QVERIFY2(matchesPattern(c.text, c.pattern) == c.matches,
                     (std::string(c.text) + " ~ " + std::string(c.pattern)).c_str());
        }
        const std::string many(20'000, 'a'); // a naive matcher would never end
        QVERIFY(!matchesPattern(many, "*a*a*a*a*a*a*a*a*b"));
        QVERIFY(matchesPattern(many, "*a*a*a*a*a*a*a*a"));
    }

    void trimsAndSplits()
    {
        QCOMPARE(trimmed("  a b\t\r\n"), std::string_view("a b"));
        QCOMPARE(trimmed(" \t "), std::string_view());
        QCOMPARE(trimmed(""), std::string_view());
        using Parts = std::vector<std::string>;
        QCOMPARE(split("a,b,,c", ','), (Parts{"a", "b", "", "c"}));
        QCOMPARE(split(",", ','), (Parts{"", ""}));
        QCOMPARE(split("abc", ','), (Parts{"abc"}));
        QVERIFY(equalsIgnoringCase("SMILES", "smiles") && equalsIgnoringCase("", ""));
        QCOMPARE(lowered("SMILES_x \xC3\x84"), std::string("smiles_x \xC3\x84"));
        QCOMPARE(linesOf("a\r\n\nb"), (std::vector<std::string_view>{"a", "", "b"}));
        QCOMPARE(linesOf("a\rb\r"), (std::vector<std::string_view>{"a", "b"}));
        QCOMPARE(linesOf("a\nb\nc", 2).size(), 2u);
        QVERIFY(linesOf("").empty());
        QVERIFY(!equalsIgnoringCase("smile", "smiles") && !equalsIgnoringCase("a", "b"));
    }

    void elidesBetweenCharacters()
    {
        QCOMPARE(elided("short", 5), std::string("short"));
        QCOMPARE(elided("longer", 5), std::string("lo…"));
        const std::string text = "aü分😀bß末x";
        for (std::size_t maxBytes = 3; maxBytes <= text.size() + 2; ++maxBytes) {
            const std::string cut = elided(text, maxBytes);
            QVERIFY(cut.size() <= maxBytes);
            QVERIFY(isUtf8(cut));
            if (maxBytes >= text.size()) {
                QCOMPARE(cut, text);
            } else {
                QVERIFY(cut.ends_with("…"));
                QVERIFY(text.starts_with(cut.substr(0, cut.size() - 3)));
                QVERIFY(cut.size() + 4 > maxBytes); // no more is lost than a character
            }
        }
        QCOMPARE(elided(std::string(2'000'000, 'C'), 200).size(), std::size_t{200});
    }

    void bytesBecomeUtf8()
    {
        const auto stays = [](const std::string& text) { return toUtf8(text) == text; };
        QVERIFY(stays("") && stays("plain") && stays("Größe 分子 😀") && stays("\xf4\x8f\xbf\xbf") &&
                stays(std::string("a\0b", 3)));
        QCOMPARE(toUtf8("Gr\xf6\xdf"), std::string("Größ"));
        QCOMPARE(toUtf8("\xb5M"), std::string("µM"));
        for (const char* const bad : {"\xc3", "\x80", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                                      "\xf8\x88\x80\x80\x80", "\xff\xfe", "a\xe4", "\xe5\x88", "\xf0\x9f\x98"}) {
            const std::string text = toUtf8(bad);
            QVERIFY2(isUtf8(text), QByteArray(bad).toHex().constData());
            const QString latin = QString::fromLatin1(bad);
            const bool controls = std::any_of(latin.begin(), latin.end(), [](QChar c) { return c.unicode() >= 0x80 && c.unicode() < 0xa0; });
            QVERIFY(controls || text == latin.toUtf8().toStdString());
        }
        QCOMPARE(toUtf8("5 \x80, \x93q\x94 \x96 \x85"), std::string("5 €, “q” – …")); // Windows, where Latin-1 has no characters
        QCOMPARE(toUtf8("\x9f\x81\xe4"), std::string("Ÿ\xc2\x81ä"));
        Random random(4);
        for (int i = 0; i < 5000; ++i) {
            std::string bytes(random.below(12), '\0');
            for (char& byte : bytes) {
                byte = static_cast<char>(random.below(256));
            }
            const std::string text = toUtf8(bytes);
            QVERIFY(isUtf8(text));
            QCOMPARE(text == bytes, isUtf8(bytes));
        }
    }
};

QTEST_GUILESS_MAIN(CoreTextTest)
#include "tst_core_text.moc"
