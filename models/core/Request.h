// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Error.h"

#include <boost/json.hpp>

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith::core {

/// Update stands for POST and PUT: the core makes it a create where the path tells them apart (spec/engine.md §0).
/// Head is HTTP's: it has no capability, so only root gets past the rules with it (§9.5).
enum class Operation { Create, Read, Update, Patch, Delete, List, Scan, Head };

/// As audit records and help name it: "create", "read", …; Head is "header".
std::string_view operationName(Operation operation);

/// How far a long request is, and the wish to stop it; shared by who asked and the core's threads.
struct Progress {
    std::atomic<std::int64_t> done = 0;
    std::atomic<std::int64_t> total = 0; ///< 0: not known yet.
    std::atomic<bool> cancelled = false; ///< Set by who asked; the request then fails with nothing changed.
};

/// Where a request comes from.
struct Peer {
    std::string address; ///< "127.0.0.1", "::1"; empty: this process itself.
    int port = 0;
};

/// How the data of an answer may come.
enum class DataForm {
    Value,
    Text, ///< As Response::text too: whoever asks only passes the data on, and spares the value's making.
};

/// One request, whoever sends it: a click, a command, HTTP.
struct Request {
    Operation operation = Operation::Read;
    std::string path;         ///< Without /v1/ and leading slash, decoded: "identity/entity/id/<uuid>". UTF-8.
    std::string token;        ///< Empty: none.
    std::string ns = {};      ///< Path of a namespace: "team/a"; empty is the root. `path` may go on from there.
    boost::json::object data; ///< Body, or query parameters (as strings).
    std::shared_ptr<Progress> progress = {}; ///< May be null.
    bool help = false;                       ///< Asks what the path is for instead; any token will do (§9.4).
    Peer peer = {};
    std::optional<std::int64_t> wrapTtl = {};                ///< Seconds; the answer is to be wrapped (§9.5).
    std::map<std::string, std::vector<std::string>> headers; ///< Names in lower case; for the audit and few handlers.
    DataForm form = DataForm::Value;
    std::string authorization = {}; ///< The header of that name, which is none of `headers`; a secret as the token is.
    bool bearer = false;            ///< The token is what that header says.
};

/// What a login or a token's making answers with, beside or instead of data: `auth` of the envelope.
struct Auth {
    boost::json::object fields;
    bool entityCreated = false; ///< The login made its entity; for the audit only, as displayName.
    std::string displayName = {};
};

/// How long what was answered is good for, in the envelope.
struct Lease {
    std::string id;
    bool renewable = false;
    std::int64_t seconds = 0;
};

/// What an answer looks like on the wire.
enum class Body {
    Envelope, ///< `{request_id, lease_id, …, data, auth}` (spec/engine.md §0).
    Bare,     ///< `data` alone, as sys/health and sys/seal-status answer; may come with status >= 400.
    Raw,      ///< The same without a line end, as OpenID Connect has it; the audit sees it as one text.
    Merged,   ///< The envelope with the members of `data` repeated at its top, as sys/auth and sys/policy do.
};

/// One answer. Without data, errors or auth it is HTTP's 204.
struct Response {
    int status = 200;
    std::optional<boost::json::value> data;
    std::string text; ///< The data as JSON instead, where the request allowed it (DataForm). Empty: not so.
    std::vector<std::string> warnings;
    std::vector<std::string> errors; ///< Texts as on the wire; with status >= 400, possibly empty (404).
    std::optional<Auth> auth;
    std::optional<Lease> lease;
    std::optional<boost::json::object> wrapInfo; ///< The answer itself lies in a cubbyhole then.
    Body body = Body::Envelope;
    std::vector<std::pair<std::string, std::string>> headers = {}; ///< Of HTTP, beside the usual ones or instead.
    std::string requestId;                                         ///< A UUID, given by the door.
    std::optional<ErrorCode> code = {}; ///< Of a failure, where the core knows it. Not on the wire, like `where`.
    std::string where = {};             ///< The place of a failure (Error::where): the core file, who holds it.

    bool ok() const { return status < 400; }
    static Response of(boost::json::value data)
    {
        Response response;
        response.data = std::move(data);
        return response;
    }
    static Response ofText(std::string json)
    {
        Response response;
        response.text = std::move(json);
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
