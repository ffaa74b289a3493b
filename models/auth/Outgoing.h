// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::auth {

/// A GET to somebody else's server, or a POST.
struct OutgoingRequest {
    std::string url;                      ///< http or https.
    std::string caPem;                    ///< Whom its certificate must be of; empty: those that the system trusts.
    std::vector<std::string> serverNames; ///< One of these must be in its certificate; none: the name in `url`.
    std::vector<std::string> headers;     ///< "Name: value".
    std::optional<std::string> form = {}; ///< formText() that is posted; where secrets may be, nothing is redirected.
};

struct OutgoingAnswer {
    int status = 0;
    std::string body;
    std::map<std::string, std::string> headers; ///< By their names in lower case.
};

/// Sends it and waits, at most 10 seconds in all; answers of more than 8 MiB and redirects to anything but http and
/// https are refused. Fails with code Unreachable and what went wrong, to be put behind `Get "URL": `. Thread-safe.
Result<OutgoingAnswer> sendOut(const OutgoingRequest &request);

/// What a status says in words: "404 Not Found"; of those that servers seldom give the number alone.
std::string statusText(int status);

/// Pairs as a form is sent, and the query of an address: in the order of their names, escaped
/// (application/x-www-form-urlencoded).
std::string formText(const std::map<std::string, std::string> &pairs);
std::string formText(std::string_view text); ///< One text, escaped so.

} // namespace kith::auth
