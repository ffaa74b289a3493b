// SPDX-License-Identifier: Apache-2.0
#include "NavigationPane.h"

#include "RowPainter.h"

#include <QLocale>
#include <QPainter>
#include <QStyledItemDelegate>

namespace kith::views {

namespace {

constexpr int PageRole = Qt::UserRole + 1;
constexpr int CountRole = Qt::UserRole + 2;

qint64 countOf(const connection::Counts &counts, Page page)
{
    switch (page) {
    case Page::Entities:
        return counts.entities;
    case Page::Groups:
        return counts.groups;
    case Page::Aliases:
        return counts.aliases;
    case Page::Policies:
        return counts.policies;
    case Page::Mounts:
        return counts.mounts;
    case Page::Welcome:
        break;
    }
    return 0;
}

class NavigationDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem styled = option;
        initStyleOption(&styled, index);
        painter->save();
        RowPainter row(*painter, styled);
        row.textAtRight(index.data(CountRole).toString());
        row.text(index.data().toString());
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {80, rowHeight(option.fontMetrics) + 4};
    }
};

} // namespace

NavigationPane::NavigationPane(QWidget *parent) : QListWidget(parent)
{
    setObjectName(QStringLiteral("navigation"));
    setAccessibleName(tr("Pages"));
    setItemDelegate(new NavigationDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    viewport()->setBackgroundRole(QPalette::Window);
    viewport()->setAutoFillBackground(true);
    setViewportMargins(8, 8, 8, 8);
    add(Page::Entities, tr("Entities"));
    add(Page::Groups, tr("Groups"));
    add(Page::Aliases, tr("Aliases"));
    add(Page::Policies, tr("Policies"));
    add(Page::Mounts, tr("Mounts"));
    connect(this, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        if (item)
            Q_EMIT pageChosen(static_cast<Page>(item->data(PageRole).toInt()));
    });
}

void NavigationPane::add(Page page, const QString &text)
{
    auto *item = new QListWidgetItem(text, this);
    item->setData(PageRole, static_cast<int>(page));
}

void NavigationPane::setCounts(const connection::Counts &counts)
{
    for (int row = 0; row < count(); ++row) {
        const QString text = QLocale().toString(countOf(counts, static_cast<Page>(item(row)->data(PageRole).toInt())));
        item(row)->setData(CountRole, text);
        item(row)->setData(Qt::AccessibleTextRole, tr("%1: %2").arg(item(row)->text(), text));
    }
}

void NavigationPane::setPage(Page page)
{
    const QSignalBlocker blocker(this);
    for (int row = 0; row < count(); ++row)
        if (static_cast<Page>(item(row)->data(PageRole).toInt()) == page)
            return setCurrentRow(row);
    setCurrentRow(-1);
}

QSize NavigationPane::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 22, 200};
}

} // namespace kith::views
