// SPDX-License-Identifier: Apache-2.0
#include "identity/GroupNames.h"

#include <algorithm>
#include <unordered_map>

namespace kith::identity {

GroupNames GroupNames::load(store::Session &session)
{
    GroupNames names;
    std::unordered_map<std::int64_t, std::uint32_t> places;
    const auto add = [&](const store::Query &row, std::uint32_t own) {
        names.m_entries.push_back({row.integer(0), static_cast<std::uint32_t>(names.m_blob.size()), own});
        names.m_blob += row.text(1);
    };
    auto groups = session.query("SELECT id, name_key FROM identity_group WHERE namespace = 1 AND name_key <> ''");
    while (groups.step()) {
        const auto place = static_cast<std::uint32_t>(names.m_entries.size());
        places.emplace(groups.integer(0), place);
        add(groups, place);
    }
    auto aliases = session.query("SELECT a.grp, a.name_key FROM group_alias a JOIN identity_group g ON g.id = a.grp "
                                 "WHERE g.namespace = 1 AND a.name_key <> ''");
    while (aliases.step()) {
        const auto group = places.find(aliases.integer(0));
        add(aliases, group == places.end() ? Nameless : group->second);
    }
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
