// SPDX-License-Identifier: Apache-2.0
#include "PeopleEdit.h"

#include "Look.h"
#include "connection/Async.h"
#include "connection/LetGo.h"
#include "connection/Requests.h"

#include <algorithm>
#include <unordered_map>

namespace kith::views {

namespace json = boost::json;
using connection::EntityState;
using connection::Metadata;
using connection::toJson;

static constexpr std::size_t Batch = 5'000; ///< People: putting their values together takes a few milliseconds.

PeopleEdit::PeopleEdit(std::vector<EntityId> people, PeopleChange change)
    : m_entities(std::move(people)), m_change(std::move(change))
{}

/// One walk through the people, a batch after the other. What they become is computed where they are read.
struct PeopleEdit::Reading : std::enable_shared_from_this<PeopleEdit::Reading> {
    connection::Directory &directory;
    QObject *context;
    Direction direction;
    std::vector<EntityId> people;
    std::function<Difference(const QString &uuid)> wanted; ///< Called in another thread.
    std::function<void(Result<std::vector<Person>>)> ready;
    std::size_t next = 0;
    std::vector<Person> read = {};

    Reading(connection::Directory &from, QObject *in, Direction way) : directory(from), context(in), direction(way) {}

    void goOn()
    {
        if (next >= people.size())
            return ready(std::move(read));
        const auto first = people.begin() + static_cast<std::ptrdiff_t>(next);
        next = std::min(next + Batch, people.size());
        std::vector<EntityId> batch(first, people.begin() + static_cast<std::ptrdiff_t>(next));
        auto computed = directory.entityStates(std::move(batch))
                            .then([wanted = wanted, way = direction](Result<std::vector<EntityState>> states) {
                                if (!states)
                                    return Result<std::vector<Person>>(states.error());
                                std::vector<Person> some;
                                some.reserve(states->size());
                                for (const EntityState &state : *states)
                                    if (Person person = personOf(state, wanted(state.uuid), way); person.concerned)
                                        some.push_back(std::move(person));
                                return Result<std::vector<Person>>(std::move(some));
                            });
        connection::whenReady(computed, context, [self = shared_from_this()](Result<std::vector<Person>> some) {
            if (!some)
                return self->ready(some.error());
            std::move(some->begin(), some->end(), std::back_inserter(self->read));
            self->goOn();
        });
    }
};

void PeopleEdit::prepare(connection::Connection &connection, QObject *context, Direction direction,
                         std::function<void(Parts)> ready)
{
    if (!m_following.empty())
        return aside(
            context, [this, ready] { followNow(); }, // `ready` keeps this
            [this, &connection, context, direction, ready] { prepare(connection, context, direction, ready); });
    if (m_people.empty()) {
        if (direction == Direction::Back) // there is nobody left of whom anything is to be taken back
            return ready(json::array());
        auto wanted = [wish = wishOf(m_change)](const QString &) { return wish; };
        return read(connection, context, direction, m_entities, std::move(wanted), std::move(ready));
    }
    if (m_change.isOnlyState()) // whoever has been changed since is set to the same all the same
        return ready(somethingForUnits(direction));
    struct Asked {
        std::vector<QString> uuids;
        std::unordered_map<std::string, Difference> wanted;
    };
    const auto asked = connection::lettingGo(std::make_shared<Asked>());
    aside(
        context,
        [this, asked, direction, ready] { // which keeps this
            for (const Person &person : m_people) {
                asked->uuids.push_back(person.uuid);
                if (direction == Direction::Back)
                    asked->wanted.emplace(person.uuid.toStdString(), inverseOf(person.done));
            }
        },
        [this, asked, direction, context, &connection, ready] {
            whenReady(connection.directory().byUuids(std::move(asked->uuids)), context,
                      [this, asked, direction, context, &connection, ready](auto refs) {
                          if (!refs)
                              return ready(refs.error());
                          std::vector<EntityId> people;
                          for (const connection::ObjectRef &ref : *refs)
                              if (ref.entity())
                                  people.push_back(ref.entity());
                          read(
                              connection, context, direction, std::move(people),
                              [asked, direction, wish = wishOf(m_change)](const QString &uuid) {
                                  if (direction == Direction::Forth)
                                      return wish;
                                  const auto found = asked->wanted.find(uuid.toStdString());
                                  return found != asked->wanted.end() ? found->second : Difference();
                              },
                              ready);
                      });
        });
}

/// Forth: those that change are the people from now on. Back: of these, what is to be written.
void PeopleEdit::read(connection::Connection &connection, QObject *context, Direction direction,
                      std::vector<EntityId> people, std::function<Difference(const QString &)> wanted,
                      std::function<void(Parts)> ready)
{
    auto reading = std::make_shared<Reading>(connection.directory(), context, direction);
    reading->read.reserve(people.size());
    reading->people = std::move(people);
    reading->wanted = std::move(wanted);
    reading->ready = [this, direction, context, ready = std::move(ready)](Result<std::vector<Person>> read) {
        if (!read)
            return ready(read.error());
        if (direction == Direction::Forth) {
            connection::letGo(std::make_shared<std::vector<Person>>(std::exchange(m_people, std::move(*read))));
            m_entities.clear(); // rows may be others' later; from now on people are known by their UUIDs
            setSubject();
            return ready(somethingForUnits(direction));
        }
        auto known = std::make_shared<std::vector<Person>>(std::move(*read));
        fillAside(context, direction, ready, [this, known] { takeBack(*known); });
    };
    reading->goOn();
}

/// What is to be written of each to take back what was done.
void PeopleEdit::takeBack(std::vector<Person> &read)
{
    std::unordered_map<std::string, Person *> byUuid;
    for (Person &person : read)
        byUuid.emplace(person.uuid.toStdString(), &person);
    for (Person &person : m_people) {
        const auto found = byUuid.find(person.uuid.toStdString());
        person.concerned = found != byUuid.end();
        if (!person.concerned)
            continue;
        person.version = found->second->version;
        person.write = std::move(found->second->write);
    }
}

PeopleEdit::Difference PeopleEdit::wishOf(const PeopleChange &change)
{
    Difference wish{change.disabled, change.addPolicies, change.removePolicies, {}};
    for (const auto &[key, value] : change.setMetadata)
        wish.metadata.push_back({key, {}, value});
    for (const QString &key : change.removeMetadata)
        wish.metadata.push_back({key, {}, {}});
    return wish;
}

PeopleEdit::Difference PeopleEdit::inverseOf(const Difference &done)
{
    Difference inverse{done.disabled ? std::optional(!*done.disabled) : std::nullopt, done.removed, done.added, {}};
    for (const Pair &pair : done.metadata)
        inverse.metadata.push_back({pair.key, pair.after, pair.before});
    return inverse;
}

namespace {

std::optional<QString> valueIn(const Metadata &metadata, const QString &key)
{
    const auto found =
        std::find_if(metadata.begin(), metadata.end(), [&](const auto &pair) { return pair.first == key; });
    return found != metadata.end() ? std::optional(found->second) : std::nullopt;
}

void setIn(Metadata &metadata, const QString &key, const std::optional<QString> &value)
{
    std::erase_if(metadata, [&](const auto &pair) { return pair.first == key; });
    if (value)
        metadata.push_back({key, *value});
}

} // namespace

PeopleEdit::Person PeopleEdit::personOf(const EntityState &state, const Difference &wanted, Direction direction)
{
    Person person{state.uuid, shownName(state.name, 60), state.version, {}, {}, false};
    Difference &did = person.done;
    QStringList policies = state.policies;
    for (const QString &policy : wanted.removed)
        if (policies.removeAll(policy) > 0)
            did.removed += policy;
    for (const QString &policy : wanted.added)
        if (!policies.contains(policy)) {
            policies += policy;
            did.added += policy;
        }
    Metadata metadata = state.metadata;
    for (const Pair &pair : wanted.metadata) {
        const std::optional<QString> now = valueIn(metadata, pair.key);
        const bool changedSince = direction == Direction::Back && now != pair.before;
        if (changedSince || now == pair.after)
            continue;
        setIn(metadata, pair.key, pair.after);
        did.metadata.push_back({pair.key, now, pair.after});
    }
    if (wanted.disabled && *wanted.disabled != state.disabled)
        did.disabled = wanted.disabled;
    if (!did.added.isEmpty() || !did.removed.isEmpty()) {
        policies.sort();
        person.write["policies"] = toJson(policies);
    }
    if (!did.metadata.empty())
        person.write["metadata"] = toJson(metadata);
    if (did.disabled && !person.write.empty())
        person.write["disabled"] = *did.disabled;
    person.concerned = did.disabled || !person.write.empty();
    return person;
}

void PeopleEdit::setSubject()
{
    m_subject = m_people.empty() ? QString() : subjectText(m_people.size(), 0, m_people.front().name);
}

bool PeopleEdit::hasUnits(Direction) const
{
    return std::any_of(m_people.begin(), m_people.end(), [](const Person &person) { return person.concerned; });
}

Edit::Units PeopleEdit::units(Direction) const
{
    Units all;
    all.reserve(m_people.size());
    for (std::size_t i = 0; i < m_people.size(); ++i)
        if (m_people[i].concerned)
            all.push_back(i);
    return all;
}

QString PeopleEdit::unitName(std::size_t unit) const
{
    return m_people[unit].name;
}

json::array PeopleEdit::partsOf(Direction direction, const Units &units) const
{
    json::array result;
    result.reserve(units.size());
    for (const std::size_t unit : units) {
        const Person &person = m_people[unit];
        const QString path = QStringLiteral("identity/entity/id/") + person.uuid;
        if (!person.write.empty()) {
            result.emplace_back(connection::updatePart(path, person.write,
                                                       {connection::ObjectKind::Entity, person.uuid, person.version}));
            continue;
        }
        const bool disabled = person.done.disabled.value_or(false) == (direction == Direction::Forth);
        result.emplace_back(connection::updatePart(path, {{"disabled", disabled}}));
    }
    return result;
}

std::shared_ptr<Edit> PeopleEdit::take(const Units &units)
{
    auto other = std::make_shared<PeopleEdit>(std::vector<EntityId>(), m_change);
    other->m_following = m_following;
    other->m_people = takeUnits(m_people, units);
    other->setSubject();
    setSubject();
    return other;
}

void PeopleEdit::follow(const SharedNewIds &ids)
{
    m_following.push_back(ids);
}

/// Of very many people that is a work for another thread, when it is its turn.
void PeopleEdit::followNow()
{
    for (const SharedNewIds &ids : std::exchange(m_following, {}))
        for (Person &person : m_people)
            views::follow(person.uuid, *ids);
}

static QString listText(const QStringList &list)
{
    return shownName(list.join(QStringLiteral(", ")), 60);
}

QString PeopleEdit::label() const
{
    if (m_change.isOnlyState())
        return *m_change.disabled ? tr("Disable %1").arg(m_subject) : tr("Enable %1").arg(m_subject);
    if (!m_change.addPolicies.isEmpty())
        return tr("Give %1 to %2", "policies to people").arg(listText(m_change.addPolicies), m_subject);
    if (!m_change.removePolicies.isEmpty())
        return tr("Take %1 from %2", "policies from people").arg(listText(m_change.removePolicies), m_subject);
    if (!m_change.removeMetadata.isEmpty())
        return tr("Clear %1 of %2", "metadata of people").arg(listText(m_change.removeMetadata), m_subject);
    return tr("Set %1 of %2", "metadata of people").arg(shownName(m_change.setMetadata.front().first, 60), m_subject);
}

QString PeopleEdit::doneText() const
{
    if (m_change.isOnlyState())
        return *m_change.disabled ? tr("Disabled %1").arg(m_subject) : tr("Enabled %1").arg(m_subject);
    if (!m_change.addPolicies.isEmpty())
        return tr("Gave %1 to %2", "policies to people").arg(listText(m_change.addPolicies), m_subject);
    if (!m_change.removePolicies.isEmpty())
        return tr("Took %1 from %2", "policies from people").arg(listText(m_change.removePolicies), m_subject);
    if (!m_change.removeMetadata.isEmpty())
        return tr("Cleared %1 of %2", "metadata of people").arg(listText(m_change.removeMetadata), m_subject);
    return tr("%1 of %2 is set", "metadata of people")
        .arg(shownName(m_change.setMetadata.front().first, 60), m_subject);
}

QString PeopleEdit::nothingText() const
{
    if (!m_change.isOnlyState())
        return tr("Nothing to change: it is so already");
    return *m_change.disabled ? tr("Nothing to change: disabled already") : tr("Nothing to change: enabled already");
}

} // namespace kith::views
