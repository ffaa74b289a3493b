// SPDX-License-Identifier: Apache-2.0
#include "NameCheck.h"

#include "ErrorText.h"
#include "connection/Async.h"

namespace kith::views {

namespace {

QString stringIn(const core::Response &response, const char *key)
{
    if (!response.data || !response.data->is_object())
        return {};
    const auto *value = response.data->get_object().if_contains(key);
    if (value == nullptr || !value->is_string())
        return {};
    const auto &text = value->get_string();
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

void whoHasName(connection::Connection &connection, connection::ObjectKind kind, const QString &name, QObject *context,
                std::function<void(const Result<QString> &)> then)
{
    core::Request request;
    request.operation = core::Operation::Read;
    request.path = kind == connection::ObjectKind::Entity ? "identity/entity/name/" : "identity/group/name/";
    request.path += name.toStdString();
    connection::whenReady(connection.send(std::move(request)), context,
                          [then = std::move(then)](const Result<core::Response> &answer) {
                              if (!answer)
                                  then(answer.error());
                              else if (answer->status == 404)
                                  then(QString());
                              else if (!answer->ok())
                                  then(errorOf(*answer));
                              else
                                  then(stringIn(*answer, "id"));
                          });
}

void whoHasAlias(connection::Connection &connection, const QString &alias, const QString &accessor, QObject *context,
                 std::function<void(const Result<AliasOwner> &)> then)
{
    core::Request request;
    request.operation = core::Operation::Update;
    request.path = "identity/lookup/entity";
    request.data["alias_name"] = alias.toStdString();
    request.data["alias_mount_accessor"] = accessor.toStdString();
    connection::whenReady(connection.send(std::move(request)), context,
                          [then = std::move(then)](const Result<core::Response> &answer) {
                              if (!answer)
                                  then(answer.error());
                              else if (!answer->ok())
                                  then(errorOf(*answer));
                              else
                                  then(AliasOwner{stringIn(*answer, "id"), stringIn(*answer, "name")});
                          });
}

} // namespace kith::views
