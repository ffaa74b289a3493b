// SPDX-License-Identifier: Apache-2.0
#include "policy/Template.h"

#include <QTest>

using namespace kith;
using namespace kith::policy;

class TestTemplate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void balance_data();
    void balance();
    void directives();
    void values_data();
    void values();
    void withoutAnEntityNothingIsFilled();
    void stanzasThatCannotBeFilledGo();
    void valuesWithWildcardsOrSlashes();
};

namespace {

TemplateValues alice()
{
    TemplateValues values;
    values.now = 1'795'334'400'500'000'000;
    values.entity = TemplateValues::Entity{"e-1", "alice", {{"team", "red"}, {"a.b", "dotted"}, {"none", ""}}, {}};
    values.entity->aliases.push_back({"al-1", "al", "auth_up_1", {{"k", "v"}}, {{"c", "w"}}});
    values.groups.push_back({"g-1", "Ops.eu", {{"zone", "z1"}}, true});
    values.groups.push_back({"g-2", "elsewhere", {}, false});
    return values;
}

Policy policyOf(std::string_view text)
{
    Policy policy = parsePolicy(text).value_or(Policy());
    policy.name = "p";
    return policy;
}

} // namespace

void TestTemplate::balance_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("balanced");
    for (const char *text : {"", "a", "{{a}}", "{{}}", "x{{ a }}y{{b}}", "{{{a}}}", "{a}", "a}"})
        QTest::newRow(text) << QByteArray(text) << true;
    for (const char *text : {"{{", "}}", "{{a", "a}}", "{{a}}{{", "{{ {{ }} }}", "}}{{", "{{a}", "{{a}}}}"})
        QTest::newRow(text) << QByteArray(text) << false;
}

void TestTemplate::balance()
{
    QFETCH(QByteArray, text);
    const auto parsed = parseTemplate(text.toStdString());
    QTEST(parsed.has_value(), "balanced");
    if (!parsed)
        QCOMPARE(parsed.error().wire, std::string("unbalanced templating characters"));
}

void TestTemplate::directives()
{
    const auto parsed = parseTemplate("a/{{ identity.entity.id }}/{{b}}/{{identity.entity.id}}");
    QVERIFY(parsed);
    QCOMPARE(parsed->directives(), (std::vector<std::string>{"identity.entity.id", "b"}));
    QVERIFY(!parsed->plain());
    QVERIFY(parseTemplate("a/b")->plain());
}

void TestTemplate::values_data()
{
    QTest::addColumn<QByteArray>("directive");
    QTest::addColumn<QByteArray>("value"); // "-": none
    const auto row = [](const char *directive, const char *value) {
        QTest::newRow(directive) << QByteArray(directive) << QByteArray(value);
    };
    row("identity.entity.id", "e-1");
    row("identity.entity.name", "alice");
    row("identity.entity.metadata.team", "red");
    row("identity.entity.metadata.a.b", "dotted");
    row("identity.entity.metadata.none", "-");
    row("identity.entity.metadata.other", "-");
    row("identity.entity.metadata", "-");
    row("identity.entity.groups.names", "-");
    row("identity.entity.aliases.auth_up_1.id", "al-1");
    row("identity.entity.aliases.auth_up_1.name", "al");
    row("identity.entity.aliases.auth_up_1.metadata.k", "v");
    row("identity.entity.aliases.auth_up_1.custom_metadata.c", "w");
    row("identity.entity.aliases.auth_up_2.name", "-");
    row("identity.groups.ids.g-1.name", "Ops.eu");
    row("identity.groups.ids.g-1.metadata.zone", "z1");
    row("identity.groups.ids.g-3.name", "-");
    row("identity.groups.names.Ops.eu.id", "g-1");
    row("identity.groups.names.Ops.eu.metadata.zone", "z1");
    row("identity.groups.names.elsewhere.id", "-"); // of another namespace
    row("identity.groups.ids.g-2.name", "elsewhere");
    row("identity.bogus", "-");
    row("time.now", "1795334400");
    row("time.now.plus.1h", "1795338000");
    row("time.now.minus.60", "1795334340");
    row("time.now.plus.zz", "-");
    row("", "-");
}

void TestTemplate::values()
{
    QFETCH(QByteArray, directive);
    const auto value = templateValue(directive.toStdString(), alice());
    QTEST(QByteArray::fromStdString(value.value_or("-")), "value");
}

void TestTemplate::withoutAnEntityNothingIsFilled()
{
    TemplateValues nobody = alice();
    nobody.entity.reset();
    QVERIFY(!templateValue("identity.entity.id", nobody));
    QVERIFY(!templateValue("identity.groups.ids.g-1.name", nobody));
    QVERIFY(templateValue("time.now", nobody));
}

void TestTemplate::stanzasThatCannotBeFilledGo()
{
    const Policy policy =
        policyOf("path \"a/{{identity.entity.name}}/*\" {} path \"b/{{identity.entity.metadata.no}}\" {}"
                 "path \"c\" {}");
    const auto rendered = renderPolicy(policy, alice());
    QVERIFY(rendered);
    QCOMPARE(rendered->rules.size(), std::size_t(2));
    QCOMPARE(rendered->rules[0].path, std::string("a/alice/*"));
    QVERIFY(!rendered->rules[0].templated);
    QCOMPARE(rendered->rules[1].path, std::string("c"));
}

void TestTemplate::valuesWithWildcardsOrSlashes()
{
    Policy policy = policyOf("path \"a/{{identity.entity.name}}\" {}");
    TemplateValues values = alice();
    for (const char *name : {"x/y", "x*", "+"}) {
        values.entity->name = name;
        const auto rendered = renderPolicy(policy, values);
        QVERIFY(!rendered);
        QCOMPARE(rendered.error().status, 403);
        QVERIFY(rendered.error().wire.find("template substitution contains forbidden value") != std::string::npos);
    }
    policy.allowWildcards = true;
    QCOMPARE(renderPolicy(policy, values)->rules.front().path, std::string("a/+"));
    values.entity->name = "x/y";
    QVERIFY(!renderPolicy(policy, values));
    policy.allowSlashes = true;
    QCOMPARE(renderPolicy(policy, values)->rules.front().path, std::string("a/x/y"));
}

QTEST_GUILESS_MAIN(TestTemplate)
#include "tst_Template.moc"
