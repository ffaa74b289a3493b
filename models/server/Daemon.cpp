// SPDX-License-Identifier: Apache-2.0
#include "server/Daemon.h"

#include "server/Lanes.h"
#include "server/SignInPages.h"
#include "server/Translation.h"
#include "server/WorkerPool.h"

#include <microhttpd.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <unistd.h>

namespace kith::server {

/// One request on its connection.
struct Exchange {
    enum class Phase { Headers, Body, Working, Ready };
    std::atomic<Phase> phase = Phase::Headers; ///< What hands the answer over from a worker.
    enum class Counted { Receiving, Answering };
    Counted counted = Counted::Receiving; ///< Which of the daemon's counts it is in, from phase Body on.
    HttpRequest http;
    std::optional<core::Request> request; ///< What `http` said.
    HttpAnswer answer;
    bool page = false;    ///< For the sign-in pages.
    bool refused = false; ///< The answer stands before the body is read; the rest of that is thrown away.
    std::size_t held = 0; ///< Bytes counted among the household's bodies.
    std::size_t ignored = 0;
    std::string nsHeader;
    Deadlines::Watch *watch = nullptr;
};

namespace {

/// How long the end of the server waits for bodies that are still coming.
constexpr std::chrono::milliseconds ReceivePatience(2000);

Deadlines::Watch *watchOf(MHD_Connection *connection)
{
    const auto *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? static_cast<Deadlines::Watch *>(info->socket_context) : nullptr;
}

MHD_Result keepHeader(void *context, MHD_ValueKind, const char *name, const char *value)
{
    static_cast<HttpRequest *>(context)->headers[lower(name)].emplace_back(value ? value : "");
    return MHD_YES;
}

/// How long the body is said to be; 0 when that isn't said.
std::size_t announcedLength(const HttpRequest &http)
{
    const std::string_view text = http.header("content-length");
    std::size_t length = 0;
    std::from_chars(text.data(), text.data() + text.size(), length);
    return length;
}

// The library's callbacks.

void *onTarget(void *daemon, const char *target, MHD_Connection *connection)
{
    return static_cast<Daemon *>(daemon)->begin(target, connection);
}

MHD_Result onRequest(void *daemon, MHD_Connection *connection, const char * /*url*/, const char *method,
                     const char * /*version*/, const char *data, std::size_t *size, void **context)
{
    auto *exchange = static_cast<Exchange *>(*context);
    if (!exchange)
        return MHD_NO;
    return static_cast<MHD_Result>(static_cast<Daemon *>(daemon)->proceed(connection, method, data, size, *exchange));
}

void onCompleted(void *daemon, MHD_Connection *connection, void **context, MHD_RequestTerminationCode)
{
    auto *exchange = static_cast<Exchange *>(*context);
    *context = nullptr;
    if (exchange)
        static_cast<Daemon *>(daemon)->end(connection, exchange);
}

MHD_Result onNewcomer(void *daemon, const sockaddr *, socklen_t)
{
    return static_cast<Daemon *>(daemon)->admits() ? MHD_YES : MHD_NO;
}

void onConnection(void *daemon, MHD_Connection *connection, void **context, MHD_ConnectionNotificationCode code)
{
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        static_cast<Daemon *>(daemon)->connected(connection, context);
    else
        static_cast<Daemon *>(daemon)->disconnected(context);
}

/// Paths are decoded by us, as %00 would end a text here.
std::size_t leaveEscaped(void *, MHD_Connection *, char *text)
{
    return std::char_traits<char>::length(text);
}

unsigned threadsFor(const ServerOptions &options)
{
    constexpr unsigned Most = 4;
    return options.acceptors > 0 ? options.acceptors : std::clamp(std::thread::hardware_concurrency(), 1U, Most);
}

} // namespace

Result<std::unique_ptr<Daemon>> Daemon::start(Household &household, Socket socket, const std::string &certificate,
                                              const std::string &key)
{
    auto idle = Socket::idle();
    if (!idle)
        return idle.error();
    std::unique_ptr<Daemon> daemon(new Daemon(household, std::move(*idle)));
    const ServerLimits &limits = household.options.limits;
    const unsigned threads = threadsFor(household.options);
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC;
    daemon->m_listening = socket.release(); // The library closes it, also when it doesn't start.
    std::vector<MHD_OptionItem> options{
        {MHD_OPTION_LISTEN_SOCKET, daemon->m_listening, nullptr},
        {MHD_OPTION_THREAD_POOL_SIZE, threads, nullptr},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, static_cast<std::intptr_t>(limits.header), nullptr},
        // Never reached, see admits(): a thread whose part is used up takes the listening socket out of its set, which
        // quiesce() must not come between.
        {MHD_OPTION_CONNECTION_LIMIT, std::intptr_t(threads) * 2 * (limits.connections + threads), nullptr},
        {MHD_OPTION_PER_IP_CONNECTION_LIMIT, limits.perAddress, nullptr},
        {MHD_OPTION_CONNECTION_TIMEOUT, 0, nullptr},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, nullptr},
        {MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, nullptr},
        {MHD_OPTION_URI_LOG_CALLBACK, reinterpret_cast<std::intptr_t>(&onTarget), daemon.get()},
        {MHD_OPTION_UNESCAPE_CALLBACK, reinterpret_cast<std::intptr_t>(&leaveEscaped), nullptr},
        {MHD_OPTION_NOTIFY_COMPLETED, reinterpret_cast<std::intptr_t>(&onCompleted), daemon.get()},
        {MHD_OPTION_NOTIFY_CONNECTION, reinterpret_cast<std::intptr_t>(&onConnection), daemon.get()}};
    if (!certificate.empty()) {
        flags |= MHD_USE_TLS;
        options.push_back({MHD_OPTION_HTTPS_MEM_CERT, 0, const_cast<char *>(certificate.c_str())});
        options.push_back({MHD_OPTION_HTTPS_MEM_KEY, 0, const_cast<char *>(key.c_str())});
        options.push_back({MHD_OPTION_HTTPS_PRIORITIES, 0, const_cast<char *>("SECURE128:-VERS-TLS1.0:-VERS-TLS1.1")});
    }
    options.push_back({MHD_OPTION_END, 0, nullptr});
    daemon->m_daemon = MHD_start_daemon(flags, 0, &onNewcomer, daemon.get(), &onRequest, daemon.get(), MHD_OPTION_ARRAY,
                                        options.data(), MHD_OPTION_END);
    if (!daemon->m_daemon)
        return Error{ErrorCode::Io,
                     500,
                     certificate.empty() ? "the HTTP library doesn't start"
                                         : "the certificate and its key can't be used",
                     {}};
    return daemon;
}

