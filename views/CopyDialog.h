// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CopyTarget.h"

#include <QDialog>

namespace kith::views {

class MainWindow;

/// Copies the identities of one core into another: shows what would be created, changed, left alone and can't be, with
/// other names for mounts; does it, with progress; and tells what became of it. Names count, ids differ. open() it; it
/// deletes itself.
class CopyDialog : public QDialog
{
    Q_OBJECT
public:
    /// `source` must outlive it. `to` is opened; it goes with the dialog, unless others have it too.
    CopyDialog(connection::Connection &source, const CopyTarget &target, std::shared_ptr<connection::Connection> to,
               QWidget *parent = nullptr);
    ~CopyDialog() override;

    void reject() override; ///< While it copies: stops that first.
    /// Nobody is there any more: ends one into this server (empty: into any), unseen when it has copied what it copies.
    void lock(const QString &profileId);

Q_SIGNALS:
    void copied(const QString &text); ///< "Copied to Main: 150 people and 40 groups created"

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

/// Asks where to, then copies what the window shows there. Both must outlive the dialogs.
void startCopy(connection::Connection &source, std::vector<CopyTarget> targets, MainWindow &window);

} // namespace kith::views
