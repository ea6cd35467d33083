// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/import/importdialog.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

#include "app/format.h"
#include "app/import/columnspanel.h"
#include "app/import/previewmodel.h"
#include "app/import/readingbar.h"
#include "app/import/rowsbar.h"
#include "app/shell/files.h"
#include "widgets/format.h"
#include "widgets/jobpanel.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"
#include "widgets/splitbar.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::formatCount;
using widgets::Label;
using widgets::Role;
using widgets::TextStyle;

namespace
{

constexpr int previewDelayMs = 250; // while a pattern is being typed

QString statusName(int segment)
{
    switch (segment) {
    case 1:
        return u"used"_s;
    case 2:
        return u"merged"_s;
    case 3:
        return u"repaired"_s;
    case 4:
        return u"rejected"_s;
    default:
        return {};
    }
}

} // namespace

ImportDialog::ImportDialog(const Services& services, const QStringList& files, const QString& project, bool fixed,
                           QWidget* parent)
    : QDialog(parent), m_services(services), m_files(files), m_project(project)
{
    setObjectName(u"importDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(files.size() == 1 ? tr("Import %1").arg(QFileInfo(files.first()).fileName())
                                     : tr("Import %1 files").arg(files.size()));
    resize(1080, 800);
    widgets::setBackground(this, Role::Raised);
    m_model = new PreviewModel(services.depictions, this);
    m_columns = new ColumnsPanel;
    m_reading = new ReadingBar;
    m_rows = new RowsBar;
    m_message = new widgets::MessageBar;
    m_message->setObjectName(u"importMessage"_s);
    m_message->setClosable(false);
    m_message->hide();

    auto* middle = new QVBoxLayout;
    middle->setContentsMargins(16, 12, 16, 12);
    middle->setSpacing(8);
    auto* heading = new widgets::SectionHeader(tr("Columns"));
    heading->setRemark(tr("guessed from the names and the first rows; check the labels, double-click what is wrong"));
    middle->addWidget(m_reading);
    middle->addWidget(m_rows);
    middle->addSpacing(4);
    middle->addWidget(heading);
    middle->addWidget(m_columns, 2);
    middle->addSpacing(4);
    middle->addWidget(buildRows(), 3);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead(fixed));
    layout->addWidget(m_message);
    layout->addLayout(middle, 1);
    layout->addWidget(buildFoot());

    m_previewTimer.setSingleShot(true);
    m_previewTimer.setInterval(previewDelayMs);
    connect(&m_previewTimer, &QTimer::timeout, this, &ImportDialog::askPreview);
    connect(m_columns, &ColumnsPanel::changed, &m_previewTimer, qOverload<>(&QTimer::start));
    connect(m_reading, &ReadingBar::changed, &m_previewTimer, qOverload<>(&QTimer::start));
    connect(m_rows, &RowsBar::changed, this, &ImportDialog::rowsChanged);
    connect(m_message, &widgets::MessageBar::actionTriggered, this, &ImportDialog::followMessage);
    askPreview();
}

QWidget* ImportDialog::buildHead(bool fixed)
{
    auto* head = new widgets::Pane(Role::Raised, Qt::BottomEdge);
    head->setFixedHeight(56);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(8);
    m_file = new QComboBox;
    m_file->setObjectName(u"fileChoice"_s);
    m_file->setAccessibleName(tr("File in the preview"));
    for (const QString& file : m_files) {
        m_file->addItem(QFileInfo(file).fileName(), file);
    }
    m_file->setVisible(m_files.size() > 1);
    connect(m_file, &QComboBox::activated, this, &ImportDialog::askPreview);
    row->addWidget(m_file);
    row->addWidget(new Label(tr("Dataset"), TextStyle::Body, Role::TextSecondary));
    m_dataset = new QLineEdit;
    m_dataset->setObjectName(u"datasetName"_s);
    m_dataset->setAccessibleName(tr("Name of the dataset"));
    m_dataset->setFixedWidth(180);
    m_dataset->setPlaceholderText(m_files.size() > 1 ? tr("one a file") : QFileInfo(fileName()).baseName());
    row->addWidget(m_dataset);
    row->addSpacing(8);
    row->addWidget(new Label(tr("into"), TextStyle::Body, Role::TextSecondary));
    m_target = new QPushButton(QFileInfo(m_project).fileName());
    m_target->setObjectName(u"targetProject"_s);
    m_target->setToolTip(m_project);
    m_target->setEnabled(!fixed);
    connect(m_target, &QPushButton::clicked, this, [this] {
        auto* dialog = new QFileDialog(this, tr("Project to import into"), m_project, projectFilter());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setOption(QFileDialog::DontConfirmOverwrite); // an existing project is added to
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
            m_project = withProjectSuffix(path);
            m_target->setText(QFileInfo(m_project).fileName());
            m_target->setToolTip(m_project);
        });
        dialog->open();
    });
    row->addWidget(m_target);
    m_facts = new widgets::ElidedLabel({}, Qt::ElideMiddle);
    m_facts->setObjectName(u"fileFacts"_s);
    m_facts->setRole(Role::TextSecondary);
    m_facts->setStyle(TextStyle::Caption);
    row->addStretch(1);
    row->addWidget(m_facts);
    return head;
}

