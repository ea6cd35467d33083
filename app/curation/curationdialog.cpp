// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/curation/curationdialog.h"

#include <cmath>

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableWidget>
#include <QTreeWidget>

#include "app/engine/engineclient.h"
#include "app/engine/enginetext.h"
#include "app/format.h"
#include "app/settings.h"
#include "app/workspace/workspace.h"
#include "widgets/format.h"
#include "widgets/jobpanel.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::formatCount;
using widgets::MessageBar;

namespace
{

QTableWidgetItem* cell(const QString& text, bool number = false)
{
    auto* item = new QTableWidgetItem(text);
    item->setToolTip(text);
    item->setTextAlignment((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return item;
}

} // namespace

CurationRecipe CurationDialog::recipe() const
{
    return {m_salts->isChecked(), m_neutralise->isChecked(), m_tautomers->isChecked(), m_stereo->isChecked(),
            m_duplicates->currentData().toString()};
}

void CurationDialog::setRecipe(const CurationRecipe& recipe)
{
    m_salts->setChecked(recipe.stripSalts);
    m_neutralise->setChecked(recipe.neutralise);
    m_tautomers->setChecked(recipe.tautomers);
    m_stereo->setChecked(recipe.dropStereo);
    m_duplicates->setCurrentIndex(std::max(0, m_duplicates->findData(recipe.duplicates)));
    update();
}

void CurationDialog::askState()
{
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) {
        const CurationReply reply = curationFrom(result);
        m_isKnown = true;
        m_inUse = reply.recipe;
        setRecipe(m_inUse);
        showCounts(reply, false);
    };
    callbacks.failed = [this](const EngineError& error) { failed(error); };
    m_services.engine->request(u"curate.state"_s, {{u"project"_s, m_path}, {u"dataset"_s, m_name}}, this,
                               callbacks);
}

void CurationDialog::askConflicts()
{
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) { showConflicts(conflictsFrom(result)); };
    callbacks.failed = [this](const EngineError& error) { m_conflictCount->setText(error.message); };
    m_services.engine->request(u"curate.conflicts"_s, {{u"project"_s, m_path}, {u"dataset"_s, m_name}},
                               this, callbacks);
}

void CurationDialog::start(Step step)
{
    const CurationRecipe wanted = recipe();
    EngineClient::Callbacks callbacks;
    callbacks.done = [this, step](const QJsonObject& result) { finished(step, curationFrom(result)); };
    callbacks.failed = [this](const EngineError& error) {
        m_step = Step::Idle;
        m_request = 0;
        m_close->setEnabled(true);
        failed(error);
    };
    callbacks.progress = [this](const EngineProgress& progress) { m_progress->setProgress(toProgress(progress)); };
    m_message->hide();
    m_step = step;
    m_progress->setTitle(step == Step::Previewing ? tr("Counting what changes") : tr("Applying"));
    m_progress->setProgress({});
    m_request = m_services.engine->request(
        step == Step::Previewing ? u"curate.preview"_s : u"curate.apply"_s,
        {{u"project"_s, m_path}, {u"dataset"_s, m_name}, {u"recipe"_s, wanted.toJson()}}, this, callbacks,
        step == Step::Previewing ? EngineClient::OnCrash::Repeat : EngineClient::OnCrash::Fail);
    update();
}

void CurationDialog::finished(Step step, const CurationReply& reply)
{
    m_step = Step::Idle;
    m_request = 0;
    if (step == Step::Previewing) {
        m_previewed = reply.recipe;
        showCounts(reply, true);
        showExamples(reply);
    } else {
        m_previewed.reset();
        m_inUse = reply.recipe;
        showCounts(reply, false);
        showExamples({});
        askConflicts();
        const QString text = tr("%1, before %2").arg(countedText(reply.after.molecules, tr("molecule"), tr("molecules")),
                                                     formatCount(reply.before.molecules));
        m_message->showMessage(MessageBar::Kind::Success, tr("Applied."), widgets::joinedByDot(QStringList{text} + reply.notes));
        Q_EMIT applied(tr("%1 was curated").arg(m_name), text);
    }
    update();
}

void CurationDialog::failed(const EngineError& error)
{
    if (error.isStopped()) {
        m_message->showMessage(MessageBar::Kind::Info, tr("Stopped."), tr("The dataset is as it was."));
    } else {
        m_message->showMessage(MessageBar::Kind::Error, error.message, error.hint);
    }
    update();
}

void CurationDialog::showCounts(const CurationReply& reply, bool preview)
{
    const CurationReply::Counts &before = reply.before, &after = reply.after;
    const std::tuple<QString, qint64, qint64> lines[] = {
        {tr("Molecules"), before.molecules, after.molecules},
        {tr("Rows used"), before.used, after.used},
        {tr("Rows merged with an earlier one"), before.merged, after.merged},
        {tr("Rows repaired"), before.repaired, after.repaired},
        {tr("Rows rejected"), before.rejected, after.rejected},
        {tr("Rows with salts or solvents stripped"), before.stripped, after.stripped},
        {tr("Rows with charges neutralised"), before.neutralised, after.neutralised},
        {tr("Rows with another tautomer"), before.tautomers, after.tautomers},
        {tr("Rows with stereochemistry dropped"), before.stereoDropped, after.stereoDropped},
        {tr("Molecules with contradicting labels"), before.contradictingMolecules, after.contradictingMolecules},
        {tr("Contradictions, task by task"), before.contradictions, after.contradictions},
        {tr("Labels made of several rows"), before.labelsCombined, after.labelsCombined},
        {tr("Labels dropped"), before.labelsDropped, after.labelsDropped},
    };
    m_counts->setColumnHidden(2, !preview);
    m_counts->setColumnHidden(3, !preview);
    m_counts->setRowCount(static_cast<int>(std::size(lines)));
    int line = 0;
    for (const auto& [title, was, is] : lines) {
        m_counts->setItem(line, 0, cell(title));
        m_counts->setItem(line, 1, cell(formatCount(preview ? was : is), true));
        m_counts->setItem(line, 2, cell(formatCount(is), true));
        const qint64 change = is - was;
        m_counts->setItem(line, 3, cell(change == 0 ? QString() : (change > 0 ? u"+"_s : u"−"_s) + formatCount(std::abs(change)), true));
        ++line;
    }
}

