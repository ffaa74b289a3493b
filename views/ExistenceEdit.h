// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Drafts.h"
#include "Edit.h"

namespace kith::views {

/// Objects are made or deleted. What is deleted is read in the same transaction just before, so that it comes back as
/// it was, with its id: a creation that was taken back, too.
class ExistenceEdit final : public Edit
{
    Q_DECLARE_TR_FUNCTIONS(kith::views::ExistenceEdit)
public:
    static std::unique_ptr<ExistenceEdit> create(const EntityDraft &draft);
    static std::unique_ptr<ExistenceEdit> create(const GroupDraft &draft);
    static std::unique_ptr<ExistenceEdit> remove(std::vector<connection::ObjectRef> objects);
    static std::unique_ptr<ExistenceEdit> addAlias(connection::ObjectRef owner, const AliasDraft &alias);
    /// Of people; they needn't be one person's.
    static std::unique_ptr<ExistenceEdit> removeAliases(const std::vector<connection::AliasRow> &aliases);
    static std::unique_ptr<ExistenceEdit> removeAlias(connection::ObjectRef owner,
                                                      const connection::AliasDetail &alias);

    void prepare(connection::Connection &connection, QObject *context, Direction direction,
                 std::function<void(Parts)> ready) override;
    void answered(Direction, const boost::json::array &) override {}
    bool hasUnits(Direction) const override { return !m_items.empty(); }
    Units units(Direction direction) const override;
    QString unitName(std::size_t unit) const override;
    boost::json::array partsOf(Direction direction, const Units &units) const override;
    std::size_t partsEach(Direction direction) const override { return makes(direction) ? 1 : 2; }
    void answered(Direction direction, const Units &units, const boost::json::array &answers) override;
    std::shared_ptr<Edit> take(const Units &units) override;
    QString label() const override;
    QString doneText() const override;
    QString remark() const override;
    QString madeUuid(Direction direction) const override;
    bool mayBeUndoneBlindly() const override { return m_wish == Wish::Delete; }
    NewIds takeNewIds() override { return std::exchange(m_newIds, {}); }
    void follow(const SharedNewIds &ids) override;

private:
    enum class Kind { Entity, Group, EntityAlias, GroupAlias };
    enum class Wish { Make, Delete };
    struct Item {
        Kind kind = Kind::Entity;
        QString uuid;
        QString name;             ///< Empty: it isn't known.
        boost::json::object data; ///< What kith/restore makes it from.
    };
    /// Fills in m_items when the UUIDs of m_related and the names of m_related are known.
    using Fill = std::function<void(ExistenceEdit &, const Resolved &)>;

    explicit ExistenceEdit(Wish wish) : m_wish(wish) {}
    static const char *keyOf(Kind kind);
    static QString pathOf(const Item &item);
    bool makes(Direction direction) const { return (m_wish == Wish::Make) == (direction == Direction::Forth); }
    void takeNewId(Item &item, const boost::json::value &answer);
    void followNow();
    void setSubject();

    Wish m_wish;
    std::vector<connection::ObjectRef> m_related; ///< To be resolved before the first time.
    Fill m_fill;                                  ///< Empty when it has been.
    std::vector<Item> m_items;
    QString m_subject;
    QString m_owner;                       ///< Aliases: whose.
    NewIds m_newIds;                       ///< Since takeNewIds().
    std::vector<SharedNewIds> m_following; ///< What it was told of others, the first first; looked for by prepare().
    bool m_renewed = false;                ///< What came back has another id than before.
    bool m_leftOut = false;                ///< A neighbour is gone and could not be connected again.
};

} // namespace kith::views