QWidget* ImportDialog::buildRows()
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto* head = new QHBoxLayout;
    head->addWidget(new Label(tr("Rows"), TextStyle::BodyStrong));
    m_looked = new Label({}, TextStyle::Caption, Role::TextSecondary);
    m_looked->setObjectName(u"rowsLooked"_s);
    head->addWidget(m_looked);
    head->addStretch(1);
    m_filter = new widgets::SegmentedControl({tr("All"), tr("Used"), tr("Merged"), tr("Repaired"), tr("Rejected")});
    m_filter->setObjectName(u"previewFilter"_s);
    m_filter->setAccessibleName(tr("Rows in the preview"));
    connect(m_filter, &widgets::SegmentedControl::currentIndexChanged, this,
            [this](int index) { m_model->setStatusFilter(statusName(index)); });
    head->addWidget(m_filter);
    layout->addLayout(head);
    m_proportions = new widgets::ProportionBar;
    m_proportions->setObjectName(u"rowProportions"_s);
    layout->addWidget(m_proportions);
    m_table = new QTableView;
    m_table->setObjectName(u"previewTable"_s);
    m_table->setAccessibleName(tr("First rows of the file"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new PreviewDelegate(m_services.depictions, m_table));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(57);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    layout->addWidget(m_table, 1);
    return box;
}

QWidget* ImportDialog::buildFoot()
{
    auto* foot = new widgets::Pane(Role::Raised, Qt::TopEdge);
    foot->setFixedHeight(56);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(8);
    m_progress = new widgets::ProgressPanel;
    m_progress->setObjectName(u"importProgress"_s);
    m_progress->setStoppable(false);
    m_progress->hide();
    row->addWidget(m_progress, 1);
    row->addStretch(0);
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setObjectName(u"importCancel"_s);
    connect(m_cancel, &QPushButton::clicked, this, &ImportDialog::reject);
    m_import = new QPushButton(tr("Import"));
    m_import->setObjectName(u"importStart"_s);
    m_import->setDefault(true);
    m_import->setEnabled(false);
    widgets::setVariant(m_import, widgets::Variant::Primary);
    connect(m_import, &QPushButton::clicked, this, &ImportDialog::startImport);
    row->addStretch(1);
    row->addWidget(m_cancel);
    row->addWidget(m_import);
    return foot;
}

QString ImportDialog::fileName() const
{
    return m_file->currentData().toString();
}

QJsonObject ImportDialog::choice() const
{
    QJsonObject choice;
    const QPair<QString, QString> values[] = {{u"smiles"_s, m_columns->smiles()}, {u"labels"_s, m_columns->labels()},
                                              {u"level"_s, m_columns->level()},   {u"kind"_s, m_columns->kind()}};
    for (const auto& [key, value] : values) {
        if (!value.isEmpty()) {
            choice.insert(key, value);
        }
    }
    QJsonObject reading = m_reading->reading();
    if (const QJsonArray columns = m_columns->columns(); !columns.isEmpty()) {
        reading.insert(u"columns"_s, columns);
    }
    if (const QJsonArray only = m_rows->only(); !only.isEmpty()) {
        reading.insert(u"only"_s, only);
    }
    const QJsonObject cuts = m_columns->cuts();
    for (auto it = cuts.begin(); it != cuts.end(); ++it) {
        reading.insert(it.key(), it.value());
    }
    if (!reading.isEmpty()) {
        choice.insert(u"reading"_s, reading);
    }
    return choice;
}

