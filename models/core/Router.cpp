// SPDX-License-Identifier: Apache-2.0
#include "core/Router.h"

#include "core/AuditTrail.h"
#include "core/Permission.h"
#include "core/RootPaths.h"
#include "core/Routes.h"
#include "core/TokenPlace.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::core {

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
    response.code = result.error().code;
    response.where = std::move(result.error().where);
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
    if (route.parameters == Parameters::Any && isWrite(request.operation))
        return {};
    for (const auto &sent : request.data) {
        const std::string name(sent.key());
        const auto field = std::find_if(route.fields.begin(), route.fields.end(),
                                        [&](const Field &known) { return known.name == name; });
        if (captures.find(name) != captures.end() ||
            (field != route.fields.end() && field->type == FieldType::InPath)) {
            if (!sent.value().is_null())
                replaced.push_back(name);
        } else if (field == route.fields.end()) {
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
        const std::string_view name = rest.substr(0, rest.find_first_of("/+*"));
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
        if (!sent || field.type == FieldType::InPath)
            continue;
        auto value = convert(field, *sent);
        if (!value) {
            // [Q] Where the real server looks first whether the object exists, that look fails instead.
            const bool looked = route.exists && isWrite(request.operation) && request.operation != Operation::Patch;
            return invalidRequest((looked ? "" : "Field validation failed: ") + value.error().wire);
        }
        if (*value)
            values.emplace(field.name, std::move(**value));
    }
    return values;
}

/// A list without keys is 404, but with a warning it is empty data (spec/engine.md §0).
Response withWarnings(Response response, const Request &request, const Target &target)
{
    const bool emptyList = response.status == 404 && !response.code && response.errors.empty() &&
                           response.warnings.empty() && isList(request.operation);
    const bool answers = response.ok() && response.status != 204 && response.status != 202;
    if (request.data.empty() || !(emptyList || answers))
        return response;
    const auto warnings = parameterWarnings(request, *target.route, target.captures);
    if (emptyList && !warnings.empty())
        response = Response::of(boost::json::object());
    response.warnings.insert(response.warnings.end(), warnings.begin(), warnings.end());
    return response;
}

/// Where logins go raw errors come without their frame.
Error unsupported(const Route &route)
{
    const char *text = "unsupported operation";
    if (route.gate == Gate::Public || route.gate == Gate::Open || route.gate == Gate::Always)
        return {ErrorCode::UnsupportedOperation, 405, text, {}};
    return wrapped(ErrorCode::UnsupportedOperation, 405, text);
}

Error noRoute(std::string_view path, bool mounted)
{
    if (mounted || path == "kith" || path.starts_with("kith/"))
        return wrapped(ErrorCode::UnsupportedPath, 404, "unsupported path");
    return {ErrorCode::UnsupportedPath,
            404,
            "no handler for route \"" + std::string(path) + "\". route entry not found.",
            {}};
}

/// The namespace that a request is carried out in, and the request as that one sees it.
void findSpace(const Request &sent, Target &target)
{
    const identity::MountTable::Location location = target.mounts->locate(sent.ns, sent.path);
    target.space = location.ns;
    if (!location.ns)
        return;
    target.isBelow = location.path.size() != sent.path.size();
    if (target.isBelow || location.ns->path != sent.ns) {
        target.relative = sent;
        target.relative->path = location.path;
        target.relative->ns = location.ns->path;
    }
    const identity::Namespace *place = placeOfToken(target.seen(sent), *target.mounts);
    if (!place || place == location.ns)
        return;
    target.space = place;
    if (!target.relative)
        target.relative = sent;
    target.relative->ns = place->path;
}

/// What is asked of keys: only the root has some.
bool isOfKeys(std::string_view path)
{
    return path.starts_with("sys/generate-root-token") || path.starts_with("sys/key-status") ||
           path.starts_with("sys/rotate");
}

/// Nobody took the record of a request, so it isn't carried out, or what it did is undone.
Error unrecorded()
{
    return {ErrorCode::Io, 500, "internal error", {}};
}

} // namespace

Router::Router(Engine &engine) : m_engine(engine), m_routes(allRoutes()), m_routesByKind(routesByKind())
{
    for (Route &route : m_routes)
        route.fields = withPathFields(route);
    for (auto &[kind, routes] : m_routesByKind)
        for (Route &route : routes)
            route.fields = withPathFields(route);
}

Result<void> Router::checkForm(const Request &request)
{
    if (isWrite(request.operation) && request.path.ends_with('/'))
        return invalidRequest("cannot write to a path ending in '/'");
    return {};
}

