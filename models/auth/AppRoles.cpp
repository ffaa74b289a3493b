// SPDX-License-Identifier: Apache-2.0
#include "auth/AppRoles.h"

#include "auth/AddressBlock.h"
#include "auth/TokenColumns.h"
#include "auth/TokenSettings.h"
#include "store/Json.h"
#include "store/Text.h"

namespace kith::auth {

namespace {

AppRole roleOf(const store::Query &row)
{
    AppRole role;
    role.id = row.id<AppRoleId>(0);
    role.mount = row.id<MountId>(1);
    role.name = row.text(2);
    role.roleId = row.text(3);
    const boost::json::value json = parsedColumn(row.text(4));
    if (!json.is_object())
        return role;
    const boost::json::object &settings = json.get_object();
    role.bindSecretId = store::flagIn(settings, "bind_secret_id", true);
    if (settings.contains("secret_id_bound_cidrs"))
        role.boundCidrs = store::textsIn(settings, "secret_id_bound_cidrs");
    role.secretUses = store::numberIn(settings, "secret_id_num_uses");
    role.secretTtl = store::numberIn(settings, "secret_id_ttl");
    role.localSecretIds = store::flagIn(settings, "local_secret_ids");
    role.token = tokenSettingsOf(settings);
    for (std::string &old : store::textsIn(settings, "old_names"))
        role.oldNames.insert(std::move(old));
    return role;
}

bool isNothing(const boost::json::value &value)
{
    const auto *text = value.if_string();
    const auto *list = value.if_array();
    const auto *number = value.if_int64();
    const auto *flag = value.if_bool();
    return (text && text->empty()) || (list && list->empty()) || (number && *number == 0) || (flag && !*flag);
}

/// What is missing is read as nothing, so that little is to be read at each login.
std::string settingsOf(const AppRole &role)
{
    boost::json::object all = tokenSettingsJson(role.token);
    all["secret_id_num_uses"] = role.secretUses;
    all["secret_id_ttl"] = role.secretTtl;
    all["local_secret_ids"] = role.localSecretIds;
    all["old_names"] = jsonList({role.oldNames.begin(), role.oldNames.end()});
    boost::json::object json;
    for (const auto &member : all)
        if (!isNothing(member.value()))
            json.emplace(member.key(), member.value());
    if (!role.bindSecretId)
        json["bind_secret_id"] = false;
    if (role.boundCidrs)
        json["secret_id_bound_cidrs"] = jsonList(*role.boundCidrs);
    return store::toJson(json);
}

} // namespace

std::optional<AppRole> findRole(store::Session &session, MountId mount, std::string_view name)
{
    store::Query row = session.query(
        "SELECT id, mount, name, role_id, settings FROM approle WHERE mount = ? AND name = ?", mount, foldCase(name));
    return row.step() ? std::optional(roleOf(row)) : std::nullopt;
}

std::optional<AppRole> findRoleById(store::Session &session, MountId mount, std::string_view roleId)
{
    store::Query row = session.query(
        "SELECT id, mount, name, role_id, settings FROM approle WHERE mount = ? AND role_id = ?", mount, roleId);
    return row.step() ? std::optional(roleOf(row)) : std::nullopt;
}

bool hasRole(store::Session &session, MountId mount, std::string_view name)
{
    return session.integer("SELECT 1 FROM approle WHERE mount = ? AND name = ?", mount, foldCase(name)).has_value();
}

Result<void> checkBlocks(const std::vector<std::string> &blocks, std::string_view what, BlockErrors errors)
{
    for (const std::string &block : blocks) {
        if (block.find('/') != std::string::npos && AddressBlock::parse(block))
            continue;
        const std::string text =
            "failed to validate " + std::string(what) + "CIDR blocks: invalid CIDR address: " + block;
        return errors == BlockErrors::Raw ? rawError(text) : invalidRequest(text);
    }
    return {};
}

Result<void> saveRole(store::WriteSession &session, const AppRole &role)
{
    if (!role.bindSecretId && role.boundCidrs.value_or(std::vector<std::string>()).empty() &&
        role.token.boundCidrs.empty())
        return rawError("at least one constraint should be enabled on the role");
    const auto owner = findRoleById(session, role.mount, role.roleId);
    if (owner && owner->id != role.id)
        return rawError("role_id already in use");
    if (role.id)
        session.run("UPDATE approle SET role_id = ?2, settings = ?3 WHERE id = ?1", role.id, role.roleId,
                    settingsOf(role));
    else
        session.run("INSERT INTO approle (mount, name, role_id, settings) VALUES (?, ?, ?, ?)", role.mount, role.name,
                    role.roleId, settingsOf(role));
    return {};
}

void deleteRole(store::WriteSession &session, MountId mount, std::string_view name)
{
    session.run("DELETE FROM approle WHERE mount = ? AND name = ?", mount, foldCase(name));
}

std::vector<std::string> roleNames(store::Session &session, MountId mount, std::string_view after, std::int64_t limit)
{
    std::vector<std::string> names;
    store::Query rows = session.query("SELECT name FROM approle WHERE mount = ?1 AND name > ?2 ORDER BY name LIMIT ?3",
                                      mount, after, limit > 0 ? limit : -1);
    while (rows.step())
        names.emplace_back(rows.text(0));
    return names;
}

} // namespace kith::auth
