// SPDX-License-Identifier: Apache-2.0
#include "identity/Who.h"

#include "identity/Cancel.h"
#include "identity/RowIdSet.h"
#include "policy/PolicyNames.h"

namespace kith::identity {

Result<Who> whoHas(const Snapshot &snapshot, std::string_view name, const std::atomic<bool> *cancel)
{
    store::Session &session = snapshot.session;
    const std::optional<PolicyId> policy = policy::findPolicy(session, name);
    const bool root = policy::policyKey(name) == "root"; // defined in every core, and given to nobody
    if (!policy)
        return Who{{}, policy::policyKey(name), root, {}, Descent(snapshot.graph, {})};
    std::vector<GroupId> carriers;
    {
        auto rows = session.query("SELECT grp FROM group_policy WHERE policy = ? AND "
                                  "grp NOT IN (SELECT id FROM identity_group WHERE namespace <> 1)",
                                  *policy);
        while (rows.step())
            carriers.push_back(rows.id<GroupId>(0));
    }
    const Graph::Policy *known = snapshot.graph.policy(*policy);
    const bool defined = root || (known && known->isDefined(snapshot.now));
    Who who{*policy, policy::policyKey(name), defined, {}, Descent(snapshot.graph, std::move(carriers))};

    RowIdSet seen;
    std::size_t count = 0;
    const auto add = [&](store::Query rows, GroupId through) {
        while (rows.step()) {
            if (++count % 4096 == 0 && isCancelled(cancel))
                return false;
            if (seen.insert(rows.integer(0)))
                who.entities.push_back({rows.id<EntityId>(0), through});
        }
        return true;
    };
    if (!add(session.query("SELECT entity FROM entity_policy WHERE policy = ? AND "
                           "entity NOT IN (SELECT id FROM entity WHERE namespace <> 1)",
                           *policy),
             {}))
        return cancelled();
    for (const Descent::Step &step : who.groups.steps()) {
        if (!add(session.query("SELECT entity FROM member_entity WHERE grp = ?", step.group->id), step.group->id))
            return cancelled();
    }
    return who;
}

} // namespace kith::identity
