// SPDX-License-Identifier: Apache-2.0
// sys/namespaces: the children of the namespace of the request (and with SCAN theirs).
#include "auth/Tokens.h"
#include "core/LoginPath.h"
#include "core/Router.h"
#include "core/Routes.h"
#include "identity/Mounts.h"
#include "identity/Namespaces.h"
#include "policy/PolicyStore.h"
#include "store/GoText.h"

#include <algorithm>

namespace kith::core {

namespace json = boost::json;

namespace {

using identity::Metadata;
using identity::Namespace;

json::object shownNamespace(const Namespace &ns)
{
    return {{"custom_metadata", json::value_from(ns.customMetadata)},
            {"id", ns.shortId},
            {"locked", false},
            {"path", ns.path},
            {"tainted", false},
            {"uuid", ns.uuid}};
}

/// The name in the path; a slash at its end is none of it.
Result<std::string> nameOf(const Call &call)
{
    std::string name = call.inPath("path");
    if (name.ends_with('/'))
        name.pop_back();
    if (auto possible = identity::checkNamespaceName(name); !possible)
        return possible.error();
    return name;
}

Result<Response> readNamespace(const Call &call, store::Session &session)
{
    const auto name = nameOf(call);
    if (!name)
        return name.error();
    const auto ns = identity::childNamespace(session, call.ns(), *name);
    return ns ? Response::of(shownNamespace(*ns)) : notFound();
}

Result<Metadata> sentMetadata(const Call &call)
{
    Metadata metadata;
    for (const auto &pair : call.object("custom_metadata").value_or(json::object())) {
        if (!store::isText(pair.value()))
            return invalidRequest("custom_metadata values must be strings");
        metadata.emplace(pair.key(), pair.value().get_string());
    }
    return metadata;
}

/// What is there already keeps its id; its metadata is replaced.
Result<Response> saveNamespace(const Call &call, store::WriteSession &session)
{
    const auto name = nameOf(call);
    if (!name)
        return name.error();
    if (auto possible = identity::checkNewNamespaceName(*name); !possible)
        return possible.error();
    auto metadata = sentMetadata(call);
    if (!metadata)
        return metadata.error();
    auto ns = identity::childNamespace(session, call.ns(), *name);
    if (!ns) {
        auto made = identity::createNamespace(session, call.space(), *name);
        if (!made)
            return made.error();
        policy::ensureBuiltInPolicies(session, made->id);
        ns = std::move(*made);
    }
    ns->customMetadata = std::move(*metadata);
    identity::saveCustomMetadata(session, ns->id, ns->customMetadata);
    return Response::of(shownNamespace(*ns));
}

/// RFC 7396: what the request says null of goes.
Result<void> patch(const Call &call, Metadata &metadata)
{
    const json::value *sent = call.request().data.if_contains("custom_metadata");
    if (sent && sent->is_null())
        metadata.clear();
    for (const auto &pair : call.object("custom_metadata").value_or(json::object())) {
        if (pair.value().is_null())
            metadata.erase(pair.key());
        else if (store::isText(pair.value()))
            metadata.insert_or_assign(pair.key(), std::string(pair.value().get_string()));
        else
            return invalidRequest("metadata patch can only have string or null values, got " +
                                  std::string(store::goInterfaceOf(pair.value())));
    }
    return {};
}

Result<Response> patchNamespace(const Call &call, store::WriteSession &session)
{
    const auto name = nameOf(call);
    if (!name)
        return name.error();
    auto ns = identity::childNamespace(session, call.ns(), *name);
    if (!ns)
        return invalidRequest("namespace not found");
    if (auto patched = patch(call, ns->customMetadata); !patched)
        return patched.error();
    identity::saveCustomMetadata(session, ns->id, ns->customMetadata);
    return Response::of(shownNamespace(*ns));
}

/// Done when it is answered, though it is told as something that goes on.
Result<Response> deleteNamespace(const Call &call, store::WriteSession &session)
{
    const auto name = nameOf(call);
    if (!name)
        return name.error();
    const auto ns = identity::childNamespace(session, call.ns(), *name);
    if (!ns) {
        Response response;
        response.warnings.emplace_back("requested namespace does not exist");
        return response;
    }
    if (identity::hasChildren(session, ns->id))
        return invalidRequest("unable to delete namespace containing child namespaces");
    for (const identity::Mount &mount : identity::mounts(session, ns->id, identity::MountClass::Auth))
        forgetMount(call.router().engine(), mount.id, mount.accessor);
    auth::forgetNamespace(session, ns->id);
    identity::deleteNamespace(session, ns->id);
    return Response::of(json::object{{"status", "in-progress"}});
}

json::object keyed(const std::vector<const Namespace *> &found, std::size_t prefix)
{
    if (found.empty())
        return {};
    json::array keys;
    json::object info;
    for (const Namespace *ns : found) {
        keys.emplace_back(ns->path.substr(prefix));
        info.emplace(ns->path.substr(prefix), shownNamespace(*ns));
    }
    return {{"keys", std::move(keys)}, {"key_info", std::move(info)}};
}

Result<Response> listNamespaces(const Call &call, store::Session &session)
{
    const std::vector<Namespace> all = identity::namespaces(session);
    std::vector<const Namespace *> children;
    for (const Namespace &ns : all)
        if (ns.parent == call.ns())
            children.push_back(&ns);
    return children.empty() ? notFound() : Response::of(keyed(children, call.space().path.size()));
}

/// All below, the nearest first.
Result<Response> scanNamespaces(const Call &call, store::Session &session)
{
    const std::vector<Namespace> all = identity::namespaces(session);
    const std::string &own = call.space().path;
    std::vector<const Namespace *> below;
    for (const Namespace &ns : all)
        if (ns.id != call.ns() && ns.path.starts_with(own))
            below.push_back(&ns);
    const auto depth = [](const Namespace *ns) { return std::count(ns->path.begin(), ns->path.end(), '/'); };
    std::stable_sort(below.begin(), below.end(),
                     [&](const Namespace *left, const Namespace *right) { return depth(left) < depth(right); });
    return Response::of(keyed(below, own.size()));
}

} // namespace

std::vector<Route> namespaceRoutes()
{
    return {
        {"sys/namespaces/",
         {},
         {{Operation::List, ReadHandler(listNamespaces)}, {Operation::Scan, ReadHandler(scanNamespaces)}}},
        {"sys/namespaces/:path+",
         {{"custom_metadata", FieldType::Object}},
         {{Operation::Read, ReadHandler(readNamespace)},
          {Operation::Update, WriteHandler(saveNamespace)},
          {Operation::Patch, WriteHandler(patchNamespace)},
          {Operation::Delete, WriteHandler(deleteNamespace)}}},
    };
}

} // namespace kith::core
