// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "BulkRun.h"
#include "Drafts.h"
#include "Failures.h"
#include "Permissions.h"
#include "connection/Connection.h"

#include <QUndoStack>

#include <deque>
#include <functional>
#include <memory>

namespace kith::views {

class Edit;
class MergeEdit;
struct MountDraft;
struct PeopleChange;

/// Makes every change of the window: asks the connection, remembers how to take it back, and says what was done.
/// One step of the history a call, however many objects it changes. Of many objects those that can't be changed are
/// left out and told: partlyDone().
///
/// Calls return at once. They run one after another, in the order called; the history grows when the answer is there.
/// Values are replaced only while they are still as `before` says; memberships change by differences, so that a change
/// made elsewhere meanwhile is never lost. GUI thread; the connection must outlive it.
class Editor : public QObject
{
    Q_OBJECT
public:
    using ObjectRef = connection::ObjectRef;
    using Metadata = connection::Metadata;
    using Outcome = QFuture<Result<void>>; ///< For whenReady; the text for a failure is errorText().
    enum class Report { Window, Caller };  ///< Who says a failure: failed() and conflict(), or only the outcome.
    enum class Enabled { No, Yes };
    enum class Undoable { No, Yes };

    explicit Editor(connection::Connection &connection, QObject *parent = nullptr);
    ~Editor() override;

    /// What may be written, for whoever offers it.
    Permissions &permissions() { return m_permissions; }
    /// False while nothing may be written over the connection.
    bool canEdit() const { return m_permissions.refusal().isEmpty(); }
    /// Asked before each change, with what it is; calls back with whether to do it. None: nobody is asked.
    using Confirm = std::function<void(const QString &what, std::function<void(bool)> answer)>;
    void setConfirm(Confirm confirm) { m_confirm = std::move(confirm); }
    const Confirm &confirmation() const { return m_confirm; }
    /// Something is under way: asked, but not answered.
    bool isBusy() const { return m_busy; }

    Outcome createEntity(const EntityDraft &draft, Report report = Report::Window);
    Outcome createGroup(const GroupDraft &draft, Report report = Report::Window);
    Outcome rename(ObjectRef object, const QString &before, const QString &after, Report report = Report::Window);
    /// Those that are so already are left alone.
    Outcome setEnabled(std::vector<EntityId> entities, Enabled enabled);
    /// What PeopleEdit says, of each of them.
    Outcome changePeople(std::vector<EntityId> people, const PeopleChange &change);
    Outcome setMetadata(ObjectRef object, const Metadata &before, const Metadata &after,
                        Report report = Report::Window);
    /// The object's own policies.
    Outcome setPolicies(ObjectRef object, const QStringList &before, const QStringList &after,
                        Report report = Report::Window);
    /// Deletes them. Undo brings them back with their ids, aliases and memberships.
    Outcome remove(std::vector<ObjectRef> objects);

    /// Merges one person into another: what MergeEdit says.
    Outcome merge(std::shared_ptr<MergeEdit> edit, Report report = Report::Window);

    Outcome addMembers(GroupId target, std::vector<EntityId> people, std::vector<GroupId> groups);
    Outcome moveMembers(GroupId from, GroupId target, std::vector<EntityId> people, std::vector<GroupId> groups);
    Outcome removeMembers(GroupId group, std::vector<EntityId> people, std::vector<GroupId> groups);

    /// An alias of a person, or the alias of an external group that has none.
    Outcome addAlias(ObjectRef owner, const AliasDraft &alias, Report report = Report::Window);
    /// Another name, mount or custom metadata (entities only) for an alias that was read as `before`.
    Outcome changeAlias(ObjectRef owner, const connection::AliasDetail &before, const AliasDraft &after,
                        Report report = Report::Window);
    Outcome removeAlias(ObjectRef owner, const connection::AliasDetail &alias);

    Outcome removeAliases(const std::vector<connection::AliasRow> &aliases); ///< Of people.

    /// Its text is replaced by another. `before`: what the person has seen.
    Outcome changePolicy(const QString &name, const QString &before, const QString &after,
                         Report report = Report::Window);
    Outcome createPolicy(const QString &name, const QString &text, Report report = Report::Window);
    Outcome removePolicy(const QString &name, const QString &before);

    Outcome enableMount(const MountDraft &draft, Report report = Report::Window);
    Outcome describeMount(const QString &path, const QString &before, const QString &after,
                          Report report = Report::Window);
    Outcome disableMount(const QString &path); ///< Can't be taken back: ask before.

