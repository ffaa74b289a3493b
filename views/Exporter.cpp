// SPDX-License-Identifier: Apache-2.0
#include "Exporter.h"

#include "ErrorText.h"
#include "connection/Async.h"

#include <QDir>
#include <QFileDialog>
#include <QSaveFile>
#include <QStandardPaths>
#include <QtConcurrent>

#include <string>

namespace kith::views {

namespace {

/// Why the text could not be written; empty: it was.
QString save(const QString &file, const std::string &text)
{
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return out.errorString();
    const auto size = static_cast<qint64>(text.size());
    if (out.write(text.data(), size) != size || !out.commit())
        return out.errorString();
    return {};
}

} // namespace

Exporter::Exporter(connection::Connection &connection, QWidget *window)
    : QObject(window), m_connection(connection), m_window(window)
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
    connect(dialog, &QFileDialog::fileSelected, this, &Exporter::write);
    dialog->open();
}

void Exporter::write(const QString &file)
{
    core::Request request;
    request.operation = core::Operation::Read;
    request.path = "kith/export";
    connection::whenReady(m_connection.send(std::move(request)), this, [this, file](Result<core::Response> answer) {
        if (!answer || !answer->ok()) {
            Q_EMIT failed(errorText(answer ? errorOf(*answer) : answer.error()));
            return;
        }
        const auto *text =
            answer->data && answer->data->is_object() ? answer->data->get_object().if_contains("document") : nullptr;
        if (text == nullptr || !text->is_string()) {
            Q_EMIT failed(tr("The core sent no document."));
            return;
        }
        std::string bytes(text->get_string().data(), text->get_string().size());
        auto *watcher = new QFutureWatcher<QString>(this);
        connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, file] {
            watcher->deleteLater();
            const QString problem = watcher->result();
            if (problem.isEmpty())
                Q_EMIT done(file);
            else
                Q_EMIT failed(tr("%1 could not be written: %2").arg(QDir::toNativeSeparators(file), problem));
        });
        watcher->setFuture(QtConcurrent::run(save, file, std::move(bytes)));
    });
}

} // namespace kith::views
