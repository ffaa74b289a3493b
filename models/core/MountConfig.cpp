// SPDX-License-Identifier: Apache-2.0
#include "core/MountConfig.h"

#include "auth/Tokens.h"
#include "core/Fields.h"
#include "core/MountConfigShape.h"
#include "core/PluginVersion.h"
#include "core/Version.h"
#include "store/GoText.h"
#include "store/Json.h"
#include "store/Text.h"

#include <array>
#include <charconv>

namespace kith::core {

namespace json = boost::json;

namespace {

using auth::LeaseLimits;

constexpr std::array<std::string_view, 4> listKeys{"audit_non_hmac_request_keys", "audit_non_hmac_response_keys",
                                                   "passthrough_request_headers", "allowed_response_headers"};

constexpr std::string_view Lockout = "user_lockout_config";

std::int64_t lease(const json::object &config, std::string_view key)
{
    const json::value *value = config.if_contains(key);
    return value && value->is_int64() ? value->get_int64() : 0;
}

Result<void> checkTokenType(std::string_view type)
{
    for (const std::string_view known : {"", "default-service", "default-batch", "service", "batch"})
        if (type == known)
            return {};
    return invalidRequest("invalid value for 'token_type'");
}

Result<void> checkVisibility(std::string_view visibility)
{
    for (const std::string_view known : {"", "hidden", "unauth"})
        if (visibility == known)
            return {};
    return invalidRequest("invalid listing_visibility " + std::string(visibility));
}

bool isTextOrNumber(const json::value &value)
{
    return value.is_string() || value.is_number();
}

/// Sets `key`, or takes it out when the value is the empty one that isn't shown.
void setOrErase(json::object &config, std::string_view key, json::value value)
{
    const bool empty = (value.is_string() && value.get_string().empty()) ||
                       (value.is_array() && value.get_array().empty()) || (value.is_int64() && value.get_int64() == 0);
    if (empty)
        config.erase(key);
    else
        config[key] = std::move(value);
}

Result<void> readLease(const json::object &given, std::string_view key, std::string_view words, json::object &config)
{
    const json::value *value = given.if_contains(key);
    if (!value || value->is_null())
        return {};
    const std::string text = store::scalarText(*value);
    const auto seconds = text == "system" ? Result<std::int64_t>(0) : parseDuration(text);
    if (!seconds)
        return invalidRequest("unable to parse " + std::string(words) + " TTL of " + text + ": " +
                              seconds.error().wire);
    setOrErase(config, key, *seconds);
    return {};
}

void readText(const json::object &given, std::string_view key, json::object &config)
{
    const json::value *value = given.if_contains(key);
    if (value && !value->is_null())
        setOrErase(config, key, json::value(store::scalarText(*value)));
}

/// What stands in a list is not trimmed.
void readLists(const json::object &given, json::object &config)
{
    for (const std::string_view key : listKeys) {
        const json::value *value = given.if_contains(key);
        if (!value || value->is_null())
            continue;
        json::array texts;
        if (value->is_array()) {
            for (const json::value &item : value->get_array())
                texts.emplace_back(store::scalarText(item));
        } else {
            const auto items = convert({key, FieldType::List}, *value);
            for (const std::string &text : std::get<std::vector<std::string>>(**items))
                texts.emplace_back(text);
        }
        setOrErase(config, key, std::move(texts));
    }
}

Result<void> tuneLeases(const Call &call, json::object &config)
{
    for (const std::string_view key : {"default_lease_ttl", "max_lease_ttl"}) {
        const auto text = call.text(key);
        if (!text || text->empty())
            continue;
        const auto seconds = *text == "system" ? Result<std::int64_t>(0) : parseDuration(*text);
        if (!seconds)
            return seconds.error();
        setOrErase(config, key, *seconds);
    }
    const std::int64_t most = lease(config, "max_lease_ttl");
    const std::int64_t usual = lease(config, "default_lease_ttl");
    if (most != 0 && usual != 0 && usual > most)
        return invalidRequest("backend max lease TTL of " + std::to_string(most) +
                              " would be less than backend default lease TTL of " + std::to_string(usual));
    return {};
}

/// A duration of the lockout's settings, in seconds; the real server takes negative ones too.
Result<void> readLockoutTime(const json::object &given, std::string_view key, std::string_view stored,
                             json::object &lockout)
{
    const json::value *value = given.if_contains(key);
    if (!value || value->is_null())
        return {};
    if (!isTextOrNumber(*value))
        return invalidRequest("unable to convert given user lockout config information");
    const auto seconds =
        value->is_int64() ? Result<std::int64_t>(value->get_int64()) : parseDuration(store::scalarText(*value));
    if (!seconds)
        return seconds.error();
    lockout[stored] = *seconds;
    return {};
}

Result<void> readLockoutThreshold(const json::object &given, json::object &lockout)
{
    const json::value *value = given.if_contains("lockout_threshold");
    if (!value || value->is_null())
        return {};
    if (!isTextOrNumber(*value))
        return invalidRequest("unable to convert given user lockout config information");
    const std::string text = store::scalarText(*value);
    std::int64_t threshold = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), threshold);
    if (text.empty() || text.front() == '-' || end.ec != std::errc() || end.ptr != text.data() + text.size())
        return invalidRequest("unable to parse user lockout threshold: strconv.ParseUint: parsing " + inQuotes(text) +
                              ": invalid syntax");
    lockout["user_lockout_threshold"] = threshold;
    return {};
}

