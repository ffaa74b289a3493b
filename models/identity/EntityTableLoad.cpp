// SPDX-License-Identifier: Apache-2.0
// How an EntityTable is read from SQLite.
#include "identity/Cancel.h"
#include "identity/EntityTable.h"
#include "identity/MetadataValues.h"

#include <algorithm>
#include <limits>

namespace kith::identity {

namespace {

constexpr std::int64_t MaxId = std::numeric_limits<std::uint32_t>::max() - 1;

void appendValues(std::string &out, std::string_view metadata)
{
    forEachMetadataValue(metadata, [&](std::string_view value) {
        out += EntityFacts::ValueMark;
        out += EntityFacts::folded(value);
    });
}

} // namespace

std::optional<EntityFacts> readFacts(store::Session &session, EntityId id)
{
    auto rows =
        session.query("SELECT name_key, metadata, disabled, updated FROM entity WHERE id = ? AND namespace = 1", id);
    if (!rows.step())
        return std::nullopt;
    EntityFacts facts;
    facts.id = id;
    facts.disabled = rows.integer(2) != 0;
    facts.changed = rows.integer(3);
    facts.text += EntityFacts::folded(rows.text(0));
    auto aliases = session.query("SELECT name_key FROM entity_alias WHERE entity = ? ORDER BY id", id);
    for (; aliases.step(); ++facts.aliases) {
        facts.text += EntityFacts::AliasMark;
        facts.text += EntityFacts::folded(aliases.text(0));
    }
    appendValues(facts.text, rows.text(1));
    facts.text += EntityFacts::EndMark;
    facts.groups = static_cast<std::uint32_t>(
        session.integer("SELECT count(*) FROM member_entity WHERE entity = ?", id).value_or(0));
    facts.policies = static_cast<std::uint32_t>(
        session.integer("SELECT count(*) FROM entity_policy WHERE entity = ?", id).value_or(0));
    return facts;
}

/// Tables are read in the order in which they lie in the file; only what was read is then put in the order of names.
struct EntityTable::Loading {
    EntityTable &table;
    store::Session &session;
    const std::atomic<bool> &cancel;

    std::vector<std::uint32_t> rowById; // row + 1; 0: none
    std::string texts;                  // of each row its name, then its values with their marks
    std::vector<std::size_t> textStarts;
    std::vector<std::uint32_t> nameLengths;
    std::vector<bool> disabled;
    std::vector<Nanoseconds> changed;
    std::string aliasTexts;
    std::vector<std::size_t> aliasEnds;
    std::vector<std::uint32_t> aliasRows;