Daemon::~Daemon()
{
    if (!m_daemon)
        return;
    quiesce();
    // Requests that are with the workers hold suspended connections, which the library may not be stopped with.
    drain(std::chrono::milliseconds(0));
    {
        std::unique_lock lock(m_mutex);
        m_done.wait(lock, [this] { return m_working == 0; });
        m_closed = true;
    }
    MHD_stop_daemon(m_daemon);
}

// Not by MHD_quiesce_daemon: it and the library's threads take the socket out of the same set, and whoever comes second
// ends the process (0.9.75; under load that is one stop in a hundred). The threads have something now at which nobody
// comes.
void Daemon::quiesce()
{
    if (m_ending.exchange(true))
        return;
    while (dup3(m_idle.descriptor(), m_listening, O_CLOEXEC) < 0 && (errno == EBUSY || errno == EINTR))
        ;
}

void Daemon::drain(std::chrono::milliseconds patience)
{
    const auto start = std::chrono::steady_clock::now();
    std::unique_lock lock(m_mutex);
    m_done.wait_until(lock, start + std::min(patience, ReceivePatience),
                      [this] { return m_receiving == 0 && m_answering == 0; });
    m_done.wait_until(lock, start + patience, [this] { return m_answering == 0; });
}

/// Whoever comes beyond the limit takes the place of one that only waits, or is turned away.
bool Daemon::admits()
{
    return m_household.connections < m_household.options.limits.connections || m_household.deadlines.endIdlest();
}

void Daemon::connected(MHD_Connection *connection, void **context)
{
    ++m_household.connections;
    const auto *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    *context = m_household.deadlines.add(info->connect_fd, m_household.options.limits.headerTime);
}

