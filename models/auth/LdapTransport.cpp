// SPDX-License-Identifier: Apache-2.0
#include "auth/LdapTransport.h"

#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kith::auth {

namespace {

constexpr ber_len_t MostOfMessage = 16U << 20U;         // bytes that the directory may send at once
constexpr ber_len_t MostAtOnce = 4096;                  // bytes that are written
constexpr int AboveTcp = LBER_SBIOD_LEVEL_PROVIDER + 1; // and below TLS

/// libldap reads certificates and keys from files only; these are in memory, and nobody else's.
class MemoryFile
{
public:
    explicit MemoryFile(const std::string &text) : m_file(memfd_create("kith", MFD_CLOEXEC))
    {
        std::size_t written = 0;
        while (m_file >= 0 && written < text.size()) {
            const ssize_t count = write(m_file, text.data() + written, text.size() - written);
            if (count <= 0)
                break;
            written += static_cast<std::size_t>(count);
        }
    }
    ~MemoryFile()
    {
        if (m_file >= 0)
            close(m_file);
    }
    MemoryFile(const MemoryFile &) = delete;
    MemoryFile &operator=(const MemoryFile &) = delete;
    std::string path() const { return "/proc/self/fd/" + std::to_string(m_file); }

private:
    int m_file;
};

/// As GnuTLS writes a range of versions; OpenSSL is told by numbers.
std::string gnuTlsVersions(const std::string &least, const std::string &most)
{
    std::string text = "NORMAL:-VERS-ALL";
    for (int minor = 0; minor <= 3; ++minor)
        if (const std::string name = "tls1" + std::to_string(minor); least <= name && name <= most)
            text += ":+VERS-TLS1." + std::to_string(minor);
    return text;
}

int versionNumber(const std::string &name)
{
    return LDAP_OPT_X_TLS_PROTOCOL(3, 1 + (name.back() - '0'));
}

bool usesGnuTls(LDAP *ldap)
{
    char *package = nullptr;
    ldap_get_option(ldap, LDAP_OPT_X_TLS_PACKAGE, &package);
    const bool is = package && std::string_view(package) == "GnuTLS";
    ldap_memfree(package);
    return is;
}

Result<void> setUpTls(LDAP *ldap, const LdapConfig &config)
{
    const auto set = [&](int option, const void *value) { ldap_set_option(ldap, option, value); };
    const int demand = config.insecureTls ? LDAP_OPT_X_TLS_NEVER : LDAP_OPT_X_TLS_DEMAND;
    set(LDAP_OPT_X_TLS_REQUIRE_CERT, &demand);
    std::optional<MemoryFile> authority;
    if (!config.certificate.empty()) {
        authority.emplace(config.certificate);
        set(LDAP_OPT_X_TLS_CACERTFILE, authority->path().c_str());
        set(LDAP_OPT_X_TLS_CACERTDIR, nullptr); // else the system's would count as well
    }
    std::optional<MemoryFile> certificate;
    std::optional<MemoryFile> key;
    if (!config.clientCertificate.empty()) {
        certificate.emplace(config.clientCertificate);
        key.emplace(config.clientKey);
        set(LDAP_OPT_X_TLS_CERTFILE, certificate->path().c_str());
        set(LDAP_OPT_X_TLS_KEYFILE, key->path().c_str());
    }
    if (usesGnuTls(ldap)) {
        set(LDAP_OPT_X_TLS_CIPHER_SUITE, gnuTlsVersions(config.tlsMinimum, config.tlsMaximum).c_str());
    } else {
        const int least = versionNumber(config.tlsMinimum);
        const int most = versionNumber(config.tlsMaximum);
        set(LDAP_OPT_X_TLS_PROTOCOL_MIN, &least);
        set(LDAP_OPT_X_TLS_PROTOCOL_MAX, &most);
    }
    const int client = 0;
    if (ldap_set_option(ldap, LDAP_OPT_X_TLS_NEWCTX, &client) != LDAP_SUCCESS) // reads the files
        return Error{ErrorCode::Unreachable, 400, "the certificates or the key of the configuration can't be used", {}};
    return {};
}

/// Waits until the socket below can be read or written. False, with errno: its time is over.
bool awaitSocket(Sockbuf_IO_Desc *layer, short events)
{
    const auto *transport = static_cast<const LdapTransport *>(layer->sbiod_pvt);
    ber_socket_t socket = -1;
    ber_sockbuf_ctrl(layer->sbiod_sb, LBER_SB_OPT_GET_FD, &socket);
    for (;;) {
        const timeval left = transport->left();
        pollfd waiting{socket, events, 0};
        const int milliseconds =
            static_cast<int>(std::min<std::int64_t>(left.tv_sec, 3600) * 1000 + left.tv_usec / 1000);
        const int ready = transport->isOver() ? 0 : poll(&waiting, 1, std::max(milliseconds, 1));
        if (ready > 0)
            return true;
        if (transport->isOver() || (ready < 0 && errno != EINTR)) {
            errno = ETIMEDOUT; // and not EAGAIN, which would be tried again and again
            return false;
        }
    }
}

} // namespace

