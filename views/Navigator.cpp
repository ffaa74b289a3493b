// SPDX-License-Identifier: Apache-2.0
#include "Navigator.h"

namespace kith::views {

static constexpr std::size_t HistoryLimit = 200;
static constexpr qint64 PassedBy = 900; ///< ms: a place left sooner isn't one to come back to.

namespace {

struct NamedPage {
    Page page;
    const char *name;
};
constexpr NamedPage Names[] = {{Page::Welcome, "welcome"}, {Page::Entities, "entities"}, {Page::Groups, "groups"},
                               {Page::Aliases, "aliases"}, {Page::Policies, "policies"}, {Page::Mounts, "mounts"}};

} // namespace

QString pageName(Page page)
{
    for (const NamedPage &named : Names)
        if (named.page == page)
            return QString::fromLatin1(named.name);
    return {};
}

std::optional<Page> pageOf(const QString &name)
{
    for (const NamedPage &named : Names)
        if (name == QLatin1String(named.name))
            return named.page;
    return std::nullopt;
}

Navigator::Navigator(QObject *parent) : QObject(parent)
{
    m_since.start();
}

void Navigator::open(connection::ObjectRef object)
{
    if (object.kind == connection::ObjectKind::Group)
        go({Page::Groups, object.group(), object});
    else
        go({Page::Entities, {}, object});
}

void Navigator::openPolicy(const QString &name)
{
    go({Page::Policies, {}, {}, name});
}

void Navigator::go(const Place &place)
{
    if (place == this->place())
        return enter(); // chosen again: pages may have scrolled away from it
    m_history.resize(m_at + 1);
    m_history.push_back(place);
    if (m_history.size() > HistoryLimit)
        m_history.erase(m_history.begin());
    m_at = m_history.size() - 1;
    enter();
}

void Navigator::choose(const Place &place)
{
    if (place == this->place())
        return;
    const bool passedBy = m_since.elapsed() < PassedBy && place.page == this->place().page;
    if (!passedBy)
        return go(place);
    m_history.resize(m_at + 1);
    m_history[m_at] = place;
    enter();
}

void Navigator::showPage(Page page)
{
    if (page == place().page)
        return;
    for (std::size_t i = m_at + 1; i-- > 0;)
        if (m_history[i].page == page)
            return go(m_history[i]);
    go({page, {}, {}});
}

void Navigator::forget(connection::ObjectRef object)
{
    const Place before = place();
    for (Place &place : m_history) {
        if (place.object == object)
            place.object = {};
        if (object.kind == connection::ObjectKind::Group && place.group == object.group())
            place.group = {};
    }
    if (!(place() == before))
        enter();
}

void Navigator::back()
{
    if (!canGoBack())
        return;
    --m_at;
    enter();
}

void Navigator::forward()
{
    if (!canGoForward())
        return;
    ++m_at;
    enter();
}

void Navigator::enter()
{
    m_since.restart();
    Q_EMIT placeChanged(place());
    Q_EMIT historyChanged();
}

} // namespace kith::views
