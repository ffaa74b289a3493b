// SPDX-License-Identifier: Apache-2.0
#include "EnabledEdit.h"

#include "Look.h"
#include "connection/Async.h"
#include "connection/Requests.h"

#include <numeric>

namespace kith::views {

namespace json = boost::json;
using connection::ObjectRef;

EnabledEdit::EnabledEdit(std::vector<EntityId> entities, Wish wish) : m_entities(std::move(entities)), m_wish(wish) {}

void EnabledEdit::prepare(connection::Connection &connection, QObject *context, Direction direction,
                          std::function<void(Parts)> ready)
{
    if (!m_uuids.empty())
        return ready(partsOf(direction, units(direction)));
    connection::Directory &directory = connection.directory();
    whenReady(directory.entities(m_entities), context,
              [this, &directory, context, ready = std::move(ready)](auto rows) {
                  if (!rows)
                      return ready(rows.error());
                  std::vector<ObjectRef> changing;
                  m_names.clear();
                  for (const connection::EntityRow &row : *rows) {
                      if (row.disabled == (m_wish == Wish::Disable))
                          continue;
                      changing.push_back(ObjectRef::of(row.id));
                      m_names.push_back(shownName(row.name, 60));
                  }
                  if (changing.empty())
                      return ready(json::array());
                  resolve(directory, context, changing, {}, [this, ready](Result<Resolved> resolved) {
                      if (!resolved)
                          return ready(resolved.error());
                      m_uuids = std::move(resolved->uuids);
                      setSubject();
                      ready(partsOf(Direction::Forth, units(Direction::Forth)));
                  });
              });
}

void EnabledEdit::setSubject()
{
    m_subject = m_uuids.empty() ? QString() : subjectText(m_uuids.size(), 0, m_names.front());
}

Edit::Units EnabledEdit::units(Direction) const
{
    Units all(m_uuids.size());
    std::iota(all.begin(), all.end(), 0);
    return all;
}

QString EnabledEdit::unitName(std::size_t unit) const
{
    return m_names[unit];
}

json::array EnabledEdit::partsOf(Direction direction, const Units &units) const
{
    const bool disabled = (m_wish == Wish::Disable) == (direction == Direction::Forth);
    json::array result;
    result.reserve(units.size());
    for (const std::size_t unit : units)
        result.emplace_back(
            connection::updatePart(QStringLiteral("identity/entity/id/") + m_uuids[unit], {{"disabled", disabled}}));
    return result;
}

std::shared_ptr<Edit> EnabledEdit::take(const Units &units)
{
    auto other = std::make_shared<EnabledEdit>(std::vector<EntityId>(), m_wish);
    other->m_uuids = takeUnits(m_uuids, units);
    other->m_names = takeUnits(m_names, units);
    other->setSubject();
    setSubject();
    return other;
}

void EnabledEdit::follow(const NewIds &ids)
{
    for (QString &uuid : m_uuids)
        views::follow(uuid, ids);
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
