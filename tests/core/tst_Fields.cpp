// SPDX-License-Identifier: Apache-2.0
#include "core/Fields.h"

#include <QTest>

using namespace kith;
using namespace kith::core;

namespace {

std::string shown(const FieldValue &value)
{
    struct Shower {
        std::string operator()(const std::string &text) const { return "'" + text + "'"; }
        std::string operator()(bool flag) const { return flag ? "true" : "false"; }
        std::string operator()(std::int64_t number) const { return std::to_string(number); }
        std::string operator()(const std::vector<std::string> &items) const
        {
            std::string text;
            for (const std::string &item : items)
                text += "<" + item + ">";
            return text;
        }
        std::string operator()(const Pairs &pairs) const
        {
            std::string text = pairs ? "" : "null";
            for (const auto &[key, item] : pairs.value_or(std::map<std::string, std::string>()))
                text += "<" + key + "=" + item + ">";
            return text;
        }
        std::string operator()(const boost::json::value &any) const { return boost::json::serialize(any); }
    };
    return std::visit(Shower(), value);
}

/// The value in words, or the error without what all of them begin with.
QByteArray converted(FieldType type, std::string_view json)
{
    const auto value = convert({"f", type}, boost::json::parse(json));
    if (value)
        return QByteArray::fromStdString(*value ? shown(**value) : "absent");
    QByteArray error = QByteArray::fromStdString(value.error().wire);
    return error.replace("error converting input for field \"f\": ", "! ");
}

} // namespace

class TestFields : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void convertsWeakly_data()
    {
        QTest::addColumn<FieldType>("type");
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](FieldType type, const char *json, const char *expected) {
            QTest::addRow("%d %s", static_cast<int>(type), json) << type << QByteArray(json) << QByteArray(expected);
        };
        row(FieldType::Text, "\"a\"", "'a'");
        row(FieldType::Text, "77", "'77'");
        row(FieldType::Text, "5.5", "'5.5'");
        row(FieldType::Text, "18446744073709551615", "'18446744073709551615'");
        row(FieldType::Text, "true", "'1'");
        row(FieldType::Text, "false", "'0'");
        row(FieldType::Text, "null", "''");
        row(FieldType::Text, "[\"a\"]", "! '' expected type 'string', got unconvertible type '[]interface {}'");
        row(FieldType::Text, "{}", "! '' expected type 'string', got unconvertible type 'map[string]interface {}'");
        row(FieldType::Bool, "\"T\"", "true");
        row(FieldType::Bool, "\"f\"", "false");
        row(FieldType::Bool, "1", "true");
        row(FieldType::Bool, "\"\"", "false");
        row(FieldType::Bool, "null", "false");
        row(FieldType::Bool, "\"maybe\"", "! '' cannot parse value as 'bool': strconv.ParseBool: invalid syntax");
        row(FieldType::Bool, "0.5", "! '' cannot parse value as 'bool': strconv.ParseBool: invalid syntax");
        row(FieldType::Bool, "[1]", "! '' expected type 'bool', got unconvertible type '[]interface {}'");
        row(FieldType::Int, "\"12\"", "12");
        row(FieldType::Int, "1.5", "! '' cannot parse value as 'int': strconv.ParseInt: invalid syntax");
        row(FieldType::List, "\"a, b,c \"", "<a><b><c>");
        row(FieldType::List, "\"\"", "");
        row(FieldType::List, "null", "");
        row(FieldType::List, "5", "<5>");
        row(FieldType::List, "[1, true, \"x, y\", null, 2.5]", "<1><1><x, y><><2.5>");
        row(FieldType::List, "{\"a\":1}",
            "! 1 error(s) decoding:\n\n* '[0]' expected type 'string', got unconvertible type "
            "'map[string]interface {}', value: 'map[a:1]'");
        row(FieldType::List, "[[\"a\"], {\"b\":1}]",
            "! 2 error(s) decoding:\n\n* '[0]' expected type 'string', got unconvertible type '[]interface {}', value: "
            "'[a]'\n* '[1]' expected type 'string', got unconvertible type 'map[string]interface {}', value: "
            "'map[b:1]'");
        row(FieldType::Pairs, "{\"a\":1,\"b\":true,\"c\":null,\"d\":\"x\"}", "<a=1><b=1><c=><d=x>");
        row(FieldType::Pairs, "[\"a=b=c\",\"d=\"]", "<a=b=c><d=>");
        row(FieldType::Pairs, "\"a=b,c=d\"", "<a=b,c=d>");
        row(FieldType::Pairs, "[{\"a\":\"b\"},{\"c\":\"d\"}]", "<a=b><c=d>");
        row(FieldType::Pairs, "[]", "");
        row(FieldType::Pairs, "{}", "");
        row(FieldType::Pairs, "null", "null");
        row(FieldType::Pairs, "[null]", "");
        row(FieldType::Pairs, "\"a\"", "! invalid key pair at index 0 in field \"f\"");
        row(FieldType::Pairs, "[\"a=b\",\"c\"]", "! invalid key pair at index 1 in field \"f\"");
        row(FieldType::Pairs, "5", "! invalid key pair at index 0 in field \"f\"");
        row(FieldType::Pairs, "{\"a\":[]}",
            "! decoding failed due to the following error(s):\n\n'[0]' expected type 'string', got unconvertible type "
            "'map[string]interface {}'");
        row(FieldType::Pairs, "[[\"a\"],[\"b\"]]",
            "! decoding failed due to the following error(s):\n\n'[0]' expected type 'string', got unconvertible type "
            "'[]interface {}'\n'[1]' expected type 'string', got unconvertible type '[]interface {}'");
        row(FieldType::Duration, "90", "90");
        row(FieldType::Duration, "\"1h30m\"", "5400");
        row(FieldType::Duration, "\"1.5h\"", "5400");
        row(FieldType::Duration, "\"2d\"", "172800");
        row(FieldType::Duration, "\"\"", "0");
        row(FieldType::Duration, "null", "absent");
        row(FieldType::Duration, "[]", "! could not parse duration from input");
        row(FieldType::Duration, "\"-5\"", "! cannot provide negative value '-5'");
        row(FieldType::Duration, "\"abc\"", "! time: invalid duration \"abc\"");
        row(FieldType::Duration, "1.5", "! time: missing unit in duration \"1.5\"");
        row(FieldType::Duration, "\"5x\"", "! time: unknown unit \"x\" in duration \"5x\"");
        row(FieldType::Duration, "\"1d12h\"", "! time: unknown unit \"d\" in duration \"1d12h\"");
        row(FieldType::Duration, "\"1.5d\"", "! strconv.ParseInt: parsing \"1.5\": invalid syntax");
        row(FieldType::Object, "{\"a\":1}", "{\"a\":1}");
        row(FieldType::Object, "\"x\"",
            "! '' expected type 'map[string]interface {}', got unconvertible type 'string'");
    }
    void convertsWeakly()
    {
        QFETCH(FieldType, type);
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, expected);
        QCOMPARE(converted(type, json.toStdString()), expected);
    }
};

QTEST_GUILESS_MAIN(TestFields)
#include "tst_Fields.moc"
