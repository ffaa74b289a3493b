// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HitModel.h"

#include <QLineEdit>

class QFrame;
class QLabel;

namespace kith::views {

class HitList;

/// Finds anything by a part of its name, alias, metadata, or by its id. Hits drop down below it, over the page; they
/// are opened with Enter or a click, and dragged.
class SearchField : public QLineEdit
{
    Q_OBJECT
public:
    explicit SearchField(connection::Connection &connection, QWidget *parent = nullptr);

    /// Whether what isn't found here can be asked for at the source, by its whole name or id.
    void setLookUp(bool offered) { m_lookUp = offered; }
    /// What can be done: it is found by its name, and done.
    void setCommands(std::function<QList<QAction *>()> commands) { m_finder.setCommands(std::move(commands)); }

Q_SIGNALS:
    void lookUpWanted(const QString &nameOrId);
    void opened(kith::connection::ObjectRef object);
    void policyOpened(const QString &policy); ///< Who has it is to be shown.
    void left();                              ///< Esc in the empty field: the page wants the focus back.

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void found(const QString &text, int count);
    void failed(const Error &error);
    void placeDrop(int rows);
    void lookUp();
    void offerRecent();
    void leaveEmpty();

    HitModel m_model;
    HitFinder m_finder;
    QFrame *m_drop; ///< A child of the window, so that a drag can start in it and leave it.
    HitList *m_list;
    QLabel *m_foot;
    bool m_lookUp = false;
    bool m_enterWaits = false; ///< Enter was pressed before the hits of what is typed were there.
};

} // namespace kith::views
