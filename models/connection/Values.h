// SPDX-License-Identifier: Apache-2.0
// What a Directory answers with: plain values in Qt's types.
#pragma once

#include "store/Ids.h"

#include <QDateTime>
#include <QMetaType>
#include <QPair>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <type_traits>
#include <unordered_set>
#include <variant>
#include <vector>

namespace kith::connection {

enum class ObjectKind { Entity, Group };

/// An entity or a group, by its row id.
struct ObjectRef {
    ObjectKind kind = ObjectKind::Entity;
    qint64 id = 0;

    static ObjectRef of(EntityId id) { return {ObjectKind::Entity, id.value}; }
    static ObjectRef of(GroupId id) { return {ObjectKind::Group, id.value}; }
    EntityId entity() const { return kind == ObjectKind::Entity ? EntityId{id} : EntityId{}; }
    GroupId group() const { return kind == ObjectKind::Group ? GroupId{id} : GroupId{}; }
    explicit operator bool() const { return id != 0; }
    friend bool operator==(const ObjectRef &, const ObjectRef &) = default;
};

struct Counts {
    qint64 entities = 0;
    qint64 groups = 0;
    qint64 aliases = 0;
    qint64 policies = 0;
    qint64 mounts = 0;
};

/// Row ids in the order of a table, shared and never changed. Ids fit 32 bits (LIMITS: 4 bytes a row).
template <class Id>
class Rows
{
public:
    Rows() = default;
    explicit Rows(std::shared_ptr<const std::vector<quint32>> ids) : m_ids(std::move(ids)) {}
    int size() const { return m_ids ? static_cast<int>(m_ids->size()) : 0; }
    Id at(int row) const { return Id{(*m_ids)[static_cast<std::size_t>(row)]}; }
    /// What the function makes of each.
    template <class Function>
    auto mapped(Function function) const
    {
        std::vector<std::decay_t<std::invoke_result_t<Function, Id>>> all;
        all.reserve(static_cast<std::size_t>(size()));
        for (int row = 0; row < size(); ++row)
            all.push_back(function(at(row)));
        return all;
    }
    /// All of them; null when there is none.
    const std::shared_ptr<const std::vector<quint32>> &ids() const { return m_ids; }

private:
    std::shared_ptr<const std::vector<quint32>> m_ids;
};

using Metadata = std::vector<QPair<QString, QString>>; ///< By key.

/// A name under which somebody logs in, and where.
struct AliasName {
    QString name;
    QString mount; ///< The mount's path without its slash ("github"); empty when the mount is gone.
    QString type;  ///< The mount's type; empty when the mount is gone.
    friend bool operator==(const AliasName &, const AliasName &) = default;
};

enum class EntitySort { Name, Aliases, Groups, Policies, Disabled, Changed };

/// One thing that is to hold of an entity.
struct EntityCondition {
    enum class Kind {
        InGroup,       ///< Directly in `group`.
        BelowGroup,    ///< In `group` or in a group below it.
        OwnPolicy,     ///< It carries the policy `text` itself.
        HasPolicy,     ///< It has it, itself or by a group.
        Mount,         ///< It has an alias at the mount with the accessor `text`.
        Disabled,      ///< It is disabled.
        Enabled,       ///< It isn't.
        Metadata,      ///< Its metadata has the key `text`,
        MetadataValue, ///< with the value `value`, in any case of the letters.
    };
    Kind kind = Kind::Disabled;
    GroupId group = {};
    QString text = {};
    QString value = {};
    friend bool operator==(const EntityCondition &, const EntityCondition &) = default;
};

struct EntityQuery {
    QString filter; ///< Part of a name, an alias or a metadata value; empty: all.
    EntitySort sort = EntitySort::Name;
    Qt::SortOrder order = Qt::AscendingOrder;
    std::vector<EntityCondition> conditions = {}; ///< All must hold.
};

struct EntityRow {
    EntityId id;
    QString uuid;
    QString name;
    std::vector<AliasName> aliases;
    int directGroups = 0;
    int ownPolicies = 0;
    bool disabled = false;
    QDateTime changed;
    friend bool operator==(const EntityRow &, const EntityRow &) = default;
};

struct GroupRef {
    GroupId id;
    QString name;
    bool external = false;
    friend bool operator==(const GroupRef &, const GroupRef &) = default;
};

struct AliasDetail {
    QString uuid;
    QString accessor;
    AliasName name;
    Metadata metadata;       ///< Set by logins.
    Metadata customMetadata; ///< Set by operators.
};

/// Who says that somebody is in an external group.
struct BroughtBy {
    QString mount;       ///< Its path without the slash; empty: the group isn't external, or has no alias.
    QString alias;       ///< The name of the entity's alias that brought it there, if that is known,
    QDateTime refreshed; ///< … and when the mount said so last; invalid: nobody knows.
    friend bool operator==(const BroughtBy &, const BroughtBy &) = default;
};

enum class RefreshedBy { Login, Renewal };

/// What the last login or renewal by an alias that changed its external groups did.
struct ExternalChange {
    QString mount; ///< Path without the slash; empty: it is gone.
    QString alias;
    QDateTime time;
    RefreshedBy by = RefreshedBy::Login;
    std::vector<GroupRef> joined; ///< By name, as the next.
    std::vector<GroupRef> left;
};

/// A group that an entity is in, or above one that it is in.
struct Membership {
    GroupRef group;
    std::vector<GroupRef> chain; ///< Shortest way in: the direct group first, `group` last. One group: direct.
    BroughtBy by;                ///< Into the first group of the chain, if that is external.
};

struct EntityDetail {
    EntityRow row;
    qint64 version = 0; ///< For preconditions: rises with every change of the entity.
    QDateTime created;
    std::vector<AliasDetail> aliases;
    Metadata metadata;
    QStringList policies;           ///< Its own.
    std::vector<Membership> groups; ///< Direct ones first, then inherited, each by name.
    std::vector<ExternalChange> changes;
    QStringList mergedIds;
};

/// What a change of many people has to know of each.
struct EntityState {
    EntityId id;
    QString uuid;
    QString name;
    qint64 version = 0; ///< For preconditions.
    bool disabled = false;
    QStringList policies; ///< Its own, by name.
    Metadata metadata;
};

/// What some people have in common, and where they differ: each list by how many have it, the most first, then by name.
struct PeopleSummary {
    struct Policy {
        QString name;
        bool defined = false;
        qint64 people = 0;
    };
    struct Group {
        GroupRef group;
        qint64 people = 0;
    };
    struct Value {
        QString text;
        qint64 people = 0;
    };
    struct Key {
        QString key;
        qint64 people = 0;
        std::vector<Value> values;
        bool complete = true; ///< False: there are more values than these.
    };

