// SPDX-License-Identifier: Apache-2.0
#include "CloseGuard.h"

#include "Editor.h"
#include "FileExport.h"
#include "ImportPane.h"

#include <QMessageBox>
#include <QPushButton>

#include <algorithm>
#include <chrono>
#include <utility>

namespace kith::views {

using namespace std::chrono_literals;

static const char *const UnsavedQuestion = "unsavedQuestion";
static const char *const BusyQuestion = "busyQuestion";

CloseGuard::CloseGuard(QWidget &window, Editor &editor, std::function<bool()> hasUnsaved)
    : QObject(&window), m_window(window), m_editor(editor), m_hasUnsaved(std::move(hasUnsaved))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(400ms);
    m_looking.setInterval(60ms);
    connect(&m_patience, &QTimer::timeout, this, &CloseGuard::askToWait);
    connect(&m_looking, &QTimer::timeout, this, &CloseGuard::look);
    connect(&editor, &Editor::failed, this, &CloseGuard::keepOpen);
    connect(&editor, &Editor::undoFailed, this, &CloseGuard::keepOpen);
    connect(&editor, &Editor::conflict, this, &CloseGuard::keepOpen);
    connect(&editor, &Editor::partlyDone, this, &CloseGuard::keepOpen);
}

bool CloseGuard::isExporting() const
{
    const auto exports = m_window.findChildren<FileExport *>();
    return std::any_of(exports.begin(), exports.end(), [](const FileExport *one) { return one->isWriting(); });
}

bool CloseGuard::isChanging() const
{
    const auto imports = m_window.findChildren<ImportPane *>();
    return m_editor.isBusy() ||
           std::any_of(imports.begin(), imports.end(), [](const ImportPane *import) { return import->isImporting(); });
}

bool CloseGuard::mayClose()
{
    if (!m_discards && m_hasUnsaved()) {
        askToDiscard();
        return false;
    }
    if (!m_abandons && isWorking()) {
        if (!m_looking.isActive()) {
            m_failed = false;
            m_before.clear();
            for (const QDialog *one : m_window.findChildren<QDialog *>())
                if (one->isVisible() && !one->isModal())
                    m_before.push_back(one);
            m_patience.start();
            m_looking.start();
        }
        return false;
    }
    stay(); // another time it is asked again
    for (FileExport *one : m_window.findChildren<FileExport *>())
        one->cancel();
    return true;
}

/// None: it stands there already.
QMessageBox *CloseGuard::ask(const char *name, const QString &text)
{
    if (auto *asked = m_window.findChild<QMessageBox *>(QString::fromLatin1(name))) {
        asked->activateWindow();
        return nullptr;
    }
    auto *question = new QMessageBox(&m_window);
    question->setObjectName(QString::fromLatin1(name));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setIcon(QMessageBox::Warning);
    question->setWindowTitle(tr("Close the window?"));
    question->setText(text);
    connect(question->addButton(QMessageBox::Cancel), &QPushButton::clicked, this, &CloseGuard::stay);
    question->setDefaultButton(QMessageBox::Cancel);
    connect(question, &QMessageBox::rejected, this, &CloseGuard::stay);
    return question;
}

void CloseGuard::askToDiscard()
{
    Q_EMIT unsavedMet();
    QMessageBox *question = ask(UnsavedQuestion, tr("Discard what you typed in policies? It isn’t saved."));
    if (!question)
        return;
    QPushButton *yes = question->addButton(tr("&Discard"), QMessageBox::DestructiveRole);
    yes->setObjectName(QStringLiteral("discardYes"));
    // Queued: the window may be deleted by it.
    connect(
        yes, &QPushButton::clicked, this, [this] { agree(m_discards); }, Qt::QueuedConnection);
    question->open();
}

void CloseGuard::askToWait()
{
    const bool changes = isChanging();
    QMessageBox *question =
        ask(BusyQuestion,
            changes ? tr("Changes are still being saved. The window closes by itself as soon as they are.")
                    : tr("A file is still being written. The window closes by itself as soon as it is complete."));
    if (!question)
        return;
    QStringList then;
    if (changes)
        then += tr("If you close it now, what is under way comes to its end, and what waits behind it isn’t begun.");
    if (isExporting())
        then += tr("If you close it now, no file is written.");
    question->setInformativeText(then.join(u' '));
    question->button(QMessageBox::Cancel)->setText(tr("&Stay here"));
    QPushButton *yes = question->addButton(tr("&Close now"), QMessageBox::DestructiveRole);
    yes->setObjectName(QStringLiteral("closeNow"));
    connect(
        yes, &QPushButton::clicked, this, [this] { agree(m_abandons); }, Qt::QueuedConnection);
    question->open();
}

void CloseGuard::agree(bool &to)
{
    m_patience.stop();
    m_looking.stop();
    to = true;
    m_window.close();
}

void CloseGuard::stay()
{
    m_patience.stop();
    m_looking.stop();
    m_discards = false;
    m_abandons = false;
}

/// Whether a dialog says what became of it. What stood beside the window all the time, as the list of keys, doesn't.
bool CloseGuard::isTold() const
{
    const auto dialogs = m_window.findChildren<QDialog *>();
    return std::any_of(dialogs.begin(), dialogs.end(), [this](const QDialog *one) {
        const bool beside = std::find(m_before.begin(), m_before.end(), one) != m_before.end();
        return one->isVisible() && (!beside || one->findChild<const ImportPane *>());
    });
}

void CloseGuard::look()
{
    if (isWorking())
        return;
    m_patience.stop();
    m_looking.stop();
    if (auto *question = m_window.findChild<QMessageBox *>(QString::fromLatin1(BusyQuestion)))
        delete question;
    if (m_failed || isTold()) // that has to be seen
        return stay();
    m_window.close();
}

} // namespace kith::views
