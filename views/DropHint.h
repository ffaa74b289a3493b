// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "PreviewText.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace kith::views {

/// The card beside the cursor during a drag: what letting go would do. Floats over the whole window that `owner` is in
/// and takes no events.
class DropHint : public QWidget
{
    Q_OBJECT
public:
    explicit DropHint(QWidget *owner);

    /// `title` is strong, `aside` quiet behind it ("hold Shift to move").
    void showAt(const QPoint &globalPosition, const QString &title, const QString &aside,
                const std::vector<PreviewLine> &lines);
    void moveTo(const QPoint &globalPosition);
    /// Everything that it says, a line each (for tests and assistive technology).
    QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *lineAt(std::size_t index);

    QLabel *m_title;
    QVBoxLayout *m_layout;
    std::vector<QLabel *> m_lines;
};

} // namespace kith::views
