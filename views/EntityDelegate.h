// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Values.h"

#include <QStyledItemDelegate>

namespace kith::views {

/// Rows of people (EntityTableModel, MemberTableModel): names first, the rest quiet, numbers at the right. Somebody
/// disabled is dimmed and said to be: in the column of
/// states if there is one, else beside the name.
class EntityDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    /// What a column holds, whatever its number is.
    enum class Content { Name, Aliases, Number, State, Time, WayIn };

    /// `contents`: of each column of the model.
    explicit EntityDelegate(std::vector<Content> contents, QObject *parent = nullptr);

    static QString disabledText();
    QString textOf(const QModelIndex &index) const; ///< What a cell says.

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

private:
    Content contentOf(const QModelIndex &index) const;
    bool hasStates() const;
    QString wholeText(const QModelIndex &index) const;

    std::vector<Content> m_contents;
};

/// "clombardi · github, ldap": the mounts of one name together.
QString aliasText(const std::vector<connection::AliasName> &aliases);

} // namespace kith::views
