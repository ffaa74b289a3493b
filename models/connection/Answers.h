// SPDX-License-Identifier: Apache-2.0
// Small things that everybody who talks to a server needs.
#pragma once

#include "core/Request.h"
#include "store/Result.h"

#include <string>
#include <string_view>
#include <utility>

namespace kith::connection {

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

/// A text in an object; empty if there is none.
inline std::string textIn(const boost::json::object &object, std::string_view name)
{
    const boost::json::value *value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// An answer that says no.
inline core::Response refusal(int status, std::string text)
{
    core::Response response;
    response.status = status;
    response.errors.push_back(std::move(text));
    return response;
}

} // namespace kith::connection
