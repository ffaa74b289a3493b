// SPDX-License-Identifier: Apache-2.0
// Where identities can be copied to.
#pragma once

#include "SignInDialog.h"

namespace kith::views {

/// A core, and the way to it. A value; what `open` refers to must outlive its use.
struct CopyTarget {
    /// Shared, since it may be somebody else's who keeps it.
    using Opened = std::function<void(Result<std::shared_ptr<connection::Connection>>)>;

    QString folder; ///< Of the profile; empty: none.
    QString name;
    QString location; ///< The file or the address.
    QString refusal;  ///< Why nothing can be copied there; empty: it can.
    bool production = false;
    /// Asks for what is needed beside `parent`, then calls back; never, when the person leaves it.
    std::function<void(QWidget *parent, Opened opened)> open;
    /// When something was copied into it, with the words for it and the name for taking it back (Editor::imported).
    std::function<void(const QString &document, const QString &summary, const QString &undo)> told;
};

/// A server, at which is signed in. All must outlive the target.
CopyTarget targetAt(const connection::Profile &profile, connection::Profiles &profiles, connection::Secrets &secrets);
/// The same as somebody who has signed in there already.
CopyTarget targetAs(const connection::Profile &profile, const QByteArray &token);
/// A core in a file; it is made if it isn't there.
CopyTarget targetIn(const QString &file);
/// A core that is open, and stays so.
CopyTarget targetOpen(connection::Connection &connection);

} // namespace kith::views
