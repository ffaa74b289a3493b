// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Edit.h"

namespace kith::views {

/// People and groups join a group, leave one, or both (a move). By differences: what really changed is what is taken
/// back.
class MembershipEdit final : public Edit
{
    Q_DECLARE_TR_FUNCTIONS(kith::views::MembershipEdit)
public:
    /// A move has both groups, an addition no `from`, a removal no `target`.
    explicit MembershipEdit(connection::Change change);

    void prepare(connection::Connection &connection, QObject *context, Direction direction,
                 std::function<void(Parts)> ready) override;
    void answered(Direction, const boost::json::array &) override {}
    bool hasUnits(Direction direction) const override;
    Units units(Direction direction) const override;
    QString unitName(std::size_t unit) const override { return m_members[unit].name; }
    boost::json::array partsOf(Direction direction, const Units &units) const override;
    std::size_t partsEach(Direction) const override { return 0; }
    void answered(Direction direction, const Units &units, const boost::json::array &answers) override;
    Units halfDone(Direction direction, const Units &units) const override;
    boost::json::array partsToTakeBack(Direction direction, const Units &units) const override;
    void tookBack(Direction direction, const Units &units) override;
    bool assumeDone(Direction direction, const Units &units, std::size_t part) override;
    void follow(const SharedNewIds &ids) override;
    std::shared_ptr<Edit> take(const Units &units) override;
    bool changedSomething() const override;
    QString label() const override;
    QString doneText() const override;

private:
    enum class Kind { Person, Group };
    struct Member {
        Kind kind = Kind::Person;
        boost::json::string uuid;
        QString name;         ///< Empty: it isn't known.
        bool added = false;   ///< To the target, by the last time it was done.
        bool removed = false; ///< From `from`, likewise.
    };
    static bool concerns(const Member &member, Direction direction);
    enum class Way { In, Out };
    bool hasGroups() const;
    void followNow();
    void setSubject();
    struct Unresolved {
        std::vector<connection::ObjectRef> objects;
        std::vector<connection::ObjectRef> toName;
    };
    Unresolved unresolved() const;
    void resolved(const Resolved &resolved);
    boost::json::value part(Way way, const QString &group, const Units &units) const;
    /// In which order the two groups are changed: into which, out of which.
    std::vector<std::pair<Way, QString>> order(Direction direction) const;
    void note(const char *key, const boost::json::value &answer, bool Member::*what, bool value);
    std::size_t count(bool Member::*what) const;

    connection::Change m_change;
    QString m_targetName, m_fromName, m_subject;
    QString m_targetUuid, m_fromUuid;
    std::vector<Member> m_members;
    bool m_known = false;                  ///< Names and UUIDs are.
    std::vector<SharedNewIds> m_following; ///< What it was told of others, the first first; looked for by prepare().
};

} // namespace kith::views
