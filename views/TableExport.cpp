// SPDX-License-Identifier: Apache-2.0
#include "TableExport.h"

#include "ErrorText.h"
#include "connection/Async.h"

#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStandardPaths>

namespace kith::views {

static constexpr int Batch = 500; ///< Rows: some milliseconds of the window's time.

TableExport::TableExport(ShownTable table, QWidget *window)
    : QObject(window), m_table(std::move(table)), m_window(window)
{}

TableExport::~TableExport()
{
    m_asked.cancel();
}

void TableExport::start()
{
    auto *dialog = new QFileDialog(m_window, tr("Export what is shown"));
    dialog->setObjectName(QStringLiteral("exportShownDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QString csv = tr("Table (*.csv)");
    const QString json = tr("JSON (*.json)");
    dialog->setNameFilters({csv, json});
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->selectFile(m_table.name + QStringLiteral(".csv"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, json](const QString &filter) {
        dialog->setDefaultSuffix(filter == json ? QStringLiteral("json") : QStringLiteral("csv"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog](const QString &file) {
        disconnect(dialog, &QDialog::rejected, this, nullptr);
        write(file, file.endsWith(QLatin1String(".json"), Qt::CaseInsensitive) ? Form::Json : Form::Csv);
    });
    connect(dialog, &QDialog::rejected, this, &QObject::deleteLater);
    dialog->open();
}

void TableExport::write(const QString &file, Form form)
{
    m_form = form;
    m_file = std::make_unique<QSaveFile>(file);
    if (!m_file->open(QIODevice::WriteOnly))
        return fail(tr("%1 could not be written: %2").arg(QDir::toNativeSeparators(file), m_file->errorString()));
    if (form == Form::Csv)
        m_file->write(csvLine(m_table.columns));
    else
        m_file->write("[");
    next();
}

void TableExport::cancel()
{
    m_cancelled = true;
    m_asked.cancel();
}

void TableExport::next()
{
    if (m_cancelled)
        return fail({});
    Q_EMIT progress(m_read, m_table.rows);
    if (m_read >= m_table.rows)
        return end();
    const int to = std::min(m_read + Batch, m_table.rows);
    m_asked = m_table.read(m_read, to);
    connection::whenReady(m_asked, this, [this, to](const ShownTable::Lines &lines) {
        if (!lines)
            return fail(m_cancelled ? QString() : errorText(lines.error()));
        m_read = to;
        put(*lines);
        next();
    });
}

void TableExport::put(const std::vector<ShownTable::Line> &lines)
{
    for (const ShownTable::Line &line : lines) {
        if (m_form == Form::Csv) {
            QStringList texts;
            for (const QVariant &value : line)
                texts += textOf(value);
            m_file->write(csvLine(texts));
        } else {
            QJsonObject object;
            for (std::size_t i = 0; i < line.size(); ++i) {
                const QVariant &value = line[i];
                const bool time = value.userType() == QMetaType::QDateTime;
                object.insert(m_table.columns.value(static_cast<int>(i)),
                              time ? QJsonValue(textOf(value)) : QJsonValue::fromVariant(value));
            }
            m_file->write(m_written == 0 ? "\n" : ",\n");
            m_file->write(QJsonDocument(object).toJson(QJsonDocument::Compact));
        }
        ++m_written;
    }
}

void TableExport::end()
{
    if (m_form == Form::Json)
        m_file->write("\n]\n");
    const QString file = QDir::toNativeSeparators(m_file->fileName());
    if (!m_file->commit())
        return fail(tr("%1 could not be written: %2").arg(file, m_file->errorString()));
    Q_EMIT done(file, m_written);
    deleteLater();
}

void TableExport::fail(const QString &reason)
{
    m_file.reset(); // without a commit nothing is left of it
    Q_EMIT failed(reason);
    deleteLater();
}

QString TableExport::textOf(const QVariant &value)
{
    if (value.userType() == QMetaType::QDateTime)
        return value.toDateTime().toUTC().toString(Qt::ISODate);
    return value.toString();
}

/// RFC 4180. A text that a spreadsheet would take for a formula is a text to it by the quote before it.
QByteArray TableExport::csvLine(const QStringList &texts)
{
    QByteArray line;
    for (const QString &text : texts) {
        QString field = text;
        static const QString Formula = QStringLiteral("=+-@\t\r");
        if (!field.isEmpty() && Formula.contains(field.front()))
            field.prepend(QLatin1Char('\''));
        const bool quoted = field.contains(QLatin1Char(',')) || field.contains(QLatin1Char('"')) ||
                            field.contains(QLatin1Char('\n')) || field.contains(QLatin1Char('\r'));
        if (quoted)
            field = QLatin1Char('"') + field.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
        line += (line.isEmpty() && &text == &texts.front() ? "" : ",") + field.toUtf8();
    }
    return line + "\r\n";
}

} // namespace kith::views
