// SPDX-License-Identifier: Apache-2.0
// Between two cores: everything goes through the identity document, so names count and ids don't.
#include "Commands.h"
#include "Documents.h"
#include "Output.h"
#include "identity/DocumentDifference.h"
#include "store/Json.h"

#include <iostream>
#include <map>
#include <set>

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

/// Gives mounts other names: in their list, where they are listed once, and in every alias.
class MountNames
{
public:
    explicit MountNames(const std::vector<std::pair<std::string, std::string>> &names)
        : m_names(names.begin(), names.end())
    {}

    Result<std::string> changeIn(const std::string &document)
    {
        auto value = store::fromJson(document);
        if (!value)
            return value.error();
        if (json::object *whole = value->if_object()) {
            changeList(*whole);
            eachIn(*whole, "entities", [this](json::object &entity) {
                eachIn(entity, "aliases", [this](json::object &alias) { change(alias, "mount"); });
            });
            eachIn(*whole, "groups", [this](json::object &group) {
                if (json::value *alias = group.if_contains("alias"); alias && alias->is_object())
                    change(alias->get_object(), "mount");
            });
        }
        for (const auto &[from, to] : m_names)
            if (!m_met.contains(from))
                return invalidRequest("nothing that is copied has to do with a mount \"" + from + "\"");
        return store::toJson(*value);
    }

private:
    template <class Function>
    static void eachIn(json::object &object, std::string_view name, Function function)
    {
        if (json::value *list = object.if_contains(name); list && list->is_array())
            for (json::value &value : list->get_array())
                if (json::object *inner = value.if_object())
                    function(*inner);
    }

    void change(json::object &object, std::string_view member)
    {
        const json::value *name = object.if_contains(member);
        const auto found = name && name->is_string() ? m_names.find(std::string(name->get_string())) : m_names.end();
        if (found == m_names.end())
            return;
        m_met.insert(found->first);
        object[member] = found->second;
    }

    void changeList(json::object &whole)
    {
        std::set<std::string> listed;
        json::array kept;
        eachIn(whole, "mounts", [&](json::object &mount) {
            change(mount, "path");
            const json::value *path = mount.if_contains("path");
            if (!path || !path->is_string() || listed.insert(std::string(path->get_string())).second)
                kept.emplace_back(mount);
        });
        if (whole.contains("mounts"))
            whole["mounts"] = std::move(kept);
    }

    std::map<std::string, std::string> m_names;
    std::set<std::string> m_met;
};

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
        document = MountNames(arguments.mounts).changeIn(*document);
    if (!document)
        return fail(document.error());
    auto target = openPlace(to, arguments.dryRun ? store::Access::ReadOnly : store::Access::ReadWrite);
    if (!target)
        return fail(target.error());
    return arguments.dryRun ? previewImport(**target, std::move(*document), from)
                            : importInto(**target, std::move(*document), from);
}

} // namespace kith::ctl
