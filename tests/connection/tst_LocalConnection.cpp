// SPDX-License-Identifier: Apache-2.0
#include "connection/Async.h"
#include "support/LiveConnection.h"
#include "support/TestCore.h"

#include <QSignalSpy>
#include <QTest>

using namespace kith;
using namespace kith::connection;
using test::await;
using test::LiveConnection;
using test::why;

namespace {

core::Request read(std::string path)
{
    core::Request request;
    request.path = std::move(path);
    return request;
}

core::Request createEntity(const std::string &name)
{
    core::Request request;
    request.operation = core::Operation::Update;
    request.path = "identity/entity";
    request.data["name"] = name;
    return request;
}

} // namespace

class TestLocalConnection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void opensWithoutWaiting()
    {
        const QTemporaryDir folder;
        LocalOptions options;
        options.file = folder.filePath(QStringLiteral("new folder/ä core.kith"));
        std::unique_ptr<LocalConnection> opened;
        whenReady(LocalConnection::open(options), this, [&](Result<std::unique_ptr<LocalConnection>> result) {
            QVERIFY2(result, why(result));
            opened = std::move(*result);
        });
        QVERIFY(!opened);
        QTRY_VERIFY(opened);
        QCOMPARE(opened->thread(), QThread::currentThread());
        QCOMPARE(opened->location(), QFileInfo(options.file).canonicalFilePath());
        QVERIFY(opened->otherWriter().isEmpty());
        QCOMPARE(opened->name(), QStringLiteral("Local core"));
    }
    void isCalledAsItWasAskedTo()
    {
        const QTemporaryDir folder;
        LocalOptions options;
        options.file = folder.filePath(QStringLiteral("core.kith"));
        options.name = QStringLiteral("core.kith");
        const auto opened = await(LocalConnection::open(options));
        QVERIFY2(opened, why(opened));
        QCOMPARE((*opened)->name(), options.name);
    }
    void saysWhyItCannotOpen()
    {
        const QTemporaryDir folder;
        LocalOptions options;
        options.file = folder.filePath(QStringLiteral("letter.txt"));
        QFile file(options.file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("Dear Ada, this is not a database at all.\n").repeated(100));
        file.close();
        const auto result = await(LocalConnection::open(options));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::NotACore);
    }
    void answersWithErrorsOfTheCore()
    {
        LiveConnection live;
        const auto missing = await(live.connection().send(read("identity/entity/id/none")));
        QVERIFY2(missing, why(missing));
        QCOMPARE(missing->status, 404);
    }
    void sendsInOrder()
    {
        LiveConnection live;
        std::vector<QFuture<Result<core::Response>>> answers;
        for (int i = 0; i < 40; ++i) {
            core::Request request = createEntity("ada");
            request.data["metadata"] = boost::json::object{{"turn", std::to_string(i)}};
            answers.push_back(live.connection().send(std::move(request)));
        }
        for (auto &answer : answers)
            QVERIFY(await(answer)->ok());
        const auto last = await(live.connection().send(read("identity/entity/name/ada")));
        QCOMPARE(test::member(*last, "metadata"), QByteArray("{\"turn\":\"39\"}"));
    }
    void tellsChangesBeforeTheAnswerAndTogether()
    {
        LiveConnection live;
        QSignalSpy changed(&live.connection(), &Connection::changed);
        qsizetype changesAtAnswer = -1;
        whenReady(live.connection().send(createEntity("ada")), this,
                  [&](const Result<core::Response> &) { changesAtAnswer = changed.size(); });
        QTRY_COMPARE(changesAtAnswer, 1);

        changed.clear();
        std::vector<QFuture<Result<core::Response>>> answers;
        for (int i = 0; i < 20; ++i)
            answers.push_back(live.connection().send(createEntity("person " + std::to_string(i))));
        for (auto &answer : answers)
            QVERIFY(await(answer)->ok());
        QCOMPARE(changed.size(), 0); // nothing comes without the event loop
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(changed.front().front().value<ChangeSet>().entities.size(), std::size_t{20});
    }
    void leavesOutWhatWasCancelledBeforeItBegan()
    {
        LiveConnection live;
        std::vector<QFuture<Result<core::Response>>> answers;
        for (int i = 0; i < 50; ++i)
            answers.push_back(live.connection().send(createEntity("person " + std::to_string(i))));
        bool cancelled = false;
        whenReady(answers.back(), this, [&](const Result<core::Response> &answer) {
            cancelled = !answer && answer.error().code == ErrorCode::Cancelled;
        });
        answers.back().cancel();
        QTRY_VERIFY(cancelled);
        QVERIFY(await(answers[48])->ok());
        QCOMPARE(await(live.connection().send(read("identity/entity/name/person 49")))->status, 404);
    }
    void endsWhileItIsAsked()
    {
        int answered = 0;
        for (int round = 0; round < 3; ++round) {
            LiveConnection live;
            for (int i = 0; i < 30; ++i) {
                whenReady(live.connection().send(createEntity("person " + std::to_string(i))), this,
                          [&](const Result<core::Response> &) { ++answered; });
                whenReady(live.directory().entityRows({}), this, [&](const Result<Rows<EntityId>> &) { ++answered; });
            }
        }
        QTRY_COMPARE(answered, 3 * 60); // each one is finished, be it as cancelled
    }
    void tellsWhenAPolicyExpires()
    {
        LiveConnection live;
        const boost::json::object policy{{"policy", "path \"a\" { capabilities = [\"read\"] }"}, {"ttl", "2s"}};
        live.post("sys/policies/acl/short", boost::json::serialize(policy));
        const EntityId ada = live.entity("ada", R"("policies":["short"])");
        QCOMPARE(await(live.directory().explain(ObjectRef::of(ada)))->policies.at(0).defined, true);
        QSignalSpy changed(&live.connection(), &Connection::changed);
        const auto told = [&] {
            return std::any_of(changed.begin(), changed.end(), [](const auto &arguments) {
                const auto set = arguments.at(0).template value<ChangeSet>();
                return set.policies.size() == 1 && set.entities.empty();
            });
        };
        QTRY_COMPARE(changed.size(), 1); // what was just written
        changed.clear();
        QTRY_VERIFY_WITH_TIMEOUT(told(), 10'000);
        QCOMPARE(await(live.directory().explain(ObjectRef::of(ada)))->policies.at(0).defined, false);
    }
    void namesTheOtherWriter()
    {
        LiveConnection first;
        LocalOptions options;
        options.file = first.file();
        options.program = QStringLiteral("kith two");
        auto second = await(LocalConnection::open(options));
        QVERIFY2(second, why(second));
        QVERIFY2((*second)->otherWriter().contains(QStringLiteral("kith")), qPrintable((*second)->otherWriter()));
        QVERIFY(first.connection().otherWriter().isEmpty());

        const auto refused = await((*second)->send(createEntity("bo")));
        QVERIFY(!refused || !refused->ok());

        // What the first writes, the second notices.
        const QSignalSpy changed(second->get(), &Connection::changed);
        first.entity("ada");
        QTRY_VERIFY(!changed.isEmpty());
        QVERIFY(changed.front().front().value<ChangeSet>().everything);
        QTRY_COMPARE(await((*second)->directory().entityRows({}))->size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestLocalConnection)
#include "tst_LocalConnection.moc"
