// SPDX-License-Identifier: Apache-2.0
#include "policy/Acl.h"

#include <QTest>

#include <random>

using namespace kith;
using namespace kith::policy;
using boost::json::object;

class TestAcl : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void patterns_data();
    void patterns();
    void capabilities_data();
    void capabilities();
    void choiceAgreesWithASlowOne();
    void samePathsMerge();
    void rootAllowsEverything();
    void decisionsNameTheirRules();
    void parameters_data();
    void parameters();
    void wrapping();
    void limits_data();
    void limits();
    void expiredRulesDontCount();
};

namespace {

std::shared_ptr<const Policy> named(std::string name, std::string_view text)
{
    auto policy = parsePolicy(text);
    if (!policy)
        qFatal("%s", policy.error().wire.c_str());
    policy->name = std::move(name);
    return std::make_shared<const Policy>(std::move(*policy));
}

Acl aclOf(std::string_view text)
{
    return Acl({named("p", text)});
}

QByteArray joined(const std::vector<std::string> &names)
{
    QByteArray all;
    for (const std::string &name : names)
        all += (all.isEmpty() ? "" : " ") + QByteArray::fromStdString(name);
    return all;
}

/// Whether the pattern matches, letter by letter, without an index or a look ahead.
bool slowMatch(const std::vector<std::string> &pattern, bool glob, const std::vector<std::string> &path)
{
    if (glob ? path.size() < pattern.size() : path.size() != pattern.size())
        return false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool last = glob && i + 1 == pattern.size();
        if (last ? path[i].rfind(pattern[i], 0) != 0 : pattern[i] != "+" && pattern[i] != path[i])
            return false;
    }
    return true;
}

std::vector<std::string> cut(const std::string &text)
{
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == '/')
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

/// The rule that decides by the letter of spec/engine.md §9.4, over all rules; empty: none.
std::string slowChoice(const std::vector<std::string> &patterns, const std::string &path, bool listing)
{
    const bool slashed = listing && !path.empty() && path.back() == '/';
    const std::string shorter = slashed ? path.substr(0, path.size() - 1) : path;
    const auto wild = [](const std::string &pattern) {
        const auto parts = cut(pattern);
        return pattern.back() == '*' || std::find(parts.begin(), parts.end(), "+") != parts.end();
    };
    for (const std::string &asked : {path, shorter}) {
        for (const std::string &pattern : patterns) {
            if (!wild(pattern) && pattern == asked)
                return pattern;
        }
    }
    const auto rank = [](const std::string &pattern) {
        const auto parts = cut(pattern);
        std::size_t position = 0;
        std::size_t first = pattern.back() == '*' ? pattern.size() - 1 : std::string::npos;
        for (const std::string &part : parts) {
            if (part == "+")
                first = std::min(first, position);
            position += part.size() + 1;
        }
        return std::tuple(first, pattern.back() != '*', -std::count(parts.begin(), parts.end(), "+"), pattern.size(),
                          pattern);
    };
    for (const std::string &asked : {path, shorter}) {
        std::string best;
        for (const std::string &pattern : patterns) {
            const bool glob = pattern.back() == '*';
            if (!wild(pattern) ||
                !slowMatch(cut(glob ? pattern.substr(0, pattern.size() - 1) : pattern), glob, cut(asked)))
                continue;
            if (best.empty() || rank(pattern) > rank(best))
                best = pattern;
        }
        if (!best.empty())
            return best;
    }
    return {};
}

} // namespace

