// SPDX-License-Identifier: Apache-2.0
#include "auth/LdapText.h"
#include "core/LoginPath.h"
#include "core/Router.h"
#include "core/Routes.h"

#include <algorithm>

namespace kith::core {

namespace json = boost::json;

namespace {

struct LockedOfMount {
    std::string accessor;
    std::vector<std::string> aliases;
};

std::vector<LockedOfMount> allLocked(const Call &call, const Engine &engine, NamespaceId ns)
{
    std::vector<LockedOfMount> all;
    for (const identity::MountEntry &mount : call.mounts().all()) {
        if (mount.ns != ns || mount.mountClass != identity::MountClass::Auth)
            continue;
        auto aliases = engine.lockouts->locked(mount.id, lockoutRule(mount), engine.store.clock().now());
        if (!aliases.empty())
            all.push_back({mount.accessor, std::move(aliases)});
    }
    std::stable_sort(all.begin(), all.end(), [](const LockedOfMount &left, const LockedOfMount &right) {
        return left.aliases.size() > right.aliases.size();
    });
    return all;
}

/// Who is locked out of one namespace, by mount; of one mount only when it is named, even if there is none of that
/// accessor.
json::object lockedOf(const Call &call, const Engine &engine, const identity::Namespace &ns, std::size_t &total)
{
    std::vector<LockedOfMount> all = allLocked(call, engine, ns.id);
    if (const std::string wanted = call.inPath("mount_accessor"); !wanted.empty()) {
        std::erase_if(all, [&](const LockedOfMount &mount) { return mount.accessor != wanted; });
        if (all.empty())
            all.push_back({wanted, {}});
    }
    json::array mounts;
    std::size_t count = 0;
    for (const LockedOfMount &mount : all) {
        count += mount.aliases.size();
        json::value aliases = nullptr;
        if (!mount.aliases.empty())
            aliases = json::array(mount.aliases.begin(), mount.aliases.end());
        mounts.push_back({{"mount_accessor", mount.accessor},
                          {"counts", mount.aliases.size()},
                          {"alias_identifiers", std::move(aliases)}});
    }
    total += count;
    return {{"namespace_id", ns.shortId},
            {"namespace_path", ns.path},
            {"counts", count},
            {"mount_accessors", std::move(mounts)}};
}

/// Who is locked out of the namespace and those below it; of one mount, which is the namespace's own.
Result<Response> readLocked(const Call &call, Engine &engine)
{
    json::array shown;
    std::size_t total = 0;
    for (const identity::Namespace &ns : call.mounts().namespaces())
        if (call.inPath("mount_accessor").empty() ? ns.path.starts_with(call.space().path) : ns.id == call.ns())
            shown.push_back(lockedOf(call, engine, ns, total));
    std::stable_sort(shown.begin(), shown.end(), [](const json::value &left, const json::value &right) {
        return left.at("counts").as_uint64() > right.at("counts").as_uint64();
    });
    return Response::of(json::object{{"by_namespace", std::move(shown)}, {"total", total}});
}

/// Lets somebody try again at once. Who isn't locked, or isn't known, is passed over. The name counts to the letter.
Result<Response> unlock(const Call &call, Engine &engine)
{
    const identity::MountEntry *mount = call.mounts().byAccessor(call.inPath("mount_accessor"));
    std::string alias = call.inPath("alias_identifier");
    if (mount && mount->kind == "ldap")
        alias = auth::ldapNameKey(alias); // as failures are counted
    if (!mount || mount->ns != call.ns())
        return Response::noContent();
    if (!engine.lockouts->isKept(mount->id, alias)) {
        engine.lockouts->clear(mount->id, alias);
        return Response::noContent();
    }
    return engine.store.write([&](store::WriteSession &session) -> Result<Response> {
        engine.lockouts->clear(session, mount->id, alias);
        return Response::noContent();
    });
}

} // namespace

std::vector<Route> lockedUserRoutes()
{
    return {
        {"sys/locked-users", {{"mount_accessor"}}, {{Operation::Read, EngineHandler(readLocked)}}},
        {"sys/locked-users/:mount_accessor/unlock/:alias_identifier+",
         {},
         {{Operation::Update, EngineHandler(unlock)}}},
    };
}

} // namespace kith::core
