// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lookup/lookuppage.h"

#include <memory>

#include <QComboBox>
#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPointer>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QThreadPool>

#include "app/engine/engineclient.h"
#include "app/lookup/factspanel.h"
#include "app/lookup/predictionpanel.h"
#include "app/lookup/resultspanel.h"
#include "app/models/modellibrary.h"
#include "app/remote/remoteruns.h"
#include "app/themedicon.h"
#include "app/workspace/workspace.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/labels.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Label;
using widgets::Role;
using widgets::TextStyle;

namespace
{

/// Numbers have a point as all over the window; a comma that is typed becomes one.
class PointSpinBox : public QDoubleSpinBox
{
public:
    PointSpinBox() { setLocale(QLocale::c()); }
    QValidator::State validate(QString& text, int& position) const override
    {
        text.replace(u',', u'.');
        return QDoubleSpinBox::validate(text, position);
    }
};


constexpr int typingDelayMs = 350;
enum ModelRole { NameRole = Qt::UserRole, RunRole, OpensDialogRole };

QString exampleSmiles()
{
    return u"CC(=O)Oc1ccccc1C(=O)O"_s; // aspirin
}

} // namespace

LookupPage::LookupPage(const Services& services, QWidget* parent) : Page(parent), m_services(services)
{
    setObjectName(u"lookupPage"_s);
    m_card = new MoleculeCard;
    m_card->setMinimumWidth(420);
    m_facts = new FactsPanel;
    m_facts->setMinimumWidth(320);
    auto* splitter = m_splitter = new QSplitter(Qt::Horizontal);
    connect(splitter, &QSplitter::splitterMoved, this, [this] { m_placedByPerson = true; });
    splitter->setObjectName(u"lookupSplitter"_s);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    m_results = new ResultsPanel(services);
    m_results->setMinimumWidth(200);
    splitter->addWidget(m_results);
    splitter->addWidget(m_card);
    splitter->addWidget(m_facts);
    splitter->setSizes({240, 572, 564});
    splitter->setStretchFactor(1, 1);
    m_empty = new widgets::EmptyState(u"look-up"_s, tr("Which molecule?"),
                                      tr("Type a name or an id, or paste a SMILES, InChI, InChIKey or SMARTS above. Drawing, known labels, "
                                         "the predictions of a run and what each atom adds to them stand here; a molecule need not be "
                                         "in the project."),
                                      tr("Try aspirin"));
    m_empty->setObjectName(u"lookupEmpty"_s);
    connect(m_empty, &widgets::EmptyState::clicked, this, [this] { lookUp(exampleSmiles()); });
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_empty);
    m_stack->addWidget(splitter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBar());
    layout->addWidget(m_stack, 1);
    widgets::setBackground(this, Role::Surface);

    m_timer.setSingleShot(true);
    m_timer.setInterval(typingDelayMs);
    connect(&m_timer, &QTimer::timeout, this, &LookupPage::ask);
    connect(m_card, &MoleculeCard::questionChanged, this, &LookupPage::askExplanation);
    connect(m_facts, &FactsPanel::taskChosen, m_card->overlay(), &OverlayBar::selectOfDataset);
    connect(m_facts, &FactsPanel::predictionChosen, m_card->overlay(), &OverlayBar::select);
    connect(m_facts, &FactsPanel::modelsRequested, this, &LookupPage::modelsRequested);
    connect(services.workspace, &Workspace::changed, this, &LookupPage::fillModels);
    connect(services.workspace, &Workspace::opened, this, &LookupPage::ask);
    connect(services.models, &ModelLibrary::changed, this, &LookupPage::fillModels);
    connectResults();
    fillModels();
}

void LookupPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_services.models->load();
}

