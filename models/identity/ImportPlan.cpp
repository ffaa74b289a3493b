// SPDX-License-Identifier: Apache-2.0
#include "identity/ImportPlan.h"

#include "identity/DocumentAddition.h"
#include "identity/ImportPlanner.h"
#include "identity/Mounts.h"
#include "policy/PolicyStore.h"
#include "store/Text.h"

#include <array>
#include <iterator>
#include <map>
#include <unordered_set>

namespace kith::identity {

namespace {

bool changesNothingIn(const std::vector<ObjectPlan> &objects)
{
    return std::all_of(objects.begin(), objects.end(),
                       [](const ObjectPlan &object) { return object.action == PlanAction::Keep; });
}

void compareFlag(ObjectPlan &object, const char *field, bool stored, const std::optional<bool> &stated)
{
    if (stated && *stated != stored)
        ImportPlanner::compareText(object, field, stored ? "true" : "false", *stated ? "true" : "false");
}

void comparePolicy(ObjectPlan &object, const policy::StoredPolicy &stored, const document::Policy &policy)
{
    ImportPlanner::compareText(object, "policy", stored.text, policy.text);
    compareFlag(object, "cas_required", stored.casRequired, policy.casRequired);
    compareFlag(object, "allow_slashes_in_identity_templates", stored.allowSlashes, policy.allowSlashes);
    compareFlag(object, "allow_wildcards_in_identity_templates", stored.allowWildcards, policy.allowWildcards);
    if (policy.expires && policy.expires != stored.expires)
        ImportPlanner::compareText(object, "expiration", stored.expires ? toRfc3339(*stored.expires) : std::string(),
                                   toRfc3339(*policy.expires));
}

} // namespace

bool changes(const ObjectPlan &plan, std::string_view prefix)
{
    return std::any_of(plan.changes.begin(), plan.changes.end(),
                       [&](const FieldChange &change) { return std::string_view(change.field).starts_with(prefix); });
}

boost::json::object FieldChange::toJson() const
{
    if (list)
        return {
            {"field", field}, {"added", boost::json::value_from(added)}, {"removed", boost::json::value_from(removed)}};
    return {{"field", field}, {"before", before}, {"after", after}};
}

std::string placeIn(const char *list, std::size_t index)
{
    return std::string(list) + "[" + std::to_string(index) + "]";
}

std::string labelOf(const char *kind, std::string_view name)
{
    return std::string(kind) + " " + shownName(name);
}

std::string mountTypeFor(std::string_view path)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> Habits{{{"directory", "ldap"},
                                                                                   {"ad", "ldap"},
                                                                                   {"active", "ldap"},
                                                                                   {"sso", "oidc"},
                                                                                   {"k8s", "kubernetes"},
                                                                                   {"google", "oidc"}}};
    const std::string first = foldCase(path.substr(0, path.find_first_of("-_/.")));
    if (isAuthType(first))
        return first;
    for (const auto &[word, type] : Habits) {
        if (first == word)
            return std::string(type);
    }
    return "userpass";
}

bool ImportPlan::changesNothing() const
{
    return changesNothingIn(mounts) && changesNothingIn(policies) && changesNothingIn(entities) &&
           changesNothingIn(groups);
}

ImportPlanner::ImportPlanner(store::Session &session_, const Document &document_, ImportPlan &plan_)
    : session(session_), document(document_), plan(plan_)
{
    for (std::size_t i = 0; i < document.entities.size(); ++i)
        entities.try_emplace(foldCase(document.entities[i].name), i);
    for (std::size_t i = 0; i < document.groups.size(); ++i)
        groups.try_emplace(foldCase(document.groups[i].name), i);
}

void ImportPlanner::error(std::string code, std::string place, std::string object, std::string text)
{
    plan.problems.add(
        {Problem::Severity::Error, std::move(code), std::move(place), std::move(object), std::move(text)});
}

void ImportPlanner::warning(std::string code, std::string place, std::string object, std::string text)
{
    plan.problems.add(
        {Problem::Severity::Warning, std::move(code), std::move(place), std::move(object), std::move(text)});
}

std::string ImportPlanner::accessorOf(const document::Alias &alias) const
{
    if (alias.mount.empty())
        return alias.accessor;
    const auto found = accessors.find(alias.mount);
    return found == accessors.end() ? std::string() : found->second;
}

void ImportPlanner::decide(ObjectPlan &object, bool exists)
{
    if (!exists)
        object.action = PlanAction::Create;
    else
        object.action = object.changes.empty() ? PlanAction::Keep : PlanAction::Change;
}

std::vector<std::string> ImportPlanner::namesIn(store::Query rows)
{
    std::vector<std::string> names;
    while (rows.step())
        names.emplace_back(rows.text(0));
    return names;
}

StoredMetadata ImportPlanner::metadataIn(const store::Query &row, int column)
{
    return row.isNull(column) ? StoredMetadata() : metadataFromColumn(row.text(column));
}

void ImportPlanner::compareText(ObjectPlan &object, std::string field, const std::string &before,
                                const std::string &after)
{
    if (before == after)
        return;
    FieldChange change;
    change.field = std::move(field);
    change.before = before;
    change.after = after;
    object.changes.push_back(std::move(change));
}

