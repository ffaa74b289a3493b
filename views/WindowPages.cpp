// SPDX-License-Identifier: Apache-2.0
#include "WindowPages.h"

#include "AliasesPage.h"
#include "Editor.h"
#include "EntitiesPage.h"
#include "GroupsPage.h"
#include "MountsPage.h"
#include "PoliciesPage.h"
#include "WelcomePage.h"
#include "WindowActions.h"

namespace kith::views {

WindowPages::WindowPages(connection::Connection &connection, Editor &editor, WindowActions &actions,
                         WindowMemory &memory, QWidget *parent)
    : QStackedWidget(parent)
    , m_connection(connection)
    , m_editor(editor)
    , m_actions(actions)
    , m_memory(memory)
    , m_welcome(new WelcomePage(connection.location(), this))
{
    addWidget(m_welcome);
    connect(this, &QStackedWidget::currentChanged, this, &WindowPages::fit);
}

ObjectsPage *WindowPages::page(Page page)
{
    if (page == Page::Welcome)
        return nullptr;
    if (const auto there = m_pages.find(page); there != m_pages.end())
        return there->second;
    ObjectsPage *added = make(page);
    m_pages[page] = added;
    addWidget(added);
    fit();
    takeTabsTo(*added);
    added->setActions(m_actions.forObjects());
    added->setPermissions(m_editor.permissions());
    added->restore(m_memory.settings());
    Q_EMIT made(added);
    return added;
}

ObjectsPage *WindowPages::make(Page page)
{
    switch (page) {
    case Page::Entities:
        return makeEntities();
    case Page::Groups:
        return new GroupsPage(m_connection, this);
    case Page::Aliases:
        return new AliasesPage(m_connection, m_editor, this);
    case Page::Policies:
        return new PoliciesPage(m_connection, m_editor, m_actions.newPolicy, this);
    case Page::Mounts:
        return new MountsPage(m_connection, m_editor, this);
    case Page::Welcome:
        break;
    }
    return nullptr;
}

EntitiesPage *WindowPages::makeEntities()
{
    auto *page = new EntitiesPage(m_connection, this);
    page->setGroupsAction(m_actions.groupsBeside);
    page->setMemory(m_memory);
    return page;
}

/// Where Tab comes by the pages, instead of at the end of the window, where Qt puts what is made last. A widget that
/// hands the focus on to a child goes as a whole: Tab would come back to it from the end.
void WindowPages::takeTabsTo(QWidget &page)
{
    std::vector<QWidget *> inside;
    const QWidget *whole = nullptr;
    for (QWidget *next = page.nextInFocusChain(); next != &page; next = next->nextInFocusChain()) {
        if (!page.isAncestorOf(next) || (whole && whole->isAncestorOf(next)))
            continue;
        const bool handsOn = next->focusProxy() && next->isAncestorOf(next->focusProxy());
        if (handsOn)
            whole = next;
        if (handsOn || next->focusPolicy() != Qt::NoFocus)
            inside.push_back(next);
    }
    QWidget *before = previousInFocusChain();
    while (before != this && before->focusPolicy() == Qt::NoFocus) // behind such a one nothing can be put
        before = before->previousInFocusChain();
    for (auto one = inside.rbegin(); one != inside.rend(); ++one)
        setTabOrder(before, *one);
}

EntitiesPage &WindowPages::entities()
{
    return *static_cast<EntitiesPage *>(page(Page::Entities));
}

PoliciesPage &WindowPages::policies()
{
    return *static_cast<PoliciesPage *>(page(Page::Policies));
}

ObjectsPage *WindowPages::current() const
{
    return qobject_cast<ObjectsPage *>(currentWidget());
}

void WindowPages::turnTo(Page page)
{
    ObjectsPage *shown = this->page(page);
    setCurrentWidget(shown ? static_cast<QWidget *>(shown) : m_welcome);
}

/// The page that is seen alone says how narrow the window may become.
void WindowPages::fit()
{
    for (int i = 0; i < count(); ++i)
        widget(i)->setSizePolicy(i == currentIndex() ? QSizePolicy::Preferred : QSizePolicy::Ignored,
                                 QSizePolicy::Preferred);
}

void WindowPages::save()
{
    for (const auto &[which, page] : m_pages)
        page->save(m_memory.settings());
}

bool WindowPages::hasEdited() const
{
    const auto there = m_pages.find(Page::Policies);
    return there != m_pages.end() && static_cast<const PoliciesPage *>(there->second)->hasEdited();
}

PolicyDrafts WindowPages::giveDrafts()
{
    return m_pages.contains(Page::Policies) ? policies().giveDrafts() : PolicyDrafts();
}

void WindowPages::takeDrafts(const PolicyDrafts &drafts)
{
    if (!drafts.empty())
        policies().takeDrafts(drafts);
}

} // namespace kith::views
