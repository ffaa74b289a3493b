// SPDX-License-Identifier: Apache-2.0
#include "Office.h"
#include "views/CloseGuard.h"
#include "views/Editor.h"
#include "views/PeopleEdit.h"
#include "views/ValueEdit.h"

#include <QDialog>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using namespace kith;
using connection::ObjectRef;
using views::Editor;

static QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

/// What is offered for one step of the history, and taken up after another.
class tst_EditorSteps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void takesBackJustTheStepThatWasMeant();
    void writesNothingOverALaterStep();
    void triesAgainOnce();
    void forgetsTheConflictOfBefore();
    void changesNobodyWhenAllWereTaken();
    void followsPeopleToTheirNewIds();
    void closesBesideAnOpenDialog();

private:
    bool succeeds(Editor::Outcome outcome);
    void undo();
    void redo();
    void settle()
    {
        QVERIFY(QTest::qWaitFor([this] { return !m_editor->isBusy(); }));
    }

    std::unique_ptr<test::Office> m_office;
    std::unique_ptr<Editor> m_editor;
    std::unique_ptr<QSignalSpy> m_failed;
};

void tst_EditorSteps::init()
{
    m_office = std::make_unique<test::Office>();
    m_editor = std::make_unique<Editor>(m_office->connection());
    m_failed = std::make_unique<QSignalSpy>(m_editor.get(), &Editor::failed);
}

void tst_EditorSteps::cleanup()
{
    m_failed.reset();
    m_editor.reset();
    m_office.reset();
}

bool tst_EditorSteps::succeeds(Editor::Outcome outcome)
{
    return QTest::qWaitFor([&] { return outcome.isFinished(); }) && outcome.result();
}

void tst_EditorSteps::undo()
{
    m_editor->undo();
    settle();
}

void tst_EditorSteps::redo()
{
    m_editor->redo();
    settle();
}

/// The list of keys tells nothing of what was waited for.
void tst_EditorSteps::closesBesideAnOpenDialog()
{
    QGuiApplication::setQuitOnLastWindowClosed(false);
    QWidget window;
    QDialog beside(&window);
    window.show();
    beside.show();
    views::CloseGuard guard(window, *m_editor, [] { return false; });
    m_editor->rename(ObjectRef::of(m_office->ada), text("Ada Lovelace"), text("Ada"));
    QVERIFY(m_editor->isBusy());
    QVERIFY(!guard.mayClose());
    QTRY_VERIFY(!window.isVisible());
    QCOMPARE(m_office->name(m_office->ada), text("Ada"));
}

/// Row ids of long ago may be somebody else's.
void tst_EditorSteps::changesNobodyWhenAllWereTaken()
{
    using Direction = views::Edit::Direction;
    views::PeopleChange change;
    change.addPolicies = QStringList(text("lead"));
    views::PeopleEdit edit({m_office->bence}, change);
    QObject context;
    const auto parts = [&](Direction direction) {
        std::optional<views::Edit::Parts> given;
        edit.prepare(m_office->connection(), &context, direction, [&](views::Edit::Parts some) { given = some; });
        const bool came = QTest::qWaitFor([&] { return given.has_value(); });
        return came && *given ? static_cast<int>((*given)->size()) : -1;
    };
    QCOMPARE(parts(Direction::Forth), 1);
    QVERIFY(edit.take(edit.units(Direction::Forth)));
    QCOMPARE(parts(Direction::Back), 0);
    QCOMPARE(parts(Direction::Forth), 0);
}

/// Who was deleted and came back under another id is found by that one, also when a part was taken out before.
void tst_EditorSteps::followsPeopleToTheirNewIds()
{
    using Direction = views::Edit::Direction;
    views::PeopleChange change;
    change.disabled = true;
    views::PeopleEdit edit({m_office->bence, m_office->dao}, change);
    QObject context;
    const auto prepared = [&](views::Edit &which, Direction direction) {
        bool given = false;
        which.prepare(m_office->connection(), &context, direction, [&](const views::Edit::Parts &) { given = true; });
        return QTest::qWaitFor([&] { return given; });
    };
    QVERIFY(prepared(edit, Direction::Forth));
    const auto ids = std::make_shared<views::Edit::NewIds>();
    for (const EntityId id : {m_office->bence, m_office->dao})
        ids->emplace(QString::fromStdString(m_office->uuid(id)), text("new-") + m_office->name(id));
    edit.follow(ids);
    const auto taken = edit.take({1});
    for (const auto &[which, name] : {std::pair<views::Edit *, const char *>(&edit, "new-Bence Szabó"),
                                      std::pair<views::Edit *, const char *>(taken.get(), "new-Dao Thi Mai")}) {
        QVERIFY(prepared(*which, Direction::Back));
        const std::string parts = boost::json::serialize(which->partsOf(Direction::Back, {0}));
        QVERIFY2(parts.find(name) != std::string::npos, parts.c_str());
    }
}

