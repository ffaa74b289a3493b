// SPDX-License-Identifier: Apache-2.0
#include "server/Html.h"

#include <QTest>

#include <stdexcept>

using namespace kith;
using server::fillTemplate;

class TestHtml : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void texts();
    void sections();
    void unclosed();
};

void TestHtml::texts()
{
    QCOMPARE(fillTemplate("<a b=\"{{x}}\">{{x}}{{y}}", {{"x", "<&>\"'{{y}}"}, {"y", 1}}),
             std::string("<a b=\"&lt;&amp;&gt;&#34;&#39;{{y}}\">&lt;&amp;&gt;&#34;&#39;{{y}}"));
}

void TestHtml::sections()
{
    const boost::json::object values{{"yes", true},
                                     {"no", false},
                                     {"null", nullptr},
                                     {"x", "outer"},
                                     {"one", {{"x", "inner"}}},
                                     {"many", {{{"x", "1"}}, {{"x", "2"}}}}};
    QCOMPARE(fillTemplate("{{#yes}}a{{/yes}}{{#no}}b{{/no}}{{#null}}c{{/null}}{{#missing}}d{{/missing}}", values),
             std::string("a"));
    QCOMPARE(fillTemplate("{{x}} {{#one}}{{x}}{{#yes}}+{{/yes}}{{/one}} {{#many}}{{x}},{{/many}}", values),
             std::string("outer inner+ 1,2,"));
}

void TestHtml::unclosed()
{
    QVERIFY_EXCEPTION_THROWN(fillTemplate("{{#x}}", {}), std::logic_error);
    QVERIFY_EXCEPTION_THROWN(fillTemplate("{{x", {}), std::logic_error);
}

QTEST_GUILESS_MAIN(TestHtml)
#include "tst_Html.moc"