void ImportPlanner::compareMetadata(ObjectPlan &object, const std::string &prefix, const StoredMetadata &before,
                                    const StoredMetadata &after)
{
    if (!after)
        return;
    const Metadata old = before.value_or(Metadata());
    Metadata keys = old;
    keys.insert(after->begin(), after->end());
    for (const auto &pair : keys) {
        const auto was = old.find(pair.first);
        const auto is = after->find(pair.first);
        const bool gone = is == after->end();
        const bool added = was == old.end();
        if (!gone && !added && was->second == is->second)
            continue;
        FieldChange change;
        change.field = prefix + "." + pair.first;
        change.before = added ? std::string() : was->second;
        change.after = gone ? std::string() : is->second;
        object.changes.push_back(std::move(change));
    }
}

void ImportPlanner::compareLists(ObjectPlan &object, std::string field, const std::vector<std::string> &before,
                                 const std::vector<std::string> &after)
{
    if (before == after)
        return;
    FieldChange change;
    change.field = std::move(field);
    change.list = true;
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(change.added));
    std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(change.removed));
    object.changes.push_back(std::move(change));
}

void ImportPlanner::planMounts()
{
    std::map<std::string, const document::Mount *> named;
    for (const document::Entity &entity : document.entities) {
        for (const document::Alias &alias : entity.aliases)
            named.try_emplace(alias.mount, nullptr);
    }
    for (const document::Group &group : document.groups) {
        if (group.alias)
            named.try_emplace(group.alias->mount, nullptr);
    }
    named.erase(std::string());
    for (const document::Mount &mount : document.mounts)
        named[mount.path] = &mount;
    for (const auto &[path, stated] : named) {
        ObjectPlan object;
        object.name = path;
        object.index = stated ? stated->index : 0;
        std::string type = stated && !stated->type.empty() ? stated->type : mountTypeFor(path);
        if (const auto mount = mountByPath(session, RootNamespace, MountClass::Auth, path)) {
            accessors.emplace(path, mount->accessor);
            if (stated && !stated->type.empty() && stated->type != mount->type)
                warning("mount-type", placeIn("mounts", stated->index) + ".type", labelOf("mount", path),
                        "here the mount is of type " + mount->type + "; it stays so");
            type = mount->type;
        } else {
            object.action = PlanAction::Create;
            if (!isAuthType(type))
                error("mount-type", placeIn("mounts", object.index) + ".type", labelOf("mount", path),
                      "there is no auth method of type " + shownName(type) +
                          "; use one that the core knows, such as userpass, ldap, oidc or github");
        }
        plan.mounts.push_back(std::move(object));
        plan.mountTypes.push_back(std::move(type));
    }
}

void ImportPlanner::planPolicies()
{
    for (const document::Policy &policy : document.policies) {
        ObjectPlan object;
        object.index = policy.index;
        object.name = policy.name;
        constexpr Nanoseconds BeforeAnyExpiry = 0;
        const auto stored = policy::findStoredPolicy(session, policy.name, BeforeAnyExpiry);
        if (stored) {
            object.version = stored->version;
            comparePolicy(object, *stored, policy);
        }
        decide(object, stored.has_value());
        plan.policies.push_back(std::move(object));
    }
}

void ImportPlanner::findUndefinedPolicies()
{
    std::unordered_set<std::string> known;
    for (const document::Policy &policy : document.policies)
        known.insert(policy.name);
    struct Use {
        std::string place;
        std::string object;
        std::size_t count = 0;
    };
    std::map<std::string, Use> undefined;
    const auto look = [&](const auto &policies, const std::string &place, const std::string &object) {
        if (!policies)
            return;
        for (const std::string &name : *policies) {
            if (known.count(name) != 0)
                continue;
            if (policy::findStoredPolicy(session, name, 0)) {
                known.insert(name);
                continue;
            }
            Use &use = undefined[name];
            if (use.count++ == 0) {
                use.place = place + ".policies";
                use.object = object;
            }
        }
    };
    for (const document::Entity &entity : document.entities)
        look(entity.policies, placeIn("entities", entity.index), labelOf("entity", entity.name));
    for (const document::Group &group : document.groups)
        look(group.policies, placeIn("groups", group.index), labelOf("group", group.name));
    for (const auto &[name, use] : undefined)
        warning("undefined-policy", use.place, use.object,
                "the policy " + shownName(name) +
                    " isn't defined, neither here nor in the document: it grants nothing" +
                    (use.count > 1 ? " (named in " + std::to_string(use.count) + " places)" : std::string()));
}

ImportPlan planImport(store::Session &session, Document &document)
{
    ImportPlan plan;
    addWhatIsThere(session, document, plan.problems);
    ImportPlanner planner(session, document, plan);
    planner.planMounts();
    planner.planPolicies();
    planner.planEntities();
    planner.planGroups();
    planner.findCycles();
    planner.findUndefinedPolicies();
    return plan;
}

} // namespace kith::identity