Target Router::find(const Request &sent, store::WriteSession *inside) const
{
    Target target;
    if (inside && inside->changes.mounts) {
        target.mounts = identity::MountTable::load(*inside);
    } else {
        auto mounts = m_engine.identities->mounts();
        if (!mounts) {
            target.refusal = mounts.error();
            return target;
        }
        target.mounts = std::move(*mounts);
    }
    findSpace(sent, target);
    if (inside && !target.space) { // deleted since the door was passed
        target.refusal = Error{ErrorCode::NotFound, 404, "namespace not found", {}};
        return target;
    }
    const Request &request = target.seen(sent);
    const std::string path = routedPath(request);
    const bool inRoot = !target.space || !target.space->parent;
    if (!inRoot && placementOf(path) != Placement::Anywhere) {
        target.misplaced = true;
        target.refusal = invalidRequest("operation only available in root namespace");
        return target;
    }
    const identity::MountTable::Place place = target.mounts->find(inRoot ? RootNamespace : target.space->id, path);
    target.mount = place.mount;
    const auto ofKind = place.mount ? m_routesByKind.find(place.mount->kind) : m_routesByKind.end();
    const bool relative = ofKind != m_routesByKind.end();
    for (const Route &route : relative ? ofKind->second : m_routes) {
        auto captures = match(route.pattern, relative ? place.rest : std::string_view(path));
        if (!captures)
            continue;
        target.route = &route;
        target.captures = std::move(*captures);
        target.handler = handlerFor(route, request.operation);
        if (!target.handler)
            target.refusal = unsupported(route);
        else if (!inRoot && isOfKeys(path)) {
            target.handler = nullptr;
            target.refusal = invalidRequest("namespace is not sealable");
        }
        return target;
    }
    target.refusal = noRoute(request.path.empty() && target.isBelow ? request.path : path, target.mount != nullptr);
    return target;
}

std::vector<std::string_view> Router::patternsIn(const identity::MountEntry &mount) const
{
    const auto ofKind = m_routesByKind.find(mount.kind);
    const bool relative = ofKind != m_routesByKind.end();
    const std::string place = relative ? std::string() : mount.fullPath();
    std::vector<std::string_view> patterns;
    for (const Route &route : relative ? ofKind->second : m_routes)
        if (const std::string_view pattern = route.pattern; pattern.starts_with(place) && pattern.size() > place.size())
            patterns.push_back(pattern.substr(place.size()));
    std::sort(patterns.begin(), patterns.end());
    patterns.erase(std::unique(patterns.begin(), patterns.end()), patterns.end());
    return patterns;
}

std::string_view Router::patternIn(const Target &target) const
{
    const std::string_view pattern = target.route->pattern;
    if (!target.mount || m_routesByKind.contains(target.mount->kind))
        return pattern;
    const std::string place = target.mount->fullPath();
    return pattern.starts_with(place) ? pattern.substr(place.size()) : pattern;
}

Result<Operation> Router::operationOf(const Request &request, const Target &target, const Caller &caller,
                                      store::WriteSession *inside) const
{
    if (request.operation != Operation::Update || !target.route || !target.route->exists)
        return request.operation;
    const auto call = callOf(request, target, caller);
    if (!call)
        return call.error();
    const auto ask = [&](store::Session &session) -> Result<bool> { return target.route->exists(*call, session); };
    const auto exists = inside ? ask(*inside) : m_engine.store.read(ask);
    if (!exists)
        return exists.error();
    return *exists ? Operation::Update : Operation::Create;
}

Result<Call> Router::callOf(const Request &request, const Target &target, const Caller &caller) const
{
    auto values = fieldValues(request, *target.route, target.captures);
    if (!values)
        return values.error();
    Call call(*this, request, caller);
    call.m_mounts = target.mounts;
    call.m_space = target.space;
    call.m_mount = target.mount;
    call.m_fields = &target.route->fields;
    call.m_values = std::move(*values);
    return call;
}

