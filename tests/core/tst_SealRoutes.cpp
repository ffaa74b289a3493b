// SPDX-License-Identifier: Apache-2.0
#include "auth/Tokens.h"
#include "store/Base64.h"
#include "store/Keyring.h"
#include "support/TestCore.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QTest>

#include <filesystem>

using namespace kith;
using namespace kith::core;
using kith::test::line;
using kith::test::member;
using kith::test::TestCore;
using Json = boost::json::object;

namespace {

std::string textOf(const Response &response, std::string_view name)
{
    return boost::json::value_to<std::string>(response.data->as_object().at(name));
}

std::vector<std::string> textsOf(const Response &response, std::string_view name)
{
    return boost::json::value_to<std::vector<std::string>>(response.data->as_object().at(name));
}

/// Initialised with three shares, two of which unseal; sealed at first.
struct SharedCore : TestCore {
    SharedCore() : TestCore(Keys::None)
    {
        const Response made = post("sys/init", R"({"secret_shares":3,"secret_threshold":2})");
        if (!made.ok())
            qFatal("%s", line(made).constData());
        shares = textsOf(made, "keys");
        base64Shares = textsOf(made, "keys_base64");
        rootToken = textOf(made, "root_token");
    }
    Response give(const std::string &path, const std::string &key, const std::string &nonce = {})
    {
        return post(path, Json{{"key", key}, {"nonce", nonce}});
    }
    void unseal()
    {
        give("sys/unseal", shares[0]);
        const Response last = give("sys/unseal", shares[1]);
        QCOMPARE(member(last, "sealed"), QByteArray("false"));
    }
    /// Whether it is a root token, asked of the file itself with the keys that the shares open.
    bool isRootToken(const std::string &token, const std::vector<std::string> &keys)
    {
        const auto rootKey = store::combineShares({*store::fromHex(keys[0]), *store::fromHex(keys[1])});
        store::Keyring keyring(core().store());
        if (!rootKey || !keyring.unseal(store::SecretKey(*rootKey)))
            return false;
        const auto found = core().store().read([&](store::Session &session) -> Result<bool> {
            const auto known = auth::findToken(session, *keyring.seal(), token, clock().now());
            return known && known->policies == std::vector<std::string>{"root"} && known->expires == 0;
        });
        return found.value_or(false);
    }
    std::vector<std::string> shares;
    std::vector<std::string> base64Shares;
    std::string rootToken;
};

const char *wrongKey = "invalid key: failed to decrypt keys from storage: cipher: message authentication failed";

} // namespace