void CurationDialog::showExamples(const CurationReply& reply)
{
    m_examples->setRowCount(static_cast<int>(reply.examples.size()));
    for (int i = 0; i < m_examples->rowCount(); ++i) {
        const CurationReply::Example& example = reply.examples[static_cast<std::size_t>(i)];
        auto* number = cell(formatCount(example.row), true);
        number->setData(Qt::UserRole, QVariant::fromValue<qint64>(example.row));
        m_examples->setItem(i, 0, number);
        m_examples->setItem(i, 1, cell(example.text));
        m_examples->setItem(i, 2, cell(example.smiles));
        m_examples->setItem(i, 3, cell(engineText(example.reason)));
    }
}

void CurationDialog::showConflicts(const ConflictReply& reply)
{
    m_conflicts->clear();
    for (const auto& conflict : reply.conflicts) {
        QStringList values;
        for (const auto& row : conflict.rows) {
            values << row.second;
        }
        auto* top = new QTreeWidgetItem(m_conflicts, {conflict.task, conflict.smiles, values.join(u" | "_s),
                                                     conflict.now.isEmpty() ? tr("none") : conflict.now});
        top->setToolTip(1, conflict.smiles);
        for (const auto& [row, value] : conflict.rows) {
            auto* item = new QTreeWidgetItem(top, {tr("row %1").arg(formatCount(row)), {}, value, {}});
            item->setData(0, Qt::UserRole, QVariant::fromValue<qint64>(row));
        }
    }
    const auto shown = static_cast<qint64>(reply.conflicts.size());
    const QString all = (reply.molecules == 1 ? tr("%1 in %2 molecule") : tr("%1 in %2 molecules"))
                            .arg(countedText(reply.contradictions, tr("contradiction"), tr("contradictions")), formatCount(reply.molecules));
    m_conflictCount->setText(shown < reply.contradictions ? widgets::joinedByDot({all, tr("the first %1 are listed").arg(formatCount(shown))}) : all);
    m_tabs->setTabText(2, reply.contradictions > 0 ? tr("Contradictions %1").arg(formatCount(reply.contradictions))
                                                   : tr("Contradictions"));
    m_saveConflicts->setEnabled(reply.contradictions > 0);
}

void CurationDialog::saveConflicts()
{
    auto* dialog = new QFileDialog(this, tr("Export contradicting labels"),
                                   m_services.settings->lastFolder() + u'/' + m_name + u"-contradictions.csv"_s, tr("CSV (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_services.settings->setLastFolder(QFileInfo(path).path());
        EngineClient::Callbacks callbacks;
        callbacks.done = [this, path](const QJsonObject&) {
            m_message->showMessage(MessageBar::Kind::Success, tr("Contradictions written"), pathText(path));
        };
        callbacks.failed = [this](const EngineError& error) { failed(error); };
        m_services.engine->request(u"curate.conflicts"_s,
                                   {{u"project"_s, m_path}, {u"dataset"_s, m_name}, {u"path"_s, path}}, this,
                                   callbacks);
    });
    dialog->open();
}

void CurationDialog::update()
{
    const bool idle = m_step == Step::Idle, ready = idle && m_isKnown;
    const CurationRecipe wanted = recipe();
    const bool plain = m_inUse == CurationRecipe();
    m_form->setEnabled(ready);
    m_progress->setVisible(!idle);
    m_close->setText(idle ? tr("Close") : tr("Stop"));
    m_preview->setEnabled(ready && m_previewed != wanted && wanted != m_inUse);
    m_apply->setEnabled(ready && m_previewed == wanted && wanted != m_inUse);
    m_apply->setToolTip(wanted == m_inUse ? tr("This recipe is in use.")
                                          : m_previewed == wanted ? QString() : tr("Count what changes first."));
    m_reset->setEnabled(ready && wanted != CurationRecipe());
    m_state->setText(!m_isKnown ? QString() : plain ? tr("In use: the rows as imported.") : tr("A recipe is in use."));
    const QHash<QString, QString> meanings{
        {u"first"_s, tr("The label of the earliest row counts; later rows fill in what it has none of.")},
        {u"keep"_s, tr("Every row stays a row with labels of its own. Where one value is needed, that of the earliest row counts.")},
        {u"mean"_s, tr("Numbers: the mean of the rows. Classes: the most frequent one, none on a tie.")},
        {u"median"_s, tr("Numbers: the median of the rows. Classes: the most frequent one, none on a tie.")},
        {u"majority"_s, tr("Classes: the most frequent one, none on a tie. Numbers: the median.")},
        {u"drop"_s, tr("Labels that differ between rows are left out; the molecule keeps its others.")},
    };
    m_meaning->setText(meanings.value(wanted.duplicates));
}

void CurationDialog::reject()
{
    if (m_request != 0) {
        m_close->setEnabled(false);
        m_services.engine->cancel(m_request); // failed() follows
        return;
    }
    QDialog::reject();
}

} // namespace papilio::app
