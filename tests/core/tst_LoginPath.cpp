// SPDX-License-Identifier: Apache-2.0
#include "identity/LoginEntity.h"
#include "support/TestCore.h"

#include <QTest>

#include <set>
#include <thread>

using namespace kith;
using namespace kith::test;

namespace {

std::string textOf(const core::Response &response, std::string_view name)
{
    return response.auth ? std::string(response.auth->fields.at(name).as_string()) : std::string();
}

} // namespace

/// From a login to its entity (spec/engine.md §7).
class TestLoginPath : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestCore> m_core;
    std::string m_accessor;

    core::Response logIn(const std::string &mount = "up", const std::string &name = "joe")
    {
        return m_core->post("auth/" + mount + "/login/" + name, R"({"password":"pw"})");
    }

    /// The external group's modify_index and members.
    QByteArray group(const std::string &id)
    {
        const core::Response read = m_core->get("identity/group/id/" + id);
        return member(read, "modify_index") + " " + member(read, "member_entity_ids");
    }

    void refresh(const identity::LoginEntity &entity, const std::vector<std::string> &names,
                 identity::RefreshedBy by = identity::RefreshedBy::Login)
    {
        const auto written = m_core->core().store().write([&](store::WriteSession &session) -> Result<void> {
            identity::refreshExternalGroups(session, entity, m_accessor, names, by);
            return {};
        });
        QVERIFY2(written, why(written).constData());
    }

    /// An external group of that name, which follows what a mount says of the same name.
    std::string external(const std::string &name, const std::string &accessor)
    {
        const std::string id = m_core->create("identity/group", "{\"type\":\"external\",\"name\":\"" + name + "\"}");
        m_core->post("identity/group-alias", "{\"name\":\"" + name + "\",\"canonical_id\":\"" + id +
                                                 "\",\"mount_accessor\":\"" + accessor + "\"}");
        return id;
    }

    /// Who logs in as joe.
    identity::LoginEntity joe()
    {
        const auto entity =
            m_core->core().store().write([&](store::WriteSession &session) -> Result<identity::LoginEntity> {
                return identity::loginEntity(session, *identity::mountByAccessor(session, m_accessor), "joe", {});
            });
        if (!entity)
            qFatal("%s", why(entity).constData());
        return *entity;
    }

    boost::json::value explained(const std::string &kind, const std::string &name)
    {
        const auto answer = m_core->post("kith/explain", boost::json::object{{kind, name}});
        return answer.data.value_or(nullptr);
    }
    /// "joe on up by login 2026-…: +a +b -c"; empty: nothing was changed.
    QByteArray lastChange(const std::string &entity)
    {
        const boost::json::value all = explained("entity", entity);
        const auto *list = all.as_object().if_contains("changes");
        if (!list)
            return {};
        const boost::json::object &change = list->at(0).as_object();
        std::string text = occasion(change);
        for (const char *what : {"joined", "left"})
            for (const boost::json::value &group : change.at(what).as_array())
                text += (*what == 'j' ? " +" : " -") + std::string(group.at("group").as_string());
        return QByteArray::fromStdString(text);
    }
    QByteArray lastMember(const std::string &group)
    {
        const boost::json::value all = explained("group", group);
        const auto *change = all.as_object().if_contains("change");
        if (!change)
            return {};
        const boost::json::object &shown = change->as_object();
        return QByteArray::fromStdString(occasion(shown) + (shown.at("joined").as_bool() ? " +" : " -") +
                                         std::string(shown.at("entity_id").as_string()));
    }
    static std::string occasion(const boost::json::object &change)
    {
        const auto *mount = change.if_contains("mount");
        return std::string(change.at("alias").as_string()) + " on " +
               (mount ? std::string(mount->as_string()) : std::string("-")) + " by " +
               std::string(change.at("by").as_string()) + " " + std::string(change.at("time").as_string()) + ":";
    }
    QByteArray now() { return QByteArray::fromStdString(toRfc3339(m_core->clock().now())); }

