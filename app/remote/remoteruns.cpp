// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/remote/remoteruns.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include "app/engine/trainsession.h"
#include "app/format.h"
#include "app/workspace/workspace.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

QString hostOf(const store::RunRecord& run)
{
    if (run.versions.find("\"place\"") == std::string::npos) {
        return {}; // nearly all
    }
    const QJsonObject versions = QJsonDocument::fromJson(QByteArray::fromStdString(run.versions)).object();
    return versions["place"_L1].toString().isEmpty() ? QString() : versions["host"_L1].toString();
}

bool isLeftAlone(const store::RunRecord& run)
{
    return effectiveState(run) == store::RunState::CutOff && !hostOf(run).isEmpty();
}

bool hasModel(const store::RunRecord& run)
{
    const store::RunState state = effectiveState(run);
    const bool under = state == store::RunState::Running || state == store::RunState::CutOff;
    return run.bestEpoch > 0 && !(under && !hostOf(run).isEmpty());
}

QString runStateText(const store::RunRecord& run)
{
    if (isLeftAlone(run)) {
        return QCoreApplication::translate("remote", "on %1, not followed").arg(hostOf(run));
    }
    const std::string_view name = store::runStateName(effectiveState(run));
    return stateWord(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
}

void goOnWith(const Services& services, qint64 run)
{
    const store::RunRecord* record = services.workspace->project().run(run);
    const QString host = record ? hostOf(*record) : QString();
    services.training->resume(services.workspace->path(), run, host, !(record && isLeftAlone(*record)));
}

} // namespace papilio::app
