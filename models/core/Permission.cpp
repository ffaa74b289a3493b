// SPDX-License-Identifier: Apache-2.0
#include "core/Permission.h"

#include "policy/KeyFilter.h"

namespace kith::core {

std::optional<policy::Capability> capabilityOf(Operation operation)
{
    switch (operation) {
    case Operation::Create:
        return policy::Capability::Create;
    case Operation::Read:
        return policy::Capability::Read;
    case Operation::Update:
        return policy::Capability::Update;
    case Operation::Patch:
        return policy::Capability::Patch;
    case Operation::Delete:
        return policy::Capability::Delete;
    case Operation::List:
        return policy::Capability::List;
    case Operation::Scan:
        return policy::Capability::Scan;
    case Operation::Head:
        break;
    }
    return std::nullopt;
}

std::string_view askedPath(const Request &request, std::string &buffer)
{
    const bool listing = request.operation == Operation::List || request.operation == Operation::Scan;
    if (!listing || request.path.ends_with('/'))
        return request.path;
    buffer = request.path + "/";
    return buffer;
}

namespace {

std::string_view namespaceOf(const Caller &caller)
{
    return caller.token ? std::string_view(caller.token->nsPath) : std::string_view();
}

} // namespace

std::optional<std::string> seenByRules(const Caller &caller, std::string_view ns, std::string_view path)
{
    std::string whole(ns);
    whole.append(path);
    const std::string_view own = namespaceOf(caller);
    return whole.starts_with(own) ? std::optional(whole.substr(own.size())) : std::nullopt;
}

std::optional<std::string_view> rulesPath(const Caller &caller, const Request &request, std::string &buffer)
{
    const std::string_view asked = askedPath(request, buffer);
    if (request.ns == namespaceOf(caller))
        return asked;
    auto seen = seenByRules(caller, request.ns, asked);
    if (!seen)
        return std::nullopt;
    buffer = std::move(*seen);
    return std::string_view(buffer);
}

bool alsoMay(const Caller &caller, policy::Capability capability, const Request &request)
{
    std::string buffer;
    const auto path = rulesPath(caller, request, buffer);
    return path && caller.may(capability, *path);
}

std::vector<std::string> grantingPolicies(const Permission &permission, const Caller &caller)
{
    if (permission.granted && caller.isRoot())
        return {"root"};
    std::vector<std::string> policies;
    if (!permission.granted || !permission.rule)
        return policies;
    for (const policy::RuleOrigin &origin : permission.rule->origins)
        if (policies.empty() || policies.back() != origin.policy)
            policies.push_back(origin.policy);
    return policies;
}

Permission permissionFor(const Caller &caller, const Request &request, Operation operation, Gate gate)
{
    Permission permission;
    if (!caller.acl)
        return permission;
    if (caller.acl->isRoot()) {
        permission.granted = true;
        return permission;
    }
    const auto capability = capabilityOf(operation);
    if (!capability)
        return permission;
    std::string buffer;
    const auto path = rulesPath(caller, request, buffer);
    if (!path)
        return permission;
    policy::Access access;
    access.capability = *capability;
    access.path = *path;
    access.data = &request.data;
    if (request.wrapTtl)
        access.wrapTtl = *request.wrapTtl * 1'000'000'000;
    const policy::Decision decision = caller.acl->decide(access, policy::Reasons::RuleOnly);
    permission.rule = decision.rule;
    permission.limit = decision.limit;
    permission.granted =
        decision.allowed() && (gate != Gate::Sudo || decision.rule->grant.capabilities.has(policy::Capability::Sudo));
    return permission;
}

Error refusedByRules()
{
    return {ErrorCode::PermissionDenied, 403, "1 error occurred:\n\t* permission denied\n\n", {}};
}

void filterKeys(Response &response, const Caller &caller, const policy::MergedRule &rule, std::string_view path)
{
    auto *data = response.data ? response.data->if_object() : nullptr;
    auto *keys = data ? data->if_contains("keys") : nullptr;
    if (!response.ok() || !keys || !keys->is_array())
        return;
    boost::json::array kept;
    auto *info = data->if_contains("key_info");
    for (boost::json::value &key : keys->get_array()) {
        if (!key.is_string())
            continue;
        const auto shown = policy::renderKeyFilter(rule.grant.responseKeysFilterPath, path, key.get_string());
        policy::Access access;
        access.capability = policy::Capability::Read;
        access.path = shown ? std::string_view(*shown) : std::string_view();
        if (shown && caller.acl->decide(access, policy::Reasons::RuleOnly).allowed())
            kept.push_back(std::move(key));
        else if (info && info->is_object())
            info->get_object().erase(key.get_string());
    }
    if (kept.empty())
        response = notFound();
    else
        *keys = std::move(kept);
}

} // namespace kith::core
