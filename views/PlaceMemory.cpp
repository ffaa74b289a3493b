// SPDX-License-Identifier: Apache-2.0
#include "PlaceMemory.h"

#include "connection/Async.h"

namespace kith::views {

using connection::ObjectRef;
using connection::whenReady;

PlaceMemory::PlaceMemory(connection::Connection &connection, Navigator &navigator, WindowMemory &memory,
                         QObject *parent)
    : QObject(parent), m_connection(connection), m_navigator(navigator), m_memory(memory)
{}

void PlaceMemory::note()
{
    const Place place = m_navigator.place();
    if (hasMoved())
        m_wanted.reset();
    if (!place.group && !place.object) {
        m_spot = {place.page, {}, {}, place.name};
        return;
    }
    whenReady(m_connection.directory().uuids({ObjectRef::of(place.group), place.object}), this,
              [this, place](auto uuids) {
                  if (uuids && uuids->size() == 2 && place == m_navigator.place())
                      m_spot = WindowMemory::Spot{place.page, uuids->front(), uuids->back(), place.name};
              });
}

void PlaceMemory::save()
{
    if (m_spot && !m_wanted)
        m_memory.setSpot(*m_spot);
}

bool PlaceMemory::hasMoved() const
{
    return !(m_navigator.place() == Place()) || m_navigator.canGoBack();
}

void PlaceMemory::restore()
{
    m_wanted = m_memory.spot();
    // What is read from a server comes later than the window.
    connect(&m_connection, &connection::Connection::changed, this, &PlaceMemory::goThere);
    goThere();
}

void PlaceMemory::goThere()
{
    if (!m_wanted)
        return;
    whenReady(m_connection.directory().byUuids({m_wanted->group, m_wanted->object}), this, [this](auto refs) {
        if (!m_wanted || !refs || refs->size() != 2)
            return;
        const bool moved = hasMoved();
        const bool nowhere = m_wanted->group.isEmpty() && m_wanted->object.isEmpty();
        const bool there = nowhere || refs->front() || refs->back();
        if (!moved && !there)
            return; // perhaps later
        const WindowMemory::Spot spot = *m_wanted;
        m_wanted.reset();
        if (!moved)
            m_navigator.go({spot.page, refs->front().group(), refs->back(), spot.name});
    });
}

} // namespace kith::views
