// SPDX-License-Identifier: Apache-2.0
#include "core/MountConfig.h"
#include "core/Routes.h"
#include "identity/Mounts.h"
#include "store/Text.h"

namespace kith::core {

namespace json = boost::json;

namespace {

using identity::Mount;
using identity::MountClass;
using identity::MountSettings;

std::string withSlash(std::string path)
{
    if (path.empty() || path.back() != '/')
        path.push_back('/');
    return path;
}

/// Places of which nothing may be mounted, moved or taken away.
bool isProtected(std::string_view path)
{
    for (const std::string_view place : {"auth/", "identity/", "sys/", "cubbyhole/"})
        if (path.starts_with(place))
            return true;
    return false;
}

json::object mountJson(store::Session &session, const Mount &mount)
{
    const MountSettings settings = identity::mountSettings(session, mount.id);
    return {{"accessor", mount.accessor},
            {"config", mountConfig(mount, settings)},
            {"description", settings.description},
            {"external_entropy_access", settings.externalEntropy},
            {"local", mount.local},
            {"options", settings.options ? json::value(*settings.options) : json::value(nullptr)},
            {"plugin_version", ""},
            {"running_plugin_version", ""},
            {"running_sha256", ""},
            {"seal_wrap", settings.sealWrap || mount.type == "system"},
            {"type", mount.type},
            {"uuid", identity::mountUuid(session, mount.id)}};
}

template <MountClass mountClass>
Result<Response> readAll(const Call &call, store::Session &session)
{
    json::object all;
    for (const Mount &mount : identity::mounts(session, call.ns(), mountClass))
        all.emplace(mount.path, mountJson(session, mount));
    return Response::of(std::move(all));
}

template <MountClass mountClass>
Result<Response> readOne(const Call &call, store::Session &session)
{
    const auto mount = identity::mountByPath(session, call.ns(), mountClass, call.inPath("path"));
    if (mount)
        return Response::of(mountJson(session, *mount));
    const std::string place = withSlash(call.inPath("path"));
    return invalidRequest((mountClass == MountClass::Auth ? "No auth engine at " : "No secret engine mount at ") +
                          place);
}

template <MountClass mountClass>
Result<Response> readTuning(const Call &call, store::Session &session)
{
    const auto mount = identity::mountByPath(session, call.ns(), mountClass, call.inPath("path"));
    if (mount)
        return Response::of(mountTuning(*mount, identity::mountSettings(session, mount->id)));
    const std::string place = (mountClass == MountClass::Auth ? "auth/" : "") + withSlash(call.inPath("path"));
    return invalidRequest("cannot fetch sysview for path " + inQuotes(place));
}

Result<Response> enableAuth(const Call &call, store::WriteSession &session)
{
    const std::string type = call.inPath("type");
    if (type.empty())
        return invalidRequest("backend type must be specified as a string");
    auto config = newMountConfig(call.object("config").value_or(json::object()));
    if (!config)
        return config.error();
    MountSettings settings;
    settings.config = std::move(*config);
    settings.description = call.inPath("description");
    settings.sealWrap = call.flag("seal_wrap").value_or(false);
    settings.externalEntropy = call.flag("external_entropy_access").value_or(false);
    settings.options.emplace();
    if (const auto options = call.pairs("options"); options && *options) {
        for (const auto &[key, value] : **options)
            (*settings.options)[key] = value;
    }
    const auto enabled = identity::enableAuth(session, call.ns(), call.inPath("path"), type,
                                              call.flag("local").value_or(false), settings);
    if (!enabled)
        return enabled.error();
    return Response::noContent();
}

Result<Response> disableAuth(const Call &call, store::WriteSession &session)
{
    if (auto disabled = identity::disableAuth(session, call.ns(), call.inPath("path")); !disabled)
        return disabled.error();
    return Response::noContent();
}

Result<Response> tuneAuth(const Call &call, store::WriteSession &session)
{
    const auto mount = identity::mountByPath(session, call.ns(), MountClass::Auth, call.inPath("path"));
    if (!mount)
        return invalidRequest("tune of path " + inQuotes("auth/" + withSlash(call.inPath("path"))) +
                              " failed: no mount entry found");
    MountSettings settings = identity::mountSettings(session, mount->id);
    if (auto tuned = tune(call, *mount, settings); !tuned)
        return tuned.error();
    identity::saveMountSettings(session, mount->id, settings);
    return Response::noContent();
}

/// Kith has no secret engines besides those that every core has, so nothing can be mounted.
Result<Response> mountSecret(const Call &call, store::WriteSession &)
{
    const std::string type = call.inPath("type");
    const std::string place = withSlash(call.inPath("path"));
    if (type.empty())
        return invalidRequest("backend type must be specified as a string");
    if (type == "identity" || type == "system" || type == "cubbyhole")
        return invalidRequest("mount type of " + inQuotes(type) + " is not mountable");
    if (isProtected(place))
        return invalidRequest("cannot mount " + inQuotes(place));
    return invalidRequest("plugin not found in the catalog: " + type);
}

Result<Response> unmountSecret(const Call &call, store::WriteSession &session)
{
    if (identity::mountByPath(session, call.ns(), MountClass::Secret, call.inPath("path")))
        return invalidRequest("cannot unmount " + inQuotes(withSlash(call.inPath("path"))));
    return Response::noContent();
}

/// Moves an auth method; its accessor, and so its aliases, stay.
Result<Response> remount(const Call &call, store::WriteSession &session)
{
    if (call.inPath("from").empty() || call.inPath("to").empty())
        return invalidRequest("both 'from' and 'to' path must be specified as a string");
    const std::string from = withSlash(call.inPath("from"));
    const std::string to = withSlash(call.inPath("to"));
    constexpr std::string_view auth = "auth/";
    if (from == "auth/token/" || (isProtected(from) && !from.starts_with(auth)))
        return invalidRequest("cannot remount " + inQuotes(from));
    if (!from.starts_with(auth))
        return invalidRequest("no matching mount at " + inQuotes(from));
    if (!to.starts_with(auth))
        return invalidRequest("cannot remount auth mount to non-auth mount " + inQuotes(to));
    if (const auto taken = identity::authPathInUse(session, call.ns(), to.substr(auth.size())))
        return invalidRequest("path already in use at " + inQuotes("auth/" + *taken));
    const auto mount = identity::mountByPath(session, call.ns(), MountClass::Auth, from.substr(auth.size()));
    if (!mount)
        return invalidRequest("no matching mount at " + inQuotes(from));
    identity::moveAuth(session, mount->id, to.substr(auth.size()));
    return Response::of(json::object{{"migration_id", newUuid()}});
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
         {{Operation::Read, ReadHandler(readTuning<Auth>)}, {Operation::Update, WriteHandler(tuneAuth)}}},
        {"sys/auth/:path+",
         enabling,
         {{Operation::Read, ReadHandler(readOne<Auth>)},
          {Operation::Update, WriteHandler(enableAuth)},
          {Operation::Delete, WriteHandler(disableAuth)}}},
        {"sys/mounts", {}, {{Operation::Read, ReadHandler(readAll<Secret>)}}},
        {"sys/mounts/:path+/tune", {}, {{Operation::Read, ReadHandler(readTuning<Secret>)}}},
        {"sys/mounts/:path+",
         enabling,
         {{Operation::Read, ReadHandler(readOne<Secret>)},
          {Operation::Update, WriteHandler(mountSecret)},
          {Operation::Delete, WriteHandler(unmountSecret)}}},
        {"sys/remount", {{"from"}, {"to"}}, {{Operation::Update, WriteHandler(remount)}}},
    };
}

} // namespace kith::core
