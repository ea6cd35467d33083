// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/splitsection.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLabel>
#include <QPushButton>
#include <QSet>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "app/engine/engineclient.h"
#include "app/themedicon.h"
#include "app/train/splitchoice.h"
#include "app/train/splitdialog.h"
#include "app/workspace/workspace.h"
#include "widgets/breakable.h"
#include "widgets/format.h"
#include "widgets/jobpanel.h"
#include "widgets/labels.h"
#include "widgets/similarityplot.h"
#include "widgets/splitbar.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::formatCount;
using widgets::formatFixed;
using widgets::Label;
using widgets::Role;
using widgets::TextStyle;
using widgets::Variant;

namespace
{

/// Molecules up to which a split is measured without being asked: well below a second.
constexpr qint64 fewMolecules = 20'000;

QPushButton* link(const QString& object, const QString& text)
{
    auto* button = new QPushButton(text);
    button->setObjectName(object);
    button->setMaximumHeight(20);
    widgets::setVariant(button, Variant::Link);
    return button;
}

/// "test positives in all 12 tasks, fewest 13"; empty if there are no such tasks.
QString positivesText(const SplitReply& reply)
{
    qint64 fewest = -1;
    int tasks = 0;
    for (const SplitReply::Task& task : reply.tasks) {
        if (task.binary) {
            ++tasks;
            const qint64 here = task.positives[SplitReply::Test];
            fewest = fewest < 0 ? here : std::min(fewest, here);
        }
    }
    if (tasks == 0) {
        return SplitSection::tr("labels of all %1 tasks in every part").arg(reply.tasks.size());
    }
    return SplitSection::tr("test positives in all %1 tasks, fewest %2").arg(tasks).arg(formatCount(fewest));
}

/// Several datasets as one, each molecule compared within its own dataset.
widgets::SimilarityData summed(const QVector<SplitReply::Similarity>& all)
{
    widgets::SimilarityData sum;
    for (const SplitReply::Similarity& one : all) {
        const auto add = [](QVector<qint64>& to, const QVector<qint64>& counts) {
            to.resize(std::max(to.size(), counts.size()));
            for (qsizetype i = 0; i < counts.size(); ++i) {
                to[i] += counts[i];
            }
        };
        add(sum.counts, one.data.counts);
        add(sum.randomCounts, one.data.randomCounts);
    }
    return sum;
}

QString legendText(const SplitReply::Similarity& similarity)
{
    const QString sample = similarity.n < similarity.of
                               ? SplitSection::tr("n = %1, a sample of %2").arg(formatCount(similarity.n), formatCount(similarity.of))
                               : SplitSection::tr("n = %1").arg(formatCount(similarity.n));
    return widgets::joinedByDot({similarity.dataset, SplitSection::tr("median %1").arg(formatFixed(similarity.median, 2)),
                                 SplitSection::tr("random %1 (dashed)").arg(formatFixed(similarity.randomMedian, 2)), sample});
}

} // namespace

