// SPDX-License-Identifier: Apache-2.0
#include "Office.h"
#include "views/Editor.h"
#include "views/ErrorText.h"

#include <QSignalSpy>
#include <QTest>

using namespace kith;
using connection::Metadata;
using connection::ObjectRef;
using test::await;
using views::Editor;
using Names = std::set<QString>;

static QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

static Names names(std::initializer_list<const char *> list)
{
    Names result;
    for (const char *name : list)
        result.insert(text(name));
    return result;
}

class tst_Editor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void renamesAndTakesItBack();
    void noticesThatSomebodyElseRenamedIt();
    void replacesMetadataAndPolicies();
    void disablesOnlyThoseThatAreEnabled();
    void createsAndBringsBackTheSameId();
    void showsNobodyInTheMiddleOfAnotherChange();
    void refusesANameThatIsTaken();
    void deletesManyAndBringsThemBack();
    void takesBackOnlyWhatItAdded();
    void movesAndTakesItBack();
    void movesAGroup();
    void removesFromAGroup();
    void saysWhyAMembershipIsRefused();
    void addsAndRemovesAliases();
    void changesAnAliasAndTakesItBack();
    void noticesThatSomebodyElseChangedTheAlias();
    void changesTheAliasOfAGroup();
    void takesBackAnImport();
    void asksBeforeItTakesBackWhatWasChanged();
    void keepsTheStepThatCantBeTakenBack();
    void takesBackOneStepAfterTheOther();
    void followsARowThatCameBackElsewhere();

private:
    bool succeeds(Editor::Outcome outcome);
    void undo();
    void redo();
    void settle();
    void import(const char *document);
    QString accessorOf(const char *type);

    std::unique_ptr<test::Office> m_office;
    std::unique_ptr<Editor> m_editor;
    std::unique_ptr<QSignalSpy> m_done, m_failed, m_undoFailed;
};

void tst_Editor::init()
{
    m_office = std::make_unique<test::Office>();
    m_editor = std::make_unique<Editor>(m_office->connection());
    m_done = std::make_unique<QSignalSpy>(m_editor.get(), &Editor::done);
    m_failed = std::make_unique<QSignalSpy>(m_editor.get(), &Editor::failed);
    m_undoFailed = std::make_unique<QSignalSpy>(m_editor.get(), &Editor::undoFailed);
}

void tst_Editor::cleanup()
{
    m_editor.reset();
    m_office.reset();
}

bool tst_Editor::succeeds(Editor::Outcome outcome)
{
    if (!QTest::qWaitFor([&] { return outcome.isFinished(); }))
        return false;
    const auto result = outcome.result();
    if (!result)
        qWarning("%s", qPrintable(views::errorText(result.error())));
    return result.has_value();
}

void tst_Editor::settle()
{
    QVERIFY(QTest::qWaitFor([this] { return !m_editor->isBusy(); }));
}

void tst_Editor::undo()
{
    m_editor->undo();
    settle();
}

void tst_Editor::redo()
{
    m_editor->redo();
    settle();
}

void tst_Editor::renamesAndTakesItBack()
{
    QVERIFY(!m_editor->canUndo());
    QVERIFY(succeeds(m_editor->rename(ObjectRef::of(m_office->ada), text("Ada Lovelace"), text("Ada King"))));
    QCOMPARE(m_office->name(m_office->ada), text("Ada King"));
    QCOMPARE(m_editor->undoText(), text("Rename Ada Lovelace to Ada King"));
    QCOMPARE(m_done->last().front().toString(), text("Renamed Ada Lovelace to Ada King"));
    undo();
    QCOMPARE(m_office->name(m_office->ada), text("Ada Lovelace"));
    QVERIFY(!m_editor->canUndo());
    redo();
    QCOMPARE(m_office->name(m_office->ada), text("Ada King"));
}

