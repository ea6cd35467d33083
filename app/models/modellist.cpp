// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/modellist.h"

#include <algorithm>

#include <QApplication>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QPainter>

#include "app/format.h"
#include "app/models/modellibrary.h"
#include "app/remote/remoteruns.h"
#include "app/shell/files.h"
#include "app/workspace/workspace.h"
#include "widgets/format.h"
#include "widgets/theme.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using Kind = ModelListModel::Entry::Kind;

ModelListModel::ModelListModel(const Services& services, QObject* parent) : QAbstractListModel(parent), m_services(services)
{
    fill();
}

void ModelListModel::fill()
{
    beginResetModel();
    m_entries.clear();
    const auto heading = [this](Kind kind, const QString& title) {
        Entry entry;
        entry.kind = kind;
        entry.card.title = title;
        m_entries.push_back(entry);
    };
    heading(Kind::Heading, tr("Library"));
    for (const ModelCard& card : m_services.models->models()) {
        m_entries.push_back({Kind::Library, card, {card.name, 0}});
    }
    if (m_services.models->models().empty()) {
        heading(Kind::Hint, m_services.models->isLoading() ? tr("being read …") : tr("none added yet"));
    }
    const auto& project = m_services.workspace->project();
    if (m_services.workspace->isOpen()) {
        heading(Kind::Heading, tr("Runs of %1").arg(project.name()));
        const auto before = m_entries.size();
        for (auto run = project.runs.rbegin(); run != project.runs.rend(); ++run) {
            if (hasModel(*run)) {
                ModelCard card;
                card.title = tr("Run %1, epoch %2").arg(run->id).arg(run->bestEpoch);
                card.architecture = QString::fromStdString(run->name);
                card.parameters = run->parameters;
                card.added = QDateTime::fromString(QString::fromStdString(run->created), Qt::ISODate);
                m_entries.push_back({Kind::Run, card, {{}, run->id}});
            }
        }
        if (m_entries.size() == before) {
            heading(Kind::Hint, tr("none trained yet"));
        }
    }
    endResetModel();
}

int ModelListModel::rowOf(const ModelSource& source) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& entry) {
        return source.isGiven() && entry.source == source;
    });
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

bool ModelListModel::isEmpty() const
{
    return std::none_of(m_entries.begin(), m_entries.end(), [](const Entry& entry) { return entry.source.isGiven(); });
}

int ModelListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant ModelListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const Entry& listed = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return listed.card.titleOrName();
    case KindRole:
        return static_cast<int>(listed.kind);
    case DetailRole:
    case Qt::AccessibleDescriptionRole:
        if (listed.source.isGiven() && listed.card.parameters == 0) {
            return tr("damaged; its card says why");
        }
        return listed.source.isGiven()
                   ? widgets::joinedByDot({listed.card.tasks > 0 ? countedText(listed.card.tasks, tr("task"), tr("tasks")) : QString(),
                                           tr("%1 parameters").arg(widgets::formatCount(listed.card.parameters)), listed.card.architecture})
                   : QString();
    case Qt::ToolTipRole:
        return listed.card.path.isEmpty() ? QVariant() : pathText(listed.card.path);
    default:
        return {};
    }
}

Qt::ItemFlags ModelListModel::flags(const QModelIndex& index) const
{
    return index.isValid() && entry(index.row()).source.isGiven() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

void ModelListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const widgets::Theme& theme = widgets::Theme::current();
    const auto kind = static_cast<Kind>(index.data(ModelListModel::KindRole).toInt());
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    painter->save();
    const QRect rect = item.rect.adjusted(12, 0, -12, 0);
    const auto text = [&](const QRect& place, widgets::TextStyle font, widgets::Role role, const QString& words) {
        painter->setFont(theme.font(font));
        painter->setPen(theme.color(role));
        painter->drawText(place, Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(words, Qt::ElideRight, place.width()));
    };
    if (kind == Kind::Heading || kind == Kind::Hint) {
        const bool heading = kind == Kind::Heading;
        text(heading ? rect.adjusted(0, 8, 0, 0) : rect, heading ? widgets::TextStyle::Header : widgets::TextStyle::Body,
             heading ? widgets::Role::TextSecondary : widgets::Role::TextTertiary, item.text);
        painter->restore();
        return;
    }
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, item.widget);
    const int half = rect.height() / 2;
    text(rect.adjusted(0, 5, 0, -half), widgets::TextStyle::BodyStrong, widgets::Role::Text, item.text);
    text(rect.adjusted(0, half, 0, -5), widgets::TextStyle::Caption, widgets::Role::TextSecondary,
         index.data(ModelListModel::DetailRole).toString());
    painter->restore();
    if (item.state & QStyle::State_HasFocus) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(item);
        style->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, item.widget);
    }
}

QSize ModelListDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    switch (static_cast<Kind>(index.data(ModelListModel::KindRole).toInt())) {
    case Kind::Heading:
        return {200, 34};
    case Kind::Hint:
        return {200, 26};
    default:
        return {200, 46};
    }
}

ModelList::ModelList(const Services& services, QWidget* parent) : QListView(parent), m_model(new ModelListModel(services, this))
{
    setObjectName(u"modelList"_s);
    setAccessibleName(tr("Models"));
    setModel(m_model);
    setItemDelegate(new ModelListDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAcceptDrops(true);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, &ModelList::currentModelChanged);
}

const ModelListModel::Entry* ModelList::current() const
{
    const QModelIndex index = currentIndex();
    return index.isValid() && m_model->entry(index.row()).source.isGiven() ? &m_model->entry(index.row()) : nullptr;
}

bool ModelList::select(const ModelSource& source)
{
    const int row = m_model->rowOf(source);
    if (row < 0) {
        return false;
    }
    setCurrentIndex(m_model->index(row));
    scrollTo(currentIndex());
    return true;
}

void ModelList::refill()
{
    const auto* entry = current();
    const ModelSource before = entry ? entry->source : ModelSource();
    m_model->fill();
    if (select(before)) {
        return;
    }
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (select(m_model->entry(row).source)) {
            return;
        }
    }
    Q_EMIT currentModelChanged();
}

void ModelList::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localFiles(event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void ModelList::dragMoveEvent(QDragMoveEvent* event)
{
    event->acceptProposedAction();
}

void ModelList::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    Q_EMIT filesDropped(localFiles(event->mimeData()));
}

} // namespace papilio::app
