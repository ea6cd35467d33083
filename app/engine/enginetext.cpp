// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/enginetext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

const QString listMark = u"; "_s;       ///< several texts in one, as the notes at the end of a run
constexpr qsizetype mostArguments = 9; ///< %1 … %9 are told from what follows them

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

/// All at once: an argument may hold a %1 of its own.
QString filled(const QString& pattern, const QStringList& arguments)
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

} // namespace

QString engineText(const QString& text)
{
    if (text.isEmpty()) {
        return text;
    }
    if (const QString whole = translated(text); whole != text) {
        return whole;
    }
    QStringList arguments;
    const QString pattern = patternOf(text, arguments);
    if (!arguments.isEmpty() && arguments.size() <= mostArguments) {
        if (const QString found = translated(pattern); found != pattern) {
            return filled(found, arguments);
        }
    }
    if (!text.contains(listMark)) {
        return text;
    }
    QStringList parts;
    for (const QString& part : text.split(listMark)) {
        parts << engineText(part);
    }
    return parts.join(listMark);
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
