// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Navigator.h"

#include <QListWidget>

namespace kith::views {

/// The pages of the window at its left, with how much each holds.
class NavigationPane : public QListWidget
{
    Q_OBJECT
public:
    explicit NavigationPane(QWidget *parent = nullptr);

    void setCounts(const connection::Counts &counts);
    void setPage(Page page); ///< Marks it; says nothing.

    QSize sizeHint() const override;

Q_SIGNALS:
    void pageChosen(kith::views::Page page);

private:
    void add(Page page, const QString &text);
};

} // namespace kith::views
