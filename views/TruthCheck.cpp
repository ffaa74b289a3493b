// SPDX-License-Identifier: Apache-2.0
#include "TruthCheck.h"

#include "connection/Async.h"

#include <chrono>

namespace kith::views {

using connection::ObjectKind;
using connection::ObjectRef;
using connection::whenReady;

static constexpr std::chrono::milliseconds StandsStill(300);

TruthCheck::TruthCheck(connection::RemoteConnection &connection, QObject *parent)
    : QObject(parent), m_connection(connection)
{
    m_wait.setSingleShot(true);
    m_wait.setInterval(StandsStill);
    connect(&m_wait, &QTimer::timeout, this, &TruthCheck::compare);
}

void TruthCheck::look(ObjectRef object)
{
    m_object = object;
    ++m_generation;
    m_wait.stop();
    Q_EMIT said({}, Tone::Quiet);
    if (m_object)
        m_wait.start();
}

void TruthCheck::compare()
{
    if (m_object.kind == ObjectKind::Group) {
        m_connection.readWays(m_object);
        return;
    }
    whenReady(m_connection.compareGroups(m_object.entity()), this,
              [this, asked = m_generation](const Result<connection::GroupComparison> &groups) {
                  if (asked != m_generation || !groups)
                      return;
                  tell(*groups);
                  m_connection.readWays(m_object); // now its groups are known
              });
}

void TruthCheck::tell(const connection::GroupComparison &groups)
{
    if (groups.same())
        return Q_EMIT said(tr("Its groups are as the server says."), Tone::Quiet);
    QStringList more;
    QStringList fewer;
    const QStringList theirs = groups.serverDirect + groups.serverInherited;
    const QStringList ours = groups.ourDirect + groups.ourInherited;
    for (const QString &uuid : theirs)
        if (!ours.contains(uuid))
            more += uuid;
    for (const QString &uuid : ours)
        if (!theirs.contains(uuid))
            fewer += uuid;
    tellNames(more, fewer);
}

void TruthCheck::tellNames(const QStringList &more, const QStringList &fewer)
{
    const QStringList both = more + fewer;
    whenReady(m_connection.directory().byUuids({both.begin(), both.end()}), this,
              [this, asked = m_generation, more, fewer, both](const Result<std::vector<ObjectRef>> &found) {
                  if (asked != m_generation || !found)
                      return;
                  std::vector<GroupId> ids;
                  for (const ObjectRef object : *found)
                      if (object.group())
                          ids.push_back(object.group());
                  whenReady(m_connection.directory().groups(ids), this,
                            [this, asked, more, fewer](const Result<std::vector<connection::GroupRow>> &rows) {
                                if (asked != m_generation)
                                    return;
                                const auto names = [&](const QStringList &uuids) {
                                    QStringList result;
                                    for (const QString &uuid : uuids) {
                                        QString name = uuid;
                                        for (const connection::GroupRow &row :
                                             rows ? *rows : std::vector<connection::GroupRow>())
                                            if (row.uuid == uuid)
                                                name = shownName(row.name, 60);
                                        result += name;
                                    }
                                    return result.join(QStringLiteral(", "));
                                };
                                QString text = tr("The server counts its groups otherwise.");
                                if (!more.isEmpty())
                                    text += QLatin1Char(' ') + tr("There also: %1.").arg(names(more));
                                if (!fewer.isEmpty())
                                    text += QLatin1Char(' ') + tr("Not there: %1.").arg(names(fewer));
                                Q_EMIT said(text, Tone::Warning);
                            });
              });
}

} // namespace kith::views
