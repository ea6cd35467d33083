// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/data/taskinspector.h"

#include <cmath>

#include <QFileInfo>
#include <QHBoxLayout>
#include <QStackedWidget>

#include "app/format.h"
#include "app/listdialog.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/labels.h"
#include "widgets/splitbar.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::formatCount;
using widgets::formatPercent;
using widgets::formatValue;
using widgets::Role;
using widgets::TextStyle;

namespace
{

QString nameOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

TaskInspector::TaskInspector(QWidget* parent) : QWidget(parent)
{
    setObjectName(u"taskInspector"_s);
    auto* inner = new QWidget;
    auto* layout = new QVBoxLayout(inner);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    auto* title = new QHBoxLayout;
    title->setSpacing(8);
    m_swatch = new widgets::Swatch;
    m_name = new widgets::ElidedLabel;
    m_name->setObjectName(u"inspectorName"_s);
    m_name->setStyle(TextStyle::Title);
    m_place = new widgets::ElidedLabel({}, Qt::ElideRight);
    m_place->setRole(Role::TextSecondary);
    m_place->setStyle(TextStyle::Caption);
    title->addWidget(m_swatch);
    title->addWidget(m_name, 1);
    layout->addLayout(title);
    layout->addWidget(m_place);
    m_facts = new widgets::FactList;
    m_facts->setObjectName(u"inspectorFacts"_s);
    layout->addWidget(m_facts);
    m_balance = new widgets::ProportionBar;
    layout->addWidget(m_balance);
    m_histogram = new widgets::HistogramView;
    m_histogram->setObjectName(u"inspectorHistogram"_s);
    m_histogram->setMinimumHeight(176);
    layout->addWidget(m_histogram);
    layout->addWidget(new widgets::Hairline);
    m_correlationTitle = new widgets::SectionHeader(tr("Correlation with other tasks"));
    m_correlations = new widgets::CorrelationList;
    m_correlations->setObjectName(u"inspectorCorrelations"_s);
    m_correlations->setAccessibleName(tr("Correlation with other tasks"));
    connect(m_correlations, &widgets::CorrelationList::taskSelected, this, &TaskInspector::taskSelected);
    layout->addWidget(m_correlationTitle);
    layout->addWidget(m_correlations);
    layout->addWidget(new widgets::Hairline);
    layout->addWidget(new widgets::Label(tr("Source"), TextStyle::BodyStrong));
    m_source = new widgets::FactList;
    layout->addWidget(m_source);
    layout->addStretch(1);
    widgets::setBackground(inner, Role::Surface);
    auto* empty = new widgets::EmptyState(u"level-graph"_s, tr("No task selected"),
                                          tr("Kind, figures, distribution and source of the task that is selected in the "
                                             "tree or the matrix stand here."),
                                          {});
    m_stack = new QStackedWidget;
    m_stack->addWidget(verticalScroll(inner, tr("Inspector")));
    m_stack->addWidget(empty);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(new widgets::SectionHeader(tr("Inspector"), widgets::SectionHeader::Kind::PanelTitle));
    outer->addWidget(m_stack, 1);
}

void TaskInspector::showTask(const SnapshotPtr& snapshot, qint64 task)
{
    const store::TaskRecord* record = snapshot->task(task);
    m_stack->setCurrentIndex(record ? 0 : 1);
    if (!record) {
        m_task = 0;
        return;
    }
    const auto* dataset = snapshot->dataset(record->task.dataset);
    m_swatch->setSeries(snapshot->datasetIndex(record->task.dataset));
    m_name->setText(QString::fromStdString(record->task.name));
    m_place->setText(u"%1 › %2"_s.arg(QString::fromStdString(dataset->name), levelWord(nameOf(levelName(record->task.level)))));
    m_facts->setFacts(facts(*snapshot, *record));
    m_source->setFacts(sourceFacts(*snapshot, *record));
    const bool binary = record->task.kind == TaskKind::Binary && record->task.level == Level::Graph;
    m_balance->setVisible(binary);
    if (binary) {
        using Tone = widgets::ProportionBar::Tone;
        m_balance->setParts({{tr("active"), record->stats.positives, Tone::Series, snapshot->datasetIndex(dataset->id), {}},
                             {tr("inactive"), record->stats.values - record->stats.positives, Tone::Ink, 0, {}},
                             {tr("missing"), std::max<qint64>(0, dataset->rows - dataset->rejected - record->stats.rows),
                              Tone::Quiet, 0, {}}});
    }
    if (task != m_task) {
        m_histogram->clear();
        showCorrelations(task, {}, false);
    }
    m_snapshot = snapshot;
    m_task = task;
}

void TaskInspector::showValues(const TaskView& view)
{
    const store::TaskRecord* record = m_snapshot ? m_snapshot->task(m_task) : nullptr;
    if (view.task != m_task || !record) {
        return;
    }
    m_histogram->setData(view.histogram);
    auto all = facts(*m_snapshot, *record);
    if (view.profile && record->task.kind == TaskKind::Regression && view.profile->quantiles.size() == std::size(store::quantileShares)) {
        const auto& q = view.profile->quantiles;
        all << qMakePair(tr("5 · 50 · 95 %"), u"%1 · %2 · %3"_s.arg(formatValue(q[1], 4), formatValue(q[3], 4), formatValue(q[5], 4)));
        all << qMakePair(tr("Beyond 3 IQR"), view.profile->outliers == 0 ? tr("none")
                                                 : tr("%1 values, below %2 or above %3")
                                                       .arg(formatCount(view.profile->outliers), formatValue(view.profile->lowFence, 4),
                                                            formatValue(view.profile->highFence, 4)));
    }
    m_facts->setFacts(all);
    auto source = sourceFacts(*m_snapshot, *record);
    if (view.dataset) {
        source << qMakePair(tr("Scaffolds"), tr("%1, and %2").arg(formatCount(view.dataset->scaffolds),
                                                                         countedText(view.dataset->acyclic, tr("molecule without a ring"),
                                                                                     tr("molecules without a ring"))));
    }
    m_source->setFacts(source);
}

void TaskInspector::showCorrelations(qint64 task, const std::vector<widgets::CorrelationList::Line>& lines, bool incomplete)
{
    if (task == m_task || lines.empty()) {
        m_correlations->setLines(lines);
        m_correlationTitle->setRemark(incomplete ? tr("not all compared, see Overlap") : lines.empty() ? QString() : tr("r and n"));
        m_correlationTitle->setVisible(!lines.empty() || incomplete);
    }
}

QVector<QPair<QString, QString>> TaskInspector::facts(const Snapshot& snapshot, const store::TaskRecord& record) const
{
    const store::TaskStats& stats = record.stats;
    const QString unit = QString::fromStdString(record.task.unit);
    QVector<QPair<QString, QString>> facts;
    facts << qMakePair(tr("Kind"), kindWord(nameOf(kindName(record.task.kind))));
    facts << qMakePair(tr("Labels"), tr("%1, %2 of all %3")
                                         .arg(countedText(stats.molecules, tr("molecule"), tr("molecules")),
                                              formatPercent(snapshot.molecules > 0 ? double(stats.molecules) / double(snapshot.molecules) : std::nan("")),
                                              formatCount(snapshot.molecules)));
    if (record.task.level != Level::Graph) {
        facts << qMakePair(tr("Values"), tr("%1 %2").arg(formatCount(stats.values),
                                                        record.task.level == Level::Node ? tr("atoms") : tr("directed bonds")));
    }
    const double n = static_cast<double>(stats.values);
    switch (record.task.kind) {
    case TaskKind::Regression:
        facts << qMakePair(tr("Mean ± SD"), u"%1 ± %2"_s.arg(formatValue(stats.values ? stats.mean : std::nan(""), 4),
                                                          formatValue(stats.values ? stats.sd : std::nan(""), 4)));
        facts << qMakePair(tr("Range"), tr("%1 to %2").arg(formatValue(stats.values ? stats.minimum : std::nan(""), 4),
                                                          formatValue(stats.values ? stats.maximum : std::nan(""), 4)));
        facts << qMakePair(tr("Unit"), unit.isEmpty() ? tr("none known") : unit);
        break;
    case TaskKind::Binary:
        facts << qMakePair(tr("Active"), tr("%1, %2").arg(formatCount(stats.positives), formatPercent(double(stats.positives) / n, 1)));
        facts << qMakePair(tr("Inactive"), tr("%1, %2").arg(formatCount(stats.values - stats.positives),
                                                           formatPercent((n - double(stats.positives)) / n, 1)));
        break;
    case TaskKind::Multiclass:
        facts << qMakePair(tr("Classes"), QString::number(record.task.classes));
        break;
    }
    return facts;
}

QVector<QPair<QString, QString>> TaskInspector::sourceFacts(const Snapshot& snapshot, const store::TaskRecord& record) const
{
    const auto* dataset = snapshot.dataset(record.task.dataset);
    QVector<QPair<QString, QString>> facts;
    facts << qMakePair(tr("File"), QFileInfo(QString::fromStdString(dataset->source)).fileName());
    facts << qMakePair(tr("Rows"), tr("%1 used, %2 merged, %3 repaired, %4 rejected")
                                       .arg(formatCount(dataset->used), formatCount(dataset->merged),
                                            formatCount(dataset->repaired), formatCount(dataset->rejected - dataset->leftOut)));
    if (dataset->leftOut > 0) {
        facts << qMakePair(tr("Left out"), tr("%1, as asked").arg(countedText(dataset->leftOut, tr("row"), tr("rows"))));
    }
    facts << qMakePair(tr("Imported"), dataset->complete ? QString::fromStdString(dataset->created).left(16).replace(u'T', u' ')
                                                         : tr("not complete; import again to go on"));
    return facts;
}

} // namespace papilio::app
