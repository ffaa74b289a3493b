// SPDX-License-Identifier: Apache-2.0
#include "Editor.h"

#include "AliasEdit.h"
#include "Edit.h"
#include "EnabledEdit.h"
#include "ErrorText.h"
#include "ExistenceEdit.h"
#include "ImportEdit.h"
#include "MembershipEdit.h"
#include "ValueEdit.h"
#include "connection/Async.h"
#include "connection/Requests.h"

#include <QPromise>

namespace kith::views {

using connection::whenReady;

/// An Edit in the history. Does nothing itself: the stack moves over it when the core has answered.
class Editor::Step final : public QUndoCommand
{
public:
    explicit Step(std::shared_ptr<Edit> edit) : QUndoCommand(edit->label()), m_edit(std::move(edit)) {}
    const std::shared_ptr<Edit> &edit() const { return m_edit; }
    void undo() override { setObsolete(m_edit->isForgotten()); }
    void redo() override {}

private:
    std::shared_ptr<Edit> m_edit;
};

/// What is under way.
struct Editor::Running {
    enum class Kind { First, Undo, Redo };
    Kind kind = Kind::First;
    std::shared_ptr<Edit> edit;
    Report report = Report::Window;
    QPromise<Result<void>> promise;

    Edit::Direction direction() const { return kind == Kind::Undo ? Edit::Direction::Back : Edit::Direction::Forth; }
};

static constexpr int HistoryLimit = 500; ///< Steps; a deletion keeps what it deleted.

Editor::Editor(connection::Connection &connection, QObject *parent)
    : QObject(parent), m_connection(connection), m_permissions(connection)
{
    m_stack.setUndoLimit(HistoryLimit);
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

Editor::Outcome Editor::setEnabled(const std::vector<EntityId> &entities, Enabled enabled)
{
    const auto wish = enabled == Enabled::Yes ? EnabledEdit::Wish::Enable : EnabledEdit::Wish::Disable;
    return start(std::make_shared<EnabledEdit>(entities, wish), Report::Window);
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

Editor::Outcome Editor::remove(const std::vector<ObjectRef> &objects)
{
    return start(ExistenceEdit::remove(objects), Report::Window);
}

Editor::Outcome Editor::addMembers(GroupId target, const std::vector<EntityId> &people,
                                   const std::vector<GroupId> &groups)
{
    return start(std::make_shared<MembershipEdit>(connection::Change{people, groups, target, {}}), Report::Window);
}

Editor::Outcome Editor::moveMembers(GroupId from, GroupId target, const std::vector<EntityId> &people,
                                    const std::vector<GroupId> &groups)
{
    return start(std::make_shared<MembershipEdit>(connection::Change{people, groups, target, from}), Report::Window);
}

Editor::Outcome Editor::removeMembers(GroupId group, const std::vector<EntityId> &people,
                                      const std::vector<GroupId> &groups)
{
    return start(std::make_shared<MembershipEdit>(connection::Change{people, groups, {}, group}), Report::Window);
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

void Editor::imported(const QString &document, const QString &summary, const QString &undo)
{
    enqueue([this, document, summary, undo] {
        if (!undo.isEmpty())
            m_stack.push(new Step(std::make_shared<ImportEdit>(document, undo)));
        Q_EMIT done(summary, undo.isEmpty() ? Undoable::No : Undoable::Yes);
        next();
    });
}

bool Editor::canUndo() const
{
    return canEdit() && m_stack.canUndo();
}

bool Editor::canRedo() const
{
    return canEdit() && m_stack.canRedo();
}

QString Editor::undoText() const
{
    return m_stack.undoText();
}

QString Editor::redoText() const
{
    return m_stack.redoText();
}

void Editor::undo()
{
    enqueue([this] { step(Undoable::Yes); });
}

void Editor::redo()
{
    enqueue([this] { step(Undoable::No); });
}

void Editor::forgetLastStep()
{
    enqueue([this] {
        if (m_stack.canUndo()) {
            stepAt(m_stack.index() - 1)->edit()->forget();
            m_stack.undo();
        }
        next();
    });
}

const Editor::Step *Editor::stepAt(int index) const
{
    return static_cast<const Step *>(m_stack.command(index)); // nothing else is ever pushed
}

Editor::Outcome Editor::start(std::shared_ptr<Edit> edit, Report report)
{
    auto task = std::make_shared<Running>();
    task->edit = std::move(edit);
    task->report = report;
    task->promise.start();
    Outcome outcome = task->promise.future();
    enqueue([this, task] { prepare(task); });
    return outcome;
}

void Editor::enqueue(std::function<void()> task)
{
    m_waiting.push_back(std::move(task));
    if (!m_busy)
        next();
}

void Editor::next()
{
    m_busy = !m_waiting.empty();
    if (m_busy) {
        auto task = std::move(m_waiting.front());
        m_waiting.pop_front();
        task();
    }
    Q_EMIT historyChanged();
}

void Editor::step(Undoable direction)
{
    const bool undo = direction == Undoable::Yes;
    if (undo ? !m_stack.canUndo() : !m_stack.canRedo())
        return next();
    auto task = std::make_shared<Running>();
    task->kind = undo ? Running::Kind::Undo : Running::Kind::Redo;
    task->edit = stepAt(undo ? m_stack.index() - 1 : m_stack.index())->edit();
    task->promise.start();
    prepare(task);
}

void Editor::prepare(const Task &task)
{
    if (!canEdit())
        return refused(task, {ErrorCode::WriterTaken, 500, {}, m_connection.otherWriter().toStdString()});
    task->edit->prepare(m_connection, this, task->direction(), [this, task](Edit::Parts parts) {
        if (!parts)
            return refused(task, parts.error());
        if (!parts->empty())
            return confirm(task, std::move(*parts));
        if (task->kind == Running::Kind::First) {
            Q_EMIT done(task->edit->nothingText(), Undoable::No);
            return finish(task, {});
        }
        succeeded(task); // it is so already
    });
}

void Editor::confirm(const Task &task, boost::json::array parts)
{
    if (!m_confirm)
        return send(task, std::move(parts));
    const QString label = task->edit->label();
    m_confirm(task->kind == Running::Kind::Undo ? tr("Take back: %1").arg(label) : label,
              [this, task, parts = std::move(parts)](bool yes) mutable {
                  if (yes)
                      send(task, std::move(parts));
                  else
                      refused(task, {ErrorCode::Cancelled, 0, "cancelled", {}});
              });
}

void Editor::send(const Task &task, boost::json::array parts)
{
    whenReady(m_connection.send(connection::applyRequest(std::move(parts))), this,
              [this, task](Result<core::Response> answer) {
                  if (!answer)
                      return refused(task, answer.error());
                  if (!answer->ok())
                      return refused(task, errorOf(*answer));
                  task->edit->answered(task->direction(), connection::applyAnswers(*answer));
                  succeeded(task);
              });
}

void Editor::succeeded(const Task &task)
{
    const Edit &edit = *task->edit;
    QString text = edit.doneText();
    Undoable undoable = Undoable::Yes;
    switch (task->kind) {
    case Running::Kind::First:
        if (edit.changedSomething())
            m_stack.push(new Step(task->edit));
        else
            undoable = Undoable::No;
        break;
    case Running::Kind::Redo:
        m_stack.redo();
        break;
    case Running::Kind::Undo:
        m_stack.undo();
        text = tr("Taken back: %1").arg(edit.label());
        undoable = Undoable::No;
        break;
    }
    if (const QString remark = edit.remark(); !remark.isEmpty())
        text = tr("%1. %2", "what was done, and a remark").arg(text, remark);
    Q_EMIT done(text, undoable);
    if (const QString made = edit.madeUuid(task->direction()); !made.isEmpty())
        announceMade(made);
    finish(task, {});
}

void Editor::announceMade(const QString &uuid)
{
    whenReady(m_connection.directory().byUuid(uuid), this, [this](auto found) {
        if (found && *found)
            Q_EMIT made(**found);
    });
}

void Editor::refused(const Task &task, const Error &error)
{
    if (task->kind == Running::Kind::Undo || task->kind == Running::Kind::Redo)
        m_waiting.clear(); // further steps build on this one
    const QString what = task->kind == Running::Kind::Undo   ? tr("Can’t take back “%1”: %2")
                         : task->kind == Running::Kind::Redo ? tr("Can’t do “%1” again: %2")
                                                             : QStringLiteral("%2");
    if (error.code == ErrorCode::PreconditionFailed && task->report == Report::Window) {
        const auto again = std::make_shared<Running>();
        again->kind = task->kind;
        again->edit = task->edit;
        again->promise.start();
        Q_EMIT conflict(task->edit->conflictText(error), task->edit->object(), [this, again] {
            again->edit->overwrite();
            enqueue([this, again] { prepare(again); });
        });
    } else if (task->kind == Running::Kind::Undo) {
        Q_EMIT undoFailed(what.arg(task->edit->label(), errorText(error)));
    } else if (task->report == Report::Window) {
        Q_EMIT failed(task->kind == Running::Kind::First ? errorText(error)
                                                         : what.arg(task->edit->label(), errorText(error)));
    }
    finish(task, error);
}

void Editor::finish(const Task &task, Result<void> result)
{
    task->promise.addResult(std::move(result));
    task->promise.finish();
    next();
}

} // namespace kith::views
