// SPDX-License-Identifier: Apache-2.0
#include "auth/LdapConnection.h"

#include "auth/LdapText.h"
#include "auth/LdapTransport.h"

#include <ldap.h>
#include <sys/time.h>

#include <array>
#include <chrono>
#include <string_view>
#include <utility>

namespace kith::auth {

namespace {

constexpr std::size_t MostEntries = 100'000; // that one search may find
constexpr std::size_t MostBytes = 64U << 20U;

struct Freed {
    void operator()(LDAP *ldap) const { ldap_unbind_ext(ldap, nullptr, nullptr); }
    void operator()(LDAPMessage *message) const { ldap_msgfree(message); }
    void operator()(char *text) const { ldap_memfree(text); }
    void operator()(berval **values) const { ldap_value_free_len(values); }
    void operator()(LDAPControl *control) const { ldap_control_free(control); }
    void operator()(LDAPControl **controls) const { ldap_controls_free(controls); }
};
template <class T>
using Owned = std::unique_ptr<T, Freed>;

Error failure(int code, const std::string &text)
{
    return {code == LDAP_TIMEOUT || code == LDAP_TIMELIMIT_EXCEEDED ? ErrorCode::TimedOut : ErrorCode::Unreachable,
            400,
            text,
            {}};
}

/// The library reads its settings, and TLS its tables, at first use: here once, before any thread needs them.
bool isReady()
{
    static const bool ready = [] {
        LDAP *made = nullptr;
        if (ldap_initialize(&made, "ldaps://127.0.0.1") != LDAP_SUCCESS)
            return false;
        const Owned<LDAP> ldap(made);
        const int client = 0;
        return ldap_set_option(made, LDAP_OPT_X_TLS_NEWCTX, &client) == LDAP_SUCCESS;
    }();
    return ready;
}

} // namespace

class LdapConnection::Private
{
public:
    explicit Private(const LdapConfig &config) : m_config(config) {}

    Result<void> connect(const std::string &url);
    Result<bool> bind(const std::string &dn, const std::string &password);
    Result<std::vector<LdapEntry>> search(const LdapSearch &search);

private:
    struct Page {
        std::vector<LdapEntry> entries;
        std::string cookie; ///< Of the next one; empty: it was the last.
    };

    Result<void> setUp();
    Error failureOf(int code) const;
    void allow(std::int64_t seconds);
    Result<Owned<LDAPMessage>> await(int id, int all);
    Result<void> searchPage(const LdapSearch &search, Page &page);
    Result<void> finishPage(LDAPMessage *message, const LdapSearch &search, Page &page);
    LdapEntry entryOf(LDAPMessage *message, const std::string &attribute) const;

