// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "views/MainWindow.h"

#include <QAbstractItemView>
#include <QStringList>

#include <functional>

namespace kith::test {

/// A real mouse in a real window: the X server's own events (XTEST, by xdotool), the drag and drop of the platform.
class Hand
{
public:
    using Check = std::function<bool()>;
    struct Move {
        std::function<void()> act;
        Check until; ///< The next one follows when this is so; none: at once.
    };

    explicit Hand(views::MainWindow &window) : m_window(window) {}

    static void x(const QStringList &arguments); ///< What xdotool is to do.
    static void point(QPoint place);

    /// A drag runs an event loop of its own, so the hand is moved by a timer. Fails the test when it is stuck.
    void perform(std::vector<Move> moves);
    /// Grabs what is at `from`, moves over to `to`, and lets go when the hint says `said`. What the hint said then.
    QString drag(QPoint from, QPoint to, const QString &said, const char *modifier = nullptr);
    /// A picture of the window into $KITH_PICTURES, if that is set.
    void picture(const QString &name) const;

    QString hint() const; ///< What stands beside the cursor; empty: nothing.
    /// Where to grab somebody in a table, and a group in a tree.
    QPoint personAt(const char *table, EntityId id) const;
    QPoint groupAt(const char *tree, GroupId id) const;
    void choosePeople(const char *table, const std::vector<EntityId> &people);

    /// For main(): runs the program again inside a display of its own; gives what to leave with. Nothing: it is inside.
    static std::optional<int> inOwnDisplay(int argc, char **argv);

private:
    template <class Widget>
    Widget *find(const char *name) const;

    views::MainWindow &m_window;
};

} // namespace kith::test