    bool stopped(std::size_t count) const { return count % 4096 == 0 && cancel; }
    bool readEntities();
    bool readAliases();
    bool readOrder();
    bool readCounts();
    bool assemble();
};

bool EntityTable::Loading::readEntities()
{
    auto rows = session.query("SELECT id, name_key, metadata, disabled, updated FROM entity WHERE namespace = 1");
    while (rows.step()) {
        const std::int64_t id = rows.integer(0);
        if (id <= 0 || id > MaxId)
            continue;
        if (stopped(changed.size()))
            return false;
        if (rowById.size() <= static_cast<std::size_t>(id))
            rowById.resize(static_cast<std::size_t>(id) + 1 + rowById.size() / 2);
        textStarts.push_back(texts.size());
        texts += EntityFacts::folded(rows.text(1));
        nameLengths.push_back(static_cast<std::uint32_t>(texts.size() - textStarts.back()));
        appendValues(texts, rows.text(2));
        disabled.push_back(rows.integer(3) != 0);
        changed.push_back(rows.integer(4));
        rowById[static_cast<std::size_t>(id)] = static_cast<std::uint32_t>(changed.size());
    }
    textStarts.push_back(texts.size());
    return true;
}

bool EntityTable::Loading::readAliases()
{
    auto rows = session.query("SELECT entity, name_key FROM entity_alias");
    while (rows.step()) {
        const auto id = static_cast<std::size_t>(rows.integer(0));
        if (id >= rowById.size() || rowById[id] == 0)
            continue;
        if (stopped(aliasRows.size()))
            return false;
        aliasTexts += EntityFacts::AliasMark;
        aliasTexts += EntityFacts::folded(rows.text(1));
        aliasEnds.push_back(aliasTexts.size());
        aliasRows.push_back(rowById[id] - 1);
    }
    return true;
}

bool EntityTable::Loading::readOrder()
{
    table.m_ids.reserve(changed.size());
    table.m_slotById.resize(rowById.size());
    auto rows = session.query("SELECT id FROM entity WHERE namespace = 1 ORDER BY name_key");
    while (rows.step()) {
        const auto id = static_cast<std::size_t>(rows.integer(0));
        if (id >= rowById.size() || rowById[id] == 0)
            continue;
        if (stopped(table.m_ids.size()))
            return false;
        table.m_ids.push_back(static_cast<std::uint32_t>(id));
        table.m_slotById[id] = static_cast<std::uint32_t>(table.m_ids.size());
    }
    return true;
}

bool EntityTable::Loading::readCounts()
{
    const auto read = [&](std::string_view sql, std::vector<std::uint32_t> &counts) {
        counts.resize(table.size());
        auto rows = session.query(sql);
        for (std::size_t count = 0; rows.step(); ++count) {
            if (stopped(count))
                return false;
            const std::int64_t id = rows.integer(0);
            if (id <= 0 || id > MaxId)
                continue;
            if (const auto slot = table.slotOf(static_cast<std::uint32_t>(id)))
                counts[*slot] = static_cast<std::uint32_t>(rows.integer(1));
        }
        return true;
    };
    return read("SELECT entity, count(*) FROM member_entity GROUP BY entity", table.m_groups) &&
           read("SELECT entity, count(*) FROM entity_policy GROUP BY entity", table.m_policies);
}

bool EntityTable::Loading::assemble()
{
    // Aliases by row: where each row's run begins, then their numbers.
    std::vector<std::uint32_t> begins(changed.size() + 1);
    for (const std::uint32_t row : aliasRows)
        ++begins[row + 1];
    for (std::size_t row = 0; row + 1 < begins.size(); ++row)
        begins[row + 1] += begins[row];
    std::vector<std::uint32_t> aliases(aliasRows.size());
    std::vector<std::uint32_t> next(begins.begin(), begins.end() - 1);
    for (std::uint32_t alias = 0; alias < aliasRows.size(); ++alias)
        aliases[next[aliasRows[alias]]++] = alias;

    table.m_blob.reserve(texts.size() + aliasTexts.size() + changed.size());
    table.m_starts.reserve(changed.size() + 1);
    for (const std::uint32_t id : table.m_ids) {
        if (stopped(table.m_starts.size()))
            return false;
        const std::uint32_t row = rowById[id] - 1;
        const std::string_view text =
            std::string_view(texts).substr(textStarts[row], textStarts[row + 1] - textStarts[row]);
        table.m_starts.push_back(table.m_blob.size());
        table.m_blob += text.substr(0, nameLengths[row]);
        for (std::uint32_t i = begins[row]; i < begins[row + 1]; ++i) {
            const std::size_t start = aliases[i] == 0 ? 0 : aliasEnds[aliases[i] - 1];
            table.m_blob.append(aliasTexts, start, aliasEnds[aliases[i]] - start);
        }
        table.m_blob += text.substr(nameLengths[row]);
        table.m_blob += EntityFacts::EndMark;
        table.m_aliases.push_back(begins[row + 1] - begins[row]);
        table.m_disabled.push_back(disabled[row]);
        table.m_changed.push_back(changed[row]);
    }
    table.m_starts.push_back(table.m_blob.size());
    table.m_bytes = ByteSearch::sampled(table.m_blob);
    return true;
}

Result<std::shared_ptr<const EntityTable>> EntityTable::load(store::Session &session, const std::atomic<bool> &cancel)
{
    auto table = std::make_shared<EntityTable>();
    table->m_revision = session.integer("SELECT value FROM revision").value_or(0);
    Loading loading{*table, session, cancel, {}, {}, {}, {}, {}, {}, {}, {}, {}};
    if (!loading.readEntities() || !loading.readAliases() || !loading.readOrder() || !loading.assemble() ||
        !loading.readCounts())
        return cancelled();
    return std::shared_ptr<const EntityTable>(std::move(table));
}

} // namespace kith::identity
