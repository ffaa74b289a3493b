// SPDX-License-Identifier: Apache-2.0
#include "core/VisitHeader.h"
#include "support/TestCore.h"

#include <QTemporaryDir>
#include <QTest>

using namespace kith;
using namespace kith::test;
using core::Operation;

/// Tokens of browsers, across restarts.
class TestVisitTokens : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    const store::SecretKey m_key = store::SecretKey::random();
    std::unique_ptr<core::Core> m_core;

    /// Ends the process that was, if one was, as it is seen from the file; and begins another.
    void restart(store::Access access = store::Access::ReadWrite)
    {
        m_core.reset();
        core::CoreOptions options;
        options.file.file = m_folder.filePath(QStringLiteral("core.kith")).toStdString();
        options.file.access = access;
        options.rootToken = "root";
        options.rootKey = m_key;
        auto opened = core::Core::open(std::move(options));
        QVERIFY2(opened, why(opened).constData());
        m_core = std::move(*opened);
    }
    core::Response send(Operation operation, const std::string &path, boost::json::object data = {},
                        const std::string &token = "root", bool visit = false)
    {
        core::Request request;
        request.operation = operation;
        request.path = path;
        request.token = token;
        request.data = std::move(data);
        if (visit)
            request.headers[core::VisitHeader] = {"1"};
        return m_core->handle(request);
    }
    std::string logIn(const std::string &mount, bool visit)
    {
        const auto login = send(Operation::Update, "auth/" + mount + "/login/joe", {{"password", "pw"}}, {}, visit);
        return login.auth ? std::string(login.auth->fields.at("client_token").as_string()) : line(login).toStdString();
    }
    bool isGood(const std::string &token) { return send(Operation::Read, "auth/token/lookup-self", {}, token).ok(); }

private Q_SLOTS:
    void endWithTheProcess()
    {
        restart();
        for (const char *mount : {"up", "batch"}) {
            QVERIFY(send(Operation::Update, std::string("sys/auth/") + mount, {{"type", "userpass"}}).ok());
            QVERIFY(send(Operation::Update, std::string("auth/") + mount + "/users/joe", {{"password", "pw"}}).ok());
        }
        QVERIFY(send(Operation::Update, "auth/batch/users/joe", {{"token_type", "batch"}}).ok());
        const std::string usual = logIn("up", false);
        const std::string visit = logIn("up", true);
        const std::string revoked = logIn("up", true);
        const std::string batch = logIn("batch", true); // it is in no file, and ends by its time alone
        const auto child = send(Operation::Update, "auth/token/create", {{"policies", "default"}}, visit);
        for (const std::string &token : {usual, visit, revoked, batch})
            QVERIFY2(isGood(token), token.c_str());
        QVERIFY(send(Operation::Update, "auth/token/revoke-self", {}, revoked).ok());

        restart();
        QVERIFY(isGood(usual));
        QVERIFY(isGood(batch));
        QVERIFY(!isGood(visit));
        QVERIFY(!isGood(revoked));
        const std::string next = logIn("up", true);
        QVERIFY(isGood(next));
        restart();
        QVERIFY(isGood(usual));
        QVERIFY(!isGood(next));
        QCOMPARE(line(child).left(3), QByteArray("403")); // `default` makes no tokens that could outlive it
    }

    /// Whoever only looks into the file of another process ends nothing of it.
    void readersEndNothing()
    {
        restart();
        const std::string visit = logIn("up", true);
        const auto server = std::move(m_core);
        for (const store::Access access : {store::Access::ReadOnly, store::Access::ReadWrite}) {
            restart(access);
            QVERIFY(isGood(visit));
        }
        m_core = nullptr;
    }
};

QTEST_GUILESS_MAIN(TestVisitTokens)
#include "tst_VisitTokens.moc"
