// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QTimer;

namespace kith::views {

class ElidedLabel;
class WorkBar;

/// What the window says after something was done, or when it could not be.
struct Message {
    enum class Kind { Done, Note, Waiting, Problem };
    struct Action {
        QString text;
        std::function<void()> run;
    };
    Kind kind = Kind::Note;
    QString text;                ///< Plain text, whole sentences.
    std::vector<Action> actions; ///< The way forward: "Undo", "Try again". A click takes the message away.
};

/// The bottom line of the window: the last message at the left; what takes long, what is selected and whether all is
/// saved at the right.
/// Never modal, never takes the focus. Done and Note go away by themselves after a while; a Problem stays until the
/// next message or until it is closed, Waiting until the next message. A message is told to assistive technology.
class MessageBar : public QFrame
{
    Q_OBJECT
public:
    explicit MessageBar(QWidget *parent = nullptr);

    void say(Message message);
    /// Of something that nobody has just done: it leaves a message that offers something where it is.
    void sayAside(Message message);
    void clear();

    void setSelection(const QString &text); ///< "3 selected of 14"; empty: nothing.
    WorkBar &work() { return *m_work; }
    void setState(const QString &text, const QString &toolTip = {}); ///< "Saved", "Saving …", "Read only".

private:
    QLabel *m_mark;
    ElidedLabel *m_text;
    QHBoxLayout *m_actions;
    bool m_offers = false; ///< Something to click stands in the message.
    WorkBar *m_work;
    QLabel *m_selection;
    QLabel *m_state;
    QTimer *m_fade;
};

} // namespace kith::views
