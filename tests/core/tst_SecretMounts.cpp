// SPDX-License-Identifier: Apache-2.0
// sys/mounts, kv 1 and kv 2. The answers are those of OpenBao 2.7.2.
#include "support/TestCore.h"

#include <QTest>

using namespace kith;
using namespace kith::test;
using core::Operation;

namespace {

/// The answer without its times, which differ.
QByteArray timeless(const core::Response &response)
{
    static const QRegularExpression time(QStringLiteral("\"[0-9-]+T[0-9:.]+Z\""));
    return QString::fromUtf8(line(response)).replace(time, QStringLiteral("TIME")).toUtf8();
}

void addRow(const char *path, const char *body, const char *answer)
{
    QTest::addRow("%s %s", path, body) << QByteArray(path) << QByteArray(body) << QByteArray(answer);
}

void addColumns()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("answer");
}

} // namespace

class TestSecretMounts : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestCore> m_core;

private Q_SLOTS:
    void init()
    {
        m_core = std::make_unique<TestCore>();
        m_core->post("sys/mounts/k1", R"({"type":"kv"})");
        m_core->post("sys/mounts/k2", R"({"type":"kv","options":{"version":"2"}})");
    }

    void mounts()
    {
        TestCore &c = *m_core;
        QCOMPARE(line(c.post("sys/mounts/deep/er", R"({"type":"kv-v2","description":"d"})")), QByteArray("204"));
        const core::Response read = c.get("sys/mounts/deep/er");
        QCOMPARE(member(read, "type"), QByteArray("\"kv\""));
        QCOMPARE(member(read, "options"), QByteArray(R"({"version":"2"})"));
        QVERIFY(member(read, "accessor").startsWith("\"kv_"));
        QVERIFY(c.get("sys/mounts").data->as_object().contains("deep/er/"));
        QCOMPARE(line(c.remove("sys/mounts/deep/er")), QByteArray("204"));
        QCOMPARE(line(c.remove("sys/mounts/deep/er")), QByteArray("204"));
        QCOMPARE(line(c.get("deep/er/data/x")),
                 QByteArray("404 no handler for route \"deep/er/data/x\". route entry not found."));
    }

    void refusesToMount_data()
    {
        addColumns();
        addRow("k1", R"({"type":"kv"})", "400 path is already in use at k1/");
        addRow("k1/below", R"({"type":"kv"})", "400 path is already in use at k1/");
        addRow("x", R"({"type":"nope"})", "400 plugin not found in the catalog: nope");
        addRow("x", R"({"type":""})", "400 backend type must be specified as a string");
        addRow("x", R"({"type":"identity"})", "400 mount type of \"identity\" is not mountable");
        addRow("x", R"({"type":"ns_token"})", "400 mount type of \"ns_token\" is not mountable");
        addRow("sys/x", R"({"type":"identity"})", "400 cannot mount \"sys/x/\"");
        addRow("cubbyhole", R"({"type":"kv"})", "400 cannot mount \"cubbyhole/\"");
        addRow("auth/x", R"({"type":"kv"})", "400 cannot mount \"auth/x/\"");
        addRow("x", R"({"type":"kv","options":{"version":"3"}})",
               "400 nil backend of type \"kv\" returned from factory");
        addRow("x", R"({"type":"kv","config":{"default_lease_ttl":"2h","max_lease_ttl":"1h"}})",
               "400 given default lease TTL greater than given max lease TTL");
    }
    void refusesToMount()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, answer);
        QCOMPARE(line(m_core->post("sys/mounts/" + path.toStdString(), body.toStdString())), answer);
        if (path == "x")
            QCOMPARE(line(m_core->get("sys/mounts/x")), QByteArray("400 No secret engine mount at x/"));
    }

    void keepsWhatEveryCoreHas()
    {
        QCOMPARE(line(m_core->remove("sys/mounts/sys")), QByteArray("400 cannot unmount \"sys/\""));
        QCOMPARE(line(m_core->remove("sys/mounts/identity")), QByteArray("400 cannot unmount \"identity/\""));
        QCOMPARE(line(m_core->remove("sys/mounts/cubbyhole")), QByteArray("400 cannot unmount \"cubbyhole/\""));
    }

    void movesWithWhatIsInIt()
    {
        TestCore &c = *m_core;
        c.post("k1/a", R"({"x":1})");
        const core::Response moved = c.post("sys/remount", R"({"from":"k1","to":"k9"})");
        QCOMPARE(moved.status, 200);
        QCOMPARE(line(c.get("k9/a")), QByteArray(R"(200 {"x":1})"));
        QCOMPARE(c.get("k1/a").status, 404);
        const std::string id(moved.data->at("migration_id").as_string());
        QCOMPARE(member(c.get("sys/remount/status/" + id), "migration_info"),
                 QByteArray(R"({"source_mount":"k1/","target_mount":"k9/","status":"success"})"));
        QCOMPARE(line(c.get("sys/remount/status/zz")), QByteArray("404"));
        QCOMPARE(line(c.post("sys/remount", R"({"from":"k9","to":"k2"})")),
                 QByteArray("400 path already in use at \"k2/\""));
        QCOMPARE(line(c.post("sys/remount", R"({"from":"k9","to":"auth/zz"})")),
                 QByteArray("400 cannot remount to destination auth/zz/"));
        QCOMPARE(line(c.post("sys/remount", R"({"from":"sys","to":"zz"})")), QByteArray("400 cannot remount \"sys/\""));
        QCOMPARE(line(c.post("sys/remount", R"({"from":"none","to":"zz"})")),
                 QByteArray("400 no matching mount at \"none/\""));
    }

    void keepsWhatItIsSent()
    {
        TestCore &c = *m_core;
        QCOMPARE(line(c.post("k1/a", R"({"x":1,"y":{"z":[null,true]}})")), QByteArray("204"));
        QCOMPARE(line(c.get("k1/a")), QByteArray(R"(200 {"x":1,"y":{"z":[null,true]}})"));
        QCOMPARE(c.get("k1/a").lease->seconds, std::int64_t(2764800));
        const auto leaseOf = [&](const char *secret) {
            c.post("k1/a", secret);
            return c.get("k1/a").lease->seconds;
        };
        QCOMPARE(leaseOf(R"({"ttl":"30m"})"), std::int64_t(1800));
        QCOMPARE(leaseOf(R"({"lease":"30m"})"), std::int64_t(1800));
        QCOMPARE(leaseOf(R"({"ttl":null,"lease":"1h"})"), std::int64_t(0)); // and so on as the real server
        QCOMPARE(leaseOf(R"({"ttl":-5})"), std::int64_t(-5));
        QCOMPARE(leaseOf(R"({"ttl":"x","lease":"1h"})"), std::int64_t(2764800));
        QCOMPARE(line(c.post("k1/b")), QByteArray("400 missing data fields"));
        c.post("k1/d/e", R"({"a":1})");
        QCOMPARE(line(c.list("k1")), QByteArray(R"(200 {"keys":["a","d/"]})"));
        QCOMPARE(line(c.list("k1/d")), QByteArray(R"(200 {"keys":["e"]})"));
        QCOMPARE(line(c.list("k1/zz")), QByteArray("404"));
        QCOMPARE(line(c.send(Operation::Scan, "k1/")), QByteArray(R"(200 {"keys":["a","d/e"]})"));
        QCOMPARE(line(c.remove("k1/a")), QByteArray("204"));
        QCOMPARE(line(c.get("k1/a")), QByteArray("404"));
        QCOMPARE(line(c.get("k1/d/")), QByteArray("404"));
        QCOMPARE(c.send(Operation::Patch, "k1/d/e", R"({"b":2})").status, 405);
    }

    /// Of a path that nothing can lie at, so nothing lies there yet.
    void takesCreateForWritesToTheMountItself()
    {
        const auto asked = [this](const char *capability, const char *path) {
            const std::string rules = std::string("path \"*\" { capabilities = [\"") + capability + "\"] }";
            m_core->post("sys/policies/acl/all", boost::json::serialize(boost::json::object{{"policy", rules}}));
            const std::string token = m_core->token(R"({"policies":["all"],"no_default_policy":true})");
            return line(m_core->sendAs(token, Operation::Update, path, R"({"a":"1"})"));
        };
        for (const char *path : {"k1", "cubbyhole"})
            QCOMPARE(asked("update", path), QByteArray("403 1 error occurred:\n\t* permission denied\n\n"));
        QCOMPARE(asked("create", "k1"), QByteArray("400 missing path"));
        QCOMPARE(asked("create", "cubbyhole"), QByteArray("500 1 error occurred:\n\t* missing path\n\n"));
    }

    void countsVersions()
    {
        TestCore &c = *m_core;
        c.post("k2/config", R"({"max_versions":3})");
        QCOMPARE(line(c.get("k2/config")),
                 QByteArray(R"(200 {"cas_required":false,"delete_version_after":"0s","max_versions":3,)"
                            R"("metadata_cas_required":false})"));
        QCOMPARE(timeless(c.post("k2/data/a", R"({"data":{"x":1}})")),
                 QByteArray(R"(200 {"created_time":TIME,"custom_metadata":null,"deletion_time":"",)"
                            R"("destroyed":false,"version":1})"));
        for (int i = 2; i <= 5; ++i)
            c.post("k2/data/a", R"({"data":{"x":)" + std::to_string(i) + "}}");
        QCOMPARE(member(c.get("k2/data/a"), "data"), QByteArray(R"({"x":5})"));
        QCOMPARE(member(c.send(Operation::Read, "k2/data/a", R"({"version":"3"})"), "data"), QByteArray(R"({"x":3})"));
        QCOMPARE(line(c.send(Operation::Read, "k2/data/a", R"({"version":2})")), QByteArray("404"));
        const core::Response metadata = c.get("k2/metadata/a");
        QCOMPARE(member(metadata, "oldest_version"), QByteArray("3"));
        QCOMPARE(member(metadata, "current_version"), QByteArray("5"));
        QCOMPARE(line(c.get("k2/data/none")), QByteArray("404"));
        QCOMPARE(line(c.get("k2/data/a/")), QByteArray("500 1 error occurred:\n\t* could not find version data\n\n"));
    }

    void checksAndSets_data()
    {
        addColumns();
        addRow("data/new", R"({"data":{},"options":{"cas":0}})", "200");
        addRow("data/a", R"({"data":{},"options":{"cas":1}})", "200");
        addRow("data/a", R"({"data":{},"options":{"cas":0}})",
               "400 check-and-set parameter did not match the current version");
        addRow("data/a", R"({"data":{},"options":{"cas":"x"}})", "400 error parsing check-and-set parameter");
        addRow("data/a", R"({"x":1})", "400 no data provided");
        addRow("data/a", R"({"data":"s"})",
               "400 error converting input for field \"data\": '' expected type 'map[string]interface {}', got "
               "unconvertible type 'string'");
        addRow("data/careful", R"({"data":{}})", "400 check-and-set parameter required for this call");
        addRow("delete/a", "{}", "400 No version number provided");
        addRow("delete/none", R"({"versions":[3]})", "204");
        addRow("delete/a", R"({"versions":["a"]})",
               "400 Field validation failed: error converting input for field \"versions\": decoding failed due to the "
               "following error(s):\n\n'[0]' cannot parse value as 'int': strconv.ParseInt: invalid syntax");
        addRow("metadata/a", R"({"delete_version_after":-5})",
               "400 error converting input for field \"delete_version_after\": cannot provide negative value '-5'");
        addRow("metadata/a", R"({"delete_version_after":"x"})",
               "400 error converting input for field \"delete_version_after\": time: invalid duration \"x\"");
        addRow("config", R"({"delete_version_after":"x"})",
               "400 Field validation failed: error converting input for field \"delete_version_after\": time: invalid "
               "duration \"x\"");
        addRow("metadata/a", R"({"custom_metadata":{"a":""}})",
               "400 1 error occurred:\n\t* custom_metadata validation failed: length of value for key \"a\" is 0 but "
               "must be 0 < len(value) <= 512\n\n");
    }
    void checksAndSets()
    {
        TestCore &c = *m_core;
        c.post("k2/data/a", R"({"data":{"x":1}})");
        c.post("k2/metadata/careful", R"({"cas_required":true})");
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, answer);
        const QByteArray got = line(c.post("k2/" + path.toStdString(), body.toStdString()));
        QCOMPARE(answer == "200" ? got.left(3) : got, answer);
    }

    void versionsEnd()
    {
        TestCore &c = *m_core;
        c.post("k2/metadata/a", R"({"delete_version_after":90})");
        QCOMPARE(member(c.get("k2/metadata/a"), "delete_version_after"), QByteArray("\"1m30s\""));
        c.post("k2/data/a", R"({"data":{"x":1}})");
        c.clock().advance(91'000'000'000);
        QCOMPARE(c.get("k2/data/a").status, 404);
        c.post("k2/config", R"({"delete_version_after":"-5s"})");
        QCOMPARE(member(c.get("k2/config"), "delete_version_after"), QByteArray("\"-1s\""));
        c.post("k2/data/a", R"({"data":{"x":2}})");
        c.clock().advance(91'000'000'000);
        QCOMPARE(c.get("k2/data/a").status, 200);
    }

    void deletesUndeletesDestroys()
    {
        TestCore &c = *m_core;
        for (int i = 1; i <= 3; ++i)
            c.post("k2/data/a", R"({"data":{"x":)" + std::to_string(i) + "}}");
        QCOMPARE(line(c.remove("k2/data/a")), QByteArray("204"));
        QCOMPARE(timeless(c.get("k2/data/a")),
                 QByteArray(R"(404 {"data":null,"metadata":{"created_time":TIME,"custom_metadata":null,)"
                            R"("deletion_time":TIME,"destroyed":false,"version":3}})"));
        c.post("k2/undelete/a", R"({"versions":[3]})");
        QCOMPARE(member(c.get("k2/data/a"), "data"), QByteArray(R"({"x":3})"));
        c.post("k2/destroy/a", R"({"versions":"1,3"})");
        c.post("k2/undelete/a", R"({"versions":[1,3]})");
        QCOMPARE(c.get("k2/data/a").status, 404);
        QCOMPARE(member(c.send(Operation::Read, "k2/data/a", R"({"version":2})"), "data"), QByteArray(R"({"x":2})"));
        QCOMPARE(line(c.remove("k2/metadata/a")), QByteArray("204"));
        QCOMPARE(line(c.get("k2/metadata/a")), QByteArray("404"));
    }

    void patches()
    {
        TestCore &c = *m_core;
        c.post("k2/data/a", R"({"data":{"x":1,"y":{"z":1}}})");
        QCOMPARE(c.send(Operation::Patch, "k2/data/a", R"({"data":{"x":null,"y":{"w":2}}})").status, 200);
        QCOMPARE(member(c.get("k2/data/a"), "data"), QByteArray(R"({"y":{"z":1,"w":2}})"));
        QCOMPARE(c.send(Operation::Patch, "k2/data/none", R"({"data":{}})").status, 404);
        c.post("k2/metadata/a", R"({"custom_metadata":{"o":"p"},"max_versions":2,"delete_version_after":"1h"})");
        c.send(Operation::Patch, "k2/metadata/a", R"({"custom_metadata":{"z":"1","o":null}})");
        const core::Response metadata = c.get("k2/metadata/a");
        QCOMPARE(member(metadata, "custom_metadata"), QByteArray(R"({"z":"1"})"));
        QCOMPARE(member(metadata, "delete_version_after"), QByteArray("\"1h0m0s\""));
        QCOMPARE(member(metadata, "current_metadata_version"), QByteArray("2"));
        QCOMPARE(member(c.get("k2/subkeys/a"), "subkeys"), QByteArray(R"({"y":{"z":null,"w":null}})"));
    }

    /// A write cuts off what is more than 32 bits, a patch refuses it.
    void takesCountsOf32Bits()
    {
        TestCore &c = *m_core;
        c.post("k2/data/count", R"({"data":{}})");
        for (const char *count : {"4294967296", "-1", "1000000000000000000"})
            QCOMPARE(
                line(c.send(Operation::Patch, "k2/metadata/count", std::string(R"({"max_versions":)") + count + "}")),
                QByteArray("500 1 error occurred:\n\t* json: cannot unmarshal number ") + count +
                    " into Go struct field .max_versions of type uint32\n\n");
        QCOMPARE(member(c.get("k2/metadata/count"), "max_versions"), QByteArray("0"));
        c.send(Operation::Patch, "k2/metadata/count", R"({"max_versions":4294967295})");
        QCOMPARE(member(c.get("k2/metadata/count"), "max_versions"), QByteArray("4294967295"));
        c.post("k2/metadata/count", R"({"max_versions":4294967298})");
        QCOMPARE(member(c.get("k2/metadata/count"), "max_versions"), QByteArray("2"));
    }

    /// Lists of objects are taken for objects, and lists of nothing for nothing.
    void takesListsForObjects()
    {
        TestCore &c = *m_core;
        c.post("k2/data/a", R"({"data":[{"x":1},[{"y":2}]]})");
        QCOMPARE(member(c.get("k2/data/a"), "data"), QByteArray(R"({"x":1,"y":2})"));
        c.post("k2/data/a", R"({"data":[null]})");
        QCOMPARE(member(c.get("k2/data/a"), "data"), QByteArray("null"));
        QCOMPARE(line(c.post("k2/data/a", R"({"data":["a",1]})")),
                 QByteArray("400 error converting input for field \"data\": '[0]' expected type "
                            "'map[string]interface {}', got unconvertible type 'string'"));
        QCOMPARE(line(c.post("k2/metadata/a", R"({"custom_metadata":[{"k":"v"},null]})")), QByteArray("204"));
        QCOMPARE(member(c.get("k2/metadata/a"), "custom_metadata"), QByteArray(R"({"k":"v"})"));
        QCOMPARE(line(c.send(Operation::Patch, "k2/metadata/a", R"({"custom_metadata":{"n":5}})")),
                 QByteArray("500 1 error occurred:\n\t* json: cannot unmarshal number into Go struct field "
                            ".custom_metadata.n of type string\n\n"));
        QCOMPARE(line(c.post("k2/metadata/a", R"({"custom_metadata":[null]})")), QByteArray("204"));
        QCOMPARE(member(c.get("k2/metadata/a"), "custom_metadata"), QByteArray("null"));
        QCOMPARE(line(c.send(Operation::Patch, "k2/metadata/a", R"({"custom_metadata":{"n":5}})")), QByteArray("204"));
        c.send(Operation::Patch, "k2/metadata/a", R"({"delete_version_after":"1h"})");
        c.send(Operation::Patch, "k2/metadata/a", R"({"delete_version_after":0})");
        QCOMPARE(member(c.get("k2/metadata/a"), "delete_version_after"), QByteArray("\"1h0m0s\""));
        QCOMPARE(line(c.post("k2/delete/a", R"({"versions":{}})")), QByteArray("400 No version number provided"));
    }

    void warnsOfWhatTheMountDemands()
    {
        TestCore &c = *m_core;
        c.post("k2/config", R"({"cas_required":true})");
        const core::Response answer = c.post("k2/metadata/a", R"({"cas_required":false})");
        QCOMPARE(answer.warnings, std::vector<std::string>{"\"cas_required\" set to false, but is mandated by backend "
                                                           "config. This value will be ignored."});
        QCOMPARE(line(c.post("k2/metadata/a", R"({"cas_required":true})")), QByteArray("204"));
    }

    void listsKeys()
    {
        TestCore &c = *m_core;
        for (const char *path : {"k2/data/a", "k2/data/n/m", "k2/data/z"})
            c.post(path, R"({"data":{"x":1}})");
        QCOMPARE(line(c.list("k2/metadata")), QByteArray(R"(200 {"keys":["a","n/","z"]})"));
        QCOMPARE(line(c.list("k2/metadata/n")), QByteArray(R"(200 {"keys":["m"]})"));
        QCOMPARE(line(c.send(Operation::List, "k2/metadata/", R"({"after":"a","limit":"1"})")),
                 QByteArray(R"(200 {"keys":["n/"]})"));
        QCOMPARE(line(c.send(Operation::Scan, "k2/metadata/")), QByteArray(R"(200 {"keys":["a","z","n/m"]})"));
        QCOMPARE(c.list("k2/data").status, 405);
        const core::Response wrong = c.get("k2/foo");
        QCOMPARE(wrong.status, 404);
        QVERIFY(QByteArray::fromStdString(wrong.warnings.at(0)).startsWith("Invalid path for a versioned K/V"));
        for (const Operation operation : {Operation::Read, Operation::Delete}) // whatever else is sent
            QCOMPARE(line(m_core->send(operation, "k2/detailed-metadata", R"({"limit":"x"})")).left(3),
                     QByteArray("404"));
    }

    void refusesWhatNamesNoKey()
    {
        TestCore &c = *m_core;
        for (const std::string part : {"data", "delete", "undelete", "destroy"}) {
            for (const Operation operation : {Operation::Read, Operation::Update, Operation::Delete}) {
                const core::Response bare = c.send(operation, "k2/" + part);
                QCOMPARE(bare.status, 404);
                QVERIFY(
                    QByteArray::fromStdString(bare.warnings.at(0)).startsWith("Non-listing operations on the root"));
            }
            QCOMPARE(c.list("k2/" + part).status, 405);
            QCOMPARE(line(c.post("k2/" + part + "/", "{}")), QByteArray("400 cannot write to a path ending in '/'"));
            if (part == "data")
                continue; // it is read there, and deleted
            for (const Operation operation : {Operation::Read, Operation::Delete, Operation::List})
                QCOMPARE(line(c.send(operation, "k2/" + part + "/")),
                         QByteArray("405 1 error occurred:\n\t* unsupported operation\n\n"));
        }
    }

    void upgrades()
    {
        TestCore &c = *m_core;
        c.post("k1/d/e", R"({"a":1})");
        const core::Response tuned = c.post("sys/mounts/k1/tune", R"({"options":{"version":"2"}})");
        QCOMPARE(tuned.status, 200);
        QCOMPARE(member(c.get("k1/data/d/e"), "data"), QByteArray(R"({"a":1})"));
        QCOMPARE(line(c.post("sys/mounts/k1/tune", R"({"options":{"version":"1"}})")),
                 QByteArray("400 cannot downgrade mount from version 2"));
    }

    void tools()
    {
        TestCore &c = *m_core;
        QCOMPARE(line(c.post("sys/tools/hash", R"({"input":"aGVsbG8="})")),
                 QByteArray(R"(200 {"sum":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"})"));
        QCOMPARE(line(c.post("sys/tools/hash/sha3-256", R"({"input":"aGVsbG8=","format":"base64"})")),
                 QByteArray(R"(200 {"sum":"Mzi+aU9QxfM4gUmGzfBoZFOoiLhPQk15KvS5ICOY85I="})"));
        QCOMPARE(line(c.post("sys/tools/hash/md5", R"({"input":"aGVsbG8="})")),
                 QByteArray("400 unsupported algorithm md5"));
        QCOMPARE(line(c.post("sys/tools/hash", R"({"input":"!!"})")),
                 QByteArray("400 unable to decode input as base64: illegal base64 data at input byte 0"));
        QCOMPARE(line(c.post("sys/tools/random/0")), QByteArray("400 'bytes' cannot be less than 1"));
        QCOMPARE(line(c.post("sys/tools/random/999999")), QByteArray("400 'bytes' should be less than 131072"));
        QCOMPARE(member(c.post("sys/tools/random/8", R"({"format":"hex"})"), "random_bytes").size(), 18);
    }
};

QTEST_GUILESS_MAIN(TestSecretMounts)
#include "tst_SecretMounts.moc"
