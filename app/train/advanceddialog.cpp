// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/advanceddialog.h"

#include <algorithm>
#include <utility>

#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTabBar>
#include <QTreeWidget>

#include "app/format.h"
#include "app/train/optiondelegate.h"
#include "widgets/curveplot.h"
#include "widgets/format.h"
#include "widgets/labels.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

enum SettingColumn { NameColumn, ValueColumn, DefaultColumn };
enum LossColumn { HeadColumn, KindColumn, TasksColumn, LossColumn, WeightColumn };

} // namespace

void AdvancedDialog::fillSettings()
{
    m_filling = true;
    m_tree->clear();
    QHash<QString, QTreeWidgetItem*> groups;
    for (const TrainOption& option : m_options) {
        QTreeWidgetItem*& group = groups[option.group];
        if (!group) {
            group = new QTreeWidgetItem(m_tree, {option.group});
            group->setFlags(Qt::ItemIsEnabled);
            group->setFirstColumnSpanned(true);
            group->setFont(NameColumn, widgets::Theme::current().font(widgets::TextStyle::TableStrong));
        }
        auto* item = new QTreeWidgetItem(group, {option.name(), shown(option), option.normal});
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable);
        item->setData(ValueColumn, OptionDelegate::OptionRole, QVariant::fromValue(option));
        item->setToolTip(NameColumn, option.path);
        if (!option.relevant) {
            for (const int column : {NameColumn, ValueColumn, DefaultColumn}) {
                item->setData(column, OptionDelegate::IdleRole, true);
            }
        }
        mark(item, option.normal);
    }
    m_tree->expandAll();
    m_filling = false;
    filter(m_search->text());
    updateCount();
}

void AdvancedDialog::setOptions(const std::vector<TrainOption>& options)
{
    const QTreeWidgetItem* current = m_tree->currentItem();
    const QString path = current ? current->toolTip(NameColumn) : QString();
    const int scrolled = m_tree->verticalScrollBar()->value();
    m_options = options;
    fillSettings();
    for (QTreeWidgetItemIterator it(m_tree); *it; ++it) {
        if (!path.isEmpty() && (*it)->toolTip(NameColumn) == path) {
            m_tree->setCurrentItem(*it, ValueColumn);
        }
    }
    m_tree->verticalScrollBar()->setValue(scrolled);
}

void AdvancedDialog::mark(QTreeWidgetItem* item, const QString& normal)
{
    const auto option = item->data(ValueColumn, OptionDelegate::OptionRole).value<TrainOption>();
    const QString value = item->text(ValueColumn);
    const QString problem = value == normal ? QString() : option.problemOf(value);
    const bool filling = std::exchange(m_filling, true);
    item->setData(ValueColumn, OptionDelegate::ChangedRole, value != normal);
    item->setData(ValueColumn, OptionDelegate::ProblemRole, problem);
    item->setToolTip(ValueColumn, problem);
    m_filling = filling;
}

