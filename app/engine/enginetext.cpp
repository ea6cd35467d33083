// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/enginetext.h"

#include <algorithm>

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include "app/engine/reasonpattern.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

const QString listMark = u"; "_s;       ///< several texts in one, as the notes at the end of a run
constexpr qsizetype mostArguments = 9; ///< %1 … %9 are told from what follows them
constexpr qsizetype mostParts = 8;     ///< of a list that are looked at as one text

QString translated(const QString& text)
{
    return QCoreApplication::translate("engine", text.toUtf8().constData());
}

/// The text with %1, %2 … in place of what it speaks of, which comes to the arguments.
QString patternOf(const QString& text, QStringList& arguments)
{
    // A name in quotes or a number, or a list of them; the element of "atom 1, C:".
    static const QRegularExpression argument(
        u"'[^']*'(?:, '[^']*')*|(?<![\\w.,%])\\d+(?:[.,]\\d+)*(?:, \\d+)*(?!\\w)|(?<=\\d, )[A-Z][a-z]?[+\\-\\d]*(?=:)"_s);
    QString pattern;
    qsizetype end = 0;
    auto found = argument.globalMatch(text);
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        arguments << match.captured();
        pattern += text.mid(end, match.capturedStart() - end) + u'%' + QString::number(arguments.size());
        end = match.capturedEnd();
    }
    return pattern + text.mid(end);
}

/// A text whose numbers and names in quotes alone differ from time to time; null if it is not known.
QString knownText(const QString& text)
{
    if (const QString whole = translated(text); whole != text) {
        return whole;
    }
    QStringList arguments;
    const QString pattern = patternOf(text, arguments);
    if (arguments.isEmpty() || arguments.size() > mostArguments) {
        return {};
    }
    const QString found = translated(pattern);
    return found == pattern ? QString() : filledText(found, arguments);
}

/// From 'at', the least number of parts that together are a text of the engine; 0 = none. A cell in one may hold the mark, too.
qsizetype nextText(const QStringList& parts, qsizetype at, QString& shown)
{
    for (qsizetype taken = 1; taken <= std::min(mostParts, parts.size() - at); ++taken) {
        const QString text = QStringList(parts.mid(at, taken)).join(listMark);
        shown = knownText(text);
        shown = shown.isNull() ? reasonInWindow(text) : shown;
        if (!shown.isNull()) {
            return taken;
        }
    }
    return 0;
}

} // namespace

QString filledText(const QString& pattern, const QStringList& arguments)
{
    QString out;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const int which = pattern[i] == u'%' && i + 1 < pattern.size() ? pattern[i + 1].digitValue() : -1;
        if (which < 1 || which > arguments.size()) {
            out += pattern[i];
        } else {
            out += arguments[which - 1];
            ++i;
        }
    }
    return out;
}

QString engineText(const QString& text)
{
    if (text.isEmpty()) {
        return text;
    }
    if (const QString whole = knownText(text); !whole.isNull()) {
        return whole;
    }
    const QStringList parts = text.split(listMark);
    QStringList texts;
    for (qsizetype at = 0; at < parts.size();) {
        QString shown;
        const qsizetype taken = nextText(parts, at, shown);
        texts << (taken > 0 ? shown : parts[at]);
        at += std::max<qsizetype>(1, taken);
    }
    return texts.join(listMark);
}

QStringList engineTexts(const QJsonValue& list)
{
    QStringList texts;
    for (const QJsonValue text : list.toArray()) {
        texts << engineText(text.toString());
    }
    return texts;
}

} // namespace papilio::app