private Q_SLOTS:
    void init()
    {
        m_core = std::make_unique<TestCore>();
        m_accessor = m_core->mount("up");
        m_core->post("auth/up/users/joe", R"({"password":"pw"})");
    }

    void makesAnEntityOnce()
    {
        const core::Response first = logIn();
        QVERIFY(first.auth->entityCreated);
        const std::string id = textOf(first, "entity_id");
        QCOMPARE(textOf(logIn("up", "JOE"), "entity_id"), id);
        QVERIFY(!logIn().auth->entityCreated);
        const core::Response entity = m_core->get("identity/entity/id/" + id);
        QCOMPARE(member(entity, "aliases").contains("\"name\":\"joe\""), true);
        QVERIFY(member(entity, "aliases").contains("\"metadata\":null"));
        QVERIFY(QRegularExpression(QStringLiteral("^\"entity_[0-9a-f]{8}\\.root\"$"))
                    .match(QString::fromUtf8(member(entity, "name")))
                    .hasMatch());
        m_core->mount("up2", R"({"type":"userpass","local":true})");
        m_core->post("auth/up2/users/joe", R"({"password":"pw"})");
        const std::string other = textOf(logIn("up2"), "entity_id");
        QVERIFY(other != id);
        QVERIFY(member(m_core->get("identity/entity/id/" + other), "aliases").contains("\"local\":true"));
        m_core->remove("identity/entity/id/" + id);
        const core::Response anew = logIn();
        QVERIFY(anew.auth->entityCreated);
        QVERIFY(textOf(anew, "entity_id") != id);
    }

    void findsTheAliasThatWasThere()
    {
        const std::string id = m_core->create("identity/entity", R"({"name":"ann","policies":["ep"]})");
        m_core->post("identity/entity-alias",
                     "{\"name\":\"Joe\",\"canonical_id\":\"" + id + "\",\"mount_accessor\":\"" + m_accessor + "\"}");
        const std::string group = m_core->create("identity/group", R"({"name":"g","policies":["gp"],)"
                                                                   "\"member_entity_ids\":[\"" +
                                                                       id + "\"]}");
        m_core->create("identity/group",
                       "{\"name\":\"p\",\"policies\":[\"pp\"],\"member_group_ids\":[\"" + group + "\"]}");
        const core::Response login = logIn();
        QCOMPARE(textOf(login, "entity_id"), id);
        QVERIFY(!login.auth->entityCreated);
        QCOMPARE(boost::json::serialize(login.auth->fields.at("identity_policies")), R"(["ep","gp","pp"])");
        QCOMPARE(boost::json::serialize(login.auth->fields.at("policies")), R"(["default","ep","gp","pp"])");
        m_core->post("identity/entity/id/" + id, R"({"disabled":true})");
        QCOMPARE(line(logIn()), QByteArray("403 permission denied"));
    }

    void makesOneEntityOfManyFirstLogins()
    {
        // A cheap hash, so that the logins meet in the writer and not before bcrypt.
        m_core->post("auth/up/users/joe",
                     R"({"password_hash":"$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"})");
        std::mutex mutex;
        std::set<std::string> ids;
        int created = 0;
        std::vector<std::jthread> threads;
        for (int i = 0; i < 16; ++i)
            threads.emplace_back([&] {
                for (int n = 0; n < 4; ++n) {
                    const core::Response login = m_core->post("auth/up/login/joe", R"({"password":"U*U"})");
                    const std::lock_guard lock(mutex);
                    ids.insert(textOf(login, "entity_id"));
                    created += login.auth && login.auth->entityCreated ? 1 : 0;
                }
            });
        threads.clear();
        QCOMPARE(ids.size(), 1UL);
        QCOMPARE(created, 1);
        QCOMPARE(m_core->list("identity/entity/id").data->at("keys").as_array().size(), 1UL);
    }

    void renewsByWhatTheUserIsNow()
    {
        m_core->post("auth/up/users/joe", R"({"token_policies":"tp","token_ttl":"1h"})");
        const std::string token = textOf(logIn(), "client_token");
        const auto renew = [&](std::string_view json = "{}") {
            return m_core->sendAs(token, core::Operation::Update, "auth/token/renew-self", json);
        };
        const auto seconds = [&](const core::Response &renewed) {
            return renewed.auth ? renewed.auth->fields.at("lease_duration").as_int64() : -renewed.status;
        };
        QCOMPARE(seconds(renew()), 3600);
        QCOMPARE(seconds(renew(R"({"increment":"10m"})")), 600);
        m_core->post("auth/up/users/joe", R"({"token_max_ttl":"2h"})");
        const core::Response capped = renew(R"({"increment":"10h"})");
        QCOMPARE(seconds(capped), 7200);
        QCOMPARE(
            QByteArray::fromStdString(capped.warnings.at(0)),
            QByteArray("TTL of \"10h\" exceeded the effective max_ttl of \"2h\"; TTL value is capped accordingly"));
        m_core->post("auth/up/users/joe", R"({"token_period":"30m","token_max_ttl":0})");
        QCOMPARE(seconds(renew(R"({"increment":"10h"})")), 1800);
        m_core->post("auth/up/users/joe", R"({"token_policies":"tp,new"})");
        QCOMPARE(
            line(renew()),
            QByteArray("500 1 error occurred:\n\t* failed to renew entry: policies have changed, not renewing\n\n"));
        m_core->post("auth/up/users/joe", R"({"token_policies":"tp","token_no_default_policy":true})");
        QCOMPARE(seconds(renew()), 1800);
        m_core->remove("auth/up/users/joe");
        QCOMPARE(line(renew()), QByteArray("204"));
    }

    void renewsByWhatTheRoleIsNow()
    {
        m_core->mount("ar", R"({"type":"approle"})");
        m_core->post("auth/ar/role/r", R"({"role_id":"id","token_policies":"tp"})");
        m_core->post("auth/ar/role/r/custom-secret-id", R"({"secret_id":"s"})");
        const std::string token =
            textOf(m_core->post("auth/ar/login", R"({"role_id":"id","secret_id":"s"})"), "client_token");
        m_core->post("auth/ar/role/r", R"({"token_policies":"zz","token_ttl":"2h"})");
        const auto renew = [&] { return m_core->sendAs(token, core::Operation::Update, "auth/token/renew-self"); };
        const core::Response renewed = renew();
        QCOMPARE(line(renewed), QByteArray("200"));
        QCOMPARE(renewed.auth->fields.at("lease_duration").as_int64(), 7200);
        QCOMPARE(boost::json::serialize(renewed.auth->fields.at("policies")), R"(["default","tp"])");
        m_core->remove("auth/ar/role/r");
        QCOMPARE(line(renew()), QByteArray("500 1 error occurred:\n\t* failed to renew entry: role \"r\" does not "
                                           "exist during renewal\n\n"));
        m_core->remove("sys/auth/ar");
        QCOMPARE(line(renew()), QByteArray("403 permission denied")); // its tokens went with the mount
    }

    void letsNobodyInWithoutLoggingIn()
    {
        const auto ask = [&](core::Operation operation, const char *path, std::string_view json = "{}") {
            return line(m_core->sendAs({}, operation, path, json));
        };
        QCOMPARE(m_core->sendAs({}, core::Operation::Update, "auth/up/login/joe", R"({"password":"pw"})").status, 200);
        QCOMPARE(ask(core::Operation::Read, "auth/up/users/joe"), QByteArray("403 permission denied"));
        QCOMPARE(ask(core::Operation::Update, "auth/up/login"), QByteArray("403 permission denied"));
        QCOMPARE(ask(core::Operation::Read, "auth/up/zz"), QByteArray("403 permission denied"));
        QCOMPARE(ask(core::Operation::Read, "auth/up/login/joe"), QByteArray("405 unsupported operation"));
    }

    void refreshesExternalGroups()
    {
        const std::string a = external("a", m_accessor);
        const std::string b = external("b", m_accessor);
        const std::string elsewhere = external("c", m_core->mount("other"));
        const std::string id = textOf(logIn(), "entity_id");
        const identity::LoginEntity entity = joe();
        QCOMPARE(entity.uuid, id);
        const QByteArray joe = " [\"" + QByteArray::fromStdString(id) + "\"]";
        refresh(entity, {"A", "nobody's", "c"});
        QCOMPARE(group(a), "3" + joe);
        QCOMPARE(group(b), QByteArray("2 null"));
        QCOMPARE(group(elsewhere), QByteArray("2 null"));
        const auto told = [&](const char *what) {
            const auto answer = m_core->post("kith/explain", R"({"entity":")" + id + R"("})");
            const auto *list = answer.data->if_object()->if_contains("external");
            return list ? std::string(list->at(0).at(what).as_string()) : std::string();
        };
        const std::string since = told("since");
        QCOMPARE(told("alias"), std::string("joe"));
        QCOMPARE(told("refreshed"), since);
        m_core->clock().advance(std::int64_t{3600} * 1'000'000'000);
        refresh(entity, {"a"}); // nothing changes, but the time
        QCOMPARE(group(a), "3" + joe);
        QCOMPARE(told("since"), since);
        QVERIFY(told("refreshed") > since);
        const auto members = m_core->post("kith/explain", R"({"group":"a"})").data->at("external").at(0);
        QCOMPARE(std::string(members.at("entity_id").as_string()), id);
        QCOMPARE(std::string(members.at("alias").as_string()), std::string("joe"));
        QCOMPARE(std::string(members.at("refreshed").as_string()), told("refreshed"));
        refresh(entity, {"b"});
        QCOMPARE(group(a), QByteArray("4 []"));
        QCOMPARE(group(b), "3" + joe);
        QCOMPARE(member(m_core->get("identity/entity/id/" + id), "direct_group_ids"),
                 QByteArray("[\"") + QByteArray::fromStdString(b) + "\"]");
        refresh(entity, {});
        QCOMPARE(group(b), QByteArray("4 []"));
    }

    void keepsWhatChangedLast()
    {
        const std::string a = external("a", m_accessor);
        const std::string b = external("b", m_accessor);
        const std::string c = external("c", m_accessor);
        logIn();
        const identity::LoginEntity entity = joe();
        QCOMPARE(lastChange(entity.uuid), QByteArray());
        QCOMPARE(lastMember(a), QByteArray());
        const QByteArray first = now();
        refresh(entity, {"a", "c"});
        QCOMPARE(lastChange(entity.uuid), "joe on up by login " + first + ": +a +c");
        QCOMPARE(lastMember(a), "joe on up by login " + first + ": +" + QByteArray::fromStdString(entity.uuid));
        m_core->clock().advance(std::int64_t{60} * 1'000'000'000);
        refresh(entity, {"c", "a"}); // as before: it isn't the last change
        QCOMPARE(lastChange(entity.uuid), "joe on up by login " + first + ": +a +c");
        const QByteArray second = now();
        refresh(entity, {"b", "c"}, identity::RefreshedBy::Renewal);
        QCOMPARE(lastChange(entity.uuid), "joe on up by renewal " + second + ": +b -a");
        const QByteArray joe = QByteArray::fromStdString(entity.uuid);
        QCOMPARE(lastMember(a), "joe on up by renewal " + second + ": -" + joe);
        QCOMPARE(lastMember(b), "joe on up by renewal " + second + ": +" + joe);
        QCOMPARE(lastMember(c), "joe on up by login " + first + ": +" + joe);
        m_core->remove("identity/group/id/" + b); // what is gone isn't told
        QCOMPARE(lastChange(entity.uuid), "joe on up by renewal " + second + ": -a");
        refresh(entity, {});
        QCOMPARE(lastChange(entity.uuid), "joe on up by login " + second + ": -c");
    }

    /// Nor does it go to whoever has the alias from then on.
    void forgetsChangesOfAliasesThatMove()
    {
        const std::string a = external("a", m_accessor);
        logIn();
        const identity::LoginEntity entity = joe();
        refresh(entity, {"a"});
        const auto aliases =
            boost::json::parse(member(m_core->get("identity/entity/id/" + entity.uuid), "aliases").toStdString());
        const std::string alias(aliases.at(0).at("id").as_string());
        const std::string other = m_core->create("identity/entity", R"({"name":"other"})");
        m_core->post("identity/entity-alias/id/" + alias,
                     boost::json::object{{"name", "joe"}, {"mount_accessor", m_accessor}, {"canonical_id", other}});
        QCOMPARE(lastChange(entity.uuid), QByteArray());
        QCOMPARE(lastChange(other), QByteArray());
        QCOMPARE(lastMember(a), QByteArray());
        refresh(joe(), {"a"});
        QVERIFY(lastChange(other).endsWith(": +a"));
        m_core->remove("identity/entity-alias/id/" + alias);
        QCOMPARE(lastChange(other), QByteArray());
        QCOMPARE(lastMember(a), QByteArray());
    }

    /// Nobody writes a login of which nothing has changed: what it says of groups is there already.
    void writesNoChangesWhereThereAreNone()
    {
        external("a", m_accessor);
        logIn();
        const identity::LoginEntity entity = joe();
        refresh(entity, {"a"});
        const auto written = m_core->core().store().write([&](store::WriteSession &session) -> Result<std::int64_t> {
            const auto total = [&] { return session.integer("SELECT total_changes()").value_or(-1); };
            const std::int64_t before = total();
            identity::refreshExternalGroups(session, entity, m_accessor, {"A"}, identity::RefreshedBy::Login);
            return total() - before;
        });
        QCOMPARE(*written, std::int64_t{1}); // the time alone
    }
};

QTEST_GUILESS_MAIN(TestLoginPath)
#include "tst_LoginPath.moc"
