// SPDX-License-Identifier: Apache-2.0
// sys/internal/ui: what consoles and command lines ask before they ask for anything else.
#include "core/Caller.h"
#include "core/MountConfig.h"
#include "core/Permission.h"
#include "core/Routes.h"

namespace kith::core {

namespace json = boost::json;

namespace {

bool grantsSomething(const policy::MergedRule &rule)
{
    const policy::Capabilities granted = rule.grant.capabilities;
    return !granted.empty() && !granted.has(policy::Capability::Deny);
}

/// Whether the rule is for something in the mount, as the real server sees it: of a path with `+` the first segments
/// have to be those of the mount.
bool isBelow(const policy::PathPattern &pattern, const std::string &mountPath)
{
    if (pattern.kind() != policy::PathPattern::Kind::Segments)
        return pattern.stem().starts_with(mountPath);
    std::string_view rest = mountPath;
    const std::vector<std::string> &segments = pattern.segments();
    for (std::size_t i = 0; !rest.empty(); ++i) {
        const std::size_t slash = rest.find('/');
        const std::string_view part = rest.substr(0, slash);
        const bool last = pattern.endsInGlob() && i + 1 == segments.size();
        if (i >= segments.size() ||
            !(segments[i] == "+" || part == segments[i] || (last && part.starts_with(segments[i]))))
            return false;
        rest.remove_prefix(slash + 1);
    }
    return true;
}

/// As the real server sees it. [Q] Where no rule has a `+`, any prefix that the mount is below shows it, also one that
/// denies.
bool maySee(const Caller &caller, std::string_view ns, const std::string &place)
{
    const auto seen = seenByRules(caller, ns, place);
    if (!caller.acl || !seen)
        return false;
    using Kind = policy::PathPattern::Kind;
    const std::string &path = *seen;
    const std::vector<policy::MergedRule> &rules = caller.acl->rules();
    const auto is = [](Kind kind) {
        return [kind](const policy::MergedRule &rule) { return rule.pattern.kind() == kind; };
    };
    const auto covers = [&](const policy::MergedRule &rule) {
        return rule.pattern.kind() == Kind::Prefix && path.starts_with(rule.pattern.stem());
    };
    const std::vector<std::string> own = caller.acl->capabilities(path);
    return std::find(own.begin(), own.end(), "deny") == own.end() ||
           std::any_of(rules.begin(), rules.end(),
                       [&](const auto &rule) { return grantsSomething(rule) && isBelow(rule.pattern, path); }) ||
           (std::none_of(rules.begin(), rules.end(), is(Kind::Segments)) &&
            std::any_of(rules.begin(), rules.end(), covers));
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
        if (mount.ns != call.ns() || !(open || maySee(caller, call.space().path, mount.fullPath())))
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
    if (!mount || !maySee(call.caller(), call.space().path, mount->fullPath()))
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

/// The children that the caller has something to do with.
Result<Response> readNamespaces(const Call &call, store::Session &)
{
    const Caller &caller = call.caller();
    if (!caller.acl) // [Q]
        return Error{ErrorCode::PermissionDenied, 500, "client token empty", {}};
    const std::string &own = call.space().path;
    json::array keys;
    for (const identity::Namespace &child : call.mounts().namespaces()) {
        if (child.parent != call.ns())
            continue;
        const bool above = caller.token && caller.token->nsPath.starts_with(child.path);
        if (caller.isRoot() || above || maySee(caller, {}, child.path))
            keys.emplace_back(child.path.substr(own.size()));
    }
    return Response::of(keys.empty() ? json::object() : json::object{{"keys", std::move(keys)}});
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
