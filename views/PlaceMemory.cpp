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
    m_spot = {place.page, {}, {}};
    whenReady(m_connection.directory().uuids({ObjectRef::of(place.group), place.object}), this,
              [this, place](auto uuids) {
                  if (uuids && uuids->size() == 2 && place == m_navigator.place())
                      m_spot = {place.page, uuids->front(), uuids->back()};
              });
}

void PlaceMemory::save()
{
    m_memory.setSpot(m_spot);
}

void PlaceMemory::restore()
{
    const auto remembered = m_memory.spot();
    if (!remembered)
        return;
    whenReady(m_connection.directory().byUuids({remembered->group, remembered->object}), this,
              [this, page = remembered->page](auto refs) {
                  if (refs && refs->size() == 2 && m_navigator.place() == Place() && !m_navigator.canGoBack())
                      m_navigator.go({page, refs->front().group(), refs->back()});
              });
}

} // namespace kith::views
