// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lookup/predictiontext.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <QObject>

#include "app/engine/modelreplies.h"
#include "app/format.h"
#include "widgets/format.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::formatValue;

QString valueText(const TaskValues& values, bool predicted)
{
    if (values.values.empty()) {
        return widgets::undefinedText();
    }
    if (values.level != "graph"_L1) {
        std::vector<double> defined;
        std::copy_if(values.values.begin(), values.values.end(), std::back_inserter(defined), [](double v) { return !std::isnan(v); });
        if (defined.empty()) {
            return widgets::undefinedText();
        }
        const auto [low, high] = std::minmax_element(defined.begin(), defined.end());
        return QObject::tr("%1 to %2").arg(formatValue(*low), formatValue(*high));
    }
    if (predicted && values.kind == "multiclass"_L1) {
        const int best = mostProbableClass(values);
        if (best < 0) {
            return widgets::undefinedText();
        }
        return QObject::tr("%1, %2").arg(className(values, best), widgets::formatFixed(values.values[static_cast<std::size_t>(best)], 2));
    }
    if (values.kind == "binary"_L1) {
        return predicted ? widgets::formatFixed(values.values.front(), 3) : labelText(values.values.front(), values.kind);
    }
    return formatValue(values.values.front(), 4);
}

QString unitText(const TaskValues& values, bool predicted)
{
    const bool probability = predicted && values.kind != "regression"_L1;
    const QString unit = isStandardScore(values.unit) ? QObject::tr("standard score") : values.unit;
    QStringList parts{probability ? QObject::tr("probability") : unit};
    if (values.level != "graph"_L1) {
        parts << levelWord(values.level);
    }
    return widgets::joinedByDot(parts);
}

} // namespace papilio::app
