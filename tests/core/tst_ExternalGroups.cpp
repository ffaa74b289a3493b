// SPDX-License-Identifier: Apache-2.0
#include "OutsideDirectory.h"

#include <QTest>

using namespace kith;
using namespace kith::test;

namespace json = boost::json;
using Secret = OutsideDirectory::Secret;
using Audience = OutsideDirectory::Audience;

/// What must hold of external groups whatever auth method knows them: for jwt the contract's external-groups say so,
/// here it is tried with the groups of a directory and with GitHub's teams. (In the contract a claim names the groups,
/// and the token is what is forged, out of date or another's; here the groups change outside between two logins, and
/// what a person logs in with is wrong, withdrawn or a stranger's.)
class TestExternalGroups : public QObject
{
    Q_OBJECT

    using Scenario = void (TestExternalGroups::*)();

    std::map<QByteArray, std::unique_ptr<OutsideDirectory>> m_directories;
    OutsideDirectory *m_outside = nullptr;
    std::unique_ptr<TestCore> m_core;
    std::string m_accessor;
    std::string m_person; ///< Another one each time, in no group at first.
    int m_people = 0;

    core::Response logIn(Secret secret = Secret::Right, const std::string &mount = "out")
    {
        return m_outside->logIn(*m_core, mount, m_person, secret);
    }
    void setGroups(const std::vector<std::string> &groups) { m_outside->setGroups(m_person, groups); }

    static std::string field(const core::Response &response, const char *name)
    {
        const json::value *value = response.auth ? response.auth->fields.if_contains(name) : nullptr;
        if (!value)
            return response.auth ? "-" : line(response).toStdString();
        return value->is_string() ? std::string(value->get_string()) : json::serialize(*value);
    }
    static QByteArray entityOf(const core::Response &login)
    {
        return QByteArray::fromStdString(field(login, "entity_id"));
    }
    static QByteArray onlyMember(const core::Response &login) { return "[\"" + entityOf(login) + "\"]"; }

    core::Response renew(const core::Response &login)
    {
        return m_core->sendAs(field(login, "client_token"), core::Operation::Update, "auth/token/renew-self");
    }
    QByteArray members(const std::string &group) { return groupField(group, "member_entity_ids"); }
    bool isEmpty(const std::string &group) { return members(group) == "null" || members(group) == "[]"; }
    QByteArray groupField(const std::string &group, const char *name)
    {
        return member(m_core->get("identity/group/id/" + group), name);
    }

    /// An external group that follows the group `dev` of the directory, or what else is said.
    std::string externalGroup(const json::object &more = {}, const std::string &name = "dev")
    {
        json::object wanted{{"name", "g-" + name}, {"type", "external"}};
        wanted.insert(more.begin(), more.end());
        return m_core->create("identity/group", std::move(wanted));
    }
    std::string addAlias(const std::string &group, const std::string &accessor, const std::string &name = "dev")
    {
        return m_core->create("identity/group-alias",
                              json::object{{"name", name}, {"mount_accessor", accessor}, {"canonical_id", group}});
    }
    std::string followed(const json::object &more = {}, const std::string &name = "dev")
    {
        const std::string group = externalGroup(more, name);
        addAlias(group, m_accessor, name);
        return group;
    }

    /// "404" for whoever has the policy `probe`.
    QByteArray probe(const core::Response &login)
    {
        return line(m_core->sendAs(field(login, "client_token"), core::Operation::Read, "identity/group/name/probe"));
    }
    const QByteArray Denied = "403 1 error occurred:\n\t* permission denied\n\n";
    const json::object WithPolicy{{"policies", "probe"}};

    // The scenarios of the contract's area, one by one, in its order.

    void aPolicyOfTheGroupReachesTheToken()
    {
        followed(WithPolicy);
        setGroups({"dev"});
        const auto login = logIn();
        QVERIFY2(login.auth, line(login).constData());
        QCOMPARE(probe(login), QByteArray("404"));
        const auto token =
            m_core->sendAs(field(login, "client_token"), core::Operation::Read, "auth/token/lookup-self");
        QCOMPARE(member(token, "identity_policies"), QByteArray("[\"probe\"]"));
    }

    void whoIsNotInTheGroupDoesNotJoin()
    {
        const std::string group = followed(WithPolicy);
        setGroups({"late"});
        const auto login = logIn();
        QCOMPARE(probe(login), Denied);
        QVERIFY(isEmpty(group));
    }

