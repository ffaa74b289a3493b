// SPDX-License-Identifier: Apache-2.0
// kith/apply: many requests in one transaction, all or nothing.
//
//   {"requests": [{"operation": "read"|"update"|"patch"|"delete"|"list", "path": "…", "data": {…},
//                  "precondition": {"entity"|"group": "<uuid>", "version": n}}, …]}
//   -> 200 {"responses": [{"status": 204, "data": …, "warnings": […]}, …]}, one a request.
//
// A request sees what those before it did. The first that fails decides the answer: its status and errors, and data
// {"failed_request": its index}; nothing is changed then. Preconditions speak of the state before the first request:
// entity.version or the group's modify_index; another version, or no such object, is 412.
//
// Parts are what reads or writes the store alone. Refused are kith/apply itself, and what can't be undone when a later
// part fails: what is unwrapped has been given away, a login that fails counts, sealing is not a matter of rows.
#include "core/Router.h"
#include "core/Routes.h"
#include "identity/Cancel.h"
#include "store/GoText.h"

namespace kith::core {

namespace json = boost::json;

namespace {

struct Precondition {
    bool group = false; ///< Else an entity.
    std::string uuid;
    std::int64_t version = 0;
};

struct Part {
    Request request;
    std::optional<Precondition> precondition;
};

Response failed(std::size_t index, int status, std::vector<std::string> errors)
{
    Response response = Response::of(json::object{{"failed_request", index}});
    response.status = status;
    response.errors = std::move(errors);
    return response;
}

Response failed(std::size_t index, const Error &error)
{
    Response response = failed(index, error.status, {error.wire});
    response.code = error.code;
    return response;
}

std::optional<Operation> operationOf(const json::value *value)
{
    const json::string *name = value ? value->if_string() : nullptr;
    if (!name)
        return std::nullopt;
    if (*name == "read")
        return Operation::Read;
    if (*name == "update")
        return Operation::Update;
    if (*name == "patch")
        return Operation::Patch;
    if (*name == "delete")
        return Operation::Delete;
    if (*name == "list")
        return Operation::List;
    return std::nullopt;
}

Result<Precondition> parsePrecondition(const json::value &value)
{
    const json::object *object = value.if_object();
    const json::value *version = object ? object->if_contains("version") : nullptr;
    const json::value *entity = object ? object->if_contains("entity") : nullptr;
    const json::value *group = object ? object->if_contains("group") : nullptr;
    const json::value *id = entity ? entity : group;
    if (!version || !version->is_int64() || !id || !store::isText(*id) || (entity && group))
        return invalidRequest("precondition must be {\"entity\" or \"group\": id, \"version\": number}");
    return Precondition{group != nullptr, std::string(id->get_string()), version->get_int64()};
}

Result<Part> parsePart(const Request &outer, const json::value &value)
{
    const json::object *object = value.if_object();
    if (!object)
        return invalidRequest("must be an object");
    const auto operation = operationOf(object->if_contains("operation"));
    if (!operation)
        return invalidRequest("operation must be read, update, patch, delete or list");
    const json::value *path = object->if_contains("path");
    if (!path || !store::isText(*path) || path->get_string().empty())
        return invalidRequest("path must be a text");
    Part part;
    part.request.operation = *operation;
    part.request.path = path->get_string();
    part.request.token = outer.token;
    part.request.ns = outer.ns;
    part.request.peer = outer.peer;
    part.request.progress = outer.progress; // a part may be long too
    if (part.request.path == "kith/apply" || part.request.path == "kith/apply/")
        return invalidRequest("kith/apply can't be part of kith/apply");
    if (const json::value *data = object->if_contains("data"); data && !data->is_null()) {
        if (!data->is_object())
            return invalidRequest("data must be an object");
        part.request.data = data->get_object();
    }
    if (const json::value *condition = object->if_contains("precondition"); condition && !condition->is_null()) {
        auto parsed = parsePrecondition(*condition);
        if (!parsed)
            return parsed.error();
        part.precondition = std::move(*parsed);
    }
    return part;
}

bool holds(const Precondition &condition, NamespaceId ns, store::Session &session)
{
    const auto version =
        condition.group
            ? session.integer("SELECT modify_index FROM identity_group WHERE uuid = ? AND namespace = ?",
                              condition.uuid, ns)
            : session.integer("SELECT version FROM entity WHERE uuid = ? AND namespace = ?", condition.uuid, ns);
    return version == condition.version;
}

/// Runs the parts in order; the answer of the first that fails, or all answers.
Response runParts(const Call &call, store::WriteSession &session, const std::vector<Part> &parts)
{
    Progress *progress = call.request().progress.get();
    if (progress)
        progress->total = static_cast<std::int64_t>(parts.size());
    json::array responses;
    responses.reserve(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (progress && progress->cancelled)
            return failed(i, identity::cancelled());
        Response response = call.router().runInside(parts[i].request, call.caller(), session);
        if (!response.ok()) {
            Response failure = failed(i, response.status, std::move(response.errors));
            failure.code = response.code;
            failure.where = std::move(response.where);
            return failure;
        }
        json::object answer{{"status", response.status}};
        if (response.data)
            answer["data"] = std::move(*response.data);
        if (!response.warnings.empty())
            answer["warnings"] = json::value_from(response.warnings);
        responses.push_back(std::move(answer));
        if (progress) { // a long part counts its own steps meanwhile
            progress->total = static_cast<std::int64_t>(parts.size());
            progress->done = static_cast<std::int64_t>(i) + 1;
        }
    }
    return Response::of(json::object{{"responses", std::move(responses)}});
}

Result<Response> apply(const Call &call, store::WriteSession &session)
{
    const json::value *requests = call.any("requests");
    const json::array *list = requests ? requests->if_array() : nullptr;
    if (!list)
        return invalidRequest("requests must be a list");
    std::vector<Part> parts;
    parts.reserve(list->size());
    for (std::size_t i = 0; i < list->size(); ++i) {
        auto part = parsePart(call.request(), (*list)[i]);
        if (!part)
            return failed(i, part.error().status, {"requests[" + std::to_string(i) + "]: " + part.error().wire});
        parts.push_back(std::move(*part));
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto &condition = parts[i].precondition;
        if (condition && !holds(*condition, call.ns(), session))
            return failed(i, 412,
                          {std::string("the ") + (condition->group ? "group " : "entity ") + condition->uuid +
                           " isn't of version " + std::to_string(condition->version) + " any more"});
    }
    return runParts(call, session, parts);
}

} // namespace

std::vector<Route> applyRoutes()
{
    return {{"kith/apply", {{"requests", FieldType::Any}}, {{Operation::Update, WriteHandler(apply)}}}};
}

} // namespace kith::core
