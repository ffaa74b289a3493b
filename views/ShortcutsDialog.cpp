// SPDX-License-Identifier: Apache-2.0
#include "ShortcutsDialog.h"

#include "CardView.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QMenu>
#include <QMenuBar>
#include <QVBoxLayout>

#include <algorithm>

namespace kith::views {

namespace {

using Voice = Span::Voice;

Card row(const QString &keys, const QString &what)
{
    return {Card::Kind::Row, {{{Voice::Fixed, keys}, {Voice::Fixed, {}}, {Voice::Text, what}}}};
}

/// What the keys do stands in a column of its own.
void align(std::vector<Card> &cards)
{
    qsizetype longest = 0;
    for (const Card &card : cards)
        if (card.kind == Card::Kind::Row)
            longest = std::max(longest, card.lines[0][0].text.size());
    for (Card &card : cards)
        if (card.kind == Card::Kind::Row)
            card.lines[0][1].text = QString(longest + 3 - card.lines[0][0].text.size(), QChar::Nbsp);
}

QString plain(QString text)
{
    return text.remove(QLatin1Char('&')).remove(QStringLiteral(" …"));
}

void add(std::vector<Card> &cards, const QMenu &menu)
{
    std::vector<Card> rows;
    for (const QAction *action : menu.actions()) {
        if (!action->isVisible() || action->shortcuts().isEmpty())
            continue;
        QStringList keys;
        for (const QKeySequence &sequence : action->shortcuts())
            keys += sequence.toString(QKeySequence::NativeText);
        // What it would do now ("Undo: …") isn't what the keys are for.
        rows.push_back(row(keys.join(QStringLiteral(", ")), plain(action->text()).section(QLatin1Char(':'), 0, 0)));
    }
    if (rows.empty())
        return;
    cards.push_back({Card::Kind::Heading, {{{Voice::Strong, plain(menu.title())}}}});
    for (Card &card : rows)
        cards.push_back(std::move(card));
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const QMenuBar &menus, QWidget *parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("shortcutsDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keyboard shortcuts"));
    resize(fontMetrics().averageCharWidth() * 64, fontMetrics().height() * 34);
    std::vector<Card> cards;
    for (const QAction *action : menus.actions())
        if (const QMenu *menu = action->menu())
            add(cards, *menu);
    cards.push_back({Card::Kind::Heading, {{{Voice::Strong, tr("In tables, trees and fields")}}}});
    cards.push_back(row(tr("Enter"), tr("Open what is chosen")));
    cards.push_back(row(tr("Esc"), tr("Empty the field, leave it, go back")));
    cards.push_back(row(tr("Ctrl+S"), tr("Save the text of a policy")));
    cards.push_back(row(tr("Tab, Shift+Tab"), tr("To the next part of the window, and back")));
    align(cards);
    auto *view = new CardView(this);
    view->setObjectName(QStringLiteral("shortcutCards"));
    view->setAccessibleName(windowTitle());
    view->setCards(std::move(cards), {}, CardView::Scroll::Top);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *rows = new QVBoxLayout(this);
    rows->addWidget(view, 1);
    rows->addWidget(buttons);
}

} // namespace kith::views
