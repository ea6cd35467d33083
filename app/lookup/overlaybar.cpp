// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lookup/overlaybar.h"

#include <algorithm>

#include <QComboBox>
#include <QGridLayout>
#include <QResizeEvent>
#include <QSignalBlocker>
#include <QStackedWidget>

#include "app/engine/modelreplies.h"
#include "app/format.h"
#include "app/lookup/predictiontext.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Label;
using widgets::Role;
using widgets::TextStyle;

namespace
{

bool isDrawable(const TaskValues& values)
{
    return (values.level == "node"_L1 || values.level == "edge"_L1) && values.kind != "multiclass"_L1;
}

QComboBox* combo(const QString& object, const QString& accessible)
{
    auto* made = new QComboBox;
    made->setObjectName(object);
    made->setAccessibleName(accessible);
    return made;
}

} // namespace

OverlayBar::OverlayBar(QWidget* parent) : Pane(Role::Sunken, Qt::BottomEdge, parent)
{
    m_modes = new widgets::SegmentedControl({tr("explain"), tr("atom values")});
    m_modes->setObjectName(u"overlayMode"_s);
    m_modes->setAccessibleName(tr("What is painted over the molecule"));
    m_explain = new Label(tr("Explain"), TextStyle::Body, Role::TextSecondary);
    m_what = new QStackedWidget;
    m_what->addWidget(buildWhat());
    m_what->addWidget(buildValues());
    m_how = buildHow();
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(12, 4, 12, 5);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(4);
    m_grid->addWidget(m_modes, 0, 0);
    m_grid->addWidget(m_explain, 0, 1);
    m_grid->addWidget(m_what, 0, 2);
    arrange();
    connect(m_modes, &widgets::SegmentedControl::currentIndexChanged, this, [this](int index) {
        setMode(index == 1 ? Mode::Values : Mode::Attribution);
        Q_EMIT questionChanged();
    });
}

void OverlayBar::arrange()
{
    // One line where it has room for all of it.
    const int margins = m_grid->contentsMargins().left() + m_grid->contentsMargins().right() + 2 * m_grid->horizontalSpacing();
    const int needed = m_explain->sizeHint().width() + m_what->sizeHint().width() + m_how->sizeHint().width() + margins;
    const bool twoLines = !m_drawable.empty() || m_predictions.size() > fewTasks || needed > width();
    m_grid->removeWidget(m_how);
    const int first = m_modes->isHidden() ? 1 : 0; // an empty column takes no spacing only if nothing spans it
    m_grid->addWidget(m_how, twoLines ? 1 : 0, twoLines ? first : 3, 1, twoLines ? 3 - first : 1);
    m_grid->setColumnStretch(2, twoLines ? 1 : 0);
    m_grid->setColumnStretch(3, twoLines ? 0 : 1);
    const bool how = m_mode == Mode::Attribution;
    m_how->setVisible(how);
    setFixedHeight(twoLines && how ? 74 : 40);
}

void OverlayBar::resizeEvent(QResizeEvent* event)
{
    Pane::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) {
        arrange();
    }
}

QWidget* OverlayBar::buildWhat()
{
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_task = combo(u"explainTask"_s, tr("Task to explain"));
    m_task->setMaximumWidth(220);
    m_taskName = new widgets::ElidedLabel({}, Qt::ElideMiddle);
    m_taskName->setObjectName(u"explainTaskName"_s);
    m_taskName->setStyle(TextStyle::BodyStrong);
    row->addWidget(m_task);
    row->addWidget(m_taskName, 1);
    row->addStretch(0); // keeps the list at the left where there is no name
    connect(m_task, &QComboBox::activated, this, [this](int index) {
        choose(index);
        Q_EMIT questionChanged();
    });
    return box;
}

QWidget* OverlayBar::buildHow()
{
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_class = combo(u"explainClass"_s, tr("Class to explain"));
    m_method = combo(u"explainMethod"_s, tr("Method of explanation"));
    m_method->addItem(tr("gradient × input"), u"gradient-input"_s);
    m_method->addItem(tr("integrated gradients"), u"integrated-gradients"_s);
    m_parts = new widgets::SegmentedControl({tr("atoms"), tr("bonds")});
    m_parts->setObjectName(u"explainParts"_s);
    m_parts->setAccessibleName(tr("Scores that are shown"));
    row->addWidget(m_class);
    row->addWidget(new Label(tr("by"), TextStyle::Body, Role::TextSecondary));
    row->addWidget(m_method);
    row->addStretch(1);
    row->addWidget(m_parts);
    connect(m_class, &QComboBox::activated, this, &OverlayBar::questionChanged);
    connect(m_method, &QComboBox::activated, this, &OverlayBar::questionChanged);
    connect(m_parts, &widgets::SegmentedControl::currentIndexChanged, this, &OverlayBar::displayChanged);
    return box;
}

QWidget* OverlayBar::buildValues()
{
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_column = combo(u"atomValues"_s, tr("Values that are painted"));
    m_column->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_unit = new Label({}, TextStyle::Caption, Role::TextSecondary);
    m_unit->setObjectName(u"atomValuesUnit"_s);
    row->addWidget(m_column);
    row->addWidget(m_unit);
    row->addStretch(1);
    connect(m_column, &QComboBox::activated, this, [this] {
        setMode(Mode::Values);
        Q_EMIT displayChanged();
    });
    return box;
}

