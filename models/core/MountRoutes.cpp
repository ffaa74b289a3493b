// SPDX-License-Identifier: Apache-2.0
#include "auth/Tokens.h"
#include "core/LoginPath.h"
#include "core/MountConfig.h"
#include "core/MountConfigShape.h"
#include "core/PluginVersion.h"
#include "core/Router.h"
#include "core/Routes.h"
#include "core/VersionedKv.h"
#include "identity/Mounts.h"
#include "store/GoText.h"
#include "store/Text.h"

namespace kith::core {

namespace json = boost::json;

namespace {

using identity::Mount;
using identity::MountClass;
using identity::MountSettings;
using identity::withSlash;

/// Places of which nothing may be mounted, moved or taken away.
bool isProtected(std::string_view path)
{
    for (const std::string_view place : {"auth/", "identity/", "sys/", "cubbyhole/"})
        if (path.starts_with(place))
            return true;
    return false;
}

/// The types of mounts that every namespace has, and nobody makes; outside the root they are called otherwise.
bool isOfEveryNamespace(std::string_view type)
{
    if (type.starts_with("ns_"))
        type.remove_prefix(3);
    return type == "token" || type == "identity" || type == "system" || type == "cubbyhole";
}

/// A path as sys/remount and sys/mounts name it: its class, and the rest. So sys/mounts reaches auth methods as well.
struct MountPlace {
    MountClass mountClass = MountClass::Secret;
    std::string path;

    explicit MountPlace(const std::string &full)
        : mountClass(full.starts_with("auth/") ? MountClass::Auth : MountClass::Secret)
        , path(mountClass == MountClass::Auth ? full.substr(5) : full)
    {}

