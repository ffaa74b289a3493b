// SPDX-License-Identifier: Apache-2.0
#include "policy/Policy.h"
#include "support/Support.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace kith;
using namespace kith::policy;
using kith::test::why;

class TestPolicy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answersAreThoseOfTheRealServer();
    void rulesKnowTheirLines();
    void conditionsAreRead();
    void capabilities_data();
    void capabilities();
    void oneLeadingSlashGoes();
    void expiredStanzasSayNothing();
    void jsonIsReadAsOddlyAsByTheRealServer();
};

namespace {

constexpr Nanoseconds Second = 1'000'000'000;

Policy parsed(std::string_view text, Nanoseconds now = 0)
{
    auto policy = parsePolicy(text, now);
    if (!policy)
        qWarning("%s", why(policy).constData());
    return policy ? std::move(*policy) : Policy();
}

QByteArray names(Capabilities capabilities)
{
    QByteArray all;
    for (const std::string &name : capabilities.names())
        all += (all.isEmpty() ? "" : " ") + QByteArray::fromStdString(name);
    return all;
}

} // namespace

/// answers.json holds what OpenBao 2.7.2 said to each text: its error, or nothing when it took it.
void TestPolicy::answersAreThoseOfTheRealServer()
{
    QFile file(QStringLiteral(KITH_SOURCE_DIR "/tests/policy/answers.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray answers = QJsonDocument::fromJson(file.readAll()).array();
    QVERIFY(answers.size() > 500);
    const Nanoseconds now = test::ManualClock().now();
    for (const auto &answer : answers) {
        const std::string text = answer[0].toString().toStdString();
        const auto policy = parsePolicy(text, now);
        const QByteArray ours = policy ? QByteArray() : QByteArray::fromStdString(policy.error().wire);
        QVERIFY2(ours == answer[1].toString().toUtf8(), ("\ntext: " + QByteArray::fromStdString(text) +
                                                         "\nours: " + ours + "\nreal: " + answer[1].toString().toUtf8())
                                                            .constData());
        QVERIFY(policy || policy.error().status == 400);
    }
}

void TestPolicy::rulesKnowTheirLines()
{
    const Policy policy = parsed("# one\npath \"a\" {\n}\n\npath \"b/*\" { capabilities = [\"read\"]\n}\n"
                                 "path \"c/{{identity.entity.id}}\" {}\n");
    QCOMPARE(policy.rules.size(), std::size_t(3));
    QCOMPARE(policy.rules[0].line, 2);
    QCOMPARE(policy.rules[1].line, 5);
    QCOMPARE(policy.rules[1].path, std::string("b/*"));
    QCOMPARE(policy.rules[2].line, 7);
    QVERIFY(policy.rules[2].templated);
    QVERIFY(!policy.rules[1].templated);
}

void TestPolicy::conditionsAreRead()
{
    const Policy policy = parsed("path \"x\" {\n capabilities = [\"list\"]\n min_wrapping_ttl = \"5m\"\n"
                                 " max_wrapping_ttl = 3600\n pagination_limit = \"0x10\"\n"
                                 " required_parameters = [\"B\", \"a\", 1]\n mfa_methods = [\"m\"]\n"
                                 " allowed_parameters = { \"Key\" = [] \"other\" = [true, \"x*\", [\"p\"]] }\n"
                                 " denied_parameters \"No\" { k = \"v\" }\n comment = \"why\"\n"
                                 " expiration = \"2030-01-01T00:00:00Z\"\n"
                                 " list_scan_response_keys_filter_path = \"a/{{.key}}\"\n}\n");
    QCOMPARE(policy.rules.size(), std::size_t(1));
    const PathRule &rule = policy.rules.front();
    QCOMPARE(rule.comment, std::string("why"));
    QCOMPARE(toRfc3339(rule.expires), std::string("2030-01-01T00:00:00Z"));
    const Grant &grant = rule.grant;
    QCOMPARE(grant.minWrappingTtl, 300 * Second);
    QCOMPARE(grant.maxWrappingTtl, 3600 * Second);
    QCOMPARE(grant.paginationLimit, std::int64_t(16));
    QCOMPARE(grant.requiredParameters, (std::vector<std::string>{"1", "a", "b"}));
    QCOMPARE(grant.mfaMethods, std::vector<std::string>{"m"});
    QVERIFY(grant.allowedParameters->at("key").empty());
    QCOMPARE(boost::json::serialize(boost::json::value_from(grant.allowedParameters->at("other"))),
             std::string("[true,\"x*\",[\"p\"]]"));
    QCOMPARE(boost::json::serialize(boost::json::value_from(grant.deniedParameters->at("no"))),
             std::string("[{\"k\":\"v\"}]"));
    QCOMPARE(grant.responseKeysFilterPath, std::string("a/{{.key}}"));
}

void TestPolicy::capabilities_data()
{
    QTest::addColumn<QByteArray>("stanza");
    QTest::addColumn<QByteArray>("granted");
    QTest::newRow("list") << QByteArray("capabilities = [\"update\", \"read\", \"sudo\"]")
                          << QByteArray("read sudo update");
    QTest::newRow("deny alone") << QByteArray("capabilities = [\"read\", \"deny\", \"nonsense\"]")
                                << QByteArray("deny");
    QTest::newRow("none") << QByteArray() << QByteArray();
    QTest::newRow("twice") << QByteArray("capabilities = [\"read\"] capabilities = [\"list\"]")
                           << QByteArray("list read");
    QTest::newRow("an object") << QByteArray("capabilities = {}") << QByteArray();
    QTest::newRow("old read") << QByteArray("policy = \"read\"") << QByteArray("list read");
    QTest::newRow("old write, and more") << QByteArray("policy = \"write\" capabilities = [\"patch\"]")
                                         << QByteArray("create delete list patch read update");
    QTest::newRow("old sudo") << QByteArray("policy = \"sudo\"") << QByteArray("create delete list read sudo update");
    QTest::newRow("old deny") << QByteArray("policy = \"deny\" capabilities = [\"read\"]") << QByteArray("deny");
}

void TestPolicy::capabilities()
{
    QFETCH(QByteArray, stanza);
    const Policy policy = parsed("path \"x\" {" + stanza.toStdString() + "}");
    QCOMPARE(policy.rules.size(), std::size_t(1));
    QTEST(names(policy.rules.front().grant.capabilities), "granted");
}

void TestPolicy::oneLeadingSlashGoes()
{
    const Policy policy = parsed("path \"/one\" {} path \"//two\" {} path three {} path {}");
    QCOMPARE(policy.rules.size(), std::size_t(4));
    QCOMPARE(policy.rules[0].path, std::string("one"));
    QCOMPARE(policy.rules[1].path, std::string("/two"));
    QCOMPARE(policy.rules[2].path, std::string("three"));
    QCOMPARE(policy.rules[3].path, std::string("path"));
}

void TestPolicy::expiredStanzasSayNothing()
{
    const std::string text =
        "path \"+*\" { expiration = \"2020-01-01T00:00:00Z\" } path \"x\" { expiration = 2000000000 }";
    QCOMPARE(parsed(text, test::ManualClock().now()).rules.size(), std::size_t(1));
    QVERIFY(!parsePolicy(text));
}

void TestPolicy::jsonIsReadAsOddlyAsByTheRealServer()
{
    const auto paths = [](std::string_view text) {
        QByteArray all;
        for (const PathRule &rule : parsed(text).rules)
            all += QByteArray::fromStdString(rule.path) + "=" + names(rule.grant.capabilities) + ";";
        return all;
    };
    QCOMPARE(paths("{\"path\":{\"x\":{\"capabilities\":[\"read\"]},\"y\":{\"policy\":\"deny\"}}}"),
             QByteArray("x=read;y=deny;"));
    QCOMPARE(paths("{\"path\":[{\"x\":{\"capabilities\":[\"read\"]}},{\"y\":{}}]}"), QByteArray("x=read;y=;"));
    QVERIFY(!parsePolicy("{\"path\":{\"x\":{\"capabilities\":[\"read\""));
    QCOMPARE(paths("{\"path\":{\"x\":{\"capabilities\":[\"read\"]"), QByteArray("x=read;"));
    QCOMPARE(paths("{\"path\":{\"x\":{\"capabilities\":[true,[\"read\"]}}"), QByteArray("x=read;"));
    // A list of truth values is empty, so it names no value: it denies the parameter whatever it is.
    const Policy policy = parsed("{\"path\":{\"x\":{\"denied_parameters\":[{\"K1\":[true]}]}}}");
    QVERIFY(policy.rules.front().grant.deniedParameters->at("k1").empty());
}

QTEST_GUILESS_MAIN(TestPolicy)
#include "tst_Policy.moc"
