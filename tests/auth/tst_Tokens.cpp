// SPDX-License-Identifier: Apache-2.0
#include "auth/Tokens.h"

#include "auth/TokenTidying.h"
#include "store/Keyring.h"
#include "store/Store.h"
#include "support/Support.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <set>

using namespace kith;
using namespace kith::auth;
using kith::test::ManualClock;
using kith::test::why;

namespace {

constexpr Nanoseconds Second = 1'000'000'000;

/// The text of a refusal, as on the wire.
template <class T>
std::string refusal(const Result<T> &result)
{
    return result ? std::string("none") : result.error().wire;
}

/// A file with keys, and a clock.
class World
{
public:
    World() { open(); }

    void open()
    {
        m_keyring.reset();
        m_store.reset();
        store::OpenOptions options;
        options.file = file().toStdString();
        options.clock = &clock;
        auto opened = store::Store::open(std::move(options));
        if (!opened)
            qFatal("%s", why(opened).constData());
        m_store = std::move(*opened);
        m_keyring = std::make_unique<store::Keyring>(*m_store);
        const store::SecretKey key(std::string(store::SecretKey::Size, 'k'));
        const auto state = m_keyring->state();
        const auto ready = *state == store::Keyring::State::New ? m_keyring->create(key) : m_keyring->unseal(key);
        if (!ready)
            qFatal("%s", why(ready).constData());
        seal = m_keyring->seal();
    }
    QString file() const { return m_folder.filePath(QStringLiteral("core.kith")); }

    template <class Function>
    auto write(Function function)
    {
        using Value = std::invoke_result_t<Function, store::WriteSession &>;
        std::optional<Value> value;
        const auto written = m_store->write([&](store::WriteSession &session) -> Result<void> {
            value.emplace(function(session));
            changed = session.changes.tokens;
            return {};
        });
        if (!written)
            qFatal("%s", why(written).constData());
        return std::move(*value);
    }
    NewToken make(Token token, const std::string &secret = {})
    {
        auto made =
            write([&](store::WriteSession &session) { return createToken(session, *seal, std::move(token), secret); });
        if (!made)
            qFatal("%s", why(made).constData());
        return std::move(*made);
    }
    NewToken make(std::int64_t seconds, TokenId parent = {})
    {
        Token token;
        token.policies = {"default", "x"};
        token.granted = seconds;
        token.renewable = true;
        token.parent = parent;
        return make(std::move(token));
    }
    std::optional<Token> find(const std::string &secret)
    {
        std::optional<Token> found;
        const auto read = m_store->read([&](store::Session &session) -> Result<void> {
            found = findToken(session, *seal, secret, clock.now());
            return {};
        });
        if (!read)
            qFatal("%s", why(read).constData());
        return found;
    }
    bool lives(const NewToken &token) { return find(token.secret).has_value(); }
    std::int64_t tidy()
    {
        return write([](store::WriteSession &session) { return tidyTokens(session); });
    }
    void revoke(const NewToken &token)
    {
        write([&](store::WriteSession &session) {
            revokeToken(session, token.token.id);
            return true;
        });
    }

    ManualClock clock;
    std::shared_ptr<const store::Seal> seal;
    std::vector<TokenId> changed; ///< By the last write.

private:
    QTemporaryDir m_folder;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<store::Keyring> m_keyring;
};

} // namespace

class TestTokens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everythingIsReadBack();
    void theFileHoldsNoToken();
    void aBatchTokenCarriesItself();
    void aDamagedBatchTokenIsNone();
    void itExpires();
    void itDiesWithItsParent();
    void aBatchTokenDiesWithItsParent();
    void revocationTakesTheWholeTree();
    void aLongChainIsRevoked();
    void orphansStay();
    void usesAreCounted();
    void renewalGivesNewTime();
    void lifetimesAreCutShort();
    void theClockMayMove();
    void lookingForTheExpiredCostsTheSame();
    void expirySurvivesARestart();
    void loginsGetWhatTheyAreDue();
    void secretsDiffer();
};

