// SPDX-License-Identifier: Apache-2.0
#include "core/Callers.h"

#include "auth/Tokens.h"
#include "core/Caller.h"
#include "identity/Identities.h"
#include "store/Keyring.h"
#include "store/Store.h"
#include "support/Support.h"

#include <QTemporaryDir>
#include <QTest>

using namespace kith;
using kith::test::why;

namespace {

constexpr const char *Ada = "11111111-2222-3333-4444-555555555555";

/// A file with keys, one entity, and those who ask.
class World
{
public:
    World()
    {
        store::OpenOptions options;
        options.file = m_folder.filePath(QStringLiteral("core.kith")).toStdString();
        m_store = needed(store::Store::open(std::move(options)));
        m_keyring = std::make_unique<store::Keyring>(*m_store);
        needed(m_keyring->create(store::SecretKey(std::string(store::SecretKey::Size, 'k'))));
        m_identities = needed(identity::Identities::open(*m_store, identity::ReadAhead::No));
        callers = std::make_unique<core::Callers>(*m_identities, *m_keyring);
        write([](store::WriteSession &session) {
            session.run("INSERT INTO entity (uuid, namespace, name, name_key, created, updated) "
                        "VALUES (?, 1, 'ada', 'ada', 1, 1)",
                        Ada);
        });
    }

    /// The secret of a new token, of Ada or of nobody.
    std::string token(const std::string &entity)
    {
        std::string secret;
        write([&](store::WriteSession &session) {
            auth::Token token;
            token.policies = {"default"};
            token.entityUuid = entity;
            secret = needed(auth::createToken(session, *m_keyring->seal(), token)).secret;
        });
        return secret;
    }

    /// What is kept of a token: the same until it is read anew.
    const core::Caller *known(const std::string &secret) { return needed(callers->find(secret)).get(); }

    std::unique_ptr<core::Callers> callers;

private:
    template <class T>
    static T needed(Result<T> result)
    {
        if (!result)
            qFatal("%s", why(result).constData());
        if constexpr (!std::is_void_v<T>)
            return std::move(*result);
    }

    template <class Function>
    void write(Function function)
    {
        needed(m_store->write([&](store::WriteSession &session) -> Result<void> {
            function(session);
            return {};
        }));
    }

    QTemporaryDir m_folder;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<store::Keyring> m_keyring;
    std::unique_ptr<identity::Identities> m_identities;
};

} // namespace

class TestCallers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Who is in no group has nothing of any: a change of one makes nobody look such a token up again.
    void knowsTokensOfNobodyThroughChangesOfGroups()
    {
        World world;
        const std::string nobodys = world.token({});
        const std::string adas = world.token(Ada);
        const core::Caller *nobody = world.known(nobodys);
        const core::Caller *ada = world.known(adas);
        QCOMPARE(world.known(adas), ada);
        const std::shared_ptr<const core::Caller> held = *world.callers->find(adas); // its place isn't given again
        ChangeSet group;
        group.groups.push_back(GroupId{1});
        world.callers->follow(group);
        QCOMPARE(world.known(nobodys), nobody);
        QVERIFY(world.known(adas) != ada);
    }

    void forgetsAllWhenPoliciesChange()
    {
        World world;
        const std::string nobodys = world.token({});
        const std::shared_ptr<const core::Caller> held = *world.callers->find(nobodys);
        ChangeSet policy;
        policy.policies.push_back(PolicyId{1});
        world.callers->follow(policy);
        QVERIFY(world.known(nobodys) != held.get());
    }
};

QTEST_GUILESS_MAIN(TestCallers)
#include "tst_Callers.moc"
