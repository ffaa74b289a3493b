// SPDX-License-Identifier: Apache-2.0
// kith/decision: why a request is allowed or refused.
//
//   {"token": "s.…" | "accessor": "…" | "entity": "<name or uuid>", "policies": ["default"],
//    "operation": "read"|"create"|"update"|"patch"|"delete"|"list"|"scan", "path": "…", "data": {…},
//    "wrap_ttl": seconds, "group": "<name or uuid>"}
//   -> {"allowed": true, "verdict": "allowed", "parameter": "", "limit": null, "sudo": false,
//       "rule": {"path": "a/*", "capabilities": [...], "policies": [{"name": "p", "line": 3, "capabilities": [...],
//                "sources": [{"kind": "token"|"entity"|"group", "chain": ["team", "staff"], "chains": "1"}]}]},
//       "beaten": [rules], "joined": {the same, as if the entity were in `group` too}}
//
// Without token, accessor and entity it is about who asks. `policies`: what the entity's token would have of its own.
#include "auth/Tokens.h"
#include "core/CallerRules.h"
#include "core/Callers.h"
#include "core/Router.h"
#include "core/Routes.h"
#include "core/Secrets.h"
#include "identity/Explanation.h"
#include "identity/Graph.h"
#include "identity/ObjectIds.h"
#include "store/Text.h"

#include <algorithm>
#include <span>

namespace kith::core {

namespace json = boost::json;

namespace {

using identity::EffectivePolicy;
using identity::Snapshot;

/// Whom it is about.
struct Subject {
    std::vector<std::string> tokenPolicies;
    EntityId entity;
    bool withIdentityPolicies = true;
};

struct Question {
    policy::Access access;
    json::object data;
    std::string path;
};

std::string_view verdictName(policy::Verdict verdict)
{
    switch (verdict) {
    case policy::Verdict::Allowed:
        break;
    case policy::Verdict::NoRule:
        return "no_rule";
    case policy::Verdict::MissingCapability:
        return "missing_capability";
    case policy::Verdict::WrappingOutOfRange:
        return "wrapping_out_of_range";
    case policy::Verdict::MissingParameter:
        return "missing_parameter";
    case policy::Verdict::DeniedParameter:
        return "denied_parameter";
    case policy::Verdict::ParameterNotAllowed:
        return "parameter_not_allowed";
    case policy::Verdict::LimitOutOfRange:
        return "limit_out_of_range";
    }
    return "allowed";
}

Error notFoundError(std::string_view kind, const std::string &name)
{
    return {ErrorCode::NotFound, 404, "no " + std::string(kind) + " has the name or id \"" + name + "\"", {}};
}

Result<Subject> subjectOf(const Call &call, const Snapshot &snapshot)
{
    if (call.has("entity")) {
        const EntityId entity = identity::entityNamed(snapshot.session, call.inPath("entity"));
        if (!entity)
            return notFoundError("entity", call.inPath("entity"));
        return Subject{auth::cleanTokenPolicies(call.list("policies").value_or(std::vector<std::string>{"default"})),
                       entity, true};
    }
    std::optional<auth::Token> token = call.caller().token;
    if (call.has("token") || call.has("accessor")) {
        const auto seal = sealOf(call);
        if (!seal)
            return seal.error();
        token = call.has("token")
                    ? auth::findToken(snapshot.session, **seal, call.inPath("token"), snapshot.now)
                    : auth::findTokenByAccessor(snapshot.session, **seal, call.inPath("accessor"), snapshot.now);
        if (!token)
            return Error{ErrorCode::NotFound, 404, "there is no such token", {}};
    }
    Subject subject;
    subject.tokenPolicies = token ? token->policies : std::vector<std::string>{"root"};
    if (token && !token->entityUuid.empty()) {
        const auto entity = entityOf(snapshot.session, token->entityUuid);
        if (!entity)
            return Error{ErrorCode::NotFound, 404, "the token's entity is gone", {}};
        subject.entity = entity->id;
        subject.withIdentityPolicies = !token->noIdentityPolicies;
    }
    return subject;
}

Result<Question> questionOf(const Call &call)
{
    Question question;
    const auto capability = policy::capabilityOf(call.inPath("operation"));
    if (!capability || *capability == policy::Capability::Deny || *capability == policy::Capability::Sudo)
        return invalidRequest("operation must be create, read, update, patch, delete, list or scan");
    question.access.capability = *capability;
    question.path = call.inPath("path");
    if (question.path.starts_with('/'))
        question.path.erase(0, 1);
    if (question.path.empty())
        return invalidRequest("a path must be given");
    const bool listing = *capability == policy::Capability::List || *capability == policy::Capability::Scan;
    if (listing && !question.path.ends_with('/'))
        question.path += '/';
    question.data = call.object("data").value_or(json::object());
    if (const auto wrap = call.seconds("wrap_ttl"))
        question.access.wrapTtl = *wrap * 1'000'000'000;
    return question;
}

json::array namesOf(const identity::Graph &graph, std::span<const GroupId> chain)
{
    json::array names;
    for (const GroupId id : chain)
        if (const identity::Graph::Group *group = graph.group(id))
            names.emplace_back(group->name);
    return names;
}

/// Decides, and says why.
class Explainer
{
public:
    Explainer(const Snapshot &snapshot, policy::PolicyCache &cache, const Subject &subject)
        : m_snapshot(snapshot), m_subject(subject), m_rules(snapshot, cache, subject.entity)
    {
        m_rules.add(subject.tokenPolicies);
    }

