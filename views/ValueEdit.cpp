// SPDX-License-Identifier: Apache-2.0
#include "ValueEdit.h"

#include "Look.h"
#include "connection/Async.h"
#include "connection/Requests.h"

namespace kith::views {

namespace json = boost::json;
using connection::Metadata;
using connection::ObjectKind;
using connection::ObjectRef;
using connection::whenReady;

namespace {

/// As the core keeps it: policies in lower case, each once, sorted; metadata by key (spec/engine.md §1).
ValueEdit::Value normal(ValueEdit::Value value)
{
    if (auto *metadata = std::get_if<Metadata>(&value))
        std::sort(metadata->begin(), metadata->end());
    if (auto *policies = std::get_if<QStringList>(&value)) {
        for (QString &policy : *policies)
            policy = policy.trimmed().toLower();
        policies->removeAll(QString());
        policies->sort();
        policies->removeDuplicates();
    }
    return value;
}

template <class Detail>
ValueEdit::Value valueOf(const Detail &detail, const ValueEdit::Value &like)
{
    if (std::holds_alternative<Metadata>(like))
        return normal(detail.metadata);
    if (std::holds_alternative<QStringList>(like))
        return normal(detail.policies);
    return detail.row.name;
}

json::object dataOf(const ValueEdit::Value &value)
{
    if (const auto *metadata = std::get_if<Metadata>(&value))
        return {{"metadata", connection::toJson(*metadata)}};
    if (const auto *policies = std::get_if<QStringList>(&value))
        return {{"policies", connection::toJson(*policies)}};
    return {{"name", connection::toJson(std::get<QString>(value))}};
}

} // namespace

ValueEdit::ValueEdit(ObjectRef object, Value before, Value after)
    : m_object(object), m_before(normal(std::move(before))), m_after(normal(std::move(after)))
{}

void ValueEdit::prepare(connection::Connection &connection, QObject *context, Direction direction,
                        std::function<void(Parts)> ready)
{
    auto go = [this, direction, ready = std::move(ready)](Result<Current> current) {
        ready(current ? parts(direction, *current) : Parts(current.error()));
    };
    connection::Directory &directory = connection.directory();
    if (m_uuid.isEmpty())
        return read(directory, context, std::move(go));
    whenReady(directory.byUuid(m_uuid), context, [this, &directory, context, go = std::move(go)](auto found) {
        if (!found)
            return go(found.error());
        if (!*found)
            return go(Error{ErrorCode::NotFound, 404, {}, {}});
        m_object = **found; // deleted and restored meanwhile, it has another row
        read(directory, context, go);
    });
}

void ValueEdit::read(connection::Directory &directory, QObject *context, std::function<void(Result<Current>)> ready)
{
    auto take = [like = m_before, ready = std::move(ready)](auto detail) {
        if (!detail)
            return ready(detail.error());
        ready(Current{detail->row.uuid, detail->row.name, detail->version, valueOf(*detail, like)});
    };
    if (m_object.kind == ObjectKind::Entity)
        whenReady(directory.entity(m_object.entity()), context, std::move(take));
    else
        whenReady(directory.group(m_object.group()), context, std::move(take));
}

Edit::Parts ValueEdit::parts(Direction direction, const Current &current)
{
    m_uuid = current.uuid;
    m_name = shownName(current.name, 60);
    Value &from = direction == Direction::Forth ? m_before : m_after;
    const Value &to = direction == Direction::Forth ? m_after : m_before;
    const bool overwrite = takeOverwrite();
    m_theirs.reset();
    if (current.value == to)
        return json::array();
    if (overwrite)
        from = current.value;
    if (current.value != from) {
        m_met = direction;
        m_theirs = current.value;
        return Error{ErrorCode::PreconditionFailed, 412, {}, {}};
    }
    const bool entity = m_object.kind == ObjectKind::Entity;
    const QString path = (entity ? QStringLiteral("identity/entity/id/") : QStringLiteral("identity/group/id/"));
    return json::array{connection::updatePart(path + m_uuid, dataOf(to), {m_object.kind, m_uuid, current.version})};
}

static Fields fieldsOf(const ValueEdit::Value &value)
{
    Fields fields;
    if (const auto *metadata = std::get_if<Metadata>(&value))
        fields.insert(metadata->begin(), metadata->end());
    else if (const auto *policies = std::get_if<QStringList>(&value))
        for (const QString &policy : *policies)
            fields[policy] = ValueEdit::tr("has it");
    else
        fields[QString()] = std::get<QString>(value);
    return fields;
}

static ValueEdit::Value valueFrom(const Fields &fields, const ValueEdit::Value &like)
{
    if (std::holds_alternative<Metadata>(like))
        return Metadata(fields.begin(), fields.end());
    if (!std::holds_alternative<QStringList>(like))
        return fields.at(QString());
    QStringList policies;
    for (const auto &[policy, had] : fields)
        policies += policy;
    return policies;
}

std::vector<ConflictField> ValueEdit::conflictFields() const
{
    if (!m_theirs)
        return {};
    const bool forth = m_met == Direction::Forth;
    auto fields =
        differences(fieldsOf(forth ? m_before : m_after), fieldsOf(*m_theirs), fieldsOf(forth ? m_after : m_before));
    for (ConflictField &field : fields)
        if (field.key.isEmpty())
            field.label = tr("Name");
        else if (std::holds_alternative<QStringList>(*m_theirs))
            field.label = tr("Policy %1").arg(field.key);
    return fields;
}

void ValueEdit::settle(const Versions &versions)
{
    if (!m_theirs)
        return;
    const auto fields = conflictFields();
    Value &wanted = m_met == Direction::Forth ? m_after : m_before;
    wanted = normal(valueFrom(merged(fieldsOf(*m_theirs), fields, versions), wanted));
    overwrite();
}

QString ValueEdit::label() const
{
    if (const auto *after = std::get_if<QString>(&m_after))
        return tr("Rename %1 to %2").arg(shownName(std::get<QString>(m_before), 60), shownName(*after, 60));
    if (std::holds_alternative<Metadata>(m_after))
        return tr("Change metadata of %1").arg(m_name);
    return tr("Change policies of %1").arg(m_name);
}

QString ValueEdit::doneText() const
{
    if (const auto *after = std::get_if<QString>(&m_after))
        return tr("Renamed %1 to %2").arg(shownName(std::get<QString>(m_before), 60), shownName(*after, 60));
    if (std::holds_alternative<Metadata>(m_after))
        return tr("Changed metadata of %1").arg(m_name);
    return tr("Changed policies of %1").arg(m_name);
}

QString ValueEdit::conflictText(const Error &) const
{
    if (std::holds_alternative<QString>(m_after))
        return tr("Somebody else renamed %1 meanwhile.").arg(shownName(std::get<QString>(m_before), 60));
    if (std::holds_alternative<Metadata>(m_after))
        return tr("Somebody else changed the metadata of %1 meanwhile.").arg(m_name);
    return tr("Somebody else changed the policies of %1 meanwhile.").arg(m_name);
}

} // namespace kith::views