void TestAcl::patterns_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *pattern, const char *path, bool matches) {
        QTest::addRow("%s on %s", pattern, path) << QByteArray(pattern) << QByteArray(path) << matches;
    };
    row("a/b", "a/b", true);
    row("a/b", "a/bc", false);
    row("a/*", "a/x", true);
    row("a/*", "a/", true);
    row("a/*", "a", false);
    row("a/b*", "a/bc/d", true);
    row("a/*/b", "a/*/b", true); // a star in the middle is a letter
    row("a/*/b", "a/x/b", false);
    row("a/b**", "a/b*c", true);
    row("a/b**", "a/bc", false);
    row("a/+", "a/b", true);
    row("a/+", "a/", true);
    row("a/+", "a", false);
    row("a/+", "a/b/c", false);
    row("a/+/c", "a//c", true);
    row("a/b+/c", "a/bx/c", false); // a plus beside other letters is one
    row("a/b+/c", "a/b+/c", true);
    row("a/+/c*", "a/b/c", true);
    row("a/+/c*", "a/b/cde/f", true);
    row("a/+/c*", "a/b/d", false);
    row("+/*", "a", false);
    row("+/*", "a/b/c", true);
    row("+/a*", "x/ab/c", true);
    row("a/+/*/b", "a/x/*/b", true);
    row("a/+/*/b", "a/x/y/b", false);
    row("*", "", true);
}

void TestAcl::patterns()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, path);
    QTEST(PathPattern(pattern.toStdString()).matches(path.toStdString()), "matches");
}

void TestAcl::capabilities_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("granted");
    const auto row = [](const char *text, std::initializer_list<std::pair<const char *, const char *>> expected) {
        for (const auto &[path, granted] : expected)
            QTest::addRow("%s: %s", text, path) << QByteArray(text) << QByteArray(path) << QByteArray(granted);
    };
    row("path \"a/b\" { capabilities = [\"read\"] }",
        {{"a/b", "read"}, {"a/b/", "read"}, {"a/b/c", "deny"}, {"a/bc", "deny"}, {"a", "deny"}});
    row("path \"a/*\" { capabilities = [\"read\", \"list\"] } path \"a/b/*\" { capabilities = [\"update\"] }",
        {{"a/x", "list read"}, {"a/b/x", "update"}});
    row("path \"a/*\" { capabilities = [\"deny\"] } path \"a/b/*\" { capabilities = [\"read\"] }",
        {{"a/x", "deny"}, {"a/b/c", "read"}});
    row("path \"a/*\" { capabilities = [\"read\"] } path \"a/+\" { capabilities = [\"list\"] } "
        "path \"a/b\" { capabilities = [\"deny\"] }",
        {{"a/b", "deny"}, {"a/c", "list"}, {"a/b/", "deny"}, {"a/c/", "read"}, {"a/b/c", "read"}});
    row("path \"a/+\" { capabilities = [\"read\"] } path \"a/+/\" { capabilities = [\"update\"] }",
        {{"a/b", "read"}, {"a/b/", "update"}});
    row("path \"a/*\" { capabilities = [\"read\"] } path \"a\" { capabilities = [\"update\"] }", {{"a/", "update"}});
    row("path \"a/*\" { capabilities = [\"read\"] } path \"a/+/c\" { capabilities = [\"list\"] }",
        {{"a/b/c", "list"}, {"a/b", "read"}, {"z", "deny"}});
    row("path \"x\" {}", {{"x", "deny"}});
}

void TestAcl::capabilities()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, path);
    QTEST(joined(aclOf(text.toStdString()).capabilities(path.toStdString())), "granted");
}

