// SPDX-License-Identifier: Apache-2.0
// How Editor does one thing after the other.
#include "EditorTasks.h"

#include "ErrorText.h"
#include "connection/Async.h"
#include "connection/LetGo.h"
#include "connection/Requests.h"

namespace kith::views {

using connection::whenReady;

Editor::Step *Editor::stepAt(int index) const
{
    return static_cast<Step *>(const_cast<QUndoCommand *>(m_stack->command(index))); // nothing else is ever pushed
}

Editor::Outcome Editor::start(std::shared_ptr<Edit> edit, Report report)
{
    auto task = std::make_shared<Running>();
    task->edit = connection::lettingGo(std::move(edit));
    task->report = report;
    task->promise.start();
    Outcome outcome = task->promise.future();
    enqueue([this, task] { prepare(task); });
    return outcome;
}

void Editor::enqueue(std::function<void()> task, Queued kind)
{
    m_waiting.push_back({kind, std::move(task)});
    if (!m_busy)
        next();
}

/// Steps that wait were meant for what stands in the history now; changes that wait are changes of their own.
void Editor::dropSteps()
{
    std::erase_if(m_waiting, [](const Waiting &waiting) { return waiting.kind == Queued::Step; });
}

void Editor::next()
{
    m_busy = !m_waiting.empty();
    if (m_busy) {
        auto task = std::move(m_waiting.front().run);
        m_waiting.pop_front();
        task();
    }
    Q_EMIT historyChanged();
}

void Editor::step(Undoable direction)
{
    const bool undo = direction == Undoable::Yes;
    if (undo ? !m_stack->canUndo() : !m_stack->canRedo())
        return next();
    auto task = std::make_shared<Running>();
    task->kind = undo ? Running::Kind::Undo : Running::Kind::Redo;
    task->edit = stepAt(undo ? m_stack->index() - 1 : m_stack->index())->edit();
    task->promise.start();
    prepare(task);
}

/// Why it isn't the step that undo() would take back; empty: it is.
QString Editor::obstacle(const StepRef &step) const
{
    const auto edit = step.lock();
    const int last = m_stack->index() - 1;
    for (int i = last; edit && i >= 0; --i)
        if (stepAt(i)->edit() == edit)
            return i == last ? QString()
                             : tr("“%1” was done after it: take that back first.").arg(stepAt(last)->text());
    return tr("That isn’t among what can be taken back any more.");
}

/// When what is under way is over: until then another step may come to lie over it.
void Editor::withStep(const StepRef &step, std::function<void()> run)
{
    enqueue(
        [this, step, run = std::move(run)] {
            const QString why = obstacle(step);
            if (why.isEmpty())
                return run();
            Q_EMIT failed(why);
            next();
        },
        Queued::Step);
}

/// What was decided of a step may be written only as long as the history stands where it stood.
bool Editor::isStillMeant(const Running &task) const
{
    switch (task.kind) {
    case Running::Kind::First:
        break;
    case Running::Kind::Undo:
        return obstacle(task.edit).isEmpty();
    case Running::Kind::Redo:
        return m_stack->canRedo() && stepAt(m_stack->index())->edit() == task.edit;
    }
    return true;
}

void Editor::prepare(const Task &task)
{
    ++m_begun;
    if (const QString writer = m_connection.otherWriter(); !writer.isEmpty())
        return refused(task, {ErrorCode::WriterTaken, 500, {}, writer.toStdString()});
    if (!canEdit())
        return refused(task, {ErrorCode::PermissionDenied, 403, "this connection is read-only", {}});
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

QString Editor::whatOf(const Running &task)
{
    const QString label = task.edit->label();
    return task.kind == Running::Kind::Undo ? tr("Take back: %1").arg(label) : label;
}

void Editor::confirm(const Task &task, boost::json::array parts)
{
    if (!m_confirm || task->confirmed)
        return send(task, std::move(parts));
    m_confirm(whatOf(*task), [this, task, parts = std::move(parts)](bool yes) mutable {
        task->confirmed = yes;
        if (yes)
            send(task, std::move(parts));
        else
            refused(task, {ErrorCode::Cancelled, 0, "cancelled", {}});
    });
}

void Editor::send(const Task &task, boost::json::array parts)
{
    task->progress = std::make_shared<core::Progress>();
    Q_EMIT begun(whatOf(*task), task->progress);
    if (task->edit->hasUnits(task->direction()))
        return BulkRun::start(m_connection, this, task->edit, task->direction(), task->progress,
                              [this, task](const BulkRun::Outcome &outcome) { bulkEnded(task, outcome); });
    core::Request request = connection::applyRequest(std::move(parts));
    request.progress = task->progress;
    whenReady(m_connection.send(std::move(request)), this, [this, task](Result<core::Response> answer) {
        if (!answer)
            return refused(task, answer.error());
        const Error error = answer->ok() ? Error() : errorOf(*answer);
        // What was changed elsewhere may be another value of the object: now it is known here.
        if (error.code == ErrorCode::PreconditionFailed && !task->progress->cancelled &&
            !std::exchange(task->again, true))
            return prepare(task);
        if (!answer->ok())
            return refused(task, error);
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
            m_stack->push(new Step(task->edit));
        else
            undoable = Undoable::No;
        break;
    case Running::Kind::Redo:
        m_stack->redo();
        break;
    case Running::Kind::Undo:
        m_stack->undo();
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
    whenReady(m_connection.directory().byUuid(uuid), this, [this, change = m_begun](auto found) {
        if (found && *found && change == m_begun)
            Q_EMIT made(**found);
    });
}

Conflict Editor::conflictOf(const Task &task, const Error &error)
{
    const auto again = std::make_shared<Running>();
    again->kind = task->kind;
    again->edit = task->edit;
    again->promise.start();
    const auto write = [this, again] {
        enqueue([this, again] {
            if (isStillMeant(*again))
                return prepare(again);
            Q_EMIT failed(again->kind == Running::Kind::Undo
                              ? obstacle(again->edit)
                              : tr("Something else was done meanwhile: that can’t be done again any more."));
            finish(again, Error{ErrorCode::Cancelled, 0, "cancelled", {}});
        });
    };
    Conflict met{task->edit->conflictText(error), task->edit->object(), task->edit->conflictFields(), {}, {}, {}};
    met.settle = [again, write](const Versions &versions) {
        again->edit->settle(versions);
        write();
    };
    met.anyway = [again, write] {
        again->edit->overwrite();
        write();
    };
    met.leave = [this, undo = task->kind == Running::Kind::Undo, step = StepRef(task->edit)] {
        if (undo)
            forgetStep(step);
    };
    return met;
}

void Editor::refused(const Task &task, const Error &error)
{
    if (task->kind == Running::Kind::Undo || task->kind == Running::Kind::Redo)
        dropSteps(); // which build on this one
    const QString what = task->kind == Running::Kind::Undo   ? tr("Can’t take back “%1”: %2")
                         : task->kind == Running::Kind::Redo ? tr("Can’t do “%1” again: %2")
                                                             : QStringLiteral("%2");
    Conflict met;
    if (error.code == ErrorCode::PreconditionFailed)
        met = conflictOf(task, error);
    if (met.anyway) {
        Q_EMIT conflict(met);
    } else if (error.code == ErrorCode::Cancelled && task->report == Report::Window) {
        Q_EMIT failed(errorText(error)); // as was wished
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
    task->progress.reset();
    task->promise.addResult(std::move(result));
    task->promise.finish();
    next();
}

} // namespace kith::views
