// SPDX-License-Identifier: Apache-2.0
#include "auth/Users.h"

#include "auth/KeptObject.h"
#include "auth/TokenSettings.h"
#include "store/Json.h"
#include "store/Text.h"

namespace kith::auth {

namespace {

constexpr std::string_view Folder = "user/";

std::string pathOf(const std::string &name)
{
    return std::string(Folder) + foldCase(name);
}

} // namespace

Result<std::optional<User>> findUser(const store::Entries &entries, const std::string &name)
{
    const auto kept = keptObject(entries, pathOf(name));
    if (!kept)
        return kept.error();
    if (!*kept)
        return std::optional<User>();
    User user;
    user.passwordHash = store::textIn(**kept, "password_hash");
    user.token = tokenSettingsOf(**kept);
    for (std::string &old : store::textsIn(**kept, "old_names"))
        user.oldNames.insert(std::move(old));
    return std::optional(std::move(user));
}

bool hasUser(const store::Entries &entries, const std::string &name)
{
    return entries.contains(pathOf(name));
}

void saveUser(const store::Entries &entries, const std::string &name, const User &user)
{
    boost::json::object json = tokenSettingsJson(user.token);
    json["password_hash"] = user.passwordHash;
    json["old_names"] = jsonList({user.oldNames.begin(), user.oldNames.end()});
    entries.put(pathOf(name), store::toJson(json));
}

void deleteUser(const store::Entries &entries, const std::string &name)
{
    entries.remove(pathOf(name));
}

std::vector<std::string> userNames(const store::Entries &entries, std::string_view after, std::int64_t limit)
{
    return entries.list(Folder, after, limit);
}

} // namespace kith::auth
