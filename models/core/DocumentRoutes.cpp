// SPDX-License-Identifier: Apache-2.0
#include "core/DocumentRoutes.h"

#include "core/Router.h"
#include "identity/Export.h"
#include "identity/ImportApply.h"
#include "identity/ImportPlan.h"
#include "identity/ImportUndo.h"

namespace kith::core {

namespace json = boost::json;
using identity::Document;
using identity::FieldChange;
using identity::ImportPlan;
using identity::ObjectPlan;
using identity::PlanAction;
using identity::Problem;
using identity::Problems;

namespace {

json::object countsOf(const std::vector<ObjectPlan> &objects)
{
    std::int64_t create = 0;
    std::int64_t change = 0;
    for (const ObjectPlan &object : objects) {
        create += object.action == PlanAction::Create ? 1 : 0;
        change += object.action == PlanAction::Change ? 1 : 0;
    }
    const auto all = static_cast<std::int64_t>(objects.size());
    return {{"create", create}, {"change", change}, {"keep", all - create - change}};
}

void addChanged(json::array &changed, const char *kind, const char *list, const std::vector<ObjectPlan> &objects)
{
    for (const ObjectPlan &object : objects) {
        if (object.action != PlanAction::Change)
            continue;
        json::array fields;
        for (const FieldChange &change : object.changes)
            fields.emplace_back(change.toJson());
        changed.emplace_back(json::object{{"kind", kind},
                                          {"name", object.name},
                                          {"id", object.uuid},
                                          {"place", std::string(list) + "[" + std::to_string(object.index) + "]"},
                                          {"fields", std::move(fields)}});
    }
}

/// The objects to be created; `extra(i)` adds to the i-th.
template <class Extra>
json::array created(const std::vector<ObjectPlan> &objects, Extra extra)
{
    json::array out;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        if (objects[i].action != PlanAction::Create)
            continue;
        json::object object{{"name", objects[i].name}};
        extra(i, object);
        out.emplace_back(std::move(object));
    }
    return out;
}

json::object shown(const Problem &problem)
{
    return {{"severity", problem.severity == Problem::Severity::Error ? "error" : "warning"},
            {"code", problem.code},
            {"place", problem.place},
            {"object", problem.object},
            {"text", problem.text}};
}

json::object preview(const Document &document, const ImportPlan &plan, const Problems &problems)
{
    const auto nothing = [](std::size_t, json::object &) {};
    json::object create{
        {"mounts",
         created(plan.mounts, [&](std::size_t i, json::object &object) { object["type"] = plan.mountTypes[i]; })},
        {"policies", created(plan.policies, nothing)},
        {"entities", created(plan.entities, nothing)},
        {"groups", created(plan.groups, [&](std::size_t i, json::object &object) {
             object["type"] = document.groups[i].external ? "external" : "internal";
         })}};
    json::array changed;
    addChanged(changed, "policy", "policies", plan.policies);
    addChanged(changed, "entity", "entities", plan.entities);
    addChanged(changed, "group", "groups", plan.groups);
    json::array list;
    for (const Problem &problem : problems.list())
        list.emplace_back(shown(problem));
    return {{"importable", !problems.hasErrors()},
            {"nothing_to_do", !problems.hasErrors() && plan.changesNothing()},
            {"fingerprint", plan.fingerprint()},
            {"counts", json::object{{"mounts", countsOf(plan.mounts)},
                                    {"policies", countsOf(plan.policies)},
                                    {"entities", countsOf(plan.entities)},
                                    {"groups", countsOf(plan.groups)}}},
            {"create", std::move(create)},
            {"change", std::move(changed)},
            {"problems", std::move(list)},
            {"problems_left_out", problems.leftOut()}};
}

Result<Document> documentOf(const Call &call, Problems &problems)
{
    const json::value *value = call.any("document");
    if (!value || value->is_null())
        return invalidRequest("document is missing");
    if (const json::string *bytes = value->if_string())
        return Document::parse({bytes->data(), bytes->size()}, problems);
    return Document::fromJson(*value, problems);
}

/// What both routes find out first.
struct Planned {
    Document document;
    ImportPlan plan;
    Problems problems; ///< Of the document, and of it with this core.
};

Result<Planned> planned(const Call &call, store::Session &session)
{
    Planned out;
    auto document = documentOf(call, out.problems);
    if (!document)
        return document.error();
    out.document = std::move(*document);
    out.plan = identity::planImport(session, out.document);
    out.problems.append(out.plan.problems);
    return out;
}

Result<Response> previewImport(const Call &call, store::Session &session)
{
    const auto found = planned(call, session);
    if (!found)
        return found.error();
    return Response::of(preview(found->document, found->plan, found->problems));
}

/// With the texts of the first errors; the preview has all.
Response notImportable(json::object data, const Problems &problems)
{
    constexpr std::size_t Shown = 20;
    Response response = Response::of(std::move(data));
    response.status = 400;
    std::size_t more = problems.leftOut();
    for (const Problem &problem : problems.list()) {
        if (problem.severity != Problem::Severity::Error)
            continue;
        if (response.errors.size() < Shown)
            response.errors.push_back(identity::inWords(problem));
        else
            ++more;
    }
    if (more > 0)
        response.errors.push_back("and " + std::to_string(more) + " more");
    return response;
}

Result<Response> import(const Call &call, store::WriteSession &session)
{
    auto found = planned(call, session);
    if (!found)
        return found.error();
    json::object data = preview(found->document, found->plan, found->problems);
    if (call.flag("dry_run").value_or(false))
        return Response::of(std::move(data));
    if (found->problems.hasErrors())
        return notImportable(std::move(data), found->problems);
    const auto agreed = call.text("fingerprint");
    if (agreed && !agreed->empty() && *agreed != found->plan.fingerprint()) {
        Response response = Response::of(std::move(data));
        response.status = 412;
        response.errors.emplace_back("the core was changed since the preview; look at the new one first");
        return response;
    }
    Progress *progress = call.request().progress.get();
    if (progress)
        progress->total = identity::importSteps(found->plan);
    const auto step = [progress] { return !progress || (++progress->done, !progress->cancelled); };
    store::JournalRecorder recorder(session, identity::importTables());
    const auto applied = identity::applyImport(session, found->document, found->plan, step);
    if (applied) {
        if (auto journal = found->plan.changesNothing() ? std::nullopt : recorder.finish())
            data["undo"] = call.router().journals().keep(std::move(*journal));
        return Response::of(std::move(data));
    }
    Problems refusal;
    refusal.add({Problem::Severity::Error, "refused", applied.error().where, {}, applied.error().wire});
    Response response = notImportable(preview(found->document, found->plan, refusal), refusal);
    response.status = applied.error().status;
    return response;
}

Result<Response> undoImport(const Call &call, store::WriteSession &session)
{
    const std::string name = call.text("undo").value_or(std::string());
    store::Journals &journals = call.router().journals();
    const store::Journal *journal = journals.find(name);
    if (!journal)
        return invalidRequest("this import can't be taken back any more: what it did is no longer known; a document "
                              "that says how it was before can be imported");
    store::JournalRecorder recorder(session, identity::importTables());
    const auto overwrite = call.flag("force").value_or(false) ? identity::Overwrite::Yes : identity::Overwrite::No;
    auto leftOut = identity::takeBack(session, *journal, overwrite);
    if (!leftOut)
        return leftOut.error();
    json::object data;
    if (auto back = recorder.finish())
        data["undo"] = journals.keep(std::move(*back), name);
    Response response = Response::of(std::move(data));
    for (const std::string &object : *leftOut)
        response.warnings.push_back(object + " couldn't be put back");
    return response;
}

Result<Response> exported(const Call &call, store::Session &session)
{
    Progress *progress = call.request().progress.get();
    if (progress)
        progress->total = identity::exportSteps(session);
    const auto step = [progress] { return !progress || (++progress->done, !progress->cancelled); };
    json::string text;
    const auto done = identity::exportDocument(
        session,
        [&](std::string_view piece) {
            text.append({piece.data(), piece.size()});
        },
        step);
    if (!done)
        return done.error();
    return Response::of(json::object{{"document", std::move(text)}});
}

} // namespace

std::vector<Route> documentRoutes()
{
    return {
        {"kith/export", {}, {{Operation::Read, ReadHandler(exported)}}},
        {"kith/import/preview", {{"document", FieldType::Any}}, {{Operation::Update, ReadHandler(previewImport)}}},
        {"kith/import",
         {{"document", FieldType::Any}, {"fingerprint"}, {"dry_run", FieldType::Bool}},
         {{Operation::Update, WriteHandler(import)}}},
        {"kith/import/undo", {{"undo"}, {"force", FieldType::Bool}}, {{Operation::Update, WriteHandler(undoImport)}}}};
}

} // namespace kith::core
