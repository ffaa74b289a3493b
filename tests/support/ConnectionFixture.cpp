// SPDX-License-Identifier: Apache-2.0
#include "support/ConnectionFixture.h"

#include <QUuid>
#include <QtCore/qtestsupport_core.h>

namespace kith::test {

using namespace connection;
namespace json = boost::json;

void ConnectionFixture::close()
{
    m_connection = nullptr;
    m_remote.reset();
    m_local.reset();
    m_server.reset();
}

void ConnectionFixture::open(int kind, const QByteArray &token)
{
    if (kind == Local) {
        m_local = std::make_unique<LiveConnection>();
        m_connection = &m_local->connection();
        return;
    }
    if (!m_server)
        m_server = RealServer::start(RealServer::Kind(kind));
    if (m_server)
        open(m_server->profile(), token.isEmpty() ? m_server->token() : token);
}

void ConnectionFixture::open(const Profile &profile, const QByteArray &token, int refreshSeconds)
{
    RemoteOptions options;
    options.profile = profile;
    options.token = token;
    options.refreshSeconds = refreshSeconds;
    auto opened = await(RemoteConnection::open(options));
    if (!opened)
        qFatal("%s", why(opened).constData());
    m_connection = nullptr;
    m_remote = std::move(*opened);
    m_connection = m_remote.get();
    waitForMirror();
}

std::unique_ptr<FaultProxy> ConnectionFixture::openBehindProxy(RealServer::Kind kind, int timeoutSeconds)
{
    if (!m_server)
        m_server = RealServer::start(kind);
    if (!m_server)
        return nullptr;
    auto proxy = std::make_unique<FaultProxy>(m_server->address());
    Profile profile = m_server->profile();
    profile.address = proxy->address();
    profile.timeoutSeconds = timeoutSeconds;
    open(profile, m_server->token());
    return proxy;
}

void ConnectionFixture::waitForMirror()
{
    const auto current = [this] { return m_remote->mirror().phase == MirrorState::Phase::Current; };
    if (m_remote && !QTest::qWaitFor(current, 60'000))
        qFatal("the mirror isn't current");
}

void ConnectionFixture::readAnew()
{
    const QDateTime before = m_remote->readAt();
    m_remote->refresh();
    if (!QTest::qWaitFor([&] { return m_remote->readAt() > before; }, 60'000))
        qFatal("the mirror wasn't read anew");
    waitForMirror();
}

Result<core::Response> ConnectionFixture::send(core::Request request)
{
    return await(m_connection->send(std::move(request)));
}

core::Response ConnectionFixture::apply(json::array parts)
{
    auto answer = send(applyRequest(std::move(parts)));
    if (!answer)
        qFatal("%s", why(answer).constData());
    return std::move(*answer);
}

std::string ConnectionFixture::freshId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

json::object ConnectionFixture::named(const std::string &name, json::object more)
{
    more["id"] = freshId();
    more["name"] = name;
    return more;
}

std::string ConnectionFixture::create(const char *kind, const json::object &object)
{
    const core::Response answer = apply({updatePart(QStringLiteral("kith/restore"), {{kind, object}})});
    if (!answer.ok())
        qFatal("%s", line(answer).constData());
    return std::string(applyAnswers(answer).front().at("data").at("id").as_string());
}

core::Response ConnectionFixture::elsewhere(core::Operation operation, const std::string &path, std::string_view data)
{
    return m_local ? m_local->send(operation, path, data) : m_server->ask(operation, path, data);
}

std::string ConnectionFixture::userpass(const std::string &path)
{
    if (!m_local)
        return m_server->userpass(path);
    m_local->post("sys/auth/" + path, R"({"type":"userpass"})");
    const core::Response mounts = m_local->send(core::Operation::Read, "sys/auth");
    return std::string(mounts.data->at(path + "/").at("accessor").as_string());
}

ObjectRef ConnectionFixture::object(const std::string &uuid)
{
    const auto found = await(m_connection->directory().byUuid(QString::fromStdString(uuid)));
    return found && *found ? **found : ObjectRef();
}

QStringList ConnectionFixture::policiesOf(const std::string &uuid)
{
    const auto explanation = await(m_connection->directory().explain(object(uuid)));
    QStringList names;
    if (explanation)
        for (const PolicyWays &policy : explanation->policies)
            names += policy.name;
    return names;
}

} // namespace kith::test