extern "C" {

static int kithLdapSetUp(Sockbuf_IO_Desc *layer, void *transport)
{
    layer->sbiod_pvt = transport;
    return 0;
}

static int kithLdapRemove(Sockbuf_IO_Desc *)
{
    return 0;
}

static int kithLdapControl(Sockbuf_IO_Desc *layer, int option, void *argument)
{
    return LBER_SBIOD_CTRL_NEXT(layer, option, argument);
}

static ber_slen_t kithLdapRead(Sockbuf_IO_Desc *layer, void *bytes, ber_len_t count)
{
    return awaitSocket(layer, POLLIN) ? LBER_SBIOD_READ_NEXT(layer, bytes, count) : -1;
}

static ber_slen_t kithLdapWrite(Sockbuf_IO_Desc *layer, void *bytes, ber_len_t count)
{
    // A socket that is ready for something may still wait for the room of the rest, and then without end.
    return awaitSocket(layer, POLLOUT) ? LBER_SBIOD_WRITE_NEXT(layer, bytes, std::min(count, MostAtOnce)) : -1;
}

static int kithLdapClose(Sockbuf_IO_Desc *)
{
    return 0;
}

static Sockbuf_IO kithLdapLayer = {kithLdapSetUp, kithLdapRemove, kithLdapControl,
                                   kithLdapRead,  kithLdapWrite,  kithLdapClose};

/// Before anything is said.
static int kithLdapConnected(LDAP *, Sockbuf *socket, LDAPURLDesc *, sockaddr *, ldap_conncb *callbacks)
{
    ber_len_t most = MostOfMessage;
    ber_sockbuf_ctrl(socket, LBER_SB_OPT_SET_MAX_INCOMING, &most);
    return ber_sockbuf_add_io(socket, &kithLdapLayer, AboveTcp, callbacks->lc_arg);
}

static void kithLdapClosing(LDAP *, Sockbuf *, ldap_conncb *) {}

} // extern "C"

Result<void> LdapTransport::attachTo(LDAP *ldap, const LdapConfig &config)
{
    m_callbacks = {&kithLdapConnected, &kithLdapClosing, this};
    ldap_set_option(ldap, LDAP_OPT_CONNECT_CB, &m_callbacks);
    return setUpTls(ldap, config);
}

timeval LdapTransport::left() const
{
    const auto left = std::chrono::duration_cast<std::chrono::microseconds>(m_end - Clock::now()).count();
    if (left <= 0)
        return {0, 1};
    return {static_cast<time_t>(left / 1'000'000), static_cast<suseconds_t>(left % 1'000'000)};
}

} // namespace kith::auth
