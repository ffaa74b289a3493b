// SPDX-License-Identifier: Apache-2.0
// What a mirror's reader does with lists: which objects are to be read, and which of them first.
#include "connection/Answers.h"
#include "connection/MirrorReader.h"

namespace kith::connection {

namespace json = boost::json;
using Phase = MirrorState::Phase;

void MirrorReader::enqueue(Kind kind, std::vector<std::string> keys)
{
    std::unordered_set<std::string> queued;
    for (const Job &job : m_queue)
        if (job.kind == kind)
            queued.insert(job.key);
    const auto hasRead = [&](const std::string &key) {
        return (kind == Kind::Entity && m_store.hasReadEntity(key)) ||
               (kind == Kind::Group && m_store.hasReadGroup(key));
    };
    std::erase_if(keys, [&](const std::string &key) { return queued.contains(key) || (m_resumed && hasRead(key)); });
    m_state.total += static_cast<qint64>(keys.size() + queued.size());
    for (std::string &key : keys) {
        if (m_gentle && !hasRead(key)) { // new, or not as the list says any more
            m_queue.push_front({kind, std::move(key)});
            ++m_urgent;
        } else {
            m_queue.push_back({kind, std::move(key)});
        }
    }
}

void MirrorReader::takeList(const Job &job, Stamp asked, const json::object &data)
{
    switch (job.kind) {
    case Kind::Mounts:
        m_batch.mounts = mountsOf(data);
        break;
    case Kind::OpenMounts:
        if (const json::value *auth = data.if_contains("auth"); auth && auth->is_object())
            m_batch.mounts = mountsOf(auth->get_object());
        break;
    case Kind::AllPolicies:
        takePolicies(data);
        break;
    case Kind::Policies:
        m_batch.policyNames = textsIn(data, "keys");
        std::erase(*m_batch.policyNames, "root");
        enqueue(Kind::Policy, *m_batch.policyNames);
        break;
    case Kind::Groups:
        m_batch.groupList = {asked, groupsOf(data)};
        m_listed.emplace_back(Kind::Group, textsIn(data, "keys"));
        break;
    case Kind::Entities:
        m_batch.entityList = {asked, entitiesOf(data)};
        m_listed.emplace_back(Kind::Entity, textsIn(data, "keys"));
        break;
    default:
        break;
    }
    if (!m_gentle)
        takeListed(std::exchange(m_listed, {}));
    flush();
    listDone(job.kind);
    tellSoon();
}

void MirrorReader::takeListed(const Listed &listed)
{
    for (const auto &[kind, keys] : listed)
        enqueue(kind, keys);
}

void MirrorReader::takePolicies(const json::object &list)
{
    const json::value *lines = list.if_contains("key_info");
    m_batch.policyNames = textsIn(list, "keys");
    std::erase(*m_batch.policyNames, "root");
    std::vector<std::string> left;
    for (const std::string &name : *m_batch.policyNames) {
        const json::value *line = lines && lines->is_object() ? lines->get_object().if_contains(name) : nullptr;
        if (auto policy = line && line->is_object() ? policyOf(line->get_object(), name) : std::nullopt)
            m_batch.policies.push_back({name, std::move(policy)});
        else
            left.push_back(name);
    }
    enqueue(Kind::Policy, std::move(left));
}

void MirrorReader::listDone(Kind kind)
{
    m_listsLeft.erase(static_cast<int>(kind));
    if (m_listsLeft.empty() && m_state.phase == Phase::Listing)
        setPhase(Phase::Reading);
}

} // namespace kith::connection
