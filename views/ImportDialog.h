// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ImportPane.h"

#include <QDialog>

#include <memory>

namespace kith::views {

/// Takes an identity document into the core: shows what would be created, changed and left alone, and every problem
/// with its place; applies it in one step, with progress and cancel. Non-modal parts only; open() it, it deletes
/// itself.
class ImportDialog : public QDialog
{
    Q_OBJECT
public:
    /// `file`: the document to preview at once (a path, or ":/sample.json"); empty: one is to be chosen first.
    ImportDialog(connection::Connection &connection, const QString &file, QWidget *parent = nullptr);
    ~ImportDialog() override;

    void reject() override; ///< While it imports: stops that first.
    /// Asked before it is done: ImportPane::setConfirm.
    void setConfirm(const ImportPane::Confirm &confirm);

Q_SIGNALS:
    /// After the commit. `document`: its name; `summary`: "Imported org.json: 150 people and 40 groups created";
    /// `undo`: for Editor::imported.
    void imported(const QString &document, const QString &summary, const QString &undo);

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace kith::views
