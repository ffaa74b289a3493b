// SPDX-License-Identifier: Apache-2.0
#include "RightsReader.h"

#include "Permissions.h"
#include "connection/Async.h"

#include <algorithm>
#include <chrono>

namespace kith::views {

using connection::ObjectRef;
using connection::whenReady;

static constexpr std::chrono::milliseconds Collecting(60);

RightsReader::RightsReader(connection::RemoteConnection &connection, Permissions &permissions, QObject *parent)
    : QObject(parent), m_connection(connection), m_permissions(permissions)
{
    m_collecting.setSingleShot(true);
    m_collecting.setInterval(Collecting);
    connect(&m_collecting, &QTimer::timeout, this, &RightsReader::askWanted);
    connect(&m_permissions, &Permissions::wanted, this, &RightsReader::want);
    read();
}

void RightsReader::read()
{
    m_asked.clear();
    whenReady(m_connection.rights(), this, [this, asked = ++m_generation](const Result<connection::Rights> &rights) {
        if (rights && asked == m_generation)
            m_permissions.setRights(*rights);
    });
}

void RightsReader::want(ObjectRef object)
{
    const auto in = [object](const std::vector<ObjectRef> &list) {
        return std::find(list.begin(), list.end(), object) != list.end();
    };
    if (m_connection.token().signedIn().policies.contains(QStringLiteral("root")) || in(m_wanted) || in(m_asked))
        return;
    m_wanted.push_back(object);
    m_collecting.start();
}

void RightsReader::askWanted()
{
    const std::vector<ObjectRef> objects = std::exchange(m_wanted, {});
    m_asked.insert(m_asked.end(), objects.begin(), objects.end());
    whenReady(m_connection.rightsOf(objects), this,
              [this, objects, asked = m_generation](const Result<std::vector<connection::ObjectRights>> &rights) {
                  if (asked != m_generation)
                      return;
                  for (const ObjectRef object : objects)
                      std::erase(m_asked, object);
                  if (rights && rights->size() == objects.size())
                      m_permissions.setRightsOf(objects, *rights);
              });
}

} // namespace kith::views