/// "Undo" in a message is about what it tells of.
void tst_EditorSteps::takesBackJustTheStepThatWasMeant()
{
    QVERIFY(succeeds(m_editor->rename(ObjectRef::of(m_office->ada), text("Ada Lovelace"), text("Ada"))));
    const Editor::StepRef first = m_editor->lastStep();
    m_editor->rename(ObjectRef::of(m_office->dao), text("Dao Thi Mai"), text("Dao"));
    m_editor->undoStep(first); // while that is under way
    settle();
    QCOMPARE(m_office->name(m_office->ada), text("Ada"));
    QCOMPARE(m_office->name(m_office->dao), text("Dao"));
    QCOMPARE(m_failed->last().front().toString(),
             QString::fromUtf8("“Rename Dao Thi Mai to Dao” was done after it: take that back first."));
    m_editor->forgetStep(first);
    settle();
    QCOMPARE(m_failed->size(), 2);
    undo();
    m_editor->undoStep(first);
    settle();
    QCOMPARE(m_office->name(m_office->ada), text("Ada Lovelace"));
    m_editor->undoStep(first); // a second click
    settle();
    QCOMPARE(m_failed->size(), 3);
    QVERIFY(m_editor->canRedo());
}

/// "Do it anyway", said of a step that was to be taken back, when another has been done since.
void tst_EditorSteps::writesNothingOverALaterStep()
{
    QVERIFY(succeeds(m_editor->rename(ObjectRef::of(m_office->ada), text("Ada Lovelace"), text("Ada"))));
    m_office->rename(m_office->ada, "Countess");
    views::Conflict met;
    connect(m_editor.get(), &Editor::conflict, this, [&](const views::Conflict &conflict) { met = conflict; });
    undo();
    QVERIFY(met.anyway);
    QVERIFY(succeeds(m_editor->rename(ObjectRef::of(m_office->dao), text("Dao Thi Mai"), text("Dao"))));
    met.anyway();
    settle();
    met.leave();
    settle();
    QCOMPARE(m_failed->size(), 2);
    QCOMPARE(m_office->name(m_office->ada), text("Countess"));
    QCOMPARE(m_editor->undoText(), text("Rename Dao Thi Mai to Dao"));
    undo();
    QCOMPARE(m_office->name(m_office->dao), text("Dao Thi Mai"));
    QCOMPARE(m_editor->undoText(), text("Rename Ada Lovelace to Ada"));
    met.anyway(); // now it stands where it stood
    settle();
    QCOMPARE(m_office->name(m_office->ada), text("Ada Lovelace"));
}

void tst_EditorSteps::triesAgainOnce()
{
    std::function<void()> retry;
    connect(m_editor.get(), &Editor::partlyDone, this, [&](const views::PartlyDone &done) { retry = done.retry; });
    const EntityId fatima = m_office->entity("Fatima");
    const std::string uuid = m_office->uuid(fatima);
    QVERIFY(succeeds(m_editor->setEnabled({m_office->ada, fatima}, Editor::Enabled::No)));
    undo();
    m_office->remove(fatima);
    redo();
    QVERIFY(retry);
    m_office->post("kith/restore", R"({"entity":{"id":")" + uuid + R"(","name":"Fatima"}})");
    retry();
    retry(); // from the list and from the message bar
    settle();
    QCOMPARE(m_editor->undoText(), text("Disable Fatima"));
    undo();
    QCOMPARE(m_editor->undoText(), text("Disable Ada Lovelace"));
}

/// What somebody wrote is shown for the conflict that they made, and for no later one.
void tst_EditorSteps::forgetsTheConflictOfBefore()
{
    const ObjectRef ada = ObjectRef::of(m_office->ada);
    views::ValueEdit edit(ada, text("Ada Lovelace"), text("Ada"));
    const auto prepare = [&] {
        bool wrong = false;
        bool ready = false;
        edit.prepare(m_office->connection(), this, views::Edit::Direction::Forth, [&](views::Edit::Parts parts) {
            wrong = !parts;
            ready = true;
        });
        return QTest::qWaitFor([&] { return ready; }) && wrong;
    };
    m_office->rename(m_office->ada, "Countess");
    QVERIFY(prepare());
    QCOMPARE(edit.conflictFields().size(), 1U);
    m_office->rename(m_office->ada, "Ada Lovelace");
    QVERIFY(!prepare());
    QCOMPARE(edit.conflictFields().size(), 0U);
}

QTEST_MAIN(tst_EditorSteps)
#include "tst_EditorSteps.moc"
