// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ConditionDialog.h"
#include "Conditions.h"
#include "connection/Connection.h"

#include <QWidget>

class QLineEdit;
class QMenu;
class QToolButton;

namespace kith::views {

class FlowLayout;
class WindowMemory;

/// The conditions of the table of entities beside its text filter: a menu that adds them, a chip for each below, and
/// filters that are kept under a name.
class FilterBar : public QWidget
{
    Q_OBJECT
public:
    /// `text`: the filter that one types. The connection must outlive it.
    FilterBar(connection::Connection &connection, QLineEdit &text, QWidget *parent = nullptr);

    QToolButton &button() { return *m_button; } ///< Opens the menu; wherever it has its place.
    void setMemory(WindowMemory &memory);       ///< Where the filters are kept; outlives this.

    std::vector<connection::EntityCondition> conditions() const;
    QString text() const;                  ///< All of them, in words; empty: none.
    void clear();                          ///< Also what is typed.
    bool isBusy() const { return m_busy; } ///< A kept filter is being looked up.

Q_SIGNALS:
    void changed();                        ///< conditions() are others.
    void failed(const kith::Error &error); ///< A kept filter could not be looked up; the conditions are as before.

private:
    void fillMenu();
    void ask(ConditionDialog::About about);
    void add(const NamedCondition &condition);
    void set(Conditions conditions);
    void rebuild();
    void choose(const SavedFilter &filter);
    void askName();
    void keep(const QString &name);
    void drop(const QString &name);
    std::vector<SavedFilter> saved() const;
    void save(const std::vector<SavedFilter> &filters);

    connection::Connection &m_connection;
    QLineEdit &m_typed;
    WindowMemory *m_memory = nullptr;
    Conditions m_conditions;
    QToolButton *m_button;
    QMenu *m_menu;
    QWidget *m_chips;
    FlowLayout *m_flow;
    bool m_busy = false;
    int m_choice = 0; ///< The answer for an older one doesn't count.
};

} // namespace kith::views
