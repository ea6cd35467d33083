// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/data/rowpanel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPushButton>
#include <QTableWidget>
#include <QToolButton>

#include "app/engine/depictionservice.h"
#include "app/statusmark.h"
#include "app/themedicon.h"
#include "app/workspace/workspace.h"
#include "store/molecules.h"
#include "store/source.h"
#include "widgets/format.h"
#include "widgets/labels.h"
#include "widgets/moleculeview.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Label;
using widgets::Role;
using widgets::TextStyle;

namespace
{

constexpr qsizetype longestShown = 2000; // a mol block of a large molecule; the tool tip and the clipboard have it all

Result<RowPanel::Detail> readDetail(store::Project& project, qint64 dataset, qint64 row)
{
    RowPanel::Detail detail;
    const auto page = store::Datasets(project).rowPage(dataset, std::nullopt, row, 1);
    if (!page) {
        return tl::unexpected<Error>(page.error());
    }
    if (page->empty()) {
        return fail(ErrorCode::NotFound, "There is no row " + std::to_string(row) + " in this dataset.");
    }
    detail.record = page->front();
    if (detail.record.molecule != 0) {
        const auto smiles = store::Molecules(project).smilesOf({detail.record.molecule});
        detail.smiles = smiles && !smiles->empty() ? smiles->front() : std::string();
    }
    const store::SourceRows source(project);
    auto columns = source.columns(dataset);
    auto cells = source.row(dataset, row);
    if (!columns || !cells) {
        detail.missing = (columns ? cells.error() : columns.error()).text();
        return detail;
    }
    detail.columns = std::move(*columns);
    detail.cells = std::move(*cells).value_or(std::vector<std::string>());
    const auto plan = source.plan(dataset);
    const auto object = QJsonDocument::fromJson(QByteArray::fromStdString(plan.value_or("{}"))).object();
    detail.structure = object["structure"_L1].toInt(-1);
    return detail;
}

} // namespace

RowPanel::RowPanel(const Services& services, QWidget* parent) : QWidget(parent), m_services(services)
{
    setObjectName(u"rowPanel"_s);
    widgets::setBackground(this, Role::Surface);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 8, 8, 0);
    m_title = new Label({}, TextStyle::BodyStrong);
    m_title->setObjectName(u"rowTitle"_s);
    auto* close = new QToolButton;
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Close the row"));
    close->setToolTip(tr("Close the row"));
    setThemedIcon(close, u"close"_s);
    connect(close, &QToolButton::clicked, this, &RowPanel::closeRequested);
    head->addWidget(m_title, 1);
    head->addWidget(close);
    layout->addLayout(head);
    m_reason = new Label({}, TextStyle::Caption, Role::TextSecondary);
    m_reason->setObjectName(u"rowReason"_s);
    m_reason->setWordWrap(true);
    m_reason->setContentsMargins(12, 0, 12, 8);
    m_reason->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_reason);
    m_molecule = new widgets::MoleculeView;
    m_molecule->setMaximumHeight(150);
    m_molecule->setMinimumHeight(110);
    m_molecule->setMaximumScale(28);
    m_molecule->setEmptyText({});
    layout->addWidget(m_molecule);
    m_lookup = new QPushButton(tr("Look up"));
    m_lookup->setObjectName(u"rowLookup"_s);
    auto* action = new QHBoxLayout;
    action->setContentsMargins(12, 4, 12, 12);
    action->addWidget(m_lookup);
    action->addStretch(1);
    layout->addLayout(action);
    connect(m_lookup, &QPushButton::clicked, this, [this] { Q_EMIT lookupRequested(m_smiles); });
    layout->addWidget(new widgets::Hairline);
    m_missing = new Label({}, TextStyle::Body, Role::TextSecondary);
    m_missing->setWordWrap(true);
    m_missing->setContentsMargins(12, 12, 12, 12);
    layout->addWidget(m_missing);
    m_cells = new QTableWidget(0, 2);
    m_cells->setObjectName(u"rowCells"_s);
    m_cells->setAccessibleName(tr("Cells of the row as they were read"));
    m_cells->setFrameShape(QFrame::NoFrame);
    m_cells->setShowGrid(false);
    m_cells->setWordWrap(false);
    m_cells->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_cells->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_cells->setHorizontalHeaderLabels({tr("Column"), tr("As read")});
    m_cells->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_cells->horizontalHeader()->setStretchLastSection(true);
    m_cells->horizontalHeader()->resizeSection(0, 120);
    m_cells->verticalHeader()->hide();
    m_cells->verticalHeader()->setDefaultSectionSize(widgets::Theme::current().metrics().tableRow);
    auto* copy = new QAction(tr("Copy cell"), m_cells);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, [this] {
        if (const auto* item = m_cells->item(m_cells->currentRow(), 1)) {
            QGuiApplication::clipboard()->setText(item->data(Qt::UserRole).toString());
        }
    });
    m_cells->addAction(copy);
    m_cells->setContextMenuPolicy(Qt::ActionsContextMenu);
    layout->addWidget(m_cells, 1);
    connect(m_services.depictions, &DepictionService::arrived, this, &RowPanel::draw);
}

