// SPDX-License-Identifier: Apache-2.0
#include "policy/LostAccess.h"

#include <QElapsedTimer>
#include <QTest>

#include <map>
#include <random>

using namespace kith;
using namespace kith::policy;

class TestLostAccess : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cases_data();
    void cases();
    void nothingIsMissedOrInvented();
    void hundredsOfRulesAreQuick();
};

namespace {

using Policies = std::vector<std::shared_ptr<const Policy>>;

std::shared_ptr<const Policy> named(std::string name, std::string_view text)
{
    auto policy = parsePolicy(text);
    if (!policy)
        qFatal("%s", policy.error().wire.c_str());
    policy->name = std::move(name);
    return std::make_shared<const Policy>(std::move(*policy));
}

QByteArray told(const std::vector<LostAccess> &losses)
{
    QByteArray all;
    for (const LostAccess &loss : losses) {
        all += QByteArray::fromStdString(loss.path) + ":";
        for (const std::string &name : loss.capabilities.names())
            all += " " + QByteArray::fromStdString(name);
        all += " by";
        for (const std::string &name : loss.policies)
            all += " " + QByteArray::fromStdString(name);
        all += ";";
    }
    return all;
}

/// Lost capabilities by deciding rule, found by asking every path of a small world.
std::map<std::string, Capabilities> bruteForce(const Acl &before, const Acl &after,
                                               const std::vector<std::string> &paths)
{
    std::map<std::string, Capabilities> lost;
    constexpr Capabilities listed{Capability::List, Capability::Scan};
    for (const std::string &path : paths) {
        for (const bool listing : {false, true}) {
            if (listing && path.back() != '/')
                continue;
            const MergedRule *old = before.choose(path, listing);
            const MergedRule *now = after.choose(path, listing);
            if (old == nullptr || now == nullptr)
                continue;
            const Capabilities had = old->grant.capabilities.without({Capability::Deny});
            const Capabilities asked = listing ? had.common(listed) : had.without(listed);
            const Capabilities gone = asked.without(now->grant.capabilities);
            if (!gone.empty())
                lost[now->pattern.text()] = lost[now->pattern.text()].united(gone);
        }
    }
    return lost;
}

void allPaths(const std::string &start, std::size_t depth, std::vector<std::string> &out)
{
    for (const char *segment : {"a", "b", "ab", "zz", ""}) {
        const std::string path = start + segment;
        if (!path.empty())
            out.push_back(path);
        if (depth > 1)
            allPaths(path + "/", depth - 1, out);
    }
}

} // namespace

void TestLostAccess::cases_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("gained");
    QTest::addColumn<QByteArray>("lost");
    const auto row = [](const char *name, const char *before, const char *gained, const char *lost) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(gained) << QByteArray(lost);
    };
    row("a deny on the same path", "path \"a\" { capabilities = [\"read\"] }",
        "path \"a\" { capabilities = [\"deny\"] }", "a: read by new;");
    row("the same path grants more", "path \"a\" { capabilities = [\"read\"] }",
        "path \"a\" { capabilities = [\"list\"] }", "");
    row("a narrower prefix", "path \"a/*\" { capabilities = [\"read\", \"update\"] }",
        "path \"a/b/*\" { capabilities = [\"read\"] }", "a/b/*: update by new;");
    row("a wider prefix", "path \"a/b/*\" { capabilities = [\"update\"] }",
        "path \"a/*\" { capabilities = [\"read\"] }", "");
    row("an exact path under a prefix", "path \"a/*\" { capabilities = [\"read\"] }",
        "path \"a/b\" { capabilities = [] }", "a/b: read by new;");
    row("a plus across", "path \"a/*\" { capabilities = [\"update\"] }", "path \"a/+/c\" { capabilities = [\"read\"] }",
        "a/+/c: update by new;");
    row("elsewhere", "path \"a/*\" { capabilities = [\"read\"] }", "path \"b/*\" { capabilities = [\"deny\"] }", "");
    row("covered by what one has",
        "path \"a/*\" { capabilities = [\"read\"] } path \"a/b\" { capabilities = [\"list\"] }",
        "path \"a/+\" { capabilities = [\"read\"] }", "");
    row("lists come with a slash", "path \"a/b\" { capabilities = [\"list\"] }",
        "path \"a/b/\" { capabilities = [\"read\"] }", "a/b/: list by new;");
    row("a template is text", "path \"a/*\" { capabilities = [\"read\"] }",
        "path \"a/{{identity.entity.id}}\" { capabilities = [\"update\"] }", "a/{{identity.entity.id}}: read by new;");
}

void TestLostAccess::cases()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, gained);
    const auto old = named("old", before.toStdString());
    const auto losses = lostAccess(Acl(Policies{old}), Acl(Policies{old, named("new", gained.toStdString())}));
    QTEST(told(losses), "lost");
    for (const LostAccess &loss : losses)
        QVERIFY(!loss.example.empty());
}

void TestLostAccess::nothingIsMissedOrInvented()
{
    std::vector<std::string> paths;
    allPaths({}, 5, paths);
    std::mt19937 random(11);
    const auto pick = [&](std::initializer_list<const char *> texts) {
        return std::data(texts)[random() % texts.size()];
    };
    int found = 0;
    for (int round = 0; round < 400; ++round) {
        const auto randomPolicy = [&](const char *name) {
            Policy policy;
            policy.name = name;
            for (std::size_t rules = 1 + random() % 4; rules > 0; --rules) {
                PathRule &rule = policy.rules.emplace_back();
                rule.path = pick({"a", "b", "+", "ab"});
                for (std::size_t more = random() % 3; more > 0; --more)
                    rule.path += std::string("/") + pick({"a", "b", "+", "ab", ""});
                if (random() % 2 == 0 && rule.path.back() != '+')
                    rule.path += "*";
                for (const Capability capability : {Capability::Read, Capability::Update, Capability::List}) {
                    if (random() % 2 == 0)
                        rule.grant.capabilities.insert(capability);
                }
                if (random() % 8 == 0)
                    rule.grant.capabilities = {Capability::Deny};
            }
            return std::make_shared<const Policy>(policy);
        };
        const auto old = randomPolicy("old");
        const auto gained = randomPolicy("new");
        const Acl before(Policies{old});
        const Acl after(Policies{old, gained});
        std::map<std::string, Capabilities> fast;
        for (const LostAccess &loss : lostAccess(before, after))
            fast[loss.path] = loss.capabilities;
        const auto slow = bruteForce(before, after, paths);
        found += static_cast<int>(slow.size());
        QCOMPARE(fast.size(), slow.size());
        for (const auto &[path, capabilities] : slow)
            QVERIFY2(fast.count(path) == 1 && fast[path] == capabilities, path.c_str());
    }
    QVERIFY(found > 100);
}

void TestLostAccess::hundredsOfRulesAreQuick()
{
    const auto many = [](const char *name, const char *tail, const char *capability) {
        std::string text;
        for (int i = 0; i < 500; ++i)
            text += "path \"secret/data/team" + std::to_string(i) + tail + "\" { capabilities = [\"" + capability +
                    "\"] }\n";
        return named(name, text);
    };
    const auto old = many("old", "/*", "read");
    const Acl before(Policies{old});
    const Acl after(Policies{old, many("new", "/+/x", "update")});
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(lostAccess(before, after).size(), std::size_t(500));
    qInfo("%lld ms", timer.elapsed());
    QVERIFY(timer.elapsed() < 5000);
}

QTEST_GUILESS_MAIN(TestLostAccess)
#include "tst_LostAccess.moc"
