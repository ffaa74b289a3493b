// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace kith::views {

/// Lets a window take an identity document that is dropped onto it from a file manager. Owned by the window.
class DocumentDrop : public QObject
{
    Q_OBJECT
public:
    explicit DocumentDrop(QWidget *window);

Q_SIGNALS:
    void dropped(const QString &file);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace kith::views