/// `user_lockout_config` of a tune request (spec/engine.md §7, step 1).
Result<void> tuneLockout(const Call &call, const identity::Mount &mount, json::object &config)
{
    const auto given = call.object("user_lockout_config");
    if (!given || given->empty())
        return {};
    if (mount.type != "userpass" && mount.type != "ldap" && mount.type != "approle")
        return invalidRequest("tuning of user lockout configuration for auth type " + inQuotes(mount.type) +
                              " not allowed");
    json::object lockout{{"user_lockout_counter_reset_duration", 0},
                         {"user_lockout_disable", false},
                         {"user_lockout_duration", 0},
                         {"user_lockout_threshold", 0}};
    if (const json::value *before = config.if_contains(Lockout); before && before->is_object())
        lockout = before->get_object();
    if (auto read = readLockoutThreshold(*given, lockout); !read)
        return read;
    if (auto read = readLockoutTime(*given, "lockout_duration", "user_lockout_duration", lockout); !read)
        return read;
    if (auto read =
            readLockoutTime(*given, "lockout_counter_reset_duration", "user_lockout_counter_reset_duration", lockout);
        !read)
        return read;
    if (const json::value *disable = given->if_contains("lockout_disable"); disable && !disable->is_null()) {
        if (!disable->is_bool())
            return invalidRequest("unable to convert given user lockout config information");
        lockout["user_lockout_disable"] = *disable;
    }
    config[Lockout] = std::move(lockout);
    return {};
}

/// [Q] Unlike that of a mount to be enabled it must not be empty, and is looked for in the catalog whatever the type.
Result<void> checkVersion(const Call &call, const identity::Mount &mount)
{
    if (!call.has("plugin_version"))
        return {};
    const auto version = pluginVersion(call.text("plugin_version").value_or(std::string()));
    if (!version)
        return version.error();
    if (!version->empty())
        return invalidRequest(identity::notInCatalog(mount.type, *version));
    return {};
}

Result<void> tuneTexts(const Call &call, const identity::Mount &mount, json::object &config)
{
    if (const auto visibility = call.text("listing_visibility")) {
        if (auto right = checkVisibility(*visibility); !right)
            return right;
        setOrErase(config, "listing_visibility", json::value(*visibility));
    }
    if (const auto type = call.text("token_type")) {
        if (mount.mountClass == identity::MountClass::Secret)
            return invalidRequest("'token_type' can only be modified on auth mounts");
        if (mount.type == "token")
            return invalidRequest("'token_type' cannot be set for 'token' or 'ns_token' auth mounts");
        if (auto right = checkTokenType(*type); !right)
            return right;
        setOrErase(config, "token_type", json::value(*type));
    }
    return {};
}

} // namespace

Result<json::object> newMountLeases(const json::object &given, identity::MountClass mountClass)
{
    if (!isMountConfig(given))
        return invalidRequest("unable to convert given " +
                              std::string(mountClass == identity::MountClass::Auth ? "auth" : "mount") +
                              " config information");
    json::object config;
    if (auto read = readLease(given, "default_lease_ttl", "default", config); !read)
        return read.error();
    if (auto read = readLease(given, "max_lease_ttl", "max", config); !read)
        return read.error();
    const std::int64_t most = lease(config, "max_lease_ttl");
    const std::int64_t usual = lease(config, "default_lease_ttl");
    if (most != 0 && usual > most)
        return invalidRequest("given default lease TTL greater than given max lease TTL");
    if (usual > LeaseLimits::System && most == 0)
        return invalidRequest("given default lease TTL greater than system max lease TTL of " +
                              std::to_string(LeaseLimits::System));
    if (mountClass == identity::MountClass::Secret)
        return config;
    readText(given, "token_type", config);
    if (auto right = checkTokenType(store::textIn(config, "token_type")); !right)
        return right.error();
    return config;
}

