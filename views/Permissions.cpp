// SPDX-License-Identifier: Apache-2.0
#include "Permissions.h"

#include <algorithm>

namespace kith::views {

using connection::ObjectKind;
using connection::ObjectRef;

static constexpr std::size_t MostAsked = 20; ///< Of a selection; more would be many questions for one click.

Permissions::Permissions(connection::Connection &connection, QObject *parent)
    : QObject(parent), m_connection(connection)
{
    connect(&m_connection, &connection::Connection::writerChanged, this, &Permissions::changed);
}

QString Permissions::refusal() const
{
    if (const QString writer = m_connection.otherWriter(); !writer.isEmpty())
        return tr("%1 is writing to this core: nothing can be changed here until it has ended.").arg(writer);
    if (m_connection.isReadOnly())
        return tr("This connection is set to read only. Its settings are under File, Connections.");
    return {};
}

QString Permissions::refusal(Act act, ObjectKind kind) const
{
    if (QString all = refusal(); !all.isEmpty())
        return all;
    const bool entity = kind == ObjectKind::Entity;
    switch (act) {
    case Act::Create:
        if (entity ? m_rights.createEntities : m_rights.createGroups)
            return {};
        return entity ? tr("You have no right to create entities here.")
                      : tr("You have no right to create groups here.");
    case Act::Change:
        if (entity ? m_rights.changeEntities : m_rights.changeGroups)
            return {};
        return entity ? tr("You have no right to change entities here.")
                      : tr("You have no right to change groups here.");
    case Act::Delete:
        if (entity ? m_rights.deleteEntities : m_rights.deleteGroups)
            return {};
        return entity ? tr("You have no right to delete entities here.")
                      : tr("You have no right to delete groups here.");
    }
    return {};
}

QString Permissions::refusal(Act act, ObjectRef object) const
{
    if (const QString all = refusal(); !all.isEmpty() || act == Act::Create || !object)
        return all.isEmpty() ? refusal(act, object.kind) : all;
    const auto known = m_ofObjects.find(object);
    if (known == m_ofObjects.end()) {
        Q_EMIT wanted(object);
        return refusal(act, object.kind);
    }
    if (act == Act::Change ? known->second.change : known->second.remove)
        return {};
    QString ofKind = refusal(act, object.kind);
    if (!ofKind.isEmpty())
        return ofKind;
    const bool entity = object.kind == ObjectKind::Entity;
    if (act == Act::Change)
        return entity ? tr("You have no right to change this entity.") : tr("You have no right to change this group.");
    return entity ? tr("You have no right to delete this entity.") : tr("You have no right to delete this group.");
}

QString Permissions::refusal(Act act, const std::vector<ObjectRef> &objects) const
{
    if (objects.size() <= MostAsked) {
        QString first;
        for (const ObjectRef object : objects)
            if (const QString one = refusal(act, object); first.isEmpty())
                first = one;
        return first;
    }
    const auto has = [&](ObjectKind kind) {
        return std::any_of(objects.begin(), objects.end(), [kind](ObjectRef object) { return object.kind == kind; });
    };
    return refusal(act, has(ObjectKind::Entity), has(ObjectKind::Group));
}

QString Permissions::refusal(Act act, bool people, bool groups) const
{
    const QString ofPeople = people ? refusal(act, ObjectKind::Entity) : QString();
    return ofPeople.isEmpty() && groups ? refusal(act, ObjectKind::Group) : ofPeople;
}

QString Permissions::aliasRefusal(Act act, ObjectKind owner) const
{
    if (QString all = refusal(); !all.isEmpty())
        return all;
    const bool entity = owner == ObjectKind::Entity;
    switch (act) {
    case Act::Create:
        return (entity ? m_rights.createAliases : m_rights.createGroupAliases)
                   ? QString()
                   : tr("You have no right to add aliases here.");
    case Act::Change:
        return (entity ? m_rights.changeAliases : m_rights.changeGroupAliases)
                   ? QString()
                   : tr("You have no right to change aliases here.");
    case Act::Delete:
        return (entity ? m_rights.deleteAliases : m_rights.deleteGroupAliases)
                   ? QString()
                   : tr("You have no right to remove aliases here.");
    }
    return {};
}

QString Permissions::membershipRefusal() const
{
    const bool some = std::any_of(m_ofObjects.begin(), m_ofObjects.end(), [](const auto &known) {
        return known.first.kind == ObjectKind::Group && known.second.change;
    });
    return some ? refusal() : refusal(Act::Change, ObjectKind::Group);
}

QString Permissions::mergeRefusal() const
{
    if (QString all = refusal(); !all.isEmpty())
        return all;
    return m_rights.mergeEntities ? QString() : tr("You have no right to merge entities here.");
}

QString Permissions::policyRefusal(Act act) const
{
    if (QString all = refusal(); !all.isEmpty())
        return all;
    if (act == Act::Delete)
        return m_rights.deletePolicies ? QString() : tr("You have no right to delete policies here.");
    return m_rights.writePolicies ? QString() : tr("You have no right to change policies here.");
}

QString Permissions::mountRefusal(Act act) const
{
    if (QString all = refusal(); !all.isEmpty())
        return all;
    switch (act) {
    case Act::Create:
        return m_rights.enableMounts ? QString() : tr("You have no right to enable auth methods here.");
    case Act::Change:
        return m_rights.tuneMounts ? QString() : tr("You have no right to describe auth methods here.");
    case Act::Delete:
        return m_rights.disableMounts ? QString() : tr("You have no right to disable auth methods here.");
    }
    return {};
}

QString Permissions::mountRefusal(Act act, const QString &path) const
{
    QString ofAll = mountRefusal(act);
    if (act == Act::Create || !refusal().isEmpty())
        return ofAll;
    const auto known = m_ofMounts.find(path);
    if (known == m_ofMounts.end()) {
        Q_EMIT mountWanted(path);
        return ofAll;
    }
    if (act == Act::Change ? known->second.change : known->second.remove)
        return {};
    if (!ofAll.isEmpty())
        return ofAll;
    return act == Act::Change ? tr("You have no right to describe this auth method.")
                              : tr("You have no right to disable this auth method.");
}

bool Permissions::mayList(ObjectKind kind) const
{
    return kind == ObjectKind::Entity ? m_rights.listEntities : m_rights.listGroups;
}

void Permissions::setRights(const connection::Rights &rights)
{
    if (rights == m_rights && m_ofObjects.empty() && m_ofMounts.empty())
        return;
    m_rights = rights;
    m_ofObjects.clear();
    m_ofMounts.clear();
    Q_EMIT changed();
}

/// Tells only of what is otherwise than was said of its kind until now.
template <class Keys, class Map>
void Permissions::take(const Keys &keys, const std::vector<connection::ObjectRights> &rights, Map &known,
                       const std::function<connection::ObjectRights(const typename Map::key_type &)> &ofKind)
{
    bool same = true;
    auto right = rights.begin();
    for (const auto &key : keys) {
        const auto [one, isNew] = known.try_emplace(key, ofKind(key));
        same = same && one->second == *right;
        one->second = *right++;
    }
    if (!same)
        Q_EMIT changed();
}

void Permissions::setRightsOf(const std::vector<ObjectRef> &objects,
                              const std::vector<connection::ObjectRights> &rights)
{
    take(objects, rights, m_ofObjects, [this](ObjectRef object) {
        return connection::ObjectRights{refusal(Act::Change, object.kind).isEmpty(),
                                        refusal(Act::Delete, object.kind).isEmpty()};
    });
}

void Permissions::setRightsOfMounts(const QStringList &paths, const std::vector<connection::ObjectRights> &rights)
{
    take(paths, rights, m_ofMounts, [this](const QString &) {
        return connection::ObjectRights{mountRefusal(Act::Change).isEmpty(), mountRefusal(Act::Delete).isEmpty()};
    });
}

} // namespace kith::views