void ImportDialog::askPreview()
{
    if (m_previewRequest) {
        m_services.engine->abandon(m_previewRequest);
    }
    QJsonObject params = choice();
    params.insert(u"file"_s, fileName());
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) {
        m_previewRequest = 0;
        showPreview(previewFrom(result));
    };
    callbacks.failed = [this](const EngineError& error) {
        if (!error.isStopped()) {
            m_previewRequest = 0;
            showPreviewError(error);
        }
    };
    m_previewRequest = m_services.engine->request(u"import.preview"_s, params, this, callbacks);
}

void ImportDialog::showPreview(const PreviewReply& preview)
{
    m_message->hide();
    m_facts->setText(widgets::joinedByDot({preview.format, preview.packing,
                                           preview.encoding.isEmpty() ? QString() : tr("line ends %1").arg(preview.lineEnds),
                                           preview.byteOrderMark ? tr("byte order mark") : QString()}));
    m_facts->setToolTip(preview.notes.join(u'\n'));
    m_reading->showFound(preview);
    m_rows->showFound(preview);
    m_columns->setColumns(preview);
    m_model->setPreview(preview);
    m_table->resizeColumnToContents(0);
    m_table->setColumnWidth(1, 130);
    for (int column = 2; column < m_model->statusColumn(); ++column) {
        const bool structure = column == m_model->statusColumn() - 1;
        m_table->setColumnWidth(column, structure ? 380 : 96);
    }
    showCounts(preview);
    m_import->setText(m_columns->labelCount() == 0 ? tr("Import molecules without labels")
                                                   : tr("Import %1").arg(countedText(m_columns->labelCount(), tr("task"), tr("tasks"))));
    m_usable = preview.used + preview.repaired > 0 || preview.noneTaken;
    updateImport();
    showMessages(preview);
}

void ImportDialog::updateImport()
{
    m_import->setEnabled(m_usable && m_rows->isComplete() && !m_importing);
}

void ImportDialog::rowsChanged()
{
    updateImport();
    if (!m_rows->isComplete()) {
        showIncomplete();
    }
    m_previewTimer.start();
}

void ImportDialog::showIncomplete()
{
    m_message->showMessage(widgets::MessageBar::Kind::Info,
                           tr("No value of %1 is said yet").arg(m_rows->incompleteColumn()),
                           tr("Type it as it stands in the file, choose another one, or remove the condition."));
}

void ImportDialog::showMessages(const PreviewReply& preview)
{
    const auto commas = std::find_if(preview.columns.begin(), preview.columns.end(), [](const auto& column) {
        return column.role != "label"_L1 && column.decimalCommas * 2 >= column.present && column.decimalCommas > 0;
    });
    if (!m_rows->isComplete()) {
        showIncomplete();
    } else if (preview.noneTaken) {
        m_message->showMessage(widgets::MessageBar::Kind::Info,
                               tr("None of the first %1 rows is one that was asked for").arg(formatCount(preview.rowsLooked)),
                               tr("The import looks at all rows of the file. Other rows told what the columns are."));
    } else if (preview.rejected > 0 && preview.used + preview.repaired == 0) { // a table of such rows leaves nothing in the project
        m_message->showMessage(widgets::MessageBar::Kind::Error,
                               preview.wholeFile ? tr("No row can be used")
                                                 : tr("None of the first %1 rows can be used").arg(formatCount(preview.rowsLooked)),
                               tr("Choose another structure column."));
    } else if (commas != preview.columns.end()) {
        m_message->showMessage(widgets::MessageBar::Kind::Info, tr("Column %1 holds numbers with a decimal comma").arg(commas->name),
                               tr("They are not read unless you say so."), {tr("Read decimal commas")});
        m_offersRows = false;
    } else if (!preview.kinds.isEmpty() && preview.rejected * 5 < preview.rowsLooked - preview.leftOut) {
        const auto& kinds = preview.kinds.first();
        m_message->showMessage(widgets::MessageBar::Kind::Info,
                               tr("%1 tells %2 kinds of values apart in %3").arg(kinds.column, formatCount(kinds.values.size()), kinds.of),
                               tr("They become one task unless you choose the rows of one kind."),
                               m_rows->canChoose() ? QStringList{tr("Choose rows")} : QStringList());
        m_offersRows = true;
    } else if (preview.rejected > 0) {
        const qint64 asked = preview.rowsLooked - preview.leftOut;
        m_message->showMessage(widgets::MessageBar::Kind::Warning,
                               tr("%1 of %2 rows cannot be used").arg(formatCount(preview.rejected), formatCount(asked)),
                               tr("They are kept in the project with their reasons; nothing is lost."));
    }
}

