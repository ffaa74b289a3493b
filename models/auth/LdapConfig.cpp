// SPDX-License-Identifier: Apache-2.0
#include "auth/LdapConfig.h"

#include "auth/KeptObject.h"
#include "auth/LdapText.h"
#include "auth/TokenSettings.h"
#include "jose/PublicKey.h"
#include "store/Json.h"
#include "store/Text.h"

#include <algorithm>
#include <array>
#include <limits>

namespace kith::auth {

namespace json = boost::json;

namespace {

constexpr std::string_view Place = "config";
constexpr std::int64_t LongestTimeout = 86'400; // a day
constexpr std::array<std::string_view, 4> tlsVersions{"tls10", "tls11", "tls12", "tls13"};
constexpr std::array<std::string_view, 4> dereferences{"never", "finding", "searching", "always"};

template <class List>
bool isOne(const List &list, std::string_view text)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

json::value valueOf(const LdapConfig &config, const LdapSetting &setting)
{
    return std::visit([&](auto member) -> json::value { return json::value_from(config.*member); }, setting.member);
}

Result<void> checkTls(const LdapConfig &config)
{
    if (!isOne(tlsVersions, config.tlsMinimum))
        return invalidRequest("invalid 'tls_min_version'");
    if (!isOne(tlsVersions, config.tlsMaximum))
        return invalidRequest("invalid 'tls_max_version'");
    if (config.tlsMaximum < config.tlsMinimum)
        return invalidRequest("'tls_max_version' must be greater than or equal to 'tls_min_version'");
    if (!config.certificate.empty() && !jose::holdsCertificates(config.certificate))
        return invalidRequest("failed to parse server tls cert");
    if (config.clientCertificate.empty() != config.clientKey.empty())
        return invalidRequest("'client_tls_cert' and 'client_tls_key' must both be set");
    if (!config.clientCertificate.empty() && !jose::holdsCertificates(config.clientCertificate))
        return invalidRequest("failed to parse client tls cert");
    return {};
}

std::string folderOf(LdapMapped what)
{
    return what == LdapMapped::User ? "user/" : "group/";
}

std::string pathOf(LdapMapped what, std::string_view name)
{
    return folderOf(what).append(name);
}

} // namespace

const std::vector<LdapSetting> &ldapSettings()
{
    using C = LdapConfig;
    static const std::vector<LdapSetting> settings{
        {"anonymous_group_search", &C::anonymousGroupSearch},
        {"binddn", &C::bindDn},
        {"bindpass", &C::bindPassword, LdapSetting::Kind::Secret},
        {"case_sensitive_names", &C::caseSensitiveNames},
        {"certificate", &C::certificate},
        {"client_tls_cert", &C::clientCertificate, LdapSetting::Kind::Secret},
        {"client_tls_key", &C::clientKey, LdapSetting::Kind::Secret},
        {"connection_timeout", &C::connectionTimeout},
        {"deny_null_bind", &C::denyNullBind},
        {"dereference_aliases", &C::dereferenceAliases},
        {"discoverdn", &C::discoverDn},
        {"groupattr", &C::groupAttribute},
        {"groupdn", &C::groupDn},
        {"groupfilter", &C::groupFilter},
        {"insecure_tls", &C::insecureTls},
        {"max_page_size", &C::maxPageSize},
        {"request_timeout", &C::requestTimeout},
        {"starttls", &C::startTls},
        {"tls_max_version", &C::tlsMaximum},
        {"tls_min_version", &C::tlsMinimum},
        {"upndomain", &C::upnDomain},
        {"url", &C::urls},
        {"use_token_groups", &C::useTokenGroups},
        {"userattr", &C::userAttribute},
        {"userdn", &C::userDn},
        {"userfilter", &C::userFilter},
        {"username_as_alias", &C::usernameAsAlias},
    };
    return settings;
}

json::object ldapConfigJson(const LdapConfig &config)
{
    json::object shown = tokenSettingsJson(config.token);
    for (const LdapSetting &setting : ldapSettings())
        if (setting.kind == LdapSetting::Kind::Shown)
            shown[setting.name] = valueOf(config, setting);
    return shown;
}

bool asksTheSame(const LdapConfig &one, const LdapConfig &other)
{
    const std::vector<LdapSetting> &all = ldapSettings();
    return std::all_of(all.begin(), all.end(),
                       [&](const LdapSetting &each) { return valueOf(one, each) == valueOf(other, each); });
}

Result<void> checkLdapConfig(LdapConfig &config)
{
    config.urls = foldCase(config.urls);
    config.userAttribute = config.userAttribute.empty() ? "cn" : foldCase(config.userAttribute);
    if (config.groupAttribute.empty())
        config.groupAttribute = LdapConfig().groupAttribute;
    if (config.userFilter.empty())
        config.userFilter = LdapConfig().userFilter;
    if (auto right = checkLdapUrls(config.urls); !right)
        return right;
    if (!isLdapAttribute(config.userAttribute))
        return invalidRequest("invalid 'userattr': " + inQuotes(config.userAttribute));
    if (!isLdapAttribute(config.groupAttribute))
        return invalidRequest("invalid 'groupattr': " + inQuotes(config.groupAttribute));
    if (!userFilterOf(config, "x"))
        return invalidRequest("invalid 'userfilter': only {{.UserAttr}} and {{.Username}} can be filled in");
    if (!groupFilterOf(config, "x", "x"))
        return invalidRequest("invalid 'groupfilter': only {{.UserDN}} and {{.Username}} can be filled in");
    if (!isOne(dereferences, config.dereferenceAliases))
        return invalidRequest("invalid 'dereference_aliases': " + inQuotes(config.dereferenceAliases));
    if (config.requestTimeout < 1 || config.connectionTimeout < 1)
        return invalidRequest("'request_timeout' and 'connection_timeout' must be a second at least");
    if (config.requestTimeout > LongestTimeout || config.connectionTimeout > LongestTimeout)
        return invalidRequest("'request_timeout' and 'connection_timeout' must be a day at most");
    if (config.maxPageSize < 0)
        return invalidRequest("'max_page_size' cannot be negative");
    if (config.maxPageSize > std::numeric_limits<std::int32_t>::max()) // as far as directories count (RFC 4511 §4.1.1)
        return invalidRequest("'max_page_size' cannot be greater than 2147483647");
    return checkTls(config);
}

Result<std::optional<LdapConfig>> findLdapConfig(const store::Entries &entries)
{
    const auto kept = keptObject(entries, Place);
    if (!kept)
        return kept.error();
    if (!*kept)
        return std::optional<LdapConfig>();
    LdapConfig config;
    for (const LdapSetting &setting : ldapSettings())
        if (const json::value *value = (*kept)->if_contains(setting.name))
            std::visit(
                [&](auto member) {
                    using Value = std::decay_t<decltype(config.*member)>;
                    config.*member = json::value_to<Value>(*value);
                },
                setting.member);
    config.token = tokenSettingsOf(**kept);
    return std::optional(std::move(config));
}

void saveLdapConfig(const store::Entries &entries, const LdapConfig &config)
{
    json::object kept = tokenSettingsJson(config.token);
    for (const LdapSetting &setting : ldapSettings())
        kept[setting.name] = valueOf(config, setting);
    entries.put(Place, store::toJson(kept));
}

std::string keptLdapName(const LdapConfig &config, const std::string &name)
{
    return config.caseSensitiveNames ? name : foldCase(name);
}

Result<std::optional<LdapMapping>> findLdapMapping(const store::Entries &entries, LdapMapped what,
                                                   std::string_view name)
{
    const auto kept = keptObject(entries, pathOf(what, name));
    if (!kept)
        return kept.error();
    if (!*kept)
        return std::optional<LdapMapping>();
    return std::optional(LdapMapping{store::textsIn(**kept, "policies"), store::textsIn(**kept, "groups")});
}

void saveLdapMapping(const store::Entries &entries, LdapMapped what, std::string_view name, const LdapMapping &mapping)
{
    entries.put(pathOf(what, name), store::toJson(json::object{{"policies", jsonList(mapping.policies)},
                                                               {"groups", jsonList(mapping.groups)}}));
}

void deleteLdapMapping(const store::Entries &entries, LdapMapped what, std::string_view name)
{
    entries.remove(pathOf(what, name));
}

std::vector<std::string> ldapMappingNames(const store::Entries &entries, LdapMapped what, std::string_view after,
                                          std::int64_t limit)
{
    return entries.list(folderOf(what), after, limit);
}

} // namespace kith::auth
