// SPDX-License-Identifier: Apache-2.0
// sys/tools: hashes and random bytes. sys/internal/counters: how many there are.
#include "core/Routes.h"
#include "store/Base64.h"
#include "store/Seal.h"
#include "store/Text.h"

#include <openssl/evp.h>

#include <array>
#include <charconv>

namespace kith::core {

namespace json = boost::json;

namespace {

constexpr std::int64_t DefaultRandomBytes = 32;
constexpr std::int64_t MaxRandomBytes = 131072;

const EVP_MD *digestOf(std::string_view name)
{
    struct Algorithm {
        std::string_view name;
        const EVP_MD *(*digest)();
    };
    static constexpr std::array algorithms{
        Algorithm{"sha2-224", EVP_sha224},   Algorithm{"sha2-256", EVP_sha256},   Algorithm{"sha2-384", EVP_sha384},
        Algorithm{"sha2-512", EVP_sha512},   Algorithm{"sha3-224", EVP_sha3_224}, Algorithm{"sha3-256", EVP_sha3_256},
        Algorithm{"sha3-384", EVP_sha3_384}, Algorithm{"sha3-512", EVP_sha3_512},
    };
    for (const Algorithm &algorithm : algorithms)
        if (algorithm.name == name)
            return algorithm.digest();
    return nullptr;
}

std::string hashOf(const EVP_MD *digest, std::string_view input)
{
    std::string sum(static_cast<std::size_t>(EVP_MD_get_size(digest)), '\0');
    unsigned int size = 0;
    if (EVP_Digest(input.data(), input.size(), reinterpret_cast<unsigned char *>(sum.data()), &size, digest, nullptr) !=
        1)
        throw std::runtime_error("OpenSSL failed");
    return sum;
}

std::string formatted(std::string_view bytes, std::string_view format)
{
    return format == "hex" ? store::toHex(bytes) : store::toBase64(bytes);
}

/// `shown`: how the format stands in the text.
Error unknownFormat(const std::string &shown)
{
    return invalidRequest("unsupported encoding format " + shown + "; must be \"hex\" or \"base64\"");
}

bool isFormat(std::string_view format)
{
    return format == "hex" || format == "base64";
}

Result<Response> hash(const Call &call, store::Session &)
{
    const std::string given = call.text("urlalgorithm").value_or(std::string());
    const std::string name = !given.empty() ? given : call.text("algorithm").value_or("sha2-256");
    const auto input = store::fromBase64(call.text("input").value_or(std::string()));
    if (!input)
        return invalidRequest("unable to decode input as base64: illegal base64 data at input byte " +
                              std::to_string(input.error()));
    const std::string format = call.text("format").value_or("hex");
    if (!isFormat(format))
        return unknownFormat(format);
    const EVP_MD *digest = digestOf(name);
    if (!digest)
        return invalidRequest("unsupported algorithm " + name);
    return Response::of(json::object{{"sum", formatted(hashOf(digest, *input), format)}});
}

Result<std::int64_t> countInPath(const std::string &text)
{
    std::int64_t count = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), count);
    if (end.ec == std::errc() && end.ptr == text.data() + text.size())
        return count;
    return invalidRequest("error parsing url-set byte count: strconv.Atoi: parsing " + inQuotes(text) +
                          ": invalid syntax");
}

/// Where the bytes are to come from; there is but one place.
struct Source {
    std::string name;
    std::string count; ///< How many, as the path says.

    /// A single part of the path is a place if it is the name of one.
    static Source of(const Call &call)
    {
        Source source{call.inPath("source"), call.inPath("urlbytes")};
        if (source.count.empty() && !isKnown(source.name))
            std::swap(source.name, source.count);
        return source;
    }
    static bool isKnown(std::string_view name) { return name == "platform" || name == "seal" || name == "all"; }
};

Result<Response> random(const Call &call, store::Session &)
{
    const Source source = Source::of(call);
    const std::int64_t usual = call.number("bytes").value_or(DefaultRandomBytes);
    const auto count = source.count.empty() ? Result<std::int64_t>(usual) : countInPath(source.count);
    if (!count)
        return count.error();
    if (*count < 1)
        return invalidRequest("'bytes' cannot be less than 1");
    if (*count > MaxRandomBytes)
        return invalidRequest("'bytes' should be less than " + std::to_string(MaxRandomBytes));
    const std::string format = call.text("format").value_or("base64");
    if (!isFormat(format))
        return unknownFormat(inQuotes(format));
    if (!source.name.empty() && !Source::isKnown(source.name))
        return invalidRequest("unsupported entropy source " + inQuotes(source.name) +
                              R"(; must be "platform" or "seal", or "all")");
    const std::string bytes = store::randomBytes(static_cast<std::size_t>(*count));
    Response response = Response::of(json::object{{"random_bytes", formatted(bytes, format)}});
    if (source.name == "seal")
        response.warnings.emplace_back("no seal/entropy augmentation available, using platform entropy source");
    return response;
}

Response counted(const char *name, std::int64_t total)
{
    return Response::of(json::object{{"counters", json::object{{name, json::object{{"total", total}}}}}});
}

Result<Response> countEntities(const Call &call, store::Session &session)
{
    return counted("entities",
                   session.integer("SELECT count(*) FROM entity WHERE namespace = ?", call.ns()).value_or(0));
}

Result<Response> countTokens(const Call &call, store::Session &session)
{
    return counted("service_tokens",
                   session.integer("SELECT count(*) FROM token WHERE namespace = ?", call.ns()).value_or(0));
}

Result<Response> removedCounter(const Call &, store::Session &)
{
    Response response = notFound();
    response.errors.emplace_back("The functionality has been removed on this path");
    return response;
}

} // namespace

std::vector<Route> toolRoutes()
{
    const std::vector<Field> hashing{{"input"}, {"algorithm"}, {"format"}, {"urlalgorithm", FieldType::InPath}};
    const std::vector<Field> drawing{
        {"bytes", FieldType::Int}, {"format"}, {"urlbytes", FieldType::InPath}, {"source", FieldType::InPath}};
    return {
        {"sys/tools/hash", hashing, {{Operation::Update, ReadHandler(hash)}}},
        {"sys/tools/hash/:urlalgorithm+", hashing, {{Operation::Update, ReadHandler(hash)}}},
        {"sys/tools/random", drawing, {{Operation::Update, ReadHandler(random)}}},
        {"sys/tools/random/:source/:urlbytes+", drawing, {{Operation::Update, ReadHandler(random)}}},
        {"sys/tools/random/:source/", drawing, {{Operation::Update, ReadHandler(random)}}},
        {"sys/internal/counters/entities", {}, {{Operation::Read, ReadHandler(countEntities)}}},
        {"sys/internal/counters/tokens", {}, {{Operation::Read, ReadHandler(countTokens)}}},
        {"sys/internal/counters/requests", {}, {{Operation::Read, ReadHandler(removedCounter)}}},
    };
}

} // namespace kith::core
