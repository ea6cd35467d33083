// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QAbstractListModel>
#include <QHash>
#include <QJsonArray>
#include <QStyledItemDelegate>

#include "app/services.h"

namespace papilio::app
{

/// A result of `molecules.search`.
struct SearchResult {
    QString reason, smiles, dataset, name, column;
    qint64 molecule = 0, row = -1, labels = 0;
    double similarity = -1; ///< −1 = not asked for

    /// What to call it: its name, or "Tox21 row 17".
    QString title() const;
    QString titleEnd() const; ///< " row 17" where it has no name
};
SearchResult searchResultFrom(const QJsonObject& object);

/// The results of a search as they arrive, under a heading for each reason why they are there.
class ResultModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum DataRole { SmilesRole = Qt::UserRole + 1, HeadingRole, TitleEndRole }; ///< TitleEndRole: what of the title is never cut
    explicit ResultModel(const Services& services, QObject* parent = nullptr);

    void clear();
    void add(const QJsonArray& hits);
    int resultCount() const { return m_results; }
    const SearchResult* result(int row) const; ///< null for a heading
    int firstResult() const;                   ///< row; −1 = none
    QString toTsv() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Line {
        SearchResult result;
        bool heading = false;
        int count = 0; ///< of a heading: results below it
    };
    void countTasks();
    QString headingText(const Line& line) const;
    QString detailText(const SearchResult& result) const;

    Services m_services;
    std::vector<Line> m_lines;
    QHash<QString, qint64> m_tasks; ///< by dataset
    int m_results = 0;
};

/// Drawing at the left, title and two lines at the right.
class ResultDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit ResultDelegate(const Services& services, QObject* parent = nullptr);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintHeading(QPainter* painter, const QRect& rect, const QString& text) const;
    Services m_services;
};

} // namespace papilio::app
