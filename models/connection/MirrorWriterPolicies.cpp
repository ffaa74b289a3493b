// SPDX-License-Identifier: Apache-2.0
#include "connection/MirrorWriter.h"
#include "policy/PolicyNames.h"
#include "store/Text.h"

#include <algorithm>
#include <tuple>

namespace kith::connection {

/// Mounts are few and change seldom: all anew when anything differs.
void MirrorWriter::putMounts(const std::vector<MirrorMount> &mounts)
{
    std::vector<MirrorMount> before;
    {
        store::Query rows = m_session.query(
            "SELECT path, type, accessor, description, local FROM mount WHERE class = 'auth' ORDER BY path");
        while (rows.step())
            before.push_back({std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2)),
                              std::string(rows.text(3)), rows.integer(4) != 0});
    }
    auto after = mounts;
    std::sort(after.begin(), after.end(), [](const MirrorMount &a, const MirrorMount &b) { return a.path < b.path; });
    if (before == after)
        return;
    m_session.run("DELETE FROM mount WHERE class = 'auth'");
    for (const MirrorMount &mount : after)
        m_session.run("INSERT OR REPLACE INTO mount (namespace, class, path, type, accessor, uuid, description, local) "
                      "VALUES (1, 'auth', ?, ?, ?, ?, ?, ?)",
                      mount.path, mount.type, mount.accessor, newUuid(), mount.description, mount.local);
    m_session.changes.mounts = true;
}

void MirrorWriter::putPolicyNames(const Texts &names)
{
    Texts gone;
    {
        store::Query rows =
            m_session.query("SELECT p.name FROM acl_policy a JOIN policy_name p ON p.id = a.policy WHERE p.name <> "
                            "'response-wrapping'");
        while (rows.step())
            if (std::find(names.begin(), names.end(), rows.text(0)) == names.end())
                gone.emplace_back(rows.text(0));
    }
    for (const std::string &name : gone)
        putPolicy({name, std::nullopt});
    for (const std::string &name : names) {
        const bool known = m_session
                               .integer("SELECT 1 FROM acl_policy a JOIN policy_name p ON p.id = a.policy "
                                        "WHERE p.name = ?",
                                        name)
                               .has_value();
        if (!known && name != "root")
            putPolicy({name, policy::StoredPolicy()}); // its text comes later
    }
}

void MirrorWriter::putPolicy(const MirrorBatch::Policy &policy)
{
    const PolicyId id = policy::internPolicy(m_session, policy.name);
    const auto before = policy::findStoredPolicy(m_session, policy.name, m_session.now);
    if (!policy.stored) {
        m_session.run("DELETE FROM acl_policy WHERE policy = ?", id);
        if (before)
            m_session.changes.policies.push_back(id);
        return;
    }
    policy::StoredPolicy now = *policy.stored;
    const auto facts = [](const policy::StoredPolicy &one) {
        return std::tie(one.text, one.casRequired, one.allowSlashes, one.allowWildcards, one.expires);
    };
    if (now.version == 0) // of a server that doesn't count
        now.version = before ? before->version + (facts(*before) == facts(now) ? 0 : 1) : 1;
    if (before && facts(*before) == facts(now) && before->version == now.version)
        return;
    boost::json::object options;
    if (now.allowSlashes)
        options["allow_slashes_in_identity_templates"] = true;
    if (now.allowWildcards)
        options["allow_wildcards_in_identity_templates"] = true;
    m_session.run("INSERT OR REPLACE INTO acl_policy (namespace, policy, text, version, cas_required, expiration, "
                  "options, updated) VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
                  id, now.text, now.version, now.casRequired, now.expires, boost::json::serialize(options),
                  m_session.now);
    m_session.changes.policies.push_back(id);
}

} // namespace kith::connection
