// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/services.h"

class QListView;
class QToolButton;

namespace papilio::widgets
{
class Label;
class SectionHeader;
}

namespace papilio::app
{

class ResultModel;
struct EngineError;
struct SearchResult;

/// Asks the engine for what a text finds in the project and lists it while it arrives. What is found first is chosen, as
/// long as no person has chosen another.
class ResultsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ResultsPanel(const Services& services, QWidget* parent = nullptr);

    /// 'kind' as in PROTOCOL.md: auto, smarts, similar.
    void search(const QString& text, const QString& kind, double least);
    void stop();  ///< what was found stays
    void clear();
    bool isSearching() const { return m_request != 0; }
    int count() const;
    const SearchResult* current() const;
    void step(int by); ///< to the next or previous result

Q_SIGNALS:
    void chosen(const QString& smiles); ///< by a person
    void arrived();                     ///< the first results of a search are there
    void finished();
    void failed(const EngineError& error);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void read(const QJsonObject& hits);
    void showRemark(const QString& remark);
    void copyAll() const;

    Services m_services;
    ResultModel* m_model;
    QListView* m_list;
    widgets::SectionHeader* m_header;
    widgets::Label* m_note;
    QToolButton* m_stop;
    qint64 m_request = 0;
};

} // namespace papilio::app
