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

constexpr qsizetype mostArguments = 9; ///< %1 … %9 are told from what follows them

QString translated(const QString& text)
{
    return QCoreApplication::translate("engine", text.toUtf8().constData());
}

/// The text with %1, %2 … in place of its numbers and quoted names, which come to the arguments.
QString patternOf(const QString& text, QStringList& arguments)
{
    static const QRegularExpression argument(u"'[^']*'|(?<![\\w.,%])\\d+(?:[.,]\\d+)*(?![\\w])"_s);
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
    if (arguments.isEmpty() || arguments.size() > mostArguments) {
        return text;
    }
    const QString found = translated(pattern);
    return found == pattern ? text : filled(found, arguments);
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
