// SPDX-License-Identifier: Apache-2.0
#include "EditorMessages.h"

#include "ConflictDialog.h"
#include "Editor.h"
#include "FailuresDialog.h"
#include "MessageBar.h"
#include "Navigator.h"
#include "WorkBar.h"

#include <chrono>

namespace kith::views {

using connection::ObjectRef;

static constexpr std::chrono::milliseconds NoticeablyLong(400);

EditorMessages::EditorMessages(connection::Connection &connection, Editor &editor, Navigator &navigator,
                               MessageBar &messages, QObject *parent)
    : QObject(parent), m_connection(connection), m_editor(editor), m_navigator(navigator), m_messages(messages)
{
    m_busy.setSingleShot(true);
    m_busy.setInterval(NoticeablyLong);
    connect(&m_busy, &QTimer::timeout, this, [this] { m_messages.setState(tr("Saving …")); });
    connect(&m_editor, &Editor::historyChanged, this, &EditorMessages::showState);
    connectResults();
}

void EditorMessages::connectResults()
{
    connect(&m_editor, &Editor::begun, &m_messages.work(),
            [this](const QString &what, const auto &progress) { m_messages.work().add(progress, what); });
    connect(&m_editor, &Editor::done, this, [this](const QString &text, Editor::Undoable undoable) {
        Message message{Message::Kind::Done, text, {}};
        if (undoable == Editor::Undoable::Yes)
            message.actions.push_back(undoAction());
        m_messages.say(std::move(message));
    });
    connect(&m_editor, &Editor::failed, this, [this](const QString &text) {
        m_messages.say({Message::Kind::Problem, text, {}});
    });
    connect(&m_editor, &Editor::undoFailed, this, [this](const QString &text) {
        m_messages.say({Message::Kind::Problem, text, {{tr("Skip this step"), [this, step = m_editor.lastStep()] {
                                                            m_editor.forgetStep(step);
                                                        }}}});
    });
    connect(&m_editor, &Editor::conflict, this, &EditorMessages::showConflict);
    connect(&m_editor, &Editor::partlyDone, this, &EditorMessages::showFailures);
}

/// Of the step that is told of, whatever is done until somebody clicks.
Message::Action EditorMessages::undoAction() const
{
    return {tr("Undo"), [&editor = m_editor, step = m_editor.lastStep()] { editor.undoStep(step); }};
}

void EditorMessages::showConflict(const Conflict &conflict)
{
    if (!conflict.fields.empty())
        return (new ConflictDialog(conflict, m_messages.window()))->open();
    Message message{Message::Kind::Problem, conflict.text, {}};
    if (const ObjectRef object = conflict.object)
        message.actions.push_back({tr("Show it"), [this, object] { m_navigator.open(object); }});
    message.actions.push_back({tr("Do it anyway"), conflict.anyway});
    m_messages.say(std::move(message));
}

void EditorMessages::showFailures(const PartlyDone &done)
{
    Message message{Message::Kind::Problem, done.summary() + QLatin1Char('.'), {}};
    message.actions.push_back(
        {tr("What failed …"), [this, done] { (new FailuresDialog(done, m_messages.window()))->show(); }});
    if (done.retry)
        message.actions.push_back({tr("Try again"), done.retry});
    if (done.undoable)
        message.actions.push_back(undoAction());
    m_messages.say(std::move(message));
}

void EditorMessages::showWriter()
{
    const QString writer = m_connection.otherWriter();
    showState();
    if (!writer.isEmpty())
        m_messages.say({Message::Kind::Problem,
                        tr("%1 is writing to this core: nothing can be changed here until it has ended.").arg(writer),
                        {}});
}

void EditorMessages::showState()
{
    if (m_connection.isReadOnly()) {
        m_busy.stop();
        return m_messages.setState(tr("Read only"), m_connection.otherWriter());
    }
    if (m_editor.isBusy()) {
        if (!m_busy.isActive())
            m_busy.start();
        return;
    }
    m_busy.stop();
    m_messages.setState(tr("Saved"), tr("Everything that was changed is on the disk: %1").arg(m_connection.location()));
}

} // namespace kith::views
