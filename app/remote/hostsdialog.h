// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "app/remote/hosts.h"
#include "app/services.h"

class QCheckBox;
class QGridLayout;
class QLineEdit;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace papilio::widgets
{
class EmptyState;
class Label;
class MessageBar;
}

namespace papilio::app
{

/// The hosts that runs can be sent to: add, change, test, remove.
class HostsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit HostsDialog(const Services& services, QWidget* parent = nullptr);
    void select(const QString& name);
    bool isLoading() const;

private:
    QWidget* buildForm();
    QWidget* buildFoot();
    QLineEdit* addLine(QGridLayout* grid, const QString& object, const QString& title, const QString& example, const QString& meaning);
    void fill();
    void showHost(const Host& host);
    Host edited() const;
    void currentChanged();
    void addHost();
    void removeHost();
    void save();
    void test();
    void takeReport(const QJsonObject& report);
    void clearReport();
    void formEdited();
    void addCheck(const QString& check, bool good, const QString& text, const QString& hint);
    void updateButtons();

    Services m_services;
    QString m_current; ///< name of the shown host as it is kept; empty = a new one
    QString m_wanted;  ///< selected when the list has come
    Host m_shown;      ///< what the form said before anything was typed
    Host m_sent;       ///< to be kept, by save()
    bool m_isNew = false;
    qint64 m_request = 0;
    QListWidget* m_list;
    QStackedWidget* m_stack;
    widgets::EmptyState* m_empty;
    widgets::MessageBar* m_message;
    QLineEdit* m_name = nullptr;
    QLineEdit* m_destination = nullptr;
    QLineEdit* m_sshArguments = nullptr;
    QLineEdit* m_engine = nullptr;
    QLineEdit* m_folder = nullptr;
    QLineEdit* m_launch = nullptr;
    QCheckBox* m_keepFiles = nullptr;
    QPushButton* m_test = nullptr;
    QPushButton* m_save = nullptr;
    QPushButton* m_remove = nullptr;
    widgets::Label* m_testing = nullptr;
    QGridLayout* m_checks = nullptr;
};

} // namespace papilio::app
