// SPDX-License-Identifier: Apache-2.0
#include "MembershipEdit.h"

#include "connection/Requests.h"

namespace kith::views {

namespace json = boost::json;
using connection::ObjectRef;

MembershipEdit::MembershipEdit(connection::Change change) : m_change(std::move(change)) {}

void MembershipEdit::prepare(connection::Connection &connection, QObject *context, Direction direction,
                             std::function<void(Parts)> ready)
{
    if (m_known)
        return ready(parts(direction));
    std::vector<ObjectRef> objects;
    for (EntityId id : m_change.addPeople)
        objects.push_back(ObjectRef::of(id));
    for (GroupId id : m_change.addGroups)
        objects.push_back(ObjectRef::of(id));
    if (objects.empty())
        return ready(json::array());
    const ObjectRef first = objects.front();
    const ObjectRef from = ObjectRef::of(m_change.from);
    const ObjectRef target = ObjectRef::of(m_change.target);
    for (ObjectRef group : {from, target})
        if (group)
            objects.push_back(group);
    resolve(connection.directory(), context, std::move(objects), {from, target, first},
            [this, ready = std::move(ready)](Result<Resolved> answer) {
                if (!answer)
                    return ready(answer.error());
                resolved(*answer);
                ready(parts(Direction::Forth));
            });
}

void MembershipEdit::resolved(const Resolved &resolved)
{
    std::size_t next = 0;
    for ([[maybe_unused]] EntityId id : m_change.addPeople)
        m_all.people.emplace_back(connection::toJson(resolved.uuids[next++]));
    for ([[maybe_unused]] GroupId id : m_change.addGroups)
        m_all.groups.emplace_back(connection::toJson(resolved.uuids[next++]));
    if (m_change.from)
        m_fromUuid = resolved.uuids[next++];
    if (m_change.target)
        m_targetUuid = resolved.uuids[next++];
    m_fromName = resolved.names[0];
    m_targetName = resolved.names[1];
    m_subject = subjectText(m_change.addPeople.size(), m_change.addGroups.size(), resolved.names[2]);
    m_known = true;
}

static json::object memberPart(const QString &group, const char *people, const json::array &personIds,
                               const char *groups, const json::array &groupIds)
{
    return connection::updatePart(QStringLiteral("kith/members/") + group, {{people, personIds}, {groups, groupIds}});
}

json::array MembershipEdit::parts(Direction direction) const
{
    const bool forth = direction == Direction::Forth;
    const Difference &removed = forth ? m_all : m_removed;
    const Difference &added = forth ? m_all : m_added;
    const char *const out[2] = {"remove_entity_ids", "remove_group_ids"};
    const char *const in[2] = {"add_entity_ids", "add_group_ids"};
    json::array result;
    // Out before in, both ways: a group that moves within its branch may not be in both for a moment.
    if (!m_fromUuid.isEmpty() && forth)
        result.emplace_back(memberPart(m_fromUuid, out[0], removed.people, out[1], removed.groups));
    if (!m_targetUuid.isEmpty())
        result.emplace_back(
            memberPart(m_targetUuid, forth ? in[0] : out[0], added.people, forth ? in[1] : out[1], added.groups));
    if (!m_fromUuid.isEmpty() && !forth)
        result.emplace_back(memberPart(m_fromUuid, in[0], removed.people, in[1], removed.groups));
    return result;
}

static json::array listIn(const json::value &answer, const char *key)
{
    const json::value *data = answer.is_object() ? answer.as_object().if_contains("data") : nullptr;
    const json::value *list = data && data->is_object() ? data->as_object().if_contains(key) : nullptr;
    return list && list->is_array() ? list->as_array() : json::array();
}

void MembershipEdit::answered(Direction direction, const json::array &answers)
{
    if (direction == Direction::Back)
        return;
    std::size_t next = 0;
    if (!m_fromUuid.isEmpty() && next < answers.size()) {
        m_removed = {listIn(answers[next], "removed_entity_ids"), listIn(answers[next], "removed_group_ids")};
        ++next;
    }
    if (!m_targetUuid.isEmpty() && next < answers.size())
        m_added = {listIn(answers[next], "added_entity_ids"), listIn(answers[next], "added_group_ids")};
}

bool MembershipEdit::changedSomething() const
{
    return m_added.size() + m_removed.size() > 0;
}

QString MembershipEdit::label() const
{
    if (m_fromUuid.isEmpty())
        return tr("Add %1 to %2").arg(m_subject, m_targetName);
    if (m_targetUuid.isEmpty())
        return tr("Remove %1 from %2").arg(m_subject, m_fromName);
    return tr("Move %1 to %2").arg(m_subject, m_targetName);
}

QString MembershipEdit::doneText() const
{
    if (m_fromUuid.isEmpty()) {
        if (m_added.size() == m_all.size())
            return tr("Added %1 to %2").arg(m_subject, m_targetName);
        if (m_added.size() == 0)
            return tr("Nothing to add: %1 in %2 already").arg(m_subject, m_targetName);
        return tr("Added %L1 of %2 to %3, the others were there already", "2 of 5 people")
            .arg(m_added.size())
            .arg(m_subject, m_targetName);
    }
    if (m_targetUuid.isEmpty())
        return tr("Removed %1 from %2").arg(m_subject, m_fromName);
    return tr("Moved %1 to %2").arg(m_subject, m_targetName);
}

} // namespace kith::views
