// SPDX-License-Identifier: Apache-2.0
#include "RemoteWindow.h"
#include "connection/Async.h"
#include "support/FaultProxy.h"
#include "views/Editor.h"
#include "views/MergeEdit.h"
#include "views/MountEdit.h"
#include "views/WindowActions.h"

#include <algorithm>

using namespace kith;
using test::FaultProxy;
using test::RealServer;
using views::Editor;
using Fault = test::FaultProxy::Fault;

/// A change of one thing on a real server whose answer is lost on the way: it is looked up, so that somebody is told
/// what happened and can take it back. Nothing is sent twice.
class tst_CutChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();

    void looksUpWhatWasMade_data();
    void looksUpWhatWasMade();
    void seesWhatIsMadeLate_data();
    void seesWhatIsMadeLate();
    void saysThatNothingIsSeen_data() { looksUpWhatWasMade_data(); }
    void saysThatNothingIsSeen();
    void takesNobodyElseForWhatItMade();
    void takesBackAMergeThatWasCut();
    void saysThatNoMergeIsSeen();

private:
    enum class Making { Entity, Group, Alias, Policy, Mount };
    /// A server with Ada, twin, the groups crew (of the twin) and corp, a mount; false: it isn't installed.
    bool start(RealServer::Kind kind);
    void make(Making what);
    /// On the server.
    bool isThere(Making what);
    views::Editor &editor() { return m_remote->window().editor(); }
    GroupId crew() { return m_remote->ref(m_crew).group(); }
    bool merge();

    QTemporaryDir m_state;
    std::unique_ptr<FaultProxy> m_proxy;
    std::unique_ptr<test::RemoteWindow> m_remote;
    std::string m_ada, m_twin, m_crew;
    QString m_accessor;
};

void tst_CutChanges::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_state.path().toUtf8());
    qputenv("XDG_RUNTIME_DIR", m_state.path().toUtf8());
}

void tst_CutChanges::cleanup()
{
    if (m_proxy)
        m_proxy->heal();
    m_remote.reset();
    m_proxy.reset();
}

bool tst_CutChanges::start(RealServer::Kind kind)
{
    auto server = RealServer::start(kind);
    if (!server)
        return false;
    m_proxy = std::make_unique<FaultProxy>(server->address());
    m_remote = std::make_unique<test::RemoteWindow>(std::move(server));
    m_accessor = QString::fromStdString(m_remote->server().userpass("corp"));
    m_ada = m_remote->person("Ada", R"("policies":["reader"])");
    m_twin = m_remote->person("twin", R"("policies":["writer"])");
    m_crew = m_remote->group("crew", {m_twin});
    m_remote->showThrough(*m_proxy);
    return true;
}

void tst_CutChanges::make(Making what)
{
    const QString grace = QStringLiteral("Grace");
    const views::AliasDraft alias{QStringLiteral("grace.h"), m_accessor, {}};
    switch (what) {
    case Making::Entity:
        editor().createEntity({grace, {QStringLiteral("reader")}, {{grace, grace}}, {crew()}, {alias}});
        break;
    case Making::Group:
        editor().createGroup({grace, views::GroupKind::External, alias, {}, {}, {crew()}, {}});
        break;
    case Making::Alias:
        editor().addAlias(m_remote->ref(m_ada), alias);
        break;
    case Making::Policy:
        editor().createPolicy(QStringLiteral("grace"), QStringLiteral("path \"a\" { capabilities = [\"read\"] }"));
        break;
    case Making::Mount:
        editor().enableMount({QStringLiteral("grace"), QStringLiteral("userpass"), grace});
        break;
    }
    m_remote->settle();
}

bool tst_CutChanges::isThere(Making what)
{
    test::RealServer &server = m_remote->server();
    switch (what) {
    case Making::Entity: {
        const core::Response grace = server.get("identity/entity/name/Grace");
        return grace.ok() && grace.data->at("aliases").as_array().size() == 1 &&
               m_remote->members(m_crew).contains("Grace");
    }
    case Making::Group: {
        const core::Response grace = server.get("identity/group/name/Grace");
        return grace.ok() && !grace.data->at("alias").as_object().empty() &&
               grace.data->at("parent_group_ids").as_array().size() == 1;
    }
    case Making::Alias:
        return server.get("identity/entity/id/" + m_ada).data->at("aliases").as_array().size() == 1;
    case Making::Policy:
        return server.get("sys/policies/acl/grace").ok();
    case Making::Mount:
        return server.get("sys/auth").data->as_object().contains("grace/");
    }
    return false;
}

