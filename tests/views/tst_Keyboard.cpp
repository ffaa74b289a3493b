// SPDX-License-Identifier: Apache-2.0
#include "CoreWindow.h"
#include "views/CardView.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QTextCursor>

using namespace kith;
using test::text;
using views::Page;

namespace {

/// Fails the test when a mouse is used.
class NoMouse : public QObject
{
public:
    bool used = false;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        switch (event->type()) {
        case QEvent::MouseButtonPress:
        case QEvent::MouseButtonRelease:
        case QEvent::MouseButtonDblClick:
        case QEvent::Wheel:
        case QEvent::DragEnter:
        case QEvent::Drop:
            used = true;
            break;
        default:
            break;
        }
        return QObject::eventFilter(watched, event);
    }
};

} // namespace

/// The whole story of the program with keys alone, each of which goes where a real one would: to what has the focus.
class tst_Keyboard : public QObject, private test::CoreWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void tellsTheWholeStory();
    void importsADocumentOfOnesOwn();
    void worksOnGroups();
    void comesRoundOnEveryPage();

private:
    static void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {});
    static void type(const char *what);
    static void tabTo(const char *name);
    void importSample();
    void backInWindow();
    QString title() { return find<QLabel>("inspectorTitle")->accessibleName(); }

    NoMouse m_noMouse;
};

void tst_Keyboard::init()
{
    m_core = std::make_unique<test::WindowCore>();
    openWindow();
    qApp->installEventFilter(&m_noMouse);
}

void tst_Keyboard::cleanup()
{
    qApp->removeEventFilter(&m_noMouse);
    closeAll();
    QVERIFY(!m_noMouse.used);
}

void tst_Keyboard::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QVERIFY2(QTest::qWaitFor([] { return QApplication::focusWidget() != nullptr; }), "nothing has the focus");
    QTest::keyClick(QApplication::focusWidget(), key, modifiers);
}

void tst_Keyboard::type(const char *what)
{
    QVERIFY2(QTest::qWaitFor([] { return qobject_cast<QLineEdit *>(QApplication::focusWidget()) != nullptr; }),
             "no field has the focus");
    QTest::keyClicks(QApplication::focusWidget(), text(what));
}

void tst_Keyboard::tabTo(const char *name)
{
    for (int times = 0; times < 200; ++times) {
        if (QApplication::focusWidget() && QApplication::focusWidget()->objectName() == text(name))
            return;
        press(Qt::Key_Tab);
    }
    const QWidget *focus = QApplication::focusWidget();
    QFAIL(qPrintable(text(name) + text(" isn't reached from ") + (focus ? focus->objectName() : QString())));
}

void tst_Keyboard::importSample()
{
    QTRY_COMPARE(m_window->navigator().place().page, Page::Welcome);
    tabTo("sampleButton");
    press(Qt::Key_Space);
    auto *apply = find<QPushButton>("applyImport");
    QTRY_VERIFY(apply->isEnabled()); // what it would do is shown
    press(Qt::Key_Return);
    QTRY_VERIFY2(message().contains(text("Imported")), qPrintable(message()));
    QTRY_COMPARE(m_window->navigator().place().page, Page::Groups);
    backInWindow();
}

/// A window manager brings the window back whose dialog has gone; here is none.
void tst_Keyboard::backInWindow()
{
    QTRY_VERIFY(!QApplication::activeModalWidget());
    if (!QApplication::activeWindow())
        m_window->activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), m_window.get());
    settle();
    QVERIFY2(QTest::qWaitFor([] { return QApplication::focusWidget() != nullptr; }), "nothing has the focus");
}

