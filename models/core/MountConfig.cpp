// SPDX-License-Identifier: Apache-2.0
#include "core/MountConfig.h"

#include "auth/Tokens.h"
#include "core/Fields.h"
#include "core/Version.h"
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

Error unreadable(identity::MountClass mountClass)
{
    const bool auth = mountClass == identity::MountClass::Auth;
    return invalidRequest("unable to convert given " + std::string(auth ? "auth" : "mount") + " config information");
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

Result<void> readLease(const json::object &given, std::string_view key, std::string_view words, json::object &config,
                       identity::MountClass mountClass)
{
    const json::value *value = given.if_contains(key);
    if (!value || value->is_null())
        return {};
    if (!value->is_string() && !value->is_int64())
        return unreadable(mountClass);
    const std::string text = value->is_string() ? std::string(value->get_string()) : std::to_string(value->get_int64());
    const auto seconds = text == "system" ? Result<std::int64_t>(0) : parseDuration(text);
    if (!seconds)
        return invalidRequest("unable to parse " + std::string(words) + " TTL of " + text + ": " +
                              seconds.error().wire);
    setOrErase(config, key, *seconds);
    return {};
}

Result<void> readText(const json::object &given, std::string_view key, json::object &config,
                      identity::MountClass mountClass)
{
    const json::value *value = given.if_contains(key);
    if (!value || value->is_null())
        return {};
    if (!value->is_string())
        return unreadable(mountClass);
    setOrErase(config, key, *value);
    return {};
}

/// As they are: what stands in a list is not trimmed.
Result<std::optional<FieldValue>> textsOf(const json::array &items)
{
    std::vector<std::string> texts;
    for (const json::value &item : items) {
        auto text = convert({"", FieldType::Text}, item);
        if (!text)
            return text.error();
        texts.push_back(std::get<std::string>(std::move(**text)));
    }
    return std::optional<FieldValue>(std::move(texts));
}

Result<void> readLists(const json::object &given, json::object &config, identity::MountClass mountClass)
{
    for (const std::string_view key : listKeys) {
        const json::value *value = given.if_contains(key);
        if (!value || value->is_null())
            continue;
        const bool isList = value->is_array() || (value->is_string() && !store::keptNumber(*value));
        if (!isList)
            return unreadable(mountClass);
        auto items = value->is_array() ? textsOf(value->get_array()) : convert({key, FieldType::List}, *value);
        if (!items)
            return unreadable(mountClass);
        const auto &texts = std::get<std::vector<std::string>>(**items);
        setOrErase(config, key, json::array(texts.begin(), texts.end()));
    }
    return {};
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
    if (!value->is_string() && !value->is_int64())
        return invalidRequest("unable to convert given user lockout config information");
    const auto seconds =
        value->is_int64() ? Result<std::int64_t>(value->get_int64()) : parseDuration(value->get_string());
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
    if (!value->is_string() && !value->is_int64())
        return invalidRequest("unable to convert given user lockout config information");
    const std::string text = value->is_int64() ? std::to_string(value->get_int64()) : std::string(value->get_string());
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
    json::object config;
    if (auto read = readLease(given, "default_lease_ttl", "default", config, mountClass); !read)
        return read.error();
    if (auto read = readLease(given, "max_lease_ttl", "max", config, mountClass); !read)
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
    if (auto read = readText(given, "token_type", config, mountClass); !read)
        return read.error();
    if (auto right = checkTokenType(store::textIn(config, "token_type")); !right)
        return right.error();
    return config;
}

Result<json::object> newMountConfig(const json::object &given, json::object config, identity::MountClass mountClass)
{
    if (auto read = readText(given, "listing_visibility", config, mountClass); !read)
        return read.error();
    if (auto right = checkVisibility(store::textIn(config, "listing_visibility")); !right)
        return right.error();
    if (auto read = readLists(given, config, mountClass); !read)
        return read.error();
    if (const json::value *flag = given.if_contains("force_no_cache"); flag && !flag->is_null()) {
        if (!flag->is_bool())
            return unreadable(mountClass);
        if (mountClass == identity::MountClass::Secret) // [Q] of auth methods it is forgotten
            config["force_no_cache"] = *flag;
    }
    return config;
}

Result<void> tune(const Call &call, const identity::Mount &mount, identity::MountSettings &settings)
{
    if (auto leases = tuneLeases(call, settings.config); !leases)
        return leases;
    if (auto texts = tuneTexts(call, mount, settings.config); !texts)
        return texts;
    if (auto lockout = tuneLockout(call, mount, settings.config); !lockout)
        return lockout;
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
    std::vector<Field> fields{{"default_lease_ttl"},
                              {"max_lease_ttl"},
                              {"description"},
                              {"token_type"},
                              {"listing_visibility"},
                              {"options", FieldType::Pairs},
                              {Lockout, FieldType::Object}};
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
