// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ImportPreview.h"
#include "connection/Connection.h"

#include <QWidget>

#include <functional>
#include <memory>

namespace kith::views {

/// What taking a document into a core would do, and its doing: every creation, change and problem, then progress, and
/// what became of it. The lower part of the dialogs that do so, with their buttons.
class ImportPane : public QWidget
{
    Q_OBJECT
public:
    enum class Manner {
        Import, ///< When it is done there is nothing more to see.
        Copy,   ///< A report stays.
    };
    /// `target` must outlive it, or setGone() be called.
    ImportPane(connection::Connection &target, Manner manner, QWidget *parent);
    ~ImportPane() override;

    /// Asked before it is done, with what it is; calls back with whether to. None: nobody is asked.
    using Confirm = std::function<void(const QString &what, std::function<void(bool)> answer)>;
    void setConfirm(Confirm confirm, const QString &what);

    void sayAtFirst(const QString &text); ///< What is to be done before there is something to preview.
    void sayBusy(const QString &text);    ///< While the document isn't there yet.
    void sayProblem(const QString &text); ///< Why there is no document.
    /// The same with what is wrong.
    void sayProblems(const QString &text, std::vector<Card> problems);
    void preview(std::string document);
    void setPlaceName(PlaceName placeName); ///< What places in the document are called from now on.
    void setGone(const QString &why);       ///< The target is no more.

    /// Stops what is under way. True: nothing was, the dialog may close; else closeWanted() comes.
    bool stop();
    bool isImporting() const;
    bool goesOn() const;    ///< A part is done, or may be; the same document is gone on with, until another comes.
    bool mayChoose() const; ///< Another document may take the place of this one.

    bool hasMoreToTell() const; ///< It is done, and there is something to read.

    /// What is told, for the clipboard, below a line of the caller's.
    QString report() const;
    void setReportHead(const QString &text);

Q_SIGNALS:
    void stepChanged();
    void retryWanted(); ///< After sayProblem(): once more.
    void closeWanted();
    /// After the commit. `summary`: "150 people and 40 groups created"; `undo`: for Editor::imported.
    void imported(const QString &summary, const QString &undo);
    /// It is over. `problem`: a sentence when it isn't done, or not to its end.
    void ended(const QString &problem);

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

/// A server without kith/ has to be read before anything can be planned for it: how far that is. Empty: it has been.
QString readingText(const connection::Connection &core);
/// Why it can't be read; empty: it can, or is no such server.
QString unreadableText(const connection::Connection &core);

} // namespace kith::views
