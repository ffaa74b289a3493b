// SPDX-License-Identifier: Apache-2.0
// A core::Request as HTTP says it, and HTTP's answer as a core::Response (spec/engine.md §0). Functions only, any
// thread.
#pragma once

#include "core/Request.h"
#include "store/Result.h"

#include <QByteArray>
#include <QUrl>

#include <optional>

namespace kith::connection {

/// One HTTP request without its headers.
struct HttpRequest {
    QByteArray method;
    QUrl url;
    QByteArray body;
    QByteArray contentType; ///< Empty: there is no body.
};

/// `base` is the server's address, without /v1 ("https://host:8200", perhaps with a path of a proxy before it).
HttpRequest toHttp(const core::Request &request, const QUrl &base);

/// Whether it changes nothing on the server: it may be sent again when no answer came.
bool onlyAsks(const core::Request &request);

/// The answer, of any status. None: no Vault server answers like that.
std::optional<core::Response> toResponse(int status, const QByteArray &body);

/// What a change ends with when the connection broke after it was sent (code Unreachable or TimedOut): it may have
/// been done, or not. It isn't sent again.
Error outcomeUnknown(ErrorCode code, std::string where);
bool isOutcomeUnknown(const Error &error);

/// The same of one of which nothing was to be seen on the server right after. It may still come: what was sent can lie
/// in something on the way, or the server be at it. isOutcomeUnknown holds of it, too.
Error outcomeUnseen(Error lost);
bool isOutcomeUnseen(const Error &error);

} // namespace kith::connection
