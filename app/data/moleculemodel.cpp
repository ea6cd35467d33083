// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/data/moleculemodel.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

#include "app/engine/depictionservice.h"
#include "app/format.h"
#include "app/workspace/workspace.h"
#include "store/molecules.h"
#include "widgets/format.h"
#include "widgets/theme.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Role;
using widgets::TextStyle;
using widgets::Theme;

namespace
{

constexpr int pageSize = 48;

} // namespace

MoleculeModel::MoleculeModel(const Services& services, QObject* parent) : QAbstractListModel(parent), m_services(services)
{
    connect(services.depictions, &DepictionService::arrived, this, [this] {
        if (!m_molecules.empty()) {
            Q_EMIT dataChanged(index(0), index(rowCount() - 1), {Qt::DecorationRole});
        }
    });
}

void MoleculeModel::setTask(const TaskView& view, const QString& name, const QString& kind, const QString& unit)
{
    beginResetModel();
    m_molecules = view.molecules;
    m_smiles.clear();
    m_asked.clear();
    ++m_generation;
    m_name = name;
    m_kind = kind;
    m_unit = unit;
    endResetModel();
}

void MoleculeModel::clear()
{
    setTask({}, {}, {}, {});
}

int MoleculeModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_molecules.size());
}

QVariant MoleculeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const auto& molecule = m_molecules[static_cast<std::size_t>(index.row())];
    switch (role) {
    case IdRole:
        return QVariant::fromValue<qint64>(molecule.id);
    case SmilesRole:
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole: {
        const auto found = m_smiles.constFind(index.row());
        if (found == m_smiles.constEnd()) {
            const_cast<MoleculeModel*>(this)->askPage(index.row() / pageSize); // reading ahead changes no data
            return {};
        }
        return found.value();
    }
    case ValueTextRole:
        return labelText(molecule.value, m_kind);
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return u"%1 %2 %3"_s.arg(m_name, labelText(molecule.value, m_kind), m_unit).trimmed();
    default:
        return {};
    }
}

void MoleculeModel::askPage(int page)
{
    if (m_asked.contains(page)) {
        return;
    }
    m_asked.insert(page);
    std::vector<std::int64_t> ids;
    const int first = page * pageSize;
    for (int row = first; row < std::min(first + pageSize, rowCount()); ++row) {
        ids.push_back(m_molecules[static_cast<std::size_t>(row)].id);
    }
    m_services.workspace->reader().read<std::vector<std::string>>(
        u"strip %1"_s.arg(page), this,
        [ids](store::Project& project, const auto&) { return store::Molecules(project).smilesOf(ids); },
        [this, page, first, generation = m_generation](const Result<std::vector<std::string>>& answer) {
            if (generation != m_generation) {
                return;
            }
            m_asked.remove(page);
            if (!answer) {
                return;
            }
            for (std::size_t i = 0; i < answer->size(); ++i) {
                m_smiles.insert(first + static_cast<int>(i), QString::fromStdString((*answer)[i]));
            }
            Q_EMIT dataChanged(index(first), index(first + static_cast<int>(answer->size()) - 1));
        });
}

MoleculeDelegate::MoleculeDelegate(const Services& services, QSize cell, QObject* parent)
    : QStyledItemDelegate(parent), m_services(services), m_cell(cell)
{
}

QSize MoleculeDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return m_cell;
}

void MoleculeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = Theme::current();
    const QRect rect = option.rect;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected) {
        const bool active = option.state.testFlag(QStyle::State_Active) && option.state.testFlag(QStyle::State_HasFocus);
        painter->fillRect(rect, theme.color(active ? Role::Selection : Role::SelectionInactive));
    } else if (option.state.testFlag(QStyle::State_MouseOver)) {
        painter->fillRect(rect, theme.color(Role::Hover));
    }
    painter->fillRect(rect.right(), rect.top(), 1, rect.height(), theme.color(Role::Hairline));
    const QRectF drawing = QRectF(rect).adjusted(6, 6, -6, -24);
    const QString smiles = index.data(MoleculeModel::SmilesRole).toString();
    if (const widgets::Depiction2D* depiction = m_services.depictions->find(smiles)) {
        widgets::paintDepiction(painter, drawing, *depiction, nullptr, 20);
    } else {
        const QString error = m_services.depictions->error(smiles);
        painter->setFont(theme.font(TextStyle::Caption));
        painter->setPen(theme.color(Role::TextTertiary));
        painter->drawText(drawing, Qt::AlignCenter | Qt::TextWordWrap, error.isEmpty() ? u"…"_s : tr("no drawing"));
    }
    painter->setFont(theme.font(TextStyle::Caption));
    painter->setPen(theme.color(Role::Text));
    widgets::drawNumber(painter, QRectF(rect.left() + 4, rect.bottom() - 22, rect.width() - 8, 18),
                        index.data(MoleculeModel::ValueTextRole).toString(), Qt::AlignHCenter | Qt::AlignVCenter);
}

MoleculeList::MoleculeList(const Services& services, MoleculeModel* model, bool strip, QWidget* parent)
    : QListView(parent), m_strip(strip)
{
    setModel(model);
    setItemDelegate(new MoleculeDelegate(services, strip ? QSize(124, 132) : QSize(148, 152), this));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setMouseTracking(true);
    setViewMode(QListView::IconMode);
    setMovement(QListView::Static);
    setFlow(QListView::LeftToRight);
    setWrapping(!strip);
    setResizeMode(strip ? QListView::Fixed : QListView::Adjust);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setLayoutMode(QListView::Batched);
    setBatchSize(500);
    if (strip) {
        setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    }
    connect(this, &QListView::doubleClicked, this, [this](const QModelIndex& index) {
        Q_EMIT lookupRequested(index.data(MoleculeModel::SmilesRole).toString());
    });
}

void MoleculeList::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySmiles();
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT lookupRequested(currentIndex().data(MoleculeModel::SmilesRole).toString());
    } else {
        QListView::keyPressEvent(event);
    }
}

void MoleculeList::contextMenuEvent(QContextMenuEvent* event)
{
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid()) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Look up"), this, [this, smiles = index.data(MoleculeModel::SmilesRole).toString()] {
        Q_EMIT lookupRequested(smiles);
    });
    menu->addAction(tr("Copy SMILES"), QKeySequence(QKeySequence::Copy), this, &MoleculeList::copySmiles);
    menu->popup(event->globalPos());
}

void MoleculeList::wheelEvent(QWheelEvent* event)
{
    if (m_strip && event->angleDelta().x() == 0) { // a strip runs sideways, most wheels do not
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - event->angleDelta().y());
        event->accept();
        return;
    }
    QListView::wheelEvent(event);
}

void MoleculeList::copySmiles()
{
    QStringList lines;
    for (const QModelIndex& index : selectionModel()->selectedIndexes()) {
        lines << index.data(MoleculeModel::SmilesRole).toString();
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace papilio::app
