// SPDX-License-Identifier: Apache-2.0
#include "RemoteWindow.h"
#include "connection/Async.h"
#include "views/ColumnsTable.h"
#include "views/Editor.h"
#include "views/Navigator.h"

#include <QAction>
#include <QDialog>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>

using namespace kith;
using views::ColumnsTable;
using views::Page;

static QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

/// Policies, aliases and mounts of a real server.
class tst_RemotePages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_STATE_HOME", m_state.path().toUtf8()); }
    void cleanup() { m_remote.reset(); }
    void changesAPolicyAndTakesItBack_data() { servers(); }
    void changesAPolicyAndTakesItBack();
    void asksWhoseTextIsToStay();
    void showsWhyNothingMayBeChanged();
    void removesAnAliasAndDisablesAMount_data() { servers(); }
    void removesAnAliasAndDisablesAMount();

private:
    static void servers()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("OpenBao") << int(test::RealServer::Kind::Bao);
        QTest::newRow("kithd") << int(test::RealServer::Kind::Kithd);
        QTest::newRow("kithd, in a namespace") << int(test::RealServer::Kind::KithdTeam);
    }
    bool start(int kind = int(test::RealServer::Kind::Bao))
    {
        auto server = test::RealServer::start(static_cast<test::RealServer::Kind>(kind));
        if (server)
            m_remote = std::make_unique<test::RemoteWindow>(std::move(server));
        return m_remote != nullptr;
    }
    void write(const char *name, const char *policy)
    {
        m_remote->server().post(std::string("sys/policies/acl/") + name,
                                boost::json::serialize(boost::json::object{{"policy", policy}}));
    }
    QString stored(const char *name)
    {
        const core::Response read = m_remote->server().get(std::string("sys/policies/acl/") + name);
        return read.ok() ? QString::fromStdString(std::string(read.data->at("policy").as_string())) : text("none");
    }
    void open(Page page, const QString &name = {})
    {
        m_remote->window().navigator().go({page, {}, {}, name});
        m_remote->settle();
    }
    void type(const char *policy)
    {
        auto *editor = m_remote->find<QPlainTextEdit>("policyText");
        editor->selectAll();
        editor->insertPlainText(text(policy));
        m_remote->settle();
    }
    void trigger(const char *action)
    {
        m_remote->find<QAction>(action)->trigger();
        m_remote->settle();
    }

    std::unique_ptr<test::RemoteWindow> m_remote;
    QTemporaryDir m_state;
};

#define START(...)                                                                                                     \
    if (!start(__VA_ARGS__))                                                                                           \
    QSKIP("the server's program isn't installed")

void tst_RemotePages::changesAPolicyAndTakesItBack()
{
    QFETCH(int, kind);
    START(kind);
    const char *before = "path \"a\" { capabilities = [\"read\"] }";
    write("reader", before);
    m_remote->show();
    open(Page::Policies, text("reader"));
    QTRY_COMPARE(m_remote->find<QPlainTextEdit>("policyText")->toPlainText(), text(before));
    type("path \"b\" { capabilities = [\"list\"] }");
    QTRY_VERIFY(m_remote->find<QPushButton>("savePolicy")->isEnabled());
    QTest::mouseClick(m_remote->find<QPushButton>("savePolicy"), Qt::LeftButton);
    m_remote->settle();
    QCOMPARE(stored("reader"), text("path \"b\" { capabilities = [\"list\"] }"));
    trigger("undo");
    QCOMPARE(stored("reader"), text(before));
    QTRY_COMPARE(m_remote->find<QPlainTextEdit>("policyText")->toPlainText(), text(before));
    QTest::mouseClick(m_remote->find<QPushButton>("deletePolicy"), Qt::LeftButton);
    m_remote->settle();
    QCOMPARE(stored("reader"), text("none"));
    trigger("undo");
    QCOMPARE(stored("reader"), text(before));
}

void tst_RemotePages::asksWhoseTextIsToStay()
{
    START();
    write("reader", "path \"a\" { capabilities = [\"read\"] }");
    m_remote->show();
    open(Page::Policies, text("reader"));
    type("path \"mine\" { capabilities = [\"read\"] }");
    write("reader", "path \"theirs\" { capabilities = [\"read\"] }"); // behind the window's back
    QTRY_VERIFY(m_remote->find<QPushButton>("savePolicy")->isEnabled());
    QTest::mouseClick(m_remote->find<QPushButton>("savePolicy"), Qt::LeftButton);
    m_remote->settle();
    auto *dialog = m_remote->find<QDialog>("conflictDialog");
    QVERIFY(stored("reader").contains(text("theirs")));
    QTest::mouseClick(dialog->findChild<QPushButton *>(text("writeChosen")), Qt::LeftButton);
    m_remote->settle();
    QTRY_VERIFY(stored("reader").contains(text("mine")));
}

void tst_RemotePages::showsWhyNothingMayBeChanged()
{
    START();
    write("reader", "path \"a\" { capabilities = [\"read\"] }");
    m_remote->show(m_remote->tokenWith("path \"identity/*\" { capabilities = [\"read\", \"list\"] }\n"
                                       "path \"sys/policies/*\" { capabilities = [\"read\", \"list\"] }\n"
                                       "path \"sys/auth\" { capabilities = [\"read\"] }"));
    open(Page::Policies, text("reader"));
    auto *editor = m_remote->find<QPlainTextEdit>("policyText");
    QTRY_VERIFY(editor->toPlainText().contains(text("path")));
    QTRY_VERIFY(editor->isReadOnly());
    QVERIFY(editor->toolTip().contains(text("no right")));
    QVERIFY(!m_remote->find<QPushButton>("deletePolicy")->isEnabled());
    QVERIFY(!m_remote->find<QAction>("newPolicy")->isEnabled());
    open(Page::Mounts);
    QVERIFY(!m_remote->find<QAction>("enableMount")->isEnabled());
    QVERIFY(m_remote->find<QAction>("enableMount")->toolTip().contains(text("no right")));
}

void tst_RemotePages::removesAnAliasAndDisablesAMount()
{
    QFETCH(int, kind);
    START(kind);
    auto &server = m_remote->server();
    server.post("sys/auth/git", R"({"type":"userpass"})");
    const core::Response read = server.get("sys/auth/git");
    const std::string accessor(read.data->at("accessor").as_string());
    const std::string ada = m_remote->person("Ada");
    server.post("identity/entity-alias", boost::json::serialize(boost::json::object{
                                             {"name", "octo"}, {"canonical_id", ada}, {"mount_accessor", accessor}}));
    m_remote->show();
    open(Page::Aliases);
    auto *table = m_remote->find<ColumnsTable>("aliasTable");
    QTRY_COMPARE(table->model()->rowCount(), 1);
    table->chooseRow(0);
    QTest::mouseClick(m_remote->find<QPushButton>("removeAliases"), Qt::LeftButton);
    m_remote->settle();
    QTRY_COMPARE(table->model()->rowCount(), 0);
    trigger("undo");
    QTRY_COMPARE(table->model()->rowCount(), 1);
    open(Page::Mounts, QString::fromStdString(accessor));
    m_remote->window().editor().disableMount(text("git"));
    m_remote->settle();
    open(Page::Aliases);
    QTRY_COMPARE(table->model()->index(0, 1).data().toString(), QString()); // its mount is gone
    QTRY_COMPARE(m_remote->find<ColumnsTable>("mountTable")->isVisible(), false);
}

QTEST_MAIN(tst_RemotePages)
#include "tst_RemotePages.moc"
