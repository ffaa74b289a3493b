// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Profiles.h"

#include <QDialog>

#include <memory>

namespace kith::views {

/// One connection: its name and marks, the server and whom to trust, and how to sign in. Tests it, and says in words
/// what is wrong; a certificate that nobody vouches for is shown, and can be trusted. open() it.
class ProfileDialog : public QDialog
{
    Q_OBJECT
public:
    /// The profiles must outlive the dialog. A profile without an id is a new one.
    ProfileDialog(connection::Profiles &profiles, const connection::Profile &profile, QWidget *parent = nullptr);
    ~ProfileDialog() override;

Q_SIGNALS:
    void saved(const QString &name);

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace kith::views
