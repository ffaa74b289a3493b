// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Drafts.h"
#include "Edit.h"

namespace kith::views {

/// The name, mount and custom metadata of an alias that exists, before and after. Sent only while they are still as
/// `before` says.
class AliasEdit final : public Edit
{
    Q_DECLARE_TR_FUNCTIONS(kith::views::AliasEdit)
public:
    AliasEdit(connection::ObjectRef owner, QString alias, AliasDraft before, AliasDraft after);

    void prepare(connection::Connection &connection, QObject *context, Direction direction,
                 std::function<void(Parts)> ready) override;
    void answered(Direction, const boost::json::array &) override {}
    QString label() const override;
    QString doneText() const override;
    QString conflictText(const Error &error) const override;
    std::vector<ConflictField> conflictFields() const override;
    void settle(const Versions &versions) override;
    connection::ObjectRef object() const override { return m_owner; }
    void follow(const SharedNewIds &ids) override;

private:
    /// The owner as it is now.
    struct Current {
        QString uuid;
        QString name;
        qint64 version = 0;
        std::vector<connection::AliasDetail> aliases;
    };
    void read(connection::Directory &directory, QObject *context, std::function<void(Result<Current>)> ready) const;
    Parts parts(Direction direction, const Current &current);

    connection::ObjectRef m_owner;
    QString m_ownerUuid; ///< Known after the first time.
    QString m_ownerName;
    QString m_alias; ///< UUID
    AliasDraft m_before;
    AliasDraft m_after;
    Direction m_met = Direction::Forth; ///< In which a conflict was met,
    std::optional<AliasDraft> m_theirs; ///< and what was there.
};

} // namespace kith::views
