// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Edit.h"

#include <optional>

namespace kith::views {

/// What is to become of each of many people. What one has already, or doesn't have, is left alone.
struct PeopleChange {
    std::optional<bool> disabled = {};
    QStringList addPolicies = {}; ///< To those that stand on the person.
    QStringList removePolicies = {};
    connection::Metadata setMetadata = {};
    QStringList removeMetadata = {}; ///< Keys.

    bool isOnlyState() const
    {
        return addPolicies.isEmpty() && removePolicies.isEmpty() && setMetadata.empty() && removeMetadata.isEmpty();
    }
};

/// Many people are changed, each by the difference between what they have and what is wanted. What really changed is
/// what is taken back, as far as nobody changed it since.
class PeopleEdit final : public Edit
{
    Q_DECLARE_TR_FUNCTIONS(kith::views::PeopleEdit)
public:
    PeopleEdit(std::vector<EntityId> people, PeopleChange change);

    void prepare(connection::Connection &connection, QObject *context, Direction direction,
                 std::function<void(Parts)> ready) override;
    void answered(Direction, const boost::json::array &) override {}
    bool hasUnits(Direction) const override;
    Units units(Direction) const override;
    QString unitName(std::size_t unit) const override;
    boost::json::array partsOf(Direction direction, const Units &units) const override;
    std::shared_ptr<Edit> take(const Units &units) override;
    bool mayBeUndoneBlindly() const override { return true; }
    void follow(const SharedNewIds &ids) override;
    QString label() const override;
    QString doneText() const override;
    QString nothingText() const override;

private:
    struct Pair {
        QString key;
        std::optional<QString> before;
        std::optional<QString> after;
    };
    struct Difference {
        std::optional<bool> disabled;
        QStringList added, removed; ///< Policies.
        std::vector<Pair> metadata;
    };
    struct Person {
        QString uuid;
        QString name;
        qint64 version = 0;
        Difference done;           ///< By the last time it was done.
        boost::json::object write; ///< By the next request; disabled is not in it when it is all.
        bool concerned = true;     ///< There is something to write.
    };
    struct Reading;

    static Difference wishOf(const PeopleChange &change);
    static Difference inverseOf(const Difference &done);
    static Person personOf(const connection::EntityState &state, const Difference &wanted, Direction direction);
    void read(connection::Connection &connection, QObject *context, Direction direction, std::vector<EntityId> people,
              std::function<Difference(const QString &)> wanted, std::function<void(Parts)> ready);
    void takeBack(std::vector<Person> &read);
    void followNow();
    void setSubject();

    std::vector<EntityId> m_entities; ///< Until they have been read once.
    PeopleChange m_change;
    std::vector<Person> m_people;          ///< Those that change.
    std::vector<SharedNewIds> m_following; ///< To be looked for in m_people.
    QString m_subject;
};

} // namespace kith::views
