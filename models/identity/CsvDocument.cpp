// SPDX-License-Identifier: Apache-2.0
#include "identity/CsvDocument.h"

#include "identity/Blanks.h"
#include "store/Text.h"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <unordered_set>

namespace kith::identity {

namespace {

namespace json = boost::json;
using Meaning = CsvDocument::Meaning;
using Content = CsvDocument::Content;

std::vector<std::string> parts(std::string_view text, std::string_view between)
{
    std::vector<std::string> list;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(between), text.size());
        if (const auto one = withoutBlanks(text.substr(0, end)); !one.empty())
            list.emplace_back(one);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return list;
}

std::optional<bool> yesOrNo(std::string_view text)
{
    const std::string word = foldCase(std::string(text));
    for (const char *yes : {"yes", "true", "1", "x", "y", "ja", "j", "disabled"})
        if (word == yes)
            return true;
    for (const char *no : {"no", "false", "0", "", "n", "nein", "enabled"})
        if (word == no)
            return false;
    return std::nullopt;
}

/// "…[7]" at the front of `text` behind `list`; none: it is another place.
std::optional<std::size_t> indexIn(std::string_view text, std::string_view list)
{
    if (!text.starts_with(list) || text.size() <= list.size() || text[list.size()] != '[')
        return std::nullopt;
    std::size_t index = 0;
    const char *from = text.data() + list.size() + 1;
    const auto read = std::from_chars(from, text.data() + text.size(), index);
    return read.ec == std::errc() ? std::optional(index) : std::nullopt;
}

} // namespace

class CsvDocumentMaker
{
public:
    CsvDocumentMaker(Content content, const std::vector<CsvDocument::Column> &columns)
        : m_content(content), m_columns(columns)
    {}

    void add(const CsvRow &row)
    {
        for (std::size_t i = m_columns.size(); i < row.cells.size(); ++i)
            if (!withoutBlanks(row.cells[i]).empty())
                problem(row, i, CsvDocument::Problem::What::TooManyCells);
        if (m_content == Content::People)
            addPerson(row);
        else
            addMembership(row);
    }

    CsvDocument take()
    {
        json::array groups;
        for (auto &[name, members] : m_groups) {
            m_out.m_memberLines.push_back(std::move(members.lines));
            groups.emplace_back(json::object{{"name", name}, {"member_entities", std::move(members.names)}});
        }
        m_out.document = json::serialize(
            json::object{{"lists", "add"}, {"entities", std::move(m_entities)}, {"groups", std::move(groups)}});
        return std::move(m_out);
    }

private:
    using What = CsvDocument::Problem::What;
    struct Members {
        json::array names;
        std::vector<std::size_t> lines;
        std::unordered_set<std::string> known; ///< Folded names.
    };

    void problem(const CsvRow &row, std::size_t column, What what)
    {
        if (m_out.problems.size() >= CsvDocument::MostProblems) {
            ++m_out.leftOut;
            return;
        }
        const std::string text = column < row.cells.size() ? row.cells[column] : std::string();
        m_out.problems.push_back({row.line, column + 1, what, text});
    }

    std::size_t columnOf(Meaning meaning) const
    {
        const auto found = std::find_if(m_columns.begin(), m_columns.end(),
                                        [meaning](const auto &column) { return column.meaning == meaning; });
        return static_cast<std::size_t>(found - m_columns.begin());
    }
    static std::string_view cell(const CsvRow &row, std::size_t column)
    {
        return column < row.cells.size() ? withoutBlanks(row.cells[column]) : std::string_view();
    }

    void join(const std::string &group, std::string_view person, std::size_t line)
    {
        const std::string key = foldCase(group);
        auto found = m_groupIndex.find(key);
        if (found == m_groupIndex.end()) {
            found = m_groupIndex.emplace(key, m_groups.size()).first;
            m_groups.emplace_back(group, Members());
        }
        Members &members = m_groups[found->second].second;
        if (!members.known.insert(foldCase(std::string(person))).second)
            return; // said twice, meant once
        members.names.emplace_back(json::string(person.data(), person.size()));
        members.lines.push_back(line);
        ++m_out.memberships;
    }

    void addMembership(const CsvRow &row)
    {
        const std::size_t nameColumn = columnOf(Meaning::Name);
        const std::size_t groupColumn = columnOf(Meaning::Group);
        const auto person = cell(row, nameColumn);
        const auto group = cell(row, groupColumn);
        if (person.empty())
            problem(row, nameColumn, What::NoName);
        if (group.empty())
            problem(row, groupColumn, What::NoGroup);
        if (!person.empty() && !group.empty())
            join(std::string(group), person, row.line);
    }

