// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Edit.h"

namespace kith::views {

/// An import that was done by its dialog. The core knows what it did: taking it back and doing it again is one request
/// each, and brings everything back with its ids.
class ImportEdit final : public Edit
{
    Q_DECLARE_TR_FUNCTIONS(kith::views::ImportEdit)
public:
    /// `document`: its name for people. `undo`: what kith/import answered under that name.
    ImportEdit(QString document, QString undo);

    void prepare(connection::Connection &connection, QObject *context, Direction direction,
                 std::function<void(Parts)> ready) override;
    void answered(Direction direction, const boost::json::array &answers) override;
    QString label() const override;
    QString doneText() const override;
    QString remark() const override;
    QString conflictText(const Error &error) const override;

private:
    QString m_document;
    QString m_undo; ///< Of what was done last, so it takes that back.
    bool m_leftOut = false;
};

} // namespace kith::views