    LdapConfig m_config;
    LdapTransport m_transport;
    Owned<LDAP> m_ldap; // goes before its transport
    std::size_t m_bytes = 0;
};

/// What went wrong, with what the directory or TLS said of it.
Error LdapConnection::Private::failureOf(int code) const
{
    if (code == LDAP_TIMEOUT || m_transport.isOver())
        return failure(LDAP_TIMEOUT, "the directory didn't answer in time");
    std::string text = ldap_err2string(code);
    char *said = nullptr;
    ldap_get_option(m_ldap.get(), LDAP_OPT_DIAGNOSTIC_MESSAGE, &said);
    const Owned<char> owned(said);
    const std::string_view more = said ? said : "";
    if (more == "(unknown error code)") // GnuTLS has refused the server's certificate
        text += " (TLS: the certificate, the name in it or the version)";
    else if (!more.empty())
        text.append(" (").append(more).append(")");
    return failure(code, text);
}

void LdapConnection::Private::allow(std::int64_t seconds)
{
    m_transport.setDeadline(LdapTransport::Clock::now() + std::chrono::seconds(seconds));
}

/// Nothing of the machine's ldap.conf decides whom is trusted or asked, but for those whom the system trusts.
Result<void> LdapConnection::Private::setUp()
{
    const auto set = [&](int option, const void *value) { ldap_set_option(m_ldap.get(), option, value); };
    const int version = LDAP_VERSION3;
    const timeval connecting{static_cast<time_t>(m_config.connectionTimeout), 0};
    const std::string &named = m_config.dereferenceAliases;
    const int dereference = named == "always"      ? LDAP_DEREF_ALWAYS
                            : named == "finding"   ? LDAP_DEREF_FINDING
                            : named == "searching" ? LDAP_DEREF_SEARCHING
                                                   : LDAP_DEREF_NEVER;
    const int none = 0;
    set(LDAP_OPT_PROTOCOL_VERSION, &version);
    set(LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
    set(LDAP_OPT_RESTART, LDAP_OPT_ON);
    set(LDAP_OPT_NETWORK_TIMEOUT, &connecting);
    set(LDAP_OPT_TIMEOUT, &connecting); // of StartTLS
    set(LDAP_OPT_DEREF, &dereference);
    set(LDAP_OPT_SIZELIMIT, &none);
    set(LDAP_OPT_TIMELIMIT, &none);
    return m_transport.attachTo(m_ldap.get(), m_config);
}

Result<void> LdapConnection::Private::connect(const std::string &url)
{
    LDAP *made = nullptr;
    if (const int code = isReady() ? ldap_initialize(&made, url.c_str()) : LDAP_LOCAL_ERROR; code != LDAP_SUCCESS)
        return failure(code, ldap_err2string(code));
    m_ldap.reset(made);
    if (auto ready = setUp(); !ready)
        return ready;
    allow(m_config.connectionTimeout);
    if (const int code = ldap_connect(made); code != LDAP_SUCCESS)
        return failureOf(code);
    if (m_config.startTls && url.starts_with("ldap:"))
        if (const int code = ldap_start_tls_s(made, nullptr, nullptr); code != LDAP_SUCCESS)
            return failureOf(code);
    allow(m_config.requestTimeout);
    return {};
}

Result<Owned<LDAPMessage>> LdapConnection::Private::await(int id, int all)
{
    timeval time = m_transport.left();
    LDAPMessage *message = nullptr;
    const int kind = ldap_result(m_ldap.get(), id, all, &time, &message);
    Owned<LDAPMessage> owned(message);
    if (kind > 0)
        return owned;
    ldap_abandon_ext(m_ldap.get(), id, nullptr, nullptr);
    if (kind == 0)
        return failureOf(LDAP_TIMEOUT);
    int code = LDAP_OTHER;
    ldap_get_option(m_ldap.get(), LDAP_OPT_RESULT_CODE, &code);
    return failureOf(code);
}

Result<bool> LdapConnection::Private::bind(const std::string &dn, const std::string &password)
{
    berval secret{password.size(), const_cast<char *>(password.data())};
    int id = 0;
    int code = ldap_sasl_bind(m_ldap.get(), dn.c_str(), LDAP_SASL_SIMPLE, &secret, nullptr, nullptr, &id);
    if (code != LDAP_SUCCESS)
        return failureOf(code);
    auto message = await(id, LDAP_MSG_ALL);
    if (!message)
        return message.error();
    if (const int read = ldap_parse_result(m_ldap.get(), message->get(), &code, nullptr, nullptr, nullptr, nullptr, 0);
        read != LDAP_SUCCESS)
        code = read;
    switch (code) {
    case LDAP_SUCCESS:
        return true;
    case LDAP_INVALID_CREDENTIALS:
    case LDAP_NO_SUCH_OBJECT:
    case LDAP_INVALID_DN_SYNTAX:
    case LDAP_INAPPROPRIATE_AUTH:
    case LDAP_CONSTRAINT_VIOLATION:
    case LDAP_UNWILLING_TO_PERFORM:
    case LDAP_INSUFFICIENT_ACCESS:
        return false;
    default:
        return failureOf(code);
    }
}

LdapEntry LdapConnection::Private::entryOf(LDAPMessage *message, const std::string &attribute) const
{
    LdapEntry entry;
    if (const Owned<char> dn(ldap_get_dn(m_ldap.get(), message)); dn)
        entry.dn = dn.get();
    if (const Owned<berval *> values(ldap_get_values_len(m_ldap.get(), message, attribute.c_str())); values)
        for (berval **value = values.get(); *value; ++value)
            entry.values.emplace_back((*value)->bv_val, (*value)->bv_len);
    return entry;
}

/// The end of a search, perhaps only of a page of it.
Result<void> LdapConnection::Private::finishPage(LDAPMessage *message, const LdapSearch &search, Page &page)
{
    int code = LDAP_OTHER;
    LDAPControl **given = nullptr;
    if (const int read = ldap_parse_result(m_ldap.get(), message, &code, nullptr, nullptr, nullptr, &given, 0);
        read != LDAP_SUCCESS)
        code = read;
    const Owned<LDAPControl *> controls(given);
    const bool enough = code == LDAP_SIZELIMIT_EXCEEDED && search.most > 0 &&
                        page.entries.size() >= static_cast<std::size_t>(search.most); // else the limit is the server's
    if (code == LDAP_NO_SUCH_OBJECT)
        return failure(code, "there is no " + (search.base.empty() ? "entry" : search.base));
    if (code != LDAP_SUCCESS && !enough)
        return failureOf(code);
    LDAPControl *paged = given ? ldap_control_find(LDAP_CONTROL_PAGEDRESULTS, given, nullptr) : nullptr;
    ber_int_t total = 0;
    berval cookie{};
    if (paged && ldap_parse_pageresponse_control(m_ldap.get(), paged, &total, &cookie) == LDAP_SUCCESS) {
        page.cookie.assign(cookie.bv_val ? cookie.bv_val : "", cookie.bv_len);
        ldap_memfree(cookie.bv_val);
    }
    return {};
}

Result<void> LdapConnection::Private::searchPage(const LdapSearch &search, Page &page)
{
    std::array<char *, 2> attributes{const_cast<char *>(search.attribute.c_str()), nullptr};
    LDAPControl *made = nullptr;
    if (m_config.maxPageSize > 0 && search.most == 0) {
        berval cookie{page.cookie.size(), page.cookie.data()};
        ldap_create_page_control(m_ldap.get(), static_cast<ber_int_t>(m_config.maxPageSize), &cookie, 1, &made);
    }
    const Owned<LDAPControl> paged(made);
    std::array<LDAPControl *, 2> controls{made, nullptr};
    timeval time{m_transport.left().tv_sec + 1, 0};
    int id = 0;
    const int scope = search.scope == LdapSearch::Scope::Entry ? LDAP_SCOPE_BASE : LDAP_SCOPE_SUBTREE;
    if (const int code = ldap_search_ext(m_ldap.get(), search.base.c_str(), scope, search.filter.c_str(),
                                         attributes.data(), 0, controls.data(), nullptr, &time, search.most, &id);
        code != LDAP_SUCCESS)
        return failureOf(code);
    page.cookie.clear();
    for (;;) {
        auto message = await(id, LDAP_MSG_ONE);
        if (!message)
            return message.error();
        switch (ldap_msgtype(message->get())) {
        case LDAP_RES_SEARCH_ENTRY:
            page.entries.push_back(entryOf(message->get(), search.attribute));
            for (const std::string &value : page.entries.back().values)
                m_bytes += value.size();
            m_bytes += page.entries.back().dn.size();
            break;
        case LDAP_RES_SEARCH_RESULT:
            return finishPage(message->get(), search, page);
        default: // a referral to another server
            break;
        }
        if (page.entries.size() > MostEntries || m_bytes > MostBytes) {
            ldap_abandon_ext(m_ldap.get(), id, nullptr, nullptr);
            return failure(LDAP_SIZELIMIT_EXCEEDED, "the directory found too much");
        }
    }
}

Result<std::vector<LdapEntry>> LdapConnection::Private::search(const LdapSearch &search)
{
    Page page;
    do
        if (auto found = searchPage(search, page); !found)
            return found.error();
    while (!page.cookie.empty());
    return std::move(page.entries);
}

Result<LdapConnection> LdapConnection::open(const LdapConfig &config)
{
    std::string failed;
    for (const std::string &url : ldapUrlsIn(config.urls)) {
        auto wire = std::make_unique<Private>(config);
        const auto connected = wire->connect(url);
        if (connected)
            return LdapConnection(std::move(wire));
        failed.append(failed.empty() ? "" : "; ").append(url).append(": ").append(connected.error().wire);
    }
    return failure(LDAP_SERVER_DOWN, failed.empty() ? "no url is configured" : failed);
}

LdapConnection::LdapConnection(std::unique_ptr<Private> wire) : d(std::move(wire)) {}
LdapConnection::LdapConnection(LdapConnection &&) noexcept = default;
LdapConnection::~LdapConnection() = default;

Result<bool> LdapConnection::bind(const std::string &dn, const std::string &password)
{
    return d->bind(dn, password);
}

Result<std::vector<LdapEntry>> LdapConnection::search(const LdapSearch &search)
{
    return d->search(search);
}

} // namespace kith::auth