QWidget* LookupPage::buildBar()
{
    auto* bar = new widgets::Pane(Role::Surface, Qt::BottomEdge);
    bar->setMinimumHeight(56); // more where a mistake takes many lines to tell
    bar->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 4, 12, 5);
    row->setSpacing(12);
    m_field = new QLineEdit;
    m_field->setObjectName(u"lookupField"_s);
    m_field->setAccessibleName(tr("Molecule to look up"));
    m_field->setPlaceholderText(tr("Name, id, SMILES, InChI, InChIKey or SMARTS"));
    m_field->setClearButtonEnabled(true);
    m_field->setMaxLength(20'000);
    widgets::setLarge(m_field);
    widgets::setTextStyle(m_field, TextStyle::Mono);
    setThemedIcon(m_field->addAction(QIcon(), QLineEdit::LeadingPosition), m_field, u"search"_s);
    m_status = new Label({}, TextStyle::Caption, Role::TextSecondary);
    m_status->setObjectName(u"lookupStatus"_s);
    m_status->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_status->setWordWrap(true);
    m_model = new QComboBox;
    m_model->setObjectName(u"lookupModel"_s);
    m_model->setAccessibleName(tr("Model that predicts"));
    m_model->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_model->setMaximumWidth(260);
    m_kind = new widgets::SegmentedControl({tr("Any"), tr("Substructure"), tr("Similar")});
    m_kind->setObjectName(u"lookupKind"_s);
    m_kind->setAccessibleName(tr("What is searched"));
    m_least = new PointSpinBox;
    m_least->setObjectName(u"lookupLeast"_s);
    m_least->setAccessibleName(tr("Least similarity"));
    m_least->setToolTip(tr("Similar molecules have a Tanimoto similarity of at least this (Morgan fingerprints, radius 2)"));
    m_least->setRange(0, 1);
    m_least->setSingleStep(0.05);
    m_least->setDecimals(2);
    m_least->setValue(0.3);
    m_least->setMinimumWidth(80);
    row->addWidget(m_field, 520);
    row->addWidget(m_kind);
    row->addWidget(new Label(tr("min."), TextStyle::Body, Role::TextSecondary));
    row->addWidget(m_least);
    row->addWidget(m_status, 380);
    row->addWidget(new Label(tr("Model"), TextStyle::Body, Role::TextSecondary));
    row->addWidget(m_model);
    connect(m_field, &QLineEdit::textEdited, &m_timer, qOverload<>(&QTimer::start));
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty()) {
            ask();
        }
    });
    connect(m_field, &QLineEdit::returnPressed, this, &LookupPage::ask);
    connect(m_kind, &widgets::SegmentedControl::currentIndexChanged, this, &LookupPage::ask);
    connect(m_least, &QDoubleSpinBox::valueChanged, &m_timer, qOverload<>(&QTimer::start));
    connect(m_model, &QComboBox::activated, this, &LookupPage::modelChosen);
    return bar;
}

void LookupPage::fillModels()
{
    const QSignalBlocker blocker(m_model);
    const ModelSource before = m_chosen;
    m_model->clear();
    const auto add = [this](const QString& text, const ModelSource& source, const QString& toolTip) {
        m_model->addItem(text, source.model);
        m_model->setItemData(m_model->count() - 1, source.run, RunRole);
        m_model->setItemData(m_model->count() - 1, toolTip, Qt::ToolTipRole);
    };
    const auto& runs = m_services.workspace->project().runs;
    for (auto record = runs.rbegin(); record != runs.rend(); ++record) {
        if (hasModel(*record)) {
            add(tr("run %1, epoch %2").arg(record->id).arg(record->bestEpoch), {{}, record->id}, QString::fromStdString(record->name));
        }
    }
    const int ownRuns = m_model->count();
    for (const ModelCard& card : m_services.models->models()) {
        if (card.parameters > 0) {
            if (ownRuns > 0 && m_model->count() == ownRuns) {
                m_model->insertSeparator(ownRuns);
            }
            add(card.titleOrName(), {card.name, 0},
                widgets::joinedByDot({card.architecture, tr("%1 tasks").arg(widgets::formatCount(card.tasks)), card.licence}));
        }
    }
    if (m_model->count() == 0) {
        add(tr("none yet"), {}, {});
    }
    m_model->insertSeparator(m_model->count());
    m_model->addItem(tr("Models…"));
    m_model->setItemData(m_model->count() - 1, true, OpensDialogRole);
    const auto place = [this](const ModelSource& source) {
        for (int i = 0; i < m_model->count(); ++i) {
            if (source.isGiven() && m_model->itemData(i, NameRole).toString() == source.model &&
                m_model->itemData(i, RunRole).toLongLong() == source.run) {
                return i;
            }
        }
        return -1;
    };
    const int wanted = place(m_wanted);
    m_model->setCurrentIndex(wanted >= 0 ? wanted : std::max(0, place(before)));
    if (wanted >= 0) {
        m_wanted = {};
    }
    m_chosen = source();
    if (m_chosen != before && !m_asking.isEmpty() && isVisible()) {
        askMolecule(m_asking, m_ofResults);
    }
}

