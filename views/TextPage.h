// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace kith::views {

/// A page to be read: one column of a readable width, a little above the middle.
class TextPage : public QWidget
{
    Q_OBJECT
public:
    explicit TextPage(QWidget *parent = nullptr);

protected:
    QWidget *column() { return m_column; } ///< The parent of what stands in rows().
    QVBoxLayout &rows() { return *m_rows; }

private:
    QWidget *m_column;
    QVBoxLayout *m_rows;
};

} // namespace kith::views
