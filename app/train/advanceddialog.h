// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QMap>

#include "app/train/trainoptions.h"

class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QTreeWidget;
class QTreeWidgetItem;

namespace papilio::widgets
{
class CurvePlot;
class Label;
}

namespace papilio::app
{

/// Every setting of a training, searched by its name or meaning; loss and weight of each head; the learning rate as a curve.
/// Only what differs from its default becomes part of the recipe.
class AdvancedDialog : public QDialog
{
    Q_OBJECT

public:
    AdvancedDialog(const std::vector<TrainOption>& options, const QMap<QString, QString>& settings, QWidget* parent = nullptr);
    void setOptions(const std::vector<TrainOption>& options); ///< others, after a choice; the place in the list stays
    void showPlan(const TrainPlan& plan);
    void showProblem(const QString& text);

Q_SIGNALS:
    /// Empty value: back to the default.
    void settingChanged(const QString& key, const QString& value);

private:
    QWidget* buildHead();
    QWidget* buildSettings();
    QWidget* buildMeaning();
    QWidget* buildLosses();
    QWidget* buildFoot();
    void fillSettings();
    void fillLosses(const TrainPlan& plan);
    void filter(const QString& text);
    void edited(QTreeWidgetItem* item, int column);
    void set(const QString& key, const QString& value, const QString& normal);
    void mark(QTreeWidgetItem* item, const QString& normal);
    void showMeaning();
    void resetCurrent();
    void resetAll();
    void updateCount();
    QString shown(const TrainOption& option) const { return m_settings.value(option.path, option.normal); }

    std::vector<TrainOption> m_options;
    QMap<QString, QString> m_settings;
    bool m_filling = false;
    QTabBar* m_tabs = nullptr;
    QStackedWidget* m_pages = nullptr;
    QLineEdit* m_search = nullptr;
    QTreeWidget* m_tree = nullptr;
    QTreeWidget* m_losses = nullptr;
    widgets::Label* m_name = nullptr;
    widgets::Label* m_meaning = nullptr;
    widgets::Label* m_range = nullptr;
    QPushButton* m_reset = nullptr;
    widgets::CurvePlot* m_schedule = nullptr;
    widgets::Label* m_status = nullptr;
    QPushButton* m_resetAll = nullptr;
};

} // namespace papilio::app