void Daemon::disconnected(void **context)
{
    --m_household.connections;
    m_household.deadlines.remove(static_cast<Deadlines::Watch *>(*context));
    *context = nullptr;
}

Exchange *Daemon::begin(const char *target, MHD_Connection *connection)
{
    auto exchange = std::make_unique<Exchange>();
    exchange->http.target = target;
    exchange->watch = watchOf(connection);
    // The first request's time runs since the connection came.
    if (exchange->watch->requests++ > 0)
        exchange->watch->set(m_household.options.limits.headerTime);
    return exchange.release();
}

void Daemon::end(MHD_Connection *, Exchange *exchange)
{
    const std::unique_ptr<Exchange> owner(exchange);
    m_household.bodies -= exchange->held;
    exchange->watch->setIdle(m_household.options.limits.idleTime);
    if (exchange->phase == Exchange::Phase::Headers)
        return;
    const std::lock_guard lock(m_mutex);
    --(exchange->counted == Exchange::Counted::Receiving ? m_receiving : m_answering);
    m_done.notify_all();
}

/// From now on it is under way: the end of the server waits for its answer.
void Daemon::received(Exchange &exchange)
{
    const std::lock_guard lock(m_mutex);
    exchange.counted = Exchange::Counted::Answering;
    --m_receiving;
    ++m_answering;
}

int Daemon::proceed(MHD_Connection *connection, const char *method, const char *data, std::size_t *size,
                    Exchange &exchange)
{
    if (exchange.phase == Exchange::Phase::Headers)
        return receiveHeaders(connection, method, exchange) ? MHD_YES : send(connection, exchange);
    if (*size > 0) {
        receiveBody(data, std::exchange(*size, 0), exchange);
        return exchange.ignored > m_household.options.limits.body ? MHD_NO : MHD_YES;
    }
    if (exchange.phase == Exchange::Phase::Body && !exchange.refused) {
        dispatch(connection, exchange);
        if (exchange.phase == Exchange::Phase::Working)
            return MHD_YES;
    }
    return send(connection, exchange);
}

std::size_t Daemon::bodyLimit(const Exchange &exchange) const
{
    return exchange.page ? SignInPages::BodyLimit : m_household.options.limits.body;
}

/// False: the answer stands already.
bool Daemon::receiveHeaders(MHD_Connection *connection, const char *method, Exchange &exchange)
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_receiving;
    }
    exchange.phase = Exchange::Phase::Body;
    exchange.http.method = method;
    exchange.page = m_household.pages && SignInPages::own(exchange.http.target);
    MHD_get_connection_values(connection, MHD_HEADER_KIND, &keepHeader, &exchange.http);
    exchange.nsHeader = exchange.http.header("x-vault-namespace");
    const auto *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info && info->client_addr)
        exchange.http.peer = peerOf(info->client_addr);
    exchange.watch->set(m_household.options.limits.bodyTime);
    if (announcedLength(exchange.http) <= bodyLimit(exchange))
        return true;
    exchange.answer = HttpAnswer::error(413, "http: request body too large");
    exchange.answer.close = true;
    exchange.refused = true;
    return false;
}

void Daemon::receiveBody(const char *data, std::size_t size, Exchange &exchange)
{
    const ServerLimits &limits = m_household.options.limits;
    if (exchange.refused) {
        exchange.ignored += size;
        return;
    }
    exchange.held += size;
    const std::size_t all = m_household.bodies += size;
    if (exchange.http.body.size() + size <= bodyLimit(exchange) && all <= limits.bodies) {
        exchange.http.body.append(data, size);
        return;
    }
    exchange.refused = true;
    exchange.answer = all > limits.bodies ? HttpAnswer::error(503, "too many large requests at once")
                                          : HttpAnswer::error(413, "http: request body too large");
    exchange.answer.close = true;
    m_household.bodies -= std::exchange(exchange.held, 0);
    std::string().swap(exchange.http.body);
}

