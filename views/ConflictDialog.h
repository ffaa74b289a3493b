// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Conflict.h"

#include <QDialog>

class QTableWidget;

namespace kith::views {

/// Both versions beside each other, and what it was before: in each row one of them is chosen, then written. open() it;
/// it deletes itself.
class ConflictDialog : public QDialog
{
    Q_OBJECT
public:
    ConflictDialog(Conflict conflict, QWidget *parent = nullptr);

private:
    QTableWidget *buildTable();
    void choose(int row, Version version);
    void chooseAll(Version version);

    Conflict m_conflict;
    Versions m_versions;
    QTableWidget *m_table;
};

} // namespace kith::views