void RowPanel::showRow(qint64 dataset, qint64 row)
{
    m_row = row;
    m_loading = true;
    m_services.workspace->reader().read<Detail>(
        u"row detail"_s, this,
        [dataset, row](store::Project& project, const auto&) { return readDetail(project, dataset, row); },
        [this](const Result<Detail>& detail) {
            m_loading = false;
            if (detail) {
                display(*detail);
            } else {
                Detail none;
                none.record.row = m_row;
                none.missing = detail.error().text();
                display(none);
            }
        });
}

void RowPanel::display(const Detail& detail)
{
    const std::string_view name = store::rowStatusName(detail.record.status);
    const QString status = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    const QString reason = QString::fromStdString(detail.record.reason);
    const QString word = statusText(status, reason);
    m_title->setText(widgets::joinedByDot({tr("Row %1").arg(widgets::formatCount(detail.record.row)), word}));
    m_reason->setText(reasonText(status, reason));
    m_reason->setVisible(!detail.record.reason.empty());
    m_smiles = QString::fromStdString(detail.smiles);
    m_molecule->setVisible(!m_smiles.isEmpty());
    m_lookup->setVisible(!m_smiles.isEmpty());
    m_molecule->clear();
    draw();
    m_missing->setText(QString::fromStdString(detail.missing));
    m_missing->setVisible(!detail.missing.empty());
    m_cells->setVisible(detail.missing.empty());
    fillCells(detail);
}

void RowPanel::fillCells(const Detail& detail)
{
    m_cells->setRowCount(static_cast<int>(detail.columns.size()));
    for (int i = 0; i < m_cells->rowCount(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        const QString cell = at < detail.cells.size() ? QString::fromStdString(detail.cells[at]) : QString();
        auto* name = new QTableWidgetItem(QString::fromStdString(detail.columns[at]));
        auto* value = new QTableWidgetItem(cell.left(longestShown).simplified());
        value->setData(Qt::UserRole, cell);
        value->setToolTip(cell.left(longestShown));
        name->setToolTip(i == detail.structure ? tr("The structure is in this column") : name->text());
        if (i == detail.structure) {
            QFont strong = m_cells->font();
            strong.setBold(true);
            name->setFont(strong);
            value->setFont(strong);
        }
        m_cells->setItem(i, 0, name);
        m_cells->setItem(i, 1, value);
    }
    if (detail.structure >= 0 && detail.structure < m_cells->rowCount()) {
        m_cells->scrollToItem(m_cells->item(detail.structure, 0), QAbstractItemView::PositionAtCenter);
    }
}

void RowPanel::draw()
{
    if (!m_smiles.isEmpty() && m_molecule->smiles() != m_smiles) {
        if (const auto* depiction = m_services.depictions->find(m_smiles)) {
            m_molecule->setMolecule(*depiction, m_smiles);
        }
    }
}

} // namespace papilio::app
