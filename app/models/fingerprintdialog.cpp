// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/fingerprintdialog.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>

#include "app/engine/engineclient.h"
#include "app/format.h"
#include "app/settings.h"
#include "app/shell/files.h"
#include "app/workspace/workspace.h"
#include "widgets/format.h"
#include "widgets/jobpanel.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::formatCount;
using widgets::Label;
using widgets::MessageBar;
using widgets::Role;
using widgets::TextStyle;

namespace
{

enum LayerRole { LevelRole = Qt::UserRole + 1, WidthRole };

} // namespace

FingerprintDialog::FingerprintDialog(const Services& services, const ModelSource& source, const QString& title, QWidget* parent)
    : QDialog(parent), m_services(services), m_source(source), m_title(title)
{
    setObjectName(u"fingerprintDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Fingerprints by %1").arg(title));
    resize(620, 300);
    widgets::setBackground(this, Role::Raised);
    m_message = new MessageBar;
    m_message->setObjectName(u"fingerprintMessage"_s);
    m_message->setClosable(false);
    m_message->hide();
    m_form = buildForm();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_message);
    layout->addWidget(m_form, 1);
    layout->addWidget(buildFoot());
    askLayers();
    update();
}

QWidget* FingerprintDialog::buildForm()
{
    auto* form = new QWidget;
    auto* grid = new QGridLayout(form);
    grid->setContentsMargins(16, 16, 16, 16);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(12);
    grid->setColumnStretch(1, 1);
    int line = 0;
    const auto row = [&](const QString& name, QWidget* field, QWidget* right = nullptr) {
        grid->addWidget(new Label(name, TextStyle::Body, Role::TextSecondary), line, 0);
        grid->addWidget(field, line, 1);
        if (right) {
            grid->addWidget(right, line, 2);
        }
        ++line;
    };
    const auto field = [this](const QString& object, const QString& accessible) {
        auto* made = new QLineEdit;
        made->setObjectName(object);
        made->setAccessibleName(accessible);
        connect(made, &QLineEdit::textChanged, this, &FingerprintDialog::update);
        return made;
    };
    const auto choose = [this](const QString& object, const QString& accessible, void (FingerprintDialog::*slot)()) {
        auto* made = new QPushButton(tr("Choose…"));
        made->setObjectName(object);
        made->setAccessibleName(accessible);
        made->setAutoDefault(false);
        connect(made, &QPushButton::clicked, this, slot);
        return made;
    };
    const auto combo = [](const QString& object, const QString& accessible) {
        auto* made = new QComboBox;
        made->setObjectName(object);
        made->setAccessibleName(accessible);
        return made;
    };
    m_input = field(u"fingerprintInput"_s, tr("File of molecules"));
    m_input->setPlaceholderText(tr("a table with a SMILES column, or an SD file"));
    row(tr("Molecules"), m_input, choose(u"chooseFingerprintInput"_s, tr("Choose the file of molecules"), &FingerprintDialog::chooseInput));
    m_layer = combo(u"fingerprintLayer"_s, tr("Layer that the fingerprint is taken from"));
    m_width = new Label({}, TextStyle::Body, Role::TextSecondary);
    row(tr("Layer"), m_layer, m_width);
    m_pool = combo(u"fingerprintPool"_s, tr("How atoms are joined"));
    const QPair<QString, QString> pools[] = {{tr("maximum over the atoms"), u"max"_s}, {tr("mean over the atoms"), u"mean"_s},
                                             {tr("sum over the atoms"), u"sum"_s},     {tr("one row an atom"), u"none"_s}};
    for (const auto& [text, name] : pools) {
        m_pool->addItem(text, name);
    }
    row(tr("Pooling"), m_pool);
    m_format = combo(u"fingerprintFormat"_s, tr("Format of the file"));
    const QPair<QString, QString> formats[] = {{tr("CSV, with ids"), u".csv"_s},
                                               {tr("NumPy array (.npy)"), u".npy"_s},
                                               {tr("Parquet, with ids"), u".parquet"_s}};
    for (const auto& [text, suffix] : formats) {
        m_format->addItem(text, suffix);
    }
    row(tr("Format"), m_format);
    m_output = field(u"fingerprintOutput"_s, tr("File that is written"));
    row(tr("Write to"), m_output, choose(u"chooseFingerprintOutput"_s, tr("Choose the file that is written"), &FingerprintDialog::chooseOutput));
    connect(m_input, &QLineEdit::textChanged, this, &FingerprintDialog::suggestOutput);
    connect(m_format, &QComboBox::activated, this, &FingerprintDialog::suggestOutput);
    connect(m_layer, &QComboBox::activated, this, &FingerprintDialog::layerChosen);
    return form;
}

QWidget* FingerprintDialog::buildFoot()
{
    auto* foot = new widgets::Pane(Role::Raised, Qt::TopEdge);
    foot->setFixedHeight(56);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(8);
    m_progress = new widgets::ProgressPanel;
    m_progress->setStoppable(false);
    m_progress->hide();
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setObjectName(u"fingerprintCancel"_s);
    m_start = new QPushButton(tr("Write"));
    m_start->setObjectName(u"fingerprintStart"_s);
    m_start->setDefault(true);
    widgets::setVariant(m_start, widgets::Variant::Primary);
    row->addWidget(m_progress, 3);
    row->addStretch(1);
    row->addWidget(m_cancel);
    row->addWidget(m_start);
    connect(m_cancel, &QPushButton::clicked, this, &FingerprintDialog::reject);
    connect(m_start, &QPushButton::clicked, this, &FingerprintDialog::start);
    return foot;
}

