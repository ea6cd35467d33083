// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/page.h"
#include "app/services.h"

class QPushButton;
class QVBoxLayout;

namespace papilio::widgets
{
class MessageBar;
class ProgressPanel;
}

namespace papilio::app
{

class CutOffNotice;
class RecentList;
class SampleCreator;

/// What stands in the window while no project is open.
class WelcomePage : public Page
{
    Q_OBJECT

public:
    explicit WelcomePage(const Services& services, QWidget* parent = nullptr);
    bool isLoading() const override;
    void startSample();
    /// A project whose file could not be opened, and why.
    void showProblem(const QString& strong, const QString& text);

Q_SIGNALS:
    void newRequested();
    void openRequested();
    void projectChosen(const QString& path);
    void locateRequested(const QString& path);
    void chooseFilesRequested();
    void datasetsRequested();
    void filesDropped(const QStringList& files);
    void lookupRequested(const QString& smiles);
    void sampleReady(const QString& path);
    void goOnRequested(const QString& project, qint64 run);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildLeft();
    QWidget* buildRight();
    QWidget* buildSample();
    QWidget* buildLookup();

    Services m_services;
    SampleCreator* m_sample;
    RecentList* m_recent = nullptr;
    CutOffNotice* m_cutOff = nullptr;
    widgets::MessageBar* m_message = nullptr;
    widgets::ProgressPanel* m_progress = nullptr;
    QPushButton* m_sampleButton = nullptr;
};

} // namespace papilio::app
