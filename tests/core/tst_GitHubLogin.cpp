// SPDX-License-Identifier: Apache-2.0
#include "GitHubServer.h"
#include "auth/LoginTurns.h"
#include "support/TestCore.h"

#include <QElapsedTimer>
#include <QTest>
#include <QtConcurrent/QtConcurrentRun>

using namespace kith;
using namespace kith::test;

namespace json = boost::json;

/// What is expected is what Vault's documentation says of the method.
class TestGitHubLogin : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestCore> m_core;
    std::unique_ptr<GitHubServer> m_github;
    std::string m_accessor;

    core::Response logIn(const std::string &token, const std::string &mount = "gh")
    {
        return m_core->sendAs({}, core::Operation::Update, "auth/" + mount + "/login",
                              json::serialize(json::object{{"token", token}}));
    }
    core::Response configure(json::object changes = {})
    {
        json::object settings{{"organization", "acme"}, {"base_url", m_github->url()}};
        for (const auto &[name, value] : changes)
            settings[name] = value;
        return m_core->post("auth/gh/config", std::move(settings));
    }
    static std::string field(const core::Response &response, const char *name)
    {
        if (!response.auth)
            return line(response).toStdString();
        const json::value &value = response.auth->fields.at(name);
        return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
    }
    core::Response renew(const core::Response &login)
    {
        return m_core->sendAs(field(login, "client_token"), core::Operation::Update, "auth/token/renew-self");
    }
    QByteArray members(const std::string &id)
    {
        return member(m_core->get("identity/group/id/" + id), "member_entity_ids");
    }
    std::string outside(const std::string &team)
    {
        const std::string id =
            m_core->create("identity/group", json::object{{"name", "g-" + team}, {"type", "external"}});
        m_core->create("identity/group-alias",
                       json::object{{"name", team}, {"mount_accessor", m_accessor}, {"canonical_id", id}});
        return id;
    }

