// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"

#include <QPointer>
#include <QWidget>

class QAction;
class QLineEdit;
class QToolButton;

namespace kith::views {

class Chip;
class Editor;
class ElidedLabel;
class FieldNote;

/// The top of the inspector: the object's name (a field while it is renamed), what it is in a quiet line, its id to
/// copy, and what can be done with it.
class ObjectHeader : public QWidget
{
    Q_OBJECT
public:
    ObjectHeader(connection::Connection &connection, Editor &editor, QWidget *parent = nullptr);

    void showEntity(const connection::EntityDetail &entity);
    void showGroup(const connection::GroupDetail &group);
    void addTools(const QList<QAction *> &tools); ///< Into the menu, before Delete.
    void startRename();
    bool isRenaming() const;

Q_SIGNALS:
    void said(const QString &text); ///< What is on the clipboard now, or why something may not be done.

private:
    void build();
    void buildMenu();
    void show(connection::ObjectRef object, const QString &name, const QString &uuid, const QString &line);
    void finishRename();
    void sendRename(const QString &name);
    void endRename();
    bool eventFilter(QObject *watched, QEvent *event) override;

    connection::Connection &m_connection;
    Editor &m_editor;
    connection::ObjectRef m_object;
    QString m_name;
    QString m_uuid;
    bool m_disabled = false;
    QPointer<QWidget> m_cameFrom; ///< Had the focus before the renaming.
    bool m_checking = false;      ///< Whether the new name is free is being asked.
    ElidedLabel *m_title;
    QLineEdit *m_field;
    FieldNote *m_note;
    Chip *m_chip;
    ElidedLabel *m_line;
    QToolButton *m_copy;
    QToolButton *m_menu;
    QAction *m_enable;
    QAction *m_end = nullptr; ///< Of what the menu has before Delete.
};

} // namespace kith::views
