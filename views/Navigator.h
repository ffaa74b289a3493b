// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Values.h"

#include <QElapsedTimer>
#include <QObject>

namespace kith::views {

enum class Page { Welcome, Entities, Groups, Aliases, Policies, Mounts };

/// As options and settings call it: "entities".
QString pageName(Page page);
std::optional<Page> pageOf(const QString &name);

/// Where one is: a page, on the groups page the chosen group, what the inspector shows, or the chosen policy or mount.
struct Place {
    Page page = Page::Entities;
    GroupId group;
    connection::ObjectRef object;
    QString name = {}; ///< The chosen policy's; the accessor of a chosen mount, or of that whose aliases are shown.

    friend bool operator==(const Place &, const Place &) = default;
};

/// What the window shows, and the way there: back and forward as in a browser. Pages tell it what was chosen and follow
/// placeChanged(). GUI thread.
class Navigator : public QObject
{
    Q_OBJECT
public:
    explicit Navigator(QObject *parent = nullptr);

    const Place &place() const { return m_history[m_at]; }
    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < m_history.size(); }

    /// A link, a search hit: goes to the page on which the object is at home and chooses it there.
    void open(connection::ObjectRef object);
    void openPolicy(const QString &name);
    /// Goes to the place, remembering where one was.
    void go(const Place &place);
    /// A click or an arrow key on a page chose something: as go(), but what was passed by quickly is not remembered.
    void choose(const Place &place);
    /// Goes to the page as it was left.
    void showPage(Page page);
    /// Forgets an object that is gone; where it was shown nothing is.
    void forget(connection::ObjectRef object);

public Q_SLOTS:
    void back();
    void forward();

Q_SIGNALS:
    void placeChanged(const kith::views::Place &place);
    void historyChanged(); ///< canGoBack or canGoForward.

private:
    void enter();

    std::vector<Place> m_history{Place{}};
    std::size_t m_at = 0;
    QElapsedTimer m_since; ///< How long one has been at the current place.
};

} // namespace kith::views

Q_DECLARE_METATYPE(kith::views::Place)