void tst_Editor::noticesThatSomebodyElseRenamedIt()
{
    std::function<void()> anyway;
    connect(m_editor.get(), &Editor::conflict, this, [&](const views::Conflict &met) { anyway = met.anyway; });
    m_office->rename(m_office->ada, "Augusta");
    m_editor->rename(ObjectRef::of(m_office->ada), text("Ada Lovelace"), text("Ada King"));
    settle();
    QVERIFY(anyway);
    QCOMPARE(m_office->name(m_office->ada), text("Augusta"));
    QVERIFY(!m_editor->canUndo());
    anyway();
    settle();
    QCOMPARE(m_office->name(m_office->ada), text("Ada King"));
    undo();
    QCOMPARE(m_office->name(m_office->ada), text("Augusta")); // what was written over comes back

    redo();
    m_office->rename(m_office->ada, "Countess");
    anyway = {};
    undo();
    QVERIFY(anyway); // also when it is taken back
    QCOMPARE(m_office->name(m_office->ada), text("Countess"));
    QVERIFY(m_editor->canUndo());
}

void tst_Editor::replacesMetadataAndPolicies()
{
    const ObjectRef ada = ObjectRef::of(m_office->ada);
    const Metadata before{{text("team"), text("engines")}};
    const Metadata after{{text("team"), text("looms")}, {text("city"), text("London")}};
    QVERIFY(succeeds(m_editor->setMetadata(ada, before, after)));
    QVERIFY(succeeds(m_editor->setPolicies(ada, {text("on-call")}, {text("On-Call"), text("a")})));
    auto detail = await(m_office->directory().entity(m_office->ada));
    QCOMPARE(detail->metadata.size(), 2U);
    QCOMPARE(detail->policies, QStringList({text("a"), text("on-call")}));
    undo();
    undo();
    detail = await(m_office->directory().entity(m_office->ada));
    QCOMPARE(detail->metadata, before);
    QCOMPARE(detail->policies, QStringList({text("on-call")}));
    const ObjectRef release = ObjectRef::of(m_office->release);
    QVERIFY(succeeds(m_editor->setPolicies(release, {text("ship")}, {})));
    QCOMPARE(await(m_office->directory().group(m_office->release))->policies, QStringList());
    undo();
    QCOMPARE(await(m_office->directory().group(m_office->release))->policies, QStringList({text("ship")}));
}

void tst_Editor::disablesOnlyThoseThatAreEnabled()
{
    const auto disabled = [this](EntityId id) { return await(m_office->directory().entities({id}))->front().disabled; };
    QVERIFY(succeeds(m_editor->setEnabled({m_office->ada, m_office->erik}, Editor::Enabled::No)));
    QVERIFY(disabled(m_office->ada));
    undo();
    QVERIFY(!disabled(m_office->ada));
    QVERIFY(disabled(m_office->erik)); // was so before
    QVERIFY(succeeds(m_editor->setEnabled({m_office->erik}, Editor::Enabled::No)));
    QVERIFY(!m_editor->canUndo()); // nothing changed
}

/// Who was made is looked for, and while that is under way the next change has begun.
void tst_Editor::showsNobodyInTheMiddleOfAnotherChange()
{
    const QSignalSpy created(m_editor.get(), &Editor::made);
    views::EntityDraft draft;
    draft.name = text("Fatima Zahra");
    m_editor->createEntity(draft);
    m_editor->addMembers(m_office->support, {m_office->bence}, {});
    QTRY_VERIFY(m_office->members(m_office->support).contains(text("Bence Szabó")) && !m_editor->isBusy());
    QCoreApplication::processEvents();
    QCOMPARE(created.size(), 0);
}

void tst_Editor::createsAndBringsBackTheSameId()
{
    QSignalSpy created(m_editor.get(), &Editor::made);
    views::EntityDraft draft;
    draft.name = text("Fatima Zahra");
    draft.policies = {text("on-call")};
    draft.metadata = {{text("team"), text("looms")}};
    draft.groups = {m_office->support};
    QVERIFY(succeeds(m_editor->createEntity(draft)));
    QTRY_COMPARE(created.size(), 1);
    const auto ref = created.front().front().value<ObjectRef>();
    const std::string uuid = m_office->uuid(ref.entity());
    QCOMPARE(m_office->members(m_office->support), names({"Erik Lund", "Fatima Zahra"}));
    undo();
    QVERIFY(!m_office->exists(uuid));
    redo();
    QVERIFY(m_office->exists(uuid));
    QCOMPARE(m_office->members(m_office->support), names({"Erik Lund", "Fatima Zahra"}));

    views::GroupDraft group;
    group.name = text("night-shift");
    group.parents = {m_office->support};
    group.people = {m_office->ada};
    QVERIFY(succeeds(m_editor->createGroup(group)));
    QCOMPARE(m_office->subgroups(m_office->support), names({"night-shift"}));
    undo();
    QCOMPARE(m_office->subgroups(m_office->support), names({}));
}

