// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CopyTarget.h"

#include <QDialog>

class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace kith::views {

class FieldNote;

/// Which core to copy to: the local one, the servers that are kept as connections, or one in another file; and opens
/// it. open() it; it deletes itself.
class CopyTargetDialog : public QDialog
{
    Q_OBJECT
public:
    /// `source` must outlive the dialog.
    CopyTargetDialog(connection::Connection &source, std::vector<CopyTarget> targets, QWidget *parent = nullptr);

    void chooseFile(const QString &file); ///< As if it had been chosen in the dialog for files.

Q_SIGNALS:
    void opened(const kith::views::CopyTarget &target, const std::shared_ptr<kith::connection::Connection> &connection);

private:
    void build();
    void fill();
    void showCurrent();
    const CopyTarget *current() const;
    void askForFile();
    void go();
    void take(const CopyTarget &target, const Result<std::shared_ptr<connection::Connection>> &connection);

    connection::Connection &m_source;
    std::vector<CopyTarget> m_targets;
    QTreeWidget *m_tree;
    FieldNote *m_note;
    QPushButton *m_file;
    QPushButton *m_go = nullptr;
    int m_attempt = 0;      ///< To open one; the answers of those before it don't count.
    bool m_opening = false; ///< Nothing else can be begun.
};

} // namespace kith::views
