// SPDX-License-Identifier: Apache-2.0
#include "identity/Check.h"

#include "identity/Problem.h"
#include "policy/Policy.h"
#include "store/Text.h"

#include <SQLiteCpp/Exception.h>
#include <boost/json.hpp>

#include <unordered_map>

namespace kith::identity {

namespace {

namespace json = boost::json;

constexpr const char *RenameTwice = "rename it to another name and back";
constexpr const char *RestoreBackup = "restore a backup; without one, try kithctl export: where it succeeds, its "
                                      "document can be imported into a new core";

/// A table whose objects have names, and how people call them.
struct Named {
    const char *kind;
    const char *sql;      ///< id, name, name_key, uuid, the namespace's suffix, of all.
    const char *sameName; ///< How many others have the name key ?1, without row ?2.
};

constexpr Named NamedTables[] = {
    {"entity", "SELECT e.id, e.name, e.name_key, e.uuid, n.suffix FROM entity e JOIN namespace n ON n.id = e.namespace",
     "SELECT count(*) FROM entity WHERE name_key = ?1 AND id <> ?2 "
     "AND namespace = (SELECT namespace FROM entity WHERE id = ?2)"},
    {"group",
     "SELECT g.id, g.name, g.name_key, g.uuid, n.suffix FROM identity_group g JOIN namespace n ON n.id = g.namespace",
     "SELECT count(*) FROM identity_group WHERE name_key = ?1 AND id <> ?2 "
     "AND namespace = (SELECT namespace FROM identity_group WHERE id = ?2)"},
    {"alias",
     "SELECT a.id, a.name, a.name_key, a.uuid, n.suffix FROM entity_alias a JOIN entity e ON e.id = a.entity "
     "JOIN namespace n ON n.id = e.namespace",
     "SELECT count(*) FROM entity_alias WHERE name_key = ?1 AND id <> ?2 "
     "AND accessor = (SELECT accessor FROM entity_alias WHERE id = ?2)"},
    {"group alias",
     "SELECT a.id, a.name, a.name_key, a.uuid, n.suffix FROM group_alias a JOIN identity_group g ON g.id = a.grp "
     "JOIN namespace n ON n.id = g.namespace",
     "SELECT count(*) FROM group_alias WHERE name_key = ?1 AND id <> ?2 "
     "AND accessor = (SELECT accessor FROM group_alias WHERE id = ?2)"},
};

/// Columns that hold an object of texts: kind and name of whose it is, the column's name, the value.
constexpr const char *MetadataColumns =
    "SELECT 'entity', name, 'metadata', metadata FROM entity WHERE metadata IS NOT NULL UNION ALL "
    "SELECT 'group', name, 'metadata', metadata FROM identity_group WHERE metadata IS NOT NULL UNION ALL "
    "SELECT 'alias', name, 'metadata', metadata FROM entity_alias WHERE metadata IS NOT NULL UNION ALL "
    "SELECT 'alias', name, 'custom_metadata', custom_metadata FROM entity_alias WHERE custom_metadata IS NOT NULL "
    "UNION ALL SELECT 'group alias', name, 'metadata', metadata FROM group_alias WHERE metadata IS NOT NULL UNION ALL "
    "SELECT 'group alias', name, 'custom_metadata', custom_metadata FROM group_alias "
    "WHERE custom_metadata IS NOT NULL";

constexpr std::size_t UuidSize = 36;
constexpr std::size_t NamespaceIdSize = 6;

bool isUuid(std::string_view text)
{
    if (text.size() != UuidSize)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const bool hex = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f');
        if (dash ? text[i] != '-' : !hex)
            return false;
    }
    return true;
}

bool isObjectOfTexts(std::string_view text)
{
    json::error_code failed;
    const json::value value = json::parse({text.data(), text.size()}, failed);
    if (failed || !value.is_object())
        return false;
    return std::all_of(value.get_object().begin(), value.get_object().end(),
                       [](const auto &pair) { return pair.value().is_string(); });
}

class Check
{
public:
    explicit Check(store::Session &session) : m_session(session) {}

    Findings run()
    {
        checkFile();
        if (!m_findings.list.empty())
            return std::move(m_findings); // what a damaged file says of its content can't be trusted
        for (const Named &table : NamedTables)
            checkNames(table);
        checkMetadata();
        checkGroups();
        checkCycles();
        checkAliases();
        checkPolicies();
        checkNumbers();
        return std::move(m_findings);
    }

private:
    void found(std::string object, std::string text, std::string wayOut);
    /// Each row (kind, name) is an object with this fault.
    void foundAll(std::string_view sql, const std::string &text, const std::string &wayOut);
    void checkFile();
    /// The pages of a table and its indexes, or of the whole file without one; false when SQLite gives up on damage.
    bool checkPages(const std::string &table);
    /// Where SQLite gives up on the whole file: which tables are damaged.
    void checkEachTable();
    void checkNames(const Named &table);
    void checkMetadata();
    void checkGroups();
    void checkCycles();
    void checkAliases();
    void checkPolicies();
    void checkNumbers();

