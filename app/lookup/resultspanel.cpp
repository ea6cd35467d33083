// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lookup/resultspanel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QJsonObject>
#include <QKeyEvent>
#include <QListView>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/engine/engineclient.h"
#include "app/engine/enginetext.h"
#include "app/lookup/resultmodel.h"
#include "app/themedicon.h"
#include "app/workspace/workspace.h"
#include "widgets/format.h"
#include "widgets/labels.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::formatCount;
using widgets::Role;
using widgets::TextStyle;

namespace
{
constexpr int mostResults = 1000; ///< a list for looking, not for working: the command line writes all of them
constexpr int similarResults = 100;
} // namespace

ResultsPanel::ResultsPanel(const Services& services, QWidget* parent) : QWidget(parent), m_services(services)
{
    setObjectName(u"resultsPanel"_s);
    m_model = new ResultModel(services, this);
    m_list = new QListView;
    m_list->setObjectName(u"resultsList"_s);
    m_list->setAccessibleName(tr("Molecules found"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ResultDelegate(services, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->installEventFilter(this);
    m_header = new widgets::SectionHeader(tr("Results"), widgets::SectionHeader::Kind::PanelTitle);
    m_stop = new QToolButton;
    m_stop->setObjectName(u"stopSearch"_s);
    m_stop->setAccessibleName(tr("Stop the search"));
    m_stop->setToolTip(tr("Stop the search; what was found stays"));
    setThemedIcon(m_stop, u"close"_s);
    m_stop->hide();
    m_header->addWidget(m_stop);
    m_note = new widgets::Label({}, TextStyle::Caption, Role::TextSecondary);
    m_note->setObjectName(u"resultsNote"_s);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(12, 8, 12, 8);
    m_note->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_note);
    widgets::setBackground(this, Role::Surface);
    connect(m_stop, &QToolButton::clicked, this, &ResultsPanel::stop);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& now) {
        if (const SearchResult* result = m_model->result(now.row()); result && m_list->hasFocus() && !result->smiles.isEmpty()) {
            Q_EMIT chosen(result->smiles);
        }
    });
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& now) {
        if (const SearchResult* result = m_model->result(now.row()); result && !result->smiles.isEmpty()) {
            Q_EMIT chosen(result->smiles);
        }
    });
    // One connection for all searches: hits say which request they belong to.
    connect(services.engine, &EngineClient::notified, this, [this](const QString& method, const QJsonObject& params) {
        if (method == "search.hits"_L1 && m_request && params.value(u"id"_s).toInteger() == m_request) {
            read(params);
        }
    });
}

void ResultsPanel::search(const QString& text, const QString& kind, double least)
{
    clear();
    QJsonObject params{{u"project"_s, m_services.workspace->path()},
                       {u"query"_s, text},
                       {u"kind"_s, kind},
                       {u"top"_s, similarResults},
                       {u"least"_s, least},
                       {u"most"_s, mostResults}};
    showRemark(tr("searching …"));
    m_stop->show();
    EngineClient::Callbacks callbacks;
    callbacks.progress = [this](const EngineProgress& progress) {
        if (progress.total > 0) {
            const auto percent = static_cast<int>(100 * progress.done / progress.total);
            showRemark(tr("%1 so far · %2 %").arg(formatCount(count())).arg(percent));
        }
    };
    callbacks.done = [this](const QJsonObject& result) {
        m_request = 0;
        m_stop->hide();
        const bool complete = result.value(u"complete"_s).toBool();
        showRemark(complete ? tr("%1 found").arg(formatCount(count())) : tr("the first %1").arg(formatCount(count())));
        const QStringList notes = engineTexts(result.value(u"notes"_s));
        m_note->setText(notes.join(u'\n'));
        m_note->setVisible(!notes.isEmpty());
        Q_EMIT finished();
    };
    callbacks.failed = [this](const EngineError& error) {
        m_request = 0;
        m_stop->hide();
        showRemark(error.isStopped() ? tr("%1, stopped").arg(formatCount(count())) : QString());
        if (!error.isStopped()) {
            Q_EMIT failed(error);
        }
    };
    m_request = m_services.engine->request(u"molecules.search"_s, params, this, callbacks);
}

void ResultsPanel::stop()
{
    if (m_request) {
        m_services.engine->cancel(m_request);
    }
}

void ResultsPanel::clear()
{
    if (m_request) {
        m_services.engine->abandon(m_request);
        m_request = 0;
    }
    m_model->clear();
    m_note->hide();
    m_stop->hide();
    showRemark({});
}

void ResultsPanel::read(const QJsonObject& hits)
{
    const bool first = count() == 0;
    m_model->add(hits.value(u"hits"_s).toArray());
    if (first && count() > 0) {
        m_list->setCurrentIndex(m_model->index(m_model->firstResult()));
        Q_EMIT arrived();
    }
}

int ResultsPanel::count() const
{
    return m_model->resultCount();
}

const SearchResult* ResultsPanel::current() const
{
    return m_model->result(m_list->currentIndex().row());
}

void ResultsPanel::step(int by)
{
    int row = m_list->currentIndex().row() + by;
    while (row >= 0 && row < m_model->rowCount() && !m_model->result(row)) {
        row += by;
    }
    if (const SearchResult* result = m_model->result(row)) {
        m_list->setCurrentIndex(m_model->index(row));
        if (!result->smiles.isEmpty()) {
            Q_EMIT chosen(result->smiles);
        }
    }
}

void ResultsPanel::showRemark(const QString& remark)
{
    m_header->setRemark(remark);
}

void ResultsPanel::copyAll() const
{
    QGuiApplication::clipboard()->setText(m_model->toTsv());
}

bool ResultsPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        copyAll();
        return true;
    }
    if (event->type() == QEvent::ContextMenu) {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addAction(tr("Copy all results"), QKeySequence(QKeySequence::Copy), this, [this] { copyAll(); });
        if (const SearchResult* result = current()) {
            menu->addAction(tr("Copy SMILES"), this,
                            [smiles = result->smiles] { QGuiApplication::clipboard()->setText(smiles); });
        }
        menu->popup(static_cast<QContextMenuEvent*>(event)->globalPos());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace papilio::app
