// SPDX-License-Identifier: Apache-2.0
// How the sign-in pages look. Internal to models/server.
#pragma once

#include "server/Http.h"

#include <boost/json.hpp>

#include <initializer_list>

namespace kith::server {

/// The template and the texts in one language. Immutable.
class SignInView
{
public:
    /// The language that a browser likes best of those there are (RFC 9110 §12.5.4); `wished` (ui_locales, in the
    /// order of liking) comes first.
    SignInView(std::string_view acceptLanguage, std::string_view wished);

    /// A text by its name, `{filler}` in it replaced.
    std::string text(std::string_view name,
                     std::initializer_list<std::pair<std::string_view, std::string_view>> fillers = {}) const;
    /// The page with these values, and the headers that keep it from other sites, caches and scripts.
    HttpAnswer page(int status, boost::json::object values) const;

private:
    std::string m_language;
    const boost::json::object *m_texts;
};

/// The headers of every answer of the pages.
void addPageHeaders(HttpAnswer &answer);

} // namespace kith::server
