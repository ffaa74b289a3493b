// SPDX-License-Identifier: Apache-2.0
#include "identity/Namespaces.h"

#include "identity/Mounts.h"
#include "store/Seal.h"
#include "store/Text.h"

#include <algorithm>
#include <array>

namespace kith::identity {

namespace {

/// What paths of every namespace begin with; `kith` is this program's own.
constexpr std::array<std::string_view, 7> reserved{"root", "sys", "audit", "auth", "cubbyhole", "identity", "kith"};

Namespace namespaceOf(const store::Query &row)
{
    Namespace ns;
    ns.id = row.id<NamespaceId>(0);
    ns.parent = row.id<NamespaceId>(1);
    ns.shortId = row.text(2);
    ns.uuid = row.text(3);
    ns.path = row.text(4);
    ns.customMetadata = metadataFromColumn(row.text(5)).value_or(Metadata());
    return ns;
}

/// Never one that another had: what still names that one must not come to life in this one.
NamespaceId newId(store::WriteSession &session)
{
    const NamespaceId id{session
                             .integer("SELECT 1 + max((SELECT max(id) FROM namespace), coalesce((SELECT CAST(value AS "
                                      "INTEGER) FROM setting WHERE name = 'last_namespace'), 0))")
                             .value()};
    session.run("INSERT OR REPLACE INTO setting (name, value) VALUES ('last_namespace', ?)", std::to_string(id.value));
    return id;
}

std::string newShortId(store::Session &session)
{
    for (;;) {
        std::string id = store::randomBase62(6);
        if (!session.integer("SELECT 1 FROM namespace WHERE short_id = ?", id))
            return id;
    }
}

/// The mount that lies at a namespace's path, or below it.
std::optional<std::string> mountInTheWay(store::Session &session, NamespaceId parent, std::string_view path)
{
    return session.text("SELECT path FROM mount WHERE namespace = ?1 AND class = 'secret' AND "
                        "substr(path, 1, length(?2)) = ?2 ORDER BY path",
                        parent, path);
}

template <class Id>
void note(std::vector<Id> &changed, store::Query rows)
{
    while (rows.step())
        changed.push_back(rows.id<Id>(0));
}

template <class Left, class Right>
void note(std::vector<std::pair<Left, Right>> &changed, store::Query rows)
{
    while (rows.step())
        changed.emplace_back(rows.id<Left>(0), rows.id<Right>(1));
}

} // namespace

std::string idSuffix(store::Session &session, NamespaceId ns)
{
    if (ns == RootNamespace)
        return {};
    return session.text("SELECT suffix FROM namespace WHERE id = ?", ns).value_or(std::string());
}

std::vector<Namespace> namespaces(store::Session &session)
{
    std::vector<Namespace> all;
    store::Query row =
        session.query("SELECT id, parent, short_id, uuid, path, custom_metadata FROM namespace ORDER BY path");
    while (row.step())
        all.push_back(namespaceOf(row));
    return all;
}

std::optional<Namespace> childNamespace(store::Session &session, NamespaceId parent, std::string_view name)
{
    store::Query row = session.query("SELECT n.id, n.parent, n.short_id, n.uuid, n.path, n.custom_metadata "
                                     "FROM namespace n JOIN namespace p ON p.id = n.parent "
                                     "WHERE p.id = ?1 AND n.path = p.path || ?2 || '/'",
                                     parent, name);
    return row.step() ? std::optional(namespaceOf(row)) : std::nullopt;
}

Result<void> checkNamespaceName(std::string_view name)
{
    if (name.find('/') != std::string_view::npos)
        return invalidRequest("namespace name cannot contain /");
    if (std::find(reserved.begin(), reserved.end(), name) != reserved.end())
        return invalidRequest(inQuotes(std::string(name) + "/") +
                              " is a reserved path and cannot be used as a namespace name");
    return {};
}

Result<void> checkNewNamespaceName(std::string_view name)
{
    if (auto possible = checkNamespaceName(name); !possible)
        return possible;
    if (std::any_of(name.begin(), name.end(), [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }))
        return invalidRequest(inQuotes(name) + " contains space characters that cannot be used in a namespace name");
    if (const auto at = name.find_first_of("+*"); at != std::string_view::npos)
        return invalidRequest(inQuotes(name) + " contains wildcard characters that cannot be used in a namespace " +
                              "name: '" + std::string(1, name[at]) + "'");
    return {};
}

Result<Namespace> createNamespace(store::WriteSession &session, const Namespace &parent, std::string_view name)
{
    const std::string place = std::string(name) + "/";
    if (const auto mount = mountInTheWay(session, parent.id, place))
        return invalidRequest("new namespace conflicts with existing mount: " + *mount);
    Namespace made{{}, parent.id, newShortId(session), newUuid(), parent.path + place, {}};
    made.id = newId(session);
    session.run("INSERT INTO namespace (id, short_id, suffix, path, uuid, parent) VALUES (?, ?, ?, ?, ?, ?)", made.id,
                made.shortId, made.idSuffix(), made.path, made.uuid, made.parent);
    addBuiltInMounts(session, made.id);
    return made;
}

void saveCustomMetadata(store::WriteSession &session, NamespaceId ns, const Metadata &metadata)
{
    session.run("UPDATE namespace SET custom_metadata = ?2 WHERE id = ?1", ns, metadataColumn(metadata));
    session.changes.mounts = true; // whoever holds the table of mounts holds the namespaces too
}

bool hasChildren(store::Session &session, NamespaceId ns)
{
    return session.integer("SELECT 1 FROM namespace WHERE parent = ?", ns).has_value();
}

void deleteNamespace(store::WriteSession &session, NamespaceId ns)
{
    ChangeSet &changes = session.changes;
    note(changes.members, session.query("SELECT m.grp, m.entity FROM identity_group g JOIN member_entity m "
                                        "ON m.grp = g.id WHERE g.namespace = ? AND g.namespace <> 1",
                                        ns));
    note(changes.subgroups, session.query("SELECT m.parent, m.child FROM identity_group g JOIN member_group m "
                                          "ON m.parent = g.id WHERE g.namespace = ? AND g.namespace <> 1",
                                          ns));
    note(changes.groups,
         session.query("DELETE FROM identity_group WHERE namespace = ? AND namespace <> 1 RETURNING id", ns));
    note(changes.entities, session.query("DELETE FROM entity WHERE namespace = ? AND namespace <> 1 RETURNING id", ns));
    note(changes.policies, session.query("DELETE FROM acl_policy WHERE namespace = ? RETURNING policy", ns));
    session.run("DELETE FROM mount WHERE namespace = ?", ns);
    session.run("DELETE FROM namespace WHERE id = ?", ns);
    changes.mounts = true;
}

std::optional<std::string> namespaceInTheWay(store::Session &session, NamespaceId ns, std::string_view path)
{
    return session.text("SELECT substr(n.path, length(p.path) + 1) FROM namespace n JOIN namespace p "
                        "ON p.id = n.parent WHERE p.id = ?1 AND "
                        "substr(?2, 1, length(n.path) - length(p.path)) = substr(n.path, length(p.path) + 1)",
                        ns, withSlash(path));
}

} // namespace kith::identity
