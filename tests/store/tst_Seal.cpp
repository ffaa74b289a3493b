// SPDX-License-Identifier: Apache-2.0
#include "store/Seal.h"

#include "store/Entries.h"
#include "store/Keyring.h"
#include "support/Support.h"

#include <QFile>
#include <QMessageAuthenticationCode>
#include <QTemporaryDir>
#include <QTest>

using namespace kith;
using namespace kith::store;
using kith::test::why;

class TestSeal : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::unique_ptr<Store> openStore(const char *name)
    {
        OpenOptions options;
        options.file = m_folder.filePath(QString::fromLatin1(name)).toStdString();
        auto store = Store::open(std::move(options));
        return store ? std::move(*store) : nullptr;
    }

private Q_SLOTS:
    void opensOnlyInItsPlaceAndUnchanged()
    {
        const Seal seal(SecretKey::random());
        const std::string secret("secret\0with a zero", 18);
        const std::string sealed = seal.seal(secret, "user/1");
        QVERIFY(sealed.find("secret") == std::string::npos);
        QCOMPARE(seal.open(sealed, "user/1").value(), secret);
        QVERIFY(!seal.open(sealed, "user/2"));
        QVERIFY(!Seal(SecretKey::random()).open(sealed, "user/1"));
        for (std::size_t i = 0; i < sealed.size(); ++i) {
            std::string broken = sealed;
            broken[i] = static_cast<char>(broken[i] ^ 1);
            QVERIFY2(!seal.open(broken, "user/1"), std::to_string(i).c_str());
            QVERIFY(!seal.open(sealed.substr(0, i), "user/1"));
        }
        QCOMPARE(seal.open(seal.seal("", "x"), "x").value(), std::string());
        QVERIFY(seal.seal("same", "x") != seal.seal("same", "x"));
    }

    void digestsByKey()
    {
        const SecretKey key = SecretKey::random();
        QCOMPARE(Seal(key).digest("token"), Seal(key).digest("token"));
        QVERIFY(Seal(key).digest("token") != Seal(key).digest("tokem"));
        QVERIFY(Seal(key).digest("token") != Seal(SecretKey::random()).digest("token"));
        // It is HMAC-SHA256, whatever the length.
        const SecretKey own = key.derive("kith digest");
        for (const std::size_t length : {0U, 1U, 26U, 55U, 56U, 63U, 64U, 65U, 1000U}) {
            const std::string secret(length, 'x');
            const QByteArray expected = QMessageAuthenticationCode::hash(
                QByteArray::fromStdString(secret), QByteArray::fromStdString(std::string(own.bytes())),
                QCryptographicHash::Sha256);
            QCOMPARE(QByteArray::fromStdString(Seal(key).digest(secret)), expected);
        }
    }

    void comparesSecrets()
    {
        QVERIFY(equalSecrets("abc", "abc"));
        QVERIFY(!equalSecrets("abc", "abd"));
        QVERIFY(!equalSecrets("abc", "ab"));
        QVERIFY(equalSecrets("", ""));
    }

    void unsealsWithTheKeyThatMadeIt()
    {
        const SecretKey rootKey = SecretKey::random();
        std::string sealed;
        {
            const auto store = openStore("keys.db");
            QVERIFY(store);
            Keyring keyring(*store);
            QVERIFY(keyring.state().value() == Keyring::State::New);
            QVERIFY(!keyring.unseal(rootKey));
            QVERIFY(keyring.create(rootKey));
            QVERIFY(!keyring.create(rootKey));
            QVERIFY(keyring.state().value() == Keyring::State::Unsealed);
            sealed = keyring.seal()->seal("x", "y");
            keyring.lock();
            QVERIFY(!keyring.seal());
            QVERIFY(keyring.state().value() == Keyring::State::Sealed);
        }
        const auto store = openStore("keys.db");
        Keyring keyring(*store);
        QVERIFY(keyring.state().value() == Keyring::State::Sealed);
        QCOMPARE(keyring.unseal(SecretKey::random()).error().code, ErrorCode::Damaged);
        QVERIFY(!keyring.seal());
        QVERIFY(keyring.unseal(rootKey));
        QCOMPARE(keyring.seal()->open(sealed, "y").value(), std::string("x"));
    }

    void beginsNewTerms()
    {
        const SecretKey rootKey = SecretKey::random();
        const auto store = openStore("terms.db");
        Keyring keyring(*store);
        QVERIFY(!keyring.beginTerm());
        QVERIFY(keyring.create(rootKey));
        QCOMPARE(keyring.status()->term, std::int64_t(1));
        const std::string first = keyring.seal()->seal("first", "x");
        const std::string digest = keyring.seal()->digest("token");
        QVERIFY(keyring.beginTerm());
        QVERIFY(keyring.beginTerm());
        const auto old = keyring.seal();
        QCOMPARE(keyring.status()->term, std::int64_t(3));
        QCOMPARE(keyring.status()->sealings, std::int64_t(0));
        const std::string third = keyring.seal()->seal("third", "x");
        QCOMPARE(keyring.status()->sealings, std::int64_t(1));
        keyring.lock();
        QCOMPARE(keyring.status()->term, std::int64_t(0));
        QVERIFY(keyring.unseal(rootKey));
        QCOMPARE(keyring.seal()->open(first, "x").value(), std::string("first"));
        QCOMPARE(keyring.seal()->open(third, "x").value(), std::string("third"));
        QCOMPARE(keyring.seal()->digest("token"), digest);
        std::string moved = third; // to a term that has another key
        moved[4] = 1;
        QVERIFY(!keyring.seal()->open(moved, "x"));
        moved[4] = 9;
        QVERIFY(!keyring.seal()->open(moved, "x"));
    }
    void changesTheRootKey()
    {
        const SecretKey rootKey = SecretKey::random();
        const SecretKey newKey = SecretKey::random();
        const auto store = openStore("rekey.db");
        Keyring keyring(*store);
        QVERIFY(keyring.createSealed(rootKey, {5, 3}));
        QVERIFY(!keyring.seal());
        QCOMPARE(keyring.status()->shares.count, 5);
        QVERIFY(keyring.check(rootKey));
        QVERIFY(!keyring.check(newKey));
        QCOMPARE(keyring.changeRootKey(newKey, rootKey, {1, 1}).error().code, ErrorCode::Damaged);
        QVERIFY(keyring.changeRootKey(rootKey, newKey, {3, 2}));
        QCOMPARE(keyring.status()->shares.threshold, 2);
        QVERIFY(!keyring.unseal(rootKey));
        QVERIFY(keyring.unseal(newKey));
    }
    void makesNothingWhenWhatGoesAlongFails()
    {
        const auto store = openStore("along.db");
        Keyring keyring(*store);
        QVERIFY(!keyring.createSealed(SecretKey::random(), {}, [](WriteSession &, const Seal &) -> Result<void> {
            return invalidRequest("no");
        }));
        QVERIFY(keyring.state().value() == Keyring::State::New);
    }

    void keepsEntriesOfAMount()
    {
        const auto store = openStore("entries.db");
        const Seal seal(SecretKey::random());
        const MountId mount{1};
        const auto written = store->write([&](WriteSession &session) -> Result<void> {
            const Entries entries(session, seal, mount);
            entries.put("users/zoe", "1");
            entries.put("users/al/x", "2");
            entries.put("users/al/y", "3");
            entries.put("users0", "4");
            entries.put("users/zoe", "a most secret value");
            Entries(session, seal, MountId{2}).put("users/other", "5");
            return {};
        });
        QVERIFY2(written, why(written));
        const auto read = store->read([&](Session &session) -> Result<void> {
            const Entries entries(session, seal, mount);
            if (entries.list("users/") != std::vector<std::string>{"al/", "zoe"})
                return invalidRequest("list");
            const auto page = [&](std::string_view after, std::int64_t limit) {
                return entries.list("users/", after, limit);
            };
            if (page("", 1) != std::vector<std::string>{"al/"} || page("al/", 5) != std::vector<std::string>{"zoe"} ||
                page("a", 0).size() != 2 || !page("zoe", 0).empty() || entries.list("", "", 0).size() != 2)
                return invalidRequest("pages");
            if (entries.paths("").size() != 4)
                return invalidRequest("paths");
            if (entries.find("users/zoe").value() != "a most secret value" || entries.find("users").value())
                return invalidRequest("find");
            return {};
        });
        QVERIFY2(read, why(read));
        const auto removed = store->write([&](WriteSession &session) -> Result<void> {
            const Entries entries(session, seal, mount);
            if (!entries.remove("users0") || entries.remove("users0"))
                return invalidRequest("remove");
            entries.removeAll("users/");
            session.run("DELETE FROM mount WHERE id = 2");
            return {};
        });
        QVERIFY2(removed, why(removed));
        QCOMPARE(store
                     ->read([](Session &session) -> Result<std::int64_t> {
                         return session.integer("SELECT count(*) FROM entry").value_or(-1);
                     })
                     .value(),
                 std::int64_t(0));
    }
};

QTEST_GUILESS_MAIN(TestSeal)
#include "tst_Seal.moc"
