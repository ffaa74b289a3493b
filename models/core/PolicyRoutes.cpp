// SPDX-License-Identifier: Apache-2.0
#include "core/Router.h"
#include "core/Routes.h"
#include "policy/PolicyStore.h"
#include "policy/Scalars.h"
#include "store/Base64.h"
#include "store/Json.h"
#include "store/Text.h"

#include <array>

namespace kith::core {

namespace json = boost::json;

namespace {

constexpr Nanoseconds Second = 1'000'000'000;

/// What a text stands for, if it is base64; white space around it doesn't count. Even a single word of four letters is
/// taken for it, as by the real server.
std::string decodedText(std::string text)
{
    std::string_view digits = text;
    digits.remove_prefix(std::min(digits.find_first_not_of(" \t\r\n"), digits.size()));
    digits.remove_suffix(digits.size() - (digits.find_last_not_of(" \t\r\n") + 1));
    auto decoded = store::fromBase64(digits);
    return decoded && !decoded->empty() ? std::move(*decoded) : std::move(text);
}

enum class Door {
    Current, ///< sys/policies/acl: the text is called `policy`.
    Old,     ///< sys/policy: it is called `rules` in answers.
};

json::object policyJson(const policy::StoredPolicy &policy, Door door)
{
    json::object data{{"allow_slashes_in_identity_templates", policy.allowSlashes},
                      {"allow_wildcards_in_identity_templates", policy.allowWildcards},
                      {"cas_required", policy.casRequired}};
    if (policy.expires)
        data["expiration"] = toRfc3339(*policy.expires);
    if (policy.modified)
        data["modified"] = toRfc3339(*policy.modified);
    data["name"] = policy.name;
    data[door == Door::Old ? "rules" : "policy"] = policy.text;
    data["version"] = policy.version;
    return data;
}

/// The policy that a request means; a slash at the end is none of its name.
std::string nameOf(const Call &call)
{
    std::string name = call.inPath("name");
    if (name.ends_with('/'))
        name.pop_back();
    return name;
}

template <Door door>
Result<Response> readPolicy(const Call &call, store::Session &session)
{
    const auto policy = policy::findStoredPolicy(session, nameOf(call), call.router().now(), call.ns());
    if (!policy)
        return notFound();
    Response response = Response::of(policyJson(*policy, door));
    if (door == Door::Old)
        response.body = Body::Merged;
    return response;
}

template <Door door>
Result<Response> listPolicies(const Call &call, store::Session &session)
{
    json::array keys;
    for (const std::string &name : policy::listPolicies(session, call.router().now(), call.ns()))
        keys.emplace_back(name);
    if (door == Door::Current)
        return listOf(std::move(keys));
    Response response = Response::of(json::object{{"keys", keys}, {"policies", keys}});
    response.body = Body::Merged;
    return response;
}

/// Those whose names begin with the folder.
template <Door door>
Result<Response> listBelow(const Call &call, store::Session &session)
{
    const std::string folder = foldCase(nameOf(call)) + "/";
    json::array keys;
    for (const std::string &name : policy::listPolicies(session, call.router().now(), call.ns()))
        if (name.starts_with(folder))
            keys.emplace_back(name);
    if (door == Door::Current)
        return listOf(std::move(keys));
    json::object data{{"policies", nullptr}};
    if (!keys.empty())
        data = {{"keys", keys}, {"policies", keys}};
    Response response = Response::of(std::move(data));
    response.body = Body::Merged;
    return response;
}

/// What `expiration` says. None: nothing.
Result<std::optional<Nanoseconds>> sentExpiry(const Call &call)
{
    const json::value *given = call.any("expiration");
    if (given == nullptr || given->is_null())
        return std::optional<Nanoseconds>();
    const auto refused = [](const std::string &why) {
        return invalidRequest("Field validation failed: error converting input for field \"expiration\": " + why);
    };
    if (const auto number = store::keptNumber(*given)) {
        const bool isWhole = number->find_first_of(".eE") == std::string_view::npos;
        return refused("strconv.ParseInt: parsing " + inQuotes(*number) +
                       (isWhole ? ": value out of range" : ": invalid syntax"));
    }
    if (!given->is_number() && !given->is_string())
        return refused("could not parse time from input type");
    const auto *text = given->if_string();
    if (text != nullptr && text->empty())
        return refused("could not parse string as date and time");
    const auto time = policy::parseTime(text != nullptr ? std::string(*text) : json::serialize(*given));
    if (!time)
        return refused(time.error().wire);
    return std::optional(*time);
}

/// When the policy ends. None: it isn't said.
Result<std::optional<Nanoseconds>> expiryOf(const Call &call, Nanoseconds now)
{
    auto sent = sentExpiry(call);
    const auto ttl = call.seconds("ttl");
    if (!sent || !ttl)
        return sent;
    if (*sent)
        return invalidRequest("cannot supply both 'expiration' and 'ttl' for policies");
    return std::optional(now + *ttl * Second);
}

Result<policy::PolicyWrite> writeOf(const Call &call, store::WriteSession &session, policy::WriteMode mode)
{
    policy::PolicyWrite write;
    write.name = call.inPath("name");
    write.mode = mode;
    write.text = call.text("policy");
    write.cas = call.number("cas");
    write.casRequired = call.flag("cas_required");
    write.allowSlashes = call.flag("allow_slashes_in_identity_templates");
    write.allowWildcards = call.flag("allow_wildcards_in_identity_templates");
    auto expires = expiryOf(call, session.now);
    if (!expires)
        return expires.error();
    write.expires = *expires;
    return write;
}

Error noText()
{
    return invalidRequest("'policy' parameter not supplied or empty");
}

template <Door door>
Result<Response> writePolicy(const Call &call, store::WriteSession &session)
{
    if (auto expires = sentExpiry(call); !expires)
        return expires.error();
    const std::string rules = door == Door::Old ? call.text("rules").value_or("") : "";
    const std::string text = call.text("policy").value_or("");
    if (text.empty() && rules.empty())
        return noText();
    auto write = writeOf(call, session, policy::WriteMode::Replace);
    if (!write)
        return write.error();
    write->text = decodedText(text.empty() ? rules : text);
    if (auto written = policy::writePolicy(session, *write, call.ns()); !written)
        return written.error();
    if (!text.empty())
        return Response::noContent();
    Response response;
    response.warnings.emplace_back("'rules' is deprecated, please use 'policy' instead");
    return response;
}

Result<Response> patchPolicy(const Call &call, store::WriteSession &session)
{
    if (auto expires = sentExpiry(call); !expires)
        return expires.error();
    const auto stored = policy::findStoredPolicy(session, call.inPath("name"), session.now, call.ns());
    if (!stored)
        return invalidRequest("policy not found");
    if (call.text("policy").value_or(stored->text).empty())
        return noText();
    auto write = writeOf(call, session, policy::WriteMode::Merge);
    if (!write)
        return write.error();
    if (write->text)
        write->text = decodedText(std::move(*write->text));
    if (auto written = policy::writePolicy(session, *write, call.ns()); !written)
        return written.error();
    return Response::of(nullptr);
}

Result<Response> removePolicy(const Call &call, store::WriteSession &session)
{
    if (auto removed = policy::deletePolicy(session, nameOf(call), call.ns()); !removed)
        return removed.error();
    return Response::noContent();
}

std::vector<Field> policyFields(Door door)
{
    std::vector<Field> fields{{"policy"},
                              {"cas", FieldType::Int},
                              {"cas_required", FieldType::Bool},
                              {"ttl", FieldType::Duration},
                              {"expiration", FieldType::Any},
                              {"allow_slashes_in_identity_templates", FieldType::Bool},
                              {"allow_wildcards_in_identity_templates", FieldType::Bool}};
    if (door == Door::Old)
        fields.push_back({"rules"});
    return fields;
}

} // namespace

std::vector<Route> policyRoutes()
{
    return {
        {"sys/policies/acl/", {}, {{Operation::List, listPolicies<Door::Current>}}},
        {"sys/policies/acl/:name+",
         policyFields(Door::Current),
         {{Operation::Read, readPolicy<Door::Current>},
          {Operation::Update, writePolicy<Door::Current>},
          {Operation::Patch, patchPolicy},
          {Operation::List, listBelow<Door::Current>},
          {Operation::Delete, removePolicy}}},
        {"sys/policy/", {}, {{Operation::Read, listPolicies<Door::Old>}, {Operation::List, listPolicies<Door::Old>}}},
        {"sys/policy/:name+",
         policyFields(Door::Old),
         {{Operation::Read, readPolicy<Door::Old>},
          {Operation::Update, writePolicy<Door::Old>},
          {Operation::List, listBelow<Door::Old>},
          {Operation::Delete, removePolicy}}},
    };
}

} // namespace kith::core