SplitSection::SplitSection(const Services& services, std::function<QJsonObject()> config, QWidget* parent)
    : QWidget(parent), m_services(services), m_config(std::move(config))
{
    setObjectName(u"splitSection"_s);
    m_choice = new SplitChoice;
    m_bar = new widgets::SplitBar;
    m_bar->setObjectName(u"splitBar"_s);
    m_bar->setFractions(0.8, 0.1, 0.1);
    m_plot = new widgets::SimilarityPlot;
    m_plot->setObjectName(u"splitSimilarity"_s);
    m_legend = new Label({}, TextStyle::Caption, Role::TextSecondary);
    m_legend->setObjectName(u"splitLegend"_s);
    m_legend->setWordWrap(true);
    m_legend->setMinimumWidth(1); // a long name must not widen the column
    m_verdict = new QWidget;
    m_verdictIcon = new QLabel;
    m_verdictText = new Label({}, TextStyle::Caption);
    m_verdictText->setObjectName(u"splitVerdict"_s);
    m_verdictText->setWordWrap(true);
    m_verdictText->setMinimumWidth(1);
    m_details = link(u"splitDetails"_s, tr("Details…"));
    m_measure = link(u"measureSplit"_s, tr("How hard is this split?"));
    auto* verdict = new QGridLayout(m_verdict);
    verdict->setContentsMargins(0, 0, 0, 0);
    verdict->setHorizontalSpacing(4);
    verdict->setVerticalSpacing(4);
    verdict->setColumnStretch(1, 1);
    verdict->addWidget(m_verdictIcon, 0, 0, Qt::AlignTop);
    verdict->addWidget(m_verdictText, 0, 1);
    verdict->addWidget(m_details, 1, 0, 1, 2, Qt::AlignLeft);
    m_busy = new QWidget;
    m_stage = new Label({}, TextStyle::Caption, Role::TextSecondary);
    m_progress = new widgets::ProgressLine;
    auto* cancel = new QToolButton;
    cancel->setObjectName(u"stopSplit"_s);
    cancel->setAccessibleName(tr("Stop measuring the split"));
    setThemedIcon(cancel, u"close"_s);
    auto* busyText = new QVBoxLayout;
    busyText->setSpacing(4);
    busyText->addWidget(m_stage);
    busyText->addWidget(m_progress);
    auto* busy = new QHBoxLayout(m_busy);
    busy->setContentsMargins(0, 0, 0, 0);
    busy->addLayout(busyText, 1);
    busy->addWidget(cancel);
    m_problem = new Label({}, TextStyle::Caption, Role::Error);
    m_problem->setObjectName(u"splitProblem"_s);
    m_problem->setWordWrap(true);
    m_problem->setMinimumWidth(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    for (QWidget* part : {static_cast<QWidget*>(m_choice), static_cast<QWidget*>(m_bar), static_cast<QWidget*>(m_plot),
                          static_cast<QWidget*>(m_legend), m_verdict, static_cast<QWidget*>(m_measure), m_busy,
                          static_cast<QWidget*>(m_problem)}) {
        layout->addWidget(part);
    }
    connect(m_choice, &SplitChoice::changed, this, [this] {
        m_bar->setEditable(m_choice->hasFractions());
        Q_EMIT changed();
    });
    connect(m_choice, &SplitChoice::storedAsked, this, &SplitSection::askStored);
    connect(m_bar, &widgets::SplitBar::fractionsChanged, this, [this](double train, double validation, double) {
        const double roundedTrain = qRound(train * 100) / 100.0, roundedValidation = qRound(validation * 100) / 100.0;
        m_choice->setFractions(roundedTrain, roundedValidation, qRound((1 - roundedTrain - roundedValidation) * 100) / 100.0);
        m_bar->setCounts(0, 0, 0);
        Q_EMIT changed();
    });
    connect(m_measure, &QPushButton::clicked, this, &SplitSection::askReport);
    connect(m_details, &QPushButton::clicked, this, &SplitSection::showDetails);
    connect(cancel, &QToolButton::clicked, this, [this] { m_services.engine->cancel(m_request); });
    showState();
}

QString SplitSection::spec() const
{
    return m_choice->spec();
}

void SplitSection::recipeChanged()
{
    QSet<std::int64_t> datasets;
    for (const auto& record : m_services.workspace->project().tasks) {
        if (m_services.workspace->isChecked(record.task.id)) {
            datasets.insert(record.task.dataset);
        }
    }
    m_choice->setDatasets(static_cast<int>(datasets.size()));
    const QJsonObject config = m_config();
    const QJsonObject asked{{u"project"_s, m_services.workspace->path()}, {u"split"_s, config["split"_L1]},
                            {u"seed"_s, config["seed"_L1]}, {u"tasks"_s, config["tasks"_L1]}};
    if (asked == m_asked) {
        return;
    }
    m_asked = asked;
    stop();
    m_reply = {};
    m_problem->setText({});
    m_measure->setProperty("possible", false);
    showState();
}

void SplitSection::setPlan(qint64 train, qint64 validation, qint64 test, bool estimated)
{
    const auto all = static_cast<double>(train + validation + test);
    if (!m_choice->hasFractions() && all > 0) {
        m_bar->setFractions(static_cast<double>(train) / all, static_cast<double>(validation) / all, static_cast<double>(test) / all);
    }
    if (m_reply.isEmpty()) {
        estimated ? m_bar->setCounts(0, 0, 0) : m_bar->setCounts(train, validation, test);
    }
    m_measure->setProperty("possible", true);
    if (m_reply.isEmpty() && m_request == 0 && train + validation + test <= fewMolecules) {
        askReport();
    }
    showState();
}

void SplitSection::askReport()
{
    stop();
    m_problem->setText({});
    m_stage->setText(tr("Measuring the split"));
    m_progress->setFraction(-1);
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) {
        m_request = 0;
        takeReport(result);
    };
    callbacks.failed = [this](const EngineError& error) {
        m_request = 0;
        m_problem->setText(error.code == "stopped"_L1 ? QString() : error.text());
        showState();
    };
    callbacks.progress = [this](const EngineProgress& progress) {
        m_stage->setText(widgets::joinedByDot({progress.stage, widgets::formatTimeLeft(progress.secondsLeft)}));
        m_progress->setFraction(progress.total > 0 ? static_cast<double>(progress.done) / static_cast<double>(progress.total) : -1);
    };
    m_request = m_services.engine->request(u"split.report"_s,
                                           {{u"project"_s, m_services.workspace->path()}, {u"config"_s, m_config()}}, this, callbacks);
    showState();
}

