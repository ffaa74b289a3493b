// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Profile.h"
#include "connection/ProfileCheck.h"

#include <QTabWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace kith::views {

/// The fields of a connection, on three pages: what it is called and how careful one is with it, where the server is
/// and whom one trusts there, and how one signs in.
class ProfileForm : public QTabWidget
{
    Q_OBJECT
public:
    explicit ProfileForm(const connection::Profile &profile, QWidget *parent = nullptr);

    connection::Profile typed() const;
    void pin(const QString &fingerprint); ///< Trust this certificate and no other.
    /// Goes to the field with the problem; false: there is none.
    bool showProblem(connection::ProfileProblem problem);

Q_SIGNALS:
    void edited();

private:
    QWidget *buildGeneral();
    QWidget *buildServer();
    QWidget *buildSignIn();
    QLineEdit *addText(QFormLayout &form, const QString &label, const char *name, const QString &text);
    QLineEdit *addFile(QFormLayout &form, const QString &label, const char *name, const QString &file);
    QComboBox *addChoice(QFormLayout &form, const QString &label, const char *name);
    QCheckBox *addCheck(QFormLayout &form, const QString &text, const char *name, bool checked);
    void touched();
    void showFields();
    QWidget *fieldOf(connection::ProfileProblem problem) const;

    connection::Profile m_profile;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_folder = nullptr;
    QComboBox *m_colour = nullptr;
    QCheckBox *m_production = nullptr;
    QCheckBox *m_readOnly = nullptr;
    QLineEdit *m_address = nullptr;
    QLineEdit *m_nameSpace = nullptr;
    QComboBox *m_trusted = nullptr;
    QLineEdit *m_caFile = nullptr;
    QLabel *m_pinned = nullptr;
    QLineEdit *m_clientCertificate = nullptr;
    QLineEdit *m_clientKey = nullptr;
    QCheckBox *m_proxy = nullptr;
    QSpinBox *m_timeout = nullptr;
    QComboBox *m_method = nullptr;
    QLineEdit *m_mount = nullptr;
    QLineEdit *m_user = nullptr;
    QCheckBox *m_keep = nullptr;
};

} // namespace kith::views