Result<Response> Router::runHandler(const Handler &handler, const Call &call) const
{
    if (const auto *reads = std::get_if<ReadHandler>(&handler))
        return m_engine.store.read([&](store::Session &session) { return (*reads)(call, session); });
    if (const auto *finds = std::get_if<EntityHandler>(&handler))
        return m_entityAnswers->answer(*finds, call, m_engine.store);
    if (const auto *answers = std::get_if<IdentitiesHandler>(&handler))
        return (*answers)(call, *m_engine.identities);
    if (const auto *engages = std::get_if<EngineHandler>(&handler))
        return (*engages)(call, m_engine);
    if (const auto *prepares = std::get_if<PreparingHandler>(&handler)) {
        auto prepared = (*prepares)(call, m_engine);
        if (!prepared)
            return prepared.error();
        if (auto *response = std::get_if<Response>(&*prepared))
            return std::move(*response);
        return m_engine.store.write(std::get<Write>(*prepared));
    }
    // An answer that refuses has to undo the write, though it is no Error: it carries data.
    std::optional<Response> refusal;
    auto written = m_engine.store.write([&](store::WriteSession &session) -> Result<Response> {
        refusal.reset(); // it may be tried again
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

Response Router::run(const Request &request, const Target &target, const Caller &caller, DataForm form) const
{
    if (!target.handler)
        return toResponse(*target.refusal);
    auto call = callOf(request, target, caller);
    if (!call)
        return toResponse(call.error());
    call->m_form = form;
    Response response = toResponse(runHandler(*target.handler, *call));
    return withWarnings(std::move(response), request, target);
}

bool Router::isOneWrite(const Target &target)
{
    return target.handler && (std::holds_alternative<WriteHandler>(*target.handler) ||
                              std::holds_alternative<PreparingHandler>(*target.handler));
}

namespace {

/// A write that nobody waits for.
struct LaterRun {
    Call call;
    Write write;
    bool keepsRefusals = false;
    std::optional<Result<Response>> result;

    bool run(store::WriteSession &session)
    {
        result = write(session);
        return result->has_value() && (keepsRefusals || (*result)->ok());
    }
};

} // namespace

void Router::runLater(const Request &request, const Target &target, const Caller &caller,
                      std::function<void(Response)> done) const
{
    auto call = callOf(request, target, caller);
    if (!call) {
        done(toResponse(call.error()));
        return;
    }
    const auto run = std::make_shared<LaterRun>(LaterRun{std::move(*call), {}, false, {}});
    if (const auto *prepares = std::get_if<PreparingHandler>(target.handler)) {
        auto prepared = (*prepares)(run->call, m_engine);
        if (!prepared || std::holds_alternative<Response>(*prepared)) {
            auto answer = prepared ? Result<Response>(std::get<Response>(std::move(*prepared))) : prepared.error();
            done(withWarnings(toResponse(std::move(answer)), request, target));
            return;
        }
        run->write = std::get<Write>(std::move(*prepared));
        run->keepsRefusals = true;
    } else {
        run->write = [handler = std::get<WriteHandler>(*target.handler),
                      call = &run->call](store::WriteSession &session) { return handler(*call, session); };
    }
    m_engine.store.writeLater([run](store::WriteSession &session) { return run->run(session); },
                              [run, done = std::move(done), &request, &target](const Result<void> &ran) {
                                  Response answer = toResponse(ran ? std::move(*run->result) : ran.error());
                                  done(withWarnings(std::move(answer), request, target));
                              });
}

Response Router::runInside(const Request &sent, const Caller &caller, store::WriteSession &session) const
{
    if (auto wellFormed = checkForm(sent); !wellFormed)
        return toResponse(wellFormed.error());
    const Target target = find(sent, &session);
    const Request &request = target.seen(sent);
    if (request.path == "kith/apply")
        return toResponse(invalidRequest("kith/apply can't be part of kith/apply"));
    const auto operation = operationOf(request, target, caller, &session);
    const Permission permission =
        permissionFor(caller, request, operation ? *operation : request.operation, target.gate());
    const AuditVerdict verdict{permission.granted, grantingPolicies(permission, caller)};
    const std::string refusal = refusedByRules().wire;
    const std::string id = m_engine.audit ? newUuid() : std::string();
    AuditEvent event{request, id, caller, &verdict, permission.granted ? nullptr : &refusal, nullptr};
    const auto recorded = [&] { return !m_engine.audit || m_engine.audit->record(event).has_value(); };
    if (!recorded())
        return toResponse(unrecorded());
    Response response =
        permission.granted ? runGranted(request, target, caller, session) : toResponse(refusedByRules());
    event.response = &response;
    return recorded() ? response : toResponse(unrecorded());
}

Response Router::runGranted(const Request &request, const Target &target, const Caller &caller,
                            store::WriteSession &session) const
{
    if (!target.handler)
        return toResponse(*target.refusal);
    const auto call = callOf(request, target, caller);
    if (!call)
        return toResponse(call.error());
    Response response;
    if (const auto *reads = std::get_if<ReadHandler>(target.handler))
        response = toResponse((*reads)(*call, session));
    else if (const auto *finds = std::get_if<EntityHandler>(target.handler))
        response = toResponse(EntityAnswers::answer(*finds, *call, session));
    else if (const auto *writes = std::get_if<WriteHandler>(target.handler))
        response = toResponse((*writes)(*call, session));
    else
        response = toResponse(invalidRequest(request.path + " can't be part of kith/apply"));
    return withWarnings(std::move(response), request, target);
}

} // namespace kith::core
