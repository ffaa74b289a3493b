// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/CoreKey.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace kith::views {

class FieldNote;

/// Asks for the passphrase of the core's secrets, or for a new one where it has none yet. Can always be left: the core
/// stays open without. open() it.
class PassphraseDialog : public QDialog
{
    Q_OBJECT
public:
    /// The key is in the state NoKeychain or Passphrase, and must outlive the dialog.
    explicit PassphraseDialog(connection::CoreKey &key, QWidget *parent = nullptr);

private:
    QLineEdit *addField(const QString &name);
    void start();
    void setBusy(bool busy);
    void refused(const Error &error);

    connection::CoreKey &m_key;
    const bool m_isNew;
    QLineEdit *m_passphrase;
    QLineEdit *m_again; ///< Null unless it is a new one.
    FieldNote *m_note;
    QPushButton *m_use;
};

} // namespace kith::views
