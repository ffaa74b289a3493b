// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Failures.h"

#include <QDialog>

namespace kith::views {

/// What of a change of many objects could not be done, each with its reason, and another try with just those. show()
/// it; it deletes itself.
class FailuresDialog : public QDialog
{
    Q_OBJECT
public:
    FailuresDialog(PartlyDone done, QWidget *parent = nullptr);

private:
    void copy() const;

    PartlyDone m_done;
};

} // namespace kith::views
