// SPDX-License-Identifier: Apache-2.0
#include "connection/RemoteChanges.h"

#include "connection/Answers.h"
#include "connection/Async.h"
#include "connection/RemoteImport.h"
#include "connection/VaultHttp.h"
#include "identity/Entities.h"
#include "identity/Groups.h"
#include "store/Text.h"

#include <QFuture>

#include <algorithm>
#include <array>

namespace kith::connection {

namespace json = boost::json;

namespace {

Error incomplete()
{
    return {ErrorCode::Unreachable, 503, "not everything has been read from the server yet", {}};
}

/// What stands in front of the text of an internal error, and behind it.
std::string unwrapped(const std::string &text)
{
    constexpr std::string_view Before = "1 error occurred:\n\t* ";
    if (!text.starts_with(Before))
        return text;
    std::string inner = text.substr(Before.size());
    while (inner.ends_with('\n'))
        inner.pop_back();
    return inner;
}

} // namespace

core::Response explained(core::Response response)
{
    if (response.status != 500 || response.errors.empty())
        return response;
    constexpr std::array<std::string_view, 8> wrong{
        "invalid entity", "invalid group",   "invalid alias",   "invalid member",
        "is same as",     "custom_metadata", "metadata cannot", "failed to load metadata"};
    const std::string text = unwrapped(response.errors.front());
    if (std::none_of(wrong.begin(), wrong.end(), [&](std::string_view part) { return text.find(part) != text.npos; }))
        return response;
    response.status = 400;
    response.errors = {text};
    response.code = ErrorCode::InvalidRequest;
    return response;
}

RemoteChanges::RemoteChanges(RemoteClient &client, MirrorStore &mirror, Server server)
    : m_client(client), m_mirror(mirror), m_server(server)
{}

bool RemoteChanges::isMirrors(const core::Request &request) const
{
    constexpr std::array<std::string_view, 6> reads{"kith/explain", "kith/who",   "kith/search",
                                                    "kith/export",  "kith/check", "kith/decision"};
    return m_server == Server::Plain && std::find(reads.begin(), reads.end(), request.path) != reads.end();
}

Result<core::Response> RemoteChanges::run(const core::Request &request)
{
    if (isMirrors(request)) {
        if (!m_mirror.isWhole())
            return incomplete();
        return m_mirror.ask(request);
    }
    if (m_client.profile().readOnly && !onlyAsks(request))
        return Error{ErrorCode::PermissionDenied, 403, "this connection is read-only", {}};
    m_ours.clear();
    m_clashes.clear();
    auto answer = runHere(request);
    follow();
    if (answer)
        return explained(std::move(*answer));
    return answer;
}

RemoteChanges::Answer RemoteChanges::runHere(const core::Request &request)
{
    if (m_server == Server::Kith)
        return request.path == "kith/apply" ? applyThere(request) : passOn(request);
    if (request.path == "kith/apply")
        return apply(request);
    if (request.path == RestorePath || request.path.starts_with("kith/members/")) {
        Part part;
        part.operation = request.operation;
        part.path = request.path;
        part.data = request.data;
        return runPart(part);
    }
    if (request.path == "kith/import" || request.path == "kith/import/preview") {
        if (!m_mirror.isWhole())
            return incomplete();
        m_unclear = request.path == "kith/import";
        return RemoteImport(m_client, m_mirror).run(request);
    }
    if (request.path.starts_with("kith/"))
        return refusal(404, "this server has no " + request.path);
    return passOn(request);
}

RemoteChanges::Answer RemoteChanges::passOn(const core::Request &request)
{
    core::Request sent = request;
    sent.path = realPath(sent.path);
    if (!onlyAsks(request))
        touchAll(sent.path, sent.data);
    else if (request.progress)
        request.progress->total = 1; // that may be given up
    const std::string path = request.operation == core::Operation::Read ? sent.path : std::string();
    Answer answer = m_client.ask(std::move(sent));
    noteMounts(path, answer);
    return answer;
}

RemoteChanges::Answer RemoteChanges::ask(core::Operation operation, const std::string &path, Object data)
{
    auto answer = m_client.ask(requestOf(operation, path, std::move(data)));
    if (operation == core::Operation::Read)
        noteMounts(path, answer);
    if (answer)
        return explained(std::move(*answer));
    return answer;
}

std::string RemoteChanges::real(const std::string &uuid) const
{
    const auto found = m_newIds.find(uuid);
    return found == m_newIds.end() ? uuid : found->second;
}

std::string RemoteChanges::realPath(const std::string &path) const
{
    const std::size_t slash = path.rfind('/');
    return slash == path.npos ? path : path.substr(0, slash + 1) + real(path.substr(slash + 1));
}

std::string RemoteChanges::list(const std::vector<std::string> &uuids) const
{
    std::string text;
    for (const std::string &uuid : uuids)
        text += (text.empty() ? "" : ",") + uuid;
    return text;
}

bool RemoteChanges::knowsEntity(const std::string &uuid)
{
    return m_mirror.entityVersion(uuid).has_value();
}

bool RemoteChanges::knowsGroup(const std::string &uuid)
{
    return m_mirror.group(uuid).has_value();
}

/// Notes what a path names; what can't be told makes all unclear.
void RemoteChanges::touch(const std::string &path)
{
    if (path.starts_with(EntityPath))
        m_touchedEntities.insert(path.substr(EntityPath.size()));
    else if (path.starts_with(GroupPath))
        m_touchedGroups.insert(path.substr(GroupPath.size()));
    else if (path.starts_with(EntityAliasPath) || path.starts_with(GroupAliasPath))
        return; // their owners are neighbours
    else if (path.starts_with(PolicyPath))
        m_touchedPolicies.insert(foldCase(path.substr(PolicyPath.size())));
    else if (path.starts_with(MountPath))
        m_touchedMounts = true;
    else if (path.starts_with("identity/") || path.starts_with("kith/") || path.starts_with("sys/"))
        m_unclear = true;
}

/// Whose counters and memberships change with the object, as far as the mirror knows.
void RemoteChanges::touchNeighbours(const std::string &path)
{
    const auto all = [](const std::optional<std::vector<std::string>> &texts, std::set<std::string> &into) {
        if (texts)
            into.insert(texts->begin(), texts->end());
    };
    if (path.starts_with(EntityPath)) {
        if (const auto entity = m_mirror.entity(path.substr(EntityPath.size())))
            all(entity->directGroups, m_touchedGroups);
    } else if (path.starts_with(GroupPath)) {
        if (const auto group = m_mirror.group(path.substr(GroupPath.size()))) {
            all(group->memberGroups, m_touchedGroups);
            all(group->parentGroups, m_touchedGroups);
        }
    } else if (path.starts_with(EntityAliasPath)) {
        if (const auto owner = m_mirror.ownerOfAlias(path.substr(EntityAliasPath.size())); !owner.empty())
            m_touchedEntities.insert(owner);
    } else if (path.starts_with(GroupAliasPath)) {
        if (const auto owner = m_mirror.ownerOfGroupAlias(path.substr(GroupAliasPath.size())); !owner.empty())
            m_touchedGroups.insert(owner);
    }
}

/// What a request that the server itself knows is about to change.
void RemoteChanges::touchAll(const std::string &path, const Object &data)
{
    if (path != MergePath) {
        touchNeighbours(path);
        return touch(path);
    }
    std::vector<std::string> people = textsIn(data, "from_entity_ids");
    m_unclear = m_unclear || people.empty();
    if (const json::value *to = data.if_contains("to_entity_id"); to && to->is_string())
        people.emplace_back(to->get_string());
    for (const std::string &uuid : people) {
        const std::string person = objectPath(false, real(uuid));
        touchNeighbours(person);
        touch(person);
    }
}

/// What stands beside the objects: policies and mounts that were written.
void RemoteChanges::followPolicies(MirrorBatch &batch)
{
    for (const std::string &name : std::exchange(m_touchedPolicies, {})) {
        const Answer answer = ask(core::Operation::Read, std::string(PolicyPath) + name);
        const json::object *data = dataOf(answer);
        if (auto policy = data ? policyOf(*data, name) : std::nullopt)
            batch.policies.push_back({name, std::move(policy)});
        else if (answer && answer->status == 404)
            batch.policies.push_back({name, std::nullopt});
        else
            m_unclear = true;
    }
    if (!std::exchange(m_touchedMounts, false))
        return;
    const Answer answer = ask(core::Operation::Read, "sys/auth");
    if (const json::object *data = dataOf(answer))
        batch.mounts = mountsOf(*data);
    else
        m_unclear = true;
}

void RemoteChanges::follow()
{
    struct Reading {
        bool group;
        std::string uuid;
        Stamp asked;
        QFuture<Answer> answer;
    };
    std::vector<Reading> readings;
    const auto read = [&](bool group, const std::set<std::string> &uuids) {
        for (const std::string &uuid : uuids) {
            const Stamp asked = m_mirror.stamp();
            auto request = requestOf(core::Operation::Read, objectPath(group, uuid));
            readings.push_back({group, uuid, asked, m_client.send(std::move(request))});
        }
    };
    read(false, m_touchedEntities);
    read(true, m_touchedGroups);
    m_touchedEntities.clear();
    m_touchedGroups.clear();
    MirrorBatch batch = std::exchange(m_seen, {});
    followPolicies(batch);
    for (Reading &reading : readings) {
        const Answer answer = blockOn(std::move(reading.answer));
        if (!answer && answer.error().code == ErrorCode::Cancelled)
            continue;
        const json::object *data = dataOf(answer);
        if (answer && answer->status == 404)
            (reading.group ? batch.goneGroups : batch.goneEntities).push_back({reading.asked, reading.uuid});
        else if (!data)
            m_unclear = m_unclear || !answer; // no rights to read it: nothing to be known
        else
            see(batch, reading.group, reading.asked, *data);
    }
    if (!m_mirror.write(batch))
        m_unclear = true;
}

} // namespace kith::connection
