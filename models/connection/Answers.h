// SPDX-License-Identifier: Apache-2.0
// Small things that everybody who talks to a server needs.
#pragma once

#include "core/Request.h"
#include "store/Json.h"
#include "store/Result.h"

#include <string>
#include <string_view>
#include <utility>

namespace kith::connection {

using store::flagIn;
using store::numberIn;
using store::textIn;
using store::textsIn;

/// A request without token and namespace.
inline core::Request requestOf(core::Operation operation, std::string path, boost::json::object data = {})
{
    core::Request request;
    request.operation = operation;
    request.path = std::move(path);
    request.data = std::move(data);
    return request;
}

/// The data of an answer that succeeded, if it is an object; else null.
inline const boost::json::object *dataOf(const Result<core::Response> &answer)
{
    return answer && answer->ok() && answer->data ? answer->data->if_object() : nullptr;
}

/// Whether a member is a list or an object with something in it.
inline bool holdsAny(const boost::json::object &object, std::string_view name)
{
    const boost::json::value *value = object.if_contains(name);
    return value &&
           ((value->is_array() && !value->get_array().empty()) || (value->is_object() && !value->get_object().empty()));
}

/// Where the server has an entity or a group.
inline std::string objectPath(bool group, const std::string &uuid)
{
    return (group ? "identity/group/id/" : "identity/entity/id/") + uuid;
}

/// Why there is no good answer, in the server's words where it has some.
inline std::string failureText(const Result<core::Response> &answer)
{
    if (!answer)
        return answer.error().wire.empty() ? "it failed" : answer.error().wire;
    return answer->errors.empty() ? "status " + std::to_string(answer->status) : answer->errors.front();
}

/// An answer that says no.
inline core::Response refusal(int status, std::string text)
{
    core::Response response;
    response.status = status;
    response.errors.push_back(std::move(text));
    return response;
}

/// The answer; for none a refusal that says why.
inline core::Response responseOf(Result<core::Response> answer)
{
    if (answer)
        return std::move(*answer);
    core::Response response = refusal(502, answer.error().wire);
    response.code = answer.error().code;
    response.where = answer.error().where;
    return response;
}

} // namespace kith::connection