    std::string full() const { return (mountClass == MountClass::Auth ? "auth/" : "") + withSlash(path); }
};

/// The mount that a request to sys/auth/… or sys/mounts/… means.
template <MountClass mountClass>
MountPlace placeOf(const Call &call)
{
    return MountPlace((mountClass == MountClass::Auth ? "auth/" : "") + call.inPath("path"));
}

std::optional<Mount> mountAt(const Call &call, store::Session &session, const MountPlace &place)
{
    return identity::mountByPath(session, call.ns(), place.mountClass, place.path);
}

/// As old clients read it: the data once more at the top.
Response merged(Response response)
{
    response.body = Body::Merged;
    return response;
}

template <MountClass mountClass>
Result<Response> readAll(const Call &call, store::Session &session)
{
    json::object all;
    for (const Mount &mount : identity::mounts(session, call.ns(), mountClass))
        all.emplace(mount.path, mountJson(session, mount));
    return merged(Response::of(std::move(all)));
}

/// The mount at a place, or the one that the place is in.
std::optional<Mount> mountAbove(const Call &call, store::Session &session, MountPlace place)
{
    auto mount = mountAt(call, session, place);
    for (auto slash = place.path.rfind('/'); !mount && slash != std::string::npos; slash = place.path.rfind('/')) {
        place.path.resize(slash);
        mount = mountAt(call, session, place);
    }
    return mount;
}

template <MountClass mountClass>
Result<Response> readOne(const Call &call, store::Session &session)
{
    const MountPlace place = placeOf<mountClass>(call);
    // [Q] An auth method has to be named to the letter.
    if (const auto mount =
            mountClass == MountClass::Auth ? mountAt(call, session, place) : mountAbove(call, session, place))
        return merged(Response::of(mountJson(session, *mount)));
    return invalidRequest((mountClass == MountClass::Auth ? "No auth engine at " : "No secret engine mount at ") +
                          withSlash(call.inPath("path")));
}

template <MountClass mountClass>
Result<Response> readTuning(const Call &call, store::Session &session)
{
    const MountPlace place = placeOf<mountClass>(call);
    if (const auto mount = mountAt(call, session, place))
        return merged(Response::of(mountTuning(*mount, identity::mountSettings(session, mount->id))));
    return invalidRequest("cannot fetch sysview for path " + inQuotes(place.full()));
}

Result<std::string> newPluginVersion(const json::object &given, MountClass mountClass, std::string_view type)
{
    const json::value *version = given.if_contains("plugin_version");
    return pluginVersion(version ? store::scalarText(*version) : std::string(), mountClass, type);
}

/// What a mount request says.
template <MountClass mountClass>
Result<MountSettings> newSettings(const Call &call)
{
    const json::object given = withKnownNames(call.object("config").value_or(json::object()));
    auto leases = newMountLeases(given, mountClass);
    if (!leases)
        return leases.error();
    const std::string type = call.inPath("type");
    if (type.empty())
        return invalidRequest("backend type must be specified as a string");
    const auto version = newPluginVersion(given, mountClass, type);
    if (!version && mountClass == MountClass::Auth)
        return version.error();
    const auto options = call.pairs("options");
    const bool versioned = options && *options && (*options)->contains("version");
    if (versioned && mountClass == MountClass::Auth)
        return invalidRequest("auth method " + inQuotes(type) + " does not allow setting a version");
    if (versioned && type != "kv" && type != "generic")
        return invalidRequest("secrets engine " + inQuotes(type) + " does not allow setting a version");
    if (!version)
        return version.error();
    auto config = newMountConfig(given, std::move(*leases), mountClass);
    if (!config)
        return config.error();
    MountSettings settings;
    settings.config = std::move(*config);
    settings.pluginVersion = *version;
    settings.description = call.inPath("description");
    settings.sealWrap = call.flag("seal_wrap").value_or(false);
    settings.externalEntropy = call.flag("external_entropy_access").value_or(false);
    if (options && !*options)
        return settings;
    settings.options.emplace();
    if (options)
        for (const auto &[key, value] : **options)
            (*settings.options)[key] = value;
    return settings;
}

Result<Response> enableAuth(const Call &call, store::WriteSession &session)
{
    const auto settings = newSettings<MountClass::Auth>(call);
    if (!settings)
        return settings.error();
    const auto enabled = identity::enableAuth(session, call.ns(), call.inPath("path"), call.inPath("type"),
                                              call.flag("local").value_or(false), *settings);
    if (!enabled)
        return enabled.error();
    return Response::noContent();
}

Result<Response> disableAuth(const Call &call, store::WriteSession &session)
{
    const auto mount = identity::mountByPath(session, call.ns(), MountClass::Auth, call.inPath("path"));
    if (mount && mount->type != "token")
        auth::revokeTokensOf(session, mount->id);
    if (auto disabled = identity::disableAuth(session, call.ns(), call.inPath("path")); !disabled)
        return disabled.error();
    if (mount)
        forgetMount(call.router().engine(), mount->id, mount->accessor);
    return Response::noContent();
}

Result<Response> mountSecret(const Call &call, store::WriteSession &session)
{
    const std::string type = call.inPath("type");
    const std::string place = withSlash(call.inPath("path"));
    auto settings = newSettings<MountClass::Secret>(call);
    if (!settings)
        return settings.error();
    if (isProtected(place))
        return invalidRequest("cannot mount " + inQuotes(place));
    if (isOfEveryNamespace(type))
        return invalidRequest("mount type of " + inQuotes(type) + " is not mountable");
    const auto mounted = identity::mountSecret(session, call.ns(), place, type, call.flag("local").value_or(false),
                                               std::move(*settings));
    if (!mounted)
        return mounted.error();
    return Response::noContent();
}

Result<Response> unmountSecret(const Call &call, store::WriteSession &session)
{
    const std::string place = withSlash(call.inPath("path"));
    if (isProtected(place))
        return invalidRequest("cannot unmount " + inQuotes(place));
    identity::unmountSecret(session, call.ns(), place);
    return Response::noContent();
}

/// A kv's secrets of the first version, as the first versions of the second.
Result<void> upgradeKv(const Call &call, const Mount &mount, store::WriteSession &session)
{
    auto seal = sealOf(call);
    if (!seal)
        return seal.error();
    return upgradeToVersions(session, std::move(*seal), mount.id);
}

std::string kvVersion(const MountSettings &settings)
{
    const json::value *version = settings.options ? settings.options->if_contains("version") : nullptr;
    return version && version->is_string() ? std::string(version->get_string()) : "1";
}

template <MountClass mountClass>
Result<Response> tuneMount(const Call &call, store::WriteSession &session)
{
    const MountPlace place = placeOf<mountClass>(call);
    const auto mount = mountAt(call, session, place);
    if (!mount)
        return invalidRequest("tune of path " + inQuotes(place.full()) + " failed: no mount entry found");
    MountSettings settings = identity::mountSettings(session, mount->id);
    const std::string before = kvVersion(settings);
    if (auto tuned = tune(call, *mount, settings); !tuned)
        return tuned.error();
    const std::string after = kvVersion(settings);
    Response response = Response::noContent();
    if (mount->type == "kv" && before != after) {
        if (before != "1")
            return invalidRequest("cannot downgrade mount from version " + before);
        if (auto upgraded = upgradeKv(call, *mount, session); !upgraded)
            return upgraded.error();
        response = Response::of(nullptr);
        response.warnings.emplace_back("Upgrading mount from version 0 to version 0. This mount will be unavailable "
                                       "for a brief period and will resume service shortly.");
    }
    identity::saveMountSettings(session, mount->id, settings);
    return response;
}

Result<void> checkRemount(const std::string &from, const std::string &to)
{
    const bool auth = from.starts_with("auth/");
    if (from == "auth/token/" || (isProtected(from) && !auth))
        return invalidRequest("cannot remount " + inQuotes(from));
    if (auth && !to.starts_with("auth/"))
        return invalidRequest("cannot remount auth mount to non-auth mount " + inQuotes(to));
    if (auth && to == "auth/token/")
        return invalidRequest("cannot remount to destination " + inQuotes(to));
    if (!auth && isProtected(to))
        return invalidRequest("cannot remount to destination " + to);
    return {};
}

bool hasBlankEnd(std::string_view path)
{
    constexpr std::string_view blanks = " \t\n\v\f\r";
    return blanks.find(path.front()) != blanks.npos || blanks.find(path.back()) != blanks.npos;
}

/// Whether nothing is there, above or below. `to`: as it was asked for.
Result<void> checkTarget(store::Session &session, const identity::Namespace &ns, const MountPlace &target,
                         const std::string &to)
{
    if (target.path.empty() ||
        (target.mountClass == MountClass::Secret && identity::namespaceInTheWay(session, ns.id, target.path)))
        return invalidRequest("path already in use at " + inQuotes(to));
    if (const auto taken = identity::mountPathInUse(session, ns.id, target.mountClass, target.path))
        return invalidRequest("path already in use at " +
                              inQuotes(ns.path + (target.mountClass == MountClass::Auth ? "auth/" : "") + *taken));
    return {};
}

/// Moves a mount, of a secret engine also to another namespace; its accessor, and so its aliases, stay. Done when it is
/// answered, though it is asked for by a status.
Result<Response> remount(const Call &call, store::WriteSession &session)
{
    if (call.inPath("from").empty() || call.inPath("to").empty())
        return invalidRequest("both 'from' and 'to' path must be specified as a string");
    for (const char *name : {"from", "to"})
        if (hasBlankEnd(call.inPath(name)))
            return invalidRequest("'" + std::string(name) + "' path cannot contain trailing whitespace");
    const std::string from = withSlash(call.inPath("from"));
    const std::string to = withSlash(call.inPath("to"));
    if (std::any_of(to.begin(), to.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }))
        return invalidRequest("invalid destination mount: path cannot contain non-printable characters");
    const auto begin = call.mounts().locate(call.space().path, from);
    const auto end = call.mounts().locate(call.space().path, to);
    if (auto checked = checkRemount(std::string(begin.path), std::string(end.path)); !checked)
        return checked.error();
    const MountPlace source{std::string(begin.path)};
    const MountPlace target{std::string(end.path)};
    const auto mount = identity::mountByPath(session, begin.ns->id, source.mountClass, source.path);
    if (!mount)
        return invalidRequest("no matching mount at " + inQuotes(from));
    if (auto free = checkTarget(session, *end.ns, target, to); !free)
        return free.error();
    if (source.mountClass == MountClass::Auth && begin.ns != end.ns) // its aliases would stay behind
        return invalidRequest("cannot remount auth mount to another namespace");
    identity::moveMount(session, mount->id, end.ns->id, target.path);
    const std::string id = newUuid();
    session.run("INSERT INTO remount (uuid, source, target) VALUES (?, ?, ?)", id, call.space().path + from,
                call.space().path + to);
    Response response = Response::of(json::object{{"migration_id", id}});
    response.body = Body::Merged;
    response.warnings.emplace_back("Mount move has been queued. Progress will be reported in OpenBao's server log, "
                                   "tagged with the returned migration_id");
    return response;
}

Result<Response> remountStatus(const Call &call, store::Session &session)
{
    auto rows = session.query("SELECT source, target FROM remount WHERE uuid = ?", call.inPath("id"));
    if (!rows.step())
        return notFound();
    return Response::of(json::object{
        {"migration_id", call.inPath("id")},
        {"migration_info",
         json::object{{"source_mount", rows.text(0)}, {"target_mount", rows.text(1)}, {"status", "success"}}}});
}

} // namespace

