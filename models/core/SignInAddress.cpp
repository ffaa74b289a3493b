// SPDX-License-Identifier: Apache-2.0
#include "core/SignInAddress.h"

#include "store/Base64.h"

#include <string_view>

namespace kith::core {

namespace {

std::string decoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = text[i] == '%' ? store::fromHex(text.substr(i + 1, 2)) : store::fromHex("");
        if (text[i] == '%' && byte && byte->size() == 1) {
            out += *byte;
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

} // namespace

SplitAddress withoutNamespace(const std::string &address)
{
    constexpr std::string_view Name = "namespace=";
    const auto question = address.find('?');
    if (question == std::string::npos)
        return {address, {}};
    std::string_view rest = std::string_view(address).substr(question + 1);
    std::string ns;
    std::string others;
    while (!rest.empty()) {
        const std::string_view part = rest.substr(0, rest.find('&'));
        rest.remove_prefix(part.size() < rest.size() ? part.size() + 1 : part.size());
        if (ns.empty() && part.starts_with(Name))
            ns = decoded(part.substr(Name.size()));
        else
            others.append(others.empty() ? "" : "&").append(part);
    }
    if (ns.empty())
        return {address, {}};
    return {address.substr(0, question) + (others.empty() ? "" : "?") + others, std::move(ns)};
}

std::string consolesMount(const std::string &address)
{
    const auto host = address.find("://");
    const auto begin = host == std::string::npos ? host : address.find('/', host + 3);
    if (begin == std::string::npos)
        return {};
    std::string_view path = std::string_view(address).substr(begin);
    path = path.substr(0, path.find_first_of("?#"));
    constexpr std::string_view Api = "/v1";
    constexpr std::string_view Method = "/auth/";
    std::size_t front = path.starts_with("/ui/vault/auth/") ? std::string_view("/ui/vault").size() : 0;
    if (path.starts_with("/v1/"))
        front = path.find(Method, Api.size()); // behind the namespace, if the path names one
    const auto end = path.rfind("/oidc/callback");
    if (front == 0 || front == std::string_view::npos || end == std::string_view::npos || end <= front + Method.size())
        return {};
    return std::string(path.substr(front + Method.size(), end - front - Method.size()));
}

} // namespace kith::core
