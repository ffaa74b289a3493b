// SPDX-License-Identifier: Apache-2.0
#include "identity/EntityList.h"

#include <algorithm>
#include <string>
#include <vector>

namespace kith::identity {

namespace {

/// Up to so many entities and aliases are put in order in memory.
constexpr std::int64_t MostInMemory = 200'000;

/// Texts one behind the other, each named by its place.
class Texts
{
public:
    struct Place {
        std::size_t at = 0;
        std::size_t length = 0;
    };
    Place add(std::string_view text)
    {
        m_all += text;
        return {m_all.size() - text.size(), text.size()};
    }
    std::string_view operator[](Place place) const { return std::string_view(m_all).substr(place.at, place.length); }

private:
    std::string m_all;
};

struct Entity {
    EntityId id;
    std::uint64_t order = 0; ///< The front of the UUID: whose differs needs no comparison of texts.
    Texts::Place uuid;
    Texts::Place name;
    std::size_t firstAlias = 0;
};

struct Alias {
    EntityId entity;
    Texts::Place uuid;
    Texts::Place accessor;
    Texts::Place name;
};

/// Texts that differ in their first eight bytes are in the order of these numbers.
std::uint64_t orderOf(std::string_view text)
{
    std::uint64_t order = 0;
    for (std::size_t i = 0; i < sizeof order; ++i)
        order = order << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0);
    return order;
}

std::vector<Entity> readEntities(store::Session &session, NamespaceId ns, Texts &texts)
{
    std::vector<Entity> entities;
    store::Query rows = session.query("SELECT id, uuid, name FROM entity WHERE namespace = ? ORDER BY id", ns);
    while (rows.step()) {
        const std::string_view uuid = rows.text(1);
        entities.push_back({rows.id<EntityId>(0), orderOf(uuid), texts.add(uuid), texts.add(rows.text(2)), 0});
    }
    return entities;
}

std::vector<Alias> readAliases(store::Session &session, Texts &texts)
{
    std::vector<Alias> aliases;
    store::Query rows = session.query("SELECT entity, uuid, accessor, name FROM entity_alias ORDER BY id");
    while (rows.step())
        aliases.push_back(
            {rows.id<EntityId>(0), texts.add(rows.text(1)), texts.add(rows.text(2)), texts.add(rows.text(3))});
    std::stable_sort(aliases.begin(), aliases.end(),
                     [](const Alias &a, const Alias &b) { return a.entity < b.entity; });
    return aliases;
}

} // namespace

void listEntitiesInMemory(store::Session &session, NamespaceId ns, const GiveEntityRow &give)
{
    Texts texts;
    std::vector<Entity> entities = readEntities(session, ns, texts);
    const std::vector<Alias> aliases = readAliases(session, texts);
    std::size_t next = 0;
    for (Entity &entity : entities) {
        while (next < aliases.size() && aliases[next].entity < entity.id)
            ++next;
        entity.firstAlias = next;
    }
    std::sort(entities.begin(), entities.end(), [&](const Entity &a, const Entity &b) {
        return a.order != b.order ? a.order < b.order : texts[a.uuid] < texts[b.uuid];
    });
    for (const Entity &entity : entities) {
        EntityListRow row{texts[entity.uuid], texts[entity.name], {}, {}, {}};
        std::size_t at = entity.firstAlias;
        if (at == aliases.size() || aliases[at].entity != entity.id)
            give(row);
        for (; at < aliases.size() && aliases[at].entity == entity.id; ++at) {
            row.aliasUuid = texts[aliases[at].uuid];
            row.accessor = texts[aliases[at].accessor];
            row.aliasName = texts[aliases[at].name];
            give(row);
        }
    }
}

void listEntitiesByIndex(store::Session &session, NamespaceId ns, const GiveEntityRow &give)
{
    constexpr std::string_view Root = "SELECT e.uuid, e.name, a.uuid, a.accessor, a.name FROM entity e "
                                      "LEFT JOIN entity_alias a ON a.entity = e.id "
                                      "WHERE e.namespace = ? ORDER BY e.uuid, a.id";
    // The index of those elsewhere, or else SQLite runs through everybody in the order of their UUIDs.
    constexpr std::string_view Elsewhere = "SELECT e.uuid, e.name, a.uuid, a.accessor, a.name FROM entity e "
                                           "LEFT JOIN entity_alias a ON a.entity = e.id "
                                           "WHERE e.namespace = ? AND e.namespace <> 1 ORDER BY e.uuid, a.id";
    store::Query rows = session.query(ns == RootNamespace ? Root : Elsewhere, ns);
    while (rows.step())
        give({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4)});
}

void listEntities(store::Session &session, NamespaceId ns, const GiveEntityRow &give)
{
    if (ns != RootNamespace) // few as a rule: not worth reading everybody
        return listEntitiesByIndex(session, ns, give);
    const auto rows = session.integer("SELECT ifnull((SELECT max(id) FROM entity), 0) + "
                                      "ifnull((SELECT max(id) FROM entity_alias), 0)");
    if (rows.value_or(0) <= MostInMemory)
        listEntitiesInMemory(session, ns, give);
    else
        listEntitiesByIndex(session, ns, give);
}

} // namespace kith::identity
