// SPDX-License-Identifier: Apache-2.0
#include "identity/People.h"

#include <algorithm>
#include <iterator>

namespace kith::identity {

namespace {

/// From here on running through an index of a million people is quicker than looking each up.
constexpr std::size_t Many = 50000;

/// Rows of (entity, id) in the order of entities, of which some entities are wanted.
class Stream
{
public:
    Stream(store::Query rows) : m_rows(std::move(rows)), m_more(m_rows.step()) {}

    template <class Id>
    void take(EntityId entity, std::vector<Id> &ids)
    {
        while (m_more && m_rows.integer(0) < entity.value)
            m_more = m_rows.step();
        for (; m_more && m_rows.integer(0) == entity.value; m_more = m_rows.step())
            ids.push_back(m_rows.id<Id>(1));
    }

private:
    store::Query m_rows;
    bool m_more;
};

} // namespace

void forEachPerson(store::Session &session, const std::vector<EntityId> &entities,
                   const std::function<bool(const Person &)> &function)
{
    Person person;
    const auto next = [&](EntityId entity) {
        person.entity = entity;
        person.groups.clear();
        person.policies.clear();
    };
    if (entities.size() >= Many) {
        Stream groups(session.query("SELECT entity, grp FROM member_entity ORDER BY entity, grp"));
        Stream policies(session.query("SELECT entity, policy FROM entity_policy ORDER BY entity, policy"));
        for (const EntityId entity : entities) {
            next(entity);
            groups.take(entity, person.groups);
            policies.take(entity, person.policies);
            if (!function(person))
                return;
        }
        return;
    }
    for (const EntityId entity : entities) {
        next(entity);
        auto groups = session.query("SELECT grp FROM member_entity WHERE entity = ? ORDER BY grp", entity);
        while (groups.step())
            person.groups.push_back(groups.id<GroupId>(0));
        auto policies = session.query("SELECT policy FROM entity_policy WHERE entity = ? ORDER BY policy", entity);
        while (policies.step())
            person.policies.push_back(policies.id<PolicyId>(0));
        if (!function(person))
            return;
    }
}

std::vector<EntityId> existing(store::Session &session, const std::vector<EntityId> &entities)
{
    std::vector<EntityId> found;
    if (entities.size() >= Many) {
        auto rows = session.query("SELECT id FROM entity ORDER BY id");
        auto wanted = entities.begin();
        while (wanted != entities.end() && rows.step()) {
            wanted = std::lower_bound(wanted, entities.end(), rows.id<EntityId>(0));
            if (wanted != entities.end() && *wanted == rows.id<EntityId>(0))
                found.push_back(*wanted);
        }
        return found;
    }
    std::copy_if(entities.begin(), entities.end(), std::back_inserter(found), [&](EntityId entity) {
        return session.integer("SELECT 1 FROM entity WHERE id = ?", entity).has_value();
    });
    return found;
}

} // namespace kith::identity
