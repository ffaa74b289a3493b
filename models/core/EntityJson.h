// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Call.h"
#include "core/JsonText.h"
#include "identity/EntityViews.h"

#include <boost/json.hpp>

#include <string>
#include <utility>
#include <vector>

namespace kith::core {

/// The bodies of answers about entities and their aliases, as the real server shapes them (spec/engine.md §3, §4).
std::string toText(const identity::EntityView &entity);
boost::json::object toJson(const identity::EntityView &entity);
boost::json::object toJson(const identity::EntityAliasView &alias);

/// What the list of aliases says about one of them under `key_info`.
boost::json::object listInfo(const identity::EntityAliasView &alias);

/// The list of entities, row by row, as a text: they may be a million.
class EntityListText
{
public:
    /// The mounts must outlive it.
    explicit EntityListText(const identity::MountTable &mounts) : m_mounts(mounts) {}
    void add(const identity::EntityListRow &row);
    /// Empty: there were no rows.
    std::string finish();

private:
    void beginEntity(const identity::EntityListRow &row);
    void addAlias(const identity::EntityListRow &row);
    void endEntity();
    const std::string &mountText(std::string_view accessor);

    const identity::MountTable &m_mounts;
    std::vector<std::pair<std::string, std::string>> m_mountTexts; ///< What an alias says of its mount, by accessor.
    std::string m_text;
    std::string m_keys; ///< Its second part: the UUIDs.
    std::string m_uuid; ///< Of the entity whose rows come.
    bool m_hasAliases = false;
};

} // namespace kith::core
