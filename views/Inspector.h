// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Look.h"
#include "connection/Connection.h"

#include <QWidget>

#include <memory>
#include <vector>

class QAction;

namespace kith::views {

class Editor;

/// The pane at the right: what the selected object is, and above all why it has the policies that it has. Reads
/// through the connection's directory, again whenever something changed; changes go through the editor.
class Inspector : public QWidget
{
    Q_OBJECT
public:
    /// Both must outlive the inspector.
    Inspector(connection::Connection &connection, Editor &editor, QWidget *parent = nullptr);
    ~Inspector() override;

    /// None: says what the pane is for. Several people: what they have in common, and where they differ.
    void showObjects(std::vector<connection::ObjectRef> objects);
    /// The same for people of whom there may be very many.
    void showPeople(const connection::Rows<EntityId> &people);
    connection::ObjectRef object() const; ///< None unless exactly one is shown.
    /// Whether what showObjects asked for is on the screen (for pictures and tests).
    bool isReady() const;

    /// A line about the object under its name, until another is shown; empty: none.
    void setRemark(const QString &text, Tone tone);
    /// Further things that can be done about an object, in its menu.
    void addTools(const QList<QAction *> &tools);
    /// What can be done with several people.
    void setActionsOfSeveral(const QList<QAction *> &actions);
    void startRename(); ///< Puts the name into a field, as F2 does.

Q_SIGNALS:
    void openObject(kith::connection::ObjectRef object); ///< A link was followed.
    void ready();                                        ///< isReady() became true.
    void
    notice(const QString &text); ///< Something small was done ("The id is on the clipboard."): for the message bar.

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace kith::views
