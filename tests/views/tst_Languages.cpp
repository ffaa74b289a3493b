// SPDX-License-Identifier: Apache-2.0
#include "OfficeWindow.h"
#include "Texts.h"
#include "Walk.h"
#include "connection/Secrets.h"
#include "views/ErrorPage.h"
#include "views/Language.h"
#include "views/LocalCoreGuide.h"
#include "views/Look.h"
#include "views/NewsDialog.h"

#include <QApplication>
#include <QFileDialog>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>

#include <map>

using namespace kith;
using connection::ObjectRef;
using test::text;
using test::Walk;
using views::Page;

namespace {

/// Undoes what a look needs of the whole application.
struct Application {
    ~Application()
    {
        QGuiApplication::setLayoutDirection(Qt::LeftToRight);
        QLocale::setDefault(QLocale::c());
        views::applyColorScheme(*qApp, views::ColorScheme::Light, platform);
    }
    QPalette platform = QApplication::palette();
};

} // namespace

/// Every page and dialog in other languages and directions: all is translated, nothing is cut off, hard to read or
/// blurred, everything has a name. With KITH_PICTURES, a folder, they are drawn into it; with QT_SCALE_FACTOR=2 for a
/// fine screen.
class tst_Languages : public QObject, private test::OfficeWindow
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus"); }
    void init();
    void cleanup() { closeOffice(); }

    void everyTextIsTranslated();
    void nothingIsCutOff_data();
    void nothingIsCutOff();
    void saysWhyACoreCantBeOpened();
    void everythingHasAName();
    void menusHaveEachKeyOnce_data();
    void menusHaveEachKeyOnce();
    void tellsWhatIsNew_data();
    void tellsWhatIsNew();

private:
    void walk(const Walk::Look &look);
    QStringList names();
    connection::Secrets m_secrets;
    QString m_mount; ///< An accessor.
};

void tst_Languages::init()
{
    m_office = std::make_unique<test::Office>();
    m_office->post(
        "sys/policies/acl/base",
        R"json({"policy":"path \"secret/base/{{identity.entity.name}}/*\" {\n  capabilities = [\"read\", \"list\"]\n}\npath \"secret/+/x\" { capabilities = [\"deny\"] }"})json");
    m_office->post("sys/policies/acl/on-call",
                   R"json({"policy":"path \"secret/on-call\" { capabilities = [\"read\"] }"})json");
    m_office->post("sys/auth/userpass", R"({"type":"userpass","description":"userpass"})");
    m_office->post("sys/auth/gone", R"({"type":"approle"})");
    const auto mounts = test::await(m_office->directory().mounts());
    for (const connection::MountRow &mount : *mounts)
        if (mount.path.startsWith(text("userpass")) || mount.path.startsWith(text("gone"))) {
            m_office->post("identity/entity-alias", R"({"name":"ada","canonical_id":")" +
                                                        m_office->uuid(m_office->ada) + R"(","mount_accessor":")" +
                                                        mount.accessor.toStdString() + "\"}");
            if (mount.path.startsWith(text("userpass")))
                m_mount = mount.accessor;
        }
    m_office->remove("sys/auth/gone");
}

/// What the office is made of.
QStringList tst_Languages::names()
{
    QStringList all{text("platform"),
                    text("release"),
                    text("managers"),
                    text("support"),
                    text("auditors"),
                    text("Ada Lovelace"),
                    text("Bence Szabó"),
                    text("Chiara Lombardi"),
                    text("Dao Thi Mai"),
                    text("Erik Lund"),
                    text("base"),
                    text("ship"),
                    text("lead"),
                    text("help"),
                    text("on-call"),
                    text("team"),
                    text("engines"),
                    text("userpass"),
                    text("approle"),
                    text("token"),
                    text("default"),
                    text("root"),
                    text("response-wrapping"),
                    text("secret"),
                    text("identity.entity.name"),
                    text("data/example"),
                    text("list"),
                    text("read"),
                    text("deny"),
                    text("auth_"),
                    m_office->file(),
                    text("ada"),
                    text("gone"),
                    text("Kith"),
                    text("zzqq")};
    const auto mounts = test::await(m_office->directory().mounts());
    for (const connection::MountRow &mount : *mounts)
        all << mount.accessor;
    const auto detail = test::await(m_office->directory().entity(m_office->ada));
    for (const connection::AliasDetail &alias : detail->aliases)
        all << alias.accessor;
    for (EntityId id : {m_office->ada, m_office->bence, m_office->chiara, m_office->dao, m_office->erik})
        all << QString::fromStdString(m_office->uuid(id));
    for (GroupId id :
         {m_office->platform, m_office->release, m_office->managers, m_office->support, m_office->auditors})
        all << QString::fromStdString(m_office->uuid(id));
    return all;
}

