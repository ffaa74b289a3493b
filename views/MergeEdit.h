// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Edit.h"

namespace kith::views {

/// Two people who are one: one of them is merged into the other. Both are read in the same transaction just before, so
/// that they come back as they were. A server without kith/ can't take it back: there it is no step of the history.
class MergeEdit final : public Edit
{
    Q_DECLARE_TR_FUNCTIONS(kith::views::MergeEdit)
public:
    struct Order {
        QString from; ///< UUID of who goes.
        QString to;   ///< UUID of who stays.
        QString fromName;
        QString toName;
        QStringList aliasesToKeep; ///< UUIDs: where both have one on the same mount.
        qint64 fromVersion = 0;    ///< EntityDetail::version, as they were shown: what has been changed since would be
        qint64 toVersion = 0;      ///< lost unseen.
    };
    enum class Way { Undoable, OneWay };

    MergeEdit(Order order, Way way) : m_order(std::move(order)), m_way(way) {}

    void prepare(connection::Connection &connection, QObject *context, Direction direction,
                 std::function<void(Parts)> ready) override;
    void answered(Direction direction, const boost::json::array &answers) override;
    bool changedSomething() const override { return m_way == Way::Undoable; }
    QString label() const override;
    QString doneText() const override;
    QString conflictText(const Error &error) const override;
    QString madeUuid(Direction direction) const override;

private:
    QString path(const QString &uuid) const;
    boost::json::array partsForth();
    boost::json::array partsBack() const;

    Order m_order;
    Way m_way;
    Direction m_asked = Direction::Forth; ///< What was prepared last.
    boost::json::object m_from;           ///< As they were before.
    boost::json::object m_to;
    boost::json::object m_merged; ///< Who stayed, just after.
};

} // namespace kith::views