void LookupPage::modelChosen(int index)
{
    if (m_model->itemData(index, OpensDialogRole).toBool()) {
        const QSignalBlocker blocker(m_model);
        fillModels(); // back to what was chosen
        Q_EMIT modelsRequested();
        return;
    }
    m_chosen = source();
    if (!m_asking.isEmpty()) {
        askMolecule(m_asking, m_ofResults);
    }
}

void LookupPage::setSource(const ModelSource& source)
{
    m_wanted = source;
    fillModels();
}

ModelSource LookupPage::source() const
{
    return {m_model->currentData(NameRole).toString(), m_model->currentData(RunRole).toLongLong()};
}

QString LookupPage::modelText() const
{
    return source().isGiven() ? m_model->currentText() : QString();
}

void LookupPage::lookUp(const QString& smiles)
{
    m_field->setText(smiles);
    m_field->setFocus(Qt::OtherFocusReason);
    ask();
}

void LookupPage::askMolecule(const QString& smiles, bool ofResults)
{
    ++m_asked;
    m_asking = smiles;
    m_ofResults = ofResults;
    for (qint64* request : {&m_lookupRequest, &m_explainRequest}) {
        if (*request) {
            m_services.engine->abandon(*request);
            *request = 0;
        }
    }
    widgets::setErrorState(m_field, false);
    if (smiles.isEmpty()) {
        m_reply = {};
        return;
    }
    QJsonObject params{{u"smiles"_s, smiles}};
    if (m_services.workspace->isOpen()) {
        params.insert(u"project"_s, m_services.workspace->path());
    }
    source().addTo(params, m_services.workspace->path());
    if (!ofResults) {
        setStatus(tr("looking up …"), false);
    }
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) { read(result); };
    callbacks.failed = [this, ofResults](const EngineError& error) {
        if (error.isStopped()) {
            return;
        }
        m_lookupRequest = 0;
        if (error.code != "bad-input"_L1 || ofResults || !m_services.workspace->isOpen()) {
            showError(error);
            return;
        }
        m_problem = error.text(); // no molecule: perhaps a name or a pattern
        m_asking.clear();
        if (m_results->count() > 0) {
            showFound();
        } else if (!m_results->isSearching()) {
            showError(error);
        }
    };
    m_lookupRequest = m_services.engine->request(u"molecule.lookup"_s, params, this, callbacks);
}

void LookupPage::read(const QJsonObject& result)
{
    // Thousands of predictions take a moment to read: not on this thread.
    QThreadPool::globalInstance()->start([result, asked = m_asked, guard = QPointer<LookupPage>(this)] {
        const auto reply = std::make_shared<const LookupReply>(lookupFrom(result));
        QMetaObject::invokeMethod(QCoreApplication::instance(), [reply, asked, guard] {
            if (guard && guard->m_asked == asked) { // else another molecule or model was asked for meanwhile
                guard->m_lookupRequest = 0;
                guard->take(*reply);
            }
        });
    });
}