void tst_Keyboard::tellsTheWholeStory()
{
    importSample();

    // One person among all of them.
    press(Qt::Key_K, Qt::ControlModifier);
    type("aino m");
    auto *hits = find<QAbstractItemView>("searchHits");
    QTRY_VERIFY(hits->isVisible() && hits->model()->rowCount() > 0);
    press(Qt::Key_Return);
    QTRY_COMPARE(title(), text("Aino Mäkelä"));
    settle();

    // What a group would give is said before.
    const QString before = m_window->editor().undoText();
    press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(QApplication::focusWidget() && QApplication::focusWidget()->objectName() == text("groupPicker"));
    type("kubernetes");
    QTRY_VERIFY(find<QPushButton>("changeGo")->isEnabled());
    QTRY_VERIFY(find<QLabel>("changePreview")->text().contains(text("kubernetes-admin")));
    settle();
    QCOMPARE(m_window->editor().undoText(), before); // it is only said
    press(Qt::Key_Return);
    QTRY_COMPARE(message(), text("Added Aino Mäkelä to kubernetes"));
    backInWindow();

    // The inspector says why, and its links lead there.
    auto *cards = find<views::CardView>("policyCards");
    QTRY_VERIFY(cards->toPlainText().contains(text("kubernetes-admin")));
    tabTo("policyFilter");
    type("kubernetes-admin");
    QTRY_VERIFY(!cards->toPlainText().contains(text("noticeboard-read")));
    // The policy, and the way in which they have it.
    QTRY_VERIFY2(cards->toPlainText().split(QLatin1Char('\n')).filter(text("kubernetes")).size() >= 2,
                 qPrintable(cards->toPlainText()));
    press(Qt::Key_Tab);
    tabTo("policyCards");
    while (cards->textCursor().selectedText() != text("kubernetes") && QApplication::focusWidget() == cards)
        press(Qt::Key_Tab); // from link to link
    QCOMPARE(QApplication::focusWidget(), cards);
    press(Qt::Key_Return);
    QTRY_COMPARE(m_window->navigator().place().page, Page::Groups);
    QTRY_COMPARE(title(), text("kubernetes"));
    settle();
    press(Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE(title(), text("Aino Mäkelä"));
    settle();

    press(Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY2(message().contains(text("Taken back")), qPrintable(message()));
    QTRY_VERIFY(cards->toPlainText().contains(text("No policy and no group on the way matches")));
    settle();
    press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(message(), text("Added Aino Mäkelä to kubernetes"));
}

/// The welcome page's way to a file, which is named by its path.
void tst_Keyboard::importsADocumentOfOnesOwn()
{
    QTRY_COMPARE(m_window->navigator().place().page, Page::Welcome);
    tabTo("importButton");
    press(Qt::Key_Space);
    QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()) &&
                QApplication::activeModalWidget()->inherits("QFileDialog"));
    type(KITH_SOURCE_DIR "/resources/sample.json");
    press(Qt::Key_Return);
    QTRY_VERIFY(m_window->findChild<QPushButton *>(text("applyImport")));
    auto *apply = find<QPushButton>("applyImport");
    QTRY_VERIFY(apply->isEnabled());
    if (!QApplication::activeWindow()) // no window manager does it here
        apply->window()->activateWindow();
    QVERIFY(!find<views::CardView>("importCards")->toPlainText().isEmpty());
    QTRY_COMPARE(QApplication::focusWidget(), apply);
    press(Qt::Key_Return);
    QTRY_VERIFY2(message().contains(text("Imported")), qPrintable(message()));
    backInWindow();
}

void tst_Keyboard::worksOnGroups()
{
    importSample();

    // A group of its own, by the menu's keys.
    press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(QApplication::activeWindow() != m_window.get());
    type("night watch");
    press(Qt::Key_Return);
    QTRY_VERIFY2(message().contains(text("night watch")), qPrintable(message()));
    backInWindow();

    // People are chosen in the table and put into it.
    press(Qt::Key_1, Qt::ControlModifier);
    settle();
    press(Qt::Key_F, Qt::ControlModifier);
    type("aino m");
    auto *table = find<QAbstractItemView>("entityTable");
    QTRY_COMPARE(table->model()->rowCount(), 1);
    settle();
    tabTo("entityTable");
    press(Qt::Key_A, Qt::ControlModifier);
    settle();
    press(Qt::Key_C, Qt::ControlModifier);
    QTRY_VERIFY2(message().startsWith(text("Copied")), qPrintable(message()));
    press(Qt::Key_K, Qt::ControlModifier);
    type("night watch");
    auto *hits = find<QAbstractItemView>("searchHits");
    QTRY_VERIFY(hits->isVisible() && hits->model()->rowCount() > 0);
    press(Qt::Key_Return);
    QTRY_COMPARE(title(), text("night watch"));
    settle();
    press(Qt::Key_V, Qt::ControlModifier);
    QTRY_COMPARE(message(), text("Added Aino Mäkelä to night watch"));
    settle();

    // Out again, in the list of members.
    tabTo("memberTable");
    press(Qt::Key_A, Qt::ControlModifier);
    settle();
    press(Qt::Key_Delete);
    QTRY_COMPARE(message(), text("Removed Aino Mäkelä from night watch"));
    settle();
    press(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(find<QAbstractItemView>("memberTable")->model()->rowCount(), 1);
}

void tst_Keyboard::comesRoundOnEveryPage()
{
    importSample();
    for (const Qt::Key page : {Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4, Qt::Key_5}) {
        press(page, Qt::ControlModifier);
        settle();
        tabTo("navigation"); // nothing keeps the focus to itself
        tabTo("searchField");
    }
}

QTEST_MAIN(tst_Keyboard)
#include "tst_Keyboard.moc"
