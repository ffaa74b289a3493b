// SPDX-License-Identifier: Apache-2.0
#include "Gallery.h"
#include "HeldExport.h"
#include "OfficeWindow.h"
#include "connection/Secrets.h"
#include "support/Processes.h"
#include "views/AddToGroupDialog.h"
#include "views/LocalCoreGuide.h"
#include "views/PassphraseDialog.h"
#include "views/ShareDialog.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>

#include <future>
#include <thread>

using namespace kith;
using connection::ObjectRef;
using test::text;
using views::Page;

namespace {

/// Another who writes to the core, until it is let go: at the latest with this object, also when a test fails.
class HeldWrite
{
public:
    explicit HeldWrite(core::Core &core)
        : m_writer([this, &core] {
            (void)core.store().write([this](store::WriteSession &) -> Result<void> {
                m_begun.set_value();
                m_end.get_future().wait();
                return {};
            });
        })
    {
        m_begun.get_future().wait();
    }
    ~HeldWrite() { let(); }
    HeldWrite(const HeldWrite &) = delete;
    HeldWrite &operator=(const HeldWrite &) = delete;

    void let()
    {
        if (!m_writer.joinable())
            return;
        m_end.set_value();
        m_writer.join();
    }

private:
    std::promise<void> m_begun;
    std::promise<void> m_end;
    std::thread m_writer;
};

} // namespace

/// What a window shows seldom looks as good as the rest: in both schemes, with a large font, in other languages and
/// directions nothing is cut off, nameless, hard to read or blurred. With KITH_PICTURES, a folder, it is drawn into it.
class tst_RareStates : public QObject, private test::OfficeWindow
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void nothingIsChosen_data() { test::Gallery::addVariants(); }
    void nothingIsChosen();
    void somethingIsLookedFor_data() { test::Gallery::addVariants(); }
    void somethingIsLookedFor();
    void theCoreIsShared_data() { test::Gallery::addVariants(); }
    void theCoreIsShared();
    void theWindowIsBusy_data() { test::Gallery::addVariants(); }
    void theWindowIsBusy();
    void pagesCantBeRead_data() { test::Gallery::addVariants(); }
    void pagesCantBeRead();

private:
    void look(const char *name) { m_gallery->look(*m_window, text(name)); }
    void unlock();

    connection::Secrets m_secrets;
    std::optional<test::Setting> m_setting;
    std::optional<test::Gallery> m_gallery;
};

void tst_RareStates::initTestCase()
{
    if (!test::Gallery::isWanted())
        QSKIP("ten seconds each: with KITH_LONG=1");
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
}

void tst_RareStates::init()
{
    QFETCH(int, variant);
    m_setting.emplace(test::Variants.at(static_cast<std::size_t>(variant)));
    m_gallery.emplace();
    openOffice();
}

void tst_RareStates::cleanup()
{
    closeOffice(); // before its language goes
    m_setting.reset();
    if (!QTest::currentTestFailed())
        QVERIFY2(m_gallery->found().isEmpty(), qPrintable(m_gallery->found().join(QLatin1Char('\n'))));
}

void tst_RareStates::nothingIsChosen()
{
    m_office->post("sys/policies/acl/idle", R"({"policy":"path \"a\" { capabilities = [\"read\"] }"})");
    m_office->post("sys/auth/company-directory-of-the-headquarters-and-all-of-its-branches-abroad",
                   R"({"type":"ldap"})");
    for (const Page page : {Page::Policies, Page::Mounts, Page::Groups}) {
        m_window->navigator().showPage(page);
        settle();
        m_gallery->look(*m_window, views::pageName(page));
    }
    m_window->navigator().showPage(Page::Aliases);
    settle();
    auto *mounts = find<QComboBox>("aliasMounts");
    QTRY_VERIFY(mounts->count() > 1);
    mounts->showPopup();
    m_gallery->look(*mounts->view()->window(), text("mounts-to-choose"));
    mounts->hidePopup();
    mounts->setCurrentIndex(mounts->count() - 1);
    look("aliases-of-a-long-mount");
}