Result<json::object> newMountConfig(const json::object &given, json::object config, identity::MountClass mountClass)
{
    readText(given, "listing_visibility", config);
    if (auto right = checkVisibility(store::textIn(config, "listing_visibility")); !right)
        return right.error();
    readLists(given, config);
    const json::value *flag = given.if_contains("force_no_cache");
    if (flag && !flag->is_null() && mountClass == identity::MountClass::Secret) // [Q] of auth methods it is forgotten
        config["force_no_cache"] = *flag;
    return config;
}

Result<void> tune(const Call &call, const identity::Mount &mount, identity::MountSettings &settings)
{
    if (auto leases = tuneLeases(call, settings.config); !leases)
        return leases;
    if (auto lockout = tuneLockout(call, mount, settings.config); !lockout)
        return lockout;
    if (auto version = checkVersion(call, mount); !version)
        return version;
    if (auto texts = tuneTexts(call, mount, settings.config); !texts)
        return texts;
    if (const auto description = call.text("description"))
        settings.description = *description;
    for (const std::string_view key : listKeys) {
        if (const auto items = call.list(key))
            setOrErase(settings.config, key, json::array(items->begin(), items->end()));
    }
    if (const auto options = call.pairs("options"); options && *options && !(*options)->empty()) {
        if (!settings.options)
            settings.options.emplace();
        for (const auto &[key, value] : **options)
            (*settings.options)[key] = value;
    }
    return {};
}

json::object mountConfig(const identity::Mount &mount, const identity::MountSettings &settings)
{
    json::object config = settings.config;
    config.emplace("default_lease_ttl", 0);
    config.emplace("max_lease_ttl", 0);
    config.emplace("force_no_cache", false);
    if (mount.mountClass == identity::MountClass::Auth)
        config.emplace("token_type",
                       mount.type == "token" && mount.ns != RootNamespace ? "default" : "default-service");
    if (mount.type == "identity")
        config.emplace("passthrough_request_headers", json::array{"Authorization"});
    if (mount.type == "system")
        config.emplace("passthrough_request_headers", json::array{"Accept"});
    return config;
}

json::object mountTuning(const identity::Mount &mount, const identity::MountSettings &settings)
{
    json::object tuning = mountConfig(mount, settings);
    for (const std::string_view key : {"default_lease_ttl", "max_lease_ttl"}) {
        if (lease(tuning, key) == 0)
            tuning[key] = LeaseLimits::System;
    }
    if (const json::value *lockout = tuning.if_contains(Lockout); lockout && lockout->is_object()) {
        const json::object members = lockout->get_object();
        tuning.erase(Lockout);
        for (const auto &member : members)
            tuning[member.key()] = member.value();
    }
    tuning["description"] = settings.description;
    if (settings.options && !settings.options->empty())
        tuning["options"] = *settings.options;
    if (settings.externalEntropy)
        tuning["external_entropy_access"] = true;
    return tuning;
}

std::vector<Field> tuneFields()
{
    std::vector<Field> fields{{"default_lease_ttl"}, {"max_lease_ttl"},           {"description"},
                              {"token_type"},        {"listing_visibility"},      {"options", FieldType::Pairs},
                              {"plugin_version"},    {Lockout, FieldType::Object}};
    for (const std::string_view key : listKeys)
        fields.push_back({key, FieldType::List});
    return fields;
}

namespace {

/// Those that every namespace has are called otherwise outside the root.
std::string shownType(const identity::Mount &mount)
{
    const bool builtIn =
        mount.type == "token" || mount.type == "system" || mount.type == "identity" || mount.type == "cubbyhole";
    return builtIn && mount.ns != RootNamespace ? "ns_" + mount.type : mount.type;
}

} // namespace

json::object mountJson(store::Session &session, const identity::Mount &mount)
{
    const identity::MountSettings settings = identity::mountSettings(session, mount.id);
    json::object shown{{"accessor", mount.accessor},
                       {"config", mountConfig(mount, settings)},
                       {"description", settings.description},
                       {"external_entropy_access", settings.externalEntropy},
                       {"local", mount.local},
                       {"options", settings.options ? json::value(*settings.options) : json::value(nullptr)},
                       {"plugin_version", ""},
                       {"running_plugin_version", BuiltInPluginVersion},
                       {"running_sha256", ""},
                       {"seal_wrap", settings.sealWrap || mount.type == "system"},
                       {"type", shownType(mount)},
                       {"uuid", identity::mountUuid(session, mount.id)}};
    const bool isMethod = mount.mountClass == identity::MountClass::Auth && mount.type != "token";
    if (mount.type == "kv" || isMethod)
        shown["deprecation_status"] = "supported";
    return shown;
}

} // namespace kith::core
