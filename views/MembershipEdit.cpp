// SPDX-License-Identifier: Apache-2.0
#include "MembershipEdit.h"

#include "connection/Requests.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace kith::views {

namespace json = boost::json;
using connection::ObjectRef;

MembershipEdit::MembershipEdit(connection::Change change) : m_change(std::move(change)) {}

void MembershipEdit::prepare(connection::Connection &connection, QObject *context, Direction direction,
                             std::function<void(Parts)> ready)
{
    if (!m_following.empty())
        return aside(
            context, [this, ready] { followNow(); },
            [this, &connection, context, direction, ready] { prepare(connection, context, direction, ready); });
    if (m_known)
        return ready(somethingForUnits(direction));
    if (m_change.addPeople.empty() && m_change.addGroups.empty())
        return ready(json::array());
    // Of hundreds of thousands that takes longer than the window may stand still; `ready` keeps this.
    auto wanted = std::make_shared<Unresolved>();
    auto known = [this, context, ready](Result<Resolved> answer) {
        if (!answer)
            return ready(answer.error());
        auto names = std::make_shared<Resolved>(std::move(*answer));
        fillAside(context, Direction::Forth, ready, [this, names] { resolved(*names); });
    };
    aside(
        context, [this, wanted, ready] { *wanted = unresolved(); },
        [&directory = connection.directory(), context, wanted, known] {
            resolve(directory, context, std::move(wanted->objects), std::move(wanted->toName), known);
        });
}

/// The members, then the groups out of which and into which; of the names those of the two groups come first.
MembershipEdit::Unresolved MembershipEdit::unresolved() const
{
    Unresolved wanted;
    wanted.objects.reserve(m_change.addPeople.size() + m_change.addGroups.size() + 2);
    for (EntityId id : m_change.addPeople)
        wanted.objects.push_back(ObjectRef::of(id));
    for (GroupId id : m_change.addGroups)
        wanted.objects.push_back(ObjectRef::of(id));
    const ObjectRef from = ObjectRef::of(m_change.from);
    const ObjectRef target = ObjectRef::of(m_change.target);
    wanted.toName = {from, target};
    const auto named = static_cast<std::ptrdiff_t>(std::min(wanted.objects.size(), MostNamed));
    wanted.toName.insert(wanted.toName.end(), wanted.objects.begin(), wanted.objects.begin() + named);
    for (ObjectRef group : {from, target})
        if (group)
            wanted.objects.push_back(group);
    return wanted;
}

void MembershipEdit::resolved(const Resolved &resolved)
{
    const std::size_t people = m_change.addPeople.size();
    std::size_t next = 0;
    for (; next < people + m_change.addGroups.size(); ++next)
        m_members.push_back({next < people ? Kind::Person : Kind::Group, connection::toJson(resolved.uuids[next]),
                             next + 2 < resolved.names.size() ? resolved.names[next + 2] : QString()});
    if (m_change.from)
        m_fromUuid = resolved.uuids[next++];
    if (m_change.target)
        m_targetUuid = resolved.uuids[next++];
    m_fromName = resolved.names[0];
    m_targetName = resolved.names[1];
    setSubject();
    m_known = true;
}

bool MembershipEdit::hasGroups() const
{
    return std::any_of(m_members.begin(), m_members.end(),
                       [](const Member &member) { return member.kind == Kind::Group; });
}

void MembershipEdit::setSubject()
{
    if (m_members.empty())
        return;
    const auto groups = static_cast<std::size_t>(std::count_if(
        m_members.begin(), m_members.end(), [](const Member &member) { return member.kind == Kind::Group; }));
    m_subject = subjectText(m_members.size() - groups, groups, m_members.front().name);
}

bool MembershipEdit::concerns(const Member &member, Direction direction)
{
    return direction == Direction::Forth || member.added || member.removed;
}

bool MembershipEdit::hasUnits(Direction direction) const
{
    return std::any_of(m_members.begin(), m_members.end(),
                       [direction](const Member &member) { return concerns(member, direction); });
}

Edit::Units MembershipEdit::units(Direction direction) const
{
    Units all;
    for (std::size_t i = 0; i < m_members.size(); ++i)
        if (concerns(m_members[i], direction))
            all.push_back(i);
    return all;
}

json::value MembershipEdit::part(Way way, const QString &group, const Units &units) const
{
    json::array people;
    json::array groups;
    for (const std::size_t unit : units)
        (m_members[unit].kind == Kind::Person ? people : groups).emplace_back(m_members[unit].uuid);
    const bool in = way == Way::In;
    return connection::updatePart(QStringLiteral("kith/members/") + group,
                                  {{in ? "add_entity_ids" : "remove_entity_ids", std::move(people)},
                                   {in ? "add_group_ids" : "remove_group_ids", std::move(groups)}});
}

/// Into before out: should the second fail, nobody has lost what they had. But a group that moves within its branch may
/// not be in both for a moment.
std::vector<std::pair<MembershipEdit::Way, QString>> MembershipEdit::order(Direction direction) const
{
    const bool forth = direction == Direction::Forth;
    std::vector<std::pair<Way, QString>> result{{Way::In, forth ? m_targetUuid : m_fromUuid},
                                                {Way::Out, forth ? m_fromUuid : m_targetUuid}};
    if (hasGroups())
        std::swap(result[0], result[1]);
    std::erase_if(result, [](const auto &one) { return one.second.isEmpty(); });
    return result;
}

