// SPDX-License-Identifier: Apache-2.0
#include "connection/RemoteImport.h"

#include "connection/Answers.h"
#include "connection/RemoteChanges.h"
#include "store/Json.h"
#include "store/Text.h"

#include <QtConcurrent/QtConcurrentMap>

#include <algorithm>

namespace kith::connection {

namespace json = boost::json;
using core::Operation;
using identity::ObjectPlan;
using identity::PlanAction;
namespace document = identity::document;

namespace {

constexpr int AtATime = 6;

template <class Function>
void eachIn(json::object &object, std::string_view name, Function function)
{
    if (json::value *list = object.if_contains(name); list && list->is_array())
        for (json::value &value : list->get_array())
            if (json::object *inner = value.if_object())
                function(*inner);
}

/// Aliases whose mount is gone go; a warning for each.
void dropOrphans(json::object &entity, json::array &warnings)
{
    json::value *list = entity.if_contains("aliases");
    if (!list || !list->is_array())
        return;
    json::array kept;
    for (json::value &alias : list->get_array()) {
        if (!alias.is_object() || !textIn(alias.get_object(), "mount").empty()) {
            kept.push_back(std::move(alias));
            continue;
        }
        warnings.push_back({{"severity", "warning"},
                            {"code", "orphan-alias"},
                            {"place", ""},
                            {"object", "entity " + inQuotes(textIn(entity, "name"))},
                            {"text", "the alias " + inQuotes(textIn(alias.get_object(), "name")) +
                                         " has no mount any more: no server takes such a one, it is left out"}});
    }
    *list = std::move(kept);
}

/// Without what a plain server takes from nobody; a warning for what somebody might miss.
json::array reduce(json::value &value)
{
    json::array warnings;
    json::object *whole = value.if_object();
    if (!whole)
        return warnings;
    eachIn(*whole, "entities", [&](json::object &entity) {
        dropOrphans(entity, warnings);
        eachIn(entity, "aliases", [](json::object &alias) { alias.erase("metadata"); });
    });
    eachIn(*whole, "groups", [](json::object &group) {
        if (json::value *alias = group.if_contains("alias"); alias && alias->is_object()) {
            alias->get_object().erase("metadata");
            alias->get_object().erase("custom_metadata");
            if (textIn(alias->get_object(), "mount").empty())
                group.erase("alias");
        }
        if (textIn(group, "type") == "external")
            group.erase("member_entities");
    });
    return warnings;
}

} // namespace

RemoteImport::RemoteImport(RemoteClient &client, MirrorStore &mirror) : m_client(client), m_mirror(mirror)
{
    m_pool.setMaxThreadCount(AtATime);
}

core::Response RemoteImport::preview(const json::value &value)
{
    return m_mirror.ask(requestOf(Operation::Update, "kith/import/preview", {{"document", value}}));
}

RemoteImport::Answer RemoteImport::run(const core::Request &request)
{
    m_progress = request.progress;
    const json::value *given = request.data.if_contains("document");
    json::value value = given ? *given : json::value();
    if (const json::string *bytes = value.if_string()) {
        // Of what can't be read the core says what is wrong with it.
        if (auto read = store::fromJson({bytes->data(), bytes->size()}); read && read->is_object())
            value = std::move(*read);
    }
    json::array warnings = reduce(value);
    core::Response answer = preview(value);
    json::object *shown = answer.data ? answer.data->if_object() : nullptr;
    if (json::value *problems = shown ? shown->if_contains("problems") : nullptr; problems && problems->is_array())
        for (json::value &warning : warnings)
            problems->get_array().push_back(std::move(warning));
    if (!answer.ok() || !shown || request.path == "kith/import/preview")
        return answer;
    if (const json::value *importable = shown->if_contains("importable"); !importable || !importable->as_bool()) {
        answer.status = 400;
        for (const json::value &problem : shown->at("problems").as_array())
            answer.errors.emplace_back(problem.at("text").as_string());
        return answer;
    }
    const json::value *fingerprint = request.data.if_contains("fingerprint");
    if (fingerprint && fingerprint->is_string() && !fingerprint->get_string().empty() &&
        shown->at("fingerprint") != *fingerprint) {
        answer.status = 412;
        answer.errors = {"the server has changed since the preview"};
        return answer;
    }
    identity::Problems problems;
    m_document = identity::Document::fromJson(value, problems);
    auto plan = m_mirror.core().store().read([&](store::Session &session) -> Result<identity::ImportPlan> {
        return identity::planImport(session, m_document);
    });
    if (!plan)
        return plan.error();
    m_plan = std::move(*plan);
    doPlan();
    if (m_failed.empty() && goesOn())
        return answer;
    answer.status = 502;
    for (const json::value &failure : m_failed)
        answer.errors.push_back(std::string(failure.at("name").as_string()) + ": " +
                                std::string(failure.at("text").as_string()));
    if (answer.errors.empty())
        answer.errors.emplace_back("cancelled");
    (*shown)["failed"] = m_failed;
    (*shown)["done"] = m_done;
    return answer;
}

bool RemoteImport::goesOn() const
{
    const std::lock_guard lock(m_mutex);
    return !m_lost && !(m_progress && m_progress->cancelled);
}

void RemoteImport::doPlan()
{
    if (m_progress)
        m_progress->total = static_cast<std::int64_t>(m_plan.mounts.size() + m_plan.policies.size() +
                                                      m_plan.entities.size() + 2 * m_plan.groups.size());
    eachOf("mount", m_plan.mounts, [this](std::size_t i) { return doMount(i); });
    readMounts();
    eachOf("policy", m_plan.policies, [this](std::size_t i) { return doPolicy(i); });
    eachOf("entity", m_plan.entities, [this](std::size_t i) { return doEntity(i); });
    // All groups first, then who is in them.
    eachOf("group", m_plan.groups, [this](std::size_t i) { return doGroup(i); });
    eachOf("group", m_plan.groups, [this](std::size_t i) { return doMembers(i); });
}

void RemoteImport::eachOf(const char *kind, const std::vector<ObjectPlan> &plans,
                          const std::function<Failure(std::size_t)> &doOne)
{
    std::vector<std::size_t> wanted;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        if (plans[i].action != PlanAction::Keep)
            wanted.push_back(i);
        else if (m_progress)
            ++m_progress->done;
    }
    QtConcurrent::blockingMap(&m_pool, wanted, [&](std::size_t i) {
        if (!goesOn())
            return;
        if (const Failure failure = doOne(i)) {
            failed(kind, plans[i].name, *failure);
        } else {
            const std::lock_guard lock(m_mutex);
            ++m_done;
        }
        if (m_progress)
            ++m_progress->done;
    });
}

