// SPDX-License-Identifier: Apache-2.0
#include "WindowCore.h"

#include <QFileInfo>

namespace kith::test {

namespace {

QString textIn(const core::Response &response, const char *key)
{
    if (!response.data || !response.data->is_object())
        return {};
    const auto *value = response.data->get_object().if_contains(key);
    return value != nullptr && value->is_string() ? QString::fromStdString(std::string(value->get_string()))
                                                  : QString();
}

boost::json::array list(const QStringList &texts)
{
    boost::json::array array;
    for (const QString &text : texts)
        array.emplace_back(text.toStdString());
    return array;
}

} // namespace

QString WindowCore::folder() const
{
    return QFileInfo(file()).path();
}

core::Response WindowCore::ask(core::Operation operation, const std::string &path, boost::json::object data)
{
    core::Request request;
    request.operation = operation;
    request.path = path;
    request.data = std::move(data);
    auto answer = await(connection().send(std::move(request)));
    if (answer)
        return *answer;
    core::Response failed;
    failed.status = 599;
    failed.errors = {answer.error().wire};
    return failed;
}

QString WindowCore::post(const std::string &path, boost::json::object data)
{
    const auto answer = ask(core::Operation::Update, path, std::move(data));
    if (!answer.ok())
        qWarning("%s: %d %s", path.c_str(), answer.status, answer.errors.empty() ? "" : answer.errors.front().c_str());
    return textIn(answer, "id");
}

QString WindowCore::addPolicy(const QString &name)
{
    return post("sys/policies/acl/" + name.toStdString(),
                {{"policy", "path \"secret/" + name.toStdString() + "\" { capabilities = [\"read\"] }"}});
}

QString WindowCore::addEntity(const QString &name, std::initializer_list<const char *> policies)
{
    boost::json::array own;
    for (const char *policy : policies)
        own.emplace_back(policy);
    return post("identity/entity", {{"name", name.toStdString()}, {"policies", std::move(own)}});
}

QString WindowCore::addGroup(const QString &name, const QStringList &policies, const QStringList &parents,
                             const QStringList &people)
{
    const QString id =
        post("identity/group",
             {{"name", name.toStdString()}, {"policies", list(policies)}, {"member_entity_ids", list(people)}});
    for (const QString &parent : parents) {
        const auto read = ask(core::Operation::Read, "identity/group/id/" + parent.toStdString());
        boost::json::array members;
        if (read.data && read.data->at("member_group_ids").is_array())
            members = read.data->at("member_group_ids").get_array();
        members.emplace_back(id.toStdString());
        ask(core::Operation::Update, "identity/group/id/" + parent.toStdString(), {{"member_group_ids", members}});
    }
    return id;
}

QString WindowCore::addMount(const QString &path, const QString &type)
{
    ask(core::Operation::Update, "sys/auth/" + path.toStdString(), {{"type", type.toStdString()}});
    const auto mounts = await(directory().mounts());
    if (mounts)
        for (const connection::MountRow &mount : *mounts)
            if (mount.path == path)
                return mount.accessor;
    return {};
}

connection::ObjectRef WindowCore::ref(const QString &uuid)
{
    const auto found = await(directory().byUuids({uuid}));
    return found && !found->empty() ? found->front() : connection::ObjectRef();
}

} // namespace kith::test
