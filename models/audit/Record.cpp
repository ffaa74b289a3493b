// SPDX-License-Identifier: Apache-2.0
#include "audit/Record.h"

#include "store/Clock.h"
#include "store/GoText.h"
#include "store/Json.h"

namespace kith::audit {

namespace json = boost::json;

namespace {

/// Times that the core made stay readable; nothing else that is a text does.
bool isTime(std::string_view key, const json::value &value)
{
    return key.ends_with("_time") && value.is_string() && fromRfc3339(value.get_string()).has_value();
}

class Cover
{
public:
    Cover(const Writing &writing, const Hasher &hasher) : m_writing(writing), m_hasher(hasher) {}

    void text(json::object &object, std::string_view key) const
    {
        if (json::value *value = object.if_contains(key); value && value->is_string() && !value->get_string().empty())
            *value = m_hasher.hash(value->get_string());
    }
    void accessor(json::object &object, std::string_view key) const
    {
        if (m_writing.hashAccessors)
            text(object, key);
    }
    /// Every text inside, but not keys, and not what stands under one of `clear`.
    void all(json::value &value, const ClearKeys &clear) const
    {
        if (json::object *object = value.if_object()) {
            for (auto &member : *object)
                if (clear.find(std::string_view(member.key())) == clear.end() && !isTime(member.key(), member.value()))
                    all(member.value(), clear);
        } else if (json::array *array = value.if_array()) {
            for (json::value &item : *array)
                all(item, clear);
        } else if (store::isText(value)) {
            value = m_hasher.hash(value.get_string());
        }
    }
    void member(json::object &object, std::string_view key, const ClearKeys &clear) const
    {
        if (json::value *value = object.if_contains(key))
            all(*value, clear);
    }

private:
    const Writing &m_writing;
    const Hasher &m_hasher;
};

void coverHeaders(json::object &request, const Record &record, const Cover &cover)
{
    json::value *headers = request.if_contains("headers");
    if (!headers)
        return;
    for (auto &header : headers->as_object())
        if (record.hashedHeaders.find(std::string_view(header.key())) != record.hashedHeaders.end())
            cover.all(header.value(), {});
}

void coverAuth(json::object &auth, const Cover &cover)
{
    cover.text(auth, "client_token");
    cover.accessor(auth, "accessor");
}

void coverResponse(json::object &response, const Record &record, const Writing &writing, const Cover &cover)
{
    if (json::value *auth = response.if_contains("auth"); auth && auth->is_object())
        coverAuth(auth->get_object(), cover);
    if (json::value *wrap = response.if_contains("wrap_info"); wrap && wrap->is_object()) {
        cover.text(wrap->get_object(), "token");
        cover.accessor(wrap->get_object(), "accessor");
        cover.accessor(wrap->get_object(), "wrapped_accessor");
    }
    json::value *data = response.if_contains("data");
    if (!data)
        return;
    ClearKeys clear = record.clearResponseKeys;
    if (!writing.hashAccessors)
        clear.insert("accessor");
    cover.all(*data, clear);
}

/// A list in its size alone.
void elide(json::object &response, const json::object &request)
{
    json::value *data = response.if_contains("data");
    const json::value *operation = request.if_contains("operation");
    if (!data || !data->is_object() || !operation || (*operation != "list" && *operation != "scan"))
        return;
    for (const std::string_view key : {"keys", "key_info"})
        if (json::value *value = data->get_object().if_contains(key)) {
            if (value->is_array())
                *value = value->get_array().size();
            else if (value->is_object())
                *value = value->get_object().size();
        }
}

} // namespace

std::string toLine(const Record &record, const Writing &writing, const Hasher &hasher)
{
    json::object auth = record.auth;
    json::object request = record.request;
    json::value response = record.response;
    if (writing.elideLists && response.is_object())
        elide(response.get_object(), request);
    if (!writing.raw) {
        const Cover cover(writing, hasher);
        coverAuth(auth, cover);
        cover.text(request, "client_token");
        cover.accessor(request, "client_token_accessor");
        cover.member(request, "data", record.clearRequestKeys);
        coverHeaders(request, record, cover);
        if (response.is_object())
            coverResponse(response.get_object(), record, writing, cover);
    }
    json::object line{{"time", record.time}, {"type", record.type}};
    if (!auth.empty())
        line.emplace("auth", std::move(auth));
    line.emplace("request", std::move(request));
    if (response.is_object())
        line.emplace("response", std::move(response));
    if (!record.error.empty())
        line.emplace("error", record.error);
    std::string text = writing.prefix;
    store::appendJson(text, line);
    text.push_back('\n');
    return text;
}

} // namespace kith::audit
