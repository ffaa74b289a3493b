// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"
#include "connection/RemoteTruth.h"

#include <QStringList>

#include <functional>
#include <unordered_map>

namespace kith::views {

enum class Act { Create, Change, Delete };

/// What may be written over a connection, and in words why the rest may not: somebody else writes, the person wants it
/// read-only, or the token has no right. What isn't known to be refused is allowed: the attempt tells. GUI thread.
class Permissions : public QObject
{
    Q_OBJECT
public:
    /// The connection must outlive it.
    explicit Permissions(connection::Connection &connection, QObject *parent = nullptr);

    // Each gives a sentence; empty: it is allowed.

    QString refusal() const; ///< Why nothing at all may be written.
    QString refusal(Act act, connection::ObjectKind kind) const;
    /// Of one object. Where its own rights aren't known they are asked for, and those of its kind count until then.
    QString refusal(Act act, connection::ObjectRef object) const;
    /// Of all of them: the first reason. Of very many only those of their kinds count.
    QString refusal(Act act, const std::vector<connection::ObjectRef> &objects) const;
    /// Of people, groups or both, by their kinds alone.
    QString refusal(Act act, bool people, bool groups) const;
    /// Aliases of entities, or of external groups.
    QString aliasRefusal(Act act, connection::ObjectKind owner) const;
    /// Members of some group or other: refused only when no group is known that may be changed.
    QString membershipRefusal() const;

    QString mergeRefusal() const; ///< Of people.
    QString policyRefusal(Act act) const;
    QString mountRefusal(Act act) const; ///< Enabling, describing and disabling auth methods.
    /// Of the one at this path, as with objects.
    QString mountRefusal(Act act, const QString &path) const;

    bool mayList(connection::ObjectKind kind) const;

    void setRights(const connection::Rights &rights); ///< Those of single objects are forgotten.
    void setRightsOf(const std::vector<connection::ObjectRef> &objects,
                     const std::vector<connection::ObjectRights> &rights); ///< One for each.
    void setRightsOfMounts(const QStringList &paths, const std::vector<connection::ObjectRights> &rights);

Q_SIGNALS:
    void changed();
    void wanted(kith::connection::ObjectRef object) const; ///< The rights on it aren't known.
    void mountWanted(const QString &path) const;           ///< Likewise.

private:
    struct Hash {
        std::size_t operator()(connection::ObjectRef object) const
        {
            return std::hash<qint64>()(object.id * 2 + (object.kind == connection::ObjectKind::Group ? 1 : 0));
        }
    };

    template <class Keys, class Map>
    void take(const Keys &keys, const std::vector<connection::ObjectRights> &rights, Map &known,
              const std::function<connection::ObjectRights(const typename Map::key_type &)> &ofKind);

    connection::Connection &m_connection;
    connection::Rights m_rights;
    std::unordered_map<connection::ObjectRef, connection::ObjectRights, Hash> m_ofObjects;
    std::unordered_map<QString, connection::ObjectRights> m_ofMounts; ///< By their paths.
};

} // namespace kith::views