void tst_Editor::refusesANameThatIsTaken()
{
    views::EntityDraft draft;
    draft.name = text("ADA LOVELACE");
    const auto outcome = m_editor->createEntity(draft, Editor::Report::Caller);
    QTRY_VERIFY(outcome.isFinished());
    QVERIFY(!outcome.result());
    QCOMPARE(m_failed->size(), 0); // the form says it
    QCOMPARE(m_office->name(m_office->ada), text("Ada Lovelace"));
    QVERIFY(!m_editor->canUndo());
}

void tst_Editor::deletesManyAndBringsThemBack()
{
    const std::string ada = m_office->uuid(m_office->ada);
    const std::string release = m_office->uuid(m_office->release);
    const std::string managers = m_office->uuid(m_office->managers);
    QVERIFY(succeeds(m_editor->remove(
        {ObjectRef::of(m_office->ada), ObjectRef::of(m_office->release), ObjectRef::of(m_office->managers)})));
    QVERIFY(!m_office->exists(ada));
    QVERIFY(!m_office->exists(release));
    QVERIFY(!m_office->exists(managers));
    QCOMPARE(m_office->subgroups(m_office->platform), names({}));
    undo();
    QVERIFY(m_office->exists(ada));
    const auto again = await(m_office->directory().byUuid(QString::fromStdString(release)));
    QVERIFY(again && *again);
    QCOMPARE(m_office->subgroups(m_office->platform), names({"release"}));
    QCOMPARE(m_office->subgroups((*again)->group()), names({"managers"}));
    QCOMPARE(m_office->members((*again)->group()),
             names({"Ada Lovelace", "Bence Szabó", "Chiara Lombardi", "Dao Thi Mai"}));
    redo();
    QVERIFY(!m_office->exists(release));
}

void tst_Editor::takesBackOnlyWhatItAdded()
{
    QVERIFY(succeeds(m_editor->addMembers(m_office->managers, {m_office->ada, m_office->chiara}, {})));
    QCOMPARE(m_office->members(m_office->managers), names({"Ada Lovelace", "Chiara Lombardi"}));
    QVERIFY(m_done->last().front().toString().contains(text("1 of 2 people")));
    undo();
    QCOMPARE(m_office->members(m_office->managers), names({"Chiara Lombardi"})); // was there before
    QVERIFY(succeeds(m_editor->addMembers(m_office->managers, {m_office->chiara}, {})));
    QVERIFY(!m_editor->canUndo()); // nothing changed
}

void tst_Editor::movesAndTakesItBack()
{
    QVERIFY(
        succeeds(m_editor->moveMembers(m_office->release, m_office->support, {m_office->ada, m_office->bence}, {})));
    QCOMPARE(m_office->members(m_office->release), names({"Chiara Lombardi", "Dao Thi Mai"}));
    QCOMPARE(m_office->members(m_office->support), names({"Ada Lovelace", "Bence Szabó", "Erik Lund"}));
    QCOMPARE(m_done->last().front().toString(), text("Moved 2 people to support"));
    m_office->addMembers(m_office->support, {m_office->dao}); // somebody else, meanwhile
    undo();
    QCOMPARE(m_office->members(m_office->release),
             names({"Ada Lovelace", "Bence Szabó", "Chiara Lombardi", "Dao Thi Mai"}));
    QCOMPARE(m_office->members(m_office->support), names({"Dao Thi Mai", "Erik Lund"})); // and is not lost
}

void tst_Editor::movesAGroup()
{
    QVERIFY(succeeds(m_editor->moveMembers(m_office->release, m_office->platform, {}, {m_office->managers})));
    QCOMPARE(m_office->subgroups(m_office->platform), names({"managers", "release"}));
    QCOMPARE(m_office->subgroups(m_office->release), names({}));
    undo();
    QCOMPARE(m_office->subgroups(m_office->platform), names({"release"}));
    QCOMPARE(m_office->subgroups(m_office->release), names({"managers"}));
}

