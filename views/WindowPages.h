// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "PolicyDrafts.h"
#include "WindowMemory.h"
#include "connection/Connection.h"

#include <QStackedWidget>

#include <map>
#include <vector>

namespace kith::views {

class Editor;
class EntitiesPage;
class ObjectsPage;
class PoliciesPage;
class WelcomePage;
class WindowActions;

/// The pages of a window, one of which is seen. Each is made when it is first asked for: all of them in one turn of the
/// event loop would hold up the window that somebody waits for.
class WindowPages : public QStackedWidget
{
    Q_OBJECT
public:
    /// All must outlive it.
    WindowPages(connection::Connection &connection, Editor &editor, WindowActions &actions, WindowMemory &memory,
                QWidget *parent);

    /// Made if need be; none for the welcome page, which shows no objects.
    ObjectsPage *page(Page page);
    EntitiesPage &entities();
    PoliciesPage &policies();
    WelcomePage &welcome() { return *m_welcome; }
    /// The one that is seen; none for the welcome page.
    ObjectsPage *current() const;

    void turnTo(Page page);
    void save(); ///< How they are laid out; what is known of pages that weren't made stays as it is.

    // What was typed in policies and isn't saved. None without their page.
    bool hasEdited() const;
    PolicyDrafts giveDrafts();
    void takeDrafts(const PolicyDrafts &drafts);

Q_SIGNALS:
    /// One more page is here, laid out as it was left, with its actions and with what may be done.
    void made(kith::views::ObjectsPage *page);

private:
    ObjectsPage *make(Page page);
    EntitiesPage *makeEntities();
    void takeTabsTo(QWidget &page);
    void fit();

    connection::Connection &m_connection;
    Editor &m_editor;
    WindowActions &m_actions;
    WindowMemory &m_memory;
    WelcomePage *m_welcome;
    std::map<Page, ObjectsPage *> m_pages; ///< Those that were made.
};

} // namespace kith::views