void TestTokens::everythingIsReadBack()
{
    World world;
    Token token;
    token.policies = {"a", "b"};
    token.path = "auth/up/login/al";
    token.displayName = "up-al";
    token.meta.emplace().emplace("k", "v");
    token.entityUuid = "1-2";
    token.role = "r";
    token.mount = MountId{7};
    token.uses = 3;
    token.granted = 60;
    token.explicitMaxTtl = 90;
    token.period = 60;
    token.renewable = true;
    token.noIdentityPolicies = true;
    token.boundCidrs = {"127.0.0.1"};
    token.renewal = R"({"x":1})";
    const NewToken made = world.make(token);
    const auto found = world.find(made.secret);
    QVERIFY(found);
    QCOMPARE(found->policies, token.policies);
    QCOMPARE(found->path, token.path);
    QCOMPARE(found->displayName, token.displayName);
    QVERIFY(found->meta == token.meta);
    QCOMPARE(found->entityUuid, token.entityUuid);
    QCOMPARE(found->role, token.role);
    QVERIFY(found->mount == token.mount);
    QCOMPARE(found->uses, std::int64_t(3));
    QCOMPARE(found->usesGiven, std::int64_t(3));
    QCOMPARE(found->ttl, std::int64_t(60));
    QCOMPARE(found->explicitMaxTtl, std::int64_t(90));
    QCOMPARE(found->period, std::int64_t(60));
    QVERIFY(found->renewable && found->noIdentityPolicies && found->isOrphan());
    QCOMPARE(found->boundCidrs, token.boundCidrs);
    QCOMPARE(found->renewal, token.renewal);
    QCOMPARE(found->created, world.clock.now());
    QCOMPARE(found->expires, world.clock.now() + 60 * Second);
    QCOMPARE(found->accessor.size(), std::size_t(24));
    QVERIFY(!world.find("s.000000000000000000000000"));
    QVERIFY(!world.find(found->accessor));
}

void TestTokens::theFileHoldsNoToken()
{
    World world;
    Token token;
    token.renewal = R"({"password":"correct horse battery"})";
    const NewToken made = world.make(token);
    const NewToken custom = world.make(token, "chosen-by-somebody");
    QByteArray bytes;
    for (const char *ending : {"", "-wal"}) {
        QFile file(world.file() + QLatin1String(ending));
        QVERIFY(file.open(QIODevice::ReadOnly));
        bytes += file.readAll();
    }
    QVERIFY(bytes.contains(QByteArray::fromStdString(made.token.accessor)));
    QVERIFY(!bytes.contains(QByteArray::fromStdString(made.secret.substr(2))));
    QVERIFY(!bytes.contains("chosen-by-somebody"));
    QVERIFY(!bytes.contains("correct horse"));
    QVERIFY(world.lives(custom));
}

void TestTokens::aBatchTokenCarriesItself()
{
    World world;
    Token token;
    token.type = TokenType::Batch;
    token.policies = {"p"};
    token.meta.emplace();
    token.entityUuid = "e";
    token.granted = 100;
    token.boundCidrs = {"::1"};
    const NewToken made = world.make(token);
    QVERIFY(made.secret.starts_with("b."));
    QVERIFY(made.token.accessor.empty());
    const auto found = world.find(made.secret);
    QVERIFY(found);
    QVERIFY(found->type == TokenType::Batch);
    QCOMPARE(found->policies, token.policies);
    QVERIFY(found->meta && found->meta->empty());
    QCOMPARE(found->entityUuid, std::string("e"));
    QCOMPARE(found->boundCidrs, token.boundCidrs);
    QCOMPARE(found->ttl, std::int64_t(100));
    world.clock.advance(100 * Second);
    QVERIFY(!world.find(made.secret));
}

void TestTokens::aDamagedBatchTokenIsNone()
{
    World world;
    Token token;
    token.type = TokenType::Batch;
    const NewToken made = world.make(token);
    for (std::size_t i = 2; i < made.secret.size(); i += 7) {
        std::string damaged = made.secret;
        damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
        // The last letter may hold bits that mean nothing.
        QVERIFY2(!world.find(damaged) || i + 1 == made.secret.size(), damaged.c_str());
        QVERIFY(!world.find(made.secret.substr(0, i)));
    }
    QVERIFY(!world.find("b."));
    QVERIFY(!world.find("b.!!!!"));
    World other;
    QVERIFY(!other.find(made.secret)); // the same root key, but a data key of its own
}