    void whoLeftIsTakenOutAtTheNextLogin()
    {
        const std::string group = followed(WithPolicy);
        setGroups({"dev"});
        const auto first = logIn();
        QCOMPARE(probe(first), QByteArray("404"));
        setGroups({});
        const auto second = logIn();
        QCOMPARE(entityOf(second), entityOf(first));
        QCOMPARE(probe(second), Denied);
        QCOMPARE(probe(first), Denied); // the older token has what the entity has
        QVERIFY(isEmpty(group));
    }

    void nothingIsSeenBeforeTheNextLogin()
    {
        const std::string group = followed();
        const std::string late = followed({}, "late");
        setGroups({"dev"});
        const auto login = logIn();
        setGroups({"late"});
        QVERIFY(m_core->sendAs(field(login, "client_token"), core::Operation::Read, "auth/token/lookup-self").ok());
        QCOMPARE(members(group), onlyMember(login));
        QVERIFY(isEmpty(late));
        QVERIFY(logIn().auth);
        QVERIFY(isEmpty(group));
        QCOMPARE(members(late), onlyMember(login));
    }

    void anAliasOnAnotherMountDoesNotCount()
    {
        const std::string group = externalGroup();
        addAlias(group, m_core->mount("people"));
        setGroups({"dev"});
        QVERIFY(logIn().auth);
        QVERIFY(isEmpty(group));
    }

    void anInternalGroupAboveHandsItsPolicyDown()
    {
        const std::string group = followed();
        const std::string above = m_core->create(
            "identity/group",
            json::object{{"name", "above"}, {"policies", "probe"}, {"member_group_ids", json::array{group}}});
        setGroups({"dev"});
        const auto login = logIn();
        QCOMPARE(probe(login), QByteArray("404"));
        const auto entity = m_core->get("identity/entity/id/" + entityOf(login).toStdString());
        QCOMPARE(member(entity, "inherited_group_ids"), "[\"" + QByteArray::fromStdString(above) + "\"]");
    }

    void aGroupWithoutItsAliasIsNotJoined()
    {
        const std::string group = externalGroup();
        m_core->remove("identity/group-alias/id/" + addAlias(group, m_accessor));
        setGroups({"dev"});
        QVERIFY(logIn().auth);
        QVERIFY(isEmpty(group));
    }

    /// A jwt's renewal knows what its login knew; these two ask again, which nobody notices who is where he was.
    void aRenewalKeepsWhatIsStillSo()
    {
        const std::string group = followed();
        setGroups({"dev"});
        const auto login = logIn();
        const QByteArray before = groupField(group, "modify_index");
        const auto renewed = renew(login);
        QCOMPARE(field(renewed, "entity_id"), field(login, "entity_id"));
        QCOMPARE(members(group), onlyMember(login));
        QCOMPARE(groupField(group, "modify_index"), before); // nothing was written
        setGroups({});
        QVERIFY(renew(login).auth);
        QVERIFY(isEmpty(group));
        const auto told = m_core->post("kith/explain", json::object{{"group", "g-dev"}});
        const json::object &change = told.data->at("change").as_object();
        QCOMPARE(QByteArray::fromStdString(json::serialize(
                     json::array{change.at("alias"), change.at("mount"), change.at("by"), change.at("joined")})),
                 "[\"" + QByteArray::fromStdString(m_person) + "\",\"out\",\"renewal\",false]");
    }

    void nobodySetsItsMembersByHand()
    {
        const std::string group = followed();
        setGroups({"dev"});
        const auto login = logIn();
        QCOMPARE(line(m_core->post("identity/group/id/" + group, R"({"member_entity_ids":[]})")),
                 QByteArray("400 member entities can't be set manually for external groups"));
        QCOMPARE(members(group), onlyMember(login));
    }

    /// What claim_mappings do is the jwt method's own; what a method tells of somebody is there after each login.
    void theAliasHasWhatTheMethodTells()
    {
        const auto login = logIn();
        const auto entity = m_core->get("identity/entity/id/" + entityOf(login).toStdString());
        const json::array aliases = json::parse(member(entity, "aliases").toStdString()).as_array();
        QCOMPARE(aliases.size(), std::size_t{1});
        const json::object &alias = aliases[0].as_object();
        QCOMPARE(std::string(alias.at("name").as_string()), m_person);
        QCOMPARE(std::string(alias.at("mount_type").as_string()), m_outside->method());
        QCOMPARE(QByteArray::fromStdString(json::serialize(alias.at("metadata"))), m_outside->aliasMetadata(m_person));
    }

