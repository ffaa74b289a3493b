// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "PolicyDrafts.h"
#include "connection/Connection.h"
#include "items/PolicyText.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QSettings;
class QSplitter;
class QTabWidget;

namespace kith::views {

class CardView;
class Chip;
class Editor;
class ElidedLabel;
class FieldNote;
class PolicyEditor;
class PolicyHolders;

/// One policy: its text, to be edited; what each of its rules means; and who has it. What was typed and isn't saved
/// stays with its policy while one looks at others.
class PolicyPane : public QWidget
{
    Q_OBJECT
public:
    /// Both must outlive it. `whenNone`: stands in its place while no policy does; becomes its child.
    PolicyPane(connection::Connection &connection, Editor &editor, QWidget *whenNone, QWidget *parent = nullptr);
    ~PolicyPane() override;

    void setPolicy(const QString &name); ///< Empty: none is chosen.
    void startNew();
    bool isNew() const { return m_new; }
    bool isEdited(const QString &name) const; ///< Something was typed that isn't saved.
    bool hasEdited() const;                   ///< Something was typed, in whichever policy, that isn't saved.
    bool isReady() const { return !m_loading && !m_reading && !m_typing.isActive(); }
    PolicyDrafts giveDrafts();                   ///< All of them; they stay here, too.
    void takeDrafts(const PolicyDrafts &drafts); ///< Where nothing is typed already.
    void removePolicy();
    void focusText();

    void save(QSettings &settings) const;
    void restore(const QSettings &settings);

Q_SIGNALS:
    void openObject(kith::connection::ObjectRef object);
    void created(const QString &name);
    void editedChanged(const QString &name);
    void left(); ///< Esc.

private:
    using Seen = PolicyDrafts::Seen;
    enum class Scroll { Keep, Top };

    QWidget *buildText();
    QWidget *buildHead();
    void join();
    enum class Kind { There, New };
    void begin(Kind kind, const QString &name);
    void load(Scroll scroll);
    void loaded(const Result<core::Response> &answer, Scroll scroll);
    void setText(const QString &text, Scroll scroll);
    void textChanged();
    void read();
    void showReading(const items::PolicyReading &reading);
    void showState();
    void keepDraft();
    bool isNewEdited() const;
    void store();
    void stored(const QString &name, const QString &text, int newNumber, const Result<void> &done);
    void dropSaved(const QString &name, const QString &text);
    void revert();
    bool isDirty() const;
    QString nameError() const;

    connection::Connection &m_connection;
    Editor &m_editor;
    ElidedLabel *m_title;
    QLineEdit *m_newName;
    Chip *m_chip;
    QLabel *m_facts;
    QPushButton *m_remove;
    QTabWidget *m_tabs;
    QSplitter *m_split;
    PolicyEditor *m_text;
    CardView *m_rules;
    PolicyHolders *m_holders;
    FieldNote *m_fault; ///< What is wrong with the text.
    FieldNote *m_note;  ///< What came of saving it.
    QPushButton *m_revert;
    QPushButton *m_save;
    QWidget *m_whenNone;
    QWidget *m_content;

    QString m_name;
    bool m_new = false;
    bool m_defined = false;
    bool m_readable = true;
    bool m_loading = false;
    bool m_reading = false;
    bool m_filling = false; ///< The text changes, but not by hand.
    QString m_base;         ///< As it is at the source, as far as is known; of a new one: what it begins with.
    Seen m_seen;            ///< What the shown text was begun from: saving replaces that, and nothing else.
    std::optional<items::PolicyFault> m_wrong;
    PolicyDrafts m_drafts; ///< Of policies that aren't shown.
    int m_newNumber = 0;   ///< Of the new one that was begun last.
    QTimer m_typing;
    quint64 m_generation = 0;
    quint64 m_readings = 0;
};

} // namespace kith::views
