// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "views/MainWindow.h"
#include "views/Navigator.h"

#include <functional>
#include <vector>

namespace kith::test {

/// Every page of a window with something chosen and with nothing, every tab beside it, and every dialog that a menu
/// opens there, one after the other.
class Walk
{
public:
    /// What is on the screen, and a name for it that is fit for a file.
    using Look = std::function<void(QWidget &shown, const QString &name)>;

    Walk(views::MainWindow &window, Look look) : m_window(window), m_look(std::move(look)) {}

    struct Stop {
        QString name;
        views::Place place;
        std::vector<connection::ObjectRef> selected = {}; ///< More than one, in the table of the page.
    };
    void go(const Stop &stop);
    void visit(const Stop &stop);   ///< The page itself, its tabs, and with a filter that nothing matches.
    void dialogs(const Stop &stop); ///< Those whose action is to be had there.

private:
    void settle();
    void tabs(const QString &name);
    void emptied(const QString &name);
    void dialog(QAction *action, const QString &name);

    views::MainWindow &m_window;
    Look m_look;
    /// What was looked at of what asks, by its action. One shows a menu and waits.
    QStringList m_opened{QStringLiteral("filterBy")};
};

} // namespace kith::test
