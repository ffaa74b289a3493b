// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "PreviewAsker.h"
#include "PreviewText.h"
#include "connection/Connection.h"
#include "items/MimeData.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace kith::views {

class GroupPicker;
class Permissions;

/// The keyboard's way of dragging: a group is found by typing, the same preview shows what joining it would do. open()
/// it; it deletes itself.
class AddToGroupDialog : public QDialog
{
    Q_OBJECT
public:
    enum class Gesture { Add, Move };
    /// Move needs objects with a source. Connection and permissions must outlive it.
    AddToGroupDialog(connection::Connection &connection, const Permissions &permissions, items::CarriedObjects objects,
                     Gesture gesture, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const kith::connection::Change &change);

private:
    void build();
    void targetChanged();
    void say(const std::vector<PreviewLine> &lines);
    connection::Change change() const;

    const Permissions &m_permissions;
    items::CarriedObjects m_objects;
    Gesture m_gesture;
    PreviewAsker m_asker;
    GroupPicker *m_picker;
    QLabel *m_preview;
    QPushButton *m_go;
};

} // namespace kith::views
