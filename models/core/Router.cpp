// SPDX-License-Identifier: Apache-2.0
#include "core/Router.h"

#include "core/Routes.h"

#include <algorithm>

namespace kith::core {

struct Router::Found {
    Call call;
    Result<const Handler *> handler;
};

namespace {

using Captures = std::map<std::string, std::string, std::less<>>;

Error wrapped(ErrorCode code, int status, const std::string &text)
{
    return {code, status, "1 error occurred:\n\t* " + text + "\n\n", {}};
}

Response toResponse(Result<Response> result)
{
    if (result)
        return std::move(*result);
    Response response;
    response.status = result.error().status;
    if (!result.error().wire.empty())
        response.errors.push_back(std::move(result.error().wire));
    return response;
}

bool isWrite(Operation operation)
{
    return operation == Operation::Create || operation == Operation::Update || operation == Operation::Patch;
}

bool isList(Operation operation)
{
    return operation == Operation::List || operation == Operation::Scan;
}

/// The path as routes match it: a list asks with a slash at the end.
std::string routedPath(const Request &request)
{
    return isList(request.operation) && !request.path.ends_with('/') ? request.path + "/" : request.path;
}

const Handler *handlerFor(const Route &route, Operation operation)
{
    for (const Endpoint &endpoint : route.endpoints)
        if (endpoint.operation == operation ||
            (endpoint.operation == Operation::Update && operation == Operation::Create))
            return &endpoint.handler;
    return nullptr;
}

std::string goList(std::vector<std::string> names)
{
    std::sort(names.begin(), names.end());
    std::string text;
    for (const std::string &name : names)
        text.append(text.empty() ? "" : " ").append(name);
    return "[" + text + "]";
}

/// Warns of parameters that the endpoint doesn't know, and of those that the path overrides (spec/engine.md §0).
std::vector<std::string> parameterWarnings(const Request &request, const Route &route, const Captures &captures)
{
    std::vector<std::string> ignored;
    std::vector<std::string> replaced;
    if (route.parameters == Parameters::Any)
        return {};
    for (const auto &sent : request.data) {
        const std::string name(sent.key());
        if (captures.find(name) != captures.end()) {
            if (!sent.value().is_null())
                replaced.push_back(name);
        } else if (std::none_of(route.fields.begin(), route.fields.end(),
                                [&](const Field &field) { return field.name == name; })) {
            ignored.push_back(name);
        }
    }
    std::vector<std::string> warnings;
    if (!ignored.empty())
        warnings.push_back("Endpoint ignored these unrecognized parameters: " + goList(std::move(ignored)));
    if (!replaced.empty())
        warnings.push_back("Endpoint replaced the value of these parameters with the values captured from the "
                           "endpoint's path: " +
                           goList(std::move(replaced)));
    return warnings;
}

/// The fields of a route with those of its path, which are texts.
std::vector<Field> withPathFields(const Route &route)
{
    std::vector<Field> fields = route.fields;
    std::string_view rest = route.pattern;
    for (auto colon = rest.find(':'); colon != std::string_view::npos; colon = rest.find(':')) {
        rest.remove_prefix(colon + 1);
        const std::string_view name = rest.substr(0, rest.find_first_of("/+"));
        if (std::none_of(fields.begin(), fields.end(), [&](const Field &field) { return field.name == name; }))
            fields.push_back({name, FieldType::Text});
    }
    return fields;
}

Result<std::map<std::string, FieldValue, std::less<>>> fieldValues(const Request &request, const Route &route,
                                                                   const Captures &captures)
{
    std::map<std::string, FieldValue, std::less<>> values;
    for (const Field &field : route.fields) {
        const auto captured = captures.find(field.name);
        if (captured != captures.end()) {
            values.emplace(field.name, captured->second);
            continue;
        }
        const boost::json::value *sent = request.data.if_contains(field.name);
        if (!sent)
            continue;
        auto value = convert(field, *sent);
        if (!value)
            return invalidRequest("Field validation failed: " + value.error().wire);
        if (*value)
            values.emplace(field.name, std::move(**value));
    }
    return values;
}

/// A list without keys is 404, but with a warning it is empty data (spec/engine.md §0).
Response withWarnings(Response response, Operation operation, const std::vector<std::string> &warnings)
{
    if (warnings.empty())
        return response;
    if (response.status == 404 && response.errors.empty() && isList(operation))
        response = Response::of(boost::json::object());
    if (response.ok() && response.data)
        response.warnings.insert(response.warnings.end(), warnings.begin(), warnings.end());
    return response;
}

} // namespace

Router::Router(Engine &engine) : m_engine(engine), m_routes(allRoutes())
{
    for (Route &route : m_routes)
        route.fields = withPathFields(route);
}

Result<void> Router::checkForm(const Request &request)
{
    if (isWrite(request.operation) && request.path.ends_with('/'))
        return invalidRequest("cannot write to a path ending in '/'");
    return {};
}

Error Router::noRoute(std::string_view path, store::Session *session) const
{
    const auto mounted = [&](store::Session &rows) -> Result<bool> {
        auto mounts = rows.query("SELECT 1 FROM mount WHERE namespace = ?1 AND instr(?2 || '/', "
                                 "CASE class WHEN 'auth' THEN 'auth/' ELSE '' END || path) = 1",
                                 RootNamespace, path);
        return mounts.step();
    };
    const bool ours = path == "kith" || path.starts_with("kith/");
    const Result<bool> known = ours ? Result<bool>(true) : session ? mounted(*session) : m_engine.store.read(mounted);
    if (!known)
        return known.error();
    if (*known)
        return wrapped(ErrorCode::UnsupportedPath, 404, "unsupported path");
    return {ErrorCode::UnsupportedPath,
            404,
            "no handler for route \"" + std::string(path) + "\". route entry not found.",
            {}};
}

Router::Found Router::find(const Request &request, const Caller &caller, store::Session *session) const
{
    Found found{Call(*this, request, caller), nullptr};
    const std::string path = routedPath(request);
    if (auto wellFormed = checkForm(request); !wellFormed) {
        found.handler = wellFormed.error();
        return found;
    }
    for (const Route &route : m_routes) {
        const auto captures = match(route.pattern, path);
        if (!captures)
            continue;
        const Handler *handler = handlerFor(route, request.operation);
        if (!handler) {
            found.handler = wrapped(ErrorCode::UnsupportedOperation, 405, "unsupported operation");
            return found;
        }
        auto values = fieldValues(request, route, *captures);
        if (!values) {
            found.handler = values.error();
            return found;
        }
        found.call.m_fields = &route.fields;
        found.call.m_values = std::move(*values);
        found.call.m_warnings = parameterWarnings(request, route, *captures);
        found.handler = handler;
        return found;
    }
    found.handler = noRoute(path, session);
    return found;
}

Result<Response> Router::runHandler(const Handler &handler, const Call &call) const
{
    if (const auto *reads = std::get_if<ReadHandler>(&handler))
        return m_engine.store.read([&](store::Session &session) { return (*reads)(call, session); });
    if (const auto *answers = std::get_if<IdentitiesHandler>(&handler)) {
        if (!m_engine.identities)
            return Error{ErrorCode::Internal, 500, "no identities are open", {}};
        return (*answers)(call, *m_engine.identities);
    }
    if (const auto *engages = std::get_if<EngineHandler>(&handler))
        return (*engages)(call, m_engine);
    // An answer that refuses has to undo the write, though it is no Error: it carries data.
    std::optional<Response> refusal;
    auto written = m_engine.store.write([&](store::WriteSession &session) -> Result<Response> {
        auto response = std::get<WriteHandler>(handler)(call, session);
        if (!response || response->ok())
            return response;
        refusal = std::move(*response);
        return Error{ErrorCode::InvalidRequest, refusal->status, {}, {}};
    });
    if (refusal)
        return std::move(*refusal);
    return written;
}

Response Router::run(const Request &request, const Caller &caller) const
{
    Found found = find(request, caller, nullptr);
    if (!found.handler)
        return toResponse(found.handler.error());
    Response response = toResponse(runHandler(**found.handler, found.call));
    return withWarnings(std::move(response), request.operation, found.call.m_warnings);
}

Response Router::runInside(const Request &request, const Caller &caller, store::WriteSession &session) const
{
    Found found = find(request, caller, &session);
    if (!found.handler)
        return toResponse(found.handler.error());
    const Handler &handler = **found.handler;
    Response response;
    if (const auto *reads = std::get_if<ReadHandler>(&handler))
        response = toResponse((*reads)(found.call, session));
    else if (const auto *writes = std::get_if<WriteHandler>(&handler))
        response = toResponse((*writes)(found.call, session));
    else
        response = toResponse(invalidRequest(request.path + " can't be part of kith/apply"));
    return withWarnings(std::move(response), request.operation, found.call.m_warnings);
}

} // namespace kith::core
