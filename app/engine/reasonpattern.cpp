// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/reasonpattern.h"

#include <algorithm>
#include <vector>

#include <QCoreApplication>
#include <QRegularExpression>

#include "app/engine/enginetext.h"
#include "app/engine/reasontexts.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qsizetype shortestSearch = 3;

const QRegularExpression& place()
{
    static const QRegularExpression expression(u"%\\d"_s);
    return expression;
}

QString withoutStop(const QString& text)
{
    return text.endsWith(u'.') ? text.chopped(1) : text;
}

/// What stands between the places of a text.
QStringList literalsOf(const char* source)
{
    return withoutStop(QString::fromUtf8(source)).split(place());
}

/// A text of the engine with its places for names and numbers.
struct Pattern {
    const char* source;
    QStringList literals;
    QString longest;      ///< of these
    qsizetype size = 0;   ///< of all of these
    QRegularExpression whole;
    bool reasonAtEnd = false; ///< its last place is for a text of the engine
};

Pattern patternOf(const char* source)
{
    static const QRegularExpression reasonAtEnd(u"(: %\\d|\\(%\\d\\))$"_s);
    Pattern pattern{source, literalsOf(source), {}, 0, {}, withoutStop(QString::fromUtf8(source)).contains(reasonAtEnd)};
    QStringList escaped;
    for (const QString& literal : pattern.literals) {
        pattern.size += literal.size();
        pattern.longest = literal.size() > pattern.longest.size() ? literal : pattern.longest;
        escaped << QRegularExpression::escape(literal);
    }
    pattern.whole = QRegularExpression(QRegularExpression::anchoredPattern(escaped.join(u"(.+?)"_s)),
                                       QRegularExpression::DotMatchesEverythingOption);
    return pattern;
}

/// Those that say most come first: "%1 cells" is in many.
const std::vector<Pattern>& patterns()
{
    static const std::vector<Pattern> all = [] {
        std::vector<Pattern> made;
        for (const auto texts : {rowReasons(), reasonSentences()}) {
            std::transform(texts.begin(), texts.end(), std::back_inserter(made), patternOf);
        }
        std::stable_sort(made.begin(), made.end(), [](const Pattern& a, const Pattern& b) { return a.size > b.size; });
        return made;
    }();
    return all;
}

QString translated(const char* source)
{
    return withoutStop(QCoreApplication::translate("engine", source));
}

bool anyContains(const QStringList& texts, const QString& text)
{
    return std::any_of(texts.begin(), texts.end(),
                       [&](const QString& one) { return one.contains(text, Qt::CaseInsensitive); });
}

/// The longest text that all of 'in' have and none of 'notIn'; empty if there is none.
QString commonText(const std::vector<QStringList>& in, const std::vector<QStringList>& notIn)
{
    const auto has = [](const QString& text) {
        return [&text](const QStringList& texts) { return anyContains(texts, text); };
    };
    QString best;
    for (const QString& literal : in.front()) {
        for (qsizetype size = literal.size(); size >= std::max(shortestSearch, best.size() + 1); --size) {
            for (qsizetype at = 0; at + size <= literal.size() && best.size() < size; ++at) {
                const QString text = literal.mid(at, size);
                if (text.size() == text.trimmed().size() && std::all_of(in.begin(), in.end(), has(text)) &&
                    std::none_of(notIn.begin(), notIn.end(), has(text))) {
                    best = text;
                }
            }
        }
    }
    return best;
}

} // namespace

QString reasonInWindow(const QString& text)
{
    const bool stop = text.endsWith(u'.');
    const QString body = withoutStop(text);
    for (const Pattern& pattern : patterns()) {
        if (!body.contains(pattern.longest)) {
            continue;
        }
        const QRegularExpressionMatch match = pattern.whole.match(body);
        if (!match.hasMatch()) {
            continue;
        }
        const QString shown = translated(pattern.source);
        if (shown == withoutStop(QString::fromUtf8(pattern.source))) {
            return {};
        }
        QStringList arguments = match.capturedTexts().mid(1);
        if (pattern.reasonAtEnd) {
            arguments.last() = engineText(arguments.last());
        }
        return filledText(shown, arguments) + (stop ? u"."_s : QString());
    }
    return {};
}

QStringList englishReasons(const QString& typed)
{
    if (typed.size() < shortestSearch) {
        return {};
    }
    std::vector<QStringList> in, notIn;
    for (const char* source : rowReasons()) {
        const QString shown = translated(source);
        const bool fits = shown != withoutStop(QString::fromUtf8(source)) && anyContains(shown.split(place()), typed);
        (fits ? in : notIn).push_back(literalsOf(source));
    }
    if (in.empty()) {
        return {};
    }
    if (const QString common = commonText(in, notIn); !common.isEmpty()) {
        return {common};
    }
    QStringList found;
    for (const QStringList& reason : in) {
        const bool has =
            std::any_of(found.begin(), found.end(), [&](const QString& text) { return anyContains(reason, text); });
        const QString own = has ? QString() : commonText({reason}, notIn);
        found << (own.isEmpty() ? QStringList() : QStringList{own});
    }
    return found;
}

} // namespace papilio::app