void tst_CutChanges::looksUpWhatWasMade_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("making");
    QTest::addColumn<QByteArray>("cut"); // the request whose answer is lost
    const auto row = [](const char *name, Making making, const char *cut) {
        QTest::newRow(name) << int(RealServer::Kind::Bao) << int(making) << QByteArray(cut);
    };
    row("openbao, person", Making::Entity, "POST /v1/identity/entity");
    row("openbao, a person's alias", Making::Entity, "POST /v1/identity/entity-alias");
    row("openbao, a person's group", Making::Entity, "POST /v1/identity/group/id/");
    row("openbao, group", Making::Group, "POST /v1/identity/group");
    row("openbao, a group's alias", Making::Group, "POST /v1/identity/group-alias");
    row("openbao, alias", Making::Alias, "POST /v1/identity/entity-alias");
    row("openbao, policy", Making::Policy, "POST /v1/sys/policies/acl/grace");
    row("openbao, mount", Making::Mount, "POST /v1/sys/auth/grace");
    for (const auto &[name, making] :
         {std::pair("kithd, person", Making::Entity), std::pair("kithd, group", Making::Group),
          std::pair("kithd, alias", Making::Alias), std::pair("kithd, policy", Making::Policy),
          std::pair("kithd, mount", Making::Mount)})
        QTest::newRow(name) << int(RealServer::Kind::Kithd) << int(making) << QByteArray("kith/apply");
}

void tst_CutChanges::looksUpWhatWasMade()
{
    QFETCH(int, kind);
    QFETCH(int, making);
    QFETCH(QByteArray, cut);
    if (!start(RealServer::Kind(kind)))
        QSKIP("the server's program isn't installed");
    m_proxy->harm(Fault::CutAfter, cut);
    make(Making(making));
    QVERIFY2(isThere(Making(making)), qPrintable(m_remote->message()));
    QVERIFY2(!m_remote->message().contains(QLatin1String("connection broke")), qPrintable(m_remote->message()));
    QVERIFY2(editor().canUndo(), qPrintable(m_remote->message()));
    const std::vector<QByteArray> requests = m_proxy->requests();
    QVERIFY(std::count(requests.begin(), requests.end(), cut) <= 1); // never twice
    m_remote->window().actions().undo->trigger();
    m_remote->settle();
    QTRY_VERIFY2(!isThere(Making(making)), qPrintable(m_remote->message()));
    m_remote->window().actions().redo->trigger();
    m_remote->settle();
    QTRY_VERIFY2(isThere(Making(making)), qPrintable(m_remote->message()));
}

void tst_CutChanges::seesWhatIsMadeLate_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("making");
    QTest::addColumn<QByteArray>("cut");
    const auto row = [](const char *name, RealServer::Kind kind, Making making, const char *cut) {
        QTest::newRow(name) << int(kind) << int(making) << QByteArray(cut);
    };
    row("openbao, person", RealServer::Kind::Bao, Making::Entity, "POST /v1/identity/entity");
    row("openbao, alias", RealServer::Kind::Bao, Making::Alias, "POST /v1/identity/entity-alias");
    row("openbao, mount", RealServer::Kind::Bao, Making::Mount, "POST /v1/sys/auth/grace");
    row("kithd, group", RealServer::Kind::Kithd, Making::Group, "kith/apply");
}

/// Something between holds the request, and the server gets it when the connection has been gone for a while.
void tst_CutChanges::seesWhatIsMadeLate()
{
    QFETCH(int, kind);
    QFETCH(int, making);
    QFETCH(QByteArray, cut);
    if (!start(RealServer::Kind(kind)))
        QSKIP("the server's program isn't installed");
    m_proxy->harm(Fault::CutAhead, cut);
    make(Making(making));
    QVERIFY2(isThere(Making(making)), qPrintable(m_remote->message()));
    QVERIFY2(editor().canUndo(), qPrintable(m_remote->message()));
}

static const QLatin1String NothingSeen("No answer came, and the server shows nothing of it yet. It may still come.");

