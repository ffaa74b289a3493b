// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"

#include <QDialog>

#include <memory>

namespace kith::views {

class Editor;

/// A small form for a new entity or group: errors stand beside the field, and a name that is taken (in any case of
/// its letters) is refused before anything is sent, since the core would rename the other. open() it.
class NewObjectDialog : public QDialog
{
    Q_OBJECT
public:
    /// `group`: the group that the new entity joins, or the parent of the new group; none: neither.
    NewObjectDialog(connection::ObjectKind kind, connection::GroupRef group, connection::Connection &connection,
                    Editor &editor, QWidget *parent = nullptr);
    ~NewObjectDialog() override;

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace kith::views
