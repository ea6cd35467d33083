// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/datasets/datasetlist.h"

#include <algorithm>

#include <QApplication>
#include <QPainter>

#include "app/format.h"
#include "widgets/format.h"
#include "widgets/theme.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

bool fits(const DatasetCard& card, const QStringList& words)
{
    const QString text = QStringList{card.name, card.title, card.collection, card.summary, card.kind, card.level}.join(u' ');
    return std::all_of(words.begin(), words.end(),
                       [&text](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace

void DatasetListModel::setCards(std::vector<DatasetCard> cards)
{
    m_cards = std::move(cards);
    fill();
}

void DatasetListModel::setFilter(const QString& text)
{
    m_filter = text;
    fill();
}

void DatasetListModel::fill()
{
    beginResetModel();
    m_rows.clear();
    const QStringList words = m_filter.split(u' ', Qt::SkipEmptyParts);
    QString collection;
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        if (!fits(m_cards[i], words)) {
            continue;
        }
        if (m_cards[i].collection != collection) {
            collection = m_cards[i].collection;
            m_rows.push_back({collection, -1});
        }
        m_rows.push_back({{}, static_cast<int>(i)});
    }
    endResetModel();
}

const DatasetCard* DatasetListModel::card(int row) const
{
    if (row < 0 || row >= static_cast<int>(m_rows.size())) {
        return nullptr;
    }
    const int place = m_rows[static_cast<std::size_t>(row)].card;
    return place < 0 ? nullptr : &m_cards[static_cast<std::size_t>(place)];
}

const DatasetCard* DatasetListModel::byName(const QString& name) const
{
    const auto found = std::find_if(m_cards.begin(), m_cards.end(), [&name](const auto& card) { return card.name == name; });
    return found == m_cards.end() ? nullptr : &*found;
}

int DatasetListModel::rowOf(const QString& name) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (const DatasetCard* listed = card(row); listed && listed->name == name) {
            return row;
        }
    }
    return -1;
}

int DatasetListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant DatasetListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const DatasetCard* listed = card(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return listed ? listed->title : m_rows[static_cast<std::size_t>(index.row())].heading;
    case IsHeadingRole:
        return listed == nullptr;
    case DetailRole:
    case Qt::AccessibleDescriptionRole:
        if (!listed) {
            return {};
        }
        if (listed->isGroup()) {
            return tr("all of them: %1").arg(countedText(listed->members.size(), tr("set"), tr("sets")));
        }
        return widgets::joinedByDot(
            {listed->model ? tr("model") : QString(),
             listed->molecules > 0 ? countedText(listed->molecules, tr("molecule"), tr("molecules")) : QString(),
             listed->tasks > 0 ? countedText(listed->tasks, tr("task"), tr("tasks")) : QString(),
             listed->level.isEmpty() || listed->level == "graph"_L1 ? QString() : levelWord(listed->level)});
    case StateRole:
        return !listed ? QString()
               : listed->state == DatasetCard::State::Here ? tr("here")
               : listed->state == DatasetCard::State::Part ? tr("in part")
                                                           : QString();
    case Qt::ToolTipRole:
        return listed ? listed->summary : QVariant();
    default:
        return {};
    }
}

Qt::ItemFlags DatasetListModel::flags(const QModelIndex& index) const
{
    return card(index.row()) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

void DatasetListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const widgets::Theme& theme = widgets::Theme::current();
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    painter->save();
    QRect rect = item.rect.adjusted(12, 0, -12, 0);
    const auto text = [&](const QRect& place, widgets::TextStyle font, widgets::Role role, const QString& words,
                          Qt::Alignment side = Qt::AlignLeft) {
        painter->setFont(theme.font(font));
        painter->setPen(theme.color(role));
        painter->drawText(place, static_cast<int>(Qt::AlignVCenter | side),
                          painter->fontMetrics().elidedText(words, Qt::ElideRight, place.width()));
        return painter->fontMetrics().horizontalAdvance(words);
    };
    if (index.data(DatasetListModel::IsHeadingRole).toBool()) {
        text(rect.adjusted(0, 8, 0, 0), widgets::TextStyle::Header, widgets::Role::TextSecondary, item.text);
        painter->restore();
        return;
    }
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, item.widget);
    const int half = rect.height() / 2;
    const QString state = index.data(DatasetListModel::StateRole).toString();
    if (!state.isEmpty()) {
        const int width = text(rect.adjusted(0, 5, 0, -half), widgets::TextStyle::Caption, widgets::Role::Success, state, Qt::AlignRight);
        rect.adjust(0, 0, -width - 8, 0);
    }
    text(rect.adjusted(0, 5, 0, -half), widgets::TextStyle::BodyStrong, widgets::Role::Text, item.text);
    text(rect.adjusted(0, half, 0, -5), widgets::TextStyle::Caption, widgets::Role::TextSecondary,
         index.data(DatasetListModel::DetailRole).toString());
    painter->restore();
    if (item.state & QStyle::State_HasFocus) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(item);
        style->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, item.widget);
    }
}

QSize DatasetListDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    return index.data(DatasetListModel::IsHeadingRole).toBool() ? QSize(200, 34) : QSize(200, 46);
}

DatasetList::DatasetList(QWidget* parent) : QListView(parent), m_model(new DatasetListModel(this))
{
    setObjectName(u"datasetList"_s);
    setAccessibleName(tr("Data sets"));
    setModel(m_model);
    setItemDelegate(new DatasetListDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, &DatasetList::currentCardChanged);
}

const DatasetCard* DatasetList::current() const
{
    return m_model->card(currentIndex().row());
}

void DatasetList::setCards(std::vector<DatasetCard> cards)
{
    const QString before = current() ? current()->name : QString();
    m_model->setCards(std::move(cards));
    keep(before);
}

void DatasetList::setFilter(const QString& text)
{
    const QString before = current() ? current()->name : QString();
    m_model->setFilter(text);
    keep(before);
}

bool DatasetList::select(const QString& name)
{
    const int row = m_model->rowOf(name);
    if (row >= 0) {
        setCurrentIndex(m_model->index(row));
        scrollTo(currentIndex());
    }
    return row >= 0;
}

void DatasetList::keep(const QString& name)
{
    if (!select(name) && m_model->rowCount() > 1) {
        setCurrentIndex(m_model->index(1)); // behind the first heading
    }
    Q_EMIT currentCardChanged();
}

} // namespace papilio::app
