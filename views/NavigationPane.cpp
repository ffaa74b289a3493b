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
        const bool entities = static_cast<Page>(item(row)->data(PageRole).toInt()) == Page::Entities;
        const QString text = QLocale().toString(entities ? counts.entities : counts.groups);
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
