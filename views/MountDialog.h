// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Values.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace kith::views {

class Editor;
class FieldNote;

/// A small form for an auth method: to enable one, or to describe one that is there. Errors stand beside the fields.
/// open() it; it deletes itself.
class MountDialog : public QDialog
{
    Q_OBJECT
public:
    /// `mount`: the one to be described; none: another is to be enabled. The editor must outlive the dialog.
    MountDialog(std::optional<connection::MountRow> mount, Editor &editor, QWidget *parent = nullptr);

private:
    void build();
    void followType();
    void save();

    const std::optional<connection::MountRow> m_mount;
    Editor &m_editor;
    QComboBox *m_type;
    QLineEdit *m_path;
    QLineEdit *m_description;
    QCheckBox *m_local;
    FieldNote *m_note;
    QPushButton *m_go = nullptr;
    bool m_pathTyped = false; ///< It doesn't follow the type any more.
};

} // namespace kith::views
