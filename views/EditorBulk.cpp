// SPDX-License-Identifier: Apache-2.0
// What becomes of a change of many objects: what is done is a step, what isn't can be tried again.
#include "EditorTasks.h"
#include "ErrorText.h"
#include "connection/LetGo.h"

#include <algorithm>

namespace kith::views {

/// Steps before and after it name what came back by the ids that it had.
void Editor::tellNewIds(Edit &edit)
{
    const Edit::SharedNewIds ids = connection::lettingGo(std::make_shared<const Edit::NewIds>(edit.takeNewIds()));
    for (int i = 0; i < m_stack->count() && !ids->empty(); ++i)
        stepAt(i)->edit()->follow(ids);
}

/// Each with its name and its reason.
PartlyDone Editor::failuresOf(const Edit &edit, const BulkRun::Outcome &outcome)
{
    PartlyDone partly;
    const auto add = [&](std::size_t unit, const QString &why) {
        const QString name = edit.unitName(unit);
        partly.failures.push_back({name.isEmpty() ? tr("one of many") : name, why});
    };
    for (const BulkRun::Failed &failed : outcome.failed)
        for (const QString why = errorText(failed.error); const std::size_t unit : failed.units)
            add(unit, why);
    for (const BulkRun::Doubtful &doubtful : outcome.doubtful)
        add(doubtful.unit,
            doubtful.what == BulkRun::Doubtful::What::Half
                ? tr("It is changed in part, and that could not be taken back: %1").arg(errorText(doubtful.error))
                : tr("The connection broke: perhaps it was done. Undo takes it back if it was."));
    partly.doubtful = static_cast<int>(outcome.doubtful.size());
    return partly;
}

void Editor::bulkEnded(const Task &task, const BulkRun::Outcome &outcome)
{
    const Edit &edit = *task->edit;
    tellNewIds(*task->edit);
    if (outcome.failed.empty() && outcome.doubtful.empty())
        return succeeded(task);
    const Error first = outcome.failed.empty() ? outcome.doubtful.front().error : outcome.failed.front().error;
    const bool oneReason =
        std::all_of(outcome.failed.begin(), outcome.failed.end(),
                    [why = errorText(first)](const auto &failed) { return errorText(failed.error) == why; });
    if (outcome.done.empty() && oneReason)
        return refused(task, first);
    PartlyDone partly = failuresOf(edit, outcome);
    const bool certain = outcome.done.size() > outcome.doubtful.size();
    partly.retry = keepDone(task, outcome);
    partly.undoable = task->kind != Running::Kind::Undo && !outcome.done.empty();
    partly.text = outcome.done.empty()                ? tr("Nothing was changed: %1").arg(edit.label())
                  : task->kind == Running::Kind::Undo ? tr("Taken back in part: %1").arg(edit.label())
                  : certain                           ? edit.doneText()
                                                      : tr("Not done to the end: %1").arg(edit.label());
    Q_EMIT partlyDone(partly);
    finish(task, first);
}

/// What is done becomes a step by itself, or is one no more. Gives how to try the rest again; null: there is none.
std::function<void()> Editor::keepDone(const Task &task, const BulkRun::Outcome &outcome)
{
    const std::shared_ptr<Edit> edit = task->edit;
    dropSteps(); // which build on all of it
    if (task->kind == Running::Kind::Undo) {
        if (!outcome.done.empty())
            connection::letGo(edit->take(outcome.done)); // the step that stays is about the rest
        if (Step *step = stepAt(m_stack->index() - 1))   // none: the history was given away meanwhile
            step->renameAsEdit();
        return [this, edit] { undoStep(edit); };
    }
    Edit::Units failed;
    for (const BulkRun::Failed &one : outcome.failed)
        failed.insert(failed.end(), one.units.begin(), one.units.end());
    std::shared_ptr<Edit> rest = edit;
    if (!outcome.done.empty())
        rest = failed.empty() ? nullptr : connection::lettingGo(edit->take(failed));
    if (!outcome.done.empty() && task->kind == Running::Kind::Redo) {
        if (Step *step = stepAt(m_stack->index())) {
            step->renameAsEdit();
            m_stack->redo();
        }
    } else if (!outcome.done.empty() && edit->changedSomething()) {
        m_stack->push(new Step(edit));
    }
    if (!rest)
        return nullptr;
    // It is offered in more than one place.
    return [this, rest, taken = std::make_shared<bool>(false)] {
        if (!std::exchange(*taken, true))
            start(rest, Report::Window);
    };
}

} // namespace kith::views
