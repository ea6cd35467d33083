// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "app/models/modelsource.h"
#include "app/services.h"

class QPushButton;
class QStackedWidget;

namespace papilio::widgets
{
class EmptyState;
class MessageBar;
}

namespace papilio::app
{

class ModelCardView;
class ModelList;

/// The library of models and the open project's runs: a card for each, what is added and removed, and what they are for.
class ModelsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ModelsDialog(const Services& services, QWidget* parent = nullptr);
    void addFiles(const QStringList& paths); ///< one after another
    void select(const ModelSource& source);
    bool isLoading() const;

Q_SIGNALS:
    void lookupRequested(const papilio::app::ModelSource& source);

private:
    QWidget* buildFoot();
    void chooseFile();
    void chooseFolder();
    void addNext();
    void showCurrent();
    void askInfo(const ModelSource& source);
    void confirmRemoval();
    void exportFingerprints();
    void libraryChanged();

    Services m_services;
    QStringList m_toAdd;
    ModelSource m_wanted;
    qint64 m_infoRequest = 0;
    ModelList* m_list;
    ModelCardView* m_card;
    QStackedWidget* m_stack;
    widgets::EmptyState* m_empty;
    widgets::EmptyState* m_none;
    widgets::MessageBar* m_message;
    QPushButton* m_add = nullptr;
    QPushButton* m_remove = nullptr;
    QPushButton* m_fingerprints = nullptr;
    QPushButton* m_use = nullptr;
};

} // namespace papilio::app
