// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace kith::views {

/// One of the columns of the window: a row with its title and tools at the top, what it shows below.
class Pane : public QWidget
{
    Q_OBJECT
public:
    explicit Pane(QWidget *parent = nullptr);

    QHBoxLayout &head() { return *m_head; }
    QHBoxLayout &addToolRow();         ///< A second row, below the head.
    void addRow(QWidget *row);         ///< Likewise, with margins of its own.
    void setContent(QWidget *content); ///< After the rows.

private:
    QVBoxLayout *m_column;
    QHBoxLayout *m_head;
};

} // namespace kith::views
