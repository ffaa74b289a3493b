// SPDX-License-Identifier: Apache-2.0
#include "EntityDelegate.h"

#include "ChainArrow.h"
#include "PlainToolTip.h"
#include "PolicyCards.h"
#include "RowPainter.h"
#include "items/Roles.h"

#include <QAbstractItemView>
#include <QDateTime>
#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace kith::views {

using connection::AliasName;

QString aliasText(const std::vector<AliasName> &aliases)
{
    QStringList parts;
    std::vector<bool> said(aliases.size(), false);
    for (std::size_t i = 0; i < aliases.size(); ++i) {
        if (said[i])
            continue;
        QStringList mounts;
        for (std::size_t j = i; j < aliases.size(); ++j) {
            if (aliases[j].name != aliases[i].name)
                continue;
            said[j] = true;
            mounts += aliases[j].mount.isEmpty()
                          ? QCoreApplication::translate("kith::views::EntityDelegate", "no mount")
                          : aliases[j].mount;
        }
        parts += visibleName(aliases[i].name) + QStringLiteral(" · ") + mounts.join(QStringLiteral(", "));
    }
    return parts.join(QStringLiteral(",  "));
}

EntityDelegate::EntityDelegate(std::vector<Content> contents, QObject *parent)
    : QStyledItemDelegate(parent), m_contents(std::move(contents))
{}

EntityDelegate::Content EntityDelegate::contentOf(const QModelIndex &index) const
{
    const auto column = static_cast<std::size_t>(index.column());
    return column < m_contents.size() ? m_contents[column] : Content::Name;
}

bool EntityDelegate::hasStates() const
{
    return std::find(m_contents.begin(), m_contents.end(), Content::State) != m_contents.end();
}

QString EntityDelegate::disabledText()
{
    return tr("disabled");
}

namespace {

QString wayInText(const QModelIndex &index)
{
    const auto way = index.data(items::WayInRole).value<std::vector<connection::GroupRef>>();
    if (way.size() < 2)
        return EntityDelegate::tr("direct", "member of the group itself");
    QStringList names;
    for (std::size_t i = 0; i + 1 < way.size(); ++i)
        names += shownName(way[i].name);
    return names.join(chainArrow());
}

} // namespace

QString EntityDelegate::textOf(const QModelIndex &index) const
{
    const QVariant value = index.data();
    switch (contentOf(index)) {
    case Content::Name:
        return visibleName(value.toString());
    case Content::Aliases:
        return aliasText(index.data(items::AliasesRole).value<std::vector<AliasName>>());
    case Content::Number:
        return value.toInt() == 0 ? QStringLiteral("–") : QLocale().toString(value.toInt());
    case Content::State:
        return index.data(items::DisabledRole).toBool() ? disabledText() : QString();
    case Content::Time:
        return ago(value.toDateTime(), QDateTime::currentDateTime());
    case Content::WayIn: {
        const QString by = broughtByText(broughtByOf(index), QDateTime::currentDateTime());
        return by.isEmpty() ? wayInText(index) : wayInText(index) + QStringLiteral(" · ") + by;
    }
    }
    return {};
}

/// With the chip behind it.
QString EntityDelegate::wholeText(const QModelIndex &index) const
{
    const bool chip = contentOf(index) == Content::Name && !hasStates() && index.data(items::DisabledRole).toBool();
    return chip ? textOf(index) + QStringLiteral(" · ") + disabledText() : textOf(index);
}

void EntityDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem styled = option;
    initStyleOption(&styled, index);
    painter->save();
    painter->setClipRect(option.rect);
    RowPainter row(*painter, styled);
    const Content content = contentOf(index);
    if (index.data(items::LoadingRole).toBool()) {
        if (content == Content::Name || content == Content::Aliases)
            row.placeholder(index.row());
        painter->restore();
        return;
    }
    const bool disabled = index.data(items::DisabledRole).toBool();
    switch (content) {
    case Content::Name:
        if (disabled && !hasStates())
            row.keepFreeFor(disabledText());
        row.text(textOf(index), disabled ? Tone::Quiet : Tone::Plain);
        if (disabled && !hasStates())
            row.chip(disabledText(), Tone::Quiet);
        break;
    case Content::Number:
        row.textAtRight(textOf(index));
        break;
    default:
        row.text(textOf(index), Tone::Quiet);
    }
    painter->restore();
}

QSize EntityDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int width = option.fontMetrics.horizontalAdvance(wholeText(index)) + 24;
    return {width, rowHeight(option.fontMetrics)};
}

bool EntityDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                               const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid() || index.data(items::LoadingRole).toBool())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const Content content = contentOf(index);
    if (content == Content::Time) {
        QToolTip::showText(event->globalPos(), QLocale().toString(index.data().toDateTime().toLocalTime()), view);
        return true;
    }
    // The whole text, when it doesn't fit.
    if (sizeHint(option, index).width() > option.rect.width())
        QToolTip::showText(event->globalPos(), plainToolTip(wholeText(index)), view);
    else
        QToolTip::hideText();
    return true;
}

} // namespace kith::views
