// SPDX-License-Identifier: Apache-2.0
#include "store/GoText.h"
#include "store/Json.h"

#include <QTest>

using namespace kith;
using namespace kith::store;

/// JSON as the real server reads it: its words for every fault were asked from one.
class TestJson : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesTypesAsGoDoes();
    void refusals_data();
    void refusals();
    void accepted_data();
    void accepted();
    void numbersKeepTheirText();
    void theLastOfTwoKeysCounts();
    void invalidBytesAreReplaced();
    void depthHasALimit();
    void deepNestingTakesNoStack();
    void stringsAreCounted();
    void memoryIsEstimated_data();
    void memoryIsEstimated();
    void writesWhatItRead();
    void escapesWhatMustBe();
};

namespace {

constexpr JsonLimits Defaults;

std::string repeated(std::string_view text, std::size_t count)
{
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += text;
    return out;
}

std::string listOf(std::string_view item, std::size_t count)
{
    std::string out = R"({"x":[)";
    for (std::size_t i = 0; i < count; ++i)
        out.append(i > 0 ? "," : "").append(item);
    return out + "]}";
}

} // namespace

void TestJson::namesTypesAsGoDoes()
{
    const auto name = [](const char *json) { return std::string(store::goInterfaceOf(boost::json::parse(json))); };
    QCOMPARE(name("null"), std::string("<nil>"));
    QCOMPARE(name("true"), std::string("bool"));
    QCOMPARE(name("5"), std::string("json.Number"));
    QCOMPARE(name("\"a\""), std::string("string"));
    QCOMPARE(name("[]"), std::string("[]interface {}"));
    QCOMPARE(name("{}"), std::string("map[string]interface {}"));
}

void TestJson::refusals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("words");
    const std::pair<const char *, const char *> rows[] = {
        {"{bad", "invalid character 'b' looking for beginning of value"},
        {"{", "unexpected EOF"},
        {R"({"a":1)", "unexpected EOF"},
        {R"({"a":1}x)", "invalid character 'x' looking for beginning of value"},
        {R"({"a":1}")", "unexpected EOF"},
        {R"({"a":1}})", "invalid character '}' looking for beginning of value"},
        {R"({"a":01})", "invalid character '1' after object key:value pair"},
        {R"({"a":1.})", "invalid character '}' in numeric literal"},
        {R"({"a":-})", "invalid character '}' in numeric literal"},
        {R"({"a":1e+})", "invalid character '}' in numeric literal"},
        {R"({"a":.5})", "invalid character '.' looking for beginning of value"},
        {R"({"a":tru})", "invalid character '}' in literal true (expecting 'e')"},
        {"nan", "invalid character 'a' in literal null (expecting 'u')"},
        {"{\"a\":\"\x01\"}", "invalid character '\\x01' in string"},
        {"{\"a\":\"x\ny\"}", "invalid character '\\n' in string"},
        {R"({"a":"\x"})", "invalid escape sequence `\\x` in string"},
        {R"({"a":"\ "})", R"(invalid escape sequence "\\ " in string)"},
        {R"({"a":"\u12"})", "invalid escape sequence `\\u12\"}` in string"},
        {R"({"a":"\ud83d\u12"})", "invalid escape sequence `\\u12\"}` in string"},
        {R"({"a" 1})", "invalid character '1' after object key"},
        {R"({"a":})", "missing value after object key"},
        {R"({"a":,})", "invalid character ',' looking for beginning of value"},
        {"{1:2}", "object member name must be a string"},
        {"{'a':1}", "invalid character '\\'' looking for beginning of value"},
        {R"({"a":1,})", "invalid character ',' looking for beginning of value"},
        {R"({"a":[1 , ]})", "invalid character ',' looking for beginning of value"},
        {R"({"a":[1})", "invalid character '}' after array element"},
        {R"({"a":1 "b":2})", "invalid character '\"' after object key:value pair"},
        {"\xEF\xBB\xBF{}", "invalid character '\\ufeff' looking for beginning of value"},
        {"\xFF{}", "invalid character '\\xff' looking for beginning of value"},
        {R"({"a":1E400})", "json: cannot unmarshal number 1E400 into Go value of type float64"}};
    for (const auto &[text, words] : rows)
        QTest::newRow(text) << QByteArray(text) << QByteArray(words);
}

void TestJson::refusals()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, words);
    const auto value = readJson(std::string_view(text.data(), static_cast<std::size_t>(text.size())), Defaults);
    QVERIFY(!value);
    QCOMPARE(value.error().status, 400);
    QCOMPARE(QByteArray::fromStdString(value.error().wire), "failed to decode JSON input: " + words);
}

void TestJson::accepted_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("written");
    QTest::newRow("nothing") << QByteArray() << QByteArray("null");
    QTest::newRow("blanks") << QByteArray(" \n\t\r") << QByteArray("null");
    QTest::newRow("null") << QByteArray("null") << QByteArray("null");
    QTest::newRow("around") << QByteArray(" {\"a\" : [ ] } ") << QByteArray(R"({"a":[]})");
    QTest::newRow("more follows") << QByteArray(R"({"a":1} {"b":2})") << QByteArray(R"({"a":1})");
    QTest::newRow("half of it follows") << QByteArray(R"({"a":1}{)") << QByteArray(R"({"a":1})");
    QTest::newRow("escapes") << QByteArray(R"({"a":"\u0041\n\/\ud83d\ude00"})") << QByteArray("{\"a\":\"A\\n/😀\"}");
    QTest::newRow("half a pair") << QByteArray(R"({"a":"\ud800x"})") << QByteArray("{\"a\":\"\xEF\xBF\xBDx\"}");
    QTest::newRow("a pair that is none") << QByteArray(R"(["\ud800\u0041"])")
                                         << QByteArray("[\"\xEF\xBF\xBD"
                                                       "A\"]");
    QTest::newRow("empty key") << QByteArray(R"({"":{}})") << QByteArray(R"({"":{}})");
}

