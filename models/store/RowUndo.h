// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Journal.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct sqlite3_stmt;

namespace kith::store {

/// Puts the rows of a journal back as they were before that write, one by one. Used inside one write; whoever calls it
/// notes in WriteSession::changes what that means. Failures of SQLite other than a constraint throw SQLite::Exception.
///
/// A row that was deleted and restored since has another row id; it is known again by its UUID. What refers to it is
/// put back with the row id that it has now.
class RowUndo
{
public:
    enum class Check {
        AsLeft, ///< Only while the row is as the write left it, bookkeeping apart.
        None    ///< Whatever it is like by now.
    };
    enum class Outcome {
        Done,
        Changed, ///< The row isn't as the write left it: nothing was done.
        Blocked  ///< Another row keeps it from being as it was (unique values, foreign keys): nothing was done.
    };

    /// All must outlive it. Reads the journal once, to see where its rows are now.
    RowUndo(WriteSession &session, const Journal &journal, std::span<const TableRules> rules);
    ~RowUndo();
    RowUndo(const RowUndo &) = delete;
    RowUndo &operator=(const RowUndo &) = delete;

    /// Takes the change back. The column that counts changes doesn't go back to what it was but rises again, so that
    /// nobody takes the row for one that was read before.
    Outcome undo(const RowChange &change, Check check);

    /// Whether a row that was inserted is there as it was left.
    bool isAsLeft(const RowChange &change);
    /// A column of the row, wherever it can be found; row ids are those of now. 0 and empty where there is none.
    std::int64_t integer(const RowChange &change, std::string_view column);
    std::string text(const RowChange &change, std::string_view column);

private:
    class Statement;
    struct Column {
        std::string name;
        std::string_view table; ///< Whose row ids it holds; empty: no row ids.
        bool rising = false;
        bool bookkeeping = false;
    };
    using Columns = std::vector<Column>;

    const Columns &columnsOf(std::string_view table);
    const TableRules &rulesOf(std::string_view table) const;
    int indexOf(const RowChange &change, std::string_view column);
    void locate(const Journal &journal);
    void locate(std::string_view table, std::int64_t id, const std::string &uuid);
    std::int64_t now(std::string_view table, std::int64_t id) const;
    Statement &lookFor(const RowChange &change, std::string_view column);
    bool isCompared(const RowChange &change, int column, Check check);
    std::string condition(const RowChange &change, Check check);
    void bindCondition(Statement &statement, const RowChange &change, Check check);
    void bind(Statement &statement, const Column &column, struct sqlite3_value *value);
    Statement &statement(const std::string &sql);
    Outcome run(Statement &statement, Outcome ifNoRow);
    Outcome remove(const RowChange &change, Check check);
    Outcome restore(const RowChange &change, Check check);
    Outcome insert(const RowChange &change);

    WriteSession &m_session;
    std::span<const TableRules> m_rules;
    std::unordered_map<std::string, Columns> m_columns;                       // by table
    std::unordered_map<std::string, std::unique_ptr<Statement>> m_statements; // by SQL
    /// By table: row id in the journal -> row id now, of those that differ; 0: the row is gone.
    std::map<std::string, std::unordered_map<std::int64_t, std::int64_t>, std::less<>> m_moved;
};

} // namespace kith::store
