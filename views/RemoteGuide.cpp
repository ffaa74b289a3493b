// SPDX-License-Identifier: Apache-2.0
#include "RemoteGuide.h"

#include "Editor.h"
#include "ErrorText.h"
#include "Look.h"
#include "MainWindow.h"
#include "MessageBar.h"
#include "Navigator.h"
#include "ProductionQuestion.h"
#include "TokenDialog.h"
#include "WindowActions.h"
#include "connection/Async.h"

#include <QLocale>

#include <algorithm>
#include <chrono>
#include <utility>

namespace kith::views {

using connection::MirrorState;
using connection::RemoteConnection;
using connection::TokenKeeper;

static constexpr std::chrono::seconds AgingEvery(15);

RemoteGuide::RemoteGuide(RemoteConnection &connection, MainWindow &window)
    : QObject(&window)
    , m_connection(connection)
    , m_window(window)
    , m_truth(connection)
    , m_rights(connection, window.editor().permissions())
{
    const connection::Profile &profile = connection.profile();
    window.setMark(QColor(profile.colour),
                   profile.production ? MainWindow::Weight::Production : MainWindow::Weight::Ordinary);
    if (profile.production)
        window.editor().setConfirm(
            [this](const QString &what, std::function<void(bool)> answer) { confirm(what, std::move(answer)); });
    WindowActions &actions = window.actions();
    for (QAction *action : {actions.refresh, actions.lock, actions.inspectToken})
        action->setVisible(true);
    connect(actions.inspectToken, &QAction::triggered, this, &RemoteGuide::inspectToken);
    connect(actions.refresh, &QAction::triggered, this, &RemoteGuide::refresh);
    connect(actions.lock, &QAction::triggered, this, &RemoteGuide::lockWanted);
    connect(&window, &MainWindow::badgeClicked, this, &RemoteGuide::refresh);
    connect(&window, &MainWindow::lookUpWanted, this, qOverload<const QString &>(&RemoteGuide::lookUp));
    connect(&connection, &RemoteConnection::mirrorChanged, this, &RemoteGuide::showMirror);
    connect(&connection, &RemoteConnection::tokenChanged, this, &RemoteGuide::showToken);
    connect(&connection, &RemoteConnection::clashed, this, [this](const QString &name, bool overwritten) {
        m_clashes.push_back({name, overwritten});
        showClashes();
    });
    connect(&window.editor(), &Editor::historyChanged, this, &RemoteGuide::showClashes);
    connect(&m_truth, &TruthCheck::said, &window, &MainWindow::setRemark);
    connect(&window.navigator(), &Navigator::placeChanged, &m_truth,
            [this](const Place &place) { m_truth.look(place.object); });
    // Not after every change of the mirror: to compare reads anew, which changes it.
    connect(&window.editor(), &Editor::done, &m_truth, [this] { m_truth.look(m_window.navigator().place().object); });
    m_aging.setInterval(AgingEvery);
    connect(&m_aging, &QTimer::timeout, this, &RemoteGuide::showMirror);
    m_aging.start();
    showMirror();
    showToken();
}

void RemoteGuide::refresh()
{
    m_connection.refresh();
    m_rights.read();
}

void RemoteGuide::inspectToken()
{
    auto *dialog = new TokenDialog(m_connection, m_window.navigator().place().object, &m_window);
    connect(dialog, &TokenDialog::openObject, &m_window.navigator(), &Navigator::open);
    dialog->show();
}

/// Exactly this name or id, of an entity or else of a group: what is left where nothing may be listed.
void RemoteGuide::lookUp(const QString &nameOrId)
{
    lookUp(connection::ObjectKind::Entity, nameOrId);
}

void RemoteGuide::lookUp(connection::ObjectKind kind, const QString &nameOrId)
{
    using Found = Result<std::optional<connection::ObjectRef>>;
    connection::whenReady(m_connection.lookUp(kind, nameOrId), this, [this, kind, nameOrId](const Found &found) {
        if (found && *found)
            return m_window.navigator().open(**found);
        if (kind == connection::ObjectKind::Entity)
            return lookUp(connection::ObjectKind::Group, nameOrId);
        const bool forbidden = !found && found.error().code == ErrorCode::PermissionDenied;
        const QString text =
            forbidden ? tr("You have no right to look up “%1”, neither as a person nor as a group.")
            : found   ? tr("The server has nobody and no group with the name or id “%1”.")
                      : tr("“%1” can’t be looked up: %2").arg(QStringLiteral("%1"), errorText(found.error()));
        m_window.showMessage(
            {forbidden || found ? Message::Kind::Note : Message::Kind::Problem, text.arg(shownName(nameOrId, 80)), {}});
    });
}

void RemoteGuide::showMirror()
{
    using Phase = MirrorState::Phase;
    const MirrorState &mirror = m_connection.mirror();
    const QLocale locale;
    const QString again = tr("Click, or F5: read it all again from %1").arg(m_connection.location());
    const QString age = ago(mirror.readAt, QDateTime::currentDateTime());
    switch (mirror.phase) {
    case Phase::Listing:
        m_window.setBadge(tr("reading …"));
        break;
    case Phase::Reading:
        m_window.setBadge(mirror.total > 0
                              ? tr("reading %1 of %2").arg(locale.toString(mirror.done), locale.toString(mirror.total))
                              : tr("reading …"),
                          m_connection.location());
        break;
    case Phase::Current:
        m_window.setBadge(tr("read %1", "3 minutes ago").arg(age), again);
        break;
    case Phase::Stopped:
        m_window.setBadge(age.isEmpty() ? tr("not read to the end") : tr("read %1", "3 minutes ago").arg(age), again);
        break;
    case Phase::Failed:
        m_window.setBadge(age.isEmpty() ? tr("can’t be read") : tr("can’t be read since %1").arg(age), again);
        break;
    }
    if (mirror.phase == Phase::Failed && m_phase != Phase::Failed)
        m_window.showMessage({Message::Kind::Problem,
                              tr("%1 can’t be read: %2 It is tried again by itself.")
                                  .arg(m_connection.name(), mirror.problem ? errorText(*mirror.problem) : QString()),
                              {{tr("Try now"), [this] { m_connection.refresh(); }}}});
    // With a token that is gone all is forbidden; that it is gone is the thing to say, and to leave standing.
    const TokenKeeper::State token = m_connection.token().state();
    const bool signedIn = token == TokenKeeper::State::Good || token == TokenKeeper::State::EndsSoon;
    if (signedIn && mirror.phase == Phase::Current && !mirror.forbidden.isEmpty() &&
        !std::exchange(m_saidForbidden, true))
        m_window.showMessage({Message::Kind::Note,
                              tr("You may not list everything here, so there may be more than is shown: %1")
                                  .arg(mirror.forbidden.join(QStringLiteral(", "))),
                              {}});
    if (mirror.phase == Phase::Reading)
        wantWhatIsSeen();
    else
        m_wanted.clear();
    if (mirror.phase == Phase::Current)
        m_window.offerLookUp(!mirror.forbidden.isEmpty());
    m_phase = mirror.phase;
}

/// While all is being read: what is on the screen goes first, each once.
void RemoteGuide::wantWhatIsSeen()
{
    std::vector<connection::ObjectRef> fresh = m_window.onScreen();
    std::erase_if(fresh, [this](connection::ObjectRef object) {
        return std::find(m_wanted.begin(), m_wanted.end(), object) != m_wanted.end();
    });
    if (fresh.empty())
        return;
    m_wanted.insert(m_wanted.end(), fresh.begin(), fresh.end());
    m_connection.want(std::move(fresh));
}

void RemoteGuide::showToken()
{
    using State = TokenKeeper::State;
    const TokenKeeper &token = m_connection.token();
    const auto say = [this](Message::Kind kind, const QString &text) {
        m_window.showMessage({kind, text, {{tr("Sign in again …"), [this, text] { Q_EMIT signInWanted(text); }}}});
    };
    switch (token.state()) {
    case State::Good:
        break;
    case State::EndsSoon:
        say(Message::Kind::Note,
            tr("Your sign-in ends at %1.").arg(QLocale().toString(token.expires().time(), QLocale::ShortFormat)));
        break;
    case State::Expired:
        say(Message::Kind::Problem, tr("Your sign-in has ended: what is shown grows old, and nothing can be changed."));
        break;
    case State::Revoked:
        say(Message::Kind::Problem,
            tr("Your sign-in was taken back by the server: what is shown grows old, and nothing can be changed."));
        break;
    }
}

/// After what the editor says of the change, which would take its place.
void RemoteGuide::showClashes()
{
    if (m_clashes.empty() || m_window.editor().isBusy())
        return;
    const std::vector<Clash> clashes = std::exchange(m_clashes, {});
    const Clash &first = clashes.front();
    const QString name = shownName(first.name, 60);
    QString text;
    if (clashes.size() > 1)
        text = tr("Somebody else changed %Ln object(s) at the same moment as you: look whether all is as it should be.",
                  nullptr, static_cast<int>(clashes.size()));
    else if (first.overwritten)
        text = tr("Saved, but somebody else changed “%1” at the same moment: what they did may be "
                  "overwritten.")
                   .arg(name);
    else
        text = tr("Somebody else changed “%1” right after you: what you wrote isn’t there any more.").arg(name);
    Message message{Message::Kind::Problem, text, {}};
    if (clashes.size() == 1)
        message.actions.push_back({tr("Show it"), [this, name = first.name] { lookUp(name); }});
    m_window.showMessage(std::move(message));
}

void RemoteGuide::confirm(const QString &what, std::function<void(bool)> answer)
{
    askForProduction(&m_window, m_connection.name(), what, std::move(answer));
}

} // namespace kith::views
