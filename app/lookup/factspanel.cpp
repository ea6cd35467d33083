// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lookup/factspanel.h"

#include <algorithm>
#include <cmath>

#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "app/format.h"
#include "app/paddeddelegate.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/labels.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::formatValue;

namespace
{

enum KnownColumn { TaskColumn, SetColumn, ValueColumn, UnitColumn, ModelColumn };
enum ItemRole { DatasetRole = Qt::UserRole, NameRole };

const TaskValues* findTask(const std::vector<TaskValues>& list, const TaskValues& like)
{
    for (const TaskValues& values : list) {
        if (values.dataset == like.dataset && values.task == like.task) {
            return &values;
        }
    }
    return nullptr;
}

QTreeWidget* table(const QString& object, const QString& accessible, const QStringList& headers)
{
    auto* tree = new QTreeWidget;
    tree->setObjectName(object);
    tree->setAccessibleName(accessible);
    tree->setRootIsDecorated(false);
    tree->setUniformRowHeights(true);
    tree->setFrameShape(QFrame::NoFrame);
    tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    tree->setHeaderLabels(headers);
    tree->setItemDelegate(new PaddedDelegate(tree));
    tree->headerItem()->setTextAlignment(ValueColumn, Qt::AlignRight | Qt::AlignVCenter);
    tree->header()->setStretchLastSection(true);
    tree->header()->resizeSection(TaskColumn, 180);
    tree->header()->resizeSection(SetColumn, 90);
    tree->header()->resizeSection(ValueColumn, 140);
    tree->header()->resizeSection(UnitColumn, 84);
    return tree;
}

QTreeWidgetItem* item(const TaskValues& values, const QString& value, const QString& unit)
{
    auto* made = new QTreeWidgetItem({values.task, values.dataset, value, unit});
    made->setTextAlignment(ValueColumn, Qt::AlignRight | Qt::AlignVCenter);
    made->setToolTip(TaskColumn, values.task);
    made->setData(TaskColumn, DatasetRole, values.dataset);
    made->setData(TaskColumn, NameRole, values.task);
    return made;
}

} // namespace

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
        const auto best = std::max_element(values.values.begin(), values.values.end());
        return QObject::tr("class %1, %2").arg(best - values.values.begin()).arg(widgets::formatFixed(*best, 2));
    }
    if (values.kind == "binary"_L1) {
        return predicted ? widgets::formatFixed(values.values.front(), 3) : labelText(values.values.front(), values.kind);
    }
    return formatValue(values.values.front(), 4);
}

QString unitText(const TaskValues& values, bool predicted)
{
    const bool probability = predicted && values.kind != "regression"_L1;
    QStringList parts{probability ? QObject::tr("probability") : values.unit};
    if (values.level == "node"_L1) {
        parts << QObject::tr("per atom");
    } else if (values.level == "edge"_L1) {
        parts << QObject::tr("per bond");
    }
    return widgets::joinedByDot(parts);
}

FactsPanel::FactsPanel(QWidget* parent) : QWidget(parent)
{
    setObjectName(u"factsPanel"_s);
    using widgets::SectionHeader;
    m_knownTitle = new SectionHeader(tr("Known labels"), SectionHeader::Kind::PanelTitle);
    m_known = table(u"knownTable"_s, tr("Known labels"), {tr("Task"), tr("Set"), tr("Measured"), tr("Unit"), tr("Model")});
    m_noKnown = new widgets::EmptyState(u"data"_s, tr("Nothing known"), tr("No dataset of the project has a label of this molecule."), {});
    m_predictedTitle = new SectionHeader(tr("Predictions where nothing was measured"), SectionHeader::Kind::PanelTitle);
    m_predicted = table(u"predictionTable"_s, tr("Predictions"), {tr("Task"), tr("Set"), tr("Predicted"), tr("Unit")});
    m_noPredictions = new widgets::EmptyState(u"train"_s, tr("No prediction"),
                                              tr("Open a project with a trained run and choose it above."), {});
    m_noKnown->setFixedHeight(132);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_knownTitle);
    layout->addWidget(m_known);
    layout->addWidget(m_noKnown);
    layout->addWidget(m_predictedTitle);
    layout->addWidget(m_predicted, 2);
    layout->addWidget(m_noPredictions, 2);
    widgets::setBackground(this, widgets::Role::Surface);
    for (QTreeWidget* tree : {m_known, m_predicted}) {
        connect(tree, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* current) {
            if (current) {
                Q_EMIT taskChosen(current->data(TaskColumn, DatasetRole).toString(), current->data(TaskColumn, NameRole).toString());
            }
        });
    }
}

void FactsPanel::show(const LookupReply& reply, const QString& runText)
{
    const QSignalBlocker first(m_known);
    const QSignalBlocker second(m_predicted);
    fillKnown(reply);
    fillPredictions(reply);
    m_knownTitle->setRemark(reply.known.empty() ? QString() : countedText(static_cast<qint64>(reply.known.size()), tr("task"), tr("tasks")));
    m_predictedTitle->setTitle(reply.known.empty() ? tr("Predictions") : tr("Predictions where nothing was measured"));
    m_predictedTitle->setRemark(runText);
    // As high as its rows, but predictions keep at least half of the panel.
    const widgets::Metrics& metrics = widgets::Theme::current().metrics();
    const int rows = static_cast<int>(std::min<std::size_t>(reply.known.size(), 10));
    m_known->setFixedHeight(metrics.tableHeader + rows * metrics.tableRow + metrics.space8);
    m_known->setVisible(!reply.known.empty());
    m_noKnown->setVisible(reply.known.empty());
    m_predicted->setVisible(!reply.predictions.empty());
    m_noPredictions->setVisible(reply.predictions.empty());
}

void FactsPanel::fillKnown(const LookupReply& reply)
{
    m_known->clear();
    for (const TaskValues& known : reply.known) {
        QTreeWidgetItem* line = item(known, valueText(known, false), unitText(known, false));
        const TaskValues* model = findTask(reply.predictions, known);
        line->setText(ModelColumn, model ? valueText(*model, true) : u"–"_s);
        m_known->addTopLevelItem(line);
    }
}

void FactsPanel::fillPredictions(const LookupReply& reply)
{
    m_predicted->clear();
    for (const TaskValues& prediction : reply.predictions) {
        if (!findTask(reply.known, prediction)) {
            m_predicted->addTopLevelItem(item(prediction, valueText(prediction, true), unitText(prediction, true)));
        }
    }
}

} // namespace papilio::app