std::vector<Route> mountRoutes()
{
    constexpr auto Auth = MountClass::Auth;
    constexpr auto Secret = MountClass::Secret;
    const std::vector<Field> enabling{{"type"},
                                      {"description"},
                                      {"config", FieldType::Object},
                                      {"options", FieldType::Pairs},
                                      {"local", FieldType::Bool},
                                      {"seal_wrap", FieldType::Bool},
                                      {"external_entropy_access", FieldType::Bool},
                                      {"plugin_name"},
                                      {"plugin_version"}};
    return {
        {"sys/auth", {}, {{Operation::Read, ReadHandler(readAll<Auth>)}}},
        {"sys/auth/:path+/tune",
         tuneFields(),
         {{Operation::Read, ReadHandler(readTuning<Auth>)}, {Operation::Update, WriteHandler(tuneMount<Auth>)}},
         Gate::Sudo},
        {"sys/auth/:path+",
         enabling,
         {{Operation::Read, ReadHandler(readOne<Auth>)},
          {Operation::Update, WriteHandler(enableAuth)},
          {Operation::Delete, WriteHandler(disableAuth)}},
         Gate::Sudo},
        {"sys/mounts", {}, {{Operation::Read, ReadHandler(readAll<Secret>)}}},
        {"sys/mounts/:path+/tune",
         tuneFields(),
         {{Operation::Read, ReadHandler(readTuning<Secret>)}, {Operation::Update, WriteHandler(tuneMount<Secret>)}}},
        {"sys/mounts/:path+",
         enabling,
         {{Operation::Read, ReadHandler(readOne<Secret>)},
          {Operation::Update, WriteHandler(mountSecret)},
          {Operation::Delete, WriteHandler(unmountSecret)}}},
        {"sys/remount", {{"from"}, {"to"}}, {{Operation::Update, WriteHandler(remount)}}, Gate::Sudo},
        {"sys/remount/status/:id+", {}, {{Operation::Read, ReadHandler(remountStatus)}}},
    };
}

} // namespace kith::core