void OverlayBar::setPredictions(const std::vector<TaskValues>& predictions)
{
    const TaskValues before = m_explained >= 0 ? m_predictions[static_cast<std::size_t>(m_explained)] : TaskValues();
    m_predictions = predictions;
    const auto same = std::find_if(m_predictions.begin(), m_predictions.end(), [&](const TaskValues& values) {
        return values.head == before.head && values.task == before.task;
    });
    const bool few = m_predictions.size() <= fewTasks;
    m_explained = same != m_predictions.end()    ? static_cast<int>(same - m_predictions.begin())
                  : few && !m_predictions.empty() ? 0
                                                  : -1;
    m_task->setVisible(few);
    m_taskName->setVisible(!few);
    fillTasks();
    fillValues();
    m_modes->setVisible(!m_drawable.empty());
    m_explain->setVisible(m_drawable.empty());
    setMode(m_drawable.empty() ? Mode::Attribution : m_mode);
    choose(m_explained);
}

void OverlayBar::fillTasks()
{
    m_task->clear();
    if (m_predictions.size() > fewTasks) {
        return;
    }
    for (const TaskValues& values : m_predictions) {
        m_task->addItem(values.name());
        m_task->setItemData(m_task->count() - 1, u"%1 › %2"_s.arg(values.dataset.isEmpty() ? values.head : values.dataset, values.name()),
                            Qt::ToolTipRole);
    }
}

void OverlayBar::fillValues()
{
    const QString before = m_column->currentText();
    m_column->clear();
    m_drawable.clear();
    for (std::size_t i = 0; i < m_predictions.size(); ++i) {
        if (isDrawable(m_predictions[i])) {
            m_drawable.push_back(static_cast<int>(i));
            m_column->addItem(m_predictions[i].name());
        }
    }
    m_column->setCurrentIndex(m_column->count() > 0 ? std::max(0, m_column->findText(before)) : -1);
}

void OverlayBar::setMode(Mode mode)
{
    m_mode = mode;
    const QSignalBlocker blocker(m_modes);
    m_modes->setCurrentIndex(mode == Mode::Values ? 1 : 0);
    m_what->setCurrentIndex(mode == Mode::Values ? 1 : 0);
    arrange();
    const TaskValues* shown = values();
    m_unit->setText(shown ? unitText(*shown, true) : QString());
    m_unit->setToolTip(shown && isStandardScore(shown->unit) ? standardScoreText() : QString());
}

void OverlayBar::choose(int prediction)
{
    m_explained = prediction;
    const bool chosen = prediction >= 0;
    m_taskName->setText(chosen ? m_predictions[static_cast<std::size_t>(prediction)].name() : tr("choose a task at the right"));
    m_task->setCurrentIndex(m_task->count() > prediction ? prediction : -1);
    updateClasses();
}

void OverlayBar::updateClasses()
{
    const TaskValues* explained = m_explained >= 0 ? &m_predictions[static_cast<std::size_t>(m_explained)] : nullptr;
    const bool multiclass = explained && explained->kind == "multiclass"_L1;
    const int before = m_class->currentIndex();
    m_class->clear();
    for (int i = 0; multiclass && i < explained->classes; ++i) {
        m_class->addItem(className(*explained, i), i);
    }
    if (multiclass) { // the class that was looked at, else the one that is predicted
        m_class->setCurrentIndex(before >= 0 && before < explained->classes ? before : std::max(0, mostProbableClass(*explained)));
    }
    m_class->setVisible(multiclass);
}

bool OverlayBar::select(const QString& head, const QString& task)
{
    for (std::size_t i = 0; i < m_predictions.size(); ++i) {
        if (m_predictions[i].task != task || m_predictions[i].head != head) {
            continue;
        }
        const auto drawable = std::find(m_drawable.begin(), m_drawable.end(), static_cast<int>(i));
        if (drawable != m_drawable.end()) {
            m_column->setCurrentIndex(static_cast<int>(drawable - m_drawable.begin()));
            setMode(Mode::Values);
        } else {
            if (m_explained != static_cast<int>(i)) {
                m_class->clear(); // another task: its own most probable class
                choose(static_cast<int>(i));
            }
            setMode(Mode::Attribution);
        }
        Q_EMIT questionChanged();
        return true;
    }
    return false;
}

bool OverlayBar::selectOfDataset(const QString& dataset, const QString& task)
{
    for (const TaskValues& values : m_predictions) {
        if (values.task == task && values.dataset == dataset) {
            return select(values.head, task);
        }
    }
    return false;
}

ExplainQuestion OverlayBar::question() const
{
    ExplainQuestion question;
    if (m_mode == Mode::Attribution && m_explained >= 0) {
        const TaskValues& values = m_predictions[static_cast<std::size_t>(m_explained)];
        question = {values.head, values.task, values.kind, m_method->currentData().toString(),
                    m_class->count() > 0 ? m_class->currentData().toInt() : -1};
    }
    return question;
}

const TaskValues* OverlayBar::explained() const
{
    return m_explained >= 0 ? &m_predictions[static_cast<std::size_t>(m_explained)] : nullptr;
}

const TaskValues* OverlayBar::values() const
{
    const int column = m_column->currentIndex();
    return m_mode == Mode::Values && column >= 0 ? &m_predictions[static_cast<std::size_t>(m_drawable[static_cast<std::size_t>(column)])]
                                                 : nullptr;
}

bool OverlayBar::showsBonds() const
{
    return m_parts->currentIndex() == 1;
}

void OverlayBar::setBondsPossible(bool possible)
{
    m_parts->setSegmentEnabled(1, possible, tr("This network does not look at bonds."));
    if (!possible) {
        m_parts->setCurrentIndex(0);
    }
}

} // namespace papilio::app
