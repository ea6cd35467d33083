// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/headerbar.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

#include "app/themedicon.h"
#include "widgets/jobpanel.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Role;
using widgets::TextStyle;

HeaderBar::HeaderBar(QMenu* menu, QWidget* parent) : Pane(Role::Chrome, Qt::BottomEdge, parent)
{
    setObjectName(u"header"_s);
    const widgets::Metrics& metrics = widgets::Theme::current().metrics();
    setFixedHeight(metrics.header);

    m_menuButton = new QToolButton;
    m_menuButton->setObjectName(u"menuButton"_s);
    m_menuButton->setAccessibleName(tr("Menu"));
    m_menuButton->setToolTip(tr("Menu (F10)"));
    m_menuButton->setFixedSize(32, 32);
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    m_menuButton->setMenu(menu);
    setThemedIcon(m_menuButton, u"menu"_s, Role::Text);

    m_name = new widgets::ElidedLabel;
    m_name->setObjectName(u"projectName"_s);
    m_name->setStyle(TextStyle::BodyStrong);
    m_remark = new widgets::ElidedLabel;
    m_remark->setRole(Role::TextSecondary);

    m_search = new QLineEdit;
    m_search->setObjectName(u"searchField"_s);
    m_search->setAccessibleName(tr("Search: find a molecule"));
    m_search->setPlaceholderText(tr("Find a molecule: name, id, structure, key   (Ctrl+K)"));
    m_search->setMaximumWidth(480);
    m_search->setMinimumWidth(160);
    m_search->addAction(QIcon(), QLineEdit::LeadingPosition);
    setThemedIcon(m_search->actions().constFirst(), m_search, u"search"_s);
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        if (!m_search->text().trimmed().isEmpty()) {
            Q_EMIT searched(m_search->text().trimmed());
            m_search->clear();
        }
    });

    m_jobs = new widgets::JobPanel;
    m_jobs->setObjectName(u"jobPanel"_s);
    m_jobs->setAccessibleName(tr("Running job"));
    m_jobs->setFixedWidth(312);
    m_jobs->hide();

    auto* left = new QHBoxLayout;
    left->setSpacing(metrics.space8);
    left->addSpacing(metrics.space16);
    left->addWidget(m_menuButton);
    left->addSpacing(metrics.space8);
    left->addWidget(m_name);
    left->addWidget(m_remark, 1);
    auto* right = new QHBoxLayout;
    right->addStretch(1);
    right->addWidget(m_jobs);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 1);
    layout->setSpacing(metrics.space12);
    // Wide ends of equal stretch keep the search field in the window's middle.
    layout->addLayout(left, 100);
    layout->addWidget(m_search, 108);
    layout->addLayout(right, 100);
    setProject({}, {});
}

void HeaderBar::setProject(const QString& name, const QString& remark)
{
    m_name->setText(name.isEmpty() ? u"Papilio"_s : name);
    m_remark->setText(remark);
}

void HeaderBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void HeaderBar::showMenu()
{
    m_menuButton->showMenu();
}

} // namespace papilio::app
