// SPDX-License-Identifier: Apache-2.0
#include "identity/ImportUndo.h"

#include "identity/Entities.h"
#include "identity/Groups.h"
#include "identity/Problem.h"
#include "policy/PolicyNames.h"
#include "store/RowUndo.h"

#include <algorithm>
#include <array>
#include <set>

namespace kith::identity {

namespace {

using store::RowChange;
using store::RowUndo;
using Kind = RowChange::Kind;

/// What people know a row as a part of.
enum class Part { Entity, Group, Policy, Mount };
/// Objects stand on their own; what else there is refers to them, so it goes before them and comes after them.
enum class Level { Object, Reference };

struct Table {
    std::string_view name;
    Level level;
    Part part;
    std::string_view owner; ///< The column with the row id of the object it is a part of.
};

constexpr std::array<Table, 11> Tables{{{"mount", Level::Object, Part::Mount, "id"},
                                        {"acl_policy", Level::Object, Part::Policy, "policy"},
                                        {"entity", Level::Object, Part::Entity, "id"},
                                        {"identity_group", Level::Object, Part::Group, "id"},
                                        {"entity_policy", Level::Reference, Part::Entity, "entity"},
                                        {"merged_entity", Level::Reference, Part::Entity, "entity"},
                                        {"entity_alias", Level::Reference, Part::Entity, "entity"},
                                        {"group_policy", Level::Reference, Part::Group, "grp"},
                                        {"group_alias", Level::Reference, Part::Group, "grp"},
                                        {"member_entity", Level::Reference, Part::Group, "grp"},
                                        {"member_group", Level::Reference, Part::Group, "parent"}}};

// What other commands than the import leave behind, though they were taken back themselves, counts for nothing.
constexpr std::array<std::string_view, 1> Stored{"updated"};
constexpr std::array<std::string_view, 2> StoredAlias{"updated", "refreshed"}; // by logins
constexpr std::array<std::string_view, 2> StoredGroup{"updated", "shape"};
constexpr std::array<std::string_view, 2> Joining{"joined", "alias"};

constexpr std::array<store::RowReference, 1> InMount{{{"id", "mount"}}};
constexpr std::array<store::RowReference, 1> InEntity{{{"id", "entity"}}};
constexpr std::array<store::RowReference, 1> InGroup{{{"id", "identity_group"}}};
constexpr std::array<store::RowReference, 1> OfEntity{{{"entity", "entity"}}};
constexpr std::array<store::RowReference, 1> OfGroup{{{"grp", "identity_group"}}};
constexpr std::array<store::RowReference, 2> InAlias{{{"id", "entity_alias"}, {"entity", "entity"}}};
constexpr std::array<store::RowReference, 2> InGroupAlias{{{"id", "group_alias"}, {"grp", "identity_group"}}};
constexpr std::array<store::RowReference, 2> InMember{{{"grp", "identity_group"}, {"entity", "entity"}}};
constexpr std::array<store::RowReference, 2> InSubgroup{{{"parent", "identity_group"}, {"child", "identity_group"}}};

constexpr std::array<store::TableRules, Tables.size()> Rules{{{"mount", "", {}, InMount},
                                                              {"acl_policy", "version", Stored, {}},
                                                              {"entity", "version", Stored, InEntity},
                                                              {"identity_group", "modify_index", StoredGroup, InGroup},
                                                              {"entity_policy", "", {}, OfEntity},
                                                              {"merged_entity", "", {}, OfEntity},
                                                              {"entity_alias", "", StoredAlias, InAlias},
                                                              {"group_policy", "", {}, OfGroup},
                                                              {"group_alias", "", Stored, InGroupAlias},
                                                              {"member_entity", "", Joining, InMember},
                                                              {"member_group", "", {}, InSubgroup}}};

const Table &tableOf(const RowChange &change)
{
    return *std::find_if(Tables.begin(), Tables.end(),
                         [&](const Table &table) { return table.name == change.table(); });
}

std::string_view wordFor(Part part)
{
    switch (part) {
    case Part::Entity:
        return "entity";
    case Part::Group:
        return "group";
    case Part::Policy:
        return "policy";
    case Part::Mount:
        break;
    }
    return "mount";
}

std::string inWords(const std::pair<std::string, std::string> &missed)
{
    return missed.first + " " + (missed.second.empty() ? "that was deleted" : shownName(missed.second));
}

class TakeBack
{
public:
    TakeBack(store::WriteSession &session, const store::Journal &journal, Overwrite overwrite)
        : m_session(session)
        , m_journal(journal)
        , m_rows(session, journal, Rules)
        , m_overwrite(overwrite == Overwrite::Yes)
    {}

