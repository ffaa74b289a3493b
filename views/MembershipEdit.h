// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Edit.h"

namespace kith::views {

/// People and groups join a group, leave one, or both (a move). By differences: what really changed is what is taken
/// back.
class MembershipEdit final : public Edit
{
public:
    /// A move has both groups, an addition no `from`, a removal no `target`.
    explicit MembershipEdit(connection::Change change);

    void prepare(connection::Connection &connection, QObject *context, Direction direction,
                 std::function<void(Parts)> ready) override;
    void answered(Direction direction, const boost::json::array &answers) override;
    bool changedSomething() const override;
    QString label() const override;
    QString doneText() const override;

private:
    struct Difference {
        boost::json::array people;
        boost::json::array groups;
        std::size_t size() const { return people.size() + groups.size(); }
    };
    boost::json::array parts(Direction direction) const;
    void resolved(const Resolved &resolved);

    connection::Change m_change;
    QString m_targetName, m_fromName, m_subject;
    QString m_targetUuid, m_fromUuid;
    Difference m_all;     ///< What was asked for.
    Difference m_added;   ///< To the target, by the last time it was done.
    Difference m_removed; ///< From `from`, by the last time it was done.
    bool m_known = false; ///< Names and UUIDs are.
};

} // namespace kith::views
