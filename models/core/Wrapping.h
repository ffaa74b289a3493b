// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/Token.h"
#include "core/Request.h"
#include "store/Result.h"

#include <memory>
#include <optional>

namespace kith::store {
class Seal;
class WriteSession;
} // namespace kith::store

namespace kith::core {

struct Caller;
struct Engine;

/// How an answer is wrapped: it is put into the cubbyhole of a token of its own that can be used once, and only that
/// token is sent (`wrap_info`). Whoever unwraps it knows that nobody did before.
struct Wrap {
    std::int64_t ttl = 0;     ///< Seconds.
    std::string path;         ///< Of the request whose answer it is.
    std::string displayName;  ///< Of whom it is for.
    NamespaceId ns;           ///< Of the request: what the token is made in.
    std::string rewraps = {}; ///< Of the request that wraps it again.
};

/// `response` put away; the answer then has wrapInfo and nothing else.
Result<Response> wrapped(store::WriteSession &session, const std::shared_ptr<const store::Seal> &seal,
                         const Response &response, const Wrap &wrap);

/// The same in a transaction of its own. Status 503: the core is sealed.
Result<Response> wrapped(Engine &engine, const Response &response, const Wrap &wrap);

/// Who an answer is for: who logged in by it, else whose token asks.
std::string wrappedFor(const Caller &caller, const Response &response);

/// Whether the answer of this request is wrapped: it has something to say, and the request asks for it.
bool isToBeWrapped(const Request &request, const Response &response);

bool isWrappingToken(const auth::Token &token);
/// 400: it is none, or it was used up.
Error noSuchWrappingToken();

/// 403 or 400: the token or lease that a request is about is no text; said before anybody is looked at.
Result<void> checkSentIds(const Request &request);

/// What comes before the token of a request to sys/wrapping/unwrap, rewrap and lookup is looked at: 400 or 403 for a
/// wrapping token that doesn't exist (any more). Nothing to say about other paths.
Result<void> checkWrappingToken(Engine &engine, const Request &request);

} // namespace kith::core