void TestAcl::choiceAgreesWithASlowOne()
{
    std::mt19937 random(7);
    const auto pick = [&](std::initializer_list<const char *> texts) {
        return std::data(texts)[random() % texts.size()];
    };
    for (int round = 0; round < 3000; ++round) {
        Policy policy;
        std::vector<std::string> patterns;
        for (std::size_t rules = 1 + random() % 8; rules > 0; --rules) {
            std::string path = pick({"a", "b", "+", "ab", "a+"});
            for (std::size_t more = random() % 4; more > 0; --more)
                path += std::string("/") + pick({"a", "b", "+", "+", "ab", "", "*"});
            if (random() % 3 == 0 && path.back() != '+')
                path += "*";
            if (path.find("+*") != std::string::npos)
                continue;
            policy.rules.emplace_back().path = path;
            patterns.push_back(path);
        }
        const Acl acl({std::make_shared<const Policy>(policy)});
        for (int asked = 0; asked < 20; ++asked) {
            std::string path = pick({"a", "b", "ab", "abc", "+", "a+"});
            for (std::size_t more = random() % 5; more > 0; --more)
                path += std::string("/") + pick({"a", "b", "ab", "abc", "", "x", "*"});
            const bool listing = random() % 2 == 0;
            const MergedRule *rule = acl.choose(path, listing);
            const std::string fast = rule != nullptr ? rule->pattern.text() : std::string();
            const std::string slow = patterns.empty() ? std::string() : slowChoice(patterns, path, listing);
            QVERIFY2(fast == slow, (path + ": " + fast + " instead of " + slow).c_str());
            const auto all = acl.matching(path, listing);
            QCOMPARE(all.empty() ? nullptr : all.front(), rule);
        }
    }
}

