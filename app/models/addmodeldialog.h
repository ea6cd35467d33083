// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "app/engine/enginemessage.h"
#include "app/engine/modelreplies.h"
#include "app/services.h"

class QLineEdit;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace papilio::widgets
{
class EmptyState;
class Label;
class MessageBar;
class ProgressPanel;
}

namespace papilio::app
{

class ModelCardView;

/// Shows what a file or folder holds, its licence with it, and adds it to the library.
class AddModelDialog : public QDialog
{
    Q_OBJECT

public:
    AddModelDialog(const Services& services, const QString& path, QWidget* parent = nullptr);

Q_SIGNALS:
    void added(const QString& name);

protected:
    void reject() override;

private:
    QWidget* buildFoot();
    void look();
    void take(const ModelInfo& info);
    void add();
    void failed(const EngineError& error);
    void setBusy(bool busy, const QString& what = {});

    Services m_services;
    QString m_path;
    qint64 m_request = 0;
    bool m_looked = false;
    QStackedWidget* m_stack;
    ModelCardView* m_card;
    widgets::EmptyState* m_error;
    widgets::MessageBar* m_message;
    widgets::ProgressPanel* m_progress = nullptr;
    widgets::Label* m_nameLabel = nullptr;
    QLineEdit* m_name = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_add = nullptr;
};

} // namespace papilio::app
