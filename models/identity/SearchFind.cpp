// SPDX-License-Identifier: Apache-2.0
// Objects of every kind that match a text: SearchIndex::find.
#include "identity/Cancel.h"
#include "identity/MetadataValues.h"
#include "identity/ObjectIds.h"
#include "identity/Parallel.h"
#include "identity/SearchIndexPrivate.h"
#include "store/Text.h"

#include <algorithm>
#include <iterator>
#include <mutex>

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
    /// The rank of what just misses being among the best; none: everything is among them yet.
    std::optional<int> worstRank() const { return m_worst ? std::optional(m_worst->rank) : std::nullopt; }
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

constexpr bool isMark(char c)
{
    return static_cast<unsigned char>(c) >= static_cast<unsigned char>(EntityFacts::AliasMark);
}

/// Where the field that begins at `start` ends.
std::size_t markAt(std::string_view text, std::size_t start)
{
    const auto mark = std::find_if(text.begin() + static_cast<std::ptrdiff_t>(start), text.end(), isMark);
    return mark == text.end() ? std::string_view::npos : static_cast<std::size_t>(mark - text.begin());
}

/// Where the field begins that has a byte at `place`.
std::size_t fieldStart(std::string_view text, std::size_t place)
{
    while (place > 0 && !isMark(text[place - 1]))
        --place;
    return place;
}

/// What is looked for in texts of a table.
struct Wanted {
    std::string_view needle;
    ByteSearch search;
};

/// Only the fields that hold the needle are looked at.
void addEntity(Best &best, std::string_view text, const Wanted &wanted, std::int64_t id)
{
    std::optional<int> bestRank;
    std::string_view bestField;
    Field bestKind = Field::Entity;
    for (std::size_t at = wanted.search.find(text); at < text.size();) {
        const std::size_t start = fieldStart(text, at);
        const std::size_t end = markAt(text, at);
        const Field kind = start == 0                                  ? Field::Entity
                           : text[start - 1] == EntityFacts::AliasMark ? Field::Alias
                                                                       : Field::Value;
        const std::string_view field = text.substr(start, end - start);
        const auto rank = rankOf(field, wanted.needle, kind);
        if (rank && (!bestRank || *rank < *bestRank)) {
            bestRank = rank;
            bestField = field;
            bestKind = kind;
        }
        if (end == std::string_view::npos)
            break;
        const std::size_t next = wanted.search.find(text.substr(end));
        at = next == std::string_view::npos ? next : end + next;
    }
    if (!bestRank)
        return;
    const std::string_view name = text.substr(0, markAt(text, 0));
    if (best.mayAdd(*bestRank, name))
        best.add({*bestRank, std::string(name), std::string(bestField), bestKind, id, false});
}

constexpr std::size_t WorthAThread = 10'000; ///< Below so many texts a second thread costs more than it saves.
constexpr std::size_t Stride = 4096;         ///< Texts between two looks at the wish to stop.
constexpr std::size_t VeryMany = 8; ///< An eighth of all texts: so many are worth a sweep to pass most of them over.

/// Of texts in the order of their names those that can't be among the best any more, since there are enough before them
/// that match as well. To tell it costs a part of what ranking each of their fields does.
class Hopeless
{
public:
    /// `beginning` are the slots that have an alias that begins with the needle, ascending.
    Hopeless(const Wanted &wanted, const EntityTable::Slots &beginning)
        : m_wanted(wanted), m_beginning(beginning), m_next(beginning.begin())
    {}

    /// To be asked for slots that ascend.
    bool is(std::uint32_t slot, std::string_view text, const Best &best)
    {
        // Words of the name, and aliases that are it or begin with it, come before other words of aliases.
        static const int wordOfAlias = *rankOf(" a", "a", Field::Alias);
        if (!best.worstRank() || *best.worstRank() > wordOfAlias)
            return false;
        m_next = std::lower_bound(m_next, m_beginning.end(), slot);
        if (m_next != m_beginning.end() && *m_next == slot)
            return false;
        const std::size_t at = m_wanted.search.find(text);
        return at < text.size() && fieldStart(text, at) > 0;
    }

private:
    const Wanted &m_wanted;
    const EntityTable::Slots &m_beginning;
    EntityTable::Slots::const_iterator m_next;
};

/// The best of those in `slots`, without those in `dead` (both ascending). Split over the processor's cores; incomplete
/// when `cancel` becomes true.
void addEntities(Best &best, std::size_t limit, const EntityTable &table, const EntityTable::Slots &slots,
                 const EntityTable::Slots &dead, const Wanted &wanted, const std::atomic<bool> *cancel)
{
    const bool veryMany = slots.size() > std::max(table.size() / VeryMany, WorthAThread);
    const auto beginning = veryMany ? table.scan(EntityFacts::AliasMark + std::string(wanted.needle), nullptr, cancel)
                                    : EntityTable::Slots();
    std::mutex mutex;
    inParallel(slots.size(), WorthAThread, [&](std::size_t from, std::size_t to) {
        Best part(limit);
        Hopeless hopeless(wanted, beginning);
        for (std::size_t i = from; i < to && (i % Stride != 0 || !isCancelled(cancel)); ++i) {
            const std::string_view text = table.text(slots[i]);
            if (veryMany && hopeless.is(slots[i], text, part))
                continue;
            if (!std::binary_search(dead.begin(), dead.end(), slots[i]))
                addEntity(part, text, wanted, table.id(slots[i]));
        }
        const std::lock_guard lock(mutex);
        for (Candidate &candidate : part.take())
            best.add(std::move(candidate));
    });
}

