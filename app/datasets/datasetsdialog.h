// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include <QDialog>

#include "app/datasets/datasetcard.h"
#include "app/engine/enginemessage.h"
#include "app/engine/replies.h"
#include "app/services.h"

class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace papilio::widgets
{
class EmptyState;
class MessageBar;
class ProgressPanel;
}

namespace papilio::app
{

class DatasetCardView;
class DatasetList;

/// The data sets of the field: a card for each; from a folder or downloaded, into the open project or a new one. Nothing
/// is fetched before its button is pressed.
class DatasetsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit DatasetsDialog(const Services& services, QWidget* parent = nullptr);
    bool isLoading() const { return m_listing != 0; }
    void select(const QString& name);
    /// Takes the chosen one from a folder.
    void takeFolder(const QString& folder);

Q_SIGNALS:
    void imported(const QString& project, const std::vector<papilio::app::ImportReply>& reports);
    void modelAdded(const QString& name);

protected:
    void reject() override;

private:
    QWidget* buildFoot();
    void ask();
    void showCurrent();
    void chooseFolder();
    void download();
    /// The open project, or one that is asked for.
    void withProject(const DatasetCard& card, const std::function<void(const QString& project)>& then);
    void get(const DatasetCard& card, const QString& project, const QString& folder);
    void take(const QString& project, const std::vector<DatasetOutcome>& outcomes);
    void failed(const EngineError& error);
    void setBusy(bool busy, const QString& what = {});

    Services m_services;
    qint64 m_listing = 0, m_request = 0;
    QString m_listError; ///< why there is no list
    QString m_wanted;
    QString m_newsOf; ///< the set that was taken last
    QStringList m_news;
    DatasetList* m_list;
    DatasetCardView* m_card;
    QStackedWidget* m_stack;
    widgets::EmptyState* m_error;
    widgets::MessageBar* m_message;
    widgets::ProgressPanel* m_progress = nullptr;
    QLineEdit* m_filter = nullptr;
    QPushButton* m_folder = nullptr;
    QPushButton* m_get = nullptr;
    QPushButton* m_close = nullptr;
};

} // namespace papilio::app
