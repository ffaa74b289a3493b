// SPDX-License-Identifier: Apache-2.0
#include "identity/Metadata.h"
#include "support/Support.h"

#include <QTest>

using namespace kith;
using namespace kith::identity;
using namespace kith::test;

static Metadata pairs(int count)
{
    Metadata metadata;
    for (int i = 0; i < count; ++i)
        metadata["k" + std::to_string(i)] = "v";
    return metadata;
}

static std::string wire(const Result<void> &result)
{
    return result ? std::string() : std::to_string(result.error().status) + " " + result.error().wire;
}

static std::string wrapped(const std::string &text)
{
    return "500 1 error occurred:\n\t* " + text + "\n\n";
}

class TestMetadata : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsItsLimits()
    {
        QCOMPARE(wire(checkMetadata(MetadataOf::Group, pairs(64))), std::string());
        QCOMPARE(wire(checkMetadata(MetadataOf::Group, pairs(65))),
                 wrapped("invalid group metadata: metadata cannot contain more than 64 key/value pairs"));
        const auto one = [](MetadataOf owner, const std::string &key, const std::string &value) {
            return wire(checkMetadata(owner, {{key, value}}));
        };
        const std::string longKey(129, 'k');
        const std::string longValue(513, 'v');
        QCOMPARE(one(MetadataOf::Entity, longKey.substr(1), longValue.substr(1)), std::string());
        QCOMPARE(one(MetadataOf::Entity, "aZ09=/+_-", ""), std::string());
        QCOMPARE(one(MetadataOf::Entity, "", "v"),
                 wrapped(R"(invalid entity metadata: failed to load metadata pair ("", "v"): key cannot be blank)"));
        QCOMPARE(one(MetadataOf::Alias, "a\"b\n\u00a0é", "v\t\x01é"),
                 wrapped("invalid alias metadata: failed to load metadata pair (\"a\\\"b\\n\\u00a0é\", "
                         "\"v\\t\\x01é\"): key contains invalid characters"));
        QCOMPARE(one(MetadataOf::Group, longKey, "v"),
                 wrapped("invalid group metadata: failed to load metadata pair (\"" + longKey +
                         "\", \"v\"): key is too long (limit: 128 characters)"));
        QCOMPARE(one(MetadataOf::Group, "vault-x", "v"),
                 wrapped("invalid group metadata: failed to load metadata pair (\"vault-x\", \"v\"): key prefix "
                         "\"vault-\" is reserved for internal use"));
        QCOMPARE(one(MetadataOf::Group, "k", longValue),
                 wrapped("invalid group metadata: failed to load metadata pair (\"k\", \"" + longValue +
                         "\"): value is too long (limit: 512 characters)"));
    }

    void keepsTheLimitsOfCustomMetadata()
    {
        QCOMPARE(wire(checkCustomMetadata({{"any key ✓", "å value"}})), std::string());
        QCOMPARE(wire(checkCustomMetadata(pairs(64))), std::string());
        QCOMPARE(wire(checkCustomMetadata(pairs(65))),
                 wrapped("custom_metadata validation failed: payload must contain at most 64 keys, provided 65"));
        QCOMPARE(wire(checkCustomMetadata({{"b", ""}})),
                 wrapped("custom_metadata validation failed: length of value for key \"b\" is 0 but must be 0 < "
                         "len(value) <= 512"));
        QCOMPARE(
            wire(checkCustomMetadata({{"", "v"}, {"c\x01\"", "a\x02"}, {"x\u200b", "d\u00a0"}})),
            std::string("500 5 errors occurred:"
                        "\n\t* custom_metadata validation failed: length of key \"\" is 0 but must be 0 < len(key) "
                        "<= 128"
                        "\n\t* custom_metadata validation failed: key \"c\\x01\\\"\" (c\x01\") contains "
                        "unprintable characters"
                        "\n\t* custom_metadata validation failed: value for key \"c\\x01\\\"\" contains "
                        "unprintable characters"
                        "\n\t* custom_metadata validation failed: key \"x\\u200b\" (x\u200b) contains unprintable "
                        "characters"
                        "\n\t* custom_metadata validation failed: value for key \"x\\u200b\" contains unprintable "
                        "characters\n\n"));
    }

    void goesIntoAColumnAndBack()
    {
        QVERIFY(!metadataColumn(std::nullopt));
        QCOMPARE(*metadataColumn(Metadata()), std::string("{}"));
        QCOMPARE(*metadataColumn(Metadata{{"b", "2\""}, {"a", "1"}}), std::string(R"({"a":"1","b":"2\""})"));
        QVERIFY(metadataFromColumn(R"({"a":"1","b":"2\""})") == (StoredMetadata(Metadata{{"b", "2\""}, {"a", "1"}})));
        QVERIFY(metadataFromColumn("{}") == StoredMetadata(Metadata()));
        for (const char *none : {"", "[1]", "{\"a\":1}", "{"})
            QVERIFY(!metadataFromColumn(none));
    }
};

QTEST_GUILESS_MAIN(TestMetadata)
#include "tst_Metadata.moc"
