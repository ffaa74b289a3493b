// SPDX-License-Identifier: Apache-2.0
#include "connection/VaultHttp.h"

#include "store/Json.h"

#include <QUrlQuery>

#include <algorithm>
#include <array>
#include <string_view>

namespace kith::connection {

namespace json = boost::json;
using core::Operation;

namespace {

constexpr std::string_view OutcomeUnknownText =
    "the connection broke before the answer came: whether the server has done it is not known";
constexpr std::string_view UnseenText = "; nothing of it is to be seen there yet";

std::string textOf(const json::value &value)
{
    return value.is_string() ? std::string(value.get_string()) : store::toJson(value);
}

std::string queryOf(const core::Request &request)
{
    std::string query;
    const auto add = [&query](const QByteArray &name, const QByteArray &value) {
        query += query.empty() ? "?" : "&";
        query += (name.toPercentEncoding() + '=' + value.toPercentEncoding()).toStdString();
    };
    if (request.operation == Operation::List)
        add("list", "true");
    if (request.operation == Operation::Scan)
        add("scan", "true");
    for (const auto &member : request.data)
        add(QByteArray(member.key().data(), static_cast<qsizetype>(member.key().size())),
            QByteArray::fromStdString(textOf(member.value())));
    return query;
}

QByteArray methodOf(Operation operation)
{
    switch (operation) {
    case Operation::Create:
    case Operation::Update:
        return "POST";
    case Operation::Patch:
        return "PATCH";
    case Operation::Delete:
        return "DELETE";
    case Operation::Head:
        return "HEAD";
    case Operation::Read:
    case Operation::List:
    case Operation::Scan:
        break;
    }
    return "GET";
}

std::vector<std::string> texts(const json::object &answer, std::string_view name)
{
    std::vector<std::string> result;
    if (const auto *list = answer.if_contains(name); list && list->is_array())
        for (const json::value &text : list->get_array())
            result.push_back(textOf(text));
    return result;
}

void readEnvelope(json::object &answer, core::Response &response)
{
    if (auto *data = answer.if_contains("data"); data && !data->is_null())
        response.data = std::move(*data);
    if (auto *auth = answer.if_contains("auth"); auth && auth->is_object())
        response.auth = core::Auth{std::move(auth->get_object())};
    if (auto *wrap = answer.if_contains("wrap_info"); wrap && wrap->is_object())
        response.wrapInfo = std::move(wrap->get_object());
    if (const auto *id = answer.if_contains("request_id"); id && id->is_string())
        response.requestId = std::string(id->get_string());
    const auto *lease = answer.if_contains("lease_id");
    const auto *seconds = answer.if_contains("lease_duration");
    if (lease && lease->is_string() && seconds && seconds->is_int64() &&
        (!lease->get_string().empty() || seconds->get_int64() != 0)) {
        response.lease =
            core::Lease{std::string(lease->get_string()), store::flagIn(answer, "renewable"), seconds->get_int64()};
    }
}

} // namespace

HttpRequest toHttp(const core::Request &request, const QUrl &base)
{
    HttpRequest http;
    http.method = methodOf(request.operation);
    const QByteArray path = QByteArray::fromStdString(request.path).toPercentEncoding("/");
    QByteArray address = base.toEncoded(QUrl::StripTrailingSlash | QUrl::RemoveQuery | QUrl::RemoveFragment) + "/v1/";
    const bool hasBody = http.method == "POST" || http.method == "PATCH";
    address += path;
    if (!hasBody)
        address += QByteArray::fromStdString(queryOf(request));
    http.url = QUrl::fromEncoded(address, QUrl::StrictMode);
    if (hasBody) {
        http.body = QByteArray::fromStdString(store::toJson(json::value(request.data)));
        http.contentType = http.method == "PATCH" ? "application/merge-patch+json" : "application/json";
    }
    return http;
}

bool onlyAsks(const core::Request &request)
{
    switch (request.operation) {
    case Operation::Read:
    case Operation::List:
    case Operation::Scan:
    case Operation::Head:
        return true;
    case Operation::Create:
    case Operation::Patch:
    case Operation::Delete:
        return false;
    case Operation::Update:
        break;
    }
    constexpr std::array<std::string_view, 6> asking{"identity/lookup/", "sys/capabilities", "auth/token/lookup",
                                                     "kith/explain",     "kith/who",         "kith/search"};
    const std::string_view path = request.path;
    return path == "kith/import/preview" || path == "kith/decision" ||
           std::any_of(asking.begin(), asking.end(), [&](std::string_view start) { return path.starts_with(start); });
}

std::optional<core::Response> toResponse(int status, const QByteArray &body)
{
    core::Response response;
    response.status = status;
    if (body.trimmed().isEmpty()) {
        // 200 without a body comes from no Vault server, but its answer to HEAD has none.
        return response;
    }
    auto read = store::fromJson(std::string_view(body.data(), static_cast<std::size_t>(body.size())));
    if (!read || !read->is_object())
        return std::nullopt;
    json::object &answer = read->get_object();
    response.warnings = texts(answer, "warnings");
    if (answer.contains("errors") && status >= 400) {
        response.errors = texts(answer, "errors");
        readEnvelope(answer, response);
    } else if (answer.contains("request_id")) {
        readEnvelope(answer, response);
    } else {
        response.body = core::Body::Bare;
        response.data = std::move(*read);
    }
    return response;
}

Error outcomeUnknown(ErrorCode code, std::string where)
{
    return {code, 0, std::string(OutcomeUnknownText), std::move(where)};
}

bool isOutcomeUnknown(const Error &error)
{
    return error.wire.starts_with(OutcomeUnknownText);
}

Error outcomeUnseen(Error lost)
{
    lost.wire = std::string(OutcomeUnknownText) + std::string(UnseenText);
    return lost;
}

bool isOutcomeUnseen(const Error &error)
{
    return isOutcomeUnknown(error) && error.wire.ends_with(UnseenText);
}

} // namespace kith::connection
