// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"
#include "store/Session.h"

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::identity {

enum class MountClass { Auth, Secret };

/// Where logins come from (auth methods), and the engines beside them. Aliases name a mount by its accessor.
struct Mount {
    MountId id;
    NamespaceId ns;
    MountClass mountClass = MountClass::Auth;
    std::string path; ///< With a trailing slash, without "auth/".
    std::string type;
    std::string accessor;
    bool local = false; ///< Its aliases belong to one cluster.

    /// As aliases show it (mount_path): "auth/userpass/" or "kv/".
    std::string fullPath() const { return (mountClass == MountClass::Auth ? "auth/" : "") + path; }
};

/// What only the mount's own endpoints show.
struct MountSettings {
    std::string description;
    bool sealWrap = false;
    bool externalEntropy = false;
    boost::json::object config;                 ///< What was set of it, in the API's own words.
    std::optional<boost::json::object> options; ///< Unset reads null.
    std::string pluginVersion;                  ///< Asked for at mounting, if not the one built in; isn't kept.
};

/// The path as it is kept: with a slash at its end.
std::string withSlash(std::string_view path);

/// That a plugin isn't there, in the real server's words. `version`: which was asked for, or empty.
std::string notInCatalog(std::string_view type, std::string_view version);

/// Whether an auth method of this type can be enabled.
bool isAuthType(std::string_view type);

/// The mount with this accessor, whatever its namespace and class. Exact, case counts.
std::optional<Mount> mountByAccessor(store::Session &session, std::string_view accessor);

/// The mount at `path` (trailing slash or not).
std::optional<Mount> mountByPath(store::Session &session, NamespaceId ns, MountClass mountClass, std::string_view path);

/// All of a namespace, by path.
std::vector<Mount> mounts(store::Session &session, NamespaceId ns, MountClass mountClass);

/// Settings and UUID of a mount that exists.
MountSettings mountSettings(store::Session &session, MountId mount);
std::string mountUuid(store::Session &session, MountId mount);
void saveMountSettings(store::WriteSession &session, MountId mount, const MountSettings &settings);

/// Enables an auth method under a new accessor ("auth_userpass_1f2e3d4c"). Refused with status 400: a type that isn't
/// known, `token`, and a path that is taken or lies above or below another's.
Result<MountId> enableAuth(store::WriteSession &session, NamespaceId ns, std::string_view path, std::string_view type,
                           bool local, const MountSettings &settings);

/// Gives a new namespace the mounts that every namespace has.
void addBuiltInMounts(store::WriteSession &session, NamespaceId ns);

/// Mounts a secret engine: `kv` (`generic` is the same; `kv-v2` is a kv with version 2 in its options). Refused with
/// status 400: another type, another version, and a path that is taken or lies above or below another's.
Result<MountId> mountSecret(store::WriteSession &session, NamespaceId ns, std::string_view path, std::string_view type,
                            bool local, MountSettings settings);

/// Removes a secret engine with all that it keeps. No mount there: nothing happens. The caller has seen to it that it
/// isn't one that every core has.
void unmountSecret(store::WriteSession &session, NamespaceId ns, std::string_view path);

/// The path of a mount of that class that is at `path`, above or below it.
std::optional<std::string> mountPathInUse(store::Session &session, NamespaceId ns, MountClass mountClass,
                                          std::string_view path);

/// Moves a mount to a path that isn't in use. The accessor stays, so its aliases stay with it.
void moveMount(store::WriteSession &session, MountId mount, NamespaceId ns, std::string_view path);

/// Removes an auth method. Its aliases stay, orphaned (spec/engine.md §4). No mount there: nothing happens. `token` is
/// refused with status 400.
Result<void> disableAuth(store::WriteSession &session, NamespaceId ns, std::string_view path);

} // namespace kith::identity
