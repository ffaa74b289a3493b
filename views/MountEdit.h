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

/// An auth method is enabled, described anew, or disabled. Disabling can't be taken back: what it kept is gone, and a
/// method that is enabled again has another accessor, so that its aliases don't come back to it.
class MountEdit final : public Edit
{
public:
    static std::unique_ptr<MountEdit> enable(const MountDraft &draft);
    static std::unique_ptr<MountEdit> describe(const QString &path, const QString &before, const QString &after);
    static std::unique_ptr<MountEdit> disable(const QString &path);

    void prepare(connection::Connection &connection, QObject *context, Direction direction,
                 std::function<void(Parts)> ready) override;
    void answered(Direction, const boost::json::array &) override {}
    bool changedSomething() const override { return m_wish != Wish::Disable; }
    QString label() const override;
    QString doneText() const override;

private:
    enum class Wish { Enable, Describe, Disable };
    MountEdit(Wish wish, MountDraft draft) : m_wish(wish), m_draft(std::move(draft)) {}

    Wish m_wish;
    MountDraft m_draft;
    QString m_before; ///< Its description.
};

} // namespace kith::views
