// SPDX-License-Identifier: Apache-2.0
#include "connection/MirrorWriter.h"
#include "policy/PolicyNames.h"
#include "store/Text.h"

#include <algorithm>

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
            putPolicy({name, std::string()}); // its text comes later
    }
}

void MirrorWriter::putPolicy(const MirrorBatch::Policy &policy)
{
    const PolicyId id = policy::internPolicy(m_session, policy.name);
    const auto before = m_session.text("SELECT text FROM acl_policy WHERE policy = ?", id);
    if (before == policy.text)
        return;
    if (!policy.text)
        m_session.run("DELETE FROM acl_policy WHERE policy = ?", id);
    else
        m_session.run("INSERT INTO acl_policy (namespace, policy, text, version, updated) VALUES (1, ?1, ?2, 1, ?3) "
                      "ON CONFLICT (policy, namespace) DO UPDATE SET text = ?2, version = version + 1, updated = ?3",
                      id, *policy.text, m_session.now);
    m_session.changes.policies.push_back(id);
}

} // namespace kith::connection
