// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cardview.h"
#include "app/datasets/datasetcard.h"

class QVBoxLayout;

namespace papilio::widgets
{
class FactList;
class Label;
}

namespace papilio::app
{

/// What is to know of a data set before it is taken: what is in it, where it comes from, licence, citation, notes.
class DatasetCardView : public CardView
{
    Q_OBJECT

public:
    explicit DatasetCardView(QWidget* parent = nullptr);
    void showCard(const DatasetCard& card, const QStringList& memberTitles);
    /// What happened to it last; empty hides it.
    void showNews(const QStringList& lines);

private:
    widgets::Label* m_title;
    widgets::Label* m_summary;
    widgets::FactList* m_facts;
    QWidget* m_newsBox;
    widgets::Label* m_news;
    QWidget* m_notesBox;
    widgets::Label* m_notes;
    QWidget* m_citationBox;
    widgets::Label* m_citation;
};

} // namespace papilio::app
