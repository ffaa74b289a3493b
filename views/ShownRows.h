// SPDX-License-Identifier: Apache-2.0
// From a table to what can be written out of it.
#pragma once

#include "ColumnsTable.h"
#include "TableExport.h"
#include "items/IdTableModel.h"

namespace kith::views {

/// What the table shows, without its rows: the titles of its columns in their order.
ShownTable shownTable(const QString &name, const ColumnsTable &table);

/// Of a model that holds all its values.
ShownTable shownValues(const QString &name, const ColumnsTable &table);

/// Of a model that holds a window of them: they are asked for again, in batches. `fetch(std::vector<Id>)` gives a
/// QFuture<Result<std::vector<Row>>>, in the order of the ids; `valueOf(row, column)` is called in other threads.
template <class Id, class Row, class Fetch>
ShownTable shownRows(const QString &name, const ColumnsTable &table, const items::IdTableModel &model, Fetch fetch,
                     QVariant (*valueOf)(const Row &, int))
{
    ShownTable shown = shownTable(name, table);
    shown.rows = static_cast<int>(model.ids()->size()); // also those that the table is about to show
    shown.read = [ids = model.ids(), columns = table.columnsInOrder(), fetch = std::move(fetch), valueOf](int first,
                                                                                                          int end) {
        std::vector<Id> batch;
        for (int row = first; row < end; ++row)
            batch.push_back(Id{(*ids)[static_cast<std::size_t>(row)]});
        return fetch(std::move(batch)).then([columns, valueOf](Result<std::vector<Row>> rows) {
            if (!rows)
                return ShownTable::Lines(rows.error());
            std::vector<ShownTable::Line> lines;
            for (const Row &row : *rows) {
                ShownTable::Line line;
                for (const int column : columns)
                    line.push_back(valueOf(row, column));
                lines.push_back(std::move(line));
            }
            return ShownTable::Lines(std::move(lines));
        });
    };
    return shown;
}

} // namespace kith::views
