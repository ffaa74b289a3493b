// SPDX-License-Identifier: Apache-2.0
#include "TableExport.h"

#include "Edit.h"
#include "ErrorText.h"
#include "connection/Async.h"
#include "identity/Csv.h"

#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStandardPaths>

namespace kith::views {

static constexpr int Batch = 2000;            ///< Rows.
static const QByteArray Mark("\xEF\xBB\xBF"); ///< Without it spreadsheets take UTF-8 for something else.

/// The file that is being written. Used by one thread at a time.
class TableExport::Sheet
{
public:
    Sheet(const QString &file, Form form, QStringList columns)
        : m_file(file), m_form(form), m_columns(std::move(columns))
    {}

    void open()
    {
        if (m_file.open(QIODevice::WriteOnly))
            m_file.write(m_form == Form::Csv ? Mark + csvLine(m_columns) : QByteArray("["));
    }
    void put(const std::vector<ShownTable::Line> &lines)
    {
        for (const ShownTable::Line &line : lines) {
            if (m_form == Form::Csv)
                putCsv(line);
            else
                putJson(line);
            ++m_written;
        }
    }
    void commit()
    {
        if (m_form == Form::Json)
            m_file.write("\n]\n");
        m_file.commit();
    }

    bool isBroken() const { return m_file.error() != QFileDevice::NoError; }
    QString name() const { return QDir::toNativeSeparators(m_file.fileName()); }
    QString problem() const { return tr("%1 could not be written: %2").arg(name(), m_file.errorString()); }
    int written() const { return m_written; }

private:
    void putCsv(const ShownTable::Line &line)
    {
        QStringList texts;
        for (const QVariant &value : line)
            texts += textOf(value);
        m_file.write(csvLine(texts));
    }
    void putJson(const ShownTable::Line &line)
    {
        QJsonObject object;
        for (std::size_t i = 0; i < line.size(); ++i) {
            const QVariant &value = line[i];
            const bool time = value.userType() == QMetaType::QDateTime;
            object.insert(m_columns.value(static_cast<int>(i)),
                          time ? QJsonValue(textOf(value)) : QJsonValue::fromVariant(value));
        }
        m_file.write(m_written == 0 ? "\n" : ",\n");
        m_file.write(QJsonDocument(object).toJson(QJsonDocument::Compact));
    }

    QSaveFile m_file;
    Form m_form;
    QStringList m_columns;
    int m_written = 0;
};

TableExport::TableExport(ShownTable table, QWidget *window)
    : FileExport(window), m_table(std::move(table)), m_window(window)
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

void TableExport::work(std::function<void(Sheet &)> work, std::function<void()> then)
{
    aside(
        this, [sheet = m_sheet, work = std::move(work)] { work(*sheet); },
        [this, then = std::move(then)] {
            if (m_sheet->isBroken())
                drop(m_sheet->problem());
            else
                then();
        });
}

void TableExport::write(const QString &file, Form form)
{
    begin();
    progress()->total = m_table.rows;
    m_sheet = std::make_shared<Sheet>(file, form, m_table.columns);
    work([](Sheet &sheet) { sheet.open(); }, [this] { next(); });
}

void TableExport::next()
{
    if (progress()->cancelled)
        return drop({});
    progress()->done = m_read;
    if (m_read >= m_table.rows)
        return commit();
    const int to = std::min(m_read + Batch, m_table.rows);
    m_asked = m_table.read(m_read, to);
    connection::whenReady(m_asked, this, [this, to](ShownTable::Lines lines) {
        if (!lines)
            return drop(errorText(lines.error()));
        m_read = to;
        auto rows = std::make_shared<ShownTable::Lines>(std::move(lines));
        work([rows](Sheet &sheet) { sheet.put(**rows); }, [this] { next(); });
    });
}

void TableExport::commit()
{
    work([](Sheet &sheet) { sheet.commit(); },
         [this] {
             end();
             Q_EMIT done(m_sheet->name(), m_sheet->written());
         });
}

void TableExport::drop(const QString &reason)
{
    m_sheet.reset(); // without a commit nothing is left of it
    fail(reason);
}

QString TableExport::textOf(const QVariant &value)
{
    if (value.userType() == QMetaType::QDateTime)
        return value.toDateTime().toUTC().toString(Qt::ISODate);
    return value.toString();
}

QByteArray TableExport::csvLine(const QStringList &texts)
{
    std::vector<std::string> cells;
    cells.reserve(static_cast<std::size_t>(texts.size()));
    for (const QString &text : texts)
        cells.push_back(text.toStdString());
    return QByteArray::fromStdString(identity::csvLine(cells));
}

} // namespace kith::views