json::array MembershipEdit::partsOf(Direction direction, const Units &units) const
{
    json::array result;
    for (const auto &[way, group] : order(direction)) {
        Units concerned = units;
        if (direction == Direction::Back) // only what the last time really changed
            std::erase_if(concerned, [&, away = way](std::size_t unit) {
                return !(away == Way::Out ? m_members[unit].added : m_members[unit].removed);
            });
        result.emplace_back(part(way, group, concerned));
    }
    return result;
}

static const json::array *listIn(const json::value &answer, const char *key)
{
    const json::value *data = answer.is_object() ? answer.as_object().if_contains("data") : nullptr;
    const json::value *list = data && data->is_object() ? data->as_object().if_contains(key) : nullptr;
    return list ? list->if_array() : nullptr;
}

void MembershipEdit::note(const char *key, const json::value &answer, bool Member::*what, bool value)
{
    const json::array *list = listIn(answer, key);
    std::unordered_map<std::string_view, Member *> byUuid;
    for (Member &member : m_members)
        byUuid.emplace(std::string_view(member.uuid), &member);
    for (const json::value &uuid : list ? *list : json::array())
        if (uuid.is_string())
            if (const auto found = byUuid.find(uuid.get_string()); found != byUuid.end())
                found->second->*what = value;
}

void MembershipEdit::answered(Direction direction, const Units &units, const json::array &answers)
{
    const bool forth = direction == Direction::Forth;
    const auto steps = order(direction);
    for (std::size_t i = 0; i < steps.size() && i < answers.size(); ++i) {
        const bool in = steps[i].first == Way::In;
        bool Member::*what = in == forth ? &Member::added : &Member::removed;
        if (forth) {
            for (const char *key : in ? std::array{"added_entity_ids", "added_group_ids"}
                                      : std::array{"removed_entity_ids", "removed_group_ids"})
                note(key, answers[i], what, true);
            continue;
        }
        if (answers.size() == steps.size()) // it is as it was
            for (const std::size_t unit : units)
                m_members[unit].*what = false;
    }
}

Edit::Units MembershipEdit::halfDone(Direction direction, const Units &units) const
{
    if (direction == Direction::Back)
        return {}; // what is half taken back can be taken back again
    Units half = units;
    std::erase_if(half, [this](std::size_t unit) { return !m_members[unit].added && !m_members[unit].removed; });
    return half;
}

json::array MembershipEdit::partsToTakeBack(Direction direction, const Units &units) const
{
    json::array result;
    Units added = halfDone(direction, units);
    Units removed = added;
    std::erase_if(added, [this](std::size_t unit) { return !m_members[unit].added; });
    std::erase_if(removed, [this](std::size_t unit) { return !m_members[unit].removed; });
    if (!added.empty())
        result.emplace_back(part(Way::Out, m_targetUuid, added));
    if (!removed.empty())
        result.emplace_back(part(Way::In, m_fromUuid, removed));
    return result;
}

void MembershipEdit::tookBack(Direction direction, const Units &units)
{
    for (const std::size_t unit : halfDone(direction, units))
        m_members[unit].added = m_members[unit].removed = false;
}

/// Whoever was perhaps taken out is put in again by undo: who wasn't stays in. Who was perhaps put in may have been
/// there before, and isn't taken out.
bool MembershipEdit::assumeDone(Direction direction, const Units &units, std::size_t part)
{
    const auto steps = order(direction);
    if (direction == Direction::Back || part >= steps.size())
        return false;
    if (steps[part].first == Way::Out)
        for (const std::size_t unit : units)
            m_members[unit].removed = true;
    return true;
}

void MembershipEdit::follow(const SharedNewIds &ids)
{
    views::follow(m_targetUuid, *ids);
    views::follow(m_fromUuid, *ids);
    m_following.push_back(ids);
}

/// Of very many members that is a work for another thread, when it is its turn.
void MembershipEdit::followNow()
{
    for (const SharedNewIds &ids : std::exchange(m_following, {})) {
        for (Member &member : m_members) {
            QString uuid = connection::textOf(member.uuid);
            views::follow(uuid, *ids);
            member.uuid = connection::toJson(uuid);
        }
    }
}

std::shared_ptr<Edit> MembershipEdit::take(const Units &units)
{
    auto other = std::make_shared<MembershipEdit>(connection::Change());
    other->m_targetName = m_targetName;
    other->m_fromName = m_fromName;
    other->m_targetUuid = m_targetUuid;
    other->m_fromUuid = m_fromUuid;
    other->m_known = true;
    other->m_following = m_following;
    other->m_members = takeUnits(m_members, units);
    other->setSubject();
    setSubject();
    return other;
}

std::size_t MembershipEdit::count(bool Member::*what) const
{
    return static_cast<std::size_t>(
        std::count_if(m_members.begin(), m_members.end(), [what](const Member &member) { return member.*what; }));
}

bool MembershipEdit::changedSomething() const
{
    return count(&Member::added) + count(&Member::removed) > 0;
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
    const std::size_t added = count(&Member::added);
    if (m_fromUuid.isEmpty()) {
        if (added == m_members.size())
            return tr("Added %1 to %2").arg(m_subject, m_targetName);
        if (added == 0)
            return tr("Nothing to add: %1 in %2 already").arg(m_subject, m_targetName);
        return tr("Added %L1 of %2 to %3, the others were there already", "2 of 5 people")
            .arg(added)
            .arg(m_subject, m_targetName);
    }
    if (m_targetUuid.isEmpty())
        return tr("Removed %1 from %2").arg(m_subject, m_fromName);
    return tr("Moved %1 to %2").arg(m_subject, m_targetName);
}

} // namespace kith::views
