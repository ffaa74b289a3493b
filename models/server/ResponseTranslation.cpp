// SPDX-License-Identifier: Apache-2.0
#include "server/Translation.h"

#include "store/ErrorName.h"
#include "store/Text.h"

namespace kith::server {

namespace json = boost::json;
using store::appendJson;
using store::appendJsonText;

namespace {

void appendList(std::string &out, const std::vector<std::string> &texts)
{
    out += '[';
    for (const std::string &text : texts) {
        if (&text != texts.data())
            out += ',';
        appendJsonText(out, text);
    }
    out += ']';
}

void appendOr(std::string &out, const json::value *value)
{
    if (value)
        appendJson(out, *value);
    else
        out += "null";
}

/// Member by member: to make a value of the object, as appendJson() takes one, would copy it all.
void appendObject(std::string &out, const json::object &object)
{
    char separator = '{';
    for (const auto &member : object) {
        out += separator;
        separator = ',';
        appendJsonText(out, member.key());
        out += ':';
        appendJson(out, member.value());
    }
    out += object.empty() ? "{}" : "}";
}

void appendOr(std::string &out, const json::object *value)
{
    if (value)
        appendObject(out, *value);
    else
        out += "null";
}

/// The members of the data that aren't the envelope's own, as the oldest endpoints repeat them.
void appendRepeated(std::string &out, const json::object &data)
{
    for (const auto &member : data) {
        bool own = false;
        for (const std::string_view name :
             {"request_id", "lease_id", "renewable", "lease_duration", "data", "wrap_info", "warnings", "auth"})
            own = own || member.key() == name;
        if (own)
            continue;
        appendJsonText(out, member.key());
        out += ':';
        appendJson(out, member.value());
        out += ',';
    }
}

/// The members are repeated for those endpoints of the oldest paths alone: not where a namespace stands before them.
std::string envelope(const core::Response &response, std::string_view path)
{
    const bool oldest = path.empty() || path.starts_with("sys/");
    std::string out;
    out.reserve(512 + response.text.size());
    const core::Lease lease = response.lease.value_or(core::Lease());
    out += '{';
    if (oldest && response.body == core::Body::Merged && response.data && response.data->is_object())
        appendRepeated(out, response.data->get_object());
    out += "\"request_id\":";
    appendJsonText(out, response.wrapInfo            ? std::string()
                        : response.requestId.empty() ? newUuid()
                                                     : response.requestId);
    out += ",\"lease_id\":";
    appendJsonText(out, lease.id);
    out += lease.renewable ? ",\"renewable\":true" : ",\"renewable\":false";
    out += ",\"lease_duration\":" + std::to_string(lease.seconds) + ",\"data\":";
    if (response.text.empty())
        appendOr(out, response.data ? &*response.data : nullptr);
    else
        out += response.text;
    out += ",\"wrap_info\":";
    appendOr(out, response.wrapInfo ? &*response.wrapInfo : nullptr);
    out += ",\"warnings\":";
    if (response.warnings.empty())
        out += "null";
    else
        appendList(out, response.warnings);
    out += ",\"auth\":";
    appendOr(out, response.auth ? &response.auth->fields : nullptr);
    out += "}\n";
    return out;
}

/// What kind of failure it is and where, which only clients that are meant for Kith read.
void appendFailure(std::string &out, const core::Response &response)
{
    json::object failure{{"code", errorName(*response.code)}};
    if (!response.where.empty())
        failure.emplace("where", response.where);
    out += ",\"kith\":";
    appendJson(out, failure);
}

std::string refusal(const core::Response &response, bool ofKith)
{
    std::string out = "{\"errors\":";
    appendList(out, response.errors);
    if (response.data) {
        out += ",\"data\":";
        appendJson(out, *response.data);
    }
    if (ofKith && response.code)
        appendFailure(out, response);
    return out + "}\n";
}

} // namespace

HttpAnswer toAnswer(const core::Response &response, std::string_view path)
{
    const bool raw = response.body == core::Body::Raw;
    if ((raw || response.body == core::Body::Bare) && response.data) {
        // What browsers are shown is one text.
        const json::string *page = raw ? response.data->if_string() : nullptr;
        HttpAnswer answer = HttpAnswer::json(response.status, page ? std::string(*page)
                                                                   : store::toJson(*response.data) + (raw ? "" : "\n"));
        if (page)
            answer.contentType = "text/html; charset=utf-8";
        answer.headers = response.headers;
        return answer;
    }
    if (response.body == core::Body::Bare && response.errors.empty())
        return HttpAnswer::json(response.status, {});
    const bool saysMore = response.errors.empty() && (response.data || !response.warnings.empty());
    if (!response.ok() && !saysMore)
        return HttpAnswer::json(response.status, refusal(response, path.starts_with("kith/")));
    if (response.status == 204 || (!response.data && response.text.empty() && !response.auth && !response.wrapInfo &&
                                   !response.lease && response.warnings.empty()))
        return HttpAnswer::json(response.status == 202 ? 202 : 204, {});
    return HttpAnswer::json(response.status, envelope(response, path));
}

} // namespace kith::server
