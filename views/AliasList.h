// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Permissions.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace kith::views {

class Editor;
class FieldNote;

/// The names under which an entity logs in, or the alias of an external group: where, with what metadata, whether the
/// mount is still there; one can be changed, taken away or added.
class AliasList : public QWidget
{
    Q_OBJECT
public:
    AliasList(connection::Connection &connection, Editor &editor, QWidget *parent = nullptr);

    void setOwner(connection::ObjectRef owner, const QString &uuid,
                  const std::vector<connection::AliasDetail> &aliases);

private:
    void rebuild();
    QWidget *row(const connection::AliasDetail &alias);
    void offer(QWidget &button, Act act);
    void change(const connection::AliasDetail &alias);
    void readMounts();
    void fillMounts();
    void add();
    void sendAdd(const QString &name, const QString &accessor);

    connection::Connection &m_connection;
    Editor &m_editor;
    connection::ObjectRef m_owner;
    QString m_uuid;
    std::vector<connection::AliasDetail> m_aliases;
    std::vector<connection::MountRow> m_mounts;
    bool m_mountsRead = false;
    QVBoxLayout *m_rows;
    QWidget *m_form;
    QLineEdit *m_name;
    QComboBox *m_mount;
    QPushButton *m_add;
    FieldNote *m_note;
};

} // namespace kith::views
