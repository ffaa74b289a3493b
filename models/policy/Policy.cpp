// SPDX-License-Identifier: Apache-2.0
#include "policy/Policy.h"

#include "policy/ControlGroup.h"
#include "policy/HclDecode.h"
#include "policy/KeyFilter.h"
#include "policy/Scalars.h"
#include "policy/Template.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::policy {

namespace {

/// The longest text that is looked at: the limit of a request's body.
constexpr std::size_t LongestText = 32 * 1024 * 1024;

const std::vector<std::string_view> ruleKeys{"comment",           "policy",
                                             "capabilities",      "allowed_parameters",
                                             "denied_parameters", "required_parameters",
                                             "min_wrapping_ttl",  "max_wrapping_ttl",
                                             "mfa_methods",       "pagination_limit",
                                             "expiration",        "list_scan_response_keys_filter_path",
                                             "control_group"};

/// The fields of a stanza as they are written, decoded but not yet judged.
struct Stanza {
    std::string policy;
    std::vector<std::string> capabilities;
    std::string expiration;
    std::vector<hcl::Node> minWrappingTtl;
    std::vector<hcl::Node> maxWrappingTtl;
    std::optional<ParameterRules> allowed;
    std::optional<ParameterRules> denied;
    std::vector<std::string> required;
    std::vector<std::string> mfaMethods;
    std::int64_t paginationLimit = 0;
    std::string filterPath;
};

/// Takes the value out of a Result, or keeps its error; further fields are skipped then.
class Decoder
{
public:
    template <class T>
    void take(T &to, Result<T> from)
    {
        if (m_error)
            return;
        if (from)
            to = std::move(*from);
        else
            m_error = from.error();
    }
    void check(const Result<void> &result)
    {
        if (!m_error && !result)
            m_error = result.error();
    }
    const std::optional<Error> &error() const { return m_error; }

private:
    std::optional<Error> m_error;
};

/// In the order in which the real server decodes, since the first failure is the one reported.
Result<Stanza> decodeStanza(const std::vector<hcl::Item> &items)
{
    Stanza stanza;
    Decoder decoder;
    decoder.take(stanza.policy, hcl::decodeString(hcl::fields(items, "policy"), "root.Policy"));
    decoder.take(stanza.capabilities, hcl::decodeStrings(hcl::fields(items, "capabilities"), "root.Capabilities"));
    decoder.take(stanza.expiration, hcl::decodeString(hcl::fields(items, "expiration"), "root.expiration"));
    stanza.minWrappingTtl = hcl::fields(items, "min_wrapping_ttl");
    decoder.check(hcl::checkDuration(stanza.minWrappingTtl, "root.min_wrapping_ttl"));
    stanza.maxWrappingTtl = hcl::fields(items, "max_wrapping_ttl");
    decoder.check(hcl::checkDuration(stanza.maxWrappingTtl, "root.max_wrapping_ttl"));
    decoder.take(stanza.allowed,
                 hcl::decodeParameters(hcl::fields(items, "allowed_parameters"), "root.allowed_parameters"));
    decoder.take(stanza.denied,
                 hcl::decodeParameters(hcl::fields(items, "denied_parameters"), "root.denied_parameters"));
    decoder.take(stanza.required,
                 hcl::decodeStrings(hcl::fields(items, "required_parameters"), "root.required_parameters"));
    decoder.take(stanza.mfaMethods, hcl::decodeStrings(hcl::fields(items, "mfa_methods"), "root.mfa_methods"));
    std::optional<std::int64_t> limit;
    decoder.take(limit, hcl::decodeInteger(hcl::fields(items, "pagination_limit"), "root.pagination_limit"));
    stanza.paginationLimit = limit.value_or(0);
    decoder.take(stanza.filterPath, hcl::decodeString(hcl::fields(items, "list_scan_response_keys_filter_path"),
                                                      "root.list_scan_response_keys_filter_path"));
    if (decoder.error())
        return *decoder.error();
    return stanza;
}

/// The capabilities that the old key `policy` stands for.
std::optional<Capabilities> oldCapabilities(std::string_view name)
{
    using enum Capability;
    if (name.empty())
        return Capabilities();
    if (name == "deny")
        return Capabilities{Deny};
    if (name == "read")
        return Capabilities{Read, List};
    if (name == "write")
        return Capabilities{Create, Read, Update, Delete, List};
    if (name == "sudo")
        return Capabilities{Create, Read, Update, Delete, List, Sudo};
    return std::nullopt;
}

/// Once `deny` is seen the rest of the list isn't looked at.
Result<Capabilities> capabilitiesOf(const Stanza &stanza)
{
    const auto old = oldCapabilities(stanza.policy);
    if (!old)
        return invalidRequest("invalid policy " + inQuotes(stanza.policy));
    Capabilities all = *old;
    if (all.has(Capability::Deny))
        return all;
    for (const std::string &name : stanza.capabilities) {
        const auto capability = capabilityOf(name);
        if (!capability)
            return invalidRequest("invalid capability " + inQuotes(name));
        if (capability == Capability::Deny)
            return Capabilities{Capability::Deny};
        all.insert(*capability);
    }
    return all;
}

Result<void> checkFilter(const Grant &grant)
{
    const std::string &filter = grant.responseKeysFilterPath;
    if (filter.empty())
        return {};
    if (!grant.capabilities.has(Capability::List))
        return invalidRequest(
            "list_scan_response_keys_filter_path needs to be used on a path with the list capability");
    const auto one = renderKeyFilter(filter, "path", "one");
    const auto other = renderKeyFilter(filter, "path", "other");
    if (!one || !other)
        return invalidRequest("unable to compile template for list_scan_response_keys_filter_path: " +
                              one.error().wire);
    if (*one == *other)
        return invalidRequest("list_scan_response_keys_filter_path resulted in same path for two different keys");
    return {};
}

/// Everything but the capabilities. A denying stanza needs none of it, so none of it is looked at there.
Result<void> fillConditions(Stanza stanza, Grant &grant)
{
    const auto minimum = hcl::decodeDuration(stanza.minWrappingTtl);
    if (!minimum)
        return invalidRequest("error parsing min_wrapping_ttl: " + minimum.error().wire);
    const auto maximum = hcl::decodeDuration(stanza.maxWrappingTtl);
    if (!maximum)
        return invalidRequest("error parsing max_wrapping_ttl: " + maximum.error().wire);
    if (*minimum != 0 && *maximum != 0 && *maximum < *minimum)
        return invalidRequest("max_wrapping_ttl cannot be less than min_wrapping_ttl");
    grant.minWrappingTtl = std::max<Nanoseconds>(*minimum, 0);
    grant.maxWrappingTtl = std::max<Nanoseconds>(*maximum, 0);
    grant.allowedParameters = std::move(stanza.allowed);
    grant.deniedParameters = std::move(stanza.denied);
    for (const std::string &name : stanza.required)
        grant.requiredParameters.push_back(foldCase(name));
    grant.mfaMethods = std::move(stanza.mfaMethods);
    for (auto *names : {&grant.requiredParameters, &grant.mfaMethods}) {
        std::sort(names->begin(), names->end());
        names->erase(std::unique(names->begin(), names->end()), names->end());
    }
    grant.paginationLimit = std::max<std::int64_t>(stanza.paginationLimit, 0);
    grant.responseKeysFilterPath = std::move(stanza.filterPath);
    return checkFilter(grant);
}

Error inPath(std::string_view path, const std::string &text)
{
    return invalidRequest("path " + inQuotes(path) + ": " + text);
}

std::string commentOf(const std::vector<hcl::Item> &items)
{
    std::string comment;
    for (const hcl::Node &node : hcl::fields(items, "comment")) {
        if (node.value != nullptr && node.value->isLiteral())
            comment = validUtf8(node.value->text);
    }
    return comment;
}

/// One stanza. None: it has expired, so the rest of it isn't judged.
Result<std::optional<PathRule>> readRule(const hcl::Item &item, Nanoseconds now)
{
    const std::string written = item.keys.size() > 1 ? item.keys[1].name : "path";
    const auto fail = [&](const std::string &text) { return inPath(written, text); };
    if (item.keys.size() > 1 && !item.keys[1].readable)
        return fail("illegal char escape on line " + std::to_string(item.line));
    if (auto path = parseTemplate(written); !path)
        return fail("failed to validate policy templating: " + path.error().wire);
    const auto unknown = hcl::unknownKeys(item.value, ruleKeys);
    if (!unknown)
        return fail(unknown.error().wire);
    if (!unknown->empty())
        return fail(hcl::joined(*unknown));
    if (auto checked = hcl::checkControlGroups(item.value.items); !checked)
        return fail("error handling control_group: " + checked.error().wire);

    PathRule rule;
    rule.path = !written.empty() && written.front() == '/' ? written.substr(1) : written;
    rule.templated = written.find("{{") != std::string::npos;
    rule.line = item.line;
    rule.comment = commentOf(item.value.items);
    auto stanza = decodeStanza(item.value.items);
    if (!stanza)
        return fail(inPath(written, stanza.error().wire).wire);
    const auto expires = parseTime(stanza->expiration);
    if (!expires)
        return fail(inPath(written, "invalid expiration time: " + expires.error().wire).wire);
    rule.expires = *expires;
    if (rule.expires != 0 && rule.expires <= now)
        return std::optional<PathRule>();
    rule.grant.controlGroup = !hcl::fields(item.value.items, "control_group").empty();
    if (rule.path.find("+*") != std::string::npos)
        return fail(inPath(rule.path, "invalid use of wildcards ('+*' is forbidden)").wire);
    const auto capabilities = capabilitiesOf(*stanza);
    if (!capabilities)
        return fail(inPath(rule.path, capabilities.error().wire).wire);
    rule.grant.capabilities = *capabilities;
    if (!capabilities->has(Capability::Deny)) {
        if (auto filled = fillConditions(std::move(*stanza), rule.grant); !filled)
            return fail(filled.error().wire);
    }
    return std::optional(std::move(rule));
}

Result<Policy> readPolicy(const std::vector<hcl::Item> &items, Nanoseconds now)
{
    if (const auto unknown = hcl::unknownKeys(items, {"name", "path"}); !unknown.empty())
        return invalidRequest(hcl::joined(unknown));
    if (const auto name = hcl::decodeString(hcl::fields(items, "name"), "root.name"); !name)
        return name.error();
    Policy policy;
    for (const hcl::Item &item : items) {
        if (item.keys.front().name != "path")
            continue;
        auto rule = readRule(item, now);
        if (!rule)
            return rule.error();
        if (*rule)
            policy.rules.push_back(std::move(**rule));
    }
    return policy;
}

} // namespace

Result<Policy> parsePolicy(std::string_view text, Nanoseconds now)
{
    const auto failed = [](const Error &error) { return invalidRequest("failed to parse policy: " + error.wire); };
    if (text.size() > LongestText)
        return failed(invalidRequest("text is longer than 32 MiB"));
    const auto items = hcl::parse(text);
    if (!items)
        return failed(items.error());
    auto policy = readPolicy(*items, now);
    if (!policy)
        return failed(policy.error());
    return policy;
}

} // namespace kith::policy
