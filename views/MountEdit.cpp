// SPDX-License-Identifier: Apache-2.0
#include "MountEdit.h"

#include "Look.h"
#include "connection/Answers.h"
#include "connection/Async.h"
#include "connection/Conversions.h"
#include "connection/Requests.h"

#include <algorithm>

namespace kith::views {

namespace json = boost::json;
using connection::toJson;
using connection::whenReady;

static QString pathOf(const MountDraft &draft)
{
    return QStringLiteral("sys/auth/") + draft.path;
}

std::unique_ptr<MountEdit> MountEdit::enable(const MountDraft &draft)
{
    return std::unique_ptr<MountEdit>(new MountEdit(Wish::Enable, draft));
}

std::unique_ptr<MountEdit> MountEdit::describe(const QString &path, const QString &before, const QString &after)
{
    std::unique_ptr<MountEdit> edit(new MountEdit(Wish::Describe, {path, {}, after}));
    edit->m_before = before;
    return edit;
}

std::unique_ptr<MountEdit> MountEdit::disable(const QString &path)
{
    return std::unique_ptr<MountEdit>(new MountEdit(Wish::Disable, {path, {}, {}}));
}

void MountEdit::prepare(connection::Connection &connection, QObject *context, Direction direction,
                        std::function<void(Parts)> ready)
{
    if (m_wish == Wish::Disable)
        return ready(json::array{connection::deletePart(pathOf(m_draft))});
    // Who may not list them may write all the same: then the attempt tells.
    whenReady(connection.send(connection::requestOf(core::Operation::Read, "sys/auth")), context,
              [this, &connection, context, direction, ready = std::move(ready)](const Result<core::Response> &answer) {
                  if (!answer)
                      return ready(answer.error());
                  const Mounts *mounts = connection::dataOf(answer);
                  if (m_wish == Wish::Describe)
                      return ready(partsToDescribe(direction, mounts));
                  if (direction == Direction::Forth)
                      return ready(partsToEnable(mounts));
                  takeBack(connection, context, mounts, ready);
              });
}

const json::object *MountEdit::find(const Mounts &mounts) const
{
    const json::value *mount = mounts.if_contains(connection::toStd(m_draft.path) + '/');
    return mount ? mount->if_object() : nullptr;
}

Edit::Parts MountEdit::partsToEnable(const Mounts *mounts) const
{
    json::array parts{
        connection::updatePart(pathOf(m_draft), {{"type", toJson(m_draft.type)},
                                                 {"description", toJson(m_draft.description)},
                                                 {"local", m_draft.reach == MountDraft::Reach::OneCluster}})};
    if (mounts)
        parts.emplace_back(connection::readPart(QStringLiteral("sys/auth"))); // for its accessor
    return parts;
}

Edit::Parts MountEdit::partsToDescribe(Direction direction, const Mounts *mounts)
{
    QString &from = direction == Direction::Forth ? m_before : m_draft.description;
    const QString &to = direction == Direction::Forth ? m_draft.description : m_before;
    const bool overwrite = takeOverwrite();
    if (mounts) {
        const json::object *mount = find(*mounts);
        if (!mount)
            return Error{ErrorCode::NotFound, 404, {}, {}};
        m_theirs = connection::toQt(connection::textIn(*mount, "description"));
        if (m_theirs == to)
            return json::array();
        if (overwrite)
            from = m_theirs;
        if (m_theirs != from) {
            m_met = Met::Described;
            m_direction = direction;
            return Error{ErrorCode::PreconditionFailed, 412, {}, {}};
        }
    }
    return json::array{
        connection::updatePart(pathOf(m_draft) + QStringLiteral("/tune"), {{"description", toJson(to)}})};
}

void MountEdit::takeBack(connection::Connection &connection, QObject *context, const Mounts *mounts,
                         std::function<void(Parts)> ready)
{
    const json::object *mount = mounts ? find(*mounts) : nullptr;
    if (mounts && !mount)
        return ready(json::array());
    if (takeOverwrite())
        return ready(json::array{connection::deletePart(pathOf(m_draft))});
    const Error met{ErrorCode::PreconditionFailed, 412, {}, {}};
    if (mount && !m_accessor.isEmpty() && connection::toQt(connection::textIn(*mount, "accessor")) != m_accessor) {
        m_met = Met::Replaced;
        return ready(met);
    }
    whenReady(connection.directory().mounts(), context, [this, met, ready = std::move(ready)](const auto &rows) {
        if (!rows)
            return ready(rows.error());
        const bool used = std::any_of(rows->begin(), rows->end(), [this](const connection::MountRow &row) {
            return row.path == m_draft.path && (row.aliases > 0 || row.groupAliases > 0);
        });
        if (!used)
            return ready(json::array{connection::deletePart(pathOf(m_draft))});
        m_met = Met::Used;
        ready(met);
    });
}

void MountEdit::answered(Direction direction, const json::array &answers)
{
    if (m_wish != Wish::Enable || direction != Direction::Forth)
        return;
    m_accessor.clear();
    const json::object *answer = answers.size() == 2 ? answers[1].if_object() : nullptr;
    const json::value *mounts = answer ? answer->if_contains("data") : nullptr;
    const json::object *mount = mounts && mounts->is_object() ? find(mounts->get_object()) : nullptr;
    if (mount)
        m_accessor = connection::toQt(connection::textIn(*mount, "accessor"));
}

QString MountEdit::conflictText(const Error &) const
{
    const QString path = shownName(m_draft.path, 60);
    switch (m_met) {
    case Met::Replaced:
        return tr("Somebody else enabled another method at %1 since. Taking it back would disable that one.").arg(path);
    case Met::Used:
        return tr("People log in at %1 by now. Taking it back would delete what the method keeps of them, for good.")
            .arg(path);
    case Met::Described:
        break;
    }
    return tr("Somebody else described %1 meanwhile.").arg(path);
}

std::vector<ConflictField> MountEdit::conflictFields() const
{
    if (m_wish != Wish::Describe)
        return {};
    const bool forth = m_direction == Direction::Forth;
    return {{QString(), tr("Description"), forth ? m_before : m_draft.description, m_theirs,
             forth ? m_draft.description : m_before}};
}

void MountEdit::settle(const Versions &versions)
{
    if (!versions.empty() && versions.front() == Version::Theirs)
        (m_direction == Direction::Forth ? m_draft.description : m_before) = m_theirs;
    overwrite();
}

QString MountEdit::label() const
{
    const QString path = shownName(m_draft.path, 60);
    return m_wish == Wish::Enable     ? tr("Enable %1").arg(path)
           : m_wish == Wish::Describe ? tr("Describe %1").arg(path)
                                      : tr("Disable %1").arg(path);
}

QString MountEdit::doneText() const
{
    const QString path = shownName(m_draft.path, 60);
    return m_wish == Wish::Enable     ? tr("People can log in at %1 now").arg(path)
           : m_wish == Wish::Describe ? tr("Described %1").arg(path)
                                      : tr("Disabled %1").arg(path);
}

} // namespace kith::views
