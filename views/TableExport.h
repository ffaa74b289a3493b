// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "FileExport.h"
#include "store/Result.h"

#include <QFuture>
#include <QStringList>
#include <QVariant>

#include <functional>
#include <memory>

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

/// Writes what a table shows into a file that the person chooses, as CSV or JSON. Works in batches, in another thread.
class TableExport : public FileExport
{
    Q_OBJECT
public:
    enum class Form { Csv, Json };

    TableExport(ShownTable table, QWidget *window);
    ~TableExport() override;

    void start(); ///< Asks for the file.
    void write(const QString &file, Form form);

    // As they stand in the file.
    static QByteArray csvLine(const QStringList &texts);
    static QString textOf(const QVariant &value); ///< A number without grouping, a time as ISO 8601.

Q_SIGNALS:
    void done(const QString &file, int rows);

private:
    class Sheet;
    void next();
    void commit();
    void drop(const QString &reason);
    /// Does the work in another thread; `then` when nothing went wrong in it.
    void work(std::function<void(Sheet &)> work, std::function<void()> then);

    ShownTable m_table;
    QWidget *m_window;
    std::shared_ptr<Sheet> m_sheet; ///< The work's, while there is some.
    int m_read = 0;
    QFuture<ShownTable::Lines> m_asked;
};

} // namespace kith::views
