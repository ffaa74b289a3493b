// SPDX-License-Identifier: Apache-2.0
// sys/internal/ui: what consoles and command lines ask before they ask for anything else.
#include "core/Caller.h"
#include "core/MountConfig.h"
#include "core/Routes.h"

namespace kith::core {

namespace json = boost::json;

namespace {

/// Whether a rule can grant anything on some path of the mount.
bool reaches(const policy::MergedRule &rule, std::string_view mountPath)
{
    const policy::Capabilities granted = rule.grant.capabilities;
    if (granted.empty() || granted.has(policy::Capability::Deny))
        return false;
    // Of a path with `+` only what stands before it counts: rather a mount too many than one too few.
    std::string_view stem = rule.pattern.stem();
    if (rule.pattern.kind() == policy::PathPattern::Kind::Segments)
        stem = stem.substr(0, stem.find('+'));
    const bool open = rule.pattern.kind() != policy::PathPattern::Kind::Exact;
    return stem.starts_with(mountPath) || (open && mountPath.starts_with(stem));
}

bool maySee(const Caller &caller, const identity::Mount &mount)
{
    if (!caller.acl)
        return false;
    const std::string path = mount.fullPath();
    return caller.isRoot() || std::any_of(caller.acl->rules().begin(), caller.acl->rules().end(),
                                          [&](const policy::MergedRule &rule) { return reaches(rule, path); });
}

/// What everybody may know of a mount that is tuned to be shown.
json::object publicJson(const identity::MountEntry &mount)
{
    return {{"description", mount.settings.description},
            {"options", mount.settings.options ? json::value(*mount.settings.options) : json::value()},
            {"type", mount.type}};
}

Result<Response> readMounts(const Call &call, store::Session &session)
{
    json::object auth;
    json::object secret;
    const Caller &caller = call.caller();
    for (const identity::MountEntry &mount : call.mounts().all()) {
        const bool open = mount.configText("listing_visibility") == "unauth";
        if (mount.ns != call.ns() || !(open || maySee(caller, mount)))
            continue;
        json::object &shown = mount.mountClass == identity::MountClass::Auth ? auth : secret;
        shown[mount.path] = caller.acl ? mountJson(session, mount) : publicJson(mount);
    }
    return Response::of(json::object{{"auth", std::move(auth)}, {"secret", std::move(secret)}});
}

Result<Response> readMount(const Call &call, store::Session &session)
{
    if (!call.caller().acl)
        return Error{ErrorCode::PermissionDenied, 403, "permission denied", {}};
    const std::string path = identity::withSlash(call.inPath("path"));
    const identity::MountEntry *mount = call.mounts().find(call.ns(), path).mount;
    if (!mount || !maySee(call.caller(), *mount))
        return Error{ErrorCode::PermissionDenied,
                     403,
                     "preflight capability check returned 403, please ensure client's policies grant access to path "
                     "\"" +
                         path + "\"",
                     {}};
    json::object shown = mountJson(session, *mount);
    shown["path"] = mount->path;
    return Response::of(std::move(shown));
}

/// There is only the root so far.
Result<Response> readNamespaces(const Call &call, store::Session &)
{
    if (!call.caller().acl) // [Q]
        return Error{ErrorCode::PermissionDenied, 500, "client token empty", {}};
    return Response::of(json::object());
}

} // namespace

std::vector<Route> uiRoutes()
{
    return {
        {"sys/internal/ui/mounts", {}, {{Operation::Read, ReadHandler(readMounts)}}, Gate::Open},
        {"sys/internal/ui/mounts/", {}, unsupportedPath(), Gate::Public},
        {"sys/internal/ui/mounts/:path+", {}, {{Operation::Read, ReadHandler(readMount)}}, Gate::Open},
        {"sys/internal/ui/namespaces", {}, {{Operation::Read, ReadHandler(readNamespaces)}}, Gate::Open},
    };
}

} // namespace kith::core
