// SPDX-License-Identifier: Apache-2.0
#include "identity/Mounts.h"

#include "identity/Namespaces.h"
#include "store/Text.h"

#include <array>

namespace kith::identity {

namespace {

/// The auth methods that Vault or OpenBao know. Kith keeps their mounts, whether or not it can log in by them.
constexpr std::array<std::string_view, 18> knownTypes{
    "alicloud", "approle",    "aws",  "azure", "cert", "cf",   "gcp",    "github", "jwt",
    "kerberos", "kubernetes", "ldap", "oci",   "oidc", "okta", "radius", "saml",   "userpass"};

std::string_view nameOf(MountClass mountClass)
{
    return mountClass == MountClass::Auth ? "auth" : "secret";
}

Mount mountOf(const store::Query &row)
{
    Mount mount;
    mount.id = row.id<MountId>(0);
    mount.ns = row.id<NamespaceId>(1);
    mount.mountClass = row.text(2) == "auth" ? MountClass::Auth : MountClass::Secret;
    mount.path = row.text(3);
    mount.type = row.text(4);
    mount.accessor = row.text(5);
    mount.local = row.integer(6) != 0;
    return mount;
}

std::optional<boost::json::object> objectOf(std::string_view json)
{
    boost::json::error_code failed;
    boost::json::value value = boost::json::parse(json, failed);
    if (failed || !value.is_object())
        return std::nullopt;
    return std::move(value.get_object());
}

std::optional<std::string> textOf(const std::optional<boost::json::object> &object)
{
    return object ? std::optional(boost::json::serialize(*object)) : std::nullopt;
}

/// A new mount under a new accessor ("auth_userpass_1f2e3d4c", "kv_1f2e3d4c").
MountId addMount(store::WriteSession &session, const Mount &mount, const MountSettings &settings)
{
    const std::string accessor =
        (mount.mountClass == MountClass::Auth ? "auth_" : "") + mount.type + "_" + randomHex(4);
    session.run("INSERT INTO mount (namespace, class, path, type, accessor, uuid, description, local) "
                "VALUES (?, ?, ?, ?, ?, ?, '', ?)",
                mount.ns, nameOf(mount.mountClass), mount.path, mount.type, accessor, newUuid(), mount.local);
    const MountId id{session.lastRowId()};
    saveMountSettings(session, id, settings);
    return id;
}

} // namespace

std::string withSlash(std::string_view path)
{
    std::string out(path);
    if (out.empty() || out.back() != '/')
        out.push_back('/');
    return out;
}

bool isAuthType(std::string_view type)
{
    return std::find(knownTypes.begin(), knownTypes.end(), type) != knownTypes.end();
}

std::optional<Mount> mountByAccessor(store::Session &session, std::string_view accessor)
{
    store::Query row = session.query(
        "SELECT id, namespace, class, path, type, accessor, local FROM mount WHERE accessor = ?", accessor);
    return row.step() ? std::optional(mountOf(row)) : std::nullopt;
}

std::optional<Mount> mountByPath(store::Session &session, NamespaceId ns, MountClass mountClass, std::string_view path)
{
    store::Query row = session.query("SELECT id, namespace, class, path, type, accessor, local FROM mount "
                                     "WHERE namespace = ? AND class = ? AND path = ?",
                                     ns, nameOf(mountClass), withSlash(path));
    return row.step() ? std::optional(mountOf(row)) : std::nullopt;
}

std::vector<Mount> mounts(store::Session &session, NamespaceId ns, MountClass mountClass)
{
    std::vector<Mount> all;
    store::Query row = session.query("SELECT id, namespace, class, path, type, accessor, local FROM mount "
                                     "WHERE namespace = ? AND class = ? ORDER BY path",
                                     ns, nameOf(mountClass));
    while (row.step())
        all.push_back(mountOf(row));
    return all;
}

MountSettings mountSettings(store::Session &session, MountId mount)
{
    MountSettings settings;
    store::Query row = session.query(
        "SELECT description, seal_wrap, external_entropy, config, options FROM mount WHERE id = ?", mount);
    if (!row.step())
        return settings;
    settings.description = row.text(0);
    settings.sealWrap = row.integer(1) != 0;
    settings.externalEntropy = row.integer(2) != 0;
    settings.config = objectOf(row.text(3)).value_or(boost::json::object());
    settings.options = objectOf(row.text(4));
    return settings;
}

std::string mountUuid(store::Session &session, MountId mount)
{
    return session.text("SELECT uuid FROM mount WHERE id = ?", mount).value_or(std::string());
}

void saveMountSettings(store::WriteSession &session, MountId mount, const MountSettings &settings)
{
    session.run("UPDATE mount SET description = ?2, seal_wrap = ?3, external_entropy = ?4, config = ?5, options = ?6 "
                "WHERE id = ?1",
                mount, settings.description, settings.sealWrap, settings.externalEntropy,
                boost::json::serialize(settings.config), textOf(settings.options));
    session.changes.mounts = true;
}

void addBuiltInMounts(store::WriteSession &session, NamespaceId ns)
{
    const auto add = [&](MountClass mountClass, const char *path, const char *type, const char *description) {
        MountSettings settings;
        settings.description = description;
        const bool local = std::string_view(type) == "cubbyhole";
        addMount(session, {{}, ns, mountClass, path, type, {}, local}, settings);
    };
    add(MountClass::Auth, "token/", "token", "token based credentials");
    add(MountClass::Secret, "cubbyhole/", "cubbyhole", "per-token private secret storage");
    add(MountClass::Secret, "identity/", "identity", "identity store");
    add(MountClass::Secret, "sys/", "system", "system endpoints used for control, policy and debugging");
}

std::optional<std::string> mountPathInUse(store::Session &session, NamespaceId ns, MountClass mountClass,
                                          std::string_view path)
{
    return session.text("SELECT path FROM mount WHERE namespace = ?1 AND class = ?3 AND "
                        "(substr(path, 1, length(?2)) = ?2 OR substr(?2, 1, length(path)) = path) ORDER BY path",
                        ns, withSlash(path), nameOf(mountClass));
}

void moveMount(store::WriteSession &session, MountId mount, NamespaceId ns, std::string_view path)
{
    session.run("UPDATE mount SET path = ?2, namespace = ?3 WHERE id = ?1", mount, withSlash(path), ns);
    session.changes.mounts = true;
}

std::string notInCatalog(std::string_view type, std::string_view version)
{
    return "plugin not found in the catalog: " + std::string(type) +
           (version.empty() ? std::string() : ", version=" + std::string(version));
}

Result<MountId> enableAuth(store::WriteSession &session, NamespaceId ns, std::string_view path, std::string_view type,
                           bool local, const MountSettings &settings)
{
    if (type == "token")
        return invalidRequest("token credential backend cannot be instantiated");
    if (const auto taken = mountPathInUse(session, ns, MountClass::Auth, path))
        return invalidRequest("path is already in use at " + *taken);
    if (!isAuthType(type) || !settings.pluginVersion.empty())
        return invalidRequest(notInCatalog(type, settings.pluginVersion));
    return addMount(session, {{}, ns, MountClass::Auth, withSlash(path), std::string(type), {}, local}, settings);
}

Result<MountId> mountSecret(store::WriteSession &session, NamespaceId ns, std::string_view path, std::string_view type,
                            bool local, MountSettings settings)
{
    if (const auto taken = mountPathInUse(session, ns, MountClass::Secret, path))
        return invalidRequest("path is already in use at " + *taken);
    if (const auto child = namespaceInTheWay(session, ns, path))
        return invalidRequest("existing mount at " + *child);
    if (type == "kv-v2") {
        type = "kv";
        if (!settings.options)
            settings.options.emplace();
        (*settings.options)["version"] = "2";
    }
    if ((type != "kv" && type != "generic") || !settings.pluginVersion.empty())
        return invalidRequest(notInCatalog(type, settings.pluginVersion));
    const boost::json::value *version = settings.options ? settings.options->if_contains("version") : nullptr;
    if (version && *version != "1" && *version != "2")
        return invalidRequest("nil backend of type " + inQuotes(type) + " returned from factory");
    return addMount(session, {{}, ns, MountClass::Secret, withSlash(path), std::string(type), {}, local}, settings);
}

void unmountSecret(store::WriteSession &session, NamespaceId ns, std::string_view path)
{
    const auto mount = mountByPath(session, ns, MountClass::Secret, path);
    if (!mount)
        return;
    session.run("DELETE FROM mount WHERE id = ?", mount->id);
    session.changes.mounts = true;
}

Result<void> disableAuth(store::WriteSession &session, NamespaceId ns, std::string_view path)
{
    const auto mount = mountByPath(session, ns, MountClass::Auth, path);
    if (!mount)
        return {};
    if (mount->type == "token")
        return invalidRequest("token credential backend cannot be disabled");
    session.run("DELETE FROM mount WHERE id = ?", mount->id);
    session.changes.mounts = true;
    return {};
}

} // namespace kith::identity