    /// What a field says under itself about the outcome of what it asked for: empty when it is done, or when the person
    /// is asked about a conflict.
    static QString noteOf(const Result<void> &outcome);

    /// Takes an import that its dialog did into the history. `undo` is what kith/import answered under that name;
    /// empty: it can't be taken back.
    void imported(const QString &document, const QString &summary, const QString &undo);

    bool canUndo() const;
    bool canRedo() const;
    QString undoText() const; ///< "Rename Ada to Ada Lovelace", for the menu; empty: nothing to undo.
    QString redoText() const;

    /// What can be taken back and done again, for the next editor of the same person on the same core.
    std::unique_ptr<QUndoStack> giveHistory();
    void takeHistory(std::unique_ptr<QUndoStack> history);
    /// Nothing is begun any more: what is under way comes to its end, what waits isn't done. The number of those.
    int dropWaiting();

    /// One step of the history, for whoever offers to do something with it later.
    using StepRef = std::weak_ptr<const Edit>;
    StepRef lastStep() const; ///< What undo() would take back, when nothing is under way; none: nothing.

public Q_SLOTS:
    /// Take back the last step, or do it again. When it fails the history stays as it was.
    void undo();
    void redo();
    // With just this step, while it is what undo() would take back; else failed() says what is in the way.
    void undoStep(const kith::views::Editor::StepRef &step);
    void forgetStep(const kith::views::Editor::StepRef &step); ///< Drops it, without doing anything.

Q_SIGNALS:
    /// A sentence in the past tense: "Added 3 people to release-team".
    void done(const QString &text, kith::views::Editor::Undoable undoable);
    /// Nothing was changed; the text says why.
    void failed(const QString &text);
    /// Somebody else changed the object meanwhile, and nothing was done: the person decides. Also told when the caller
    /// wanted to know of failures itself; it gets PreconditionFailed then.
    void conflict(const kith::views::Conflict &conflict);
    /// Some of many objects could not be changed.
    void partlyDone(const kith::views::PartlyDone &done);
    /// The last step could not be taken back, and stays. forgetStep() makes the one before it reachable.
    void undoFailed(const QString &text);
    /// One object was created, or a step brought it back; not told when something else was begun before it was found.
    void made(kith::connection::ObjectRef object);
    /// What takes as long as it takes, which may be stopped by its progress; it is held until it is over.
    void begun(const QString &what, const std::shared_ptr<kith::core::Progress> &progress);
    void historyChanged(); ///< canUndo, canRedo, their texts, or isBusy.

private:
    class Step;
    struct Running;
    using Task = std::shared_ptr<Running>;

    enum class Queued { Change, Step }; ///< Step: over what stands in the history.
    struct Waiting {
        Queued kind = Queued::Change;
        std::function<void()> run;
    };

    Outcome start(std::shared_ptr<Edit> edit, Report report);
    void enqueue(std::function<void()> task, Queued kind = Queued::Change);
    void dropSteps();
    void next();
    void step(Undoable direction);
    void withStep(const StepRef &step, std::function<void()> run);
    QString obstacle(const StepRef &step) const;
    bool isStillMeant(const Running &task) const;
    void tellNewIds(Edit &edit);
    void prepare(const Task &task);
    static QString whatOf(const Running &task);
    void confirm(const Task &task, boost::json::array parts);
    void send(const Task &task, boost::json::array parts);
    void bulkEnded(const Task &task, const BulkRun::Outcome &outcome);
    static PartlyDone failuresOf(const Edit &edit, const BulkRun::Outcome &outcome);
    std::function<void()> keepDone(const Task &task, const BulkRun::Outcome &outcome);
    Conflict conflictOf(const Task &task, const Error &error);
    void succeeded(const Task &task);
    void refused(const Task &task, const Error &error);
    void finish(const Task &task, Result<void> result);
    void announceMade(const QString &uuid);
    Step *stepAt(int index) const;

    connection::Connection &m_connection;
    Permissions m_permissions;
    std::unique_ptr<QUndoStack>
        m_stack; ///< Its index follows the answers: it moves over a step when that was answered.
    std::deque<Waiting> m_waiting;
    bool m_busy = false;
    int m_begun = 0; ///< So many changes and steps.
    Confirm m_confirm;
};

} // namespace kith::views
