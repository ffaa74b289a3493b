// SPDX-License-Identifier: Apache-2.0
#include "policy/PolicyStore.h"

#include "policy/BuiltInPolicies.h"
#include "policy/PolicyNames.h"
#include "store/Text.h"

#include <boost/json.hpp>

#include <algorithm>

namespace kith::policy {

namespace {

constexpr std::string_view Root = "root";
constexpr std::string_view Default = "default";
constexpr std::string_view ResponseWrapping = "response-wrapping";

constexpr std::string_view AllowSlashes = "allow_slashes_in_identity_templates";
constexpr std::string_view AllowWildcards = "allow_wildcards_in_identity_templates";

bool isImmutable(std::string_view name)
{
    return name == Root || name == ResponseWrapping;
}

bool flagIn(const boost::json::value &options, std::string_view name)
{
    const auto *object = options.if_object();
    const auto *flag = object == nullptr ? nullptr : object->if_contains(name);
    return flag != nullptr && flag->is_bool() && flag->get_bool();
}

std::string optionsOf(const StoredPolicy &policy)
{
    boost::json::object options;
    for (const auto &[name, set] :
         {std::pair(AllowSlashes, policy.allowSlashes), std::pair(AllowWildcards, policy.allowWildcards)}) {
        if (set)
            options[name] = true;
    }
    return boost::json::serialize(options);
}

void store(store::WriteSession &session, const StoredPolicy &policy, NamespaceId ns)
{
    const PolicyId id = internPolicy(session, policy.name);
    session.run("INSERT OR REPLACE INTO acl_policy "
                "(namespace, policy, text, version, cas_required, expiration, options, updated) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                ns, id, policy.text, policy.version, policy.casRequired, policy.expires, optionsOf(policy),
                session.now);
    session.changes.policies.push_back(id);
}

/// Whether the writer knows the version that it overwrites.
Result<void> checkCas(const PolicyWrite &write, const StoredPolicy &current)
{
    const bool exists = current.version > 0;
    const bool demanded =
        write.mode == WriteMode::Replace && (current.casRequired || write.casRequired.value_or(false));
    if (!write.cas)
        return demanded ? Result<void>(invalidRequest("check-and-set parameter required for this call"))
                        : Result<void>();
    if (*write.cas == -1 && exists)
        return invalidRequest("check-and-set parameter set to -1 on existing entry");
    if (*write.cas != -1 && *write.cas != current.version)
        return invalidRequest("check-and-set parameter " + std::to_string(*write.cas) +
                              " did not match the current version " + std::to_string(current.version));
    return {};
}

/// The policy as it will be, before its checks.
StoredPolicy changed(const PolicyWrite &write, const StoredPolicy &current)
{
    StoredPolicy next = write.mode == WriteMode::Merge ? current : StoredPolicy();
    next.name = policyKey(write.name);
    next.text = write.text.value_or(next.text);
    next.casRequired = write.casRequired.value_or(next.casRequired);
    next.allowSlashes = write.allowSlashes.value_or(next.allowSlashes);
    next.allowWildcards = write.allowWildcards.value_or(next.allowWildcards);
    if (write.expires)
        next.expires = write.expires;
    next.version = current.version + 1;
    return next;
}

} // namespace

std::optional<StoredPolicy> findStoredPolicy(store::Session &session, std::string_view name, Nanoseconds now,
                                             NamespaceId ns)
{
    StoredPolicy policy;
    policy.name = policyKey(name);
    if (policy.name == Root)
        return policy;
    auto row = session.query("SELECT p.policy, p.text, p.version, p.cas_required, p.expiration, p.options, p.updated "
                             "FROM acl_policy p JOIN policy_name n ON n.id = p.policy "
                             "WHERE n.name = ? AND p.namespace = ? AND (p.expiration IS NULL OR p.expiration > ?)",
                             policy.name, ns, now);
    if (!row.step())
        return std::nullopt;
    policy.id = row.id<PolicyId>(0);
    policy.text = row.text(1);
    policy.version = row.integer(2);
    policy.casRequired = row.integer(3) != 0;
    if (!row.isNull(4))
        policy.expires = row.integer(4);
    boost::system::error_code ignored;
    const auto options = boost::json::parse(std::string(row.text(5)), ignored);
    policy.allowSlashes = flagIn(options, AllowSlashes);
    policy.allowWildcards = flagIn(options, AllowWildcards);
    policy.modified = row.integer(6);
    return policy;
}

bool isPolicyDefined(store::Session &session, PolicyId id, Nanoseconds now, NamespaceId ns)
{
    return policyName(session, id) == Root ||
           session
               .integer("SELECT 1 FROM acl_policy WHERE policy = ? AND namespace = ? "
                        "AND (expiration IS NULL OR expiration > ?)",
                        id, ns, now)
               .has_value();
}

std::vector<std::string> listPolicies(store::Session &session, Nanoseconds now, NamespaceId ns)
{
    std::vector<std::string> names;
    auto rows = session.query("SELECT n.name FROM acl_policy p JOIN policy_name n ON n.id = p.policy "
                              "WHERE p.namespace = ? AND (p.expiration IS NULL OR p.expiration > ?) "
                              "AND n.name <> ? ORDER BY n.name",
                              ns, now, ResponseWrapping);
    while (rows.step())
        names.emplace_back(rows.text(0));
    if (ns == RootNamespace)
        names.emplace_back(Root);
    return names;
}

Result<void> writePolicy(store::WriteSession &session, const PolicyWrite &write, NamespaceId ns)
{
    const auto current = findStoredPolicy(session, write.name, session.now, ns);
    if (write.mode == WriteMode::Merge && !current)
        return invalidRequest("policy not found");
    const StoredPolicy next = changed(write, current.value_or(StoredPolicy()));
    if (next.text.empty())
        return invalidRequest("'policy' parameter not supplied or empty");
    if (write.expires && *write.expires <= session.now)
        return invalidRequest("refusing to update policy as expiration time has already elapsed");
    if (auto parsed = parsePolicy(next.text, session.now); !parsed)
        return parsed.error();
    if (isImmutable(next.name))
        return invalidRequest("cannot update " + inQuotes(next.name) + " policy");
    if (auto checked = checkCas(write, current.value_or(StoredPolicy())); !checked)
        return checked;
    store(session, next, ns);
    return {};
}

Result<void> deletePolicy(store::WriteSession &session, std::string_view name, NamespaceId ns)
{
    const std::string key = policyKey(name);
    if (isImmutable(key))
        return invalidRequest("cannot delete " + inQuotes(key) + " policy");
    if (key == Default)
        return invalidRequest("cannot delete default policy");
    const auto id = findPolicy(session, key);
    if (!id)
        return {};
    session.run("DELETE FROM acl_policy WHERE policy = ? AND namespace = ?", *id, ns);
    if (session.changedRows() > 0)
        session.changes.policies.push_back(*id);
    return {};
}

void ensureBuiltInPolicies(store::WriteSession &session, NamespaceId ns)
{
    for (const auto &[name, text] :
         {std::pair(Default, DefaultPolicyText), std::pair(ResponseWrapping, ResponseWrappingPolicyText)}) {
        if (findStoredPolicy(session, name, session.now, ns))
            continue;
        StoredPolicy policy;
        policy.name = name;
        policy.text = text;
        policy.version = 1;
        store(session, policy, ns);
    }
}

std::shared_ptr<const Policy> PolicyCache::get(store::Session &session, PolicyId id, Nanoseconds now, NamespaceId ns)
{
    std::int64_t version = 0;
    Nanoseconds updated = 0;
    {
        auto row = session.query("SELECT version, updated FROM acl_policy WHERE policy = ? AND namespace = ? "
                                 "AND (expiration IS NULL OR expiration > ?)",
                                 id, ns, now);
        if (row.step()) {
            version = row.integer(0);
            updated = row.integer(1);
        }
    }
    const std::lock_guard lock(m_mutex);
    Entry &entry = m_entries[{id, ns}];
    if (entry.policy && entry.version == version && entry.updated == updated)
        return entry.policy;
    entry = {version, updated, nullptr};
    const auto stored = findStoredPolicy(session, policyName(session, id), now, ns);
    if (!stored)
        return nullptr;
    auto parsed = parsePolicy(stored->text);
    if (!parsed)
        return nullptr;
    parsed->name = stored->name;
    parsed->allowSlashes = stored->allowSlashes;
    parsed->allowWildcards = stored->allowWildcards;
    entry.policy = std::make_shared<const Policy>(std::move(*parsed));
    return entry.policy;
}

} // namespace kith::policy
