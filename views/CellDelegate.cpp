// SPDX-License-Identifier: Apache-2.0
#include "CellDelegate.h"

#include "PlainToolTip.h"
#include "RowPainter.h"
#include "items/Roles.h"

#include <QAbstractItemView>
#include <QDateTime>
#include <QHelpEvent>
#include <QLocale>
#include <QToolTip>

namespace kith::views {

CellDelegate::CellDelegate(std::vector<Content> contents, WordOf wordOf, QObject *parent)
    : QStyledItemDelegate(parent), m_contents(std::move(contents)), m_wordOf(std::move(wordOf))
{}

CellDelegate::Content CellDelegate::contentOf(const QModelIndex &index) const
{
    const auto column = static_cast<std::size_t>(index.column());
    return column < m_contents.size() ? m_contents[column] : Content::Quiet;
}

QString CellDelegate::textOf(const QModelIndex &index) const
{
    const QVariant value = index.data();
    switch (contentOf(index)) {
    case Content::Number:
        return !value.isValid()     ? QString()
               : value.toInt() == 0 ? QStringLiteral("–")
                                    : QLocale().toString(value.toInt());
    case Content::Time:
        return ago(value.toDateTime(), QDateTime::currentDateTime());
    default:
        return visibleName(value.toString());
    }
}

QString CellDelegate::wholeText(const QModelIndex &index) const
{
    const Word word = m_wordOf ? m_wordOf(index) : Word();
    const QString text = textOf(index);
    if (text.isEmpty() || word.text.isEmpty())
        return text + word.text;
    return text + QStringLiteral(" · ") + word.text;
}

void CellDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const Content content = contentOf(index);
    if (content != Content::Fixed && content != Content::QuietFixed)
        return;
    option->font = fixedFont(option->font);
    option->fontMetrics = QFontMetrics(option->font);
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem styled = option;
    initStyleOption(&styled, index);
    painter->save();
    painter->setClipRect(option.rect);
    RowPainter row(*painter, styled);
    const Content content = contentOf(index);
    if (index.data(items::LoadingRole).toBool()) {
        if (content == Content::Name || content == Content::Fixed)
            row.placeholder(index.row());
    } else if (content == Content::Number) {
        row.textAtRight(textOf(index));
    } else {
        const Word word = m_wordOf ? m_wordOf(index) : Word();
        row.keepFreeFor(word.text);
        const QString text = textOf(index);
        if (!text.isEmpty()) // policies of one project begin alike and differ in the end
            row.text(text, content == Content::Name || content == Content::Fixed ? Tone::Plain : Tone::Quiet,
                     content == Content::Fixed ? Qt::ElideMiddle : Qt::ElideRight);
        if (!word.text.isEmpty())
            row.chip(word.text, word.tone);
    }
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem styled = option;
    initStyleOption(&styled, index);
    const Word word = m_wordOf ? m_wordOf(index) : Word();
    const int forWord = word.text.isEmpty() ? 0 : styled.fontMetrics.horizontalAdvance(word.text) + 24;
    return {styled.fontMetrics.horizontalAdvance(textOf(index)) + 2 * CellPadding + forWord,
            rowHeight(option.fontMetrics)};
}

bool CellDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                             const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid() || index.data(items::LoadingRole).toBool())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    if (contentOf(index) == Content::Time)
        QToolTip::showText(event->globalPos(), QLocale().toString(index.data().toDateTime().toLocalTime()), view);
    else if (sizeHint(option, index).width() > option.rect.width())
        QToolTip::showText(event->globalPos(), plainToolTip(wholeText(index)), view);
    else
        QToolTip::hideText();
    return true;
}

} // namespace kith::views
