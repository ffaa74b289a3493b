// SPDX-License-Identifier: Apache-2.0
#include "connection/ClusterIndex.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace kith::connection {

void ClusterIndex::saw(const QByteArray &index)
{
    if (index.isEmpty() || index == furthest()) // so most answers of a server that nobody writes to
        return;
    const QJsonObject state = QJsonDocument::fromJson(QByteArray::fromBase64(index)).object();
    bool known = false;
    const quint64 value = state.value(QLatin1String("value")).toString().toULongLong(&known);
    if (!known)
        return;
    const QByteArray cluster = state.value(QLatin1String("cluster")).toString().toUtf8();
    const std::lock_guard lock(m_mutex);
    if (cluster == m_cluster && value <= m_value)
        return;
    m_text = index;
    m_cluster = cluster;
    m_value = value;
}

QByteArray ClusterIndex::furthest() const
{
    const std::lock_guard lock(m_mutex);
    return m_text;
}

} // namespace kith::connection
