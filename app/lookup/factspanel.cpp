// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lookup/factspanel.h"

#include <algorithm>

#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "app/engine/modelreplies.h"
#include "app/format.h"
#include "app/lookup/overlaybar.h"
#include "app/lookup/predictionpanel.h"
#include "app/lookup/predictiontext.h"
#include "app/paddeddelegate.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/labels.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
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
    tree->header()->setStretchLastSection(false);
    return tree;
}

/// Every column as wide as its content; names share what is left.
void fitColumns(QTreeWidget* tree)
{
    const QFontMetrics cells(widgets::Theme::current().font(widgets::TextStyle::Table));
    const int columns = tree->columnCount();
    std::vector<int> width(static_cast<std::size_t>(columns));
    for (int column = 0; column < columns; ++column) {
        int& wide = width[static_cast<std::size_t>(column)];
        wide = tree->header()->fontMetrics().horizontalAdvance(tree->headerItem()->text(column)) + 20;
        for (int row = 0; row < tree->topLevelItemCount(); ++row) {
            wide = std::max(wide, cells.horizontalAdvance(tree->topLevelItem(row)->text(column)) + 24);
        }
    }
    int others = 0;
    for (int column = ValueColumn; column < columns; ++column) {
        others += width[static_cast<std::size_t>(column)];
    }
    const int left = std::max(0, tree->viewport()->width() - others);
    const int set = std::clamp(left - width[TaskColumn], std::min(width[SetColumn], 70), width[SetColumn]);
    width[SetColumn] = set;
    width[TaskColumn] = std::max(90, left - set);
    for (int column = 0; column < columns; ++column) {
        tree->header()->resizeSection(column, width[static_cast<std::size_t>(column)]);
    }
}

QTreeWidgetItem* item(const TaskValues& values, const QString& value, const QString& unit)
{
    auto* made = new QTreeWidgetItem({values.name(), values.dataset, value, unit});
    made->setTextAlignment(ValueColumn, Qt::AlignRight | Qt::AlignVCenter);
    made->setToolTip(TaskColumn, values.name());
    made->setToolTip(SetColumn, values.dataset);
    if (isStandardScore(values.unit)) {
        made->setToolTip(UnitColumn, standardScoreText());
    }
    made->setData(TaskColumn, DatasetRole, values.dataset);
    made->setData(TaskColumn, NameRole, values.task);
    return made;
}

/// As high as its rows, or as so many where the room is for something else; a few can be seen wherever it is.
void fitHeight(QTreeWidget* tree, int most)
{
    const widgets::Metrics& metrics = widgets::Theme::current().metrics();
    const int rows = std::min(tree->topLevelItemCount(), most);
    const auto height = [&metrics](int count) { return metrics.tableHeader + count * metrics.tableRow + metrics.space8; };
    tree->setMinimumHeight(height(std::min(rows, 3)));
    tree->setMaximumHeight(height(rows));
}

} // namespace

FactsPanel::FactsPanel(QWidget* parent) : QWidget(parent)
{
    setObjectName(u"factsPanel"_s);
    using widgets::SectionHeader;
    m_knownTitle = new SectionHeader(tr("Known labels"), SectionHeader::Kind::PanelTitle);
    m_known = table(u"knownTable"_s, tr("Known labels"), {tr("Task"), tr("Set"), tr("Measured"), tr("Unit"), tr("Model")});
    m_noKnown = new widgets::EmptyState(u"data"_s, tr("Nothing known"), tr("No dataset of the project has a label of this molecule."), {});
    m_predictedTitle = new SectionHeader(tr("Predictions where nothing was measured"), SectionHeader::Kind::PanelTitle);
    m_predicted = table(u"predictionList"_s, tr("Predictions"), {tr("Task"), tr("Set"), tr("Predicted"), tr("Unit")});
    m_noPredictions = new widgets::EmptyState(u"train"_s, tr("No prediction"),
                                              tr("A run of a project, or a published model that you add, predicts here."),
                                              tr("Models…"));
    connect(m_noPredictions, &widgets::EmptyState::clicked, this, &FactsPanel::modelsRequested);
    m_many = new PredictionPanel;
    connect(m_many, &PredictionPanel::taskChosen, this, &FactsPanel::predictionChosen);
    m_noKnown->setFixedHeight(132);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_knownTitle);
    layout->addWidget(m_known, 2);
    layout->addWidget(m_noKnown);
    layout->addWidget(m_predictedTitle);
    layout->addWidget(m_predicted, 2);
    layout->addWidget(m_many, 2);
    layout->addWidget(m_noPredictions, 2);
    layout->addStretch(0); // what two short tables leave
    widgets::setBackground(this, widgets::Role::Surface);
    for (QTreeWidget* tree : {m_known, m_predicted}) {
        connect(tree, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* current) {
            if (current) {
                Q_EMIT taskChosen(current->data(TaskColumn, DatasetRole).toString(), current->data(TaskColumn, NameRole).toString());
            }
        });
    }
}

void FactsPanel::show(const LookupReply& reply, const QString& modelText)
{
    const QSignalBlocker first(m_known);
    const QSignalBlocker second(m_predicted);
    const bool many = reply.predictions.size() > fewTasks;
    fillKnown(reply);
    fillPredictions(many ? LookupReply() : reply);
    if (many) {
        m_many->show(reply.predictions);
    }
    m_knownTitle->setRemark(reply.known.empty() ? QString() : countedText(static_cast<qint64>(reply.known.size()), tr("task"), tr("tasks")));
    m_predictedTitle->setTitle(reply.known.empty() ? tr("Predictions") : tr("Predictions where nothing was measured"));
    m_predictedTitle->setRemark(modelText);
    fitHeight(m_known, many || reply.predictions.empty() ? 10 : m_known->topLevelItemCount());
    fitHeight(m_predicted, m_predicted->topLevelItemCount());
    m_known->setVisible(!reply.known.empty());
    m_noKnown->setVisible(reply.known.empty() && !many); // many predictions want the room
    m_knownTitle->setVisible(!reply.known.empty() || !many);
    m_predicted->setVisible(!reply.predictions.empty() && !many);
    m_many->setVisible(many);
    m_noPredictions->setVisible(reply.predictions.empty());
    fitColumns(m_known);
    fitColumns(m_predicted);
}

void FactsPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitColumns(m_known);
    fitColumns(m_predicted);
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
