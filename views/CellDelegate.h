// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Look.h"

#include <QStyledItemDelegate>

#include <functional>

namespace kith::views {

/// Cells of tables that aren't of people: names first, the rest quiet, numbers at the right, and a word in a frame
/// where something is to be known. The whole text stands in a tool tip where it doesn't fit.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    enum class Content { Name, Fixed, Quiet, QuietFixed, Number, Time };
    struct Word {
        QString text;
        Tone tone = Tone::Quiet;
    };
    /// What stands behind the text of a cell; no text: nothing.
    using WordOf = std::function<Word(const QModelIndex &)>;

    /// `contents`: of each column of the model.
    explicit CellDelegate(std::vector<Content> contents, WordOf wordOf = {}, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    Content contentOf(const QModelIndex &index) const;
    QString textOf(const QModelIndex &index) const;
    QString wholeText(const QModelIndex &index) const; ///< With its chip.

    std::vector<Content> m_contents;
    WordOf m_wordOf;
};

} // namespace kith::views
