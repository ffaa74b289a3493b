// SPDX-License-Identifier: Apache-2.0
#include "Office.h"
#include "connection/Profiles.h"
#include "connection/Secrets.h"
#include "views/CardView.h"
#include "views/Conflict.h"
#include "views/ConflictDialog.h"
#include "views/ConnectionsDialog.h"
#include "views/ElidedLabel.h"
#include "views/Failures.h"
#include "views/FailuresDialog.h"
#include "views/ImportDialog.h"
#include "views/Look.h"
#include "views/ProfileDialog.h"
#include "views/SignInDialog.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTabWidget>
#include <QTest>
#include <QTreeWidget>

using namespace kith;
using connection::Profile;

/// Dialogs with long and awkward texts, in both schemes and with a large font: nothing is cut off. With KITH_PICTURES,
/// a folder, they are drawn into it.
class tst_Dialogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { views::applyColorScheme(*qApp, views::ColorScheme::Light, m_platform); }
    void haveRoomForTheirTexts_data();
    void haveRoomForTheirTexts();

private:
    QDialog *make(const QString &which);
    void look(QDialog &dialog, const QString &name);
    static bool fits(const QWidget &widget);

    QPalette m_platform;
    QTemporaryDir m_folder;
    std::unique_ptr<test::Office> m_office;
    std::unique_ptr<connection::Profiles> m_profiles;
    connection::Secrets m_secrets;
};

static QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

void tst_Dialogs::initTestCase()
{
    qputenv("XDG_STATE_HOME", m_folder.path().toUtf8());
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    m_platform = QApplication::palette();
    m_office = std::make_unique<test::Office>();
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
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("points");
    for (const char *which : {"conflict", "conflict-one", "failures", "profile", "sign-in", "connections", "import"})
        for (const bool dark : {false, true})
            for (const int points : {0, 15})
                QTest::addRow("%s%s%s", which, dark ? "-dark" : "", points ? "-large" : "")
                    << QString::fromLatin1(which) << dark << points;
}

QDialog *tst_Dialogs::make(const QString &which)
{
    if (which.startsWith(QLatin1String("conflict"))) {
        views::Conflict met;
        met.text = text("Somebody else changed the metadata of Ádám Szilágyi-Kőszeghy meanwhile.");
        const QString longer = text("a value that goes on and on, since somebody wrote a whole sentence into it, and "
                                    "then another one");
        met.fields = {{text("cost-centre"), text("cost-centre"), text("4711"), text("4712"), text("4713")}};
        if (which == QLatin1String("conflict")) {
            met.fields.push_back({text("description"), text("description"), text("short"), longer, text("short")});
            met.fields.push_back({text("kubernetes.io/organisation"),
                                  text("kubernetes.io/organisation"),
                                  {},
                                  text("kubernetes-sigs"),
                                  {}});
            met.fields.push_back({text("team"), text("team"), text("engines"), {}, text("mills")});
        }
        return new views::ConflictDialog(std::move(met));
    }
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
    const Profile &profile = m_profiles->all().front();
    if (which == QLatin1String("profile"))
        return new views::ProfileDialog(*m_profiles, profile);
    if (which == QLatin1String("sign-in"))
        return new views::SignInDialog(*m_profiles, m_secrets, profile, views::SignInDialog::Start::ByPerson,
                                       text("Locked, since nobody was there."), [](auto) {});
    if (which == QLatin1String("connections"))
        return new views::ConnectionsDialog(*m_profiles, m_secrets);
    return new views::ImportDialog(m_office->connection(), QStringLiteral(KITH_SOURCE_DIR "/resources/sample.json"));
}

/// What it asks for is there, and nothing of it lies outside.
bool tst_Dialogs::fits(const QWidget &widget)
{
    if (!widget.isVisible())
        return true;
    if (const auto *label = qobject_cast<const QLabel *>(&widget)) {
        if (label->text().isEmpty() || label->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored)
            return true;
        if (label->wordWrap()) {
            int longest = 0;
            for (const QString &word : label->text().split(QRegularExpression(QStringLiteral("\\s"))))
                longest = std::max(longest, label->fontMetrics().horizontalAdvance(word));
            return longest <= label->width() && label->heightForWidth(label->width()) <= label->height() + 1;
        }
        return qobject_cast<const views::ElidedLabel *>(label) || label->sizeHint().width() <= label->width() + 1;
    }
    if (qobject_cast<const QPushButton *>(&widget) || qobject_cast<const QCheckBox *>(&widget) ||
        qobject_cast<const QComboBox *>(&widget))
        return widget.sizeHint().height() <= widget.height() + 1 &&
               widget.minimumSizeHint().width() <= widget.width() + 1;
    if (const auto *tree = qobject_cast<const QTreeWidget *>(&widget))
        return !tree->horizontalScrollBar()->isVisible();
    return true;
}

void tst_Dialogs::look(QDialog &dialog, const QString &name)
{
    QTest::qWait(50);
    for (const QWidget *widget : dialog.findChildren<QWidget *>()) {
        if (fits(*widget))
            continue;
        const auto *label = qobject_cast<const QLabel *>(widget);
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        qWarning("%s: %s has %dx%d and wants %dx%d", widget->metaObject()->className(),
                 qPrintable(label    ? label->text()
                            : button ? button->text()
                                     : widget->objectName()),
                 widget->width(), widget->height(), widget->sizeHint().width(), widget->sizeHint().height());
        QTest::qFail("a text is cut off", __FILE__, __LINE__);
    }
    if (const QString folder = qEnvironmentVariable("KITH_PICTURES"); !folder.isEmpty())
        QVERIFY(dialog.grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
}

void tst_Dialogs::haveRoomForTheirTexts()
{
    QFETCH(QString, which);
    QFETCH(bool, dark);
    QFETCH(int, points);
    views::applyColorScheme(*qApp, dark ? views::ColorScheme::Dark : views::ColorScheme::Light, m_platform);
    const QFont before = QApplication::font();
    QFont font = before;
    if (points > 0)
        font.setPointSize(points);
    QApplication::setFont(font);
    std::unique_ptr<QDialog> dialog(make(which));
    dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    dialog->show();
    QVERIFY(QTest::qWaitForWindowExposed(dialog.get()));
    if (auto *cards = dialog->findChild<views::CardView *>())
        QTRY_VERIFY(!cards->cards().empty());
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    if (auto *tabs = dialog->findChild<QTabWidget *>(); tabs && which == QLatin1String("profile")) {
        for (int i = 0; i < tabs->count(); ++i) {
            tabs->setCurrentIndex(i);
            look(*dialog, name + QString::number(i + 1));
        }
    } else {
        look(*dialog, name);
    }
    dialog.reset();
    QApplication::setFont(before);
}

QTEST_MAIN(tst_Dialogs)
#include "tst_Dialogs.moc"
