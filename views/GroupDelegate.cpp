// SPDX-License-Identifier: Apache-2.0
#include "GroupDelegate.h"

#include "Direction.h"
#include "RowPainter.h"
#include "items/Roles.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QLocale>
#include <QToolTip>

namespace kith::views {

static QString countsText(const QModelIndex &index)
{
    const int members = index.data(items::DirectMembersRole).toInt();
    const int policies = index.data(items::OwnPoliciesRole).toInt();
    const QLocale locale;
    return policies == 0 ? locale.toString(members)
                         : locale.toString(members) + QStringLiteral(" · ") + locale.toString(policies);
}

void GroupDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem styled = option;
    initStyleOption(&styled, index);
    painter->save();
    RowPainter row(*painter, styled);
    if (index.data(items::LoadingRole).toBool()) {
        row.placeholder(index.row());
        painter->restore();
        return;
    }
    row.textAtRight(countsText(index));
    const bool external = index.data(items::ExternalRole).toBool();
    const QString mount = index.data(items::MountRole).toString();
    const QString chip = external && !mount.isEmpty()            ? mount
                         : external                              ? tr("external")
                         : index.data(items::CycleRole).toBool() ? tr("in itself", "the group is below itself")
                                                                 : QString();
    row.keepFreeFor(chip);
    const bool onlyAbove = index.data(items::AboveMatchRole).toBool() && !index.data(items::MatchRole).toBool();
    // Groups of one project begin alike and differ in the end.
    row.text(visibleName(index.data(items::NameRole).toString()), onlyAbove ? Tone::Quiet : Tone::Plain,
             Qt::ElideMiddle);
    if (!chip.isEmpty())
        row.chip(chip, external ? Tone::External : Tone::Warning);
    painter->restore();
}

QSize GroupDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int width = option.fontMetrics.horizontalAdvance(index.data(items::NameRole).toString());
    return {width + 96, rowHeight(option.fontMetrics)};
}

QString GroupDelegate::toolTipOf(const QModelIndex &index) const
{
    const auto count = [&index](int role) { return QLocale().toString(index.data(role).toInt()); };
    QStringList lines{
        QStringLiteral("<b>%1</b>").arg(visibleName(index.data(items::NameRole).toString()).toHtmlEscaped())};
    lines += tr("Direct members: %1").arg(count(items::DirectMembersRole));
    lines += tr("Subgroups: %1").arg(count(items::SubgroupsRole));
    lines += tr("Own policies: %1").arg(count(items::OwnPoliciesRole));
    if (index.data(items::ParentsRole).toInt() > 1)
        lines += tr("Stands in %1 groups").arg(count(items::ParentsRole));
    if (index.data(items::ExternalRole).toBool()) {
        const QString mount = index.data(items::MountRole).toString();
        lines += mount.isEmpty() ? tr("External, without an alias")
                                 : tr("Members come from %1").arg(visibleName(mount).toHtmlEscaped());
    }
    return readAsWindow(lines.join(QStringLiteral("<br>")));
}

bool GroupDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                              const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid() || index.data(items::LoadingRole).toBool())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(), toolTipOf(index), view);
    return true;
}

} // namespace kith::views
