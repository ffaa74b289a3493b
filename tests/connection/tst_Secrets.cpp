// SPDX-License-Identifier: Apache-2.0
#include "connection/Async.h"
#include "connection/Secrets.h"
#include "support/Keychain.h"
#include "support/Support.h"

#include <QTest>

using namespace kith;
using connection::Secrets;

namespace {

template <class T>
Result<T> await(const QFuture<Result<T>> &future)
{
    std::optional<Result<T>> answer;
    QObject context;
    connection::whenReady(future, &context, [&answer](Result<T> result) { answer = std::move(result); });
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 20'000))
        return Error{ErrorCode::TimedOut, 0, "no answer", {}};
    return std::move(*answer);
}

} // namespace

/// On a real keychain (gnome-keyring) on a message bus of the test's own, and where there is none.
class tst_Secrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysThatThereIsNone();
    void keepsSecrets();
};

void tst_Secrets::saysThatThereIsNone()
{
    if (!test::Keychain::instance().hasBus())
        QSKIP("dbus-daemon isn't installed");
    Secrets secrets;
    const auto read = await(secrets.read(QStringLiteral("a")));
    QVERIFY(!read);
    QVERIFY2(read.error().code == ErrorCode::Unreachable, test::why(read));
    const auto written = await(secrets.write(QStringLiteral("a"), "secret"));
    QVERIFY(!written);
    QVERIFY2(written.error().code == ErrorCode::Unreachable, test::why(written));
}

void tst_Secrets::keepsSecrets()
{
    if (!test::Keychain::instance().start())
        QSKIP("gnome-keyring-daemon isn't installed");
    Secrets secrets;
    const QString name = Secrets::tokenOf(QStringLiteral("one"));
    auto read = await(secrets.read(name));
    QVERIFY(!read);
    QVERIFY2(read.error().code == ErrorCode::NotFound, test::why(read));

    const QByteArray secret("\x00\x01 b\xff\xfe\nytes", 11);
    const auto written = await(secrets.write(name, secret));
    QVERIFY2(written, test::why(written));
    read = await(secrets.read(name));
    QVERIFY2(read, test::why(read));
    QCOMPARE(*read, secret);
    QVERIFY(!await(secrets.read(Secrets::tokenOf(QStringLiteral("two")))));
    QVERIFY(await(secrets.write(name, "another")));
    QCOMPARE(*await(secrets.read(name)), QByteArray("another"));

    QVERIFY(await(secrets.remove(name)));
    QVERIFY(!await(secrets.read(name)));
    QVERIFY(await(secrets.remove(name)));
}

QTEST_GUILESS_MAIN(tst_Secrets)
#include "tst_Secrets.moc"