    Result<std::vector<std::string>> run();

private:
    void takeBack(Kind kind, Level level);
    void takeBack(const RowChange &change, const Table &table);
    RowUndo::Outcome undo(const RowChange &change, const Table &table);
    RowUndo::Outcome removeObject(const RowChange &change, const Table &table);
    bool isUsed(const RowChange &change, const Table &table);
    void note(const RowChange &change, const Table &table);
    std::string nameOf(const RowChange &change, const Table &table);
    void missed(const RowChange &change, const Table &table);
    Error changedSince() const;

    store::WriteSession &m_session;
    const store::Journal &m_journal;
    RowUndo m_rows;
    bool m_overwrite;
    std::set<std::pair<std::string, std::string>> m_missed; ///< Kind and name of what couldn't be put back.
};

Result<std::vector<std::string>> TakeBack::run()
{
    takeBack(Kind::Inserted, Level::Reference);
    takeBack(Kind::Inserted, Level::Object);
    for (const Level level : {Level::Object, Level::Reference})
        takeBack(Kind::Updated, level);
    for (const Level level : {Level::Object, Level::Reference})
        takeBack(Kind::Deleted, level);
    if (!m_missed.empty() && !m_overwrite)
        return changedSince();
    std::vector<std::string> leftOut;
    for (const auto &missed : m_missed)
        leftOut.push_back(inWords(missed));
    return leftOut;
}

void TakeBack::takeBack(Kind kind, Level level)
{
    m_journal.forEach([&](const RowChange &change) {
        if (change.kind() != kind)
            return;
        if (const Table &table = tableOf(change); table.level == level)
            takeBack(change, table);
    });
}

void TakeBack::takeBack(const RowChange &change, const Table &table)
{
    const RowUndo::Outcome outcome = undo(change, table);
    // What was to go and isn't there any more is as it should be, for whoever insists.
    const bool gone = m_overwrite && change.kind() == Kind::Inserted && outcome == RowUndo::Outcome::Changed;
    if (outcome == RowUndo::Outcome::Done)
        note(change, table);
    else if (!gone)
        missed(change, table);
}

RowUndo::Outcome TakeBack::undo(const RowChange &change, const Table &table)
{
    if (change.kind() == Kind::Inserted && table.level == Level::Object)
        return removeObject(change, table);
    return m_rows.undo(change, m_overwrite ? RowUndo::Check::None : RowUndo::Check::AsLeft);
}

/// With what others have connected it to since, if that is to be: the rows that it came with are gone already.
RowUndo::Outcome TakeBack::removeObject(const RowChange &change, const Table &table)
{
    if (!m_overwrite && !m_rows.isAsLeft(change))
        return RowUndo::Outcome::Changed;
    if (isUsed(change, table) && (!m_overwrite || table.part == Part::Mount))
        return RowUndo::Outcome::Blocked;
    const std::int64_t object = m_rows.integer(change, table.owner);
    if (object == 0)
        return RowUndo::Outcome::Changed; // it is gone
    if (table.part == Part::Entity)
        deleteEntity(m_session, EntityId{object});
    else if (table.part == Part::Group)
        deleteGroup(m_session, GroupId{object});
    else
        return m_rows.undo(change, RowUndo::Check::None);
    return RowUndo::Outcome::Done;
}

bool TakeBack::isUsed(const RowChange &change, const Table &table)
{
    const auto any = [this](std::string_view sql, const auto &value) {
        return m_session.integer(sql, value).has_value();
    };
    const std::int64_t id = m_rows.integer(change, table.owner);
    switch (table.part) {
    case Part::Entity:
        return any("SELECT 1 FROM member_entity WHERE entity = ?1 UNION ALL SELECT 1 FROM entity_alias WHERE entity = "
                   "?1 UNION ALL SELECT 1 FROM merged_entity WHERE entity = ?1 LIMIT 1",
                   id);
    case Part::Group:
        return any("SELECT 1 FROM member_entity WHERE grp = ?1 UNION ALL SELECT 1 FROM member_group WHERE parent = ?1 "
                   "UNION ALL SELECT 1 FROM member_group WHERE child = ?1 "
                   "UNION ALL SELECT 1 FROM group_alias WHERE grp = ?1 LIMIT 1",
                   id);
    case Part::Mount:
        return any("SELECT 1 FROM entity_alias WHERE accessor = ?1 UNION ALL SELECT 1 FROM group_alias "
                   "WHERE accessor = ?1 LIMIT 1",
                   m_rows.text(change, "accessor")) ||
               any("SELECT 1 FROM entry WHERE mount = ? LIMIT 1", id); // who logs in by it
    case Part::Policy:
        break;
    }
    return false;
}

void TakeBack::note(const RowChange &change, const Table &table)
{
    ChangeSet &changes = m_session.changes;
    const std::int64_t owner = m_rows.integer(change, table.owner);
    if (table.name == "member_entity")
        changes.members.emplace_back(GroupId{owner}, EntityId{m_rows.integer(change, "entity")});
    else if (table.name == "member_group")
        changes.subgroups.emplace_back(GroupId{owner}, GroupId{m_rows.integer(change, "child")});
    else if (table.part == Part::Entity)
        changes.entities.push_back(EntityId{owner});
    else if (table.part == Part::Group)
        changes.groups.push_back(GroupId{owner});
    else if (table.part == Part::Policy)
        changes.policies.push_back(PolicyId{owner});
    else
        changes.mounts = true;
}

/// What the object that the row is, or is a part of, is called now; before it went, if it is gone and that is known.
std::string TakeBack::nameOf(const RowChange &change, const Table &table)
{
    const std::int64_t owner = m_rows.integer(change, table.owner);
    if (table.part == Part::Policy)
        return policy::policyName(m_session, PolicyId{owner});
    if (table.part == Part::Mount)
        return m_rows.text(change, "path");
    std::optional<std::string> now;
    if (table.level == Level::Reference || change.kind() != Kind::Deleted)
        now = table.part == Part::Entity ? m_session.text("SELECT name FROM entity WHERE id = ?", owner)
                                         : m_session.text("SELECT name FROM identity_group WHERE id = ?", owner);
    if (!now && table.level == Level::Object)
        now = m_rows.text(change, "name");
    return now.value_or(std::string());
}

void TakeBack::missed(const RowChange &change, const Table &table)
{
    m_missed.emplace(std::string(wordFor(table.part)), nameOf(change, table));
}

Error TakeBack::changedSince() const
{
    constexpr std::size_t Named = 5;
    std::string objects;
    std::string names;
    std::size_t count = 0;
    for (const auto &missed : m_missed) {
        if (++count > Named)
            break;
        objects += (objects.empty() ? "" : ", ") + inWords(missed);
        if (!missed.second.empty())
            names += (names.empty() ? "" : ", ") + shownName(missed.second);
    }
    if (m_missed.size() > Named) {
        objects += " and " + std::to_string(m_missed.size() - Named) + " more";
        names += ", …";
    }
    return {ErrorCode::PreconditionFailed, 412, "changed since the import: " + objects, names};
}

} // namespace

std::span<const store::TableRules> importTables()
{
    return Rules;
}

Result<std::vector<std::string>> takeBack(store::WriteSession &session, const store::Journal &journal,
                                          Overwrite overwrite)
{
    return TakeBack(session, journal, overwrite).run();
}

} // namespace kith::identity
