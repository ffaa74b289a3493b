// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Navigator.h"
#include "Selection.h"
#include "TableExport.h"

#include <QWidget>

class QSettings;

namespace kith::views {

class ColumnsTable;
class Permissions;

/// What the window knows of a page. The defaults are those of one without people or groups.
class ObjectsPage : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// Chooses what the place says, when it is there; says nothing to the navigator.
    virtual void show(const Place &place) = 0;
    virtual std::vector<connection::ObjectRef> selectedRefs() const { return {}; }
    /// The same with names, UUIDs and the group that they are taken out of: for the clipboard and for changes.
    virtual items::CarriedObjects selected() const { return {}; }
    virtual Selection selection() const { return Selection::of(selected()); } ///< The same in brief.
    /// Those of a table of people, of whom there may be very many; none when something else is selected.
    virtual connection::Rows<EntityId> selectedPeople() const { return {}; }
    virtual std::vector<connection::ObjectRef> onScreen() const { return {}; } ///< What can be seen without scrolling.
    virtual QString selectionText() const = 0;                                 ///< "3 selected of 1,509"
    virtual connection::GroupRef currentGroup() const { return {}; }           ///< Whose members are shown.
    virtual void focusFilter() = 0;
    virtual void focusContent() = 0;
    virtual bool isReady() const = 0;
    virtual bool usesInspector() const { return true; }  ///< Else it shows itself what is chosen.
    virtual void setActions(const QList<QAction *> &) {} ///< For the context menus.
    virtual void setPermissions(Permissions &) {}        ///< Which drops are refused; outlives the page.
    virtual ColumnsTable *table() = 0;                   ///< Whose columns can be chosen.
    virtual std::optional<ShownTable> shown() const = 0; ///< What can be written out.
    virtual void save(QSettings &settings) const = 0;
    virtual void restore(const QSettings &settings) = 0;

Q_SIGNALS:
    void chosen(const kith::views::Place &place); ///< By hand.
    void selectionChanged();
    void changeRequested(const kith::connection::Change &change); ///< Something was let go over a group.
    void newWanted(kith::connection::ObjectKind kind);            ///< The first step where there is nothing yet.
    void lookUpWanted();                                          ///< The same where nothing may be listed.
    void said(const QString &text);                               ///< Why something could not be done.
};

} // namespace kith::views