void ImportDialog::followMessage()
{
    if (m_offersRows) {
        m_rows->choose();
    } else {
        m_reading->setDecimalComma();
    }
}

void ImportDialog::showCounts(const PreviewReply& preview)
{
    using Tone = widgets::ProportionBar::Tone;
    const QString looked = formatCount(preview.rowsLooked);
    m_looked->setText(widgets::joinedByDot({preview.wholeFile ? tr("all %1 of the file").arg(looked) : tr("the first %1 of the file").arg(looked),
                                            preview.leftOut > 0 ? tr("%1 left out as asked").arg(formatCount(preview.leftOut)) : QString()}));
    m_filter->setTexts({tr("All"), tr("Used %1").arg(formatCount(preview.used)), tr("Merged %1").arg(formatCount(preview.merged)),
                        tr("Repaired %1").arg(formatCount(preview.repaired)),
                        tr("Rejected %1").arg(formatCount(preview.rejected))});
    QVector<widgets::ProportionBar::Part> parts{{tr("used"), preview.used, Tone::Ink, 0, {}},
                                                {tr("merged"), preview.merged, Tone::Series, 4, tr("same molecule as an earlier row")},
                                                {tr("repaired"), preview.repaired, Tone::Warning, 0, {}},
                                                {tr("rejected"), preview.rejected, Tone::Error, 0, {}}};
    if (preview.leftOut > 0) {
        parts.append({tr("left out"), preview.leftOut, Tone::Quiet, 0, tr("as asked")});
    }
    m_proportions->setParts(parts);
}

void ImportDialog::showPreviewError(const EngineError& error)
{
    m_usable = false;
    updateImport();
    m_message->showMessage(widgets::MessageBar::Kind::Error, error.message, error.hint);
}

void ImportDialog::startImport()
{
    QJsonObject params = choice();
    params.insert(u"project"_s, m_project);
    params.insert(u"files"_s, QJsonArray::fromStringList(m_files));
    if (!m_dataset->text().trimmed().isEmpty()) {
        params.insert(u"dataset"_s, m_dataset->text().trimmed());
    }
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) { importDone(result); };
    callbacks.failed = [this](const EngineError& error) { importFailed(error); };
    callbacks.progress = [this](const EngineProgress& progress) { m_progress->setProgress(toProgress(progress)); };
    setImporting(true);
    m_importRequest = m_services.engine->request(u"import.run"_s, params, this, callbacks, EngineClient::OnCrash::Fail);
}

void ImportDialog::setImporting(bool importing)
{
    m_importing = importing;
    updateImport();
    m_columns->setEnabled(!importing);
    m_reading->setEnabled(!importing);
    m_rows->setEnabled(!importing);
    m_dataset->setEnabled(!importing);
    m_cancel->setText(importing ? tr("Stop") : tr("Cancel"));
    m_progress->setTitle(tr("Importing"));
    m_progress->setVisible(importing);
}

void ImportDialog::importDone(const QJsonObject& result)
{
    m_importRequest = 0;
    Q_EMIT imported(m_project, importReportsFrom(result));
    accept();
}

void ImportDialog::importFailed(const EngineError& error)
{
    m_importRequest = 0;
    setImporting(false);
    if (m_closeWhenStopped) {
        QDialog::reject();
        return;
    }
    if (error.isStopped()) {
        m_message->showMessage(widgets::MessageBar::Kind::Info, tr("Stopped."),
                               tr("What was read so far is kept; importing again goes on from there."));
    } else {
        m_message->showMessage(widgets::MessageBar::Kind::Error, error.message, hintOf(error));
    }
}

QString ImportDialog::hintOf(const EngineError& error) const
{
    if (error.code != "exists"_L1) {
        return error.hint;
    }
    // The engine's words are about options of the command line.
    const bool oneDataset = m_files.size() == 1 || !m_dataset->text().trimmed().isEmpty();
    return oneDataset ? tr("Change the name above.") : tr("Import that file alone, under another name.");
}

void ImportDialog::reject()
{
    if (m_importRequest) {
        m_services.engine->cancel(m_importRequest); // importFailed() follows
        m_cancel->setEnabled(false);
        m_closeWhenStopped = true;
        return;
    }
    QDialog::reject();
}

} // namespace papilio::app
