// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProxyStyle>

namespace kith::views {

/// The style Fusion, mended where it hides something. Its outlines are darker than the window, also than a dark one:
/// there, boxes to tick, round buttons and fields get an edge that is seen (WCAG 2.2, 1.4.11: 3:1 for what has to be
/// found). The arrow of a button with a menu gets room beside the text. What is chosen in a box is shortened
/// where it is too long for it, and not cut off.
class MendedFusion : public QProxyStyle
{
    Q_OBJECT
public:
    MendedFusion();

    /// Whether the style draws as Fusion does: it, or this one.
    static bool isFusion(const QStyle &style);

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget = nullptr) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget = nullptr) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
};

} // namespace kith::views
