// SPDX-License-Identifier: Apache-2.0
#include "Editor.h"

#include "AliasEdit.h"
#include "EditorTasks.h"
#include "ErrorText.h"
#include "ExistenceEdit.h"
#include "ImportEdit.h"
#include "MembershipEdit.h"
#include "MergeEdit.h"
#include "MountEdit.h"
#include "PeopleEdit.h"
#include "PolicyEdit.h"
#include "ValueEdit.h"
#include "connection/LetGo.h"

#include <algorithm>

namespace kith::views {

static constexpr int HistoryLimit = 500; ///< Steps; a deletion keeps what it deleted.

Editor::Editor(connection::Connection &connection, QObject *parent)
    : QObject(parent), m_connection(connection), m_permissions(connection), m_stack(std::make_unique<QUndoStack>())
{
    m_stack->setUndoLimit(HistoryLimit);
    connect(&m_connection, &connection::Connection::writerChanged, this, &Editor::historyChanged);
}

Editor::~Editor() = default;

Editor::Outcome Editor::createEntity(const EntityDraft &draft, Report report)
{
    return start(ExistenceEdit::create(draft), report);
}

Editor::Outcome Editor::createGroup(const GroupDraft &draft, Report report)
{
    return start(ExistenceEdit::create(draft), report);
}

Editor::Outcome Editor::rename(ObjectRef object, const QString &before, const QString &after, Report report)
{
    return start(std::make_shared<ValueEdit>(object, before, after), report);
}

Editor::Outcome Editor::setEnabled(std::vector<EntityId> entities, Enabled enabled)
{
    return changePeople(std::move(entities), {enabled == Enabled::No});
}

Editor::Outcome Editor::changePeople(std::vector<EntityId> people, const PeopleChange &change)
{
    return start(std::make_shared<PeopleEdit>(std::move(people), change), Report::Window);
}

Editor::Outcome Editor::setMetadata(ObjectRef object, const Metadata &before, const Metadata &after, Report report)
{
    return start(std::make_shared<ValueEdit>(object, before, after), report);
}

Editor::Outcome Editor::setPolicies(ObjectRef object, const QStringList &before, const QStringList &after,
                                    Report report)
{
    return start(std::make_shared<ValueEdit>(object, before, after), report);
}

Editor::Outcome Editor::remove(std::vector<ObjectRef> objects)
{
    return start(ExistenceEdit::remove(std::move(objects)), Report::Window);
}

Editor::Outcome Editor::merge(std::shared_ptr<MergeEdit> edit, Report report)
{
    return start(std::move(edit), report);
}

Editor::Outcome Editor::addMembers(GroupId target, std::vector<EntityId> people, std::vector<GroupId> groups)
{
    return start(std::make_shared<MembershipEdit>(connection::Change{std::move(people), std::move(groups), target, {}}),
                 Report::Window);
}

Editor::Outcome Editor::moveMembers(GroupId from, GroupId target, std::vector<EntityId> people,
                                    std::vector<GroupId> groups)
{
    return start(
        std::make_shared<MembershipEdit>(connection::Change{std::move(people), std::move(groups), target, from}),
        Report::Window);
}

Editor::Outcome Editor::removeMembers(GroupId group, std::vector<EntityId> people, std::vector<GroupId> groups)
{
    return start(std::make_shared<MembershipEdit>(connection::Change{std::move(people), std::move(groups), {}, group}),
                 Report::Window);
}

Editor::Outcome Editor::addAlias(ObjectRef owner, const AliasDraft &alias, Report report)
{
    return start(ExistenceEdit::addAlias(owner, alias), report);
}

Editor::Outcome Editor::changeAlias(ObjectRef owner, const connection::AliasDetail &before, const AliasDraft &after,
                                    Report report)
{
    AliasDraft was{before.name.name, before.accessor, before.customMetadata};
    AliasDraft wanted = after;
    if (owner.kind == connection::ObjectKind::Group) // those of groups can't be set by hand
        wanted.customMetadata = was.customMetadata;
    return start(std::make_shared<AliasEdit>(owner, before.uuid, std::move(was), std::move(wanted)), report);
}

Editor::Outcome Editor::removeAlias(ObjectRef owner, const connection::AliasDetail &alias)
{
    return start(ExistenceEdit::removeAlias(owner, alias), Report::Window);
}

Editor::Outcome Editor::removeAliases(const std::vector<connection::AliasRow> &aliases)
{
    return start(ExistenceEdit::removeAliases(aliases), Report::Window);
}

Editor::Outcome Editor::changePolicy(const QString &name, const QString &before, const QString &after, Report report)
{
    return start(std::make_shared<PolicyEdit>(name, before, after), report);
}

Editor::Outcome Editor::createPolicy(const QString &name, const QString &text, Report report)
{
    return start(std::make_shared<PolicyEdit>(name, std::nullopt, text), report);
}

Editor::Outcome Editor::removePolicy(const QString &name, const QString &before)
{
    return start(std::make_shared<PolicyEdit>(name, before, std::nullopt), Report::Window);
}

Editor::Outcome Editor::enableMount(const MountDraft &draft, Report report)
{
    return start(MountEdit::enable(draft), report);
}

Editor::Outcome Editor::describeMount(const QString &path, const QString &before, const QString &after, Report report)
{
    return start(MountEdit::describe(path, before, after), report);
}

Editor::Outcome Editor::disableMount(const QString &path)
{
    return start(MountEdit::disable(path), Report::Window);
}

void Editor::imported(const QString &document, const QString &summary, const QString &undo)
{
    enqueue([this, document, summary, undo] {
        if (!undo.isEmpty())
            m_stack->push(new Step(connection::lettingGo<Edit>(std::make_shared<ImportEdit>(document, undo))));
        Q_EMIT done(summary, undo.isEmpty() ? Undoable::No : Undoable::Yes);
        next();
    });
}

bool Editor::canUndo() const
{
    return canEdit() && m_stack->canUndo();
}

bool Editor::canRedo() const
{
    return canEdit() && m_stack->canRedo();
}

int Editor::dropWaiting()
{
    const auto changes = std::count_if(m_waiting.begin(), m_waiting.end(),
                                       [](const Waiting &waiting) { return waiting.kind == Queued::Change; });
    m_waiting.clear();
    return static_cast<int>(changes);
}

Editor::StepRef Editor::lastStep() const
{
    const Step *step = m_stack->canUndo() ? stepAt(m_stack->index() - 1) : nullptr;
    return step ? StepRef(step->edit()) : StepRef();
}

std::unique_ptr<QUndoStack> Editor::giveHistory()
{
    m_waiting.clear(); // nobody waits for it any more
    auto history = std::exchange(m_stack, std::make_unique<QUndoStack>());
    Q_EMIT historyChanged();
    return history;
}

void Editor::takeHistory(std::unique_ptr<QUndoStack> history)
{
    m_stack = std::move(history);
    Q_EMIT historyChanged();
}

QString Editor::undoText() const
{
    return m_stack->undoText();
}

QString Editor::redoText() const
{
    return m_stack->redoText();
}

void Editor::undo()
{
    enqueue([this] { step(Undoable::Yes); }, Queued::Step);
}

void Editor::redo()
{
    enqueue([this] { step(Undoable::No); }, Queued::Step);
}

void Editor::undoStep(const StepRef &step)
{
    withStep(step, [this] { this->step(Undoable::Yes); });
}

void Editor::forgetStep(const StepRef &step)
{
    withStep(step, [this] {
        stepAt(m_stack->index() - 1)->edit()->forget();
        m_stack->undo();
        next();
    });
}

QString Editor::noteOf(const Result<void> &outcome)
{
    return outcome || outcome.error().code == ErrorCode::PreconditionFailed ? QString() : errorText(outcome.error());
}

} // namespace kith::views
