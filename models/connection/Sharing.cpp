// SPDX-License-Identifier: Apache-2.0
#include "connection/Sharing.h"

#include "connection/Async.h"
#include "connection/Conversions.h"
#include "server/Server.h"
#include "server/WorkerPool.h"

#include <QtConcurrent/QtConcurrentRun>

#include <mutex>

namespace kith::connection {

namespace json = boost::json;

namespace {

constexpr std::size_t Workers = 16;
constexpr std::chrono::seconds EndPatience(5);
constexpr const char *Loopback = "127.0.0.1";
constexpr const char *LongestUse = "24h";

core::Request request(std::string path, json::object data)
{
    core::Request made;
    made.operation = core::Operation::Update;
    made.path = std::move(path);
    made.data = std::move(data);
    return made;
}

std::string authText(const core::Response &response, std::string_view name)
{
    const json::value *auth = response.auth ? response.auth->fields.if_contains(name) : nullptr;
    return auth && auth->is_string() ? std::string(auth->get_string()) : std::string();
}

} // namespace

/// The server, for its threads.
class Sharing::Private
{
public:
    explicit Private(LocalConnection &with) : connection(with) { pool.setMaxThreadCount(1); }

    Result<QString> listen(int port);
    void end();

    LocalConnection &connection;
    QThreadPool pool; ///< One after the other: start, stop.
    std::unique_ptr<server::WorkerPool> workers;
    std::unique_ptr<server::Server> server;
    std::mutex mutex; ///< Guards the accessors.
    std::vector<std::string> accessors;
};

Result<QString> Sharing::Private::listen(int port)
{
    server::ServerOptions options;
    options.address = Loopback;
    options.port = port;
    workers = std::make_unique<server::WorkerPool>(Workers);
    auto started =
        server::Server::start(std::move(options), *workers,
                              [core = &connection.core()](const core::Request &asked) { return core->handle(asked); });
    if (!started)
        return started.error();
    server = std::move(*started);
    return toQt(server->url());
}

void Sharing::Private::end()
{
    if (server)
        server->stop(std::chrono::duration_cast<std::chrono::milliseconds>(EndPatience));
    server.reset();
    workers.reset();
    std::vector<std::string> made;
    {
        const std::lock_guard lock(mutex);
        made = std::exchange(accessors, {});
    }
    for (const std::string &accessor : made)
        connection.send(request("auth/token/revoke-accessor", {{"accessor", accessor}})).waitForFinished();
}

Sharing::Sharing(LocalConnection &connection, QObject *parent)
    : QObject(parent), m_d(std::make_unique<Private>(connection))
{}

Sharing::~Sharing()
{
    m_d->pool.waitForDone();
    m_d->end();
}

void Sharing::become(State state)
{
    m_state = state;
    if (state != State::On)
        m_url.clear();
    Q_EMIT stateChanged();
}

void Sharing::start(int port)
{
    if (m_state != State::Off)
        return;
    become(State::Starting);
    whenReady(QtConcurrent::run(&m_d->pool, [d = m_d.get(), port] { return d->listen(port); }), this,
              [this](const Result<QString> &url) {
                  if (url) {
                      m_url = *url;
                      become(State::On);
                  } else {
                      become(State::Off);
                      Q_EMIT startFailed(url.error());
                  }
              });
}

void Sharing::stop()
{
    if (m_state != State::On)
        return;
    become(State::Stopping);
    const auto ending = QtConcurrent::run(&m_d->pool, [d = m_d.get()]() -> Result<void> {
        d->end();
        return {};
    });
    whenReady(ending, this, [this](const Result<void> &) { become(State::Off); });
}

QFuture<Result<QString>> Sharing::newToken()
{
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    promise->start();
    const auto made = m_d->connection.send(request("auth/token/create", {{"policies", {"root"}},
                                                                         {"no_parent", true},
                                                                         {"ttl", LongestUse},
                                                                         {"explicit_max_ttl", LongestUse},
                                                                         {"display_name", "shared"}}));
    whenReady(made, this, [this, promise](const Result<core::Response> &answer) {
        if (!answer)
            promise->addResult(Result<QString>(answer.error()));
        else if (!answer->ok())
            promise->addResult(Result<QString>(Error{answer->code.value_or(ErrorCode::InvalidRequest),
                                                     answer->status,
                                                     answer->errors.empty() ? std::string() : answer->errors.front(),
                                                     {}}));
        else {
            const std::lock_guard lock(m_d->mutex);
            m_d->accessors.push_back(authText(*answer, "accessor"));
            promise->addResult(Result<QString>(toQt(authText(*answer, "client_token"))));
        }
        promise->finish();
    });
    return promise->future();
}

} // namespace kith::connection
