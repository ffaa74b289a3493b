// SPDX-License-Identifier: Apache-2.0
#include "jose/Jws.h"

#include "store/Base64.h"
#include "store/GoText.h"
#include "store/Json.h"

#include <algorithm>
#include <array>

namespace kith::jose {

namespace json = boost::json;

namespace {

std::string withoutBlanks(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    std::copy_if(text.begin(), text.end(), std::back_inserter(out),
                 [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != '\v' && c != '\f'; });
    return out;
}

Result<std::string> decoded(std::string_view part)
{
    while (!part.empty() && part.back() == '=')
        part.remove_suffix(1);
    auto bytes = store::fromBase64Url(part);
    if (!bytes)
        return invalidRequest("illegal base64 data at input byte " + std::to_string(bytes.error()));
    return std::move(*bytes);
}

/// What the header says. A header that isn't there says nothing.
Result<void> readHeader(std::string_view text, Jws &jws)
{
    if (text.empty())
        return {};
    const auto parsed = store::readJson(text, store::JsonLimits());
    if (!parsed)
        return invalidRequest("the header is not JSON");
    const json::object *header = parsed->if_object();
    if (!header)
        return invalidRequest("json: cannot unmarshal " + std::string(store::goTypeOf(*parsed)) +
                              " into Go value of type jose.rawHeader");
    if (const json::value *alg = header->if_contains("alg"); alg && !alg->is_string() && !alg->is_null())
        return invalidRequest("failed to unmarshal algorithm: json: cannot unmarshal " +
                              std::string(store::goTypeOf(*alg)) + " into Go value of type string: \"" +
                              store::toJson(*alg) + "\"");
    jws.algorithmName = store::textIn(*header, "alg");
    jws.algorithm = signatureAlgorithm(jws.algorithmName);
    jws.kid = store::textIn(*header, "kid");
    // `b64` with its usual value asks for nothing.
    const std::vector<std::string> critical = store::textsIn(*header, "crit");
    jws.needsMore =
        std::any_of(critical.begin(), critical.end(), [](const std::string &name) { return name != "b64"; }) ||
        !store::flagIn(*header, "b64", true);
    return {};
}

} // namespace

Result<Jws> parseJws(std::string_view text)
{
    const std::string token = withoutBlanks(text);
    if (std::count(token.begin(), token.end(), '.') != 2)
        return invalidRequest("go-jose/go-jose: compact JWS format must have three parts");
    const std::size_t first = token.find('.');
    const std::size_t second = token.find('.', first + 1);
    const std::string_view parts = token;
    const auto header = decoded(parts.substr(0, first));
    if (!header)
        return header.error();
    auto payload = decoded(parts.substr(first + 1, second - first - 1));
    if (!payload)
        return payload.error();
    auto signature = decoded(parts.substr(second + 1));
    if (!signature)
        return signature.error();
    Jws jws;
    if (auto read = readHeader(*header, jws); !read)
        return read.error();
    jws.signedText = token.substr(0, second);
    jws.payload = std::move(*payload);
    jws.signature = std::move(*signature);
    return jws;
}

} // namespace kith::jose