    bool isKnown()
    {
        const auto found = m_core->post("identity/lookup/entity",
                                        json::object{{"alias_name", m_person}, {"alias_mount_accessor", m_accessor}});
        return found.status != 204;
    }

    void aWrongSecretMakesNobody()
    {
        QCOMPARE(line(logIn(Secret::Wrong)), m_outside->refusal());
        QVERIFY(!isKnown());
        QVERIFY(logIn().auth);
        QVERIFY(isKnown());
    }

    void whatIsNoLongerGoodIsRefused()
    {
        const std::string group = followed();
        setGroups({"dev"});
        const auto login = logIn();
        m_outside->withdraw(m_person);
        QCOMPARE(line(logIn()), m_outside->refusal());
        QCOMPARE(line(renew(login)), m_outside->refusal());
        QCOMPARE(members(group), onlyMember(login)); // a refusal says nothing of groups
    }

    void whoBelongsElsewhereIsRefused()
    {
        m_person = "stranger-" + m_person;
        m_outside->addPerson(m_person, Audience::Strangers);
        QCOMPARE(line(logIn()), m_outside->strangersRefusal());
        QVERIFY(!isKnown());
        m_core->mount("elsewhere", json::serialize(json::object{{"type", m_outside->method()}}));
        m_core->post("auth/elsewhere/config", m_outside->configuration(Audience::Strangers));
        const auto there = logIn(Secret::Right, "elsewhere");
        QVERIFY2(there.auth, line(there).constData()); // so it was the mount that they were not for
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_directories["slapd"] = slapdDirectory();
        m_directories["GitHub"] = gitHubDirectory();
    }

    void init()
    {
        QFETCH(QByteArray, directory);
        m_outside = m_directories.at(directory).get();
        if (!m_outside)
            QSKIP("slapd, ldapmodify or openssl isn't installed");
        m_core = std::make_unique<TestCore>();
        m_core->policy("probe", "path \"identity/group/name/probe\" { capabilities = [\"read\"] }");
        m_accessor = m_core->mount("out", json::serialize(json::object{{"type", m_outside->method()}}));
        const auto saved = m_core->post("auth/out/config", m_outside->configuration(Audience::Members));
        QVERIFY2(saved.ok(), line(saved).constData());
        m_person = "joe" + std::to_string(++m_people);
        m_outside->addPerson(m_person, Audience::Members);
    }

    void holds_data()
    {
        using T = TestExternalGroups;
        const std::pair<const char *, Scenario> scenarios[] = {
            {"a policy of the group reaches the token", &T::aPolicyOfTheGroupReachesTheToken},
            {"who isn't in the group doesn't join", &T::whoIsNotInTheGroupDoesNotJoin},
            {"who left is taken out at the next login", &T::whoLeftIsTakenOutAtTheNextLogin},
            {"nothing is seen before the next login", &T::nothingIsSeenBeforeTheNextLogin},
            {"an alias on another mount doesn't count", &T::anAliasOnAnotherMountDoesNotCount},
            {"an internal group above hands its policy down", &T::anInternalGroupAboveHandsItsPolicyDown},
            {"a group without its alias isn't joined", &T::aGroupWithoutItsAliasIsNotJoined},
            {"a renewal keeps what is still so", &T::aRenewalKeepsWhatIsStillSo},
            {"nobody sets its members by hand", &T::nobodySetsItsMembersByHand},
            {"the alias has what the method tells", &T::theAliasHasWhatTheMethodTells},
            {"a wrong secret makes nobody", &T::aWrongSecretMakesNobody},
            {"what is no longer good is refused", &T::whatIsNoLongerGoodIsRefused},
            {"who belongs elsewhere is refused", &T::whoBelongsElsewhereIsRefused}};
        QTest::addColumn<QByteArray>("directory");
        QTest::addColumn<Scenario>("scenario");
        for (const char *directory : {"slapd", "GitHub"})
            for (const auto &[name, scenario] : scenarios)
                QTest::addRow("%s: %s", directory, name) << QByteArray(directory) << scenario;
    }

    void holds()
    {
        QFETCH(Scenario, scenario);
        (this->*scenario)();
    }
};

QTEST_GUILESS_MAIN(TestExternalGroups)
#include "tst_ExternalGroups.moc"
