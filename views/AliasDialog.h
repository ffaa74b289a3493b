// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"

#include <QDialog>
#include <QStringList>

#include <memory>

namespace kith::views {

class Editor;

/// A small form for an alias that exists: its log-in name, its mount, and what operators note about it. Errors stand
/// beside the field. open() it.
class AliasDialog : public QDialog
{
    Q_OBJECT
public:
    /// `taken`: accessors of mounts that the owner's other aliases are on. Both references must outlive the dialog.
    AliasDialog(connection::ObjectRef owner, const connection::AliasDetail &alias, QStringList taken,
                connection::Connection &connection, Editor &editor, QWidget *parent = nullptr);
    ~AliasDialog() override;

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace kith::views
