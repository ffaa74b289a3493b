// SPDX-License-Identifier: Apache-2.0
#include "connection/Requests.h"

namespace kith::connection {

namespace json = boost::json;

json::string toJson(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    return json::string(utf8.constData(), static_cast<std::size_t>(utf8.size()));
}

json::array toJson(const QStringList &texts)
{
    json::array array;
    array.reserve(static_cast<std::size_t>(texts.size()));
    for (const QString &text : texts)
        array.emplace_back(toJson(text));
    return array;
}

json::object toJson(const Metadata &metadata)
{
    json::object object;
    for (const auto &[key, value] : metadata)
        object[std::string_view(toJson(key))] = toJson(value);
    return object;
}

QString textOf(const json::value &value)
{
    const json::string *text = value.if_string();
    return text ? QString::fromUtf8(text->data(), static_cast<qsizetype>(text->size())) : QString();
}

static json::object part(const char *operation, const QString &path)
{
    return {{"operation", operation}, {"path", toJson(path)}};
}

json::object readPart(const QString &path)
{
    return part("read", path);
}

json::object deletePart(const QString &path)
{
    return part("delete", path);
}

json::object updatePart(const QString &path, json::object data)
{
    json::object result = part("update", path);
    result["data"] = std::move(data);
    return result;
}

json::object updatePart(const QString &path, json::object data, const Precondition &precondition)
{
    json::object result = updatePart(path, std::move(data));
    const char *kind = precondition.kind == ObjectKind::Entity ? "entity" : "group";
    result["precondition"] = json::object{{kind, toJson(precondition.uuid)}, {"version", precondition.version}};
    return result;
}

core::Request applyRequest(json::array parts)
{
    core::Request request;
    request.operation = core::Operation::Update;
    request.path = "kith/apply";
    request.data["requests"] = std::move(parts);
    return request;
}

json::array applyAnswers(const core::Response &response)
{
    if (!response.data || !response.data->is_object())
        return {};
    const json::value *responses = response.data->as_object().if_contains("responses");
    return responses && responses->is_array() ? responses->as_array() : json::array();
}

} // namespace kith::connection
