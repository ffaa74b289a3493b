// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"

#include <QFuture>
#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QVariant>

#include <functional>
#include <memory>

class QIODevice;
class QSaveFile;
class QWidget;

namespace kith::views {

/// What a table shows, to be written out: its columns, and its rows in their order, in batches.
struct ShownTable {
    using Line = std::vector<QVariant>; ///< A value a column.
    using Lines = Result<std::vector<Line>>;
    QString name;        ///< For the file: "entities".
    QStringList columns; ///< Titles.
    int rows = 0;
    /// Lines `first` to before `end`; those that are gone meanwhile are left out.
    std::function<QFuture<Lines>(int first, int end)> read;
};

/// Writes what a table shows into a file that the person chooses, as CSV or JSON. Works in batches; nothing is written
/// when it is cancelled or fails. Deletes itself at its end.
class TableExport : public QObject
{
    Q_OBJECT
public:
    enum class Form { Csv, Json };

    TableExport(ShownTable table, QWidget *window);
    ~TableExport() override;

    void start(); ///< Asks for the file.
    void write(const QString &file, Form form);
    void cancel();

    // As they stand in the file.
    static QByteArray csvLine(const QStringList &texts);
    static QString textOf(const QVariant &value); ///< A number without grouping, a time as ISO 8601.

Q_SIGNALS:
    void progress(int done, int total);
    void done(const QString &file, int rows);
    void failed(const QString &reason); ///< Empty: it was cancelled.

private:
    void next();
    void put(const std::vector<ShownTable::Line> &lines);
    void end();
    void fail(const QString &reason);

    ShownTable m_table;
    QWidget *m_window;
    std::unique_ptr<QSaveFile> m_file;
    Form m_form = Form::Csv;
    int m_read = 0;
    int m_written = 0;
    bool m_cancelled = false;
    QFuture<ShownTable::Lines> m_asked;
};

} // namespace kith::views
