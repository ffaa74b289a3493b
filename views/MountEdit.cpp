// SPDX-License-Identifier: Apache-2.0
#include "MountEdit.h"

#include "Look.h"
#include "connection/Requests.h"

namespace kith::views {

namespace json = boost::json;
using connection::toJson;

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

void MountEdit::prepare(connection::Connection &, QObject *, Direction direction, std::function<void(Parts)> ready)
{
    const QString path = QStringLiteral("sys/auth/") + m_draft.path;
    const bool forth = direction == Direction::Forth;
    if (m_wish == Wish::Describe)
        return ready(json::array{connection::updatePart(
            path + QStringLiteral("/tune"), {{"description", toJson(forth ? m_draft.description : m_before)}})});
    if (m_wish == Wish::Disable || !forth)
        return ready(json::array{connection::deletePart(path)});
    ready(json::array{connection::updatePart(path, {{"type", toJson(m_draft.type)},
                                                    {"description", toJson(m_draft.description)},
                                                    {"local", m_draft.reach == MountDraft::Reach::OneCluster}})});
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