void TestAcl::samePathsMerge()
{
    const Acl acl({named("b", "path \"x\" { capabilities = [\"list\"] max_wrapping_ttl = 50 pagination_limit = 5 "
                              "allowed_parameters = { \"a\" = [\"1\"] \"b\" = [] } required_parameters = [\"q\"] }"),
                   named("a", "path \"/x\" { capabilities = [\"read\"] max_wrapping_ttl = 90 min_wrapping_ttl = 9 "
                              "allowed_parameters = { \"a\" = [\"2\"] \"b\" = [\"3\"] } }"
                              "path \"y\" { capabilities = [\"read\"] }"),
                   named("c", "path \"y\" { capabilities = [\"deny\"] }")});
    QCOMPARE(acl.rules().size(), std::size_t(2));
    const MergedRule *rule = acl.ruleFor("x");
    QVERIFY(rule != nullptr);
    QCOMPARE(joined(rule->grant.capabilities.names()), QByteArray("list read"));
    QCOMPARE(rule->grant.maxWrappingTtl, Nanoseconds(50'000'000'000));
    QCOMPARE(rule->grant.minWrappingTtl, Nanoseconds(9'000'000'000));
    QCOMPARE(rule->grant.paginationLimit, std::int64_t(5));
    QCOMPARE(rule->grant.allowedParameters->at("a").size(), std::size_t(2));
    QVERIFY(rule->grant.allowedParameters->at("b").empty());
    QCOMPARE(rule->grant.requiredParameters, std::vector<std::string>{"q"});
    QCOMPARE(rule->origins.size(), std::size_t(2));
    QCOMPARE(rule->origins[0].policy, std::string("a"));
    QCOMPARE(joined(acl.capabilities("y")), QByteArray("deny"));
}

void TestAcl::rootAllowsEverything()
{
    const Acl acl({named("root", "")});
    QCOMPARE(joined(acl.capabilities("anything")), QByteArray("root"));
    QVERIFY(acl.decide({Capability::Delete, "x"}).allowed());
}

void TestAcl::decisionsNameTheirRules()
{
    const Acl acl({named("wide", "path \"a/*\" { capabilities = [\"update\"] }"),
                   named("narrow", "\n\npath \"a/+/c\" { capabilities = [\"read\"] }")});
    const Decision decision = acl.decide({Capability::Update, "a/b/c"});
    QCOMPARE(decision.verdict, Verdict::MissingCapability);
    QCOMPARE(decision.rule->pattern.text(), std::string("a/+/c"));
    QCOMPARE(decision.rule->origins.front().policy, std::string("narrow"));
    QCOMPARE(decision.rule->origins.front().line, 3);
    QCOMPARE(decision.beaten.size(), std::size_t(1));
    QCOMPARE(decision.beaten.front()->origins.front().policy, std::string("wide"));
    QCOMPARE(acl.decide({Capability::Read, "z"}).verdict, Verdict::NoRule);
}

void TestAcl::parameters_data()
{
    QTest::addColumn<QByteArray>("conditions");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<Verdict>("verdict");
    const auto row = [](const char *conditions, std::initializer_list<const char *> pass,
                        std::initializer_list<const char *> fail, Verdict verdict) {
        for (const char *data : pass)
            QTest::addRow("%s: %s", conditions, data) << QByteArray(conditions) << QByteArray(data) << Verdict::Allowed;
        for (const char *data : fail)
            QTest::addRow("%s: %s", conditions, data) << QByteArray(conditions) << QByteArray(data) << verdict;
    };
    constexpr Verdict notAllowed = Verdict::ParameterNotAllowed;
    constexpr Verdict denied = Verdict::DeniedParameter;
    row("allowed_parameters = {}", {"{\"a\":1}", "{}"}, {}, notAllowed);
    row("allowed_parameters = { \"b\" = [] }", {"{\"b\":1}", "{\"B\":1}", "{}"}, {"{\"a\":1}", "{\"b\":1,\"a\":1}"},
        notAllowed);
    row("allowed_parameters = { \"a\" = [true, \"x\", [\"p\", \"q\"], { c = \"d\" }] }",
        {"{\"a\":true}", "{\"a\":[\"p\",\"q\"]}", "{\"a\":{\"c\":\"d\"}}", "{\"a\":\"x\"}"},
        {"{\"a\":\"true\"}", "{\"a\":\"p\"}", "{\"a\":[\"q\",\"p\"]}", "{\"a\":[{\"c\":\"d\"}]}", "{\"a\":null}"},
        notAllowed);
    row("allowed_parameters = { \"a\" = [\"x*\", \"*y\", \"m*n\", \"*z*\"] }",
        {"{\"a\":\"xx\"}", "{\"a\":\"x\"}", "{\"a\":\"yy\"}", "{\"a\":\"m*n\"}", "{\"a\":\"aza\"}"},
        {"{\"a\":\"mxn\"}", "{\"a\":[\"xx\"]}", "{\"a\":\"X\"}"}, notAllowed);
    row("allowed_parameters = { \"a\" = [5, \"5\"] }", {"{\"a\":\"5\"}"}, {"{\"a\":5}", "{\"a\":5.0}"}, notAllowed);
    row("allowed_parameters = { \"a\" = [\"*\"] }", {}, {"{\"a\":\"q\"}", "{\"a\":5}"}, notAllowed);
    row("allowed_parameters = { \"a\" = {} }", {"{\"a\":{}}"}, {"{\"a\":\"x\"}"}, notAllowed);
    row("allowed_parameters = { \"*\" = [] \"a\" = [\"x\"] }", {"{\"a\":\"x\"}", "{\"b\":\"y\"}"}, {"{\"a\":\"y\"}"},
        notAllowed);
    row("allowed_parameters = { \"*\" = [\"x\"] }", {"{\"a\":\"y\"}"}, {}, notAllowed);
    row("allowed_parameters = { \"pass*\" = [] }", {}, {"{\"password\":\"y\"}"}, notAllowed);
    row("denied_parameters = { \"*\" = [] }", {"{}"}, {"{\"a\":1}"}, denied);
    row("denied_parameters = { \"A\" = [\"x\"] }", {"{\"a\":\"y\"}", "{\"b\":\"x\"}"},
        {"{\"a\":\"x\"}", "{\"A\":\"x\"}"}, denied);
    row("denied_parameters = { \"a\" = [5] }", {"{\"a\":5}"}, {}, denied);
    row("denied_parameters = { \"a\" = [\"x\"] } allowed_parameters = { \"a\" = [] }", {"{\"a\":\"y\"}"},
        {"{\"a\":\"x\"}"}, denied);
    row("required_parameters = [\"A\", \"b\"]", {"{\"a\":1,\"b\":1}"}, {"{\"A\":1,\"b\":1}", "{\"a\":1}", "{}"},
        Verdict::MissingParameter);
}

void TestAcl::parameters()
{
    QFETCH(QByteArray, conditions);
    QFETCH(QByteArray, data);
    const Acl acl = aclOf("path \"x\" { capabilities = [\"update\", \"delete\"] " + conditions.toStdString() + " }");
    const object parsed = boost::json::parse(data.toStdString()).as_object();
    QTEST(acl.decide({Capability::Update, "x", &parsed}).verdict, "verdict");
    QVERIFY(acl.decide({Capability::Delete, "x", &parsed}).allowed()); // isn't checked
}

void TestAcl::wrapping()
{
    constexpr Nanoseconds second = 1'000'000'000;
    const Acl acl = aclOf("path \"x\" { capabilities = [\"read\"] min_wrapping_ttl = 5 max_wrapping_ttl = 10 }"
                          "path \"y\" { capabilities = [\"read\"] max_wrapping_ttl = 10 }");
    const auto verdict = [&](const char *path, std::optional<Nanoseconds> ttl) {
        return acl.decide({Capability::Read, path, nullptr, ttl}).verdict;
    };
    QCOMPARE(verdict("x", std::nullopt), Verdict::WrappingOutOfRange);
    QCOMPARE(verdict("x", 4 * second), Verdict::WrappingOutOfRange);
    QCOMPARE(verdict("x", 5 * second), Verdict::Allowed);
    QCOMPARE(verdict("x", 10 * second), Verdict::Allowed);
    QCOMPARE(verdict("x", 11 * second), Verdict::WrappingOutOfRange);
    QCOMPARE(verdict("y", 1 * second), Verdict::Allowed);
    QCOMPARE(verdict("y", std::nullopt), Verdict::WrappingOutOfRange);
}

void TestAcl::limits_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<Verdict>("verdict");
    QTest::addColumn<int>("limit");
    const auto row = [](const char *data, Verdict verdict, int limit) {
        QTest::newRow(data) << QByteArray(data) << verdict << limit;
    };
    row("{}", Verdict::Allowed, 5);
    row("{\"limit\":\"3\"}", Verdict::Allowed, 3);
    row("{\"limit\":3}", Verdict::Allowed, 3);
    row("{\"limit\":\"6\"}", Verdict::LimitOutOfRange, 0);
    row("{\"limit\":-1}", Verdict::LimitOutOfRange, 0);
    row("{\"limit\":\"1.5\"}", Verdict::LimitOutOfRange, 0);
    row("{\"limit\":\"\"}", Verdict::Allowed, 5);
    row("{\"limit\":\"0\"}", Verdict::Allowed, 5);
    row("{\"limit\":\"max\"}", Verdict::Allowed, 5);
    row("{\"limit\":\"MAX\"}", Verdict::LimitOutOfRange, 0);
}

void TestAcl::limits()
{
    QFETCH(QByteArray, data);
    QFETCH(Verdict, verdict);
    const Acl acl =
        aclOf("path \"x/*\" { capabilities = [\"list\"] pagination_limit = 5 }"
              "path \"y/*\" { capabilities = [\"list\"] pagination_limit = 5 required_parameters = [\"limit\"] }");
    const object parsed = boost::json::parse(data.toStdString()).as_object();
    const Decision decision = acl.decide({Capability::List, "x/", &parsed});
    QCOMPARE(decision.verdict, verdict);
    if (verdict == Verdict::Allowed)
        QTEST(static_cast<int>(decision.limit.value_or(-1)), "limit");
    QCOMPARE(acl.decide({Capability::List, "y/"}).verdict, Verdict::MissingParameter);
}

void TestAcl::expiredRulesDontCount()
{
    const auto policy = named("p", "path \"x\" { capabilities = [\"read\"] expiration = \"2030-01-01T00:00:00Z\" }");
    QCOMPARE(joined(Acl({policy}, 1'893'455'999'000'000'000).capabilities("x")), QByteArray("read"));
    QCOMPARE(joined(Acl({policy}, 1'893'456'000'000'000'000).capabilities("x")), QByteArray("deny"));
}

QTEST_GUILESS_MAIN(TestAcl)
#include "tst_Acl.moc"
