// SPDX-License-Identifier: Apache-2.0
#include "support/LiveConnection.h"

#include "support/TestCore.h"

namespace kith::test {

using connection::ObjectRef;

LiveConnection::LiveConnection()
{
    connection::LocalOptions options;
    options.file = file();
    auto opened = await(connection::LocalConnection::open(options));
    if (!opened)
        qFatal("%s", why(opened).constData());
    m_connection = std::move(*opened);
}

core::Response LiveConnection::send(core::Operation operation, std::string path, std::string_view json)
{
    core::Request request;
    request.operation = operation;
    request.path = path;
    request.data = boost::json::parse(json).as_object();
    auto response = await(m_connection->send(std::move(request)));
    if (!response || !response->ok())
        qFatal("%s: %s", path.c_str(), response ? line(*response).constData() : why(response).constData());
    return std::move(*response);
}

std::string LiveConnection::create(const std::string &path, const std::string &name, const std::string &more)
{
    boost::json::object data = boost::json::parse("{" + more + "}").as_object();
    data["name"] = name;
    const core::Response response = post(path, boost::json::serialize(data));
    return std::string(response.data->at("id").as_string());
}

EntityId LiveConnection::entity(const std::string &name, const std::string &more)
{
    const std::string id = create("identity/entity", name, more);
    return (*await(directory().byUuid(QString::fromStdString(id))))->entity();
}

GroupId LiveConnection::group(const std::string &name, const std::string &more)
{
    const std::string id = create("identity/group", name, more);
    return (*await(directory().byUuid(QString::fromStdString(id))))->group();
}

std::string LiveConnection::uuid(EntityId id)
{
    return await(directory().uuids({ObjectRef::of(id)}))->front().toStdString();
}

std::string LiveConnection::uuid(GroupId id)
{
    return await(directory().uuids({ObjectRef::of(id)}))->front().toStdString();
}

template <class Id>
void LiveConnection::change(GroupId group, const std::string &what, const std::vector<Id> &ids)
{
    boost::json::array list;
    for (const Id id : ids)
        list.emplace_back(uuid(id));
    post("kith/members/" + uuid(group), boost::json::serialize(boost::json::object{{what, list}}));
}

void LiveConnection::addMembers(GroupId group, std::vector<EntityId> entities)
{
    change(group, "add_entity_ids", entities);
}

void LiveConnection::removeMembers(GroupId group, std::vector<EntityId> entities)
{
    change(group, "remove_entity_ids", entities);
}

void LiveConnection::addSubgroups(GroupId parent, std::vector<GroupId> groups)
{
    change(parent, "add_group_ids", groups);
}

void LiveConnection::removeSubgroups(GroupId parent, std::vector<GroupId> groups)
{
    change(parent, "remove_group_ids", groups);
}

void LiveConnection::rename(EntityId id, const std::string &name)
{
    post("identity/entity/id/" + uuid(id), boost::json::serialize(boost::json::object{{"name", name}}));
}

void LiveConnection::rename(GroupId id, const std::string &name)
{
    post("identity/group/id/" + uuid(id), boost::json::serialize(boost::json::object{{"name", name}}));
}

} // namespace kith::test
