// SPDX-License-Identifier: Apache-2.0
#include "MergeEdit.h"

#include "ErrorText.h"
#include "Look.h"
#include "connection/Answers.h"
#include "connection/Async.h"
#include "connection/Conversions.h"
#include "connection/Requests.h"

namespace kith::views {

namespace json = boost::json;
using connection::toJson;

QString MergeEdit::path(const QString &uuid) const
{
    return QStringLiteral("identity/entity/id/") + uuid;
}

/// Whether somebody was changed in what a restoration would set back.
static bool sameFacts(const json::object &a, const json::object &b)
{
    for (const char *key : {"name", "metadata", "policies", "disabled", "aliases", "direct_group_ids"}) {
        const json::value *first = a.if_contains(key);
        const json::value *second = b.if_contains(key);
        if ((first ? *first : json::value()) != (second ? *second : json::value()))
            return false;
    }
    return true;
}

json::array MergeEdit::partsForth()
{
    const QString merge = QStringLiteral("identity/entity/merge");
    json::object data{{"from_entity_ids", json::array{toJson(m_order.from)}}, {"to_entity_id", toJson(m_order.to)}};
    if (!m_order.aliasesToKeep.isEmpty())
        data["conflicting_alias_ids_to_keep"] = toJson(m_order.aliasesToKeep);
    json::array parts{connection::readPart(path(m_order.from)), connection::readPart(path(m_order.to)),
                      connection::updatePart(merge, std::move(data))};
    // When it is done again they have been brought back, as other versions.
    const bool first = m_from.empty();
    if (!takeOverwrite() && first) {
        parts[0].as_object()["precondition"] =
            json::object{{"entity", toJson(m_order.from)}, {"version", m_order.fromVersion}};
        parts[2].as_object()["precondition"] =
            json::object{{"entity", toJson(m_order.to)}, {"version", m_order.toVersion}};
    }
    // Only who takes it back has to know how it was just after; a plain server could fail there, with the merge done.
    if (m_way == Way::Undoable)
        parts.push_back(connection::readPart(path(m_order.to)));
    return parts;
}

json::array MergeEdit::partsBack() const
{
    const QString restore = QStringLiteral("kith/restore");
    return {connection::deletePart(path(m_order.to)), connection::updatePart(restore, {{"entity", m_to}}),
            connection::updatePart(restore, {{"entity", m_from}})};
}

void MergeEdit::prepare(connection::Connection &connection, QObject *context, Direction direction,
                        std::function<void(Parts)> ready)
{
    m_asked = direction;
    if (direction == Direction::Forth)
        return ready(partsForth());
    auto read = connection::requestOf(core::Operation::Read, connection::toStd(path(m_order.to)));
    connection::whenReady(connection.send(std::move(read)), context,
                          [this, ready = std::move(ready)](const Result<core::Response> &answer) {
                              const json::object *now = connection::dataOf(answer);
                              if (!now)
                                  return ready(errorOf(answer));
                              if (!sameFacts(*now, m_merged) && !takeOverwrite())
                                  return ready(Error{ErrorCode::PreconditionFailed, 412, {}, {}});
                              ready(partsBack());
                          });
}

void MergeEdit::answered(Direction direction, const json::array &answers)
{
    if (direction != Direction::Forth || answers.size() != 4)
        return;
    const auto data = [&answers](std::size_t part) {
        const json::object *answer = answers[part].if_object();
        const json::value *value = answer ? answer->if_contains("data") : nullptr;
        const json::object *object = value ? value->if_object() : nullptr;
        return object ? *object : json::object();
    };
    m_from = data(0);
    m_to = data(1);
    m_merged = data(3);
}

QString MergeEdit::label() const
{
    return tr("Merge %1 into %2").arg(shownName(m_order.fromName, 60), shownName(m_order.toName, 60));
}

QString MergeEdit::doneText() const
{
    return tr("Merged %1 into %2").arg(shownName(m_order.fromName, 60), shownName(m_order.toName, 60));
}

QString MergeEdit::conflictText(const Error &) const
{
    if (m_asked == Direction::Forth)
        return tr("%1 or %2 has been changed since they were shown. Nothing was merged.")
            .arg(shownName(m_order.fromName, 60), shownName(m_order.toName, 60));
    return tr("%1 has been changed since. Taking the merge back would lose that.").arg(shownName(m_order.toName, 60));
}

QString MergeEdit::madeUuid(Direction direction) const
{
    return direction == Direction::Forth ? m_order.to : m_order.from;
}

} // namespace kith::views
