// SPDX-License-Identifier: Apache-2.0
#include "auth/Outgoing.h"

#include "store/Escapes.h"
#include "store/Text.h"

#include <curl/curl.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <array>
#include <exception>
#include <memory>
#include <string_view>

namespace kith::auth {

namespace {

constexpr long TimeoutMs = 10'000;
constexpr std::size_t MostBytes = 8U << 20U;
constexpr long MostRedirects = 10;

struct Handle {
    void operator()(CURL *curl) const { curl_easy_cleanup(curl); }
    void operator()(curl_slist *list) const { curl_slist_free_all(list); }
};

/// libcurl wants to be told once, before any thread uses it.
bool isReady()
{
    static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return ready;
}

std::size_t take(const char *bytes, std::size_t size, std::size_t count, void *body)
{
    auto &text = *static_cast<std::string *>(body);
    if (text.size() + size * count > MostBytes)
        return 0; // which ends the transfer
    try {
        text.append(bytes, size * count);
    } catch (const std::exception &) {
        return 0; // libcurl is C
    }
    return size * count;
}

/// One line of the head; a new head, after a redirect, begins with the status.
std::size_t takeHeader(const char *bytes, std::size_t size, std::size_t count, void *headers)
{
    constexpr std::size_t MostHeaders = 1000;
    auto &all = *static_cast<std::map<std::string, std::string> *>(headers);
    const std::string_view text(bytes, size * count);
    try {
        if (text.starts_with("HTTP/"))
            all.clear();
        const auto colon = text.find(':');
        if (colon != std::string_view::npos && all.size() < MostHeaders) {
            const auto begin = text.find_first_not_of(" \t\r\n", colon + 1);
            const auto end = text.find_last_not_of(" \t\r\n");
            all[foldCase(text.substr(0, colon))] =
                begin == std::string_view::npos ? std::string_view() : text.substr(begin, end - begin + 1);
        }
    } catch (const std::exception &) {
        return 0; // libcurl is C
    }
    return text.size();
}

/// Lets OpenSSL look for one of several names, where libcurl would look for that of the address.
CURLcode expectNames(CURL *, void *context, void *names)
{
    X509_VERIFY_PARAM *rules = SSL_CTX_get0_param(static_cast<SSL_CTX *>(context));
    for (const std::string &name : *static_cast<const std::vector<std::string> *>(names))
        if (X509_VERIFY_PARAM_add1_host(rules, name.data(), name.size()) != 1)
            return CURLE_SSL_CERTPROBLEM;
    return CURLE_OK;
}

} // namespace

Result<OutgoingAnswer> sendOut(const OutgoingRequest &request)
{
    const auto failed = [](std::string why) { return Error{ErrorCode::Unreachable, 400, std::move(why), {}}; };
    const std::unique_ptr<CURL, Handle> curl(isReady() ? curl_easy_init() : nullptr);
    if (!curl)
        return failed("no memory for the request");
    OutgoingAnswer answer;
    std::array<char, CURL_ERROR_SIZE> problem{};
    std::unique_ptr<curl_slist, Handle> headers;
    for (const std::string &header : request.headers)
        headers.reset(curl_slist_append(headers.release(), header.c_str()));
    const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(curl.get(), option, value); };
    set(CURLOPT_URL, request.url.c_str());
    set(CURLOPT_NOSIGNAL, 1L); // there are other threads
    set(CURLOPT_TIMEOUT_MS, TimeoutMs);
    set(CURLOPT_ERRORBUFFER, problem.data());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, request.form ? 0L : 1L);
    if (request.form) {
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.form->size()));
        set(CURLOPT_POSTFIELDS, request.form->data());
    }
    set(CURLOPT_MAXREDIRS, MostRedirects);
    set(CURLOPT_WRITEFUNCTION, &take);
    set(CURLOPT_WRITEDATA, &answer.body);
    set(CURLOPT_HEADERFUNCTION, &takeHeader);
    set(CURLOPT_HEADERDATA, &answer.headers);
    set(CURLOPT_HTTPHEADER, headers.get());
    if (!request.caPem.empty()) {
        const curl_blob pem{const_cast<char *>(request.caPem.data()), request.caPem.size(), CURL_BLOB_NOCOPY};
        curl_easy_setopt(curl.get(), CURLOPT_CAINFO_BLOB, &pem);
        set(CURLOPT_CAPATH, static_cast<const char *>(nullptr)); // else the system's would count as well
    }
    if (!request.serverNames.empty()) {
        set(CURLOPT_SSL_VERIFYHOST, 0L);
        set(CURLOPT_SSL_CTX_FUNCTION, &expectNames);
        set(CURLOPT_SSL_CTX_DATA, static_cast<const void *>(&request.serverNames));
    }
    if (const CURLcode code = curl_easy_perform(curl.get()); code != CURLE_OK)
        return failed(problem[0] ? std::string(problem.data()) : std::string(curl_easy_strerror(code)));
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    return answer;
}

std::string statusText(int status)
{
    static const std::map<int, const char *> words{
        {201, "Created"},     {301, "Moved Permanently"},  {302, "Found"},
        {400, "Bad Request"}, {401, "Unauthorized"},       {403, "Forbidden"},
        {404, "Not Found"},   {429, "Too Many Requests"},  {500, "Internal Server Error"},
        {502, "Bad Gateway"}, {503, "Service Unavailable"}};
    const auto word = words.find(status);
    return std::to_string(status) + (word == words.end() ? std::string() : std::string(" ") + word->second);
}

std::string formText(std::string_view text)
{
    constexpr std::string_view Blank = "%20"; // stands for nothing else: a % that was sent is %25
    std::string out = percentEncoded(text);
    for (auto at = out.find(Blank); at != std::string::npos; at = out.find(Blank, at))
        out.replace(at, Blank.size(), "+");
    return out;
}

std::string formText(const std::map<std::string, std::string> &pairs)
{
    std::string out;
    for (const auto &[name, value] : pairs)
        out.append(out.empty() ? "" : "&").append(formText(name)).append("=").append(formText(value));
    return out;
}

} // namespace kith::auth
