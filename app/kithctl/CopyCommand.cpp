// SPDX-License-Identifier: Apache-2.0
// Between two cores: everything goes through the identity document, so names count and ids don't.
#include "Commands.h"
#include "Output.h"

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

/// What an import of the one into the other would do.
Result<json::value> planOf(AnyCore &from, const std::string &fromName, AnyCore &into, const std::string &intoName)
{
    auto document = exported(from, fromName);
    if (!document)
        return document.error();
    core::Response response =
        into.send(core::Operation::Update, "kith/import/preview", {{"document", std::move(*document)}});
    if (!response.ok() || !response.data)
        return Error{ErrorCode::InvalidRequest, response.status,
                     response.errors.empty() ? "it can't be compared" : response.errors.front(), intoName};
    return std::move(*response.data);
}

/// "entity alice": of what one has and the other hasn't.
bool printOnly(const json::value &plan, const std::string &where)
{
    bool any = false;
    for (const auto &[kind, list] : {std::pair("mount", "mounts"), std::pair("policy", "policies"),
                                     std::pair("entity", "entities"), std::pair("group", "groups")}) {
        for (const json::value &object : plan.at("create").at(list).as_array()) {
            std::cout << "only in " << where << ": " << kind << ' '
                      << plain(std::string_view(object.at("name").as_string())) << '\n';
            any = true;
        }
    }
    return any;
}

} // namespace

int diff(const Arguments &arguments)
{
    const std::string nameA = arguments.places[0].name();
    const std::string nameB = arguments.places[1].name();
    auto a = openPlace(arguments.places[0], store::Access::ReadOnly);
    if (!a)
        return fail(a.error());
    auto b = openPlace(arguments.places[1], store::Access::ReadOnly);
    if (!b)
        return fail(b.error());
    const auto there = planOf(**a, nameA, **b, nameB);
    if (!there)
        return fail(there.error());
    const auto back = planOf(**b, nameB, **a, nameA);
    if (!back)
        return fail(back.error());
    const bool onlyA = printOnly(*there, plain(nameA));
    const bool onlyB = printOnly(*back, plain(nameB));
    printChanges(*there);
    printProblems(*there);
    const bool changed = !there->at("change").as_array().empty() || !there->at("importable").as_bool();
    if (onlyA || onlyB || changed)
        return Differs;
    std::cout << plain(nameA) << " and " << plain(nameB) << " hold the same identities.\n";
    return Done;
}

int copy(const Arguments &arguments)
{
    const std::string from = arguments.places[0].name();
    auto source = openPlace(arguments.places[0], store::Access::ReadOnly);
    if (!source)
        return fail(source.error());
    auto document = exported(**source, from);
    if (!document)
        return fail(document.error());
    auto target = openPlace(arguments.places[1], arguments.dryRun ? store::Access::ReadOnly : store::Access::ReadWrite);
    if (!target)
        return fail(target.error());
    return arguments.dryRun ? previewImport(**target, std::move(*document), from)
                            : importInto(**target, std::move(*document), from);
}

} // namespace kith::ctl
