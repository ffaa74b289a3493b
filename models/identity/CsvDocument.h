// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/Csv.h"

#include <string>
#include <vector>

namespace kith::identity {

/// What a table of people or of memberships says, as an identity document that adds (DOCUMENT.md).
struct CsvDocument {
    enum class Content {
        People,      ///< A row a person.
        Memberships, ///< A row a person in a group.
    };
    /// What a column says.
    enum class Meaning {
        Nothing,
        Name,     ///< Of the person.
        Disabled, ///< Yes or no.
        Policies, ///< Names, parted by , ; | or space.
        Groups,   ///< Names, parted by ; or |.
        Group,    ///< One name.
        Alias,    ///< The login name at the mount `detail`.
        Metadata, ///< The value of the key `detail`.
    };
    struct Column {
        Meaning meaning = Meaning::Nothing;
        std::string detail = {};
        friend bool operator==(const Column &, const Column &) = default;
    };
    /// Something wrong with a cell, or (column 0) with a row.
    struct Problem {
        enum class What { NoName, NoGroup, Repeated, NotYesOrNo, TooManyCells, UnclosedQuote };
        std::size_t line = 0;
        std::size_t column = 0; ///< From 1.
        What what = What::NoName;
        std::string text; ///< Of the cell.
    };
    static constexpr std::size_t MostProblems = 200;

    std::string document; ///< JSON.
    std::vector<Problem> problems;
    std::size_t leftOut = 0; ///< Problems beyond those.
    std::size_t people = 0;
    std::size_t memberships = 0;

    /// `columns`: one a column; rows have as many cells, or fewer. The table is without its header.
    static CsvDocument from(const std::vector<CsvRow> &rows, Content content, const std::vector<Column> &columns);

    /// The line of a place in the document as problems name it ("groups[2].member_entities[7]"); 0: none.
    std::size_t lineOf(std::string_view place) const;

private:
    std::vector<std::size_t> m_entityLines;
    std::vector<std::vector<std::size_t>> m_memberLines; ///< By group, then by member.
    friend class CsvDocumentMaker;
};

/// The key of metadata that a column with this title gives; empty: the title is blank.
std::string metadataKey(std::string_view title);

/// What a column with this title probably says.
CsvDocument::Column guessColumn(std::string_view title, CsvDocument::Content content,
                                const std::vector<std::string> &mounts);

} // namespace kith::identity
