// SPDX-License-Identifier: Apache-2.0
#include "identity/GroupNames.h"

#include <algorithm>

namespace kith::identity {

GroupNames GroupNames::load(store::Session &session)
{
    GroupNames names;
    const auto add = [&](store::Query rows, bool isAlias) {
        while (rows.step()) {
            names.m_entries.push_back({rows.integer(0), static_cast<std::uint32_t>(names.m_blob.size()), isAlias});
            names.m_blob += rows.text(1);
        }
    };
    add(session.query("SELECT id, name_key FROM identity_group WHERE namespace = 1 AND name_key <> ''"), false);
    add(session.query("SELECT a.grp, a.name_key FROM group_alias a JOIN identity_group g ON g.id = a.grp "
                      "WHERE g.namespace = 1 AND a.name_key <> ''"),
        true);
    names.m_bytes = ByteSearch::sampled(names.m_blob);
    return names;
}

std::size_t GroupNames::entryAt(std::size_t place) const
{
    const auto behind = std::upper_bound(m_entries.begin(), m_entries.end(), place,
                                         [](std::size_t at, const Entry &entry) { return at < entry.start; });
    return static_cast<std::size_t>(behind - m_entries.begin()) - 1;
}

} // namespace kith::identity