void TestTokens::itExpires()
{
    World world;
    const NewToken token = world.make(60);
    const NewToken endless = world.make(0);
    world.clock.advance(60 * Second - 1);
    QVERIFY(world.lives(token));
    QCOMPARE(world.tidy(), std::int64_t(0));
    world.clock.advance(1);
    QVERIFY(!world.lives(token));
    QCOMPARE(world.tidy(), std::int64_t(1));
    QVERIFY(world.changed == std::vector<TokenId>{token.token.id});
    world.clock.advance(1'000'000'000 * Second);
    QVERIFY(world.lives(endless));
}

void TestTokens::itDiesWithItsParent()
{
    World world;
    const NewToken parent = world.make(60);
    const NewToken child = world.make(1000, parent.token.id);
    const NewToken grandchild = world.make(2000, child.token.id);
    QCOMPARE(world.find(grandchild.secret)->parentsExpire, world.find(parent.secret)->expires);
    world.clock.advance(60 * Second);
    QVERIFY(!world.lives(child) && !world.lives(grandchild)); // though nobody has tidied
    QCOMPARE(world.tidy(), std::int64_t(3));
}

void TestTokens::aBatchTokenDiesWithItsParent()
{
    World world;
    const NewToken parent = world.make(60);
    Token token;
    token.type = TokenType::Batch;
    token.granted = 1000;
    token.parent = parent.token.id;
    const NewToken child = world.make(token);
    QVERIFY(world.lives(child));
    world.revoke(parent);
    QVERIFY(!world.lives(child));
    world.make(60); // has another id
    QVERIFY(!world.lives(child));
}

void TestTokens::revocationTakesTheWholeTree()
{
    World world;
    const NewToken root = world.make(0);
    const NewToken left = world.make(100, root.token.id);
    const NewToken right = world.make(100, root.token.id);
    const NewToken below = world.make(100, left.token.id);
    const NewToken other = world.make(100);
    world.revoke(left);
    QVERIFY(world.lives(root) && world.lives(right) && world.lives(other));
    QVERIFY(!world.lives(left) && !world.lives(below));
    QVERIFY((world.changed == std::vector<TokenId>{left.token.id, below.token.id}));
}

void TestTokens::aLongChainIsRevoked()
{
    World world;
    const NewToken first = world.make(0);
    TokenId last = first.token.id;
    world.write([&](store::WriteSession &session) {
        for (int i = 0; i < 5000; ++i) {
            Token token;
            token.parent = last;
            last = createToken(session, *world.seal, token)->token.id;
        }
        return true;
    });
    world.revoke(first);
    QCOMPARE(world.changed.size(), std::size_t(5001));
}

void TestTokens::orphansStay()
{
    World world;
    const NewToken parent = world.make(60);
    const NewToken child = world.make(1000, parent.token.id);
    world.write([&](store::WriteSession &session) {
        revokeTokenOnly(session, parent.token.id);
        return true;
    });
    QVERIFY(!world.lives(parent));
    const auto found = world.find(child.secret);
    QVERIFY(found && found->isOrphan());
}

void TestTokens::usesAreCounted()
{
    World world;
    Token token;
    token.uses = 2;
    const NewToken made = world.make(token);
    const auto use = [&](Token &asked) {
        return world.write([&](store::WriteSession &session) { return countUse(session, asked); });
    };
    Token first = *world.find(made.secret);
    Token second = first;
    Token third = first;
    QVERIFY(use(first));
    QCOMPARE(first.uses, std::int64_t(1));
    QVERIFY(use(second));
    QCOMPARE(second.uses, std::int64_t(-1));
    QVERIFY(!use(third));
    QVERIFY(!world.find(made.secret));
    QCOMPARE(world.tidy(), std::int64_t(1));
}

void TestTokens::renewalGivesNewTime()
{
    World world;
    const NewToken made = world.make(60);
    Token token = *world.find(made.secret);
    world.clock.advance(50 * Second);
    LifetimeWish wish;
    wish.ttl = 100;
    const auto renewed = world.write([&](store::WriteSession &session) { return renewToken(session, token, wish); });
    QVERIFY2(renewed, why(renewed));
    QCOMPARE(renewed->seconds, std::int64_t(100));
    world.clock.advance(99 * Second);
    const auto found = world.find(made.secret);
    QVERIFY(found);
    QCOMPARE(found->ttl, std::int64_t(60));
    QCOMPARE(found->granted, std::int64_t(100));
    world.clock.advance(1 * Second);
    QVERIFY(!world.lives(made));

    Token endless = world.make(0).token;
    const auto refused = world.write([&](store::WriteSession &session) { return renewToken(session, endless, wish); });
    QCOMPARE(refusal(refused), std::string("lease is not renewable"));
}

void TestTokens::lifetimesAreCutShort()
{
    const auto of = [](LifetimeWish wish, std::int64_t age = 0) {
        const auto life = lifetime(wish, 0, age * Second);
        if (!life)
            return QByteArray::fromStdString(refusal(life));
        QByteArray text = QByteArray::number(static_cast<qlonglong>(life->seconds));
        for (const std::string &warning : life->warnings)
            text += " " + QByteArray::fromStdString(warning);
        return text;
    };
    const LeaseLimits limits;
    QCOMPARE(of({0, 0, 0, 0, limits}), QByteArray("2764800"));
    QCOMPARE(of({60, 0, 0, 0, limits}), QByteArray("60"));
    QCOMPARE(of({7200, 0, 5405, 0, limits}), QByteArray("5405 TTL of \"2h\" exceeded the effective max_ttl of "
                                                        "\"1h30m5s\"; TTL value is capped accordingly"));
    QCOMPARE(of({3'600'000, 0, 0, 0, limits}), QByteArray("2764800 TTL of \"1000h\" exceeded the effective max_ttl of "
                                                          "\"768h\"; TTL value is capped accordingly"));
    QCOMPARE(of({0, 0, 60, 0, limits}), QByteArray("60"));
    QCOMPARE(of({0, 100, 0, 0, limits}, 40), QByteArray("60"));
    QCOMPARE(of({0, 100, 0, 0, limits}, 100), QByteArray("1 error occurred:\n\t* past the max TTL, cannot renew\n\n"));
    QCOMPARE(of({5, 0, 0, 3600, limits}, 10'000'000), QByteArray("3600"));
    QCOMPARE(of({0, 0, 3600, 10800, limits}), QByteArray("3600 period of \"3h\" exceeded the effective max_ttl of "
                                                         "\"1h\"; period value is capped accordingly"));
    QCOMPARE(of({0, 0, 5000, 3600, limits}, 4000), QByteArray("1000"));
    QCOMPARE(of({60, 0, 0, 0, limits}, -500), QByteArray("60"));
    QCOMPARE(of({0, 0, 0, 0, {100, 1000}}), QByteArray("100"));
    for (const auto &[seconds, text] :
         {std::pair(0, "0s"), {59, "59s"}, {60, "1m"}, {61, "1m1s"}, {3600, "1h"}, {3605, "1h0m5s"}, {3660, "1h1m"}})
        QCOMPARE(durationText(seconds), std::string(text));
}

void TestTokens::lookingForTheExpiredCostsTheSame()
{
    World world;
    const auto steps = [&] {
        return world.write([&](store::WriteSession &session) {
            int count = 0;
            const auto add = [](void *counted) { return ++*static_cast<int *>(counted) * 0; };
            [[maybe_unused]] const bool prepared = anyTokenIsOver(session, world.clock.now());
            sqlite3_progress_handler(session.database().getHandle(), 1, add, &count);
            const bool over = anyTokenIsOver(session, world.clock.now());
            sqlite3_progress_handler(session.database().getHandle(), 0, nullptr, nullptr);
            return over ? -1 : count;
        });
    };
    world.make(60);
    const int few = steps();
    QVERIFY(few > 0);
    for (int i = 0; i < 200; ++i)
        world.make(i % 2 * 60);
    QCOMPARE(steps(), few);
    world.clock.advance(60 * Second);
    QCOMPARE(steps(), -1);
}

void TestTokens::theClockMayMove()
{
    World world;
    const NewToken token = world.make(60);
    world.clock.advance(-1'000'000 * Second); // set back: it would live for twelve days more
    QVERIFY(world.lives(token));
    QCOMPARE(world.tidy(), std::int64_t(1));
    QCOMPARE(world.find(token.secret)->expires, world.clock.now() + 60 * Second);
    QCOMPARE(world.tidy(), std::int64_t(0));
    world.clock.advance(60 * Second);
    QVERIFY(!world.lives(token));

    NewToken aged = world.make(600);
    world.clock.advance(-1'000'000 * Second); // and its longest life would begin in twelve days
    world.tidy();
    QCOMPARE(world.find(aged.secret)->created, world.clock.now());

    const NewToken second = world.make(60);
    world.clock.advance(1'000'000 * Second); // set forth and back: what was seen expired is gone
    QVERIFY(!world.lives(second));
    world.tidy();
    world.clock.advance(-1'000'000 * Second);
    QVERIFY(!world.lives(second));
}

void TestTokens::expirySurvivesARestart()
{
    World world;
    const NewToken shortLived = world.make(60);
    const NewToken longLived = world.make(600);
    world.open();
    QVERIFY(world.lives(shortLived) && world.lives(longLived));
    world.clock.advance(100 * Second);
    world.open();
    QVERIFY(!world.lives(shortLived));
    QVERIFY(world.lives(longLived));
}

void TestTokens::loginsGetWhatTheyAreDue()
{
    World world;
    Login login;
    login.aliasName = "al";
    login.displayName = "al";
    login.meta.emplace().emplace("username", "al");
    login.token.policies = {"X", " x", "y"};
    login.token.period = 600;
    login.renewal["policies"] = "x";
    LoginPlace place{MountId{3}, "auth/team/up/", "auth/team/up/login/al", {}, "default-service"};
    const auto make = [&] {
        return world.write([&](store::WriteSession &session) {
            return createLoginToken(session, *world.seal, login, place, "entity");
        });
    };
    auto made = make();
    QVERIFY2(made, why(made));
    const auto found = world.find(made->secret);
    QVERIFY(found);
    QVERIFY((found->policies == std::vector<std::string>{"default", "x", "y"}));
    QCOMPARE(found->displayName, std::string("team-up-al"));
    QCOMPARE(found->ttl, std::int64_t(600));
    QCOMPARE(found->renewal, std::string(R"({"policies":"x"})"));
    QVERIFY(found->isOrphan() && found->renewable);
    QCOMPARE(found->entityUuid, std::string("entity"));

    login.token = {};
    login.token.noDefaultPolicy = true;
    login.token.type = "batch";
    made = make();
    QVERIFY2(made, why(made));
    QVERIFY(made->token.type == TokenType::Batch);
    QVERIFY(made->token.policies.empty());
    QVERIFY(!made->token.renewable);

    place.mountTokenType = "service"; // insists
    QVERIFY(make()->token.type == TokenType::Service);
    login.token.policies = {"ROOT", "x"};
    QCOMPARE(refusal(make()), std::string("auth methods cannot create root tokens"));
    login.token.policies = {"response-wrapping"};
    QCOMPARE(refusal(make()), std::string("cannot assign policy \"response-wrapping\""));
}

void TestTokens::secretsDiffer()
{
    std::set<std::string> secrets;
    std::set<char> letters;
    for (int i = 0; i < 500; ++i) {
        const std::string secret = newTokenSecret();
        QCOMPARE(secret.size(), std::size_t(26));
        QVERIFY(secret.starts_with("s."));
        secrets.insert(secret);
        letters.insert(secret.begin() + 2, secret.end());
    }
    QCOMPARE(secrets.size(), std::size_t(500));
    QCOMPARE(letters.size(), std::size_t(62));
    QVERIFY((cleanTokenPolicies({"B", "a ", "", " b"}) == std::vector<std::string>{"a", "b"}));
    QVERIFY((cleanTokenPolicies({"b", "Root"}) == std::vector<std::string>{"root"}));
}

QTEST_GUILESS_MAIN(TestTokens)
#include "tst_Tokens.moc"
