// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Edit.h"

namespace kith::views {

/// People are disabled or enabled; those that are so already are left alone, also when it is taken back.
class EnabledEdit final : public Edit
{
public:
    enum class Wish { Enable, Disable };
    EnabledEdit(std::vector<EntityId> entities, Wish wish);

    void prepare(connection::Connection &connection, QObject *context, Direction direction,
                 std::function<void(Parts)> ready) override;
    void answered(Direction, const boost::json::array &) override {}
    Units units(Direction) const override;
    QString unitName(std::size_t unit) const override;
    boost::json::array partsOf(Direction direction, const Units &units) const override;
    std::shared_ptr<Edit> take(const Units &units) override;
    bool mayBeUndoneBlindly() const override { return true; }
    void follow(const NewIds &ids) override;
    QString label() const override;
    QString doneText() const override;
    QString nothingText() const override;

private:
    void setSubject();

    std::vector<EntityId> m_entities;
    Wish m_wish;
    std::vector<QString> m_uuids; ///< Of those that change.
    std::vector<QString> m_names; ///< Likewise.
    QString m_subject;
};

} // namespace kith::views