void tst_CutChanges::saysThatNothingIsSeen()
{
    QFETCH(int, kind);
    QFETCH(int, making);
    QFETCH(QByteArray, cut);
    if (!start(RealServer::Kind(kind)))
        QSKIP("the server's program isn't installed");
    m_proxy->harm(Fault::CutBefore, cut);
    make(Making(making));
    QCOMPARE(m_remote->message(), NothingSeen);
    QVERIFY(!editor().canUndo());
    for (const char *path : {"identity/entity/name/Grace", "identity/group/name/Grace", "sys/policies/acl/grace"})
        QVERIFY2(!m_remote->server().get(path).ok(), path);
    QVERIFY(!isThere(Making::Alias) && !isThere(Making::Mount));
    make(Making(making)); // and it can be done now
    QVERIFY2(isThere(Making(making)), qPrintable(m_remote->message()));
}

/// Somebody else made one of that name, with other rights, while ours was on its way.
void tst_CutChanges::takesNobodyElseForWhatItMade()
{
    if (!start(RealServer::Kind::Bao))
        QSKIP("the server's program isn't installed");
    m_proxy->before("POST /v1/identity/entity", [this] { m_remote->person("Grace", R"("policies":["theirs"])"); });
    m_proxy->harm(Fault::CutBefore, "POST /v1/identity/entity");
    make(Making::Entity);
    // It could be ours as well, kept otherwise than it was sent.
    QVERIFY2(m_remote->message().contains(QLatin1String("it may have been done, or not")),
             qPrintable(m_remote->message()));
    QVERIFY(!editor().canUndo());
    const core::Response theirs = m_remote->server().get("identity/entity/name/Grace");
    QVERIFY(theirs.ok());
    QCOMPARE(boost::json::serialize(theirs.data->at("policies")), std::string(R"(["theirs"])"));
}

/// Whether it was begun.
bool tst_CutChanges::merge()
{
    auto &directory = m_remote->connection().directory();
    const auto from = connection::blockOn(directory.entity(m_remote->ref(m_twin).entity()));
    const auto to = connection::blockOn(directory.entity(m_remote->ref(m_ada).entity()));
    if (!from || !to)
        return false;
    editor().merge(std::make_shared<views::MergeEdit>(views::MergeEdit::Order{QString::fromStdString(m_twin),
                                                                              QString::fromStdString(m_ada),
                                                                              QStringLiteral("twin"),
                                                                              QStringLiteral("Ada"),
                                                                              {},
                                                                              from->version,
                                                                              to->version},
                                                      views::MergeEdit::Way::Undoable));
    m_remote->settle();
    return true;
}

void tst_CutChanges::takesBackAMergeThatWasCut()
{
    if (!start(RealServer::Kind::Kithd))
        QSKIP("kithd isn't built");
    m_proxy->harm(Fault::CutAfter, "kith/apply");
    QVERIFY(merge());
    QCOMPARE(m_remote->message(), QStringLiteral("Merged twin into Ada"));
    QVERIFY(!m_remote->server().get("identity/entity/id/" + m_twin).ok());
    QCOMPARE(m_remote->members(m_crew), std::set<std::string>{"Ada"});
    QVERIFY(editor().canUndo());
    m_proxy->harm(Fault::CutAfter, "kith/apply"); // and the way back is cut, too
    m_remote->window().actions().undo->trigger();
    m_remote->settle();
    QCOMPARE(m_remote->message(), QStringLiteral("Taken back: Merge twin into Ada"));
    QVERIFY(m_remote->server().get("identity/entity/id/" + m_twin).ok());
    QCOMPARE(m_remote->members(m_crew), std::set<std::string>{"twin"});
}

void tst_CutChanges::saysThatNoMergeIsSeen()
{
    if (!start(RealServer::Kind::Kithd))
        QSKIP("kithd isn't built");
    m_proxy->harm(Fault::CutBefore, "kith/apply");
    QVERIFY(merge());
    QCOMPARE(m_remote->message(), NothingSeen);
    QVERIFY(m_remote->server().get("identity/entity/id/" + m_twin).ok());
    QVERIFY(!editor().canUndo());
}

QTEST_MAIN(tst_CutChanges)
#include "tst_CutChanges.moc"
