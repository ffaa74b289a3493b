// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Request.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith::server {

/// One HTTP request as it came, its body read in full.
struct HttpRequest {
    std::string method; ///< "GET", "LIST", …: any word.
    std::string target; ///< Path and query, percent-encoded, as sent.
    /// Names in lower case, values as sent, in order.
    std::map<std::string, std::vector<std::string>> headers;
    std::string body;
    core::Peer peer;

    /// The first value of a header; empty if there is none.
    std::string_view header(std::string_view name) const;
};

/// What goes back. Strict-Transport-Security, and Cache-Control unless it says otherwise, are everyone's, so they
/// aren't listed.
struct HttpAnswer {
    enum class Style {
        Api,  ///< With the headers that every answer of the API has.
        Bare, ///< Without: the request isn't one that the API could answer.
    };
    int status = 200;
    std::string contentType; ///< Empty: none.
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers; ///< Further ones.
    Style style = Style::Api;
    bool close = false; ///< Ends the connection.

    bool hasHeader(std::string_view name) const; ///< Among the further ones, written so.

    static HttpAnswer json(int status, std::string body);
    /// `{"errors":["…"]}`
    static HttpAnswer error(int status, std::string_view text);
    /// `{"errors":[]}`
    static HttpAnswer noText(int status);
};

/// What kind its body is, as it stands before the parameters, in lower case.
std::string mediaType(const HttpRequest &http);
inline constexpr std::string_view FormType = "application/x-www-form-urlencoded"; ///< A browser's usual kind of form.

/// ASCII only, as HTTP compares.
std::string lower(std::string_view text);

/// Without the blanks and tabs around it, as header values are read.
std::string_view trimmed(std::string_view text);

} // namespace kith::server