void RemoteImport::failed(const char *kind, const std::string &name, const std::string &text)
{
    const std::lock_guard lock(m_mutex);
    m_failed.push_back({{"kind", kind}, {"name", name}, {"text", text}});
}

RemoteImport::Answer RemoteImport::ask(Operation operation, std::string path, Object data)
{
    auto answer = m_client.ask(requestOf(operation, std::move(path), std::move(data)));
    if (answer)
        return explained(std::move(*answer));
    const std::lock_guard lock(m_mutex);
    m_lost = true;
    return answer;
}

RemoteImport::Failure RemoteImport::post(const std::string &path, Object data)
{
    const Answer answer = ask(Operation::Update, path, std::move(data));
    return answer && answer->ok() ? Failure() : Failure(failureText(answer));
}

void RemoteImport::readMounts()
{
    MirrorBatch batch;
    const Answer answer = ask(Operation::Read, "sys/auth");
    if (const json::object *data = dataOf(answer))
        batch.mounts = mountsOf(*data);
    auto known = m_mirror.core().store().read([&](store::Session &session) -> Result<std::vector<MirrorMount>> {
        std::vector<MirrorMount> mounts;
        store::Query rows = session.query("SELECT path, accessor FROM mount WHERE class = 'auth'");
        while (rows.step())
            mounts.push_back({std::string(rows.text(0)), {}, std::string(rows.text(1)), {}, false});
        return mounts;
    });
    for (const auto &mounts :
         {known ? *known : std::vector<MirrorMount>(), batch.mounts.value_or(std::vector<MirrorMount>())})
        for (const MirrorMount &mount : mounts)
            m_accessors[mount.path.substr(0, mount.path.size() - 1)] = mount.accessor;
    if (auto written = m_mirror.write(batch); !written)
        failed("mount", "", written.error().wire);
}

std::string RemoteImport::accessorOf(const document::Alias &alias) const
{
    if (alias.mount.empty())
        return alias.accessor;
    const auto found = m_accessors.find(alias.mount);
    return found == m_accessors.end() ? std::string() : found->second;
}

RemoteImport::Failure RemoteImport::doMount(std::size_t index)
{
    const ObjectPlan &plan = m_plan.mounts[index];
    json::object body{{"type", m_plan.mountTypes[index]}};
    const auto item = std::find_if(m_document.mounts.begin(), m_document.mounts.end(),
                                   [&](const document::Mount &mount) { return mount.path == plan.name; });
    if (item != m_document.mounts.end()) {
        body["description"] = item->description;
        body["local"] = item->local;
    }
    Failure failure = post("sys/auth/" + plan.name, std::move(body));
    if (failure && failure->find("plugin") != std::string::npos)
        *failure += "; a mount of another type there does as well, enable one first";
    return failure;
}

RemoteImport::Failure RemoteImport::doPolicy(std::size_t index)
{
    const document::Policy &policy = m_document.policies[index];
    json::object body{{"policy", policy.text}};
    if (policy.casRequired && *policy.casRequired)
        body["cas_required"] = true;
    return post("sys/policies/acl/" + policy.name, std::move(body));
}

} // namespace kith::connection
