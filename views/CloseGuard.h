// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTimer>

#include <functional>
#include <vector>

class QDialog;
class QMessageBox;
class QWidget;

namespace kith::views {

class Editor;

/// Keeps a window open as long as something would be lost or go unsaid with it, and asks: what was typed and isn't
/// saved, changes that are under way, and files that are being written. For those it closes the window by itself as
/// soon as they are done.
class CloseGuard : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive it. `hasUnsaved`: whether something was typed that isn't saved.
    CloseGuard(QWidget &window, Editor &editor, std::function<bool()> hasUnsaved);

    /// For closeEvent(). False: not now; it is asked, and the window closed again when nothing is in the way.
    bool mayClose();
    /// The window says something that has to be seen: it doesn't close by itself now.
    void keepOpen() { m_failed = true; }

Q_SIGNALS:
    void unsavedMet(); ///< It is asked about it: show what it is.

private:
    void askToDiscard();
    void askToWait();
    QMessageBox *ask(const char *name, const QString &text);
    void agree(bool &to);
    void stay();
    bool isChanging() const;
    bool isExporting() const;
    bool isWorking() const { return isChanging() || isExporting(); }
    bool isTold() const;
    void look();

    QWidget &m_window;
    Editor &m_editor;
    std::function<bool()> m_hasUnsaved;
    QTimer m_patience; ///< What takes but a moment isn't asked about.
    QTimer m_looking;  ///< Whether what is waited for is done.
    bool m_discards = false;
    bool m_abandons = false;
    bool m_failed = false;                 ///< Since it is waited for.
    std::vector<const QDialog *> m_before; ///< Those that were open then; only to be compared.
};

} // namespace kith::views
