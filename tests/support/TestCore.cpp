// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include "store/Json.h"

namespace kith::test {

namespace {

std::string text(const core::Response &response, std::string_view name)
{
    const auto *data = response.data ? response.data->if_object() : nullptr;
    const auto *value = data ? data->if_contains(name) : nullptr;
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// As a server reads it.
boost::json::object readObject(std::string_view json)
{
    auto read = store::fromJson(json);
    if (!read || !read->is_object())
        qFatal("no object: %s", std::string(json).c_str());
    return std::move(read->get_object());
}

} // namespace

TestCore::TestCore(Keys keys)
{
    core::CoreOptions options;
    options.file.file = m_folder.filePath(QStringLiteral("core.kith")).toStdString();
    options.file.clock = &m_clock;
    options.rootToken = "root";
    if (keys == Keys::Given)
        options.rootKey = store::SecretKey::random();
    auto opened = core::Core::open(std::move(options));
    if (!opened)
        qFatal("%s", why(opened).constData());
    m_core = std::move(*opened);
}

core::Response TestCore::send(core::Operation operation, std::string path, std::string_view json)
{
    return sendAs("root", operation, std::move(path), json);
}

core::Response TestCore::sendAs(const std::string &token, core::Operation operation, std::string path,
                                std::string_view json)
{
    core::Request request;
    request.operation = operation;
    request.path = std::move(path);
    request.token = token;
    request.data = readObject(json);
    return m_core->handle(request);
}

core::Response TestCore::post(std::string path, boost::json::object data)
{
    core::Request request;
    request.operation = core::Operation::Update;
    request.path = std::move(path);
    request.token = "root";
    request.data = std::move(data);
    return m_core->handle(request);
}

std::string TestCore::create(std::string path, std::string_view json)
{
    return create(std::move(path), readObject(json));
}

std::string TestCore::create(std::string path, boost::json::object data)
{
    return text(post(std::move(path), std::move(data)), "id");
}

std::string TestCore::token(std::string_view json)
{
    const core::Response response = post("auth/token/create", json);
    if (!response.auth)
        qFatal("%s", line(response).constData());
    return std::string(response.auth->fields.at("client_token").as_string());
}

void TestCore::policy(const std::string &name, const std::string &text)
{
    const core::Response response =
        post("sys/policies/acl/" + name, boost::json::object{{"policy", boost::json::string(text)}});
    if (!response.ok())
        qFatal("%s", line(response).constData());
}

std::string TestCore::mount(const std::string &path, std::string_view json)
{
    const core::Response response = post("sys/auth/" + path, json);
    if (!response.ok())
        qFatal("%s", line(response).constData());
    return text(get("sys/auth/" + path), "accessor");
}

QByteArray line(const core::Response &response)
{
    QByteArray text = QByteArray::number(response.status);
    for (const std::string &error : response.errors)
        text += " " + QByteArray::fromStdString(error);
    if (response.data)
        text += " " + QByteArray::fromStdString(boost::json::serialize(*response.data));
    for (const std::string &warning : response.warnings)
        text += " (" + QByteArray::fromStdString(warning) + ")";
    return text;
}

QByteArray member(const core::Response &response, std::string_view name)
{
    const auto *data = response.data ? response.data->if_object() : nullptr;
    const auto *value = data ? data->if_contains(name) : nullptr;
    return value ? QByteArray::fromStdString(boost::json::serialize(*value)) : QByteArray();
}

} // namespace kith::test
