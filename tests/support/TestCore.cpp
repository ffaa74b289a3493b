// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

namespace kith::test {

TestCore::TestCore()
{
    core::CoreOptions options;
    options.file.file = m_folder.filePath(QStringLiteral("core.kith")).toStdString();
    options.file.clock = &m_clock;
    options.rootToken = "root";
    auto opened = core::Core::open(std::move(options));
    if (!opened)
        qFatal("%s", why(opened).constData());
    m_core = std::move(*opened);
}

core::Response TestCore::send(core::Operation operation, std::string path, std::string_view json)
{
    core::Request request;
    request.operation = operation;
    request.path = std::move(path);
    request.token = "root";
    request.data = boost::json::parse(json).as_object();
    return m_core->handle(request);
}

std::string TestCore::create(std::string path, std::string_view json)
{
    const core::Response response = post(std::move(path), json);
    const auto *data = response.data ? response.data->if_object() : nullptr;
    const auto *id = data ? data->if_contains("id") : nullptr;
    return id && id->is_string() ? std::string(id->get_string()) : std::string();
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
