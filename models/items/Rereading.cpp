// SPDX-License-Identifier: Apache-2.0
#include "items/Rereading.h"

#include <utility>

namespace kith::items {

Rereading::Rereading(connection::Connection &connection, std::chrono::milliseconds collecting,
                     std::function<bool(const ChangeSet &)> concerns, std::function<void()> read)
    : m_read(std::move(read))
{
    m_collecting.setSingleShot(true);
    m_collecting.setInterval(collecting);
    QObject::connect(&m_collecting, &QTimer::timeout, &m_collecting, [this] { begin(); });
    QObject::connect(&connection, &connection::Connection::changed, &m_collecting,
                     [this, concerns = std::move(concerns)](const ChangeSet &changes) {
                         if (!concerns(changes))
                             return;
                         m_stale = true;
                         if (m_watching && !m_collecting.isActive())
                             m_collecting.start();
                     });
}

void Rereading::setWatching(bool watching)
{
    m_watching = watching;
    if (watching && m_stale)
        begin();
}

void Rereading::begin()
{
    if (m_underWay) // its end starts the next
        return;
    m_underWay = true;
    m_stale = false;
    m_read();
}

void Rereading::ended(Outcome outcome)
{
    m_underWay = false;
    if (m_stale && m_watching)
        m_collecting.start();
    if (outcome == Outcome::Failed)
        m_stale = true;
}

} // namespace kith::items
