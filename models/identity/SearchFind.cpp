// SPDX-License-Identifier: Apache-2.0
// Objects of every kind that match a text: SearchIndex::find.
#include "identity/MetadataValues.h"
#include "identity/ObjectIds.h"
#include "identity/SearchIndexPrivate.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::identity {

namespace {

enum class Field { Entity, Group, Alias, Policy, Value };

/// A hit before its words are read: smaller is better.
struct Candidate {
    int rank = 0;
    std::string key;   // the folded name of the object, for ties
    std::string field; // the folded text that matched
    Field matched = Field::Entity;
    std::int64_t id = 0; // of the entity, group or policy
    bool groupAlias = false;

    friend bool operator<(const Candidate &a, const Candidate &b)
    {
        return std::tie(a.rank, a.key, a.id) < std::tie(b.rank, b.key, b.id);
    }
};

bool isCancelled(const std::atomic<bool> *cancel)
{
    return cancel && cancel->load(std::memory_order_relaxed);
}

bool isWordByte(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

/// How well a field matches, and what it is: any name that matches comes before any metadata value.
std::optional<int> rankOf(std::string_view field, std::string_view needle, Field kind)
{
    std::size_t at = field.find(needle);
    if (at == std::string_view::npos)
        return std::nullopt;
    constexpr int kinds = 8;
    const int offset = static_cast<int>(kind) + (kind == Field::Value ? 4 * kinds : 0);
    if (at == 0)
        return (field.size() == needle.size() ? 0 : kinds) + offset;
    for (; at != std::string_view::npos; at = field.find(needle, at + 1)) {
        if (!isWordByte(field[at - 1]))
            return 2 * kinds + offset;
    }
    return 3 * kinds + offset;
}

/// Keeps the best.
class Best
{
public:
    explicit Best(std::size_t limit) : m_limit(limit) {}

    void add(Candidate candidate)
    {
        m_candidates.push_back(std::move(candidate));
        if (m_candidates.size() >= 4 * m_limit + 64)
            cut();
    }
    /// Whether a candidate with this rank and name has a chance; spares making most of a million.
    bool mayAdd(int rank, std::string_view key) const
    {
        return !m_worst || rank < m_worst->rank || (rank == m_worst->rank && key <= m_worst->key);
    }
    std::vector<Candidate> take()
    {
        cut();
        std::sort(m_candidates.begin(), m_candidates.end());
        return std::move(m_candidates);
    }

private:
    void cut()
    {
        if (m_candidates.size() <= m_limit)
            return;
        const auto end = m_candidates.begin() + static_cast<std::ptrdiff_t>(m_limit);
        std::nth_element(m_candidates.begin(), end, m_candidates.end());
        m_worst = *end;
        m_candidates.erase(end, m_candidates.end());
    }
    std::size_t m_limit;
    std::vector<Candidate> m_candidates;
    std::optional<Candidate> m_worst;
};

void addEntity(Best &best, std::string_view text, std::string_view needle, std::int64_t id)
{
    const std::string_view name = EntityFacts::nameOf(text);
    std::optional<int> bestRank;
    std::string_view bestField;
    Field bestKind = Field::Entity;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = text.find_first_of("\xFD\xFE\xFF", start);
        const Field kind = start == 0                                  ? Field::Entity
                           : text[start - 1] == EntityFacts::AliasMark ? Field::Alias
                                                                       : Field::Value;
        const std::string_view field = text.substr(start, end - start);
        const auto rank = rankOf(field, needle, kind);
        if (rank && (!bestRank || *rank < *bestRank)) {
            bestRank = rank;
            bestField = field;
            bestKind = kind;
        }
        if (end == std::string_view::npos || text[end] == EntityFacts::EndMark)
            break;
        start = end + 1;
    }
    if (bestRank && best.mayAdd(*bestRank, name))
        best.add({*bestRank, std::string(name), std::string(bestField), bestKind, id, false});
}

/// Groups, their aliases and policies are few: SQLite's own scan is quick enough.
void addOthers(Best &best, store::Session &session, std::string_view needle)
{
    auto groups = session.query("SELECT id, name_key FROM identity_group "
                                "WHERE namespace = 1 AND instr(name_key, ?) > 0",
                                needle);
    while (groups.step()) {
        const std::string_view name = groups.text(1);
        if (const auto rank = rankOf(name, needle, Field::Group); rank && best.mayAdd(*rank, name))
            best.add({*rank, std::string(name), std::string(name), Field::Group, groups.integer(0), false});
    }
    auto aliases = session.query("SELECT a.grp, a.name_key, g.name_key FROM group_alias a "
                                 "JOIN identity_group g ON g.id = a.grp "
                                 "WHERE g.namespace = 1 AND instr(a.name_key, ?) > 0",
                                 needle);
    while (aliases.step()) {
        if (const auto rank = rankOf(aliases.text(1), needle, Field::Alias); rank)
            best.add({*rank, std::string(aliases.text(2)), std::string(aliases.text(1)), Field::Alias,
                      aliases.integer(0), true});
    }
    auto policies = session.query("SELECT id, name FROM policy_name WHERE instr(name, ?) > 0", needle);
    while (policies.step()) {
        const std::string_view name = policies.text(1);
        if (const auto rank = rankOf(name, needle, Field::Policy); rank && best.mayAdd(*rank, name))
            best.add({*rank, std::string(name), std::string(name), Field::Policy, policies.integer(0), false});
    }
}

/// The value as it was given, whose folded form matched.
std::string valueOf(store::Session &session, std::int64_t entity, std::string_view folded)
{
    std::string found(folded);
    const auto metadata = session.text("SELECT metadata FROM entity WHERE id = ?", entity);
    forEachMetadataValue(metadata.value_or(""), [&](std::string_view value) {
        if (foldCase(value) == folded)
            found = value;
    });
    return found;
}

/// None: it is gone meanwhile.
std::optional<Hit> read(store::Session &session, const Candidate &candidate)
{
    Hit hit;
    std::optional<std::string> name;
    if (candidate.matched == Field::Policy) {
        hit.kind = HitKind::Policy;
        hit.policy = PolicyId{candidate.id};
        name = session.text("SELECT name FROM policy_name WHERE id = ?", candidate.id);
    } else if (candidate.matched == Field::Group || candidate.groupAlias) {
        hit.kind = candidate.groupAlias ? HitKind::Alias : HitKind::Group;
        hit.group = GroupId{candidate.id};
        name = session.text("SELECT name FROM identity_group WHERE id = ?", candidate.id);
        if (candidate.groupAlias)
            hit.detail =
                session.text("SELECT name FROM group_alias WHERE grp = ?", candidate.id).value_or(candidate.field);
    } else {
        hit.kind = candidate.matched == Field::Alias ? HitKind::Alias : HitKind::Entity;
        hit.entity = EntityId{candidate.id};
        name = session.text("SELECT name FROM entity WHERE id = ?", candidate.id);
        if (candidate.matched == Field::Alias)
            hit.detail = session
                             .text("SELECT name FROM entity_alias WHERE entity = ? AND name_key = ?", candidate.id,
                                   candidate.field)
                             .value_or(candidate.field);
        else if (candidate.matched == Field::Value)
            hit.detail = valueOf(session, candidate.id, candidate.field);
    }
    if (!name)
        return std::nullopt;
    hit.name = std::move(*name);
    return hit;
}

std::optional<Hit> readById(store::Session &session, const FoundObject &found)
{
    Hit hit;
    hit.entity = found.entity;
    hit.group = found.group;
    hit.kind = found.alias || found.groupAlias ? HitKind::Alias : found.entity ? HitKind::Entity : HitKind::Group;
    const auto name = found.entity ? session.text("SELECT name FROM entity WHERE id = ?", found.entity)
                                   : session.text("SELECT name FROM identity_group WHERE id = ?", found.group);
    if (found.alias)
        hit.detail = session.text("SELECT name FROM entity_alias WHERE id = ?", found.alias).value_or("");
    if (found.groupAlias)
        hit.detail = session.text("SELECT name FROM group_alias WHERE id = ?", found.groupAlias).value_or("");
    if (!name)
        return std::nullopt;
    hit.name = *name;
    return hit;
}

} // namespace

