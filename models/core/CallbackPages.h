// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Request.h"

#include <string>
#include <utility>
#include <vector>

namespace kith::core {

/// What a browser shows of a login, in its language: raw data that is one text. Internal to models/core.
class CallbackPages
{
public:
    explicit CallbackPages(const Request &request);

    Response signedIn() const;
    /// With the error's status and its words, which are those of the API.
    Response refusal(const Error &error) const;

    /// Asks whether it was the person who began the login at `peer`, by `role`, himself; `again`: what the browser
    /// sent, which it sends once more with `confirmation`.
    Response confirmation(const std::string &peer, const std::string &role,
                          const std::vector<std::pair<std::string, std::string>> &again) const;

    /// Tells the window that opened this one, a console's, to go on with the login. `mount`: as the address of that
    /// console calls the auth method.
    Response handOver(const std::string &mount, const std::string &state) const;

private:
    struct Texts;
    static const Texts English;
    static const Texts German;

    Response page(int status, const char *title, const std::string &body, const std::string &scripts = "'none'") const;

    const Texts &m_texts;
};

} // namespace kith::core
