// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/MountNames.h"
#include "connection/Values.h"

#include <QGroupBox>

class QComboBox;
class QFormLayout;

namespace kith::views {

/// Under which mounts there people log in who log in here: a line for each mount of a document.
class MountMapping : public QGroupBox
{
    Q_OBJECT
public:
    explicit MountMapping(QWidget *parent = nullptr);

    /// Hidden while there are none. `there`: those of the target, to choose from.
    void setMounts(const std::vector<connection::DocumentMount> &here, const std::vector<connection::MountRow> &there);
    /// What is to be called otherwise.
    connection::MountNames names() const;

Q_SIGNALS:
    void changed();

private:
    struct Line {
        std::string path;
        QComboBox *choice;
    };
    QComboBox *choiceFor(const QString &path, const std::vector<connection::MountRow> &there);

    std::vector<Line> m_lines;
    QWidget *m_form;
    QFormLayout *m_rows;
};

} // namespace kith::views
