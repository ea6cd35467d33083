// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QWidget>

#include "app/engine/replies.h"

class QAction;
class QComboBox;
class QLineEdit;
class QStackedWidget;
class QTableView;

namespace papilio::widgets
{
class Label;
}

namespace papilio::app
{

class PredictionFilter;
class PredictionModel;

/// Predictions of a model of many tasks: searched by text, filtered by head, sorted; never a wall of raw scores.
class PredictionPanel : public QWidget
{
    Q_OBJECT

public:
    explicit PredictionPanel(QWidget* parent = nullptr);
    void show(const std::vector<TaskValues>& predictions);
    void select(const QString& head, const QString& task); ///< emits nothing
    int firstTask() const; ///< place of the uppermost one in what was shown; −1 if there is none
    void focusSearch();
    PredictionModel* model() const { return m_model; }

Q_SIGNALS:
    void taskChosen(const QString& head, const QString& task);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildBar();
    void buildTable();
    void addActions();
    void fillHeads();
    void chooseHead();
    int defaultColumn() const;
    void sortByDefault();
    void updateColumns();
    void updateCount();
    void filtered(const std::function<void()>& change);
    std::vector<int> visibleRows() const;
    std::vector<int> selectedRows() const; ///< all visible ones if fewer than two are selected
    void copy();
    void exportCsv();
    void tell(const QString& text);

    PredictionModel* m_model;
    PredictionFilter* m_filter;
    bool m_sortedByPerson = false;
    QString m_chosenHead, m_chosenTask;
    QLineEdit* m_search = nullptr;
    QComboBox* m_head = nullptr;
    widgets::Label* m_count = nullptr;
    QTableView* m_table = nullptr;
    QStackedWidget* m_stack = nullptr;
};

} // namespace papilio::app
