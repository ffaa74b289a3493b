// SPDX-License-Identifier: Apache-2.0
#include "RightsReader.h"

#include "Permissions.h"
#include "connection/Async.h"

#include <chrono>
#include <utility>

namespace kith::views {

using connection::ObjectRef;
using connection::ObjectRights;
using connection::whenReady;

static constexpr std::chrono::milliseconds Collecting(60);

RightsReader::RightsReader(connection::RemoteConnection &connection, Permissions &permissions, QObject *parent)
    : QObject(parent), m_connection(connection), m_permissions(permissions)
{
    m_collecting.setSingleShot(true);
    m_collecting.setInterval(Collecting);
    connect(&m_collecting, &QTimer::timeout, this, &RightsReader::askWanted);
    connect(&m_permissions, &Permissions::wanted, this, [this](ObjectRef object) { want(m_objects, object); });
    connect(&m_permissions, &Permissions::mountWanted, this, [this](const QString &path) { want(m_mounts, path); });
    read();
}

void RightsReader::read()
{
    m_objects.asked.clear();
    m_mounts.asked.clear();
    whenReady(m_connection.rights(), this, [this, asked = ++m_generation](const Result<connection::Rights> &rights) {
        if (rights && asked == m_generation)
            m_permissions.setRights(*rights);
    });
}

template <class Key>
void RightsReader::want(Asking<Key> &asking, const Key &key)
{
    if (m_connection.token().signedIn().policies.contains(QStringLiteral("root")) || asking.wanted.contains(key) ||
        asking.asked.contains(key))
        return;
    asking.wanted += key;
    m_collecting.start();
}

template <class Key, class Ask, class Tell>
void RightsReader::ask(Asking<Key> &asking, Ask ask, Tell tell)
{
    const QList<Key> keys = std::exchange(asking.wanted, {});
    if (keys.isEmpty())
        return;
    asking.asked += keys;
    whenReady(ask(keys), this,
              [this, &asking, keys, tell, asked = m_generation](const Result<std::vector<ObjectRights>> &rights) {
                  if (asked != m_generation)
                      return;
                  for (const Key &key : keys)
                      asking.asked.removeOne(key);
                  if (rights && rights->size() == std::size_t(keys.size()))
                      tell(keys, *rights);
              });
}

void RightsReader::askWanted()
{
    ask(
        m_objects,
        [this](const QList<ObjectRef> &objects) {
            return m_connection.rightsOf({objects.begin(), objects.end()});
        },
        [this](const QList<ObjectRef> &objects, const std::vector<ObjectRights> &rights) {
            m_permissions.setRightsOf({objects.begin(), objects.end()}, rights);
        });
    ask(
        m_mounts, [this](const QStringList &paths) { return m_connection.rightsOfMounts(paths); },
        [this](const QStringList &paths, const std::vector<ObjectRights> &rights) {
            m_permissions.setRightsOfMounts(paths, rights);
        });
}

} // namespace kith::views
