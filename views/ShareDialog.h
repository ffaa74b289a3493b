// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "SecretClipboard.h"
#include "connection/CoreKey.h"
#include "connection/Sharing.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace kith::views {

class FieldNote;

/// Serves the local core to programs on this machine, and gives them a token. Closing it leaves the sharing as it is.
/// show() it: the window stays usable.
class ShareDialog : public QDialog
{
    Q_OBJECT
public:
    /// Both must outlive the dialog.
    ShareDialog(connection::Sharing &sharing, connection::CoreKey &key, QWidget *parent = nullptr);

Q_SIGNALS:
    void unlockWanted();

private:
    QWidget *buildPort();
    QWidget *buildAddress();
    QWidget *buildToken();
    void startOrStop();
    void makeToken();
    void showState();
    void showKey();

    connection::Sharing &m_sharing;
    connection::CoreKey &m_key;
    SecretClipboard m_clipboard;
    QSpinBox *m_port;
    FieldNote *m_portNote;
    QPushButton *m_toggle;
    QLineEdit *m_address;
    QPushButton *m_copyAddress;
    QLineEdit *m_token;
    QPushButton *m_makeToken;
    FieldNote *m_tokenNote;
    QPushButton *m_unlock;
};

} // namespace kith::views
