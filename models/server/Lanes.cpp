// SPDX-License-Identifier: Apache-2.0
#include "server/Lanes.h"

#include "server/SignInPages.h"
#include "server/Url.h"
#include "store/Escapes.h"

namespace kith::server {

WorkerPool::Lane laneOf(const HttpRequest &http)
{
    std::string_view path = splitTarget(http.target).path;
    const auto decoded = path.find('%') == std::string_view::npos ? std::nullopt : decodePath(path);
    if (decoded)
        path = *decoded;
    if (http.method == "POST" && SignInPages::own(path))
        return WorkerPool::Lane::Login;
    const auto method = path.find("/auth/");
    if (method == std::string_view::npos)
        return WorkerPool::Lane::Ordinary;
    path.remove_prefix(method);
    // At the front alone: anybody may call a name to log in with like that.
    if (path.starts_with("/auth/token/renew"))
        return WorkerPool::Lane::Renewal;
    const bool login = path.find("/login") != std::string_view::npos || path.find("/oidc/") != std::string_view::npos ||
                       http.headers.find("x-vault-token") == http.headers.end();
    return login ? WorkerPool::Lane::Login : WorkerPool::Lane::Ordinary;
}

} // namespace kith::server