Result<std::vector<Hit>> SearchIndex::find(std::string_view text, std::size_t limit,
                                           const std::atomic<bool> *cancel) const
{
    using Hits = Result<std::vector<Hit>>;
    if (looksLikeId(text)) {
        Hits byId = m_d->store.read([&](store::Session &session) -> Hits {
            const Result<FoundObject> found = findObject(session, text);
            if (!found)
                return found.error();
            const std::optional<Hit> hit =
                found->entity || found->group ? readById(session, *found) : std::optional<Hit>();
            return hit ? std::vector<Hit>{*hit} : std::vector<Hit>();
        });
        if (!byId || !byId->empty())
            return byId;
    }
    const std::string needle = EntityFacts::folded(text);
    if (needle.empty() || limit == 0)
        return std::vector<Hit>();
    const Result<Private::View> view = m_d->view(needle, Private::Wait::Yes, cancel);
    if (!view)
        return view.error();
    Best best(limit);
    std::vector<std::uint32_t> dead = view->dead;
    std::sort(dead.begin(), dead.end());
    for (const std::uint32_t slot : *m_d->scan(view->table, needle, cancel)) {
        if (!std::binary_search(dead.begin(), dead.end(), slot))
            addEntity(best, view->table->text(slot), needle, view->table->id(slot));
    }
    for (const auto &facts : view->changed)
        addEntity(best, facts->text, needle, facts->id.value);
    if (isCancelled(cancel))
        return Error{ErrorCode::Cancelled, 499, "cancelled", {}};
    return m_d->store.read([&](store::Session &session) -> Hits {
        addOthers(best, session, needle);
        std::vector<Hit> hits;
        for (const Candidate &candidate : best.take()) {
            if (std::optional<Hit> hit = read(session, candidate))
                hits.push_back(std::move(*hit));
        }
        return hits;
    });
}

} // namespace kith::identity