void tst_Editor::removesFromAGroup()
{
    QVERIFY(succeeds(m_editor->removeMembers(m_office->release, {m_office->ada}, {m_office->managers})));
    QCOMPARE(m_office->members(m_office->release), names({"Bence Szabó", "Chiara Lombardi", "Dao Thi Mai"}));
    QCOMPARE(m_office->subgroups(m_office->release), names({}));
    undo();
    QCOMPARE(m_office->subgroups(m_office->release), names({"managers"}));
    QVERIFY(m_office->members(m_office->release).contains(text("Ada Lovelace")));
}

void tst_Editor::saysWhyAMembershipIsRefused()
{
    m_editor->addMembers(m_office->auditors, {m_office->ada}, {});
    settle();
    QCOMPARE(m_failed->size(), 1);
    QVERIFY(m_failed->front().front().toString().contains(text("external")));
    m_editor->addMembers(m_office->managers, {}, {m_office->platform});
    settle();
    QCOMPARE(m_failed->size(), 2);
    QCOMPARE(m_failed->back().front().toString(), text("The group would contain itself."));
    QVERIFY(!m_editor->canUndo());
}

void tst_Editor::addsAndRemovesAliases()
{
    m_office->post("sys/auth/ldap", R"({"type":"ldap"})");
    const auto mounts = await(m_office->directory().mounts());
    const auto ldap = std::find_if(mounts->begin(), mounts->end(),
                                   [](const connection::MountRow &mount) { return mount.type == text("ldap"); });
    QVERIFY(ldap != mounts->end());
    const ObjectRef ada = ObjectRef::of(m_office->ada);
    QVERIFY(succeeds(m_editor->addAlias(ada, {text("alovelace"), ldap->accessor, {}})));
    auto detail = await(m_office->directory().entity(m_office->ada));
    QCOMPARE(detail->aliases.size(), 1U);
    const QString uuid = detail->aliases.front().uuid;
    QVERIFY(succeeds(m_editor->removeAlias(ada, detail->aliases.front())));
    QCOMPARE(await(m_office->directory().entity(m_office->ada))->aliases.size(), 0U);
    undo();
    detail = await(m_office->directory().entity(m_office->ada));
    QCOMPARE(detail->aliases.size(), 1U);
    QCOMPARE(detail->aliases.front().uuid, uuid);
    undo();
    QCOMPARE(await(m_office->directory().entity(m_office->ada))->aliases.size(), 0U);
    QVERIFY(!m_editor->canUndo());
}

