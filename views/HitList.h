// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HitModel.h"

#include <QListView>

namespace kith::views {

/// Hits below a search field, which keeps the focus: it hands its arrow keys and Enter over. Rows can be dragged.
class HitList : public QListView
{
    Q_OBJECT
public:
    explicit HitList(HitModel &model, QWidget *parent = nullptr);

    /// Takes keys of the field that are meant for the list. False: they are the field's own.
    bool takeKey(QKeyEvent *event);
    void pickCurrent(); ///< As Enter does.
    int heightFor(int rows) const;

Q_SIGNALS:
    void picked(kith::connection::ObjectRef object); ///< Enter or a click.
    void policyPicked(const QString &policy);        ///< Likewise.
    void commandPicked(QAction *action);             ///< Likewise.
    void dragStarted();

protected:
    void startDrag(Qt::DropActions supported) override;

private:
    void pick(const QModelIndex &index);

    HitModel &m_hits;
};

} // namespace kith::views