    void addPerson(const CsvRow &row)
    {
        const std::size_t nameColumn = columnOf(Meaning::Name);
        const auto name = cell(row, nameColumn);
        if (name.empty())
            return problem(row, nameColumn, What::NoName);
        if (!m_people.insert(foldCase(std::string(name))).second)
            return problem(row, nameColumn, What::Repeated);
        json::object person{{"name", json::string(name.data(), name.size())}};
        json::object metadata;
        json::array aliases;
        for (std::size_t i = 0; i < m_columns.size(); ++i)
            addCell(row, i, person, metadata, aliases);
        if (!metadata.empty())
            person["metadata"] = std::move(metadata);
        if (!aliases.empty())
            person["aliases"] = std::move(aliases);
        m_entities.emplace_back(std::move(person));
        m_out.m_entityLines.push_back(row.line);
        ++m_out.people;
    }

    void addCell(const CsvRow &row, std::size_t i, json::object &person, json::object &metadata, json::array &aliases)
    {
        const CsvDocument::Column &column = m_columns[i];
        const auto text = cell(row, i);
        if (text.empty()) // nothing is said
            return;
        const json::string value(text.data(), text.size());
        switch (column.meaning) {
        case Meaning::Disabled:
            if (const auto disabled = yesOrNo(text))
                person["disabled"] = *disabled;
            else
                problem(row, i, What::NotYesOrNo);
            break;
        case Meaning::Policies: {
            json::array list;
            for (const std::string &policy : parts(text, ",;| \t\n"))
                list.emplace_back(policy);
            person["policies"] = std::move(list);
            break;
        }
        case Meaning::Groups:
            for (const std::string &group : parts(text, ";|\n"))
                join(group, cell(row, columnOf(Meaning::Name)), row.line);
            break;
        case Meaning::Group:
            join(std::string(text), cell(row, columnOf(Meaning::Name)), row.line);
            break;
        case Meaning::Alias:
            aliases.emplace_back(json::object{{"mount", column.detail}, {"name", value}});
            break;
        case Meaning::Metadata:
            metadata[column.detail] = value;
            break;
        case Meaning::Nothing:
        case Meaning::Name:
            break;
        }
    }

    Content m_content;
    const std::vector<CsvDocument::Column> &m_columns;
    CsvDocument m_out;
    json::array m_entities;
    std::vector<std::pair<std::string, Members>> m_groups;
    std::unordered_map<std::string, std::size_t> m_groupIndex; ///< By folded name.
    std::unordered_set<std::string> m_people;                  ///< Folded names.
};

CsvDocument CsvDocument::from(const std::vector<CsvRow> &rows, Content content, const std::vector<Column> &columns)
{
    CsvDocumentMaker maker(content, columns);
    for (const CsvRow &row : rows)
        maker.add(row);
    return maker.take();
}

std::size_t CsvDocument::lineOf(std::string_view place) const
{
    if (const auto entity = indexIn(place, "entities"))
        return *entity < m_entityLines.size() ? m_entityLines[*entity] : 0;
    const auto group = indexIn(place, "groups");
    if (!group || *group >= m_memberLines.size() || m_memberLines[*group].empty())
        return 0;
    const std::vector<std::size_t> &lines = m_memberLines[*group];
    const std::size_t dot = place.find('.');
    const auto member =
        dot == std::string_view::npos ? std::nullopt : indexIn(place.substr(dot + 1), "member_entities");
    return member && *member < lines.size() ? lines[*member] : lines.front();
}

std::string metadataKey(std::string_view title)
{
    std::string key;
    for (const char c : withoutBlanks(title)) {
        const bool allowed = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                             std::string_view("=/+_-").find(c) != std::string_view::npos;
        key += allowed ? c : '_';
    }
    return key;
}

CsvDocument::Column guessColumn(std::string_view title, Content content, const std::vector<std::string> &mounts)
{
    const std::string word = foldCase(std::string(withoutBlanks(title)));
    const auto isOne = [&](std::initializer_list<const char *> words) {
        return std::find(words.begin(), words.end(), word) != words.end();
    };
    if (isOne({"name", "person", "entity", "user", "member", "username", "benutzer", "mitglied"}))
        return {Meaning::Name};
    if (isOne({"group", "team", "gruppe"}) && content == Content::Memberships)
        return {Meaning::Group};
    if (content == Content::Memberships)
        return {};
    if (isOne({"groups", "group", "gruppen"}))
        return {Meaning::Groups};
    if (isOne({"policies", "policy", "richtlinien"}))
        return {Meaning::Policies};
    if (isOne({"disabled", "state", "gesperrt", "deaktiviert"}))
        return {Meaning::Disabled};
    if (const auto mount = std::find(mounts.begin(), mounts.end(), word); mount != mounts.end())
        return {Meaning::Alias, *mount};
    const std::string key = metadataKey(title);
    return key.empty() ? CsvDocument::Column() : CsvDocument::Column{Meaning::Metadata, key};
}

} // namespace kith::identity
