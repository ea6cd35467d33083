// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QDialog>

#include "app/curation/curationreply.h"
#include "app/engine/enginemessage.h"
#include "app/services.h"

class QCheckBox;
class QComboBox;
class QPushButton;
class QTabBar;
class QStackedWidget;
class QTableWidget;
class QTreeWidget;

namespace papilio::widgets
{
class Label;
class MessageBar;
class ProgressPanel;
}

namespace papilio::app
{

/// Chooses the recipe of a dataset: what it would change is counted first, then it can be applied. Another recipe takes
/// its place at any time; "as imported" undoes it. Contradicting labels are listed.
class CurationDialog : public QDialog
{
    Q_OBJECT

public:
    CurationDialog(const Services& services, qint64 dataset, const QString& name, QWidget* parent = nullptr);

Q_SIGNALS:
    void applied(const QString& strong, const QString& text);
    void rowRequested(qint64 dataset, qint64 row);

protected:
    void reject() override;

private:
    enum class Step { Idle, Previewing, Applying };
    QWidget* buildRecipe();
    QWidget* buildResults();
    QWidget* buildFoot();
    QWidget* buildConflicts();
    CurationRecipe recipe() const;
    void setRecipe(const CurationRecipe& recipe);
    void askState();
    void askConflicts();
    void start(Step step);
    void finished(Step step, const CurationReply& reply);
    void failed(const EngineError& error);
    void showCounts(const CurationReply& reply, bool preview);
    void showExamples(const CurationReply& reply);
    void showConflicts(const ConflictReply& reply);
    void saveConflicts();
    void update();

    Services m_services;
    QString m_path; ///< of the project: another one may be opened while the dialog is there
    qint64 m_dataset;
    QString m_name;
    Step m_step = Step::Idle;
    qint64 m_request = 0;
    bool m_isKnown = false; ///< whether the recipe in use was told
    CurationRecipe m_inUse;
    std::optional<CurationRecipe> m_previewed;
    QCheckBox* m_salts = nullptr;
    QCheckBox* m_neutralise = nullptr;
    QCheckBox* m_tautomers = nullptr;
    QCheckBox* m_stereo = nullptr;
    QComboBox* m_duplicates = nullptr;
    widgets::Label* m_meaning = nullptr;
    widgets::Label* m_state = nullptr;
    QPushButton* m_reset = nullptr;
    QWidget* m_form = nullptr;
    QTabBar* m_tabs = nullptr;
    QStackedWidget* m_views = nullptr;
    QTableWidget* m_counts = nullptr;
    QTableWidget* m_examples = nullptr;
    QTreeWidget* m_conflicts = nullptr;
    QPushButton* m_saveConflicts = nullptr;
    widgets::Label* m_conflictCount = nullptr;
    widgets::MessageBar* m_message = nullptr;
    widgets::ProgressPanel* m_progress = nullptr;
    QPushButton* m_close = nullptr;
    QPushButton* m_preview = nullptr;
    QPushButton* m_apply = nullptr;
};

} // namespace papilio::app
