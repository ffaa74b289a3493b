// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"

#include <QWidget>

class QLineEdit;
class QScrollArea;

namespace kith::views {

class Editor;
class FieldNote;
class FlowLayout;
class KnownPolicies;

/// The policies that stand on an object itself: chips with a button to take one away, and a field that adds one.
class OwnPolicies : public QWidget
{
    Q_OBJECT
public:
    OwnPolicies(Editor &editor, KnownPolicies &known, QWidget *parent = nullptr);

    void setObject(connection::ObjectRef object, const QStringList &policies);

private:
    void rebuild();
    QWidget *chip(const QString &policy);
    void add();
    void change(const QStringList &after);
    void fit();
    void resizeEvent(QResizeEvent *event) override;

    Editor &m_editor;
    KnownPolicies &m_known;
    connection::ObjectRef m_object;
    QStringList m_policies;
    QString m_refusal; ///< Why they can't be changed; empty: they can.
    QScrollArea *m_area;
    QWidget *m_chips;
    FlowLayout *m_flow;
    QLineEdit *m_field;
    FieldNote *m_note;
    QString m_agreed;   ///< An undefined policy that was named once already: the second Enter adds it.
    bool m_all = false; ///< More than fit at first are shown.
};

} // namespace kith::views