void SplitSection::takeReport(const QJsonObject& result)
{
    m_reply = SplitReply::from(result);
    const auto& counts = m_reply.molecules;
    const qint64 all = counts[0] + counts[1] + counts[2] + counts[3];
    if (all > 0 && !m_choice->hasFractions()) {
        m_bar->setFractions(static_cast<double>(counts[0]) / static_cast<double>(all), static_cast<double>(counts[1]) / static_cast<double>(all),
                            static_cast<double>(counts[2] + counts[3]) / static_cast<double>(all));
    }
    m_bar->setCounts(counts[0], counts[1], counts[2] + counts[3]);
    QStringList legends;
    for (const SplitReply::Similarity& similarity : m_reply.similarity) {
        legends << legendText(similarity);
    }
    m_plot->setData(summed(m_reply.similarity));
    m_legend->setText(legends.join(u'\n'));
    const QStringList warnings = m_reply.warnings();
    const QStringList told = warnings + m_reply.notes;
    constexpr qsizetype shown = 4;
    QString text = told.isEmpty() ? positivesText(m_reply) : QStringList(told.mid(0, shown)).join(u'\n');
    if (told.size() > shown) {
        text += u'\n' + tr("and %1 more").arg(told.size() - shown);
    }
    m_verdict->setToolTip(told.size() > shown ? told.join(u'\n') : QString());
    m_verdictText->setText(widgets::breakable(text));
    m_verdictText->setRole(warnings.isEmpty() ? Role::Text : Role::Warning);
    setThemedPixmap(m_verdictIcon, warnings.isEmpty() ? u"check"_s : u"warning"_s, 12,
                    warnings.isEmpty() ? Role::Success : Role::Warning);
    showState();
}

void SplitSection::askStored()
{
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) { m_choice->setStored(result["splits"_L1].toArray()); };
    callbacks.failed = [this](const EngineError& error) {
        m_problem->setText(error.text());
        showState();
    };
    m_services.engine->request(u"split.list"_s, {{u"project"_s, m_services.workspace->path()}}, this, callbacks);
}

void SplitSection::stop()
{
    if (m_request != 0) {
        m_services.engine->abandon(m_request);
        m_request = 0;
    }
}

void SplitSection::showState()
{
    const bool there = !m_reply.isEmpty();
    m_plot->setVisible(there && !m_reply.similarity.isEmpty());
    m_legend->setVisible(there && !m_reply.similarity.isEmpty());
    m_verdict->setVisible(there);
    m_busy->setVisible(m_request != 0);
    m_measure->setVisible(!there && m_request == 0 && m_measure->property("possible").toBool());
    m_problem->setVisible(!m_problem->text().isEmpty());
}

void SplitSection::showDetails()
{
    auto* dialog = new SplitDialog(m_reply, window());
    dialog->open();
}

} // namespace papilio::app