QString tst_Editor::accessorOf(const char *type)
{
    m_office->post(std::string("sys/auth/") + type, std::string(R"({"type":")") + type + R"("})");
    const auto mounts = await(m_office->directory().mounts());
    for (const connection::MountRow &mount : *mounts)
        if (mount.type == text(type))
            return mount.accessor;
    return {};
}

void tst_Editor::changesAnAliasAndTakesItBack()
{
    const QString ldap = accessorOf("ldap");
    const QString github = accessorOf("github");
    const ObjectRef ada = ObjectRef::of(m_office->ada);
    QVERIFY(succeeds(m_editor->addAlias(ada, {text("alovelace"), ldap, {}})));
    const auto alias = [&] { return await(m_office->directory().entity(m_office->ada))->aliases.at(0); };
    const auto before = alias();
    QVERIFY(succeeds(m_editor->changeAlias(ada, before, {text("Ada@x"), github, {{text("seat"), text("4")}}})));
    QCOMPARE(alias().uuid, before.uuid);
    QCOMPARE(alias().name.name, text("Ada@x"));
    QCOMPARE(alias().accessor, github);
    QCOMPARE(alias().customMetadata, Metadata({{text("seat"), text("4")}}));
    QCOMPARE(m_editor->undoText(), text("Change alias alovelace of Ada Lovelace"));
    undo();
    QCOMPARE(alias().name.name, text("alovelace"));
    QCOMPARE(alias().accessor, ldap);
    QCOMPARE(alias().customMetadata, Metadata());
    redo();
    QCOMPARE(alias().name.name, text("Ada@x"));
    // The entity comes back with another row, and the step still knows it.
    QVERIFY(succeeds(m_editor->remove({ada})));
    m_office->entity("Somebody new");
    undo();
    undo();
    const auto found = await(m_office->directory().find(text("alovelace"), 5));
    QCOMPARE(found->size(), 1U);
    QCOMPARE(found->front().name, text("Ada Lovelace"));
    QCOMPARE(m_failed->size() + m_undoFailed->size(), 0);
}

void tst_Editor::noticesThatSomebodyElseChangedTheAlias()
{
    const QString ldap = accessorOf("ldap");
    const ObjectRef ada = ObjectRef::of(m_office->ada);
    QVERIFY(succeeds(m_editor->addAlias(ada, {text("alovelace"), ldap, {}})));
    const auto alias = [&] { return await(m_office->directory().entity(m_office->ada))->aliases.at(0); };
    const auto before = alias();
    m_office->post("identity/entity-alias/id/" + before.uuid.toStdString(), R"({"name":"elsewhere"})");
    std::function<void()> anyway;
    QString said;
    connect(m_editor.get(), &Editor::conflict, this, [&](const views::Conflict &met) {
        said = met.text;
        anyway = met.anyway;
    });
    m_editor->changeAlias(ada, before, {text("ada"), ldap, {}});
    settle();
    QVERIFY2(said.contains(text("alovelace")), qPrintable(said));
    QCOMPARE(alias().name.name, text("elsewhere"));
    anyway();
    settle();
    QCOMPARE(alias().name.name, text("ada"));
    undo();
    QCOMPARE(alias().name.name, text("elsewhere"));
    // A name that somebody else logs in with is refused, and nothing is taken from them.
    m_office->entity("Other");
    QVERIFY(succeeds(m_editor->addAlias(ObjectRef::of(m_office->bence), {text("bence"), ldap, {}})));
    const auto refused = m_editor->changeAlias(ada, alias(), {text("BENCE"), ldap, {}}, Editor::Report::Caller);
    QVERIFY(QTest::qWaitFor([&] { return refused.isFinished(); }));
    QVERIFY(!refused.result());
    QVERIFY2(views::errorText(refused.result().error()).contains(text("somebody else")),
             qPrintable(views::errorText(refused.result().error())));
    QCOMPARE(await(m_office->directory().entity(m_office->bence))->aliases.size(), 1U);
}

void tst_Editor::changesTheAliasOfAGroup()
{
    const QString ldap = accessorOf("ldap");
    const ObjectRef auditors = ObjectRef::of(m_office->auditors);
    QVERIFY(succeeds(m_editor->addAlias(auditors, {text("cn=audit"), ldap, {}})));
    const auto alias = [&] { return *await(m_office->directory().group(m_office->auditors))->alias; };
    QVERIFY(succeeds(m_editor->changeAlias(auditors, alias(), {text("cn=auditors"), ldap, {}})));
    QCOMPARE(alias().name.name, text("cn=auditors"));
    undo();
    QCOMPARE(alias().name.name, text("cn=audit"));
    redo();
    QCOMPARE(alias().name.name, text("cn=auditors"));
}

/// As the dialog does it.
void tst_Editor::import(const char *document)
{
    const core::Response answer =
        m_office->post("kith/import", boost::json::serialize(boost::json::object{{"document", document}}));
    QVERIFY(answer.ok());
    m_editor->imported(text("org.json"), text("Imported org.json: 1 entity created"),
                       QString::fromStdString(std::string(answer.data->at("undo").as_string())));
    settle();
}

void tst_Editor::takesBackAnImport()
{
    QVERIFY(succeeds(m_editor->rename(ObjectRef::of(m_office->dao), text("Dao Thi Mai"), text("Dao"))));
    import(R"({"entities":[{"name":"Fatima"},{"name":"Ada Lovelace","disabled":true}],
               "groups":[{"name":"release","member_entities":["Fatima"]}]})");
    QCOMPARE(m_done->last().at(0).toString(), text("Imported org.json: 1 entity created"));
    QCOMPARE(m_done->last().at(1).value<Editor::Undoable>(), Editor::Undoable::Yes);
    QCOMPARE(m_editor->undoText(), text("Import org.json"));
    const auto fatima = await(m_office->directory().find(text("Fatima"), 5));
    QCOMPARE(fatima->size(), 1U);
    const std::string uuid = m_office->uuid(fatima->front().object.entity());
    QVERIFY(succeeds(m_editor->rename(fatima->front().object, text("Fatima"), text("Fatima Z."))));
    undo();
    undo();
    QCOMPARE(m_failed->size() + m_undoFailed->size(), 0);
    QVERIFY(!m_office->exists(uuid));
    QCOMPARE(m_office->members(m_office->release), names({"Ada Lovelace", "Bence Szabó", "Chiara Lombardi", "Dao"}));
    QVERIFY(!await(m_office->directory().entity(m_office->ada))->row.disabled);
    redo();
    QVERIFY(m_office->exists(uuid)); // the same
    QCOMPARE(m_office->members(m_office->release), names({"Fatima"}));
    redo();
    QCOMPARE(m_office->members(m_office->release), names({"Fatima Z."}));
    undo();
    undo();
    undo();
    QCOMPARE(m_office->name(m_office->dao), text("Dao Thi Mai"));
    QCOMPARE(m_failed->size() + m_undoFailed->size(), 0);
}

