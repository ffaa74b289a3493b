// SPDX-License-Identifier: Apache-2.0
#include "EnabledEdit.h"

#include "connection/Async.h"
#include "connection/Requests.h"

namespace kith::views {

namespace json = boost::json;
using connection::ObjectRef;

EnabledEdit::EnabledEdit(std::vector<EntityId> entities, Wish wish) : m_entities(std::move(entities)), m_wish(wish) {}

void EnabledEdit::prepare(connection::Connection &connection, QObject *context, Direction direction,
                          std::function<void(Parts)> ready)
{
    if (!m_uuids.empty())
        return ready(parts(direction));
    connection::Directory &directory = connection.directory();
    whenReady(directory.entities(m_entities), context,
              [this, &directory, context, ready = std::move(ready)](auto rows) {
                  if (!rows)
                      return ready(rows.error());
                  std::vector<ObjectRef> changing;
                  for (const connection::EntityRow &row : *rows)
                      if (row.disabled != (m_wish == Wish::Disable))
                          changing.push_back(ObjectRef::of(row.id));
                  if (changing.empty())
                      return ready(json::array());
                  resolve(directory, context, changing, {changing.front()}, [this, ready](Result<Resolved> resolved) {
                      if (!resolved)
                          return ready(resolved.error());
                      m_uuids = std::move(resolved->uuids);
                      m_subject = subjectText(m_uuids.size(), 0, resolved->names.front());
                      ready(parts(Direction::Forth));
                  });
              });
}

json::array EnabledEdit::parts(Direction direction) const
{
    const bool disabled = (m_wish == Wish::Disable) == (direction == Direction::Forth);
    json::array result;
    result.reserve(m_uuids.size());
    for (const QString &uuid : m_uuids)
        result.emplace_back(
            connection::updatePart(QStringLiteral("identity/entity/id/") + uuid, {{"disabled", disabled}}));
    return result;
}

QString EnabledEdit::label() const
{
    return m_wish == Wish::Disable ? tr("Disable %1").arg(m_subject) : tr("Enable %1").arg(m_subject);
}

QString EnabledEdit::doneText() const
{
    return m_wish == Wish::Disable ? tr("Disabled %1").arg(m_subject) : tr("Enabled %1").arg(m_subject);
}

QString EnabledEdit::nothingText() const
{
    return m_wish == Wish::Disable ? tr("Nothing to change: disabled already")
                                   : tr("Nothing to change: enabled already");
}

} // namespace kith::views
