// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

namespace kith::views {

/// A thin round frame as that of cards. The frames of styles lose edges on screens of one and a half times as many
/// pixels.
class RoundedFrame : public QFrame
{
    Q_OBJECT
public:
    using QFrame::QFrame;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace kith::views
