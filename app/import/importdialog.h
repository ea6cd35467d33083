// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QTimer>

#include "app/engine/engineclient.h"
#include "app/engine/replies.h"
#include "app/services.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace papilio::widgets
{
class ElidedLabel;
class Label;
class MessageBar;
class ProgressPanel;
class ProportionBar;
class SegmentedControl;
}

namespace papilio::app
{

class ColumnsPanel;
class PreviewModel;
class ReadingBar;
class RowsBar;

/// Shows what an import would make of the files, lets the guesses be corrected, and runs it.
class ImportDialog : public QDialog
{
    Q_OBJECT

public:
    /// project: where to; it is made if it is not there. fixed: it is open and cannot be changed.
    ImportDialog(const Services& services, const QStringList& files, const QString& project, bool fixed,
                 QWidget* parent = nullptr);

Q_SIGNALS:
    void imported(const QString& project, const std::vector<papilio::app::ImportReply>& reports);

protected:
    void reject() override;

private:
    QWidget* buildHead(bool fixed);
    QWidget* buildRows();
    QWidget* buildFoot();
    void askPreview();
    void showPreview(const PreviewReply& preview);
    void showPreviewError(const EngineError& error);
    void showCounts(const PreviewReply& preview);
    void showMessages(const PreviewReply& preview);
    void showIncomplete(); ///< a condition on the rows without a value
    void rowsChanged();
    void updateImport();
    void followMessage();
    void startImport();
    void importDone(const QJsonObject& result);
    void importFailed(const EngineError& error);
    QString hintOf(const EngineError& error) const; ///< what can be done about it here
    void setImporting(bool importing);
    QJsonObject choice() const;
    QString fileName() const;

    Services m_services;
    QStringList m_files;
    QString m_project;
    QTimer m_previewTimer;
    qint64 m_previewRequest = 0;
    qint64 m_importRequest = 0;
    bool m_closeWhenStopped = false;
    bool m_usable = false;     ///< the preview found rows
    bool m_importing = false;
    bool m_offersRows = false; ///< the message's link is about rows, not about commas
    PreviewModel* m_model = nullptr;
    ColumnsPanel* m_columns = nullptr;
    ReadingBar* m_reading = nullptr;
    RowsBar* m_rows = nullptr;
    QComboBox* m_file = nullptr;
    QLineEdit* m_dataset = nullptr;
    QPushButton* m_target = nullptr;
    widgets::ElidedLabel* m_facts = nullptr;
    widgets::MessageBar* m_message = nullptr;
    widgets::SegmentedControl* m_filter = nullptr;
    widgets::ProportionBar* m_proportions = nullptr;
    widgets::Label* m_looked = nullptr;
    widgets::ProgressPanel* m_progress = nullptr;
    QTableView* m_table = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_import = nullptr;
};

} // namespace papilio::app
