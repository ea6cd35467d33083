// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/replies.h"
#include "widgets/labels.h"

class QComboBox;
class QGridLayout;
class QStackedWidget;

namespace papilio::app
{

/// What to explain; head empty = nothing can be.
struct ExplainQuestion {
    QString head, task, kind, method;
    int classIndex = -1;
    bool operator==(const ExplainQuestion&) const = default;
};

/// Predictions are offered in a list up to this many; more are chosen in their table.
inline constexpr std::size_t fewTasks = 60;

/// Chooses what is painted over a molecule: parts of a prediction, or values predicted per atom or bond.
class OverlayBar : public widgets::Pane
{
    Q_OBJECT

public:
    enum class Mode { Attribution, Values };

    explicit OverlayBar(QWidget* parent = nullptr);
    void setPredictions(const std::vector<TaskValues>& predictions); ///< what was chosen stays where it can
    /// A prediction by head and task; per-atom ones are painted, others explained. False if there is none.
    bool select(const QString& head, const QString& task);
    bool selectOfDataset(const QString& dataset, const QString& task);
    void explain(int prediction) { choose(prediction); } ///< by its place; emits nothing
    const TaskValues* explained() const;                 ///< what is explained, or would be; null if nothing is
    bool hasChoice() const { return !m_predictions.empty(); }
    bool hasExplained() const { return m_explained >= 0; }
    Mode mode() const { return m_mode; }
    ExplainQuestion question() const; ///< empty in the other mode
    const TaskValues* values() const; ///< null in the other mode
    bool showsBonds() const;          ///< attribution of bonds instead of atoms
    void setBondsPossible(bool possible);

Q_SIGNALS:
    void questionChanged();
    void displayChanged(); ///< the same answer, painted otherwise

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildWhat();
    QWidget* buildHow();
    QWidget* buildValues();
    void arrange(); ///< in one line or two
    void setMode(Mode mode);
    void fillTasks();
    void fillValues();
    void choose(int prediction);
    void updateClasses();

    std::vector<TaskValues> m_predictions;
    std::vector<int> m_drawable; ///< places of those per atom or bond
    int m_explained = -1;        ///< place of the prediction; −1 = none
    Mode m_mode = Mode::Attribution;
    widgets::SegmentedControl* m_modes;
    widgets::Label* m_explain = nullptr;
    QGridLayout* m_grid;
    QStackedWidget* m_what; ///< the task that is explained, or the values that are painted
    QWidget* m_how;         ///< class, method, parts
    QComboBox* m_task = nullptr;
    widgets::ElidedLabel* m_taskName = nullptr;
    QComboBox* m_class = nullptr;
    QComboBox* m_method = nullptr;
    widgets::SegmentedControl* m_parts = nullptr;
    QComboBox* m_column = nullptr;
    widgets::Label* m_unit = nullptr;
};

} // namespace papilio::app
