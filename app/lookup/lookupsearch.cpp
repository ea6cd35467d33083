// SPDX-License-Identifier: GPL-3.0-or-later
// What the text in the look-up field finds in the project, and which molecule of it is shown.
#include <QDoubleSpinBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStackedWidget>

#include "app/lookup/lookuppage.h"
#include "app/lookup/resultmodel.h"
#include "app/lookup/resultspanel.h"
#include "app/workspace/workspace.h"
#include "widgets/labels.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

void LookupPage::connectResults()
{
    connect(m_results, &ResultsPanel::chosen, this, [this](const QString& smiles) {
        if (!m_ofResults || m_asking != smiles) {
            m_problem.clear();
            askMolecule(smiles, true);
        }
    });
    connect(m_results, &ResultsPanel::arrived, this, &LookupPage::showFound);
    connect(m_results, &ResultsPanel::finished, this, [this] {
        if (m_results->count() > 0) {
            showFound();
        } else if (m_kind->currentIndex() == Substructure) {
            setStatus(tr("No molecule contains it"), false);
            m_stack->setCurrentIndex(m_reply.canonical.isEmpty() ? 0 : 1);
        } else if (!m_problem.isEmpty()) {
            widgets::setErrorState(m_field, true);
            setStatus(tr("Nothing of that name; as a structure: %1").arg(m_problem), true);
        }
    });
    connect(m_results, &ResultsPanel::failed, this, &LookupPage::showError);
    m_field->installEventFilter(this);
}

/// The arrow keys go through the results while one types.
bool LookupPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            m_results->step(key == Qt::Key_Down ? 1 : -1);
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

void LookupPage::showFound()
{
    const SearchResult* result = m_results->current();
    const bool wanted = m_kind->currentIndex() == Substructure || !m_problem.isEmpty();
    if (!wanted || !result || result->smiles.isEmpty() || (m_ofResults && m_asking == result->smiles)) {
        return;
    }
    m_problem.clear();
    askMolecule(result->smiles, true);
}

void LookupPage::ask()
{
    m_timer.stop();
    const QString text = m_field->text().trimmed();
    const bool open = m_services.workspace->isOpen();
    m_results->setVisible(open);
    m_results->clear();
    m_problem.clear();
    m_asking.clear();
    if (text.isEmpty() || m_kind->currentIndex() == Substructure) {
        askMolecule({}, false); // ends what is under way
        setStatus(text.isEmpty() ? QString() : open ? tr("looking for the substructure …") : tr("Open a project to search it"), false);
        m_stack->setCurrentIndex(text.isEmpty() ? 0 : 1);
    } else {
        askMolecule(text, false);
    }
    if (open && !text.isEmpty()) {
        constexpr const char* kinds[] = {"auto", "smarts", "similar"};
        m_results->search(text, QString::fromLatin1(kinds[m_kind->currentIndex()]), m_least->value());
    }
}

} // namespace papilio::app