    qint64 people = 0; ///< Of those asked for, who is there.
    qint64 disabled = 0;
    std::vector<Policy> own;       ///< That stand on the people themselves.
    std::vector<Policy> effective; ///< That they have, themselves or by groups.
    std::vector<Group> groups;     ///< Direct ones, the thousand with most of them.
    qint64 groupCount = 0;         ///< So many there are.
    qint64 sharedGroupCount = 0;   ///< So many have all of them.
    std::vector<Key> metadata;
};

struct GroupRow {
    GroupId id;
    QString uuid;
    QString name;
    bool external = false;
    QString mount; ///< External groups with an alias: the mount's path without its slash.
    int directMembers = 0;
    int subgroups = 0;
    int parents = 0;
    int ownPolicies = 0;
    friend bool operator==(const GroupRow &, const GroupRow &) = default;
};

/// A group where it stands in the hierarchy, with what a tree has to know before its values are there.
struct GroupChild {
    GroupId id;
    bool external = false;
    bool hasChildren = false; ///< With a filter: of those that it shows.
    friend bool operator==(const GroupChild &, const GroupChild &) = default;
};

using GroupIds = std::shared_ptr<const std::unordered_set<qint64>>; ///< A set of groups; null: none was asked for.

/// Who came into an external group last, or left it.
struct LastMember {
    EntityId id;
    QString name;
    QString mount; ///< Of the alias that said so, as in ExternalChange.
    QString alias;
    QDateTime time;
    RefreshedBy by = RefreshedBy::Login;
    bool joined = false;
};

struct GroupDetail {
    GroupRow row;
    qint64 version = 0; ///< modify_index
    QDateTime created;
    QDateTime changed;
    std::optional<AliasDetail> alias;
    Metadata metadata;
    QStringList policies; ///< Its own.
    std::vector<GroupRef> parents;
    std::vector<GroupRef> subgroups; ///< The first thousand by name; row.subgroups has the number.
    qint64 reached = 0;              ///< People in it or in a group below it.
    std::optional<LastMember> lastMember;
};

/// What a filtered hierarchy shows: the matches and all groups above them. Null pointers: no filter, everything.
struct GroupFilter {
    QString text;
    GroupIds matches;
    GroupIds above; ///< Those that have a match somewhere below (some are matches themselves).

