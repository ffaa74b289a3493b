// SPDX-License-Identifier: Apache-2.0
#include "ExistenceEdit.h"

#include "Look.h"
#include "connection/Requests.h"

#include <QUuid>

#include <algorithm>
#include <numeric>

namespace kith::views {

namespace json = boost::json;
using connection::ObjectKind;
using connection::ObjectRef;
using connection::toJson;

static QString freshUuid()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

static json::object aliasData(const AliasDraft &alias, const QString &uuid, const QString &owner)
{
    json::object data{{"id", toJson(uuid)},
                      {"canonical_id", toJson(owner)},
                      {"mount_accessor", toJson(alias.accessor)},
                      {"name", toJson(alias.name)}};
    if (!alias.customMetadata.empty())
        data["custom_metadata"] = toJson(alias.customMetadata);
    return data;
}

std::unique_ptr<ExistenceEdit> ExistenceEdit::create(const EntityDraft &draft)
{
    std::unique_ptr<ExistenceEdit> edit(new ExistenceEdit(Wish::Make));
    edit->m_subject = shownName(draft.name, 60);
    for (GroupId id : draft.groups)
        edit->m_related.push_back(ObjectRef::of(id));
    edit->m_fill = [draft](ExistenceEdit &self, const Resolved &resolved) {
        const QString uuid = freshUuid();
        json::object data{{"id", toJson(uuid)}, {"name", toJson(draft.name)}, {"policies", toJson(draft.policies)}};
        if (!draft.metadata.empty())
            data["metadata"] = toJson(draft.metadata);
        data["direct_group_ids"] = toJson(QStringList(resolved.uuids.begin(), resolved.uuids.end()));
        json::array aliases;
        for (const AliasDraft &alias : draft.aliases)
            aliases.emplace_back(aliasData(alias, freshUuid(), uuid));
        data["aliases"] = std::move(aliases);
        self.m_items = {Item{Kind::Entity, uuid, self.m_subject, std::move(data)}};
    };
    return edit;
}

std::unique_ptr<ExistenceEdit> ExistenceEdit::create(const GroupDraft &draft)
{
    std::unique_ptr<ExistenceEdit> edit(new ExistenceEdit(Wish::Make));
    edit->m_subject = shownName(draft.name, 60);
    for (GroupId id : draft.parents)
        edit->m_related.push_back(ObjectRef::of(id));
    for (EntityId id : draft.people)
        edit->m_related.push_back(ObjectRef::of(id));
    edit->m_fill = [draft](ExistenceEdit &self, const Resolved &resolved) {
        const QString uuid = freshUuid();
        const auto people = resolved.uuids.begin() + static_cast<std::ptrdiff_t>(draft.parents.size());
        json::object data{{"id", toJson(uuid)}, {"name", toJson(draft.name)}};
        data["type"] = draft.kind == GroupKind::External ? "external" : "internal";
        if (!draft.policies.isEmpty())
            data["policies"] = toJson(draft.policies);
        if (!draft.metadata.empty())
            data["metadata"] = toJson(draft.metadata);
        data["parent_group_ids"] = toJson(QStringList(resolved.uuids.begin(), people));
        data["member_entity_ids"] = toJson(QStringList(people, resolved.uuids.end()));
        if (draft.alias)
            data["alias"] = aliasData(*draft.alias, freshUuid(), uuid);
        self.m_items = {Item{Kind::Group, uuid, self.m_subject, std::move(data)}};
    };
    return edit;
}

std::unique_ptr<ExistenceEdit> ExistenceEdit::remove(std::vector<ObjectRef> objects)
{
    std::unique_ptr<ExistenceEdit> edit(new ExistenceEdit(Wish::Delete));
    edit->m_related = std::move(objects);
    edit->m_fill = [](ExistenceEdit &self, const Resolved &resolved) {
        for (std::size_t i = 0; i < self.m_related.size(); ++i) {
            const bool group = self.m_related[i].kind == ObjectKind::Group;
            const QString name = i < resolved.names.size() ? resolved.names[i] : QString();
            self.m_items.push_back(Item{group ? Kind::Group : Kind::Entity, resolved.uuids[i], name, {}});
        }
        self.setSubject();
    };
    return edit;
}

std::unique_ptr<ExistenceEdit> ExistenceEdit::addAlias(ObjectRef owner, const AliasDraft &alias)
{
    std::unique_ptr<ExistenceEdit> edit(new ExistenceEdit(Wish::Make));
    edit->m_subject = shownName(alias.name, 60);
    edit->m_related = {owner};
    edit->m_fill = [alias, owner](ExistenceEdit &self, const Resolved &resolved) {
        const QString uuid = freshUuid();
        const Kind kind = owner.kind == ObjectKind::Entity ? Kind::EntityAlias : Kind::GroupAlias;
        self.m_items = {Item{kind, uuid, self.m_subject, aliasData(alias, uuid, resolved.uuids.front())}};
        self.m_owner = resolved.names.front();
    };
    return edit;
}

std::unique_ptr<ExistenceEdit> ExistenceEdit::removeAlias(ObjectRef owner, const connection::AliasDetail &alias)
{
    std::unique_ptr<ExistenceEdit> edit(new ExistenceEdit(Wish::Delete));
    edit->m_subject = shownName(alias.name.name, 60);
    edit->m_related = {owner};
    const Kind kind = owner.kind == ObjectKind::Entity ? Kind::EntityAlias : Kind::GroupAlias;
    edit->m_fill = [uuid = alias.uuid, kind](ExistenceEdit &self, const Resolved &resolved) {
        self.m_items = {Item{kind, uuid, self.m_subject, {}}};
        self.m_owner = resolved.names.front();
    };
    return edit;
}

std::unique_ptr<ExistenceEdit> ExistenceEdit::removeAliases(const std::vector<connection::AliasRow> &aliases)
{
    std::unique_ptr<ExistenceEdit> edit(new ExistenceEdit(Wish::Delete));
    for (const connection::AliasRow &alias : aliases)
        edit->m_items.push_back(Item{Kind::EntityAlias, alias.uuid, shownName(alias.name.name, 60), {}});
    if (aliases.size() == 1)
        edit->m_owner = shownName(aliases.front().entityName, 60);
    edit->setSubject();
    return edit;
}

void ExistenceEdit::prepare(connection::Connection &connection, QObject *context, Direction direction,
                            std::function<void(Parts)> ready)
{
    if (!m_following.empty())
        return aside(
            context, [this, ready] { followNow(); },
            [this, &connection, context, direction, ready] { prepare(connection, context, direction, ready); });
    m_leftOut = false;
    m_renewed = false;
    if (!m_fill)
        return ready(somethingForUnits(direction));
    auto known = [this, context, direction, ready](Result<Resolved> resolved) {
        if (!resolved)
            return ready(resolved.error());
        auto names = std::make_shared<Resolved>(std::move(*resolved));
        fillAside(context, direction, ready, [this, names] { std::exchange(m_fill, nullptr)(*this, *names); });
    };
    // Of hundreds of thousands that takes longer than the window may stand still; `ready` keeps this.
    auto objects = std::make_shared<std::vector<ObjectRef>>();
    aside(
        context, [this, objects, ready] { *objects = m_related; },
        [this, &directory = connection.directory(), context, objects, known] {
            const auto named = static_cast<std::ptrdiff_t>(std::min(m_related.size(), MostNamed));
            resolve(directory, context, std::move(*objects), {m_related.begin(), m_related.begin() + named}, known);
        });
}

const char *ExistenceEdit::keyOf(Kind kind)
{
    switch (kind) {
    case Kind::Entity:
        return "entity";
    case Kind::Group:
        return "group";
    case Kind::EntityAlias:
        return "entity_alias";
    case Kind::GroupAlias:
        return "group_alias";
    }
    return "";
}

QString ExistenceEdit::pathOf(const Item &item)
{
    const QString kind = QString::fromLatin1(keyOf(item.kind)).replace(QLatin1Char('_'), QLatin1Char('-'));
    return QStringLiteral("identity/%1/id/%2").arg(kind, item.uuid);
}

void ExistenceEdit::setSubject()
{
    if (m_items.empty())
        return;
    if (m_items.size() > 1 && m_items.front().kind == Kind::EntityAlias) {
        m_subject = tr("%Ln aliases", "never one", static_cast<int>(m_items.size()));
        return;
    }
    const auto groups = static_cast<std::size_t>(
        std::count_if(m_items.begin(), m_items.end(), [](const Item &item) { return item.kind == Kind::Group; }));
    m_subject = subjectText(m_items.size() - groups, groups, m_items.front().name);
}

Edit::Units ExistenceEdit::units(Direction direction) const
{
    Units all(m_items.size());
    std::iota(all.begin(), all.end(), 0);
    // The last deleted comes back first: what was read of the others before may name it.
    if (makes(direction))
        std::reverse(all.begin(), all.end());
    return all;
}

QString ExistenceEdit::unitName(std::size_t unit) const
{
    return m_items[unit].name;
}

json::array ExistenceEdit::partsOf(Direction direction, const Units &units) const
{
    json::array result;
    for (const std::size_t unit : units) {
        const Item &item = m_items[unit];
        if (makes(direction)) {
            result.emplace_back(
                connection::updatePart(QStringLiteral("kith/restore"), json::object{{keyOf(item.kind), item.data}}));
            continue;
        }
        result.emplace_back(connection::readPart(pathOf(item)));
        result.emplace_back(connection::deletePart(pathOf(item)));
    }
    return result;
}

static const json::value *memberIn(const json::value &answer, const char *key)
{
    const json::object *object = answer.if_object();
    return object ? object->if_contains(key) : nullptr;
}

void ExistenceEdit::answered(Direction direction, const Units &units, const json::array &answers)
{
    for (std::size_t i = 0; i < units.size() && i * partsEach(direction) < answers.size(); ++i) {
        Item &item = m_items[units[i]];
        const json::value &answer = answers[i * partsEach(direction)];
        if (makes(direction)) {
            takeNewId(item, answer);
            const json::value *warnings = memberIn(answer, "warnings");
            m_leftOut = m_leftOut || (warnings && warnings->is_array() && !warnings->get_array().empty());
        } else if (const json::value *data = memberIn(answer, "data"); data && data->is_object()) {
            item.data = data->get_object();
        }
    }
}

/// A server that knows no kith/restore makes the objects with ids of its own.
void ExistenceEdit::takeNewId(Item &item, const json::value &answer)
{
    const json::value *data = memberIn(answer, "data");
    const json::object *object = data ? data->if_object() : nullptr;
    if (const json::value *id = object ? object->if_contains("id") : nullptr)
        item.uuid = connection::textOf(*id);
    m_renewed = m_renewed || (object && object->contains("new_id"));
    const json::value *renewed = object ? object->if_contains("new_ids") : nullptr;
    for (const auto &pair : renewed && renewed->is_object() ? renewed->get_object() : json::object())
        m_newIds[QString::fromUtf8(pair.key().data(), static_cast<qsizetype>(pair.key().size()))] =
            connection::textOf(pair.value());
}

void ExistenceEdit::follow(const SharedNewIds &ids)
{
    m_following.push_back(ids);
}

/// A deleted group holds the ids of all who were in it: they are looked through in another thread, when it is its turn.
void ExistenceEdit::followNow()
{
    for (const SharedNewIds &ids : std::exchange(m_following, {})) {
        for (Item &item : m_items) {
            views::follow(item.uuid, *ids);
            json::value data = std::move(item.data);
            views::follow(data, *ids);
            item.data = std::move(data.get_object());
        }
    }
}

std::shared_ptr<Edit> ExistenceEdit::take(const Units &units)
{
    std::shared_ptr<ExistenceEdit> other(new ExistenceEdit(m_wish));
    other->m_owner = m_owner;
    other->m_following = m_following;
    other->m_items = takeUnits(m_items, units);
    other->setSubject();
    setSubject();
    return other;
}

QString ExistenceEdit::label() const
{
    if (!m_owner.isEmpty())
        return m_wish == Wish::Make ? tr("Add alias %1 to %2").arg(m_subject, m_owner)
                                    : tr("Remove alias %1 from %2").arg(m_subject, m_owner);
    return m_wish == Wish::Make ? tr("Create %1").arg(m_subject) : tr("Delete %1").arg(m_subject);
}

QString ExistenceEdit::doneText() const
{
    if (!m_owner.isEmpty())
        return m_wish == Wish::Make ? tr("Added alias %1 to %2").arg(m_subject, m_owner)
                                    : tr("Removed alias %1 from %2").arg(m_subject, m_owner);
    return m_wish == Wish::Make ? tr("Created %1").arg(m_subject) : tr("Deleted %1").arg(m_subject);
}

QString ExistenceEdit::remark() const
{
    QStringList sentences;
    if (m_renewed)
        sentences += tr("The server gave it a new id.");
    if (m_leftOut)
        sentences += m_renewed ? tr("Not everything could be as it was.")
                               : tr("What it belonged to and is gone meanwhile was left out.");
    return sentences.join(QLatin1Char(' '));
}

QString ExistenceEdit::madeUuid(Direction direction) const
{
    const bool whole = makes(direction) && m_items.size() == 1 &&
                       (m_items.front().kind == Kind::Entity || m_items.front().kind == Kind::Group);
    return whole ? m_items.front().uuid : QString();
}

} // namespace kith::views
