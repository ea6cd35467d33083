// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breakable.h"

namespace papilio::widgets
{

QString breakable(const QString& text)
{
    constexpr char16_t zeroWidthSpace = 0x200B;
    QString out;
    for (const QChar sign : text) {
        out += sign;
        if (sign == u'/' || sign == u'_' || sign == u'\\' || sign == u':') {
            out += zeroWidthSpace;
        }
    }
    return out;
}

} // namespace papilio::widgets