    bool active() const { return matches != nullptr; }
    bool isMatch(GroupId id) const { return matches && matches->contains(id.value); }
    bool isAbove(GroupId id) const { return above && above->contains(id.value); }
    bool shows(GroupId id) const { return !active() || isMatch(id) || isAbove(id); }
};

enum class MemberSort { Name, WayIn, Policies };

struct MemberQuery {
    GroupId group;
    bool withSubgroups = false;
    QString filter;
    MemberSort sort = MemberSort::Name;
    Qt::SortOrder order = Qt::AscendingOrder;
};

struct MemberRow {
    EntityRow entity;
    std::vector<GroupRef> wayIn; ///< From the group the entity is in (first) up to the asked group (last). One: direct.
    int effectivePolicies = 0;
    BroughtBy by; ///< Into the first group of the way, if that is external.
    friend bool operator==(const MemberRow &, const MemberRow &) = default;
};

struct PolicySource {
    bool onEntity = false;       ///< True: the entity itself, without a chain.
    std::vector<GroupRef> chain; ///< The group the entity is in first, the group that carries the policy last.
    QString chains;              ///< The exact number of chains, in digits.
    BroughtBy by;                ///< Into the first group of the chain, if that is external.
    friend bool operator==(const PolicySource &, const PolicySource &) = default;
};

struct PolicyWays {
    QString name;
    bool defined = true;
    std::vector<PolicySource> sources;
    friend bool operator==(const PolicyWays &, const PolicyWays &) = default;
};

struct Explanation {
    ObjectRef object;
    std::vector<PolicyWays> policies; ///< By name.
    friend bool operator==(const Explanation &, const Explanation &) = default;
};

/// A change to think through before it is made.
struct Change {
    std::vector<EntityId> addPeople; ///< Into `target`.
    std::vector<GroupId> addGroups;  ///< Under `target`.
    GroupId target;                  ///< None: out of `from` only.
    GroupId from;                    ///< Move: they leave this group. None: they are added.
};

struct PolicyChange {
    QString policy;
    bool defined = true;
    int people = 0; ///< How many gain or lose it.
};

/// Access that somebody loses although they only gain policies: a narrower rule of a new policy wins.
struct LostAccess {
    QString path;
    QStringList capabilities;
    QString byPolicy;
    int people = 0;
};

enum class Refusal { None, Itself, Ancestor, ExternalTarget, AlreadyThere, Gone, ExternalSource };

struct Preview {
    Change change;
    Refusal refusal = Refusal::None;
    QString targetName;
    int people = 0;                   ///< Who would be affected: those dragged, or all below the dragged groups.
    int unchanged = 0;                ///< Of these, for whom no policy would change.
    QString unchangedName;            ///< When it is one person.
    int alreadyThere = 0;             ///< Of the dragged, those that are in the target already.
    std::vector<PolicyChange> gained; ///< By name.
    std::vector<PolicyChange> lost;
    std::vector<LostAccess> lostAccess;
    bool lostAccessComplete = true; ///< False: there may be more, and for more people.
};

enum class HitKind { Entity, Group, Alias, Policy };

struct Hit {
    HitKind kind = HitKind::Entity;
    ObjectRef object; ///< For an alias its owner; none for a policy.
    QString name;
    QString detail; ///< What matched: the alias with its mount, the metadata value; empty for a name.
};

struct PolicyRow {
    QString name;
    bool defined = true;
    QString text;
    int entities = 0; ///< That carry it themselves.
    int groups = 0;
};

/// Somebody who has a policy, or a group that gives it.
struct Holder {
    ObjectRef object;
    QString name;
    bool disabled = false;
    std::vector<GroupRef> chain; ///< Of groups: the one that is meant, or that the entity is in, first; the group that
                                 ///< carries the policy last. Empty: it stands on the entity itself.
};

/// Who has a policy. Groups and entities by the length of their way, then by name; of many the first.
struct PolicyHolders {
    QString name;
    bool defined = false;
    int groupCount = 0;
    int entityCount = 0;
    std::vector<Holder> groups;
    std::vector<Holder> entities;
};

enum class AliasSort { Name, Mount, Entity, Changed };
enum class AliasKinds {
    All,
    Orphaned, ///< Their mount is gone: nobody can log in by them.
};

struct AliasQuery {
    QString filter; ///< Part of a name; empty: all.
    AliasKinds kinds = AliasKinds::All;
    QString accessor = {}; ///< Of one mount only; empty: of all.
    AliasSort sort = AliasSort::Name;
    Qt::SortOrder order = Qt::AscendingOrder;
    friend bool operator==(const AliasQuery &, const AliasQuery &) = default;
};

/// An alias of an entity, as a table of all aliases shows it.
struct AliasRow {
    AliasId id;
    QString uuid;
    AliasName name;
    QString accessor;
    EntityId entity;
    QString entityName;
    QString entityUuid;
    QDateTime changed;
    friend bool operator==(const AliasRow &, const AliasRow &) = default;
};

struct MountRow {
    QString path;
    QString type;
    QString accessor;
    int aliases = 0;
    QString description = {};
    bool local = false;   ///< Its aliases belong to one cluster.
    int groupAliases = 0; ///< Of external groups.
    friend bool operator==(const MountRow &, const MountRow &) = default;
};

} // namespace kith::connection

Q_DECLARE_METATYPE(kith::connection::ObjectRef)