private Q_SLOTS:
    void init()
    {
        m_github = std::make_unique<GitHubServer>();
        m_core = std::make_unique<TestCore>();
        m_accessor = m_core->mount("gh", R"({"type":"github"})");
        m_github->set("ghp_ann", {"Ann",
                                  {GitHubServer::organization("acme", 7)},
                                  {GitHubServer::team("Dev Team", "dev-team", 7), GitHubServer::team("ops", "ops", 7),
                                   GitHubServer::team("Others", "others", 8)}});
        m_github->set("ghp_eve",
                      {"eve", {GitHubServer::organization("acme", 8)}, {GitHubServer::team("ops", "ops", 8)}});
    }

    void keepsItsConfiguration()
    {
        QCOMPARE(line(m_core->get("auth/gh/config")), QByteArray("404"));
        QCOMPARE(line(logIn("ghp_ann")), QByteArray("400 configuration has not been set"));
        QCOMPARE(line(m_core->post("auth/gh/config", json::object{{"base_url", "https://x"}})),
                 QByteArray("400 organization is a required parameter"));
        QVERIFY(line(configure({{"base_url", "ftp://x"}})).startsWith("400 error parsing given base_url"));
        QVERIFY(line(configure({{"ttl", "1h"}})).startsWith("200 (base_url isn't https"));
        auto kept = m_core->get("auth/gh/config");
        QCOMPARE(member(kept, "organization"), QByteArray("\"acme\""));
        QCOMPARE(member(kept, "organization_id"), QByteArray("7")); // was asked for
        QCOMPARE(member(kept, "ttl"), QByteArray("3600"));
        QCOMPARE(member(kept, "token_ttl"), QByteArray("3600"));
        QCOMPARE(line(configure({{"organization", "nobody"}})),
                 QByteArray("400 unable to fetch the organization_id, you must manually set it in the config: GET ") +
                     QByteArray::fromStdString(m_github->url()) + "/orgs/nobody: 404 Not Found");
        const int before = m_github->requests();
        QVERIFY(configure({{"organization", "nobody"}, {"organization_id", 9}}).ok());
        QCOMPARE(m_github->requests(), before);
        QCOMPARE(member(m_core->get("auth/gh/config"), "organization_id"), QByteArray("9"));
    }

    /// Asking for the id takes its time.
    void keepsWhatIsChangedMeanwhile()
    {
        QVERIFY(configure({{"organization", "nobody"}, {"organization_id", 9}}).ok());
        m_github->meanwhile([this] { m_core->post("auth/gh/config", R"({"token_policies":"kept"})"); });
        QVERIFY(configure().ok());
        auto saved = m_core->get("auth/gh/config");
        QCOMPARE(member(saved, "token_policies"), QByteArray(R"(["kept"])"));
        QCOMPARE(member(saved, "organization_id"), QByteArray("7"));
        QVERIFY(configure({{"organization", "nobody"}, {"organization_id", 9}}).ok());
        m_github->meanwhile([this] { m_core->post("auth/gh/config", json::object{{"base_url", "https://x.test"}}); });
        QCOMPARE(line(m_core->post("auth/gh/config", R"({"organization":"acme"})")),
                 QByteArray("400 the configuration of this mount was changed meanwhile"));
        saved = m_core->get("auth/gh/config");
        QCOMPARE(member(saved, "organization"), QByteArray("\"nobody\""));
        QCOMPARE(member(saved, "base_url"), QByteArray("\"https://x.test\""));
    }

    /// Nothing else goes into the address of its API.
    void refusesNamesOfOrganizations()
    {
        for (const char *name : {"a/b", "..", "a?b", "a b", "acme#", "a%2fb"})
            QVERIFY2(line(configure({{"organization", name}})).startsWith("400 invalid organization"), name);
        QCOMPARE(m_github->requests(), 0);
    }

    /// The first write of it is a creation, which rules tell apart.
    void tellsCreatingFromChanging()
    {
        m_core->policy("changer", "path \"auth/gh/config\" { capabilities = [\"update\"] }");
        const std::string token = m_core->token(R"({"policies":["changer"]})");
        const std::string body = json::serialize(json::object{{"organization", "acme"}, {"organization_id", 7}});
        QCOMPARE(line(m_core->sendAs(token, core::Operation::Update, "auth/gh/config", body)),
                 QByteArray("403 1 error occurred:\n\t* permission denied\n\n"));
        QVERIFY(m_core->sendAs("root", core::Operation::Update, "auth/gh/config", body).ok());
        QVERIFY(m_core->sendAs(token, core::Operation::Update, "auth/gh/config", body).ok());
    }

    void keepsMaps()
    {
        QCOMPARE(line(m_core->list("auth/gh/map/teams")), QByteArray("404"));
        QCOMPARE(line(m_core->post("auth/gh/map/teams/Dev-Team", R"({"value":"coder, Base"})")), QByteArray("204"));
        QCOMPARE(line(m_core->get("auth/gh/map/teams/dev-team")),
                 QByteArray(R"(200 {"key":"dev-team","value":"coder, Base"})"));
        QCOMPARE(line(m_core->list("auth/gh/map/teams")), QByteArray(R"(200 {"keys":["dev-team"]})"));
        QCOMPARE(line(m_core->get("auth/gh/map/teams")), QByteArray(R"(200 {"keys":["dev-team"]})"));
        QCOMPARE(line(m_core->list("auth/gh/map/users")), QByteArray("404"));
        QCOMPARE(line(m_core->remove("auth/gh/map/teams/DEV-TEAM")), QByteArray("204"));
        QCOMPARE(line(m_core->get("auth/gh/map/teams/dev-team")), QByteArray("404"));
    }

    void logsIn()
    {
        QVERIFY(configure({{"token_policies", "all"}}).ok());
        m_core->post("auth/gh/map/teams/dev-team", R"({"value":"coder, Base"})");
        m_core->post("auth/gh/map/teams/others", R"({"value":"wrong"})"); // of another organisation
        m_core->post("auth/gh/map/teams/default", R"({"value":"any"})");
        m_core->post("auth/gh/map/users/ann", R"({"value":"boss"})");
        const auto login = logIn("ghp_ann");
        QCOMPARE(field(login, "policies"), std::string(R"(["all","any","base","boss","coder","default"])"));
        QCOMPARE(field(login, "metadata"), std::string(R"({"org":"acme","username":"Ann"})"));
        const auto entity = m_core->get("identity/entity/id/" + field(login, "entity_id"));
        QVERIFY(member(entity, "aliases").contains("\"name\":\"Ann\""));
        const auto token =
            m_core->sendAs(field(login, "client_token"), core::Operation::Read, "auth/token/lookup-self");
        QCOMPARE(member(token, "display_name"), QByteArray("\"gh-Ann\""));
        QVERIFY(!line(token).contains("ghp_"));
        QCOMPARE(field(logIn("ghp_ann"), "entity_id"), field(login, "entity_id"));
        configure({{"token_bound_cidrs", "10.0.0.0/8"}});
        QCOMPARE(line(logIn("ghp_ann")), QByteArray("403 permission denied"));
    }

    void refuses()
    {
        QVERIFY(configure().ok());
        const QByteArray begin = "400 GET " + QByteArray::fromStdString(m_github->url());
        QCOMPARE(line(logIn("ghp_nobody")), begin + "/user: 401 Bad credentials");
        QCOMPARE(line(logIn("ghp_eve")), QByteArray("400 user is not part of required org")); // another's of that name
        const int before = m_github->requests();
        for (const char *none : {"", "a b", "x\r\nAuthorization: Bearer ghp_ann", "\xC3\xA4"})
            QCOMPARE(line(logIn(none)), QByteArray("400 missing token, or what can't be one"));
        QCOMPARE(m_github->requests(), before);
        const auto refused = [&](int status, std::vector<std::string> headers, std::string body) {
            m_github->refuse(WebAnswer{status, std::move(headers), std::move(body)});
            return line(logIn("ghp_ann"));
        };
        const QByteArray limited = " (the rate limit of the API is reached; try again later)";
        QCOMPARE(refused(403, {"X-RateLimit-Remaining: 0", "x-ratelimit-reset: 1"}, R"({"message":"API rate limit"})"),
                 begin + "/user: 403 API rate limit" + limited);
        QCOMPARE(refused(403, {"Retry-After: 60"}, R"({"message":"secondary"})"),
                 begin + "/user: 403 secondary" + limited);
        QCOMPARE(refused(429, {}, ""), begin + "/user: 429" + limited);
        QCOMPARE(refused(403, {"x-ratelimit-remaining: 59"}, R"({"message":"Resource not accessible"})"),
                 begin + "/user: 403 Resource not accessible");
        QCOMPARE(refused(502, {}, "<html>"), begin + "/user: 502");
        QCOMPARE(refused(200, {}, "<html>"), begin + "/user: it answers no JSON");
        QCOMPARE(refused(200, {}, "[]"), QByteArray("400 GitHub doesn't say whose token it is"));
        QCOMPARE(refused(200, {}, R"({"login":"x"})"), begin + "/user/orgs: it answers no list");
        m_github->refuse({});
        QVERIFY(configure({{"organization_id", 7}, {"base_url", "http://127.0.0.1:1"}}).ok());
        QVERIFY(line(logIn("ghp_ann")).startsWith("400 GET http://127.0.0.1:1/user: "));
    }

    /// Also when the server gives less in a page than it was asked for.
    void readsEveryPage()
    {
        QVERIFY(configure().ok());
        GitHubServer::Person busy{"busy", {}, {}};
        for (int i = 0; i < 150; ++i)
            busy.organizations.push_back(GitHubServer::organization("o", 1000 + i));
        busy.organizations.push_back(GitHubServer::organization("acme-renamed", 7));
        for (int i = 0; i < 250; ++i)
            busy.teams.push_back(GitHubServer::team("T" + std::to_string(i), "t" + std::to_string(i), 7));
        m_github->set("ghp_busy", busy);
        const std::string last = outside("t249");
        m_github->setPageLimit(30);
        const auto login = logIn("ghp_busy");
        QVERIFY2(login.auth, line(login).constData());
        QCOMPARE(field(login, "metadata"), std::string(R"({"org":"acme-renamed","username":"busy"})"));
        QCOMPARE(members(last), "[\"" + QByteArray::fromStdString(field(login, "entity_id")) + "\"]");
        m_github->setPageLimit(1);
        QCOMPARE(line(logIn("ghp_busy")),
                 "400 GET " + QByteArray::fromStdString(m_github->url()) + "/user/orgs: it answers too much");
    }

    /// What is said of the bearer comes too late then.
    void doesNotRenewWhatIsGone()
    {
        QVERIFY(configure({{"token_ttl", "1h"}}).ok());
        const auto revoked = logIn("ghp_ann");
        m_github->meanwhile([&] {
            m_core->post("auth/token/revoke", json::object{{"token", field(revoked, "client_token")}});
        });
        QCOMPARE(line(renew(revoked)), QByteArray("400 token not found"));
        const auto expired = logIn("ghp_ann");
        m_github->meanwhile([this] { m_core->clock().advance(7'200'000'000'000); });
        QCOMPARE(line(renew(expired)), QByteArray("400 token not found"));
        const auto changed = logIn("ghp_ann");
        m_github->meanwhile([this] { configure({{"organization", "other"}, {"organization_id", 9}}); });
        QCOMPARE(line(renew(changed)), QByteArray("400 the configuration of this mount was changed meanwhile"));
    }

    void noLoginIsOfAnotherMount()
    {
        QVERIFY(configure().ok());
        m_github->meanwhile([this] { m_core->remove("sys/auth/gh"); });
        QCOMPARE(line(logIn("ghp_ann")), QByteArray("403 permission denied"));
        m_core->mount("gh", R"({"type":"github"})");
        QVERIFY(configure().ok());
        m_github->meanwhile([this] {
            m_core->remove("sys/auth/gh");
            m_core->mount("gh", R"({"type":"github"})"); // which gets the id of the one that is gone
            m_core->post("auth/gh/config",
                         json::object{{"organization", "acme"}, {"organization_id", 7}, {"base_url", m_github->url()}});
        });
        QCOMPARE(line(logIn("ghp_ann")), QByteArray("403 permission denied"));
        QCOMPARE(line(m_core->list("identity/entity/id")), QByteArray("404"));
        QVERIFY(logIn("ghp_ann").auth);
    }

    /// By the names of teams and by their slugs.
    void followsTeams()
    {
        QVERIFY(configure().ok());
        const std::string byName = outside("Dev Team");
        const std::string bySlug = outside("dev-team");
        const std::string ops = outside("OPS");
        const std::string late = outside("late");
        const auto login = logIn("ghp_ann");
        const QByteArray ann = "[\"" + QByteArray::fromStdString(field(login, "entity_id")) + "\"]";
        QCOMPARE(members(byName), ann);
        QCOMPARE(members(bySlug), ann);
        QCOMPARE(members(ops), ann);
        m_github->set("ghp_ann",
                      {"Ann", {GitHubServer::organization("acme", 7)}, {GitHubServer::team("late", "late", 7)}});
        QCOMPARE(members(ops), ann); // nobody has asked yet
        QVERIFY(renew(login).auth);
        for (const std::string &left : {byName, bySlug, ops})
            QCOMPARE(members(left), QByteArray("[]"));
        QCOMPARE(members(late), ann);
        m_core->post("auth/gh/map/teams/late", R"({"value":"more"})");
        QCOMPARE(
            line(renew(login)),
            QByteArray("500 1 error occurred:\n\t* failed to renew entry: policies have changed, not renewing\n\n"));
        m_github->set("ghp_ann", {"Ann", {}, {}});
        QCOMPARE(line(renew(login)), QByteArray("400 user is not part of required org"));
        QCOMPARE(members(late), ann);
    }

    /// Two logins of one person, of which the one that asked first is answered last.
    void anOlderAnswerIsOldNews()
    {
        QVERIFY(configure().ok());
        const std::string dev = outside("dev-team");
        const std::string late = outside("late");
        const std::vector organizations{GitHubServer::organization("acme", 7)};
        const std::vector teams{GitHubServer::team("late", "late", 7)};
        m_github->set("ghp_ann2", {"Ann", organizations, teams}); // by another token, to be told apart
        m_github->holdBack("ghp_ann");
        QFuture<core::Response> slow = QtConcurrent::run([this] { return logIn("ghp_ann"); });
        QTRY_VERIFY(m_github->holdsBack());
        const auto quick = logIn("ghp_ann2");
        QVERIFY2(quick.auth, line(quick).constData());
        const QByteArray ann = "[\"" + QByteArray::fromStdString(field(quick, "entity_id")) + "\"]";
        QCOMPARE(members(late), ann);
        m_github->holdBack({});
        QVERIFY2(slow.result().auth, line(slow.result()).constData());
        QCOMPARE(members(late), ann);
        QCOMPARE(members(dev), QByteArray("null"));
        // Nor at a renewal; but what is asked after that counts again.
        m_github->holdBack("ghp_ann");
        QFuture<core::Response> renewal = QtConcurrent::run([&] { return renew(slow.result()); });
        QTRY_VERIFY(m_github->holdsBack());
        QVERIFY(logIn("ghp_ann2").auth);
        m_github->holdBack({});
        QVERIFY2(renewal.result().auth, line(renewal.result()).constData());
        QCOMPARE(members(dev), QByteArray("null"));
        QVERIFY(logIn("ghp_ann").auth);
        QCOMPARE(members(dev), ann);
        QCOMPARE(members(late), QByteArray("[]"));
    }

    /// A server that hangs takes a few threads and no more; others aren't held up at all.
    void letsOnlyFewWait()
    {
        QVERIFY(configure().ok());
        GitHubServer other;
        other.set("ghp_bo", {"bo", {GitHubServer::organization("acme", 7)}, {}});
        m_core->mount("quick", R"({"type":"github"})");
        m_core->post("auth/quick/config", json::object{{"organization", "acme"}, {"base_url", other.url()}});
        m_github->hang(true);
        QThreadPool threads;
        threads.setMaxThreadCount(12);
        std::atomic<int> refused = 0;
        std::vector<QFuture<core::Response>> logins;
        for (int i = 0; i < 12; ++i)
            logins.push_back(QtConcurrent::run(&threads, [&] {
                auto login = logIn("ghp_ann");
                refused += line(login) == "400 too many logins wait for GitHub on this mount" ? 1 : 0;
                return login;
            }));
        QElapsedTimer time;
        time.start();
        QVERIFY(logIn("ghp_bo", "quick").auth);
        QVERIFY2(time.elapsed() < 3'000, QByteArray::number(time.elapsed()));
        QTRY_COMPARE_WITH_TIMEOUT(refused.load(), 12 - int(auth::LoginTurns::MostAtOnce), 9'000);
        m_github->hang(false);
        int good = 0;
        for (QFuture<core::Response> &login : logins)
            good += login.result().auth ? 1 : 0;
        QCOMPARE(good, int(auth::LoginTurns::MostAtOnce));
        QVERIFY(logIn("ghp_ann").auth);
    }

    /// A later answer whose login is refused doesn't make an earlier one old.
    void whatCameToNothingWasNotHeard()
    {
        QVERIFY(configure().ok());
        const std::string dev = outside("dev-team");
        m_github->set("ghp_ann2", {"Ann", {GitHubServer::organization("acme", 7)}, {}});
        const auto before = logIn("ghp_ann2");
        QVERIFY2(before.auth, line(before).constData());
        QCOMPARE(members(dev), QByteArray("null"));
        m_github->holdBack("ghp_ann");
        QFuture<core::Response> slow = QtConcurrent::run([this] { return logIn("ghp_ann"); });
        QTRY_VERIFY(m_github->holdsBack());
        m_core->post("auth/gh/map/users/ann", R"({"value":"root"})");
        QCOMPARE(line(logIn("ghp_ann2")), QByteArray("400 auth methods cannot create root tokens"));
        m_core->remove("auth/gh/map/users/ann");
        m_github->holdBack({});
        QVERIFY2(slow.result().auth, line(slow.result()).constData());
        QCOMPARE(members(dev), "[\"" + QByteArray::fromStdString(field(before, "entity_id")) + "\"]");
    }
};

QTEST_GUILESS_MAIN(TestGitHubLogin)
#include "tst_GitHubLogin.moc"
