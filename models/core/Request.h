// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kith::core {

/// Update stands for POST and PUT: the core makes it a create where the path tells them apart (spec/engine.md §0).
enum class Operation { Create, Read, Update, Patch, Delete, List, Scan };

/// How far a long request is, and the wish to stop it; shared by who asked and the core's threads.
struct Progress {
    std::atomic<std::int64_t> done = 0;
    std::atomic<std::int64_t> total = 0; ///< 0: not known yet.
    std::atomic<bool> cancelled = false; ///< Set by who asked; the request then fails with nothing changed.
};

/// One request, whoever sends it: a click, a command, HTTP.
struct Request {
    Operation operation = Operation::Read;
    std::string path;         ///< Without /v1/ and leading slash, decoded: "identity/entity/id/<uuid>". UTF-8.
    std::string token;        ///< Empty: none.
    std::string ns = {};      ///< Namespace path; empty is the root.
    boost::json::object data; ///< Body, or query parameters (as strings).
    std::shared_ptr<Progress> progress = {}; ///< May be null.
};

/// What a login answers with, beside or instead of data.
struct Auth {
    boost::json::object fields;
};

/// One answer. Without data, errors or auth it is HTTP's 204.
struct Response {
    int status = 200;
    std::optional<boost::json::value> data;
    std::vector<std::string> warnings;
    std::vector<std::string> errors; ///< Texts as on the wire; with status >= 400, possibly empty (404).
    std::optional<Auth> auth;

    bool ok() const { return status < 400; }
    static Response of(boost::json::value data)
    {
        Response response;
        response.data = std::move(data);
        return response;
    }
    static Response noContent()
    {
        Response response;
        response.status = 204;
        return response;
    }
};

} // namespace kith::core
