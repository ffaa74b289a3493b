// SPDX-License-Identifier: Apache-2.0
#include "connection/RemoteImport.h"

#include "connection/Answers.h"
#include "connection/ImportReduction.h"
#include "connection/RemoteChanges.h"
#include "policy/PolicyStore.h"
#include "store/Json.h"
#include "store/Text.h"

#include <QDateTime>
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
    const auto addTo = [](json::object *shown, json::array warnings) {
        if (json::value *problems = shown ? shown->if_contains("problems") : nullptr; problems && problems->is_array())
            for (json::value &warning : warnings)
                problems->get_array().push_back(std::move(warning));
    };
    json::array leftOut = leaveOut(value);
    core::Response answer = preview(value);
    json::object *shown = answer.data ? answer.data->if_object() : nullptr;
    addTo(shown, std::move(leftOut));
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
    addTo(shown, m_warnings);
    if (m_failed.empty() && goesOn())
        return answer;
    answer.status = 502;
    for (const json::value &failure : m_failed)
        answer.errors.push_back(std::string(failure.at("name").as_string()) + ": " +
                                std::string(failure.at("text").as_string()));
    if (answer.errors.empty())
        answer.errors.emplace_back("cancelled");
    (*shown)["failed"] = m_failed;
    (*shown)["done"] = m_written.size();
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
        if (const Failure failure = doOne(i))
            failed(kind, plans[i].name, *failure);
        else
            written(kind, plans[i].name);
        if (m_progress)
            ++m_progress->done;
    });
}

void RemoteImport::failed(const char *kind, const std::string &name, const std::string &text)
{
    const std::lock_guard lock(m_mutex);
    m_failed.push_back({{"kind", kind}, {"name", name}, {"text", text}});
    std::string key = std::string(kind) + " " + name;
    m_written.erase(key);
    m_broken.insert(std::move(key));
}

/// A group is written in two steps, and counts once, when both are done.
void RemoteImport::written(const char *kind, const std::string &name)
{
    std::string key = std::string(kind) + " " + name;
    const std::lock_guard lock(m_mutex);
    if (!m_broken.contains(key))
        m_written.insert(std::move(key));
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

/// A write takes what it doesn't mention back to its default, so all is said, as it is or as it is to be. The server
/// compares the version where it counts them.
RemoteImport::Failure RemoteImport::doPolicy(std::size_t index)
{
    const ObjectPlan &plan = m_plan.policies[index];
    const document::Policy &policy = m_document.policies[index];
    const Nanoseconds now = QDateTime::currentMSecsSinceEpoch() * 1'000'000;
    auto found = m_mirror.core().store().read([&](store::Session &session) {
        return Result<std::optional<policy::StoredPolicy>>(policy::findStoredPolicy(session, policy.name, now));
    });
    const auto current = found && *found ? **found : policy::StoredPolicy();
    json::object body{{"policy", policy.text}, {"cas", plan.action == PlanAction::Create ? -1 : plan.version}};
    const auto flag = [&](const char *name, const std::optional<bool> &stated, bool stored) {
        if (stated.value_or(stored))
            body[name] = true;
    };
    flag("cas_required", policy.casRequired, current.casRequired);
    flag("allow_slashes_in_identity_templates", policy.allowSlashes, current.allowSlashes);
    flag("allow_wildcards_in_identity_templates", policy.allowWildcards, current.allowWildcards);
    if (const auto expires = policy.expires ? policy.expires : current.expires)
        body["expiration"] = toRfc3339(*expires);
    Failure failure = post("sys/policies/acl/" + policy.name, std::move(body));
    return failure && failure->find("check-and-set parameter") != std::string::npos
               ? Failure("somebody has changed it meanwhile")
               : failure;
}

void RemoteImport::warn(const char *code, const std::string &object, const std::string &text)
{
    const std::lock_guard lock(m_mutex);
    m_warnings.push_back(importWarning(code, object, text));
}

} // namespace kith::connection
