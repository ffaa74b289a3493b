// SPDX-License-Identifier: Apache-2.0
#include "Exporter.h"

#include "Edit.h"
#include "ErrorText.h"
#include "connection/Async.h"

#include <QDir>
#include <QFileDialog>
#include <QSaveFile>
#include <QStandardPaths>

#include <string>

namespace kith::views {

namespace {

/// Why the text could not be written; empty: it was, unless that was cancelled.
QString put(const QString &file, const std::string &text, const core::Progress &progress)
{
    constexpr std::size_t Piece = 1 << 20U; // bytes
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return out.errorString();
    for (std::size_t at = 0; at < text.size() && !progress.cancelled; at += Piece) {
        const auto size = static_cast<qint64>(std::min(Piece, text.size() - at));
        if (out.write(text.data() + at, size) != size)
            return out.errorString();
    }
    if (progress.cancelled)
        return {};
    return out.commit() ? QString() : out.errorString();
}

} // namespace

Exporter::Exporter(connection::Connection &connection, QWidget *window)
    : FileExport(window), m_connection(connection), m_window(window)
{}

void Exporter::start()
{
    auto *dialog = new QFileDialog(m_window, tr("Export everything"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->setNameFilters({tr("Identity documents (*.json)"), tr("All files (*)")});
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->selectFile(QStringLiteral("kith.json"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog](const QString &file) {
        disconnect(dialog, &QDialog::rejected, this, nullptr);
        write(file);
    });
    connect(dialog, &QDialog::rejected, this, &QObject::deleteLater);
    dialog->open();
}

void Exporter::write(const QString &file)
{
    begin();
    core::Request request;
    request.operation = core::Operation::Read;
    request.path = "kith/export";
    request.progress = progress();
    connection::whenReady(m_connection.send(std::move(request)), this, [this, file](Result<core::Response> answer) {
        if (!answer || !answer->ok())
            return fail(errorText(errorOf(answer)));
        const auto *text =
            answer->data && answer->data->is_object() ? answer->data->get_object().if_contains("document") : nullptr;
        if (text == nullptr || !text->is_string())
            return fail(tr("The core sent no document."));
        save(file, std::string(text->get_string().data(), text->get_string().size()));
    });
}

void Exporter::save(const QString &file, std::string text)
{
    auto problem = std::make_shared<QString>();
    aside(
        this, [file, text = std::move(text), problem, progress = progress()] { *problem = put(file, text, *progress); },
        [this, file, problem] {
            if (!problem->isEmpty() || progress()->cancelled)
                return fail(tr("%1 could not be written: %2").arg(QDir::toNativeSeparators(file), *problem));
            end();
            Q_EMIT done(file);
        });
}

} // namespace kith::views