void tst_Languages::walk(const Walk::Look &look)
{
    if (!qEnvironmentVariableIsSet("KITH_LONG"))
        QSKIP("half a minute each: with KITH_LONG=1");
    openWindow(m_office->connection());
    (new views::LocalCoreGuide(m_office->connection(), m_secrets, *m_window))->start();
    Walk walk(*m_window, [&](QWidget &shown, const QString &name) {
        if (const QString folder = qEnvironmentVariable("KITH_PICTURES"); !folder.isEmpty()) {
            const char *tag = QTest::currentDataTag();
            shown.grab().save(folder + QLatin1Char('/') + text(tag ? tag : QTest::currentTestFunction()) +
                              QLatin1Char('-') + name + text(".png"));
        }
        look(shown, name);
    });
    const auto ada = ObjectRef::of(m_office->ada);
    const std::vector<Walk::Stop> stops{
        {text("welcome"), {Page::Welcome, {}, {}, {}}},
        {text("entities"), {Page::Entities, {}, {}, {}}},
        {text("entities-ada"), {Page::Entities, {}, ada, {}}},
        {text("entities-two"), {Page::Entities, {}, ada, {}}, {ada, ObjectRef::of(m_office->erik)}},
        {text("groups"), {Page::Groups, m_office->release, ObjectRef::of(m_office->release), {}}},
        {text("groups-chiara"), {Page::Groups, m_office->managers, ObjectRef::of(m_office->chiara), {}}},
        {text("groups-external"), {Page::Groups, m_office->auditors, ObjectRef::of(m_office->auditors), {}}},
        {text("aliases"), {Page::Aliases, {}, {}, {}}},
        {text("policies"), {Page::Policies, {}, {}, text("base")}},
        {text("policies-undefined"), {Page::Policies, {}, {}, text("ship")}},
        {text("mounts"), {Page::Mounts, {}, {}, m_mount}},
    };
    for (const Walk::Stop &stop : stops)
        walk.visit(stop);
    for (const Walk::Stop &stop : stops)
        walk.dialogs(stop);
}

void tst_Languages::everyTextIsTranslated()
{
    const test::PseudoLanguage pseudo;
    QStringList found;
    walk([&](QWidget &shown, const QString &name) {
        const QStringList texts = qobject_cast<QFileDialog *>(&shown)
                                      ? QStringList(shown.windowTitle()) // the rest is Qt's
                                      : test::textsOf(shown);
        for (const QString &missed : test::PseudoLanguage::untranslated(texts, names()))
            if (!found.contains(missed))
                found << missed << QStringLiteral("    on ") + name;
    });
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));

    // And each is found under the name by which the translators know it.
    QTranslator german;
    QVERIFY(german.load(text(":/i18n/kith_de.qm")));
    QVERIFY(pseudo.asked().size() > 300 || !qEnvironmentVariableIsSet("KITH_LONG"));
    for (const auto &key : pseudo.asked()) {
        const auto known = [&](int count) {
            return !german.translate(key.context.constData(), key.source.constData(), key.comment.constData(), count)
                        .isEmpty();
        };
        if (!known(-1) && !known(2))
            found << QString::fromUtf8(key.context + ": " + key.source);
    }
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
}

void tst_Languages::nothingIsCutOff_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("rightToLeft");
    QTest::newRow("longer") << QString() << false << false;
    QTest::newRow("german") << text("de") << false << false;
    QTest::newRow("german-dark") << text("de") << true << false;
    QTest::newRow("right-to-left") << text("en") << false << true;
}

