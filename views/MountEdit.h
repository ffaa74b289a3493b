// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Edit.h"

namespace kith::views {

/// An auth method as it is to be enabled.
struct MountDraft {
    QString path;
    QString type;
    QString description;
    enum class Reach { Everywhere, OneCluster };
    Reach reach = Reach::Everywhere; ///< OneCluster: its aliases belong to this cluster alone.
};

/// An auth method is enabled, described anew, or disabled. A description is replaced only while it is what the person
/// saw, and what was enabled is taken back only while it is still the same and nobody logs in there. Disabling can't be
/// taken back: what it kept is gone, and a method that is enabled again has another accessor, so that its aliases don't
/// come back to it.
class MountEdit final : public Edit
{
    Q_DECLARE_TR_FUNCTIONS(kith::views::MountEdit)
public:
    static std::unique_ptr<MountEdit> enable(const MountDraft &draft);
    static std::unique_ptr<MountEdit> describe(const QString &path, const QString &before, const QString &after);
    static std::unique_ptr<MountEdit> disable(const QString &path);

    void prepare(connection::Connection &connection, QObject *context, Direction direction,
                 std::function<void(Parts)> ready) override;
    void answered(Direction direction, const boost::json::array &answers) override;
    bool changedSomething() const override { return m_wish != Wish::Disable; }
    QString label() const override;
    QString doneText() const override;
    QString conflictText(const Error &error) const override;
    std::vector<ConflictField> conflictFields() const override;
    void settle(const Versions &versions) override;

private:
    enum class Wish { Enable, Describe, Disable };
    MountEdit(Wish wish, MountDraft draft) : m_wish(wish), m_draft(std::move(draft)) {}

    enum class Met { Described, Replaced, Used };
    using Mounts = boost::json::object;                          ///< As sys/auth answers.
    const boost::json::object *find(const Mounts &mounts) const; ///< This one.
    Parts partsToEnable(const Mounts *mounts) const;
    Parts partsToDescribe(Direction direction, const Mounts *mounts);
    void takeBack(connection::Connection &connection, QObject *context, const Mounts *mounts,
                  std::function<void(Parts)> ready);

    Wish m_wish;
    MountDraft m_draft;
    QString m_before;   ///< Its description.
    QString m_accessor; ///< Of what was enabled; empty: it couldn't be read.
    Met m_met = Met::Described;
    Direction m_direction = Direction::Forth; ///< In which a conflict was met,
    QString m_theirs;                         ///< and the description that was there.
};

} // namespace kith::views