void tst_Editor::asksBeforeItTakesBackWhatWasChanged()
{
    import(R"({"entities":[{"name":"Fatima"}]})");
    m_office->post("identity/entity/name/Fatima", R"({"disabled":true})");
    std::function<void()> anyway;
    QString said;
    connect(m_editor.get(), &Editor::conflict, this, [&](const views::Conflict &met) {
        said = met.text;
        anyway = met.anyway;
    });
    undo();
    QVERIFY2(said.contains(text("Fatima")), qPrintable(said));
    QVERIFY(m_editor->canUndo());
    anyway();
    settle();
    QVERIFY(!m_editor->canUndo());
    QVERIFY(m_editor->canRedo());
    QCOMPARE(await(m_office->directory().find(text("Fatima"), 5))->size(), 0U);
}

void tst_Editor::keepsTheStepThatCantBeTakenBack()
{
    QVERIFY(succeeds(m_editor->rename(ObjectRef::of(m_office->dao), text("Dao Thi Mai"), text("Dao"))));
    QVERIFY(succeeds(m_editor->removeMembers(m_office->support, {m_office->erik}, {})));
    m_office->remove(m_office->support); // the group is gone
    undo();
    QCOMPARE(m_undoFailed->size(), 1);
    QVERIFY(m_editor->canUndo());
    QVERIFY(!m_editor->canRedo());
    QCOMPARE(m_editor->undoText(), text("Remove Erik Lund from support"));
    m_editor->forgetStep(m_editor->lastStep());
    settle();
    QCOMPARE(m_editor->undoText(), text("Rename Dao Thi Mai to Dao"));
    undo();
    QCOMPARE(m_office->name(m_office->dao), text("Dao Thi Mai"));
}

void tst_Editor::takesBackOneStepAfterTheOther()
{
    m_editor->addMembers(m_office->support, {m_office->ada}, {});
    m_editor->addMembers(m_office->support, {m_office->bence}, {});
    m_editor->moveMembers(m_office->release, m_office->support, {m_office->dao}, {});
    m_editor->undo(); // before any is answered
    m_editor->undo();
    m_editor->undo();
    m_editor->redo();
    settle();
    QCOMPARE(m_office->members(m_office->support), names({"Ada Lovelace", "Erik Lund"}));
    QCOMPARE(m_failed->size(), 0);
    QVERIFY(m_office->members(m_office->release).contains(text("Dao Thi Mai")));
}

void tst_Editor::followsARowThatCameBackElsewhere()
{
    QVERIFY(succeeds(m_editor->rename(ObjectRef::of(m_office->erik), text("Erik Lund"), text("Erik"))));
    QVERIFY(succeeds(m_editor->remove({ObjectRef::of(m_office->erik)})));
    m_office->entity("Somebody new"); // may get the row that is free now
    undo();
    undo();
    QCOMPARE(m_office->members(m_office->support), names({"Erik Lund"}));
    QCOMPARE(m_failed->size() + m_undoFailed->size(), 0);
}

QTEST_MAIN(tst_Editor)
#include "tst_Editor.moc"