void tst_Languages::nothingIsCutOff()
{
    QFETCH(QString, language);
    QFETCH(bool, dark);
    QFETCH(bool, rightToLeft);
    const Application before;
    std::optional<test::PseudoLanguage> pseudo;
    std::optional<views::Language> spoken;
    if (language.isEmpty()) {
        pseudo.emplace();
    } else {
        QLocale::setDefault(QLocale(language));
        spoken.emplace(QLocale(language));
    }
    views::applyColorScheme(*qApp, dark ? views::ColorScheme::Dark : views::ColorScheme::Light, before.platform);
    if (rightToLeft)
        QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    QStringList found;
    walk([&](QWidget &shown, const QString &name) {
        for (const QString &fault : test::cutOff(shown) + test::unreadable(shown) + test::blurred(shown))
            if (!found.contains(fault))
                found << fault << QStringLiteral("    on ") + name;
    });
    m_window.reset(); // before its language goes
    if (QTest::currentTestFailed())
        return;
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
}

/// What lupdate doesn't find stays English, and no file misses it.
void tst_Languages::saysWhyACoreCantBeOpened()
{
    for (const ErrorCode code : {ErrorCode::NotACore, ErrorCode::NewerVersion, ErrorCode::Damaged, ErrorCode::ReadOnly,
                                 ErrorCode::DiskFull, ErrorCode::WriterTaken, ErrorCode::Internal}) {
        const views::ErrorWords english = views::openErrorWords({code, 500, {}, {}});
        const views::Language german(QLocale(QStringLiteral("de")));
        const views::ErrorWords words = views::openErrorWords({code, 500, {}, {}});
        QVERIFY2(words.headline != english.headline, qPrintable(words.headline));
        QVERIFY2(words.explanation != english.explanation, qPrintable(words.explanation));
    }
}

void tst_Languages::everythingHasAName()
{
    QStringList found;
    walk([&](QWidget &shown, const QString &name) {
        for (const QString &control : test::unnamed(shown))
            if (!found.contains(control))
                found << control << QStringLiteral("    on ") + name;
    });
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
}

void tst_Languages::menusHaveEachKeyOnce_data()
{
    QTest::addColumn<QString>("language");
    for (const QString &language : views::Language::all())
        QTest::newRow(qPrintable(language)) << language;
}

void tst_Languages::menusHaveEachKeyOnce()
{
    QFETCH(QString, language);
    const views::Language spoken{QLocale(language)};
    openWindow(m_office->connection());
    const auto check = [](const QList<QAction *> &actions) {
        std::map<QChar, QString> used;
        for (const QAction *action : actions) {
            const qsizetype mark = action->text().indexOf(QLatin1Char('&'));
            if (mark < 0 || action->isSeparator())
                continue;
            const QString other = std::exchange(used[action->text().at(mark + 1).toLower()], action->text());
            QVERIFY2(other.isEmpty(), qPrintable(other + QStringLiteral(" / ") + action->text()));
        }
    };
    check(m_window->menuBar()->actions());
    for (const QAction *menu : m_window->menuBar()->actions())
        check(menu->menu()->actions());
    m_window.reset();
}

void tst_Languages::tellsWhatIsNew_data()
{
    menusHaveEachKeyOnce_data();
}

/// This version is written about, in each language.
void tst_Languages::tellsWhatIsNew()
{
    QFETCH(QString, language);
    const QString news = views::NewsDialog::news(QLocale(language));
    QVERIFY2(news.startsWith(text("# Kith " KITH_VERSION "\n")), qPrintable(news.left(60)));
    QCOMPARE(news.contains(text("Die erste Version")), language == text("de"));
    QCOMPARE(news.count(text("\n- ")), views::NewsDialog::news(QLocale::c()).count(text("\n- ")));
    QVERIFY(views::NewsDialog::news(QLocale(text("fi"))).contains(text("The first version")));
}

QTEST_MAIN(tst_Languages)
#include "tst_Languages.moc"
