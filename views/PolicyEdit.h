// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Edit.h"

namespace kith::views {

/// The text of a policy is replaced, made or deleted. Only while it still is what the person who changed it saw, both
/// ways: it is read at the source just before. Its other settings stay as they are, and come back with it.
class PolicyEdit final : public Edit
{
    Q_DECLARE_TR_FUNCTIONS(kith::views::PolicyEdit)
public:
    using Text = std::optional<QString>; ///< None: there is no such policy.

    PolicyEdit(QString name, Text before, Text after);

    void prepare(connection::Connection &connection, QObject *context, Direction direction,
                 std::function<void(Parts)> ready) override;
    void answered(Direction, const boost::json::array &) override {}
    QString label() const override;
    QString doneText() const override;
    QString nothingText() const override;
    QString conflictText(const Error &error) const override;
    std::vector<ConflictField> conflictFields() const override;
    void settle(const Versions &versions) override;

    static QString pathOf(const QString &name); ///< Where a core has it.

private:
    Parts parts(Direction direction, const boost::json::object *current);

    QString m_name;
    Text m_before;
    Text m_after;
    boost::json::object m_settings;     ///< Beside the text, of the policy that was there last.
    Direction m_met = Direction::Forth; ///< In which a conflict was met,
    Text m_theirs;                      ///< and what was there.
};

} // namespace kith::views
