// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>
#include <QtConcurrent/QtConcurrentRun>

#include <atomic>
#include <mutex>
#include <vector>

using namespace kith;
using namespace kith::test;

namespace json = boost::json;

namespace {

/// Says what a real directory wouldn't, when it wouldn't, as RFC 4511 writes it: anybody is let in by the password
/// "secret" or by none, and has one entry with the values that it is given.
class Directory
{
public:
    Directory() : m_server(new QTcpServer)
    {
        m_server->listen(QHostAddress::LocalHost);
        m_port = m_server->serverPort();
        m_server->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
        QObject::connect(m_server, &QTcpServer::newConnection, m_server, [this] {
            while (QTcpSocket *socket = m_server->nextPendingConnection())
                QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { hear(socket); });
        });
        m_thread.start();
    }
    ~Directory()
    {
        m_thread.quit();
        m_thread.wait();
    }
    Directory(const Directory &) = delete;
    Directory &operator=(const Directory &) = delete;

    std::string url() const { return "ldap://127.0.0.1:" + std::to_string(m_port); }
    int binds() const { return m_binds; }
    void give(std::vector<QByteArray> values)
    {
        const std::lock_guard lock(m_mutex);
        m_values = std::move(values);
    }
    /// The next good bind isn't answered until release().
    void hold() { m_holds = true; }
    void release()
    {
        QMetaObject::invokeMethod(m_server, [this] { m_held->write(result(m_heldId, 0x61)); });
    }

private:
    static QByteArray element(char tag, const QByteArray &content)
    {
        return QByteArray(1, tag) + char(content.size()) + content; // all are short
    }
    static QByteArray message(char id, const QByteArray &operation)
    {
        return element(0x30, element(0x02, QByteArray(1, id)) + operation);
    }
    static QByteArray result(char id, char operation, char code = 0)
    {
        return message(id, element(operation, element(0x0a, QByteArray(1, code)) + element(0x04, "") + element(4, "")));
    }

    QByteArray entry(char id)
    {
        const std::lock_guard lock(m_mutex);
        QByteArray values;
        for (const QByteArray &value : m_values)
            values += element(0x04, value);
        const QByteArray attribute = element(0x30, element(0x04, "uid") + element(0x31, values));
        return message(id, element(0x64, element(0x04, "uid=ann") + element(0x30, attribute)));
    }

    void hear(QTcpSocket *socket)
    {
        constexpr char Bind = 0x60;
        constexpr char Search = 0x63;
        const QByteArray asked = socket->readAll(); // short messages, one at a time
        const char id = asked.size() > 5 ? asked[4] : '\0';
        const char operation = asked.size() > 5 ? asked[5] : '\0';
        if (operation == Search)
            socket->write(entry(id) + result(id, 0x65));
        if (operation != Bind)
            return;
        constexpr char InvalidCredentials = 49;
        const bool good = asked.endsWith("secret") || asked.endsWith(QByteArray("\x80\x00", 2));
        if (good && m_holds.exchange(false)) {
            m_held = socket;
            m_heldId = id;
            ++m_binds;
            return;
        }
        ++m_binds;
        socket->write(result(id, 0x61, good ? char(0) : InvalidCredentials));
    }

    QThread m_thread;
    QTcpServer *m_server; ///< In m_thread, as what follows up to the next blank line.
    QTcpSocket *m_held = nullptr;
    char m_heldId = 0;

    int m_port = 0;
    std::atomic<int> m_binds = 0;
    std::atomic<bool> m_holds = false;
    std::mutex m_mutex;
    std::vector<QByteArray> m_values{"ann"};
};

} // namespace

class TestLdapAnswers : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestCore> m_core;
    std::unique_ptr<Directory> m_directory;

    void configure(json::object changes = {})
    {
        json::object settings{{"url", m_directory->url()}, {"userdn", "ou=people"}, {"userattr", "uid"}};
        for (const auto &[name, value] : changes)
            settings[name] = value;
        const auto saved = m_core->post("auth/ldap/config", std::move(settings));
        QVERIFY2(saved.ok(), line(saved).constData());
    }
    core::Response logIn(const std::string &name, const std::string &password)
    {
        return m_core->sendAs({}, core::Operation::Update, "auth/ldap/login/" + name,
                              json::serialize(json::object{{"password", password}}));
    }
    static std::string field(const core::Response &response, const char *name)
    {
        return response.auth ? std::string(response.auth->fields.at(name).get_string()) : line(response).toStdString();
    }
    /// The name of the alias that somebody who logs in gets, or the refusal.
    QByteArray alias(const std::string &name, std::vector<QByteArray> values)
    {
        m_directory->give(std::move(values));
        const auto login = logIn(name, "secret");
        if (!login.auth)
            return line(login);
        const auto entity = m_core->get("identity/entity/id/" + field(login, "entity_id"));
        const json::value aliases = json::parse(member(entity, "aliases").toStdString());
        return QByteArray::fromStdString(std::string(aliases.at(0).at("name").as_string()));
    }

private Q_SLOTS:
    void init()
    {
        m_core = std::make_unique<TestCore>();
        m_core->mount("ldap", R"({"type":"ldap"})");
        m_directory = std::make_unique<Directory>();
    }

    /// In whatever order they come.
    void picksOneOfSeveralNames()
    {
        configure();
        QCOMPARE(alias("x", {"lee", "ann"}), QByteArray("ann"));
        QCOMPARE(alias("x", {"ann", "lee"}), QByteArray("ann"));
        QCOMPARE(alias("LEE", {"ann", "lee"}), QByteArray("lee"));
        QCOMPARE(alias("x", {"\xFF"}),
                 QByteArray("400 ldap operation failed: the entity alias attribute is no text: uid"));
    }

    void refusesEmptyPasswordsAtRenewals()
    {
        configure({{"deny_null_bind", false}});
        const std::string token = field(logIn("ann", ""), "client_token");
        const auto renew = [&] { return m_core->sendAs(token, core::Operation::Update, "auth/token/renew-self"); };
        QVERIFY2(renew().auth, line(renew()).constData());
        configure({{"deny_null_bind", true}});
        const int before = m_directory->binds();
        QCOMPARE(line(renew()),
                 QByteArray("400 password cannot be of zero length when passwordless binds are being denied"));
        QCOMPARE(m_directory->binds(), before);
    }

    /// Many guesses at once are no more than one after the other.
    void locksOutWhoWaits()
    {
        configure();
        m_directory->hold();
        auto first = QtConcurrent::run([this] { return line(logIn("ann", "secret")); });
        QVERIFY(QTest::qWaitFor([this] { return m_directory->binds() == 1; }, 20'000));
        for (int i = 0; i < 5; ++i)
            QCOMPARE(line(logIn("ann", "x")), QByteArray("400 ldap operation failed: failed to bind as user"));
        m_directory->release();
        QCOMPARE(first.result(), QByteArray("403 permission denied"));
    }
};

QTEST_GUILESS_MAIN(TestLdapAnswers)
#include "tst_LdapAnswers.moc"
