// SPDX-License-Identifier: Apache-2.0
#include "support/TestCore.h"

#include <QTest>

#include <thread>

using namespace kith;
using namespace kith::core;
using kith::test::line;
using kith::test::member;
using kith::test::TestCore;
using Json = boost::json::object;

class TestTheDoor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksForTheRootToken()
    {
        TestCore core;
        for (const char *token : {"", "roo", "root ", "rooT", "toot"}) {
            Request request;
            request.path = "identity/entity/id/x";
            request.token = token;
            QCOMPARE(line(core.core().handle(request)), QByteArray("403 permission denied"));
            request.path = "no/such/path";
            QCOMPARE(line(core.core().handle(request)), QByteArray("403 permission denied"));
        }
    }
    void isSealedWithoutAKey()
    {
        QTemporaryDir folder;
        CoreOptions options;
        options.file.file = folder.filePath(QStringLiteral("core.kith")).toStdString();
        const auto opened = Core::open(std::move(options));
        QVERIFY2(opened, test::why(opened));
        Request request;
        request.path = "identity/entity/id/x";
        QCOMPARE(line((*opened)->handle(request)), QByteArray("503 Vault is sealed"));
    }
    void hasNoTokenUnlessOneIsGiven()
    {
        QTemporaryDir folder;
        CoreOptions options;
        options.file.file = folder.filePath(QStringLiteral("core.kith")).toStdString();
        options.rootKey = store::SecretKey::random();
        const auto opened = Core::open(std::move(options));
        QVERIFY2(opened, test::why(opened));
        Request request;
        request.path = "identity/entity/id/x";
        QCOMPARE(line((*opened)->handle(request)), QByteArray("403 permission denied"));
    }
    void knowsOnlyTheRootNamespace()
    {
        TestCore core;
        Request request;
        request.token = "root";
        request.ns = "team/";
        request.path = "identity/entity/id/x";
        QCOMPARE(line(core.core().handle(request)), QByteArray("404 namespace not found"));
    }
    void answersEveryPath_data()
    {
        QTest::addColumn<Operation>("operation");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](Operation operation, const char *path, const char *expected) {
            QTest::addRow("%d %s", static_cast<int>(operation), path)
                << operation << QByteArray(path) << QByteArray(expected);
        };
        const char *path = "404 1 error occurred:\n\t* unsupported path\n\n";
        const char *operation = "405 1 error occurred:\n\t* unsupported operation\n\n";
        const char *slash = "400 cannot write to a path ending in '/'";
        row(Operation::Read, "identity", path);
        row(Operation::Read, "identity/", path);
        row(Operation::Read, "identity/foo", path);
        row(Operation::Read, "auth/token/zz", path);
        row(Operation::Read, "auth/token", path);
        row(Operation::Read, "sys/foo", path);
        row(Operation::Read, "kith/foo", path);
        row(Operation::Read, "identity/entity/id/a b", path);
        row(Operation::Read, "identity/entity/id/-x", path);
        row(Operation::List, "identity/entity", path);
        row(Operation::List, "identity/entity/id/x", path);
        row(Operation::Read, "ident", "404 no handler for route \"ident\". route entry not found.");
        row(Operation::Read, "auth/foo/bar", "404 no handler for route \"auth/foo/bar\". route entry not found.");
        row(Operation::Update, "foo", "404 no handler for route \"foo\". route entry not found.");
        row(Operation::Read, "identity/entity/id", operation);
        row(Operation::Read, "identity/entity/id/", operation);
        row(Operation::Read, "identity/entity/name/", operation);
        row(Operation::Scan, "identity/entity/id", operation);
        row(Operation::List, "identity/entity/name/foo", operation);
        row(Operation::Patch, "identity/entity/id/x", operation);
        row(Operation::Delete, "identity/entity", operation);
        row(Operation::Read, "identity/lookup/entity", operation);
        row(Operation::Update, "identity/entity/", slash);
        row(Operation::Update, "identity/entity/id/", slash);
        row(Operation::Update, "foo/", slash);
        row(Operation::Read, "identity/entity/id/nope", "404");
        row(Operation::List, "identity/entity/id", "404");
        row(Operation::List, "identity/entity/id/", "404");
        row(Operation::List, "identity/entity-alias/id", "404");
        row(Operation::Delete, "identity/entity/id/nope", "204");
    }
    void answersEveryPath()
    {
        QFETCH(Operation, operation);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, expected);
        TestCore core;
        QCOMPARE(line(core.send(operation, path.toStdString())), expected);
    }
    void looksAtThePathBeforeTheToken()
    {
        TestCore core;
        Request request;
        request.operation = Operation::Update;
        request.path = "identity/entity/";
        QCOMPARE(line(core.core().handle(request)), QByteArray("400 cannot write to a path ending in '/'"));
    }
    void warnsOfParameters()
    {
        TestCore core;
        const Response made = core.post("identity/entity/name/x", R"({"zz":1,"aa":null,"name":"other"})");
        QCOMPARE(made.status, 200);
        QCOMPARE(made.warnings.size(), std::size_t(2));
        QCOMPARE(made.warnings[0], std::string("Endpoint ignored these unrecognized parameters: [aa zz]"));
        QCOMPARE(made.warnings[1], std::string("Endpoint replaced the value of these parameters with the values "
                                               "captured from the endpoint's path: [name]"));
        QCOMPARE(member(made, "name"), QByteArray("\"x\""));

        // Even an equal value counts as replaced; null doesn't.
        QCOMPARE(core.post("identity/entity/name/y", R"({"name":"y"})").warnings.size(), std::size_t(1));
        QCOMPARE(core.post("identity/entity/name/z", R"({"name":null})").warnings.size(), std::size_t(0));
        // Where there is no data there is no warning either.
        QCOMPARE(line(core.post("identity/entity/name/x", R"({"zz":1})")), QByteArray("204"));
        QCOMPARE(line(core.send(Operation::Read, "identity/entity/name/nope", R"({"zz":1})")), QByteArray("404"));
    }
    void givesAnEmptyListDataWhenItWarns()
    {
        TestCore core;
        QCOMPARE(line(core.send(Operation::List, "identity/entity/id", R"({"limit":"1"})")),
                 QByteArray("200 {} (Endpoint ignored these unrecognized parameters: [limit])"));
    }
    void validatesFieldsBeforeAnythingElse()
    {
        TestCore core;
        QCOMPARE(line(core.post("identity/entity", R"({"id":"nope","disabled":"maybe"})")),
                 QByteArray("400 Field validation failed: error converting input for field \"disabled\": '' cannot "
                            "parse value as 'bool': strconv.ParseBool: invalid syntax"));
        QCOMPARE(line(core.post("identity/entity/id/nope", R"({"policies":"root","metadata":"a"})")),
                 QByteArray("400 Field validation failed: error converting input for field \"metadata\": invalid key "
                            "pair at index 0 in field \"metadata\""));
    }
    void keepsWhatItAnswered()
    {
        QTemporaryDir folder;
        CoreOptions options;
        options.file.file = folder.filePath(QStringLiteral("core.kith")).toStdString();
        options.rootToken = "root";
        Request request;
        request.operation = Operation::Update;
        request.path = "identity/entity/name/kept";
        request.token = "root";
        {
            const auto opened = Core::open(options);
            QVERIFY2(opened, test::why(opened));
            QCOMPARE((*opened)->handle(request).status, 200);
        }
        const auto again = Core::open(options);
        QVERIFY2(again, test::why(again));
        request.operation = Operation::Read;
        QCOMPARE((*again)->handle(request).status, 200);
    }
    void servesManyThreads()
    {
        TestCore core;
        std::atomic<int> made = 0;
        std::atomic<int> seen = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&core, &made, &seen, t] {
                for (int i = 0; i < 20; ++i) {
                    const std::string path = "identity/entity/name/e" + std::to_string((t + i) % 20);
                    made += core.post(path).status == 200;
                    seen += core.get(path).status == 200;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(made, 20); // each name was new once, whoever came first
        QCOMPARE(seen, 80);
    }
};

QTEST_GUILESS_MAIN(TestTheDoor)
#include "tst_Core.moc"
