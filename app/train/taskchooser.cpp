// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/taskchooser.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "app/data/treedata.h"
#include "app/workspace/workspace.h"
#include "widgets/labels.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

TaskChooser::TaskChooser(const Services& services, QWidget* parent) : QDialog(parent), m_services(services)
{
    setObjectName(u"taskChooser"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Tasks of the next run"));
    resize(440, 620);
    auto* filter = new QLineEdit;
    filter->setObjectName(u"chooserFilter"_s);
    filter->setAccessibleName(tr("Filter tasks"));
    filter->setPlaceholderText(tr("Filter tasks"));
    filter->setClearButtonEnabled(true);
    m_tree = new widgets::TaskTreeView;
    m_tree->setObjectName(u"chooserTree"_s);
    m_tree->setAccessibleName(tr("Tasks; checked ones are trained on"));
    m_tree->taskModel()->setDatasets(treeDatasets(services.workspace->project()));
    QSet<qint64> checked;
    for (const auto& record : services.workspace->project().tasks) {
        if (services.workspace->isChecked(record.task.id)) {
            checked.insert(record.task.id);
        }
    }
    m_tree->taskModel()->setCheckedTasks(checked);
    m_tree->expandAll();
    connect(filter, &QLineEdit::textChanged, m_tree, &widgets::TaskTreeView::setFilterText);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    widgets::setVariant(buttons->button(QDialogButtonBox::Ok), widgets::Variant::Primary);
    connect(buttons, &QDialogButtonBox::accepted, this, &TaskChooser::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &TaskChooser::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(filter);
    layout->addWidget(m_tree, 1);
    layout->addWidget(buttons);
}

void TaskChooser::accept()
{
    const auto checked = m_tree->taskModel()->checkedTasks();
    QSet<qint64> unchecked;
    for (const auto& record : m_services.workspace->project().tasks) {
        if (!checked.contains(record.task.id)) {
            unchecked.insert(record.task.id);
        }
    }
    m_services.workspace->setUnchecked(unchecked);
    QDialog::accept();
}

} // namespace papilio::app
