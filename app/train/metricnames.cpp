// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/metricnames.h"

#include <algorithm>
#include <iterator>

#include <QCoreApplication>

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

struct Known {
    const char* name;
    const char* title;
    bool higherIsBetter, labelUnit;
};

const Known known[] = {
    {"loss", QT_TRANSLATE_NOOP("metrics", "loss"), false, false},
    {"mae", "MAE", false, true},
    {"mae_normalised", "MAE/sd", false, false},
    {"rmse", "RMSE", false, true},
    {"rmse_normalised", "RMSE/sd", false, false},
    {"mse", "MSE", false, false},
    {"mse_normalised", "MSE/sd²", false, false},
    {"mape", "MAPE", false, false},
    {"msle", "MSLE", false, false},
    {"r2", "R²", true, false},
    {"pearson", "Pearson", true, false},
    {"spearman", "Spearman", true, false},
    {"cosine", QT_TRANSLATE_NOOP("metrics", "cosine"), true, false},
    {"cosine_normalised", QT_TRANSLATE_NOOP("metrics", "cosine, normalised"), true, false},
    {"auroc", "AUROC", true, false},
    {"auroc_macro", "macro AUROC", true, false},
    {"ap", QT_TRANSLATE_NOOP("metrics", "average precision"), true, false},
    {"ap_macro", "macro AP", true, false},
    {"accuracy", QT_TRANSLATE_NOOP("metrics", "accuracy"), true, false},
    {"balanced_accuracy", QT_TRANSLATE_NOOP("metrics", "balanced accuracy"), true, false},
    {"f1", "F1", true, false},
    {"f1_macro", "macro F1", true, false},
    {"mcc", "MCC", true, false},
    {"precision", QT_TRANSLATE_NOOP("metrics", "precision"), true, false},
    {"recall", QT_TRANSLATE_NOOP("metrics", "recall"), true, false},
    {"calibration_error", QT_TRANSLATE_NOOP("metrics", "calibration error"), false, false},
    {"mae_class", QT_TRANSLATE_NOOP("metrics", "MAE of class"), false, false},
};

} // namespace

MetricName metricName(const QString& name)
{
    const auto found = std::find_if(std::begin(known), std::end(known), [&](const Known& entry) { return name == QLatin1String(entry.name); });
    if (found != std::end(known)) {
        return {name, QCoreApplication::translate("metrics", found->title), found->higherIsBetter, found->labelUnit};
    }
    QString title = name; // a newer engine's: its own word, and what its name says of it
    title.replace(u'_', u' ');
    const bool error = name.contains("error"_L1) || name.contains("loss"_L1);
    return {name, title, !error, false};
}

} // namespace papilio::app