void AdvancedDialog::filter(const QString& text)
{
    const QStringList words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    QTreeWidgetItem* first = nullptr;
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        QTreeWidgetItem* group = m_tree->topLevelItem(i);
        int shown = 0;
        for (int j = 0; j < group->childCount(); ++j) {
            QTreeWidgetItem* item = group->child(j);
            const auto option = item->data(ValueColumn, OptionDelegate::OptionRole).value<TrainOption>();
            const QString all = option.path + u' ' + option.meaning + u' ' + option.group;
            const bool wanted = std::all_of(words.begin(), words.end(),
                                            [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
            item->setHidden(!wanted);
            shown += wanted ? 1 : 0;
            first = first || !wanted ? first : item;
        }
        group->setHidden(shown == 0);
    }
    if (!m_tree->currentItem() || m_tree->currentItem()->isHidden()) {
        m_tree->setCurrentItem(first, ValueColumn);
    }
}

void AdvancedDialog::edited(QTreeWidgetItem* item, int column)
{
    if (m_filling || column != ValueColumn || !item->parent()) {
        return;
    }
    const auto option = item->data(ValueColumn, OptionDelegate::OptionRole).value<TrainOption>();
    if (item->text(ValueColumn).isEmpty()) { // emptied: back to the default
        item->setText(ValueColumn, option.normal);
        return; // comes here again
    }
    mark(item, option.normal);
    if (option.problemOf(item->text(ValueColumn)).isEmpty()) {
        set(option.path, item->text(ValueColumn), option.normal);
    }
    showMeaning();
}

void AdvancedDialog::set(const QString& key, const QString& value, const QString& normal)
{
    const bool changed = value != normal;
    if (changed ? m_settings.value(key) == value : !m_settings.contains(key)) {
        return;
    }
    if (changed) {
        m_settings.insert(key, value);
    } else {
        m_settings.remove(key);
    }
    updateCount();
    Q_EMIT settingChanged(key, changed ? value : QString());
}

void AdvancedDialog::showMeaning()
{
    const QTreeWidgetItem* item = m_tree->currentItem();
    const bool any = item && item->parent();
    m_reset->setVisible(any);
    if (!any) {
        m_name->setText({});
        m_meaning->setText({});
        m_range->setText({});
        return;
    }
    const auto option = item->data(ValueColumn, OptionDelegate::OptionRole).value<TrainOption>();
    const QString problem = item->data(ValueColumn, OptionDelegate::ProblemRole).toString();
    m_name->setText(option.path);
    m_meaning->setText(option.meaning);
    m_range->setRole(problem.isEmpty() ? widgets::Role::TextSecondary : widgets::Role::Error);
    m_range->setText(!problem.isEmpty() ? problem
                                        : widgets::joinedByDot({tr("default %1").arg(option.normal.isEmpty() ? u"–"_s : option.normal),
                                                                option.rangeText(),
                                                                option.relevant ? QString() : tr("without effect as the rest stands")}));
    m_reset->setEnabled(item->text(ValueColumn) != option.normal);
}

void AdvancedDialog::resetCurrent()
{
    QTreeWidgetItem* item = m_tree->currentItem();
    if (item && item->parent()) {
        item->setText(ValueColumn, item->text(DefaultColumn));
    }
}

void AdvancedDialog::resetAll()
{
    const QStringList keys = m_settings.keys();
    m_settings.clear();
    fillSettings();
    for (const QString& key : keys) {
        Q_EMIT settingChanged(key, {});
    }
    showMeaning();
}

void AdvancedDialog::updateCount()
{
    const auto changed = static_cast<qint64>(m_settings.size());
    m_resetAll->setEnabled(changed > 0);
    m_tabs->setTabText(0, changed > 0 ? tr("Settings, %1 changed").arg(changed) : tr("Settings"));
}

void AdvancedDialog::fillLosses(const TrainPlan& plan)
{
    m_filling = true;
    QTreeWidgetItem* before = m_losses->currentItem();
    const int current = before ? m_losses->indexOfTopLevelItem(before) : 0;
    m_losses->clear();
    for (const PlannedHead& head : plan.heads) {
        TrainOption loss{u"heads.%1.loss"_s.arg(head.name), u"choice"_s, head.loss, {}, {}, head.losses};
        TrainOption weight{u"heads.%1.weight"_s.arg(head.name), u"number"_s, QString::number(head.weight), {}, {}, {}, 0};
        // The plan already has what was set; the default of a changed one is not known any more, so empty means default.
        auto* item = new QTreeWidgetItem(m_losses, {head.name, widgets::joinedByDot({kindWord(head.kind), levelWord(head.level)}),
                                                    widgets::formatCount(head.tasks), m_settings.value(loss.path, head.loss),
                                                    m_settings.value(weight.path, QString::number(head.weight))});
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable);
        item->setTextAlignment(TasksColumn, Qt::AlignRight | Qt::AlignVCenter);
        for (const auto& [column, option] : {std::pair(int(LossColumn), loss), std::pair(int(WeightColumn), weight)}) {
            item->setData(column, OptionDelegate::OptionRole, QVariant::fromValue(option));
            item->setData(column, OptionDelegate::ChangedRole, m_settings.contains(option.path));
            item->setToolTip(column, tr("Double click or F2 to change; emptied, the default comes back"));
        }
    }
    m_losses->setCurrentItem(m_losses->topLevelItem(std::max(0, current)), LossColumn);
    m_filling = false;
}

void AdvancedDialog::showPlan(const TrainPlan& plan)
{
    m_status->setRole(widgets::Role::TextSecondary);
    m_status->setText(widgets::joinedByDot({tr("%1 parameters").arg(widgets::formatCount(plan.parameters)),
                                            tr("%1 labels").arg(widgets::formatCount(plan.labels))}));
    fillLosses(plan);
    widgets::CurveSeries series{{}, tr("learning rate"), 0, false, false, plan.epochs, plan.rates};
    m_schedule->setSeries(plan.rates.empty() ? std::vector<widgets::CurveSeries>() : std::vector{series});
}

void AdvancedDialog::showProblem(const QString& text)
{
    if (!text.isEmpty()) {
        m_status->setRole(widgets::Role::Error);
        m_status->setText(text);
    }
}

} // namespace papilio::app
