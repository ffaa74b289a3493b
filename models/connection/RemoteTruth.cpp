// SPDX-License-Identifier: Apache-2.0
#include "connection/RemoteTruth.h"

#include "connection/Answers.h"
#include "connection/Async.h"
#include "connection/Conversions.h"
#include "connection/EachIn.h"
#include "connection/Requests.h"
#include "identity/Entities.h"
#include "identity/Identities.h"

#include <algorithm>

namespace kith::connection {

namespace json = boost::json;
using core::Operation;

namespace {

/// The answer's data, or why there is none.
Result<json::object> requireData(Result<core::Response> answer)
{
    if (!answer)
        return answer.error();
    if (!answer->ok())
        return errorOf(*answer);
    json::object *data = answer->data ? answer->data->if_object() : nullptr;
    if (!data)
        return Error{ErrorCode::NotFound, 404, {}, {}};
    return std::move(*data);
}

QStringList sorted(const std::vector<std::string> &texts)
{
    QStringList list;
    for (const std::string &text : texts)
        list += toQt(text);
    list.sort();
    return list;
}

// An object that doesn't exist: what counts is the rule for its path.
constexpr const char *AnyId = "00000000-0000-4000-8000-000000000000";

/// What a list of capabilities grants.
class Granted
{
public:
    explicit Granted(const json::object &answer) : m_answer(answer) {}
    bool may(const std::string &path, std::string_view capability) const
    {
        const json::value *list = m_answer.if_contains(path);
        if (!list || !list->is_array())
            return true; // it wasn't said
        const auto &all = list->get_array();
        return std::any_of(all.begin(), all.end(), [&](const json::value &one) {
            return one.is_string() && (one.get_string() == capability || one.get_string() == "root");
        });
    }
    /// Of what only they may who have `sudo` on the path, too.
    bool maySudo(const std::string &path, std::string_view capability) const
    {
        return may(path, capability) && may(path, "sudo");
    }

private:
    const json::object &m_answer;
};

Result<json::object> askRights(RemoteClient &client, const std::vector<std::string> &paths)
{
    return requireData(client.ask(
        requestOf(Operation::Update, "sys/capabilities-self", {{"paths", json::array(paths.begin(), paths.end())}})));
}

/// Without its groups.
MirrorBatch::Change changeOf(const json::object &shown)
{
    const bool renewal = textIn(shown, "by") == "renewal";
    MirrorBatch::Change change;
    change.alias = textIn(shown, "alias_id");
    change.time = fromRfc3339(textIn(shown, "time")).value_or(0);
    change.by = renewal ? identity::RefreshedBy::Renewal : identity::RefreshedBy::Login;
    return change;
}

} // namespace

Result<std::vector<ObjectRights>> readRightsOf(RemoteClient &client, const std::vector<std::string> &paths)
{
    const auto answer = askRights(client, paths);
    if (!answer)
        return answer.error();
    const Granted granted(*answer);
    std::vector<ObjectRights> rights;
    rights.reserve(paths.size());
    for (const std::string &path : paths)
        rights.push_back({granted.may(path, "update"), granted.may(path, "delete")});
    return rights;
}

Result<std::vector<ObjectRights>> readMountRights(RemoteClient &client, const std::vector<std::string> &mounts)
{
    std::vector<std::string> paths;
    for (const std::string &mount : mounts)
        for (const char *further : {"", "/tune"})
            paths.push_back("sys/auth/" + mount + further);
    const auto answer = askRights(client, paths);
    if (!answer)
        return answer.error();
    const Granted granted(*answer);
    std::vector<ObjectRights> rights;
    for (std::size_t i = 0; i < paths.size(); i += 2)
        rights.push_back({granted.maySudo(paths[i + 1], "update"), granted.maySudo(paths[i], "delete")});
    return rights;
}

Result<Rights> readRights(RemoteClient &client)
{
    const std::string entity = std::string("identity/entity/id/") + AnyId;
    const std::string group = std::string("identity/group/id/") + AnyId;
    const std::string alias = std::string("identity/entity-alias/id/") + AnyId;
    const std::string groupAlias = std::string("identity/group-alias/id/") + AnyId;
    const auto answer =
        askRights(client, {"identity/entity/id", entity, "identity/entity", "identity/entity-alias", alias,
                           "identity/group/id", group, "identity/group", "identity/group-alias", groupAlias,
                           "identity/entity/merge", "sys/auth", "sys/auth/x", "sys/auth/x/tune", "sys/policies/acl/x"});
    if (!answer)
        return answer.error();
    const Granted granted(*answer);
    Rights rights;
    rights.listEntities = granted.may("identity/entity/id", "list");
    rights.listGroups = granted.may("identity/group/id", "list");
    rights.createEntities = granted.may("identity/entity", "update");
    rights.changeEntities = granted.may(entity, "update");
    rights.deleteEntities = granted.may(entity, "delete");
    rights.createGroups = granted.may("identity/group", "update");
    rights.changeGroups = granted.may(group, "update");
    rights.deleteGroups = granted.may(group, "delete");
    rights.createAliases = granted.may("identity/entity-alias", "update");
    rights.changeAliases = granted.may(alias, "update");
    rights.deleteAliases = granted.may(alias, "delete");
    rights.createGroupAliases = granted.may("identity/group-alias", "update");
    rights.changeGroupAliases = granted.may(groupAlias, "update");
    rights.deleteGroupAliases = granted.may(groupAlias, "delete");
    rights.mergeEntities = granted.may("identity/entity/merge", "update");
    rights.readPolicies = granted.may("sys/policies/acl/x", "read");
    rights.writePolicies = granted.may("sys/policies/acl/x", "update");
    rights.deletePolicies = granted.may("sys/policies/acl/x", "delete");
    rights.readMounts = granted.may("sys/auth", "read");
    rights.enableMounts = granted.maySudo("sys/auth/x", "update");
    rights.tuneMounts = granted.maySudo("sys/auth/x/tune", "update");
    rights.disableMounts = granted.maySudo("sys/auth/x", "delete");
    return rights;
}

Result<GroupComparison> compareGroups(RemoteClient &client, MirrorStore &mirror, const std::string &entityUuid)
{
    const Stamp asked = mirror.stamp();
    const auto data = requireData(client.ask(requestOf(Operation::Read, "identity/entity/id/" + entityUuid)));
    if (!data)
        return data.error();
    const auto entity = entityOf(*data);
    if (!entity)
        return Error{ErrorCode::NotFound, 404, {}, {}};
    GroupComparison result;
    result.serverDirect = sorted(entity->directGroups);
    result.serverInherited = sorted(entity->inheritedGroups);
    MirrorBatch batch;
    batch.entities.push_back({asked, *entity});
    if (auto written = mirror.write(batch); !written)
        return written.error();
    const auto ours = mirror.entity(entityUuid);
    if (ours) {
        result.ourDirect = sorted(ours->directGroups);
        result.ourInherited = sorted(ours->inheritedGroups);
    }
    return result;
}

Result<void> readWays(RemoteClient &client, MirrorStore &mirror, ObjectKind kind, const std::string &uuid)
{
    const bool entity = kind == ObjectKind::Entity;
    const auto answer =
        client.ask(requestOf(Operation::Update, "kith/explain", {{entity ? "entity" : "group", json::string(uuid)}}));
    if (!answer)
        return answer.error();
    const json::object *data = dataOf(answer);
    if (!data)
        return {};
    MirrorBatch batch;
    eachIn(*data, "external", [&](const json::object &shown) {
        batch.ways.push_back({entity ? textIn(shown, "group_id") : uuid, entity ? uuid : textIn(shown, "entity_id"),
                              textIn(shown, "alias"), fromRfc3339(textIn(shown, "since")),
                              fromRfc3339(textIn(shown, "refreshed"))});
    });
    eachIn(*data, "changes", [&](const json::object &shown) {
        MirrorBatch::Change change = changeOf(shown);
        for (const bool joined : {true, false})
            eachIn(shown, joined ? "joined" : "left", [&](const json::object &group) {
                (joined ? change.joined : change.left).push_back(textIn(group, "group_id"));
            });
        batch.changes.push_back(std::move(change));
    });
    if (const json::value *shown = data->if_contains("change"); shown && shown->is_object()) {
        MirrorBatch::Change change = changeOf(shown->get_object());
        (flagIn(shown->get_object(), "joined") ? change.joined : change.left).push_back(uuid);
        batch.lastMembers.push_back(std::move(change));
    }
    return batch.empty() ? Result<void>() : mirror.write(batch);
}

Result<TokenTruth> readToken(RemoteClient &client, const QByteArray &token, const QString &accessor,
                             const QStringList &paths)
{
    auto found = blockOn(token.isEmpty() ? lookUpAccessor(client, accessor) : lookUpToken(client, token));
    if (!found)
        return found.error();
    TokenTruth truth;
    truth.token = std::move(*found);
    if (paths.isEmpty())
        return truth;
    json::object question{{"paths", toJson(paths)}};
    question["accessor"] = toJson(truth.token.accessor);
    const auto answer =
        requireData(client.ask(requestOf(Operation::Update, "sys/capabilities-accessor", std::move(question))));
    if (!answer)
        return answer.error();
    for (const QString &path : paths) {
        QStringList capabilities;
        for (const std::string &text : textsIn(*answer, toStd(path)))
            capabilities += toQt(text);
        truth.capabilities[path] = capabilities;
    }
    return truth;
}

} // namespace kith::connection
