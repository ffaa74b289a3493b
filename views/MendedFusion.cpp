// SPDX-License-Identifier: Apache-2.0
#include "MendedFusion.h"

#include "Look.h"

#include <QPainter>
#include <QStyleOption>

namespace kith::views {

namespace {

constexpr int ArrowRoom = 7;
constexpr int IconGap = 4; ///< Of a box that one is chosen from, as Fusion has it.

enum class Shape { None, Box, Circle, Field };

/// What has to be found; where a keyboard's focus is, Fusion draws an edge itself.
Shape edgeOf(QStyle::PrimitiveElement element, const QStyleOption &option)
{
    if (!isDark(option.palette))
        return Shape::None;
    switch (element) {
    case QStyle::PE_IndicatorCheckBox: // which also draws those of item views
        return Shape::Box;
    case QStyle::PE_IndicatorRadioButton:
        return Shape::Circle;
    case QStyle::PE_FrameLineEdit:
        return option.state & QStyle::State_HasFocus ? Shape::None : Shape::Field;
    default:
        return Shape::None;
    }
}

} // namespace

MendedFusion::MendedFusion() : QProxyStyle(QStringLiteral("Fusion")) {}

bool MendedFusion::isFusion(const QStyle &style)
{
    return qobject_cast<const MendedFusion *>(&style) ||
           style.name().compare(QLatin1String("fusion"), Qt::CaseInsensitive) == 0;
}

void MendedFusion::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                 const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const Shape shape = edgeOf(element, *option);
    if (shape == Shape::None)
        return;
    const QRectF line = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(edgeColor(option->palette));
    if (shape == Shape::Circle)
        painter->drawEllipse(line);
    else if (shape == Shape::Box)
        painter->drawRect(line);
    else
        painter->drawRoundedRect(line, 2, 2);
    painter->restore();
}

void MendedFusion::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                               const QWidget *widget) const
{
    const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    if (element != CE_ComboBoxLabel || !box || box->editable)
        return QProxyStyle::drawControl(element, option, painter, widget);
    QStyleOptionComboBox shortened = *box;
    const int icon = box->currentIcon.isNull() ? 0 : box->iconSize.width() + IconGap;
    const int room = subControlRect(CC_ComboBox, box, SC_ComboBoxEditField, widget).width() - icon;
    shortened.currentText = box->fontMetrics.elidedText(box->currentText, Qt::ElideMiddle, room);
    QProxyStyle::drawControl(element, &shortened, painter, widget);
}

/// The text is in the middle and the arrow in a corner, so there is as much room at the other side.
QSize MendedFusion::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                     const QWidget *widget) const
{
    const QSize usual = QProxyStyle::sizeFromContents(type, option, size, widget);
    const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    const bool arrow = type == CT_ToolButton && button && !button->text.isEmpty() &&
                       (button->features & QStyleOptionToolButton::HasMenu) &&
                       !(button->features & QStyleOptionToolButton::MenuButtonPopup);
    return arrow ? usual + QSize(2 * ArrowRoom, 0) : usual;
}

} // namespace kith::views
