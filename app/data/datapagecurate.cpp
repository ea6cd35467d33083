// SPDX-License-Identifier: GPL-3.0-or-later
// What the data page does with a dataset as a whole: its rows, its recipe, its menu.
#include <QMenu>
#include <QTabBar>

#include "app/curation/curationdialog.h"
#include "app/data/datapage.h"
#include "app/data/rowsview.h"
#include "app/workspace/workspace.h"
#include "widgets/messagebar.h"
#include "widgets/tasktree.h"

namespace papilio::app
{

using widgets::MessageBar;
using widgets::TaskTreeModel;

void DataPage::connectRows()
{
    connect(m_rows, &RowsView::lookupRequested, this, &DataPage::lookupRequested);
    connect(m_rows, &RowsView::curateRequested, this, &DataPage::curate);
    connect(m_rows, &RowsView::exported, this, [this](const QString& strong, const QString& text, bool failed) {
        m_message->setProperty("key", QString());
        showMessage(static_cast<int>(failed ? MessageBar::Kind::Error : MessageBar::Kind::Success), strong, text, {});
    });
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &DataPage::showTreeMenu);
}

void DataPage::showTreeMenu(const QPoint& position)
{
    QModelIndex index = m_tree->indexAt(position);
    while (index.isValid() && index.data(TaskTreeModel::KindRole).toInt() != TaskTreeModel::DatasetNode) {
        index = index.parent();
    }
    if (!index.isValid()) {
        return;
    }
    const qint64 dataset = index.siblingAtColumn(0).data(TaskTreeModel::IdRole).toLongLong();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Curate…"), this, [this, dataset] { curate(dataset); });
    menu->addAction(tr("Show rows"), this, [this, dataset] {
        m_rows->showDataset(dataset);
        showTab(RowsTab);
    });
    menu->popup(m_tree->viewport()->mapToGlobal(position));
}

void DataPage::curate(qint64 dataset)
{
    const auto* record = m_snapshot->dataset(dataset);
    if (!record) {
        return;
    }
    auto* dialog = new CurationDialog(m_services, dataset, QString::fromStdString(record->name), this);
    connect(dialog, &CurationDialog::rowRequested, this, [this, path = m_services.workspace->path()](qint64 owner, qint64 row) {
        if (path != m_services.workspace->path()) { // another project was opened meanwhile
            return;
        }
        showTab(RowsTab);
        m_rows->goToRow(owner, row);
    });
    connect(dialog, &CurationDialog::applied, m_services.workspace, &Workspace::refresh);
    connect(dialog, &QDialog::finished, m_services.workspace, &Workspace::refresh); // a stopped one may have left its part
    dialog->show();
}

} // namespace papilio::app
