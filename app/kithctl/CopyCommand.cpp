// SPDX-License-Identifier: Apache-2.0
// Between two cores: everything goes through the identity document, so names count and ids don't.
#include "Commands.h"
#include "Documents.h"
#include "Output.h"
#include "connection/MountNames.h"
#include "identity/DocumentDifference.h"
#include "store/Json.h"

#include <iostream>

namespace kith::ctl {

namespace json = boost::json;

namespace {

Result<std::string> exported(AnyCore &core, const std::string &name)
{
    const core::Response response = core.send(core::Operation::Read, "kith/export");
    if (!response.ok() || !response.data)
        return Error{ErrorCode::InvalidRequest, response.status,
                     response.errors.empty() ? "it can't be exported" : response.errors.front(), name};
    return std::string(response.data->at("document").as_string());
}

/// The identities of a place, as JSON.
Result<json::object> identitiesOf(const Place &place)
{
    const bool isFile = !place.server && isDocument(place.core);
    auto core = isFile ? openDocument(place.name()) : openPlace(place, store::Access::ReadOnly);
    if (!core)
        return core.error();
    const auto document = exported(**core, place.name());
    if (!document)
        return document.error();
    auto value = store::fromJson(*document);
    if (!value)
        return value.error();
    return std::move(value->as_object());
}

/// What is to be copied: of a document just what it says.
Result<std::string> documentOf(const Place &place)
{
    if (!place.server && isDocument(place.core))
        return readDocument(place.name());
    auto source = openPlace(place, store::Access::ReadOnly);
    return source ? exported(**source, place.name()) : Result<std::string>(source.error());
}

} // namespace

int diff(const Arguments &arguments)
{
    using Where = identity::ObjectDifference::Where;
    const auto a = identitiesOf(arguments.places[0]);
    if (!a)
        return fail(a.error());
    const auto b = identitiesOf(arguments.places[1]);
    if (!b)
        return fail(b.error());
    const std::string nameA = plain(arguments.places[0].name());
    const std::string nameB = plain(arguments.places[1].name());
    const auto differences = identity::difference(*a, *b);
    json::array changed;
    for (const identity::ObjectDifference &object : differences) {
        if (object.where != Where::Both) {
            std::cout << "only in " << (object.where == Where::First ? nameA : nameB) << ": " << object.kind << ' '
                      << plain(object.name) << '\n';
            continue;
        }
        json::array fields;
        for (const identity::FieldChange &change : object.changes)
            fields.emplace_back(change.toJson());
        changed.push_back({{"kind", object.kind}, {"name", object.name}, {"fields", std::move(fields)}});
    }
    printChanges(changed);
    if (!differences.empty())
        return Differs;
    std::cout << nameA << " and " << nameB << " hold the same identities.\n";
    return Done;
}

int copy(const Arguments &arguments)
{
    const std::string from = arguments.places[0].name();
    const Place &to = arguments.places[1];
    if (!to.server && isDocument(to.core))
        return fail(plain(to.name()) + " is a document: a copy goes into a core or a server");
    auto document = documentOf(arguments.places[0]);
    if (document && !arguments.mounts.empty())
        document = connection::withMountNames(*document, arguments.mounts);
    if (!document)
        return fail(document.error());
    auto target = openPlace(to, arguments.dryRun ? store::Access::ReadOnly : store::Access::ReadWrite);
    if (!target)
        return fail(target.error());
    return arguments.dryRun ? previewImport(**target, std::move(*document), from)
                            : importInto(**target, std::move(*document), from);
}

} // namespace kith::ctl
