// SPDX-License-Identifier: Apache-2.0
#include "AliasEdit.h"

#include "Look.h"
#include "connection/Async.h"
#include "connection/Requests.h"

#include <algorithm>

namespace kith::views {

namespace json = boost::json;
using connection::AliasDetail;
using connection::ObjectKind;
using connection::whenReady;

AliasEdit::AliasEdit(connection::ObjectRef owner, QString alias, AliasDraft before, AliasDraft after)
    : m_owner(owner), m_alias(std::move(alias)), m_before(std::move(before)), m_after(std::move(after))
{}

void AliasEdit::prepare(connection::Connection &connection, QObject *context, Direction direction,
                        std::function<void(Parts)> ready)
{
    auto go = [this, direction, ready = std::move(ready)](Result<Current> current) {
        ready(current ? parts(direction, *current) : Parts(current.error()));
    };
    connection::Directory &directory = connection.directory();
    if (m_ownerUuid.isEmpty())
        return read(directory, context, std::move(go));
    whenReady(directory.byUuid(m_ownerUuid), context, [this, &directory, context, go = std::move(go)](auto found) {
        if (!found)
            return go(found.error());
        if (!*found)
            return go(Error{ErrorCode::NotFound, 404, {}, {}});
        m_owner = **found; // deleted and restored meanwhile, it has another row
        read(directory, context, go);
    });
}

void AliasEdit::read(connection::Directory &directory, QObject *context,
                     std::function<void(Result<Current>)> ready) const
{
    if (m_owner.kind == ObjectKind::Entity) {
        whenReady(directory.entity(m_owner.entity()), context, [ready = std::move(ready)](auto entity) {
            if (!entity)
                return ready(entity.error());
            ready(Current{entity->row.uuid, entity->row.name, entity->version, entity->aliases});
        });
        return;
    }
    whenReady(directory.group(m_owner.group()), context, [ready = std::move(ready)](auto group) {
        if (!group)
            return ready(group.error());
        Current current{group->row.uuid, group->row.name, group->version, {}};
        if (group->alias)
            current.aliases.push_back(*group->alias);
        ready(std::move(current));
    });
}

Edit::Parts AliasEdit::parts(Direction direction, const Current &current)
{
    m_theirs.reset();
    m_ownerUuid = current.uuid;
    m_ownerName = shownName(current.name, 60);
    const auto found = std::find_if(current.aliases.begin(), current.aliases.end(),
                                    [this](const AliasDetail &alias) { return alias.uuid == m_alias; });
    if (found == current.aliases.end())
        return Error{ErrorCode::NotFound, 404, {}, {}};
    AliasDraft &from = direction == Direction::Forth ? m_before : m_after;
    const AliasDraft &to = direction == Direction::Forth ? m_after : m_before;
    const AliasDraft now{found->name.name, found->accessor, found->customMetadata};
    const bool overwrite = takeOverwrite();
    if (now == to)
        return json::array();
    if (overwrite)
        from = now;
    if (!(now == from)) {
        m_met = direction;
        m_theirs = now;
        return Error{ErrorCode::PreconditionFailed, 412, {}, {}};
    }
    const bool entity = m_owner.kind == ObjectKind::Entity;
    json::object data{{"name", connection::toJson(to.name)}, {"mount_accessor", connection::toJson(to.accessor)}};
    if (entity)
        data["custom_metadata"] = connection::toJson(to.customMetadata);
    const QString path =
        entity ? QStringLiteral("identity/entity-alias/id/") : QStringLiteral("identity/group-alias/id/");
    return json::array{
        connection::updatePart(path + m_alias, std::move(data), {m_owner.kind, m_ownerUuid, current.version})};
}

namespace {

const QString NameKey = QStringLiteral("1 name");
const QString MountKey = QStringLiteral("2 mount");
const QString MetadataKey = QStringLiteral("3 ");

Fields fieldsOf(const AliasDraft &alias)
{
    Fields fields{{NameKey, alias.name}, {MountKey, alias.accessor}};
    for (const auto &[key, value] : alias.customMetadata)
        fields[MetadataKey + key] = value;
    return fields;
}

AliasDraft aliasFrom(const Fields &fields)
{
    AliasDraft alias{fields.at(NameKey), fields.at(MountKey), {}};
    for (const auto &[key, value] : fields)
        if (key.startsWith(MetadataKey))
            alias.customMetadata.push_back({key.mid(MetadataKey.size()), value});
    return alias;
}

} // namespace

std::vector<ConflictField> AliasEdit::conflictFields() const
{
    if (!m_theirs)
        return {};
    const bool forth = m_met == Direction::Forth;
    auto fields =
        differences(fieldsOf(forth ? m_before : m_after), fieldsOf(*m_theirs), fieldsOf(forth ? m_after : m_before));
    for (ConflictField &field : fields)
        field.label = field.key == NameKey    ? tr("Log-in name")
                      : field.key == MountKey ? tr("Accessor of its mount")
                                              : field.key.mid(MetadataKey.size());
    return fields;
}

void AliasEdit::follow(const SharedNewIds &ids)
{
    views::follow(m_ownerUuid, *ids);
    views::follow(m_alias, *ids);
}

void AliasEdit::settle(const Versions &versions)
{
    if (!m_theirs)
        return;
    const auto fields = conflictFields();
    (m_met == Direction::Forth ? m_after : m_before) = aliasFrom(merged(fieldsOf(*m_theirs), fields, versions));
    overwrite();
}

QString AliasEdit::label() const
{
    return tr("Change alias %1 of %2").arg(shownName(m_before.name, 60), m_ownerName);
}

QString AliasEdit::doneText() const
{
    return tr("Changed alias %1 of %2").arg(shownName(m_before.name, 60), m_ownerName);
}

QString AliasEdit::conflictText(const Error &) const
{
    return tr("Somebody else changed the alias %1 of %2 meanwhile.").arg(shownName(m_before.name, 60), m_ownerName);
}

} // namespace kith::views
