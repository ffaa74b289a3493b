// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Snapshot.h"
#include "policy/Acl.h"
#include "policy/PolicyStore.h"
#include "policy/Template.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::core {

/// The entity that a token names: itself, or the one it was merged into.
struct CallerEntity {
    EntityId id;
    NamespaceId ns;
    bool disabled = false;
};
std::optional<CallerEntity> entityOf(store::Session &session, std::string_view uuid);

/// Every group that an entity is in, inherited ones too, each once.
std::vector<GroupId> groupsOf(const identity::Snapshot &snapshot, EntityId entity);

/// The policies that an entity and its groups carry, defined or not, each once; and their names, sorted.
std::vector<PolicyId> identityPolicies(const identity::Snapshot &snapshot, EntityId entity);
std::vector<std::string> namesOf(const identity::Snapshot &snapshot, const std::vector<PolicyId> &policies);

/// What of an entity a template may name, besides its id, name and metadata.
struct TemplateNeeds {
    bool aliases = true;
    bool groups = true;
};
/// The values of templates for an entity, which may be none.
policy::TemplateValues templateValues(const identity::Snapshot &snapshot, EntityId entity, TemplateNeeds needs = {});

/// How the text of a template's failure begins.
inline constexpr std::string_view TemplateFailure = "error parsing templated policy";

/// Collects policies and makes one set of rules of them, with templates filled in for an entity. Lives within a
/// snapshot.
class CallerRules
{
public:
    /// Rules of a namespace. `entity`, which is of the same one, may be none.
    CallerRules(const identity::Snapshot &snapshot, policy::PolicyCache &cache, EntityId entity,
                NamespaceId ns = RootNamespace);

    /// Those that aren't defined are passed over.
    void add(const std::vector<std::string> &names);
    /// A policy that isn't kept anywhere. Fails as policy::parsePolicy does.
    Result<void> addText(std::string_view text);
    /// Adds what the entity and its groups carry; their names, sorted, defined or not.
    std::vector<std::string> addIdentityPolicies();

    /// The rules of all. Fails when a template is filled with what it must not hold (policy/Template.h).
    Result<std::shared_ptr<const policy::Acl>> acl();
    /// Until when the rules hold, as far as time alone changes them: a policy or a rule expires. 0: no end.
    Nanoseconds until() const { return m_until; }

private:
    void add(PolicyId id);
    void endsAt(Nanoseconds time);
    const policy::TemplateValues &values();

    const identity::Snapshot &m_snapshot;
    policy::PolicyCache &m_cache;
    EntityId m_entity;
    NamespaceId m_ns;
    std::vector<std::shared_ptr<const policy::Policy>> m_policies;
    std::optional<policy::TemplateValues> m_values;
    Nanoseconds m_until = 0;
};

} // namespace kith::core