void TestJson::accepted()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, written);
    const auto value = readJson(text.toStdString(), Defaults);
    QVERIFY2(value, value ? "" : value.error().wire.c_str());
    QCOMPARE(QByteArray::fromStdString(toJson(*value)), written);
}

void TestJson::numbersKeepTheirText()
{
    constexpr std::string_view Text = "[1,-7,1.0,1e2,1E2,-0,0.10,18446744073709551615,123456789012345678901234567890]";
    const auto value = readJson(Text, Defaults);
    QVERIFY(value);
    QVERIFY(value->at(0).is_int64());
    QVERIFY(value->at(7).is_uint64());
    QVERIFY(keptNumber(value->at(2)) == "1.0");
    QVERIFY(!keptNumber(value->at(0)));
    QVERIFY(!keptNumber(boost::json::value("1.0")));
    QCOMPARE(QByteArray::fromStdString(toJson(*value)), QByteArray(Text.data(), static_cast<int>(Text.size())));
}

void TestJson::theLastOfTwoKeysCounts()
{
    const auto value = readJson(R"({"m":{"a":1},"x":1,"m":{"b":2}})", Defaults);
    QVERIFY(value);
    QCOMPARE(QByteArray::fromStdString(toJson(value->at("m"))), QByteArray(R"({"b":2})"));
}

void TestJson::invalidBytesAreReplaced()
{
    const auto value = readJson("{\"k\":\"\xFF\xFE\",\"\xC3\":\"\xE2\x82\"}", Defaults);
    QVERIFY(value);
    QCOMPARE(value->at("k").as_string().c_str(), "\xEF\xBF\xBD\xEF\xBF\xBD");
    QVERIFY(!keptNumber(value->at("k")));
}

void TestJson::depthHasALimit()
{
    const auto nested = [](std::size_t depth) { return repeated("[", depth) + repeated("]", depth); };
    QVERIFY(readJson(nested(Defaults.depth), Defaults));
    const auto tooDeep = readJson(nested(Defaults.depth + 1), Defaults);
    QVERIFY(!tooDeep);
    QCOMPARE(tooDeep.error().wire.c_str(), "failed to decode JSON input: exceeded max depth");
}

void TestJson::deepNestingTakesNoStack()
{
    QVERIFY(!readJson(repeated("[", 10'000'000), Defaults));
    QVERIFY(!readJson(repeated(R"({"a":)", 1'000'000), Defaults));
}

void TestJson::stringsAreCounted()
{
    QVERIFY(readJson(listOf("\"a\"", 999), Defaults));
    const auto tooMany = readJson(listOf("\"a\"", 1000), Defaults);
    QVERIFY(!tooMany);
    QCOMPARE(tooMany.error().wire.c_str(),
             "refused JSON input due to high complexity: exceeded maximum number of strings");
    JsonLimits more = Defaults;
    more.strings = 2000;
    QVERIFY(readJson(listOf("\"a\"", 1000), more));
}

void TestJson::memoryIsEstimated_data()
{
    QTest::addColumn<QByteArray>("item");
    QTest::addColumn<int>("most"); // as the real server takes, to half a percent
    QTest::newRow("number") << QByteArray("1") << 1'418'613;
    QTest::newRow("list") << QByteArray("[]") << 851'371;
    QTest::newRow("object") << QByteArray("{}") << 387'132;
    QTest::newRow("null") << QByteArray("null") << 2'004'405;
}

void TestJson::memoryIsEstimated()
{
    QFETCH(QByteArray, item);
    QFETCH(int, most);
    JsonLimits tenth = Defaults;
    tenth.memory /= 10;
    const auto count = static_cast<std::size_t>(most / 10);
    QVERIFY(readJson(listOf(item.toStdString(), count - count / 200), tenth));
    const auto refused = readJson(listOf(item.toStdString(), count + count / 200), tenth);
    QVERIFY(!refused);
    QCOMPARE(refused.error().wire.c_str(),
             "refused JSON input due to high complexity: exceeded maximum estimated memory limits");
}

void TestJson::writesWhatItRead()
{
    const std::string text = R"({"a":[1,2.50,"x\"y\\",null,true,{"b":{}}],"c":"\u0000\u001f"})";
    const auto value = fromJson(text);
    QVERIFY(value);
    QCOMPARE(QByteArray::fromStdString(toJson(*value)), QByteArray::fromStdString(text));
    const auto damaged = fromJson("{");
    QVERIFY(!damaged && damaged.error().code == ErrorCode::Damaged);
}

void TestJson::escapesWhatMustBe()
{
    QCOMPARE(QByteArray::fromStdString(toJson(boost::json::value("\t\n\r\b\x1f\"\\é<&>"))),
             QByteArray("\"\\t\\n\\r\\u0008\\u001f\\\"\\\\é<&>\""));
    // Wherever in a long text it stands, and beside which bytes.
    for (const char c : {'"', '\\', '\n', '\x1f'}) {
        for (const char *filler : {"a", "\x7f", " ", "!", "#", "["}) {
            for (std::size_t place = 0; place < 20; ++place) {
                std::string text;
                while (text.size() < 20)
                    text += filler;
                text[place] = c;
                const auto read = fromJson(toJson(boost::json::value(text)));
                QVERIFY(read);
                QCOMPARE(std::string(read->as_string()), text);
            }
        }
    }
    QCOMPARE(toJson(boost::json::value("ééééééééé")), std::string("\"ééééééééé\""));
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_Json.moc"
