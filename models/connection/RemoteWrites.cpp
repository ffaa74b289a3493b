// SPDX-License-Identifier: Apache-2.0
// Entities and groups on a server without compare-and-set: read just before they are written, and just after.
#include "connection/Answers.h"
#include "connection/ObjectFacts.h"
#include "connection/RemoteChanges.h"
#include "core/EntityJson.h"
#include "core/GroupJson.h"

namespace kith::connection {

namespace json = boost::json;
using core::Operation;

namespace {

template <class View>
json::value shown(const std::optional<View> &view)
{
    return view ? json::value(core::toJson(*view)) : json::value();
}

std::string listed(const std::vector<std::string> &names)
{
    std::string all;
    for (const std::string &name : names)
        all += (all.empty() ? "" : ", ") + name;
    return all;
}

std::vector<std::string> namesIn(const ObjectFacts &facts)
{
    std::vector<std::string> names;
    for (const auto &fact : facts)
        names.push_back(fact.first);
    return names;
}

} // namespace

json::value RemoteChanges::known(bool group, const std::string &uuid)
{
    return group ? shown(m_mirror.group(uuid)) : shown(m_mirror.entity(uuid));
}

/// What the body replaces was otherwise when the person decided: they see both. That it is so already is no reason.
std::optional<RemoteChanges::Answer> RemoteChanges::refuseStale(const Written &written)
{
    const bool whole = written.group ? m_mirror.hasReadGroup(written.uuid) : m_mirror.hasReadEntity(written.uuid);
    const json::value expected = known(written.group, written.uuid);
    if (!whole || !expected.is_object())
        return std::nullopt;
    const ObjectFacts wanted = factsOf(written.body);
    const ObjectFacts current = factsOf(written.before);
    ObjectFacts stale;
    for (const std::string &name : differing(wanted, factsOf(expected.get_object()), current))
        stale[name] = wanted.at(name);
    if (differing(stale, current, wanted).empty())
        return std::nullopt;
    MirrorBatch batch;
    see(batch, written.group, m_mirror.stamp(), written.before);
    if (!m_mirror.write(batch))
        m_unclear = true;
    return Answer(conflict(std::string("the ") + (written.group ? "group " : "entity ") + written.uuid +
                               " isn't as it was read any more",
                           expected, known(written.group, written.uuid)));
}

/// Takes an object that was just read into the batch.
void RemoteChanges::see(MirrorBatch &batch, bool group, Stamp asked, const Object &data)
{
    if (auto view = group ? groupOf(data) : std::nullopt)
        batch.groups.push_back({asked, std::move(*view)});
    if (auto view = group ? std::nullopt : entityOf(data))
        batch.entities.push_back({asked, std::move(*view)});
}

RemoteChanges::Answer RemoteChanges::changeObject(bool group, const std::string &uuid, const Object &body,
                                                  Unseen unseen)
{
    const std::string path = objectPath(group, uuid);
    Written written{group, uuid, body, {}};
    if (m_checked && m_checked->first == uuid) {
        written.before = std::exchange(m_checked, std::nullopt)->second;
        return write(written);
    }
    Answer before = ask(Operation::Read, path);
    if (!before || (!before->ok() && before->status != 404 && before->status != 403))
        return before;
    // Of what isn't there, or may only be written, the server says what is wrong with it.
    const json::object *data = dataOf(before);
    if (!data)
        return ask(Operation::Update, path, body);
    written.before = *data;
    if (unseen == Unseen::Refuse)
        if (auto stale = refuseStale(written))
            return std::move(*stale);
    return write(written);
}

RemoteChanges::Answer RemoteChanges::write(const Written &written)
{
    const std::string path = objectPath(written.group, written.uuid);
    Answer answer = ask(Operation::Update, path, written.body);
    if (!answer || !answer->ok())
        return answer;
    const Stamp asked = m_mirror.stamp();
    const Answer after = ask(Operation::Read, path);
    const json::object *data = dataOf(after);
    if (!data)
        return answer; // follow() tries again
    see(m_seen, written.group, asked, *data);
    (written.group ? m_touchedGroups : m_touchedEntities).erase(written.uuid);
    if (auto clash = clashIn(written, *data)) {
        answer->warnings.push_back(clash->text);
        m_clashes.push_back(std::move(*clash));
    }
    return answer;
}

/// A group counts its changes, so one between our two reads is seen, though not what it was. An entity doesn't: of it
/// is seen only what was changed after us.
std::optional<RemoteChanges::Clash> RemoteChanges::clashIn(const Written &written, const Object &after) const
{
    const auto others = numberIn(after, "modify_index") - numberIn(written.before, "modify_index") - 1;
    if (written.group && others <= 0)
        return std::nullopt;
    const ObjectFacts wanted = factsOf(written.body);
    const std::string since = listed(differing(wanted, wanted, factsOf(after)));
    if (since.empty() && !written.group)
        return std::nullopt;
    Clash clash{written.group, written.uuid, textIn(after, "name"), Clash::What::MaybeOverwritten, {}};
    if (!since.empty())
        clash.what = Clash::What::ChangedSince;
    clash.text = since.empty() ? "somebody else changed \"" + clash.name + "\" at the same moment: what they did to " +
                                     listed(namesIn(wanted)) + " may have been overwritten"
                               : "somebody else changed \"" + clash.name + "\" right after: " + since +
                                     " isn't as it was written any more";
    return clash;
}

} // namespace kith::connection