void tst_RareStates::somethingIsLookedFor()
{
    m_window->navigator().open(ObjectRef::of(m_office->ada));
    settle();
    for (const char *name : {"addToGroup", "merge"}) {
        trigger(name);
        QDialog *dialog = nullptr;
        QTRY_VERIFY((dialog = m_window->findChild<QDialog *>()) && dialog->isVisible());
        auto *field = dialog->findChild<QLineEdit *>();
        auto *preview = dialog->findChild<QLabel *>(text("changePreview"));
        const QString hint = preview ? preview->text() : QString();
        QTest::keyClicks(field, text("r"));
        auto *hits = dialog->findChild<QAbstractItemView *>();
        QTRY_VERIFY(hits->model()->rowCount() > 0);
        const QString none = views::AddToGroupDialog::tr("No group is called so.");
        QTRY_VERIFY(!preview || (preview->text() != hint && !preview->text().contains(none)));
        m_gallery->look(*dialog, text("hits-") + text(name));
        field->clear();
        QTest::keyClicks(field, text("zzqq"));
        QTRY_COMPARE(hits->model()->rowCount(), 0);
        m_gallery->look(*dialog, text("no-hits-") + text(name));
        delete dialog;
    }
}

void tst_RareStates::unlock()
{
    trigger("unlock");
    for (const char *field : {"passphraseField", "passphraseAgainField"})
        find<QLineEdit>(field)->setText(text("correct horse"));
    find<QPushButton>("usePassphraseButton")->click();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->findChild<views::PassphraseDialog *>(), 20'000);
}

void tst_RareStates::theCoreIsShared()
{
    auto *guide = new views::LocalCoreGuide(m_office->connection(), m_secrets, *m_window);
    guide->start();
    QTRY_VERIFY_WITH_TIMEOUT(guide->key().state() != connection::CoreKey::State::Looking, 20'000);
    trigger("share");
    auto *dialog = m_window->findChild<views::ShareDialog *>();
    QVERIFY(dialog);
    find<QSpinBox>("portField")->setValue(test::freePort());
    find<QPushButton>("shareButton")->click();
    QTRY_VERIFY(!find<QLineEdit>("addressField")->text().isEmpty());
    m_gallery->look(*dialog, text("locked"));
    unlock();
    auto *make = find<QPushButton>("makeTokenButton");
    QTRY_VERIFY(make->isVisible() && make->isEnabled());
    m_gallery->look(*dialog, text("open"));
    make->click();
    QTRY_VERIFY(!find<QLineEdit>("tokenField")->text().isEmpty());
    m_gallery->look(*dialog, text("token"));
    make->click();
    m_gallery->look(*dialog, text("copied"));
    look("window");
    find<QPushButton>("shareButton")->click();
    QTRY_VERIFY(find<QLineEdit>("addressField")->text().isEmpty());
}

/// On closing.
void tst_RareStates::theWindowIsBusy()
{
    const auto question = [this] { return m_window->findChild<QMessageBox *>(text("busyQuestion")); };
    test::HeldExport exported(*m_window);
    m_window->close();
    QTRY_VERIFY(question() && question()->isVisible());
    m_gallery->look(*question(), text("export"));
    question()->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY(!question());

    HeldWrite other(m_office->connection().core());
    auto *state = find<QLabel>("messageState");
    const QString saved = state->text();
    m_window->editor().setEnabled({m_office->ada}, views::Editor::Enabled::No);
    m_window->close();
    QTRY_VERIFY(question() && question()->isVisible());
    m_gallery->look(*question(), text("both"));
    exported.let();
    question()->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY(!question());
    m_window->close();
    QTRY_VERIFY(question() && question()->isVisible());
    m_gallery->look(*question(), text("changes"));
    QTRY_VERIFY(state->text() != saved); // it is said in the window, too
    look("window");
    other.let();
    QTRY_VERIFY(!m_window->isVisible()); // by itself
}

void tst_RareStates::pagesCantBeRead()
{
    const auto written = m_office->connection().core().store().write([](store::WriteSession &session) -> Result<void> {
        for (const char *table : {"mount", "acl_policy", "entity_alias", "identity_group"})
            session.database().exec(std::string("ALTER TABLE ") + table + " RENAME TO lost_" + table);
        return {};
    });
    QVERIFY(written);
    m_window = std::make_unique<views::MainWindow>(m_office->connection());
    m_window->resize(1280, 800);
    m_window->show();
    for (const auto &[page, message] :
         {std::pair{Page::Groups, "groupTreeEmpty"}, std::pair{Page::Aliases, "aliasTableEmpty"},
          std::pair{Page::Policies, "policyTableEmpty"}, std::pair{Page::Mounts, "mountTableEmpty"}}) {
        m_window->navigator().showPage(page);
        auto *empty = find<QWidget>(message);
        QTRY_VERIFY(empty->isVisible());
        m_gallery->look(*m_window, views::pageName(page));
    }
}

QTEST_MAIN(tst_RareStates)
#include "tst_RareStates.moc"