/// The first slot whose name isn't `before` any more.
template <class Before>
std::uint32_t firstSlot(const EntityTable &table, Before &&before)
{
    std::uint32_t from = 0;
    auto to = static_cast<std::uint32_t>(table.size());
    while (from < to) {
        const std::uint32_t middle = from + (to - from) / 2;
        if (before(table.name(middle)))
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/// The first `limit` entities whose names begin with the needle, in the order of names. Fewer: there are no more.
EntityTable::Slots beginnings(const EntityTable &table, const EntityTable::Slots &dead, std::string_view needle,
                              std::size_t limit)
{
    const std::uint32_t end =
        firstSlot(table, [&](std::string_view name) { return name.substr(0, needle.size()) <= needle; });
    EntityTable::Slots slots;
    for (std::uint32_t slot = firstSlot(table, [&](std::string_view name) { return name < needle; });
         slot < end && slots.size() < limit; ++slot)
        if (!std::binary_search(dead.begin(), dead.end(), slot))
            slots.push_back(slot);
    return slots;
}

/// The slots that have an alias of just that name.
EntityTable::Slots withAlias(const EntityTable &table, std::string_view name, const std::atomic<bool> *cancel)
{
    const std::string marked = EntityFacts::AliasMark + std::string(name);
    EntityTable::Slots slots = table.scan(marked, nullptr, cancel);
    std::erase_if(slots, [&](std::uint32_t slot) {
        const std::string_view text = table.text(slot);
        for (std::size_t at = text.find(marked); at != std::string_view::npos; at = text.find(marked, at + 1))
            if (markAt(text, at + marked.size()) == at + marked.size())
                return false;
        return true;
    });
    return slots;
}

/// Groups and policies that are called just that.
void addNamesakes(Best &best, store::Session &session, std::string_view name)
{
    const auto add = [&](store::Query rows, Field field, bool isAlias) {
        while (rows.step())
            best.add({static_cast<int>(field), std::string(rows.text(1)), std::string(name), field, rows.integer(0),
                      isAlias});
    };
    add(session.query("SELECT id, name_key FROM identity_group WHERE namespace = 1 AND name_key = ?", name),
        Field::Group, false);
    add(session.query("SELECT a.grp, g.name_key FROM group_alias a JOIN identity_group g ON g.id = a.grp "
                      "WHERE g.namespace = 1 AND a.name_key = ?",
                      name),
        Field::Alias, true);
    add(session.query("SELECT id, name FROM policy_name WHERE name = ?", name), Field::Policy, false);
}

void addOthers(Best &best, store::Session &session, const GroupNames &names, std::string_view needle,
               const std::atomic<bool> *cancel)
{
    const auto add = [&](const GroupNames::Name &name) {
        const Field field = name.isAlias ? Field::Alias : Field::Group;
        const auto rank = rankOf(name.text, needle, field);
        if (rank && best.mayAdd(*rank, name.key))
            best.add({*rank, std::string(name.key), std::string(name.text), field, name.group, name.isAlias});
    };
    names.forEachWith(needle, add, cancel);
    // Policies are few: SQLite's own scan is quick enough.
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
    const EntityTable &table = *view->table;
    const Wanted wanted{needle, table.search(needle)};
    // With as many names that begin so as are asked for, nothing comes before them but what is called just that.
    EntityTable::Slots few = beginnings(table, dead, needle, limit);
    const bool onlyNamesakes = few.size() == limit;
    if (onlyNamesakes) {
        std::ranges::copy(withAlias(table, needle, cancel), std::back_inserter(few));
        std::sort(few.begin(), few.end());
        few.erase(std::unique(few.begin(), few.end()), few.end());
        addEntities(best, limit, table, few, dead, wanted, cancel);
    } else {
        addEntities(best, limit, table, *m_d->scan(view->table, needle, cancel), dead, wanted, cancel);
    }
    for (const auto &facts : view->changed)
        addEntity(best, facts->text, wanted, facts->id.value);
    if (isCancelled(cancel))
        return cancelled();
    return m_d->store.read([&, asOf = m_d->groupChanges()](store::Session &session) -> Hits {
        if (onlyNamesakes)
            addNamesakes(best, session, needle);
        else
            addOthers(best, session, *m_d->groupNames(session, asOf), needle, cancel);
        if (isCancelled(cancel))
            return cancelled();
        std::vector<Hit> hits;
        for (const Candidate &candidate : best.take()) {
            if (std::optional<Hit> hit = read(session, candidate))
                hits.push_back(std::move(*hit));
        }
        return hits;
    });
}

} // namespace kith::identity
