// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Edit.h"

#include <optional>
#include <variant>

namespace kith::views {

/// A value of one object is replaced: its name, its metadata or its own policies. Only while it still is what the
/// person who changed it saw; both ways.
class ValueEdit final : public Edit
{
    Q_DECLARE_TR_FUNCTIONS(kith::views::ValueEdit)
public:
    using Value = std::variant<QString, connection::Metadata, QStringList>; ///< Name, metadata, policies.

    ValueEdit(connection::ObjectRef object, Value before, Value after);

    void prepare(connection::Connection &connection, QObject *context, Direction direction,
                 std::function<void(Parts)> ready) override;
    void answered(Direction, const boost::json::array &) override {}
    QString label() const override;
    QString doneText() const override;
    QString conflictText(const Error &error) const override;
    std::vector<ConflictField> conflictFields() const override;
    void settle(const Versions &versions) override;
    connection::ObjectRef object() const override { return m_object; }
    void follow(const SharedNewIds &ids) override { views::follow(m_uuid, *ids); }

private:
    struct Current {
        QString uuid;
        QString name;
        qint64 version = 0;
        Value value;
    };
    void read(connection::Directory &directory, QObject *context, std::function<void(Result<Current>)> ready);
    Parts parts(Direction direction, const Current &current);

    connection::ObjectRef m_object;
    QString m_uuid; ///< Known after the first time.
    QString m_name;
    Value m_before;
    Value m_after;
    Direction m_met = Direction::Forth; ///< In which a conflict was met,
    std::optional<Value> m_theirs;      ///< and what was there.
};

} // namespace kith::views