    Result<void> addIdentity()
    {
        if (!m_subject.entity || !m_subject.withIdentityPolicies)
            return {};
        return add(identity::effectivePolicies(m_snapshot, m_subject.entity));
    }
    Result<void> addGroup(GroupId group) { return add(identity::effectivePolicies(m_snapshot, group)); }

    Result<json::object> decide(const Question &question);

private:
    Result<void> add(Result<std::vector<EffectivePolicy>> policies)
    {
        if (!policies)
            return policies.error();
        std::vector<std::string> names;
        for (EffectivePolicy &policy : *policies) {
            names.push_back(policy.name);
            m_policies.push_back(std::move(policy));
        }
        m_rules.add(names);
        return {};
    }
    json::array sourcesOf(const std::string &policy) const;
    json::object ruleJson(const policy::MergedRule &rule) const;

    const Snapshot &m_snapshot;
    const Subject &m_subject;
    CallerRules m_rules;
    std::vector<EffectivePolicy> m_policies;
};

json::array Explainer::sourcesOf(const std::string &policy) const
{
    json::array sources;
    if (std::binary_search(m_subject.tokenPolicies.begin(), m_subject.tokenPolicies.end(), policy))
        sources.push_back({{"kind", "token"}, {"chain", json::array()}, {"chains", "1"}});
    for (const EffectivePolicy &effective : m_policies) {
        if (effective.name != policy)
            continue;
        for (const identity::PolicySource &source : effective.sources)
            sources.push_back({{"kind", source.chain.empty() ? "entity" : "group"},
                               {"chain", namesOf(m_snapshot.graph, source.chain)},
                               {"chains", source.chains.toString()}});
    }
    return sources;
}

json::object Explainer::ruleJson(const policy::MergedRule &rule) const
{
    json::array policies;
    for (const policy::RuleOrigin &origin : rule.origins)
        policies.push_back({{"name", origin.policy},
                            {"line", origin.line},
                            {"capabilities", json::value_from(origin.capabilities.names())},
                            {"sources", sourcesOf(origin.policy)}});
    return {{"path", rule.pattern.text()},
            {"capabilities", json::value_from(rule.grant.capabilities.names())},
            {"policies", std::move(policies)}};
}

Result<json::object> Explainer::decide(const Question &question)
{
    const auto acl = m_rules.acl();
    if (!acl)
        return acl.error();
    policy::Access access = question.access;
    access.path = question.path;
    access.data = &question.data;
    const policy::Decision decision = (*acl)->decide(access);
    json::array beaten;
    for (const policy::MergedRule *rule : decision.beaten)
        beaten.push_back(ruleJson(*rule));
    const bool sudo =
        (*acl)->isRoot() || (decision.rule && decision.rule->grant.capabilities.has(policy::Capability::Sudo));
    return json::object{{"allowed", decision.allowed()},
                        {"verdict", verdictName(decision.verdict)},
                        {"parameter", json::string(decision.parameter)},
                        {"limit", decision.limit ? json::value(*decision.limit) : json::value(nullptr)},
                        {"root", (*acl)->isRoot()},
                        {"sudo", sudo},
                        {"rule", decision.rule ? json::value(ruleJson(*decision.rule)) : json::value(nullptr)},
                        {"beaten", std::move(beaten)}};
}

Result<Response> decide(const Call &call, identity::Identities &identities)
{
    const auto question = questionOf(call);
    if (!question)
        return question.error();
    return identities.read([&](const Snapshot &snapshot) -> Result<Response> {
        const auto subject = subjectOf(call, snapshot);
        if (!subject)
            return subject.error();
        Explainer now(snapshot, identities.policies(), *subject);
        if (auto added = now.addIdentity(); !added)
            return added.error();
        auto answer = now.decide(*question);
        if (!answer)
            return answer.error();
        if (call.has("group")) {
            const GroupId group = identity::groupNamed(snapshot.session, call.inPath("group"));
            if (!group)
                return notFoundError("group", call.inPath("group"));
            Explainer joined(snapshot, identities.policies(), *subject);
            for (auto added : {joined.addIdentity(), joined.addGroup(group)})
                if (!added)
                    return added.error();
            auto then = joined.decide(*question);
            if (!then)
                return then.error();
            (*answer)["joined"] = std::move(*then);
        }
        return Response::of(std::move(*answer));
    });
}

} // namespace

std::vector<Route> decisionRoutes()
{
    const std::vector<Field> fields{{"token"},
                                    {"accessor"},
                                    {"entity"},
                                    {"group"},
                                    {"policies", FieldType::List},
                                    {"operation"},
                                    {"path"},
                                    {"data", FieldType::Object},
                                    {"wrap_ttl", FieldType::Duration}};
    return {{"kith/decision", fields, {{Operation::Update, IdentitiesHandler(decide)}}}};
}

} // namespace kith::core