class TestSealRoutes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void beginsWithoutKeys()
    {
        TestCore core(TestCore::Keys::None);
        QCOMPARE(line(core.get("sys/init")), QByteArray(R"(200 {"initialized":false})"));
        const Response status = core.get("sys/seal-status");
        QCOMPARE(status.status, 200);
        QVERIFY(status.body == Body::Bare);
        QCOMPARE(member(status, "sealed"), QByteArray("true"));
        QCOMPARE(member(status, "t"), QByteArray("0"));
        QCOMPARE(member(status, "cluster_id"), QByteArray());
        QCOMPARE(core.get("sys/health").status, 501);
        QCOMPARE(core.send(Operation::Read, "sys/health", R"({"uninitcode":"299","sealedcode":"298"})").status, 299);
        QCOMPARE(line(core.post("sys/unseal", R"({"key":"abcd"})")), QByteArray("400 Vault is not initialized"));
    }
    void refusesImpossibleInits_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("why");
        const auto row = [](const char *body, const char *why) {
            QTest::newRow(body) << QByteArray(body) << QByteArray(why);
        };
        row("{}", "invalid seal configuration: shares must be at least one");
        row(R"({"secret_shares":1,"secret_threshold":0})",
            "invalid seal configuration: threshold must be at least one");
        row(R"({"secret_shares":2,"secret_threshold":3})",
            "invalid seal configuration: threshold cannot be larger than shares");
        row(R"({"secret_shares":1,"secret_threshold":1,"pgp_keys":["a","b"]})",
            "invalid seal configuration: count mismatch between number of provided PGP keys and number of shares");
        row(R"({"secret_shares":"x"})", "failed to decode JSON input: json: cannot unmarshal string into Go struct "
                                        "field InitRequest.secret_shares of type int");
        row(R"({"secret_shares":1,"secret_threshold":1,"recovery_shares":1,"recovery_threshold":1})",
            "parameters recovery_shares,recovery_threshold not applicable to seal type shamir");
    }
    void refusesImpossibleInits()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, why);
        TestCore core(TestCore::Keys::None);
        QCOMPARE(line(core.post("sys/init", body.toStdString())), "400 " + why);
        QCOMPARE(line(core.get("sys/init")), QByteArray(R"(200 {"initialized":false})"));
    }
    void initialisesOnce()
    {
        SharedCore core;
        QCOMPARE(core.shares.size(), std::size_t(3));
        for (std::size_t i = 0; i < 3; ++i) {
            QCOMPARE(core.shares[i].size(), std::size_t(66));
            QCOMPARE(store::toHex(*store::fromBase64(core.base64Shares[i])), core.shares[i]);
        }
        QCOMPARE(core.rootToken.size(), std::size_t(26));
        QCOMPARE(line(core.post("sys/init", R"({"secret_shares":1,"secret_threshold":1})")),
                 QByteArray("400 Vault is already initialized"));
        QCOMPARE(line(core.get("sys/init")), QByteArray(R"(200 {"initialized":true})"));
        QCOMPARE(core.get("sys/health").status, 503);
        QCOMPARE(core.send(Operation::Head, "sys/health", R"({"sealedcode":"298"})").status, 298);
        Request help;
        help.path = "sys/health";
        help.help = true;
        QCOMPARE(core.core().handle(help).status, 503);
    }
    void hasNobodyToStepDownFor()
    {
        TestCore core;
        QCOMPARE(line(core.sendAs("nobody", Operation::Update, "sys/step-down")), QByteArray("204"));
        QCOMPARE(line(core.get("sys/step-down")), QByteArray("405"));
        QCOMPARE(line(core.get("sys/health")).left(3), QByteArray("200"));
    }
    void unsealsWithEnoughShares()
    {
        SharedCore core;
        QCOMPARE(line(core.post("sys/unseal")),
                 QByteArray("400 'key' must be specified in request body as JSON, or 'reset' set to true"));
        QCOMPARE(line(core.give("sys/unseal", "zz!")), QByteArray("400 'key' must be a valid hex or base64 string"));
        QCOMPARE(line(core.give("sys/unseal", "abcd")),
                 QByteArray("400 invalid key: key is shorter than minimum 16 bytes"));
        QCOMPARE(line(core.give("sys/unseal", "zz!")), line(core.post("sys/unseal", R"({"KEY":"zz!"})")));
        QCOMPARE(line(core.give("sys/unseal", "5d")), // too short for hex
                 QByteArray("400 'key' must be a valid hex or base64 string"));
        QCOMPARE(line(core.post("sys/unseal", R"({"key":5})")),
                 QByteArray("400 failed to decode JSON input: json: cannot unmarshal number into Go struct field "
                            "UnsealRequest.key of type string"));
        const Response first = core.give("sys/unseal", core.shares[0]);
        QCOMPARE(member(first, "progress"), QByteArray("1"));
        const std::string nonce = textOf(first, "nonce");
        QVERIFY(!nonce.empty());
        QCOMPARE(member(core.give("sys/unseal", core.shares[0]), "progress"), QByteArray("1"));
        QCOMPARE(textOf(core.get("sys/seal-status"), "nonce"), nonce);
        QCOMPARE(member(core.post("sys/unseal", R"({"reset":true})"), "progress"), QByteArray("0"));

        core.give("sys/unseal", core.shares[0]);
        std::string wrong = core.shares[2];
        wrong.replace(0, 2, wrong.substr(0, 2) == "00" ? "11" : "00");
        QCOMPARE(line(core.give("sys/unseal", wrong)), QByteArray("400 unable to retrieve stored keys: ") + wrongKey);
        QCOMPARE(member(core.get("sys/seal-status"), "progress"), QByteArray("0"));

        core.give("sys/unseal", core.shares[2]);
        const Response open = core.give("sys/unseal", core.base64Shares[1]);
        QCOMPARE(member(open, "sealed"), QByteArray("false"));
        QCOMPARE(member(open, "progress"), QByteArray("0"));
        QVERIFY(!textOf(open, "cluster_id").empty());
        QCOMPARE(member(core.give("sys/unseal", "abcd"), "sealed"), QByteArray("false")); // nobody looks at it
        QCOMPARE(line(core.post("sys/unseal", R"({"reset":true})")), QByteArray("400 vault is unsealed"));
        QCOMPARE(core.get("sys/health").status, 200);
        QCOMPARE(core.send(Operation::Read, "sys/health", R"({"activecode":"299"})").status, 299);
        QCOMPARE(line(core.send(Operation::Read, "sys/health", R"({"activecode":"x"})")), QByteArray("400"));
        QCOMPARE(line(core.send(Operation::Read, "sys/health", R"({"standbyok":"maybe"})")), QByteArray("400"));
        QCOMPARE(line(core.post("sys/health")), QByteArray("405"));
        QCOMPARE(line(core.get("sys/leader")), QByteArray(R"(200 {"ha_enabled":false})"));

        QCOMPARE(line(core.post("sys/seal")), QByteArray("204"));
        QCOMPARE(member(core.get("sys/seal-status"), "sealed"), QByteArray("true"));
        QCOMPARE(core.get("sys/leader").status, 200);
    }
    void makesARootTokenByShares()
    {
        SharedCore core;
        core.unseal();
        QCOMPARE(line(core.post("sys/generate-root/attempt", R"({"otp":"x"})")),
                 QByteArray("400 OTP string has incorrect length"));
        QCOMPARE(line(core.give("sys/generate-root/update", core.shares[0])),
                 QByteArray("400 no root generation in progress"));
        const Response begun = core.post("sys/generate-root/attempt");
        const std::string nonce = textOf(begun, "nonce");
        const std::string password = textOf(begun, "otp");
        QCOMPARE(password.size(), std::size_t(26));
        QCOMPARE(textOf(core.get("sys/generate-root/attempt"), "otp"), std::string());
        QCOMPARE(line(core.post("sys/generate-root/attempt")),
                 QByteArray("400 root generation already in progress for this namespace"));
        QVERIFY(line(core.give("sys/generate-root/update", core.shares[0], "x"))
                    .startsWith("400 incorrect nonce supplied; nonce for this root generation operation is"));
        QCOMPARE(member(core.give("sys/generate-root/update", core.shares[0], nonce), "progress"), QByteArray("1"));
        QCOMPARE(line(core.give("sys/generate-root/update", core.shares[0], nonce)),
                 QByteArray("400 given key has already been provided during this generation operation"));
        std::string wrong = core.shares[1];
        wrong.replace(0, 2, wrong.substr(0, 2) == "00" ? "11" : "00");
        QCOMPARE(line(core.give("sys/generate-root/update", wrong, nonce)),
                 QByteArray("400 root generation aborted: unable to authenticate: unable to retrieve stored keys: ") +
                     wrongKey);
        core.give("sys/generate-root/update", core.shares[2], nonce);
        const Response done = core.give("sys/generate-root/update", core.base64Shares[1], nonce);
        QCOMPARE(member(done, "complete"), QByteArray("true"));
        std::string encoded = textOf(done, "encoded_token");
        QCOMPARE(encoded, textOf(done, "encoded_root_token"));
        encoded.append((4 - encoded.size() % 4) % 4, '=');
        std::string token = *store::fromBase64(encoded);
        for (std::size_t i = 0; i < token.size(); ++i)
            token[i] = static_cast<char>(token[i] ^ password[i]);
        QVERIFY(token.starts_with("s."));
        QVERIFY(token != core.rootToken);
        QVERIFY(core.isRootToken(token, core.shares));
        QVERIFY(core.isRootToken(core.rootToken, core.shares));
        QVERIFY(!core.isRootToken("s.123456789012345678901234", core.shares));
        QCOMPARE(member(core.get("sys/generate-root/attempt"), "started"), QByteArray("false"));
        QCOMPARE(line(core.remove("sys/generate-root/attempt")), QByteArray("204"));
    }
    void readsSharesWithATokenInItsOwnWay()
    {
        SharedCore core;
        core.unseal();
        const std::string nonce = textOf(core.post("sys/generate-root-token/attempt"), "nonce");
        for (const char *brief : {" ", "5d", " 5d ", "AAAA "})
            QVERIFY(line(core.give("sys/generate-root-token/update", brief, nonce)).contains("key is shorter than"));
        QVERIFY(line(core.give("sys/generate-root-token/update", "x", nonce)).contains("valid hex or base64"));
        QCOMPARE(member(core.give("sys/generate-root-token/update", " " + core.shares[0] + "\n", nonce), "progress"),
                 QByteArray("1"));
    }
    void asksForNoMoreThanTheRightWhereSharesGuard()
    {
        TestCore core;
        core.policy("p", "path \"sys/generate-root-token/*\" { capabilities = [\"read\", \"update\", \"delete\"] }\n"
                         "path \"sys/rekey/backup\" { capabilities = [\"read\"] }");
        const std::string token = core.token(R"({"policies":["p"]})");
        const std::string attempt = "sys/generate-root-token/attempt";
        QCOMPARE(core.sendAs(token, Operation::Update, attempt).status, 200);
        QCOMPARE(member(core.sendAs(token, Operation::Read, attempt), "started"), QByteArray("true"));
        QCOMPARE(line(core.sendAs(token, Operation::Update, "sys/generate-root-token/update")),
                 QByteArray("400 nonce is required"));
        QCOMPARE(line(core.sendAs(token, Operation::Delete, attempt)), QByteArray("204"));
        QCOMPARE(line(core.sendAs(token, Operation::Read, "sys/rekey/backup")),
                 QByteArray("400 no backed-up keys found"));
        QCOMPARE(core.sendAs(core.token(R"({"policies":["default"]})"), Operation::Read, attempt).status, 403);
    }
    void sharesANewRootKey()
    {
        SharedCore core;
        core.unseal();
        QCOMPARE(line(core.post("sys/rekey/init")),
                 QByteArray("500 invalid rekey seal configuration: shares must be at least one"));
        QCOMPARE(line(core.give("sys/rekey/update", core.shares[0])), QByteArray("400 no barrier rekey in progress"));
        const std::string nonce =
            textOf(core.post("sys/rekey/init", R"({"secret_shares":2,"secret_threshold":2})"), "nonce");
        core.give("sys/rekey/update", core.shares[0], nonce);
        const Response done = core.give("sys/rekey/update", core.shares[1], nonce);
        const std::vector<std::string> shares = textsOf(done, "keys");
        QCOMPARE(shares.size(), std::size_t(2));
        QCOMPARE(member(done, "verification_required"), QByteArray("false"));
        core.post("sys/seal");
        core.give("sys/unseal", core.shares[0]);
        QCOMPARE(core.give("sys/unseal", core.shares[1]).status, 400);
        core.give("sys/unseal", shares[0]);
        QCOMPARE(member(core.give("sys/unseal", shares[1]), "sealed"), QByteArray("false"));
        QVERIFY(core.isRootToken(core.rootToken, shares));
    }
    void verifiesNewSharesBeforeTheyCount()
    {
        SharedCore core;
        core.unseal();
        const std::string nonce = textOf(
            core.post("sys/rekey/init", R"({"secret_shares":3,"secret_threshold":2,"require_verification":true})"),
            "nonce");
        core.give("sys/rekey/update", core.shares[0], nonce);
        const Response made = core.give("sys/rekey/update", core.shares[1], nonce);
        const std::vector<std::string> shares = textsOf(made, "keys");
        std::string verification = textOf(made, "verification_nonce");
        QVERIFY(line(core.give("sys/rekey/update", core.shares[1], nonce))
                    .startsWith("400 rekey operation already finished; verification must be performed;"));
        core.give("sys/rekey/verify", shares[0], verification);
        std::string wrong = shares[1];
        wrong.replace(0, 2, wrong.substr(0, 2) == "00" ? "11" : "00");
        QCOMPARE(line(core.give("sys/rekey/verify", wrong, verification)),
                 QByteArray("400 rekey verification failed; incorrect key shares supplied"));
        verification = textOf(core.get("sys/rekey/verify"), "nonce");
        core.post("sys/seal"); // forgets it all: the old shares still count
        core.unseal();
        QCOMPARE(line(core.get("sys/rekey/verify")), QByteArray("400 no rekey configuration found"));

        const std::string again = textOf(
            core.post("sys/rekey/init", R"({"secret_shares":3,"secret_threshold":2,"require_verification":true})"),
            "nonce");
        core.give("sys/rekey/update", core.shares[0], again);
        const Response remade = core.give("sys/rekey/update", core.shares[1], again);
        const std::vector<std::string> newShares = textsOf(remade, "keys");
        verification = textOf(remade, "verification_nonce");
        core.give("sys/rekey/verify", newShares[2], verification);
        const Response verified = core.give("sys/rekey/verify", newShares[0], verification);
        QCOMPARE(member(verified, "complete"), QByteArray("true"));
        core.post("sys/seal");
        core.give("sys/unseal", newShares[1]);
        QCOMPARE(member(core.give("sys/unseal", newShares[2]), "sealed"), QByteArray("false"));
    }
    void tellsTheNonceOfAVerificationBegunAnew()
    {
        SharedCore core;
        core.unseal();
        core.post("sys/rotate/root/init", R"({"secret_shares":1,"secret_threshold":1,"require_verification":true})");
        QCOMPARE(member(core.get("sys/rotate/root/init"), "verification_nonce"), QByteArray(R"("")"));
        const QByteArray nonce = member(core.remove("sys/rotate/root/verify"), "nonce");
        QCOMPARE(nonce.size(), 38);
        QCOMPARE(member(core.get("sys/rotate/root/init"), "verification_nonce"), nonce);
    }
    void rotatesWithATokenToo()
    {
        SharedCore core;
        core.unseal();
        QCOMPARE(line(core.get("sys/rotate/root/init")),
                 QByteArray(R"(200 {"started":false,"t":0,"n":0,"required":2})"));
        const std::string nonce =
            textOf(core.post("sys/rotate/root/init", R"({"secret_shares":1,"secret_threshold":1})"), "nonce");
        QCOMPARE(line(core.post("sys/rotate/root/update", Json{{"nonce", nonce}})),
                 QByteArray("400 missing required field 'key'"));
        core.give("sys/rotate/root/update", core.shares[0], nonce);
        const Response done = core.give("sys/rotate/root/update", core.shares[1], nonce);
        QVERIFY(done.body == Body::Envelope);
        core.post("sys/seal");
        QCOMPARE(member(core.give("sys/unseal", textsOf(done, "keys").at(0)), "sealed"), QByteArray("false"));
    }
    void beginsNewTerms()
    {
        SharedCore core;
        core.unseal();
        QCOMPARE(member(core.get("sys/key-status"), "term"), QByteArray("1"));
        core.clock().advance(1'000'000'000);
        QCOMPARE(line(core.post("sys/rotate")), QByteArray("204"));
        QCOMPARE(line(core.post("sys/rotate/keyring")), QByteArray("204"));
        const Response status = core.get("sys/key-status");
        QVERIFY(status.body == Body::Merged);
        QCOMPARE(member(status, "term"), QByteArray("3"));
        QCOMPARE(member(status, "install_time"), QByteArray("\"2026-11-22T08:00:01Z\""));
        QVERIFY(core.isRootToken(core.rootToken, core.shares));
    }
    /// A file with other keys is never open with those of before, also when what follows its restoring fails.
    void isSealedByABackupWithOtherKeys()
    {
        TestCore core, other;
        other.token(R"({"ttl":"1s"})");
        const auto held = other.core().store().write([](store::WriteSession &session) -> Result<void> {
            session.database().exec(
                "CREATE TRIGGER held BEFORE DELETE ON token BEGIN SELECT RAISE(ABORT, 'held'); END");
            return {};
        });
        QVERIFY2(held, kith::test::why(held));
        const std::filesystem::path own = textOf(core.post("kith/backups/own"), "file");
        std::filesystem::copy_file(textOf(other.post("kith/backups/theirs"), "file"), own.parent_path() / "theirs");
        core.clock().advance(60'000'000'000);
        QVERIFY(!core.post("kith/backups/theirs/restore").ok()); // the token that is over can't go
        QCOMPARE(member(core.get("sys/seal-status"), "sealed"), QByteArray("true"));
    }
};

QTEST_GUILESS_MAIN(TestSealRoutes)
#include "tst_SealRoutes.moc"
