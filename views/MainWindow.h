// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Look.h"
#include "PolicyDrafts.h"
#include "connection/Connection.h"

#include <QMainWindow>

#include <memory>

namespace kith::views {

class Editor;
class Navigator;
class WindowActions;
struct Message;

/// The window on one connection: places the pages, the inspector and the actions, and joins them. Holds no rule.
/// Remembers its layout from one start to the next.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    /// The connection must outlive the window.
    explicit MainWindow(connection::Connection &connection, QWidget *parent = nullptr);
    ~MainWindow() override;

    Navigator &navigator();
    Editor &editor();
    WindowActions &actions();
    void showMessage(Message message);
    /// Marks the connection: its colour beside its name, and for production a band along the top. Empty: no colour.
    enum class Weight { Ordinary, Production };
    void setMark(const QColor &colour, Weight weight);
    /// What is to be known about the inspector's object; empty: nothing.
    void setRemark(const QString &text, Tone tone);
    /// What isn't found here can be asked for at the source: lookUpWanted().
    void offerLookUp(bool offered);
    /// What is to be known about the connection all the time, beside its name: "shared on …". Empty: nothing.
    void setBadge(const QString &text, const QString &toolTip = {});
    /// Shows what importing the document would do; empty: it is to be chosen first.
    void import(const QString &file);

    /// What the person sees, the chosen one first.
    std::vector<connection::ObjectRef> onScreen() const;
    void remember(); ///< Its layout and place, for the next time; done by itself when it is closed.

    /// What was typed and isn't saved, for the next window of the same person.
    PolicyDrafts giveDrafts();
    void takeDrafts(const PolicyDrafts &drafts);

    /// What the page and the inspector show is all there (for pictures and tests).
    bool isReady() const;

Q_SIGNALS:
    void badgeClicked();
    void lookUpWanted(const QString &nameOrId);
    void closed(); ///< By the person; its layout is kept.

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace kith::views
