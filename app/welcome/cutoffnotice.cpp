// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/welcome/cutoffnotice.h"

#include "app/remote/remoteruns.h"
#include "app/settings.h"
#include "app/workspace/snapshot.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

CutOffNotice::CutOffNotice(const Services& services, QWidget* parent) : MessageBar(parent), m_services(services)
{
    setObjectName(u"cutOffNotice"_s);
    hide();
    connect(this, &MessageBar::actionTriggered, this, [this] {
        hide();
        Q_EMIT goOnRequested(m_project, m_run);
    });
}

void CutOffNotice::look()
{
    hide();
    const QList<RecentProject> recent = m_services.settings->recentProjects();
    if (recent.isEmpty()) {
        return;
    }
    m_project = recent.first().path;
    m_reader.setPath(m_project);
    m_looking = true;
    m_reader.read<SnapshotPtr>(
        u"cut off"_s, this, [](store::Project& project, const auto&) { return readSnapshot(project); },
        [this](const Result<SnapshotPtr>& answer) {
            m_looking = false;
            if (!answer) {
                return; // moved or broken: the list says so, or opening it does
            }
            for (const store::RunRecord& run : (*answer)->runs) {
                if (effectiveState(run) == store::RunState::CutOff) {
                    m_run = run.id;
                    if (const QString host = hostOf(run); !host.isEmpty()) {
                        showMessage(Kind::Info, tr("Run %1 of %2 is trained on %3").arg(run.id).arg((*answer)->name(), host),
                                    tr("What came since epoch %1 is not here yet.").arg(run.epochs), {tr("Follow")});
                        continue;
                    }
                    showMessage(Kind::Info,
                                tr("Run %1 of %2 was cut off at epoch %3 of %4").arg(run.id).arg((*answer)->name())
                                    .arg(run.epochs).arg(run.epochsPlanned),
                                tr("Its last checkpoint is complete; nothing before it was lost."), {tr("Go on")});
                }
            }
        });
}

} // namespace papilio::app