/// What is quick is answered here and now; what may wait goes to the pool while its connection sleeps.
void Daemon::dispatch(MHD_Connection *connection, Exchange &exchange)
{
    exchange.watch->clear();
    received(exchange);
    const WorkerPool::Lane lane = laneOf(exchange.http);
    if (answerAtOnce(exchange))
        return;
    if (!takeUp()) {
        exchange.answer = HttpAnswer::error(503, "the server is stopping");
        return;
    }
    exchange.phase = Exchange::Phase::Working;
    MHD_suspend_connection(connection);
    if (answerLater(connection, exchange))
        return;
    m_household.workers.run(lane, [this, connection, &exchange] {
        answer(exchange);
        resume(connection);
    });
}

/// False: it is too late, the library is being stopped.
bool Daemon::takeUp()
{
    const std::lock_guard lock(m_mutex);
    if (!m_closed)
        ++m_working;
    return !m_closed;
}

/// The exchange may be gone when it returns.
void Daemon::resume(MHD_Connection *connection)
{
    MHD_resume_connection(connection);
    const std::lock_guard lock(m_mutex);
    --m_working;
    m_done.notify_all();
}

/// False: HTTP itself is refused, and the answer stands.
bool Daemon::translate(Exchange &exchange)
{
    if (exchange.request)
        return true;
    auto closed = refusedHere(exchange.http, m_household.options);
    auto translated = toRequest(std::move(exchange.http), m_household.options.limits.json);
    if (auto *refusal = std::get_if<HttpAnswer>(&translated))
        exchange.answer = std::move(*refusal);
    else if (closed)
        exchange.answer = std::move(*closed);
    else
        exchange.request = std::move(std::get<core::Request>(translated));
    return exchange.request.has_value();
}

/// Long bodies take long to read, whatever they ask for.
bool Daemon::answerAtOnce(Exchange &exchange)
{
    constexpr std::size_t Short = 4096;
    if (!m_household.shortcuts.atOnce || exchange.http.body.size() > Short || exchange.page)
        return false;
    if (translate(exchange)) {
        const auto response = m_household.shortcuts.atOnce(*exchange.request);
        if (!response)
            return false;
        exchange.answer = toAnswer(*response, exchange.request->path);
    }
    exchange.phase = Exchange::Phase::Ready;
    return true;
}

/// For what answerAtOnce() has read. Its connection sleeps already.
bool Daemon::answerLater(MHD_Connection *connection, Exchange &exchange)
{
    if (!m_household.shortcuts.later || !exchange.request)
        return false;
    return m_household.shortcuts.later(*exchange.request,
                                       [this, connection, &exchange](const core::Response &response) {
                                           exchange.answer = toAnswer(response, exchange.request->path);
                                           exchange.phase = Exchange::Phase::Ready;
                                           resume(connection);
                                       });
}

/// The phase is told last: whoever waits for it sends what is there.
void Daemon::answer(Exchange &exchange)
{
    if (exchange.page)
        exchange.answer =
            m_household.pages->answer(exchange.http, m_household.options.tls ? Channel::Tls : Channel::Plain);
    else if (translate(exchange))
        exchange.answer = toAnswer(m_household.handler(*exchange.request), exchange.request->path);
    exchange.phase = Exchange::Phase::Ready;
}

int Daemon::send(MHD_Connection *connection, Exchange &exchange)
{
    exchange.phase = Exchange::Phase::Ready;
    HttpAnswer &answer = exchange.answer;
    exchange.watch->set(m_household.options.limits.answerTime);
    // The text lives as long as its exchange, which ends when the library is done with it.
    MHD_Response *response =
        MHD_create_response_from_buffer(answer.body.size(), answer.body.data(), MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    if (answer.style == HttpAnswer::Style::Api) {
        if (!answer.hasHeader("Cache-Control"))
            MHD_add_response_header(response, "Cache-Control", "no-store");
        MHD_add_response_header(response, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        if (!exchange.nsHeader.empty())
            MHD_add_response_header(response, "X-Vault-Namespace", exchange.nsHeader.c_str());
    }
    if (!answer.contentType.empty())
        MHD_add_response_header(response, "Content-Type", answer.contentType.c_str());
    for (const auto &[name, value] : answer.headers)
        MHD_add_response_header(response, name.c_str(), value.c_str());
    if (answer.close || m_ending)
        MHD_add_response_header(response, "Connection", "close");
    const auto queued = MHD_queue_response(connection, static_cast<unsigned>(answer.status), response);
    MHD_destroy_response(response);
    return queued;
}

} // namespace kith::server
