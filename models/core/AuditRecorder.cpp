// SPDX-License-Identifier: Apache-2.0
#include "core/AuditRecorder.h"

#include "core/Version.h"
#include "store/Base64.h"
#include "store/Json.h"

#include <algorithm>

namespace kith::core {

namespace json = boost::json;

namespace {

json::array toJson(const std::vector<std::string> &texts)
{
    json::array array;
    array.reserve(texts.size());
    for (const std::string &text : texts)
        array.emplace_back(text);
    return array;
}

/// Those of the token and of its entity, each once, sorted.
std::vector<std::string> allPolicies(const Caller &caller)
{
    std::vector<std::string> all;
    std::set_union(caller.tokenPolicies.begin(), caller.tokenPolicies.end(), caller.identityPolicies.begin(),
                   caller.identityPolicies.end(), std::back_inserter(all));
    return all;
}

json::object verdictJson(const AuditVerdict &verdict, const std::string &ns)
{
    json::object results{{"allowed", verdict.allowed}};
    if (verdict.allowed && !verdict.policies.empty()) {
        json::array granting;
        for (const std::string &policy : verdict.policies)
            granting.emplace_back(policy.empty() // rules that lie in the token itself
                                      ? json::object{{"namespace_id", ns}, {"type", "acl"}}
                                      : json::object{{"name", policy}, {"namespace_id", ns}, {"type", "acl"}});
        results.emplace("granting_policies", std::move(granting));
    }
    return results;
}

/// Empty for a namespace that was deleted while the request was under way.
std::string shortIdOf(NamespaceId ns, const identity::MountTable &mounts)
{
    const identity::Namespace *known = mounts.byId(ns);
    return known ? known->shortId : std::string();
}

/// Who asked. Of nobody there is only that.
json::object authJson(const AuditEvent &event, const identity::MountTable &mounts)
{
    const Caller &caller = event.caller;
    json::object auth;
    if (event.verdict)
        auth.emplace(
            "policy_results",
            verdictJson(*event.verdict, event.caller.token ? shortIdOf(event.caller.token->ns, mounts) : "root"));
    if (!caller.token && !caller.isRoot()) {
        auth.emplace("token_type", "default");
        return auth;
    }
    auth.emplace("client_token", event.request.token);
    if (!caller.token) { // this process
        auth.emplace("display_name", "root");
        auth.emplace("policies", json::array{"root"});
        auth.emplace("token_policies", json::array{"root"});
        auth.emplace("token_type", "service");
        return auth;
    }
    const auth::Token &token = *caller.token;
    if (!token.accessor.empty())
        auth.emplace("accessor", token.accessor);
    auth.emplace("display_name", token.displayName);
    auth.emplace("policies", toJson(allPolicies(caller)));
    auth.emplace("token_policies", toJson(caller.tokenPolicies));
    if (!caller.identityPolicies.empty())
        auth.emplace("identity_policies", toJson(caller.identityPolicies));
    if (token.meta)
        auth.emplace("metadata", json::value_from(*token.meta));
    if (!token.entityUuid.empty())
        auth.emplace("entity_id", token.entityUuid);
    if (token.uses != 0)
        auth.emplace("remaining_uses", std::max<std::int64_t>(token.uses, 0) + 1); // this one is counted off already
    auth.emplace("token_type", auth::tokenTypeName(token.type));
    if (token.ttl != 0)
        auth.emplace("token_ttl", token.ttl);
    auth.emplace("token_issue_time", toRfc3339(token.created / 1'000'000'000 * 1'000'000'000));
    return auth;
}

/// The token that a login gave, as records name its parts.
json::object newAuthJson(const Auth &auth)
{
    json::object shown;
    if (!auth.displayName.empty())
        shown.emplace("display_name", auth.displayName);
    for (const std::string_view name : {"client_token", "accessor", "policies", "token_policies", "identity_policies",
                                        "metadata", "entity_id", "num_uses", "token_type"})
        if (const json::value *value = auth.fields.if_contains(name);
            value && !value->is_null() && *value != "" && *value != 0)
            shown.emplace(name, *value);
    if (const json::value *seconds = auth.fields.if_contains("lease_duration"); seconds && *seconds != 0)
        shown.emplace("token_ttl", *seconds);
    return shown;
}

void addMount(json::object &object, const identity::MountEntry *mount, std::string_view versionName)
{
    if (!mount)
        return;
    object.emplace("mount_point", mount->fullPath());
    object.emplace("mount_type", mount->type);
    object.emplace("mount_accessor", mount->accessor);
    object.emplace(versionName, BuiltInPluginVersion);
    object.emplace("mount_class", mount->mountClass == identity::MountClass::Auth ? "auth" : "secret");
}

/// What goes back without the envelope is one text to the audit, so none of it is told in clear.
json::object rawJson(const Response &response)
{
    const json::string *page = response.data->if_string();
    json::object shown{{"http_content_type", page ? "text/html" : "application/json"},
                       {"http_raw_body", page ? std::string(*page) : store::toJson(*response.data)},
                       {"http_status_code", response.status}};
    for (const auto &[name, value] : response.headers)
        if (name == "Cache-Control" || name == "Pragma" || name == "WWW-Authenticate")
            shown.emplace(name == "Cache-Control" ? "http_raw_cache_control"
                          : name == "Pragma"      ? "http_raw_pragma"
                                                  : "http_www_authenticate",
                          value);
    return shown;
}

json::object responseJson(const Response &response, const std::string &error, const identity::MountEntry *mount)
{
    json::object shown;
    if (response.auth)
        shown.emplace("auth", newAuthJson(*response.auth));
    addMount(shown, mount, "mount_running_plugin_version");
    if (!error.empty())
        shown.emplace("data", json::object{{"error", error}});
    else if (response.body == Body::Raw && response.data)
        shown.emplace("data", rawJson(response));
    else if (response.data && response.data->is_object() && !response.data->get_object().empty())
        shown.emplace("data", *response.data);
    if (response.wrapInfo)
        shown.emplace("wrap_info", *response.wrapInfo);
    if (!response.warnings.empty())
        shown.emplace("warnings", toJson(response.warnings));
    return shown;
}

/// The keys of a mount's data that it wants to stay readable.
audit::ClearKeys clearKeys(const identity::MountEntry *mount, std::string_view setting)
{
    audit::ClearKeys keys;
    const json::value *list = mount ? mount->settings.config.if_contains(setting) : nullptr;
    if (list && list->is_array())
        for (const json::value &key : list->get_array())
            if (key.is_string())
                keys.emplace(key.get_string());
    return keys;
}

} // namespace

json::object AuditRecorder::requestJson(const AuditEvent &event, const identity::MountEntry *mount) const
{
    const Request &request = event.request;
    json::object shown{{"id", event.requestId}};
    if (event.caller.token) {
        const auth::Token &token = *event.caller.token;
        if (!token.entityUuid.empty()) {
            shown.emplace("client_id", token.entityUuid);
        } else if (const auto seal = m_keyring.seal()) {
            std::string policies; // who has no entity is known by what it may do
            for (const std::string &policy : event.caller.tokenPolicies)
                policies += policy + "\n";
            shown.emplace("client_id", store::toBase64(seal->digest(policies)));
        }
    }
    shown.emplace("operation", request.help ? "help" : operationName(request.operation));
    addMount(shown, mount, "mount_running_version");
    if (!request.token.empty())
        shown.emplace("client_token", request.token);
    if (event.caller.token && !event.caller.token->accessor.empty())
        shown.emplace("client_token_accessor", event.caller.token->accessor);
    shown.emplace("path", request.path);
    if (!request.data.empty())
        shown.emplace("data", request.data);
    if (!request.peer.address.empty()) {
        shown.emplace("remote_address", request.peer.address);
        shown.emplace("remote_port", request.peer.port);
    }
    if (request.wrapTtl)
        shown.emplace("wrap_ttl", *request.wrapTtl);
    return shown;
}

Result<void> AuditRecorder::addHeaders(const Request &request, audit::Record &record)
{
    const auto rules = m_headers.all();
    if (!rules)
        return rules.error();
    json::object headers;
    for (const auto &[name, shown] : **rules) {
        const auto sent = request.headers.find(name);
        if (sent == request.headers.end())
            continue;
        headers.emplace(name, toJson(sent->second));
        if (shown == audit::HeaderRules::Shown::Hashed)
            record.hashedHeaders.insert(name);
    }
    if (!headers.empty())
        record.request.emplace("headers", std::move(headers));
    return {};
}

bool AuditRecorder::isOff()
{
    const auto any = m_devices.any();
    return any && !*any;
}

Result<void> AuditRecorder::record(const AuditEvent &event)
{
    const auto any = m_devices.any();
    if (!any)
        return any.error();
    if (!*any)
        return {};
    const auto mounts = m_identities.mounts();
    if (!mounts)
        return mounts.error();
    const identity::Namespace *space = (*mounts)->locate(event.request.ns, {}).ns;
    const identity::MountEntry *mount = (*mounts)->find(space ? space->id : RootNamespace, event.request.path).mount;
    audit::Record record;
    record.time = toRfc3339(m_identities.store().clock().now());
    record.type = event.response ? "response" : "request";
    const bool login =
        event.response && event.response->ok() && event.response->auth && !event.caller.token && !event.caller.isRoot();
    record.auth = login ? newAuthJson(*event.response->auth) : authJson(event, **mounts); // from here on it is somebody
    if (login && event.response->auth->entityCreated)
        record.auth.emplace("entity_created", true);
    record.request = requestJson(event, mount);
    json::object &ns = record.request["namespace"].emplace_object();
    ns.emplace("id", space ? space->shortId : "root");
    if (space && space->parent)
        ns.emplace("path", space->path);
    record.clearRequestKeys = clearKeys(mount, "audit_non_hmac_request_keys");
    record.clearResponseKeys = clearKeys(mount, "audit_non_hmac_response_keys");
    if (auto added = addHeaders(event.request, record); !added)
        return added;
    if (event.response) {
        if (!event.response->ok() && !event.response->errors.empty())
            record.error = event.response->errors.front();
        record.response = responseJson(*event.response, record.error, mount);
    } else if (event.refusal) {
        record.error = *event.refusal;
    }
    return m_devices.write(record);
}

} // namespace kith::core