    store::Session &m_session;
    Findings m_findings;
};

void Check::found(std::string object, std::string text, std::string wayOut)
{
    if (m_findings.list.size() < Findings::Kept)
        m_findings.list.push_back({std::move(object), std::move(text), std::move(wayOut)});
    else
        ++m_findings.leftOut;
}

void Check::foundAll(std::string_view sql, const std::string &text, const std::string &wayOut)
{
    store::Query rows = m_session.query(sql);
    while (rows.step())
        found(std::string(rows.text(0)) + " " + shownName(rows.text(1)), text, wayOut);
}

bool Check::checkPages(const std::string &table)
{
    try {
        store::Query damage = table.empty()
                                  ? m_session.query("PRAGMA integrity_check(100)")
                                  : m_session.query("SELECT integrity_check FROM pragma_integrity_check(?)", table);
        while (damage.step()) {
            if (damage.text(0) != "ok")
                found(table.empty() ? "file" : "table " + table, std::string(damage.text(0)), RestoreBackup);
        }
        return true;
    } catch (const SQLite::Exception &exception) {
        if (!table.empty())
            found("table " + table, std::string("is damaged: ") + exception.what(), RestoreBackup);
        return false;
    }
}

void Check::checkEachTable()
{
    std::vector<std::string> tables;
    store::Query names = m_session.query("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
    while (names.step())
        tables.emplace_back(names.text(0));
    for (const std::string &table : tables)
        checkPages(table);
    if (m_findings.list.empty())
        found("file", "is damaged outside of its tables", RestoreBackup);
}

void Check::checkFile()
{
    if (!checkPages({})) {
        checkEachTable();
        return;
    }
    store::Query dangling = m_session.query("PRAGMA foreign_key_check");
    while (dangling.step())
        found("table " + std::string(dangling.text(0)) + ", row " + std::to_string(dangling.integer(1)),
              "refers to a row of " + std::string(dangling.text(2)) + " that isn't there", RestoreBackup);
}

void Check::checkNames(const Named &table)
{
    store::Query rows = m_session.query(table.sql);
    while (rows.step()) {
        const std::string name(rows.text(1));
        const std::string object = std::string(table.kind) + " " + shownName(name);
        if (name.empty())
            found(object + ", row " + std::to_string(rows.integer(0)), "has no name", "give it one by its id");
        if (validUtf8(name) != name)
            found(object, "its name isn't UTF-8", "rename it");
        const std::string key = foldCase(name);
        if (key != rows.text(2)) {
            found(object, "is filed under the name " + shownName(rows.text(2)), RenameTwice);
            if (m_session.integer(table.sameName, key, rows.integer(0)).value_or(0) != 0)
                found(object, "another " + std::string(table.kind) + " has the same name", "rename one of them");
        }
        std::string_view uuid = rows.text(3);
        const std::string_view suffix = rows.text(4);
        const bool ends = uuid.ends_with(suffix);
        if (ends)
            uuid.remove_suffix(suffix.size());
        // A mirror holds one namespace of a server as its root, with the ids that they have there.
        if (suffix.empty() && uuid.size() == UuidSize + 1 + NamespaceIdSize && uuid[UuidSize] == '.')
            uuid.remove_suffix(1 + NamespaceIdSize);
        if (!ends || !isUuid(uuid))
            found(object, "its id " + shownName(rows.text(3)) + " isn't a UUID",
                  "export, and import into a new core, which gives new ids");
    }
}

void Check::checkMetadata()
{
    store::Query rows = m_session.query(MetadataColumns);
    while (rows.step()) {
        if (!isObjectOfTexts(rows.text(3)))
            found(std::string(rows.text(0)) + " " + shownName(rows.text(1)),
                  "its " + std::string(rows.text(2)) + " isn't a JSON object of texts", "set it anew");
    }
}

void Check::checkGroups()
{
    foundAll("SELECT DISTINCT 'group', g.name FROM member_group m JOIN identity_group g ON g.id = m.parent "
             "WHERE g.external = 1",
             "is external but has subgroups", "take its subgroups out");
    foundAll("SELECT 'group', g.name FROM group_alias a JOIN identity_group g ON g.id = a.grp WHERE g.external = 0",
             "is internal but has an alias", "delete the alias");
    foundAll("SELECT DISTINCT 'group', p.name FROM member_group m JOIN identity_group p ON p.id = m.parent "
             "JOIN identity_group c ON c.id = m.child WHERE p.namespace <> c.namespace",
             "has a subgroup of another namespace", "take it out");
    foundAll("SELECT DISTINCT 'group', g.name FROM member_entity m JOIN identity_group g ON g.id = m.grp "
             "JOIN entity e ON e.id = m.entity WHERE g.namespace <> e.namespace",
             "has a member of another namespace", "take it out");
}

void Check::checkCycles()
{
    std::unordered_map<std::int64_t, std::vector<std::int64_t>> children;
    store::Query rows = m_session.query("SELECT parent, child FROM member_group ORDER BY parent, child");
    while (rows.step())
        children[rows.integer(0)].push_back(rows.integer(1));
    enum class State { OnPath, Done };
    std::unordered_map<std::int64_t, State> states;
    std::vector<std::pair<std::int64_t, std::size_t>> path; // group, next child
    const auto name = [&](std::int64_t group) {
        return shownName(m_session.text("SELECT name FROM identity_group WHERE id = ?", group).value_or(std::string()));
    };
    const auto tell = [&](std::int64_t back) {
        auto step = std::find_if(path.begin(), path.end(), [&](const auto &at) { return at.first == back; });
        std::string names;
        for (; step != path.end(); ++step)
            names += name(step->first) + " → ";
        found("group " + name(back), "contains itself: " + names + name(back),
              "take one of them out of the one before");
    };
    for (const auto &[start, ignored] : children) {
        if (!states.try_emplace(start, State::OnPath).second)
            continue;
        path.emplace_back(start, 0);
        while (!path.empty()) {
            auto &[group, next] = path.back();
            const auto below = children.find(group);
            if (below == children.end() || next == below->second.size()) {
                states[group] = State::Done;
                path.pop_back();
                continue;
            }
            const std::int64_t child = below->second[next++];
            const auto [state, isNew] = states.try_emplace(child, State::OnPath);
            if (isNew)
                path.emplace_back(child, 0);
            else if (state->second == State::OnPath)
                tell(child);
        }
    }
}

void Check::checkAliases()
{
    foundAll("SELECT 'entity', e.name FROM entity_alias a JOIN entity e ON e.id = a.entity "
             "GROUP BY a.entity, a.accessor HAVING count(*) > 1",
             "has two aliases on one mount", "delete one of them");
    foundAll("SELECT 'alias', a.name FROM entity_alias a JOIN mount m ON m.accessor = a.accessor "
             "WHERE a.local <> m.local",
             "disagrees with its mount on being local", "delete it and make it anew");
    foundAll("SELECT 'entity', e.name FROM merged_entity m JOIN entity e ON e.id = m.entity "
             "WHERE m.uuid IN (SELECT uuid FROM entity)",
             "stands for an entity that is still there", "merge the two again");
    store::Query rows = m_session.query("SELECT 'alias', name, merged_from FROM entity_alias "
                                        "WHERE merged_from IS NOT NULL AND NOT (json_valid(merged_from) "
                                        "AND json_type(merged_from) = 'array') UNION ALL "
                                        "SELECT 'group alias', name, merged_from FROM group_alias "
                                        "WHERE merged_from IS NOT NULL AND NOT (json_valid(merged_from) "
                                        "AND json_type(merged_from) = 'array')");
    while (rows.step())
        found(std::string(rows.text(0)) + " " + shownName(rows.text(1)), "its merged_from isn't a JSON list",
              "delete it and make it anew");
}

void Check::checkPolicies()
{
    store::Query names = m_session.query("SELECT name FROM policy_name");
    while (names.step()) {
        const std::string name(names.text(0));
        if (name.empty() || foldCase(name) != name)
            found("policy " + shownName(name), "policy names are in lower case and not empty", RestoreBackup);
    }
    foundAll("SELECT 'entity', e.name FROM entity_policy x JOIN policy_name p ON p.id = x.policy "
             "JOIN entity e ON e.id = x.entity WHERE p.name = 'root' UNION ALL "
             "SELECT 'group', g.name FROM group_policy x JOIN policy_name p ON p.id = x.policy "
             "JOIN identity_group g ON g.id = x.grp WHERE p.name = 'root'",
             "has the policy root, which can't be given", "take it away");
    store::Query texts = m_session.query("SELECT p.name, a.text, a.options FROM acl_policy a "
                                         "JOIN policy_name p ON p.id = a.policy ORDER BY p.name");
    while (texts.step()) {
        const std::string object = "policy " + shownName(texts.text(0));
        if (const auto parsed = policy::parsePolicy(texts.text(1)); !parsed && texts.text(0) != "root")
            found(object, "doesn't parse, so it grants nothing: " + parsed.error().wire, "write its text anew");
        json::error_code failed;
        const json::value options = json::parse(std::string(texts.text(2)), failed);
        if (failed || !options.is_object())
            found(object, "its options aren't a JSON object", "write it anew");
    }
}

void Check::checkNumbers()
{
    foundAll("SELECT 'entity', name FROM entity WHERE version < 1 OR disabled NOT IN (0, 1)",
             "its version or its disabled mark is out of range", "change it in any way");
    foundAll("SELECT 'group', name FROM identity_group WHERE modify_index < 1 OR external NOT IN (0, 1) "
             "OR shape NOT BETWEEN 0 AND 7",
             "its version or its type is out of range", "change it in any way");
    foundAll("SELECT 'mount', path FROM mount WHERE NOT json_valid(config) OR substr(path, -1) <> '/' OR accessor = ''",
             "its path, accessor or configuration isn't well-formed", "disable it and enable it anew");
}

} // namespace

Findings checkCore(store::Session &session)
{
    return Check(session).run();
}

} // namespace kith::identity
