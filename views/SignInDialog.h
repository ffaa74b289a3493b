// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Profiles.h"
#include "connection/RemoteConnection.h"
#include "connection/Secrets.h"

#include <QDialog>

#include <functional>
#include <memory>

namespace kith::views {

/// Signs in at a server and opens the connection. What is wrong stands beside the fields; a certificate that nobody
/// vouches for is shown, and can be trusted from then on. A token that is kept in the keychain is used at once. show()
/// it.
class SignInDialog : public QDialog
{
    Q_OBJECT
public:
    using Opened = std::function<void(std::unique_ptr<connection::RemoteConnection>)>;
    enum class Start {
        WithKept, ///< The kept token, if there is one, at once.
        ByPerson, ///< The person begins: they were signed in before.
    };

    /// Profiles and secrets must outlive the dialog. `why`: what led here ("Locked …"); empty: nothing.
    SignInDialog(connection::Profiles &profiles, connection::Secrets &secrets, const connection::Profile &profile,
                 Start start, const QString &why, Opened opened, QWidget *parent = nullptr);
    ~SignInDialog() override;

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace kith::views
