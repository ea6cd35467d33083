// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/services.h"
#include "store/datasets.h"

class QPushButton;
class QTableWidget;

namespace papilio::widgets
{
class Label;
class MoleculeView;
}

namespace papilio::app
{

/// One input row in full: what became of it, its cells as they were read, and the molecule it is.
class RowPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RowPanel(const Services& services, QWidget* parent = nullptr);
    void showRow(qint64 dataset, qint64 row); ///< reads it
    qint64 row() const { return m_row; }
    bool isLoading() const { return m_loading; }

Q_SIGNALS:
    void closeRequested();
    void lookupRequested(const QString& smiles);

public:
    /// All that is shown of a row.
    struct Detail {
        store::RowRecord record;
        std::string smiles;               ///< empty if rejected
        std::vector<std::string> columns; ///< empty: the project does not have the rows as read
        std::vector<std::string> cells;
        int structure = -1;               ///< column
        std::string missing;              ///< why there are no cells
    };

private:
    void display(const Detail& detail);
    void fillCells(const Detail& detail);
    void draw();

    Services m_services;
    qint64 m_row = -1;
    bool m_loading = false;
    QString m_smiles;
    widgets::Label* m_title = nullptr;
    widgets::Label* m_reason = nullptr;
    widgets::MoleculeView* m_molecule = nullptr;
    QPushButton* m_lookup = nullptr;
    QTableWidget* m_cells = nullptr;
    widgets::Label* m_missing = nullptr;
};

} // namespace papilio::app
