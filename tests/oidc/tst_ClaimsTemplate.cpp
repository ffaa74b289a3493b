// SPDX-License-Identifier: Apache-2.0
#include "oidc/ClaimsTemplate.h"
#include "store/Json.h"
#include "support/Support.h"

#include <QTest>

using namespace kith;
using namespace kith::test;
using namespace kith::oidc;

namespace {

constexpr const char *NoValue = "error parsing template: no value could be found for one of the template directives";

policy::TemplateValues someone()
{
    policy::TemplateValues values;
    values.now = 1'000'000'000'000;
    auto &entity = values.entity.emplace();
    entity.id = "e-1";
    entity.name = "joe \"e\"";
    entity.metadata = {{"k", "v"}, {"z", "\", \"sub\": \"root"}};
    entity.aliases.push_back({"a-1", "joe", "auth_1", {{"m", "n"}}, {{"c", "d"}}});
    values.groups = {{"g-1", "g1", {}, true}, {"g-2", "g2", {}, true}};
    return values;
}

} // namespace

/// Expected texts are those of OpenBao 2.7.2.
class TestClaimsTemplate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::addRow("%s", text) << QByteArray(text) << QByteArray(expected);
        };
        row("[]", "error parsing template JSON: json: cannot unmarshal array into Go value of type "
                  "map[string]interface {}");
        row("1", "error parsing template JSON: json: cannot unmarshal number into Go value of type "
                 "map[string]interface {}");
        row("{", "error parsing template JSON: unexpected end of JSON input");
        row(" ", "error parsing template JSON: unexpected end of JSON input");
        row(R"({"a":{"b":1}})", "error parsing template: unbalanced templating characters");
        row("{\"a\": \"{{identity.entity.name}}\"}",
            "error parsing template JSON: invalid character '\"' after object key:value pair");
        row(R"({"a": {{identity.entity.nope}} })", NoValue);
        row(R"({"a": {{foo}} })", NoValue);
        row(R"({"a":{{}}})", NoValue);
        row(R"({"a": {{identity.entity.groups.foo}} })", NoValue);
        row(R"({"a": {{identity.entity.aliases.x.nope}} })", NoValue);
        row(R"({"a": {{identity.entity.aliases.x}} })", "error parsing template: invalid alias selector");
        row(R"({"a": {{time.foo}} })", "error parsing template: invalid time selector \"foo\"");
        row(R"({"a": {{time.now.plus.x}} })", "error parsing template: invalid duration: time: invalid duration \"x\"");
        row(R"({"a": {{identity.groups.names.x.id}} })",
            "error parsing template: string contains groups template directives but no groups were provided");
        row(R"({"a":1} x)", "error parsing template JSON: invalid character 'x' after top-level value");
        for (const char *text :
             {"1h", "0h", "-0h", "12 h", "1.5h", "1e+5h", "nullh", "truehh", "[1, [2]]h", "\"a}\"h", "{}h"})
            row(text, "error parsing template JSON: invalid character 'h' after top-level value");
        row("01", "error parsing template JSON: invalid character '1' after top-level value");
        row("1,", "error parsing template JSON: invalid character ',' after top-level value");
        for (const char *text : {"-x", "1.x", "1ex"})
            row(text, "error parsing template JSON: invalid character 'x' in numeric literal");
        row("[1h]", "error parsing template JSON: invalid character 'h' after array element");
        row(R"({"sub":1})", "top level key \"sub\" not allowed. Restricted keys: iat, aud, exp, iss, sub, namespace, "
                            "nonce, auth_time, at_hash, c_hash");
        row(R"({"c_hash":1})", "top level key \"c_hash\" not allowed. Restricted keys: iat, aud, exp, iss, sub, "
                               "namespace, nonce, auth_time, at_hash, c_hash");
    }
    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const auto checked = checkTemplate(text.toStdString());
        QVERIFY(!checked);
        QCOMPARE(checked.error().status, 400);
        QCOMPARE(QByteArray::fromStdString(checked.error().wire), expected);
    }

    void fillsIn_data()
    {
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char *directive, const char *value) {
            QTest::newRow(directive) << QByteArray(value);
        };
        row("identity.entity.id", R"("e-1")");
        row(" identity.entity.name ", "\"joe \\\"e\\\"\"");
        row("identity.entity.metadata", "{\"k\":\"v\",\"z\":\"\\\", \\\"sub\\\": \\\"root\"}");
        row("identity.entity.metadata.k", R"("v")");
        row("identity.entity.metadata.z", "\"\\\", \\\"sub\\\": \\\"root\"");
        row("identity.entity.metadata.nope", R"("")");
        row("identity.entity.groups.ids", R"(["g-1","g-2"])");
        row("identity.entity.groups.names", R"(["g1","g2"])");
        row("identity.entity.aliases.auth_1.id", R"("a-1")");
        row("identity.entity.aliases.auth_1.name", R"("joe")");
        row("identity.entity.aliases.auth_1.metadata", R"({"m":"n"})");
        row("identity.entity.aliases.auth_1.custom_metadata.c", R"("d")");
        row("identity.entity.aliases.auth_1.custom_metadata.q", R"("")");
        row("identity.entity.aliases.nope.name", R"("")");
        row("identity.entity.aliases.nope.metadata", "{}");
        row("time.now", "1000");
        row("time.now.plus.1h", "4600");
        row("time.now.minus.30s", "970");
    }
    void fillsIn()
    {
        QFETCH(QByteArray, value);
        const std::string text = std::string("{\"a\": {{") + QTest::currentDataTag() + "}} }";
        QVERIFY(checkTemplate(text));
        const auto claims = claimsOf(text, someone());
        QVERIFY2(claims, why(claims).constData());
        QCOMPARE(claims->size(), std::size_t(1));
        QCOMPARE(QByteArray::fromStdString(store::toJson(claims->at("a"))), value);
    }

    void givesNullWithoutGroups()
    {
        const auto claims = claimsOf(R"({"a": {{identity.entity.groups.names}} })", {});
        QVERIFY2(claims, why(claims).constData());
        QVERIFY(claims->at("a").is_null());
    }

    /// What is reserved stays out even when a value brought it.
    void keepsOutReservedClaims()
    {
        auto values = someone();
        values.entity->metadata = {{"sub", "root"}};
        const auto claims = claimsOf("{{identity.entity.metadata}}", values);
        QVERIFY2(claims, why(claims).constData());
        QVERIFY(claims->empty());
    }

    void takesBase64()
    {
        QCOMPARE(templateText("eyJjb2xvciI6ICJyZWQifQ=="), std::string(R"({"color": "red"})"));
        QCOMPARE(templateText("e30"), std::string("e30")); // without its padding it isn't
        QCOMPARE(templateText(R"({"a":1})"), std::string(R"({"a":1})"));
        const auto bad = checkTemplate(templateText("nope"));
        QVERIFY(!bad);
        QCOMPARE(
            bad.error().wire,
            std::string(R"(error parsing template JSON: invalid character '\x9e' looking for beginning of value)"));
        const auto more = checkTemplate(templateText("e30gng=="));
        QCOMPARE(more.error().wire,
                 std::string(R"(error parsing template JSON: invalid character '\x9e' after top-level value)"));
        QVERIFY(checkTemplate({}));
        QVERIFY(claimsOf({}, someone())->empty());
    }
};

QTEST_GUILESS_MAIN(TestClaimsTemplate)
#include "tst_ClaimsTemplate.moc"