void FingerprintDialog::askLayers()
{
    QJsonObject params;
    m_source.addTo(params, m_services.workspace->path());
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) {
        m_layersRequest = 0;
        takeLayers(modelLayersFrom(result));
    };
    callbacks.failed = [this](const EngineError& error) {
        m_layersRequest = 0;
        m_message->showMessage(MessageBar::Kind::Error, error.message, error.hint);
    };
    m_layersRequest = m_services.engine->request(u"model.layers"_s, params, this, callbacks);
}

void FingerprintDialog::takeLayers(const std::vector<ModelLayer>& layers)
{
    int best = 0;
    for (const ModelLayer& layer : layers) {
        const int at = m_layer->count();
        m_layer->addItem(widgets::joinedByDot({layer.address, levelWord(layer.level)}), layer.address);
        m_layer->setItemData(at, layer.level, LevelRole);
        m_layer->setItemData(at, layer.width, WidthRole);
        if (layer.address.startsWith("gnn:"_L1)) {
            best = at; // the last of the graph layers: what published fingerprints are
        }
    }
    m_layer->setCurrentIndex(best);
    layerChosen();
}

void FingerprintDialog::layerChosen()
{
    const bool atoms = m_layer->currentData(LevelRole).toString() != "graph"_L1;
    m_width->setText(m_layer->count() > 0 ? tr("%1 numbers").arg(formatCount(m_layer->currentData(WidthRole).toInt())) : QString());
    m_pool->setEnabled(atoms);
    m_pool->setToolTip(atoms ? QString() : tr("This layer has one row a molecule already."));
    update();
}

void FingerprintDialog::chooseInput()
{
    auto* dialog = new QFileDialog(this, tr("File of molecules"), m_services.settings->lastFolder(), tableFilter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_services.settings->setLastFolder(QFileInfo(path).path());
        m_input->setText(path);
    });
    dialog->open();
}

void FingerprintDialog::chooseOutput()
{
    auto* dialog = new QFileDialog(this, tr("Write fingerprints to"), m_output->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(m_format->currentData().toString().mid(1));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_output->setText(path);
        const int format = m_format->findData(QString(u'.' + QFileInfo(path).suffix().toLower()));
        m_format->setCurrentIndex(format >= 0 ? format : m_format->currentIndex());
    });
    dialog->open();
}

void FingerprintDialog::suggestOutput()
{
    const QFileInfo input(m_input->text().trimmed());
    if (m_output->text() == m_suggested && !input.baseName().isEmpty()) {
        m_suggested = u"%1/%2-fingerprints%3"_s.arg(input.path(), input.baseName(), m_format->currentData().toString());
        m_output->setText(m_suggested);
    } else if (const QString path = m_output->text(); !path.isEmpty()) {
        const QFileInfo output(path);
        m_output->setText(output.path() + u'/' + output.completeBaseName() + m_format->currentData().toString());
    }
}

void FingerprintDialog::update()
{
    m_start->setEnabled(m_request == 0 && m_layer->count() > 0 && !m_input->text().trimmed().isEmpty() &&
                        !m_output->text().trimmed().isEmpty());
    m_form->setEnabled(m_request == 0);
    m_progress->setVisible(m_request != 0);
    m_cancel->setText(m_request != 0 ? tr("Stop") : tr("Cancel"));
}

void FingerprintDialog::start()
{
    QJsonObject params{{u"file"_s, m_input->text().trimmed()},
                       {u"out"_s, m_output->text().trimmed()},
                       {u"layer"_s, m_layer->currentData().toString()}};
    if (m_pool->isEnabled()) {
        params.insert(u"pool"_s, m_pool->currentData().toString());
    }
    m_source.addTo(params, m_services.workspace->path());
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) {
        m_request = 0;
        Q_EMIT written(tr("Fingerprints written"),
                       widgets::joinedByDot({pathText(result["out"_L1].toString()),
                                             tr("%1 of %2 rows").arg(formatCount(result["computed"_L1].toInteger()),
                                                                     formatCount(result["rows"_L1].toInteger())),
                                             tr("%1 rejected").arg(formatCount(result["rejected"_L1].toInteger())),
                                             tr("%1 numbers each").arg(formatCount(result["width"_L1].toInteger()))}));
        accept();
    };
    callbacks.failed = [this](const EngineError& error) { failed(error); };
    callbacks.progress = [this](const EngineProgress& progress) { m_progress->setProgress(toProgress(progress)); };
    m_message->hide();
    m_progress->setTitle(tr("Computing"));
    m_progress->setProgress({});
    m_request = m_services.engine->request(u"fingerprint.file"_s, params, this, callbacks, EngineClient::OnCrash::Fail);
    update();
}

void FingerprintDialog::failed(const EngineError& error)
{
    m_request = 0;
    update();
    m_cancel->setEnabled(true);
    if (error.isStopped()) {
        m_message->showMessage(MessageBar::Kind::Info, tr("Stopped."), tr("Nothing was written."));
    } else {
        m_message->showMessage(MessageBar::Kind::Error, error.message, error.hint);
    }
}

void FingerprintDialog::reject()
{
    if (m_request != 0) {
        m_cancel->setEnabled(false);
        m_services.engine->cancel(m_request); // failed() follows
        return;
    }
    QDialog::reject();
}

} // namespace papilio::app