void LookupPage::take(const LookupReply& reply)
{
    m_reply = reply;
    if (m_reply.smiles.isEmpty()) {
        m_reply.smiles = m_asking;
    }
    const bool inProject = reply.molecule > 0;
    setStatus(m_ofResults                       ? tr("one of %1 found").arg(widgets::formatCount(m_results->count()))
              : !m_services.workspace->isOpen() ? tr("✓ SMILES")
              : inProject                       ? tr("✓ SMILES, in this project")
                                                : tr("✓ SMILES, not in this project"),
              false);
    m_stack->setCurrentIndex(1);
    m_card->showMolecule(m_reply, source().run);
    m_facts->show(m_reply, modelText());
    placeSplitter(m_reply.predictions.size() > fewTasks);
    if (m_reply.predictions.size() > fewTasks) {
        PredictionPanel* table = m_facts->predictions();
        if (!m_card->overlay()->hasExplained()) { // the first of the table until a person chooses
            m_card->overlay()->explain(table->firstTask());
        }
        const TaskValues* explained = m_card->overlay()->explained();
        table->select(explained ? explained->head : QString(), explained ? explained->task : QString());
    }
    Q_EMIT selectionTextChanged();
    askExplanation();
    askConformer();
}

void LookupPage::placeSplitter(bool manyPredictions)
{
    if (!m_placedByPerson && manyPredictions != m_wideFacts) { // a table with names wants more room than a list
        m_wideFacts = manyPredictions;
        const int list = m_results->isVisible() ? m_results->width() : 0;
        const int width = m_splitter->width() - list;
        m_splitter->setSizes({list, width * (manyPredictions ? 44 : 50) / 100, width * (manyPredictions ? 56 : 50) / 100});
    }
}

void LookupPage::showError(const EngineError& error)
{
    widgets::setErrorState(m_field, error.code != "engine"_L1);
    setStatus(error.text(), true);
    if (m_reply.canonical.isEmpty()) {
        m_stack->setCurrentIndex(0);
    }
}

void LookupPage::setStatus(const QString& text, bool error)
{
    m_status->setText(text);
    m_status->setRole(error ? Role::Error : Role::TextSecondary);
    m_status->setToolTip(text);
}

void LookupPage::askExplanation()
{
    if (m_explainRequest) {
        m_services.engine->abandon(m_explainRequest);
        m_explainRequest = 0;
    }
    const ExplainQuestion question = m_card->question();
    if (question.head.isEmpty() || !source().isGiven() || m_reply.canonical.isEmpty()) {
        return;
    }
    QJsonObject params{{u"smiles"_s, m_reply.smiles}, {u"head"_s, question.head}, {u"task"_s, question.task}, {u"method"_s, question.method}};
    source().addTo(params, m_services.workspace->path());
    if (question.classIndex >= 0) {
        params.insert(u"class"_s, question.classIndex);
    }
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) {
        m_explainRequest = 0;
        m_card->showExplanation(explainFrom(result));
    };
    callbacks.failed = [this](const EngineError& error) {
        if (!error.isStopped()) {
            m_explainRequest = 0;
            m_card->showExplainProblem(error.text());
        }
    };
    m_explainRequest = m_services.engine->request(u"molecule.explain"_s, params, this, callbacks);
}

void LookupPage::askConformer()
{
    if (m_conformerOf == m_reply.canonical) {
        return; // it is there or on its way
    }
    if (m_conformerRequest) {
        m_services.engine->abandon(m_conformerRequest);
    }
    m_conformerOf = m_reply.canonical;
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) {
        m_conformerRequest = 0;
        m_card->showConformer(result);
    };
    callbacks.failed = [this](const EngineError& error) {
        if (!error.isStopped()) {
            m_conformerRequest = 0;
            m_conformerOf.clear();
            m_card->showConformerProblem(error.text());
        }
    };
    QJsonObject params{{u"smiles"_s, m_reply.canonical}};
    if (m_services.workspace->isOpen()) {
        params.insert(u"project"_s, m_services.workspace->path());
    }
    m_conformerRequest = m_services.engine->request(u"molecule.conformer"_s, params, this, callbacks);
}

bool LookupPage::isLoading() const
{
    return m_timer.isActive() || m_results->isSearching() || m_lookupRequest || m_explainRequest || m_conformerRequest;
}

QString LookupPage::selectionText() const
{
    return m_reply.canonical.isEmpty() ? QString() : tr("Selected  %1").arg(m_reply.canonical);
}

} // namespace papilio::app
