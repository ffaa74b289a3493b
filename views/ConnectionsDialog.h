// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Profiles.h"
#include "connection/Secrets.h"

#include <QDialog>

class QLabel;
class QComboBox;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

#include <chrono>

namespace kith::views {

class FieldNote;

/// All connections that the person keeps, in their folders: to open, make, change, remove, import and export. What the
/// environment tells about a server is offered. show() it.
class ConnectionsDialog : public QDialog
{
    Q_OBJECT
public:
    /// Both must outlive the dialog.
    ConnectionsDialog(connection::Profiles &profiles, connection::Secrets &secrets, QWidget *parent = nullptr);

    /// What is shown as the time after which windows on servers are locked; zero: never.
    void setLockAfter(std::chrono::minutes time);

Q_SIGNALS:
    void lockAfterChosen(std::chrono::minutes time); ///< By the person.
    void openWanted(const QString &profileId);
    void localWanted();

private:
    void build();
    QWidget *buildOffer();
    QLayout *buildLock();
    void fill();
    QTreeWidgetItem *folderItem(const QString &folder);
    QString current() const; ///< The chosen profile's id; empty: none.
    void showCurrent();
    void openCurrent();
    void edit(const connection::Profile &profile);
    void remove();
    void importFile();
    void exportFile();

    connection::Profiles &m_profiles;
    connection::Secrets &m_secrets;
    QTreeWidget *m_tree;
    FieldNote *m_note;
    QComboBox *m_lock = nullptr;
    QPushButton *m_open = nullptr;
    QPushButton *m_edit = nullptr;
    QPushButton *m_remove = nullptr;
    QPushButton *m_export = nullptr;
};

} // namespace kith::views
